//! Figures by section: a row a section, a tile for every numeral in it, coloured by what it was read as.

use super::{
    Chart, ChartSpec, LegendItem, Mark, MarkId, RowNote, Shape, Style, TableRow, Tone, number,
    parts::{band, cell, columns, frame, linear, plain, tick},
    words,
};
use crate::{
    facts::{Dataset, Statement, Statements},
    reading::FigureStatus,
    source::{Decimal, Evidence},
};

const KIND: &str = "figures-map";
/// More numerals than this make tiles too narrow to be seen, let alone told apart.
const MOST: usize = 8_000;
/// What a row may be called.
const LONGEST: usize = 56;

/// What a numeral was read as: its words, its look, and the kinds of facts in it.
struct Class {
    name: &'static str,
    style: Style,
    kinds: &'static [&'static str],
}

const fn fact(name: &'static str, series: u8, kinds: &'static [&'static str]) -> Class {
    Class { name, style: Style { tone: Tone::Series(series), hollow: false, dashed: false }, kinds }
}

const fn other(name: &'static str, tone: Tone, hollow: bool) -> Class {
    Class { name, style: Style { tone, hollow, dashed: false }, kinds: &[] }
}

const DATE: usize = 6;
const NO_QUANTITY: usize = 7;
const UNKNOWN: usize = 8;

const CLASSES: [Class; 9] = [
    fact("ratings and ranks", 4, &["rating", "score", "rank", "rank_of"]),
    fact("seats and votes", 1, &["seats", "votes", "vote_share", "candidate_share", "threshold"]),
    fact("shares", 2, &["share", "population_share", "ratio"]),
    fact("counts", 0, &["count"]),
    fact("money", 5, &["money"]),
    fact("time spans", 3, &["duration"]),
    other("dates", Tone::Quiet, false),
    other("no quantities", Tone::Quiet, true),
    other("not understood", Tone::Missing, false),
];

fn class(one: &Statement) -> usize {
    match one.figure.status {
        FigureStatus::Date => DATE,
        FigureStatus::NotAQuantity => NO_QUANTITY,
        FigureStatus::Unknown => UNKNOWN,
        // A kind that is new here still is a number that counts something.
        FigureStatus::Fact => {
            CLASSES.iter().position(|class| class.kinds.contains(&one.figure.kind.as_str())).unwrap_or(3)
        }
    }
}

/// The reports it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    dataset.statements.iter().map(|one| (one.key.clone(), words::origin(&one.origin))).collect()
}

/// The report that a chart is drawn of, with what the ids of its marks begin with.
pub(super) fn chosen<'a>(dataset: &'a Dataset, spec: &ChartSpec, kind: &str) -> Option<(&'a Statements, String)> {
    let first = dataset.statements.first()?;
    let one = match &spec.of {
        Some(key) => dataset.statements.iter().find(|one| one.key == *key)?,
        None => first,
    };
    Some((one, words::prefix(kind, &one.key, Some(&first.key))))
}

/// Draws it.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let (report, prefix) = chosen(dataset, spec, KIND)?;
    let sorted = match spec.choice("view", "in-order") {
        "in-order" => false,
        "by-kind" => true,
        _ => return None,
    };
    if report.figures.len() > MOST {
        return None;
    }
    let mut chart = frame();
    let slugs = words::distinct(report.sections.iter().map(String::as_str));
    let mut most = 0;
    for (row, slug) in slugs.iter().enumerate() {
        let mut figures: Vec<&Statement> = report.figures.iter().filter(|one| one.section == row).collect();
        let ids = ids(&figures, &format!("{prefix}/{slug}"));
        most = most.max(figures.len());
        let mut tiles: Vec<(&Statement, MarkId)> = figures.drain(..).zip(ids).collect();
        if sorted {
            tiles.sort_by_key(|(one, _)| class(one));
        }
        let count = tiles.len().to_string();
        chart.row_notes.push(RowNote {
            row,
            column: 0,
            text: count,
            bold: true,
            italic: false,
            gain: None,
            mark: tiles.first().map(|(_, id)| id.clone()).filter(|_| tiles.len() == 1),
        });
        for (n, (one, id)) in tiles.into_iter().enumerate() {
            let heading = report.sections.get(one.section).map_or("", String::as_str);
            let (place, what) = (format!("{heading} ¶{}", one.paragraph), what(one));
            let mark = tile(one, id, (row, n), &format!("{place}, {what}"));
            chart.table.rows.push(table_row(one, &mark.id, place.trim().to_owned(), what));
            chart.marks.push(mark);
        }
    }
    let names: Vec<String> = report.sections.iter().map(|name| row_name(name)).collect();
    chart.y = band(&names, false);
    chart.x = scale(most);
    chart.x.last_end =
        Some(if sorted { "numbers, sorted by kind" } else { "numbers, in the order of the text" }.into());
    chart.row_heads = vec!["numbers".to_owned()];
    words_of(report, &mut chart);
    Some(chart)
}

/// A heading that is a whole question is cut; the table has it whole.
fn row_name(heading: &str) -> String {
    match heading.char_indices().nth(LONGEST) {
        _ if heading.is_empty() => "Title".to_owned(),
        Some((end, _)) => format!("{}…", heading[..end].trim_end()),
        None => heading.to_owned(),
    }
}

fn scale(most: usize) -> super::Scale {
    let step = number::nice_step(most.max(1) as f64, 8.0).max(1.0);
    let ticks = number::tick_values(0.0, most as f64, step).into_iter().map(|at| tick(at, step)).collect();
    super::Scale { grid: false, ..linear((0.0, most.max(1) as f64), ticks) }
}

/// The place of each in its paragraph: stable while the text before it stays.
fn ids(figures: &[&Statement], prefix: &str) -> Vec<MarkId> {
    let mut last = (u32::MAX, 0);
    let mut id = |one: &&Statement| {
        last = (one.paragraph, if last.0 == one.paragraph { last.1 + 1 } else { 1 });
        MarkId(format!("{prefix}/{}-{}", last.0, last.1))
    };
    figures.iter().map(&mut id).collect()
}

fn tile(one: &Statement, id: MarkId, (row, n): (usize, usize), name: &str) -> Mark {
    let class = &CLASSES[class(one)];
    let (from, to) = ((n as f64, row as f64 - 0.36), (n as f64 + 1.0, row as f64 + 0.36));
    let shape = if class.style.tone == Tone::Missing { Shape::Hatch { from, to } } else { Shape::Bar { from, to } };
    let value = plain_number(one);
    let evidence = match value {
        Some(value) => Evidence::stated(one.anchor, class.name, value),
        None => one.words(class.name),
    };
    Mark {
        id,
        // The number as written is part of the name: what its words mean is for the figure's own reading.
        name: if value.is_some() { name.to_owned() } else { format!("{name}: {}", one.text) },
        shape,
        style: class.style,
        label: None,
        status: super::MarkStatus::Stated,
        value,
        low: None,
        high: None,
        unit: unit(one),
        decimals: None,
        evidence,
        grounds: Vec::new(),
    }
}

/// The value of what is written as that very number in digits; `2.3 million` and `dozens` are shown as they are written.
fn plain_number(one: &Statement) -> Option<Decimal> {
    let digits = one.text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let digits = digits.trim_start_matches(|c: char| !c.is_ascii_digit()).replace(',', "");
    let value: Decimal = digits.parse().ok()?;
    one.figure.value.filter(|stated| one.figure.value_max.is_none() && *stated == value).map(|_| value)
}

/// The units that a mark's words know.
fn unit(one: &Statement) -> &'static str {
    const UNITS: &[&str] = &["percent", "score", "seats", "rank", "year", "people", "count", "usd"];
    let unit = if one.figure.status == FigureStatus::Date { "year" } else { one.figure.unit.as_str() };
    UNITS.iter().find(|known| **known == unit).copied().unwrap_or("count")
}

fn what(one: &Statement) -> String {
    let figure = &one.figure;
    let kind = match figure.status {
        FigureStatus::Fact => figure.kind.replace('_', " "),
        FigureStatus::Date => "date".to_owned(),
        FigureStatus::NotAQuantity => "no quantity".to_owned(),
        FigureStatus::Unknown => "not understood".to_owned(),
    };
    words::joined(&[&kind, &figure.subject], ", ")
}

fn table_row(one: &Statement, id: &MarkId, place: String, what: String) -> TableRow {
    let cells = vec![
        plain(place),
        cell(one.text.split_whitespace().collect::<Vec<_>>().join(" "), id.clone()),
        plain(what),
        plain(words::period(&one.figure.period)),
    ];
    TableRow { cells }
}

fn words_of(report: &Statements, chart: &mut Chart) {
    let counts: Vec<usize> =
        (0..CLASSES.len()).map(|n| report.figures.iter().filter(|one| class(one) == n).count()).collect();
    let all = report.figures.len();
    let facts: usize = counts[..DATE].iter().sum();
    let parts: Vec<String> = CLASSES
        .iter()
        .zip(&counts)
        .filter(|(_, count)| **count > 0)
        .map(|(class, count)| format!("{count} {}", class.name))
        .collect();
    chart.legend = CLASSES
        .iter()
        .zip(&counts)
        .filter(|(_, count)| **count > 0)
        .map(|(class, count)| LegendItem { style: class.style, text: format!("{} {count}", class.name) })
        .collect();
    let unread = match counts[UNKNOWN] {
        0 => "every other one is a date or no quantity".to_owned(),
        1 => "one is not understood".to_owned(),
        n => format!("{} are not understood", words::count(n)),
    };
    let head = if facts == 1 { "states a fact" } else { "state facts" };
    chart.title = format!("{facts} of the report’s {all} numbers {head}; {unread}");
    chart.subtitle = format!("{}, every number by section", words::origin(&report.origin));
    chart.table.columns = columns(&[("Where", false), ("As written", true), ("Read as", false), ("When", false)]);
    let document = words::document(&report.origin);
    chart.source_line =
        format!("Source: {}", words::joined(&[&document, &report.origin.country, "all sections"], ", "));
    chart.notes.push("A tile is one number, in digits or in words; its width says nothing of its value.".to_owned());
    chart.alt = format!("{}. {}. {}.", chart.title, chart.subtitle, parts.join(", "));
}
