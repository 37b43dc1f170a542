//! The window without a screen: what is clicked, walked and saved, on the built-in brief.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a helper of a test may fail as loudly as the test
#![cfg(feature = "gui")]

mod harness;

use std::{
    path::Path,
    time::{Duration, Instant},
};

use egui_kittest::kittest::Queryable;
use harness::{Window, apply, settle, window, window_sized};
use nisba::{
    session::{Asked, Command, Effect, NoticeKind, Panel, Selection, ThemeChoice, cite},
    source::{Anchor, Place},
    ui::actions,
};

/// Shows the chart of this kind.
fn show(window: &mut Window, chart: &str) {
    let entries = &window.state().session.shown().unwrap().entries;
    let spec = entries.iter().find(|entry| entry.kind.id == chart).unwrap().spec.clone();
    apply(window, Command::ShowChart(spec));
}

/// The place of the words that light.
fn lit_words(window: &Window) -> String {
    let session = &window.state().session;
    let place = session.lit().place.expect("something is lit");
    session.shown().unwrap().loaded.source.words(place).unwrap().to_owned()
}

#[test]
fn the_inspector_tells_the_grounds_of_a_first_rating() {
    let mut window = window(&[]);
    show(&mut window, "category-scores");
    let id = |window: &Window, part: &str| {
        let marks = &window.state().session.chart().unwrap().marks;
        marks.iter().find(|mark| mark.id.0.contains(part)).unwrap().id.clone()
    };
    let first = id(&window, "national-democratic-governance");
    apply(&mut window, Command::Select(Selection::mark(first)));
    window.get_by_label("First rated in the 2005 edition");
    window.get_by_label_contains("Nations in Transit 2005, methodology (grammar `nations-in-transit`)");
    let other = id(&window, "corruption");
    apply(&mut window, Command::Select(Selection::mark(other)));
    assert!(window.query_by_label("First rated in the 2005 edition").is_none());
}

#[test]
fn it_opens_on_the_brief_with_a_chart() {
    let window = window(&[]);
    let session = &window.state().session;
    assert_eq!(session.sources().len(), 1);
    assert!(session.chart().is_some());
    assert!(session.notices().is_empty(), "{:?}", session.notices());
    window.get_by_label("Export…");
}

#[test]
fn clicking_a_mark_selects_the_words_that_state_it() {
    let mut window = window(&[]);
    show(&mut window, "seats-votes");
    let marks = window.state().session.chart().unwrap().marks.clone();
    let stated: Vec<_> = marks.iter().filter(|mark| !mark.evidence.is_derived() && mark.value.is_some()).collect();
    assert!(!stated.is_empty());
    for mark in stated {
        window.get_by_label(&cite::spoken(mark)).click();
        window.run_steps(4);
        let selection = window.state().session.workspace().selection.clone();
        assert_eq!(selection, Selection::mark(mark.id.clone()), "{}", mark.name);
        assert_eq!(window.state().session.lit().place, Some(mark.evidence.pieces[0].anchor.place));
        let value = mark.value.unwrap().to_string();
        assert!(lit_words(&window).contains(&value), "{} in {}", value, lit_words(&window));
    }
}

#[test]
fn clicking_a_figure_selects_its_mark() {
    let mut window = window(&[]);
    show(&mut window, "seats-votes");
    let chart = window.state().session.chart().unwrap().clone();
    let mark = chart.marks.iter().find(|mark| !mark.evidence.is_derived() && mark.value.is_some()).unwrap();
    // The words must be in sight to be clicked: select and let go.
    apply(&mut window, Command::Select(Selection::mark(mark.id.clone())));
    apply(&mut window, Command::LetGo);
    assert!(window.state().session.workspace().selection.is_nothing());
    let anchor = mark.evidence.pieces[0].anchor;
    let label = figure_label(&window, anchor);
    window.get_by_label(&label).click();
    window.run_steps(4);
    assert_eq!(window.state().session.workspace().selection, Selection::mark(mark.id.clone()));
}

/// What a screen reader says of a figure.
fn figure_label(window: &Window, anchor: Anchor) -> String {
    let session = &window.state().session;
    let open = session.shown().unwrap();
    let spot = &session.links().spots[session.links().at(anchor.place).unwrap()];
    let words = open.loaded.source.words(spot.place).unwrap();
    let place = cite::place(&open.loaded, Anchor { source: open.id(), place: spot.place });
    format!("Figure {words}, {place}, on the chart")
}

#[test]
fn every_mark_of_every_chart_lights_its_words_and_is_named() {
    let mut window = window(&[]);
    let entries = window.state().session.shown().unwrap().entries.clone();
    for entry in entries {
        apply(&mut window, Command::ShowChart(entry.spec.clone()));
        for mark in window.state().session.chart().unwrap().marks.clone() {
            let session = &mut window.state_mut().session;
            session.apply(Command::Select(Selection::mark(mark.id.clone())));
            assert!(session.lit().place.is_some(), "{} has no words", mark.name);
            for piece in &mark.evidence.pieces {
                let words = session.shown().unwrap().loaded.source.words(piece.anchor.place);
                assert!(words.is_some_and(|words| !words.is_empty()), "{}", mark.name);
            }
            assert!(!mark.name.is_empty());
        }
    }
}

/// Two made-up editions in a folder, open in a window; shows the chart that joins them.
fn two_editions() -> (Window, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let report = std::fs::read_to_string("tests/fixtures/veldoria-2007.txt").unwrap();
    let paths = ["2007", "2009"].map(|year| folder.path().join(format!("{year}.txt")));
    std::fs::write(&paths[0], &report).unwrap();
    std::fs::write(&paths[1], report.replace("2007", "2009").replace("set at 3.75", "set at 4.25")).unwrap();
    let mut window = window(&[&paths[0], &paths[1]]);
    window.get_by_label("Scores by edition").click();
    window.run_steps(4);
    assert_eq!(window.state().session.chart().unwrap().id, "category-scores-across-editions");
    (window, folder)
}

/// The file on the right.
fn shown(window: &Window) -> String {
    window.state().session.shown().unwrap().loaded.source.name.clone()
}

#[test]
fn a_mark_of_several_editions_opens_its_own_source_and_a_figure_of_either_lights_its_mark() {
    let (mut window, _folder) = two_editions();
    for (year, words) in [("2009", "4.25"), ("2007", "3.75"), ("2009", "4.25")] {
        let chart = window.state().session.chart().unwrap().clone();
        let mark = chart.marks.iter().find(|mark| mark.id.0.ends_with(&format!("/courts-of-law/{year}"))).unwrap();
        window.get_by_label(&cite::spoken(mark)).click();
        window.run_steps(4);
        assert_eq!((shown(&window), lit_words(&window)), (format!("{year}.txt"), words.to_owned()));
        apply(&mut window, Command::LetGo);
        let label = figure_label(&window, mark.evidence.pieces[0].anchor);
        window.get_by_label(&label).click();
        window.run_steps(4);
        assert_eq!(window.state().session.workspace().selection, Selection::mark(mark.id.clone()));
        assert_eq!(window.state().session.chart().unwrap().id, chart.id, "the chart stays");
    }
    let change = window.state().session.chart().unwrap().marks.iter().find(|mark| mark.evidence.is_derived()).cloned();
    let change = change.unwrap();
    for (piece, year) in [(0, "2009"), (1, "2007")] {
        // Without a frame: the pointer still lies on a figure.
        window.state_mut().session.apply(Command::Select(Selection::Mark { id: change.id.clone(), piece }));
        assert_eq!(shown(&window), format!("{year}.txt"), "each operand opens its own source");
        assert_eq!(lit_words(&window), change.evidence.pieces[piece].value.unwrap().to_string());
    }
}

#[test]
fn undo_reading_again_and_closing_keep_the_chart_of_several_editions_true() {
    let (mut window, folder) = two_editions();
    let ids: Vec<_> = window.state().session.sources().iter().map(|open| open.id()).collect();
    let other = ids.iter().copied().find(|id| Some(*id) != window.state().session.workspace().source).unwrap();
    let before = shown(&window);
    apply(&mut window, Command::ShowSource(other));
    assert_ne!(shown(&window), before);
    assert!(window.state().session.view().unwrap().kind.joins, "the chart stays while its sources are read");
    apply(&mut window, Command::Undo);
    assert_eq!(shown(&window), before);

    let path = folder.path().join("2009.txt");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("set at 4.25", "set at 4.75")).unwrap();
    apply(&mut window, Command::Reload(ids[1]));
    let session = &window.state().session;
    let mark = session.chart().unwrap().marks.iter().find(|mark| mark.id.0.ends_with("/courts-of-law/2009")).unwrap();
    assert_eq!(mark.value.unwrap().to_string(), "4.75");

    apply(&mut window, Command::Close(ids[1]));
    let session = &window.state().session;
    assert!(session.across().entries.is_empty() && !session.view().unwrap().kind.joins);
    assert_eq!(shown(&window), "2007.txt");
    assert!(window.query_by_label("Scores by edition").is_none());
    for step in [Command::Undo, Command::Undo, Command::Redo] {
        apply(&mut window, step);
        assert!(!window.state().session.view().expect("a chart is drawn").kind.joins);
    }
    // Another edition brings it back, and with one of another scale it asks.
    apply(&mut window, Command::Open(vec![path]));
    assert_eq!(window.state().session.charts().iter().filter(|(kind, _)| kind.joins).count(), 1);
    let turned = folder.path().join("2021.txt");
    std::fs::write(&turned, text.replace("2009", "2021")).unwrap();
    apply(&mut window, Command::Open(vec![turned]));
    let session = &window.state().session;
    let (_, spec) = session.charts().into_iter().find(|(kind, _)| kind.joins).unwrap();
    apply(&mut window, Command::ShowChart(spec));
    let session = &window.state().session;
    assert!(session.chart().is_none() && session.view().unwrap().question.is_some());
}

#[test]
fn a_cell_of_the_values_selects_its_mark() {
    let mut window = window(&[]);
    show(&mut window, "seats-votes");
    let chart = window.state().session.chart().unwrap().clone();
    let row = chart.table.rows.iter().find(|row| row.cells.iter().any(|cell| cell.mark.is_some())).unwrap();
    let (n, cell) = row.cells.iter().enumerate().find(|(_, cell)| cell.mark.is_some()).unwrap();
    let label = format!("{}, {}: {}", row.cells[0].text, chart.table.columns[n].title, cell.text);
    window.get_by_label(&label).click();
    window.run_steps(4);
    assert_eq!(window.state().session.workspace().selection, Selection::mark(cell.mark.clone().unwrap()));
}

#[test]
fn the_keyboard_walks_the_marks_selects_and_lets_go() {
    let mut window = window(&[]);
    show(&mut window, "seats-votes");
    let chart = window.state().session.chart().unwrap().clone();
    window.get_by_label(&cite::spoken(&chart.marks[0])).click();
    window.run_steps(3);
    window.key_press(egui::Key::Escape);
    window.run_steps(3);
    assert!(window.state().session.workspace().selection.is_nothing(), "Esc lets go");
    window.get_by_label(&cite::spoken(&chart.marks[0])).focus();
    window.run_steps(3);
    window.key_press(egui::Key::ArrowRight);
    window.run_steps(3);
    let second = cite::spoken(&chart.marks[1]);
    assert!(window.get_by_label(&second).is_focused(), "the arrow goes to the next mark");
    window.key_press(egui::Key::Enter);
    window.run_steps(3);
    assert_eq!(window.state().session.workspace().selection, Selection::mark(chart.marks[1].id.clone()));
}

#[test]
fn saving_writes_the_file_that_its_name_asks_for() {
    let mut window = window(&[]);
    let folder = tempfile::tempdir().unwrap();
    for (name, begins) in [("chart.svg", &b"<svg"[..]), ("chart.png", &b"\x89PNG"[..])] {
        let path = folder.path().join(name);
        apply(&mut window, Command::Export(path.clone()));
        let bytes = std::fs::read(&path).unwrap();
        let head = &bytes[..bytes.len().min(200)];
        assert!(head.windows(begins.len()).any(|part| part == begins), "{name}");
    }
    assert!(window.state().session.notices().iter().all(|notice| notice.kind == NoticeKind::Done));
    apply(&mut window, Command::Export(folder.path().join("chart.xyz")));
    let trouble = window.state().session.notices().last().unwrap().clone();
    assert_eq!(trouble.kind, NoticeKind::Trouble);
    assert!(trouble.text.contains(".svg"), "{}", trouble.text);
}

#[test]
fn bad_files_are_one_line_each_and_leave_what_was_open() {
    let mut window = window(&[]);
    let chart = window.state().session.chart().cloned();
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.txt");
    let binary = folder.path().join("binary.txt");
    std::fs::write(&empty, "").unwrap();
    std::fs::write(&binary, [0_u8, 159, 146, 150, 0, 1, 2, 3, 255]).unwrap();
    let missing = folder.path().join("missing.txt");
    for path in [&missing, &empty, &binary, &folder.path().to_path_buf()] {
        apply(&mut window, Command::Open(vec![path.clone()]));
        let session = &window.state().session;
        let notice = session.notices().last().unwrap();
        assert_eq!(notice.kind, NoticeKind::Trouble, "{}", path.display());
        assert!(!notice.text.contains('\n'));
        assert_eq!(session.sources().len(), 1);
        assert_eq!(session.chart().cloned(), chart);
    }
    window.get_all_by_label_contains("Dismiss").next().unwrap().click();
    window.run_steps(3);
    assert_eq!(window.state().session.notices().len(), 3);
}

#[test]
fn a_table_opens_beside_the_brief_and_closes_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.csv");
    std::fs::write(&path, "party,vote_share,seats\nRed,60,6\nBlue,40,4\n").unwrap();
    let mut window = window(&[]);
    apply(&mut window, Command::Open(vec![path]));
    let session = &window.state().session;
    assert_eq!(session.sources().len(), 2, "{:?}", session.notices());
    assert!(session.title().contains("votes.csv"));
    let chart = session.chart().unwrap().clone();
    let mark = chart.marks.iter().find(|mark| mark.name.contains("Red")).unwrap();
    window.get_by_label(&cite::spoken(mark)).click();
    window.run_steps(4);
    assert!(matches!(window.state().session.lit().place, Some(Place::Cell { .. })));
    apply(&mut window, Command::CloseShown);
    assert_eq!(window.state().session.sources().len(), 1);
    assert!(window.state().session.chart().is_some());
}

#[test]
fn a_file_that_changes_is_offered_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("votes.csv");
    std::fs::write(&path, "party,vote_share,seats\nRed,60,6\nBlue,40,4\n").unwrap();
    let mut window = window(&[&path]);
    let id = window.state().session.shown().unwrap().id();
    std::fs::write(&path, "party,vote_share,seats\nRed,70,7\nBlue,30,3\n").unwrap();
    let start = Instant::now();
    while !window.state().session.notices().iter().any(|notice| notice.kind == NoticeKind::Changed(id)) {
        assert!(start.elapsed() < Duration::from_secs(20), "the change is never seen");
        std::thread::sleep(Duration::from_millis(100));
        window.run_steps(1);
    }
    window.get_by_label("Read it again").click();
    window.run_steps(2);
    settle(window.state_mut());
    window.run_steps(2);
    let session = &window.state().session;
    assert!(session.shown().unwrap().loaded.source.text.contains("Red,70,7"));
    // What is left to say is what became of the links.
    let said: Vec<(NoticeKind, &str)> =
        session.notices().iter().map(|notice| (notice.kind, notice.text.as_str())).collect();
    assert_eq!(said, [(NoticeKind::Done, "`votes.csv` was read again; its links: 4 changed")]);
}

#[test]
fn undo_and_redo_walk_charts_and_selections() {
    let mut window = window(&[]);
    let first = window.state().session.workspace().clone();
    show(&mut window, "seats-votes");
    let mark = window.state().session.chart().unwrap().marks[0].id.clone();
    apply(&mut window, Command::Select(Selection::mark(mark.clone())));
    apply(&mut window, Command::Undo);
    assert!(window.state().session.workspace().selection.is_nothing());
    apply(&mut window, Command::Undo);
    assert_eq!(window.state().session.workspace().spec, first.spec);
    apply(&mut window, Command::Redo);
    apply(&mut window, Command::Redo);
    assert_eq!(window.state().session.workspace().selection, Selection::mark(mark));
}

#[test]
fn words_are_found_counted_and_walked() {
    let mut window = window(&[]);
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::F);
    window.run_steps(3);
    apply(&mut window, Command::Find("majilis".to_owned()));
    let find = window.state().session.find().clone();
    assert!(find.open && find.hits.len() > 1);
    let count = format!("1 of {}", find.hits.len());
    window.get_by_label(&count);
    apply(&mut window, Command::FindStep(-1));
    assert_eq!(window.state().session.find().current, find.hits.len() - 1);
}

#[test]
fn a_copied_figure_carries_its_words_and_place() {
    let mut window = window(&[]);
    show(&mut window, "seats-votes");
    let chart = window.state().session.chart().unwrap().clone();
    let mark = chart.marks.iter().find(|mark| !mark.evidence.is_derived() && mark.value.is_some()).unwrap();
    apply(&mut window, Command::Select(Selection::mark(mark.id.clone())));
    let words = lit_words(&window);
    window.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::C);
    window.run_steps(3);
    let copied = window.state().copied().unwrap().to_owned();
    assert!(copied.contains(&words) && copied.contains("¶") && copied.contains("SHA-256"), "{copied}");
    window.key_press_modifiers(egui::Modifiers::COMMAND | egui::Modifiers::SHIFT, egui::Key::T);
    window.run_steps(3);
    let table = window.state().copied().unwrap().to_owned();
    assert_eq!(table.lines().count(), chart.table.rows.len() + 1);
}

#[test]
fn panels_hide_and_the_theme_changes() {
    let mut window = window(&[]);
    for panel in [Panel::Navigator, Panel::Table, Panel::Document] {
        apply(&mut window, Command::TogglePanel(panel));
        assert!(!window.state().session.workspace().shows(panel));
    }
    apply(&mut window, Command::Theme(ThemeChoice::Dark));
    assert!(window.ctx.global_style().visuals.dark_mode);
    apply(&mut window, Command::Zoom(1));
    assert!((window.ctx.zoom_factor() - 1.1).abs() < 0.001);
}

#[test]
fn every_action_has_words_and_no_two_share_keys() {
    let mut keys = Vec::new();
    for action in actions::ACTIONS {
        assert!(action.label.starts_with(char::is_uppercase), "{}", action.label);
        for key in action.keys {
            assert!(!keys.contains(key), "{}", action.label);
            keys.push(*key);
        }
    }
}

#[test]
fn without_a_dialog_the_path_field_is_offered() {
    let mut window = window(&[]);
    apply(&mut window, Command::NoDialog { asked: Asked::Open, reason: "no dialog here".to_owned() });
    window.get_by_label_contains("No dialog here");
    window.key_press(egui::Key::Escape);
    window.run_steps(3);
    assert!(window.state().session.overlay().is_none());
    window.state_mut().session.apply(Command::AskExport);
    let effects = window.state_mut().session.take_effects();
    assert!(matches!(&effects[..], [Effect::PickTarget(name)] if name.ends_with(".png")));
}

#[test]
fn nothing_is_lost_in_a_small_window() {
    for (width, height) in [(1024.0, 700.0), (1280.0, 800.0), (800.0, 560.0)] {
        let window = window_sized(&[], width, height);
        let inside = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(width, height));
        let export = window.get_by_label("Export…").rect();
        assert!(inside.contains_rect(export), "{width} × {height}: {export:?}");
    }
}

#[test]
fn a_briefs_citation_leads_to_the_original_paragraph_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let brief = folder.path().join("brief.md");
    let text = "# Nations in Transit 2007: Veldoria\n\n## Village Rule\n\nIn the 2006 elections the Orrinist Bloc won 41 seats \
                on 46.25 percent of the vote, Grey Hand 13 seats on 17.75 percent. [Village Rule ¶1]\n";
    std::fs::write(&brief, text).unwrap();
    let mut window = window(&[&brief]);
    window.get_by_label("Original: Village Rule paragraph 1").click();
    window.run_steps(4);
    let beside = window.state().session.beside().expect("a citation is followed");
    assert_eq!((beside.label.as_str(), beside.original.is_none()), ("Village Rule ¶1", true));
    window.get_by_label("Open a report…");

    let id = window.state().session.shown().unwrap().id();
    apply(&mut window, Command::Open(vec!["tests/fixtures/veldoria-2007.txt".into()]));
    apply(&mut window, Command::ShowSource(id));
    apply(&mut window, Command::Beside(Some(0)));
    let session = &window.state().session;
    let (original, span) = session.beside().and_then(|beside| beside.original).expect("the original is open");
    assert!(span.of(&original.loaded.source.text).unwrap().contains("25.5 percent"));
    window.get_by_label_contains("the League of Harbours 23 seats");

    let share = text.find("46.25 percent").unwrap();
    let place = Place::Text(nisba::source::Span::new(share, share + "46.25 percent".len()));
    apply(&mut window, Command::Select(Selection::Figure(Anchor { source: id, place })));
    let beside = window.state().session.beside().unwrap();
    let lit = beside.lit.expect("the same figure of the original");
    assert_eq!(lit.of(&beside.original.unwrap().0.loaded.source.text), Some("46.25 percent"));
    window.run_steps(8);
    window.get_by_label("Close the original").click();
    window.run_steps(8);
    assert!(window.state().session.beside().is_none());
}

#[test]
fn enter_opens_what_was_typed_and_what_cannot_be_read_is_said() {
    let mut window = window(&[]);
    apply(&mut window, Command::AskOpenPath);
    window.run_steps(4);
    apply(&mut window, Command::TypePath("no/such/report.txt".to_owned()));
    window.run_steps(4);
    window.key_press(egui::Key::Enter);
    window.run_steps(3);
    settle(window.state_mut());
    window.run_steps(3);
    let session = &window.state().session;
    assert!(session.overlay().is_none());
    assert!(session.notices().iter().any(|notice| notice.text.contains("no such file")), "{:?}", session.notices());
    assert_eq!(session.sources().len(), 1);
}

/// A report in a folder of its own, open in a window.
fn veldoria(folder: &Path) -> (std::path::PathBuf, String, Window) {
    let path = folder.join("veldoria-2007.txt");
    let text = std::fs::read_to_string("tests/fixtures/veldoria-2007.txt").unwrap();
    std::fs::write(&path, &text).unwrap();
    let window = window(&[&path]);
    (path, text, window)
}

/// The place of a figure of the shown report, by its words.
fn figure_place(window: &Window, words: &str) -> Place {
    let open = window.state().session.shown().unwrap();
    let mut spots = window.state().session.links().spots.iter();
    spots.find(|spot| open.loaded.source.words(spot.place) == Some(words)).unwrap().place
}

#[test]
fn links_are_exported_imported_and_lead_to_their_places() {
    let folder = tempfile::tempdir().unwrap();
    let (path, text, mut window) = veldoria(folder.path());
    let links = folder.path().join("veldoria.links.jsonld");
    window.state_mut().session.apply(Command::AskExportLinks);
    let effects = window.state_mut().session.take_effects();
    assert_eq!(effects, [Effect::PickLinksTarget("veldoria-2007.links.jsonld".to_owned())]);
    apply(&mut window, Command::ExportLinks(links.clone()));
    assert!(links.is_file(), "{:?}", window.state().session.notices());

    std::fs::write(&path, text.replace("set at 3.75", "set at 4.75")).unwrap();
    let id = window.state().session.workspace().source.unwrap();
    apply(&mut window, Command::Reload(id));
    apply(&mut window, Command::ImportLinks(links));
    let followed = window.state().session.followed().expect("a list").clone();
    assert_eq!((followed.counts[2], followed.counts[3]), (1, 0), "{}", followed.counted());
    assert_eq!((followed.rows[0].status, followed.rows[0].was.as_str()), ("changed", "3.75"));
    window.get_by_label_contains("changed: 3.75").click();
    window.run_steps(4);
    assert!(lit_words(&window).contains("4.75"), "{}", lit_words(&window));
    window.get_by_label("Close the list of links").click();
    window.run_steps(3);
    assert!(window.state().session.followed().is_none());
    apply(&mut window, Command::ImportLinks(path));
    assert_eq!(window.state().session.notices().last().unwrap().kind, NoticeKind::Trouble);
}

#[test]
fn what_is_selected_is_found_again_when_its_file_changed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, text, mut window) = veldoria(folder.path());
    let id = window.state().session.workspace().source.unwrap();
    let select = |window: &mut Window, words: &str| {
        let anchor = Anchor { source: id, place: figure_place(window, words) };
        apply(window, Command::Select(Selection::Figure(anchor)));
    };
    select(&mut window, "1988");
    select(&mut window, "2003");
    std::fs::write(&path, text.replace("Executive Summary", "A new Executive Summary").replace("in 1988", "in 1989"))
        .unwrap();
    apply(&mut window, Command::Reload(id));
    assert_eq!(lit_words(&window), "2003");
    let said = window.state().session.notices().last().unwrap().text.clone();
    assert!(said.contains("read again") && said.contains("moved"), "{said}");
    // A step back leads to what is not there any more: to nothing, not to other words at the same bytes.
    apply(&mut window, Command::Undo);
    assert!(window.state().session.workspace().selection.is_nothing());
    apply(&mut window, Command::Redo);
    assert_eq!(lit_words(&window), "2003");
    // Changed itself: let go, and said.
    std::fs::write(&path, text.replace("in 2003", "in 2013")).unwrap();
    apply(&mut window, Command::Reload(id));
    assert!(window.state().session.workspace().selection.is_nothing());
    let said = window.state().session.notices().last().unwrap().text.clone();
    assert!(said.contains("what was selected is not found any more"), "{said}");
}
