//! The real report, read whole; and the built-in brief, which must say the same.
//!
//! Expected figures are spelled out here as numbers; no sentence of the report stands in the project.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::path::Path;

use nisba::{
    facts::{Dating, Entry, Fact, Status, Tier},
    session::load::{Loaded, Progress, SAMPLES, load_bytes, load_path},
    source::SourceId,
};

const REPORT: &str = "../shared/reports/nations-in-transit-2005-kazakhstan.txt";

fn report() -> Loaded {
    load_path(Path::new(REPORT), SourceId(0), &Progress::default()).expect("the report")
}

fn brief() -> Loaded {
    load_bytes(SAMPLES[0].0, SAMPLES[0].1, SourceId(0), &Progress::default()).expect("the brief")
}

fn expect_ratings(loaded: &Loaded) {
    let set = &loaded.dataset.ratings[0];
    let scores: Vec<String> = set.ratings.iter().map(|r| format!("{} {:?}", r.score.value, r.change)).collect();
    let (first, same) = ("Some(FirstRated)", "Some(Unchanged)");
    let expected = [
        format!("6.50 {first}"),
        format!("6.50 {same}"),
        format!("5.50 {same}"),
        format!("6.50 {same}"),
        format!("6.25 {first}"),
        format!("6.25 {same}"),
        format!("6.50 {same}"),
    ];
    assert_eq!(scores, expected);
}

fn expect_election(loaded: &Loaded) {
    let [election] = loaded.dataset.elections.as_slice() else { panic!("one election") };
    let tiers = [Tier::SmdRound1, Tier::SmdRound2, Tier::Smd, Tier::List, Tier::Total];
    let row = |seats: [&Entry; 5], votes: &Entry| {
        let one = |entry: &Entry| match entry {
            Entry::Known(cited) => cited.value.to_string(),
            Entry::NotApplicable(_) => "--".to_owned(),
            Entry::NotStated => "?".to_owned(),
        };
        let seats: Vec<String> = seats.iter().map(|entry| one(entry)).collect();
        format!("{} | {}", seats.join(" "), one(votes))
    };
    let rows: Vec<String> =
        election.lists.iter().map(|list| row(tiers.map(|tier| &list.seats[&tier]), &list.vote_share)).collect();
    let expected = [
        "26 9 35 7 42 | 60.61",
        "9 1 10 1 11 | 7.07",
        "2 1 3 1 4 | 11.38",
        "0 0 0 1 1 | 12.04",
        "0 1 1 0 1 | ?",
        "0 0 0 0 0 | 3.44",
        "8 10 18 -- 18 | --",
    ];
    assert_eq!(rows, expected);
    let totals: Vec<String> = tiers.iter().map(|tier| election.totals[tier].value.to_string()).collect();
    assert_eq!(totals, ["45", "22", "67", "10", "77"]);
    assert_eq!(election.vote_name.as_ref().map(|name| name.value.as_str()), Some("popular vote"));
    assert!(election.list_vote_grounds.is_some());
}

fn expect_shares(loaded: &Loaded) {
    let population = &loaded.dataset.compositions[0].shares;
    let mut found: Vec<String> = population
        .iter()
        .map(|share| {
            let when = match &share.dating {
                Dating::Dated(year) => year.clone(),
                Dating::Current => "current".to_owned(),
                Dating::NotStated { shown_at } => format!("?{}", shown_at.clone().unwrap_or_default()),
            };
            let apart = if share.contains_others.is_some() { " apart" } else { "" };
            format!("{} {}{apart}", share.share.value, when)
        })
        .collect();
    found.sort();
    let mut expected = [
        "53.4 1999",
        "39.7 1989",
        "58 current",
        "29.9 ?1999",
        "37.7 1989",
        "2.5 ?1999",
        "3.6 ?1999",
        "1.7 ?1999",
        "2.4 ?1999",
        "64 ?1999 apart",
        "36 ?1999 apart",
        "43 ? apart",
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
    let candidates = loaded.dataset.facts.iter().filter(|fact| fact.kind == "candidate_share");
    let mut found: Vec<&str> = candidates.map(|fact| fact.text.as_str()).collect();
    found.sort_unstable();
    assert_eq!(found, ["1 percent", "16 percent", "17.6 percent", "2 percent"]);
}

#[test]
fn the_brief_gives_the_ratings_the_table_and_the_shares_of_the_report() {
    let brief = brief();
    expect_ratings(&brief);
    expect_election(&brief);
    expect_shares(&brief);
}

#[test]
#[ignore = "needs the report in ../shared"]
fn the_report_gives_its_ratings_its_table_and_its_shares() {
    let report = report();
    expect_ratings(&report);
    expect_election(&report);
    expect_shares(&report);
}

#[test]
#[ignore = "needs the report in ../shared"]
fn the_brief_reads_to_the_same_facts_as_the_report() {
    let plain = |fact: &Fact| {
        let subject = fact.subject.to_lowercase();
        format!("{} {subject} {} {:?} {} {}", fact.kind, fact.period, fact.value, fact.tier, fact.status.label())
    };
    let sorted = |loaded: &Loaded| {
        let mut facts: Vec<String> = loaded.dataset.facts.iter().map(plain).collect();
        facts.sort();
        facts
    };
    let (report, brief) = (sorted(&report()), sorted(&brief()));
    assert!(report.len() >= 100, "{}", report.len());
    assert_eq!(report, brief);
}

#[test]
#[ignore = "needs the report in ../shared"]
fn every_run_of_digits_of_the_report_stands_in_the_list_of_figures() {
    let report = report();
    let text = &report.source.text;
    let figures = &report.reading.as_ref().expect("a report").figures;
    let runs = regex::Regex::new(r"\d+(?:[.,]\d+)*").expect("a pattern");
    let mut count = 0;
    for run in runs.find_iter(text) {
        count += 1;
        let held = figures.iter().any(|f| f.span.start <= run.start() && run.end() <= f.span.end);
        assert!(held, "`{}` at {} is not listed", run.as_str(), run.start());
    }
    assert_eq!(count, 348);
    let mut ends = 0;
    for figure in figures {
        assert!(figure.span.start >= ends, "figures overlap at {}", figure.span.start);
        ends = figure.span.end;
    }
}

#[test]
#[ignore = "needs the report in ../shared"]
fn the_unstated_share_is_a_range_and_the_inapplicable_one_is_none() {
    let report = report();
    let votes = report.dataset.facts.iter().filter(|f| f.kind == "vote_share" && f.status != Status::Stated);
    let found: Vec<(&str, Status, Vec<String>)> = votes
        .map(|f| (f.subject.as_str(), f.status, f.detail.iter().map(|(k, v)| format!("{k}={v}")).collect()))
        .collect();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1, Status::NotStated);
    assert!(found[0].2.contains(&"high=5.46".to_owned()) && found[0].2.contains(&"low=0".to_owned()));
}
