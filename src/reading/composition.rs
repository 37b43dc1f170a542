//! Reads shares of groups: whose, of what, and when, as far as the sentence says.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    claims::{Claim, Claims, Found, Page, Period},
    grammar::{Reads, Rule},
};
use crate::source::{Decimal, Span};

struct Patterns {
    cue: Regex,
    census: Regex,
    candidates: Regex,
    groups: Regex,
    region: Regex,
    boundary: Regex,
    lead: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        // A paragraph that speaks of ethnic groups.
        cue: Regex::new(r"(?i)(?-u:\b)(?:ethnic|nationalit|census)").ok()?,
        census: Regex::new(r"(?i)^\s*(?:\p{L}+ )?census").ok()?,
        candidates: Regex::new(r"(?i)(?-u:\b)(?:among|of) (?:the |all )?candidates(?-u:\b)").ok()?,
        groups: Regex::new(r"(?i)(?-u:\b)(?:ethnic|groups?(?-u:\b)|communit|minorit|nationalit|shares?(?-u:\b))").ok()?,
        // `In the north, …`: a part of the country.
        region: Regex::new(r"(?:^|[,;] )[Ii]n (?:the )?[\p{L} -]+,\s*$").ok()?,
        // A new clause, in which the date of the one before does not hold.
        boundary: Regex::new(r"(?i);|(?-u:\b)(?:even though|although|while|whereas|but)(?-u:\b)").ok()?,
        // Words that open a sentence and belong to no name.
        lead: Regex::new(
            r"^(?:Thus|However|Although|Though|Today|Meanwhile|Overall|Moreover|Currently|While|Whereas|Since|When|By|In|Only|Some|About|Among|And|But|Yet|Now|Still) ",
        )
        .ok()?,
    })
});

/// Claims the shares of groups in prose.
pub(super) fn read(page: &Page, claims: &mut Claims) {
    let Some(patterns) = PATTERNS.as_ref() else { return };
    for rule in page.grammar.rules(Reads::Share) {
        if !page.pace.step() {
            return;
        }
        for number in 0..page.paragraphs.len() {
            if !page.go_on(number) {
                return;
            }
            if page.sentences[number].is_empty() {
                continue;
            }
            if !page.holds(number, page.paragraphs[number].span, |numeral| numeral.unit == "percent") {
                continue;
            }
            let cue = patterns.cue.is_match(page.words(page.paragraphs[number].span));
            for &sentence in &page.sentences[number] {
                if !page.holds(number, sentence, |numeral| numeral.unit == "percent")
                    || !rule.may_be_in(page.words(sentence))
                {
                    continue;
                }
                let mut from = sentence.start;
                while let Some(captures) = rule.pattern.captures(page.words(Span::new(from, sentence.end))) {
                    let found = Found::new(captures, from);
                    from = chain(page, claims, (number, cue), sentence, rule, found).max(from + 1);
                    while !page.text.is_char_boundary(from) {
                        from += 1;
                    }
                }
            }
        }
    }
}

/// One match and the further members of its list. Returns where to look on.
fn chain(
    page: &Page,
    claims: &mut Claims,
    (number, cue): (usize, bool),
    sentence: Span,
    rule: &Rule,
    found: Found,
) -> usize {
    let start = found.span().start;
    let mut end = found.span().end;
    let Some(basis) = basis(page, claims, number, sentence, rule, &found) else { return end };
    let of_a_part = page.words(Span::new(end, sentence.end)).trim_start().starts_with("of ");
    let in_a_part = PATTERNS.as_ref().is_some_and(|p| p.region.is_match(page.words(Span::new(sentence.start, start))));
    if (found.group("basis").is_some() && of_a_part) || in_a_part {
        return end;
    }
    // Shares of a population are those of ethnic groups only where the paragraph speaks of them.
    if !cue && basis == "population" {
        return end;
    }
    let period = sentence_period(page, number, Span::new(sentence.start, start));
    if !one(page, claims, number, sentence, rule, &found, &basis, &period) {
        return end;
    }
    if let Some(then) = &rule.then {
        let mut basis = basis;
        while let Some(captures) = then.captures(page.words(Span::new(end, sentence.end))) {
            let member = Found::new(captures, end);
            if let Some(own) = member.group("basis") {
                basis = basis_of(page.words(own)).to_owned();
            }
            if !one(page, claims, number, sentence, rule, &member, &basis, &period) {
                break;
            }
            end = member.span().end;
        }
    }
    end
}

/// What the shares are of: what the match says, what its sentence begins with, or what the paragraph spoke of before.
fn basis(page: &Page, claims: &Claims, number: usize, sentence: Span, rule: &Rule, found: &Found) -> Option<String> {
    let patterns = PATTERNS.as_ref()?;
    if let Some(own) = found.group("basis") {
        return Some(basis_of(page.words(own)).to_owned());
    }
    if let Some(set) = rule.set.get("basis") {
        return Some(set.clone());
    }
    let before = clause(page, Span::new(sentence.start, found.span().start));
    if patterns.candidates.is_match(page.words(before)) {
        return Some("candidates".to_owned());
    }
    // A share without its own basis is one of the groups spoken of only where the sentence speaks of groups.
    if !patterns.groups.is_match(page.words(sentence)) {
        return None;
    }
    let earlier = Span::new(page.paragraphs[number].span.start, found.span().start);
    let here = claims.within(earlier).any(|(_, claim)| claim.kind == "population_share");
    here.then(|| "population".to_owned())
}

fn basis_of(word: &str) -> &'static str {
    if word == "candidates" { "candidates" } else { "population" }
}

/// The part of a sentence's beginning that belongs to the same clause.
fn clause(page: &Page, before: Span) -> Span {
    let words = page.words(before);
    let last = PATTERNS.as_ref().and_then(|patterns| patterns.boundary.find_iter(words).last());
    Span::new(before.start + last.map_or(0, |boundary| boundary.end()), before.end)
}

/// The date that a sentence begins with: `According to the 1999 census, …`, `Among the candidates for the 2004 …`.
fn sentence_period(page: &Page, number: usize, before: Span) -> Period {
    let clause = clause(page, before);
    let date = page.numerals[number].iter().rev().find(|numeral| numeral.is_date && clause.contains(numeral.span));
    date.map_or_else(Period::default, |date| Period::of(date, false))
}

/// The first census that a paragraph speaks of.
fn census(page: &Page, number: usize) -> Option<String> {
    let end = page.paragraphs[number].span.end;
    let is_census = |span: Span| {
        PATTERNS.as_ref().is_some_and(|patterns| patterns.census.is_match(page.words(Span::new(span.end, end))))
    };
    let date = page.numerals[number].iter().find(|numeral| numeral.is_date && is_census(numeral.span))?;
    date.period.clone()
}

#[allow(clippy::too_many_arguments)]
fn one(
    page: &Page,
    claims: &mut Claims,
    number: usize,
    sentence: Span,
    rule: &Rule,
    found: &Found,
    basis: &str,
    period: &Period,
) -> bool {
    let Some(value) = found.group("value") else { return false };
    let hundred = Decimal::ONE_HUNDRED;
    let percent = |span: Span| {
        page.numeral(number, span.start)
            .is_some_and(|n| n.value_max.is_none() && n.unit == "percent" && n.value <= hundred)
    };
    if !percent(value) {
        return false;
    }
    let subject = match found.group("subject") {
        Some(subject) => match group(&page.plain(subject)) {
            name if ["The", "This", "That", "Its", "Their", "A", "An"].contains(&name.as_str()) => return false,
            name => name,
        },
        None => match claims
            .within(Span::new(sentence.start, value.start))
            .rev()
            .find(|(_, claim)| claim.kind.ends_with("_share"))
        {
            Some((_, claim)) if rule.set.contains_key("anaphor") => claim.subject.clone(),
            _ => return false,
        },
    };
    // `20 percent of the unemployed`: of something else than the basis.
    let behind = page.words(Span::new(value.end, sentence.end));
    let of = behind
        .trim_start_matches(|c: char| !c.is_alphabetic())
        .trim_start_matches("percent")
        .trim_start_matches("per cent");
    if found.group("basis").is_none() && !rule.set.contains_key("basis") && of.trim_start().starts_with("of ") {
        return false;
    }
    let kind = if basis == "candidates" { "candidate_share" } else { "population_share" };
    let no_group = page.grammar.no_group.contains(&subject.to_lowercase());
    let mut claim = Claim::new(kind, "percent", subject.clone());
    if no_group {
        claim = claim.with("group", "no");
    }
    claim = claim.with("approx", found.group("approx").map(|a| page.words(a)).unwrap_or_default());
    if let Some(mainly) = found.group("mainly") {
        claim = claim.with("contains", page.plain(mainly));
        claim.support.push(("contains", mainly));
    }
    let own = found.group("year").and_then(|year| page.numeral(number, year.start));
    if let Some(year) = own {
        claim = claim.dated(&Period::of(year, false));
    } else if let Some(current) = found.group("current") {
        claim = claim.with("when", "current");
        claim.support.push(("date", current));
    } else if period.span.is_some() {
        claim = claim.dated(period);
    } else if kind == "population_share"
        && let Some(census) = census(page, number)
    {
        claim = claim.with("shown_at", census);
    }
    if !claims.make(number, value.start, claim) {
        return false;
    }
    earlier(page, claims, number, found, kind, &subject);
    true
}

/// `…, up from 39.7 percent in 1989`: the earlier share of the same group.
fn earlier(page: &Page, claims: &mut Claims, number: usize, found: &Found, kind: &'static str, subject: &str) {
    let Some(from) = found.group("from") else { return };
    let year = found.group("from_year").and_then(|year| page.numeral(number, year.start));
    let mut claim = Claim::new(kind, "percent", subject);
    if let Some(year) = year {
        claim = claim.dated(&Period::of(year, false));
    }
    claims.make(number, from.start, claim.with("role", "earlier"));
}

/// The group's name without quotation marks, articles and `ethnic`.
fn group(words: &str) -> String {
    let mut name = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | ','));
    if let Some(lead) = PATTERNS.as_ref().and_then(|patterns| patterns.lead.find(name)) {
        name = &name[lead.end()..];
    }
    for article in ["the ", "The ", "ethnic ", "Ethnic "] {
        name = name.strip_prefix(article).unwrap_or(name);
    }
    name.to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_patterns_compile() {
        assert!(super::PATTERNS.is_some());
    }
}
