//! Figures and columns become facts: one flat list for the command line, and typed views for the charts.

mod aliases;
pub mod alternatives;
mod columns;
pub mod composition;
pub mod cues;
pub mod editions;
pub mod election;
mod elections;
pub mod events;
pub mod guard;
mod interpret;
pub mod rating;
mod scores;
mod shares;
pub mod statements;

pub use alternatives::Alternative;
pub use columns::from_table;
pub use composition::{Basis, Composition, Dating, GroupShare};
pub use editions::{Editions, Member, Part};
pub use election::{Election, Entry, ListResult, Tier};
pub use guard::{Difference, Differs};
pub use interpret::from_report;
pub use rating::{Band, Best, Change, Note, Rating, RatingScale, RatingSet, Recut, SeriesNotes};
pub use statements::{Statement, Statements};

use std::collections::BTreeSet;

pub use aliases::slug;

use crate::{
    error::Diagnostic,
    source::{Anchor, Decimal, SourceId},
};

/// How a fact stands to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// The source says it in so many words.
    Stated,
    /// It is computed from what the source says.
    Derived,
    /// The source does not say it.
    NotStated,
    /// The source says that there is no such value (`--`).
    NotApplicable,
}

impl Status {
    /// As the command line prints it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Derived => "derived",
            Self::NotStated => "not stated",
            Self::NotApplicable => "not applicable",
        }
    }
}

/// One fact: a row of `nisba facts`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// `rating`, `seats`, `vote_share` …: the kinds of the contract.
    pub kind: String,
    /// Whose, as the source names it.
    pub subject: String,
    /// When, to the precision stated; empty when the source does not say.
    pub period: String,
    /// The value in `unit`.
    pub value: Option<Decimal>,
    /// The upper end, for a range.
    pub value_max: Option<Decimal>,
    /// `percent`, `seats`, `score` …
    pub unit: String,
    /// For seats: `total`, `list`, `smd`, `smd_round_1`, `smd_round_2`, or empty.
    pub tier: String,
    /// The country, read from the document.
    pub country: String,
    /// The edition of the report.
    pub edition: String,
    /// How it stands to its source.
    pub status: Status,
    /// What else pins it down: key and value.
    pub detail: Vec<(String, String)>,
    /// Where it is written.
    pub anchor: Anchor,
    /// The words there.
    pub text: String,
}

/// Where a dataset's facts come from, in the words a source line needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The source.
    pub source: Option<SourceId>,
    /// The file's name.
    pub file: String,
    /// The report's series or the file's own name: `Nations in Transit`.
    pub series: String,
    /// The edition: `2005`.
    pub edition: String,
    /// The country, read from the document.
    pub country: String,
}

/// All that the open sources state, in the order of opening.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    /// Every fact.
    pub facts: Vec<Fact>,
    /// Ratings by category: one set a source and country.
    pub ratings: Vec<RatingSet>,
    /// Ratings that several of the sources state in several editions; empty until `join_editions`.
    pub editions: Vec<Editions>,
    /// Elections: votes and seats by list.
    pub elections: Vec<Election>,
    /// Shares of groups.
    pub compositions: Vec<Composition>,
    /// Every numeral of each report, with the words around it.
    pub statements: Vec<Statements>,
    /// Statements that say something else than what charts take.
    pub alternatives: Vec<Alternative>,
    /// How a place is cited: see `Locator`.
    pub locators: Vec<Locator>,
    /// What was odd.
    pub diagnostics: Vec<Diagnostic>,
}

/// Says where a place of one source stands in a reader's terms: `Electoral Process ¶19`.
#[derive(Clone, Debug, Default)]
pub struct Locator {
    /// The source.
    pub source: Option<SourceId>,
    /// Paragraphs: bytes from, bytes to, the heading over them, their number under it (0 for the heading itself).
    pub paragraphs: Vec<(usize, usize, String, u32)>,
}

impl Dataset {
    /// Adds what another source states. Where both have data of one key, the key of the later gets its file's name.
    pub fn extend(&mut self, mut other: Dataset) {
        let mut taken: BTreeSet<String> = self.keys().cloned().collect();
        let files = |origin: &Origin| slug(&origin.file);
        other.ratings.iter_mut().for_each(|set| distinct(&mut taken, &mut set.key, &files(&set.origin)));
        other.elections.iter_mut().for_each(|one| distinct(&mut taken, &mut one.key, &files(&one.origin)));
        other.compositions.iter_mut().for_each(|one| distinct(&mut taken, &mut one.key, &files(&one.origin)));
        let mut of_statements: BTreeSet<String> = self.statements.iter().map(|one| one.key.clone()).collect();
        other.statements.iter_mut().for_each(|one| distinct(&mut of_statements, &mut one.key, &files(&one.origin)));
        let mut of_alternatives: BTreeSet<String> = self.alternatives.iter().map(|one| one.key.clone()).collect();
        let file = other.facts.first().map(|fact| fact.anchor.source.0.to_string()).unwrap_or_default();
        other.alternatives.iter_mut().for_each(|one| distinct(&mut of_alternatives, &mut one.key, &file));
        self.alternatives.extend(other.alternatives);
        self.facts.extend(other.facts);
        self.ratings.extend(other.ratings);
        self.elections.extend(other.elections);
        self.compositions.extend(other.compositions);
        self.statements.extend(other.statements);
        self.locators.extend(other.locators);
        self.diagnostics.extend(other.diagnostics);
    }

    /// Joins the ratings of one series and country over their editions; to be called when all sources are in. What
    /// stays apart is said in the answer.
    pub fn join_editions(&mut self) -> Vec<Diagnostic> {
        let (editions, notes) = editions::join(&self.ratings);
        self.editions = editions;
        notes
    }

    /// The keys of all rating sets, elections and compositions.
    fn keys(&self) -> impl Iterator<Item = &String> {
        let elections = self.elections.iter().map(|election| &election.key);
        self.ratings.iter().map(|set| &set.key).chain(elections).chain(self.compositions.iter().map(|one| &one.key))
    }

    /// The heading and the paragraph of a place in a text; `None` for a cell or a place outside every paragraph.
    pub fn locate(&self, anchor: Anchor) -> Option<(&str, u32)> {
        let span = anchor.span()?;
        let locator = self.locators.iter().find(|locator| locator.source == Some(anchor.source))?;
        let after = locator.paragraphs.partition_point(|paragraph| paragraph.0 <= span.start);
        let (_, end, section, number) = locator.paragraphs.get(after.checked_sub(1)?)?;
        (span.end <= *end).then_some((section.as_str(), *number))
    }
}

/// Tells a key from those taken: by its file's name, and where that is not enough by a number.
fn distinct(taken: &mut BTreeSet<String>, key: &mut String, file: &str) {
    let plain = key.clone();
    if taken.contains(key) {
        *key = format!("{plain}-{file}");
    }
    let mut number = 2;
    while !taken.insert(key.clone()) {
        *key = format!("{plain}-{file}-{number}");
        number += 1;
    }
}
