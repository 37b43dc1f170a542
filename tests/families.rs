//! Report families: recognised by their signs, read in each of their layouts, chosen otherwise, and added to.
//!
//! Countries, parties and groups of the fixtures are made up; figures of the real reports are spelled out as numbers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command as Process,
    sync::Arc,
    time::{Duration, Instant},
};

use nisba::{
    chart::{self, ChartSpec},
    facts::{Best, Change, Dataset, Election, Entry, Fact, Status, Tier},
    reading::{Families, FigureStatus, Reading, grammar::Reads, sentences},
    session::{
        Command, Session,
        load::{How, Loaded, Progress, load_bytes, load_bytes_as, load_path},
    },
    source::SourceId,
};

const BLOCK_2018: &str = include_str!("fixtures/families/transit-block-2018.txt");
const BLOCK_2022: &str = include_str!("fixtures/families/transit-block-2022.md");
const TABLE_2008: &str = include_str!("fixtures/families/transit-table-2008.txt");
const FREEDOM: &str = include_str!("fixtures/families/freedom-2019.txt");
const FACTBOOK: &str = include_str!("fixtures/families/factbook-2015.txt");
const VELDORIA: &str = include_str!("fixtures/veldoria-2007.txt");
const ORLAND: &str = include_str!("fixtures/orland-2006.txt");
const OSTRANA: &str = include_str!("fixtures/ostrana-2006.txt");
const LATER_SEATS: &str = include_str!("fixtures/families/factbook-later-seats.txt");

fn read(text: &str) -> Loaded {
    load_bytes("report.txt", text.as_bytes(), SourceId(0), &Progress::default()).expect("a readable report")
}

fn read_as(text: &str, family: &str) -> Loaded {
    let how = How { family: Some(family.to_owned()), ..How::default() };
    load_bytes_as("report.txt", text.as_bytes(), SourceId(0), &Progress::default(), &how).expect("a readable report")
}

fn reading(loaded: &Loaded) -> &Reading {
    loaded.reading.as_ref().expect("a report")
}

fn family(loaded: &Loaded) -> &str {
    reading(loaded).family.as_deref().unwrap_or("none")
}

/// `subject period value` of the stated facts of a kind, those about something else than the thing itself left out.
fn stated(loaded: &Loaded, kind: &str) -> Vec<String> {
    let own = |fact: &&Fact| {
        fact.kind == kind && fact.status == Status::Stated && !fact.detail.iter().any(|(key, _)| key == "role")
    };
    let facts = loaded.dataset.facts.iter().filter(own);
    facts.map(|fact| format!("{} {} {}", fact.subject, fact.period, fact.value.unwrap())).collect()
}

fn detail<'f>(loaded: &'f Loaded, kind: &str, subject: &str, key: &str) -> Option<&'f str> {
    let fact = loaded.dataset.facts.iter().find(|fact| fact.kind == kind && fact.subject == subject)?;
    fact.detail.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
}

/// `name votes seats` of an election's lists.
fn rows(election: &Election) -> Vec<String> {
    let one = |entry: Option<&Entry>| match entry {
        Some(Entry::Known(cited)) => cited.value.to_string(),
        Some(Entry::NotApplicable(_)) => "--".to_owned(),
        _ => "?".to_owned(),
    };
    let row = |list: &nisba::facts::ListResult| {
        format!("{} {} {}", list.name, one(Some(&list.vote_share)), one(list.seats.get(&Tier::Total)))
    };
    election.lists.iter().map(row).collect()
}

fn charts(loaded: &Loaded) -> Vec<String> {
    let ids = chart::offers(&loaded.dataset).into_iter().filter_map(|spec| chart::id_of(&spec, &loaded.dataset));
    ids.collect()
}

// ── Recognised ──

#[test]
fn a_family_is_recognised_by_its_title_or_by_other_signs() {
    for (text, expected) in [
        (BLOCK_2018, "nations-in-transit"),
        (BLOCK_2022, "nations-in-transit"),
        (TABLE_2008, "nations-in-transit"),
        (FREEDOM, "freedom-in-the-world"),
        (FACTBOOK, "world-factbook"),
    ] {
        let whole = read(text);
        assert_eq!(family(&whole), expected);
        assert!(reading(&whole).signs.iter().any(|sign| sign == "title") && !reading(&whole).asked);
        // Without its title, by the rest.
        let untitled = text.split_once('\n').unwrap().1;
        let found = read(&format!("Notes of a traveller, written down with care\n{untitled}"));
        let signs = &reading(&found).signs;
        let enough = signs.len() >= 2 && !signs.iter().any(|sign| sign == "title");
        assert!(family(&found) == expected && enough || signs.is_empty(), "{expected}: {signs:?}");
    }
    let untitled = TABLE_2008.replace("Nations in Transit 2008: Tarnovia", "Notes");
    assert_eq!(family(&read(&untitled)), "nations-in-transit");
    let untitled = FREEDOM.replace("Freedom in the World 2019: Tarnovia (events of 2018)", "Notes");
    assert_eq!(family(&read(&untitled)), "freedom-in-the-world");
}

#[test]
fn what_shows_no_signs_or_those_of_two_families_is_a_plain_report() {
    let plain = read("A walk along the coast\n\nThe Reds won 7 seats in the 2004 elections.");
    assert_eq!(family(&plain), "none");
    assert!(reading(&plain).series.is_empty() && reading(&plain).grammar.is_some());
    let both = read("Nations in Transit 2008: Tarnovia\n\nFreedom in the World 2009: Tarnovia\n\nSome words of prose.");
    assert_eq!(family(&both), "none");
}

#[test]
fn country_and_edition_are_read_from_either_order_of_a_title() {
    for title in [
        "Nations in Transit 2018: Tarnovia",
        "Tarnovia | Nations in Transit 2018",
        "# Nations in Transit 2018 – Tarnovia",
    ] {
        let loaded = read(&format!("{title}\n\nSome words of prose."));
        assert_eq!(
            (reading(&loaded).country.as_str(), reading(&loaded).edition.as_str()),
            ("Tarnovia", "2018"),
            "{title}"
        );
    }
}

/// What a rule needs is looked for before its pattern: a sentence that lacks it must not fit. A rule of lines may choose
/// its lines by it.
#[test]
fn nothing_that_fits_a_rule_lacks_what_the_rule_needs() {
    let reports = [BLOCK_2018, BLOCK_2022, TABLE_2008, FREEDOM, FACTBOOK, LATER_SEATS, VELDORIA, ORLAND, OSTRANA];
    let families = Families::built_in();
    let mut fitted = BTreeSet::new();
    for report in reports {
        for paragraph in report.split("\n\n") {
            let sentences = sentences(paragraph, 0).into_iter().filter_map(|sentence| sentence.of(paragraph));
            for words in sentences.chain([paragraph]) {
                for rule in families.all().iter().flat_map(|family| &family.grammar.rules) {
                    if rule.reads != Reads::Line && !rule.needs.is_empty() && rule.pattern.is_match(words) {
                        assert!(rule.may_be_in(words), "`{}` fits without {:?}:\n{words}", rule.id, rule.needs);
                        fitted.insert(rule.id.as_str());
                    }
                }
            }
        }
    }
    assert!(fitted.len() >= 20, "only {fitted:?} fit anything");
}

#[test]
fn a_family_can_be_asked_for() {
    let plain = read_as(BLOCK_2018, "english");
    assert_eq!(family(&plain), "none");
    assert!(reading(&plain).asked && plain.dataset.ratings.is_empty());
    let other = read_as(FACTBOOK, "nations-in-transit");
    assert_eq!(family(&other), "nations-in-transit");
    let how = How { family: Some("no-such".to_owned()), ..How::default() };
    let error = load_bytes_as("r.txt", b"words", SourceId(0), &Progress::default(), &how).unwrap_err().to_string();
    assert!(error.contains("`no-such`") && error.contains("nisba grammar"), "{error}");
}

// ── Nations in Transit ──

#[test]
fn a_block_of_scores_is_read_on_the_scale_of_its_edition() {
    let old = read(BLOCK_2018);
    let set = &old.dataset.ratings[0];
    let scale = set.scale.as_ref().unwrap();
    assert_eq!((scale.best, set.ratings.len()), (Some(Best::Low), 7));
    let scores: Vec<String> = set.ratings.iter().map(|rating| rating.score.value.to_string()).collect();
    assert_eq!(scores, ["6.00", "5.75", "4.25", "5.25", "5.50", "5.00", "5.50"]);
    assert_eq!(stated(&old, "score"), ["Democracy Score 2018 5.32"]);

    let new = read(BLOCK_2022);
    let set = &new.dataset.ratings[0];
    assert_eq!((set.scale.as_ref().unwrap().best, set.ratings.len()), (Some(Best::High), 7));
    assert_eq!(set.ratings[1].score.value.to_string(), "2.25");
    assert_eq!(stated(&new, "score"), ["Democracy Percentage 2022 27.98", "Democracy Score 2022 2.68"]);
    assert!(charts(&new).iter().any(|id| id == "category-scores"));
}

#[test]
fn a_score_that_its_scale_does_not_have_is_no_score() {
    for (from, to) in [("Corruption: 5.50", "Corruption: 8.50"), ("Corruption: 5.50", "Corruption: 5.50 / 10")] {
        let loaded = read(&BLOCK_2018.replace(from, to));
        assert_eq!(loaded.dataset.ratings[0].ratings.len(), 6, "{to}");
        let figure =
            reading(&loaded).figures.iter().rfind(|figure| figure.span.of(&loaded.source.text) == Some(&to[12..16]));
        assert_eq!(figure.map(|figure| figure.status), Some(FigureStatus::Unknown), "{to}");
    }
}

#[test]
fn the_lines_at_the_head_are_read() {
    let loaded = read(BLOCK_2018);
    assert_eq!(stated(&loaded, "count")[0], "Population  4600000");
    assert_eq!(stated(&loaded, "money"), ["GNI/capita  6280"]);
    let shares = ["Orrin  61.9", "Tavish  14.8", "Lowlander  12.5", "other  10.8"];
    assert_eq!(stated(&loaded, "population_share"), shares);
    assert_eq!(loaded.dataset.compositions[0].shares.len(), 4);
    // Each on a line of its own, with blank lines between: no headings.
    let apart = read(&BLOCK_2018.replace('\n', "\n\n"));
    assert_eq!(stated(&apart, "population_share"), shares);
    assert_eq!(apart.dataset.ratings[0].ratings.len(), 7);
    let dated = read(&BLOCK_2018.replace("other (10.8%)", "other (10.8%) (2011 census)"));
    assert_eq!(stated(&dated, "population_share")[0], "Orrin 2011 61.9");
}

#[test]
fn a_table_of_ratings_is_read_cell_by_cell() {
    let loaded = read(TABLE_2008);
    let ratings = stated(&loaded, "rating");
    let of = |category: &str| -> Vec<&str> {
        let own = |fact: &&String| {
            fact.strip_prefix(category).is_some_and(|rest| rest.starts_with(" 1") || rest.starts_with(" 2"))
        };
        ratings.iter().filter(own).filter_map(|fact| fact.rsplit(' ').next()).collect()
    };
    assert_eq!(of("Electoral Process"), ["4.50", "4.50", "4.75", "4.75", "5.00", "5.25", "5.25", "5.50", "5.50"]);
    // Cells that run together, a label split over two lines, and years in which there was no such category.
    assert_eq!(of("Civil Society"), ["3.50", "3.50", "3.75", "3.75", "3.75", "4.00", "4.00", "4.25", "4.25"]);
    assert_eq!(of("Governance"), ["4.50", "4.50", "4.75", "4.75", "4.75"]);
    assert_eq!(of("National Democratic Governance"), ["5.25", "5.50", "5.50", "5.75"]);
    assert_eq!(of("Judicial Framework and Independence").len(), 9);
    assert!(ratings.iter().any(|fact| fact == "Electoral Process 1999/2000 4.50"));
    // A row of eight cells under nine years: which year each is of, nobody says.
    assert!(of("Corruption").is_empty());
    assert!(loaded.dataset.diagnostics.iter().any(|odd| odd.message.contains("the row of Corruption")));
    assert_eq!(stated(&loaded, "score").len(), 9);
    let absent = loaded.dataset.facts.iter().filter(|fact| fact.status == Status::NotApplicable).count();
    assert_eq!(absent, 4 + 5 + 5);
    // Every fact stands where it says.
    for fact in &loaded.dataset.facts {
        let words = loaded.source.words(fact.anchor.place).unwrap_or_default();
        if let (Some(value), "rating" | "score") = (fact.value, fact.kind.as_str()) {
            assert_eq!(words, value.to_string());
        }
    }
    assert!(charts(&loaded).iter().any(|id| id == "category-scores-over-time-as-printed"), "{:?}", charts(&loaded));
    // Without the row that is lost, the score is not the mean of the others: it is not counted among them.
    let sets =
        |loaded: &Loaded| -> Vec<usize> { loaded.dataset.ratings.iter().map(|set| set.categories().len()).collect() };
    assert_eq!(sets(&loaded), [7, 1]);
    let whole = read(&TABLE_2008.replace("Corruption 5.25", "Corruption 5.00 5.25"));
    assert_eq!(sets(&whole), [9]);
}

#[test]
fn a_table_of_ratings_is_read_however_its_cells_are_parted() {
    let whole = stated(&read(TABLE_2008), "rating");
    for (from, to) in [(" 4", "\t4"), (" 5", "  5"), ("\n", "\r\n"), ("\n", "\n\n"), (" n/a", "n/a")] {
        assert_eq!(stated(&read(&TABLE_2008.replace(from, to)), "rating"), whole, "{from:?} {to:?}");
    }
    // A score in a year in which there was no such category is somebody else's.
    let odd = read(&TABLE_2008.replace("National Democratic\nGovernance n/a", "Governance n/a"));
    assert!(!stated(&odd, "rating").iter().any(|fact| fact.starts_with("Governance 2005")));
}

// ── Freedom in the World ──

#[test]
fn questions_and_totals_stand_on_scales_of_their_own() {
    let loaded = read(FREEDOM);
    let scores = stated(&loaded, "score");
    let expected = [
        "Freedom Score 2019 41",
        "POLITICAL RIGHTS 2019 14",
        "ELECTORAL PROCESS 2019 4",
        "A1 2019 1",
        "A2 2019 2",
        "A3 2019 1",
        "POLITICAL PLURALISM AND PARTICIPATION 2019 6",
        "B1 2019 2",
        "CIVIL LIBERTIES 2019 27",
        "FREEDOM OF EXPRESSION AND BELIEF 2019 8",
    ];
    assert_eq!(scores, expected);
    assert_eq!(stated(&loaded, "rating"), ["Political Rights 2019 5", "Civil Liberties 2019 4"]);
    let sets: Vec<(usize, String)> = loaded
        .dataset
        .ratings
        .iter()
        .map(|set| {
            (set.ratings.len(), set.scale.as_ref().map(|s| format!("{}–{} {:?}", s.min, s.max, s.best)).unwrap())
        })
        .collect();
    let expected = [(2, "1–7 Some(Low)"), (4, "0–4 Some(High)"), (2, "0–16 Some(High)")];
    assert_eq!(sets, expected.map(|(n, scale)| (n, scale.to_owned())));
    let keys: BTreeSet<&String> = loaded.dataset.ratings.iter().map(|set| &set.key).collect();
    assert_eq!(keys.len(), 3);
    let section = reading(&loaded).sections.iter().find(|section| section.heading.starts_with("A1.")).unwrap();
    assert!(section.heading.ends_with('?'));
    assert_eq!(reading(&loaded).sections.iter().filter(|section| section.heading.starts_with('B')).count(), 2);
}

#[test]
fn a_change_of_a_score_is_that_of_the_question_it_stands_under() {
    let told = "They are not.\n\nScore change: The score dropped from 3 to 2, for the count was late.";
    let loaded = read(
        &FREEDOM.replace("equal? 1 / 4", "equal?").replace("to them? 1 / 4", "to them?").replace("They are not.", told),
    );
    let set = loaded.dataset.ratings.iter().find(|set| set.key.ends_with("question")).unwrap();
    let rating = set.ratings.iter().find(|rating| rating.category == "A3").unwrap();
    let before = rating.before.as_ref().map(|before| before.value.to_string());
    assert_eq!(
        (rating.score.value.to_string().as_str(), rating.change, before.as_deref()),
        ("2", Some(Change::Worse), Some("3"))
    );
    // Under no question it is nobody's.
    let loaded =
        read(&FREEDOM.replace(
            "There are some.",
            "There are some.\n\nAfterword:\n\nScore Change: The score dropped from 3 to 2.",
        ));
    assert!(!stated(&loaded, "score").iter().any(|fact| fact.contains("Afterword")));
}

/// The title, the notes and the number of marks of the chart of question scores; none where there is none.
fn questions(loaded: &Loaded) -> Option<(String, Vec<String>, usize)> {
    let key = loaded.dataset.ratings.iter().find(|set| set.noun() == "question score")?.key.clone();
    let spec = ChartSpec { of: Some(key), ..ChartSpec::new("category-scores") };
    let chart = nisba::chart::build(&loaded.dataset, &[], &spec)?;
    Some((chart.title, chart.notes, chart.marks.len()))
}

#[test]
fn scores_of_questions_are_no_ratings_and_have_no_mean() {
    let (title, notes, marks) = questions(&read(FREEDOM)).unwrap();
    assert_eq!((title.as_str(), marks), ("Question scores run from 2 (two of four) to 1 (two of four)", 4));
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn a_chart_of_changed_scores_alone_says_so() {
    let bare = |text: &str| {
        [" 1 / 4", " 2 / 4", "2 / 4", " 5 / 4"].iter().fold(text.to_owned(), |text, score| text.replace(score, ""))
    };
    let change = |from: u8, to: u8| {
        format!("They are.\n\nScore Change: The score moved from {from} to {to}, for the count was late.")
    };
    let one = bare(FREEDOM).replace("They are not.", &change(3, 2));
    let two = one.replace("There are some.", &change(1, 2));
    let (title, notes, marks) = questions(&read(&two)).unwrap();
    assert_eq!(title, "Two question scores are stated: one lower than before, one higher");
    assert_eq!((notes, marks), (vec!["The document states only the question scores that changed.".to_owned()], 2));
    let fell = one.replace("There are some.", &change(4, 1));
    assert_eq!(questions(&read(&fell)).unwrap().0, "Two question scores are stated, each lower than before");
}

#[test]
fn editions_that_score_no_question_twice_are_not_joined() {
    let bare = |text: &str| {
        [" 1 / 4", " 2 / 4", "2 / 4", " 5 / 4"].iter().fold(text.to_owned(), |text, score| text.replace(score, ""))
    };
    let change = "They are.\n\nScore Change: The score moved from 3 to 2, for the count was late.";
    let of = |n: u32, edition: &str, under: [&str; 2]| {
        let text = bare(FREEDOM).replace("World 2019", &format!("World {edition}"));
        let text = under.iter().fold(text, |text, words| text.replace(words, change));
        load_bytes(&format!("{n}.txt"), text.as_bytes(), SourceId(n), &Progress::default()).expect("a report").dataset
    };
    let joined = |one: &Dataset, other: &Dataset| {
        let mut all = one.clone();
        all.extend(other.clone());
        let notes = all.join_editions();
        let own = all.editions.iter().filter(|editions| editions.set.noun() == "question score").count();
        (own, notes.iter().any(|note| note.message.contains("score no category twice")))
    };
    let (ends, starts) = (["They are not.", "There are some."], ["The first minister is", "Lists must cross"]);
    let first = of(0, "2019", ends);
    assert_eq!(joined(&first, &of(1, "2020", starts)), (0, true));
    assert_eq!(joined(&first, &of(1, "2020", ends)), (1, false));
}

#[test]
fn an_election_told_in_prose_is_read_with_its_turnout() {
    let loaded =
        read(&FREEDOM.replace("The Stanza has 90", "The unicameral, 90-member Stanza is elected at once. It has 90"));
    assert_eq!(stated(&loaded, "share"), ["turnout 2018-06 61.3"]);
    let votes = ["Orrinist Bloc 2018-06 51.5", "Harbour League 2018-06 30.2", "Grey Hand 2018-06 16.1"];
    assert_eq!(stated(&loaded, "vote_share"), votes);
}

#[test]
fn results_in_prose_are_read_as_they_are_told() {
    let head = "Freedom in the World 2021: Tarnovia\n\nA. Political Rights:\n\nA2. Were they elected?\n\n\
                The unicameral, 140-member Stanza (Assembly) sits in Tarn.";
    let told = |sentences: &str| read(&format!("{head}{sentences}"));
    let loaded = told(
        "The ruling Reds kept their lead in the May 2022 polls, winning 51 percent of the vote and 76 seats. \
         The Blues party took 38 percent of the vote and 57 seats; meanwhile the Reds party was glad. Turnout stood at 46.3 percent.",
    );
    assert_eq!(stated(&loaded, "vote_share"), ["Reds 2022-05 51", "Blues 2022-05 38"]);
    assert_eq!(stated(&loaded, "seats"), ["Reds 2022-05 76", "Blues 2022-05 57"]);
    let [election] = loaded.dataset.elections.as_slice() else { panic!("one election") };
    assert_eq!(election.totals[&Tier::Total].value.to_string(), "140");
    assert_eq!(rows(election), ["Reds 51 76", "Blues 38 57"]);

    let loaded = told(
        "In the 2020 elections, the ruling party, Amber, won 62 Stanza seats. Oak won 8, Elm and White Fir each won 6, \
         and independents won 7.",
    );
    let seats = ["Amber 2020 62", "Oak 2020 8", "Elm + White Fir 2020 6", "independents 2020 7"];
    assert_eq!(stated(&loaded, "seats"), seats);

    let loaded = told(
        "In the 2016 elections, Amber won 81 of the 95 seats, taking 80.5 percent of the popular vote. Elm and \
         the Fir Party, which are both tame, each gained 7 seats, with 8.2 percent and 8.1 percent of the vote respectively.",
    );
    let [election] = loaded.dataset.elections.as_slice() else { panic!("one election") };
    assert_eq!(rows(election), ["Amber 80.5 81", "Elm 8.2 7", "Fir Party 8.1 7"]);

    // Who leads a party is not the party, and a part of the country is not the whole.
    let loaded = told(
        "In the 2016 elections, the leader of the party, Ada Brook, won 5 seats. Turnout in the capital was 40 percent.",
    );
    let turnout = stated(&loaded, "share").iter().any(|fact| fact.starts_with("turnout"));
    assert!(stated(&loaded, "seats").is_empty() && !turnout);
}

// ── World Factbook ──

#[test]
fn groups_are_read_with_the_year_in_brackets() {
    let loaded = read(FACTBOOK);
    let shares =
        ["Orrin 2009 61.9", "Tavish 2009 14.8", "Coast Lowlander 2009 12.5", "unspecified 2009 3.1", "other 2009 7.7"];
    assert_eq!(stated(&loaded, "population_share"), shares);
    assert_eq!(detail(&loaded, "population_share", "Orrin", "approx"), Some("est."));
    assert_eq!(loaded.dataset.compositions.len(), 1);
    let census = read(&FACTBOOK.replace("(2009 est.) note", "(2009 census) note"));
    assert_eq!(detail(&census, "population_share", "Orrin", "approx"), None);
    assert_eq!(stated(&census, "population_share"), shares);
    // What only bounds a share ends the list; what was read before stays.
    let bounded = read(&FACTBOOK.replace("Coast Lowlander 12.5%", "Coast Lowlander less than 13%"));
    assert_eq!(stated(&bounded, "population_share"), shares[..2]);
}

#[test]
fn results_are_read_with_the_chamber_and_its_day() {
    let loaded = read(FACTBOOK);
    let [election] = loaded.dataset.elections.as_slice() else { panic!("one election") };
    assert_eq!((election.chamber.as_str(), election.period.as_str()), ("Stanza", "2014-06-06/2014-06-20"));
    let expected = ["Orrinist Bloc 51.5 48", "Harbour League 30.2 26", "Grey Hand 16.1 14", "independent ? 1"];
    assert_eq!(rows(election), expected);
    assert_eq!(election.totals[&Tier::Total].value.to_string(), "90");
    assert_eq!(detail(&loaded, "vote_share", "Ada BROOK", "office"), Some("president"));
    assert!(charts(&loaded).iter().any(|id| id == "seats-votes"));
}

#[test]
fn seats_of_a_later_day_are_not_set_against_the_votes() {
    let loaded = read(LATER_SEATS);
    assert!(loaded.dataset.elections.is_empty());
    assert_eq!(stated(&loaded, "seats")[0], "Orrinist Bloc 2014-12 48");
    assert_eq!(stated(&loaded, "vote_share")[3], "Orrinist Bloc 2014-06-06/2014-06-20 51.5");
}

#[test]
fn a_list_that_is_not_understood_to_its_end_makes_no_election() {
    let loaded = read(&FACTBOOK.replace("independent 1 (from the isles)", "about 1 from the isles"));
    assert!(loaded.dataset.elections.is_empty());
    assert!(loaded.dataset.diagnostics.iter().any(|odd| odd.message.contains("not read to its end")));
    // More seats than the chamber has.
    let loaded = read(&FACTBOOK.replace("Stanza (90 seats", "Stanza (80 seats"));
    assert!(loaded.dataset.elections.is_empty());
    let loaded = read(&FACTBOOK.replace("Stanza (90 seats", "Stanza (95 seats"));
    assert_eq!(loaded.dataset.elections[0].totals[&Tier::Total].value.to_string(), "95");
}

// ── Whatever is written ──

#[test]
fn damaged_layouts_are_read_without_a_fault_and_every_fact_stands_where_it_says() {
    let mut seed: u64 = 7;
    let mut below = |n: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((seed >> 33) as usize) % n.max(1)
    };
    for text in [BLOCK_2018, BLOCK_2022, TABLE_2008, FREEDOM, FACTBOOK, LATER_SEATS] {
        for _ in 0..60 {
            let mut signs: Vec<char> = text.chars().collect();
            for _ in 0..1 + below(6) {
                let (from, length) = (below(signs.len()), below(30));
                let piece: Vec<char> = signs[from..(from + length).min(signs.len())].to_vec();
                match below(4) {
                    0 => _ = signs.drain(from..from + piece.len()),
                    1 => signs.splice(from..from, piece).for_each(drop),
                    2 => signs[from] = ['é', '\u{a0}', '|', '(', '9', '\n', '–', '/'][below(8)],
                    _ => signs.truncate(signs.len() - below(40).min(signs.len() - 1)),
                }
            }
            let loaded = read(&signs.into_iter().collect::<String>());
            for fact in loaded.dataset.facts.iter().filter(|fact| fact.status == Status::Stated) {
                assert_eq!(loaded.source.words(fact.anchor.place), Some(fact.text.as_str()));
                let value = nisba::reading::numeral::parse_any(&fact.text);
                assert!(fact.kind == "money" || value == fact.value, "{} {:?}", fact.text, fact.value);
            }
        }
    }
}

// ── Chosen in the window ──

fn wait(session: &mut Session) {
    let start = Instant::now();
    while session.is_busy() && start.elapsed() < Duration::from_secs(20) {
        session.poll();
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!session.is_busy());
}

#[test]
fn choosing_a_family_reads_the_report_again_and_can_be_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    std::fs::write(&path, BLOCK_2018).unwrap();
    let mut session = Session::new(Arc::new(|| {}));
    session.start(vec![path]);
    wait(&mut session);
    let id = session.shown().unwrap().id();
    let name = |session: &Session| session.shown().unwrap().read_as().unwrap().1.to_owned();
    assert_eq!(name(&session), "Nations in Transit");
    assert!(session.shown().unwrap().read_as_why().unwrap().contains("title"));
    assert!(session.chart().unwrap().id.starts_with("category-scores"));

    session.apply(Command::ReadAs(id, Some("english".to_owned())));
    wait(&mut session);
    assert_eq!(name(&session), "Plain report");
    assert!(session.chart().is_none_or(|chart| !chart.id.starts_with("category-scores")));

    session.apply(Command::Undo);
    wait(&mut session);
    assert_eq!(name(&session), "Nations in Transit");
    assert!(session.chart().unwrap().id.starts_with("category-scores"));
    session.apply(Command::Redo);
    wait(&mut session);
    assert_eq!(name(&session), "Plain report");
    session.apply(Command::ReadAs(id, None));
    wait(&mut session);
    assert_eq!(name(&session), "Nations in Transit");
    session.apply(Command::ReadAs(id, Some("no-such".to_owned())));
    assert!(!session.is_busy());
}

// ── Added to ──

const OWN: &str = r#"
name = "Coastwatch"
title = '^Coastwatch (?P<edition>\d{4}): (?P<country>\p{Lu}\p{L}+)$'

[[scale]]
min = "0"
max = "10"
best = "high"

[[category]]
names = ["Harbours"]

[[rule]]
id = "marks"
reads = "score"
pattern = '^(?P<category>\p{Lu}\p{L}+) gets (?P<value>{n})$'
"#;

fn nisba(arguments: &[&str], grammars: Option<&Path>) -> (Option<i32>, String, String) {
    let mut process = Process::new(env!("CARGO_BIN_EXE_nisba"));
    process.args(arguments).env_remove("NISBA_GRAMMARS").env("XDG_CONFIG_HOME", "/nowhere");
    if let Some(folder) = grammars {
        process.env("NISBA_GRAMMARS", folder);
    }
    let output = process.output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_readers_own_grammar_is_checked_listed_and_used() {
    let folder = tempfile::tempdir().unwrap();
    let (own, report) = (folder.path().join("coastwatch.toml"), folder.path().join("report.txt"));
    std::fs::write(&own, OWN).unwrap();
    std::fs::write(folder.path().join("broken.toml"), "name = \"B\"\ntitle = '('\n").unwrap();
    std::fs::write(&report, "Coastwatch 2031: Tarnovia\n\nHarbours gets 7.5\n\nSome words of prose.").unwrap();
    let (own, report) = (own.display().to_string(), report.display().to_string());

    let (code, out, _) = nisba(&["grammar", &own], None);
    assert!(code == Some(0) && out.contains("Coastwatch") && out.contains("reads score: marks"), "{out}");
    let folder_name = folder.path().display().to_string();
    for (arguments, variable) in
        [(vec!["grammar", "--grammars", &folder_name], None), (vec!["grammar"], Some(folder.path()))]
    {
        let (code, out, err) = nisba(&arguments, variable);
        assert!(code == Some(0) && out.starts_with("id,name,from\nenglish,Plain report,built in\n"), "{out}");
        assert!(out.contains(&format!("coastwatch,Coastwatch,{own}")), "{out}");
        assert!(err.contains("broken.toml:2:9: title: the pattern is wrong"), "{err}");
    }
    let (_, out, _) = nisba(&["facts", &report], Some(folder.path()));
    assert!(out.contains("rating,Harbours,2031,7.5,,score,,Tarnovia,2031,stated"), "{out}");
    let (_, out, _) = nisba(&["facts", &report], None);
    assert_eq!(out.lines().count(), 1, "{out}");
    let (_, out, _) = nisba(&["facts", &report, "--family", "english"], Some(folder.path()));
    assert_eq!(out.lines().count(), 1, "{out}");
    let (_, out, _) = nisba(&["--family", "english", "facts", &report], Some(folder.path()));
    assert_eq!(out.lines().count(), 1, "{out}");
    assert_eq!(nisba(&[&report, "facts", &report], None).0, Some(2));
    let (code, _, err) = nisba(&["facts", &report, "--family", "none-such"], None);
    assert!(code == Some(2) && err.contains("`none-such`"), "{err}");
}

#[test]
fn faults_of_a_grammar_point_to_line_and_rule() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.toml");
    let broken = OWN.replace("(?P<value>{n})", "(?P<wert>{count})").replace("names = [\"Harbours\"]", "names = []");
    std::fs::write(&path, broken).unwrap();
    let (code, out, err) = nisba(&["grammar", &path.display().to_string()], None);
    assert!(code == Some(2) && out.is_empty());
    assert!(err.contains("x.toml:10:1: category: it has no name"), "{err}");
    assert!(err.contains("x.toml:16:11: rule `marks`: unknown piece `{count}`"), "{err}");
    for (name, text, what) in [("y.toml", "name = ", "y.toml:1:"), ("z.toml", "", "z.toml:1:1: the family has no name")]
    {
        std::fs::write(folder.path().join(name), text).unwrap();
        let (code, _, err) = nisba(&["grammar", &folder.path().join(name).display().to_string()], None);
        assert!(code == Some(2) && err.contains(what), "{err}");
    }
    let missing = folder.path().join("missing.toml").display().to_string();
    assert_eq!(nisba(&["grammar", &missing], None).0, Some(2));
}

#[test]
fn every_reader_of_the_language_is_in_the_readme() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    for takes in nisba::reading::READERS {
        assert!(readme.contains(&format!("`{}`", takes.id)), "`{}` is not in the README", takes.id);
    }
    // The example there is a sound grammar.
    let example = readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let file = nisba::reading::families::GrammarFile {
        shown: "README.md".to_owned(),
        id: "example".to_owned(),
        text: example.to_owned(),
    };
    let (families, faults) = Families::built_in().with(&[file]);
    assert!(faults.is_empty(), "{faults:?}");
    assert!(families.by_id("example").is_some());
}

// ── The real reports ──

fn reports(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(format!("../shared/reports/{folder}")).expect("the reports");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn real(name: &str) -> Loaded {
    load_path(&PathBuf::from(format!("../shared/reports/{name}")), SourceId(0), &Progress::default()).expect(name)
}

#[test]
#[ignore = "needs the real reports in ../shared"]
fn every_real_report_is_recognised_as_of_its_family() {
    for (folder, expected, count) in
        [("freedom-in-the-world", "freedom-in-the-world", 12), ("factbook", "world-factbook", 7)]
    {
        let paths = reports(folder);
        assert_eq!(paths.len(), count);
        for path in paths {
            let loaded = load_path(&path, SourceId(0), &Progress::default()).unwrap();
            assert_eq!(family(&loaded), expected, "{}", path.display());
            assert!(reading(&loaded).signs.len() >= 3, "{}: {:?}", path.display(), reading(&loaded).signs);
            assert_eq!((reading(&loaded).edition.len(), reading(&loaded).country.is_empty()), (4, false));
        }
    }
    assert_eq!(family(&real("nations-in-transit-2005-kazakhstan.txt")), "nations-in-transit");
}

#[test]
#[ignore = "needs the real reports in ../shared"]
fn groups_of_the_real_factbooks_are_read() {
    // Edition, country, how many shares, their sum, their year: looked up by hand.
    for (name, count, sum, year) in [
        ("2004_kazakhstan", 7, "100.0", "1999"),
        ("2005_albania", 3, "100", "1989"),
        ("2005_kazakhstan", 8, "100.0", "1999"),
        ("2005_kyrgyzstan", 7, "100.0", "1999"),
        ("2005_latvia", 7, "100.0", "2002"),
        ("2005_ukraine", 11, "100.0", "2001"),
        ("2006_kazakhstan", 8, "100.0", "1999"),
    ] {
        let loaded = real(&format!("factbook/factbook_{name}.txt"));
        let shares: Vec<&Fact> = loaded.dataset.facts.iter().filter(|fact| fact.kind == "population_share").collect();
        let found: nisba::source::Decimal = shares.iter().filter_map(|fact| fact.value).sum();
        assert_eq!((shares.len(), found.to_string().as_str()), (count, sum), "{name}");
        assert!(shares.iter().all(|fact| fact.period == year), "{name}");
    }
}

#[test]
#[ignore = "needs the real reports in ../shared"]
fn elections_of_the_real_factbooks_are_read() {
    let latvia = real("factbook/factbook_2005_latvia.txt");
    let [election] = latvia.dataset.elections.as_slice() else { panic!("one election") };
    let expected = ["JL 23.9 26", "PCTVL 18.9 24", "TP 16.7 21", "ZZS 9.5 12", "First Party 7.6 10", "LNNK 5.4 7"];
    assert_eq!(rows(election), expected);
    assert_eq!((election.period.as_str(), election.chamber.as_str()), ("2002-10-05", "Saeima"));
    assert_eq!(election.totals[&Tier::Total].value.to_string(), "100");
    // Seats without votes; the whole of the chamber.
    for (name, total, lists) in [("2004_kazakhstan", "77", 6), ("2006_kazakhstan", "77", 6), ("2005_albania", "140", 5)]
    {
        let loaded = real(&format!("factbook/factbook_{name}.txt"));
        let [election] = loaded.dataset.elections.as_slice() else { panic!("{name}: one election") };
        assert_eq!(
            (election.totals[&Tier::Total].value.to_string().as_str(), election.lists.len()),
            (total, lists),
            "{name}"
        );
    }
    // Seats of factions two years after the vote, and seats that are not available.
    for name in ["2005_ukraine", "2005_kyrgyzstan"] {
        assert!(real(&format!("factbook/factbook_{name}.txt")).dataset.elections.is_empty(), "{name}");
    }
    let presidents = stated(&real("factbook/factbook_2005_kyrgyzstan.txt"), "vote_share");
    let values: Vec<&str> = presidents.iter().filter_map(|fact| fact.rsplit(' ').next()).collect();
    assert_eq!(values, ["88.6", "3.9", "7.5"]);
}

#[test]
#[ignore = "needs the real reports in ../shared"]
fn changes_of_scores_in_real_reports_are_those_of_their_questions() {
    let changed = |name: &str| -> Vec<String> {
        let loaded = real(&format!("freedom-in-the-world/fiw_{name}.txt"));
        let ratings = loaded.dataset.ratings.iter().flat_map(|set| set.ratings.clone());
        let shown = |rating: nisba::facts::Rating| {
            format!("{} {} {}", rating.category, rating.before.unwrap().value, rating.score.value)
        };
        ratings.map(shown).collect()
    };
    // Looked up by hand.
    assert_eq!(changed("armenia_2020"), ["C1 1 2", "E2 2 3"]);
    assert_eq!(changed("georgia_2022").len(), 2);
    let all: usize = reports("freedom-in-the-world")
        .iter()
        .map(|path| changed(path.file_stem().unwrap().to_str().unwrap().trim_start_matches("fiw_")).len())
        .sum();
    assert_eq!(all, 29);
}

#[test]
#[ignore = "needs the real reports in ../shared"]
fn elections_in_the_prose_of_real_reports_are_read() {
    let results = |name: &str, kind: &str| -> Vec<String> {
        let loaded = real(&format!("freedom-in-the-world/fiw_{name}.txt"));
        let own = |fact: &&String| kind != "share" || fact.starts_with("turnout");
        let facts = stated(&loaded, kind);
        facts.iter().filter(own).map(|fact| fact.rsplit(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(results("albania_2023", "seats"), ["74 2021-04", "59 2021-04", "4 2021-04"]);
    assert_eq!(results("albania_2023", "vote_share"), ["49 2021-04", "39 2021-04"]);
    assert_eq!(results("albania_2023", "share"), ["46.3 2021-04"]);
    assert_eq!(results("albania_2019", "seats"), ["74 2017-06"]);
    assert_eq!(results("albania_2019", "share"), ["46.8 2017-06"]);
    assert_eq!(results("kazakhstan_2018", "seats"), ["84 2016", "7 2016"]);
    assert_eq!(results("kazakhstan_2021", "seats"), ["84 2016", "7 2016"]);
    assert_eq!(results("kazakhstan_2021", "vote_share"), ["82.2 2016", "7.2 2016", "7.1 2016"]);
    let seats = results("kazakhstan_2024", "seats");
    assert_eq!(seats, ["62 2023-03", "8 2023-03", "6 2023-03", "5 2023-03", "4 2023-03", "7 2023-03"]);
    // The day of a run-off is not that of the first round.
    assert_eq!(results("georgia_2022", "share"), ["26 "]);
    let albania = real("freedom-in-the-world/fiw_albania_2023.txt");
    let [election] = albania.dataset.elections.as_slice() else { panic!("one election") };
    assert_eq!(election.totals[&Tier::Total].value.to_string(), "140");
}
