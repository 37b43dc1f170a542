//! The same thing stated twice.

use std::collections::BTreeMap;

use super::{
    Finding, Verdict,
    ground::{Ground, Term, anchors, finding, half_unit, is_about},
};
use crate::{reading::Figure, source::Decimal};

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
        for figure in ground.kind(kind).iter().copied().filter(|figure| comparable(figure)) {
            let of = figure.detail("of").filter(|_| *kind != "rank").unwrap_or_default().to_owned();
            let key =
                (figure.subject.to_lowercase(), figure.period.as_str(), figure.detail("tier").unwrap_or_default(), of);
            same.entry(key).or_default().push(figure);
        }
        found.extend(same.into_values().filter_map(|figures| differ(ground, name, &figures)));
    }
    found
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
    Some(finding("stated-twice", verdict, statement, arithmetic, anchors(&terms)))
}

/// Whether two numbers can be one, the less exact rounded.
fn alike(a: &Term, b: &Term) -> bool {
    (a.value - b.value).abs()
        <= if a.value.scale() == b.value.scale() { Decimal::ZERO } else { half_unit(a).max(half_unit(b)) }
}
