//! Columns of scores to ratings: one set a country and scale of their series.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Dataset, Entry, Rating, RatingSet, SeriesNotes,
    aliases::slug,
    columns::{EDITION, MOST_DRAWN, SERIES, Sheet, YEAR},
    interpret::{rating_scale, series_notes},
    shares::table_key,
};
use crate::{error::Diagnostic, reading::grammar::Grammar};

/// Where a score stands: row, column, and its year.
type At = (usize, usize, Option<i32>);

/// Of which edition a score is, and where it stands in its set.
struct Known {
    edition: i32,
    at: usize,
}

/// A set that grows: whose it is, on which of the family's scales, and its latest edition.
struct Growing {
    country: usize,
    scale: Option<usize>,
    latest: i32,
    set: RatingSet,
}

/// The family that a table says it is of, and the scale of its ratings where all its editions have the same.
struct Series<'a> {
    family: &'a Grammar,
    only: Option<usize>,
}

impl Sheet<'_> {
    pub(super) fn ratings_long(&self, category: usize, score: usize) -> Dataset {
        let year = self.find(YEAR);
        let cells = self.rows().map(|row| (row, score, self.text(row, year).parse().ok()));
        self.ratings(category, cells)
    }

    pub(super) fn ratings_wide(&self, category: usize, years: &[(usize, i32)]) -> Dataset {
        let cells = self.rows().flat_map(|row| years.iter().map(move |(column, year)| (row, *column, Some(*year))));
        self.ratings(category, cells)
    }

    /// One set a country and scale. Where several editions give one category's score of one year, the latest edition
    /// of the scale stands.
    fn ratings(&self, category: usize, cells: impl Iterator<Item = At> + Clone) -> Dataset {
        let mut dataset = Dataset::default();
        let edition = self.find(EDITION);
        let series = self.series(cells.clone(), &mut dataset);
        let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
        let mut sets: BTreeMap<(usize, Option<usize>), usize> = BTreeMap::new();
        let mut growing: Vec<Growing> = Vec::new();
        let mut known: BTreeMap<(usize, &str, Option<i32>), Known> = BTreeMap::new();
        for (row, column, year) in cells {
            if !self.go_on(row) {
                break;
            }
            let category = self.cell(row, category);
            let entry = self.entry(row, Some(column), "score");
            if let Some(mut fact) = self.fact("rating", "score", category, (row, column), &entry) {
                if let Some(year) = year {
                    fact.period = year.to_string();
                }
                dataset.facts.push(fact);
            }
            let Entry::Known(score) = entry else { continue };
            let number = countries.len();
            let country = *countries.entry(self.country(row)).or_insert(number);
            let scale = series.as_ref().and_then(|series| series.scale(category, self.edition_of(row, year)));
            let at = *sets.entry((country, scale)).or_insert_with(|| {
                let origin = self.origin(self.country(row), "");
                let key = table_key(&self.source.name, self.country(row));
                let set = RatingSet { key, origin, scale: None, notes: SeriesNotes::default(), ratings: Vec::new() };
                growing.push(Growing { country, scale, latest: i32::MIN, set });
                growing.len() - 1
            });
            let edition: i32 = self.text(row, edition).parse().unwrap_or(0);
            growing[at].latest = growing[at].latest.max(self.edition_of(row, year).unwrap_or(i32::MIN));
            let ratings = &mut growing[at].set.ratings;
            let name = category.to_owned();
            let rating = Rating {
                category: name,
                year,
                score,
                change: None,
                change_evidence: None,
                change_note: None,
                before: None,
            };
            match known.get_mut(&(at, category, year)) {
                Some(older) if older.edition <= edition => {
                    older.edition = edition;
                    ratings[older.at] = rating;
                }
                Some(_) => {}
                None => {
                    known.insert((at, category, year), Known { edition, at: ratings.len() });
                    ratings.push(rating);
                }
            }
        }
        // Of one country the latest scale first: it is the one that is drawn when nothing is chosen.
        growing.sort_by_key(|one| (one.country, Reverse(one.latest)));
        let mut named: BTreeSet<usize> = BTreeSet::new();
        let sets = growing.into_iter().map(|one| finish(one, series.as_ref(), &mut named));
        let (drawn, over): (Vec<_>, Vec<_>) = sets.partition(|set| set.ratings.len() <= MOST_DRAWN);
        dataset.ratings = drawn;
        let counts = over.iter().map(|set| (set.origin.country.as_str(), set.ratings.len()));
        self.too_many(&mut dataset, counts, "ratings");
        dataset
    }

    /// The edition of a score: its row's, or else its year.
    fn edition_of(&self, row: usize, year: Option<i32>) -> Option<i32> {
        self.text(row, self.find(EDITION)).parse().ok().or(year)
    }

    /// The family that the table names, where it names one; says where its editions stand on several scales.
    fn series(&self, cells: impl Iterator<Item = At>, dataset: &mut Dataset) -> Option<Series<'_>> {
        let series = self.find(SERIES)?;
        let names: BTreeSet<&str> =
            self.rows().map(|row| self.cell(row, series)).filter(|name| !name.is_empty()).collect();
        let mut names = names.into_iter();
        let (Some(name), None) = (names.next(), names.next()) else { return None };
        let family = self.families.by_name(name)?;
        let editions: BTreeSet<i32> = cells.filter_map(|(row, _, year)| self.edition_of(row, year)).collect();
        if editions.is_empty() {
            let message = format!("no edition of {name} can be read in this table");
            let hint = "no direction is shown; add a column `edition`";
            dataset.diagnostics.push(Diagnostic::warning(None, message, hint));
        }
        let scales: BTreeSet<usize> = editions.iter().filter_map(|edition| number_of(family, "", *edition)).collect();
        if scales.len() > 1 {
            let message = format!("the scale of {name} is another in some editions of this table");
            let hint = "each scale is a set of its own, and a chart of both asks first";
            dataset.diagnostics.push(Diagnostic::note(None, message, hint));
        }
        let only = scales.first().copied().filter(|_| scales.len() == 1);
        Some(Series { family, only })
    }
}

impl Series<'_> {
    /// The scale of a category in an edition, by its place among the family's.
    fn scale(&self, category: &str, edition: Option<i32>) -> Option<usize> {
        let id = self.family.category(category).map_or("", |known| &known.scale);
        let of_edition = edition.and_then(|edition| number_of(self.family, id, edition));
        of_edition.or(self.only.filter(|_| id.is_empty() && edition.is_none()))
    }
}

fn number_of(family: &Grammar, id: &str, edition: i32) -> Option<usize> {
    let scale = family.scale_of(id, Some(edition))?;
    family.scales.iter().position(|other| std::ptr::eq(other, scale))
}

/// The set with its scale and what the series says of its categories; of the sets of a country all but the first are
/// named by their scale.
fn finish(one: Growing, series: Option<&Series>, named: &mut BTreeSet<usize>) -> RatingSet {
    let mut set = one.set;
    set.ratings.sort_by_key(|rating| rating.year);
    if let Some(Series { family, .. }) = series {
        family.name.clone_into(&mut set.origin.series);
        set.scale = one.scale.and_then(|at| family.scales.get(at)).map(|scale| rating_scale(scale, family));
        set.notes = series_notes(family, set.ratings.iter().map(|rating| rating.category.as_str()));
    }
    if !named.insert(one.country) {
        let scale = set.ends().unwrap_or_else(|| "no scale".to_owned());
        set.key = format!("{}-{}", set.key, slug(&scale));
    }
    set
}
