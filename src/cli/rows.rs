//! Rows of a listing: cells, and how they are written as CSV or JSON, row by row as they come.

use std::io::{self, Write};

use serde::Serializer;
use serde_json::{Map, Number, Value};

use super::Format;
use crate::{error::Error, source::Decimal};

/// A cell of a listing.
pub enum Datum {
    /// Words.
    Text(String),
    /// A number, or nothing.
    Number(Option<Decimal>),
}

impl Datum {
    /// Words.
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// A number, or nothing.
    pub fn number(value: Option<Decimal>) -> Self {
        Self::Number(value)
    }

    /// How many.
    pub fn count(n: usize) -> Self {
        Self::Number(Some(Decimal::from(n)))
    }

    fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value) => value.map(|value| value.to_string()).unwrap_or_default(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone()),
            Self::Number(value) => {
                value.and_then(|value| value.to_string().parse::<Number>().ok()).map_or(Value::Null, Value::Number)
            }
        }
    }
}

/// Writes rows to standard output under their columns' names.
///
/// # Errors
/// Where it cannot be written; a reader who has seen enough is none.
pub fn write_rows(columns: &[&str], rows: impl Iterator<Item = Vec<Datum>>, format: Format) -> Result<(), Error> {
    let written = match format {
        Format::Csv => write_csv(columns, rows),
        Format::Json => write_json(columns, rows),
    };
    match written {
        // Whoever reads has seen enough (`| head`).
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            Err(Error::write("standard output", format!("it cannot be written ({error})"), "check where it leads"))
        }
        Ok(()) => Ok(()),
    }
}

fn write_csv(columns: &[&str], rows: impl Iterator<Item = Vec<Datum>>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(io::stdout().lock());
    writer.write_record(columns).map_err(as_io)?;
    for row in rows {
        writer.write_record(row.iter().map(Datum::plain)).map_err(as_io)?;
    }
    writer.flush()
}

fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn write_json(columns: &[&str], rows: impl Iterator<Item = Vec<Datum>>) -> io::Result<()> {
    let object = |row: Vec<Datum>| {
        let pairs = columns.iter().zip(row).map(|(column, datum)| ((*column).to_owned(), datum.json()));
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    // One object at a time: the rows of a folder need not fit in memory.
    serde_json::Serializer::pretty(&mut out).collect_seq(rows.map(object))?;
    writeln!(out)?;
    out.flush()
}
