//! The same thing stated twice.

use std::collections::BTreeMap;

use super::{
    Finding, Verdict,
    ground::{Ground, Term, anchors, compatible, finding, half_unit, is_about},
    whose::is_joint,
};
use crate::{
    facts::{Alternative, Tier, slug},
    reading::Figure,
    source::{Anchor, Decimal, Span},
};

/// Kinds of which a subject has one value at a time.
const KINDS: &[(&str, &str)] = &[
    ("rating", "rating"),
    ("score", "score"),
    ("rank", "rank"),
    ("seats", "number of seats"),
    ("vote_share", "share of the vote"),
    ("population_share", "share of the population"),
];

/// What is stated of one subject at one date, against itself.
pub(super) fn stated(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    for (kind, name) in KINDS {
        let mut same: BTreeMap<(String, &str, &str, String), Vec<&Figure>> = BTreeMap::new();
        let figures = ground.kind(kind);
        let sure =
            |n: &usize| comparable(figures[*n]) && !is_in_range(ground, figures, *n) && !is_joint(ground, figures[*n]);
        for figure in (0..figures.len()).filter(sure).map(|n| figures[n]) {
            let of = figure.detail("of").filter(|_| *kind != "rank").unwrap_or_default().to_owned();
            let key =
                (figure.subject.to_lowercase(), figure.period.as_str(), figure.detail("tier").unwrap_or_default(), of);
            same.entry(key).or_default().push(figure);
        }
        found.extend(same.into_values().filter_map(|figures| differ(ground, name, &figures)));
    }
    found
}

/// Whether a value is one end of a range: `the 12th to 15th place`.
fn is_in_range(ground: &Ground, figures: &[&Figure], n: usize) -> bool {
    let to_next = |n: usize| {
        let (Some(a), Some(b)) = (figures.get(n), figures.get(n + 1)) else { return false };
        let between = ground.words(Span::new(a.span.end, b.span.start)).trim();
        let a_range = matches!(between, "to" | "-" | "–" | "—" | "through" | "or" | "/");
        a.paragraph == b.paragraph && (a_range || between == "and" && is_between(ground, a))
    };
    to_next(n) || n.checked_sub(1).is_some_and(to_next)
}

/// `between the 12th and 15th place`.
fn is_between(ground: &Ground, figure: &Figure) -> bool {
    let sentence = ground.sentence(figure);
    let before = ground.words(Span::new(sentence.start, figure.span.start));
    before.split_whitespace().rev().take(2).any(|word| word == "between")
}

/// A value of one named subject at a stated date, not one of a table and not one of several together.
fn comparable(figure: &Figure) -> bool {
    let plain = ["role", "in", "together", "each", "contains", "when"].iter().all(|key| figure.detail(key).is_none());
    let whole = figure.value_max.is_none() && !figure.period.is_empty() && !figure.subject.is_empty();
    let dated = figure.detail("period_from").is_none_or(|from| from == "edition");
    plain && whole && (dated || figure.kind == "seats")
}

fn differ(ground: &Ground, name: &str, figures: &[&Figure]) -> Option<Finding> {
    let first = figures.first()?;
    let own = ground.term(first);
    let other = figures.iter().find(|figure| !alike(&own, &ground.term(figure)))?;
    let about = figures.iter().any(|figure| is_about(figure));
    let verdict = if about { Verdict::Tension } else { Verdict::Contradiction };
    let terms: Vec<Term> = figures.iter().map(|figure| ground.term(figure)).collect();
    let statement = format!("The {name} of {} in {} is stated twice, and differs", first.subject, first.period);
    let arithmetic = format!("{} ≠ {}", own.text, ground.term(other).text);
    let mut one = finding("stated-twice", verdict, statement, arithmetic, anchors(&terms));
    one.other = other_of(ground, name, first, &terms);
    Some(one)
}

/// The first statement that differs from the one that charts take.
fn other_of(ground: &Ground, name: &str, of: &Figure, terms: &[Term]) -> Option<Alternative> {
    let drawn: Vec<Anchor> = ground.drawn();
    let own = terms.iter().find(|term| drawn.contains(&term.anchor)).cloned();
    let taken = own.or_else(|| drawn_of(ground, of))?;
    let other = terms.iter().find(|term| !alike(&taken, term))?;
    let role = if of.kind == "seats" { "seats" } else { "share" };
    Some(Alternative {
        key: slug(&format!("stated twice {} {} {} {}", of.kind, of.subject, of.period, other.value)),
        noun: name.to_owned(),
        whose: of.subject.clone(),
        of_table: false,
        taken: vec![taken.cited(role)],
        stated: other.cited(role),
    })
}

/// What charts take of a list, where that stands in another place than those that are compared.
fn drawn_of(ground: &Ground, of: &Figure) -> Option<Term> {
    let elections = ground.dataset.elections.iter().filter(|one| compatible(&one.period, &of.period));
    let mut lists = elections.flat_map(|one| &one.lists).filter(|list| ground.same(&list.name, &of.subject));
    let list = lists.next()?;
    match of.kind.as_str() {
        "vote_share" => list.vote_share.known().and_then(Term::stated),
        "seats" => list.seats(of.detail("tier").and_then(Tier::from_id).unwrap_or(Tier::Total)).and_then(Term::stated),
        _ => None,
    }
}

/// Whether two numbers can be one, the less exact rounded.
fn alike(a: &Term, b: &Term) -> bool {
    (a.value - b.value).abs()
        <= if a.value.scale() == b.value.scale() { Decimal::ZERO } else { half_unit(a).max(half_unit(b)) }
}
