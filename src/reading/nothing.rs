//! Numbers that are no quantity, and why: names, labels, citations, terms, idioms.

use super::{
    Form,
    account::Case,
    numeral::{Numeral, Sort},
    words,
};
use crate::source::{BlockKind, Span};

/// Whether a number labels or names something, by the signs and the word beside it.
pub(super) fn label(case: &Case) -> Option<String> {
    let Case { page, numeral, around, .. } = case;
    if page.text[..numeral.span.start].trim_end().ends_with(['¶', '§', '№']) {
        return Some("citation".to_owned());
    }
    if numeral.form == Form::Digits && is_touched(case) {
        let prose = page.paragraphs[case.paragraph].kind == BlockKind::Paragraph;
        return Some(if prose { "name" } else { "label" }.to_owned());
    }
    let clock = |signs: &str, digit: Option<char>| signs.ends_with(':') && digit.is_some_and(|c| c.is_ascii_digit());
    let mut behind = around.glued_behind.chars();
    let digit_before = around.glued_before.chars().rev().nth(1);
    if clock(around.glued_before, digit_before)
        || (behind.next() == Some(':') && behind.next().is_some_and(|c| c.is_ascii_digit()))
    {
        return Some("time of day".to_owned());
    }
    let hour =
        around.next(0).is_some_and(|word| ["a.m", "p.m", "am", "pm", "o'clock", "o’clock"].contains(&word.as_str()));
    if hour && numeral.sort == Sort::Cardinal && numeral.unit.is_empty() {
        return Some("time of day".to_owned());
    }
    if ["//", "www.", "@"].iter().any(|sign| around.glued_before.contains(sign)) {
        return Some("address".to_owned());
    }
    let first = page.paragraphs[case.paragraph].span.start == numeral.span.start;
    if first && numeral.form == Form::Digits && matches!(around.glued_behind, "." | ")") {
        return Some("list marker".to_owned());
    }
    let before = around.before.first()?;
    if !around.glued_before.trim_start_matches('#').is_empty()
        || numeral.sort == Sort::Ordinal
        || !numeral.unit.is_empty() && !numeral.is_date
    {
        return None;
    }
    let label = match before.trail {
        "" => case.lexicon.labels.get(before.text),
        "." => case.lexicon.labels.get(&format!("{}.", before.text)),
        _ => None,
    };
    // `Radio 54 reporters`: what is counted behind it makes it a number.
    label.filter(|what| *what != "name" || super::counted::phrase(case).is_none()).cloned()
}

/// Whether letters touch the number, so that it is part of a name: `G8`, `COVID-19`.
fn is_touched(case: &Case) -> bool {
    const PERIODS: &[&str] = &["mid-", "pre-", "post-", "late-", "early-", "then-", "ex-", "since-"];
    let before = case.around.glued_before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let prefix = before.to_lowercase();
    if before.is_empty() || PERIODS.contains(&prefix.as_str()) {
        let behind = case.around.glued_behind;
        return case.numeral.unit.is_empty() && behind.starts_with(char::is_alphabetic);
    }
    let last = before.chars().next_back();
    let letters = before.trim_end_matches(['-', '–']).chars().next_back().is_some_and(char::is_alphabetic);
    last.is_some_and(|c| c.is_alphabetic()) || (letters && before.ends_with('-'))
}

/// Whether the number is one half of something written with a slash (`24/7`), which no rule of prose reads.
pub(super) fn is_split(case: &Case) -> bool {
    let slash = |c: Option<char>| c == Some('/');
    case.numeral.form == Form::Digits
        && !case.numeral.is_date
        && (slash(case.around.glued_before.chars().next_back()) || slash(case.around.glued_behind.chars().next()))
}

/// Whether the words around a number make it no quantity.
pub(super) fn in_words(case: &Case) -> Option<String> {
    if let Some(why) = idiom(case) {
        return Some(why);
    }
    if let Some(why) = in_a_name(case) {
        return Some(why);
    }
    let every =
        case.around.phrase_before().next().is_some_and(|word| ["every", "each"].contains(&word.lower().as_str()));
    if every && case.numeral.sort == Sort::Ordinal {
        return Some("order".to_owned());
    }
    let joined = case.around.joined()?;
    // `the 44-Day War`
    if case.numeral.form == Form::Digits && joined.starts_with(char::is_uppercase) && !case.numeral.is_date {
        return Some("name".to_owned());
    }
    let superlative = case.lexicon.is_superlative(&joined.to_lowercase());
    match (case.numeral.sort, case.words().as_str()) {
        (Sort::Ordinal, "third" | "first") if joined == "party" || joined == "class" || joined == "hand" => {
            Some("term".to_owned())
        }
        (Sort::Ordinal, _) if !superlative && !case.numeral.is_date => Some("order".to_owned()),
        (Sort::Cardinal, "single" | "one" | "zero" | "no") => Some("term".to_owned()),
        (Sort::Multiple, _) => Some("term".to_owned()),
        _ => None,
    }
}

/// `first among equals`: a phrase that holds the number and means no number.
fn idiom(case: &Case) -> Option<String> {
    if case.numeral.form == Form::Digits {
        return None;
    }
    let words = case.words();
    let number: Vec<&str> = words.split([' ', '-']).collect();
    let fits = |phrase: &[String]| {
        let at = phrase.iter().position(|word| number.contains(&word.as_str()));
        let Some(at) = at else { return false };
        let Some(taken) = phrase.get(at..).map(|rest| rest.iter().zip(&number).take_while(|(a, b)| a == b).count())
        else {
            return false;
        };
        let before = phrase[..at].iter().rev();
        let joined: Vec<String> = case.around.joined().map(|word| word.to_lowercase()).into_iter().collect();
        let tail: Vec<&String> = phrase[at + taken..].iter().collect();
        let joined_words: Vec<&str> = joined.iter().flat_map(|word| word.split('-')).collect();
        let behind = |n: usize| match joined_words.get(n) {
            Some(word) => Some((*word).to_owned()),
            None if joined_words.is_empty() => case.around.next(n),
            None => case.around.after.get(n - joined_words.len()).map(|word| word.lower()),
        };
        before.zip(0..).all(|(word, n)| {
            case.around.before.get(n).is_some_and(|near| near.lower() == *word && near.trail.is_empty())
        }) && tail.iter().enumerate().all(|(n, word)| behind(n).as_ref() == Some(*word))
    };
    case.lexicon.idioms.iter().find(|(_, phrase)| fits(phrase)).map(|(why, _)| why.clone())
}

/// `31st Kanal`, `The Echo 2000`, `First President`: part of a name.
fn in_a_name(case: &Case) -> Option<String> {
    let name = || Some("name".to_owned());
    let next = case.around.after.first().filter(|word| !case.around.is_closed() && !word.opens());
    let capital =
        next.is_some_and(|word| word.text.starts_with(char::is_uppercase) && words::month(word.text).is_none());
    if case.numeral.sort == Sort::Ordinal {
        let own = case.page.words(case.numeral.number);
        let in_digits = case.numeral.form == Form::Digits;
        // A word in lower case before a name only counts it: `the second Ruritanian`.
        return if capital && (in_digits || own.starts_with(char::is_uppercase) && !opens_sentence(case)) {
            name()
        } else {
            None
        };
    }
    let year = case.numeral.is_date && case.numeral.span == case.numeral.number && is_plain_year(case.numeral);
    // The title names the series and its edition.
    if !year || case.paragraph == 0 || case.page.paragraphs[case.paragraph].kind != BlockKind::Paragraph {
        return None;
    }
    let before = case.page.words(Span::new(case.sentence.start, case.numeral.span.start));
    let word = before.split_whitespace().next_back()?;
    let starts = before.trim() == word;
    let behind = case.page.words(Span::new(case.numeral.span.end, case.sentence.end)).trim_start();
    let noun_behind = behind.starts_with(|c: char| c.is_alphabetic());
    let acronym = word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
    let capital = word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic) && !acronym;
    if capital && !starts && !noun_behind { name() } else { None }
}

fn is_plain_year(numeral: &Numeral) -> bool {
    numeral.period.as_ref().is_some_and(|period| period.len() == 4)
}

fn opens_sentence(case: &Case) -> bool {
    case.numeral.number.start <= case.sentence.start + 1
}
