//! Representation: for each group its share of the people, of the candidates and of the seats, side by side.

use super::{
    Chart, ChartSpec, LegendItem, Style, Tone,
    bars::{self, Bar, Row, Value},
    figures_map::chosen,
    number,
    parts::frame,
    words,
};
use crate::{
    analysis,
    facts::{Dataset, Statement, Statements},
    source::{Cited, Decimal, Evidence, Working, evidence::combine},
};

const KIND: &str = "representation";

/// What is measured: its key, its words, and its colour.
const MEASURES: [(&str, &str, Tone); 3] = [
    ("population", "of the population", Tone::Series(2)),
    ("candidates", "of the candidates", Tone::Series(0)),
    ("seats", "of the seats", Tone::Seats),
];

/// A group and what is stated of it.
struct Group<'a> {
    name: &'a str,
    population: Option<&'a Statement>,
    candidates: Option<&'a Statement>,
    seats: Option<Cited<Decimal>>,
}

/// The reports it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    super::figures_map::keys(dataset)
}

/// A name and its plural are one group; so are `Women` and `women`.
fn stem(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.strip_suffix('s').map_or(lower.clone(), str::to_owned)
}

/// Draws it, where the report states two measures of one group.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let (report, prefix) = chosen(dataset, spec, KIND)?;
    let groups = groups(report);
    let compared = groups.iter().any(|group| group.known() >= 2);
    let candidates = groups.iter().filter(|group| group.candidates.is_some()).count();
    if !compared || candidates == 0 || groups.len() < 2 {
        return None;
    }
    let mut chart = frame();
    let rows: Vec<Row> = groups.iter().map(row).collect();
    bars::set(&mut chart, &rows, "percent", &prefix, ("Group", "Share"));
    chart.title = title(&groups)?;
    let what = "shares of the population, the candidates and the seats, each of the date at its bar";
    chart.subtitle = words::joined(&[&words::origin(&report.origin), what], ", ");
    chart.legend = MEASURES
        .iter()
        .map(|(_, text, tone)| LegendItem { style: Style::solid(*tone), text: (*text).to_owned() })
        .chain([LegendItem { style: Style::solid(Tone::Missing), text: "not stated".to_owned() }])
        .collect();
    if groups.iter().any(|group| group.seats.is_some()) {
        chart.notes.push("A share of the seats is computed from the seats that are stated.".to_owned());
    }
    chart.notes.push("Outlined: no date stated, or an estimate. Groups may hold one another.".to_owned());
    let line = |headings| words::source_line(dataset, &report.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    chart.alt = bars::alt(&chart);
    Some(chart)
}

impl Group<'_> {
    fn known(&self) -> usize {
        usize::from(self.population.is_some())
            + usize::from(self.candidates.is_some())
            + usize::from(self.seats.is_some())
    }
}

/// The groups whose share of the candidates is stated, and those that its sentences name beside them.
fn groups(report: &Statements) -> Vec<Group<'_>> {
    let shares: Vec<&Statement> = report.of_kind("candidate_share").filter(|one| plain(one)).collect();
    let Some(first) = shares.first() else { return Vec::new() };
    let mut names: Vec<&str> = shares.iter().map(|one| one.figure.subject.as_str()).collect();
    let beside = report.of_kind("population_share").filter(|one| shares.iter().any(|s| s.sentence == one.sentence));
    names.extend(beside.map(|one| one.figure.subject.as_str()));
    let mut groups: Vec<Group> = Vec::new();
    for name in names.into_iter().filter(|name| !name.is_empty()) {
        if groups.iter().any(|group| stem(group.name) == stem(name)) {
            continue;
        }
        let own = |one: &&Statement| stem(&one.figure.subject) == stem(name) && plain(one);
        // The newest; of several without a date the first.
        let population = report
            .of_kind("population_share")
            .filter(own)
            .reduce(|best, one| if one.figure.period > best.figure.period { one } else { best });
        groups.push(Group {
            name,
            population,
            candidates: shares.iter().copied().find(|one| own(one)),
            seats: seats(report, name, first),
        });
    }
    groups
}

/// Whether it is a number of today: `up from 12 percent` is an earlier one.
fn plain(one: &Statement) -> bool {
    one.figure.value.is_some() && one.figure.value_max.is_none() && one.figure.detail("role").is_none()
}

/// A group's seats in all tiers that one sentence states, as a share of the seats of those tiers.
fn seats(report: &Statements, name: &str, near: &Statement) -> Option<Cited<Decimal>> {
    let own = |one: &&Statement| {
        stem(&one.figure.subject) == stem(name)
            && one.figure.paragraph == near.figure.paragraph
            && report.names.find(&one.figure.subject).is_none()
            && one.figure.detail("of").is_some()
    };
    let parts: Vec<&Statement> = report.of_kind("seats").filter(own).collect();
    let sentence = parts.first()?.sentence;
    if parts.iter().any(|one| one.sentence != sentence) {
        return None;
    }
    let whole = |part: &&Statement| {
        let of: Decimal = part.figure.detail("of")?.parse().ok()?;
        let fits = |one: &&Statement| {
            one.sentence == sentence
                && one.figure.detail("role") == Some("of")
                && one.figure.detail("tier") == part.figure.detail("tier")
                && one.figure.value == Some(of)
        };
        report.of_kind("seats").find(fits)?.cited("seats in all")
    };
    let wholes: Vec<Cited<Decimal>> = parts.iter().map(whole).collect::<Option<_>>()?;
    let seats: Vec<Cited<Decimal>> = parts.iter().map(|one| one.cited("seats")).collect::<Option<_>>()?;
    let sum = |all: &[Cited<Decimal>]| match all {
        [one] => Some(one.clone()),
        all => combine(&all.iter().collect::<Vec<_>>(), Working::Sum),
    };
    analysis::percent_of(&sum(&seats)?, &sum(&wholes)?)
}

fn row(group: &Group) -> Row {
    let [population, candidates, seats] = MEASURES;
    let stated = |fact: Option<&Statement>, (key, what, tone): (&str, &str, Tone)| {
        let fact = fact?;
        let mut bar = bars::of_fact(fact, key, format!("{}, share {what}", group.name), tone)?;
        let dated = !fact.figure.period.is_empty();
        if !dated && fact.figure.detail("when").is_none() && key == "population" {
            bar.style = Style::unsure(tone);
        }
        bar.aside = match (dated, key) {
            (true, _) => words::period(&fact.figure.period),
            (false, "population") => "date not stated".to_owned(),
            (false, _) => String::new(),
        };
        Some(bar)
    };
    let seat_bar = group.seats.as_ref().map(|share| Bar {
        key: seats.0.to_owned(),
        name: format!("{}, share {}", group.name, seats.1),
        value: Value::Known(share.clone()),
        style: Style::solid(seats.2),
        label: format!("{} %", number::rounded(share.value, 1)),
        aside: "computed".to_owned(),
    });
    let evidence = group
        .candidates
        .or(group.population)
        .map(|one| one.words("what is stated of the group"))
        .or(group.seats.as_ref().map(|share| share.evidence.clone()));
    let known = [stated(group.population, population), stated(group.candidates, candidates), seat_bar];
    let or_missing = |(bar, (key, what, _)): (Option<Bar>, (&str, &str, Tone))| {
        bar.or_else(|| Some(missing(key, format!("{}, share {what}", group.name), evidence.clone()?)))
    };
    let bars = known.into_iter().zip(MEASURES).filter_map(or_missing).collect();
    Row { name: words::sentence(group.name), bars }
}

fn missing(key: &str, name: String, evidence: Evidence) -> Bar {
    Bar {
        key: key.to_owned(),
        name,
        value: Value::Missing(Decimal::ONE_HUNDRED, evidence),
        style: Style::solid(Tone::Missing),
        label: "not stated".to_owned(),
        aside: String::new(),
    }
}

/// The group that lies farthest below its share of the people; else the one with the most candidates.
fn title(groups: &[Group]) -> Option<String> {
    let share = |one: Option<&Statement>| one.and_then(|one| one.figure.value);
    let both = |group: &Group| Some((share(group.population)?, share(group.candidates)?));
    let gap = |group: &&Group| both(group).map(|(people, candidates)| people - candidates);
    let widest = groups.iter().filter(|group| both(group).is_some()).max_by_key(gap);
    if let Some((group, (people, candidates))) = widest.and_then(|group| Some((group, both(group)?))) {
        return Some(format!(
            "{}: {} % of the population, {} % of the candidates",
            words::sentence(group.name),
            number::label(people),
            number::label(candidates)
        ));
    }
    let first = groups.iter().find(|group| group.candidates.is_some() && group.seats.is_some())?;
    Some(format!(
        "{}: {} % of the candidates, {} % of the seats",
        words::sentence(first.name),
        number::label(share(first.candidates)?),
        number::rounded(first.seats.as_ref()?.value, 1)
    ))
}
