//! Every number of a text: where it stands, its value, and the unit beside it.

use std::{str::FromStr, sync::LazyLock};

use regex::{Captures, Match, Regex};

use super::{
    Form, dates, ranges,
    words::{self, Said},
};
use crate::source::{Decimal, Span};

/// What sort of number a numeral is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It counts or measures: `6.50`, `Fifty-nine`.
    Cardinal,
    /// It tells a place in an order: `122nd`, `fourth`.
    Ordinal,
    /// A part of one: `two thirds`.
    Part,
    /// It multiplies: `triple`.
    Multiple,
    /// Many, without a number: `dozens`.
    Many,
    /// A date.
    Date,
    /// A month, or a day of one, whose year is not said: `in August`.
    Undated,
}

/// A number as the text writes it, before any rule reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// With its unit, when adjacent.
    pub span: Span,
    /// The number alone.
    pub number: Span,
    /// Digits or words.
    pub form: Form,
    /// What sort of number it is.
    pub sort: Sort,
    /// In `unit`, as the source counts it: `US$25 billion` is 25000000000 `usd`.
    pub value: Decimal,
    /// The upper end of a range.
    pub value_max: Option<Decimal>,
    /// The unit that stands beside it: `percent`, `usd`, `rank`, `year`, or nothing.
    pub unit: &'static str,
    /// For a date: `2004`, `2004-09`, `2004-09-19`, `2000/2001`.
    pub period: Option<String>,
    /// For a date with a month: the month and the day.
    pub month: Option<(u32, Option<u32>)>,
    /// Whether it is a date whose year is known.
    pub is_date: bool,
    /// Where the year of a month or a day comes from, when other words say it: `context`, `edition`; else empty.
    pub year_from: &'static str,
}

impl Numeral {
    /// The value, where the words give a number: `dozens` gives none.
    pub fn known(&self) -> Option<Decimal> {
        let none = matches!(self.sort, Sort::Many | Sort::Undated);
        (!none).then_some(self.value)
    }

    /// Gives a month or a day the year that other words say; `from` tells which.
    pub(super) fn give_year(&mut self, year: Decimal, from: &'static str) {
        let Some((month, day)) = self.month else { return };
        let day = day.map(|day| format!("-{day:02}")).unwrap_or_default();
        self.value = year;
        self.period = Some(format!("{year}-{month:02}{day}"));
        self.sort = Sort::Date;
        self.is_date = true;
        self.year_from = from;
    }
}

/// The unit of a part of digits and signs that has no one meaning; no rule reads it.
pub const AMBIGUOUS: &str = "ambiguous";

/// Finds the numerals of a text. `offset` is added to every span.
pub fn numerals(text: &str, offset: usize) -> Vec<Numeral> {
    let Some(patterns) = PATTERNS.as_ref() else { return Vec::new() };
    let mut found: Vec<Numeral> = Vec::new();
    dates::dates(text, &mut found);
    found.sort_by_key(|numeral| numeral.span);
    dates::share_years(text, &mut found);
    let dated = spans(&found);
    let mut from = 0;
    while let Some(all) = patterns.digits.find_at(text, from) {
        // A part that turned out not to belong to the numeral is looked at again.
        let numeral = Parts::of(patterns, text, all).and_then(|parts| digits(text, &parts));
        from = numeral.as_ref().map_or(all.end(), |numeral| numeral.span.end);
        found.extend(numeral.filter(|numeral| is_free(&dated, numeral.span)));
    }
    let taken = spans(&found);
    for at in patterns.words.find_iter(text) {
        let number = Span::new(at.start(), at.end());
        if is_free(&taken, number)
            && let Some(said) = words::said(at.as_str())
        {
            found.extend(in_words(text, number, said));
        }
    }
    found.sort_by_key(|numeral| numeral.span);
    ranges::join(text, &mut found);
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
    numerals(text, 0).first().and_then(Numeral::known)
}

/// Whether words deny that there is any: `did not win any`, `failed to win any`, `not a single`.
pub fn is_denial(text: &str) -> bool {
    const OPENINGS: &[&str] =
        &["not ", "no ", "never ", "without ", "unable to", "fail", "nor ", "neither ", "hardly ", "yet to"];
    let lower = text.to_lowercase();
    let denies = OPENINGS.iter().any(|words| lower.starts_with(words));
    denies && (lower.ends_with("any") || lower.ends_with("single") || lower.ends_with("one"))
}

struct Patterns {
    digits: Regex,
    words: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        digits: Regex::new(&words::plain_bounds(&words::loose(concat!(
            r"(?:(?P<money>(?:\b(?:US|A|C|NZ|HK))?\$ ?|(?:€|£|¥|₸|₽|₴) ?|\b(?:USD|EUR|GBP|CHF|KZT|RUB) ?)(?P<minus>[-−])?)?",
            r"(?P<low>\d{1,3}(?:[,\u{a0}\u{202f}\u{2009}]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)",
            r"(?P<ordinal>(?:st|nd|rd|th)\b)?",
            r"(?:(?P<joint>[-–—]| to | and )(?:US\$|\$|€|£)?(?P<high>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))?",
            r"(?P<scale>(?: |-)(?:thousand|million|billion|trillion)\b|\s?(?:bn|mn|mln|bln)\b|(?:m|k)\b)?",
            r"(?:(?P<percent>\s?%)|(?P<points> percentage points?\b)|(?P<unit>(?: |-)per\s?cent\b))?",
        ))))
        .ok()?,
        words: Regex::new(&words::plain_bounds(&words::any_pattern())).ok()?,
    })
});

/// Whether no letter or digit touches the span: `A1`, `2000m` and the `04` of `1.04` are no numbers of their own.
pub(super) fn stands_alone(text: &str, span: Span) -> bool {
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

/// A number in digits, and what stands beside it, by their names in the pattern.
struct Parts<'t> {
    low: Match<'t>,
    beside: Option<Captures<'t>>,
}

impl<'t> Parts<'t> {
    /// Most numbers stand alone: what stands beside them need not be asked, which takes longer than to find them.
    fn of(patterns: &Patterns, text: &'t str, all: Match<'t>) -> Option<Self> {
        if all.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Self { low: all, beside: None });
        }
        let captures = patterns.digits.captures_at(text, all.start())?;
        Some(Self { low: captures.name("low")?, beside: Some(captures) })
    }

    fn name(&self, name: &str) -> Option<Match<'t>> {
        self.beside.as_ref()?.name(name)
    }
}

fn digits(text: &str, captures: &Parts) -> Option<Numeral> {
    let low = captures.low;
    let mut number = Span::new(low.start(), low.end());
    let mut start = captures.name("money").map_or(low.start(), |money| money.start());
    let mut value = parse(low.as_str())?;
    let mut end = number.end;
    let mut value_max = None;
    let before = text[..start].trim_end();
    if let Some(high) = captures.name("high")
        && let Some(upper) = parse(high.as_str())
        && upper > value
        && captures.name("ordinal").is_none()
        && stands_alone(text, Span::new(low.start(), high.end()))
        && !text[high.end()..].starts_with(['-', '–', '/'])
        && joins(captures.name("joint").map_or("", |joint| joint.as_str()), before)
    {
        value_max = Some(upper);
        number.end = high.end();
        end = high.end();
    }
    // What follows the upper end belongs to the numeral only when the upper end does.
    let whole = captures.name("high").is_none() || value_max.is_some();
    let named = |name: &str| captures.name(name).filter(|_| whole);
    let is_money = captures.name("money").is_some();
    // `$3m` is money; `200m` may be a length, and `$3mя` a word.
    let ends = |scale: &Match| !text[scale.end()..].starts_with(char::is_alphanumeric);
    let is_scale = |scale: &Match| scale.as_str().len() > 1 || is_money && ends(scale);
    if let Some(scale) = named("scale").filter(is_scale) {
        let factor = words::scale(scale.as_str())?;
        value = value.checked_mul(factor)?.normalize();
        value_max = value_max.and_then(|max| max.checked_mul(factor));
        end = scale.end();
    }
    let mut unit = "";
    let mut sort = Sort::Cardinal;
    if let Some(ordinal) = captures.name("ordinal") {
        (unit, end, sort) = ("rank", end.max(ordinal.end()), Sort::Ordinal);
    }
    if let Some(percent) = named("percent").or(named("unit")) {
        (unit, end) = ("percent", percent.end());
    }
    if let Some(points) = named("points") {
        (unit, end) = ("pp", points.end());
    }
    if let Some(money) = captures.name("money") {
        unit = currency(money.as_str().trim());
    }
    // `$-504 million`
    if let Some(minus) = captures.name("minus").filter(|_| value_max.is_none()) {
        value.set_sign_negative(true);
        number.start = minus.start();
    }
    if is_negative(text, start) && value_max.is_none() && sort == Sort::Cardinal {
        value.set_sign_negative(true);
        start -= text[..start].chars().next_back().map_or(0, char::len_utf8);
        number.start = start;
    }
    // `6,50` and `3.250.000` are read differently in different countries: neither part is a number of its own.
    let joined = |c: Option<char>| matches!(c, Some('.' | ','));
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut back, mut on) = (text[..low.start()].chars().rev(), text[number.end..].chars());
    if joined(back.next()) && digit(back.next()) || joined(on.next()) && digit(on.next()) {
        unit = AMBIGUOUS;
    }
    let span = Span::new(start, end);
    let form = Form::Digits;
    Some(Numeral {
        span,
        number,
        form,
        sort,
        value,
        value_max,
        unit,
        period: None,
        month: None,
        is_date: false,
        year_from: "",
    })
}

/// Whether what stands between two numbers makes them a range. `from 3.25 to 3.50` tells a change: two numbers.
fn joins(joint: &str, before: &str) -> bool {
    let after_between = || {
        let mut words = before.rsplit(char::is_whitespace);
        let between = |word: Option<&str>| word.is_some_and(|word| word.eq_ignore_ascii_case("between"));
        between(words.next()) || between(words.next())
    };
    match joint.trim() {
        "and" => after_between(),
        "to" => !before.ends_with("from") && !before.ends_with("From"),
        _ => true,
    }
}

/// A minus sign right before a number and right behind a blank or a bracket.
fn is_negative(text: &str, start: usize) -> bool {
    let mut before = text[..start].chars().rev();
    let sign = before.next().is_some_and(|c| matches!(c, '-' | '−'));
    sign && before.next().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | ':'))
        && !before.find(|c| !c.is_whitespace()).is_some_and(|c| c.is_ascii_digit())
}

fn currency(sign: &str) -> &'static str {
    match sign {
        "€" | "EUR" => "eur",
        "£" | "GBP" => "gbp",
        "¥" => "jpy",
        "₸" | "KZT" => "kzt",
        "₽" | "RUB" => "rub",
        "₴" => "uah",
        "CHF" => "chf",
        "A$" => "aud",
        "C$" => "cad",
        "NZ$" => "nzd",
        "HK$" => "hkd",
        _ => "usd",
    }
}

/// Whether a part is that by which something changes: `fell by a fifth, to 120`.
fn changes_by(text: &str, number: Span) -> bool {
    let last = text[..number.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let by = ["by", "nearly", "almost", "about", "roughly", "over", "than"].contains(&last.to_lowercase().as_str());
    let rest = text[number.end..].trim_start();
    let next = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let on = ["to", "since", "in", "from", "between", "over", "during", "on", "after", "and", "as"].contains(&next);
    by && (rest.is_empty() || rest.starts_with([',', '.', ';', ')']) || on)
}

fn in_words(text: &str, number: Span, said: Said) -> Option<Numeral> {
    const PERCENT: [&str; 2] = ["percent", "per cent"];
    const PLACES: u32 = 4;
    let after = &text[number.end..];
    let word = after.trim_start();
    let gap = after.len() - word.len();
    let percent = PERCENT.iter().find(|unit| gap > 0 && word.starts_with(**unit));
    let points = percent.and_then(|unit| word[unit.len()..].strip_prefix("age point"));
    let (value, sort, mut unit) = match said {
        Said::Number(value) => (value, Sort::Cardinal, ""),
        Said::Order(n) => (Decimal::from(n), Sort::Ordinal, "rank"),
        Said::Part(over, under) => {
            let share = Decimal::from(over) / Decimal::from(under);
            (share.round_dp(PLACES), Sort::Part, "share")
        }
        Said::Multiple(n) => (Decimal::from(n), Sort::Multiple, "times"),
        Said::Many => (Decimal::ZERO, Sort::Many, ""),
    };
    let mut span = number;
    if let Some(percent) = percent.filter(|_| sort == Sort::Cardinal) {
        let more = points.map_or(0, |rest| "age point".len() + usize::from(rest.starts_with('s')));
        span.end = number.end + gap + percent.len() + more;
        unit = if points.is_some() { "pp" } else { "percent" };
    }
    let form = Form::Words;
    // `a third term` tells an order, `a third of the votes` a part.
    if sort == Sort::Part
        && text[number.start..].starts_with(['a', 'A'])
        && let Some(word) = number.of(text).and_then(|words| words.rsplit(['-', ' ', '\n']).next())
        && let Some(Said::Order(n)) = words::said(word)
        && !["of", "the", "majority", "less", "more", "fewer", "lower", "higher", "smaller", "larger"]
            .iter()
            .any(|next| text[number.end..].trim_start().starts_with(next))
        && !changes_by(text, number)
    {
        let number = Span::new(number.end - word.len(), number.end);
        let (sort, value, unit) = (Sort::Ordinal, Decimal::from(n), "rank");
        let (span, value_max) = (number, None);
        return Some(Numeral {
            span,
            number,
            form,
            sort,
            value,
            value_max,
            unit,
            period: None,
            month: None,
            is_date: false,
            year_from: "",
        });
    }
    Some(Numeral {
        span,
        number,
        form,
        sort,
        value,
        value_max: None,
        unit,
        period: None,
        month: None,
        is_date: false,
        year_from: "",
    })
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
        one("a rate of -0.69% there", "-0.69%", "-0.69", "percent");
        one("some $3.5bn came", "$3.5bn", "3500000000", "usd");
        one("a balance of $-504 million there", "$-504 million", "-504000000", "usd");
        one("some US$ 25 million came", "US$ 25 million", "25000000", "usd");
        one("paid €5–10 million there", "€5–10 million", "5000000..10000000", "eur");
        one("between 200 and 300 groups", "200 and 300", "200..300", "");
        one("fell 3.5 percentage points", "3.5 percentage points", "3.5", "pp");
        assert_eq!(read("1,000 - 5 there").len(), 2);
    }

    #[test]
    fn words_are_numbers_too() {
        one("Fifty-nine of them", "Fifty-nine", "59", "");
        one("a single seat", "single", "1", "");
        one("for a third time", "third", "3", "rank");
        one("about a third of it", "a third", "0.3333", "share");
        one("almost two thirds of it", "two thirds", "0.6667", "share");
        one("it fell by a fifth, he said", "a fifth", "0.20", "share");
        one("led by a third party", "third", "3", "rank");
        one("the fourth elected", "fourth", "4", "rank");
    }

    #[test]
    fn a_denial_of_any_is_none() {
        assert_eq!(parse_any("not win any"), Some(Decimal::ZERO));
        assert_eq!(parse_any("failed to win any"), Some(Decimal::ZERO));
        assert_eq!(parse_any("not a single"), Some(Decimal::ZERO));
        assert_eq!(parse_any("nothing here"), None);
        assert_eq!(parse_any("dozens"), None);
    }
}
