//! One event, told in several places with dates that exclude one another.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Finding, Verdict,
    ground::{Ground, finding, listed},
};
use crate::{
    reading::{Figure, FigureStatus, sentences},
    source::{BlockKind, Span},
};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    /// Somebody was tried.
    Trial,
    /// A case was, or will be, taken up again.
    Resumed,
    /// Something was founded.
    Founded,
    /// Somebody died.
    Died,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Trial => "trial",
            Self::Resumed => "resumption of the proceedings",
            Self::Founded => "founding",
            Self::Died => "death",
        }
    }

    /// What happens once has one date; a trial may last, or be taken up more than once.
    fn verdict(self) -> Verdict {
        match self {
            Self::Founded | Self::Died => Verdict::Contradiction,
            Self::Trial | Self::Resumed => Verdict::Tension,
        }
    }
}

const TRIAL: &[&str] = &["trial", "trials", "tried"];
const CASE: &[&str] = &["trial", "proceedings", "case", "hearings"];
const RESUMES: &[&str] = &["resume", "resumed", "resumes"];
const FOUNDED: &[&str] = &["founded", "formed", "established"];
const DIED: &[&str] = &["died", "killed", "assassinated", "murdered"];
/// Words that say that it is not the first of its kind.
const ANOTHER: &[&str] = &["second", "another", "new", "again", "retrial", "retried", "appeal", "third", "jury"];
/// Words between a name and the verb that is its own.
const LINKS: &[&str] = &["was", "were", "which", "who", "had", "been", "is", "only", "and", "found"];

/// An event in one sentence.
struct Event {
    kind: Kind,
    names: BTreeSet<String>,
    paragraph: usize,
    /// Months from and to, counted from the year 0.
    months: (i32, i32),
    words: Span,
    date: Span,
}

/// Events of one kind and one name whose dates exclude one another.
pub(super) fn dates(ground: &Ground) -> Vec<Finding> {
    let events = events(ground);
    let mut by_name: BTreeMap<(Kind, &str), Vec<usize>> = BTreeMap::new();
    for (n, event) in events.iter().enumerate() {
        for name in &event.names {
            by_name.entry((event.kind, name)).or_default().push(n);
        }
    }
    let mut pairs = BTreeSet::new();
    for told in by_name.values() {
        // Against the first only: the same two dates need be shown once.
        for later in &told[1..] {
            let (a, b) = (&events[told[0]], &events[*later]);
            let apart = a.months.1 < b.months.0 || b.months.1 < a.months.0;
            if apart && a.paragraph != b.paragraph && is_one(a, b) {
                pairs.insert((told[0], *later));
            }
        }
    }
    pairs.into_iter().map(|(a, b)| differ(ground, &events[a], &events[b])).collect()
}

/// Whether two events are surely one: all names of one are those of the other, or two names are the same.
fn is_one(a: &Event, b: &Event) -> bool {
    let shared = a.names.intersection(&b.names).count();
    shared >= 2 || (shared == 1 && a.names.len() == 1 && b.names.len() == 1)
}

fn differ(ground: &Ground, a: &Event, b: &Event) -> Finding {
    let names: Vec<String> = a.names.intersection(&b.names).cloned().collect();
    let (kind, whose) = (a.kind, listed(&names));
    let statement = format!("The {} of {whose} is told with two dates that exclude one another", kind.name());
    let arithmetic = format!("{} ≠ {}", ground.words(a.date), ground.words(b.date));
    let places = [a.words, a.date, b.words, b.date].map(|span| ground.source.anchor(span)).to_vec();
    finding("same-event", kind.verdict(), statement, arithmetic, places)
}

fn events(ground: &Ground) -> Vec<Event> {
    let Some(reading) = ground.reading else { return Vec::new() };
    let dates: Vec<&Figure> = reading
        .figures
        .iter()
        .filter(|figure| figure.status == FigureStatus::Date && !figure.period.is_empty())
        .collect();
    let mut found = Vec::new();
    for in_paragraph in dates.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let at = in_paragraph[0].paragraph;
        let Some(block) = reading.paragraphs.get(at).filter(|block| block.kind == BlockKind::Paragraph) else {
            continue;
        };
        for sentence in sentences(ground.words(block.span), block.span.start) {
            let here: Vec<&Figure> = in_paragraph.iter().copied().filter(|date| sentence.contains(date.span)).collect();
            if here.is_empty() {
                continue;
            }
            for clause in clauses(ground.words(sentence), sentence.start) {
                found.extend(in_clause(&clause, &here, at, &reading.country));
            }
        }
    }
    found
}

/// A word of a clause, what stands in brackets left out.
#[derive(Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    span: Span,
    /// Whether it begins with a capital where no sentence begins.
    proper: bool,
    /// Whether a comma parts it from the next.
    comma: bool,
}

/// A sentence's clauses, parted at `;`.
fn clauses(sentence: &str, offset: usize) -> Vec<Vec<Word<'_>>> {
    let mut clauses = vec![Vec::new()];
    let mut depth = 0_usize;
    let mut at = 0;
    for raw in sentence.split_inclusive(char::is_whitespace) {
        let start = at;
        at += raw.len();
        let word = raw.trim_end();
        let opened = depth + word.matches('(').count();
        let inside = depth > 0 || word.starts_with('(');
        depth = opened.saturating_sub(word.matches(')').count());
        if inside {
            continue;
        }
        let head = word.len() - word.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        let body = word.trim_matches(|c: char| !c.is_alphanumeric());
        if body.is_empty() {
            continue;
        }
        let body_end = head + body.len();
        let possessive = ["'s", "’s"].iter().find(|end| body.ends_with(**end)).map_or(0, |end| end.len());
        let span = Span::new(start + head, start + body_end - possessive).shifted(offset);
        let quoted = head > 0;
        let proper = body.starts_with(char::is_uppercase) && (start > 0 || quoted);
        let text = &body[..body.len() - possessive];
        if let Some(clause) = clauses.last_mut() {
            clause.push(Word { text, span, proper, comma: word[body_end..].contains(',') });
        }
        if word.ends_with(';') {
            clauses.push(Vec::new());
        }
    }
    if let Some([first, and, next, ..]) = clauses.first_mut().map(Vec::as_mut_slice)
        && and.text == "and"
        && next.proper
    {
        // `Ada and Bo were tried`: a name begins the sentence.
        first.proper = first.text.starts_with(char::is_uppercase);
    }
    clauses
}

fn in_clause(words: &[Word], dates: &[&Figure], paragraph: usize, country: &str) -> Vec<Event> {
    let lower: Vec<String> = words.iter().map(|word| word.text.to_lowercase()).collect();
    let is = |at: usize, list: &[&str]| lower.get(at).is_some_and(|word| list.contains(&word.as_str()));
    if (0..words.len()).any(|at| is(at, ANOTHER)) {
        return Vec::new();
    }
    // The first date behind a word, where `in`, `on` or `early in` stands before it and no other event does.
    let dated = |from: usize| -> Option<(usize, &Figure)> {
        let date =
            dates.iter().copied().find(|date| words.get(from).is_some_and(|word| date.span.start >= word.span.end))?;
        let at = words.iter().position(|word| word.span.start >= date.span.start)?;
        let stands_in =
            at >= 1 && words[at].span.start < date.span.end && is(at - 1, &["in", "on", "early", "late", "mid"]);
        (stands_in && !(from + 1..at).any(|n| is(n, TRIAL))).then_some((at, date))
    };
    let mut found = Vec::new();
    for at in 0..words.len() {
        let event = if is(at, RESUMES) {
            let named = |n: &usize| is(*n, CASE) && !adjacent(words, *n).is_empty();
            (0..at).rev().find(named).map(|case| (Kind::Resumed, adjacent(words, case)))
        } else if is(at, TRIAL) {
            tried(words, &lower, at, &|from| dated(from).map(|(at, _)| at)).map(|names| (Kind::Trial, names))
        } else if is(at, FOUNDED) {
            Some((Kind::Founded, before_verb(words, &lower, at)))
        } else if is(at, DIED) {
            Some((Kind::Died, before_verb(words, &lower, at)))
        } else {
            None
        };
        let Some((kind, mut names)) = event else { continue };
        let Some((date_at, date)) = dated(at) else { continue };
        let resumed = kind == Kind::Trial && (at..date_at).any(|n| is(n, RESUMES));
        let near = if kind == Kind::Trial { 24 } else { 8 };
        names.retain(|name| !is_of_the_country(name, country));
        let Some(months) = months(date).filter(|_| !names.is_empty() && !resumed && date_at - at <= near) else {
            continue;
        };
        found.push(Event {
            kind,
            names,
            paragraph,
            months,
            words: words[at].span,
            date: with_part(words, date_at, date.span),
        });
    }
    found
}

/// A date with the word that says which part of it (`early in 2004`).
fn with_part(words: &[Word], at: usize, date: Span) -> Span {
    let part = (at.saturating_sub(2)..at).find(|n| ["early", "mid", "late"].contains(&words[*n].text));
    part.map_or(date, |n| Span::new(words[n].span.start.min(date.start), date.end))
}

/// Whether a name is the country's, or an adjective made of it.
fn is_of_the_country(name: &str, country: &str) -> bool {
    let stem = country.char_indices().next_back().map_or("", |(last, _)| &country[..last]);
    !stem.is_empty() && (country.starts_with(name) || name.starts_with(stem))
}

/// Runs of proper nouns in a range of words, each by its last word.
fn names(words: &[Word], from: usize, to: usize) -> BTreeSet<String> {
    let words = words.get(from..to).unwrap_or_default();
    let mut found = BTreeSet::new();
    for (n, word) in words.iter().enumerate() {
        let goes_on = !word.comma && words.get(n + 1).is_some_and(|next| next.proper);
        if word.proper && !goes_on && word.text.chars().count() > 2 {
            found.insert(word.text.to_owned());
        }
    }
    found
}

/// The name that stands right before a word: `“Stonegate” trial`.
fn adjacent(words: &[Word], at: usize) -> BTreeSet<String> {
    names(words, at.saturating_sub(1), at)
}

/// Whose trial: `the trial of X in …`, `X and Y were tried in …`, `X and Y and their trials in …`, `the X trial`.
fn tried(
    words: &[Word],
    lower: &[String],
    at: usize,
    dated: &dyn Fn(usize) -> Option<usize>,
) -> Option<BTreeSet<String>> {
    let of = lower.get(at + 1..(at + 5).min(lower.len())).and_then(|next| next.iter().position(|word| word == "of"));
    let own = adjacent(words, at);
    let found = match (of, own.is_empty()) {
        (Some(of), true) => names(words, at + 1 + of, dated(at)?),
        (_, false) => own,
        (None, true) if lower[at] == "tried" || lower[..at].iter().rev().take(3).any(|word| word == "their") => {
            names(words, 0, at)
        }
        _ => return None,
    };
    Some(found)
}

/// The name whose verb this is, with nothing but small words between.
fn before_verb(words: &[Word], lower: &[String], at: usize) -> BTreeSet<String> {
    let small = lower[..at].iter().rev().take_while(|word| LINKS.contains(&word.as_str())).count();
    let end = at - small;
    // A verb with its own object behind it (`X founded the Y`) is another's.
    let passive = lower[end..at].iter().any(|word| ["was", "were", "been"].contains(&word.as_str()));
    let set_off = end > 0 && words[end - 1].comma;
    if passive || set_off { names(words, end.saturating_sub(1), end) } else { BTreeSet::new() }
}

/// The months that a date spans, as widely as its words allow.
fn months(date: &Figure) -> Option<(i32, i32)> {
    let mut ends = date.period.split('/').map(month_span);
    let first = ends.next()??;
    let last = ends.next().map_or(Some(first), |last| last)?;
    let (from, to) = (first.0, last.1);
    if to - from != 11 {
        return Some((from, to));
    }
    Some(match date.detail("part") {
        Some("early") => (from, from + 5),
        Some("mid") => (from + 3, from + 8),
        Some("late" | "end") => (from + 6, to),
        _ => (from, to),
    })
}

fn month_span(period: &str) -> Option<(i32, i32)> {
    let mut parts = period.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    match parts.next() {
        Some(month) => {
            let month: i32 = month.parse().ok()?;
            Some((year * 12 + month - 1, year * 12 + month - 1))
        }
        None => Some((year * 12, year * 12 + 11)),
    }
}
