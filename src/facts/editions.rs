//! Ratings of one series and country from several editions, joined where they stand on one scale, and side by side with
//! those that stand on another.

use std::collections::{BTreeMap, BTreeSet};

use super::{Best, Difference, Origin, Rating, RatingScale, RatingSet, aliases::slug, guard};
use crate::{
    error::Diagnostic,
    reading::same,
    source::{Anchor, Cited, Evidence, SourceId},
};

/// One of the sources that are joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Where it comes from.
    pub origin: Origin,
    /// What tells it from the others: series and edition, or the file: `Nations in Transit 2007`, `ratings.csv`.
    pub name: String,
}

/// The ratings of a series and country in several editions.
#[derive(Clone, Debug, PartialEq)]
pub struct Editions {
    /// What all state together, by year. Sources that agree are one rating with the evidence of each; where they do not,
    /// one category has several ratings of one year.
    pub set: RatingSet,
    /// The sources, in the order of opening.
    pub members: Vec<Member>,
    /// What tells them from those on other scales.
    pub name: String,
    /// Ratings of the same series and country on other scales, joined scale by scale.
    pub others: Vec<Part>,
    /// What would be put side by side that is not of one kind: a chart of them asks before it does.
    pub differences: Vec<Difference>,
}

/// Ratings that stand on one scale, and their sources.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The ratings.
    pub set: RatingSet,
    /// The sources.
    pub members: Vec<Member>,
    /// What tells it from the other parts: its sources, and its years where a source has several scales.
    pub name: String,
}

impl Editions {
    /// The source that a piece of evidence stands in.
    pub fn member(&self, anchor: Anchor) -> Option<&Member> {
        self.members.iter().find(|member| member.origin.source == Some(anchor.source))
    }

    /// Whether a source is one of those that are joined, or stands beside them.
    pub fn has(&self, source: SourceId) -> bool {
        self.all_members().any(|member| member.origin.source == Some(source))
    }

    /// The sources that are joined, then those on other scales.
    pub fn all_members(&self) -> impl Iterator<Item = &Member> {
        self.members.iter().chain(self.others.iter().flat_map(|part| &part.members))
    }

    /// The ratings of all parts, each as it is printed. No sources are merged: a score on another scale is another.
    pub fn whole(&self) -> RatingSet {
        whole(&self.set, self.others.iter().map(|part| &part.set))
    }
}

fn whole<'a>(first: &RatingSet, others: impl Iterator<Item = &'a RatingSet>) -> RatingSet {
    let mut all = first.clone();
    let names: Vec<String> = first.categories().into_iter().map(str::to_owned).collect();
    for other in others {
        let own = |category: &str| {
            names.iter().find(|name| same(name, category)).cloned().unwrap_or_else(|| category.to_owned())
        };
        let ratings = other.ratings.iter();
        all.ratings.extend(ratings.map(|rating| Rating { category: own(&rating.category), ..rating.clone() }));
        all.notes.summaries.extend(other.notes.summaries.iter().map(|name| own(name)));
    }
    all.ratings.sort_by_key(|rating| rating.year);
    all
}

impl Member {
    /// Its name without the series: `2007`; a file's name as it is.
    pub fn short(&self) -> &str {
        let edition = self.name.strip_prefix(&self.origin.series).filter(|_| !self.origin.edition.is_empty());
        edition.map_or(&self.name, str::trim_start)
    }
}

/// Joins what can be joined, and says what can't. A set without a series, a country or years is nobody's edition; sets
/// on different scales are never joined, but stand side by side for a chart that is told how to draw them.
pub fn join<'a>(sets: impl IntoIterator<Item = &'a RatingSet>) -> (Vec<Editions>, Vec<Diagnostic>) {
    let mut groups: Vec<Vec<&RatingSet>> = Vec::new();
    let mut numbers: BTreeMap<(String, String, String), usize> = BTreeMap::new();
    let mut nameless: Vec<&RatingSet> = Vec::new();
    for set in sets {
        let (series, country) = (slug(&set.origin.series), slug(&set.origin.country));
        if series.is_empty() {
            nameless.push(set);
        }
        if series.is_empty() || country.is_empty() {
            continue;
        }
        // Scores of another kind are no edition of these: points of a question beside a rating.
        let kind = set.scale.as_ref().map_or("", |scale| &scale.id).to_owned();
        let at = *numbers.entry((series, country, kind)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(set);
    }
    let (mut editions, mut notes): (Vec<Editions>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
    for group in &groups {
        join_group(group, &mut editions, &mut notes);
    }
    let mut of_country: BTreeMap<String, &RatingSet> = BTreeMap::new();
    for set in groups.iter().flatten().rev() {
        of_country.insert(slug(&set.origin.country), set);
    }
    for set in nameless {
        if let Some(other) = of_country.get(&slug(&set.origin.country)) {
            let message = format!(
                "{} names no series: its ratings are not joined with those of {}",
                quoted(&set.origin.file),
                name(&other.origin)
            );
            notes.push(Diagnostic::note(None, message, "add a column `series` if they are of one series"));
        }
    }
    // Files of many countries are told apart once, not once a country.
    let mut said = BTreeSet::new();
    notes.retain(|note| said.insert(note.message.clone()));
    (editions, notes)
}

/// The sets of one series and country, a part for every scale. A source may have sets in several parts.
fn join_group(group: &[&RatingSet], editions: &mut Vec<Editions>, notes: &mut Vec<Diagnostic>) {
    let mut parts: Vec<Vec<&RatingSet>> = Vec::new();
    let mut unscaled: Vec<&RatingSet> = Vec::new();
    for set in group.iter().copied() {
        match parts.iter_mut().find(|part| one_scale(part[0], set)) {
            Some(part) => part.push(set),
            None if set.ends().is_some() => parts.push(vec![set]),
            None => unscaled.push(set),
        }
    }
    let joins: Vec<Part> = parts.iter().map(|part| joined(part)).collect();
    let plain: Vec<usize> =
        (0..parts.len()).filter(|n| sources(&parts[*n]).len() > 1 && joins[*n].set.has_course()).collect();
    // Where no scale has editions to be joined, the first stands beside the others.
    let first = (plain.is_empty() && parts.len() > 1).then_some(0);
    let mut offered = false;
    for n in plain.iter().copied().chain(first) {
        let others = joins.iter().enumerate().filter(|(other, _)| *other != n).map(|(_, part)| part.clone()).collect();
        let Some(one) = beside(joins[n].clone(), others) else { continue };
        offered = true;
        editions.push(with_own_key(one, editions));
    }
    let years: BTreeSet<i32> = group.iter().flat_map(|set| set.years()).collect();
    if !offered && sources(group).len() > 1 && years.len() > 1 && !joins.is_empty() {
        let names: Vec<&str> = joins.iter().flat_map(|part| &part.members).map(|member| member.name.as_str()).collect();
        let message = format!("{} score no category twice and are not joined", names.join(" and "));
        notes.push(Diagnostic::note(None, message, "look at each on its own"));
    }
    for set in unscaled {
        let other = parts.iter().flatten().find(|other| other.origin.source != set.origin.source);
        if let Some(other) = other {
            let message = format!(
                "{} has no one scale: its ratings are not joined with those of {}",
                quoted(&set.origin.file),
                name(&other.origin)
            );
            notes.push(Diagnostic::note(None, message, "keep editions of one scale in a table"));
        }
    }
}

/// The sources in a few words, the series once: `Nations in Transit 2007, 2009 and 2010`.
fn named(members: &[Member]) -> String {
    let names: Vec<&str> =
        members.iter().enumerate().map(|(n, one)| if n == 0 { &one.name } else { one.short() }).collect();
    match names.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        all => all.concat(),
    }
}

fn sources(part: &[&RatingSet]) -> BTreeSet<Option<SourceId>> {
    part.iter().map(|set| set.origin.source).collect()
}

/// Whether both are rated on the same range, with the same end the best, and both are known.
fn one_scale(a: &RatingSet, b: &RatingSet) -> bool {
    let plain = |scale: &RatingScale| Some((scale.min, scale.max, scale.best? == Best::Low));
    let (a, b) = (a.scale.as_ref().and_then(plain), b.scale.as_ref().and_then(plain));
    a.is_some() && a == b
}

/// Series and edition, or the file where no one edition is stated.
fn name(origin: &Origin) -> String {
    if origin.edition.is_empty() { origin.file.clone() } else { format!("{} {}", origin.series, origin.edition) }
}

fn quoted(file: &str) -> String {
    format!("`{file}`")
}

fn key(set: &RatingSet) -> String {
    slug(&format!("{} {}", set.origin.series, set.origin.country))
}

/// Under a key of its own, where another scale has the plain one already.
fn with_own_key(mut one: Editions, taken: &[Editions]) -> Editions {
    if let (true, Some(ends)) = (taken.iter().any(|other| other.set.key == one.set.key), one.set.ends()) {
        one.set.key = format!("{}-{}", one.set.key, slug(&ends));
    }
    one
}

/// The ratings of one scale with those of the others beside them; `None` where no category is rated in several years.
fn beside(part: Part, mut others: Vec<Part>) -> Option<Editions> {
    let Part { set, members, name } = part;
    let source = |member: &Member| member.origin.source;
    let shared = |part: &Part| part.members.iter().any(|one| members.iter().any(|own| source(own) == source(one)));
    let tells_years = others.iter().any(shared);
    let named = |set: &RatingSet, name: &str| match (tells_years, set.years().as_slice()) {
        (true, [year]) => format!("{name}, {year}"),
        (true, [first, .., last]) => format!("{name}, {first}–{last}"),
        _ => name.to_owned(),
    };
    for part in &mut others {
        part.name = named(&part.set, &part.name);
    }
    let name = named(&set, &name);
    let whole = whole(&set, others.iter().map(|part| &part.set));
    if !whole.has_course() {
        return None;
    }
    let scales = others.iter().flat_map(|other| guard::between((&name, &set), (&other.name, &other.set)));
    let mut differences: Vec<Difference> = scales.chain(guard::within(&whole)).collect();
    differences.sort_by_key(|difference| difference.differs);
    Some(Editions { set, members, name, others, differences })
}

fn joined(part: &[&RatingSet]) -> Part {
    let first = part[0];
    let origin =
        Origin { series: first.origin.series.clone(), country: first.origin.country.clone(), ..Origin::default() };
    let mut origins: Vec<&Origin> = Vec::new();
    for set in part {
        if origins.iter().all(|other| other.source != set.origin.source) {
            origins.push(&set.origin);
        }
    }
    let members = origins.iter().map(|origin| {
        let own = name(origin);
        let alone = origins.iter().filter(|other| name(other) == own).count() == 1;
        let name = if alone { own } else { format!("{own} ({})", origin.file) };
        Member { origin: (*origin).clone(), name }
    });
    let members: Vec<Member> = members.collect();
    let mut notes = first.notes.clone();
    for summary in part.iter().skip(1).flat_map(|set| &set.notes.summaries) {
        if !notes.summaries.iter().any(|known| same(known, summary)) {
            notes.summaries.push(summary.clone());
        }
    }
    let name = named(&members);
    let set = RatingSet { key: key(first), origin, scale: first.scale.clone(), notes, ratings: ratings(part) };
    Part { set, members, name }
}

/// All ratings by year. Categories are one where their names are, letter case and space aside.
fn ratings(part: &[&RatingSet]) -> Vec<Rating> {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let mut all: Vec<Rating> = Vec::new();
    let mut at: BTreeMap<(i32, String), Vec<usize>> = BTreeMap::new();
    for rating in part.iter().flat_map(|set| &set.ratings) {
        let Some(year) = rating.year else { continue };
        let plain = rating.category.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let category = names.entry(plain).or_insert_with(|| rating.category.clone()).clone();
        let places = at.entry((year, category.clone())).or_default();
        match places.iter().find(|place| all[**place].score.value == rating.score.value) {
            Some(place) => agree(&mut all[*place], rating),
            None => {
                places.push(all.len());
                let words = said(rating);
                all.push(Rating { category, change: None, change_evidence: words, before: None, ..rating.clone() });
            }
        }
    }
    all.sort_by_key(|rating| rating.year);
    all
}

/// Adds what another source states of the same score.
fn agree(one: &mut Rating, other: &Rating) {
    let score = Evidence::join(&[&one.score.evidence, &other.score.evidence], |mut both| both.swap_remove(0));
    one.score = Cited::new(one.score.value, score);
    let both: Vec<Evidence> = one.change_evidence.take().into_iter().chain(said(other)).collect();
    one.change_evidence = all_of(&both.iter().collect::<Vec<_>>());
}

/// The words on a rating's change and the earlier score beside it: what else its sentence states.
fn said(rating: &Rating) -> Option<Evidence> {
    let before = rating.before.as_ref().map(|before| &before.evidence);
    all_of(&rating.change_evidence.iter().chain(before).collect::<Vec<_>>())
}

fn all_of(parts: &[&Evidence]) -> Option<Evidence> {
    let first = parts.first()?.working.clone();
    Some(Evidence::join(parts, |_| first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        facts::{Differs, SeriesNotes},
        source::{Decimal, Span},
    };

    fn set(source: u32, edition: &str, best: Best, scores: &[(&str, i32, &str)]) -> RatingSet {
        let origin = Origin {
            source: Some(SourceId(source)),
            file: format!("{source}.txt"),
            series: "Ladder of Rule".to_owned(),
            edition: edition.to_owned(),
            country: "Veldoria".to_owned(),
        };
        let rating = |(n, (category, year, score)): (usize, &(&str, i32, &str))| {
            let value: Decimal = score.parse().unwrap();
            let anchor = Anchor::text(SourceId(source), Span::new(n * 10, n * 10 + score.len()));
            Rating {
                category: (*category).to_owned(),
                year: Some(*year),
                score: Cited::new(value, Evidence::stated(anchor, "score", value)),
                change: None,
                change_evidence: None,
                change_note: None,
                before: None,
            }
        };
        let (min, max) = (Decimal::ONE, Decimal::from(7));
        let scale = RatingScale {
            id: String::new(),
            min,
            max,
            best: Some(best),
            noun: RatingScale::RATING.to_owned(),
            bands: Vec::new(),
            reference: String::new(),
            grammar: String::new(),
        };
        let ratings = scores.iter().enumerate().map(rating).collect();
        RatingSet { key: format!("{source}"), origin, scale: Some(scale), notes: SeriesNotes::default(), ratings }
    }

    #[test]
    fn editions_are_joined_by_year_and_agreement_is_one_rating_with_both_pieces() {
        let one = set(0, "2007", Best::Low, &[("Courts of Law", 2007, "3.75"), ("Press", 2007, "5.00")]);
        let two = set(1, "", Best::Low, &[("courts  of law", 2007, "3.75"), ("Press", 2008, "5.25")]);
        let (joined, notes) = join([&one, &two]);
        let [editions] = joined.as_slice() else { panic!("{joined:?}") };
        assert!(notes.is_empty());
        assert_eq!(editions.set.key, "ladder-of-rule-veldoria");
        assert_eq!(editions.set.categories(), ["Courts of Law", "Press"]);
        assert_eq!(editions.set.years(), [2007, 2008]);
        let courts = &editions.set.ratings[0];
        let sources: Vec<u32> = courts.score.evidence.pieces.iter().map(|piece| piece.anchor.source.0).collect();
        assert_eq!((editions.set.ratings.len(), sources), (3, vec![0, 1]));
        assert_eq!(courts.score.evidence.compute(), Some(courts.score.value));
        let names: Vec<&str> = editions.members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["Ladder of Rule 2007", "1.txt"]);
    }

    #[test]
    fn sources_that_differ_keep_a_rating_each() {
        let one = set(0, "2007", Best::Low, &[("Press", 2006, "5.00"), ("Press", 2007, "5.00")]);
        let two = set(1, "2008", Best::Low, &[("Press", 2007, "5.50")]);
        let (joined, _) = join([&one, &two]);
        let of_2007 = joined[0].set.ratings.iter().filter(|rating| rating.year == Some(2007));
        let scores: Vec<String> = of_2007.map(|rating| rating.score.value.to_string()).collect();
        assert_eq!(scores, ["5.00", "5.50"]);
    }

    #[test]
    fn scales_that_differ_stand_beside_one_another_and_the_difference_is_told() {
        let old = [
            set(0, "2007", Best::Low, &[("Press", 2007, "5.00")]),
            set(1, "2008", Best::Low, &[("Press", 2008, "5.25")]),
        ];
        let new = set(2, "2021", Best::High, &[("press", 2021, "3.00")]);
        let (joined, notes) = join(old.iter().chain([&new]));
        assert_eq!((joined.len(), notes.len()), (1, 0));
        assert_eq!(joined[0].set.years(), [2007, 2008], "no line leads from one scale to the other");
        assert_eq!((joined[0].whole().years().len(), joined[0].whole().categories()), (3, vec!["Press"]));
        let told: Vec<(Differs, &str)> = joined[0].differences.iter().map(|d| (d.differs, d.words.as_str())).collect();
        let words = "1 is the best score in Ladder of Rule 2007 and 2008, 7 in Ladder of Rule 2021";
        assert_eq!(told, [(Differs::Direction, words)]);
        assert_eq!(joined[0].differences[0].places.len(), 2, "a score of each side");
        // Neither has a second edition: they stand beside one another, and nothing is joined.
        let (joined, notes) = join([&old[0], &new]);
        assert_eq!((joined.len(), joined[0].others.len(), notes.len()), (1, 1, 0));
        // What has no category in common is not put side by side.
        let other = set(2, "2021", Best::High, &[("Courts", 2021, "3.00")]);
        let (joined, notes) = join([&old[0], &other]);
        assert!(joined.is_empty() && notes[0].message.contains("score no category twice"), "{notes:?}");
    }

    #[test]
    fn a_source_with_two_kinds_of_score_is_one_member_of_each_and_alone_it_joins_nothing() {
        let of = |source: u32, edition: &str, year: i32| {
            let scores = [("Press", year, "5.00")];
            let low = set(source, edition, Best::Low, &scores);
            let sum = RatingSet { key: "sum".to_owned(), ..set(source, edition, Best::Low, &[("All", year, "4.00")]) };
            let mut points = set(source, edition, Best::High, &scores);
            points.scale.as_mut().unwrap().id = "points".to_owned();
            [low, sum, points]
        };
        let (first, second) = (of(0, "2007", 2007), of(1, "2008", 2008));
        assert_eq!(join(&first), (Vec::new(), Vec::new()));
        let (joined, notes) = join(first.iter().chain(&second));
        assert_eq!((joined.len(), notes.len()), (2, 0));
        assert_eq!(joined[0].members.len(), 2);
        assert_eq!(joined[0].set.categories(), ["Press", "All"]);
        assert_ne!(joined[0].set.key, joined[1].set.key);
        assert!(joined.iter().all(|editions| editions.others.is_empty() && editions.differences.is_empty()));
    }

    #[test]
    fn one_edition_or_another_country_or_a_set_without_a_series_makes_nothing() {
        let one = set(0, "2007", Best::Low, &[("Press", 2007, "5.00")]);
        let again = set(1, "2007", Best::Low, &[("Press", 2007, "5.00")]);
        assert_eq!(join([&one, &again]), (Vec::new(), Vec::new()));
        let mut abroad = set(1, "2008", Best::Low, &[("Press", 2008, "5.00")]);
        abroad.origin.country = "Tarn".to_owned();
        assert_eq!(join([&one, &abroad]), (Vec::new(), Vec::new()));
        let mut nameless = set(1, "", Best::Low, &[("Press", 2008, "5.00")]);
        nameless.origin.series = String::new();
        nameless.scale = None;
        let (joined, notes) = join([&one, &nameless]);
        assert!(joined.is_empty());
        assert!(notes[0].message.starts_with("`1.txt` names no series"), "{}", notes[0].message);
    }
}
