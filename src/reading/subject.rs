//! Whose a number is: the party a verb belongs to, and the time a sentence speaks of.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    claims::{Page, Period},
    names::{Hit, clean},
};
use crate::source::Span;

/// Whose: one name, or several together.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Subject {
    /// One party, or a group of people as the sentence names it.
    One(String),
    /// Several names joined as one subject.
    Several(Vec<String>),
}

impl Subject {
    pub fn label(&self) -> String {
        match self {
            Self::One(name) => name.clone(),
            Self::Several(names) => names.join(" + "),
        }
    }
}

struct Patterns {
    insertion: Regex,
    relative: Regex,
    anaphor: Regex,
    direct: Regex,
    joint: Regex,
    bare: Regex,
    auxiliaries: Regex,
    election_behind: Regex,
    election_before: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        // `, which cooperated with …,` and `, founded in … by …,` between a subject and its verb.
        insertion: Regex::new(
            r", (?:which|who|whose|where|founded|formed|led|headed|created|established|backed|supported) [^;]*,\s*$",
        )
        .ok()?,
        relative: Regex::new(r",? (?:which|who|that)(?: (?:has|have|had|also|then|subsequently))?\s*$").ok()?,
        anaphor: Regex::new(
            r"(?i)(?:^|[\s(])(?:the (?:party|bloc|alliance|coalition|movement)|it|they|each)(?: (?:has|have|had|then|also|only|ultimately|eventually))*\s*$",
        )
        .ok()?,
        // The words right before a verb, auxiliaries and adverbs aside.
        direct: Regex::new(
            r"(?:^|[\s(“\x22])(?P<name>\p{Lu}[\p{L}’-]*(?: (?:of|for|of the) \p{Lu}[\p{L}’-]+| \p{Lu}[\p{L}’-]+)*)[”\x22]?(?: candidates?| party| bloc| alliance| together| alone)?(?: (?:was|were|is|has|have|had|did|could|would|able to|also|only|ultimately|eventually|subsequently|then|each|both|again|narrowly|reportedly))*\s*$",
        )
        .ok()?,
        joint: Regex::new(r"^[”\x22*]?(?:\s*\([^)]*\))?(?:,? and (?:the |by )?|, (?:and )?(?:the |by )?(?:electoral (?:bloc|alliance) |bloc |party )?)[“\x22]?$").ok()?,
        auxiliaries: Regex::new(r"(?:\b(?:was|were|is|has|have|had|did|could|would|able to)\s+)+$").ok()?,
        bare: Regex::new(r"^(?:[^,;]{0,3})?(?P<words>(?:\p{Lu}[\p{L}’-]+|\p{Lu}[\p{L}’-]+ \p{L}+))\s*$").ok()?,
        election_behind: Regex::new(
            r"^[\s’'s]*(?:[\p{L}-]+ ){0,3}?(?i:elections?|parliament\w*|polls?|vote|voting|ballot|balloting|legislature|results?|majilis)\b",
        )
        .ok()?,
        election_before: Regex::new(r"(?i)(?:elections?|vote|polls?|elected|balloting)(?: to the \w+)?(?: (?:of|in|held in|held on|on))?(?: early| late)?\s*$").ok()?,
    })
});

/// Whose the verb at `verb` is, in a sentence; `None` where the sentence does not say it plainly.
pub(super) fn before(page: &Page, sentence: Span, verb: usize, previous: Option<Span>) -> Option<Subject> {
    let patterns = PATTERNS.as_ref()?;
    let mut words = format!("{} ", page.plain(Span::new(sentence.start, verb)));
    // Inside a bracket that is still open, what stands before it is another clause.
    if let Some(open) = words.rfind('(')
        && !words[open..].contains(')')
    {
        words = words[open + 1..].to_owned();
    }
    let words = without_brackets(&words);
    // The clause: behind the last semicolon.
    let words = words.rsplit(';').next().unwrap_or_default().trim_start().to_owned();
    if let Some(relative) = patterns.relative.find(&words) {
        let hits = page.names.hits(&words[..relative.start()]);
        let last = hits.last().filter(|hit| words[hit.span.end..relative.start()].trim_matches(['"', '”']).is_empty());
        return last.map(|hit| Subject::One(written(&words, *hit)));
    }
    if patterns.anaphor.is_match(&words) {
        return antecedent(page, &words, previous);
    }
    let words = patterns.auxiliaries.replace(&words, "").into_owned();
    let stripped = patterns.insertion.replace(&words, " ").into_owned();
    let stripped = without_nameless_insertion(page, &stripped);
    let hits = page.names.hits(&stripped);
    if let Some(last) = hits.last()
        && plain_gap(&stripped[last.span.end..])
    {
        return Some(joined(&stripped, &hits));
    }
    if let Some(direct) = patterns.direct.captures(&stripped)
        && let Some(name) = direct.name("name")
        && name.start() > 0
    {
        return Some(Subject::One(clean(name.as_str()).to_owned()));
    }
    if let Some(bare) = patterns.bare.captures(stripped.trim()) {
        return bare.name("words").map(|words| Subject::One(clean(words.as_str()).to_owned()));
    }
    // Names far from the verb, with no other name between them and it.
    let last = hits.last()?;
    let gap = &stripped[last.span.end..];
    let another = gap.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
    (!another).then(|| joined(&stripped, &hits))
}

/// The names behind a place: `59 seats went to the parties: A, the bloc B (…), and C`.
pub(super) fn behind(page: &Page, sentence: Span, from: usize) -> Option<Subject> {
    let words = page.plain(Span::new(from, sentence.end));
    let words = words.as_str();
    let hits = page.names.hits(words);
    let patterns = PATTERNS.as_ref()?;
    let first = hits.first()?;
    let mut names = vec![written(words, *first)];
    let mut end = first.span.end;
    for hit in &hits[1..] {
        let between = &words[end..hit.span.start];
        // Names inside brackets are parts of the one before.
        if between.matches('(').count() > between.matches(')').count() {
            continue;
        }
        let between = without_brackets_open(between);
        if !patterns.joint.is_match(&between) {
            break;
        }
        names.push(written(words, *hit));
        end = hit.span.end;
    }
    Some(if names.len() == 1 { Subject::One(names.remove(0)) } else { Subject::Several(names) })
}

/// What `the party` or `it` stands for: the subject of this sentence or of the one before.
fn antecedent(page: &Page, words: &str, previous: Option<Span>) -> Option<Subject> {
    if let Some(hit) = page.names.hits(words).first() {
        return Some(Subject::One(written(words, *hit)));
    }
    let before = page.plain(previous?);
    let hit = *page.names.hits(&before).first()?;
    Some(Subject::One(written(&before, hit)))
}

/// A name as the text writes it.
fn written(words: &str, hit: Hit) -> String {
    clean(hit.span.of(words).unwrap_or_default()).to_owned()
}

/// The last name, with those joined to it.
fn joined(words: &str, hits: &[Hit]) -> Subject {
    let Some(patterns) = PATTERNS.as_ref() else { return Subject::Several(Vec::new()) };
    let mut names = Vec::new();
    let mut next: Option<Hit> = None;
    for hit in hits.iter().rev() {
        if let Some(next) = next
            && !patterns.joint.is_match(&words[hit.span.end..next.span.start])
        {
            break;
        }
        names.push(written(words, *hit));
        next = Some(*hit);
    }
    names.reverse();
    if names.len() == 1 { Subject::One(names.remove(0)) } else { Subject::Several(names) }
}

/// Between a name and its verb stand only lower-case words and insertions in commas.
fn plain_gap(gap: &str) -> bool {
    const MOST: usize = 8;
    let words: Vec<&str> = gap.split_whitespace().collect();
    let breaks =
        ["but", "while", "whereas", "because", "although", "when", "after", "before", "than", "by", "with", "against"];
    words.len() <= MOST
        && words.iter().all(|word| !word.starts_with(char::is_uppercase))
        && !words.iter().any(|word| breaks.contains(&word.trim_matches(',')))
}

/// `Reds, the opposition party,`: words in commas right before the verb, where they hold no name.
fn without_nameless_insertion(page: &Page, words: &str) -> String {
    let closed = words.trim_end();
    if let Some(inner) = closed.strip_suffix(',')
        && let Some(open) = inner.rfind(", ")
        && page.names.hits(&inner[open..]).is_empty()
    {
        return format!("{} ", &inner[..open]);
    }
    words.to_owned()
}

fn without_brackets(words: &str) -> String {
    let mut depth = 0;
    words
        .chars()
        .filter(|&c| {
            depth += i32::from(c == '(');
            let keep = depth == 0;
            depth -= i32::from(c == ')' && depth > 0);
            keep
        })
        .collect::<String>()
        .replace("  ", " ")
        .replace(" ,", ",")
}

/// What is left behind the last closing bracket.
fn without_brackets_open(between: &str) -> String {
    match between.rfind(')') {
        Some(close) => between[close + 1..].to_owned(),
        None => between.to_owned(),
    }
}

/// When the election was that a sentence speaks of: the sentence's own date, else that of the nearest sentence before
/// it in the paragraph that dates an election.
pub(super) fn election_period(page: &Page, paragraph: usize, at: usize) -> Period {
    let Some(patterns) = PATTERNS.as_ref() else { return Period::default() };
    let Some(sentences) = page.sentences.get(paragraph) else { return Period::default() };
    let here = sentences.iter().position(|sentence| sentence.start <= at && at < sentence.end);
    let dates = page.numerals[paragraph].iter().filter(|numeral| numeral.is_date);
    let elections: Vec<_> = dates
        .filter(|date| {
            let Some(sentence) = sentences.iter().find(|sentence| sentence.contains(date.span)) else { return false };
            let behind = page.words(Span::new(date.span.end, sentence.end));
            let before = page.words(Span::new(sentence.start, date.span.start));
            patterns.election_behind.is_match(behind) || patterns.election_before.is_match(before)
        })
        .collect();
    let in_sentence = |span: Span| here.is_some_and(|i| sentences[i].contains(span));
    let own = elections.iter().rev().find(|date| date.span.end <= at && in_sentence(date.span));
    let own = own.or_else(|| elections.iter().find(|date| date.span.start >= at && in_sentence(date.span)));
    let (date, from_context) = match own {
        Some(date) => (date, false),
        None => match elections.iter().rev().find(|date| date.span.end <= at) {
            Some(date) => (date, true),
            None => return Period::default(),
        },
    };
    Period { value: date.period.clone().unwrap_or_default(), span: Some(date.span), from_context }
}
