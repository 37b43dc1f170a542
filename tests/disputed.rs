//! Where statements disagree a chart takes the table and says so; told to, it takes the other, tied to its own words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::{
    collections::BTreeSet,
    fs,
    process::{Command, Output},
};

use nisba::{
    chart::{self, Chart, ChartSpec, MarkStatus, disputed},
    session::load::{Loaded, Progress, load_bytes},
    source::SourceId,
};
use serde_json::Value;

const FIXTURE: &str = "tests/fixtures/ostrana-2006.txt";
const TEXT: &str = include_str!("fixtures/ostrana-2006.txt");
const TOGETHER: &str = "prose-table-lantern-milo-dawn-hand-59";

fn read(text: &str) -> Loaded {
    load_bytes("report.txt", text.as_bytes(), SourceId(0), &Progress::default()).unwrap()
}

/// A report that gives one list fewer seats than its table does.
fn one_list() -> Loaded {
    let text = TEXT.replace("took 59 of 80", "took 57 of 80").replace("fifty-nine out", "fifty-seven out");
    read(&text.replace("Lantern obtained 40 seats", "Lantern obtained 38 seats"))
}

fn spec(kind: &str, uses: &[&str]) -> ChartSpec {
    ChartSpec { uses: uses.iter().map(|key| (*key).to_owned()).collect(), ..ChartSpec::new(kind) }
}

fn build(loaded: &Loaded, spec: &ChartSpec) -> Chart {
    chart::build(&loaded.dataset, &[(loaded.source.id, loaded.source.sha256)], spec).expect("it can be drawn")
}

fn mark<'c>(chart: &'c Chart, id: &str) -> &'c nisba::chart::Mark {
    chart.marks.iter().find(|mark| mark.id.0 == id).unwrap_or_else(|| panic!("no {id} in {:?}", chart.id))
}

fn words(loaded: &Loaded, mark: &nisba::chart::Mark) -> Vec<String> {
    let words = |piece: &nisba::source::Piece| loaded.source.words(piece.anchor.place).unwrap().to_owned();
    mark.evidence.pieces.iter().map(words).collect()
}

#[test]
fn one_number_takes_the_place_of_the_tables_with_its_own_words() {
    let loaded = one_list();
    let keys: Vec<&str> = loaded.dataset.alternatives.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["prose-table-lantern-38"]);
    let table = build(&loaded, &spec("seats-votes", &[]));
    let text = build(&loaded, &spec("seats-votes", &keys));
    let share = |chart: &Chart| mark(chart, "seats-votes/lantern/seat-share").value.unwrap().to_string();
    assert_eq!((share(&table), share(&text)), ("50".into(), "47.50".into()));
    let seats = mark(&text, "seats-votes/lantern/seat-share");
    assert_eq!(
        (words(&loaded, seats), seats.evidence.formula()),
        (vec!["38".into(), "80".into()], "38 ÷ 80 × 100".into())
    );
    let at = seats.evidence.pieces[0].anchor.span().unwrap();
    assert!(
        loaded.source.text[at.start - 17..].starts_with("Lantern obtained 38 seats"),
        "its own words, not the table's"
    );
    let says = |chart: &Chart, words: &str| chart.notes.iter().any(|note| note.contains(words));
    assert!(says(
        &table,
        "The text gives Lantern 38 seats (Ballots and Lists ¶8), the table 40; the chart takes the table."
    ));
    assert!(says(&text, "the table 40; the chart takes the text.") && !says(&text, "takes the table"));
    assert_ne!((&table.id, &table.hash), (&text.id, &text.hash));
    // In the half circle two seats are then of no list that is stated.
    let half = build(&loaded, &spec("parliament", &keys));
    assert_eq!(mark(&half, "parliament/lantern/all").value.unwrap().to_string(), "38");
    assert_eq!(mark(&half, "parliament/rest").value.unwrap().to_string(), "2");
    // What does not draw those seats is as it was.
    let other: BTreeSet<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    for kind in ["ethnic-composition", "timeline", "figures-map", "category-scores"] {
        assert!(disputed::that_matter(&loaded.dataset, &ChartSpec::new(kind), &other).is_empty(), "{kind}");
    }
}

#[test]
fn what_is_stated_of_several_together_draws_them_as_one() {
    let loaded = read(TEXT);
    let chart = build(&loaded, &spec("seats-votes", &[TOGETHER]));
    let row = "seats-votes/lantern-milo-and-dawn-hand";
    let seats = mark(&chart, &format!("{row}/seat-share"));
    assert_eq!((seats.status, seats.value.unwrap().to_string()), (MarkStatus::Derived, "73.75".into()));
    // Both places that state it, and the whole.
    assert_eq!(words(&loaded, seats), ["59", "fifty-nine", "80"]);
    let votes = mark(&chart, &format!("{row}/vote-share"));
    assert_eq!((votes.status, votes.evidence.formula()), (MarkStatus::Derived, "58.5 + 9.25 + 10.5".to_owned()));
    assert!(!chart.marks.iter().any(|mark| mark.id.0.starts_with("seats-votes/lantern/")), "no seat is drawn twice");
    let half = build(&loaded, &spec("parliament", &[TOGETHER]));
    assert!(half.notes.iter().any(|note| note.contains("82 seats, more than the 80 there are")), "{:?}", half.notes);
    for chart in [&chart, &half] {
        for mark in chart.marks.iter().filter(|mark| mark.value.is_some()) {
            assert_eq!(mark.evidence.compute(), mark.value, "{}", mark.id.0);
        }
    }
    // List seats are not what the sentence is about.
    let list = ChartSpec { options: [("base".to_owned(), "list".to_owned())].into(), ..ChartSpec::new("seats-votes") };
    assert!(disputed::that_matter(&loaded.dataset, &list, &BTreeSet::from([TOGETHER.to_owned()])).is_empty());
    assert!(build(&loaded, &list).disputed.is_empty());
}

#[test]
fn of_two_sentences_the_first_is_drawn_until_told_otherwise() {
    let text = TEXT.replace(
        "The press is silent",
        "Lantern won 58.5 percent of the vote in the June 2005 elections.\n\n\
         Lantern won 55.5 percent of the vote in the June 2005 elections.\n\nThe press is silent",
    );
    let loaded = read(&text);
    let key =
        loaded.dataset.alternatives.iter().map(|one| one.key.as_str()).find(|key| key.starts_with("stated-twice"));
    let Some(key) = key else { panic!("{:?}", loaded.dataset.alternatives) };
    let share = |uses: &[&str]| {
        let chart = build(&loaded, &spec("seats-votes", uses));
        let mark = mark(&chart, "seats-votes/lantern/vote-share");
        (mark.value.unwrap().to_string(), chart.notes.join(" "))
    };
    let (first, note) = share(&[]);
    assert_eq!(first, "58.5");
    assert!(note.contains("is stated as 58.5 and as 55.5") && note.contains("the chart takes 58.5"), "{note}");
    let (second, note) = share(&[key]);
    assert!(second == "55.5" && note.contains("the chart takes 55.5"), "{second}: {note}");
}

fn nisba(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nisba")).args(args).output().unwrap()
}

#[test]
fn check_names_what_the_command_line_may_use() {
    let found = nisba(&["check", FIXTURE, "--format", "json"]);
    let rows: Vec<Value> = serde_json::from_slice(&found.stdout).unwrap();
    let keys: Vec<&str> = rows.iter().filter_map(|row| row["use"].as_str()).filter(|key| !key.is_empty()).collect();
    assert_eq!(keys, [TOGETHER]);
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("x.json");
    let to = to.to_str().unwrap();
    let drawn = nisba(&["chart", "seats-votes", FIXTURE, "--use", keys[0], "-o", to]);
    assert!(drawn.status.success(), "{drawn:?}");
    let json: Value = serde_json::from_slice(&fs::read(to).unwrap()).unwrap();
    assert_eq!(json["id"], format!("seats-votes-using-{TOGETHER}"));
    assert!(json["notes"].as_array().unwrap().iter().any(|note| note.as_str().unwrap().contains("takes the text")));
    let marks = json["marks"].as_array().unwrap();
    assert!(
        marks.iter().any(|mark| mark["evidence"].as_array().unwrap().iter().any(|piece| piece["text"] == "fifty-nine"))
    );
    // All that can be drawn of it is, and the others as they are.
    let all = folder.path().join("all");
    let drawn = nisba(&["charts", FIXTURE, "--use", TOGETHER, "-d", all.to_str().unwrap()]);
    assert!(drawn.status.success(), "{drawn:?}");
    for name in
        [format!("parliament-using-{TOGETHER}.svg"), "category-scores.svg".into(), "seats-votes-list.svg".into()]
    {
        assert!(all.join(&name).is_file(), "{name}");
    }
    for (args, words) in [
        (["chart", "seats-votes", FIXTURE, "--use", "hearsay", "-o", to], TOGETHER),
        (["chart", "category-scores", FIXTURE, "--use", TOGETHER, "-o", to], "cannot be drawn of the statement"),
    ] {
        let refused = nisba(&args);
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(refused.status.code() == Some(2) && said.contains(words), "{said}");
    }
}

#[test]
fn a_spec_with_statements_is_saved_whole_and_one_without_as_before() {
    let plain = serde_json::to_string(&ChartSpec::new("parliament")).unwrap();
    assert!(!plain.contains("uses"), "{plain}");
    let one = spec("parliament", &[TOGETHER]);
    let saved = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<ChartSpec>(&saved).unwrap(), one);
    assert_eq!(serde_json::from_str::<ChartSpec>(&plain).unwrap(), ChartSpec::new("parliament"));
}
