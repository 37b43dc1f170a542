//! Party registers: the members that parties claim, and the signatures that they must gather, before and now.

use super::{
    Chart, ChartSpec, Tone,
    bars::{self, Row},
    figures_map::chosen,
    parts::frame,
    words,
};
use crate::facts::{
    Dataset, Statement, Statements,
    cues::{bare, cues, has, last_clause},
};

const KIND: &str = "party-registers";

/// The reports it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    super::figures_map::keys(dataset)
}

/// Draws it.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let (report, prefix) = chosen(dataset, spec, KIND)?;
    let mut chart = frame();
    match spec.choice("view", "members") {
        "members" => members(report, &format!("{prefix}/members"), &mut chart)?,
        "signatures" => signatures(report, &format!("{prefix}/signatures"), &mut chart)?,
        _ => return None,
    }
    let line = |headings| words::source_line(dataset, &report.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    chart.alt = bars::alt(&chart);
    Some(chart)
}

fn members(report: &Statements, prefix: &str, chart: &mut Chart) -> Option<()> {
    let counts = report.of_kind("count").filter(|one| one.figure.value.is_some());
    let mut claims: Vec<(String, &Statement)> =
        counts.filter_map(|one| Some((claimed_by(report, one)?, one))).collect();
    // Two numbers for one party: which of them holds is not for a program to choose.
    let all = claims.clone();
    claims.retain(|(name, _)| all.iter().filter(|(other, _)| report.names.same(other, name)).count() == 1);
    claims.sort_by_key(|(_, one)| std::cmp::Reverse(one.figure.value));
    let (first, most) = claims.first().filter(|_| claims.len() >= 2)?;
    let mut rows = Vec::new();
    for (name, one) in &claims {
        let mut bar = bars::of_fact(one, "members", format!("{name}, members"), Tone::Series(0))?;
        bar.aside = words::period(&one.figure.period);
        rows.push(Row::one(name.clone(), bar));
    }
    bars::set(chart, &rows, "people", prefix, ("Party", "Members"));
    let approx = most.figure.detail("approx").unwrap_or_default();
    let number = words::joined(&[approx, &bars::amount(most)], " ");
    chart.title = format!("{first} has the largest membership stated: {number}");
    chart.subtitle = words::joined(&[&words::origin(&report.origin), "members of parties, as the report has it"], ", ");
    chart.legend.extend(bars::outlined(chart));
    Some(())
}

/// The party whose members a count is; `None` where its clause does not say it plainly.
fn claimed_by(report: &Statements, one: &Statement) -> Option<String> {
    let noun = one.figure.subject.split_whitespace().last().map(bare)?;
    if !cues().members.contains(&*noun) {
        return None;
    }
    let before = report.before(one);
    let clause = last_clause(before);
    if !has(clause, &cues().claims) || clause.split_whitespace().any(|word| bare(word) == "who") {
        return None;
    }
    let hits = report.names.hits(before);
    if let [only] = hits.as_slice() {
        return Some(only.span.of(before)?.to_owned());
    }
    // `Its membership of …`: of the party that the sentence before begins with.
    let opens = before.split_whitespace().next().map(bare)?;
    if !hits.is_empty() || !cues().owners.contains(&*opens) {
        return None;
    }
    let previous = previous_sentence(report, one)?;
    let first = *report.names.hits(previous).first()?;
    let lead = previous.get(..first.span.start)?.trim();
    (lead.is_empty() || lead.eq_ignore_ascii_case("the")).then(|| first.span.of(previous).map(str::to_owned))?
}

/// The sentence right before a figure's own, where it is one that holds numerals too.
fn previous_sentence<'a>(report: &'a Statements, one: &Statement) -> Option<&'a str> {
    let own = report.sentence(one);
    let before = report.sentences.get(one.sentence.checked_sub(1)?)?;
    let between = report.text.get(before.end..own.start)?;
    (between.trim().is_empty() && !between.contains("\n\n")).then(|| before.of(&report.text))?
}

fn signatures(report: &Statements, prefix: &str, chart: &mut Chart) -> Option<()> {
    let is_signatures = |one: &&Statement| {
        let noun = one.figure.subject.split_whitespace().last().map(bare).unwrap_or_default();
        cues().signatures.contains(&*noun) && one.figure.value.is_some()
    };
    let all: Vec<&Statement> = report.of_kind("count").filter(is_signatures).collect();
    let was = |one: &&&Statement| has(last_clause(report.before(one)), &cues().previous);
    // One of each, in one sentence.
    let (before, now): (Vec<&Statement>, Vec<&Statement>) = all.iter().partition(|one| was(one));
    let ([now], [before]) = (now.as_slice(), before.as_slice()) else { return None };
    if now.sentence != before.sentence {
        return None;
    }
    let row = |name: &str, one: &Statement, tone: Tone| {
        Some(Row::one(
            name,
            bars::of_fact(one, "signatures", format!("Signatures required, {}", name.to_lowercase()), tone)?,
        ))
    };
    let rows = [row("Before", before, Tone::Quiet)?, row("Now", now, Tone::Series(1))?];
    bars::set(chart, &rows, "count", prefix, ("When", "Signatures"));
    let (new, old) = (now.figure.value?, before.figure.value?);
    let approx = now.figure.detail("approx").unwrap_or_default();
    let number = words::joined(&[approx, &bars::amount(now)], " ");
    let verb = if new > old { "up from" } else { "down from" };
    chart.title = if new == old {
        format!("A party needs {number} signatures, as before")
    } else {
        format!("A party needs {number} signatures, {verb} {}", bars::amount(before))
    };
    chart.subtitle =
        words::joined(&[&words::origin(&report.origin), "signatures that a party must gather, before and now"], ", ");
    chart.legend.extend(bars::outlined(chart));
    Some(())
}
