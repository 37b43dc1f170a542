//! What the open sources state together: the charts that join several of them, made anew when one comes or goes.

use super::{
    Open,
    view::{self, Entry},
};
use crate::{
    chart::{self, ChartSpec},
    error::Diagnostic,
    facts::{Dataset, Editions, editions},
    source::SourceId,
};

/// The charts of several sources.
#[derive(Default)]
pub struct Across {
    /// What is joined, and where its places stand.
    pub dataset: Dataset,
    /// SHA-256 of every open source.
    pub hashes: Vec<(SourceId, [u8; 32])>,
    /// The charts it allows.
    pub entries: Vec<Entry>,
    /// What could not be joined, and why.
    pub notes: Vec<Diagnostic>,
}

impl Across {
    /// Joins what can be joined.
    pub fn of(sources: &[Open]) -> Self {
        let datasets = || sources.iter().map(|open| &open.loaded.dataset);
        let (editions, notes) = editions::join(datasets().flat_map(|dataset| &dataset.ratings));
        let mut dataset = Dataset { editions, ..Dataset::default() };
        let joined = |id: SourceId| dataset.editions.iter().any(|editions| has(editions, id));
        let locators =
            datasets().flat_map(|dataset| &dataset.locators).filter(|locator| locator.source.is_some_and(joined));
        dataset.locators = locators.cloned().collect();
        let entries = view::entries(&dataset);
        let hashes = sources.iter().map(|open| (open.id(), open.loaded.source.sha256)).collect();
        Self { dataset, hashes, entries, notes }
    }

    /// Whether a chart joins several sources.
    pub fn joins(spec: &ChartSpec) -> bool {
        chart::kind(&spec.chart).is_some_and(|kind| kind.joins)
    }

    /// Whether such a chart can be drawn, and the source is one of those it joins.
    pub fn draws(&self, spec: &ChartSpec, source: SourceId) -> bool {
        Self::joins(spec)
            && self
                .dataset
                .editions
                .iter()
                .any(|editions| spec.of.as_ref().is_none_or(|of| *of == editions.set.key) && has(editions, source))
    }

    /// A source that a chart joins; `None` where it can't be drawn.
    pub fn source_of(&self, spec: &ChartSpec) -> Option<SourceId> {
        let of = |editions: &&Editions| spec.of.as_ref().is_none_or(|of| *of == editions.set.key);
        let editions = self.dataset.editions.iter().find(of).filter(|_| Self::joins(spec))?;
        editions.members.first()?.origin.source
    }

    /// What tells a source from those it is joined with, in short: its edition, or its file.
    pub fn name(&self, source: SourceId) -> Option<&str> {
        let editions = self.dataset.editions.iter().find(|editions| has(editions, source))?;
        let member = editions.all_members().find(|member| member.origin.source == Some(source))?;
        Some(member.short())
    }

    /// What choosing an entry draws beside a source: the data that it takes part in, or else the first. The data are
    /// always named, for which is the first may change when a source is closed.
    pub fn spec(&self, entry: &Entry, shown: Option<SourceId>) -> ChartSpec {
        let all = &self.dataset.editions;
        let joined = |editions: &&Editions| editions.members.iter().any(|one| one.origin.source == shown);
        let own = all.iter().filter(|_| shown.is_some()).find(joined);
        let beside = || all.iter().find(|editions| shown.is_some_and(|shown| has(editions, shown)));
        let of = own.or_else(beside).or(all.first()).map(|editions| editions.set.key.clone());
        ChartSpec { of, ..entry.spec.clone() }
    }
}

fn has(editions: &Editions, source: SourceId) -> bool {
    editions.has(source)
}
