//! Ratings that are not all of one kind: what a reader is asked before they are put side by side, and what each answer
//! draws. Nothing is turned round or left out but by an answer, and the notes of the chart say what was done.

use std::{borrow::Cow, collections::BTreeMap};

use super::{Chart, ChartOption, Choice, category_scores::View, number, words};
use crate::{
    facts::{Best, Dataset, Difference, Differs, Editions, Member, Rating, RatingScale, RatingSet, guard},
    source::{Anchor, Cited, Decimal, Working, evidence::combine},
};

/// No answer yet.
pub const ASK: &str = "ask";
const SAME_ONLY: &str = "same-only";
/// All of it, each score as it is printed.
pub const AS_PRINTED: &str = "as-printed";
const ONE_DIRECTION: &str = "one-direction";

/// The answers a reader can give.
pub const OPTION: ChartOption = ChartOption {
    id: "scales",
    label: "Scales",
    choices: &[
        Choice { id: ASK, label: "Ask" },
        Choice { id: SAME_ONLY, label: "Comparable only" },
        Choice { id: AS_PRINTED, label: "All as printed" },
        Choice { id: ONE_DIRECTION, label: "One direction" },
    ],
};

/// Ratings of several scales in one chart.
pub struct Mixed {
    /// On which of the scales a score stands, by its place.
    scale_of: BTreeMap<Anchor, usize>,
    scales: Vec<Stretch>,
    /// Whether those whose best end is another than the first's are turned round.
    turned: bool,
}

/// One of the scales.
struct Stretch {
    name: String,
    scale: RatingScale,
    years: Vec<i32>,
}

/// Over time as the answer says; `None` where it has yet to be given, or where there is nothing to be asked.
pub fn build(
    dataset: &Dataset,
    set: &RatingSet,
    editions: Option<&Editions>,
    prefix: String,
    answer: &str,
) -> Option<Chart> {
    let differences = differences(set, editions);
    if answer == ASK || differences.is_empty() {
        let plain = answer == ASK && differences.is_empty();
        return plain.then(|| View::of(dataset, set, editions, prefix).over_time()).flatten();
    }
    let said = words::sentence(&differences.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join("; "));
    match answer {
        SAME_ONLY => {
            let (kept, notes) = same_only(set, editions)?;
            let partial = matches!(kept, Cow::Owned(_));
            let view = View::of(dataset, &kept, editions, prefix).with(notes, None);
            view.leaving_out(partial).over_time()
        }
        AS_PRINTED => {
            let Some(editions) = editions.filter(|editions| !editions.others.is_empty()) else {
                let notes = vec![format!("Side by side as printed: {said}.")];
                return View::of(dataset, set, editions, prefix).with(notes, None).over_time();
            };
            let whole = together(editions, Cow::Owned(editions.whole()), editions.others.iter().map(|part| &part.set));
            let notes = vec![format!("Side by side as printed: {said}. No line leads from one scale to another.")];
            let mixed = Some(Mixed::of(editions, false));
            View::of(dataset, &whole.set, Some(&whole), prefix).with(notes, mixed).over_time()
        }
        ONE_DIRECTION => {
            let editions = editions?;
            let (turned, notes) = turned(editions)?;
            let whole = together(editions, Cow::Owned(turned), std::iter::empty());
            let mixed = Some(Mixed::of(editions, true));
            View::of(dataset, &whole.set, Some(&whole), prefix).with(notes, mixed).over_time()
        }
        _ => None,
    }
}

/// What a chart over time of this would put side by side.
pub fn differences<'a>(set: &RatingSet, editions: Option<&'a Editions>) -> Cow<'a, [Difference]> {
    editions.map_or_else(|| Cow::Owned(guard::within(set)), |editions| Cow::Borrowed(editions.differences.as_slice()))
}

/// What an answer does, in words for whoever has to choose; `name` is that of the ratings on the first scale.
pub fn does(answer: &str, differences: &[Difference], name: &str) -> String {
    let differs = |what: Differs| differences.iter().any(|one| one.differs == what);
    let scales = differs(Differs::Direction) || differs(Differs::Range);
    let categories = differs(Differs::Categories) || differs(Differs::Recut);
    match (answer, scales, categories) {
        (SAME_ONLY, true, true) => format!("draws {name} alone, and of it what is rated in every year"),
        (SAME_ONLY, true, false) => format!("draws {name} alone"),
        (SAME_ONLY, ..) => "draws only the categories that are rated in every year".to_owned(),
        (AS_PRINTED, true, _) => {
            "draws every score as it is printed; no line leads from one scale to another".to_owned()
        }
        (AS_PRINTED, ..) => "draws every category as it is printed".to_owned(),
        (ONE_DIRECTION, ..) => "turns scores round to the best end of the first, and marks them as computed".to_owned(),
        _ => String::new(),
    }
}

/// What stands on one scale, of categories that are rated in every year where those differ; and the notes that say so.
fn same_only<'a>(set: &'a RatingSet, editions: Option<&Editions>) -> Option<(Cow<'a, RatingSet>, Vec<String>)> {
    let mut notes = Vec::new();
    let named = |(name, set): (&String, &RatingSet)| match set.ends() {
        Some(ends) => format!("{name} ({ends})"),
        None => name.clone(),
    };
    let others: Vec<String> =
        editions.iter().flat_map(|editions| &editions.others).map(|part| named((&part.name, &part.set))).collect();
    if !others.is_empty() {
        notes.push(format!("Left out, for the scale is another: {}.", words::list(&others)));
    }
    let differences = guard::within(set);
    if differences.is_empty() {
        return set.has_course().then_some((Cow::Borrowed(set), notes));
    }
    let kept = guard::throughout(set);
    let left: Vec<&str> =
        set.categories().into_iter().filter(|category| !kept.iter().any(|kept| kept == category)).collect();
    let why = differences.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join("; ");
    notes.push(format!("Only categories that are rated in every year: {why}. Left out: {}.", words::list(&left)));
    let ratings = set.ratings.iter().filter(|rating| kept.contains(&rating.category)).cloned().collect();
    let set = RatingSet { ratings, ..set.clone() };
    set.has_course().then_some((Cow::Owned(set), notes))
}

/// All sources as one, on a scale that reaches as far as each of theirs.
fn together<'a>(editions: &Editions, set: Cow<'_, RatingSet>, others: impl Iterator<Item = &'a RatingSet>) -> Editions {
    let mut set = set.into_owned();
    if let Some(own) = &mut set.scale {
        for other in others.filter_map(|other| other.scale.as_ref()) {
            (own.min, own.max) = (own.min.min(other.min), own.max.max(other.max));
            own.best = own.best.filter(|best| Some(*best) == other.best);
        }
        own.bands.clear();
    }
    let mut members: Vec<Member> = Vec::new();
    for member in editions.all_members() {
        if members.iter().all(|known| known.origin.source != member.origin.source) {
            members.push(member.clone());
        }
    }
    Editions { set, members, name: editions.name.clone(), others: Vec::new(), differences: Vec::new() }
}

/// Every score with the first scale's best end: `8 − 5.25` where that is the other end of a scale from 1 to 7. `None`
/// where the ranges differ, so that no turning round makes them one.
fn turned(editions: &Editions) -> Option<(RatingSet, Vec<String>)> {
    let own = editions.set.scale.as_ref()?;
    let best = own.best?;
    let ends = own.min.checked_add(own.max)?;
    let mut turned: Vec<String> = Vec::new();
    let mut whole = editions.clone();
    for part in &mut whole.others {
        let scale = part.set.scale.as_ref()?;
        if (scale.min, scale.max) != (own.min, own.max) {
            return None;
        }
        if scale.best? == best {
            continue;
        }
        for rating in &mut part.set.ratings {
            let score = combine(&[&rating.score], |mut of| {
                of.pop().map_or(Working::Sum(Vec::new()), |of| Working::Turned(ends, Box::new(of)))
            })?;
            *rating = Rating { score, change: None, before: None, ..rating.clone() };
        }
        turned.push(part.name.clone());
    }
    if turned.is_empty() {
        return None;
    }
    let (low, high) = (own.min, own.max);
    let end = if best == Best::Low { low } else { high };
    let notes = vec![format!(
        "Turned to one direction, in which {end} is the best score: those of {} are drawn as {} − the score (hollow). No \
         line leads from one scale to another.",
        words::list(&turned),
        number::label(ends)
    )];
    Some((whole.whole(), notes))
}

impl Mixed {
    fn of(editions: &Editions, turned: bool) -> Self {
        let parts = std::iter::once((editions.name.clone(), &editions.set))
            .chain(editions.others.iter().map(|part| (part.name.clone(), &part.set)));
        let mut mixed = Self { scale_of: BTreeMap::new(), scales: Vec::new(), turned };
        for (name, set) in parts {
            let Some(scale) = set.scale.clone() else { continue };
            let at = |rating: &Rating| rating.score.evidence.pieces.first().map(|piece| piece.anchor);
            mixed.scale_of.extend(set.ratings.iter().filter_map(at).map(|anchor| (anchor, mixed.scales.len())));
            mixed.scales.push(Stretch { name, scale, years: set.years() });
        }
        mixed
    }

    fn scale_of(&self, score: &Cited<Decimal>) -> Option<usize> {
        self.scale_of.get(&score.evidence.pieces.first()?.anchor).copied()
    }

    /// Whether two scores stand on one scale.
    pub fn is_one(&self, a: &Rating, b: &Rating) -> bool {
        self.scale_of(&a.score) == self.scale_of(&b.score)
    }

    /// The scale of a rating in a few words, for the head of a row: `7 is best`.
    pub fn row_words(&self, rating: &Rating) -> Option<String> {
        let scale = &self.scales.get(self.scale_of(&rating.score)?)?.scale;
        let turned = if self.is_turned(rating) { ", turned" } else { "" };
        Some(format!("{} is best{turned}", best_end(scale)?))
    }

    /// Whether a rating is drawn turned round.
    pub fn is_turned(&self, rating: &Rating) -> bool {
        rating.score.evidence.is_derived()
    }

    /// How many categories, from when to when, and what was done: nothing is said of better and worse over a change of
    /// scale.
    pub fn title(&self, categories: usize, first: i32, last: i32) -> String {
        let how = if self.turned { "turned to one direction" } else { "side by side as printed" };
        let many = if categories == 1 { "category" } else { "categories" };
        let count = words::sentence(&words::count(categories));
        format!("{count} {many} on {} scales, {first}–{last}, {how}", words::count(self.scales.len()))
    }

    fn by_year(&self) -> Vec<&Stretch> {
        let mut all: Vec<&Stretch> = self.scales.iter().collect();
        all.sort_by_key(|stretch| stretch.years.first().copied());
        all
    }

    /// Which end is the best, scale by scale.
    pub fn ends(&self) -> String {
        let each = |stretch: &Stretch| Some(format!("{} in {}", best_end(&stretch.scale)?, span(&stretch.years)));
        let ends: Vec<String> = self.by_year().into_iter().filter_map(each).collect();
        format!("the best score is {}", words::list(&ends))
    }

    /// What the lower and the upper end of the axis are, scale by scale: `1 is best (2007–2009), worst (2021)`.
    pub fn axis_ends(&self) -> (String, String) {
        let end = |of: fn(&RatingScale) -> Decimal, best: Best| {
            let mut words: Vec<String> = Vec::new();
            let mut before: Option<Decimal> = None;
            for stretch in self.by_year() {
                let what = if stretch.scale.best == Some(best) { "best" } else { "worst" };
                let value = of(&stretch.scale);
                let number = if before == Some(value) { String::new() } else { format!("{value} is ") };
                before = Some(value);
                words.push(format!("{number}{what} {}", span(&stretch.years)));
            }
            words.join(", ")
        };
        (end(|scale| scale.min, Best::Low), end(|scale| scale.max, Best::High))
    }

    /// Between which years one scale ends and the next begins, where they do not overlap.
    pub fn borders(&self) -> Vec<(i32, i32)> {
        let mut spans: Vec<(i32, i32)> =
            self.scales.iter().filter_map(|one| Some((*one.years.first()?, *one.years.last()?))).collect();
        spans.sort_unstable();
        spans.windows(2).filter(|pair| pair[0].1 < pair[1].0).map(|pair| (pair[0].1, pair[1].0)).collect()
    }

    /// The scales in words, for who cannot see the chart.
    pub fn alt(&self) -> String {
        let each =
            self.scales.iter().map(|one| format!("{}: {} is best", one.name, best_end(&one.scale).unwrap_or_default()));
        each.collect::<Vec<_>>().join("; ")
    }
}

fn best_end(scale: &RatingScale) -> Option<Decimal> {
    Some(if scale.best? == Best::Low { scale.min } else { scale.max })
}

fn span(years: &[i32]) -> String {
    match years {
        [] => String::new(),
        [year] => year.to_string(),
        [first, .., last] => format!("{first}–{last}"),
    }
}
