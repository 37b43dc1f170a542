//! Reads elections: seats, shares of the vote and thresholds in prose, and tables of seats by tier.

use super::{
    ElectionTable, Figure, FigureStatus, Form,
    claims::{Claim, Claims, Found, Page, Period},
    doubt,
    grammar::{Reads, Rule},
    grid,
    members::{self, Member},
    names::clean,
    subject::{self, Subject},
    vote,
};
use crate::{
    format::is_absent,
    source::{BlockKind, Decimal, Span},
};

/// Adds the names that an election table gives, and joins those that its footnotes explain.
pub(super) fn learn_names(page: &mut Page) {
    for i in 0..page.paragraphs.len() {
        if page.paragraphs[i].kind != BlockKind::Table {
            continue;
        }
        let Some(table) = grid::table(page.grammar, page.text, page.paragraphs[i].span) else { continue };
        if !is_election(&table) {
            continue;
        }
        let notes: Vec<(String, String)> = page.paragraphs[i + 1..]
            .iter()
            .take_while(|p| p.kind == BlockKind::Footnote)
            .filter_map(|p| note(page.words(p.span)))
            .collect();
        for (name, _) in &table.rows {
            let raw = page.words(*name);
            if is_total(raw) {
                continue;
            }
            page.names.add(raw);
            let mark: String = raw.chars().rev().take_while(|c| matches!(c, '*' | '†' | '‡')).collect();
            for (_, long) in notes.iter().filter(|(sign, _)| !mark.is_empty() && *sign == mark) {
                page.names.join(clean(raw), long);
            }
        }
    }
}

/// `*Long Name of the List [citation]`: the sign and the name.
fn note(words: &str) -> Option<(String, String)> {
    let words = words.trim_start_matches('\\');
    let sign: String = words.chars().take_while(|c| matches!(c, '*' | '†' | '‡')).collect();
    let rest = words[sign.len()..].split('[').next()?.trim().trim_end_matches('.');
    // `*HRB: League of …` repeats the short name.
    let name = rest.rsplit_once(':').map_or(rest, |(_, name)| name.trim());
    (!sign.is_empty() && !name.is_empty() && name.chars().count() < 120).then(|| (sign, name.to_owned()))
}

fn is_total(name: &str) -> bool {
    let lower = clean(name).to_lowercase();
    matches!(lower.as_str(), "total" | "totals" | "all" | "sum" | "total seats" | "grand total")
}

const TIERS: [&str; 5] = ["total", "list", "smd", "smd_round_1", "smd_round_2"];

fn is_election(table: &grid::TextTable) -> bool {
    let known = |id: &str| table.columns.iter().flatten().any(|column| column == id);
    TIERS.iter().filter(|id| known(id)).count() >= 2 || (known("total") && (known("vote_share") || known("votes")))
}

/// Claims the cells of election tables; `absent` takes those that say that there is no value.
pub(super) fn read_tables(page: &Page, claims: &mut Claims, absent: &mut Vec<Figure>) -> Vec<ElectionTable> {
    let mut tables = Vec::new();
    for (number, paragraph) in page.paragraphs.iter().enumerate() {
        if paragraph.kind != BlockKind::Table {
            continue;
        }
        let Some(table) = grid::table(page.grammar, page.text, paragraph.span) else { continue };
        if !is_election(&table) {
            continue;
        }
        let period = caption_period(page, number);
        for (name, cells) in &table.rows {
            let raw = clean(page.words(*name));
            let subject = if is_total(raw) { "Total" } else { raw };
            for (cell, column) in cells.iter().zip(&table.columns) {
                if let Some(column) = column {
                    table_cell(page, claims, absent, number, (*name, subject), *cell, column, &period);
                }
            }
        }
        tables.push(ElectionTable { block: paragraph.span, period: period.value, chamber: String::new() });
    }
    tables
}

#[allow(clippy::too_many_arguments)]
fn table_cell(
    page: &Page,
    claims: &mut Claims,
    absent: &mut Vec<Figure>,
    number: usize,
    (name, subject): (Span, &str),
    cell: Span,
    column: &str,
    period: &Period,
) {
    let (kind, unit) = match column {
        "vote_share" => ("vote_share", "percent"),
        "votes" => ("votes", "votes"),
        _ => ("seats", "seats"),
    };
    let mut claim = Claim::new(kind, unit, subject).dated(period).with("in", "table");
    if kind == "seats" {
        claim = claim.with("tier", column);
    }
    claim.support.push(("row", name));
    if is_absent(page.words(cell)) {
        absent.push(Figure {
            span: cell,
            numeral: cell,
            paragraph: number,
            form: Form::Words,
            value: None,
            value_max: None,
            unit: unit.to_owned(),
            status: FigureStatus::Fact,
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            period: claim.period,
            detail: claim.detail,
            support: claim.support,
        });
    } else if page.numeral(number, cell.start).is_some_and(|numeral| numeral.span == cell) {
        // A cell that is more than one numeral (`481 000`) is read by nobody.
        claims.make(number, cell.start, claim);
    }
}

/// The date in the caption above a table.
fn caption_period(page: &Page, table: usize) -> Period {
    let above = (0..table).rev().take(2).find(|&i| page.paragraphs[i].kind == BlockKind::Caption);
    let date = above.and_then(|i| page.numerals[i].iter().find(|numeral| numeral.is_date));
    date.map_or_else(Period::default, |date| Period::of(date, false))
}

/// Claims seats, vote shares and thresholds in prose.
pub(super) fn read_prose(page: &Page, claims: &mut Claims) {
    each_match(page, Reads::Chamber, |number, sentence, rule, found| {
        chamber(page, claims, number, page.sentences[number][sentence], rule, found);
    });
    each_match(page, Reads::Threshold, |number, sentence, _, found| {
        let words = page.words(page.sentences[number][sentence]).to_lowercase();
        let happened = [" received ", " won ", " polled "].iter().any(|verb| words.contains(verb));
        let condition = !happened && CONDITIONS.iter().any(|cue| words.contains(cue));
        if let Some(value) = found.group("value").filter(|_| condition) {
            claims.make(number, value.start, Claim::new("threshold", "percent", ""));
        }
    });
    each_match(page, Reads::Seats, |number, sentence, rule, found| {
        seats(page, claims, number, sentence, rule, found);
    });
    each_match(page, Reads::VoteShare, |number, sentence, rule, found| {
        vote::read(page, claims, number, sentence, rule, found);
    });
}

/// Calls `read` for every match of every rule of one reader, in the order of the rules.
pub(super) fn each_match<'p>(page: &'p Page, reads: Reads, mut read: impl FnMut(usize, usize, &'p Rule, &Found<'p>)) {
    for rule in page.grammar.rules(reads) {
        if !page.pace.step() {
            return;
        }
        // Rules of names hold no number, and words that deny (`any`) are none.
        let named = matches!(reads, Reads::House | Reads::Country | Reads::Name) || rule.set.contains_key("denies");
        for (number, sentences) in page.sentences.iter().enumerate() {
            if !page.go_on(number) {
                return;
            }
            for (i, sentence) in sentences.iter().enumerate() {
                if !named && !page.holds(number, *sentence, |_| true) {
                    continue;
                }
                let words = page.words(*sentence);
                if !rule.may_be_in(words) {
                    continue;
                }
                for captures in rule.pattern.captures_iter(words) {
                    read(number, i, rule, &Found::new(captures, sentence.start));
                }
            }
        }
    }
}

/// The chambers that the document names as such.
pub(super) fn houses(page: &Page) -> Vec<String> {
    let mut houses = Vec::new();
    each_match(page, Reads::House, |_, _, _, found| {
        houses.extend(found.group("chamber").map(|span| clean(&page.plain(span)).to_lowercase()));
    });
    houses.sort();
    houses.dedup();
    houses
}

/// Whether a name is a chamber's: the document says so, or it holds a word that only chambers have.
fn is_chamber(page: &Page, name: &str) -> bool {
    let lower = name.to_lowercase();
    page.houses.contains(&lower) || page.grammar.chambers.iter().any(|word| lower.contains(word.as_str()))
}

fn chamber(page: &Page, claims: &mut Claims, number: usize, sentence: Span, rule: &Rule, found: &Found) {
    let Some(value) = found.group("value") else { return };
    let Some(numeral) = page.numeral(number, value.start).filter(|n| n.unit.is_empty() && n.value_max.is_none()) else {
        return;
    };
    let named = found.group("chamber").map(|span| clean(&page.plain(span)).to_owned());
    if named.as_ref().is_some_and(|name| !is_chamber(page, name)) {
        return;
    }
    // `The Reds contested 50 seats` tells how many they ran for, not how many there are.
    if rule.set.contains_key("chamber")
        && subject::before(page, sentence, found.span().start, None)
            .is_some_and(|subject| page.names.find(&subject.label()).is_some())
    {
        return;
    }
    let tier = rule.set.get("tier").cloned().unwrap_or_default();
    let chamber = named.or_else(|| {
        let is_whole = |claim: &Claim| {
            claim.detail.iter().any(|(k, v)| k == "role" && v == "chamber").then(|| claim.subject.clone())
        };
        // The chamber last spoken of in this paragraph; else, for a whole chamber, the one of this size.
        let here_only = rule.set.get("chamber").is_some_and(|place| place == "sentence");
        let from = if here_only { sentence.start } else { page.paragraphs[number].span.start };
        let before = Span::new(from, value.start);
        let here = claims.within(before).rev().find_map(|(_, claim)| is_whole(claim));
        here.or_else(|| claims.chamber_of_size(numeral.value).filter(|_| !here_only))
    });
    let role = if rule.set.contains_key("part") || !tier.is_empty() { "part" } else { "chamber" };
    let Some(chamber) = chamber else { return };
    let size = numeral.value;
    let claim = Claim::new("seats", "seats", chamber.clone()).with("role", role).with("tier", tier);
    if claims.make(number, value.start, claim) && role == "chamber" {
        claims.note_chamber(size, chamber);
    }
}

/// Whether the sentence before speaks of another election than the parliament's, and this one names none.
pub(super) fn speaks_of_another(page: &Page, previous: Span, sentence: Span) -> bool {
    let own = page.words(sentence).to_lowercase();
    let before = page.words(previous).to_lowercase();
    let names = |words: &str| ["parliament", "legislat", "general election"].iter().any(|word| words.contains(word));
    doubt::of_another_election(&before) && !names(&before) && !names(&own)
}

/// The tier that the opening of a sentence names: `In the single-member races, …`.
fn opening_tier(page: &Page, number: usize, at: usize) -> &'static str {
    let sentences = &page.sentences[number];
    let here = sentences.get(sentences.partition_point(|sentence| sentence.end <= at));
    let words = here.map(|sentence| page.words(Span::new(sentence.start, at.max(sentence.start)))).unwrap_or_default();
    let opening = words.split(',').next().unwrap_or_default();
    let opens = ["In ", "On ", "Under ", "From ", "For ", "Of "].iter().any(|word| opening.starts_with(word));
    if opens && words.contains(',') { tier(opening) } else { "" }
}

/// The tier that words name.
fn tier(words: &str) -> &'static str {
    let lower = words.to_lowercase();
    let any = |list: &[&str]| list.iter().any(|word| lower.contains(word));
    if any(&["list", "proportional"]) {
        "list"
    } else if any(&["single-m", "constituenc", "district", "majoritarian"]) {
        "smd"
    } else {
        ""
    }
}

fn seats(page: &Page, claims: &mut Claims, number: usize, sentence_number: usize, rule: &Rule, found: &Found) {
    let sentences = &page.sentences[number];
    let sentence = sentences[sentence_number];
    let previous = sentence_number.checked_sub(1).map(|i| sentences[i]);
    let behind = rule.set.get("subject").is_some_and(|s| s == "behind");
    if rule.set.contains_key("elliptic") && !speaks_of_seats(page, sentence, previous, found.span()) {
        return;
    }
    let subject = if let Some(name) = found.group("subject") {
        Some(Subject::One(clean(&page.plain(name)).to_owned()))
    } else if behind {
        subject::behind(page, sentence, found.span().end)
    } else {
        subject::before(page, sentence, found.span().start, previous)
            .or_else(|| subject::opening_name(page, sentence, found.span().start))
    };
    let before = page.plain(Span::new(sentence.start, found.span().start));
    if (!behind && !rule.set.contains_key("denies") && doubt::before_verb(&before))
        || doubt::behind(page.words(Span::new(found.span().end, sentence.end)))
        || doubt::of_another_election(&before)
        || doubt::opens_in_a_part(&before)
        || doubt::gains_and_losses(page.words(found.span()), page.words(Span::new(found.span().end, sentence.end)))
        || previous.is_some_and(|previous| speaks_of_another(page, previous, sentence))
    {
        return;
    }
    let Some(subject) = subject else { return };
    // `The assembly has 80 seats`: of a chamber, and nobody's.
    if is_chamber(page, &subject.label()) {
        let value = found
            .group("value")
            .filter(|_| ["has ", "have "].iter().any(|verb| page.words(found.span()).starts_with(verb)));
        if let Some(value) = value {
            let claim = Claim::new("seats", "seats", subject.label()).with("role", "chamber");
            claims.make(number, value.start, claim);
        }
        return;
    }
    let period = subject::election_period(page, number, found.span());
    if let Some(second) = found.group("second") {
        respectively(page, claims, number, (found, second), &subject, &period);
        return;
    }
    let mut votes_spoken = false;
    if !one_result(page, claims, number, found, &subject, &period, &mut votes_spoken) {
        return;
    }
    members(page, claims, (number, sentence), rule, found.span().end, subject, &period, votes_spoken);
}

/// Further members of a list: `…, Blues 11 seats (7.07 percent), and …`.
#[allow(clippy::too_many_arguments)]
fn members(
    page: &Page,
    claims: &mut Claims,
    (number, sentence): (usize, Span),
    rule: &Rule,
    at: usize,
    subject: Subject,
    period: &Period,
    mut votes_spoken: bool,
) {
    let says = |member: &Found| {
        let words = page.words(member.span());
        let noun = ["seat", "mandate"].iter().any(|noun| words.contains(noun));
        noun || words.ends_with(')') || member.group("share").is_some()
    };
    for Member { found, subject } in members::of_list(page, sentence, rule, at, subject, says) {
        if !one_result(page, claims, number, &found, &subject, period, &mut votes_spoken) {
            return;
        }
    }
}

/// Claims one result: its seats, the number they are of, and its share of the vote.
fn one_result(
    page: &Page,
    claims: &mut Claims,
    number: usize,
    found: &Found,
    subject: &Subject,
    period: &Period,
    votes_spoken: &mut bool,
) -> bool {
    // What stands before the number (`44 percent of the list vote, and 7 …`) names another tier.
    let from = found.group("value").map_or(found.span().start, |value| value.start);
    let words = page.words(Span::new(from, found.span().end));
    let tier = match tier(words) {
        "" => opening_tier(page, number, found.span().start),
        tier => tier,
    };
    let each = page.words(Span::new(found.span().start.saturating_sub("each ".len()), found.span().start)) == "each ";
    let claim = |kind, unit| {
        let claim = Claim::new(kind, unit, subject.label()).dated(period);
        match subject {
            Subject::Several(_) => claim.with(if each { "each" } else { "together" }, "yes"),
            Subject::One(_) => claim,
        }
    };
    if let Some(zero) = found.group("zero") {
        let mut none = claim("seats", "seats").with("tier", tier);
        none.denial = Some((zero, Decimal::ZERO));
        return claims.make(number, zero.start, none);
    }
    let Some(value) = found.group("value") else { return false };
    let plain = |span: Span| page.numeral(number, span.start).filter(|n| n.unit.is_empty() && n.value_max.is_none());
    if plain(value).is_none_or(|n| n.is_date || !n.value.fract().is_zero()) {
        return false;
    }
    // The words between the number, or what it is of, and the seats.
    let from = found.group("of").unwrap_or(value).end;
    let words = page.words(Span::new(from, found.span().end));
    let noun = ["seat", "mandate"].iter().filter_map(|noun| words.find(noun)).min().unwrap_or(0);
    if doubt::inside(&words[..noun]) {
        return false;
    }
    let of = found.group("of").and_then(|of| plain(of).map(|n| (of, n.value)));
    let mut own = claim("seats", "seats").with("tier", tier);
    if let Some((_, of)) = of {
        own = own.with("of", of.to_string());
    }
    if !claims.make(number, value.start, own) {
        return false;
    }
    if let Some((of, size)) = of {
        let chamber = claims.chamber_of_size(size).unwrap_or_default();
        claims.make(number, of.start, Claim::new("seats", "seats", chamber).with("role", "of").with("tier", tier));
    }
    if let Some(share) = found.group("share") {
        let spoken = page.words(Span::new(share.end, found.span().end)).contains("vote");
        if spoken || *votes_spoken {
            *votes_spoken = true;
            let mut claim = claim("vote_share", "percent");
            claim.support.extend(vote::words_for(page, number, share.start).map(|span| ("vote", span)));
            claims.make(number, share.start, claim);
        }
    }
    true
}

fn respectively(
    page: &Page,
    claims: &mut Claims,
    number: usize,
    (found, second): (&Found, Span),
    subject: &Subject,
    period: &Period,
) {
    let (Subject::Several(names), Some(first)) = (subject, found.group("value")) else { return };
    // `A and B each won 7 seats, with 7.2 percent and 7.1 percent of the vote respectively`.
    if let ([a, b], Some(share)) = (names.as_slice(), found.group("share")) {
        let start = found.span().start;
        if page.words(Span::new(start.saturating_sub("each ".len()), start)) == "each " {
            let both = Claim::new("seats", "seats", subject.label()).dated(period).with("each", "yes");
            claims.make(number, first.start, both);
            claims.make(number, share.start, Claim::new("vote_share", "percent", a.clone()).dated(period));
            claims.make(number, second.start, Claim::new("vote_share", "percent", b.clone()).dated(period));
        }
        return;
    }
    if let [a, b] = names.as_slice()
        && page.numeral(number, first.start).is_some()
    {
        claims.make(number, first.start, Claim::new("seats", "seats", a.clone()).dated(period));
        claims.make(number, second.start, Claim::new("seats", "seats", b.clone()).dated(period));
    }
}

/// Whether a bare number after a verb of winning counts seats: the sentence or the one before speaks of seats, and no
/// other noun follows the number.
fn speaks_of_seats(page: &Page, sentence: Span, previous: Option<Span>, found: Span) -> bool {
    let seat = |span: Span| page.words(span).contains("seat") || page.words(span).contains("mandate");
    let before = Span::new(sentence.start, found.start);
    seat(before) || seat(Span::new(found.end, sentence.end)) || previous.is_some_and(seat)
}

/// Words of a rule that sets a condition.
const CONDITIONS: &[&str] =
    &["must", "need", "requir", "unless", "threshold", "barrier", "hurdle", "minimum", " if ", "fails to", "eligible"];
