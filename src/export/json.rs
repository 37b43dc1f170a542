//! The chart as data: scales, marks, and the words that each mark rests on.

use serde::Serialize;

use super::Canvas;
use crate::{
    chart::{Chart, Grounds, Mark, MarkStatus, Scale, ScaleKind, number},
    error::Error,
    source::{Decimal, Document, Piece, Place, Source},
};

#[derive(Serialize)]
struct Whole<'a> {
    id: &'a str,
    title: &'a str,
    subtitle: &'a str,
    source_line: &'a str,
    scales: Scales<'a>,
    marks: Vec<MarkData<'a>>,
    notes: &'a [String],
    alt: &'a str,
    hash: &'a str,
}

#[derive(Serialize)]
struct Scales<'a> {
    x: ScaleData<'a>,
    y: ScaleData<'a>,
}

#[derive(Serialize)]
struct ScaleData<'a> {
    kind: &'static str,
    domain: [f64; 2],
    ticks: Vec<TickData<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_end: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_end: Option<&'a str>,
}

#[derive(Serialize)]
struct TickData<'a> {
    at: f64,
    label: &'a str,
}

#[derive(Serialize)]
struct MarkData<'a> {
    id: &'a str,
    label: &'a str,
    status: &'static str,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    unit: &'a str,
    evidence: Vec<PieceData<'a>>,
    /// What a grammar proves of it: not in any source, so no evidence.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    grounds: &'a [Grounds],
}

#[derive(Serialize)]
#[serde(untagged)]
enum PieceData<'a> {
    Text { source: &'a str, start: usize, end: usize, text: &'a str, role: &'a str },
    // Row and column from 1, as spreadsheets and the places of `facts` count.
    Cell { source: &'a str, table: &'a str, row: u32, column: u32, text: &'a str, role: &'a str },
}

/// The bytes of a JSON file.
///
/// # Errors
/// Where a number is none that JSON can hold.
pub fn encode(chart: &Chart, sources: &[&Source], _canvas: &Canvas) -> Result<Vec<u8>, Error> {
    let whole = Whole {
        id: &chart.id,
        title: &chart.title,
        subtitle: &chart.subtitle,
        source_line: &chart.source_line_whole,
        scales: Scales { x: scale(&chart.x), y: scale(&chart.y) },
        marks: chart.marks.iter().map(|mark| data(mark, sources)).collect(),
        notes: &chart.notes,
        alt: &chart.alt,
        hash: &chart.hash,
    };
    let mut bytes = serde_json::to_vec_pretty(&whole).map_err(|error| {
        Error::usage(format!("the chart cannot be written as JSON: {error}"), "report this as a fault")
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn scale(scale: &Scale) -> ScaleData<'_> {
    ScaleData {
        kind: match scale.kind {
            ScaleKind::Linear => "linear",
            ScaleKind::Band => "band",
        },
        domain: [scale.domain.0, scale.domain.1],
        ticks: scale.ticks.iter().map(|tick| TickData { at: tick.at, label: &tick.label }).collect(),
        first_end: scale.first_end.as_deref(),
        last_end: scale.last_end.as_deref(),
    }
}

fn data<'a>(mark: &'a Mark, sources: &[&'a Source]) -> MarkData<'a> {
    let number = |value: Option<Decimal>| value.map(number::at);
    MarkData {
        id: &mark.id.0,
        label: &mark.name,
        status: match mark.status {
            MarkStatus::Stated => "stated",
            MarkStatus::Derived => "derived",
            MarkStatus::NotStated => "not stated",
            MarkStatus::NotApplicable => "not applicable",
        },
        value: number(mark.value),
        low: number(mark.low),
        high: number(mark.high),
        unit: mark.unit,
        evidence: mark.evidence.pieces.iter().map(|piece| evidence(piece, sources)).collect(),
        grounds: &mark.grounds,
    }
}

fn evidence<'a>(piece: &'a Piece, sources: &[&'a Source]) -> PieceData<'a> {
    let found = sources.iter().find(|source| source.id == piece.anchor.source);
    let source = found.map_or("", |source| source.name.as_str());
    let text = found.and_then(|source| source.words(piece.anchor.place)).unwrap_or_default();
    let role = &piece.role;
    match piece.anchor.place {
        Place::Text(span) => PieceData::Text { source, start: span.start, end: span.end, text, role },
        Place::Cell { table, row, column } => {
            let name = match found.map(|source| &source.document) {
                Some(Document::Table(grids)) => grids.get(table as usize).map_or("", |grid| grid.name.as_str()),
                _ => "",
            };
            PieceData::Cell { source, table: name, row: row + 1, column: column + 1, text, role }
        }
    }
}
