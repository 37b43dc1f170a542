//! Election tables: rows and columns against their totals, and lists that only the table knows.

use super::{
    Finding, Verdict,
    ground::{Ground, Term, anchors, finding, plus, rounding, sum},
    sums::{Sum, compare},
};
use crate::{
    facts::{Election, Entry, ListResult, Tier},
    source::{BlockKind, Decimal},
};

const RULE: &str = "table-sums";
/// A total of seats and the tiers that make it.
const MADE_OF: [(Tier, [Tier; 2]); 2] =
    [(Tier::Smd, [Tier::SmdRound1, Tier::SmdRound2]), (Tier::Total, [Tier::List, Tier::Smd])];
const TIERS: [Tier; 5] = [Tier::Total, Tier::List, Tier::Smd, Tier::SmdRound1, Tier::SmdRound2];

/// Every row against its total, every column against the total row.
pub(super) fn sums(ground: &Ground) -> Vec<Finding> {
    ground.dataset.elections.iter().flat_map(table).collect()
}

fn table(election: &Election) -> Vec<Finding> {
    let rows: Vec<(String, Sum)> = election.lists.iter().flat_map(row).chain(total_row(election)).collect();
    let columns: Vec<(String, Sum)> = TIERS.into_iter().filter_map(|tier| column(election, tier)).collect();
    let columns: Vec<(String, Sum)> = columns.into_iter().chain(votes(election)).collect();
    // Where no row of the table fills its total, a tier that is no column here does.
    let filled = rows.iter().any(|(_, sum)| sum.remainder().is_zero());
    let mut found = Vec::new();
    for (name, sum) in rows.iter().chain(&columns) {
        let rest = sum.remainder();
        if rest.is_zero() {
            continue;
        }
        let is_row = rows.iter().any(|(row, _)| row == name);
        let open = is_row && rest > Decimal::ZERO && !filled;
        let verdict = if open { Verdict::Incomplete } else { Verdict::Contradiction };
        let statement = format!("{name} of the table does not add up to its total");
        found.push(finding(RULE, verdict, statement, sum.arithmetic(), sum.places()));
    }
    let all: Vec<&(String, Sum)> = rows.iter().chain(&columns).collect();
    if found.is_empty() && all.len() >= 2 {
        let statement = match (rows.len(), columns.len()) {
            (rows, 0) => format!("All {rows} sums of the table's rows are right"),
            (0, columns) => format!("All {columns} columns of the table add up to their totals"),
            (rows, columns) => format!("All {rows} sums of the table's rows and all {columns} columns are right"),
        };
        let largest = all.iter().max_by_key(|(_, sum)| sum.whole.value).map(|(_, sum)| sum.arithmetic());
        let places = all.iter().flat_map(|(_, sum)| sum.places()).collect();
        found.push(finding(RULE, Verdict::Agrees, statement, largest.unwrap_or_default(), places));
    }
    found
}

/// A cell as an operand: nothing where there is no such value; `None` where it is not stated.
fn cell(list: &ListResult, tier: Tier) -> Option<Option<Term>> {
    match list.seats.get(&tier)? {
        Entry::Known(cited) => Term::stated(cited).map(Some),
        Entry::NotApplicable(_) => Some(None),
        Entry::NotStated => None,
    }
}

fn row(list: &ListResult) -> Vec<(String, Sum)> {
    let made = |(total, parts): &(Tier, [Tier; 2])| {
        let whole = cell(list, *total)??;
        let parts = parts.iter().map(|tier| cell(list, *tier)).collect::<Option<Vec<_>>>()?;
        Some((format!("The row {}", list.name), Sum { parts: parts.into_iter().flatten().collect(), whole }))
    };
    MADE_OF.iter().filter_map(made).collect()
}

fn total_row(election: &Election) -> Vec<(String, Sum)> {
    let total = |tier: &Tier| election.totals.get(tier).and_then(Term::stated);
    let made = |(whole, parts): &(Tier, [Tier; 2])| {
        let parts = parts.iter().map(total).collect::<Option<Vec<_>>>()?;
        Some(("The row of totals".to_owned(), Sum { parts, whole: total(whole)? }))
    };
    MADE_OF.iter().filter_map(made).collect()
}

fn column(election: &Election, tier: Tier) -> Option<(String, Sum)> {
    let whole = election.totals.get(&tier).and_then(Term::stated)?;
    let cells = election.lists.iter().map(|list| cell(list, tier)).collect::<Option<Vec<_>>>()?;
    let parts: Vec<Term> = cells.into_iter().flatten().collect();
    let name = match tier {
        Tier::Total => "The column of all seats",
        Tier::List => "The column of list seats",
        Tier::Smd => "The column of district seats",
        Tier::SmdRound1 => "The column of the first round",
        Tier::SmdRound2 => "The column of the second round",
    };
    // A table of the seats that prose states has no column.
    (parts.len() >= 2 && is_table(election)).then(|| (name.to_owned(), Sum { parts, whole }))
}

/// Whether an election is a table's: all its seats by tier for each list.
fn is_table(election: &Election) -> bool {
    election.lists.iter().all(|list| list.seats.len() > 1 || list.votes.known().is_some())
}

fn votes(election: &Election) -> Option<(String, Sum)> {
    let whole = election.total_votes.as_ref().and_then(Term::stated)?;
    let known = election.lists.iter().filter(|list| !matches!(list.votes, Entry::NotApplicable(_)));
    let parts = known.map(|list| list.votes.known().and_then(Term::stated)).collect::<Option<Vec<_>>>()?;
    (parts.len() >= 2).then(|| ("The column of votes".to_owned(), Sum { parts, whole }))
}

/// Lists that won seats and that no sentence names.
pub(super) fn unnamed(ground: &Ground) -> Vec<Finding> {
    const FEWEST_NAMED: usize = 2;
    let Some(reading) = ground.reading else { return Vec::new() };
    let prose: Vec<String> = reading
        .paragraphs
        .iter()
        .filter(|block| block.kind == BlockKind::Paragraph)
        .map(|block| ground.words(block.span).to_lowercase())
        .collect();
    let mut found = Vec::new();
    for table in &reading.election_tables {
        let in_table = |term: &Term| term.anchor.span().is_some_and(|span| table.block.contains(span));
        for election in &ground.dataset.elections {
            let seats = |list: &ListResult| list.seats(Tier::Total).and_then(Term::stated).filter(in_table);
            let winners: Vec<(&ListResult, Term)> =
                election.lists.iter().filter_map(|list| Some((list, seats(list)?))).collect();
            let named = |list: &ListResult| {
                let names = std::iter::once(&list.name).chain(&list.aliases).map(|name| name.to_lowercase());
                names.into_iter().any(|name| prose.iter().any(|words| words.contains(&name)))
            };
            let (known, unknown): (Vec<_>, Vec<_>) = winners
                .into_iter()
                .filter(|(list, term)| is_list(list) && !term.value.is_zero())
                .partition(|(list, _)| named(list));
            if known.len() < FEWEST_NAMED {
                continue;
            }
            for (list, term) in unknown {
                let seats = if term.value == Decimal::ONE { "seat" } else { "seats" };
                let statement =
                    format!("The table gives {} {seats} to {}, which no sentence names", term.text, list.name);
                let rest: Vec<Term> = known.iter().map(|(_, term)| term.clone()).collect();
                let all = sum(&rest).unwrap_or_default();
                let arithmetic = format!("{} = {all}; with it {}", plus(&rest), all + term.value);
                found.push(finding("unnamed-list", Verdict::Incomplete, statement, arithmetic, vec![term.anchor]));
            }
        }
    }
    found
}

/// Whether it can win list seats; candidates of their own are no list.
fn is_list(list: &ListResult) -> bool {
    !matches!(list.seats.get(&Tier::List), Some(Entry::NotApplicable(_)))
}

/// Vote shares of an election as one sum, where there are enough of them.
pub(super) fn shares(election: &Election) -> Option<(Vec<Term>, Decimal)> {
    const FEWEST: usize = 3;
    let parts: Vec<Term> =
        election.lists.iter().filter_map(|list| list.vote_share.known().and_then(Term::stated)).collect();
    let all = sum(&parts)?;
    (parts.len() >= FEWEST).then_some((parts, all))
}

/// What shares leave of 100, as a finding.
pub(super) fn fill(rule: &'static str, what: &str, parts: &[Term], all: Decimal) -> Finding {
    let verdict = compare(all, Decimal::ONE_HUNDRED, rounding(parts));
    let statement = match verdict {
        Verdict::Contradiction => format!("{what} pass 100"),
        Verdict::Incomplete => format!("{what} leave a remainder that nothing in the text accounts for"),
        _ => format!("{what} fill 100"),
    };
    let arithmetic = match verdict {
        Verdict::Incomplete => format!("{} = {all}; 100 − {all} = {}", plus(parts), Decimal::ONE_HUNDRED - all),
        Verdict::Contradiction => format!("{} = {all} > 100", plus(parts)),
        _ => format!("{} = {all}", plus(parts)),
    };
    finding(rule, verdict, statement, arithmetic, anchors(parts))
}
