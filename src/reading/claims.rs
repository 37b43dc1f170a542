//! A document laid open for the readers, and what they claim of its numerals.

use std::{
    cell::{Cell, OnceCell},
    collections::BTreeMap,
};

use regex::{Captures, Match};

use super::{
    FigureStatus, Names, Paragraph, Section,
    entry::Entry,
    grammar::Grammar,
    numeral::{Numeral, Sort},
};
use crate::source::{Decimal, Span};

/// Told how far a work is, from 0 to 1; answers whether to go on.
pub struct Pace<'a> {
    tell: &'a dyn Fn(f32) -> bool,
    steps: f64,
    done: Cell<f64>,
    stopped: Cell<bool>,
}

impl<'a> Pace<'a> {
    /// A work of so many steps.
    pub fn new(steps: usize, tell: &'a dyn Fn(f32) -> bool) -> Self {
        Self { tell, steps: steps.max(1) as f64, done: Cell::new(0.0), stopped: Cell::new(false) }
    }

    /// One more step is done. Whether to go on.
    pub fn step(&self) -> bool {
        self.done.set(self.done.get() + 1.0);
        self.within(0.0)
    }

    /// So much of the next step is done, from 0 to 1. Whether to go on.
    pub fn within(&self, part: f32) -> bool {
        if !(self.tell)(((self.done.get() + f64::from(part)) / self.steps).min(1.0) as f32) {
            self.stopped.set(true);
        }
        !self.stopped.get()
    }

    /// Whether it was asked to stop.
    pub fn is_stopped(&self) -> bool {
        self.stopped.get()
    }
}

/// A document laid open: everything the readers look at.
pub(super) struct Page<'a> {
    pub text: &'a str,
    pub grammar: &'a Grammar,
    pub sections: &'a [Section],
    pub paragraphs: &'a [Paragraph],
    /// By paragraph.
    pub numerals: Vec<Vec<Numeral>>,
    /// By paragraph; empty for headings and tables.
    pub sentences: Vec<Vec<Span>>,
    /// By paragraph, once they are asked for.
    pub lines: Vec<OnceCell<Vec<Span>>>,
    pub names: Names,
    /// Lines with a label of their own, in order.
    pub entries: Vec<Entry>,
    /// Chambers that the document names as such, lower case.
    pub houses: Vec<String>,
    pub edition: Option<i32>,
    /// The country, where the document says it.
    pub country: String,
    pub pace: &'a Pace<'a>,
}

impl<'a> Page<'a> {
    /// The words of a span.
    pub fn words(&self, span: Span) -> &'a str {
        span.of(self.text).unwrap_or_default()
    }

    /// The lines of a paragraph, trimmed, without blank ones.
    pub fn lines(&self, paragraph: usize) -> &[Span] {
        let (Some(known), Some(block)) = (self.lines.get(paragraph), self.paragraphs.get(paragraph)) else {
            return &[];
        };
        known.get_or_init(|| lines(self.text, block.span))
    }

    /// The readers have come to this paragraph; whether to go on.
    pub fn go_on(&self, paragraph: usize) -> bool {
        self.pace.within(paragraph as f32 / self.paragraphs.len().max(1) as f32)
    }

    /// The words of a span with every run of blanks, line ends included, as one space.
    pub fn plain(&self, span: Span) -> String {
        let words = self.words(span);
        let mut plain = String::with_capacity(words.len());
        for word in words.split_whitespace() {
            if !plain.is_empty() {
                plain.push(' ');
            }
            plain.push_str(word);
        }
        plain
    }

    /// Whether a sentence of a paragraph holds a number that dates nothing and that `fits`: most hold none, and no rule
    /// that asks for a number need be tried on them.
    pub fn holds(&self, paragraph: usize, sentence: Span, fits: impl Fn(&Numeral) -> bool) -> bool {
        let Some(numerals) = self.numerals.get(paragraph) else { return false };
        let at = numerals.partition_point(|numeral| numeral.number.end <= sentence.start);
        let here = numerals[at..].iter().take_while(|numeral| numeral.number.start < sentence.end);
        here.filter(|numeral| !numeral.is_date).any(fits)
    }

    /// The date, or the number that counts, of a paragraph whose number begins here; orders and parts are neither.
    pub fn numeral(&self, paragraph: usize, start: usize) -> Option<&Numeral> {
        let numerals = self.numerals.get(paragraph)?;
        let at = numerals.partition_point(|numeral| numeral.number.start < start);
        let plain = |numeral: &&Numeral| matches!(numeral.sort, Sort::Cardinal | Sort::Date);
        numerals.get(at).filter(|numeral| numeral.number.start == start).filter(plain)
    }
}

/// The lines of a block, trimmed, without blank ones.
pub(super) fn lines(text: &str, block: Span) -> Vec<Span> {
    let words = block.of(text).unwrap_or_default();
    let mut at = block.start;
    let mut lines = Vec::new();
    for line in words.split_inclusive(['\n', '\r']) {
        let start = at + (line.len() - line.trim_start().len());
        lines.push(Span::new(start, start + line.trim().len()));
        at += line.len();
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Whether a text ends in these words of ASCII, letter case and blanks behind them aside. It may be all that stands
/// before a number: only its end is looked at.
pub(super) fn ends_in(text: &str, words: &str) -> bool {
    let text = text.trim_end();
    let end = text.len().checked_sub(words.len()).and_then(|from| text.get(from..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(words))
}

/// How one numeral was read.
#[derive(Clone, Debug, Default)]
pub(super) struct Claim {
    pub kind: &'static str,
    pub unit: &'static str,
    pub subject: String,
    pub period: String,
    pub detail: Vec<(String, String)>,
    pub support: Vec<(&'static str, Span)>,
    /// For words that deny: their bytes and their value.
    pub denial: Option<(Span, Decimal)>,
    pub status: Option<FigureStatus>,
    /// The bytes with the unit, where a unit stands beside the number that its own signs do not say.
    pub span: Option<Span>,
}

impl Claim {
    pub fn new(kind: &'static str, unit: &'static str, subject: impl Into<String>) -> Self {
        Self { kind, unit, subject: subject.into(), ..Self::default() }
    }

    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        if !value.is_empty() {
            self.detail.push((key.to_owned(), value));
        }
        self
    }

    /// The value of a detail.
    pub fn of(&self, key: &str) -> Option<&str> {
        self.detail.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    pub fn dated(mut self, period: &Period) -> Self {
        self.period.clone_from(&period.value);
        self.support.extend(period.span.map(|span| ("date", span)));
        if period.from_context { self.with("period_from", "context") } else { self }
    }
}

/// When something holds, and where that is said.
#[derive(Clone, Debug, Default)]
pub(super) struct Period {
    pub value: String,
    pub span: Option<Span>,
    pub from_context: bool,
}

impl Period {
    /// What a date says.
    pub fn of(date: &Numeral, from_context: bool) -> Self {
        Self { value: date.period.clone().unwrap_or_default(), span: Some(date.span), from_context }
    }
}

/// Claims by where the number begins; the first one stands.
#[derive(Default)]
pub(super) struct Claims {
    by_start: BTreeMap<usize, (usize, Claim)>,
    /// The chamber that was first said to have so many seats.
    chambers: BTreeMap<Decimal, String>,
}

impl Claims {
    /// Makes a claim of a numeral of a paragraph, unless another stands.
    pub fn make(&mut self, paragraph: usize, start: usize, claim: Claim) -> bool {
        let free = !self.has(start);
        if free {
            self.by_start.insert(start, (paragraph, claim));
        }
        free
    }

    /// Remembers how many seats a chamber has.
    pub fn note_chamber(&mut self, size: Decimal, name: String) {
        self.chambers.entry(size).or_insert(name);
    }

    /// The chamber that the document says has this many seats.
    pub fn chamber_of_size(&self, size: Decimal) -> Option<String> {
        self.chambers.get(&size).cloned()
    }

    pub fn has(&self, start: usize) -> bool {
        self.by_start.contains_key(&start)
    }

    pub fn get(&self, start: usize) -> Option<&Claim> {
        self.by_start.get(&start).map(|(_, claim)| claim)
    }

    /// Those that begin within a span, in order.
    pub fn within(&self, span: Span) -> impl DoubleEndedIterator<Item = (usize, &Claim)> {
        self.by_start.range(span.start..span.end).map(|(start, (_, claim))| (*start, claim))
    }

    /// All, in the order of the text, with their paragraphs.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (usize, usize, &Claim)> {
        self.by_start.iter().map(|(start, (paragraph, claim))| (*start, *paragraph, claim))
    }
}

/// A match inside a sentence, with places counted in the whole text.
pub(super) struct Found<'t> {
    captures: Captures<'t>,
    offset: usize,
}

impl<'t> Found<'t> {
    pub fn new(captures: Captures<'t>, offset: usize) -> Self {
        Self { captures, offset }
    }

    /// The whole match.
    pub fn span(&self) -> Span {
        self.captures.get(0).map_or(Span::new(self.offset, self.offset), |all| self.place(all))
    }

    /// A named group.
    pub fn group(&self, name: &str) -> Option<Span> {
        self.captures.name(name).map(|group| self.place(group))
    }

    fn place(&self, group: Match) -> Span {
        Span::new(group.start(), group.end()).shifted(self.offset)
    }
}
