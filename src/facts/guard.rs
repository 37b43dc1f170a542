//! What differs between ratings that a chart would put side by side: which end is best, the range, how many categories,
//! and categories that an edition parted or merged.

use std::collections::BTreeMap;

use super::{Best, Rating, RatingScale, RatingSet, Recut};
use crate::{
    reading::same,
    source::{Anchor, Decimal},
};

/// More changes of the number of categories than this are told as a range.
const MOST_SPANS: usize = 3;

/// In what ratings differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Differs {
    /// One has its best score at the low end, another at the high end.
    Direction,
    /// They run from and to other scores.
    Range,
    /// They rate another number of categories.
    Categories,
    /// A category of the one is several of the other.
    Recut,
}

/// A difference, in words and with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In what.
    pub differs: Differs,
    /// One plain sentence without its point: `1 is the best score in A, 7 in B`.
    pub words: String,
    /// Where it shows: a score of each side.
    pub places: Vec<Anchor>,
    /// Where the series says so.
    pub references: Vec<String>,
}

/// In what two sets of ratings on scales of their own differ; `a` and `b` name them.
pub fn between((a, one): (&str, &RatingSet), (b, other): (&str, &RatingSet)) -> Vec<Difference> {
    let (Some(here), Some(there)) = (&one.scale, &other.scale) else { return Vec::new() };
    let places = || [one, other].iter().filter_map(|set| place(set.ratings.first()?)).collect::<Vec<_>>();
    let references = || {
        let mut both = vec![here.reference.clone(), there.reference.clone()];
        both.retain(|reference| !reference.is_empty());
        both.dedup();
        both
    };
    let mut found = Vec::new();
    if let (Some(first), Some(second), true) = (best(here), best(there), here.best != there.best) {
        let words = format!("{first} is the best score in {a}, {second} in {b}");
        found.push(Difference { differs: Differs::Direction, words, places: places(), references: references() });
    }
    if (here.min, here.max) != (there.min, there.max) {
        let words =
            format!("scores run from {} to {} in {a}, from {} to {} in {b}", here.min, here.max, there.min, there.max);
        found.push(Difference { differs: Differs::Range, words, places: places(), references: references() });
    }
    found
}

/// In what the years of ratings differ that stand on one scale of a family. Scores of items are left out: a report may
/// state but some of them.
pub fn within(set: &RatingSet) -> Vec<Difference> {
    let family = set.scale.as_ref().is_some_and(|scale| !scale.grammar.is_empty());
    if !family || set.noun() != RatingScale::RATING {
        return Vec::new();
    }
    let all = courses(set);
    let mut found: Vec<Difference> = set.notes.recuts.iter().filter_map(|recut| recut_of(set, recut)).collect();
    found.extend(numbers(&all, &set.years()));
    found.sort_by_key(|difference| difference.differs);
    found
}

/// The categories that are rated from the first year to the last, those that sum up others left out: what may be compared
/// where `within` finds a difference.
pub fn throughout(set: &RatingSet) -> Vec<String> {
    let years = set.years();
    let whole = |course: &&Course| Some(&course.first) == years.first() && Some(&course.last) == years.last();
    courses(set).iter().filter(whole).map(|course| course.category.to_owned()).collect()
}

/// A category that is rated as one from a year to another.
struct Course<'a> {
    category: &'a str,
    first: i32,
    last: i32,
    /// Its first and its last rating.
    ends: (&'a Rating, &'a Rating),
}

fn courses(set: &RatingSet) -> Vec<Course<'_>> {
    let mut all: Vec<Course> = Vec::new();
    let mut at: BTreeMap<&str, usize> = BTreeMap::new();
    for rating in set.ratings.iter().filter(|rating| !set.notes.summaries.contains(&rating.category)) {
        let Some(year) = rating.year else { continue };
        let category = rating.category.as_str();
        let number = *at.entry(category).or_insert_with(|| {
            all.push(Course { category, first: year, last: year, ends: (rating, rating) });
            all.len() - 1
        });
        let course = &mut all[number];
        if year < course.first {
            (course.first, course.ends.0) = (year, rating);
        }
        if year > course.last {
            (course.last, course.ends.1) = (year, rating);
        }
    }
    all
}

/// How many categories are rated, where that is not one number.
fn numbers(all: &[Course], years: &[i32]) -> Option<Difference> {
    let count = |year: i32| all.iter().filter(|course| course.first <= year && year <= course.last).count();
    // Runs of years with one number: how many, from, to.
    let mut spans: Vec<(usize, i32, i32)> = Vec::new();
    for year in years.iter().copied() {
        let n = count(year);
        match spans.last_mut() {
            Some(span) if span.0 == n => span.2 = year,
            _ => spans.push((n, year, year)),
        }
    }
    let (least, most) = (spans.iter().map(|span| span.0).min()?, spans.iter().map(|span| span.0).max()?);
    if least == most {
        return None;
    }
    let words = if spans.len() > MOST_SPANS {
        format!("{least} to {most} categories are rated, not as many in every year")
    } else {
        let span = |(at, (n, from, to)): (usize, &(usize, i32, i32))| {
            let when = if from == to { from.to_string() } else { format!("{from}–{to}") };
            let noun = if *n == 1 { "category is" } else { "categories are" };
            if at == 0 { format!("{n} {noun} rated in {when}") } else { format!("{n} in {when}") }
        };
        spans.iter().enumerate().map(span).collect::<Vec<_>>().join(", ")
    };
    let (first, last) = (spans.first()?.1, spans.last()?.2);
    let ended = all.iter().filter(|course| course.last < last).filter_map(|course| place(course.ends.1));
    let begun = all.iter().filter(|course| course.first > first).filter_map(|course| place(course.ends.0));
    let places = ended.chain(begun).collect();
    Some(Difference { differs: Differs::Categories, words, places, references: Vec::new() })
}

/// A category that was parted or merged, where both what was and what became of it are rated.
fn recut_of(set: &RatingSet, recut: &Recut) -> Option<Difference> {
    let rated =
        |names: &Vec<String>| set.ratings.iter().find(|rating| names.iter().any(|name| same(name, &rating.category)));
    let (was, became): (Vec<&Rating>, Vec<&Rating>) =
        (recut.from.iter().filter_map(rated).collect(), recut.into.iter().filter_map(rated).collect());
    if was.is_empty() || became.is_empty() {
        return None;
    }
    let names = |all: &[Vec<String>]| {
        listed(&all.iter().filter_map(|names| names.first()).map(String::as_str).collect::<Vec<_>>())
    };
    let did = if recut.into.len() > recut.from.len() { "was parted into" } else { "became" };
    let verb = if recut.from.len() > 1 && did == "became" { "were merged into" } else { did };
    let (from, into) = (names(&recut.from), names(&recut.into));
    let words = format!("{from} {verb} {into} in {} ({})", recut.note.edition, recut.note.reference);
    let places = was.iter().chain(&became).filter_map(|rating| place(rating)).collect();
    Some(Difference { differs: Differs::Recut, words, places, references: vec![recut.note.reference.clone()] })
}

fn best(scale: &RatingScale) -> Option<Decimal> {
    Some(if scale.best? == Best::Low { scale.min } else { scale.max })
}

fn place(rating: &Rating) -> Option<Anchor> {
    Some(rating.score.evidence.pieces.first()?.anchor)
}

/// `A, B and C`.
fn listed(names: &[&str]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        all => all.concat(),
    }
}
