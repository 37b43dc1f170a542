//! Every numeral of a report is accounted for in the window: the line, the list, the card and the strip.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes
#![cfg(feature = "gui")]

mod harness;

use std::{
    fmt::Write as _,
    path::Path,
    time::{Duration, Instant},
};

use egui_kittest::kittest::{NodeT, Queryable};
use harness::{Window, apply, window};
use nisba::{
    reading::{Coverage, Figure, FigureStatus, Form, STATUSES},
    session::{Command, Panel, Selection, Spot, account},
    source::{Anchor, Place, Span},
};

const REPORT: &str = "tests/fixtures/veldoria-2007.txt";

fn figures(window: &Window) -> &[Figure] {
    &window.state().session.shown().unwrap().loaded.reading.as_ref().unwrap().figures
}

/// What the line says of these figures, counted here anew.
fn line(window: &Window) -> String {
    let count = |form: Form| {
        let of = figures(window).iter().filter(|figure| figure.form == form);
        let read = of.clone().filter(|figure| figure.status != FigureStatus::Unknown).count();
        (read, of.count())
    };
    let (digits, words) = (count(Form::Digits), count(Form::Words));
    assert!(digits.1 > 10 && words.1 > 0, "{digits:?} {words:?}");
    format!("{} of {} in digits, {} of {} in words read", digits.0, digits.1, words.0, words.1)
}

/// The label of the row of a figure.
fn row_label(window: &Window, n: usize) -> String {
    let open = window.state().session.shown().unwrap();
    let reading = open.loaded.reading.as_ref().unwrap();
    let row = account::row(&open.loaded, reading, n, 20).unwrap();
    let label = format!("{}: {}, {}, {}", account::status(reading.figures[n].status), row.words, row.place, row.told);
    label.trim_end_matches(", ").to_owned()
}

fn selected(window: &Window) -> Option<Span> {
    match window.state().session.lit().place? {
        Place::Text(span) => Some(span),
        Place::Cell { .. } => None,
    }
}

#[test]
fn the_line_counts_digits_and_words_apart_and_opens_the_list_of_the_rest() {
    let mut window = window(&[Path::new(REPORT)]);
    let words = line(&window);
    window.get_by_label(&words).click();
    window.run_steps(3);
    let account = window.state().session.account().clone();
    assert!(account.open);
    // What was not understood, or where all was, what is no quantity, and so on.
    let of = |status| figures(&window).iter().enumerate().filter(move |(_, f)| f.status == status).map(|(n, _)| n);
    let rest = STATUSES.into_iter().find(|status| of(*status).next().is_some()).unwrap();
    assert_eq!((account.status, account.rows), (rest, of(rest).collect()));
    window.get_by_label(&words).click();
    window.run_steps(3);
    assert!(!window.state().session.account().open);
}

#[test]
fn each_status_is_listed_with_its_count_and_a_row_leads_to_its_words() {
    let mut window = window(&[Path::new(REPORT)]);
    apply(&mut window, Command::ToggleFigures);
    let mut seen = 0;
    for (status, name) in STATUSES.into_iter().zip(["Not understood", "No quantity", "Dates", "Facts"]) {
        let of: Vec<usize> =
            figures(&window).iter().enumerate().filter(|(_, f)| f.status == status).map(|(n, _)| n).collect();
        window.get_by_label(&format!("{name}: {}", of.len())).click();
        window.run_steps(4);
        assert_eq!(window.state().session.account().rows, of);
        seen += of.len();
        let Some(first) = of.first() else { continue };
        let span = figures(&window)[*first].span;
        let label = row_label(&window, *first);
        let row = window.get_all_by_label(&label).next().expect("its row");
        row.click();
        window.run_steps(6);
        assert_eq!(selected(&window), Some(span), "{label}");
        let text = &window.state().session.shown().unwrap().loaded.source.text;
        let start = format!("Figure {}, ", span.of(text).unwrap());
        assert!(window.get_all_by_label_contains(&start).next().is_some(), "{start} is not in sight");
    }
    assert_eq!(seen, figures(&window).len(), "no figure is left out");
}

#[test]
fn the_keyboard_walks_the_list_and_escape_closes_it_first() {
    let mut window = window(&[Path::new(REPORT)]);
    window.key_press(egui::Key::F6);
    window.run_steps(4);
    apply(&mut window, Command::ListFigures(FigureStatus::Date));
    let rows = window.state().session.account().rows.clone();
    assert!(rows.len() > 6);
    let label = row_label(&window, rows[0]);
    assert!(window.get_all_by_label(&label).any(|row| row.is_focused()), "who opens it by a key is in it");
    assert_eq!(selected(&window), Some(figures(&window)[rows[0]].span), "what the keyboard is on lights");
    // Farther than what is in sight: the list goes along.
    for _ in 0..6 {
        window.key_press(egui::Key::ArrowDown);
        window.run_steps(3);
    }
    window.key_press(egui::Key::Enter);
    window.run_steps(4);
    assert_eq!(selected(&window), Some(figures(&window)[rows[6]].span));
    assert!(!window.state().session.workspace().selection.is_nothing());
    assert!(in_sight(&window, rows[6]));
    window.key_press(egui::Key::Escape);
    window.run_steps(3);
    assert!(!window.state().session.account().open);
    assert!(!window.state().session.workspace().selection.is_nothing(), "the list goes first");
    window.key_press(egui::Key::Escape);
    window.run_steps(3);
    assert!(window.state().session.workspace().selection.is_nothing());
}

/// Whether the row of a figure stands in the list, whole.
fn in_sight(window: &Window, n: usize) -> bool {
    let label = row_label(window, n);
    let list = window.get_by_label("Where figures stand").rect().top();
    window.get_all_by_label(&label).any(|row| {
        let rect = row.rect();
        rect.height() > 40.0 && rect.top() > 130.0 && rect.bottom() < list
    })
}

#[test]
fn the_list_follows_what_is_selected_in_the_text() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    std::fs::write(&path, long(1000)).unwrap();
    let mut window = window(&[&path]);
    apply(&mut window, Command::ToggleFigures);
    let coverage = window.state().session.shown().unwrap().coverage;
    let most = STATUSES.into_iter().max_by_key(|status| coverage.with(*status)).unwrap();
    apply(&mut window, Command::ListFigures(most));
    let rows = window.state().session.account().rows.clone();
    assert!(rows.len() > 100);
    let id = window.state().session.shown().unwrap().id();
    for at in [0, rows.len() - 1, rows.len() / 2, rows.len() / 2 + 1, 3] {
        let anchor = Anchor::text(id, figures(&window)[rows[at]].span);
        apply(&mut window, Command::Select(Selection::Figure(anchor)));
        assert!(in_sight(&window, rows[at]), "row {at} of {}", rows.len());
    }
}

#[test]
fn the_list_shows_the_hidden_report_and_goes_with_a_table() {
    let mut window = window(&[Path::new(REPORT)]);
    apply(&mut window, Command::TogglePanel(Panel::Document));
    apply(&mut window, Command::ToggleFigures);
    assert!(window.state().session.lists_figures());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.csv");
    std::fs::write(&path, "party,vote_share,seats\nRed,60,6\nBlue,40,4\n").unwrap();
    apply(&mut window, Command::Open(vec![path]));
    let start = Instant::now();
    while window.state().session.is_busy() {
        assert!(start.elapsed() < Duration::from_secs(60));
        window.run_steps(1);
    }
    window.run_steps(2);
    assert!(!window.state().session.lists_figures(), "a table has no numerals in prose");
    assert!(window.state().session.account().rows.is_empty());
}

#[test]
fn a_card_tells_how_a_figure_was_read_and_a_click_keeps_it_to_be_copied() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.txt");
    let text = "Nations in Transit 2007: Veldoria\n\nElectoral Process\n\nIn the 2006 elections the Orrinist Bloc won 41 \
                seats on 46.25 percent of the vote. See Table 8 below.\n";
    std::fs::write(&path, text).unwrap();
    let mut window = window(&[&path]);
    // The line that says that nothing can be drawn goes, and what is under it moves up.
    window.run_steps(40);
    for (words, told) in [("8", "No quantity"), ("2006", "Date")] {
        let label = format!("Figure {words}, ");
        let node = window.get_all_by_label_contains(&label).next().expect(words);
        let at = node.rect().center();
        window.hover_at(at);
        window.run_steps(8);
        assert!(window.get_all_by_label(told).next().is_some(), "{words} is no {told}");
        window.hover_at(egui::pos2(500.0, 500.0));
        window.run_steps(4);
    }
    window.get_all_by_label_contains("Figure 8, ").next().unwrap().click();
    window.run_steps(4);
    let selection = &window.state().session.workspace().selection;
    assert!(!matches!(selection, Selection::Nothing));
    window.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::C);
    window.run_steps(3);
    let copied = window.state().copied().unwrap();
    assert!(copied.contains("“8”") && copied.contains("Electoral Process ¶1"), "{copied}");
}

/// A report with this many figures, most of them read by no rule.
fn long(figures: usize) -> String {
    let mut text = "Nations in Transit 2007: Veldoria\n\nElectoral Process\n".to_owned();
    for n in 0..figures / 5 {
        let line = "and wagons, and then birds, of which the old mill had told at length";
        let _ = write!(text, "\nThere stood {n} mills {line}, {n}.5 ovens {line}, {n} and {n} in 1{:03}.\n", n % 1000);
    }
    text
}

#[test]
fn of_a_hundred_thousand_figures_only_rows_in_sight_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    std::fs::write(&path, long(100_000)).unwrap();
    let mut window = window(&[&path]);
    assert!(figures(&window).len() >= 100_000);
    apply(&mut window, Command::ToggleFigures);
    let coverage = window.state().session.shown().unwrap().coverage;
    let most = STATUSES.into_iter().max_by_key(|status| coverage.with(*status)).unwrap();
    apply(&mut window, Command::ListFigures(most));
    assert!(window.state().session.account().rows.len() > 20_000);
    let rows = window.get_all_by_label_contains(&format!("{}: ", account::status(most))).count();
    assert!((4..40).contains(&rows), "{rows} rows");
}

#[test]
fn a_click_in_the_strip_goes_to_that_part_of_the_report() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    std::fs::write(&path, long(1000)).unwrap();
    let mut window = window(&[&path]);
    let first = |window: &Window| {
        let words = window.get_all_by_label_contains("There stood ").next().unwrap();
        let label = words.accesskit_node().label().unwrap_or_default();
        label.split_whitespace().nth(2).unwrap().parse::<usize>().unwrap()
    };
    assert_eq!(first(&window), 0);
    window.get_by_label("Where figures stand").click();
    window.run_steps(6);
    assert!((90..110).contains(&first(&window)), "{} of 200", first(&window));
}

#[test]
fn the_signs_of_how_figures_were_read_can_be_turned_off() {
    let mut window = window(&[Path::new(REPORT)]);
    let session = &window.state().session;
    let signed = |spot: &&Spot| {
        let status = spot.figure.map(|n| figures(&window)[n].status);
        let bare = spot.ties.is_empty() && spot.elsewhere.is_none();
        bare && matches!(status, Some(FigureStatus::Unknown | FigureStatus::Fact))
    };
    let place = session.links().spots.iter().find(signed).expect("a figure that no chart draws").place;
    let anchor = Anchor { source: session.shown().unwrap().id(), place };
    apply(&mut window, Command::Select(Selection::Figure(anchor)));
    let shapes = |window: &Window| window.output().shapes.len();
    let with = shapes(&window);
    apply(&mut window, Command::ToggleReadings);
    assert!(!window.state().session.workspace().readings);
    assert!(shapes(&window) < with, "{} of {with}", shapes(&window));
    apply(&mut window, Command::Undo);
    assert_eq!(shapes(&window), with);
}

#[test]
fn coverage_is_said_without_a_form_that_does_not_occur() {
    let said = |figures: &[(Form, FigureStatus)]| account::coverage(&figures.iter().copied().collect::<Coverage>());
    let (digits, words) = (Form::Digits, Form::Words);
    assert_eq!(said(&[]), None);
    assert_eq!(
        said(&[(digits, FigureStatus::Unknown), (digits, FigureStatus::Date)]).unwrap(),
        "1 of 2 in digits read"
    );
    let both = [(digits, FigureStatus::NotAQuantity), (words, FigureStatus::Unknown), (words, FigureStatus::Fact)];
    assert_eq!(said(&both).unwrap(), "1 of 1 in digits, 1 of 2 in words read");
}

#[test]
fn what_was_read_is_told_with_its_bound_and_its_unit() {
    let text = "Nations in Transit 2007: Veldoria\n\nElectoral Process\n\nAt least 300 observers came. The dam cost US$25 \
                million in 2004. The Orrinist Bloc received 46.25 percent of the vote.\n";
    let progress = nisba::session::load::Progress::default();
    let id = nisba::source::SourceId(0);
    let loaded = nisba::session::load::load_bytes("report.txt", text.as_bytes(), id, &progress).unwrap();
    let reading = loaded.reading.unwrap();
    let told = |words: &str| {
        let at = text.find(words).unwrap();
        let figure = reading.figures.iter().find(|figure| figure.span.start <= at && at < figure.span.end).unwrap();
        (account::value(figure), account::told(figure), account::particulars(figure))
    };
    let (value, _, lines) = told("300");
    assert_eq!(value, "at least 300 people");
    assert!(
        lines.contains(&("Value".to_owned(), value)) && lines.iter().all(|(name, _)| name != "Approx"),
        "{lines:?}"
    );
    assert_eq!(told("US$25").0, "USD 25\u{202f}000\u{202f}000");
    let (value, line, lines) = told("46.25");
    assert_eq!(value, "46.25\u{202f}%");
    assert!(line.contains("Orrinist Bloc") && line.contains(&value), "{line}");
    assert!(lines.contains(&("When".to_owned(), "not stated".to_owned())), "{lines:?}");
}
