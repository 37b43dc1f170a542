//! Seats in prose: against the table, against the chamber, and beside the vote.

use super::{
    Finding, Reconciled, Verdict, alliances,
    ground::{Ground, Term, anchors, compatible, finding, listed, plus, sum},
    sums::Sum,
    whose::{Groups, is_joint},
};
use crate::{
    facts::{Alternative, Election, Entry, ListResult, Tier, slug},
    reading::{Figure, Reading},
    source::Decimal,
};

fn in_table(figure: &Figure) -> bool {
    figure.detail("in") == Some("table")
}

/// Seats that a sentence gives to somebody, not those of a chamber or of a table.
pub(super) fn is_won(figure: &Figure) -> bool {
    figure.detail("role").is_none() && !in_table(figure) && !figure.subject.is_empty()
}

fn won<'a>(ground: &Ground<'a>) -> Vec<&'a Figure> {
    ground.kind("seats").iter().copied().filter(|figure| is_won(figure) && !is_joint(ground, figure)).collect()
}

/// Whose a figure is, one by one.
pub(super) fn subjects(figure: &Figure) -> Vec<&str> {
    figure.subject.split(" + ").collect()
}

/// The elections that stand in a table of the text.
fn tables<'a>(ground: &Ground<'a>) -> impl Iterator<Item = &'a Election> {
    let tables = ground.reading.map_or(&[][..], |reading: &Reading| &reading.election_tables);
    ground.dataset.elections.iter().filter(move |election| {
        let cell =
            |list: &ListResult| list.seats(Tier::Total).and_then(Term::stated).and_then(|term| term.anchor.span());
        let span = election.lists.iter().find_map(cell);
        span.is_some_and(|span| tables.iter().any(|table| table.block.contains(span)))
    })
}

/// Seats of one list or of several together, against the table.
pub(super) fn prose_and_table(ground: &Ground) -> Vec<Finding> {
    let won = won(ground);
    tables(ground).flat_map(|election| against(ground, election, &won)).collect()
}

fn against(ground: &Ground, election: &Election, won: &[&Figure]) -> Vec<Finding> {
    let memberships = alliances::of(ground, election);
    let list_of = |name: &str| {
        let own = election.lists.iter().find(|list| ground.same(&list.name, name));
        own.or_else(|| memberships.iter().find(|one| ground.same(&one.member, name)).map(|one| one.alliance))
    };
    let is_own = |name: &str| election.lists.iter().any(|list| ground.same(&list.name, name));
    let mut found = Vec::new();
    let mut agreed: Vec<Term> = Vec::new();
    for figure in won.iter().filter(|figure| compatible(&figure.period, &election.period)) {
        let names = subjects(figure);
        let Some(lists) = names.iter().map(|name| list_of(name)).collect::<Option<Vec<&ListResult>>>() else {
            continue;
        };
        let together = figure.detail("together").is_some();
        if (names.len() > 1 && !together) || (names.len() == 1 && !is_own(names[0])) || figure.detail("each").is_some()
        {
            continue;
        }
        let tier = figure.detail("tier").and_then(Tier::from_id).unwrap_or(Tier::Total);
        let cells: Option<Vec<Term>> = lists.iter().map(|list| list.seats(tier).and_then(Term::stated)).collect();
        let (Some(cells), term) = (cells, ground.term(figure)) else { continue };
        let Some(all) = sum(&cells) else { continue };
        if all == term.value {
            agreed.push(term);
            continue;
        }
        // A sentence may mean one tier without saying so.
        let of_a_tier =
            |list: &ListResult| list.seats.values().filter_map(Entry::known).any(|one| one.value == term.value);
        if figure.detail("tier").is_none() && lists.len() == 1 && of_a_tier(lists[0]) {
            continue;
        }
        let names: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
        let (jointly, has) = if names.len() == 1 { ("", "has") } else { (" together", "adds up to") };
        let statement =
            format!("The text gives {}{jointly} {} seats, the table {has} {all}", listed(&names), term.text);
        let arithmetic = if cells.len() == 1 {
            format!("{} ≠ {}", term.text, cells[0].text)
        } else {
            format!("{} = {all} ≠ {}", plus(&cells), term.text)
        };
        let mut one = finding("prose-table", Verdict::Contradiction, statement, arithmetic, anchors(&cells));
        one.places.push(term.anchor);
        one.reconciled = together.then(|| reconcile(election, &term)).flatten();
        one.other = Some(Alternative {
            key: slug(&format!("prose table {} {} {}", names.join(" "), tier_words(tier), term.value)),
            noun: joined(&[tier_words(tier), "seats"]),
            whose: format!("{}{jointly}", listed(&names)),
            of_table: true,
            taken: lists.iter().filter_map(|list| list.seats(tier).cloned()).collect(),
            stated: term.cited("seats"),
        });
        found.push(one);
    }
    if !agreed.is_empty() {
        let statement = format!("{} numbers of seats in the text are those of the table", agreed.len());
        let all: Vec<&str> = agreed.iter().map(|term| term.text.as_str()).collect();
        found.push(finding("prose-table", Verdict::Agrees, statement, all.join(", "), anchors(&agreed)));
    }
    found
}

/// What seats of a tier are called; nothing for all of them.
fn tier_words(tier: Tier) -> &'static str {
    match tier {
        Tier::Total => "",
        Tier::List => "list",
        Tier::Smd => "district",
        Tier::SmdRound1 => "first-round",
        Tier::SmdRound2 => "second-round",
    }
}

fn joined(words: &[&str]) -> String {
    words.iter().filter(|words| !words.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// A larger set of lists that has the number: all that stood on party lists.
fn reconcile(election: &Election, term: &Term) -> Option<Reconciled> {
    let party = |list: &&ListResult| !matches!(list.seats.get(&Tier::List), Some(Entry::NotApplicable(_)));
    let some = election.lists.iter().any(|list| !party(&list));
    let cells: Vec<Term> = election
        .lists
        .iter()
        .filter(party)
        .filter_map(|list| list.seats(Tier::Total).and_then(Term::stated))
        .filter(|cell| !cell.value.is_zero())
        .collect();
    (some && sum(&cells) == Some(term.value)).then(|| Reconciled {
        words: format!("{} is the sum of the seats of all parties: {}", term.text, plus(&cells)),
        places: anchors(&cells),
    })
}

/// Seats of lists that exclude one another against the number they are said to be of.
pub(super) fn parts_of_a_whole(ground: &Ground) -> Vec<Finding> {
    let groups = Groups::of(ground);
    let mut found = Vec::new();
    for figures in ground.by_paragraph("seats") {
        let wholes = figures.iter().filter(|figure| figure.detail("role") == Some("of"));
        let is_a_list = |figure: &Figure| subjects(figure).iter().all(|name| groups.is_list(name));
        let won: Vec<&Figure> = figures
            .iter()
            .copied()
            .filter(|figure| is_won(figure) && is_a_list(figure) && !is_joint(ground, figure))
            .collect();
        for whole in wholes {
            let whole = ground.term(whole);
            let is_of =
                |figure: &&Figure| figure.detail("of").and_then(|of| of.parse::<Decimal>().ok()) == Some(whole.value);
            let Some(first) = won.iter().copied().find(is_of) else { continue };
            let parts = disjoint(ground, first, &won);
            if parts.is_empty() {
                continue;
            }
            let sum = Sum { parts, whole };
            let rest = sum.remainder();
            if rest < Decimal::ZERO {
                let statement = "The seats given to the lists are more than there are".to_owned();
                let (words, places) = (sum.arithmetic(), sum.places());
                found.push(finding("parts-whole", Verdict::Contradiction, statement, words, places));
            } else if rest.is_zero() && sum.parts.len() > 1 {
                let statement = "The seats given to the lists are all there are".to_owned();
                found.push(finding("parts-whole", Verdict::Agrees, statement, sum.arithmetic(), sum.places()));
            }
        }
    }
    found
}

/// A figure and those of its paragraph that have nobody in common with it or with one another.
fn disjoint(ground: &Ground, first: &Figure, figures: &[&Figure]) -> Vec<Term> {
    let mut taken = subjects(first);
    let mut parts = vec![ground.term(first)];
    for figure in figures {
        let names = subjects(figure);
        let apart = names.iter().all(|name| !taken.iter().any(|other| ground.same(name, other)));
        let other_whole = figure.detail("of").is_some_and(|of| Some(of) != first.detail("of"));
        let ends = figure.span == first.span || other_whole || figure.detail("each").is_some();
        let tiers = figure.detail("tier") == first.detail("tier") || first.detail("tier").is_none();
        if apart && !ends && tiers && compatible(&figure.period, &first.period) && figure.kind == first.kind {
            taken.extend(names);
            parts.push(ground.term(figure));
        }
    }
    // The largest first: told in another order it is the same sum.
    parts.sort_by_key(|term| std::cmp::Reverse(term.value));
    parts
}

/// Shares of the list vote beside seats of both tiers.
pub(super) fn votes_beside_all_seats(ground: &Ground) -> Vec<Finding> {
    let won = won(ground);
    let mut found = Vec::new();
    for election in tables(ground) {
        let total = |tier: Tier| election.totals.get(&tier).and_then(Term::stated);
        let (Some(list), Some(all)) = (total(Tier::List), total(Tier::Total)) else { continue };
        if list.value.is_zero() || list.value >= all.value || election.list_vote_grounds.is_none() {
            continue;
        }
        let mut pairs = Vec::new();
        let mut places = vec![list.anchor, all.anchor];
        for share in ground.kind("vote_share").iter().filter(|share| compatible(&share.period, &election.period)) {
            let Some(one) = election.lists.iter().find(|one| ground.same(&one.name, &share.subject)) else { continue };
            let beside = won.iter().find(|seats| {
                seats.paragraph == share.paragraph
                    && ground.same(&seats.subject, &share.subject)
                    && ground.sentence(seats).contains(share.span)
            });
            let of_lists = one.seats(Tier::List).map(|seats| seats.value);
            let Some(seats) = beside.filter(|seats| seats.value != of_lists) else { continue };
            let (share, seats) = (ground.term(share), ground.term(seats));
            let from_lists = of_lists.map_or_else(String::new, |seats| format!(", {seats} of them from its list"));
            pairs.push(format!("{}: {} % beside {} seats{from_lists}", one.name, share.text, seats.text));
            places.extend([share.anchor, seats.anchor]);
        }
        if pairs.len() < 2 {
            continue;
        }
        let statement = format!(
            "Shares of the vote are set beside all seats, but only {} of {} are filled from lists",
            list.text, all.text
        );
        found.push(finding("vote-and-seats", Verdict::Tension, statement, pairs.join("; "), places));
    }
    found
}
