//! Aid: a sum and the parts that are stated of it, with what is left unexplained.

use super::{
    Chart, ChartSpec, LegendItem, Style, Tone,
    bars::{self, Bar, Row, Value},
    figures_map::chosen,
    parts::frame,
    words,
};
use crate::{
    analysis,
    facts::{
        Dataset, Statement, Statements,
        cues::{bare, cues, first_clause, head, last_clause, tail},
    },
    source::{Cited, Decimal, Working, evidence::combine},
};

const KIND: &str = "aid";
/// What a row may be called.
const LONGEST: usize = 48;

struct Sum<'a> {
    whole: &'a Statement,
    parts: Vec<&'a Statement>,
}

/// The reports it can be drawn of.
pub fn keys(dataset: &Dataset) -> Vec<(String, String)> {
    super::figures_map::keys(dataset)
}

/// Draws it, where a sentence parts a sum of money.
pub fn build(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let (report, prefix) = chosen(dataset, spec, KIND)?;
    let sum = sum(report)?;
    let whole = sum.whole.cited("in all")?;
    let parts: Vec<Cited<Decimal>> = sum.parts.iter().map(|one| one.cited("part")).collect::<Option<_>>()?;
    let stated = combine(&parts.iter().collect::<Vec<_>>(), Working::Sum)?;
    let rest = analysis::difference(&whole, &stated).filter(|rest| rest.value >= Decimal::ZERO)?;
    let mut rows =
        vec![Row::one(whole_name(report, sum.whole), bars::of_fact(sum.whole, "whole", "In all", Tone::Series(0))?)];
    for one in &sum.parts {
        let name = part_name(report, one)?;
        rows.push(Row::one(name.clone(), bars::of_fact(one, "part", name, Tone::Series(4))?));
    }
    let left = money_like(sum.whole, rest.value)?;
    if rest.value > Decimal::ZERO {
        let bar = Bar {
            key: "rest".to_owned(),
            name: "Not explained".to_owned(),
            value: Value::Rest(rest.clone()),
            style: Style::solid(Tone::Missing),
            label: left.clone(),
            aside: "computed".to_owned(),
        };
        rows.push(Row::one("Not explained", bar));
    }
    let mut chart = frame();
    bars::set(&mut chart, &rows, unit(sum.whole), &prefix, ("What", "Amount"));
    let in_all = bars::amount(sum.whole);
    chart.title = match rest.value.is_zero() {
        true => format!("All of {in_all} is accounted for, in {} parts", words::count(parts.len())),
        false => format!("Of {in_all}, {left} is left unexplained"),
    };
    let period = words::period(&sum.whole.figure.period);
    chart.subtitle = words::joined(&[&words::origin(&report.origin), "a sum and its stated parts", &period], ", ");
    if rest.value > Decimal::ZERO {
        chart.legend =
            vec![LegendItem { style: Style::solid(Tone::Missing), text: "left of the sum: no part is stated".into() }];
        let minus: Vec<String> = sum.parts.iter().map(|one| bars::amount(one)).collect();
        chart.notes.push(format!("What is left is computed: {in_all} − {}.", minus.join(" − ")));
    }
    let line = |headings| words::source_line(dataset, &report.origin, &chart.marks, headings);
    (chart.source_line, chart.source_line_whole) = words::both(line);
    chart.alt = bars::alt(&chart);
    Some(chart)
}

fn unit(one: &Statement) -> &'static str {
    if one.figure.unit == "usd" { "usd" } else { "money" }
}

/// An amount as the source writes others: `US$24.2 million`.
fn money_like(like: &Statement, value: Decimal) -> Option<String> {
    let digits = like.text.find(|c: char| c.is_ascii_digit())?;
    let end = like.text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let written: Decimal = like.text.get(digits..end)?.replace(',', "").parse().ok()?;
    let times = like.figure.value?.checked_div(written)?;
    let number = super::number::stated(value.checked_div(times)?.normalize());
    Some(format!("{}{number}{}", like.text.get(..digits)?, like.text.get(end..)?))
}

/// A sentence that opens a sum (`Of the overall …`) and gives parts of it that are no more.
fn sum(report: &Statements) -> Option<Sum<'_>> {
    let money: Vec<&Statement> = report.of_kind("money").filter(|one| one.cited("").is_some()).collect();
    money.chunk_by(|a, b| a.sentence == b.sentence).find_map(|all| {
        let (whole, parts) = all.split_first()?;
        let before = report.before(whole).trim().to_lowercase();
        let opens = cues().wholes.iter().any(|phrase| {
            let rest = before.strip_suffix(phrase.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.ends_with(|c: char| !c.is_alphanumeric()))
        });
        let same = parts.iter().all(|one| one.figure.unit == whole.figure.unit);
        let total = parts.iter().try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one.figure.value?))?;
        let named = parts.iter().all(|one| part_name(report, one).is_some());
        let fits = opens && same && named && parts.len() >= 2 && Some(total) <= whole.figure.value;
        fits.then(|| Sum { whole, parts: parts.to_vec() })
    })
}

fn whole_name(report: &Statements, whole: &Statement) -> String {
    let words = head(first_clause(report.after(whole)), LONGEST);
    if words.is_empty() { "In all".to_owned() } else { words::sentence(&words) }
}

/// Who got a part: the words of its clause before the verb.
fn part_name(report: &Statements, part: &Statement) -> Option<String> {
    let clause = last_clause(report.before(part));
    let all: Vec<&str> = clause.split_whitespace().collect();
    let verb = all.iter().rposition(|word| cues().receives.contains(&*bare(word)))?;
    let name = tail(&all[..verb].join(" "), LONGEST);
    (!name.is_empty()).then(|| words::sentence(&name))
}
