//! Dates of a report to what they date: the words around each, in its own clause, and the time it spans.

use super::{
    Statement, Statements,
    cues::{bare, cues, first_clause, head, last_clause, tail},
};
use crate::{
    reading::{FigureStatus, words::MONTHS},
    source::BlockKind,
};

/// How precisely a date is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A day or a month.
    Month,
    /// A year or a part of one.
    Year,
    /// Several years.
    Years,
}

/// A date in prose.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a> {
    /// The numeral.
    pub date: &'a Statement,
    /// Its period, with the part that is meant: `2004`, `2004-09`, `early 2004`.
    pub when: String,
    /// From, in years: `2004-09` begins at 2004.67.
    pub from: f64,
    /// To, in years.
    pub to: f64,
    /// How precisely it is stated.
    pub precision: Precision,
    /// The words of its clause that say what it dates, as the source writes them; empty where none do.
    pub what: String,
}

/// What a label may be long.
const LONGEST: usize = 28;
/// A clause of fewer letters before a date says too little: the words before it are taken too.
const LITTLE: usize = 9;

/// The dates of a report's prose, in the order of the text.
pub fn events(report: &Statements) -> Vec<Event<'_>> {
    let prose = |one: &&Statement| one.figure.status == FigureStatus::Date && one.block == BlockKind::Paragraph;
    report.figures.iter().filter(prose).filter_map(|date| event(report, date)).collect()
}

fn event<'a>(report: &Statements, date: &'a Statement) -> Option<Event<'a>> {
    let period = date.figure.period.as_str();
    let (mut from, mut to, mut precision) = span(period)?;
    let mut when = period.to_owned();
    if let Some(part) = date.figure.detail("part").filter(|_| precision != Precision::Month) {
        let third = (to - from) / 3.0;
        (from, to) = match part {
            "early" | "beginning" => (from, from + third),
            "mid" | "middle" => (from + third, from + 2.0 * third),
            _ => (from + 2.0 * third, to),
        };
        when = format!("{part} {period}");
        precision = precision.min(Precision::Year);
    }
    let mut what = what(report.before(date), report.after(date));
    // A quotation mark whose other one is cut off.
    if what.matches(['"', '“', '”']).count() == 1 {
        what = what.replace(['"', '“', '”'], "");
    }
    Some(Event { date, when, from, to, precision, what })
}

/// The years that a period spans; `None` for one that names no year of four digits.
fn span(period: &str) -> Option<(f64, f64, Precision)> {
    if let Some((first, last)) = period.split_once('/') {
        let ((from, ..), (_, to, _)) = (span(first)?, span(last)?);
        let months = first.contains('-') && to - from < 1.0;
        return (to > from).then_some((from, to, if months { Precision::Month } else { Precision::Years }));
    }
    if let Some(decade) = period.strip_suffix('s') {
        let (from, ..) = span(decade)?;
        return Some((from, from + 10.0, Precision::Years));
    }
    let mut parts = period.split('-');
    let year: f64 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let Some(month) = parts.next() else { return Some((year, year + 1.0, Precision::Year)) };
    let month = month.parse::<f64>().ok().filter(|month| (1.0..=12.0).contains(month))?;
    let from = year + (month - 1.0) / 12.0;
    Some((from, from + 1.0 / 12.0, Precision::Month))
}

/// What a date dates, in the words of its clause.
fn what(before: &str, after: &str) -> String {
    let clause = last_clause(before);
    let words: Vec<&str> = clause.split_whitespace().collect();
    let next = words.last().map(|word| bare(word)).unwrap_or_default();
    let cues = cues();
    // `the 1999 census`: the noun behind says what it was.
    let opens = words.is_empty() && before.trim().is_empty();
    if opens || cues.determiners.contains(&*next) && !placed(&words) {
        return attributive(&words, after);
    }
    let kept = without_place(&words);
    let bound = words.get(kept.len()).map(|word| bare(word)).filter(|word| cues.bounds_of_dates.contains(&**word));
    let says_nothing = kept.iter().all(|word| cues.edges.contains(&*bare(word)));
    // `In 1999, the council …` at the head of a sentence: what it dates follows.
    if says_nothing && clause == before.trim() {
        return opening(after);
    }
    let clause = kept.join(" ");
    let whole: Vec<&str> = before.split_whitespace().collect();
    let label = match tail(&clause, LONGEST).chars().count() < LITTLE {
        true => tail(&without_place(&whole).join(" "), LONGEST),
        false => tail(&clause, LONGEST),
    };
    // `held office since`: without it the date would seem to be the event's own.
    match bound.filter(|_| !label.is_empty()) {
        Some(bound) => format!("{label} {bound}"),
        None => label,
    }
}

/// Whether the words before a date end in a preposition and an article: `in the`.
fn placed(words: &[&str]) -> bool {
    let before = words.len().checked_sub(2).and_then(|at| words.get(at)).map(|word| bare(word));
    before.is_some_and(|word| cues().at_dates.contains(&*word) && word != "of" && word != "on")
}

/// The words before a date without those that only place it, and without another date that shares the place.
fn without_place<'w>(words: &[&'w str]) -> Vec<&'w str> {
    let mut kept = words.to_vec();
    let is_date = |word: &str| {
        let bare = bare(word);
        bare.len() == 4 && bare.parse::<u16>().is_ok() || MONTHS.iter().any(|month| month.eq_ignore_ascii_case(&bare))
    };
    loop {
        let Some(last) = kept.last().map(|word| bare(word)) else { return kept };
        let cues = cues();
        let another = cues.joints.contains(&*last) && kept.iter().rev().nth(1).is_some_and(|word| is_date(word));
        if another || is_date(&last) || cues.at_dates.contains(&*last) || cues.bounds_of_dates.contains(&*last) {
            kept.pop();
        } else {
            return kept;
        }
    }
}

/// `In 1999, the council was dissolved`: what follows the comma.
fn opening(after: &str) -> String {
    let rest = after.trim_start().trim_start_matches(',');
    let label = head(first_clause(rest), LONGEST);
    // A name alone, before `, the former mayor, left`, says too little.
    if label.chars().count() < LITTLE + 8 { head(rest, LONGEST) } else { label }
}

/// Past a preposition and the name behind it, where one follows: `elections to the Stanza`.
fn named(words: &[&str], from: usize) -> usize {
    let behind = words[from..].iter().take_while(|word| cues().edges.contains(&*bare(word))).count();
    let name = words[from + behind..].iter().take_while(|word| word.starts_with(char::is_uppercase)).count();
    if (1..=2).contains(&behind) && name > 0 { from + behind + name.min(3) } else { from }
}

fn attributive(words: &[&str], after: &str) -> String {
    let rest = after.trim_start();
    if words.is_empty() && rest.starts_with([',', ';']) {
        return opening(after);
    }
    let clause = first_clause(rest);
    let all: Vec<&str> = clause.split_whitespace().collect();
    let edge = |word: &&&str| cues().edges.contains(&*bare(word));
    let nouns = all.iter().take_while(|word| !edge(word)).count();
    match nouns == 0 {
        false => head(&all[..named(&all, nouns.min(4))].join(" "), LONGEST),
        true => head(clause, LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_spans_what_it_says_and_no_more() {
        assert_eq!(span("2004"), Some((2004.0, 2005.0, Precision::Year)));
        assert_eq!(span("2004-01"), Some((2004.0, 2004.0 + 1.0 / 12.0, Precision::Month)));
        assert_eq!(span("1997/1998"), Some((1997.0, 1999.0, Precision::Years)));
        assert_eq!(span("1990s"), Some((1990.0, 2000.0, Precision::Years)));
        assert_eq!((span("13th century"), span(""), span("2004-13")), (None, None, None));
    }

    #[test]
    fn what_a_date_dates_is_said_in_the_words_of_its_clause() {
        assert_eq!(what("In ", ", the mayor dissolved the old council, and left."), "mayor dissolved the old…");
        assert_eq!(what("The bridge was opened in ", " by the guild."), "bridge was opened");
        assert_eq!(what("The mayor has held office since ", " and will stay."), "mayor has held office since");
        assert_eq!(what("According to the ", " census, all is well."), "census");
        assert_eq!(what("The ", " elections to the Stanza were held."), "elections to the Stanza");
        assert_eq!(what("The ", " elections were held."), "elections");
        assert_eq!(what("She won the votes held in 1999 and ", "."), "won the votes held");
        assert_eq!(what("The League, which was founded in ", ", lost."), "…League, which was founded");
        assert_eq!(what("Earlier in ", ", the old editor was held."), "old editor was held");
    }
}
