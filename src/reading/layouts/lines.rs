//! Numbers on lines of their own: scores, and labelled lines; and numbers that one word of a sentence explains.

use super::{
    super::{
        FigureStatus,
        claims::{Claim, Claims, Found, Page, Period},
        doubt,
        election::each_match,
        entry::{self, Entry},
        grammar::{Reads, Rule, ScaleDef},
        numeral::Numeral,
        subject,
    },
    KINDS, Layouts, UNITS, date_in, one_of,
};
use crate::source::{BlockKind, Decimal, Span};

/// Claims scores: `Electoral Process: 6.50`, `A1. … ? 0 / 4`.
pub(super) fn scores(page: &Page, claims: &mut Claims, layouts: &mut Layouts) {
    for rule in page.grammar.rules(Reads::Score) {
        each_line(page, rule, |number, found| {
            let read = score(page, claims, number, rule, found).is_some();
            let paragraph = &page.paragraphs[number];
            if read && paragraph.kind == BlockKind::Table && layouts.blocks.last() != Some(&paragraph.span) {
                layouts.blocks.push(paragraph.span);
            }
        });
    }
}

/// The lines that have a label of their own, in order.
pub(super) fn entries(page: &Page) -> Vec<Entry> {
    // A sentence is no label; patterns that count letters are slow to build.
    const LONGEST: usize = 80;
    let mut entries = Vec::new();
    for rule in page.grammar.rules(Reads::Entry) {
        each_line(page, rule, |number, found| {
            let line = page.lines(number).iter().copied().find(|line| line.contains(found.span()));
            let label = found.group("subject").filter(|label| label.end - label.start <= LONGEST);
            entries.extend(line.zip(label).map(|(line, label)| Entry { line, label }));
        });
    }
    entries.sort_by_key(|entry| entry.line);
    entries.dedup_by_key(|entry| entry.line);
    entries
}

/// Claims numbers that only label their line, or name something in it: the `2` of `A2.`, a telephone number.
pub(super) fn labels(page: &Page, claims: &mut Claims) {
    for rule in page.grammar.rules(Reads::Label) {
        each_line(page, rule, |number, found| {
            let Some(value) = found.group("value") else { return };
            let what = rule.set.get("what").map_or("label", String::as_str);
            let numerals = &page.numerals[number];
            let from = numerals.partition_point(|numeral| numeral.number.start < value.start);
            for numeral in numerals[from..].iter().take_while(|numeral| numeral.number.start < value.end) {
                if !numeral.is_date {
                    let mut claim = Claim::new("", "", "").with("what", what);
                    claim.status = Some(FigureStatus::NotAQuantity);
                    claims.make(number, numeral.number.start, claim);
                }
            }
        });
    }
}

/// Claims labelled numbers: `Population: 15.2 million`.
pub(super) fn labelled(page: &Page, claims: &mut Claims) {
    for rule in page.grammar.rules(Reads::Line) {
        each_line(page, rule, |number, found| {
            labelled_one(page, claims, number, rule, found);
        });
    }
}

/// Claims numbers of sentences that have one meaning: `Voter turnout was 46.8 percent`.
pub(super) fn figures(page: &Page, claims: &mut Claims) {
    each_match(page, Reads::Figure, |number, sentence, rule, found| {
        let sentence = page.sentences[number][sentence];
        let before = page.plain(Span::new(sentence.start, found.group("value").map_or(sentence.end, |v| v.start)));
        let behind = page.words(Span::new(found.span().end, sentence.end));
        if doubt::bounded(&before) || doubt::behind(behind) || doubt::in_a_part(behind) {
            return;
        }
        labelled_one(page, claims, number, rule, found);
    });
}

fn each_line<'p>(page: &'p Page, rule: &Rule, mut read: impl FnMut(usize, &Found<'p>)) {
    if !page.pace.step() {
        return;
    }
    for number in 0..page.paragraphs.len() {
        if !page.go_on(number) {
            return;
        }
        if page.numerals[number].is_empty() {
            continue;
        }
        for &line in page.lines(number) {
            let words = page.words(line);
            if !rule.may_be_in(words) {
                continue;
            }
            for captures in rule.pattern.captures_iter(words) {
                read(number, &Found::new(captures, line.start));
            }
        }
    }
}

/// The numeral of a group, where it is one number without a unit of its own and no part of a larger one.
fn plain<'p>(page: &'p Page, number: usize, group: Option<Span>) -> Option<&'p Numeral> {
    page.numeral(number, group?.start).filter(|n| n.unit.is_empty() && n.value_max.is_none() && !n.is_date)
}

fn score(page: &Page, claims: &mut Claims, number: usize, rule: &Rule, found: &Found) -> Option<()> {
    let value = found.group("value")?;
    let numeral = plain(page, number, Some(value))?;
    let written = match (found.group("category"), rule.set.get("category").map(String::as_str)) {
        (Some(span), _) => page.plain(span),
        (None, Some("heading")) => label(&page.sections[page.paragraphs[number].section].heading)?.to_owned(),
        (None, Some(name)) => name.to_owned(),
        (None, None) => return None,
    };
    let known = page.grammar.category(&written);
    let (scale, kind) = match (rule.set.get("scale"), known) {
        (Some(scale), _) => (scale.as_str(), "score"),
        (None, Some(category)) if page.edition.is_none_or(|edition| category.is_of(edition)) => {
            (category.scale.as_str(), if category.summary { "score" } else { "rating" })
        }
        _ => return None,
    };
    let kind = one_of(KINDS, rule.set.get("kind")).unwrap_or(kind);
    let def = page.grammar.scale_of(scale, page.edition)?;
    let of = found.group("of");
    let of_value = of.and_then(|of| plain(page, number, Some(of))).map(|of| of.value);
    let fits = (def.min..=def.max).contains(&numeral.value) && (of.is_none() || of_value == Some(def.max));
    if !fits {
        return None;
    }
    let mut claim = Claim::new(kind, "score", written.clone()).with("period_from", "edition").with("scale", scale);
    claim.period = page.edition.map(|year| year.to_string()).unwrap_or_default();
    if let Some(of) = of_value {
        claim = claim.with("of", of.to_string());
    }
    let before = found.group("before").and_then(|before| plain(page, number, Some(before)));
    if let Some(before) = before.filter(|before| (def.min..=def.max).contains(&before.value)) {
        claim = claim.with("change", change(def, before.value, numeral.value));
        claim.support.push(("change", found.span()));
        let earlier = Claim::new(kind, "score", written.clone()).with("role", "before").with("scale", scale);
        claims.make(number, before.number.start, earlier);
    }
    claims.make(number, value.start, claim.with("rule", rule.id.clone()));
    if let Some(of) = of {
        claims.make(number, of.start, Claim::new(kind, "score", written).with("role", "of"));
    }
    Some(())
}

/// What a step from one score to another is on its scale.
fn change(scale: &ScaleDef, before: Decimal, now: Decimal) -> &'static str {
    match (before == now, (now < before) == (scale.best == "low")) {
        (true, _) => "unchanged",
        (false, true) => "better",
        (false, false) => "worse",
    }
}

/// `A1` of `A1. Was the …?`.
fn label(heading: &str) -> Option<&str> {
    let label = heading.split(|c: char| c == '.' || c.is_whitespace()).next()?;
    let mut signs = label.chars();
    let fits = signs.next().is_some_and(|c| c.is_ascii_uppercase()) && signs.all(|c| c.is_ascii_digit());
    fits.then_some(label)
}

fn labelled_one(page: &Page, claims: &mut Claims, number: usize, rule: &Rule, found: &Found) -> Option<()> {
    let value = found.group("value")?;
    let numeral = page.numeral(number, value.start).filter(|numeral| !numeral.is_date)?;
    let unit = match one_of(UNITS, rule.set.get("unit")) {
        // A unit that the text gives is the one that counts.
        Some(unit) if numeral.unit.is_empty() || numeral.unit == unit => unit,
        Some(_) => return None,
        None => one_of(UNITS, Some(&numeral.unit.to_owned()))?,
    };
    if unit == "percent" && numeral.unit != unit {
        return None;
    }
    let kind = one_of(KINDS, rule.set.get("kind"))?;
    let subject = found.group("subject").map(|span| page.plain(span)).or_else(|| rule.set.get("subject").cloned())?;
    let entry = entry::at(page, value.start).filter(|_| rule.set.contains_key("labelled"));
    let subject = match entry {
        Some(entry) if subject.is_empty() => entry::path(page, entry, value.start),
        Some(entry) => format!("{}, {subject}", entry::path(page, entry, value.start)),
        None => subject,
    };
    let mut claim = Claim::new(kind, unit, subject);
    if let Some(date) = found.group("date").and_then(|span| date_in(&page.numerals[number], span)) {
        claim = claim.dated(&date);
    } else if let Some(date) = entry.and_then(|entry| entry::closing_date(page, number, entry)) {
        claim = claim.dated(&Period::of(date, false));
    } else if rule.set.get("dated").is_some_and(|by| by == "election") {
        claim = claim.dated(&subject::election_period(page, number, found.span()));
    }
    claims.make(number, value.start, claim.with("rule", rule.id.clone()));
    Some(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_question_has_a_label() {
        assert_eq!(super::label("A1. Was it so?"), Some("A1"));
        assert_eq!(super::label("A. Was it so"), Some("A"));
        assert_eq!(super::label("Was it so?"), None);
    }
}
