//! When a number holds, how long something lasts, and the dates whose year stands elsewhere.

use super::{
    account::Case,
    claims::{Claim, Page, Period, ends_in},
    numeral::{Numeral, Sort},
};
use crate::source::{Decimal, Span};

/// Gives a claim the bound before its number and the period that its clause states.
pub(super) fn dated(case: &Case, claim: Claim, end: usize) -> Claim {
    let claim = match bound(case) {
        Some(bound) => claim.with("approx", bound),
        None => claim,
    };
    match period(case, end) {
        // `since 1999` begins a time and does not name one.
        Some(date) if follows(case, date, "since") => {
            let since = date.period.clone().unwrap_or_default();
            claim.with("since", since)
        }
        Some(date) => claim.dated(&Period::of(date, false)),
        None => claim,
    }
}

/// Whether a word stands right before a date.
fn follows(case: &Case, date: &Numeral, word: &str) -> bool {
    let before = case.page.words(Span::new(case.sentence.start, date.span.start));
    before.split_whitespace().next_back().is_some_and(|last| last.eq_ignore_ascii_case(word))
}

/// The bound before a number, as the source words it: `more than`.
pub(super) fn bound(case: &Case) -> Option<String> {
    let words = case.around.bound(case.lexicon)?;
    let bound = words.iter().map(|word| word.lower()).collect::<Vec<_>>().join(" ");
    (!case.lexicon.no_bounds.contains(&bound)).then_some(bound)
}

/// The date of a number: behind it in its clause (`… in 2004`), right before it (`in 2003 was only …`), or at the head
/// of its sentence (`In 2003, …`).
fn period<'a>(case: &'a Case, end: usize) -> Option<&'a Numeral> {
    const NEAR: usize = 4;
    let numerals = &case.page.numerals[case.paragraph];
    let here = |numeral: &&Numeral| numeral.is_date && case.sentence.contains(numeral.span);
    let at = numerals.partition_point(|numeral| numeral.span.start < case.numeral.span.end);
    // `7.6% (2004 est.)`: a bracket right behind that holds the date alone.
    let behind = case.page.words(Span::new(end, case.sentence.end));
    if let Some(bracket) =
        behind.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inner, _)| inner)
    {
        let open = end + behind.find('(').unwrap_or(0) + 1;
        let inside = Span::new(open, open + bracket.len());
        let mut held =
            numerals[at..].iter().take_while(|n| n.span.start < inside.end).filter(|n| n.span.start >= inside.start);
        if let (Some(date), None) = (held.next(), held.next())
            && date.is_date
            && ["", "est.", "est", "census", "estimate"]
                .contains(&case.page.words(Span::new(date.span.end, inside.end)).trim())
            && date.span.start == inside.start
        {
            return Some(date);
        }
    }
    // A bracket right behind the number, or around it, does not part it from its date.
    let end = if case.around.is_bracketed() {
        end + behind.find(')').map_or(0, |close| close + 1)
    } else if behind.trim_start().starts_with('(') {
        end + behind.find(')').map_or(0, |close| close + 1)
    } else {
        end
    };
    // `was raised from 5 percent in 2006` dates the change, not the number that it began with.
    let from = case.around.phrase_before().next().is_some_and(|word| word.lower() == "from");
    let compared =
        case.around.phrase_before().nth(1).is_some_and(|word| ["up", "down"].contains(&word.lower().as_str()));
    let tail = case.page.words(Span::new(end, case.sentence.end));
    if from && !compared && !tail.contains(" to ") {
        return None;
    }
    let next = numerals[at..].iter().take_while(|n| n.is_date || n.span.start < end).find(here);
    if let Some(date) = next.filter(|date| date.span.start >= end) {
        let between = case.page.words(Span::new(end, date.span.start));
        let words: Vec<&str> = between.split_whitespace().collect();
        let dates = words.last().is_some_and(|word| ["in", "since", "by", "during", "for"].contains(word));
        let plain = !between.contains([',', ';', ':', '(', ')', '.', '—'])
            && !words.iter().any(|word| ["who", "which", "that", "and", "than", "but", "from", "as"].contains(word));
        if dates && plain && words.len() <= NEAR + 1 {
            return Some(date);
        }
    }
    let before = numerals[..numerals.partition_point(|n| n.span.start < case.numeral.span.start)].iter().rev();
    let date = before.take_while(|n| n.is_date).find(here)?;
    let lead = case.page.words(Span::new(case.sentence.start, date.span.start)).trim();
    let head = ["In", "During", "By", "As of", "In early", "In late", "In the", "During the"].contains(&lead);
    let between = case.page.words(Span::new(date.span.end, case.numeral.span.start));
    let clause = between.trim_start_matches(',');
    if head && between.starts_with([',', ' ']) && !clause.contains([';', ':']) && !speaks_of_another(clause) {
        return Some(date);
    }
    let in_year = case.page.words(Span::new(case.sentence.start, date.span.start)).trim_end().ends_with(" in");
    // `in 2003 was only 11.6 percent`, but not `elected in 2018 to serve a six-year term`.
    const STANDS: &[&str] = &[
        "it",
        "they",
        "was",
        "were",
        "is",
        "are",
        "stood",
        "reached",
        "totaled",
        "totalled",
        "had",
        "there",
        "some",
        "about",
        "only",
        "just",
        "around",
        "nearly",
        "almost",
        "over",
        "at",
        "least",
        "more",
        "less",
        "than",
        "approximately",
        "the",
    ];
    let stands = between.split_whitespace().all(|word| STANDS.contains(&word));
    (in_year && stands).then_some(date)
}

/// Words that set a second number, or a second time, against the first.
fn speaks_of_another(between: &str) -> bool {
    const WORDS: &[&str] = &["compared", "from", "against", "since", "after", "before", "than"];
    between.split_whitespace().any(|word| WORDS.contains(&word.to_lowercase().as_str()))
}

/// `five-year terms`, `18 months`, `two consecutive years`, `10 additional days`.
pub(super) fn duration(case: &Case) -> Option<Claim> {
    let end = case.numeral.span.end;
    if let Some(joined) = case.around.joined() {
        let mut parts = joined.split('-');
        let unit = case.lexicon.time.get(parts.next()?)?;
        let claim = case.claim("duration", unit, "", end);
        return Some(if parts.next() == Some("old") { claim.with("of", "age") } else { claim });
    }
    if let Some(claim) = age(case) {
        return Some(claim);
    }
    // `one or two years`, `10 to 15 years`: the unit stands behind the second number.
    let skip = match case.around.next(0).as_deref() {
        Some("or" | "to" | "and") if case.around.next(1).is_some_and(|word| is_number(&word)) => 2,
        _ => 0,
    };
    const ASIDES: usize = 2;
    for n in skip..=skip + ASIDES {
        let word = case.around.next(n)?;
        if let Some(unit) = case.lexicon.time.get(&word) {
            let age = matches!(case.around.next(n + 1).as_deref(), Some("old"))
                || case.around.next(n + 1).as_deref() == Some("of")
                    && case.around.next(n + 2).as_deref() == Some("age");
            let claim = case.claim("duration", unit, "", case.around.after.get(n)?.span.end);
            return Some(if age { claim.with("of", "age") } else { claim });
        }
        if !case.lexicon.time_asides.contains(&word) {
            return None;
        }
    }
    None
}

/// `at the age of 29`, `women aged 15–49`, `from ages 6 to 17`: years of age, where no other unit of time stands behind.
fn age(case: &Case) -> Option<Claim> {
    const OLDEST: i64 = 130;
    let bound = case.around.bound(case.lexicon).map_or(0, |bound| bound.len());
    let mut words = case.around.phrase_before().skip(bound);
    let (last, before) = (words.next()?, words.next().map(|word| word.lower()));
    let of_age = last.text == "of" && before.is_some_and(|word| word == "age" || word == "ages");
    let aged = ["age", "ages", "aged"].contains(&last.text);
    let timed = (0..4).any(|n| case.around.next(n).is_some_and(|word| case.lexicon.time.contains_key(&word)));
    let fits = case.numeral.unit.is_empty() && case.numeral.value <= Decimal::from(OLDEST);
    (fits && (of_age || aged) && !timed)
        .then(|| case.claim("duration", "years", "", case.numeral.span.end).with("of", "age"))
}

/// Whether a word is a number, in digits or in words.
pub(super) fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) || super::words::value(word).is_some()
}

/// Gives the months and days of a report the year that it covers.
///
/// Where a paragraph last named another year, or a later month of the same one, the year stays open: a month alone is
/// dated only where nothing speaks against it.
pub(super) fn years_from_context(page: &mut Page, covers: Option<i32>) {
    let Some(covered) = covers.map(Decimal::from) else { return };
    let text = page.text;
    for numerals in &mut page.numerals {
        let mut last: Option<(Decimal, u32)> = None;
        for numeral in numerals {
            if numeral.sort == Sort::Undated {
                let month = numeral.month.map_or(0, |(month, _)| month);
                let earlier = ends_in(&text[..numeral.span.start], "earlier in");
                let fits = last.is_none_or(|(year, after)| year == covered && (after <= month || earlier));
                if fits {
                    numeral.give_year(covered, if last.is_some() { "context" } else { "edition" });
                    last = Some((covered, month));
                }
            } else if numeral.is_date && numeral.unit == "year" {
                let year = numeral.value_max.unwrap_or(numeral.value);
                last = Some((year, numeral.month.map_or(0, |(month, _)| month)));
            }
        }
    }
}
