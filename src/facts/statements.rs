//! What a report states, numeral by numeral with the words around it: what the charts of its systems are picked from.

use super::{
    Origin,
    interpret::{Report, key},
};
use crate::{
    reading::{Figure, FigureStatus, Names, sentence::sentences},
    source::{Anchor, BlockKind, Cited, Decimal, Evidence, Piece, Span, Working},
};

/// A numeral with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// How it was read.
    pub figure: Figure,
    /// Where it is written.
    pub anchor: Anchor,
    /// As written.
    pub text: String,
    /// Its section's number in `Statements::sections`.
    pub section: usize,
    /// Its paragraph's number in the section; 0 for a heading.
    pub paragraph: u32,
    /// What its block is.
    pub block: BlockKind,
    /// Its sentence's number in `Statements::sentences`; of a table, its whole block.
    pub sentence: usize,
}

/// All numerals of one report, in the order of the text.
#[derive(Clone, Debug, Default)]
pub struct Statements {
    /// Stable key, made of the origin.
    pub key: String,
    /// Where they come from.
    pub origin: Origin,
    /// The names of the sections that hold numerals, in order.
    pub sections: Vec<String>,
    /// The sentences that hold numerals, in order.
    pub sentences: Vec<Span>,
    /// The whole text.
    pub text: String,
    /// Names of parties and alliances.
    pub names: Names,
    /// The numerals.
    pub figures: Vec<Statement>,
}

impl Statement {
    /// The number it states, where it states one and no range.
    pub fn cited(&self, role: &str) -> Option<Cited<Decimal>> {
        let value = self.figure.value.filter(|_| self.figure.value_max.is_none())?;
        Some(Cited::new(value, Evidence::stated(self.anchor, role, value)))
    }

    /// Its words as evidence that states no number.
    pub fn words(&self, role: &str) -> Evidence {
        let piece = Piece { anchor: self.anchor, role: role.to_owned(), value: None };
        Evidence { pieces: vec![piece], working: Working::Stated(0) }
    }
}

impl Statements {
    /// The words of a figure's sentence before it.
    pub fn before(&self, one: &Statement) -> &str {
        let sentence = self.sentence(one);
        Span::new(sentence.start, one.figure.span.start).of(&self.text).unwrap_or_default()
    }

    /// The words of a figure's sentence behind it.
    pub fn after(&self, one: &Statement) -> &str {
        let sentence = self.sentence(one);
        Span::new(one.figure.span.end, sentence.end).of(&self.text).unwrap_or_default()
    }

    /// A figure's sentence.
    pub fn sentence(&self, one: &Statement) -> Span {
        self.sentences.get(one.sentence).copied().unwrap_or(one.figure.span)
    }

    /// The words of a figure's sentence.
    pub fn sentence_words(&self, one: &Statement) -> &str {
        self.sentence(one).of(&self.text).unwrap_or_default()
    }

    /// Figures that became facts of a kind.
    pub fn of_kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Statement> {
        self.facts().filter(move |one| one.figure.kind == kind)
    }

    /// Figures that became facts.
    pub fn facts(&self) -> impl Iterator<Item = &Statement> {
        self.figures.iter().filter(|one| one.figure.status == FigureStatus::Fact)
    }
}

/// The numerals of a report; `None` where it has none.
pub(super) fn from_report(report: &Report) -> Option<Statements> {
    let reading = report.reading;
    let text = report.source.text.as_str();
    let mut all = Statements {
        key: key(&report.origin, ""),
        origin: report.origin.clone(),
        text: text.to_owned(),
        names: reading.names.clone(),
        ..Statements::default()
    };
    let mut section_of: Option<usize> = None;
    let mut paragraph_of: Option<usize> = None;
    let mut spans: Vec<Span> = Vec::new();
    for figure in &reading.figures {
        let paragraph = reading.paragraphs.get(figure.paragraph)?;
        if section_of != Some(paragraph.section) {
            section_of = Some(paragraph.section);
            all.sections.push(reading.sections.get(paragraph.section)?.heading.clone());
        }
        if paragraph_of != Some(figure.paragraph) {
            paragraph_of = Some(figure.paragraph);
            spans = match paragraph.kind {
                BlockKind::Table => vec![paragraph.span],
                _ => sentences(paragraph.span.of(text).unwrap_or_default(), paragraph.span.start),
            };
        }
        let own = spans.iter().find(|span| span.end > figure.span.start).copied().unwrap_or(paragraph.span);
        if all.sentences.last() != Some(&own) {
            all.sentences.push(own);
        }
        all.figures.push(Statement {
            figure: figure.clone(),
            anchor: report.source.anchor(figure.span),
            text: figure.span.of(text).unwrap_or_default().to_owned(),
            section: all.sections.len() - 1,
            paragraph: paragraph.number,
            block: paragraph.kind,
            sentence: all.sentences.len() - 1,
        });
    }
    (!all.figures.is_empty()).then_some(all)
}
