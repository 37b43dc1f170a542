//! Timeline: every date of a report's prose as a bar as long as it is precise, with the words that say what it dates.

use std::collections::BTreeMap;

use super::{
    Chart, ChartSpec, Label, LegendItem, Mark, MarkId, MarkStatus, Shape, Side, Style, TableRow, Tone,
    figures_map::chosen,
    parts::{band, cell, columns, frame, linear, plain, tick},
    words,
};
use crate::{
    facts::{Dataset, Statements, events::Event, events::Precision, events::events},
    source::{Evidence, Working},
};

const KIND: &str = "timeline";
/// Fewer dates than this make no line.
const LEAST: usize = 5;
/// More moments than this have no room on a page, one above the other.
const MOST: usize = 400;
/// Dates farther from the middle half than this many times its length leave the axis to the others.
const FAR: f64 = 6.0;
/// What a letter of a label takes, in parts of the axis, on a page of the usual size.
const LETTER: f64 = 0.0056;

/// The reports it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    super::figures_map::keys(dataset)
}

/// All dates that are stated as one and the same.
struct Moment<'a> {
    events: Vec<Event<'a>>,
}

impl<'a> Moment<'a> {
    fn first(&self) -> Option<&Event<'a>> {
        self.events.first()
    }

    /// What it dates: the first of its dates that says so.
    fn label(&self) -> String {
        let said = self.events.iter().find(|event| !event.what.is_empty());
        said.map(|event| event.what.clone()).unwrap_or_default()
    }

    fn aside(&self) -> String {
        match self.events.len() {
            0 | 1 => String::new(),
            n => format!("+{}", n - 1),
        }
    }
}

/// Draws it.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let (report, prefix) = chosen(dataset, spec, KIND)?;
    let all = events(report);
    let (near, far) = parted(all);
    if near.len() < LEAST {
        return None;
    }
    let dates = near.len();
    let busiest = busiest(&near);
    let moments = moments(near);
    if moments.len() > MOST {
        return None;
    }
    let from = moments.iter().filter_map(Moment::first).map(|event| event.from).fold(f64::INFINITY, f64::min).floor();
    let to = moments.iter().filter_map(Moment::first).map(|event| event.to).fold(f64::NEG_INFINITY, f64::max).ceil();
    let mut chart = frame();
    let lanes = lanes(&moments, (from, to));
    let count = lanes.iter().map(|(lane, _)| lane + 1).max().unwrap_or(1);
    chart.y = band(&vec![""; count], false);
    chart.x = axis(from, to);
    for (moment, (lane, side)) in moments.iter().zip(&lanes) {
        mark(report, moment, ((count - 1 - lane) as f64, *side), &prefix, &mut chart);
    }
    words_of(report, dataset, &mut chart, (dates, from, to), busiest);
    if !far.is_empty() {
        let told: Vec<String> = far.iter().map(|event| words::period(&event.when)).collect();
        chart.notes.push(format!("Far from the others and not drawn: {}.", words::list(&told)));
    }
    Some(chart)
}

/// The dates on the axis, and those that would leave no room for the rest.
fn parted(mut all: Vec<Event>) -> (Vec<Event>, Vec<Event>) {
    all.sort_by(|a, b| a.from.total_cmp(&b.from).then(b.to.total_cmp(&a.to)));
    let at = |part: usize| all.get(all.len() * part / 4).map_or(0.0, |event| event.from);
    let (low, high) = (at(1), at(3));
    let reach = (high - low).max(4.0) * FAR;
    all.into_iter().partition(|event| event.from >= low - reach && event.to <= high + reach)
}

/// The year that most dates fall in, and how many; `None` where two share the place.
fn busiest(events: &[Event]) -> Option<(i32, usize)> {
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    for event in events.iter().filter(|event| event.to - event.from <= 1.0) {
        *years.entry(event.from.floor() as i32).or_default() += 1;
    }
    let most = years.iter().max_by_key(|(_, count)| **count)?;
    let alone = years.values().filter(|count| *count == most.1).count() == 1;
    alone.then_some((*most.0, *most.1))
}

fn moments(events: Vec<Event>) -> Vec<Moment> {
    let mut moments: Vec<Moment> = Vec::new();
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for event in events {
        let place = *at.entry(event.when.clone()).or_insert(moments.len());
        match moments.get_mut(place) {
            Some(moment) => moment.events.push(event),
            None => moments.push(Moment { events: vec![event] }),
        }
    }
    moments.iter_mut().for_each(|moment| moment.events.sort_by_key(|event| event.date.figure.span));
    moments
}

/// For each moment the lowest lane where neither its bar nor its words lie over another's, and the side of its words.
fn lanes(moments: &[Moment], (from, to): (f64, f64)) -> Vec<(usize, Side)> {
    let letter = (to - from) * LETTER;
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut lanes = Vec::new();
    for first in moments.iter().filter_map(|moment| Some((moment, moment.first()?))) {
        let (moment, first) = first;
        let words = (moment.label().chars().count() + moment.aside().chars().count() + 3) as f64 * letter;
        // Words to the left leave the right of the lane to the next moment.
        let sides = [(Side::Left, first.from - words, first.to), (Side::Right, first.from, first.to + words)];
        let free = |lane: &[(f64, f64)], a: f64, b: f64| lane.iter().all(|(from, to)| b <= *from || *to <= a);
        let lane =
            |(_, a, b): &(Side, f64, f64)| taken.iter().position(|lane| free(lane, *a, *b)).unwrap_or(taken.len());
        // At the left only where the words do not leave the axis.
        let inside = sides.iter().filter(|(side, a, _)| *side == Side::Right || *a >= from);
        let Some(best) = inside.min_by_key(|side| lane(side)).copied() else { continue };
        let at = lane(&best);
        if at == taken.len() {
            taken.push(Vec::new());
        }
        taken[at].push((best.1, best.2));
        lanes.push((at, best.0));
    }
    lanes
}

fn axis(from: f64, to: f64) -> super::Scale {
    // Words of the last dates need room behind them.
    let end = to + (to - from) * 0.16;
    let step = super::number::nice_step(to - from, 14.0).max(1.0);
    let year = |at: f64| super::Tick { label: format!("{at:.0}"), ..tick(at, 1.0) };
    let ticks = super::number::tick_values(from, to, step).into_iter().map(year).collect();
    linear((from, end), ticks)
}

fn style(event: &Event) -> Style {
    match event.precision {
        Precision::Month => Style::solid(Tone::Series(0)),
        Precision::Year => Style::hollow(Tone::Series(0)),
        Precision::Years => Style::unsure(Tone::Series(0)),
    }
}

fn mark(report: &Statements, moment: &Moment, (lane, side): (f64, Side), prefix: &str, chart: &mut Chart) {
    let Some(first) = moment.first() else { return };
    let id = MarkId(format!("{prefix}/{}", words::slug(&first.when)));
    let when = words::period(&first.when);
    let parts: Vec<Evidence> = moment.events.iter().map(|event| event.date.words("date")).collect();
    let evidence = Evidence::join(&parts.iter().collect::<Vec<_>>(), |_| Working::Stated(0));
    let told: Vec<String> = moment.events.iter().map(said).collect();
    let label = moment.label();
    chart.marks.push(Mark {
        id: id.clone(),
        name: format!("{when}: {}", told.join("; ")),
        shape: Shape::Bar { from: (first.from, lane - 0.3), to: (first.to, lane + 0.3) },
        style: style(first),
        label: (!label.is_empty()).then(|| Label::new(label).aside(moment.aside()).at(side)),
        status: MarkStatus::Stated,
        value: None,
        low: None,
        high: None,
        unit: "year",
        decimals: None,
        evidence,
        grounds: Vec::new(),
    });
    for event in &moment.events {
        let section = report.sections.get(event.date.section).map_or("", String::as_str);
        let cells = vec![
            cell(when.clone(), id.clone()),
            plain(event.what.clone()),
            plain(format!("{section} ¶{}", event.date.paragraph)),
        ];
        chart.table.rows.push(TableRow { cells });
    }
}

/// A date as written, with what it dates.
fn said(event: &Event) -> String {
    let date = event.date.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if event.what.is_empty() { date } else { format!("{} ({date})", event.what) }
}

fn words_of(
    report: &Statements,
    dataset: &Dataset,
    chart: &mut Chart,
    (dates, from, to): (usize, f64, f64),
    busiest: Option<(i32, usize)>,
) {
    chart.title = match busiest {
        Some((year, n)) if n > 1 => format!("{n} of the report’s {dates} dates fall in {year}"),
        _ => format!("The report’s {dates} dates run from {from:.0} to {:.0}", to - 1.0),
    };
    chart.subtitle = format!(
        "{}, dates in prose from {from:.0} to {:.0}, each as long as it is precise; +n: the same date again",
        words::origin(&report.origin),
        to - 1.0
    );
    let has = |precision: Precision| {
        let style = match precision {
            Precision::Month => Style::solid(Tone::Series(0)),
            Precision::Year => Style::hollow(Tone::Series(0)),
            Precision::Years => Style::unsure(Tone::Series(0)),
        };
        chart.marks.iter().any(|mark| mark.style == style).then_some(style)
    };
    let legend = [
        (Precision::Month, "month stated"),
        (Precision::Year, "year, or a part of it"),
        (Precision::Years, "several years (dashed)"),
    ];
    chart.legend = legend
        .into_iter()
        .filter_map(|(precision, text)| Some(LegendItem { style: has(precision)?, text: text.to_owned() }))
        .collect();
    chart.table.columns = columns(&[("When", false), ("What, in the report’s words", false), ("Where", false)]);
    let line = |headings| words::source_line(dataset, &report.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    chart.notes.push(
        "Words are the report’s own, cut where … stands; a date that is named for comparison is a date too.".to_owned(),
    );
    let told: Vec<&str> = chart.marks.iter().map(|mark| mark.name.as_str()).collect();
    chart.alt = format!("{}. {}. {}.", chart.title, chart.subtitle, told.join(". "));
}
