//! Ratings by category, with the scale they stand on.

use std::collections::{BTreeMap, BTreeSet};

use super::Origin;
use crate::source::{Cited, Decimal, Evidence};

/// Which end of a scale is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Best {
    /// The lowest score.
    Low,
    /// The highest score.
    High,
}

/// A class of the scale, from the grammar: scenery, not a fact of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// Where it begins.
    pub from: Decimal,
    /// Where it ends.
    pub to: Decimal,
    /// What the series calls it.
    pub label: String,
}

/// A rating scale as the series defines it for an edition.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingScale {
    /// Lowest possible score.
    pub min: Decimal,
    /// Highest possible score.
    pub max: Decimal,
    /// Which end is the best; `None` where neither the file nor a family says.
    pub best: Option<Best>,
    /// Its id in the grammar, the same in all editions; empty for the scale of the ratings.
    pub id: String,
    /// What one number on it is called: `rating`, `question score`.
    pub noun: String,
    /// The series' classes.
    pub bands: Vec<Band>,
    /// Where the classes are published.
    pub reference: String,
    /// The grammar that holds the scale: `nations-in-transit`.
    pub grammar: String,
}

/// What a family's grammar notes about an edition: grounds that stand in no document that is open.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The grammar that holds it: `nations-in-transit`.
    pub grammar: String,
    /// The edition it is about.
    pub edition: i32,
    /// Where it is published.
    pub reference: String,
}

/// Categories that an edition of a series parted or merged, from the grammar.
#[derive(Clone, Debug, PartialEq)]
pub struct Recut {
    /// Every name of each that was, the usual one first.
    pub from: Vec<Vec<String>>,
    /// Every name of each that became of them, the usual one first.
    pub into: Vec<Vec<String>>,
    /// The edition, and where it is published.
    pub note: Note,
}

/// What a series says of its categories, whichever edition is read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesNotes {
    /// Categories of the set that sum the others up.
    pub summaries: Vec<String>,
    /// Categories that were parted or merged.
    pub recuts: Vec<Recut>,
}

/// What the source says about the change since the edition before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stayed.
    Unchanged,
    /// Rated for the first time, proven by the series' notes on editions or by a ratings table.
    FirstRated,
    /// Nearer the best end.
    Better,
    /// Nearer the worst end.
    Worse,
}

/// One category's score in one year.
#[derive(Clone, Debug, PartialEq)]
pub struct Rating {
    /// The category, as the document writes it in its heads.
    pub category: String,
    /// The rating's year: the edition's where the document gives no other.
    pub year: Option<i32>,
    /// The score.
    pub score: Cited<Decimal>,
    /// The change, where it is stated or proven.
    pub change: Option<Change>,
    /// The words that state the change; for a first rating, none: `change_note` proves it.
    pub change_evidence: Option<Evidence>,
    /// The note of the series that proves a first rating.
    pub change_note: Option<Note>,
    /// The earlier score, where the sentence states it.
    pub before: Option<Cited<Decimal>>,
}

/// All the ratings of one source and country.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingSet {
    /// Stable key made of the origin: `nations-in-transit-2007-veldoria`.
    pub key: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The scale; `None` where neither the file nor a family says.
    pub scale: Option<RatingScale>,
    /// What the series says of its categories.
    pub notes: SeriesNotes,
    /// In the document's order; several years of one category stand side by side.
    pub ratings: Vec<Rating>,
}

impl RatingScale {
    /// What one number is called where the series' own scale says so, and of which a mean may be taken.
    pub const RATING: &str = "rating";
}

impl RatingSet {
    /// What one of them is called: `rating`, `question score`.
    pub fn noun(&self) -> &str {
        self.scale.as_ref().map_or(RatingScale::RATING, |scale| &scale.noun)
    }

    /// The scale in words: `1 to 7, 1 is best`; `None` where the best end is not known.
    pub fn ends(&self) -> Option<String> {
        let scale = self.scale.as_ref()?;
        let best = if scale.best? == Best::Low { scale.min } else { scale.max };
        Some(format!("{} to {}, {best} is best", scale.min, scale.max))
    }

    /// The categories in the document's order, each once.
    pub fn categories(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        self.ratings.iter().map(|rating| rating.category.as_str()).filter(|category| seen.insert(*category)).collect()
    }

    /// Whether some category is rated in more than one year.
    pub fn has_course(&self) -> bool {
        let mut first: BTreeMap<&str, i32> = BTreeMap::new();
        let dated = self.ratings.iter().filter_map(|rating| Some((rating.category.as_str(), rating.year?)));
        dated.into_iter().any(|(category, year)| *first.entry(category).or_insert(year) != year)
    }

    /// The years that have a rating, ascending, each once.
    pub fn years(&self) -> Vec<i32> {
        let mut years: Vec<i32> = self.ratings.iter().filter_map(|rating| rating.year).collect();
        years.sort_unstable();
        years.dedup();
        years
    }
}
