//! Columns of scores to ratings: one set a country, with the scale of their series.

use std::collections::BTreeMap;

use super::{
    Dataset, Entry, Rating, RatingSet,
    columns::{EDITION, MOST_DRAWN, SERIES, Sheet, YEAR},
    interpret::rating_scale,
    shares::table_key,
};
use crate::error::Diagnostic;

/// Where a score stands: row, column, and its year.
type At = (usize, usize, Option<i32>);

/// Of which edition a score is, and where it stands in its set.
struct Known {
    edition: i32,
    at: usize,
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

    /// One set a country. Where several editions give one category's score of one year, the latest edition stands.
    fn ratings(&self, category: usize, cells: impl Iterator<Item = At>) -> Dataset {
        let mut dataset = Dataset::default();
        let edition = self.find(EDITION);
        let mut sets: BTreeMap<&str, usize> = BTreeMap::new();
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
            let country = self.country(row);
            let at = *sets.entry(country).or_insert_with(|| {
                dataset.ratings.push(RatingSet {
                    key: table_key(&self.source.name, country),
                    origin: self.origin(country, ""),
                    scale: None,
                    ratings: Vec::new(),
                });
                dataset.ratings.len() - 1
            });
            let edition: i32 = self.text(row, edition).parse().unwrap_or(0);
            let ratings = &mut dataset.ratings[at].ratings;
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
        for set in &mut dataset.ratings {
            set.ratings.sort_by_key(|rating| rating.year);
        }
        self.scales(&mut dataset);
        let all = std::mem::take(&mut dataset.ratings);
        let (drawn, over): (Vec<_>, Vec<_>) = all.into_iter().partition(|set| set.ratings.len() <= MOST_DRAWN);
        dataset.ratings = drawn;
        let counts = over.iter().map(|set| (set.origin.country.as_str(), set.ratings.len()));
        self.too_many(&mut dataset, counts, "ratings");
        dataset
    }

    /// The scale that the table's series has in its editions, where they all have the same.
    fn scales(&self, dataset: &mut Dataset) {
        let Some(series) = self.find(SERIES) else { return };
        let mut names: Vec<&str> =
            self.rows().map(|row| self.cell(row, series)).filter(|name| !name.is_empty()).collect();
        names.sort_unstable();
        names.dedup();
        let [name] = names.as_slice() else { return };
        let Some(family) = self.families.by_name(name) else { return };
        let column = self.find(EDITION).or(self.find(YEAR));
        let editions = self.rows().filter_map(|row| self.text(row, column).parse::<i32>().ok());
        let (least, most) = editions.fold((i32::MAX, i32::MIN), |(a, b), edition| (a.min(edition), b.max(edition)));
        if least > most {
            let message = format!("no edition of {name} can be read in this table");
            dataset.diagnostics.push(Diagnostic::warning(
                None,
                message,
                "no direction is shown; add a column `edition`",
            ));
            return;
        }
        let (first, last) = (family.scale(Some(least)), family.scale(Some(most)));
        let same = matches!((first, last), (Some(first), Some(last)) if std::ptr::eq(first, last));
        for set in &mut dataset.ratings {
            family.name.clone_into(&mut set.origin.series);
            set.scale = first.filter(|_| same).map(|scale| rating_scale(scale, family));
        }
        if !same {
            dataset.diagnostics.push(Diagnostic::warning(
                None,
                format!("the scale of {name} turned round between the editions of this table"),
                "no direction is shown; keep editions of one scale in a table",
            ));
        }
    }
}
