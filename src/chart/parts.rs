//! Pieces that charts are put together from.

use super::{Cell, Chart, Column, MarkId, RowNote, Scale, ScaleKind, Table, Tick, number};

/// A chart without anything on it.
pub fn frame() -> Chart {
    Chart {
        id: String::new(),
        title: String::new(),
        subtitle: String::new(),
        source_line: String::new(),
        source_line_whole: String::new(),
        notes: Vec::new(),
        disputed: Vec::new(),
        x: linear((0.0, 1.0), Vec::new()),
        y: linear((0.0, 1.0), Vec::new()),
        even: false,
        scenery: Vec::new(),
        marks: Vec::new(),
        row_heads: Vec::new(),
        row_notes: Vec::new(),
        legend: Vec::new(),
        table: Table::default(),
        alt: String::new(),
        hash: String::new(),
    }
}

/// A scale of numbers with gridlines.
pub fn linear(domain: (f64, f64), ticks: Vec<Tick>) -> Scale {
    Scale { kind: ScaleKind::Linear, domain, ticks, first_end: None, last_end: None, grid: true }
}

/// A scale of named rows or columns.
pub fn band<T: AsRef<str>>(names: &[T], grid: bool) -> Scale {
    let ticks =
        names.iter().enumerate().map(|(i, name)| Tick { at: i as f64, label: name.as_ref().to_owned() }).collect();
    let domain = (-0.5, names.len().max(1) as f64 - 0.5);
    Scale { kind: ScaleKind::Band, domain, ticks, first_end: None, last_end: None, grid }
}

/// A scale of percent from zero to a round number over `most`; the last tick says `%`.
pub fn percent(most: f64) -> Scale {
    let step = number::nice_step(most.max(1.0), 8.0);
    // A value on the last line still has room for its label.
    let to = (most.max(1.0) / step - 1e-9).ceil() * step;
    let mut ticks: Vec<Tick> = number::tick_values(0.0, to, step).into_iter().map(|at| tick(at, step)).collect();
    if let Some(last) = ticks.last_mut() {
        last.label.push_str(" %");
    }
    linear((0.0, to), ticks)
}

/// The same with room at both ends, so that the words of what stands there have place.
pub fn percent_with_room(most: f64, room: f64) -> Scale {
    let scale = percent(most);
    let end = scale.domain.1;
    // Six digits: more are the noise of binary fractions, and would stand in the exported data.
    let tidy = |at: f64| (at * 1e6).round() / 1e6;
    Scale { domain: (tidy(-end * room), tidy(end.max(most + end * room))), ..scale }
}

/// A tick at a number.
pub fn tick(at: f64, step: f64) -> Tick {
    Tick { at, label: number::tick_label(at, step) }
}

/// Words at a row's end.
pub fn note(row: usize, column: usize, text: impl Into<String>, mark: MarkId) -> RowNote {
    RowNote { row, column, text: text.into(), bold: false, italic: false, gain: None, mark: Some(mark) }
}

/// A cell that is no mark's value.
pub fn plain(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), italic: false, mark: None }
}

/// A cell with a mark's value.
pub fn cell(text: impl Into<String>, mark: MarkId) -> Cell {
    Cell { text: text.into(), italic: false, mark: Some(mark) }
}

/// A cell that says why there is no value.
pub fn reason(text: impl Into<String>, mark: Option<MarkId>) -> Cell {
    Cell { text: text.into(), italic: true, mark }
}

/// Heads of a table's columns, and whether they hold numbers.
pub fn columns(heads: &[(&str, bool)]) -> Vec<Column> {
    heads.iter().map(|(title, numeric)| Column { title: (*title).to_owned(), numeric: *numeric }).collect()
}
