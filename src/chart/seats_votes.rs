//! Seats and votes: a row a list with its vote share and seat share joined, or a dot a list beside the line of equality.

use super::{
    Cell, Chart, ChartSpec, Label, LegendItem, Mark, RowNote, Scenery, Shape, Style, TableRow, Tone, number,
    parts::{band, cell, columns, frame, note, percent_with_room, plain, reason},
    seats_votes_words as wording, words,
};
use crate::{
    analysis,
    facts::{Dataset, Election, Entry, ListResult, Tier},
    source::{Cited, Decimal, Evidence, Working},
};

const KIND: &str = "seats-votes";

/// The elections it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    let label = |election: &Election| {
        words::joined(&[&words::origin(&election.origin), &election.chamber, &words::period(&election.period)], ", ")
    };
    dataset.elections.iter().map(|election| (election.key.clone(), label(election))).collect()
}

/// Draws it, where a list has both a seat share of the tier and another, or the same, a vote share.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let first = dataset.elections.first()?;
    let election = match &spec.of {
        Some(key) => dataset.elections.iter().find(|election| election.key == *key)?,
        None => first,
    };
    let tier = match spec.choice("base", "all") {
        "all" => Tier::Total,
        "list" => Tier::List,
        _ => return None,
    };
    let data = Data::of(election, tier, words::prefix(KIND, &election.key, Some(&first.key)))?;
    let mut chart = match spec.choice("view", "gap") {
        "gap" => data.gap(),
        "scatter" => data.scatter(),
        _ => return None,
    };
    chart.table = data.table();
    chart.title = wording::title(&data);
    chart.subtitle = wording::subtitle(&data);
    chart.notes.extend(wording::notes(&data, dataset));
    let source_line = |headings| words::source_line(dataset, &election.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(source_line);
    chart.alt = wording::alt(&data, &chart);
    Some(chart)
}

/// What an election lacks, so that it cannot be drawn; `None` where nothing is known to be missing.
pub fn obstacle(election: &Election) -> Option<String> {
    let name = words::joined(&["the election", &words::period(&election.period)], " of ");
    let known = |entry: Option<&Entry>| matches!(entry, Some(Entry::Known(_)));
    let seats = |list: &ListResult| known(list.seats.get(&Tier::Total)) || known(list.seats.get(&Tier::List));
    let Some(total) = election.totals.get(&Tier::Total).or(election.totals.get(&Tier::List)) else {
        return Some(format!("no number of all seats is known in {name}"));
    };
    if !election.lists.iter().any(seats) {
        return Some(format!("no list’s seats are stated in {name}"));
    }
    if total.value.is_zero() {
        return Some(format!("{name} has no seats at all"));
    }
    vote_shares(election)
        .iter()
        .all(|share| share.known().is_none())
        .then(|| format!("no list’s share of the vote is stated in {name}"))
}

/// A share, or why there is none.
#[derive(Clone, Debug)]
pub enum Share {
    /// Stated, or computed from stated numbers.
    Known(Cited<Decimal>),
    /// Not stated: from 0 to what the stated shares leave, with those as operands.
    Open(Cited<Decimal>),
    /// The source says that there is none.
    None(Evidence),
}

impl Share {
    /// The value, where it is known.
    pub fn known(&self) -> Option<Decimal> {
        match self {
            Self::Known(share) => Some(share.value),
            _ => None,
        }
    }
}

/// A row: a list and its two shares.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// The list.
    pub list: &'a ListResult,
    /// Its part of ids.
    pub slug: String,
    /// Of the vote, percent.
    pub votes: Share,
    /// Of the seats, percent.
    pub seats: Share,
    /// Seats minus votes in percentage points; for an open vote share its lowest value.
    pub gap: Option<Cited<Decimal>>,
}

/// One election on one base, rows sorted by seats.
pub struct Data<'a> {
    /// The election.
    pub election: &'a Election,
    /// The base.
    pub tier: Tier,
    /// All seats of the base.
    pub total: &'a Cited<Decimal>,
    /// The rows.
    pub rows: Vec<Row<'a>>,
    prefix: String,
}

impl<'a> Data<'a> {
    fn of(election: &'a Election, tier: Tier, prefix: String) -> Option<Self> {
        let total = election.totals.get(&tier).filter(|total| !total.value.is_zero())?;
        let votes = vote_shares(election);
        let seats = seat_shares(election, tier, total);
        let slugs = words::distinct(election.lists.iter().map(|list| list.key.as_str()));
        let mut rows: Vec<Row<'a>> = Vec::new();
        for (((list, slug), votes), seats) in election.lists.iter().zip(slugs).zip(votes).zip(seats) {
            let gap = match (&seats, &votes) {
                (Share::Known(seats), Share::Known(votes)) => analysis::difference(seats, votes),
                (Share::Known(seats), Share::Open(rest)) if rest.value >= Decimal::ZERO => {
                    analysis::difference(seats, rest)
                }
                _ => None,
            };
            rows.push(Row { list, slug, votes, seats, gap });
        }
        // A list without a seat share and a vote share of its own has nothing to show on this base.
        rows.retain(|row| !matches!((&row.votes, &row.seats), (Share::None(_), Share::None(_))));
        if !rows.iter().any(|row| row.votes.known().is_some()) || !rows.iter().any(|row| row.seats.known().is_some()) {
            return None;
        }
        let rank = |row: &Row| (row.seats.known().unwrap_or(-Decimal::ONE), row.votes.known().unwrap_or(-Decimal::ONE));
        rows.sort_by_key(|row| std::cmp::Reverse(rank(row)));
        Some(Self { election, tier, total, rows, prefix })
    }

    /// What the source calls the vote.
    pub fn vote_name(&self) -> &str {
        self.election.vote_name.as_ref().map_or("vote", |name| name.value.as_str())
    }

    /// `the 77 seats`.
    pub fn seats_name(&self) -> String {
        let tier = if self.tier == Tier::List { "list seats" } else { "seats" };
        format!("{} {tier}", number::stated(self.total.value))
    }

    fn id(&self, row: &Row, what: &str) -> String {
        format!("{}/{}/{what}", self.prefix, row.slug)
    }

    /// The mark of a seat share has the tier in its id: it is another value on another base.
    fn tiered(&self, what: &str) -> String {
        if self.tier == Tier::List { format!("list-{what}") } else { what.to_owned() }
    }

    fn vote_mark(&self, row: &Row, number: f64) -> Mark {
        let id = self.id(row, "vote-share");
        let name = format!("{}, share of the {}", row.list.name, self.vote_name());
        match &row.votes {
            Share::Known(share) => {
                let shape = Shape::Dot { x: number::at(share.value), y: number };
                Mark::known(id, name, shape, Style::hollow(Tone::Votes), "percent", share)
            }
            Share::Open(rest) => {
                let high = rest.value.max(Decimal::ZERO);
                let shape = Shape::Hatch { from: (0.0, number - 0.22), to: (number::at(high), number + 0.22) };
                Mark::not_stated(id, name, shape, "percent", open_range(rest), rest.evidence.clone())
            }
            Share::None(evidence) => {
                Mark::not_applicable(id, name, Shape::Words { x: 0.0, y: number }, "percent", evidence.clone())
            }
        }
    }

    fn seat_mark(&self, row: &Row, number: f64) -> Mark {
        let id = self.id(row, &self.tiered("seat-share"));
        let name = format!("{}, share of the {}", row.list.name, self.seats_name());
        match &row.seats {
            Share::Known(share) => {
                let shape = Shape::Dot { x: number::at(share.value), y: number };
                Mark::known(id, name, shape, Style::solid(Tone::Seats), "percent", share)
            }
            Share::Open(rest) => {
                let high = rest.value.max(Decimal::ZERO);
                let shape = Shape::Hatch { from: (0.0, number - 0.22), to: (number::at(high), number + 0.22) };
                Mark::not_stated(id, name, shape, "percent", open_range(rest), rest.evidence.clone())
            }
            Share::None(evidence) => {
                Mark::not_applicable(id, name, Shape::Words { x: 0.0, y: number }, "percent", evidence.clone())
            }
        }
    }

    /// The difference, as a segment between two known shares, as words where one is open.
    fn gap_mark(&self, row: &Row, number: f64) -> Option<Mark> {
        let gap = row.gap.as_ref()?;
        let id = self.id(row, &self.tiered("difference"));
        let name =
            format!("{}, share of the {} minus share of the {}", row.list.name, self.seats_name(), self.vote_name());
        let seats = row.seats.known()?;
        Some(match row.votes.known() {
            Some(votes) => {
                let shape = Shape::Segment { from: (number::at(votes), number), to: (number::at(seats), number) };
                Mark::known(id, name, shape, Style::solid(Tone::Quiet), "pp", gap)
            }
            None => {
                let shape = Shape::Words { x: number::at(seats), y: number };
                Mark::not_stated(id, name, shape, "pp", (gap.value.min(seats), seats), gap.evidence.clone())
            }
        })
    }

    fn gap(&self) -> Chart {
        let most = self.most();
        let names: Vec<&str> = self.rows.iter().map(|row| row.list.name.as_str()).collect();
        let mut chart = Chart { x: percent_with_room(most, 0.08), y: band(&names, false), ..frame() };
        chart.row_heads = vec!["seats − votes".to_owned()];
        for (number, row) in self.rows.iter().enumerate() {
            self.add_row(&mut chart, number, row);
        }
        // What is hatched lies under the lines, these under the dots.
        chart.marks.sort_by_key(|mark| match mark.shape {
            Shape::Hatch { .. } => 0,
            Shape::Segment { .. } => 1,
            _ => 2,
        });
        let share_of = |what: &str| format!("share of the {what}");
        chart.legend = vec![
            LegendItem { style: Style::hollow(Tone::Votes), text: share_of(self.vote_name()) },
            LegendItem { style: Style::solid(Tone::Seats), text: share_of(&self.seats_name()) },
        ];
        if self.rows.iter().any(|row| matches!(row.votes, Share::Open(_)) || matches!(row.seats, Share::Open(_))) {
            chart.legend.push(LegendItem { style: Style::solid(Tone::Missing), text: "not stated".to_owned() });
        }
        chart
    }

    fn add_row(&self, chart: &mut Chart, number: usize, row: &Row) {
        let at = number as f64;
        let mut votes = self.vote_mark(row, at);
        let mut seats = self.seat_mark(row, at);
        votes.label = match &row.votes {
            Share::Known(share) => Some(Label::new(number_label(share))),
            Share::Open(_) => Some(Label::reason(format!("vote share {}", votes.shown()))),
            Share::None(_) => None,
        };
        seats.label = match &row.seats {
            Share::Known(share) => Some(Label::new(number_label(share))),
            Share::Open(_) => Some(Label::reason(format!("seat share {}", seats.shown()))),
            Share::None(_) => None,
        };
        let gap = self.gap_mark(row, at);
        chart.row_notes.push(match (&gap, &row.votes, &row.seats) {
            (Some(gap), Share::Known(_), _) => {
                let value = gap.value.map(|value| number::round(value, 1)).unwrap_or_default();
                let gain = (!value.is_zero()).then_some(value > Decimal::ZERO);
                RowNote { bold: true, gain, ..note(number, 0, format!("{} pp", gap.shown()), gap.id.clone()) }
            }
            (Some(gap), ..) => note(number, 0, gap.shown(), gap.id.clone()),
            (None, Share::None(_), _) => italic(note(number, 0, "vote not applicable", votes.id.clone())),
            (None, _, Share::None(_)) => italic(note(number, 0, "seats not applicable", seats.id.clone())),
            (None, Share::Open(_), _) => italic(note(number, 0, "not stated", votes.id.clone())),
            (None, ..) => italic(note(number, 0, "not stated", seats.id.clone())),
        });
        chart.marks.extend([Some(votes), gap, Some(seats)].into_iter().flatten());
    }

    fn scatter(&self) -> Chart {
        let most = self.most();
        let y = percent_with_room(most, 0.05);
        let mut chart = Chart { x: percent_with_room(most, 0.02), y, ..frame() };
        let end = chart.x.domain.1;
        chart.x.last_end = Some(format!("share of the {} ▸", self.vote_name()));
        chart.y.last_end = Some(format!("▴ share of the {}", self.seats_name()));
        chart.scenery.push(Scenery::Line { from: (0.0, 0.0), to: (end, end), label: "seats = votes".to_owned() });
        for row in &self.rows {
            chart.marks.extend(self.scatter_marks(row, end));
        }
        chart.marks.sort_by_key(|mark| matches!(mark.shape, Shape::Dot { .. }));
        self.add_unseen(&mut chart);
        chart
    }

    /// The shares that a dot joins, so that every value of the table is a mark with its evidence.
    fn add_unseen(&self, chart: &mut Chart) {
        for row in &self.rows {
            for mark in [Some(self.vote_mark(row, 0.0)), Some(self.seat_mark(row, 0.0)), self.gap_mark(row, 0.0)] {
                let Some(mark) = mark.filter(|mark| chart.mark(&mark.id).is_none()) else { continue };
                let at = |share: &Share| share.known().map_or(0.0, number::at);
                let shape = Shape::Words { x: at(&row.votes), y: at(&row.seats) };
                chart.marks.push(Mark { shape, ..mark });
            }
        }
    }

    fn scatter_marks(&self, row: &Row, end: f64) -> Option<Mark> {
        let name = &row.list.name;
        let mark = match (&row.votes, &row.seats) {
            (Share::Known(votes), Share::Known(seats)) => {
                let shape = Shape::Dot { x: number::at(votes.value), y: number::at(seats.value) };
                Mark { shape, style: Style::solid(Tone::Votes), ..self.gap_mark(row, 0.0)? }.labelled(Label::new(name))
            }
            (Share::Open(rest), Share::Known(seats)) => {
                let (y, half) = (number::at(seats.value), end * 0.008);
                let shape = Shape::Hatch { from: (0.0, y - half), to: (number::at(rest.value).max(0.0), y + half) };
                let mark = self.vote_mark(row, 0.0);
                let text = format!("{name}, vote share not stated");
                Mark { shape, ..mark }.labelled(Label::reason(text).at(super::Side::Right))
            }
            (Share::Known(votes), Share::Open(rest)) => {
                let (x, half) = (number::at(votes.value), end * 0.005);
                let shape = Shape::Hatch { from: (x - half, 0.0), to: (x + half, number::at(rest.value).max(0.0)) };
                Mark { shape, ..self.seat_mark(row, 0.0) }
                    .labelled(Label::reason(format!("{name}, seat share not stated")))
            }
            (Share::None(_), Share::Known(seats)) => {
                let shape = Shape::Words { x: end, y: number::at(seats.value) };
                let text = format!("{name}: {} % of seats, vote not applicable", number_label(seats));
                Mark { shape, ..self.vote_mark(row, 0.0) }.labelled(Label::reason(text).at(super::Side::Left))
            }
            _ => return None,
        };
        Some(mark)
    }

    fn most(&self) -> f64 {
        let end = |share: &Share| match share {
            Share::Known(share) | Share::Open(share) => number::at(share.value),
            Share::None(_) => 0.0,
        };
        self.rows.iter().flat_map(|row| [end(&row.votes), end(&row.seats)]).fold(0.0, f64::max)
    }

    fn table(&self) -> super::Table {
        let heads = [("List", false), ("Votes", true), ("Seats", true), ("Seat share", true), ("Seats − votes", true)];
        super::Table { columns: columns(&heads), rows: self.rows.iter().map(|row| self.table_row(row)).collect() }
    }

    fn table_row(&self, row: &Row) -> TableRow {
        let (votes, seats) = (self.vote_mark(row, 0.0), self.seat_mark(row, 0.0));
        let share = |mark: &Mark, share: &Share| match share {
            Share::Known(_) => cell(format!("{} %", mark.shown()), mark.id.clone()),
            _ => reason(mark.shown(), Some(mark.id.clone())),
        };
        let count = match row.list.seats.get(&self.tier) {
            Some(Entry::Known(count)) => cell(number::stated(count.value), seats.id.clone()),
            Some(Entry::NotApplicable(_)) => reason("not applicable", Some(seats.id.clone())),
            _ => reason("not stated", Some(seats.id.clone())),
        };
        let gap = match self.gap_mark(row, 0.0) {
            Some(gap) if row.votes.known().is_some() => cell(format!("{} pp", gap.shown()), gap.id),
            Some(gap) => reason(format!("{} pp", gap.shown()), Some(gap.id)),
            None => Cell::default(),
        };
        TableRow {
            cells: vec![plain(&row.list.name), share(&votes, &row.votes), count, share(&seats, &row.seats), gap],
        }
    }
}

/// From zero to what the stated shares leave; where they pass 100, from the deficit to zero.
fn open_range(rest: &Cited<Decimal>) -> (Decimal, Decimal) {
    (rest.value.min(Decimal::ZERO), rest.value.max(Decimal::ZERO))
}

fn italic(note: RowNote) -> RowNote {
    RowNote { italic: true, ..note }
}

fn number_label(share: &Cited<Decimal>) -> String {
    if share.evidence.is_derived() { number::rounded(share.value, 1) } else { number::label(share.value) }
}

/// Each list's vote share: stated, or its votes by all votes; else what the known shares leave.
fn vote_shares(election: &Election) -> Vec<Share> {
    let all = all_votes(election);
    let known: Vec<Option<Cited<Decimal>>> = election
        .lists
        .iter()
        .map(|list| match (&list.vote_share, &list.votes) {
            (Entry::Known(share), _) => Some(share.clone()),
            (_, Entry::Known(votes)) => analysis::percent_of(votes, all.as_ref()?),
            _ => None,
        })
        .collect();
    let rest = remainder(&known);
    let share = |(list, known): (&ListResult, &Option<Cited<Decimal>>)| {
        let none = || match (&list.vote_share, list.seats.get(&Tier::List)) {
            (Entry::NotApplicable(evidence), _) | (Entry::NotStated, Some(Entry::NotApplicable(evidence))) => {
                Some(evidence)
            }
            _ => None,
        };
        match (known, none()) {
            (Some(share), _) => Share::Known(share.clone()),
            (None, Some(evidence)) => Share::None(evidence.clone()),
            (None, None) => Share::Open(rest.clone()),
        }
    };
    election.lists.iter().zip(&known).map(share).collect()
}

/// All votes: as stated, or the sum where every list's are.
fn all_votes(election: &Election) -> Option<Cited<Decimal>> {
    if let Some(total) = &election.total_votes {
        return Some(total.clone());
    }
    let votes: Vec<&Cited<Decimal>> = election
        .lists
        .iter()
        .filter(|list| !matches!(list.votes, Entry::NotApplicable(_)))
        .map(|list| list.votes.known())
        .collect::<Option<_>>()?;
    analysis::sum(&votes)
}

fn seat_shares(election: &Election, tier: Tier, total: &Cited<Decimal>) -> Vec<Share> {
    let known: Vec<Option<Cited<Decimal>>> =
        election.lists.iter().map(|list| analysis::percent_of(list.seats(tier)?, total)).collect();
    let rest = remainder(&known);
    let share = |(list, known): (&ListResult, &Option<Cited<Decimal>>)| match (known, list.seats.get(&tier)) {
        (Some(share), _) => Share::Known(share.clone()),
        (None, Some(Entry::NotApplicable(evidence))) => Share::None(evidence.clone()),
        (None, _) => Share::Open(rest.clone()),
    };
    election.lists.iter().zip(&known).map(share).collect()
}

fn remainder(known: &[Option<Cited<Decimal>>]) -> Cited<Decimal> {
    let known: Vec<&Cited<Decimal>> = known.iter().flatten().collect();
    let none = || Cited::new(Decimal::ONE_HUNDRED, Evidence::join(&[], Working::Remainder));
    analysis::remainder(&known).unwrap_or_else(none)
}
