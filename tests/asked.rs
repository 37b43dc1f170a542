//! What the window asks before it draws, and what it is told to draw instead: kept, undone, and written in the notes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes
#![cfg(feature = "gui")]

mod harness;

use std::path::Path;

use egui_kittest::kittest::Queryable;
use harness::{Window, apply, window, window_sized};
use nisba::{
    session::{Command, Selection, Session},
    source::Place,
};
use tempfile::TempDir;

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    window.run_steps(4);
}

fn session(window: &Window) -> &Session {
    &window.state().session
}

fn notes(window: &Window) -> String {
    session(window).chart().expect("a chart is drawn").notes.join(" ")
}

fn id(window: &Window) -> Option<String> {
    session(window).chart().map(|chart| chart.id.clone())
}

fn is_asked(window: &Window) -> bool {
    session(window).view().is_some_and(|view| view.question.is_some())
}

/// Two made-up reports on scales of which the one is the other turned round.
fn two_directions() -> (Window, TempDir) {
    let folder = TempDir::new().unwrap();
    let report = std::fs::read_to_string("tests/fixtures/veldoria-2007.txt").unwrap();
    let paths = ["2007", "2021"].map(|year| folder.path().join(format!("{year}.txt")));
    std::fs::write(&paths[0], &report).unwrap();
    std::fs::write(&paths[1], report.replace("2007", "2021").replace("set at 3.75", "set at 4.25")).unwrap();
    let mut window = window(&[&paths[0], &paths[1]]);
    click(&mut window, "Scores by edition");
    (window, folder)
}

#[test]
fn a_chart_of_two_directions_asks_first_and_draws_what_is_answered() {
    let (mut window, folder) = two_directions();
    assert!(is_asked(&window) && session(&window).chart().is_none());
    window.get_by_label("1 is the best score in Nations in Transit 2007, 7 in Nations in Transit 2021.");
    // Nothing can be exported that is not drawn.
    apply(&mut window, Command::Export(folder.path().join("x.svg")));
    assert!(!folder.path().join("x.svg").exists());
    apply(&mut window, Command::AskExportPath);
    assert!(session(&window).overlay().is_none());
    // The figures that differ are links to their words.
    click(&mut window, "4.00 (2007.txt, Executive Summary ¶2)");
    let Selection::Figure(anchor) = session(&window).workspace().selection.clone() else { panic!("no figure") };
    assert!(matches!(anchor.place, Place::Text(_)) && session(&window).quote(anchor).0 == "4.00");
    assert!(is_asked(&window), "looking at the words is no answer");
    // One edition on each scale: alone there is no course to draw.
    assert!(window.query_by_label("Comparable only").is_none());

    click(&mut window, "All as printed");
    assert_eq!(id(&window).as_deref(), Some("category-scores-across-editions-as-printed"));
    assert!(notes(&window).contains("Side by side as printed: 1 is the best score"), "{}", notes(&window));
    click(&mut window, "Scales: One direction");
    assert!(notes(&window).contains("drawn as 8 − the score (hollow)"), "{}", notes(&window));
    let chart = session(&window).chart().unwrap();
    let turned = chart.marks.iter().find(|mark| mark.id.0.ends_with("/courts-of-law/2021")).unwrap();
    assert_eq!((turned.value.unwrap().to_string(), turned.evidence.formula()), ("3.75".into(), "8 − 4.25".into()));
    assert!(turned.style.hollow && turned.evidence.is_derived());
    // The turned dot leads to the words it is computed from.
    let id_of = turned.id.clone();
    apply(&mut window, Command::Select(Selection::mark(id_of)));
    let shown = session(&window);
    let lit = shown.lit().place.and_then(|place| shown.shown()?.loaded.source.words(place).map(str::to_owned));
    assert_eq!(lit.as_deref(), Some("4.25"));
    window.get_by_label("= 8 − 4.25");
}

#[test]
fn an_answer_is_kept_for_its_chart_and_undone_like_anything_else() {
    let (mut window, _folder) = two_directions();
    click(&mut window, "All as printed");
    let answered = id(&window);
    click(&mut window, "Category scores");
    click(&mut window, "Scores by edition");
    assert_eq!(id(&window), answered, "it is not asked twice");
    for _ in 0..3 {
        apply(&mut window, Command::Undo);
    }
    assert!(is_asked(&window), "and undone it is asked again");
    assert!(session(&window).workspace().answers.is_empty());
    apply(&mut window, Command::Redo);
    assert_eq!(id(&window), answered);
    let saved = serde_json::to_string(session(&window).workspace().spec.as_ref().unwrap()).unwrap();
    assert!(saved.contains(r#""scales":"as-printed""#), "{saved}");
    assert_eq!(serde_json::from_str::<nisba::chart::ChartSpec>(&saved).unwrap(), session(&window).view().unwrap().spec);
}

#[test]
fn a_table_with_a_parted_category_asks_over_time_and_not_by_category() {
    let mut window = window(&[Path::new("data/ratings-1997-2015.csv")]);
    assert_eq!(id(&window).as_deref(), Some("category-scores"));
    click(&mut window, "View: Over time");
    assert!(is_asked(&window));
    click(&mut window, "Comparable only");
    assert!(notes(&window).contains("6 categories are rated in 2001–2004, 7 in 2005–2010"), "{}", notes(&window));
    let chart = session(&window).chart().unwrap();
    assert!(!chart.marks.iter().any(|mark| mark.id.0.contains("governance")));
    // Back and forth between the views needs no second answer.
    click(&mut window, "View: By category");
    assert_eq!(id(&window).as_deref(), Some("category-scores"));
    click(&mut window, "View: Over time");
    assert_eq!(id(&window).as_deref(), Some("category-scores-over-time-same-only"));
    // A score of a year that only the other view draws leads to it.
    apply(&mut window, Command::Choose { option: "scales", choice: "as-printed" });
    assert!(session(&window).chart().unwrap().marks.iter().any(|mark| mark.id.0.contains("governance/2003")));
}

#[test]
fn what_is_set_up_can_be_saved() {
    let (mut window, _folder) = two_directions();
    click(&mut window, "All as printed");
    let saved = serde_json::to_string(session(&window).workspace()).unwrap();
    assert!(saved.contains("as-printed"), "{saved}");
}

const REPORT: &str = "tests/fixtures/ostrana-2006.txt";
const KEY: &str = "prose-table-lantern-milo-dawn-hand-59";

#[test]
fn the_other_statement_is_drawn_from_its_finding_and_the_table_again() {
    let mut window = window(&[Path::new(REPORT)]);
    click(&mut window, "Timeline");
    apply(&mut window, Command::ToggleFindings);
    click(&mut window, "Draw the text’s 59 instead");
    // The chart that was shown draws no seats: the first that does is shown.
    assert_eq!(id(&window), Some(format!("seats-votes-using-{KEY}")));
    assert!(notes(&window).contains("the chart takes the text"), "{}", notes(&window));
    let chart = session(&window).chart().unwrap();
    let seats = chart.marks.iter().find(|mark| mark.id.0.ends_with("/seat-share") && mark.evidence.pieces.len() == 3);
    let seats = seats.unwrap().id.clone();
    apply(&mut window, Command::Select(Selection::Mark { id: seats, piece: 1 }));
    let shown = session(&window);
    let lit = shown.lit().place.and_then(|place| shown.shown()?.loaded.source.words(place).map(str::to_owned));
    assert_eq!(lit.as_deref(), Some("fifty-nine"), "the words that are drawn light, not the table's");
    // It holds for every chart of those seats, and for none of others.
    click(&mut window, "Parliament");
    assert_eq!(id(&window), Some(format!("parliament-using-{KEY}")));
    click(&mut window, "Ethnic composition");
    assert_eq!(id(&window).as_deref(), Some("ethnic-composition"));
    click(&mut window, "Parliament");
    click(&mut window, "Draw the table again");
    assert_eq!(id(&window).as_deref(), Some("parliament"));
    assert!(session(&window).workspace().uses.is_empty());
}

#[test]
fn the_other_statement_is_drawn_from_the_note_and_the_inspector_and_undone() {
    // High enough for all that the inspector says.
    let mut window = window_sized(&[Path::new(REPORT)], 1440.0, 1500.0);
    click(&mut window, "Seats and votes");
    assert!(notes(&window).contains("together 59 seats"), "{}", notes(&window));
    click(&mut window, "Draw this statement instead");
    assert_eq!(id(&window), Some(format!("seats-votes-using-{KEY}")));
    apply(&mut window, Command::Undo);
    assert_eq!(id(&window).as_deref(), Some("seats-votes"));
    assert!(session(&window).workspace().uses.is_empty(), "nothing of it is left");
    apply(&mut window, Command::Redo);
    assert_eq!(id(&window), Some(format!("seats-votes-using-{KEY}")));
    let saved = serde_json::to_string(session(&window).workspace()).unwrap();
    assert!(saved.contains(KEY), "{saved}");
    click(&mut window, "Draw the other again");
    assert_eq!(id(&window).as_deref(), Some("seats-votes"));
    // A mark of those seats says in the inspector what else is stated; another mark does not.
    let chart = session(&window).chart().unwrap();
    let of =
        |list: &str| chart.marks.iter().find(|mark| mark.id.0 == format!("seats-votes/{list}/seat-share")).unwrap();
    let (lantern, gate) = (of("lantern").id.clone(), of("open-gate").id.clone());
    apply(&mut window, Command::Select(Selection::mark(gate)));
    assert!(window.query_by_label("Use this statement").is_none());
    apply(&mut window, Command::Select(Selection::mark(lantern)));
    click(&mut window, "Use this statement");
    assert_eq!(id(&window), Some(format!("seats-votes-using-{KEY}")));
    // A key that nobody states changes nothing.
    apply(&mut window, Command::Use { key: "hearsay".to_owned(), used: true });
    assert_eq!(id(&window), Some(format!("seats-votes-using-{KEY}")));
}

#[test]
fn what_is_gone_from_a_file_that_is_read_again_is_no_longer_chosen() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("report.txt");
    let text = std::fs::read_to_string(REPORT).unwrap();
    std::fs::write(&path, &text).unwrap();
    let mut window = window(&[&path]);
    click(&mut window, "Parliament");
    apply(&mut window, Command::Use { key: KEY.to_owned(), used: true });
    assert_eq!(id(&window), Some(format!("parliament-using-{KEY}")));
    let mended = text.replace("took 59 of 80", "took 57 of 80").replace("fifty-nine out", "fifty-seven out");
    std::fs::write(&path, mended).unwrap();
    let source = session(&window).sources()[0].id();
    apply(&mut window, Command::Reload(source));
    assert_eq!(id(&window).as_deref(), Some("parliament"));
    assert!(session(&window).chart().unwrap().disputed.is_empty());

    // And where one of two scales is closed, the other is drawn without a question.
    let (mut window, _folder) = two_directions();
    click(&mut window, "All as printed");
    let third = folder.path().join("2009.txt");
    let report = std::fs::read_to_string("tests/fixtures/veldoria-2007.txt").unwrap();
    std::fs::write(&third, report.replace("2007", "2009")).unwrap();
    apply(&mut window, Command::Open(vec![third]));
    click(&mut window, "Scores by edition");
    let turned = session(&window).sources()[1].id();
    apply(&mut window, Command::Close(turned));
    assert!(!is_asked(&window));
    assert_eq!(id(&window).as_deref(), Some("category-scores-across-editions"));
}
