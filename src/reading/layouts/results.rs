//! Lists of an election's results: `percent of vote by party - Reds 40%, Blues 9%; seats by party - Reds 51, Blues 6`.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    super::{
        ElectionTable,
        claims::{Claim, Claims, Found, Page, Period},
        grammar::{Reads, Rule},
        names::clean,
        words,
    },
    Layouts, Odd, date_in, is_member, is_rest, next_member,
};
use crate::source::{Decimal, Span};

/// `19 September and 3 October 2004`: of two days only the later is a date of its own.
static TWO_DAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = words::month_pattern();
    Regex::new(&format!(
        r"(?P<day>[0-3]?\d)(?:\s+(?P<month>{month}))?\s+and\s+[0-3]?\d\s+(?P<last>{month})\s+(?P<year>\d{{4}})"
    ))
    .ok()
});

/// A list in a paragraph: what it counts, of which chamber, and its members.
struct List<'p> {
    rule: &'p Rule,
    chamber: String,
    span: Span,
    members: Vec<Member>,
    /// Whether everything up to the list's end was read.
    whole: bool,
    /// A later date than the election's that the list gives for itself.
    as_of: Option<Period>,
}

struct Member {
    name: String,
    start: usize,
}

/// Claims the members of every list.
pub(super) fn read(page: &mut Page, claims: &mut Claims, layouts: &mut Layouts) {
    let mut also: Vec<(String, String)> = Vec::new();
    if page.grammar.rules(Reads::Results).next().is_none() {
        return;
    }
    for number in 0..page.paragraphs.len() {
        if !page.go_on(number) {
            return;
        }
        let lists = lists(page, number, &mut also);
        if lists.is_empty() {
            continue;
        }
        let held = held(page, number);
        claim(claims, number, &lists, &held);
        tables(layouts, &lists, &held);
    }
    for (name, other) in also {
        page.names.join(&name, &other);
    }
}

fn lists<'p>(page: &Page<'p>, number: usize, also: &mut Vec<(String, String)>) -> Vec<List<'p>> {
    let paragraph = page.paragraphs[number].span;
    let grammar = page.grammar;
    let mut heads: Vec<(&'p Rule, Found)> = Vec::new();
    for rule in grammar.rules(Reads::Results) {
        let found = rule.pattern.captures_iter(page.words(paragraph));
        heads.extend(found.map(|captures| (rule, Found::new(captures, paragraph.start))));
    }
    heads.sort_by_key(|(_, found)| found.span());
    let mut lists: Vec<List> = Vec::new();
    let mut chamber = String::new();
    let mut free = 0;
    for (i, (rule, found)) in heads.iter().enumerate() {
        if found.span().start < free {
            continue;
        }
        free = found.span().end;
        if let Some(own) = found.group("chamber") {
            chamber = clean(&page.plain(own)).to_owned();
        }
        let end = heads.get(i + 1).map_or(paragraph.end, |(_, next)| next.span().start.max(free));
        let mut list = list(page, number, rule, Span::new(free, end), also);
        chamber.clone_into(&mut list.chamber);
        lists.push(list);
    }
    lists
}

fn list<'p>(page: &Page, number: usize, rule: &'p Rule, entry: Span, also: &mut Vec<(String, String)>) -> List<'p> {
    let (mut members, mut at, mut from) = (Vec::new(), entry.start, entry.start);
    let mut whole = true;
    while let Some(captures) = rule.then.as_ref().and_then(|then| then.captures(page.words(Span::new(from, entry.end))))
    {
        let found = Found::new(captures, from);
        let Some(member) = member(page, number, rule, &found) else {
            whole = false;
            break;
        };
        if let Some(other) = found.group("also") {
            also.push((member.name.clone(), page.plain(other)));
        }
        at = found.span().end;
        members.push(member);
        match next_member(page.words(Span::new(at, entry.end))) {
            Some(next) => from = at + next,
            None => break,
        }
    }
    let rest = Span::new(at, entry.end);
    let close = rule.close.as_ref().and_then(|close| close.captures(page.words(rest)));
    let close = close.map(|captures| Found::new(captures, at));
    let as_of = close.as_ref().and_then(|close| date_in(&page.numerals[number], close.group("date")?));
    // Where the words go on as a list does, a member was not understood.
    whole &= close.is_some() || !page.words(rest).trim_start().starts_with([',', '(']);
    List { rule, chamber: String::new(), span: Span::new(entry.start, at), members, whole, as_of }
}

fn member(page: &Page, number: usize, rule: &Rule, found: &Found) -> Option<Member> {
    let (subject, value) = (found.group("subject")?, found.group("value")?);
    let numeral = page.numeral(number, value.start)?;
    let name = page.plain(subject);
    let fits = if counts_votes(rule) {
        numeral.unit == "percent" && numeral.value <= Decimal::ONE_HUNDRED
    } else {
        numeral.unit.is_empty() && numeral.value.fract().is_zero() && !numeral.is_date
    };
    let fits = fits && numeral.value_max.is_none() && is_member(&name);
    fits.then_some(Member { name, start: value.start })
}

fn counts_votes(rule: &Rule) -> bool {
    rule.set.get("kind").is_some_and(|kind| kind == "vote_share")
}

/// When the elections were held that a paragraph speaks of, with the chamber where it names one.
fn held(page: &Page, number: usize) -> Vec<(String, Period)> {
    let paragraph = page.paragraphs[number].span;
    let mut held = Vec::new();
    for rule in page.grammar.rules(Reads::Held) {
        for captures in rule.pattern.captures_iter(page.words(paragraph)) {
            let found = Found::new(captures, paragraph.start);
            let Some(date) = found.group("date") else { continue };
            let Some(mut period) = date_in(&page.numerals[number], date) else { continue };
            if let Some(both) = both_days(page.words(date)) {
                period = Period { value: both, span: Some(date), ..period };
            }
            let chamber = found.group("chamber").map(|span| clean(&page.plain(span)).to_owned());
            held.push((chamber.unwrap_or_default(), period));
        }
    }
    held
}

/// `2004-09-19/2004-10-03` of two days.
fn both_days(words: &str) -> Option<String> {
    let days = TWO_DAYS.as_ref()?.captures(words)?;
    let last = words::month(&days["last"])?;
    let first = days.name("month").map_or(Some(last), |month| words::month(month.as_str()))?;
    let second = words.split("and").nth(1)?.split_whitespace().next()?.parse::<u32>().ok()?;
    let (year, day) = (&days["year"], days["day"].parse::<u32>().ok()?);
    Some(format!("{year}-{first:02}-{day:02}/{year}-{last:02}-{second:02}"))
}

/// The period of a chamber's election: its own, or the only one where no chamber is named.
fn period(held: &[(String, Period)], chamber: &str) -> Period {
    let own: Vec<&Period> = held.iter().filter(|(name, _)| name == chamber).map(|(_, period)| period).collect();
    match (own.as_slice(), held) {
        ([one], _) => (*one).clone(),
        ([], [(name, only)]) if name.is_empty() || chamber.is_empty() => only.clone(),
        _ => Period::default(),
    }
}

fn claim(claims: &mut Claims, number: usize, lists: &[List], held: &[(String, Period)]) {
    for list in lists {
        let votes = counts_votes(list.rule);
        let (kind, unit) = if votes { ("vote_share", "percent") } else { ("seats", "seats") };
        let office = list.rule.set.get("office");
        let when = list.as_of.clone().unwrap_or_else(|| period(held, &list.chamber));
        for member in &list.members {
            let mut claim = Claim::new(kind, unit, clean(&member.name)).dated(&when).with("in", "list");
            if !votes {
                claim = claim.with("tier", "total");
            }
            if is_rest(&member.name) {
                claim = claim.with("residual", "yes");
            }
            if list.as_of.is_some() {
                claim = claim.with("as_of", when.value.clone());
            }
            claim = claim.with("chamber", list.chamber.clone()).with("office", office.cloned().unwrap_or_default());
            claims.make(number, member.start, claim.with("rule", list.rule.id.clone()));
        }
    }
}

/// The lists of one chamber as one table of results, where its seats are those of the election and all of them were read.
fn tables(layouts: &mut Layouts, lists: &[List], held: &[(String, Period)]) {
    let mut chambers: Vec<&str> = Vec::new();
    for list in lists.iter().filter(|list| !list.rule.set.contains_key("office")) {
        if !chambers.contains(&list.chamber.as_str()) {
            chambers.push(&list.chamber);
        }
    }
    for chamber in chambers {
        let own: Vec<&List> = lists
            .iter()
            .filter(|list| list.chamber == chamber && !list.members.is_empty() && !list.rule.set.contains_key("office"))
            .collect();
        let seats: Vec<&&List> = own.iter().filter(|list| !counts_votes(list.rule)).collect();
        let ([seats], true) = (seats.as_slice(), own.len() <= 2) else { continue };
        if let Some(odd) = own.iter().find(|list| !list.whole) {
            let hint = "its numbers are facts, but no chart is drawn of them";
            layouts.odd.push(Odd::left_out(odd.span, "the list of results was not read to its end", hint));
            continue;
        }
        if seats.as_of.is_some() {
            let what = "the seats are those of a later date than the election";
            layouts.odd.push(Odd::note(seats.span, what, "they are not set against its votes"));
            continue;
        }
        let start = own.iter().map(|list| list.span.start).min().unwrap_or(seats.span.start);
        let end = own.iter().map(|list| list.span.end).max().unwrap_or(seats.span.end);
        let period = period(held, chamber).value;
        layouts.results.push(ElectionTable { block: Span::new(start, end), period, chamber: chamber.to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_days_of_one_election_are_a_period() {
        assert_eq!(both_days("19 September and 3 October 2004").as_deref(), Some("2004-09-19/2004-10-03"));
        assert_eq!(both_days("6 and 20 March 2011").as_deref(), Some("2011-03-06/2011-03-20"));
        assert_eq!(both_days("5 October 2002"), None);
    }
}
