//! Seats and votes of a report, from its table and its prose, to elections.

use std::collections::BTreeMap;

use super::{
    Election, Entry, Fact, ListResult, Status, Tier,
    aliases::slug,
    interpret::{Report, key, words},
};
use crate::{
    reading::{ElectionTable, Figure, FigureStatus},
    source::{Cited, Decimal, Evidence, Working, evidence::combine},
};

const TIERS: [Tier; 5] = [Tier::Total, Tier::List, Tier::Smd, Tier::SmdRound1, Tier::SmdRound2];

/// The elections of a report: one a table; where there is no table, one a date in prose.
pub(super) fn from_report(report: &Report) -> Vec<Election> {
    let tables: Vec<Election> =
        report.reading.election_tables.iter().filter_map(|table| from_table(report, table)).collect();
    if tables.is_empty() { from_prose(report) } else { tables }
}

/// Whether a figure stands in a table, or in a list that says what all of its numbers count.
fn in_table(figure: &Figure) -> bool {
    matches!(figure.detail("in"), Some("table" | "list"))
}

/// Dates agree when one is the other, only more precise, or when one is not stated.
fn agree(a: &str, b: &str) -> bool {
    let shorter = a.len().min(b.len());
    a.get(..shorter) == b.get(..shorter)
}

fn from_table(report: &Report, table: &ElectionTable) -> Option<Election> {
    let (block, period) = (table.block, table.period.as_str());
    let cells = |figure: &&Figure| in_table(figure) && block.contains(figure.span);
    // Both are in the order of the text.
    let within = |figures: &'_ [Figure]| {
        let from = figures.partition_point(|figure| figure.span.start < block.start);
        from..figures.partition_point(|figure| figure.span.start < block.end).max(from)
    };
    let reading = report.reading;
    let known: Vec<&Figure> = reading.figures[within(&reading.figures)].iter().filter(cells).collect();
    let absent: Vec<&Figure> = reading.absent[within(&reading.absent)].iter().filter(cells).collect();
    let mut election = empty(report, period);
    let mut all: Vec<&Figure> = known.iter().chain(&absent).copied().collect();
    all.sort_by_key(|figure| figure.span);
    let mut rest: Vec<Cited<Decimal>> = Vec::new();
    for figure in all {
        let entry = match report.stated(figure, role(figure)) {
            Some(cited) => Entry::Known(cited),
            None => Entry::NotApplicable(Evidence::not_applicable(report.source.anchor(figure.span), role(figure))),
        };
        if figure.detail("residual").is_some() {
            // What is left over is no list; its seats count to the whole.
            rest.extend(match entry {
                Entry::Known(cited) if figure.kind == "seats" => Some(cited),
                _ => None,
            });
            continue;
        }
        if figure.subject == "Total" {
            if let (Some(tier), Entry::Known(cited)) = (tier(figure), entry) {
                election.totals.insert(tier, cited);
            }
            continue;
        }
        let list = list_mut(report, &mut election, &figure.subject);
        match figure.kind.as_str() {
            "vote_share" => list.vote_share = entry,
            "votes" => list.votes = entry,
            _ => {
                if let Some(tier) = tier(figure) {
                    list.seats.insert(tier, entry);
                }
            }
        }
    }
    sum_missing_totals(&mut election, &rest);
    if !table.chamber.is_empty() {
        whole_chamber(report, &mut election, &table.chamber)?;
    }
    add_prose_votes(report, &mut election);
    no_list_vote(&mut election);
    describe(report, &mut election);
    if election.chamber.is_empty() {
        election.chamber.clone_from(&table.chamber);
    }
    Some(election)
}

/// The chamber's stated size for the sum of the seats that are listed; `None` where more are listed than it has.
fn whole_chamber(report: &Report, election: &mut Election, chamber: &str) -> Option<()> {
    let size = report.of_kind("seats").find(|f| f.detail("role") == Some("chamber") && f.subject == chamber);
    let Some(size) = size.and_then(|figure| report.stated(figure, "seats in all")) else { return Some(()) };
    let listed = election.totals.get(&Tier::Total).map_or(Decimal::ZERO, |total| total.value);
    if listed > size.value {
        return None;
    }
    if listed < size.value {
        election.totals.insert(Tier::Total, size);
    }
    Some(())
}

/// Where the document has no table: the seats and votes that its prose gives to named parties, by date.
fn from_prose(report: &Report) -> Vec<Election> {
    let winners = seat_winners(report);
    let party = |figure: &&Figure| {
        figure.detail("role").is_none()
            && figure.detail("together").is_none()
            && !in_table(figure)
            && subjects(figure)
                .iter()
                .all(|name| report.reading.names.find(name).is_some() || winners.iter().any(|winner| winner == name))
    };
    let mut periods: Vec<String> = Vec::new();
    let figures: Vec<&Figure> = report.of_kind("seats").chain(report.of_kind("vote_share")).filter(party).collect();
    for figure in &figures {
        let year = figure.period.get(..4).unwrap_or_default().to_owned();
        if !periods.contains(&year) {
            periods.push(year);
        }
    }
    periods.iter().filter_map(|period| prose_election(report, &figures, period)).collect()
}

/// Whoever is said to have won so many seats runs for them as a party does, but for groups of people.
fn seat_winners<'r>(report: &'r Report) -> Vec<&'r str> {
    let no_group = report.reading.grammar.as_deref().map(|grammar| grammar.no_group.as_slice()).unwrap_or_default();
    let figures = report.of_kind("seats").filter(|figure| figure.detail("role").is_none());
    let names = figures.flat_map(subjects);
    names.filter(|name| !name.is_empty() && !no_group.contains(&name.to_lowercase())).collect()
}

/// The size of the chamber, where the document gives one that fits the seats of an election: the sum of them, or the
/// only one that there is.
fn chamber_size(report: &Report, seats: Decimal) -> Option<Cited<Decimal>> {
    let sizes: Vec<&Figure> = report.of_kind("seats").filter(|f| f.detail("role") == Some("chamber")).collect();
    let exact = sizes.iter().find(|figure| figure.value == Some(seats));
    let only = sizes.first().filter(|first| sizes.iter().all(|other| other.value == first.value));
    let fits = exact.or(only.filter(|only| only.value.is_some_and(|size| size > seats)))?;
    report.stated(fits, "seats in all")
}

fn prose_election(report: &Report, figures: &[&Figure], period: &str) -> Option<Election> {
    let mut election = empty(report, period);
    let dated = |figure: &&&Figure| figure.period.get(..4).unwrap_or_default() == period;
    for figure in figures.iter().filter(dated) {
        let Some(cited) = report.stated(figure, role(figure)) else { continue };
        for name in subjects(figure) {
            let list = list_mut(report, &mut election, name);
            if figure.kind != "vote_share" {
                list.seats.entry(tier(figure).unwrap_or(Tier::Total)).or_insert(Entry::Known(cited.clone()));
            } else if list.vote_share == Entry::NotStated {
                list.vote_share = Entry::Known(cited.clone());
            }
        }
        if let Some(total) = total_beside(report, figure) {
            election.totals.entry(Tier::Total).or_insert(total);
        }
    }
    if unread_beside(report, figures.iter().filter(dated).map(|figure| figure.paragraph)) {
        return None;
    }
    let seats: Decimal = election.lists.iter().filter_map(|list| Some(list.seats(Tier::Total)?.value)).sum();
    // More seats than there are: what was read does not hold together.
    if election.totals.get(&Tier::Total).is_some_and(|total| total.value < seats) {
        return None;
    }
    if !election.totals.contains_key(&Tier::Total)
        && let Some(size) = chamber_size(report, seats)
    {
        election.totals.insert(Tier::Total, size);
    }
    let with_seats = election.lists.iter().filter(|list| list.seats(Tier::Total).is_some()).count();
    describe(report, &mut election);
    (with_seats >= 2).then_some(election)
}

/// Whether a paragraph that feeds an election holds a number that no rule reads, in a sentence that may tell a result:
/// what seems not to be stated may then only not have been read, and a chart would show it as missing.
fn unread_beside(report: &Report, paragraphs: impl Iterator<Item = usize>) -> bool {
    let paragraphs: Vec<usize> = paragraphs.collect();
    let unread = |figure: &Figure| figure.status == FigureStatus::Unknown && may_be_a_result(report, figure);
    // A seat or a share that is read, but nobody's, may be that of a list; one that a rule of its own reads is not.
    let counted = |figure: &Figure| figure.unit == "seats" && figure.kind == "count" || figure.kind == "share";
    let nobodys = |figure: &Figure| counted(figure) && figure.detail("rule").is_none();
    let here = report.reading.figures.iter().filter(|figure| paragraphs.contains(&figure.paragraph));
    here.into_iter().any(|figure| unread(figure) || nobodys(figure))
}

/// Whether the sentence around a figure has a word that results are told with.
fn may_be_a_result(report: &Report, figure: &Figure) -> bool {
    const WORDS: &[&str] = &[
        "seat",
        "mandate",
        "vote",
        "percent",
        "%",
        "won",
        "win",
        "took",
        "take",
        "taking",
        "secur",
        "gain",
        "obtain",
        "captur",
        "receiv",
        "garner",
        " got ",
        " held ",
        " hold",
        "poll",
        "deput",
        "lawmaker",
        "parliamentarian",
    ];
    let text = report.source.text.as_str();
    let span = report.reading.paragraphs.get(figure.paragraph).map_or(figure.span, |paragraph| paragraph.span);
    let before = text.get(span.start..figure.span.start).unwrap_or_default();
    let behind = text.get(figure.span.end..span.end).unwrap_or_default();
    let from = before.rfind(". ").map_or(0, |at| at + 1);
    let to = behind.find(". ").unwrap_or(behind.len());
    let sentence = format!("{} {}", &before[from..], &behind[..to]).to_lowercase();
    WORDS.iter().any(|word| sentence.contains(word)) || figure.unit == "percent"
}

/// Whose a figure is: one name, or several that have as much each.
fn subjects(figure: &Figure) -> Vec<&str> {
    if figure.detail("each").is_some() { figure.subject.split(" + ").collect() } else { vec![&figure.subject] }
}

/// The number of seats that a result is said to be of (`84 of the 98 seats`).
fn total_beside(report: &Report, figure: &Figure) -> Option<Cited<Decimal>> {
    let of = figure.detail("of")?;
    let total = report.of_kind("seats").find(|other| {
        other.detail("role") == Some("of")
            && other.paragraph == figure.paragraph
            && other.value.is_some_and(|value| value.to_string() == of)
    })?;
    report.stated(total, "seats in all")
}

fn empty(report: &Report, period: &str) -> Election {
    Election {
        key: key(&report.origin, period),
        origin: report.origin.clone(),
        period: period.to_owned(),
        chamber: String::new(),
        vote_name: None,
        lists: Vec::new(),
        totals: BTreeMap::new(),
        total_votes: None,
        list_vote_grounds: None,
    }
}

fn tier(figure: &Figure) -> Option<Tier> {
    Tier::from_id(figure.detail("tier")?)
}

fn role(figure: &Figure) -> &'static str {
    match (figure.kind.as_str(), figure.subject == "Total") {
        ("vote_share", _) => "vote share",
        ("votes", _) => "votes",
        (_, true) => "seats in all",
        _ => "seats",
    }
}

/// The list of a name, or of another name that the document joins to it; added where there is none.
fn list_mut<'e>(report: &Report, election: &'e mut Election, name: &str) -> &'e mut ListResult {
    let at = election.lists.iter().position(|list| report.reading.names.same(&list.name, name));
    let at = at.unwrap_or_else(|| {
        election.lists.push(ListResult {
            key: slug(name),
            name: name.to_owned(),
            aliases: Vec::new(),
            vote_share: Entry::NotStated,
            votes: Entry::NotStated,
            seats: BTreeMap::new(),
        });
        election.lists.len() - 1
    });
    let list = &mut election.lists[at];
    if list.name != name && !list.aliases.iter().any(|alias| alias == name) {
        list.aliases.push(name.to_owned());
    }
    list
}

/// A total that no row states is the sum of the column, where every cell of it is known.
fn sum_missing_totals(election: &mut Election, rest: &[Cited<Decimal>]) {
    for tier in TIERS {
        let cells: Vec<&Entry> = election.lists.iter().filter_map(|list| list.seats.get(&tier)).collect();
        let more = rest.iter().filter(|_| tier == Tier::Total);
        let known: Vec<&Cited<Decimal>> = cells.iter().filter_map(|entry| entry.known()).chain(more).collect();
        let all = cells.iter().all(|entry| **entry != Entry::NotStated);
        if !election.totals.contains_key(&tier)
            && all
            && let Some(sum) = combine(&known, Working::Sum).filter(|_| !known.is_empty())
        {
            election.totals.insert(tier, sum);
        }
    }
}

/// Vote shares that the prose gives to the lists of the table.
fn add_prose_votes(report: &Report, election: &mut Election) {
    let period = election.period.clone();
    for figure in report.of_kind("vote_share").filter(|figure| !in_table(figure)) {
        let only = report.reading.election_tables.len() == 1;
        let dated = !figure.period.is_empty() && agree(&figure.period, &period);
        let fits = (dated || (only && agree(&figure.period, &period))) && figure.detail("together").is_none();
        let listed = election.lists.iter().any(|list| report.reading.names.same(&list.name, &figure.subject));
        if !fits || !listed {
            continue;
        }
        let Some(cited) = report.stated(figure, "vote share") else { continue };
        let list = list_mut(report, election, &figure.subject);
        if list.vote_share == Entry::NotStated {
            list.vote_share = Entry::Known(cited);
        }
    }
}

/// Candidates for whom the table says that list seats are not applicable had no list vote either.
fn no_list_vote(election: &mut Election) {
    for list in &mut election.lists {
        if list.vote_share == Entry::NotStated
            && let Some(Entry::NotApplicable(evidence)) = list.seats.get(&Tier::List)
        {
            list.vote_share = Entry::NotApplicable(evidence.clone());
        }
    }
}

/// The chamber's name, what the vote is called, and why it is the list vote.
fn describe(report: &Report, election: &mut Election) {
    let total = election.totals.get(&Tier::Total).map(|total| total.value);
    let chamber =
        report.of_kind("seats").find(|f| f.detail("role") == Some("chamber") && f.value == total && total.is_some());
    election.chamber = chamber.map(|figure| figure.subject.clone()).unwrap_or_default();
    let named = report.of_kind("vote_share").find_map(|figure| {
        let (_, span) = figure.support.iter().find(|(role, _)| *role == "vote")?;
        let name = span.of(&report.source.text)?.to_owned();
        Some(Cited::new(name, words(report.source.anchor(*span), "the vote")))
    });
    election.vote_name = named;
    let list_seats = election.totals.get(&Tier::List).map(|total| total.value);
    let grounds = report.of_kind("seats").find(|figure| {
        figure.detail("role") == Some("part") && figure.detail("tier") == Some("list") && figure.value == list_seats
    });
    election.list_vote_grounds =
        grounds.and_then(|figure| report.stated(figure, "seats filled from lists")).map(|cited| cited.evidence);
}

/// Lists whose share of the vote is not stated, with the range that the stated shares leave.
pub(super) fn unstated(report: &Report, elections: &[Election]) -> Vec<Fact> {
    let mut facts = Vec::new();
    for election in elections {
        let known: Vec<&Cited<Decimal>> = election.lists.iter().filter_map(|list| list.vote_share.known()).collect();
        let Some(rest) = combine(&known, Working::Remainder).filter(|_| !known.is_empty()) else { continue };
        let open = |list: &&ListResult| list.vote_share == Entry::NotStated && list.votes.known().is_none();
        for list in election.lists.iter().filter(open) {
            let place = list.seats.values().filter_map(Entry::known).next();
            let Some(anchor) = place.and_then(|cited| cited.evidence.pieces.first()).map(|piece| piece.anchor) else {
                continue;
            };
            facts.push(Fact {
                kind: "vote_share".to_owned(),
                subject: list.name.clone(),
                period: election.period.clone(),
                value: None,
                value_max: None,
                unit: "percent".to_owned(),
                tier: String::new(),
                country: report.origin.country.clone(),
                edition: report.origin.edition.clone(),
                status: Status::NotStated,
                detail: vec![
                    ("low".to_owned(), "0".to_owned()),
                    ("high".to_owned(), rest.value.max(Decimal::ZERO).to_string()),
                    ("rule".to_owned(), rest.evidence.formula()),
                ],
                anchor,
                text: String::new(),
            });
        }
    }
    facts
}
