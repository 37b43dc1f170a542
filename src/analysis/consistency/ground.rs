//! What every rule looks at: a source's facts by kind and paragraph, and numbers as the source writes them.

use std::{cell::OnceCell, collections::BTreeMap};

use super::{Finding, Verdict};
use crate::{
    facts::Dataset,
    reading::{Figure, FigureStatus, Form, Reading, sentences},
    source::{Anchor, Cited, Decimal, Evidence, Source, Span},
};

/// A source with its facts, found by kind.
pub(super) struct Ground<'a> {
    pub source: &'a Source,
    pub reading: Option<&'a Reading>,
    pub dataset: &'a Dataset,
    by_kind: BTreeMap<&'a str, Vec<&'a Figure>>,
    /// The sentences of each paragraph, found when first asked for.
    sentences: Vec<OnceCell<Vec<Span>>>,
}

impl<'a> Ground<'a> {
    pub fn new(source: &'a Source, reading: Option<&'a Reading>, dataset: &'a Dataset) -> Self {
        let mut by_kind: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
        for figure in reading.iter().flat_map(|reading| &reading.figures) {
            if figure.status == FigureStatus::Fact && figure.value.is_some() {
                by_kind.entry(figure.kind.as_str()).or_default().push(figure);
            }
        }
        let sentences = vec![OnceCell::new(); reading.map_or(0, |reading| reading.paragraphs.len())];
        Self { source, reading, dataset, by_kind, sentences }
    }

    /// The facts of a kind, in the order of the text.
    pub fn kind(&self, kind: &str) -> &[&'a Figure] {
        self.by_kind.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The facts of a kind by paragraph.
    pub fn by_paragraph(&self, kind: &str) -> Vec<&[&'a Figure]> {
        self.kind(kind).chunk_by(|a, b| a.paragraph == b.paragraph).collect()
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &'a str {
        span.of(&self.source.text).unwrap_or_default()
    }

    /// The sentence of a figure.
    pub fn sentence(&self, figure: &Figure) -> Span {
        let block = self.reading.and_then(|reading| reading.paragraphs.get(figure.paragraph)).map(|block| block.span);
        let (Some(block), Some(kept)) = (block, self.sentences.get(figure.paragraph)) else { return figure.span };
        let all = kept.get_or_init(|| sentences(self.words(block), block.start));
        let after = all.partition_point(|sentence| sentence.start <= figure.numeral.start);
        let last = after.checked_sub(1).and_then(|n| all.get(n));
        last.copied().filter(|sentence| sentence.contains(figure.numeral)).unwrap_or(block)
    }

    /// All that was read of the numbers of a stretch of text, in the order of the text.
    pub fn figures(&self, within: Span) -> &'a [Figure] {
        let all = self.reading.map_or(&[][..], |reading| reading.figures.as_slice());
        let from = all.partition_point(|figure| figure.span.start < within.start);
        let to = all.partition_point(|figure| figure.span.start < within.end);
        all.get(from..to).unwrap_or_default()
    }

    /// Where the numbers stand that charts of elections and groups are made of.
    pub fn drawn(&self) -> Vec<Anchor> {
        let dataset = self.dataset;
        let lists = dataset.elections.iter().flat_map(|election| &election.lists);
        let of_lists = lists.flat_map(|list| list.seats.values().chain([&list.vote_share, &list.votes]));
        let shares = dataset.compositions.iter().flat_map(|composition| &composition.shares).map(|share| &share.share);
        let all = of_lists.filter_map(|entry| entry.known()).chain(shares);
        all.filter_map(|cited| Some(cited.evidence.pieces.first()?.anchor)).collect()
    }

    /// Whether two names are one.
    pub fn same(&self, a: &str, b: &str) -> bool {
        a.eq_ignore_ascii_case(b) || self.reading.is_some_and(|reading| reading.names.same(a, b))
    }

    /// A figure as an operand.
    pub fn term(&self, figure: &Figure) -> Term {
        let value = figure.value.unwrap_or_default();
        let words = self.words(figure.numeral);
        let digits: String = words.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
        let digits = digits.trim_end_matches(['.', ',']);
        let digits =
            if figure.form == Form::Digits && !digits.is_empty() { digits.to_owned() } else { value.to_string() };
        Term { text: digits, value, anchor: self.source.anchor(figure.span) }
    }
}

/// A number as the source writes it, and where.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Term {
    pub text: String,
    pub value: Decimal,
    pub anchor: Anchor,
}

impl Term {
    /// A number of a dataset that a place states; `None` where it is computed.
    pub fn stated(cited: &Cited<Decimal>) -> Option<Term> {
        let piece = cited.evidence.pieces.first().filter(|_| !cited.evidence.is_derived())?;
        Some(Term { text: cited.value.to_string(), value: cited.value, anchor: piece.anchor })
    }
}

impl Term {
    /// The number as charts take it.
    pub fn cited(&self, role: &str) -> Cited<Decimal> {
        Cited::new(self.value, Evidence::stated(self.anchor, role, self.value))
    }
}

/// The sum of terms; `None` past what a decimal holds.
pub(super) fn sum(terms: &[Term]) -> Option<Decimal> {
    terms.iter().try_fold(Decimal::ZERO, |all, term| all.checked_add(term.value))
}

/// `42 + 11 + 4`.
pub(super) fn plus(terms: &[Term]) -> String {
    terms.iter().map(|term| term.text.as_str()).collect::<Vec<_>>().join(" + ")
}

/// The places of terms.
pub(super) fn anchors(terms: &[Term]) -> Vec<Anchor> {
    terms.iter().map(|term| term.anchor).collect()
}

/// How far a sum of numbers that were rounded for themselves may be off: half a unit of the last digit each.
pub(super) fn rounding(terms: &[Term]) -> Decimal {
    terms.iter().map(half_unit).sum()
}

/// Half a unit of a number's last digit.
pub(super) fn half_unit(term: &Term) -> Decimal {
    Decimal::new(5, term.value.scale().min(27) + 1)
}

/// Whether two periods can be one: one is the other, only more precise, or one is not stated.
pub(super) fn compatible(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    a.get(..shorter) == b.get(..shorter)
}

/// Whether a number is written with a comma between its thousands.
fn separator(text: &str) -> bool {
    text.len() > 4 && text.contains(',')
}

/// A computed number in the manner of those it is computed from: `1,696` where one of them is `1,477`.
pub(super) fn in_manner_of(terms: &[Term], value: Decimal) -> String {
    let text = plain(value);
    if !terms.iter().any(|term| separator(&term.text)) {
        return text;
    }
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let digits = whole.len();
    let mut grouped = String::new();
    for (n, digit) in whole.chars().enumerate() {
        if n > 0 && (digits - n).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    rest.map_or(grouped.clone(), |rest| format!("{grouped}.{rest}"))
}

/// A number without needless zeros at its end.
pub(super) fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// `Reds, Blues and Greens`.
pub(super) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// A finding without a reading that reconciles.
pub(super) fn finding(
    rule: &'static str,
    verdict: Verdict,
    statement: String,
    arithmetic: String,
    places: Vec<Anchor>,
) -> Finding {
    Finding { rule, verdict, statement, arithmetic, places, reconciled: None, other: None }
}

/// A detail that says that a number is not exact.
pub(super) fn is_about(figure: &Figure) -> bool {
    figure.detail("approx").is_some_and(|words| !matches!(words, "the" | "a" | "only" | "just" | "exactly"))
}
