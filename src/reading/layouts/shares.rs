//! Labelled lists of groups with their shares: `Ethnic groups: Orrin 64.9%, Tavish 13.8%, other 5.7% (1999 census)`.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    super::{
        claims::{Claim, Claims, Found, Page, Period},
        grammar::{Reads, Rule},
    },
    KINDS, Layouts, Odd, date_in, is_member, is_rest, next_member, one_of,
};
use crate::source::{Decimal, Span};

/// A line that opens with a label of its own: the entry before it has ended.
static LABEL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[\n\r]\s*\p{Lu}[\p{L} /&’'()-]{1,40}[:.]\s").ok());

/// Claims the shares of every list that a rule opens.
pub(super) fn read(page: &Page, claims: &mut Claims, layouts: &mut Layouts) {
    for rule in page.grammar.rules(Reads::GroupShares) {
        if !page.pace.step() {
            return;
        }
        for (number, paragraph) in page.paragraphs.iter().enumerate() {
            if !page.go_on(number) {
                return;
            }
            if page.numerals[number].is_empty() {
                continue;
            }
            let words = page.words(paragraph.span);
            for captures in rule.pattern.captures_iter(words) {
                let found = Found::new(captures, paragraph.span.start);
                let before = page.words(Span::new(paragraph.span.start, found.span().start));
                if before.is_empty() || before.trim_end_matches([' ', '\t']).ends_with(['\n', '\r']) {
                    list(page, claims, layouts, number, rule, &found);
                }
            }
        }
    }
}

/// A member: its group, and where its number begins.
struct Member {
    group: String,
    value: Decimal,
    start: usize,
    approx: bool,
}

fn list(page: &Page, claims: &mut Claims, layouts: &mut Layouts, number: usize, rule: &Rule, found: &Found) {
    let Some(head) = found.group("head") else { return };
    let from = found.span().end;
    let rest = page.words(Span::new(from, page.paragraphs[number].span.end));
    let label = LABEL.as_ref().and_then(|label| label.find(rest)).map_or(rest.len(), |next| next.start());
    let entry = Span::new(from, from + label);
    let (members, end) = members(page, number, rule, entry);
    if members.is_empty() {
        return;
    }
    let sum: Decimal = members.iter().map(|member| member.value).sum();
    if page.words(Span::new(end, entry.end)).trim_start().starts_with([',', ';']) {
        let place = Span::new(end, entry.end);
        layouts.odd.push(Odd::note(
            place,
            "the list of shares is read up to here",
            "what follows is no group with a share",
        ));
    }
    let kind = one_of(KINDS, rule.set.get("kind")).unwrap_or("population_share");
    let (period, estimate) = closing(page, number, rule, Span::new(end, entry.end));
    for member in members {
        let mut claim = Claim::new(kind, "percent", member.group.clone()).dated(&period).with("in", "list");
        if kind != "population_share" {
            claim = claim.with("of", page.plain(head));
        }
        if is_rest(&member.group) {
            claim = claim.with("residual", "yes");
        }
        if estimate || member.approx {
            claim = claim.with("approx", "est.");
        }
        // Shares that overlap are no parts of a whole.
        if sum > Decimal::from(102) {
            claim = claim.with("overlap", "yes");
        }
        claims.make(number, member.start, claim);
    }
}

fn members(page: &Page, number: usize, rule: &Rule, entry: Span) -> (Vec<Member>, usize) {
    let (mut members, mut at) = (Vec::new(), entry.start);
    let Some(then) = &rule.then else { return (members, at) };
    let mut from = entry.start;
    while let Some(captures) = then.captures(page.words(Span::new(from, entry.end))) {
        let found = Found::new(captures, from);
        let Some(member) = member(page, number, &found) else { break };
        at = found.span().end;
        members.push(member);
        let Some(next) = next_member(page.words(Span::new(at, entry.end))) else { break };
        from = at + next;
    }
    (members, at)
}

fn member(page: &Page, number: usize, found: &Found) -> Option<Member> {
    let (subject, value) = (found.group("subject")?, found.group("value")?);
    let numeral = page.numeral(number, value.start)?;
    let group = page.plain(subject);
    let share = numeral.unit == "percent" && numeral.value_max.is_none() && numeral.value <= Decimal::ONE_HUNDRED;
    let approx = found.group("approx").is_some();
    (share && is_member(&group)).then_some(Member { group, value: numeral.value, start: value.start, approx })
}

/// The date behind the last member, and whether it is one of an estimate.
fn closing(page: &Page, number: usize, rule: &Rule, rest: Span) -> (Period, bool) {
    let none = (Period::default(), false);
    let Some(captures) = rule.close.as_ref().and_then(|close| close.captures(page.words(rest))) else { return none };
    let found = Found::new(captures, rest.start);
    let date = found.group("date").and_then(|span| date_in(&page.numerals[number], span));
    date.map_or(none, |date| (date, found.group("approx").is_some()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_pattern_compiles() {
        assert!(super::LABEL.is_some());
    }
}
