//! The same votes under other rules, thresholds, sizes and systems, side by side with what happened.

use super::{Award, Choices, Contest, Note, Rule, System, apportion, system::words};
use crate::source::{Cited, Decimal};

/// What is tried.
#[derive(Clone, Debug)]
pub enum Alternative {
    /// The seats of the tier by another rule, size and choices.
    Rule {
        /// The rule.
        rule: &'static Rule,
        /// How many seats.
        house: u32,
        /// Threshold and the rest.
        choices: Choices,
    },
    /// A whole system.
    System(System),
}

/// What came out of one alternative.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What was tried, in words.
    pub label: String,
    /// The seats that come out; `None` where there is no result.
    pub house: Option<u32>,
    /// What is to be told: why there is no result, or what is odd about it.
    pub notes: Vec<String>,
}

/// What a list would have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// So many seats.
    Seats(u32),
    /// From so many to so many, as a tie may go.
    Tied(u32, u32),
    /// No result; the column's notes say why.
    Nothing,
    /// Its votes are not stated.
    NotStated,
}

/// One list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its key.
    pub key: String,
    /// Its name as the source writes it.
    pub name: String,
    /// Its votes, or percent of them, where stated.
    pub votes: Option<Cited<Decimal>>,
    /// The seats it has, where stated.
    pub happened: Option<Cited<Decimal>>,
    /// What it would have, by column.
    pub cells: Vec<Cell>,
}

/// Lists by alternatives. Every cell rests on the votes of all rows, since a list's seats depend on those of the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The alternatives.
    pub columns: Vec<Column>,
    /// The lists, in the source's order.
    pub rows: Vec<Row>,
    /// The votes that are not stated, percent.
    pub unstated_percent: Decimal,
}

impl Comparison {
    /// What every cell rests on: the votes of its own list first, then those of the others.
    pub fn operands(&self, row: usize) -> Vec<&Cited<Decimal>> {
        let own = self.rows.get(row).and_then(|row| row.votes.as_ref());
        let others = self.rows.iter().enumerate().filter(|(other, _)| *other != row);
        own.into_iter().chain(others.filter_map(|(_, row)| row.votes.as_ref())).collect()
    }
}

/// Sets alternatives beside what happened.
///
/// # Errors
/// Where a system names what there is not.
pub fn compare(contest: &Contest, alternatives: &[Alternative]) -> Result<Comparison, String> {
    let row = |list: &super::Contender| Row {
        key: list.key.clone(),
        name: list.name.clone(),
        votes: list.votes.clone(),
        happened: list.seats.clone(),
        cells: Vec::new(),
    };
    let mut rows: Vec<Row> = contest.lists.iter().map(row).collect();
    let mut columns = Vec::new();
    for alternative in alternatives {
        let (column, cells) = match alternative {
            Alternative::Rule { rule, house, choices } => by_rule(contest, rule, *house, choices),
            Alternative::System(system) => by_system(contest, system)?,
        };
        columns.push(column);
        rows.iter_mut().zip(cells).for_each(|(row, cell)| row.cells.push(cell));
    }
    Ok(Comparison { columns, rows, unstated_percent: contest.unstated_percent() })
}

fn by_rule(contest: &Contest, rule: &Rule, house: u32, choices: &Choices) -> (Column, Vec<Cell>) {
    let (votes, stated) = contest.votes();
    let award = apportion(rule, votes, house, choices);
    let cell = |place| cell(award.outcome.range(place));
    let cells: Vec<Cell> = (0..stated.len()).map(cell).collect();
    let mut label = format!("{}, {house} seats", rule.name);
    if choices.threshold > Decimal::ZERO {
        label.push_str(&format!(", {} % threshold", choices.threshold.normalize()));
    }
    let is_result = award.outcome.range(0).is_some();
    let notes = told(&award).into_iter().chain(contest.caveat(choices.threshold)).collect();
    (Column { label, house: is_result.then_some(house), notes }, contest.for_all_lists(&cells, Cell::NotStated))
}

/// What is to be told of an award.
pub fn told(award: &Award) -> Vec<String> {
    let outcome = words(&award.outcome);
    let outcome = (!outcome.is_empty()).then_some(outcome);
    outcome.into_iter().chain(award.notes.iter().map(Note::to_string)).collect()
}

fn by_system(contest: &Contest, system: &System) -> Result<(Column, Vec<Cell>), String> {
    let result = system.apply(contest)?;
    let none = if result.house.is_some() { Cell::NotStated } else { Cell::Nothing };
    let cells = result.seats.iter().map(|seats| seats.map_or(none, |seats| cell(Some(seats)))).collect();
    Ok((Column { label: system.name.clone(), house: result.house, notes: result.notes }, cells))
}

fn cell(range: Option<(u32, u32)>) -> Cell {
    match range {
        Some((least, most)) if least == most => Cell::Seats(least),
        Some((least, most)) => Cell::Tied(least, most),
        None => Cell::Nothing,
    }
}
