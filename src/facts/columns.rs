//! Columns of a table to facts: ratings, elections and shares of groups, by the names of the columns.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

use super::{
    Basis, Composition, Dataset, Dating, Election, Entry, Fact, GroupShare, ListResult, Origin, Status, Tier,
    aliases::{group_key, slug},
    shares::table_key,
};
use crate::{
    error::Diagnostic,
    format::is_absent,
    reading::{Families, Pace},
    source::{
        Anchor, Cited, Decimal, Evidence, Grid, Place, Source, Working,
        evidence::{combine, combine_two},
    },
};

const PARTY: &[&str] = &["party", "list", "party name english", "party name", "bloc", "alliance", "name of party"];
const VOTES: &[&str] = &["votes", "list votes", "votes cast", "vote count", "number of votes"];
const VOTE_SHARE: &[&str] = &[
    "vote share",
    "percent",
    "votes percent",
    "percent of votes",
    "percent of vote",
    "list vote share",
    "vote percent",
    "percent as published",
    "votes %",
    "vote %",
    "%",
];
const TIER_SEATS: &[(Tier, &[&str])] = &[
    (Tier::Total, &["seats", "total seats", "seats total", "all seats", "total seats both tiers after round2"]),
    (Tier::List, &["list seats", "party list seats", "proportional seats"]),
    (Tier::Smd, &["smd seats", "district seats", "constituency seats", "single mandate seats", "smd"]),
    (Tier::SmdRound1, &["smd seats round1", "smd round 1", "smd seats round 1"]),
    (Tier::SmdRound2, &["smd seats round2", "smd round 2", "smd seats round 2"]),
];
const CATEGORY: &[&str] = &["category", "indicator", "dimension"];
const SCORE: &[&str] = &["score", "rating", "value"];
const GROUP: &[&str] = &["group", "nationality", "ethnic group", "ethnicity"];
const SHARE: &[&str] = &["share", "percent", "population share", "%"];
pub(super) const YEAR: &[&str] = &["year", "rating year", "census", "date"];
pub(super) const EDITION: &[&str] = &["edition", "report edition"];
pub(super) const SERIES: &[&str] = &["series", "index", "report"];
const COUNTRY: &[&str] = &["country", "country name", "statename"];

/// The facts of a table. What no column name explains is reported, and gives no facts. `tell` hears how far it is, from
/// 0 to 1, and answers whether to go on; where it answers no, what is returned is not whole.
pub fn from_table(source: &Source, grids: &[Grid], families: &Families, tell: &dyn Fn(f32) -> bool) -> Dataset {
    let mut dataset = Dataset::default();
    let all: usize = grids.iter().map(|grid| grid.rows.len()).sum();
    let pace = Pace::new(all * ROUNDS, tell);
    for (number, grid) in grids.iter().enumerate() {
        let Some(header) = grid.rows.first() else { continue };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let table = Sheet::new((source, families), grid, number, header, &pace);
        let mut read = table.dataset();
        if pace.is_stopped() {
            break;
        }
        read.diagnostics.extend(table.misfits());
        dataset.extend(read);
    }
    dataset
}

/// Lower case, with single spaces for every other sign.
fn plain(head: &str) -> String {
    slug(head.trim_start_matches('\u{feff}')).replace('-', " ").trim().to_owned()
}

/// One table, with the names of its columns.
pub(super) struct Sheet<'a> {
    pub(super) source: &'a Source,
    grid: &'a Grid,
    pub(super) families: &'a Families,
    number: u32,
    heads: Vec<String>,
    /// The columns that date and place every row, looked up once.
    country: Option<usize>,
    year: Option<usize>,
    edition: Option<usize>,
    /// Cells that hold no value their column can have.
    odd: RefCell<BTreeSet<(usize, usize)>>,
    pace: &'a Pace<'a>,
    /// The row that was last told of.
    told: Cell<usize>,
}

/// How often every row is gone through, at most.
const ROUNDS: usize = 2;
/// A set of more ratings or shares than this is listed and not drawn: no chart could show it.
pub(super) const MOST_DRAWN: usize = 3_000;
/// An election of more lists than this is listed and not drawn.
const MOST_LISTS: usize = 200;

/// How many misfits are named one by one.
const NAMED_MISFITS: usize = 20;

/// Whether a column can hold this value: shares from 0 to 100, seats and votes whole, scores of any size but absurd.
fn may_be(role: &str, value: Decimal) -> bool {
    if role.starts_with("seats") || role.starts_with("votes") {
        value >= Decimal::ZERO && value.scale() == 0
    } else if role.ends_with("share") {
        (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value)
    } else {
        value.abs() < Decimal::from(1_000_000)
    }
}

impl<'a> Sheet<'a> {
    fn new(
        (source, families): (&'a Source, &'a Families),
        grid: &'a Grid,
        number: u32,
        header: &[String],
        pace: &'a Pace<'a>,
    ) -> Self {
        let heads: Vec<String> = header.iter().map(|head| plain(head)).collect();
        let found = |names| find(&heads, names);
        let (country, year, edition) = (found(COUNTRY), found(YEAR), found(EDITION));
        let (odd, told) = (RefCell::default(), Cell::new(0));
        Self { source, grid, families, number, heads, country, year, edition, odd, pace, told }
    }

    /// A row is gone through; whether to go on. Several cells of one row are one step.
    pub(super) fn go_on(&self, row: usize) -> bool {
        if self.told.replace(row) == row { !self.pace.is_stopped() } else { self.pace.step() }
    }

    /// Says of what there is too much for a chart.
    pub(super) fn too_many<'s>(&self, dataset: &mut Dataset, sets: impl Iterator<Item = (&'s str, usize)>, what: &str) {
        for (of, count) in sets.take(NAMED_MISFITS) {
            let of = if of.is_empty() { self.grid.name.as_str() } else { of };
            let message = format!("{count} {what} of `{of}` are too many for a chart");
            dataset.diagnostics.push(Diagnostic::warning(None, message, "they are listed as facts; split the table"));
        }
    }

    fn dataset(&self) -> Dataset {
        let find = |names: &[&str]| self.find(names);
        let years = self.year_columns();
        let mut dataset = if let Some(party) = find(PARTY) {
            self.elections(party)
        } else if let (Some(category), Some(score)) = (find(CATEGORY), find(SCORE)) {
            self.ratings_long(category, score)
        } else if let (Some(group), Some(share)) = (find(GROUP), find(SHARE)) {
            self.shares_long(group, share)
        } else if let (Some(category), false) = (find(CATEGORY), years.is_empty()) {
            self.ratings_wide(category, &years)
        } else if let (Some(group), false) = (find(GROUP), years.is_empty()) {
            self.shares_wide(group, &years)
        } else {
            let known =
                "`party` with `votes` or `vote_share` and `seats`, `category` with `score`, or `group` with `share`";
            let message = format!("no columns of {} are known", self.grid.name);
            let note = Diagnostic::warning(None, message, format!("name them {known}"));
            return Dataset { diagnostics: vec![note], ..Dataset::default() };
        };
        if dataset.facts.is_empty() {
            dataset.diagnostics.push(Diagnostic::note(
                None,
                "no figures were found",
                "check that the rows hold numbers",
            ));
        }
        dataset
    }

    pub(super) fn find(&self, names: &[&str]) -> Option<usize> {
        find(&self.heads, names)
    }

    fn year_columns(&self) -> Vec<(usize, i32)> {
        let year = |head: &String| (head.len() == 4).then(|| head.parse().ok()).flatten();
        self.heads.iter().enumerate().filter_map(|(i, head)| Some((i, year(head)?))).collect()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = usize> + Clone + use<> {
        1..self.grid.rows.len()
    }

    pub(super) fn cell(&self, row: usize, column: usize) -> &'a str {
        self.grid.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    pub(super) fn text(&self, row: usize, column: Option<usize>) -> &'a str {
        column.map(|column| self.cell(row, column)).unwrap_or_default()
    }

    pub(super) fn country(&self, row: usize) -> &'a str {
        self.text(row, self.country)
    }

    fn anchor(&self, row: usize, column: usize) -> Anchor {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let place = Place::Cell { table: self.number, row: count(row), column: count(column) };
        Anchor { source: self.source.id, place }
    }

    /// A cell as a value, as a word that says there is none, or as blank.
    pub(super) fn entry(&self, row: usize, column: Option<usize>, role: &str) -> Entry {
        let Some(column) = column else { return Entry::NotStated };
        let text = self.cell(row, column);
        if text.is_empty() {
            Entry::NotStated
        } else if is_absent(text) {
            Entry::NotApplicable(Evidence::not_applicable(self.anchor(row, column), role))
        } else if let Some(value) = parse_cell(text.trim_end_matches(['*', '†', '‡'])).filter(|v| may_be(role, *v))
        {
            Entry::Known(Cited::new(value, Evidence::stated(self.anchor(row, column), role, value)))
        } else {
            self.odd.borrow_mut().insert((row, column));
            Entry::NotStated
        }
    }

    /// The cells that should hold a value and hold none that can be.
    fn misfits(&self) -> Vec<Diagnostic> {
        let odd = self.odd.borrow();
        let one = |&(row, column): &(usize, usize)| {
            let message = format!("row {}: `{}` is no {}", row + 1, self.cell(row, column), self.heads[column]);
            Diagnostic::warning(Some(self.anchor(row, column)), message, "it is left out; mend the cell")
        };
        let mut found: Vec<Diagnostic> = odd.iter().take(NAMED_MISFITS).map(one).collect();
        if odd.len() > NAMED_MISFITS {
            let more = format!("{} more cells hold no value that fits their column", odd.len() - NAMED_MISFITS);
            found.push(Diagnostic::warning(None, more, "they are left out; check the columns"));
        }
        found
    }

    pub(super) fn origin(&self, country: &str, edition: &str) -> Origin {
        Origin {
            source: Some(self.source.id),
            file: self.source.name.clone(),
            series: String::new(),
            edition: edition.to_owned(),
            country: country.to_owned(),
        }
    }

    pub(super) fn fact(
        &self,
        kind: &str,
        unit: &str,
        subject: &str,
        place: (usize, usize),
        entry: &Entry,
    ) -> Option<Fact> {
        let (value, status) = match entry {
            Entry::Known(cited) => (Some(cited.value), Status::Stated),
            Entry::NotApplicable(_) => (None, Status::NotApplicable),
            Entry::NotStated => return None,
        };
        let (row, column) = place;
        Some(Fact {
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            period: self.text(row, self.year).to_owned(),
            value,
            value_max: None,
            unit: unit.to_owned(),
            tier: String::new(),
            country: self.country(row).to_owned(),
            edition: self.text(row, self.edition).to_owned(),
            status,
            detail: Vec::new(),
            anchor: self.anchor(row, column),
            text: self.cell(row, column).to_owned(),
        })
    }

    // ── Elections ──

    fn elections(&self, party: usize) -> Dataset {
        let mut dataset = Dataset::default();
        let groups = ["election", "election id", "election date"];
        let by = self.find(&groups).or(self.year);
        let mut numbers: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut elections: Vec<((&str, &str), Vec<usize>)> = Vec::new();
        for row in self.rows().take_while(|row| self.go_on(*row)) {
            let key = (self.country(row), self.text(row, by));
            let at = *numbers.entry(key).or_insert_with(|| {
                elections.push((key, Vec::new()));
                elections.len() - 1
            });
            elections[at].1.push(row);
        }
        for ((country, period), rows) in &elections {
            let from = dataset.facts.len();
            self.election(&mut dataset, party, rows, country, period);
            dataset.facts[from..].iter_mut().for_each(|fact| (*period).clone_into(&mut fact.period));
        }
        dataset
    }

    fn election(&self, dataset: &mut Dataset, party: usize, rows: &[usize], country: &str, period: &str) {
        let (votes, share) = (self.find(VOTES), self.find(VOTE_SHARE));
        let tiers: Vec<(Tier, usize)> =
            TIER_SEATS.iter().filter_map(|(tier, names)| Some((*tier, self.find(names)?))).collect();
        if self.fractions(rows, share) {
            dataset.diagnostics.push(Diagnostic::warning(
                None,
                format!("the vote shares of {} look like fractions of 1", self.grid.name),
                "they are shown as not stated; give them in percent",
            ));
        }
        let share = share.filter(|_| !self.fractions(rows, share));
        let mut election = Election {
            key: table_key(&self.source.name, &format!("{country} {period}")),
            origin: self.origin(country, ""),
            period: period.to_owned(),
            chamber: String::new(),
            vote_name: None,
            lists: Vec::new(),
            totals: BTreeMap::new(),
            total_votes: None,
            list_vote_grounds: None,
        };
        for &row in rows {
            if !self.go_on(row) {
                return;
            }
            let name = self.cell(row, party).to_owned();
            if name.is_empty() {
                continue;
            }
            let seats: BTreeMap<Tier, Entry> =
                tiers.iter().map(|(tier, column)| (*tier, self.entry(row, Some(*column), "seats"))).collect();
            let kind = RowKind::of(&name);
            if kind == RowKind::List {
                self.list_facts(dataset, &name, row, (votes, share), &tiers);
            }
            match kind {
                RowKind::Total => {
                    let known = |(tier, entry): (Tier, Entry)| Some((tier, entry.known()?.clone()));
                    election.totals.extend(seats.into_iter().filter_map(known));
                    election.total_votes = self.entry(row, votes, "votes in all").known().cloned();
                }
                RowKind::Other => {}
                RowKind::List => election.lists.push(ListResult {
                    key: slug(&name),
                    name,
                    aliases: Vec::new(),
                    vote_share: self.entry(row, share, "vote share"),
                    votes: self.entry(row, votes, "votes"),
                    seats,
                }),
            }
        }
        if election.lists.len() > MOST_LISTS {
            let of = [country, period].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(", ");
            self.too_many(dataset, [(of.as_str(), election.lists.len())].into_iter(), "lists");
            return;
        }
        fill_in(&mut election);
        if !election.lists.is_empty() {
            dataset.elections.push(election);
        }
    }

    fn list_facts(
        &self,
        dataset: &mut Dataset,
        name: &str,
        row: usize,
        (votes, share): (Option<usize>, Option<usize>),
        tiers: &[(Tier, usize)],
    ) {
        let plain = [("votes", "votes", votes), ("vote_share", "percent", share)];
        for (kind, unit, column) in plain {
            if let Some(column) = column {
                let entry = self.entry(row, Some(column), kind);
                dataset.facts.extend(self.fact(kind, unit, name, (row, column), &entry));
            }
        }
        for (tier, column) in tiers {
            let entry = self.entry(row, Some(*column), "seats");
            if let Some(mut fact) = self.fact("seats", "seats", name, (row, *column), &entry) {
                tier.id().clone_into(&mut fact.tier);
                dataset.facts.push(fact);
            }
        }
    }

    /// Whether shares that should be percent are fractions of 1.
    fn fractions(&self, rows: &[usize], share: Option<usize>) -> bool {
        let Some(column) = share else { return false };
        let values: Vec<Decimal> = rows.iter().filter_map(|row| parse_cell(self.cell(*row, column))).collect();
        values.len() > 1
            && values.iter().all(|value| *value <= Decimal::ONE)
            && values.iter().sum::<Decimal>() > Decimal::new(5, 1)
    }

    // ── Shares of groups ──

    fn shares_long(&self, group: usize, share: usize) -> Dataset {
        let cells = self.rows().map(|row| (row, share, self.text(row, self.year).to_owned()));
        self.shares(group, cells)
    }

    fn shares_wide(&self, group: usize, years: &[(usize, i32)]) -> Dataset {
        let cells =
            self.rows().flat_map(|row| years.iter().map(move |(column, year)| (row, *column, year.to_string())));
        self.shares(group, cells)
    }

    fn shares(&self, group: usize, cells: impl Iterator<Item = (usize, usize, String)>) -> Dataset {
        let mut dataset = Dataset::default();
        let mut sets: BTreeMap<&str, usize> = BTreeMap::new();
        for (row, column, period) in cells {
            if !self.go_on(row) {
                break;
            }
            let group = self.cell(row, group);
            let entry = self.entry(row, Some(column), "share");
            if let Some(mut fact) = self.fact("population_share", "percent", group, (row, column), &entry) {
                fact.period.clone_from(&period);
                dataset.facts.push(fact);
            }
            let Entry::Known(share) = entry else { continue };
            let country = self.country(row);
            let at = *sets.entry(country).or_insert_with(|| {
                dataset.compositions.push(Composition {
                    key: table_key(&self.source.name, country),
                    origin: self.origin(country, ""),
                    basis: Basis::Population,
                    shares: Vec::new(),
                });
                dataset.compositions.len() - 1
            });
            let dating = if period.is_empty() { Dating::NotStated { shown_at: None } } else { Dating::Dated(period) };
            dataset.compositions[at].shares.push(GroupShare {
                key: group_key(group),
                group: group.to_owned(),
                share,
                dating,
                date_evidence: None,
                approximate: false,
                contains_others: None,
            });
        }
        let all = std::mem::take(&mut dataset.compositions);
        let (drawn, over): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.shares.len() <= MOST_DRAWN);
        dataset.compositions = drawn;
        let counts = over.iter().map(|one| (one.origin.country.as_str(), one.shares.len()));
        self.too_many(&mut dataset, counts, "shares");
        dataset
    }
}

/// The column with the first of these names that there is.
fn find(heads: &[String], names: &[&str]) -> Option<usize> {
    names.iter().find_map(|name| heads.iter().position(|head| head == name))
}

#[derive(PartialEq)]
enum RowKind {
    List,
    Total,
    Other,
}

impl RowKind {
    fn of(name: &str) -> Self {
        let lower = name.to_lowercase();
        if ["total", "total valid", "valid votes", "sum", "all"].contains(&lower.as_str()) {
            Self::Total
        } else if ["invalid", "blank", "ballots", "turnout", "electorate", "registered", "valid "]
            .iter()
            .any(|w| lower.starts_with(w))
        {
            Self::Other
        } else {
            Self::List
        }
    }
}

/// Totals and shares that the table leaves to be computed.
fn fill_in(election: &mut Election) {
    let complete = |entries: Vec<&Entry>| -> Option<Cited<Decimal>> {
        let known: Vec<&Cited<Decimal>> = entries.iter().filter_map(|entry| entry.known()).collect();
        let all = entries.iter().all(|entry| **entry != Entry::NotStated);
        combine(&known, Working::Sum).filter(|_| all && !known.is_empty())
    };
    for (tier, _) in TIER_SEATS {
        let entries: Vec<&Entry> = election.lists.iter().filter_map(|list| list.seats.get(tier)).collect();
        if !election.totals.contains_key(tier)
            && let Some(sum) = complete(entries)
        {
            election.totals.insert(*tier, sum);
        }
    }
    if election.total_votes.is_none() {
        election.total_votes = complete(election.lists.iter().map(|list| &list.votes).collect());
    }
    let none_stated = election.lists.iter().all(|list| list.vote_share.known().is_none());
    if let (true, Some(total)) = (none_stated, election.total_votes.clone()) {
        for list in &mut election.lists {
            list.vote_share = match &list.votes {
                Entry::Known(votes) => {
                    combine_two(votes, &total, Working::Percent).map_or(Entry::NotStated, Entry::Known)
                }
                other => other.clone(),
            };
        }
    }
}

/// A number in a cell: `2883706`, `60.61`, `6,72` (decimal comma), `1,696`, `12.5 %`.
pub(crate) fn parse_cell(text: &str) -> Option<Decimal> {
    let text = text.trim().trim_end_matches('%').trim();
    let plain: String = text.chars().filter(|c| !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | ' ')).collect();
    let decimal_comma = plain.matches(',').count() == 1
        && !plain.contains('.')
        && plain.split(',').nth(1).is_some_and(|decimals| decimals.len() != 3);
    let plain = if decimal_comma { plain.replace(',', ".") } else { plain.replace(',', "") };
    Decimal::from_str(&plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_in_the_ways_tables_write_numbers() {
        for (text, value) in
            [("60.61", "60.61"), ("6,72", "6.72"), ("1,696", "1696"), ("2 883 706", "2883706"), ("12.5 %", "12.5")]
        {
            assert_eq!(parse_cell(text).map(|v| v.to_string()).as_deref(), Some(value), "{text}");
        }
        assert_eq!(parse_cell("Reds"), None);
        assert_eq!(parse_cell(""), None);
    }
}
