//! Civil society: the organisations on the books and those that act, their people, their fields, and who takes part.

use super::{
    Chart, ChartSpec, Tone,
    bars::{self, Row},
    figures_map::chosen,
    parts::frame,
    words,
};
use crate::facts::{
    Dataset, Statement, Statements,
    cues::{bare, cues, has},
};

const KIND: &str = "civil-society";
/// What a row may be called.
const LONGEST: usize = 50;

/// The reports it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    super::figures_map::keys(dataset)
}

/// Draws it.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let (report, prefix) = chosen(dataset, spec, KIND)?;
    let view = spec.choice("view", "organisations");
    let (facts, what, unit): (Vec<&Statement>, &str, &'static str) = match view {
        "organisations" => (organisations(report), "organisations on the books and at work", "count"),
        "people" => (people(report), "people of the organisations", "people"),
        "fields" => (fields(report), "organisations by their field", "percent"),
        "participation" => (participation(report), "who takes part, by survey", "percent"),
        _ => return None,
    };
    if facts.len() < 2 {
        return None;
    }
    let mut chart = frame();
    let mut rows = Vec::new();
    for one in &facts {
        let name = words::sentence(&name(report, one, view)?);
        let mut bar = bars::of_fact(one, "value", name.clone(), Tone::Series(0))?;
        bar.aside = words::period(&one.figure.period);
        rows.push(Row::one(name, bar));
    }
    bars::set(&mut chart, &rows, unit, &format!("{prefix}/{view}"), ("What", "Stated"));
    chart.title = if view == "participation" { over_time(&rows, &facts) } else { title(&rows) };
    chart.subtitle = words::joined(&[&words::origin(&report.origin), what], ", ");
    chart.legend.extend(bars::outlined(&chart));
    if view == "fields" || view == "participation" {
        chart.notes.push("Shares are not parts of one whole: a base is named where the report names one.".to_owned());
    }
    let line = |headings| words::source_line(dataset, &report.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    chart.alt = bars::alt(&chart);
    Some(chart)
}

fn title(rows: &[Row]) -> String {
    let told = |row: &Row| Some(format!("{}: {}", row.name, row.bars.first()?.label));
    let all: Vec<String> = rows.iter().filter_map(told).collect();
    match all.as_slice() {
        [first, .., last] => format!("{first}; {}", lower(last)),
        _ => String::new(),
    }
}

/// The two years that one sentence compares.
fn over_time(rows: &[Row], facts: &[&Statement]) -> String {
    let at = |n: usize| {
        let (row, one) = (rows.get(n)?, facts.get(n)?);
        let label = &row.bars.first()?.label;
        (!one.figure.period.is_empty()).then(|| format!("{label} in {}", words::period(&one.figure.period)))
    };
    let pair = (1..facts.len()).find(|n| facts[*n].sentence == facts[n - 1].sentence && at(*n).is_some());
    let told = pair.and_then(|n| Some(format!("{}: {}, {}", rows[n - 1].name, at(n - 1)?, at(n)?)));
    told.unwrap_or_else(|| title(rows))
}

/// With a small first letter, unless the word is in capitals.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), text.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

fn noun(one: &Statement) -> String {
    one.figure.subject.split_whitespace().last().map(|word| bare(word).into_owned()).unwrap_or_default()
}

fn is_organisation(one: &Statement) -> bool {
    cues().organisations.contains(&noun(one))
}

/// The paragraph that says how many are on the books: the fact that says so.
fn register(report: &Statements) -> Option<&Statement> {
    report.of_kind("count").find(|one| is_organisation(one) && has(&one.figure.subject, &cues().registered))
}

fn organisations(report: &Statements) -> Vec<&Statement> {
    let Some(register) = register(report) else { return Vec::new() };
    let near = |one: &&Statement| one.figure.paragraph == register.figure.paragraph && is_organisation(one);
    report.of_kind("count").filter(near).filter(|one| one.figure.value.is_some()).collect()
}

fn people(report: &Statements) -> Vec<&Statement> {
    let Some(register) = register(report) else { return Vec::new() };
    let own = |one: &&Statement| one.sentence == register.sentence && one.figure.unit == "people";
    report.of_kind("count").filter(own).filter(|one| one.figure.value.is_some()).collect()
}

fn share(one: &&Statement) -> bool {
    one.figure.unit == "percent" && one.figure.value.is_some() && one.figure.detail("role").is_none()
}

/// At least three fields in one sentence that speaks of organisations, and a share of the organisations right behind.
fn fields(report: &Statements) -> Vec<&Statement> {
    let shares: Vec<&Statement> = report.of_kind("share").filter(share).collect();
    for own in shares.chunk_by(|a, b| a.sentence == b.sentence) {
        let named = own.iter().all(|one| !one.figure.subject.is_empty() && one.figure.period.is_empty());
        let Some(first) = own.first().filter(|_| own.len() >= 3 && named) else { continue };
        if !has(report.sentence_words(first), &cues().organisations) {
            continue;
        }
        let more = shares.iter().filter(|one| {
            let of = one.figure.detail("of").unwrap_or_default();
            one.sentence == first.sentence + 1
                && one.figure.paragraph == first.figure.paragraph
                && has(of, &cues().organisations)
        });
        return own.iter().chain(more).copied().collect();
    }
    Vec::new()
}

/// Shares of those who were asked, of a paragraph that speaks of organisations and compares two years.
fn participation(report: &Statements) -> Vec<&Statement> {
    let shares: Vec<&Statement> = report.of_kind("share").filter(share).collect();
    for own in shares.chunk_by(|a, b| a.figure.paragraph == b.figure.paragraph) {
        let asked = own.iter().any(|one| has(one.figure.detail("of").unwrap_or_default(), &cues().respondents));
        let years = |one: &&&Statement| !one.figure.period.is_empty();
        let compared = own.iter().filter(years).count() >= 2;
        let organised = own.iter().any(|one| has(report.sentence_words(one), &cues().organisations));
        if asked && compared && organised {
            return own.to_vec();
        }
    }
    Vec::new()
}

/// What a number counts: its noun phrase, or where that is only a bare noun the words of its clause.
fn name(report: &Statements, one: &Statement, view: &str) -> Option<String> {
    let figure = &one.figure;
    let bare_noun = figure.subject.split_whitespace().count() <= 1;
    if view == "people" || view == "fields" && !figure.subject.is_empty() {
        return Some(figure.subject.clone());
    }
    if view == "organisations" && !bare_noun {
        return Some(figure.subject.clone());
    }
    bars::clause_name(report, one, without_base(report, one), LONGEST)
}

/// The words behind a number, without the base that its bar names: `of respondents`.
fn without_base<'a>(report: &'a Statements, one: &Statement) -> &'a str {
    let after = report.after(one).trim_start();
    let Some(of) = one.figure.detail("of") else { return after };
    let rest = after.strip_prefix("of ").map(|rest| rest.trim_start_matches("the ").trim_start_matches("all "));
    rest.and_then(|rest| rest.strip_prefix(of)).unwrap_or(after)
}
