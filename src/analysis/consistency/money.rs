//! Sums of money against their whole.

use super::{
    Finding, Verdict,
    ground::{Ground, Term, anchors, finding, half_unit, is_about, plain, sum},
    sums::compare,
};
use crate::{
    reading::Figure,
    source::{Decimal, Span},
};

/// Words that open a sentence on the parts of a sum of money.
const OPENERS: &[&str] = &["of", "out of"];
/// Words between such an opening and the sum itself: with any other the sum is not the whole.
const WHOLE: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "overall", "total", "whole", "entire", "full", "of", "sum",
    "amount",
];
/// Words for a sum told before: `of the latter sum`.
const TOLD: &[&str] = &["sum", "amount", "total", "money", "figure"];
/// Words by which a sentence turns from the parts of a part back to those of the whole.
const TURNS: &[&str] = &["whereas", "while", "but", "however"];

/// `Of the overall 74.2 million …, … received 10.6 million, whereas … received 39.4 million`.
pub(super) fn money(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    for figures in ground.by_paragraph("money") {
        let mut from = 0;
        while let Some(first) = figures.get(from) {
            let sentence = ground.sentence(first);
            let here = figures[from..].iter().take_while(|figure| sentence.contains(figure.span)).count();
            let (earlier, these) = (&figures[..from], &figures[from..from + here]);
            from += here;
            let Some((whole, listed, relative)) = whole_of(ground, sentence, earlier, these) else { continue };
            let Some(parts) = parts(ground, listed, relative) else { continue };
            let alike = parts.iter().all(|part| part.unit == whole.unit && part.value_max.is_none() && !is_about(part));
            if parts.len() >= 2 && alike && !is_about(whole) && whole.value_max.is_none() {
                found.extend(fills(ground, whole, &parts));
            }
        }
    }
    found
}

/// The sum that a sentence tells the parts of, what it lists, and whether it does so in a relative clause.
fn whole_of<'a, 'f>(
    ground: &Ground,
    sentence: Span,
    earlier: &[&'a Figure],
    these: &'f [&'a Figure],
) -> Option<(&'a Figure, &'f [&'a Figure], bool)> {
    let (first, rest) = these.split_first()?;
    let lead = ground.words(Span::new(sentence.start, first.span.start)).to_lowercase();
    let opener = OPENERS.iter().rev().find_map(|opener| lead.strip_prefix(opener)?.strip_prefix(' '));
    if let Some(lead) = opener {
        let (words, comma) = lead.split_once(',').map_or((lead, false), |(words, _)| (words, true));
        let words: Vec<&str> = words.split_whitespace().collect();
        if words.iter().all(|word| WHOLE.contains(word)) && !comma {
            return Some((first, rest, false));
        }
        return told_before(ground, &words, first, earlier).filter(|_| comma).map(|whole| (whole, these, false));
    }
    let behind = ground.words(Span::new(first.span.end, rest.first()?.span.start));
    behind.trim_end().ends_with(", of which").then_some((first, rest, true))
}

/// `of this sum`, `of the latter amount`: what the sentence before tells last, or alone.
fn told_before<'a>(ground: &Ground, words: &[&str], first: &Figure, earlier: &[&'a Figure]) -> Option<&'a Figure> {
    let (last, before) = earlier.split_last()?;
    let latter = words.contains(&"latter");
    let of_it = |word: &&str| *word == "latter" || TOLD.contains(word) || WHOLE.contains(word);
    let names = latter || words.iter().any(|word| TOLD.contains(word)) || matches!(words, ["this" | "that"]);
    let sentence = ground.sentence(last);
    let alone = before.last().is_none_or(|other| !sentence.contains(other.span));
    // The sentence right before, not one further up.
    let gap = ground.words(Span::new(sentence.end, ground.sentence(first).start));
    (names && words.iter().all(of_it) && (alone || latter) && gap.trim().is_empty()).then_some(*last)
}

/// The parts that a list tells of one whole; `None` where it is not sure which of them are parts of a part.
fn parts<'a>(ground: &Ground, listed: &[&'a Figure], relative: bool) -> Option<Vec<&'a Figure>> {
    let between = |n: usize| match n.checked_sub(1) {
        Some(before) => ground.words(Span::new(listed[before].span.end, listed[n].span.start)),
        None => "",
    };
    // A list whose every item ends with `;` is one; elsewhere a `;` ends it.
    let by_semicolons = !relative && (1..listed.len()).all(|n| between(n).contains(';'));
    let mut parts = Vec::new();
    let mut nested = false;
    for (n, figure) in listed.iter().enumerate() {
        let gap = between(n).to_lowercase();
        let words: Vec<&str> = gap.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        if (gap.contains(';') && !by_semicolons) || words.contains(&"alone") {
            break;
        }
        let opens = gap.contains("of which") || words.contains(&"including");
        if opens {
            nested = true;
        } else if nested && words.iter().any(|word| TURNS.contains(word)) {
            nested = false;
        } else if nested {
            return None;
        }
        if !nested {
            parts.push(*figure);
        }
    }
    Some(parts)
}

fn fills(ground: &Ground, whole: &Figure, parts: &[&Figure]) -> Option<Finding> {
    let whole = ground.term(whole);
    let terms: Vec<Term> = parts.iter().map(|part| ground.term(part)).collect();
    let all = sum(&terms)?;
    // In the unit that the source writes them in: millions, where all are.
    let scale = |term: &Term| term.value.checked_div(term.text.replace(',', "").parse().ok()?);
    let unit = scale(&whole).filter(|unit| terms.iter().all(|term| scale(term) == Some(*unit)) && !unit.is_zero());
    let show = |value: Decimal| plain(unit.map_or(value, |unit| value / unit));
    let words = |term: &Term| if unit.is_some() { term.text.clone() } else { plain(term.value) };
    let verdict = compare(all, whole.value, rounded(&whole, &terms, unit));
    let statement = match verdict {
        Verdict::Contradiction => "The parts named are more than the whole sum",
        Verdict::Incomplete => "The parts named leave a remainder of the whole sum that nothing accounts for",
        _ => "The parts named make the whole sum",
    };
    let parts = terms.iter().map(words).collect::<Vec<_>>().join(" + ");
    let arithmetic = match verdict {
        Verdict::Incomplete => {
            format!("{parts} = {}; {} − {} = {}", show(all), words(&whole), show(all), show(whole.value - all))
        }
        Verdict::Contradiction => format!("{parts} = {} > {}", show(all), words(&whole)),
        _ if all == whole.value => format!("{parts} = {}", words(&whole)),
        _ => format!("{parts} = {} ≈ {}", show(all), words(&whole)),
    };
    let places = anchors(&terms).into_iter().chain([whole.anchor]).collect();
    Some(finding("money", verdict, statement.to_owned(), arithmetic, places))
}

/// How far a whole may be off that is written less exactly than its parts.
fn rounded(whole: &Term, parts: &[Term], unit: Option<Decimal>) -> Decimal {
    let digits = |term: &Term| term.text.split_once('.').map_or(0, |(_, digits)| digits.len());
    let finer = parts.iter().any(|part| digits(part) > digits(whole));
    let written = unit.and_then(|unit| Some((unit, whole.value.checked_div(unit)?)));
    let off = |(unit, value): (Decimal, Decimal)| unit.checked_mul(half_unit(&Term { value, ..whole.clone() }));
    written.filter(|_| finer).and_then(off).unwrap_or_default()
}
