//! Seats that the text states and the table does not: what a chart of the table sets aside. From the facts alone.

use crate::{
    facts::{Dataset, Election, Entry, Fact, ListResult, Status, Tier},
    source::{Decimal, Evidence},
};

/// A number of seats in the text that is not the table's.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// Whose: lists of the election.
    pub lists: Vec<String>,
    /// What the text says.
    pub stated: Decimal,
    /// What the table says, or its cells add up to.
    pub table: Decimal,
    /// Where the text says it.
    pub evidence: Evidence,
}

/// What the text says of the seats of an election against its table; each pair of numbers once.
pub fn set_aside(dataset: &Dataset, election: &Election) -> Vec<Aside> {
    if !is_of_a_table(dataset, election) {
        return Vec::new();
    }
    let mut found: Vec<Aside> = Vec::new();
    let facts = dataset.facts.iter().filter(|fact| Some(fact.anchor.source) == election.origin.source);
    for fact in facts.filter(|fact| is_told(fact) && super::ground::compatible(&fact.period, &election.period)) {
        let Some(aside) = against(fact, election) else { continue };
        match found.iter_mut().find(|one| one.lists == aside.lists && one.stated == aside.stated) {
            Some(one) => one.evidence.pieces.extend(aside.evidence.pieces),
            None => found.push(aside),
        }
    }
    found
}

/// Whether the seats of an election stand in a table of a text, not in its sentences.
fn is_of_a_table(dataset: &Dataset, election: &Election) -> bool {
    let anchor = |list: &ListResult| list.seats(Tier::Total)?.evidence.pieces.first().map(|piece| piece.anchor);
    let Some(first) = election.lists.iter().find_map(anchor) else { return false };
    let in_table = |fact: &&Fact| fact.detail.iter().any(|(key, value)| key == "in" && value == "table");
    dataset.facts.iter().filter(in_table).any(|fact| fact.anchor == first)
}

/// Whether the fact is a number of seats that a sentence gives to lists.
fn is_told(fact: &Fact) -> bool {
    let about_else = ["in", "role", "each"].iter().any(|other| fact.detail.iter().any(|(key, _)| key == other));
    fact.kind == "seats" && fact.status == Status::Stated && fact.value_max.is_none() && !about_else
}

fn against(fact: &Fact, election: &Election) -> Option<Aside> {
    let stated = fact.value?;
    let is = |list: &&ListResult, name: &str| {
        std::iter::once(&list.name).chain(&list.aliases).any(|known| known.eq_ignore_ascii_case(name))
    };
    let list_of = |name: &str| election.lists.iter().find(|list| is(list, name));
    let lists: Vec<&ListResult> = fact.subject.split(" + ").map(list_of).collect::<Option<_>>()?;
    let tier = Tier::from_id(&fact.tier).unwrap_or(Tier::Total);
    let cells: Vec<Decimal> =
        lists.iter().map(|list| list.seats(tier).map(|seats| seats.value)).collect::<Option<_>>()?;
    let table = cells.iter().try_fold(Decimal::ZERO, |all, one| all.checked_add(*one))?;
    // A sentence may mean one tier without saying so.
    let of_a_tier = |list: &ListResult| list.seats.values().filter_map(Entry::known).any(|one| one.value == stated);
    if table == stated || (lists.len() == 1 && of_a_tier(lists[0])) {
        return None;
    }
    let lists = lists.iter().map(|list| list.name.clone()).collect();
    Some(Aside { lists, stated, table, evidence: Evidence::stated(fact.anchor, "seats", stated) })
}
