//! What a source says against itself, in the window: the line, the list, and the way to each sentence.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes
#![cfg(feature = "gui")]

mod harness;

use std::path::Path;

use egui_kittest::kittest::Queryable;
use harness::{Window, apply, window};
use nisba::{
    session::{Command, Panel},
    source::{Place, Span},
};

const REPORT: &str = "tests/fixtures/ostrana-2006.txt";
const LINE: &str = "2 contradictions, 5 tensions, 4 incomplete";

/// The label of a sentence of a finding.
fn label(window: &Window, finding: usize, quote: usize) -> String {
    let quote = &window.state().session.shown().unwrap().findings.told[finding].quotes[quote];
    format!("{}: {}", quote.place, quote.words())
}

fn lit_words(window: &Window) -> Option<String> {
    let Some(Place::Text(span)) = window.state().session.lit().place else { return None };
    span.of(&window.state().session.shown().unwrap().loaded.source.text).map(str::to_owned)
}

#[test]
fn the_line_opens_the_list_and_a_sentence_of_it_leads_to_its_place() {
    let mut window = window(&[Path::new(REPORT)]);
    window.get_by_label(LINE).click();
    window.run_steps(4);
    assert!(window.state().session.lists_findings());
    for (quote, words) in [(0, "59"), (1, "fifty-nine")] {
        let label = label(&window, 0, quote);
        window.get_all_by_label(&label).next().expect(&label).click();
        window.run_steps(6);
        assert_eq!(lit_words(&window).as_deref(), Some(words), "{label}");
    }
    let computed = window.get_all_by_label("40 + 12 + 5 = 57 ≠ 59").count();
    assert_eq!(computed, 1);
    window.get_by_label(LINE).click();
    window.run_steps(4);
    assert!(!window.state().session.lists_findings());
}

#[test]
fn the_reading_that_reconciles_leads_to_what_it_rests_on() {
    let mut window = window(&[Path::new(REPORT)]);
    window.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::F6);
    window.run_steps(6);
    // Two sentences and three rows stand before it.
    for _ in 0..5 {
        window.key_press(egui::Key::ArrowDown);
        window.run_steps(4);
    }
    let label = "They agree if 59 is the sum of the seats of all parties: 40 + 12 + 5 + 1 + 1";
    window.get_by_label(label).click();
    window.run_steps(6);
    let Some(Place::Text(span)) = window.state().session.lit().place else { panic!("nothing lights") };
    let text = &window.state().session.shown().unwrap().loaded.source.text;
    let row = text.find("Lantern 24 9 33 7 40").unwrap();
    assert_eq!(span, Span::new(row + 18, row + 20));
}

#[test]
fn the_keyboard_walks_the_sentences_and_escape_closes_the_list_first() {
    let mut window = window(&[Path::new(REPORT)]);
    window.key_press_modifiers(egui::Modifiers::SHIFT, egui::Key::F6);
    window.run_steps(6);
    assert!(window.state().session.lists_findings());
    window.key_press(egui::Key::ArrowDown);
    window.run_steps(3);
    window.key_press(egui::Key::Enter);
    window.run_steps(6);
    assert_eq!(lit_words(&window).as_deref(), Some("fifty-nine"));
    window.key_press(egui::Key::Escape);
    window.run_steps(3);
    assert!(!window.state().session.lists_findings());
    assert_eq!(lit_words(&window).as_deref(), Some("fifty-nine"), "the selection is let go after the list");
}

#[test]
fn one_list_is_open_at_a_time_and_a_hidden_panel_is_shown_for_it() {
    let mut window = window(&[Path::new(REPORT)]);
    apply(&mut window, Command::ToggleFigures);
    apply(&mut window, Command::ToggleFindings);
    assert!(window.state().session.lists_findings() && !window.state().session.lists_figures());
    apply(&mut window, Command::ToggleFigures);
    assert!(!window.state().session.lists_findings() && window.state().session.lists_figures());
    apply(&mut window, Command::TogglePanel(Panel::Document));
    apply(&mut window, Command::ToggleFindings);
    assert!(window.state().session.lists_findings());
}

#[test]
fn a_table_lists_its_findings_too_and_what_agrees_has_no_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.csv");
    let right = "party,vote_share,list_seats,smd_seats,total_seats\nRed,60,3,3,6\nBlue,40,2,2,4\n";
    std::fs::write(&path, right.replace("2,2,4", "2,2,5")).unwrap();
    let mut broken = window(&[&path]);
    broken.get_by_label("1 contradiction").click();
    broken.run_steps(4);
    let label = label(&broken, 0, 0);
    assert_eq!(label, "row 3: Blue · 40 · 2 · 2 · 5");
    broken.get_by_label(&label).click();
    broken.run_steps(4);
    assert!(matches!(broken.state().session.lit().place, Some(Place::Cell { row: 2, column: 2, .. })));
    std::fs::write(&path, right).unwrap();
    let whole = window(&[&path]);
    assert!(!whole.state().session.has_findings());
    assert!(whole.query_all_by_label_contains("contradiction").next().is_none());
}
