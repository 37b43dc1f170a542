//! One open source: what was read, what can be drawn of it, and how it is called.

use std::{path::PathBuf, sync::Arc};

use super::{
    Followed,
    findings::Findings,
    job::Stamp,
    links::Elsewhere,
    load::{Loaded, Progress, UNDERSTOOD, discard},
    view::{self, Entry},
};
use crate::{
    chart::number,
    error::Error,
    reading::Coverage,
    source::{Document, SourceId},
};

/// One open source.
pub struct Open {
    /// Where it lies; `None` for a built-in file.
    pub path: Option<PathBuf>,
    /// How its file was when it was read.
    pub stamp: Stamp,
    /// What was read.
    pub loaded: Arc<Loaded>,
    /// The charts it allows.
    pub entries: Vec<Entry>,
    /// For each of its figures that some chart draws, the first such chart.
    pub drawn_in: Vec<Elsewhere>,
    /// How many of its numerals were read.
    pub coverage: Coverage,
    /// What it says against itself.
    pub findings: Findings,
    /// What became of the links of the state before, where the file was read again and had changed.
    pub since: Option<Followed>,
}

impl Open {
    /// Works out what can be drawn; takes a while, so it runs beside the window.
    ///
    /// # Errors
    /// When cancelled.
    pub fn new(path: Option<PathBuf>, stamp: Stamp, loaded: Loaded, progress: &Progress) -> Result<Self, Error> {
        let (entries, drawn_in) = view::entries_and_drawn(&loaded.dataset, &progress.stage(UNDERSTOOD, 1.0));
        if progress.is_cancelled() {
            let path = loaded.source.name.clone();
            discard((loaded, drawn_in));
            return Err(Error::Cancelled { path });
        }
        let coverage = loaded.reading.as_ref().map(|reading| Coverage::of(&reading.figures)).unwrap_or_default();
        let findings = Findings::of(&loaded);
        Ok(Self { path, stamp, loaded: Arc::new(loaded), entries, drawn_in, coverage, findings, since: None })
    }

    /// Its number.
    pub fn id(&self) -> SourceId {
        self.loaded.source.id
    }

    /// What a reader calls it: the country of a report, or the file's name.
    pub fn title(&self) -> &str {
        match &self.loaded.reading {
            Some(reading) if !reading.country.is_empty() => &reading.country,
            _ => &self.loaded.source.name,
        }
    }

    /// What else tells it apart: series and edition, or how much of it there is.
    pub fn subtitle(&self) -> String {
        match (&self.loaded.reading, &self.loaded.source.document) {
            (Some(reading), _) if !reading.series.is_empty() => {
                let brief = if reading.citations.is_empty() { "" } else { " · brief" };
                format!("{} {}{brief}", reading.series, reading.edition).trim().to_owned()
            }
            (Some(reading), _) => counted(reading.figures.len(), "figure"),
            (None, Document::Table(grids)) => {
                counted(grids.iter().map(|grid| grid.rows.len().saturating_sub(1)).sum(), "row")
            }
            (None, Document::Report(blocks)) => counted(blocks.len(), "paragraph"),
        }
    }

    /// The id of the grammar that a report is read by, and the family's name; `None` for a table.
    pub fn read_as(&self) -> Option<(&str, &str)> {
        let grammar = self.loaded.reading.as_ref()?.grammar.as_deref()?;
        Some((&grammar.id, &grammar.name))
    }

    /// Why a report is taken for one of its family; `None` for a table.
    pub fn read_as_why(&self) -> Option<String> {
        let reading = self.loaded.reading.as_ref()?;
        Some(match (reading.asked, reading.signs.as_slice()) {
            (true, _) => "Chosen.".to_owned(),
            (false, []) => "No family’s signs were found.".to_owned(),
            (false, signs) => format!("Recognised by: {}.", signs.join(", ").replace('-', " ")),
        })
    }
}

fn counted(count: usize, noun: &str) -> String {
    let shown = number::stated(count.into());
    if count == 1 { format!("1 {noun}") } else { format!("{shown} {noun}s") }
}
