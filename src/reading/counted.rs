//! What a number counts: the noun phrase behind it, beside it, or left out because it was said before.

use super::{account::Case, around::Word, claims::Claim, lexicon::Lexicon, timing::is_number};
use crate::source::Span;

/// A noun phrase.
#[derive(Clone, Debug)]
pub(super) struct Noun {
    /// As the source writes it.
    pub text: String,
    /// Its last word, lower case.
    pub head: String,
    /// `people`, `seats`, `count` …
    pub unit: &'static str,
    /// Where it ends.
    pub end: usize,
    /// Whether its head is plural.
    pub is_plural: bool,
}

/// Words of a noun phrase at most.
const LONGEST: usize = 6;

/// The unit that a noun counts in.
fn unit_of(lexicon: &'static Lexicon, head: &str) -> &'static str {
    if lexicon.is_people(head) {
        return "people";
    }
    match lexicon.measure(|n| (n == 0).then_some(head)) {
        Some((unit, 1)) if unit != "times" => unit,
        _ => "count",
    }
}

/// What head a noun phrase must have.
#[derive(Clone, Copy, PartialEq)]
enum Head {
    /// A plural noun.
    Plural,
    /// One thing: a later word that looks like a plural is a verb (`a single deputy sits`).
    Singular,
    /// Either.
    Any,
}

/// The noun phrase that begins at the `from`th of some words; its head is the first plural noun, or where that is not
/// asked for and there is none, its last word.
fn noun(case: &Case, words: &[Word], from: usize, wanted: Head) -> Option<Noun> {
    let mut head: Option<usize> = None;
    let mut is_plural = false;
    for (i, word) in words.iter().enumerate().skip(from).take(LONGEST) {
        if i > from && word.opens() {
            break;
        }
        let lower = word.lower();
        // `not a single opposition or independent deputy`: two qualities of one noun.
        if wanted == Head::Singular && lower == "or" && i > from {
            continue;
        }
        if case.lexicon.stops.contains(&lower) || is_number(&lower) && i > from {
            break;
        }
        if case.lexicon.is_plural(&lower) {
            if wanted == Head::Singular && i > from {
                break;
            }
            (head, is_plural) = (Some(i), true);
            // `media outlets`: a plural without an s may qualify one with it.
            let next = words.get(i + 1).filter(|next| !word.ends() && !next.opens() && !lower.ends_with('s'));
            if next.is_some_and(|next| case.lexicon.is_plural(&next.lower())) {
                head = Some(i + 1);
            }
            break;
        }
        // `one journalist reported`: a verb is no head.
        let verb = i > from
            && (lower.ends_with("ed") || lower.ends_with("ing") && !case.lexicon.gerunds.contains(&lower))
            || lower.ends_with("ly");
        if wanted != Head::Plural && !verb {
            head = Some(i);
        }
        if word.ends() {
            break;
        }
    }
    let at = head?;
    let (first, last) = (words.get(from)?, words.get(at)?);
    let span = Span::new(first.span.start, last.span.end);
    let head = last.lower();
    let text = case.page.plain(span);
    // Votes that a house takes are no ballots.
    const TAKEN: &[&str] = &["confidence", "roll-call", "floor", "impeachment", "parliamentary"];
    let taken = head == "votes" && TAKEN.iter().any(|word| text.contains(word));
    let unit = if taken { "count" } else { unit_of(case.lexicon, &head) };
    Some(Noun { text, unit, end: span.end, head, is_plural })
}

/// The phrase behind a word that counts one thing: `a single seat`.
pub(super) fn singular(case: &Case, from: usize) -> Option<Noun> {
    if case.around.is_closed() || case.around.after.first()?.opens() {
        return None;
    }
    noun(case, &case.around.after, from, Head::Singular)
}

/// The phrase behind `of the`: `none of his successors`, `1,696 of the 2,852 victors`.
pub(super) fn partitive(case: &Case) -> Option<Noun> {
    let from = match (case.around.next(0).as_deref(), case.around.next(1).as_deref()) {
        (Some("of"), _) => 1,
        (Some("out"), Some("of")) => 2,
        _ => return None,
    };
    const WHOLE: &[&str] = &["the", "its", "their", "his", "her", "all", "these", "those", "our", "such", "a", "an"];
    let mut at = from;
    while case.around.next(at).is_some_and(|word| WHOLE.contains(&word.as_str()) || is_number(&word)) {
        at += 1;
    }
    // `two of the old mayor’s allies`
    const OWNER: usize = 4;
    let owner = (at..at + OWNER)
        .find(|n| case.around.next(*n).is_some_and(|word| word.ends_with("’s") || word.ends_with("'s")));
    if let Some(owner) = owner {
        at = owner + 1;
    }
    if at == from || case.around.next(at).is_none() {
        return None;
    }
    noun(case, &case.around.after, at, Head::Plural)
}

/// The plural phrase right behind `of`: `dozens of suspects`.
pub(super) fn after_of(case: &Case) -> Option<Noun> {
    let bare = case.around.next(0).as_deref() == Some("of") || case.words().ends_with(" of");
    let from = usize::from(case.around.next(0).as_deref() == Some("of"));
    (bare && !case.around.is_closed()).then(|| noun(case, &case.around.after, from, Head::Plural)).flatten()
}

/// What a share is of: `of its gross domestic product`.
pub(super) fn of_phrase(case: &Case) -> Option<Noun> {
    if case.around.next(0).as_deref() != Some("of") {
        return None;
    }
    const WHOLE: &[&str] = &["the", "its", "their", "his", "her", "all", "these", "those", "our", "such", "a", "an"];
    let mut at = 1;
    while case.around.next(at).is_some_and(|word| WHOLE.contains(&word.as_str())) {
        at += 1;
    }
    // `64 percent of 2.3 million voters`
    if case.around.next(at + 1).is_some_and(|word| super::words::scale(&word).is_some()) {
        at += 2;
    }
    case.around.next(at)?;
    noun(case, &case.around.after, at, Head::Any)
}

/// The phrase behind an article: `half the population`.
pub(super) fn determined(case: &Case) -> Option<Noun> {
    let article = case.around.next(0).is_some_and(|word| ["the", "its", "their", "all"].contains(&word.as_str()));
    (article && case.around.next(1).is_some()).then(|| noun(case, &case.around.after, 1, Head::Any)).flatten()
}

/// The name or the noun phrase right before a bracket that holds the number: `Reds (109)`.
pub(super) fn before_bracket(case: &Case) -> String {
    // `1 million (9 percent) as subscribers`: the noun stands behind.
    if case.around.after.first().is_some_and(|word| word.text == "as")
        && let Some(noun) = noun(case, &case.around.after, 1, Head::Plural)
    {
        return noun.text;
    }
    let words = &case.around.before;
    let Some(last) = words.first().filter(|word| !word.ends()) else { return String::new() };
    if is_number(&last.lower()) || super::words::scale(last.text).is_some() {
        return String::new();
    }
    let named = last.text.starts_with(char::is_uppercase);
    let belongs = |word: &Word| {
        let lower = word.lower();
        let stop = case.lexicon.stops.contains(&lower) && (named || !["and", "of"].contains(&lower.as_str()));
        !stop && !is_number(&lower) && (!named || word.text.starts_with(char::is_uppercase))
    };
    let count = words
        .iter()
        .enumerate()
        .take(LONGEST)
        .take_while(|(i, word)| (*i == 0 || !word.ends()) && belongs(word))
        .count();
    let mut first = count.max(1) - 1;
    // A phrase does not begin with a joint.
    while first > 0 && case.lexicon.stops.contains(&words[first].lower()) {
        first -= 1;
    }
    // `the highest percentage (46 percent)` names no owner.
    let measure = ["percentage", "share", "proportion", "number", "rate", "total", "level"];
    if case.lexicon.stops.contains(&last.lower()) || measure.contains(&last.lower().as_str()) {
        return String::new();
    }
    case.page.plain(Span::new(words[first].span.start, last.span.end))
}

/// `seven-member`, `199-seat`, `two-chambered`.
pub(super) fn compound(case: &Case) -> Option<Claim> {
    let joined = case.around.joined()?.to_lowercase();
    if !case.numeral.unit.is_empty() || case.numeral.is_date {
        return None;
    }
    let head = joined.split('-').next()?;
    let end = case.numeral.span.end;
    match head {
        "fold" => return Some(case.claim("ratio", "times", "", end)),
        "point" => return Some(case.claim("score", "score", "", end).with("role", "scale")),
        // `a 1,500-strong crowd`, `20-odd tanks`: what is counted stands behind.
        "strong" => return Some(case.claim("count", "people", singular(case, 0)?.text, end)),
        "odd" | "plus" | "some" => {
            return noun(case, &case.around.after, 0, Head::Plural).map(|noun| case.counts(&noun));
        }
        _ => {}
    }
    let measure = case.lexicon.measure(|n| (n == 0).then_some(head)).is_some_and(|(_, used)| used == 1);
    let subject = if measure && head != "seat" { "" } else { head };
    let unit = if case.lexicon.is_people(&format!("{head}s")) { "people" } else { unit_of(case.lexicon, head) };
    Some(case.claim("count", unit, subject, end))
}

/// `623 candidates`, `6 out of 67 single-mandate seats`, `from 100 to 50 times the wage`.
pub(super) fn phrase(case: &Case) -> Option<Claim> {
    if !case.numeral.unit.is_empty() || case.around.is_closed() || case.around.joined().is_some() {
        return None;
    }
    let skip = skipped(case);
    let words = &case.around.after;
    let opened = words.first()?.opens();
    if !opened
        && let Some((unit, count)) = case.lexicon.measure(|n| {
            let word = words.get(skip + n)?;
            let near = words.iter().take(skip + n).all(|word| !word.ends()) && !word.opens();
            near.then_some(word.text)
        })
    {
        let last = words.get(skip + count - 1)?;
        let (unit, last) = match rate(case, skip, count) {
            Some((unit, last)) => (unit?, last),
            None => (unit, *last),
        };
        // `met 45 times`, but `3 times the wage`.
        const COMPARES: &[&str] = &[
            "the", "as", "more", "higher", "larger", "greater", "bigger", "that", "its", "their", "what", "less",
            "lower", "smaller",
        ];
        let behind = words.get(skip + count).filter(|_| !last.ends()).map(Word::lower).unwrap_or_default();
        // `three points better`: a difference.
        const DIFFERS: &[&str] = &[
            "better", "worse", "higher", "lower", "more", "less", "fewer", "up", "down", "ahead", "behind", "above",
            "below",
        ];
        if unit == "score" && DIFFERS.contains(&behind.as_str()) {
            return Some(case.claim("score", "score", "", last.span.end).with("role", "difference"));
        }
        // `lost by 8 points`: a margin, of what is not said.
        if unit == "score" && case.around.phrase_before().next().is_some_and(|word| word.lower() == "by") {
            return None;
        }
        // `15 times that wage, down from 25 times`
        let from =
            case.around.phrase_before().next().is_some_and(|word| ["from", "to"].contains(&word.lower().as_str()));
        let (kind, subject) = match unit {
            "times" if !from && !COMPARES.contains(&behind.as_str()) => ("count", ""),
            "times" => ("ratio", ""),
            "score" => ("score", ""),
            "seats" | "votes" => ("count", last.text),
            _ => ("count", ""),
        };
        return Some(case.claim(kind, unit, subject, last.span.end));
    }
    if opened {
        return behind_bracket(case);
    }
    // `three of them`: of what was counted before.
    let of_them =
        matches!((words.first()?.text, words.get(1).map(|word| word.text)), ("of", Some("them" | "whom" | "which")));
    if of_them && !words.first()?.ends() {
        let (noun, unit) = case.counted.as_ref().map_or(("", "count"), |counted| (counted.noun.as_str(), counted.unit));
        return Some(case.claim("count", unit, noun, case.numeral.span.end).with("noun", "before"));
    }
    if let Some(noun) = partitive(case) {
        // `7 of 18 months`
        return Some(match case.lexicon.time.get(&noun.head) {
            Some(unit) => case.claim("duration", unit, "", noun.end),
            None => case.counts(&noun),
        });
    }
    // `three who were charged`: people, whoever they are.
    if words.first()?.lower() == "who" {
        return Some(case.claim("count", "people", "", case.numeral.span.end));
    }
    if words.iter().take(skip).any(Word::ends) || words.get(skip)?.opens() && skip > 0 {
        return None;
    }
    // `1 autonomous republic`: one thing.
    let one = case.numeral.form == super::Form::Digits && case.numeral.value == crate::source::Decimal::ONE;
    let small = words.get(skip).is_some_and(|word| word.text.starts_with(char::is_lowercase));
    let lone = || noun(case, words, skip, Head::Singular).filter(|noun| one && small && noun.end > 0);
    let noun = noun(case, words, skip, Head::Plural).filter(|_| !one).or_else(lone)?;
    // `1.26 children born/woman` is a rate.
    let last = words.iter().position(|word| word.span.end == noun.end)?;
    if words.get(last + 1).filter(|_| !words[last].ends()).is_some_and(|next| next.text.contains('/')) {
        return None;
    }
    // `47.6 persons per square kilometer`: so many to one of the other; `8 candidates per seat` and `150 cases per year`
    // are counts, if of each.
    let per = words.get(last + 1).filter(|next| next.text == "per" && !words[last].ends() && !next.ends());
    if let Some(of) = per.and_then(|_| self::noun(case, words, last + 2, Head::Any)) {
        let whole = case.numeral.value.fract().is_zero();
        let (kind, unit) = if whole { ("count", noun.unit) } else { ("ratio", "ratio") };
        let claim = case.claim(kind, unit, noun.text.clone(), of.end);
        return Some(claim.with("per", of.text));
    }
    Some(case.counts(&noun).with("approx", or_more(case)))
}

/// `two or more parties`: a bound behind the number.
fn or_more(case: &Case) -> String {
    let more = case.around.next(1).filter(|word| ["more", "fewer", "less", "so"].contains(&word.as_str()));
    match (case.around.next(0).as_deref(), more) {
        (Some("or"), Some(more)) => format!("or {more}"),
        _ => String::new(),
    }
}

/// `barrels of oil per day`: the unit is a rate, and the one that the language knows by that name or none.
fn rate<'a>(case: &Case<'a>, skip: usize, count: usize) -> Option<(Option<&'static str>, Word<'a>)> {
    let words = &case.around.after;
    let lower = |n: usize| words.get(n).map(Word::lower).unwrap_or_default();
    let named = skip + count;
    let at = if lower(named) == "of" { named + 2 } else { named };
    let closed = words.iter().take(at).skip(skip).any(Word::ends);
    if closed || !["per", "a"].contains(&lower(at).as_str()) || !case.lexicon.time.contains_key(&lower(at + 1)) {
        return None;
    }
    let time = *words.get(at + 1)?;
    let phrase: Vec<&str> = words[skip..named].iter().map(|word| word.text).chain(["per", time.text]).collect();
    let unit = case.lexicon.measure(|n| phrase.get(n).copied());
    Some((unit.filter(|(_, used)| *used == phrase.len()).map(|(unit, _)| unit), time))
}

/// Words between a number and its noun that hold a second number: `42 and 11 seats`, `10 or more parties`.
fn skipped(case: &Case) -> usize {
    let next = |n: usize| case.around.next(n);
    match (next(0).as_deref(), next(1)) {
        (Some("or"), Some(word)) if ["more", "fewer", "less", "so"].contains(&word.as_str()) => 2,
        (Some("to" | "or" | "and"), Some(word)) if is_number(&word) => 2,
        (Some("more" | "other" | "additional" | "further" | "such"), _) => 0,
        _ => 0,
    }
}

/// `some 2 million (9 percent) as subscribers`.
fn behind_bracket(case: &Case) -> Option<Claim> {
    let words = &case.around.after;
    let close = words.iter().position(|word| word.trail.contains(')'))?;
    if close > 3 || words[close].trail != ")" {
        return None;
    }
    let from = match words.get(close + 1)?.lower().as_str() {
        "as" | "of" => close + 2,
        _ => close + 1,
    };
    let noun = noun(case, words, from, Head::Plural)?;
    Some(case.counts(&noun))
}

/// A number whose noun was said before.
pub(super) fn elliptic(case: &Case) -> Option<Claim> {
    if !case.numeral.unit.is_empty() || case.around.joined().is_some() {
        return None;
    }
    labelled(case)
        .or_else(|| collective(case))
        .or_else(|| total(case))
        .or_else(|| number_of(case))
        .or_else(|| in_bracket(case))
        .or_else(|| compared(case))
        .or_else(|| continued(case))
        .or_else(|| pronoun(case))
}

/// `Population. 2,290,237 (July 2005 est.)`: the number right behind the head of its line.
fn labelled(case: &Case) -> Option<Claim> {
    let head = label(case).filter(|head| super::entry::may_count(head) && case.numeral.value.fract().is_zero())?;
    let ends = case.page.words(Span::new(case.numeral.span.end, case.sentence.end)).trim_start();
    (ends.is_empty() || ends.starts_with(['(', '.', ';'])).then(|| {
        let unit = if case.lexicon.groups_of_people.contains(&head.to_lowercase()) { "people" } else { "count" };
        case.claim("count", unit, head, case.numeral.span.end)
    })
}

/// The head of a line whose first words are the number.
pub(super) fn label(case: &Case) -> Option<String> {
    let head = case.page.paragraphs[case.paragraph].run_in?;
    let between = case.page.text.get(head.end..case.numeral.span.start)?;
    let between = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':' | '*' | '-'));
    let bound = case.around.bound(case.lexicon).map(|words| words.len()).unwrap_or(0);
    (between.split_whitespace().count() == bound).then(|| case.page.plain(head))
}

/// `a membership of 160,000`, `a base of over 300,000`.
fn collective(case: &Case) -> Option<Claim> {
    let mut words = case.around.phrase_before().skip(case.around.bound(case.lexicon).map_or(0, |bound| bound.len()));
    if words.next()?.lower() != "of" {
        return None;
    }
    let word = words.next()?;
    let (last, before) = (word.lower(), words.next().map(Word::lower).unwrap_or_default());
    let people = [&last, &before].into_iter().any(|word| case.lexicon.groups_of_people.contains(word));
    if people {
        let whole =
            if case.lexicon.groups_of_people.contains(&last) { last.clone() } else { format!("{before} {last}") };
        return Some(case.claim("count", "people", whole, case.numeral.span.end));
    }
    (last == "circulation").then(|| case.claim("count", "count", last, case.numeral.span.end))
}

/// `members (a total of 15 so far)`.
fn total(case: &Case) -> Option<Claim> {
    let words: Vec<String> = case.around.before.iter().take(3).map(Word::lower).collect();
    if words != ["of", "total", "a"] || !case.around.before[2].opens() {
        return None;
    }
    let counted = case.around.before.get(3).filter(|word| case.lexicon.is_plural(&word.lower()))?;
    let head = counted.lower();
    Some(case.claim("count", unit_of(case.lexicon, &head), counted.text, case.numeral.span.end))
}

/// `the number of regions was reduced from 19 to 14`.
fn number_of(case: &Case) -> Option<Claim> {
    const LEADS: &[&str] = &["from", "to", "at", "was", "is", "reached", "totaled", "totalled", "exceeded", "of"];
    let words: Vec<&Word> = case.around.phrase_before().collect();
    let bound = case.around.bound(case.lexicon).map_or(0, |bound| bound.len());
    if !LEADS.contains(&words.get(bound)?.lower().as_str()) {
        return None;
    }
    let at = words.windows(2).position(|pair| pair[0].lower() == "of" && pair[1].lower() == "number")?;
    let mut phrase: Vec<Word> = words[..at].iter().map(|word| **word).collect();
    phrase.reverse();
    let from = usize::from(phrase.first().is_some_and(|word| ["the", "its", "their"].contains(&word.lower().as_str())));
    let noun = noun(case, &phrase, from, Head::Plural)?;
    let mut claim = case.claim("count", noun.unit, noun.text, case.numeral.span.end);
    claim.detail.push(("noun".to_owned(), "before".to_owned()));
    Some(claim)
}

/// `1,477 of its candidates, followed by the Reds (109)`: the bracket counts what was counted before, of the name.
fn in_bracket(case: &Case) -> Option<Claim> {
    let counted = case.counted.as_ref().filter(|_| case.around.is_bracketed())?;
    let subject = before_bracket(case);
    if !subject.starts_with(char::is_uppercase) {
        return None;
    }
    Some(case.claim("count", counted.unit, subject, case.numeral.span.end).with("counted", counted.noun.clone()))
}

/// `50,000 signatures (the previous requirement was 3,000)`, `…, up from 70,000`; `41 seats, up from 32 in 2002`.
fn compared(case: &Case) -> Option<Claim> {
    let bound = case.around.bound(case.lexicon).map_or(0, |bound| bound.len());
    let mut words = case.around.phrase_before().skip(bound).map(Word::lower);
    let (last, before) = (words.next()?, words.next().unwrap_or_default());
    let compares =
        matches!((last.as_str(), before.as_str()), ("from", _) | ("with" | "to", "compared") | ("against", _));
    let closes = case.around.is_closed()
        || case.around.next(0).is_none_or(|word| ["in", "the", "a", "at", "by"].contains(&word.as_str()));
    if let (None, Some(winner)) = (&case.counted, &case.winner) {
        let turned = last == "from" && ["up", "down"].contains(&before.as_str()) || compares && last != "from";
        let earlier = || case.claim("seats", "seats", winner.clone(), case.numeral.span.end).with("role", "before");
        return (turned && closes && case.numeral.value.fract().is_zero()).then(earlier);
    }
    let counted = case.counted.as_ref()?;
    let between = case.page.words(Span::new(counted.end, case.numeral.number.start));
    let bracket = between.rfind('(').is_some_and(|open| !between[open..].contains(')'));
    let restates = bracket && ["was", "is", "were", "of"].contains(&last.as_str());
    (closes && (compares || restates))
        .then(|| case.claim("count", counted.unit, counted.noun.clone(), case.numeral.span.end).with("noun", "before"))
}

/// `Out of 250 members …, 140 won`; `some 4,000 groups, with only about 1,000 functioning`.
fn continued(case: &Case) -> Option<Claim> {
    let next = case.around.next(0)?;
    let verb = case.lexicon.elliptic_verbs.contains(&next) || next.ends_with("ing") || next.ends_with("ed");
    if !verb {
        return None;
    }
    if let Some(counted) = &case.counted {
        // Part of what was counted is of it; more than that is of something else.
        let part = counted.value.is_some_and(|whole| case.numeral.value <= whole);
        let (unit, noun) = if part { (counted.unit, counted.noun.clone()) } else { ("count", String::new()) };
        return Some(case.claim("count", unit, noun, case.numeral.span.end).with("noun", "before"));
    }
    // `most of these groups …, with only about 1,000 functioning`: the noun of the same sentence, pointed at.
    let words = case.around.before.iter().position(|word| ["these", "those", "such"].contains(&word.lower().as_str()));
    let pointed = words.and_then(|at| {
        let mut phrase: Vec<Word> = case.around.before[..at].to_vec();
        phrase.reverse();
        noun(case, &phrase, 0, Head::Plural)
    });
    let noun = pointed?;
    Some(case.claim("count", noun.unit, noun.text, case.numeral.span.end).with("noun", "before"))
}

/// `the two`, `these three`: a number of what the sentences before named.
fn pronoun(case: &Case) -> Option<Claim> {
    let points = case.around.phrase_before().next()?.lower();
    let small = case.numeral.form == super::Form::Words;
    let ends = case.around.is_closed() || case.around.next(0).is_none_or(|word| case.lexicon.stops.contains(&word));
    let is_pointed = ["the", "these", "those", "all"].contains(&points.as_str());
    (small && ends && is_pointed).then(|| case.claim("count", "count", "", case.numeral.span.end))
}
