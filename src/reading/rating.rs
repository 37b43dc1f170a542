//! Reads ratings: which category, what score, and what the sentence says of the change.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    claims::{Claim, Claims, Found, Page},
    grammar::{Reads, Rule},
    names::clean,
    outline::same,
    words,
};
use crate::source::{BlockKind, Decimal, Span};

/// Claims the scores of a document. Returns the categories in the order of their sentences.
pub(super) fn read(page: &Page, claims: &mut Claims, country: &str) -> Vec<String> {
    let heads = heads(page);
    let mut categories: Vec<String> = Vec::new();
    for (number, paragraph) in page.paragraphs.iter().enumerate() {
        if !page.go_on(number) {
            break;
        }
        if paragraph.kind != BlockKind::Paragraph {
            continue;
        }
        for &sentence in &page.sentences[number] {
            let words = page.words(sentence);
            if !words.contains("ating") {
                continue;
            }
            for rule in page.grammar.rules(Reads::Rating).filter(|rule| rule.may_be_in(words)) {
                for captures in rule.pattern.captures_iter(words) {
                    let found = Found::new(captures, sentence.start);
                    let before = page.plain(Span::new(sentence.start, found.span().start));
                    if of_others(&before, country) {
                        continue;
                    }
                    if let Some(category) = one(page, claims, number, sentence, rule, &found, &heads)
                        && !categories.contains(&category)
                    {
                        categories.push(category);
                    }
                }
            }
        }
    }
    categories
}

/// Whether a rating is said to be somebody else's (`The Economist’s rating`, `Molvania’s rating`) or another year's.
fn of_others(before: &str, country: &str) -> bool {
    let lower = before.to_lowercase();
    let earlier = ["last year", "previous", "earlier", "prior", "former", "preceding"];
    if earlier.iter().any(|word| lower.rsplit([';', '.']).next().is_some_and(|clause| clause.contains(word))) {
        return true;
    }
    let owners =
        OWNER.as_ref().map(|owner| owner.captures_iter(before).filter_map(|c| c.name("owner").map(|m| m.as_str())));
    let last = owners.into_iter().flatten().last();
    last.is_some_and(|owner| !country.is_empty() && !owner.ends_with(country))
}

static OWNER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(&format!(r"(?P<owner>{})['’]s?(?: [\p{{L}}-]+){{0,6}}\s*$", words::NAME)).ok());

/// Names that may be categories: run-in heads, and headings of sections without run-in heads.
fn heads(page: &Page) -> Vec<String> {
    let mut heads: Vec<String> = Vec::new();
    let run_in = page.paragraphs.iter().filter_map(|p| p.run_in).map(|span| page.words(span));
    for head in run_in.chain(page.sections.iter().map(|section| section.heading.as_str())) {
        if !head.is_empty() && !heads.iter().any(|known| same(known, head)) {
            heads.push(head.to_owned());
        }
    }
    heads
}

fn one(
    page: &Page,
    claims: &mut Claims,
    number: usize,
    sentence: Span,
    rule: &Rule,
    found: &Found,
    heads: &[String],
) -> Option<String> {
    let value = found.group("value")?;
    let numeral = page.numeral(number, value.start)?;
    let scale = page.grammar.scale(page.edition)?;
    let in_scale = |value: Decimal| (scale.min..=scale.max).contains(&value);
    if !numeral.unit.is_empty() || numeral.value_max.is_some() || !in_scale(numeral.value) || claims.has(value.start) {
        return None;
    }
    // `was 5.25 in 2003`: another year's rating than the edition's.
    let later = page.numerals[number].iter().find(|n| n.span.start >= found.span().end).filter(|n| n.is_date);
    let dated = later.filter(|date| page.plain(Span::new(found.span().end, date.span.start)).trim() == "in");
    if dated.is_some_and(|date| date.value != Decimal::from(page.edition.unwrap_or_default())) {
        return None;
    }
    let category = category(page, number, sentence, found, heads)?;
    let before = found.group("from").or(found.group("before"));
    let before_value = before.and_then(|span| page.numeral(number, span.start)).map(|n| n.value);
    let better = if scale.best == "low" { Decimal::lt } else { Decimal::gt };
    let improves = before_value.is_some_and(|before| better(&numeral.value, &before));
    // `improves from 3.50 to 3.75` where 1 is the best: the sentence contradicts its own scale.
    let contradicts = before_value.is_some_and(|before| {
        numeral.value != before
            && (found.group("better").is_some() && !improves || found.group("worse").is_some() && improves)
    });
    let (change, words) = match before_value {
        _ if contradicts => ("", found.span()),
        Some(before) if numeral.value == before => ("unchanged", found.span()),
        Some(before) if better(&numeral.value, &before) => ("better", found.span()),
        Some(_) => ("worse", found.span()),
        None => match (found.group("change"), found.group("better"), found.group("worse")) {
            (Some(words), _, _) => ("unchanged", words),
            (_, Some(words), _) => ("better", words),
            (_, _, Some(words)) => ("worse", words),
            _ => ("", found.span()),
        },
    };
    let edition = page.edition.map(|year| year.to_string()).unwrap_or_default();
    let mut claim = Claim::new("rating", "score", category.clone()).with("period_from", "edition");
    claim.period = edition;
    claim = claim.with("change", change);
    if !change.is_empty() {
        claim.support.push(("change", words));
    }
    if let Some(before) = before.filter(|span| page.numeral(number, span.start).is_some_and(|n| in_scale(n.value))) {
        claim.support.push(("before", before));
        claims.make(number, before.start, Claim::new("rating", "score", category.clone()).with("role", "before"));
    }
    claims.make(number, value.start, claim.with("rule", rule.id.clone()));
    Some(category)
}

/// The category of a rating sentence: the one it names, else its paragraph's head, else its section's.
fn category(page: &Page, number: usize, sentence: Span, found: &Found, heads: &[String]) -> Option<String> {
    let named = found.group("category").map(|span| clean(&page.plain(span)).to_owned());
    if let Some(head) = named.as_ref().and_then(|named| heads.iter().find(|head| same(head, named))) {
        return Some(head.clone());
    }
    // A category that no head names: not the one of this paragraph.
    if named.as_ref().is_some_and(|named| named.starts_with(char::is_lowercase)) {
        return None;
    }
    let paragraph = &page.paragraphs[number];
    let before = page.plain(Span::new(sentence.start, found.span().start)).to_lowercase();
    let ends_with = |head: &&String| before.trim_end().ends_with(&head.to_lowercase());
    if let Some(head) = heads.iter().filter(ends_with).max_by_key(|head| head.len()) {
        return Some(head.clone());
    }
    let holds = |head: &&String| before.contains(&head.to_lowercase());
    if let Some(head) = heads.iter().filter(holds).max_by_key(|head| head.len()) {
        return Some(head.clone());
    }
    // `The civil society rating` under another heading: what the sentence names is the category, or none is known.
    if named.is_none()
        && let Some(own) = named_before(&before)
    {
        return page.grammar.category(&own).map(|category| category.names.first().cloned().unwrap_or_default());
    }
    if let Some(run_in) = paragraph.run_in {
        return Some(page.words(run_in).to_owned());
    }
    // A section that holds run-in heads is a summary, not a category.
    let summary = page.paragraphs.iter().any(|p| p.section == paragraph.section && p.run_in.is_some());
    let heading = &page.sections[paragraph.section].heading;
    (!summary && named.is_none() && !heading.is_empty()).then(|| heading.clone())
}

/// The words that name a rating right before the word itself: those behind the last article or possessive, but for such
/// as say nothing of the category.
fn named_before(before: &str) -> Option<String> {
    const ARTICLES: &[&str] = &["the", "its", "their", "a", "this", "that", "in", "for", "and"];
    const NEUTRAL: &[&str] = &[
        "overall",
        "current",
        "new",
        "latest",
        "own",
        "country",
        "average",
        "annual",
        "nations",
        "transit",
        "first",
        "previous",
        "country's",
        "country’s",
        "thus",
        "therefore",
        "hence",
        "however",
        "means",
        "as",
        "a",
        "result",
    ];
    let words: Vec<&str> = before.split_whitespace().collect();
    let possessive = |word: &str| ["'s", "’s", "s'", "s’"].iter().any(|end| word.ends_with(end));
    let from = words
        .iter()
        .rposition(|word| ARTICLES.contains(word) || possessive(word) || word.ends_with(','))
        .map_or(0, |at| at + 1);
    let own: Vec<&str> = words[from..].to_vec();
    let plain = |word: &&str| !NEUTRAL.contains(word) && !word.starts_with(|c: char| c.is_ascii_digit());
    (!own.is_empty() && own.iter().any(plain)).then(|| own.join(" "))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_patterns_compile() {
        assert!(super::OWNER.is_some());
    }
}
