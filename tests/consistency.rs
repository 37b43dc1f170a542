//! What a report says against itself is found, and what agrees raises no alarm.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::path::{Path, PathBuf};

use nisba::{
    analysis::consistency::{Finding, RULES, Verdict, check},
    chart::{self, ChartSpec},
    session::load::{Loaded, Progress, SAMPLES, load_bytes, load_path},
    source::SourceId,
};

const MADE_UP: &str = include_str!("fixtures/ostrana-2006.txt");
const REPORT: &str = "../shared/reports/nations-in-transit-2005-kazakhstan.txt";

fn findings(loaded: &Loaded) -> Vec<Finding> {
    check(&loaded.source, loaded.reading.as_ref(), &loaded.dataset)
}

fn read(name: &str, text: &str) -> Loaded {
    load_bytes(name, text.as_bytes(), SourceId(0), &Progress::default()).expect("readable")
}

fn of_text(text: &str) -> Vec<Finding> {
    findings(&read("report.txt", text))
}

/// Rule, verdict and arithmetic of each.
fn said(findings: &[Finding]) -> Vec<(&str, Verdict, &str)> {
    findings.iter().map(|one| (one.rule, one.verdict, one.arithmetic.as_str())).collect()
}

fn alarms(findings: &[Finding]) -> Vec<(&str, Verdict, &str)> {
    said(findings).into_iter().filter(|(_, verdict, _)| *verdict != Verdict::Agrees).collect()
}

/// The findings of a text that are not those of the made-up report as it stands.
fn new_alarms(text: &str) -> Vec<(&'static str, Verdict, String)> {
    let own = |findings: Vec<Finding>| findings.into_iter().map(|one| (one.rule, one.verdict, one.arithmetic));
    let before: Vec<_> = own(of_text(MADE_UP)).collect();
    own(of_text(text)).filter(|one| one.1 != Verdict::Agrees && !before.contains(one)).collect()
}

fn changed(from: &str, to: &str) -> Vec<(&'static str, Verdict, String)> {
    assert!(MADE_UP.contains(from), "{from}");
    new_alarms(&MADE_UP.replacen(from, to, 1))
}

use Verdict::{Agrees, Contradiction, Incomplete, Tension};

#[test]
fn every_contradiction_of_a_made_up_report_is_found_and_nothing_else_is() {
    let found = of_text(MADE_UP);
    let beside = "Lantern: 58.5 % beside 40 seats, 7 of them from its list; MILO: 9.25 % beside 12 seats, 1 of them from \
                  its list; Dawn Hand: 10.5 % beside 5 seats, 1 of them from its list";
    let expected = [
        ("prose-table", Contradiction, "40 + 12 + 5 = 57 ≠ 59"),
        ("parts-whole", Contradiction, "59 + 21 + 1 = 81 > 80"),
        ("alliance-member", Tension, "Weaver Party 12 = MILO 12"),
        ("vote-and-seats", Tension, beside),
        ("complements", Tension, "44 + 52.5 = 96.5; 44 + 57 = 101"),
        ("same-event", Tension, "early in 2005 ≠ February 2006"),
        ("same-event", Tension, "late 2003 ≠ April 2002"),
        ("unnamed-list", Incomplete, "40 + 12 + 5 + 1 = 58; with it 59"),
        ("vote-shares", Incomplete, "58.5 + 9.25 + 10.5 + 11.75 + 4.5 = 94.50; 100 − 94.50 = 5.50"),
        ("named-groups", Incomplete, "52.5 + 30.5 + 4.5 + 3.5 + 2.5 = 93.5; 100 − 93.5 = 6.5"),
        ("money", Incomplete, "12.5 + 30.5 = 43; 61.5 − 43 = 18.5"),
    ];
    assert_eq!(alarms(&found), expected);
    let agreed = [
        ("chamber-parts", Agrees, "10 + 70 = 80"),
        ("chamber-parts", Agrees, "34 + 7 = 41"),
        ("chamber-parts", Agrees, "70 = 70; 10 = 10"),
        ("mean", Agrees, "640 ÷ 80 = 8 ≈ 8"),
        ("counts", Agrees, "1,100 + 90 + 30 + 20 = 1,240"),
        ("score-scale", Agrees, "1 ≤ 2.5 ≤ 10"),
    ];
    for one in agreed {
        assert!(said(&found).contains(&one), "{one:?} in {:?}", said(&found));
    }
}

#[test]
fn both_sentences_of_a_number_stand_beside_the_cells_and_a_reading_reconciles_them() {
    let loaded = read("report.txt", MADE_UP);
    let found = findings(&loaded);
    let words: Vec<&str> = found[0].places.iter().filter_map(|at| loaded.source.words(at.place)).collect();
    assert_eq!(words, ["59", "fifty-nine", "40", "12", "5"]);
    let reading = found[0].reconciled.as_ref().expect("a reading");
    assert!(reading.words.ends_with("40 + 12 + 5 + 1 + 1"), "{}", reading.words);
    let cells: Vec<&str> = reading.places.iter().filter_map(|at| loaded.source.words(at.place)).collect();
    assert_eq!(cells, ["40", "12", "5", "1", "1"]);
}

#[test]
fn every_finding_names_a_rule_and_places_that_stand_in_the_source() {
    let loaded = read("report.txt", MADE_UP);
    for one in findings(&loaded) {
        assert!(RULES.iter().any(|rule| rule.id == one.rule), "{}", one.rule);
        assert!(!one.places.is_empty() && !one.statement.is_empty() && !one.arithmetic.is_empty(), "{one:?}");
        assert!(one.places.iter().all(|at| loaded.source.words(at.place).is_some_and(|words| !words.is_empty())));
    }
}

#[test]
fn a_cell_that_breaks_its_row_and_its_column_is_found() {
    let found = changed("Dawn Hand 3 1 4 1 5", "Dawn Hand 3 2 4 1 5");
    let expected = [
        ("table-sums", Contradiction, "3 + 2 = 5 > 4".to_owned()),
        ("table-sums", Contradiction, "9 + 2 + 2 + 0 + 1 + 0 + 12 = 26 > 25".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_number_in_prose_that_is_not_the_table_s_is_found() {
    let found = changed("Lantern obtained 40 seats", "Lantern obtained 38 seats");
    assert!(found.contains(&("prose-table", Contradiction, "38 ≠ 40".to_owned())), "{found:?}");
}

#[test]
fn a_chamber_whose_parts_do_not_fill_it_is_found() {
    let more = changed("Thirty-four are chosen", "Thirty-six are chosen");
    assert_eq!(more, [("chamber-parts", Contradiction, "36 + 7 = 43 > 41".to_owned())]);
    let less = changed("Thirty-four are chosen", "Thirty are chosen");
    assert_eq!(less, [("chamber-parts", Incomplete, "30 + 7 = 37 < 41".to_owned())]);
}

#[test]
fn a_mean_a_rank_and_a_score_out_of_bounds_are_found() {
    let mean = changed("an average of 8 candidates", "an average of 6 candidates");
    assert_eq!(mean, [("mean", Contradiction, "640 ÷ 80 = 8 ≠ 6".to_owned())]);
    let rank = changed("ranked 120th among", "ranked 152nd among");
    assert_eq!(rank, [("rank-field", Contradiction, "152 > 140".to_owned())]);
    let score = changed("scored 2.5", "scored 12.5");
    assert_eq!(score, [("score-scale", Contradiction, "12.5 lies outside 1 to 10".to_owned())]);
}

#[test]
fn more_elected_than_there_were_and_more_given_than_there_was_are_found() {
    let counts = changed("1,100 of its candidates", "2,100 of its candidates");
    assert_eq!(counts, [("counts", Contradiction, "2,100 + 90 + 30 + 20 = 2,240 > 1,240".to_owned())]);
    let money = changed("schools received $12.5 million", "schools received $42.5 million");
    assert_eq!(money, [("money", Contradiction, "42.5 + 30.5 = 73 > 61.5".to_owned())]);
}

#[test]
fn a_share_above_a_hundred_and_shares_that_pass_it_are_found() {
    let one = changed("MILO 12 seats (9.25 percent)", "MILO 12 seats (109.25 percent)");
    assert!(one.contains(&("above-100", Contradiction, "109.25 > 100".to_owned())), "{one:?}");
    let all = "58.5 + 29.25 + 10.5 + 11.75 + 4.5 = 114.50 > 100".to_owned();
    let found = changed("MILO 12 seats (9.25 percent)", "MILO 12 seats (29.25 percent)");
    assert!(found.contains(&("vote-shares", Contradiction, all)), "{found:?}");
}

#[test]
fn one_rating_with_two_scores_is_found() {
    let twice = MADE_UP.replacen(
        "Forecast for 2007.",
        "Lists. Ostrana's rating for ballots and lists remains 6.75.\n\nForecast for 2007.",
        1,
    );
    let found = new_alarms(&twice);
    assert_eq!(found, [("stated-twice", Contradiction, "6.25 ≠ 6.75".to_owned())]);
}

#[test]
fn dates_that_can_be_one_and_cases_of_other_people_raise_no_alarm() {
    let gone = |text: &str, arithmetic: &str| !said(&of_text(text)).iter().any(|(.., words)| *words == arithmetic);
    let trial = "late 2003 ≠ April 2002";
    // The same year, less precise.
    assert!(gone(&MADE_UP.replace("in late 2003", "in 2002"), trial));
    // Somebody else's trial.
    assert!(gone(&MADE_UP.replace("both Brightwell and Quill and", "both Sand and Marrow and"), trial));
    // A second trial.
    assert!(gone(&MADE_UP.replace("and their trials", "and their second trials"), trial));
    let found = changed("in February 2006", "in March 2005");
    assert_eq!(found, []);
}

#[test]
fn a_founding_with_two_years_is_a_contradiction() {
    let text = MADE_UP.replacen(
        "The press is silent",
        "The Miller Party, founded in March 1999, owns a mill.\n\nIts rival, the Miller Party, founded in 2001, owns two.\n\nThe press is silent",
        1,
    );
    assert_eq!(new_alarms(&text), [("same-event", Contradiction, "March 1999 ≠ 2001".to_owned())]);
}

/// The notes of the chart of seats and votes that say what is set aside.
fn set_aside(text: &str) -> Vec<String> {
    let loaded = read("report.txt", text);
    let chart = chart::build(&loaded.dataset, &[], &ChartSpec::new("seats-votes")).expect("the chart");
    chart.notes.into_iter().filter(|note| note.contains("takes the table")).collect()
}

#[test]
fn the_chart_of_seats_says_where_it_takes_the_table_against_the_text() {
    let note = "The text gives Lantern, MILO and Dawn Hand together 59 seats (Executive Summary ¶2; Ballots and Lists \
                ¶3), the table 40 + 12 + 5 = 57; the chart takes the table.";
    assert_eq!(set_aside(MADE_UP), [note]);
    let one = MADE_UP.replace("fifty-nine out", "fifty-seven out").replace("took 59 of", "took 57 of");
    let one = one.replace("Lantern obtained 40 seats", "Lantern obtained 38 seats");
    let note = "The text gives Lantern 38 seats (Ballots and Lists ¶8), the table 40; the chart takes the table.";
    assert_eq!(set_aside(&one), [note]);
}

#[test]
fn a_report_that_agrees_with_itself_raises_no_alarm() {
    let text = MADE_UP.replace("59 of 80", "57 of 80").replace("fifty-nine out of 80", "fifty-seven out of 80");
    let found = of_text(&text);
    assert!(found.iter().all(|one| one.verdict != Contradiction), "{:?}", alarms(&found));
}

#[test]
fn a_table_is_checked_with_its_cells_as_places() {
    let right = "party,vote_share,list_seats,smd_seats,total_seats\nReds,60,3,4,7\nBlues,30,2,1,3\nGreens,10,1,0,1\n";
    let found = findings(&read("vote.csv", right));
    assert_eq!(alarms(&found), []);
    assert!(said(&found).iter().any(|(rule, ..)| *rule == "table-sums"), "{:?}", said(&found));
    let wrong = right.replace("Blues,30,2,1,3", "Blues,30,2,1,4");
    let found = findings(&read("vote.csv", &wrong));
    assert_eq!(alarms(&found), [("table-sums", Contradiction, "2 + 1 = 3 < 4")]);
}

/// Ratings of three categories and their mean, by year, in a series whose scale is known.
fn ratings(rows: &[(&str, [&str; 4])]) -> String {
    let mut text = "series,country,edition,year,category,score\n".to_owned();
    for (year, scores) in rows {
        for (category, score) in ["Courts", "Press", "Votes", "Democracy Score"].into_iter().zip(scores) {
            text += &format!("Nations in Transit,Ostrana,2007,{year},{category},{score}\n");
        }
    }
    text
}

#[test]
fn a_rating_outside_its_scale_and_a_mean_unlike_its_parts_are_found() {
    let (a, b) = (("2004", ["6.00", "6.50", "6.25", "6.25"]), ("2005", ["6.00", "6.50", "6.50", "6.33"]));
    let found = findings(&read("ratings.csv", &ratings(&[a, b])));
    assert_eq!(said(&found), [("mean", Agrees, "(6.00 + 6.50 + 6.50) ÷ 3 = 6.333 ≈ 6.33")]);
    let wrong = ("2006", ["6.00", "6.50", "6.50", "6.39"]);
    let found = findings(&read("ratings.csv", &ratings(&[a, b, wrong])));
    assert_eq!(alarms(&found), [("mean", Contradiction, "(6.00 + 6.50 + 6.50) ÷ 3 = 6.333 ≠ 6.39")]);
    // Alone it may be a mean of another kind.
    let found = findings(&read("ratings.csv", &ratings(&[wrong])));
    assert_eq!(alarms(&found), [("mean", Tension, "(6.00 + 6.50 + 6.50) ÷ 3 = 6.333 ≠ 6.39")]);
    let outside = ("2006", ["6.00", "7.25", "6.50", "6.58"]);
    let found = findings(&read("ratings.csv", &ratings(&[outside])));
    assert_eq!(alarms(&found), [("score-scale", Contradiction, "7.25 lies outside 1 to 7")]);
}

#[test]
fn what_cannot_be_added_up_is_no_finding_and_no_panic() {
    for text in ["", "Nothing here.", "99999999999999999999999999999 seats of 0 seats.", "a,b\n1,2\n"] {
        if let Ok(loaded) = load_bytes("x.txt", text.as_bytes(), SourceId(0), &Progress::default()) {
            assert_eq!(alarms(&findings(&loaded)), [], "{text}");
        }
    }
    let whole = MADE_UP.len();
    for at in (0..whole).step_by(97).filter(|at| MADE_UP.is_char_boundary(*at)) {
        let _ = of_text(&format!("Begin. {}", &MADE_UP[..at]));
        let _ = of_text(&format!("{} End.", &MADE_UP[at..]));
    }
}

/// The list of the real report, which its brief restates.
fn expect_the_real_findings(found: &[Finding]) {
    let beside = "Otan: 60.61 % beside 42 seats, 7 of them from its list; AIST: 7.07 % beside 11 seats, 1 of them from its \
                  list; Asar: 11.38 % beside 4 seats, 1 of them from its list";
    let expected = [
        ("prose-table", Contradiction, "42 + 11 + 4 = 57 ≠ 59"),
        ("parts-whole", Contradiction, "59 + 18 + 1 = 78 > 77"),
        ("alliance-member", Tension, "Civil Party 11 = AIST 11"),
        ("vote-and-seats", Tension, beside),
        ("complements", Tension, "43 + 53.4 = 96.4; 43 + 58 = 101"),
        ("same-event", Tension, "early in 2004 ≠ January 2005"),
        ("same-event", Tension, "early 2003 ≠ March 2002"),
        ("unnamed-list", Incomplete, "42 + 11 + 4 + 1 = 58; with it 59"),
        ("vote-shares", Incomplete, "60.61 + 7.07 + 11.38 + 12.04 + 3.44 = 94.54; 100 − 94.54 = 5.46"),
    ];
    let alarms = alarms(found);
    assert_eq!(alarms[..expected.len()], expected);
    let rest: Vec<&str> = alarms[expected.len()..].iter().map(|(rule, ..)| *rule).collect();
    assert_eq!(rest, ["named-groups", "money"]);
    assert!(alarms[9].2.ends_with("= 93.5; 100 − 93.5 = 6.5"), "{}", alarms[9].2);
    assert_eq!(alarms[10].2, "10.6 + 39.4 = 50; 74.2 − 50 = 24.2");
    let agreed = [
        ("chamber-parts", Agrees, "10 + 67 = 77"),
        ("chamber-parts", Agrees, "32 + 7 = 39"),
        ("chamber-parts", Agrees, "67 = 67; 10 = 10"),
        ("mean", Agrees, "623 ÷ 77 = 8.09 ≈ 8"),
        ("counts", Agrees, "1,477 + 109 + 87 + 18 + 5 = 1,696"),
    ];
    for one in agreed {
        assert!(said(found).contains(&one), "{one:?}");
    }
    assert!(said(found).iter().any(|(rule, verdict, _)| (*rule, *verdict) == ("table-sums", Agrees)));
}

#[test]
fn the_built_in_brief_contradicts_itself_as_its_report_does() {
    let brief = load_bytes(SAMPLES[0].0, SAMPLES[0].1, SourceId(0), &Progress::default()).expect("the brief");
    expect_the_real_findings(&findings(&brief));
}

#[test]
#[ignore = "needs the report in ../shared"]
fn the_real_report_contradicts_itself_in_these_places_and_in_no_others() {
    let report = load_path(Path::new(REPORT), SourceId(0), &Progress::default()).expect("the report");
    let found = findings(&report);
    expect_the_real_findings(&found);
    let words: Vec<&str> = found[0].places.iter().filter_map(|at| report.source.words(at.place)).collect();
    assert_eq!(words, ["59", "Fifty-nine", "42", "11", "4"]);
}

#[test]
#[ignore = "needs the reports in ../shared"]
fn the_other_reports_raise_no_alarm() {
    let mut read = 0;
    for folder in ["../shared/reports/factbook", "../shared/reports/freedom-in-the-world"] {
        let entries = std::fs::read_dir(folder).expect("the folder").filter_map(Result::ok);
        for path in entries.map(|entry| entry.path()).collect::<Vec<PathBuf>>() {
            let loaded = load_path(&path, SourceId(0), &Progress::default()).expect("a report");
            let found = findings(&loaded);
            // The vote of small lists is often not told; that is no alarm.
            let loud = found.iter().find(|one| matches!(one.verdict, Contradiction | Tension));
            assert_eq!(loud, None, "{}", path.display());
            let quiet = alarms(&found);
            assert!(quiet.iter().all(|(rule, ..)| *rule == "vote-shares"), "{}: {quiet:?}", path.display());
            read += 1;
        }
    }
    assert!(read >= 10);
}
