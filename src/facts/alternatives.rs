//! Statements that say something else than what charts take, and the dataset with one of them in its place.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{Dataset, Election, Entry, ListResult, Tier, slug};
use crate::source::{Anchor, Cited, Decimal, Evidence, Working, evidence::combine};

/// A statement that differs from what charts take.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Stable key, made of what is stated: `prose-table-greens-blues-59`.
    pub key: String,
    /// What is stated: `seats`, `share of the vote`.
    pub noun: String,
    /// Whose: `Greens and Blues together`.
    pub whose: String,
    /// Whether what charts take stands in a table, and this in the text.
    pub of_table: bool,
    /// What charts take: one number, or the several that this one is the sum of.
    pub taken: Vec<Cited<Decimal>>,
    /// What this statement says.
    pub stated: Cited<Decimal>,
}

impl Alternative {
    /// Whether a place states what charts take.
    pub fn takes(&self, anchor: Anchor) -> bool {
        self.taken.iter().any(|taken| first(taken) == Some(anchor))
    }

    /// Whether a place makes this statement.
    pub fn states(&self, anchor: Anchor) -> bool {
        self.stated.evidence.pieces.iter().any(|piece| piece.anchor == anchor)
    }

    /// What charts take, as one number with its sum: `42 + 11 + 4 = 57`.
    pub fn taken_words(&self) -> String {
        let sum: Decimal = self.taken.iter().map(|taken| taken.value).sum();
        let parts: Vec<String> = self.taken.iter().map(|taken| taken.value.to_string()).collect();
        if parts.len() > 1 { format!("{} = {sum}", parts.join(" + ")) } else { sum.to_string() }
    }
}

/// The dataset in which these statements stand for what charts would take; the same where none of them is known.
pub fn applied<'d>(dataset: &'d Dataset, uses: &BTreeSet<String>) -> Cow<'d, Dataset> {
    let chosen: Vec<&Alternative> = dataset.alternatives.iter().filter(|one| uses.contains(&one.key)).collect();
    if chosen.is_empty() {
        return Cow::Borrowed(dataset);
    }
    // Charts are drawn of the views; the long flat list is of no use to them.
    let mut changed = Dataset {
        facts: Vec::new(),
        diagnostics: Vec::new(),
        ratings: dataset.ratings.clone(),
        editions: dataset.editions.clone(),
        elections: dataset.elections.clone(),
        compositions: dataset.compositions.clone(),
        statements: dataset.statements.clone(),
        alternatives: dataset.alternatives.clone(),
        locators: dataset.locators.clone(),
    };
    for one in chosen {
        match one.taken.as_slice() {
            [taken] => replace(&mut changed, taken, &one.stated),
            _ => changed.elections.iter_mut().for_each(|election| merge(election, one)),
        }
    }
    Cow::Owned(changed)
}

fn first(cited: &Cited<Decimal>) -> Option<Anchor> {
    Some(cited.evidence.pieces.first()?.anchor)
}

/// One number for another, wherever it is taken: as it stands, or as a part of a sum.
fn replace(dataset: &mut Dataset, taken: &Cited<Decimal>, stated: &Cited<Decimal>) {
    let Some(anchor) = first(taken) else { return };
    for election in &mut dataset.elections {
        for list in &mut election.lists {
            let entries = list.seats.values_mut().chain([&mut list.vote_share, &mut list.votes]);
            for entry in entries {
                if let Entry::Known(cited) = entry {
                    put(cited, anchor, stated);
                }
            }
        }
        election.totals.values_mut().for_each(|total| put(total, anchor, stated));
    }
    for composition in &mut dataset.compositions {
        composition.shares.iter_mut().for_each(|share| put(&mut share.share, anchor, stated));
    }
}

fn put(cited: &mut Cited<Decimal>, anchor: Anchor, stated: &Cited<Decimal>) {
    if !cited.evidence.is_derived() {
        if first(cited) == Some(anchor) {
            *cited = stated.clone();
        }
        return;
    }
    let Some(other) = stated.evidence.pieces.first() else { return };
    let mut evidence = cited.evidence.clone();
    for piece in evidence.pieces.iter_mut().filter(|piece| piece.anchor == anchor) {
        *piece = other.clone();
    }
    if evidence != cited.evidence
        && let Some(value) = evidence.compute()
    {
        *cited = Cited::new(value, evidence);
    }
}

/// Several lists as one, with what is stated of them together.
fn merge(election: &mut Election, one: &Alternative) {
    let tier_of = |list: &ListResult| {
        list.seats
            .iter()
            .find(|(_, entry)| entry.known().and_then(first).is_some_and(|at| one.takes(at)))
            .map(|(t, _)| *t)
    };
    let found: Vec<(usize, Tier)> =
        election.lists.iter().enumerate().filter_map(|(n, list)| Some((n, tier_of(list)?))).collect();
    let Some((at, tier)) = found.first().copied().filter(|_| found.len() == one.taken.len()) else { return };
    let parts: Vec<ListResult> = found.iter().map(|(n, _)| election.lists[*n].clone()).collect();
    let names: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
    let name = match names.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        all => all.concat(),
    };
    let mut seats: BTreeMap<Tier, Entry> = BTreeMap::new();
    for other in parts.iter().flat_map(|part| part.seats.keys().copied()).collect::<BTreeSet<Tier>>() {
        seats.insert(other, sum(&parts.iter().map(|part| part.seats.get(&other)).collect::<Vec<_>>()));
    }
    seats.insert(tier, Entry::Known(one.stated.clone()));
    let merged = ListResult {
        key: slug(&name),
        name,
        aliases: Vec::new(),
        vote_share: sum(&parts.iter().map(|part| Some(&part.vote_share)).collect::<Vec<_>>()),
        votes: sum(&parts.iter().map(|part| Some(&part.votes)).collect::<Vec<_>>()),
        seats,
    };
    let mut n = 0;
    election.lists.retain(|_| {
        n += 1;
        !found.iter().any(|(gone, _)| *gone == n - 1)
    });
    election.lists.insert(at.min(election.lists.len()), merged);
}

/// The sum, where all are known; what is said to be none where all are.
fn sum(entries: &[Option<&Entry>]) -> Entry {
    let known: Vec<&Cited<Decimal>> = entries.iter().filter_map(|entry| entry.and_then(Entry::known)).collect();
    if known.len() == entries.len() {
        return combine(&known, Working::Sum).map_or(Entry::NotStated, Entry::Known);
    }
    let none = |entry: &Option<&Entry>| match entry {
        Some(Entry::NotApplicable(evidence)) => Some(evidence.clone()),
        _ => None,
    };
    let absent: Vec<Evidence> = entries.iter().filter_map(none).collect();
    match absent.first() {
        Some(first) if absent.len() == entries.len() => Entry::NotApplicable(first.clone()),
        _ => Entry::NotStated,
    }
}
