//! Alliances and their members, as the document itself says which party belongs to which.

use super::{
    Finding, Reconciled, Verdict,
    ground::{Ground, Term, compatible, finding},
    whose::is_joint,
};
use crate::{
    facts::{Election, ListResult, Tier},
    reading::sentences,
    source::{BlockKind, Span},
};

/// Words that stand between an alliance and its members.
const MADE_UP_OF: &[&str] = &[
    "composed of ",
    "comprised of ",
    "made up of ",
    "consisting of ",
    "consists of ",
    "formed by ",
    "comprising ",
    "which unites ",
    "which united ",
    "an alliance of ",
    "a coalition of ",
    "a bloc of ",
    "alliance between ",
];
/// `in which X joined Y`: the same, told by its members.
const JOINS: (&str, &str) = ("in which ", " joined ");

/// A list of the table and one of the parties that make it.
pub(super) struct Membership<'a> {
    pub alliance: &'a ListResult,
    pub member: String,
    pub span: Span,
}

/// Who belongs to which list of an election.
pub(super) fn of<'a>(ground: &Ground, election: &'a Election) -> Vec<Membership<'a>> {
    let Some(reading) = ground.reading else { return Vec::new() };
    let mut found = Vec::new();
    for block in reading.paragraphs.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let words = ground.words(block.span);
        if !MADE_UP_OF.iter().any(|marker| words.contains(marker)) && !words.contains(JOINS.1) {
            continue;
        }
        for sentence in sentences(words, block.span.start) {
            found.extend(in_sentence(ground, election, sentence));
        }
    }
    found
}

fn in_sentence<'a>(ground: &Ground, election: &'a Election, sentence: Span) -> Vec<Membership<'a>> {
    let text = ground.words(sentence);
    let mut found = Vec::new();
    for marker in MADE_UP_OF.iter().chain([&JOINS.0]) {
        let Some(at) = text.find(marker) else { continue };
        let (before, after) = (&text[..at], at + marker.len());
        let Some(alliance) = named_last(election, before) else { continue };
        let rest = &text[after..];
        let end = rest.find([')', ';', ':']).unwrap_or(rest.len());
        let mut from = after;
        if *marker == JOINS.0 && !rest[..end].contains(JOINS.1) {
            continue;
        }
        let parts = rest[..end].split(", ").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(JOINS.1));
        for part in parts {
            let name = part.trim().trim_start_matches("and ").trim_start_matches("the ").trim_end_matches('.');
            let start = from + text[from..].find(name).unwrap_or(0);
            from = start + name.len();
            if !name.starts_with(char::is_uppercase) {
                break;
            }
            let span = Span::new(start, from).shifted(sentence.start);
            found.push(Membership { alliance, member: name.to_owned(), span });
        }
    }
    found
}

/// The list that a text names last, as a whole word.
fn named_last<'a>(election: &'a Election, text: &str) -> Option<&'a ListResult> {
    const NEAR: usize = 80;
    let place = |list: &ListResult| {
        let names = std::iter::once(&list.name).chain(&list.aliases);
        names
            .filter_map(|name| {
                let at = text.rfind(name.as_str())?;
                let whole = !text[..at].ends_with(char::is_alphanumeric)
                    && !text[at + name.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
                whole.then_some(at + name.len())
            })
            .max()
    };
    let last = election.lists.iter().filter_map(|list| Some((place(list)?, list))).max_by_key(|(at, _)| *at)?;
    (text.len() - last.0 <= NEAR).then_some(last.1)
}

/// Seats given to a member that are the alliance's in the table.
pub(super) fn members(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    for election in &ground.dataset.elections {
        let memberships = of(ground, election);
        if memberships.is_empty() {
            continue;
        }
        for figure in ground.kind("seats").iter().filter(|figure| !is_joint(ground, figure)) {
            let whose = |one: &&Membership| {
                ground.same(&one.member, &figure.subject)
                    && !election.lists.iter().any(|list| ground.same(&list.name, &figure.subject))
            };
            let Some(one) = memberships.iter().find(whose) else { continue };
            let Some(seats) = one.alliance.seats(Tier::Total).and_then(Term::stated) else { continue };
            let term = ground.term(figure);
            // By year: the seats may stand in a sentence on what happened in another month.
            let year = |period: &str| period.get(..4).unwrap_or(period).to_owned();
            if !compatible(&year(&figure.period), &year(&election.period)) || term.value < seats.value {
                continue;
            }
            let more = term.value > seats.value;
            let verdict = if more { Verdict::Contradiction } else { Verdict::Tension };
            let (alliance, member) = (&one.alliance.name, &figure.subject);
            let statement = format!(
                "{} seats are given to {member}, and {} to {alliance}, of which {member} is only one part",
                term.text, seats.text
            );
            let sign = if more { ">" } else { "=" };
            let arithmetic = format!("{member} {} {sign} {alliance} {}", term.text, seats.text);
            let places = vec![term.anchor, seats.anchor, ground.source.anchor(one.span)];
            let mut tension = finding("alliance-member", verdict, statement, arithmetic, places);
            tension.reconciled = (!more).then(|| Reconciled {
                words: format!("{member} stands for all of {alliance}, or every seat of {alliance} went to {member}"),
                places: vec![ground.source.anchor(one.span)],
            });
            found.push(tension);
        }
    }
    found
}
