//! Parliament: the seats of a chamber in a half circle, by list and by tier, with the line that a majority crosses.

use super::{
    Cell, Chart, ChartSpec, Label, LegendItem, Mark, MarkId, Shape, Style, TableRow, Tone, hemicycle, number,
    parts::{cell, columns, frame, linear, plain, reason},
    tokens::SERIES_COLOURS,
    words,
};
use crate::{
    analysis,
    facts::{Dataset, Election, Entry, Statement, Statements, Tier, cues},
    source::{Cited, Decimal, Working, evidence::combine},
};

const KIND: &str = "parliament";
/// A chamber with more seats is no chamber, or no circle.
const MOST: u32 = 2_000;
/// Names of groups stand so far apart at least, in radians on the ground; more, higher up.
const APART: f64 = 0.09;
/// What a part of a chamber is called is no longer than this.
const LONGEST: usize = 30;

/// Seats of one kind in a row of the chamber: those of a list in a tier, or of a part of the chamber.
struct Wedge {
    /// Whose.
    group: usize,
    /// `list seats`; empty where the tiers are not told apart.
    tier: &'static str,
    hollow: bool,
    seats: Cited<Decimal>,
}

/// A list, or a part of a chamber.
struct Group {
    name: String,
    all: Cited<Decimal>,
    cells: Vec<Cell>,
}

struct Chamber<'a> {
    origin: &'a crate::facts::Origin,
    name: String,
    period: String,
    total: Cited<Decimal>,
    groups: Vec<Group>,
    wedges: Vec<Wedge>,
    /// Seats that no list is stated to have.
    rest: Option<Cited<Decimal>>,
    /// Whether a reader chose what it is drawn of: a list may then be several.
    chosen: bool,
    /// All seats that are given, where they are more than there are.
    given: Option<Cited<Decimal>>,
    /// By list of an election, or by how its members come to it.
    elected: bool,
}

/// The chambers it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    chambers(dataset, false).into_iter().map(|(key, chamber)| (key, label(&chamber))).collect()
}

fn label(chamber: &Chamber) -> String {
    words::joined(&[&words::origin(chamber.origin), &chamber.name, &words::period(&chamber.period)], ", ")
}

/// Draws it.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let all = chambers(dataset, !spec.uses.is_empty());
    let first = all.first()?.0.clone();
    let wanted = spec.of.as_ref().unwrap_or(&first);
    let (key, chamber) = all.into_iter().find(|(key, _)| key == wanted)?;
    draw(dataset, chamber, &words::prefix(KIND, &key, Some(&first)))
}

/// `over`: also an election that gives more seats than there are, as a reader may ask for who wants another statement
/// drawn than the table's.
fn chambers(dataset: &Dataset, over: bool) -> Vec<(String, Chamber<'_>)> {
    let elected = dataset.elections.iter().filter_map(|one| Some((one.key.clone(), of_election(one, over)?)));
    let mut all: Vec<(String, Chamber)> = elected.collect();
    for report in &dataset.statements {
        for chamber in in_parts(report) {
            // An election says more of its chamber than how many seats are filled in which way.
            let known = |one: &(String, Chamber)| {
                one.1.origin.source == report.origin.source && one.1.total.value == chamber.total.value
            };
            if !all.iter().any(known) {
                all.push((format!("{} {}", report.key, words::slug(&chamber.name)).replace(' ', "-"), chamber));
            }
        }
    }
    all
}

fn of_election(election: &Election, over: bool) -> Option<Chamber<'_>> {
    let total = election.totals.get(&Tier::Total)?.clone();
    let mut lists: Vec<_> = election.lists.iter().filter(|list| list.seats(Tier::Total).is_some()).collect();
    lists.sort_by_key(|list| std::cmp::Reverse(list.seats(Tier::Total).map(|seats| seats.value)));
    let mut chamber = Chamber {
        origin: &election.origin,
        name: election.chamber.clone(),
        period: election.period.clone(),
        total,
        groups: Vec::new(),
        wedges: Vec::new(),
        rest: None,
        chosen: over,
        given: None,
        elected: true,
    };
    for (group, list) in lists.into_iter().enumerate() {
        let all = list.seats(Tier::Total)?.clone();
        let tiers = [Tier::Smd, Tier::List].map(|tier| list.seats(tier));
        let stated: Vec<&Cited<Decimal>> = tiers.iter().flatten().copied().collect();
        let adds_up = combine(&stated, Working::Sum).is_some_and(|sum| sum.value == all.value) && !stated.is_empty();
        if adds_up {
            for (seats, (tier, hollow)) in tiers.into_iter().zip([("district seats", false), ("list seats", true)]) {
                chamber.wedges.extend(seats.map(|seats| Wedge { group, tier, hollow, seats: seats.clone() }));
            }
        } else {
            chamber.wedges.push(Wedge { group, tier: "", hollow: false, seats: all.clone() });
        }
        let shown = |tier: Tier| match list.seats.get(&tier) {
            Some(Entry::Known(seats)) => plain(number::label(seats.value)),
            Some(Entry::NotApplicable(_)) => reason("not applicable", None),
            _ => reason("not stated", None),
        };
        chamber.groups.push(Group { name: list.name.clone(), all, cells: vec![shown(Tier::Smd), shown(Tier::List)] });
    }
    let stated: Vec<&Cited<Decimal>> = chamber.groups.iter().map(|group| &group.all).collect();
    let sum = combine(&stated, Working::Sum)?;
    let rest = analysis::difference(&chamber.total, &sum)?;
    if rest.value < Decimal::ZERO {
        chamber.given = Some(sum).filter(|_| over);
        return chamber.given.is_some().then_some(chamber);
    }
    chamber.rest = (rest.value > Decimal::ZERO).then_some(rest);
    Some(chamber)
}

/// Chambers of which a report says how many of all members come in which way: the parts add up to the whole.
fn in_parts(report: &Statements) -> Vec<Chamber<'_>> {
    let role = |one: &&Statement, role: &str| one.figure.detail("role") == Some(role);
    let mut found: Vec<Chamber> = Vec::new();
    for whole in report.of_kind("seats").filter(|one| role(one, "chamber")) {
        let own = |one: &&Statement| one.figure.subject == whole.figure.subject && role(one, "part");
        let near = |one: &&Statement| one.figure.paragraph == whole.figure.paragraph;
        let parts: Vec<&Statement> = report.of_kind("seats").filter(near).filter(own).collect();
        let seats: Vec<Cited<Decimal>> = parts.iter().filter_map(|one| one.cited("seats")).collect();
        let (Some(total), Some(sum)) =
            (whole.cited("seats in all"), combine(&seats.iter().collect::<Vec<_>>(), Working::Sum))
        else {
            continue;
        };
        let known = found.iter().any(|chamber| chamber.name == whole.figure.subject);
        if parts.len() < 2 || seats.len() != parts.len() || sum.value != total.value || known {
            continue;
        }
        let groups = parts.iter().zip(&seats).map(|(one, seats)| Group {
            name: way(report, one),
            all: seats.clone(),
            cells: Vec::new(),
        });
        let wedge =
            |(group, seats): (usize, &Cited<Decimal>)| Wedge { group, tier: "", hollow: false, seats: seats.clone() };
        found.push(Chamber {
            origin: &report.origin,
            name: whole.figure.subject.clone(),
            period: whole.figure.period.clone(),
            total,
            groups: groups.collect(),
            wedges: seats.iter().enumerate().map(wedge).collect(),
            rest: None,
            chosen: false,
            given: None,
            elected: false,
        });
    }
    found
}

/// How the members of a part come to their seats, in the words of the clause.
fn way(report: &Statements, part: &Statement) -> String {
    let after = cues::head(cues::first_clause(report.after(part)), LONGEST);
    let before = cues::tail(cues::last_clause(report.before(part)), LONGEST);
    // `7 members`: the words behind the number say only what it counts.
    let (verbs, few) = (after.split_whitespace().count(), 2);
    if verbs >= few || before.is_empty() { after } else { before }
}

fn seats_of(value: Decimal) -> Option<u32> {
    u32::try_from(value).ok().filter(|_| value.fract().is_zero())
}

fn tone(group: usize) -> Tone {
    if group < usize::from(SERIES_COLOURS) { Tone::Series(group as u8) } else { Tone::Quiet }
}

fn draw(dataset: &Dataset, chamber: Chamber, prefix: &str) -> Option<Chart> {
    let all = chamber.given.as_ref().unwrap_or(&chamber.total);
    let of = seats_of(all.value).filter(|of| (2..=MOST).contains(of))?;
    let mut chart = frame();
    chart.even = true;
    chart.x = super::Scale { grid: false, ..linear((-1.9, 1.9), Vec::new()) };
    chart.y = super::Scale { grid: false, ..linear((-0.12, 1.16), Vec::new()) };
    let slugs = words::distinct(chamber.groups.iter().map(|group| group.name.as_str()));
    let mut first = 0;
    let mut middles: Vec<(u32, u32)> = vec![(0, 0); chamber.groups.len()];
    for wedge in &chamber.wedges {
        let count = seats_of(wedge.seats.value)?;
        let last = first + count;
        if last > of {
            return None;
        }
        if middles[wedge.group] == (0, 0) {
            middles[wedge.group] = (first, last);
        }
        middles[wedge.group].1 = last;
        let (group, slug) = (&chamber.groups[wedge.group], &slugs[wedge.group]);
        let what = if wedge.tier.is_empty() { "seats" } else { wedge.tier };
        let id = format!("{prefix}/{slug}/{}", what.replace(' ', "-"));
        let style = Style { tone: tone(wedge.group), hollow: wedge.hollow, dashed: false };
        let shape = Shape::Seats { first, last, of };
        chart.marks.push(Mark::known(id, format!("{}, {what}", group.name), shape, style, "seats", &wedge.seats));
        first = last;
    }
    let seated = |n: &usize| chamber.groups[*n].all.value > Decimal::ZERO;
    let seated: Vec<usize> = (0..chamber.groups.len()).filter(seated).collect();
    let angles = angles(&seated.iter().map(|n| middles[*n]).collect::<Vec<_>>(), of);
    for (n, angle) in seated.into_iter().zip(angles) {
        let id = format!("{prefix}/{}/all", slugs[n]);
        chart.marks.push(name_mark(&chamber.groups[n], &id, (angle, of), tone(n)));
    }
    if let Some(rest) = &chamber.rest {
        let shape = Shape::Seats { first, last: of, of };
        let id = format!("{prefix}/rest");
        let style = Style::unsure(Tone::Missing);
        chart.marks.push(
            Mark::known(id, "Seats of which no list is stated".to_owned(), shape, style, "seats", rest)
                .with_decimals(0),
        );
    }
    let majority = analysis::majority(&chamber.total)?;
    add_majority(&mut chart, &majority, prefix);
    table(&mut chart, &chamber, &slugs, prefix);
    finish(dataset, &chamber, &majority, &mut chart);
    Some(chart)
}

/// The angles at which the names of groups stand: that of the middle of their seats, but apart from one another.
fn angles(wedges: &[(u32, u32)], of: u32) -> Vec<f64> {
    let seats = hemicycle::seats(of);
    let middle = |(first, last): &(u32, u32)| {
        seats.get((first + last.saturating_sub(1)) as usize / 2).map_or(0.0, |(x, y)| y.atan2(*x))
    };
    let mut angles: Vec<f64> = wedges.iter().map(middle).collect();
    // From the right end upwards: near the ground names need the least room.
    for n in (0..angles.len()).rev() {
        let least = angles.get(n + 1).map_or(-APART / 2.0, |below| below + APART * (1.0 + below.sin().max(0.0)));
        angles[n] = angles[n].max(least);
    }
    angles
}

/// The name and all seats of a group, outside its seats.
fn name_mark(group: &Group, id: &str, (angle, of): (f64, u32), tone: Tone) -> Mark {
    let out = 1.0 + hemicycle::radius(of) * 1.6;
    let (x, y) = (angle.cos() * out, angle.sin() * out);
    let name = format!("{}, all seats", group.name);
    let mark = Mark::known(id.to_owned(), name, Shape::Words { x, y }, Style::solid(tone), "seats", &group.all);
    mark.with_decimals(0).labelled(Label::new(format!("{} {}", group.name, number::label(group.all.value))))
}

fn add_majority(chart: &mut Chart, majority: &Cited<Decimal>, prefix: &str) {
    let style = Style { tone: Tone::Accent, hollow: false, dashed: true };
    let shape = Shape::Segment { from: (0.0, 0.06), to: (0.0, hemicycle::INNER - 0.06) };
    let name = "Seats for a majority".to_owned();
    let line = Mark::known(format!("{prefix}/majority"), name, shape, style, "seats", majority).with_decimals(0);
    let at = Shape::Words { x: 0.0, y: -0.02 };
    let words = Mark {
        id: MarkId(format!("{prefix}/majority/label")),
        shape: at,
        label: Some(
            Label::new(format!("{} for a majority", number::label(majority.value))).bold().at(super::Side::Below),
        ),
        ..line.clone()
    };
    chart.marks.push(line);
    chart.marks.push(words);
}

fn table(chart: &mut Chart, chamber: &Chamber, slugs: &[String], prefix: &str) {
    let heads: &[(&str, bool)] = if chamber.elected {
        &[("List", false), ("District", true), ("Party list", true), ("All seats", true)]
    } else {
        &[("Members", false), ("Seats", true)]
    };
    chart.table.columns = columns(heads);
    for (group, slug) in chamber.groups.iter().zip(slugs) {
        let all = MarkId(format!("{prefix}/{slug}/all"));
        let known = chart.mark(&all).is_some();
        let text = number::label(group.all.value);
        let mut cells = vec![plain(group.name.clone())];
        cells.extend(group.cells.iter().cloned());
        cells.push(if known { cell(text, all) } else { plain(text) });
        chart.table.rows.push(TableRow { cells });
    }
    if let Some(rest) = &chamber.rest {
        let mut cells = vec![reason("no list stated", None)];
        cells.extend(if chamber.elected { vec![Cell::default(), Cell::default()] } else { Vec::new() });
        cells.push(cell(number::label(rest.value), MarkId(format!("{prefix}/rest"))));
        chart.table.rows.push(TableRow { cells });
    }
}

fn finish(dataset: &Dataset, chamber: &Chamber, majority: &Cited<Decimal>, chart: &mut Chart) {
    let total = number::label(chamber.total.value);
    let largest = chamber.groups.iter().max_by_key(|group| group.all.value);
    let tied = |value: Decimal| chamber.groups.iter().filter(|group| group.all.value == value).count() > 1;
    let whose = if chamber.elected { "list" } else { "part" };
    chart.title = match largest.filter(|group| !tied(group.all.value)) {
        Some(group) if group.all.value >= majority.value && chamber.elected => {
            let own = if chamber.chosen { "" } else { " of its own" };
            format!("{} won {} of {total} seats, a majority{own}", group.name, number::label(group.all.value))
        }
        Some(group) if chamber.elected => {
            format!("No {whose} won a majority; {} won {} of {total} seats", group.name, number::label(group.all.value))
        }
        Some(group) => format!("{} of {total} seats: {}", number::label(group.all.value), group.name),
        None => format!("{total} seats, and no {whose} with more than another"),
    };
    let seats = if chamber.elected { "seats by list" } else { "seats by how they are filled" };
    let what = words::joined(&[&chamber.name, &words::period(&chamber.period), seats], ", ");
    chart.subtitle = words::joined(&[&words::origin(chamber.origin), &what], "; ");
    let (solid, hollow) = (Style::solid(Tone::Quiet), Style::hollow(Tone::Quiet));
    let has = |tier: &str| chamber.wedges.iter().any(|wedge| wedge.tier == tier && wedge.seats.value > Decimal::ZERO);
    for (tier, style) in [("district seats", solid), ("list seats", hollow)] {
        if has(tier) {
            chart.legend.push(LegendItem { style, text: tier.to_owned() });
        }
    }
    let line = |headings| words::source_line(dataset, chamber.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    chart.notes.push(format!(
        "A majority is computed: the least number above half of {total}. Order from the left: most seats first."
    ));
    let none: Vec<&str> =
        chamber.groups.iter().filter(|group| group.all.value.is_zero()).map(|group| group.name.as_str()).collect();
    if !none.is_empty() {
        chart.notes.push(format!("Without a seat: {}.", words::list(&none)));
    }
    if let Some(given) = &chamber.given {
        chart.notes.push(format!(
            "The lists are given {} seats, more than the {total} there are: the half circle has as many as are given.",
            number::label(given.value)
        ));
    }
    if let Some(rest) = &chamber.rest {
        chart.notes.push(format!("{} seats are of no list that is stated (outlined).", number::label(rest.value)));
    }
    let rows: Vec<String> =
        chamber.groups.iter().map(|group| format!("{} {}", group.name, number::label(group.all.value))).collect();
    chart.alt = format!("{}. {}. {}.", chart.title, chart.subtitle, rows.join("; "));
}
