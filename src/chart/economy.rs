//! Economy: rates and shares on one axis, sums of money on another, each named by the words of its clause.

use super::{
    Chart, ChartSpec, Tone,
    bars::{self, Bar, Row, Value},
    figures_map::chosen,
    parts::frame,
    words,
};
use crate::facts::{
    Dataset, Statement, Statements,
    cues::{cues, first_clause, last_clause},
};

const KIND: &str = "economy";
/// What a row may be called.
const LONGEST: usize = 60;
/// More rows than this are a table, and the facts are listed there.
const MOST: usize = 14;

/// The reports it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    super::figures_map::keys(dataset)
}

/// Draws it.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let (report, prefix) = chosen(dataset, spec, KIND)?;
    let view = spec.choice("view", "rates");
    let on_axis = |one: &&Statement| match view {
        "rates" => one.figure.unit == "percent",
        _ => one.figure.kind == "money",
    };
    let all: Vec<(&Statement, &str)> =
        report.facts().filter(|one| is_economic(one)).filter_map(|one| Some((one, topic(report, one)?))).collect();
    let mut chosen: Vec<(&Statement, &str)> = all.iter().filter(|(one, _)| on_axis(one)).copied().collect();
    if chosen.len() < 2 || chosen.len() > MOST || !matches!(view, "rates" | "money") {
        return None;
    }
    // Quantities of goods have no axis of their own: they stand as words beside the sums.
    if view == "money" {
        chosen.extend(all.iter().filter(|(one, _)| one.figure.kind == "count"));
    }
    let mut chart = frame();
    // A figure whose clause does not say what it is of is left to the list of figures.
    let named = chosen.into_iter().filter_map(|(one, topic)| Some((one, topic, row(report, one, topic, view)?)));
    let named: Vec<(&Statement, &str, Row)> = named.collect();
    if named.len() < 2 {
        return None;
    }
    let growth = named.iter().find(|(_, topic, _)| *topic == "growth").map(|(.., row)| row.name.clone());
    let rows = joined(named.into_iter().map(|(.., row)| row));
    let unit = if view == "rates" { "percent" } else { "usd" };
    bars::set(&mut chart, &rows, unit, &format!("{prefix}/{view}"), ("What", "Stated"));
    finish(dataset, report, (&rows, growth), view, &mut chart);
    Some(chart)
}

fn is_economic(one: &Statement) -> bool {
    let figure = &one.figure;
    let measured = !matches!(figure.unit.as_str(), "count" | "people" | "seats" | "votes" | "");
    figure.value.is_some()
        && match figure.kind.as_str() {
            "share" => figure.unit == "percent",
            "money" => figure.unit == "usd",
            "count" => measured,
            _ => false,
        }
}

/// What of the economy a figure's clause speaks of; `None` where it speaks of something else.
fn topic(report: &Statements, one: &Statement) -> Option<&'static str> {
    let clause = format!(
        " {} {} {} ",
        last_clause(report.before(one)),
        one.figure.detail("of").unwrap_or_default(),
        first_clause(report.after(one))
    )
    .to_lowercase();
    let words = words_of(&clause);
    cues().economy.keys().map(String::as_str).find(|topic| speak_of(&words, topic))
}

fn words_of(lower: &str) -> Vec<&str> {
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Whether words in lower case hold a phrase of a topic.
fn speak_of(words: &[&str], topic: &str) -> bool {
    let begins = |words: &[&str], phrase: &str| {
        let mut words = words.iter();
        phrase.split(' ').all(|part| words.next() == Some(&part))
    };
    let phrases = cues().economy.get(topic).map(Vec::as_slice).unwrap_or_default();
    phrases.iter().any(|phrase| (0..words.len()).any(|at| begins(&words[at..], phrase)))
}

fn row(report: &Statements, one: &Statement, topic: &str, view: &str) -> Option<Row> {
    // `of total world output` is told beside the bar; a measured quantity is named by what stands before it.
    let bare = one.figure.detail("of").is_some() || one.figure.kind == "count";
    let behind = Some(report.after(one)).filter(|_| !bare);
    // A name has to say what it is a name of, unless the whole beside the bar does.
    let says = |name: &String| one.figure.detail("of").is_some() || speak_of(&words_of(&name.to_lowercase()), topic);
    let names = behind.into_iter().chain([""]).filter_map(|after| bars::clause_name(report, one, after, LONGEST));
    let name = words::sentence(&names.into_iter().find(says)?);
    let mut bar = bars::of_fact(one, "value", name.clone(), Tone::Series(0))?;
    if view == "money" && one.figure.kind != "money" {
        let approx = one.figure.detail("approx").unwrap_or_default();
        let written = one.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let unit = if written.contains(&one.figure.unit) { "" } else { one.figure.unit.as_str() };
        let label = words::joined(&[approx, &written, unit], " ");
        bar = Bar { value: Value::Words(one.words("quantity")), label, ..bar };
    }
    let since = one.figure.detail("since").map(|since| format!("since {since}"));
    let of = one.figure.detail("of").map(|of| format!("of {of}")).unwrap_or_default();
    let when = since.unwrap_or_else(|| words::period(&one.figure.period));
    let told = name.contains(&when);
    bar.aside = words::joined(&[&of, if told { "" } else { &when }], ", ");
    Some(Row::one(name, bar))
}

/// Figures that are named by the same words stand in one row.
fn joined(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    for row in rows {
        match all.iter_mut().find(|known| known.name == row.name) {
            Some(known) => known.bars.extend(row.bars),
            None => all.push(row),
        }
    }
    all
}

/// The words beside a bar as a title has them: in brackets.
fn of_when(aside: &str) -> String {
    if aside.is_empty() { String::new() } else { format!("({aside})") }
}

fn finish(
    dataset: &Dataset,
    report: &Statements,
    (rows, growth): (&[Row], Option<String>),
    view: &str,
    chart: &mut Chart,
) {
    // Growth first, where it is told; else what stands first.
    let first = rows.iter().find(|row| Some(&row.name) == growth.as_ref()).or(rows.first());
    if let Some(row) = first {
        let values: Vec<String> =
            row.bars.iter().map(|bar| words::joined(&[&bar.label, &of_when(&bar.aside)], " ")).collect();
        let name = words::sentence(row.name.trim_start_matches('…'));
        chart.title = format!("{name}: {}", words::list(&values));
    }
    let what = if view == "rates" { "rates and shares of the economy" } else { "sums and quantities of the economy" };
    chart.subtitle = words::joined(&[&words::origin(&report.origin), what], ", ");
    chart.legend.extend(bars::outlined(chart));
    let words_alone = rows.iter().flat_map(|row| &row.bars).any(|bar| matches!(bar.value, Value::Words(_)));
    if words_alone {
        chart.notes.push("Quantities without a bar are in other units than the axis.".to_owned());
    }
    if view == "rates" {
        chart.notes.push("Percentages of different wholes: each bar names its own where the report does.".to_owned());
    }
    let line = |headings| words::source_line(dataset, &report.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    chart.alt = bars::alt(chart);
}
