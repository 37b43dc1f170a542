//! Prose to figures: sections and paragraphs of a report, every number in them, and how each was read.

mod account;
mod around;
mod claims;
mod composition;
mod counted;
mod coverage;
mod dates;
mod doubt;
mod election;
mod entry;
pub mod families;
pub mod grammar;
mod grammar_file;
mod grid;
mod layouts;
mod lexicon;
mod members;
mod names;
mod nothing;
pub mod numeral;
mod outline;
mod pattern;
mod ranges;
mod ranked;
mod rates;
mod rating;
mod read;
pub mod sentence;
mod subject;
mod timing;
mod vote;
pub mod words;

pub use claims::Pace;
pub use coverage::{Coverage, STATUSES};
pub use families::Families;
pub use grammar_file::{Fault, READERS, SignPlace, Takes};
pub use names::Names;
pub use outline::same;
pub use pattern::Pattern;
pub use read::read;
pub use sentence::sentences;

use std::sync::Arc;

use crate::{
    error::Diagnostic,
    source::{BlockKind, Decimal, Span},
};

/// A section of a report.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading, trimmed, without a closing colon; empty before the first.
    pub heading: String,
    /// Where the heading stands; `None` before the first heading and for an inferred section.
    pub span: Option<Span>,
    /// Whether its heading is lost and it was recognised by what stands around it.
    pub inferred: bool,
    /// Level, 1 for the main sections.
    pub level: u8,
}

/// A block of a section.
#[derive(Clone, Debug, PartialEq)]
pub struct Paragraph {
    /// Its bytes.
    pub span: Span,
    /// Its section's number in `Reading::sections`.
    pub section: usize,
    /// 1-based within the section; 0 for the heading itself.
    pub number: u32,
    /// What its layout says it is.
    pub kind: BlockKind,
    /// A run-in head at its start (`Civil Society.`), without the point.
    pub run_in: Option<Span>,
}

/// Whether a numeral was written in digits or in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `6.50`.
    Digits,
    /// `Fifty-nine`.
    Words,
}

/// How a numeral was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureStatus {
    /// It became a fact.
    Fact,
    /// It dates something.
    Date,
    /// It is a name, an article, a table label …
    NotAQuantity,
    /// No rule reads it.
    Unknown,
}

impl FigureStatus {
    /// As the command line prints it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fact => "fact",
            Self::Date => "date",
            Self::NotAQuantity => "not-a-quantity",
            Self::Unknown => "unknown",
        }
    }
}

/// A numeral of the document, in document order, and how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its bytes, with its unit when adjacent.
    pub span: Span,
    /// Its number alone, without the unit.
    pub numeral: Span,
    /// Its paragraph's number in `Reading::paragraphs`.
    pub paragraph: usize,
    /// Digits or words.
    pub form: Form,
    /// The value in `unit`.
    pub value: Option<Decimal>,
    /// The upper end, for a range.
    pub value_max: Option<Decimal>,
    /// `percent`, `seats`, `score` …
    pub unit: String,
    /// How it was read.
    pub status: FigureStatus,
    /// For facts: `rating`, `seats` …; otherwise empty.
    pub kind: String,
    /// Whose, as the source names it.
    pub subject: String,
    /// When, to the precision stated; empty when the source does not say.
    pub period: String,
    /// What else pins it down: key and value.
    pub detail: Vec<(String, String)>,
    /// Words that bear on it: `change`, `date`, `vote`, and where they stand.
    pub support: Vec<(&'static str, Span)>,
}

impl Reading {
    /// The paragraph of a section by its number.
    pub fn paragraph(&self, section: &str, number: u32) -> Option<&Paragraph> {
        self.paragraphs.iter().find(|p| p.number == number && same(&self.sections[p.section].heading, section))
    }
}

impl Figure {
    /// The value of a detail.
    pub fn detail(&self, key: &str) -> Option<&str> {
        self.detail.iter().find(|(k, _)| k == key).map(|(_, v)| v.as_str())
    }
}

/// A report, read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The family's id, where one is recognised: `nations-in-transit`.
    pub family: Option<String>,
    /// The grammar it was read by: the family's, or the plain language's.
    pub grammar: Option<Arc<grammar::Grammar>>,
    /// The signs of the family that the document shows: `title`, and ids of signs of its grammar.
    pub signs: Vec<String>,
    /// Whether the family was asked for, not recognised.
    pub asked: bool,
    /// The series' name: `Nations in Transit`.
    pub series: String,
    /// The edition.
    pub edition: String,
    /// The country, read from the document.
    pub country: String,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Blocks in order, headings included.
    pub paragraphs: Vec<Paragraph>,
    /// Every numeral.
    pub figures: Vec<Figure>,
    /// Cells of tables whose words say that there is no value (`--`).
    pub absent: Vec<Figure>,
    /// Names of parties and alliances, and which of them are one.
    pub names: Names,
    /// Citations of another document's paragraphs, in the order of the text.
    pub citations: Vec<Citation>,
    /// Seats and votes stand in a table: its caption's bytes, if it has one, and the header's columns.
    pub election_tables: Vec<ElectionTable>,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
}

/// `[Electoral Process ¶19]`: where a document that restates another says what it restates.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// Its bytes, brackets included.
    pub span: Span,
    /// The heading.
    pub section: String,
    /// The paragraph under it.
    pub number: u32,
}

/// A table of votes or seats by list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ElectionTable {
    /// The block.
    pub block: Span,
    /// When, by its caption.
    pub period: String,
    /// Whose seats, where a list of results names the chamber.
    pub chamber: String,
}
