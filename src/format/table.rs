//! CSV and its siblings to grids: the separator is found, ragged rows are reported and kept.

use super::Request;
use crate::{
    error::{Diagnostic, Error},
    source::{Anchor, Document, Grid, Place},
};

/// How many misfits are named one by one.
const NAMED_MISFITS: usize = 20;
/// How many rows are read between two looks at whether to stop.
const ROWS_A_LOOK: usize = 256;
/// A cell of more lines than this is a quotation mark that was never closed.
const MOST_LINES_IN_A_CELL: usize = 12;

pub(super) fn read(request: &Request) -> Result<(Document, Vec<Diagnostic>), Error> {
    let text = request.text.trim_start_matches('\u{feff}');
    let separator = separator(text, request.extension);
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut misfits = Vec::new();
    let mut first_line = None;
    for (number, record) in reader.records().enumerate() {
        if number % ROWS_A_LOOK == 0 {
            let at = record.as_ref().ok().and_then(csv::StringRecord::position).map_or(0, csv::Position::byte);
            if !(request.tell)(at as f32 / text.len().max(1) as f32) {
                break;
            }
        }
        let record = record.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Error::read(request.name, format!("line {line} is not a row of a table"), "check its quotation marks")
        })?;
        let row: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        let blank = row.iter().all(String::is_empty);
        if rows.is_empty() && blank {
            continue;
        }
        // Blank lines stay, so that a row's number is its line's, as an editor shows it.
        let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
        let first = *first_line.get_or_insert(line);
        while rows.len() + first < line && rows.len() < line {
            rows.push(Vec::new());
        }
        if let Some(cell) = row.iter().find(|cell| cell.contains('\n') && cell.lines().count() > MOST_LINES_IN_A_CELL) {
            let start: String = cell.chars().take(24).collect();
            return Err(Error::read(
                request.name,
                format!("the quotation mark before `{}` in line {line} is never closed", start.replace('\n', " ")),
                "close it",
            ));
        }
        if blank {
            rows.push(Vec::new());
            continue;
        }
        if let Some(header) = rows.first()
            && row.len() != header.len()
        {
            misfits.push((rows.len(), row.len(), header.len()));
        }
        rows.push(row);
    }
    let mut diagnostics: Vec<Diagnostic> = misfits
        .iter()
        .take(NAMED_MISFITS)
        .map(|&(row, cells, width)| {
            let place = Place::Cell { table: 0, row: u32::try_from(row).unwrap_or(u32::MAX), column: 0 };
            Diagnostic::warning(
                Some(Anchor { source: request.id, place }),
                format!("row {} has {cells} cells where the header has {width}", row + 1),
                "cells are read by the header's columns; the rest of the table is read as it stands",
            )
        })
        .collect();
    if misfits.len() > NAMED_MISFITS {
        let more = misfits.len() - NAMED_MISFITS;
        diagnostics.push(Diagnostic::warning(None, format!("{more} more rows are ragged"), "check the separators"));
    }
    Ok((Document::Table(vec![Grid { name: request.name.to_owned(), rows }]), diagnostics))
}

/// The sign that parts the header most often.
fn separator(text: &str, extension: &str) -> u8 {
    if extension == "tsv" {
        return b'\t';
    }
    let header = text.lines().next().unwrap_or_default();
    let count = |sign: u8| header.bytes().filter(|&b| b == sign).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|&sign| (count(sign), sign == b',')).unwrap_or(b',')
}
