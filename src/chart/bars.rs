//! Bars in rows, each with its evidence: what the charts of several systems are made of.

use super::{
    Chart, Label, LegendItem, Mark, MarkId, MarkStatus, Scale, Shape, Style, TableRow, Tick, Tone, number,
    parts::{band, cell, columns, linear, percent, plain, reason},
    text::{self, Face},
    words,
};
use crate::{
    facts::{Statement, Statements, cues},
    source::{Cited, Decimal, Evidence},
};

/// Words at the ends of bars are measured in this size on an axis of this width: that of the usual page.
const TEXT_PX: f64 = 15.0;
const AXIS_PX: f64 = 760.0;
/// The axis is drawn no longer than this many times the longest bar.
const LONGEST: f64 = 1.9;
/// A name of fewer letters says too little.
const LITTLE: usize = 9;
/// How high a row's bars are together.
const HIGH: f64 = 0.72;

/// A value to draw.
#[derive(Clone, Debug)]
pub enum Value {
    /// Stated or computed.
    Known(Cited<Decimal>),
    /// From, to, and the words that say so.
    Range(Decimal, Decimal, Evidence),
    /// What is computed to be left of a whole: hatched.
    Rest(Cited<Decimal>),
    /// Not stated, from zero to all, and what else is stated of the same.
    Missing(Decimal, Evidence),
    /// Words alone: a value in a unit that the axis does not have.
    Words(Evidence),
}

/// A bar.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Its part of an id: `candidates`.
    pub key: String,
    /// What it is, in words.
    pub name: String,
    /// Its value.
    pub value: Value,
    /// Its look.
    pub style: Style,
    /// The words at its end.
    pub label: String,
    /// Quieter words behind.
    pub aside: String,
}

/// A row of bars.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its bars, from the top.
    pub bars: Vec<Bar>,
}

impl Row {
    /// A row of one bar.
    pub fn one(name: impl Into<String>, bar: Bar) -> Self {
        Self { name: name.into(), bars: vec![bar] }
    }
}

/// The bar of a fact, with its value as the source writes it: an estimate or a bound is an outline.
pub fn of_fact(one: &Statement, key: &str, name: impl Into<String>, tone: Tone) -> Option<Bar> {
    let value = match (one.figure.value, one.figure.value_max) {
        (Some(low), Some(high)) => Value::Range(low, high, one.words("range")),
        _ => Value::Known(one.cited(key)?),
    };
    let approx = one.figure.detail("approx").unwrap_or_default();
    let style = if approx.is_empty() { Style::solid(tone) } else { Style::unsure(tone) };
    let label = words::joined(&[approx, &amount(one)], " ");
    Some(Bar { key: key.to_owned(), name: name.into(), value, style, label, aside: String::new() })
}

/// A value with its unit: `16 %`, `8–10 %`, `US$74.2 million`, `4 000`.
pub fn amount(one: &Statement) -> String {
    let written = || one.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let figure = &one.figure;
    let (Some(low), high) = (figure.value, figure.value_max) else { return written() };
    let number = match high {
        Some(high) => format!("{}–{}", number::label(low), number::label(high)),
        None => number::label(low),
    };
    match figure.unit.as_str() {
        "percent" => format!("{number}\u{a0}%"),
        "people" | "count" | "seats" | "votes" => number,
        _ => written(),
    }
}

/// What a figure is of, in the words of its clause: those behind the number, or where those go on to something else, or
/// to when and where, those before it; `None` where the clause says too little.
pub fn clause_name(report: &Statements, one: &Statement, after: &str, most: usize) -> Option<String> {
    let behind = cues::first_clause(after);
    let said = cues::head(behind, most);
    if said.split_whitespace().count() >= 2 && !cues::goes_on(behind) {
        return Some(said);
    }
    let before = cues::without_bound(report.before(one), one.figure.detail("approx"));
    let clause = cues::last_clause(before);
    let own = cues::tail(before_numbers(clause), most);
    if own.chars().count() >= LITTLE {
        return Some(own);
    }
    // `…, which will amount to 5 percent`: the clause before the comma says what it is of, up to its first number.
    let hangs =
        clause.split_whitespace().next().is_some_and(|word| cues::cues().relatives.contains(&*cues::bare(word)));
    let earlier = before.strip_suffix(clause)?.trim_end().trim_end_matches(',');
    let main = cues::last_clause(earlier);
    let number = main.find(|c: char| c.is_ascii_digit()).unwrap_or(main.len());
    let told = cues::head(main.get(..number)?, most);
    (hangs && told.chars().count() >= LITTLE).then_some(told)
}

/// A clause up to its second number: `fell from 6 percent in 1990 to` is about what fell.
fn before_numbers(clause: &str) -> &str {
    let mut at = 0;
    for word in clause.split_inclusive(' ') {
        if at > 0 && word.starts_with(|c: char| c.is_ascii_digit()) {
            return &clause[..at];
        }
        at += word.len();
    }
    clause
}

/// Sets rows of bars into a chart: its scales, marks and table. `unit` is that of the axis.
pub fn set(chart: &mut Chart, rows: &[Row], unit: &'static str, prefix: &str, heads: (&str, &str)) {
    let ends = rows.iter().flat_map(|row| &row.bars).map(|bar| match &bar.value {
        Value::Known(value) | Value::Rest(value) => value.value,
        Value::Range(_, high, _) => *high,
        Value::Missing(..) | Value::Words(_) => Decimal::ZERO,
    });
    let most = number::at(ends.max().unwrap_or_default());
    chart.x = scale(most, unit, rows.iter().flat_map(|row| &row.bars));
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    chart.y = band(&names, false);
    let slugs = words::distinct(names.iter().copied());
    chart.table.columns = columns(&[(heads.0, false), ("What", false), (heads.1, true)]);
    for ((n, row), slug) in rows.iter().enumerate().zip(&slugs) {
        let keys = words::distinct(row.bars.iter().map(|bar| bar.key.as_str()));
        let height = HIGH / row.bars.len().max(1) as f64;
        let height = height.min(0.44);
        let top = n as f64 - height * row.bars.len() as f64 / 2.0;
        for ((lane, bar), key) in row.bars.iter().enumerate().zip(keys) {
            let from = top + height * lane as f64;
            let lane = (from + height * 0.08, from + height * 0.92);
            let mark = mark(bar, format!("{prefix}/{slug}/{key}"), lane, most, unit);
            let value = words::joined(&[&bar.label, &bar.aside], " ");
            let missing = matches!(bar.value, Value::Missing(..));
            let value = if missing { reason(value, Some(mark.id.clone())) } else { cell(value, mark.id.clone()) };
            chart.table.rows.push(TableRow { cells: vec![plain(row.name.clone()), plain(bar.name.clone()), value] });
            chart.marks.push(mark);
        }
    }
}

fn mark(bar: &Bar, id: String, (top, bottom): (f64, f64), most: f64, unit: &'static str) -> Mark {
    let to = |value: Decimal| ((0.0, top), (number::at(value).max(0.0), bottom));
    let label = Label::new(bar.label.clone()).aside(bar.aside.clone());
    let blank = |shape: Shape, evidence: &Evidence| Mark {
        id: MarkId(id.clone()),
        name: bar.name.clone(),
        shape,
        style: bar.style,
        label: Some(label.clone()),
        status: MarkStatus::Stated,
        value: None,
        low: None,
        high: None,
        unit,
        decimals: None,
        evidence: evidence.clone(),
        grounds: Vec::new(),
    };
    match &bar.value {
        Value::Known(value) => {
            let (from, to) = to(value.value);
            let shape = Shape::Bar { from, to };
            Mark::known(id, bar.name.clone(), shape, bar.style, unit, value).with_decimals(digits(unit)).labelled(label)
        }
        Value::Rest(value) => {
            let (from, to) = to(value.value);
            let style = Style::solid(Tone::Missing);
            Mark::known(id, bar.name.clone(), Shape::Hatch { from, to }, style, unit, value)
                .with_decimals(digits(unit))
                .labelled(Label { italic: true, ..label })
        }
        Value::Range(low, high, evidence) => {
            let shape = Shape::Bar { from: (number::at(*low), top), to: (number::at(*high), bottom) };
            Mark { low: Some(*low), high: Some(*high), ..blank(shape, evidence) }
        }
        Value::Missing(all, evidence) => {
            let shape = Shape::Hatch { from: (0.0, top), to: (most, bottom) };
            Mark {
                status: MarkStatus::NotStated,
                style: Style::solid(Tone::Missing),
                low: Some(Decimal::ZERO),
                high: Some(*all),
                label: Some(Label { italic: true, ..label.clone() }),
                ..blank(shape, evidence)
            }
        }
        Value::Words(evidence) => {
            let shape = Shape::Words { x: 0.0, y: f64::midpoint(top, bottom) };
            Mark { name: format!("{}: {}", bar.name, bar.label), unit: "", ..blank(shape, evidence) }
        }
    }
}

/// Digits behind the point of what is computed.
fn digits(unit: &str) -> u32 {
    u32::from(unit == "percent")
}

/// From zero to a round number over the longest bar, and so far beyond it that the words at the ends of bars have room.
fn scale<'a>(most: f64, unit: &str, bars: impl Iterator<Item = &'a Bar>) -> Scale {
    let most = if most > 0.0 { most } else { 1.0 };
    let needed = bars.map(|bar| {
        let words = words::joined(&[&bar.label, &bar.aside], "  ");
        let part = (text::width(&words, TEXT_PX, Face::Regular) + TEXT_PX) / AXIS_PX;
        let end = match &bar.value {
            Value::Known(value) | Value::Rest(value) => number::at(value.value),
            Value::Range(_, high, _) => number::at(*high),
            Value::Missing(..) => most,
            Value::Words(_) => 0.0,
        };
        (end / (1.0 - part).max(0.1)).min(most * LONGEST)
    });
    let needed = needed.fold(most, f64::max);
    // Three digits: more would be the noise of letters' widths.
    let tidy = |end: f64| (needed.max(end) / end * 1e3).ceil() / 1e3 * end;
    if unit == "percent" {
        let scale = percent(most);
        return Scale { domain: (0.0, tidy(scale.domain.1.max(most))), ..scale };
    }
    let step = number::nice_step(most, 6.0).max(1.0);
    let end = (most / step - 1e-9).ceil() * step;
    let mut ticks: Vec<Tick> = number::tick_values(0.0, end, step).into_iter().map(|at| short(at, step)).collect();
    // Whole words for large numbers, once: `80 million`.
    let word = word_of(step);
    if let (Some(last), Some((_, word))) = (ticks.last_mut(), word) {
        last.label = format!("{} {word}", last.label);
    }
    let last_end = (unit == "usd").then(|| "US dollars".to_owned());
    Scale { domain: (0.0, tidy(end)), last_end, ..linear((0.0, end), ticks) }
}

fn word_of(step: f64) -> Option<(f64, &'static str)> {
    [(1e9, "billion"), (1e6, "million")].into_iter().find(|(unit, _)| step >= *unit)
}

fn short(at: f64, step: f64) -> Tick {
    let (unit, step) = word_of(step).map_or((1.0, step), |(unit, _)| (unit, step / unit));
    Tick { at, label: number::tick_label(at / unit, step) }
}

/// What an outline means, where one is drawn.
pub fn outlined(chart: &Chart) -> Option<LegendItem> {
    let unsure = chart.marks.iter().find(|mark| mark.style.hollow)?.style;
    Some(LegendItem {
        style: Style { tone: Tone::Quiet, ..unsure },
        text: "outlined: a bound or an estimate".to_owned(),
    })
}

/// Title, subtitle and every bar in words.
pub fn alt(chart: &Chart) -> String {
    let told: Vec<String> = chart.marks.iter().map(Mark::sentence).collect();
    format!("{}. {}. {}.", chart.title, chart.subtitle, told.join("; "))
}
