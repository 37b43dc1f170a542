//! Every date of a text, to the precision that it states: years, ranges, decades, centuries, months, days.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{
    Form,
    numeral::{Numeral, Sort, parse, stands_alone},
    words::{self, Said},
};
use crate::source::{Decimal, Span};

struct Patterns {
    dates: Regex,
    /// `19 and ` before `26 September`.
    day_before: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let (month, year) = (words::month_pattern(), r"(?:1[5-9]\d\d|20\d\d)");
    Some(Patterns {
        dates: Regex::new(&words::plain_bounds(&words::loose(&format!(
            concat!(
                r"(?P<range>\b(?P<from>{y})(?:(?:[-–—/]| to (?:the )?)(?P<to>{y})|[-–—/](?P<short>\d\d))\b)",
                r"|(?:[Bb]etween|[Ff]rom) (?P<between>(?P<from2>{y}) (?:and|to|until|through) (?P<to2>{y})\b)",
                r"|\b(?:(?P<day>[0-3]?\d)(?:[-–](?P<day2>[0-3]?\d))?(?:st|nd|rd|th)? (?:of )?)",
                r"(?P<dmonth>{m})(?:,? (?P<dyear>{y})\b)?",
                r"|\b(?P<month>{m}) (?P<mday>[0-3]?\d)(?:[-–](?P<mday2>[0-3]?\d))?(?:st|nd|rd|th)?\b(?:,? (?P<mdyear>{y})\b)?",
                r"|\b(?P<m1>{m})(?:[-–—/]| and | to | or )(?P<m2>{m}),? (?P<m2year>{y})\b",
                r"|\b(?P<mo>{m}),? (?:of )?(?P<moyear>{y})\b",
                r"|\b(?P<lone>{m})\b",
                r"|\b(?P<decade>1[5-9]\d0|20\d0)s\b",
                r"|\b(?P<century>\d{{1,2}}(?:st|nd|rd|th)|\p{{L}}+(?:-\p{{L}}+)?)[- ]century\b",
                r"|\b{y}\b"
            ),
            m = month,
            y = year
        ))))
        .ok()?,
        day_before: Regex::new(r"(?:^|[^\d.,-])(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:\s*,\s*|\s+(?:and|or)\s+)$").ok()?,
    })
});

/// Words before a month's name alone that make it a date and no verb or surname.
const BEFORE_MONTH: &[&str] = &[
    "in", "since", "by", "until", "till", "through", "during", "from", "of", "early", "late", "mid", "last", "this",
    "next", "between", "after", "before", "that",
];

/// Finds the dates of a text.
pub(super) fn dates(text: &str, found: &mut Vec<Numeral>) {
    let Some(patterns) = PATTERNS.as_ref() else { return };
    let mut from = 0;
    while let Some(all) = patterns.dates.find_at(text, from) {
        let whole = Span::new(all.start(), all.end());
        // Most dates are years alone: what their groups are need not be asked, which takes longer than to find them.
        let date = match all.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
            true => bare_year(text, whole),
            false => patterns.dates.captures_at(text, all.start()).and_then(|captures| date(text, &captures)),
        };
        // What turned out to be no date may hold one: `19 March`, where the day belongs to another number.
        from = match &date {
            Some(date) => date.span.end,
            None => next(text, all.start()),
        };
        let Some(date) = date else { continue };
        if date.month.is_some_and(|(_, day)| day.is_some()) {
            days_before(patterns, text, &date, found);
        }
        found.push(date);
    }
}

/// The place behind a match that was no date: behind its first word.
fn next(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    let step = rest[word..].chars().next().map_or(0, char::len_utf8);
    (start + word + step).max(start + 1).min(text.len())
}

fn date(text: &str, captures: &Captures) -> Option<Numeral> {
    let group = |name: &str| captures.name(name);
    let year = |name: &str| group(name).and_then(|m| m.as_str().parse::<i32>().ok());
    let month = |name: &str| group(name).and_then(|m| words::month(m.as_str()));
    let day =
        |name: &str| group(name).and_then(|m| m.as_str().parse::<u32>().ok()).filter(|day| (1..=31).contains(day));
    let all = captures.get(0)?;
    let whole = Span::new(all.start(), all.end());
    // `from 44 percent in 2002 to 27 percent`: two digits behind `to` are no year.
    if let Some((from, to)) = year("from").zip(year("to").or(year("short"))) {
        let to = if group("short").is_some() { from / 100 * 100 + to } else { to };
        return (to > from && stands_alone(text, whole)).then(|| years(whole, whole, from, to));
    }
    if let Some((from, to)) = year("from2").zip(year("to2")) {
        let between = group("between").map(|m| Span::new(m.start(), m.end()))?;
        return (to > from && stands_alone(text, between)).then(|| years(between, between, from, to));
    }
    if let Some(decade) = group("decade") {
        let period = format!("{}s", decade.as_str());
        let number = Span::new(decade.start(), decade.end());
        return stands_alone(text, whole).then(|| dated(whole, number, period, None, None));
    }
    if let Some(century) = group("century") {
        let words = century.as_str();
        let digits: String = words.chars().take_while(char::is_ascii_digit).collect();
        let order = match words::said(words) {
            Some(Said::Order(n)) => Some(n),
            _ => digits.parse().ok(),
        }?;
        let span = Span::new(century.start(), century.end());
        let mut numeral = dated(span, span, String::new(), None, None);
        numeral.value = Decimal::from(order);
        numeral.unit = "century";
        numeral.form = if digits.is_empty() { Form::Words } else { Form::Digits };
        return Some(numeral);
    }
    // With a month.
    let (m, d, last_day, y) = if let Some(m) = month("dmonth") {
        (m, Some(day("day")?), day("day2"), group("dyear"))
    } else if let Some(m) = month("month") {
        (m, Some(day("mday")?), day("mday2"), group("mdyear"))
    } else if let Some((m1, m2)) = month("m1").zip(month("m2")) {
        let year = group("m2year")?;
        let y = year.as_str();
        let period = format!("{y}-{m1:02}/{y}-{m2:02}");
        return stands_alone(text, whole)
            .then(|| dated(whole, Span::new(year.start(), year.end()), period, Some((m1, None)), None));
    } else if let Some(m) = month("mo") {
        (m, None, None, group("moyear"))
    } else {
        let lone = group("lone")?;
        return lone_month(text, whole).then(|| undated(whole, words::month(lone.as_str())?, None)).flatten();
    };
    if !stands_alone(text, whole) {
        return None;
    }
    let Some(year) = y else { return undated(whole, m, d) };
    let y = year.as_str();
    let period = match (d, last_day) {
        (Some(d), Some(last)) if last > d => format!("{y}-{m:02}-{d:02}/{y}-{m:02}-{last:02}"),
        (Some(d), _) => format!("{y}-{m:02}-{d:02}"),
        (None, _) => format!("{y}-{m:02}"),
    };
    Some(dated(whole, Span::new(year.start(), year.end()), period, Some((m, d)), None))
}

fn bare_year(text: &str, span: Span) -> Option<Numeral> {
    may_be_year(text, span).then(|| dated(span, span, span.of(text).unwrap_or_default().to_owned(), None, None))
}

/// `May` and `March` are words too: a month alone is a date only behind a word that dates.
fn lone_month(text: &str, span: Span) -> bool {
    let word = span.of(text).unwrap_or_default();
    let before = text[..span.start].trim_end();
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    let touched = text[..span.start].ends_with(|c: char| c.is_alphanumeric());
    // `in April Smith’s view`: a surname behind it makes it a given name.
    let full = words::MONTHS.contains(&word);
    let joined = before.len() == span.start && before.ends_with('-') && last == "mid";
    let spaced = before.len() < span.start;
    full && !touched && (spaced || joined) && BEFORE_MONTH.contains(&last.as_str())
}

/// A bare run of four digits is no year when a unit or a larger number follows it.
fn may_be_year(text: &str, span: Span) -> bool {
    if !stands_alone(text, span) {
        return false;
    }
    let before = text[..span.start].trim_end();
    let after = text[span.end..].trim_start_matches([' ', '\n', '\r', '\u{a0}', '-']);
    let money = before.ends_with(['$', '€', '£', '№', '¶', '§']);
    const UNITS: &[&str] = &[
        "percent",
        "per cent",
        "%",
        "million",
        "billion",
        "thousand",
        "km",
        "sq",
        "seats",
        "votes",
        "people",
        "members",
        "barrels",
        "tons",
        "tonnes",
        "meters",
        "metres",
        "MW",
        "hours",
        "inhabitants",
        "residents",
        "signatures",
        "dollars",
        "euros",
    ];
    !money && !UNITS.iter().any(|unit| after.starts_with(unit))
}

fn years(span: Span, number: Span, from: i32, to: i32) -> Numeral {
    dated(span, number, format!("{from}/{to}"), None, Some(Decimal::from(to)))
}

fn dated(span: Span, number: Span, period: String, month: Option<(u32, Option<u32>)>, max: Option<Decimal>) -> Numeral {
    let value = period.get(..4).and_then(parse).unwrap_or_default();
    Numeral {
        span,
        number,
        form: Form::Digits,
        sort: Sort::Date,
        value,
        value_max: max,
        unit: "year",
        period: Some(period).filter(|period| !period.is_empty()),
        month,
        is_date: true,
        year_from: "",
    }
}

/// A month, or a day of one, whose year the words do not say.
fn undated(span: Span, month: u32, day: Option<u32>) -> Option<Numeral> {
    let form = if day.is_some() { Form::Digits } else { Form::Words };
    let mut numeral = dated(span, span, String::new(), Some((month, day)), None);
    numeral.form = form;
    numeral.sort = Sort::Undated;
    // No reader takes it for a date until its year is known.
    numeral.is_date = false;
    numeral.unit = "date";
    Some(numeral)
}

/// `19 and 26 September 2004`: the first day is of the same month and year.
fn days_before(patterns: &Patterns, text: &str, date: &Numeral, found: &mut Vec<Numeral>) {
    let free = found.last().map_or(0, |last| last.span.end);
    let Some(before) = text.get(free..date.span.start) else { return };
    let starts_with_day = date.span.of(text).is_some_and(|words| words.starts_with(|c: char| c.is_ascii_digit()));
    let Some(captures) = patterns.day_before.captures(before).filter(|_| starts_with_day) else { return };
    let Some(day) = captures.name("day") else { return };
    let Some(n) = day.as_str().parse::<u32>().ok().filter(|n| (1..=31).contains(n)) else { return };
    let span = Span::new(free + day.start(), free + day.end());
    let mut first = date.clone();
    (first.span, first.number, first.value_max) = (span, span, None);
    first.month = date.month.map(|(month, _)| (month, Some(n)));
    first.period = date.period.as_ref().map(|period| format!("{}-{n:02}", &period[..7.min(period.len())]));
    found.push(first);
}

/// Gives the years that are said elsewhere: `September 19 and October 3, 2004` says the first one's behind it.
pub(super) fn share_years(text: &str, found: &mut [Numeral]) {
    for i in 0..found.len().saturating_sub(1) {
        let (head, tail) = found.split_at_mut(i + 1);
        let (Some(this), Some(next)) = (head.last_mut(), tail.first()) else { continue };
        if this.sort != Sort::Undated || next.period.is_none() || next.month.is_none() {
            continue;
        }
        let between = text.get(this.span.end..next.span.start).unwrap_or_default().trim();
        if ["and", "or", "to", "until", ",", "–", "-", "and on", "and in"].contains(&between) {
            this.give_year(next.value, "context");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::numeral::numerals;

    fn read(text: &str) -> Vec<(String, String)> {
        numerals(text, 0)
            .into_iter()
            .map(|n| (n.span.of(text).unwrap().to_owned(), n.period.unwrap_or_else(|| format!("? {:?}", n.month))))
            .collect()
    }

    fn one(text: &str, span: &str, period: &str) {
        assert_eq!(read(text), [(span.to_owned(), period.to_owned())], "{text}");
    }

    #[test]
    fn dates_keep_the_precision_they_are_stated_with() {
        one("in September 2004 there", "September 2004", "2004-09");
        one("of September-October 2004 on", "September-October 2004", "2004-09/2004-10");
        one("in 2000-2001 he", "2000-2001", "2000/2001");
        one("in 2000/01 he", "2000/01", "2000/2001");
        one("in 2000 to 2004 he", "2000 to 2004", "2000/2004");
        one("between 1999 and 2003 they", "1999 and 2003", "1999/2003");
        one("on 19 September 2004 it", "19 September 2004", "2004-09-19");
        one("on September 19, 2004, it", "September 19, 2004", "2004-09-19");
        one("on the 5th of May 1990 it", "5th of May 1990", "1990-05-05");
        one("the early 1990s saw", "1990s", "1990s");
        one("in mid-2005 it", "2005", "2005");
        one("by Sept. 2011 it", "Sept. 2011", "2011-09");
        one("on 3-5 March 2010 it", "3-5 March 2010", "2010-03-03/2010-03-05");
    }

    #[test]
    fn a_number_behind_to_is_no_end_of_a_range_of_years() {
        for text in ["in 2002 to 27.9 percent", "in 2002 to 15 percent"] {
            assert_eq!(read(text)[0], ("2002".to_owned(), "2002".to_owned()), "{text}");
        }
    }

    #[test]
    fn a_day_without_a_year_gets_the_year_of_the_next_date() {
        let dates =
            [("19", "2004-09-19"), ("26 September 2004", "2004-09-26")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(read("on 19 and 26 September 2004 they"), dates);
        let dates = [("September 19", "2004-09-19"), ("October 3, 2004", "2004-10-03")]
            .map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(read("on September 19 and October 3, 2004, they"), dates);
    }

    #[test]
    fn a_month_alone_is_a_date_only_behind_a_word_that_dates() {
        one("He left in August to run", "August", "? Some((8, None))");
        assert!(read("They may march. March was cold, and May Smith too.").is_empty());
    }
}
