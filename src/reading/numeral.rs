//! Every number of a text: where it stands, its value, and the unit beside it.

use std::{str::FromStr, sync::LazyLock};

use regex::{Captures, Regex};

use super::{Form, words};
use crate::source::{Decimal, Span};

/// A number as the text writes it, before any rule reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// With its unit, when adjacent.
    pub span: Span,
    /// The number alone.
    pub number: Span,
    /// Digits or words.
    pub form: Form,
    /// In `unit`, as the source counts it: `US$25 billion` is 25000000000 `usd`.
    pub value: Decimal,
    /// The upper end of a range.
    pub value_max: Option<Decimal>,
    /// The unit that stands beside it: `percent`, `usd`, `rank`, `year`, or nothing.
    pub unit: &'static str,
    /// For a date: `2004`, `2004-09`, `2004-09-19`, `2000/2001`.
    pub period: Option<String>,
    /// Whether it is a bare run of four digits that may be a year.
    pub is_date: bool,
}

/// The unit of a part of digits and signs that has no one meaning; no rule reads it.
pub const AMBIGUOUS: &str = "ambiguous";

/// Finds the numerals of a text. `offset` is added to every span.
pub fn numerals(text: &str, offset: usize) -> Vec<Numeral> {
    let Some(patterns) = PATTERNS.as_ref() else { return Vec::new() };
    let mut found: Vec<Numeral> = Vec::new();
    dates(patterns, text, &mut found);
    let dated = spans(&found);
    let mut from = 0;
    while let Some(captures) = patterns.digits.captures_at(text, from) {
        let end = captures.get(0).map_or(text.len(), |all| all.end());
        let numeral = digits(text, &captures);
        // A part that turned out not to belong to the numeral is looked at again.
        from = numeral.as_ref().map_or(end, |numeral| numeral.span.end);
        found.extend(numeral.filter(|numeral| is_free(&dated, numeral.span)));
    }
    let taken = spans(&found);
    for at in patterns.words.find_iter(text) {
        let number = Span::new(at.start(), at.end());
        if let Some(value) = words::value(at.as_str())
            && is_free(&taken, number)
        {
            found.push(in_words(text, number, value));
        }
    }
    found.sort_by_key(|numeral| numeral.span);
    for numeral in &mut found {
        numeral.span = numeral.span.shifted(offset);
        numeral.number = numeral.number.shifted(offset);
    }
    found
}

/// The spans of numerals that do not overlap, in order.
fn spans(found: &[Numeral]) -> Vec<Span> {
    let mut spans: Vec<Span> = found.iter().map(|numeral| numeral.span).collect();
    spans.sort_unstable();
    spans
}

/// Whether a span overlaps none of these, which are in order.
fn is_free(taken: &[Span], span: Span) -> bool {
    let at = taken.partition_point(|other| other.end <= span.start);
    taken.get(at).is_none_or(|other| !other.overlaps(span))
}

/// Reads a number written in digits: `1,696`, `6.50`, `2 852` with thin or no-break spaces.
pub fn parse(digits: &str) -> Option<Decimal> {
    let plain: String = digits.chars().filter(|c| !matches!(c, ',' | '\u{a0}' | '\u{202f}' | '\u{2009}')).collect();
    Decimal::from_str(&plain).ok()
}

/// Reads a number as it stands in a source, in digits or in words, with or without its unit.
pub fn parse_any(text: &str) -> Option<Decimal> {
    if is_denial(text) {
        return Some(Decimal::ZERO);
    }
    numerals(text, 0).first().map(|numeral| numeral.value)
}

/// Whether words deny that there is any: `did not win any`, `failed to win any`.
pub fn is_denial(text: &str) -> bool {
    let lower = text.to_lowercase();
    let denies = ["not ", "failed to", "unable to", "without "].iter().any(|words| lower.starts_with(words));
    denies && (lower.ends_with("any") || lower.ends_with("a single") || lower.ends_with("one"))
}

struct Patterns {
    digits: Regex,
    words: Regex,
    dates: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let month = words::month_pattern();
    Some(Patterns {
        digits: Regex::new(&words::loose(concat!(
            r"(?P<money>US\$|\$|€|£)?",
            r"(?P<low>\d{1,3}(?:[,\u{a0}\u{202f}\u{2009}]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)",
            r"(?P<ordinal>(?:st|nd|rd|th)\b)?",
            r"(?:(?:[-–—]| to )(?P<high>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))?",
            r"(?: (?P<scale>thousand|million|billion|trillion)\b)?",
            r"(?:(?P<percent>\s?%)|(?P<unit>(?: |-)per\s?cent\b)|(?P<points> percentage points?\b))?",
        )))
        .ok()?,
        words: Regex::new(&words::pattern()).ok()?,
        dates: Regex::new(&words::loose(&format!(
            concat!(
                r"(?P<range>\b(?P<from>1[5-9]\d\d|20\d\d)[-–—/](?P<to>1[5-9]\d\d|20\d\d|\d\d)\b)",
                r"|\b(?:(?P<day>[0-3]?\d) )?(?:(?P<until>{m})[-–—](?:(?P<m2>{m})) |(?P<month>{m}),? (?:(?P<mday>[0-3]?\d), )?)",
                r"(?P<year>1[5-9]\d\d|20\d\d)\b",
                r"|\b(?P<decade>1[5-9]\d0|20\d0)s\b",
                r"|\b(?P<bare>1[5-9]\d\d|20\d\d)\b"
            ),
            m = month
        )))
        .ok()?,
    })
});

fn dates(patterns: &Patterns, text: &str, found: &mut Vec<Numeral>) {
    for captures in patterns.dates.captures_iter(text) {
        let Some(all) = captures.get(0) else { continue };
        let span = Span::new(all.start(), all.end());
        if !stands_alone(text, span) {
            continue;
        }
        let group = |name: &str| captures.name(name);
        let year_of = |name: &str| group(name).and_then(|m| m.as_str().parse::<u32>().ok());
        let (number, period, max) = if let (Some(from), Some(to)) = (year_of("from"), year_of("to")) {
            let to = if to < 100 { from / 100 * 100 + to } else { to };
            if to <= from {
                continue;
            }
            (group("range"), format!("{from}/{to}"), Some(Decimal::from(to)))
        } else if let Some(decade) = year_of("decade") {
            (group("decade"), format!("{decade}s"), None)
        } else if let Some(year) = year_of("bare") {
            if !may_be_year(text, span) {
                continue;
            }
            (group("bare"), year.to_string(), None)
        } else if let Some(year) = year_of("year") {
            let month = |name: &str| group(name).and_then(|m| words::month(m.as_str()));
            let day = year_of("day").or(year_of("mday"));
            let period = match (month("month"), month("until").zip(month("m2")), day) {
                (Some(m), _, Some(d)) => format!("{year}-{m:02}-{d:02}"),
                (Some(m), _, None) => format!("{year}-{m:02}"),
                (None, Some((from, to)), _) => format!("{year}-{from:02}/{year}-{to:02}"),
                _ => year.to_string(),
            };
            (group("year"), period, None)
        } else {
            continue;
        };
        let Some(number) = number else { continue };
        let Some(value) = number.as_str().get(..4).and_then(parse) else { continue };
        found.push(Numeral {
            span,
            number: Span::new(number.start(), number.end()),
            form: Form::Digits,
            value,
            value_max: max,
            unit: "year",
            period: Some(period),
            is_date: true,
        });
    }
}

/// A bare run of four digits is no year when a unit or a larger number follows it.
fn may_be_year(text: &str, span: Span) -> bool {
    let before = text[..span.start].trim_end();
    let after = text[span.end..].trim_start();
    let money = before.ends_with(['$', '€', '£', '№', '¶', '§']);
    let unit =
        ["percent", "per cent", "%", "million", "billion", "thousand", "km", "seats", "votes", "people", "members"];
    !money && !unit.iter().any(|unit| after.starts_with(unit))
}

/// Whether no letter or digit touches the span: `A1`, `2000m` and the `04` of `1.04` are no numbers of their own.
fn stands_alone(text: &str, span: Span) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let digit_before = || before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit());
    let touched_before = match before.chars().next_back() {
        Some('.' | ',') => digit_before(),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    let digit_after = || after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let touched_after = match after.chars().next() {
        Some('.' | ',') => digit_after(),
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    !touched_before && !touched_after
}

fn digits(text: &str, captures: &Captures) -> Option<Numeral> {
    let low = captures.name("low")?;
    let mut number = Span::new(low.start(), low.end());
    let start = captures.name("money").map_or(low.start(), |money| money.start());
    let mut value = parse(low.as_str())?;
    let mut end = number.end;
    let mut value_max = None;
    if let Some(high) = captures.name("high")
        && let Some(upper) = parse(high.as_str())
        && upper > value
        && stands_alone(text, Span::new(low.start(), high.end()))
        && !text[high.end()..].starts_with(['-', '–'])
        // `from 3.25 to 3.50` tells a change: two numbers, not a range.
        && !text[..start].trim_end().ends_with("from")
    {
        value_max = Some(upper);
        number.end = high.end();
        end = high.end();
    }
    // What follows the upper end belongs to the numeral only when the upper end does.
    let whole = captures.name("high").is_none() || value_max.is_some();
    let named = |name: &str| captures.name(name).filter(|_| whole);
    if let Some(scale) = named("scale") {
        let factor = words::scale(scale.as_str())?;
        value = value.checked_mul(factor)?.normalize();
        value_max = value_max.and_then(|max| max.checked_mul(factor));
        end = scale.end();
    }
    let mut unit = "";
    if let Some(ordinal) = captures.name("ordinal") {
        (unit, end) = ("rank", end.max(ordinal.end()));
    }
    if let Some(percent) = named("percent").or(named("unit")) {
        (unit, end) = ("percent", percent.end());
    }
    if let Some(points) = named("points") {
        (unit, end) = ("pp", points.end());
    }
    if let Some(money) = captures.name("money") {
        unit = match money.as_str() {
            "€" => "eur",
            "£" => "gbp",
            _ => "usd",
        };
    }
    // `6,50` and `3.250.000` are read differently in different countries: neither part is a number of its own.
    let joined = |c: Option<char>| matches!(c, Some('.' | ','));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut back, mut on) = (text[..low.start()].chars().rev(), text[number.end..].chars());
    if joined(back.next()) && digit(back.next()) || joined(on.next()) && digit(on.next()) {
        unit = AMBIGUOUS;
    }
    let span = Span::new(start, end);
    Some(Numeral { span, number, form: Form::Digits, value, value_max, unit, period: None, is_date: false })
}

fn in_words(text: &str, number: Span, value: Decimal) -> Numeral {
    const PERCENT: [&str; 2] = ["percent", "per cent"];
    let after = &text[number.end..];
    let word = after.trim_start();
    let gap = after.len() - word.len();
    let percent = PERCENT.iter().find(|unit| gap > 0 && word.starts_with(**unit));
    let span = Span::new(number.start, number.end + percent.map_or(0, |unit| gap + unit.len()));
    let unit = if percent.is_some() { "percent" } else { "" };
    Numeral { span, number, form: Form::Words, value, value_max: None, unit, period: None, is_date: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, String, String)> {
        numerals(text, 0)
            .into_iter()
            .map(|n| {
                let value = n.value_max.map_or(n.value.to_string(), |max| format!("{}..{max}", n.value));
                (n.span.of(text).unwrap().to_owned(), value, n.period.unwrap_or(n.unit.to_owned()))
            })
            .collect()
    }

    fn one(text: &str, span: &str, value: &str, unit: &str) {
        assert_eq!(read(text), [(span.to_owned(), value.to_owned(), unit.to_owned())], "{text}");
    }

    #[test]
    fn digits_carry_their_units() {
        one("stood at 6.50 again", "6.50", "6.50", "");
        one("won 60.61 percent of it", "60.61 percent", "60.61", "percent");
        one("over US$25 billion came", "US$25 billion", "25000000000", "usd");
        one("grew 8-10 percent a year", "8-10 percent", "8..10", "percent");
        one("some 200 to 300 groups", "200 to 300", "200..300", "");
        one("ranked 122nd there", "122nd", "122", "rank");
        assert_eq!(read("fell from 3.25 to 3.50 there").len(), 2);
        one("1,696 people", "1,696", "1696", "");
        one("Orrins (64.9%)", "64.9%", "64.9", "percent");
    }

    #[test]
    fn dates_keep_the_precision_they_are_stated_with() {
        one("in September 2004 there", "September 2004", "2004", "2004-09");
        one("from September-October 2004 on", "September-October 2004", "2004", "2004-09/2004-10");
        one("in 2000-2001 he", "2000-2001", "2000..2001", "2000/2001");
        one("on 19 September 2004 it", "19 September 2004", "2004", "2004-09-19");
        one("the early 1990s saw", "1990s", "1990", "1990s");
        one("1999 seats", "1999", "1999", "");
    }

    #[test]
    fn words_are_numbers_too() {
        one("Fifty-nine of them", "Fifty-nine", "59", "");
        one("a single seat", "single", "1", "");
    }

    #[test]
    fn a_denial_of_any_is_none() {
        assert_eq!(parse_any("not win any"), Some(Decimal::ZERO));
        assert_eq!(parse_any("failed to win any"), Some(Decimal::ZERO));
        assert_eq!(parse_any("nothing here"), None);
    }
}
