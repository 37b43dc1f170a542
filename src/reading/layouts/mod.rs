//! Layouts that are no sentences: scores on lines of their own, tables of scores, labelled lists, lists of results.

mod lines;
mod ratings_table;
mod results;
mod shares;

use super::{
    ElectionTable, Figure,
    claims::{Claims, Page, Period, lines},
    grammar_file::{KINDS, UNITS},
    names::clean,
    numeral::Numeral,
};
use crate::{
    error::Diagnostic,
    source::{Source, Span},
};

/// What the layouts of a document gave, besides claims.
#[derive(Default)]
pub(super) struct Layouts {
    /// Blocks that were read as a table.
    pub blocks: Vec<Span>,
    /// Lists of results.
    pub results: Vec<ElectionTable>,
    /// What was odd.
    pub odd: Vec<Odd>,
}

/// Something odd in a layout.
pub(super) struct Odd {
    span: Span,
    /// Whether something was left out.
    left_out: bool,
    what: String,
    hint: &'static str,
}

impl Odd {
    fn left_out(span: Span, what: impl Into<String>, hint: &'static str) -> Self {
        Self { span, left_out: true, what: what.into(), hint }
    }

    fn note(span: Span, what: impl Into<String>, hint: &'static str) -> Self {
        Self { span, left_out: false, what: what.into(), hint }
    }

    /// As it is reported.
    pub fn diagnostic(self, source: &Source) -> Diagnostic {
        let make = if self.left_out { Diagnostic::warning } else { Diagnostic::note };
        make(Some(source.anchor(self.span)), self.what, self.hint.to_owned())
    }
}

/// Reads every layout that the grammar has rules for.
pub(super) fn read(page: &mut Page, claims: &mut Claims, absent: &mut Vec<Figure>) -> Layouts {
    let mut layouts = Layouts::default();
    ratings_table::read(page, claims, absent, &mut layouts);
    lines::scores(page, claims, &mut layouts);
    page.entries = lines::entries(page);
    lines::labels(page, claims);
    lines::labelled(page, claims);
    lines::figures(page, claims);
    shares::read(page, claims, &mut layouts);
    results::read(page, claims, &mut layouts);
    layouts
}

/// The date that stands in a span of a paragraph.
fn date_in(numerals: &[Numeral], span: Span) -> Option<Period> {
    numerals.iter().find(|numeral| numeral.is_date && numeral.span.overlaps(span)).map(|date| Period::of(date, false))
}

/// One of the words that a setting may be, as claims keep it.
fn one_of(known: &[&'static str], word: Option<&String>) -> Option<&'static str> {
    known.iter().find(|known| word.is_some_and(|word| word == *known)).copied()
}

/// Names that may open a list's member in lower case: what is left, and who belongs to none.
const RESIDUAL: &[&str] = &[
    "other",
    "others",
    "unspecified",
    "unknown",
    "mixed",
    "none",
    "unaffiliated",
    "independent",
    "independents",
    "independent candidates",
    "non-party",
    "nonpartisan",
    "no answer",
    "not stated",
    "vacant",
];

/// Whether a list's member has a name that one can have, without words that bound or doubt its number.
fn is_member(name: &str) -> bool {
    const MOST: usize = 80;
    const DOUBTS: &[&str] =
        &["than", "about", "approximately", "nearly", "almost", "over", "under", "roughly", "least", "most", "up to"];
    let name = clean(name);
    let lower = name.to_lowercase();
    let named = name.starts_with(|c: char| c.is_uppercase() || c == '"' || c == '“') || name.starts_with("al-");
    let residual = RESIDUAL.iter().any(|word| lower == *word) || lower.starts_with("other ");
    let doubted = lower.split(|c: char| !c.is_alphabetic()).any(|word| DOUBTS.contains(&word));
    (named || residual) && !doubted && name.chars().count() <= MOST
}

/// Whether a member is what is left over, not a group or party of its own.
fn is_rest(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["other", "others", "unspecified", "unknown", "not stated", "no answer", "vacant"].contains(&lower.as_str())
        || lower.starts_with("other ")
}

/// Where a list goes on behind a member: past the comma, the semicolon or the `and`; `None` where it ends.
fn next_member(words: &str) -> Option<usize> {
    let trimmed = words.trim_start();
    let rest = match trimmed.strip_prefix(',') {
        Some(rest) => rest.trim_start().strip_prefix("and ").unwrap_or(rest),
        None => trimmed.strip_prefix("and ")?,
    };
    let rest = rest.trim_start();
    (!rest.is_empty()).then(|| words.len() - rest.len())
}
