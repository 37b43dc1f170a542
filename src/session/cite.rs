//! Figures as text to paste: with their full citation.

use std::fmt::Write as _;

use super::load::Loaded;
use crate::{
    chart::{Mark, MarkStatus, number},
    source::{Anchor, Decimal, Document, Evidence, Place, Source, Working},
};

/// Where a place stands, in a reader's terms: `Electoral Process ¶19`, `row 5, votes`.
pub fn place(loaded: &Loaded, anchor: Anchor) -> String {
    match anchor.place {
        Place::Text(span) => match loaded.dataset.locate(anchor) {
            Some(("", number)) => format!("¶{number}"),
            Some((section, 0)) => format!("{section}, heading"),
            Some((section, number)) => format!("{section} ¶{number}"),
            None => format!("characters {}–{}", span.start, span.end),
        },
        Place::Cell { table, row, column } => cell(&loaded.source, table, row, column),
    }
}

fn cell(source: &Source, table: u32, row: u32, column: u32) -> String {
    let Document::Table(grids) = &source.document else { return format!("row {}", row + 1) };
    let head = source.words(Place::Cell { table, row: 0, column }).unwrap_or_default().trim();
    let head = if head.is_empty() { format!("column {}", column + 1) } else { head.to_owned() };
    match grids.get(table as usize) {
        Some(grid) if grids.len() > 1 => format!("{}, row {}, {head}", grid.name, row + 1),
        _ => format!("row {}, {head}", row + 1),
    }
}

/// A figure with its full citation, on one line.
pub fn citation(loaded: &Loaded, anchor: Anchor) -> String {
    let source = &loaded.source;
    let words = source.words(anchor.place).unwrap_or_default().trim();
    let mut text = format!("“{}”, ", words.split_whitespace().collect::<Vec<_>>().join(" "));
    if let Some(reading) = &loaded.reading {
        let origin = [&reading.country, &reading.series];
        for part in origin.into_iter().filter(|part| !part.is_empty()) {
            let _ = write!(text, "{part}, ");
        }
        if !reading.edition.is_empty() && !reading.series.is_empty() {
            text.truncate(text.len() - 2);
            let _ = write!(text, " {}, ", reading.edition);
        }
    }
    let _ = write!(text, "{} ({}", place(loaded, anchor), source.name);
    if let Place::Text(span) = anchor.place {
        let unit = if source.offsets_on_disk { "bytes" } else { "bytes of the decoded text" };
        let _ = write!(text, ", {unit} {}–{}", span.start, span.end);
    }
    let _ = write!(text, ", SHA-256 {})", hex(&source.sha256[..4]));
    text
}

/// The terms of a difference, each with how it comes about: `14.3 %`, `11 ÷ 77`; none for any other working.
pub fn terms(mark: &Mark) -> Vec<(String, String)> {
    let Working::Difference(a, b) = &mark.evidence.working else { return Vec::new() };
    let term = |sign: &str, working: &Working| {
        let part = Evidence { pieces: mark.evidence.pieces.clone(), working: working.clone() };
        let computed = part.compute()?;
        let (value, how) = match working {
            Working::Stated(at) => (number::stated(computed), format!("{}, as stated", part.pieces.get(*at)?.role)),
            _ => (number::rounded(computed, mark.decimals.unwrap_or(1)), part.formula()),
        };
        let unit = if mark.unit == "pp" { "\u{202f}%" } else { "" };
        Some((format!("{sign}{value}{unit}"), how))
    };
    [term("", a), term("− ", b)].into_iter().flatten().collect()
}

/// What a mark says, and how that follows: `Blues, seats − votes: 7.2 pp = 11 ÷ 77 − 7.07`.
pub fn statement(mark: &Mark) -> String {
    let mut text = named(mark);
    if mark.evidence.is_derived() {
        let _ = write!(text, " = {}", mark.evidence.formula());
    }
    for note in &mark.grounds {
        let _ = write!(text, "; {} ({})", note.says, note.reference);
    }
    text
}

/// A mark in words, as a screen reader says it: its name, its value, and how it stands to the source.
pub fn spoken(mark: &Mark) -> String {
    let how = if mark.evidence.is_derived() && mark.value.is_some() { ", computed" } else { "" };
    named(mark) + how
}

/// Its name and its value; the name alone where that says it all.
pub fn named(mark: &Mark) -> String {
    let value = value(mark);
    if value.is_empty() { mark.name.clone() } else { format!("{}: {value}", mark.name) }
}

/// A mark's value as it is shown, with its unit.
pub fn value(mark: &Mark) -> String {
    let unit = match mark.unit {
        "percent" => "\u{202f}%",
        "pp" => "\u{202f}pp",
        _ => "",
    };
    let number = |value: Decimal| shown(value, mark.decimals, mark.unit == "pp");
    match (mark.status, mark.value, mark.low, mark.high) {
        (MarkStatus::NotApplicable, ..) => "not applicable".to_owned(),
        (_, Some(value), ..) => number(value) + unit,
        // A range that is stated; a date, and a quantity in words: the mark's name has them.
        (MarkStatus::Stated, None, Some(low), Some(high)) => format!("{}–{}{unit}", number(low), number(high)),
        (MarkStatus::Stated | MarkStatus::Derived, None, ..) => String::new(),
        // As the chart says it: the ends as exact as the shares that leave them.
        (_, None, Some(low), Some(high)) if mark.unit != "pp" => {
            format!("not stated ({} to {}{unit})", number::stated(low), number::stated(high))
        }
        (_, None, Some(low), Some(high)) => format!("not stated ({} to {}{unit})", number(low), number(high)),
        _ => "not stated".to_owned(),
    }
}

/// A number as a chart shows it: as the source writes it, or rounded; a difference with its sign.
fn shown(value: Decimal, decimals: Option<u32>, signed: bool) -> String {
    match (decimals, signed) {
        (Some(decimals), true) => number::signed(value, decimals),
        (None, true) => number::signed(value, value.scale()),
        (Some(decimals), false) => number::rounded(value, decimals),
        (None, false) => number::stated(value),
    }
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
