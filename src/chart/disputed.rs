//! Where statements disagree: which of them a chart draws, and the note that says so.

use std::collections::BTreeSet;

use super::{Chart, ChartSpec, draw, kind, number, words};
use crate::{
    facts::{Alternative, Dataset},
    source::Anchor,
};

/// A number of a chart of which something else is stated too.
#[derive(Clone, Debug, PartialEq)]
pub struct Disputed {
    /// The key of the other statement.
    pub key: String,
    /// The chart's note on it.
    pub note: String,
    /// Whether the other statement is the one that is drawn.
    pub used: bool,
    /// Whether the chart can be drawn of the one that it does not draw now.
    pub can_change: bool,
    /// Where what is drawn is stated.
    pub drawn: Vec<Anchor>,
}

/// Every number of a chart of which something else is stated too.
pub fn of(dataset: &Dataset, spec: &ChartSpec, chart: &Chart) -> Vec<Disputed> {
    if kind(&spec.chart).is_none_or(|kind| kind.maps) {
        return Vec::new();
    }
    let shown = anchors(chart);
    let one = |other: &Alternative| {
        let used = spec.uses.contains(&other.key);
        let is_drawn = |at: &&Anchor| if used { other.states(**at) } else { other.takes(**at) };
        let drawn: Vec<Anchor> = shown.iter().filter(is_drawn).copied().collect();
        if drawn.is_empty() {
            return None;
        }
        let can_change = used || shows(dataset, &with(spec, &other.key), other);
        let note = note(dataset, other, used, can_change);
        Some(Disputed { key: other.key.clone(), note, used, can_change, drawn })
    };
    dataset.alternatives.iter().filter_map(one).collect()
}

/// Of these statements the ones that a chart draws where it is told to; a chart that has none of them is as it was.
pub fn that_matter(dataset: &Dataset, spec: &ChartSpec, uses: &BTreeSet<String>) -> BTreeSet<String> {
    let known = |key: &&String| {
        dataset.alternatives.iter().any(|one| one.key == **key && shows(dataset, &with(spec, key), one))
    };
    let some: BTreeSet<String> = uses.iter().filter(known).cloned().collect();
    // Each for itself can be drawn; together they may contradict one another.
    let all = ChartSpec { uses: some.clone(), ..spec.clone() };
    if draw(dataset, &all).is_some() { some } else { some.into_iter().take(1).collect() }
}

fn with(spec: &ChartSpec, key: &str) -> ChartSpec {
    let mut spec = spec.clone();
    spec.uses.insert(key.to_owned());
    spec
}

/// Whether a chart draws a statement.
fn shows(dataset: &Dataset, spec: &ChartSpec, other: &Alternative) -> bool {
    let maps = kind(&spec.chart).is_none_or(|kind| kind.maps);
    !maps && draw(dataset, spec).is_some_and(|chart| anchors(&chart).iter().any(|at| other.states(*at)))
}

fn anchors(chart: &Chart) -> BTreeSet<Anchor> {
    chart.marks.iter().flat_map(|mark| &mark.evidence.pieces).map(|piece| piece.anchor).collect()
}

fn note(dataset: &Dataset, other: &Alternative, used: bool, can_change: bool) -> String {
    let (noun, whose) = (&other.noun, &other.whose);
    let (stated, taken) = (number::stated(other.stated.value), other.taken_words());
    let at = words::places(dataset, [&other.stated.evidence]);
    let at = if at.is_empty() { at } else { format!(" ({at})") };
    let cannot = if can_change { "" } else { " Of the other it cannot be drawn." };
    if other.of_table {
        let which = if used { "text" } else { "table" };
        return format!(
            "The text gives {whose} {stated} {noun}{at}, the table {taken}; the chart takes the {which}.{cannot}"
        );
    }
    let which = if used { &stated } else { &taken };
    format!("The {noun} of {whose} is stated as {taken} and as {stated}{at}; the chart takes {which}.{cannot}")
}
