//! Chambers: their parts against their size, and the seats of all lists of one election against it.

use std::collections::BTreeMap;

use super::{
    Finding, Verdict,
    ground::{self, Ground, Term, anchors, finding, is_about},
    seats::{is_won, subjects},
    sums::Sum,
    whose::{Groups, is_joint},
};
use crate::{
    reading::{Figure, FigureStatus},
    source::{Decimal, Span},
};

/// Verbs by which the members of a chamber come to it.
const CHOSEN: &[&str] = &["elected", "chosen", "appointed", "nominated", "named", "selected", "designated"];

/// The parts of a chamber against its size.
pub(super) fn chamber(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    for figures in ground.by_paragraph("seats") {
        let role = |figure: &&&Figure, role: &str| figure.detail("role") == Some(role);
        for chamber in figures.iter().filter(|figure| role(figure, "chamber")) {
            let is_part = |figure: &&&Figure| role(figure, "part") && ground.same(&figure.subject, &chamber.subject);
            let mut parts: Vec<&Figure> = figures.iter().copied().filter(|figure| is_part(&figure)).collect();
            parts.extend(of_whom(ground, chamber));
            parts.sort_by_key(|part| part.span);
            let terms = parts.iter().map(|part| ground.term(part)).collect();
            let sum = filled(Sum { parts: terms, whole: ground.term(chamber) });
            if sum.parts.len() < 2 {
                continue;
            }
            let rest = sum.remainder();
            let verdict = match rest.cmp(&Decimal::ZERO) {
                std::cmp::Ordering::Less => Verdict::Contradiction,
                std::cmp::Ordering::Equal => Verdict::Agrees,
                std::cmp::Ordering::Greater => Verdict::Incomplete,
            };
            if verdict == Verdict::Incomplete && parts.iter().any(|part| another_beside(ground, part, rest)) {
                continue;
            }
            let does = match verdict {
                Verdict::Contradiction => "are more than",
                Verdict::Agrees => "make",
                _ => "leave some of",
            };
            let statement = format!("The parts named {does} all seats of the {}", chamber.subject);
            found.push(finding("chamber-parts", verdict, statement, sum.arithmetic(), sum.places()));
        }
    }
    found.extend(of_the_chamber(ground));
    found
}

/// `a house of 90, 60 of whom are elected`: a part that the sentence of the chamber tells as its members.
fn of_whom<'a>(ground: &Ground<'a>, chamber: &Figure) -> Option<&'a Figure> {
    const NEAR: usize = 4;
    let sentence = ground.sentence(chamber);
    let next = ground.figures(Span::new(chamber.span.end, sentence.end)).first()?;
    let behind = ground.words(Span::new(next.span.end, sentence.end));
    let rest = ["of whom ", "of them ", "of which "].iter().find_map(|own| behind.trim_start().strip_prefix(own))?;
    let chosen = rest.split_whitespace().take(NEAR).any(|word| CHOSEN.contains(&word.trim_end_matches(',')));
    (chosen && next.kind == "count" && next.value.is_some() && next.value_max.is_none()).then_some(next)
}

/// Whether a number that is no part as far as it was read stands in the sentence of a part, and may be what is left.
fn another_beside(ground: &Ground, part: &Figure, rest: Decimal) -> bool {
    let of_people = |figure: &Figure| {
        figure.kind == "count" && (figure.subject.is_empty() || matches!(figure.unit.as_str(), "people" | "seats"))
    };
    ground.figures(ground.sentence(part)).iter().any(|figure| {
        let open = figure.status == FigureStatus::Unknown || of_people(figure);
        open && figure.value.is_some_and(|value| value <= rest)
    })
}

/// Words of elections to other bodies than the chamber, or of parts of the seats told before.
const ELSEWHERE: &[&str] = &[
    "local",
    "municipal",
    "council",
    "councils",
    "regional",
    "rural",
    "city",
    "capital",
    "mayors",
    "european",
    "round",
    "runoff",
    "alliance",
    "coalition",
    "including",
    "them",
    "whom",
    "which",
    "each",
    "together",
    "by-elections",
    "previous",
    "former",
    "formerly",
    "candidates",
];

/// The seats of all lists in one election, told one by one in a paragraph, against the size of the chamber.
pub(super) fn all_seats(ground: &Ground) -> Vec<Finding> {
    let groups = Groups::of(ground);
    let mut sizes: BTreeMap<usize, Vec<&Figure>> = BTreeMap::new();
    for figure in ground.kind("seats").iter().filter(|figure| figure.detail("role") == Some("chamber")) {
        sizes.entry(section(ground, figure)).or_default().push(figure);
    }
    let mut found = Vec::new();
    for figures in ground.by_paragraph("seats") {
        let Some(sizes) = figures.first().and_then(|first| sizes.get(&section(ground, first))) else { continue };
        let mut by_period: BTreeMap<&str, Vec<&Figure>> = BTreeMap::new();
        for figure in figures.iter().copied().filter(|figure| is_of_one_list(ground, figure, &groups)) {
            by_period.entry(&figure.period).or_default().push(figure);
        }
        found.extend(by_period.values().filter_map(|won| against_sizes(ground, won, sizes)));
    }
    found
}

fn section(ground: &Ground, figure: &Figure) -> usize {
    let paragraphs = ground.reading.map_or(&[][..], |reading| reading.paragraphs.as_slice());
    paragraphs.get(figure.paragraph).map_or(usize::MAX, |block| block.section)
}

/// Dated seats of one list, which are neither a part nor of something else than the chamber.
fn is_of_one_list(ground: &Ground, figure: &Figure, groups: &Groups) -> bool {
    let whole = ["of", "tier", "each", "together", "when"].iter().all(|key| figure.detail(key).is_none());
    let exact = figure.value_max.is_none() && !is_about(figure) && !figure.period.is_empty();
    let one = subjects(figure).len() == 1 && groups.is_list(&figure.subject);
    is_won(figure) && whole && exact && one && !is_joint(ground, figure)
}

fn against_sizes(ground: &Ground, won: &[&Figure], sizes: &[&Figure]) -> Option<Finding> {
    const FEWEST: usize = 3;
    // More lists than this share no chamber.
    const MOST: usize = 60;
    if !(FEWEST..=MOST).contains(&won.len()) {
        return None;
    }
    let told_twice = won.iter().enumerate().any(|(n, a)| won[..n].iter().any(|b| ground.same(&a.subject, &b.subject)));
    let mut stretches: Vec<Span> = won.iter().map(|figure| ground.sentence(figure)).collect();
    stretches.dedup();
    let elsewhere = |sentence: &Span| {
        let mut words = ground.words(*sentence).split(|c: char| !c.is_alphanumeric() && c != '-');
        words.any(|word| ELSEWHERE.contains(&word.to_lowercase().as_str()) && !word.starts_with(char::is_uppercase))
    };
    if told_twice || stretches.iter().any(elsewhere) {
        return None;
    }
    let parts: Vec<Term> = won.iter().map(|figure| ground.term(figure)).collect();
    let all = ground::sum(&parts)?;
    let largest = sizes.iter().max_by_key(|size| size.value)?;
    let mut exact = sizes.iter().filter(|size| size.value == Some(all));
    let (verdict, does, size) = match (exact.next(), exact.next()) {
        (Some(size), None) => (Verdict::Agrees, "make", size),
        (None, _) if largest.value.is_some_and(|size| is_little_more(all, size)) => {
            (Verdict::Contradiction, "are more than", largest)
        }
        _ => return None,
    };
    let sum = Sum { parts, whole: ground.term(size) };
    let statement = format!("The seats given to the lists {does} all seats of the {}", size.subject);
    Some(finding("all-seats", verdict, statement, sum.arithmetic(), sum.places()))
}

/// Whether there are more seats than a chamber has, but not so many more that they must be another body's.
fn is_little_more(all: Decimal, size: Decimal) -> bool {
    let most = size.checked_mul(Decimal::new(15, 1));
    all > size && most.is_some_and(|most| all < most)
}

/// Of parts that fill their whole before the last of them, those that do: what follows is of another whole.
fn filled(sum: Sum) -> Sum {
    let Sum { parts, whole } = sum;
    let fills = (2..parts.len()).find(|n| ground::sum(&parts[..*n]) == Some(whole.value));
    let some = fills.unwrap_or(parts.len());
    Sum { parts: parts.into_iter().take(some).collect(), whole }
}

/// `6 of 67, 3 of 10`: what seats are said to be of, against the parts of the chamber.
fn of_the_chamber(ground: &Ground) -> Vec<Finding> {
    let parts: Vec<&Figure> =
        ground.kind("seats").iter().copied().filter(|figure| figure.detail("role") == Some("part")).collect();
    let mut agreed = Vec::new();
    let mut said = Vec::new();
    for figure in ground.kind("seats").iter().filter(|figure| figure.detail("role") == Some("of")) {
        let Some(tier) = figure.detail("tier") else { continue };
        let same = parts.iter().find(|part| part.detail("tier") == Some(tier) && part.value == figure.value);
        if let Some(part) = same {
            agreed.extend([ground.term(figure), ground.term(part)]);
            said.push(format!("{} = {}", ground.term(figure).text, ground.term(part).text));
        }
    }
    let statement = "Seats are counted of as many as the chamber has of their kind".to_owned();
    let one = || finding("chamber-parts", Verdict::Agrees, statement, said.join("; "), anchors(&agreed));
    if agreed.is_empty() { Vec::new() } else { vec![one()] }
}
