//! Local councils: who won their seats, by party, with what is left to those of no party.

use std::{borrow::Cow, cell::LazyCell};

use super::{
    Chart, ChartSpec, Style, Tone,
    bars::{self, Bar, Row, Value},
    figures_map::chosen,
    number,
    parts::frame,
    words,
};
use crate::{
    analysis,
    facts::{
        Dataset, Statement, Statements,
        cues::{bare, cues, has},
    },
    source::{Cited, Decimal, Working, evidence::combine},
};

const KIND: &str = "local-councils";

/// The victors of an election below the state.
struct Result<'a> {
    /// All who won.
    whole: &'a Statement,
    /// Those of a party.
    with_party: &'a Statement,
    /// Those of each: they add up to the former.
    parties: Vec<(String, &'a Statement)>,
    /// How many of how many of one group won, beside them.
    aside: Option<(&'a Statement, &'a Statement)>,
}

/// The reports it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    super::figures_map::keys(dataset)
}

/// Draws it, where parties are stated that add up to a stated part of all who won.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let (report, prefix) = chosen(dataset, spec, KIND)?;
    let result = result(report)?;
    let (whole, of_parties) = (result.whole.cited("all who won")?, result.with_party.cited("of parties")?);
    let rest = analysis::difference(&whole, &of_parties).filter(|rest| rest.value >= Decimal::ZERO)?;
    let mut chart = frame();
    let mut rows: Vec<Row> = Vec::new();
    for (n, (name, one)) in result.parties.iter().enumerate() {
        let tone = if n == 0 { Tone::Series(1) } else { Tone::Series(0) };
        rows.push(Row::one(name.clone(), bars::of_fact(one, "won", format!("{name}, won"), tone)?));
    }
    let loose = if has(report.sentence_words(result.with_party), &cues().independents) {
        "Independents"
    } else {
        "Without a party"
    };
    rows.push(Row::one(loose, rest_bar(loose, &rest)));
    if let Some((ran, won)) = result.aside {
        rows.extend(aside_row(ran, won));
    }
    bars::set(&mut chart, &rows, "seats", &prefix, ("Who", "Won"));
    finish(dataset, report, &result, (&whole, &of_parties, &rest), &mut chart);
    Some(chart)
}

fn rest_bar(name: &str, rest: &Cited<Decimal>) -> Bar {
    Bar {
        key: "won".to_owned(),
        name: format!("{name}, won"),
        value: Value::Known(rest.clone()),
        style: Style::solid(Tone::Quiet),
        label: number::label(rest.value),
        aside: "computed".to_owned(),
    }
}

fn aside_row(ran: &Statement, won: &Statement) -> Option<Row> {
    let name = words::sentence(&ran.figure.subject);
    let mut bar = bars::of_fact(won, "won", format!("{name}, won"), Tone::Series(2))?;
    bar.aside = format!("of the {} below", bars::amount(ran));
    let mut of = bars::of_fact(ran, "ran", format!("{name}, of whom they were"), Tone::Series(2))?;
    of.style = Style::hollow(Tone::Series(2));
    Some(Row { name, bars: vec![bar, of] })
}

fn result(report: &Statements) -> Option<Result<'_>> {
    let facts: Vec<&Statement> = report.of_kind("count").filter(|one| one.figure.value.is_some()).collect();
    // The whole text is looked through for them: only where there is a result to tell by them.
    let names = LazyCell::new(|| names_of_councils(&report.text));
    facts.windows(2).enumerate().find_map(|(n, pair)| {
        let [with_party, whole] = pair else { return None };
        if !is_part_of(report, with_party, whole) || !is_local(report, with_party, &names) {
            return None;
        }
        let rest: Vec<&Statement> =
            facts[n + 2..].iter().take_while(|one| one.figure.paragraph == whole.figure.paragraph).copied().collect();
        let parties = parties(report, &rest, with_party.figure.value?)?;
        let aside = aside(report, &rest[parties.len()..]);
        Some(Result { whole, with_party, parties, aside })
    })
}

/// `1,696 of the 2,852 victors`.
fn is_part_of(report: &Statements, part: &Statement, whole: &Statement) -> bool {
    let between = report.text.get(part.figure.span.end..whole.figure.span.start).unwrap_or_default();
    let noun = whole.figure.subject.split_whitespace().last().map(bare).unwrap_or_default();
    part.sentence == whole.sentence
        && matches!(between.trim(), "of the" | "out of the" | "out of" | "of")
        && part.figure.value <= whole.figure.value
        && cues().victors.contains(&*noun)
}

/// What the text calls its local councils: `shuras (local councils)`, `regional councils, or shuras`.
fn names_of_councils(text: &str) -> Vec<String> {
    let all: Vec<&str> = text.split_whitespace().collect();
    let mut names = Vec::new();
    let is_council = |at: usize| {
        let word = |at: usize| all.get(at).map(|word| bare(word)).unwrap_or_default();
        cues().local.contains(&*word(at)) && cues().councils.contains(&*word(at + 1))
    };
    for at in (0..all.len()).filter(|at| is_council(*at)) {
        if all[at].starts_with('(') && all[at + 1].contains(')') && at > 0 {
            names.push(bare(all[at - 1]).into_owned());
        }
        if all[at + 1].ends_with(',') && all.get(at + 2) == Some(&"or") {
            names.extend(all.get(at + 3).map(|word| bare(word).into_owned()));
        }
    }
    names.retain(|name| name.len() > 3);
    names
}

/// Whether a fact's sentence speaks of local councils, by their name or by what they are.
fn is_local(report: &Statements, one: &Statement, names: &[String]) -> bool {
    let words: Vec<Cow<str>> = report.sentence_words(one).split_whitespace().map(bare).collect();
    // One of them for several.
    let named = |word: &Cow<str>| names.iter().any(|name| name == word || name.trim_end_matches('s') == word);
    words.iter().any(named)
        || words.windows(2).any(|pair| cues().local.contains(&*pair[0]) && cues().councils.contains(&*pair[1]))
        || words.windows(2).any(|pair| cues().local.contains(&*pair[0]) && pair[1].starts_with("election"))
}

/// The parties whose victors follow, where they add up to all of parties.
fn parties<'a>(report: &Statements, facts: &[&'a Statement], all: Decimal) -> Option<Vec<(String, &'a Statement)>> {
    let mut found: Vec<(String, &Statement)> = Vec::new();
    let mut sum = Decimal::ZERO;
    for one in facts {
        let before = report.before(one);
        let hits = report.names.hits(before);
        let open = before.trim_end().trim_end_matches('(').trim_end().len();
        let hit = match (hits.as_slice(), before.trim_end().ends_with('(')) {
            // `the League (30)`: the name that the bracket stands behind.
            ([.., last], true) if last.span.end == open => Some(last),
            // One name before it: which of several it is, is not plain.
            ([only], false) => Some(only),
            _ => None,
        };
        let name = match hit {
            Some(hit) => hit.span.of(before)?.to_owned(),
            None if one.figure.detail("counted").is_some() => one.figure.subject.clone(),
            None => return None,
        };
        sum = sum.checked_add(one.figure.value?)?;
        found.push((name, one));
        if sum == all && found.len() >= 2 {
            return Some(found);
        }
        if sum > all {
            return None;
        }
    }
    None
}

/// `Out of 250 members who ran …, 140 won`: two counts of one group in one sentence.
fn aside<'a>(report: &Statements, facts: &[&'a Statement]) -> Option<(&'a Statement, &'a Statement)> {
    let [ran, won, ..] = facts else { return None };
    let opens = report.before(ran).trim().to_lowercase();
    let same = ran.sentence == won.sentence && ran.figure.subject == won.figure.subject;
    (same && opens == "out of" && won.figure.value <= ran.figure.value).then_some((*ran, *won))
}

fn finish(
    dataset: &Dataset,
    report: &Statements,
    result: &Result,
    (whole, of_parties, rest): (&Cited<Decimal>, &Cited<Decimal>, &Cited<Decimal>),
    chart: &mut Chart,
) {
    let largest = result.parties.iter().max_by_key(|(_, one)| one.figure.value);
    let total = number::label(whole.value);
    chart.title = largest.map_or_else(String::new, |(name, one)| {
        let tied = result.parties.iter().filter(|(_, other)| other.figure.value == one.figure.value).count() > 1;
        let most = if tied { "no party more" } else { "the most of any party" };
        format!("{name} won {} of {total} local seats, {most}", bars::amount(one))
    });
    let period = words::period(&result.with_party.figure.period);
    let what = words::joined(&["local councils", &period, "who won, by party"], ", ");
    chart.subtitle = words::joined(&[&words::origin(&report.origin), &what], ", ");
    let parts: Vec<Cited<Decimal>> = result.parties.iter().filter_map(|(_, one)| one.cited("won")).collect();
    let sum = combine(&parts.iter().collect::<Vec<_>>(), Working::Sum);
    chart.notes.push(format!(
        "{} of all {total} are stated to be of a party, and the parties add up to {}; the other {} are computed.",
        number::label(of_parties.value),
        sum.map_or_else(String::new, |sum| number::label(sum.value)),
        number::label(rest.value)
    ));
    if result.aside.is_some() {
        chart.notes.push("The last row is no part of the sum: the text counts it apart.".to_owned());
    }
    let line = |headings| words::source_line(dataset, &report.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    chart.alt = bars::alt(chart);
}
