//! A report of a country that does not exist, with parties, categories and groups of its own: nothing may depend on the
//! names of any one country.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use nisba::{
    facts::{Change, Dating, Entry, Tier},
    reading::Reading,
    session::load::{Loaded, Progress, load_bytes},
    source::SourceId,
};

const TEXT: &str = include_str!("fixtures/veldoria-2007.txt");

fn read(text: &str) -> Loaded {
    read_bytes(text.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> Loaded {
    load_bytes("any-name.txt", bytes, SourceId(0), &Progress::default()).expect("a readable report")
}

fn reading(loaded: &Loaded) -> &Reading {
    loaded.reading.as_ref().expect("a report")
}

/// Everything the document says, without places: what must be the same however it is written down.
fn said(loaded: &Loaded) -> Vec<String> {
    let facts = loaded.dataset.facts.iter();
    facts.map(|f| format!("{} {} {} {:?} {} {:?}", f.kind, f.subject, f.period, f.value, f.tier, f.detail)).collect()
}

#[test]
fn country_and_edition_come_from_the_document() {
    let loaded = read(TEXT);
    assert_eq!((reading(&loaded).country.as_str(), reading(&loaded).edition.as_str()), ("Veldoria", "2007"));
}

#[test]
fn ratings_are_read_with_what_the_sentence_says_of_their_change() {
    let loaded = read(TEXT);
    let set = &loaded.dataset.ratings[0];
    let found: Vec<(&str, String, Option<Change>, Option<String>)> = set
        .ratings
        .iter()
        .map(|r| {
            let before = r.before.as_ref().map(|b| b.value.to_string());
            (r.category.as_str(), r.score.value.to_string(), r.change, before)
        })
        .collect();
    let expected = [
        ("Public Purse", "4.00", Some(Change::Better), Some("4.25")),
        ("Courts of Law", "3.75", None, None),
        ("Village Rule", "3.50", Some(Change::Worse), Some("3.25")),
        ("Press and Air", "5.00", Some(Change::Unchanged), None),
    ];
    let expected: Vec<_> =
        expected.map(|(c, s, change, b)| (c, s.to_owned(), change, b.map(str::to_owned))).into_iter().collect();
    assert_eq!(found, expected);
}

#[test]
fn the_section_that_lost_its_heading_is_inferred_and_the_gap_around_the_table_opens_none() {
    let loaded = read(TEXT);
    let inferred: Vec<&str> =
        reading(&loaded).sections.iter().filter(|s| s.inferred).map(|s| s.heading.as_str()).collect();
    assert_eq!(inferred, ["Press and Air"]);
    let mention = TEXT.find("Three stations").expect("the sentence");
    let (section, paragraph) = loaded
        .dataset
        .locate(loaded.source.anchor(nisba::source::Span::new(mention, mention + 5)))
        .expect("inside a paragraph");
    assert_eq!((section, paragraph), ("Press and Air", 1));
}

#[test]
fn a_second_gap_makes_the_lost_heading_uncertain_and_none_is_inferred() {
    let twice = TEXT.replace("According to the 2001", "\nAccording to the 2001");
    assert!(reading(&read(&twice)).sections.iter().all(|section| !section.inferred));
}

#[test]
fn the_table_the_prose_and_the_footnote_make_one_election() {
    let loaded = read(TEXT);
    let election = &loaded.dataset.elections[0];
    assert_eq!((election.period.as_str(), election.chamber.as_str()), ("2006-06", "Stanza"));
    let rows: Vec<(&str, Option<String>, Option<String>)> = election
        .lists
        .iter()
        .map(|list| {
            let known = |entry: &Entry| entry.known().map(|cited| cited.value.to_string());
            (list.name.as_str(), known(&list.vote_share), list.seats(Tier::Total).map(|c| c.value.to_string()))
        })
        .collect();
    let text = |s: &str| Some(s.to_owned());
    assert_eq!(
        rows,
        [
            ("Orrinist Bloc", text("46.25"), text("41")),
            ("League of Harbours", text("25.5"), text("23")),
            ("Grey Hand", text("17.75"), text("13")),
            ("ZK-VM", text("6.5"), text("6")),
            ("Unlisted", None, text("7")),
        ]
    );
    let unlisted = election.lists.last().expect("a last row");
    assert!(matches!(unlisted.vote_share, Entry::NotApplicable(_)), "the table says `--`");
    assert!(reading(&loaded).names.same("Union for the Open Coast", "League of Harbours"), "the footnote says so");
}

#[test]
fn groups_that_contain_others_and_shares_without_a_date_are_told_apart() {
    let loaded = read(TEXT);
    let shares = &loaded.dataset.compositions[0].shares;
    let of = |key: &str| shares.iter().filter(|share| share.key == key).collect::<Vec<_>>();
    let dated: Vec<&Dating> = of("orrin").iter().map(|share| &share.dating).collect();
    assert_eq!(dated, [&Dating::Dated("2001".into()), &Dating::Dated("1979".into()), &Dating::Current]);
    assert_eq!(of("lowlander")[0].dating, Dating::NotStated { shown_at: Some("2001".into()) });
    assert!(of("upland-group")[0].contains_others.is_some() && of("coaster")[0].contains_others.is_some());
    assert!(of("marran")[0].contains_others.is_none());
}

#[test]
fn line_ends_a_byte_order_mark_and_wrapped_lines_change_nothing() {
    let plain = said(&read(TEXT));
    assert!(plain.len() > 50);
    let marked = format!("\u{feff}{}", TEXT.replace('\n', "\r\n"));
    let loaded = read(&marked);
    assert_eq!(said(&loaded), plain);
    for fact in loaded.dataset.facts.iter().filter(|fact| !fact.text.is_empty()) {
        let span = fact.anchor.span().expect("a text");
        assert_eq!(&marked.as_bytes()[span.start..span.end], fact.text.as_bytes());
    }
    assert_eq!(said(&read(&wrapped(TEXT, 72, "\n"))), plain);
    assert_eq!(said(&read(&wrapped(TEXT, 60, "\r\n"))), plain);
}

/// Breaks the lines of prose, tables left as they are.
fn wrapped(text: &str, width: usize, end: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        let prose = line.len() > 120 && line.contains(". ");
        let mut column = 0;
        for (i, word) in line.split(' ').enumerate() {
            if i > 0 {
                let turn = prose && column + word.len() > width;
                out.push_str(if turn { end } else { " " });
                column = if turn { 0 } else { column + 1 };
            }
            out.push_str(word);
            column += word.len();
        }
        out.push_str(end);
    }
    out
}

#[test]
fn a_code_page_is_found_and_said() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(TEXT);
    let with_letter = [bytes.as_ref(), b"\n\nA caf\xe9.\n"].concat();
    let loaded = read_bytes(&with_letter);
    assert_eq!((loaded.source.encoding, loaded.source.offsets_on_disk), ("windows-1252", false));
    assert_eq!(said(&loaded), said(&read(TEXT)));
    assert!(loaded.dataset.diagnostics.iter().any(|d| d.message.contains("windows-1252")));
}

#[test]
fn the_scale_turns_round_with_the_edition() {
    let later = TEXT.replace("2007", "2021");
    let loaded = read(&later.replace("improves from 4.25", "moves from 4.25"));
    let set = &loaded.dataset.ratings[0];
    assert_eq!(set.scale.as_ref().and_then(|scale| scale.best), Some(nisba::facts::Best::High));
    assert_eq!(set.ratings[0].change, Some(Change::Worse), "4.25 to 4.00 where 7 is the best");
    // A sentence that calls a fall an improvement contradicts its scale: neither is claimed.
    assert_eq!(read(&later).dataset.ratings[0].ratings[0].change, None);
}

#[test]
fn a_score_outside_the_scale_is_no_rating() {
    let loaded = read(&TEXT.replace("is set at 3.75", "is set at 8.75"));
    assert!(loaded.dataset.ratings[0].ratings.iter().all(|rating| rating.category != "Courts of Law"));
}

#[test]
fn one_gains_nothing_by_what_another_only_leads() {
    let more = TEXT.replace(
        "The courts were",
        "A coalition led by the Orrinist Bloc won 12 seats in 2002. An independent backed by Grey Hand, who lost twice, \
         won 3 seats. The courts were",
    );
    let loaded = read(&more);
    let wrong = |f: &&nisba::facts::Fact| {
        f.kind == "seats" && ["12", "3"].contains(&f.text.as_str()) && f.detail.iter().all(|(k, _)| k != "in")
    };
    let found: Vec<_> = loaded.dataset.facts.iter().filter(wrong).collect();
    assert!(found.iter().all(|f| f.subject != "Orrinist Bloc" && f.subject != "Grey Hand"), "{found:#?}");
}
