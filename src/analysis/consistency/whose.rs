//! Whose a number of seats is: lists exclude one another, groups of people do not, and one name may stand for several.

use std::collections::BTreeSet;

use super::ground::Ground;
use crate::{reading::Figure, source::Span};

/// Small words between names that do one thing together: `Reds, Blues, and its ally, the Greens`.
const JOINING: &[&str] = &["and", "or", "the", "its", "their", "his", "ally", "allies", "partner", "partners", "with"];
/// Words behind names that say that they stand together.
const TOGETHER: &[&str] = &["together", "jointly", "combined", "both"];
/// Words for people of whom a list has some: no list of its own.
const PEOPLE: &[&str] = &["women", "men", "minorities", "minority", "newcomers", "incumbents"];

/// Groups of people that the source knows: who has seats as one of them may have them for a party as well.
pub(super) struct Groups {
    known: BTreeSet<String>,
}

impl Groups {
    pub fn of(ground: &Ground) -> Self {
        let shares = ["population_share", "candidate_share"].into_iter().flat_map(|kind| ground.kind(kind));
        let compositions = ground.dataset.compositions.iter().flat_map(|one| &one.shares);
        let grammar = ground.reading.and_then(|reading| reading.grammar.as_deref());
        let known = shares
            .map(|figure| figure.subject.to_lowercase())
            .chain(compositions.map(|share| share.group.to_lowercase()))
            .chain(grammar.into_iter().flat_map(|grammar| grammar.no_group.iter().cloned()))
            .chain(PEOPLE.iter().map(|word| (*word).to_owned()))
            .collect();
        Self { known }
    }

    /// Whether a name can be that of a list: its seats are nobody else's.
    pub fn is_list(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let bare = lower.strip_prefix("ethnic ").unwrap_or(&lower);
        !bare.split_whitespace().any(|word| PEOPLE.contains(&word)) && !self.known.contains(bare)
    }
}

/// Whether other names stand beside the one that a figure was given to, before the same verb (`Reds, Blues, and the
/// Greens took 95`): the number is then not sure to be that one's alone.
pub(super) fn is_joint(ground: &Ground, figure: &Figure) -> bool {
    let Some(names) = ground.reading.map(|reading| &reading.names) else { return false };
    if figure.subject.contains(" + ") {
        return false;
    }
    let sentence = ground.sentence(figure);
    if ground.words(sentence).contains("respectively") {
        return false;
    }
    let before = near(ground.words(Span::new(sentence.start, figure.numeral.start.max(sentence.start))));
    let hits: Vec<(usize, Span)> = names.hits(before).into_iter().map(|hit| (hit.name, hit.span)).collect();
    let place = |at: usize| Span::new(at, at + figure.subject.len());
    let hit = hits.iter().rposition(|(_, span)| ground.same(span.of(before).unwrap_or_default(), &figure.subject));
    let Some(own) = hit.map(|n| hits[n].1).or_else(|| before.rfind(&figure.subject).map(place)) else {
        return false;
    };
    let (earlier, later) = (before.get(..own.start).unwrap_or_default(), before.get(own.end..).unwrap_or_default());
    let joined = |n: usize| {
        let (Some((a, left)), Some((b, right))) = (hits.get(n), hits.get(n + 1)) else { return false };
        let mut words = before.get(left.end..right.start).unwrap_or(".").split_whitespace().map(bare);
        a != b && words.all(|word| word.is_empty() || JOINING.contains(&word))
    };
    let beside = hit.is_some_and(|n| joined(n) || n.checked_sub(1).is_some_and(joined));
    let together = later.split_whitespace().take(3).any(|word| TOGETHER.contains(&bare(word)));
    // `Reds and Blues, which won 11`: the last one's.
    let next = later.split_whitespace().map(bare).find(|word| !word.is_empty());
    let relative = next.is_some_and(|word| matches!(word, "which" | "who"));
    if relative && !together {
        return false;
    }
    // `… of the Reds, and the Reds won 11`: the same name again.
    let again = hit.and_then(|n| Some(hits.get(n.checked_sub(1)?)?.0 == hits[n].0)).unwrap_or(false);
    let added = !again && is_added(earlier.split_whitespace().rev());
    beside || together || added || is_added(later.split_whitespace())
}

/// Whether the words on one side of a name lead over `and` to another name, known or not.
fn is_added<'w>(words: impl Iterator<Item = &'w str>) -> bool {
    let mut and = false;
    for word in words.map(bare).filter(|word| !word.is_empty()) {
        if !JOINING.contains(&word) {
            return and && word.starts_with(char::is_uppercase);
        }
        and |= word == "and";
    }
    false
}

/// The end of a text: names further off are of another clause.
fn near(text: &str) -> &str {
    const NEAR: usize = 300;
    let from = (text.len().saturating_sub(NEAR)..=text.len()).find(|at| text.is_char_boundary(*at));
    from.and_then(|from| text.get(from..)).unwrap_or_default()
}

/// A word without the marks around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
