//! Entries of a reference work, a line each: `Railways. total: 447 km standard gauge: 120 km (2004)`. A number's subject
//! is the entry's label with the smaller label right before it, its date the bracket that closes the entry.

use super::{
    account::Case,
    claims::{Claim, Page, Period},
    lexicon::lexicon,
    numeral::{Numeral, Sort},
    words,
};
use crate::source::Span;

/// A line with a label of its own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// The line.
    pub line: Span,
    /// Its label, without the sign behind it.
    pub label: Span,
}

/// Words of a smaller label at most.
const LONGEST: usize = 7;
/// What a rate is counted against, behind its number.
const BASES: &[&str] = &["live births", "population", "people", "inhabitants", "births"];
/// Words of a label whose bare number counts nothing.
const NO_COUNT: &[&str] = &[
    "index",
    "rate",
    "rates",
    "ratio",
    "code",
    "score",
    "rank",
    "coefficient",
    "percent",
    "percentage",
    "share",
    "average",
    "median",
    "mean",
    "age",
    "expectancy",
    "growth",
    "note",
    "level",
    "coordinates",
    "difference",
];

/// The entry that a place stands in.
pub(super) fn at(page: &Page, place: usize) -> Option<Entry> {
    let n = page.entries.partition_point(|entry| entry.line.end <= place);
    page.entries.get(n).copied().filter(|entry| entry.label.end < place && entry.line.start <= place)
}

/// The entry's label, and the smaller label that the words before a place belong to.
pub(super) fn path(page: &Page, entry: Entry, place: usize) -> String {
    let before = page.words(Span::new(entry.label.end, place));
    let label = page.plain(entry.label);
    let colon = before.rmatch_indices(':').find(|(at, _)| before[at + 1..].starts_with(char::is_whitespace));
    match colon.filter(|(at, _)| *at > 0).and_then(|(at, _)| small_label(&before[..at])) {
        Some(small) => format!("{label}, {small}"),
        None => label,
    }
}

/// The label of a number that stands right behind it, a bound aside; `None` where other words stand between.
pub(super) fn label(case: &Case) -> Option<String> {
    let entry = at(case.page, case.numeral.span.start)?;
    let bound = case.around.bound(case.lexicon).and_then(|words| words.first().map(|word| word.span.start));
    let start = bound.filter(|start| *start > entry.label.end).unwrap_or(case.numeral.span.start);
    let before = case.page.words(Span::new(entry.label.end, start)).trim_end();
    if before == "." || before == ":" {
        return Some(case.page.plain(entry.label));
    }
    let small = small_label(before.strip_suffix(':')?)?;
    Some(format!("{}, {small}", case.page.plain(entry.label)))
}

/// The words right before a colon that label what follows: not the unit of the number before them, and no sentence.
fn small_label(before: &str) -> Option<String> {
    const JOINS: &[&str] = &["to", "and", "over", "under", "age", "ages", "aged", "males", "females", "male", "female"];
    let mut kept: Vec<&str> = Vec::new();
    // `15-64 years`, `2,438 to 3,047 m`: a number with its unit alone is a label, and its words end it.
    let mut class = false;
    let words: Vec<&str> = before.split_whitespace().rev().collect();
    for (n, word) in words.iter().enumerate() {
        let number =
            word.rsplit('/').next().is_some_and(|end| end.starts_with(|c: char| c.is_ascii_digit() || c == '$'));
        let lower_end = class && kept.last() == Some(&"to") && number;
        let ends = word.ends_with([')', ';', ',', '.', '%', ':']) || (word.contains('/') && !number);
        if ends || class && !lower_end && !JOINS.contains(word) {
            break;
        }
        // `subscriptions per 100 inhabitants`
        let per = words.get(n + 1) == Some(&"per");
        if number && !class && !per {
            let rest: Vec<&str> = kept.iter().rev().copied().collect();
            let behind = without_unit(&rest);
            class = !word.contains('/') && (behind.is_empty() || ["and", "or"].contains(&behind[0]));
            if !class {
                kept = behind.iter().rev().copied().collect();
                break;
            }
        }
        kept.push(word);
        if kept.len() > LONGEST {
            return None;
        }
    }
    kept.reverse();
    let kept = BASES.iter().fold(kept.join(" "), |kept, base| match kept.strip_prefix(base) {
        Some(rest) if !rest.trim().is_empty() => rest.trim().to_owned(),
        _ => kept,
    });
    (!kept.is_empty()).then_some(kept)
}

/// The words behind a number without those that name its unit.
fn without_unit<'w>(rest: &[&'w str]) -> Vec<&'w str> {
    let scaled = usize::from(rest.first().is_some_and(|word| words::scale(word).is_some()));
    let rest = &rest[scaled..];
    let unit = lexicon().measure(|n| rest.get(n).copied()).map(|(_, count)| count);
    let unit = unit.or_else(|| rest.first().filter(|word| lexicon().time.contains_key(**word)).map(|_| 1));
    rest[unit.unwrap_or(0)..].to_vec()
}

/// Whether a number is part of a label: `0-14 years:`, `lowest 10%:`, `under 914 m:`.
pub(super) fn is_label(case: &Case) -> bool {
    let entries = &case.page.entries;
    let n = entries.partition_point(|entry| entry.line.end <= case.numeral.span.start);
    if entries.get(n).is_some_and(|entry| entry.label.contains(case.numeral.span)) {
        return true;
    }
    if at(case.page, case.numeral.span.start).is_none() {
        return false;
    }
    let behind = case.page.words(Span::new(case.numeral.span.end, case.sentence.end));
    let Some((words, rest)) = behind.split_once(':') else { return false };
    let words: Vec<&str> = words.split_whitespace().collect();
    let left = without_unit(&words);
    let over = left.is_empty() || matches!(left.as_slice(), ["and" | "or", "over" | "older" | "more" | "under"]);
    words.len() <= LONGEST && over && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether what a label names can be counted: `Airports`, and no `Democracy Score`.
pub(super) fn may_count(label: &str) -> bool {
    let lower = label.to_lowercase();
    !lower.split(|c: char| !c.is_alphanumeric()).any(|word| NO_COUNT.contains(&word))
}

/// A bare number right behind its label: a count of what the label names.
pub(super) fn counted(case: &Case) -> Option<Claim> {
    let subject = label(case)?;
    let ends = case.page.words(Span::new(case.numeral.span.end, case.sentence.end));
    let behind = ends.trim_start();
    // Another smaller label, a bracket or the end follows; `13 b` would be another number.
    let words: Vec<&str> = behind.split_once(':').map_or(Vec::new(), |(words, _)| words.split_whitespace().collect());
    let own_unit = without_unit(&words).len() < words.len();
    let labelled =
        ends.starts_with(' ') && !own_unit && behind.split_once(':').is_some_and(|(words, _)| is_small(words));
    // `foreign-owned: 26 Netherlands 1`: a name opens a list.
    let named = ends.starts_with(' ') && behind.starts_with(char::is_uppercase);
    let listed = named || behind.is_empty() || behind.starts_with(['(', ';', ',']) || behind == "." || labelled;
    let lower = subject.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let counts = !words.iter().any(|word| NO_COUNT.contains(word) && !AGES.iter().any(|age| lower.contains(age)));
    if !listed || !case.numeral.unit.is_empty() {
        return None;
    }
    let end = case.numeral.span.end;
    if words.contains(&"index") && words.contains(&"gini") {
        return Some(case.claim("score", "score", subject, end));
    }
    // `per 100 inhabitants: 37`
    if let Some(at) = words.iter().position(|word| *word == "per") {
        let base = words.get(at + 1).and_then(|word| super::numeral::parse(word));
        return base.and_then(super::rates::unit).map(|unit| case.claim("ratio", unit, subject, end));
    }
    let people = words.iter().any(|word| case.lexicon.is_people(word))
        || words
            .first()
            .is_some_and(|_| case.lexicon.groups_of_people.iter().any(|group| words.contains(&group.as_str())));
    let unit = if people { "people" } else { "count" };
    (counts && case.numeral.value.fract().is_zero()).then(|| case.claim("count", unit, subject, end))
}

/// Labels of people of an age, of whom there are so many.
const AGES: &[&str] = &["males age", "age annually", "service age", "age structure"];

/// Whether words before a colon are a label and no sentence.
fn is_small(words: &str) -> bool {
    words.split_whitespace().count() <= LONGEST && !words.contains(['.', ';', ')'])
}

/// `1.05 male(s)/female`, `2.04 children born/woman`: so many of one to one of the other.
pub(super) fn per_one(case: &Case) -> Option<Claim> {
    at(case.page, case.numeral.span.start)?;
    let plain = case.numeral.unit.is_empty() && case.numeral.sort == Sort::Cardinal && !case.around.is_closed();
    let words = &case.around.after;
    let slash = words.iter().take(3).take_while(|word| !word.opens()).position(|word| word.text.contains('/'))?;
    let (of, per) = words[slash].text.split_once('/')?;
    let letters = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphabetic() || matches!(c, '(' | ')'));
    let first = words.first()?;
    let plural = case.lexicon.is_plural(if slash == 0 { of } else { first.text });
    if !plain || !letters(of) || !letters(per) || !plural || words[..slash].iter().any(|word| word.ends()) {
        return None;
    }
    let last = words[slash];
    let what = case.page.plain(Span::new(first.span.start, last.span.start + of.len()));
    let subject = label(case).map_or(what.clone(), |label| format!("{label}, {what}"));
    Some(case.claim("ratio", "ratio", subject, last.span.end).with("per", per))
}

/// Gives a claim of an entry what its label and its closing bracket say.
pub(super) fn complete(case: &Case, claim: Claim) -> Claim {
    let Some(entry) = at(case.page, case.numeral.span.start) else { return claim };
    let mut claim = claim;
    if let Some(label) = label(case) {
        // `Infant mortality rate, male, deaths`: a rate's label says whose.
        if claim.subject.is_empty() {
            claim.subject = label;
        } else if claim.kind == "ratio" && !claim.subject.starts_with(&label) {
            claim.subject = format!("{label}, {}", claim.subject);
        }
    }
    // An age defines what is counted and is of no year.
    let dates = claim.period.is_empty() && claim.of("since").is_none() && claim.of("of") != Some("age");
    match closing_date(case.page, case.paragraph, entry).filter(|_| dates) {
        Some(date) => claim.dated(&Period::of(date, false)),
        None => claim,
    }
}

/// The date in the bracket that closes an entry, where it is the only date of the entry.
pub(super) fn closing_date<'p>(page: &'p Page, paragraph: usize, entry: Entry) -> Option<&'p Numeral> {
    let numerals = page.numerals.get(paragraph)?;
    let from = numerals.partition_point(|numeral| numeral.span.start < entry.line.start);
    let dates = || numerals[from..].iter().take_while(|n| n.span.start < entry.line.end).filter(|n| n.is_date);
    let only = dates().next().filter(|_| dates().count() == 1)?;
    let behind = page.words(Span::new(only.span.end, entry.line.end)).trim();
    let opens = page.words(Span::new(entry.line.start, only.span.start)).trim_end().ends_with('(');
    let closes = matches!(behind.strip_suffix(')').map(str::trim), Some("" | "est." | "est" | "census" | "estimate"));
    (opens && closes).then_some(only)
}
