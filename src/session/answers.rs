//! What a reader has once answered, kept for the charts it is an answer for: how scores are put side by side, and which
//! statement is drawn where several disagree.

use std::collections::BTreeSet;

use super::{Across, Session};
use crate::{
    chart::{ChartSpec, disputed, question},
    facts::Dataset,
};

impl Session {
    /// What a chart is drawn of.
    pub(super) fn dataset_of(&self, spec: &ChartSpec) -> Option<&Dataset> {
        if Across::joins(spec) {
            return Some(&self.across.dataset);
        }
        self.shown().map(|open| &open.loaded.dataset)
    }

    /// The spec with the answer that was given before, where it asks the same again, and with the statements that were
    /// chosen, where it draws them.
    pub(super) fn kept(&self, spec: ChartSpec) -> ChartSpec {
        let spec = self.with_statements(spec);
        let plain = question::unanswered(&spec);
        // What is no longer asked needs no answer.
        let spec =
            if self.dataset_of(&plain).is_some_and(|dataset| question::asks(dataset, &plain)) { spec } else { plain };
        let answer = self.workspace.answers.get(&self.asked_by(&spec));
        match (answer, self.dataset_of(&spec)) {
            (Some(answer), Some(dataset)) if question::asks(dataset, &spec) => question::answered(&spec, answer),
            _ => spec,
        }
    }

    fn with_statements(&self, spec: ChartSpec) -> ChartSpec {
        let chosen = self.workspace.source.and_then(|source| self.workspace.uses.get(&source));
        let uses = match (chosen, self.dataset_of(&spec)) {
            (Some(chosen), Some(dataset)) => disputed::that_matter(dataset, &spec, chosen),
            _ => BTreeSet::new(),
        };
        ChartSpec { uses, ..spec }
    }

    /// Draws a statement in the place of what charts take, or no longer; where the chart shown draws neither, one that does.
    pub(super) fn use_statement(&mut self, key: String, used: bool) {
        let Some((source, dataset)) = self.shown().map(|open| (open.id(), &open.loaded.dataset)) else { return };
        if !dataset.alternatives.iter().any(|one| one.key == key) {
            return;
        }
        let uses = self.workspace.uses.entry(source).or_default();
        if used {
            uses.insert(key.clone());
        } else {
            uses.remove(&key);
        }
        if uses.is_empty() {
            self.workspace.uses.remove(&source);
        }
        if let Some(spec) = self.chart_of(&key) {
            self.show_chart(spec);
        }
    }

    /// The chart that draws what a statement is of: the one that is shown, or the first that does.
    fn chart_of(&self, key: &str) -> Option<ChartSpec> {
        let open = self.shown()?;
        let only = BTreeSet::from([key.to_owned()]);
        let shown = self.workspace.spec.iter().filter(|spec| !Across::joins(spec)).cloned();
        let all = shown.chain(open.entries.iter().map(|entry| entry.spec.clone()));
        let plain = all.map(|spec| ChartSpec { uses: BTreeSet::new(), ..spec });
        let mut drawing = plain.filter(|spec| !disputed::that_matter(&open.loaded.dataset, spec, &only).is_empty());
        drawing.next()
    }

    /// Whether a statement is drawn in the place of what charts take.
    pub fn uses(&self, key: &str) -> bool {
        let chosen = self.workspace.source.and_then(|source| self.workspace.uses.get(&source));
        chosen.is_some_and(|uses| uses.contains(key))
    }

    /// Keeps the answer that a spec holds.
    pub(super) fn remember(&mut self, spec: &ChartSpec) {
        if let Some(answer) = question::answer(spec) {
            self.workspace.answers.insert(self.asked_by(spec), answer.to_owned());
        }
    }

    /// Which chart asks, of which data.
    fn asked_by(&self, spec: &ChartSpec) -> String {
        let source = self.workspace.source.filter(|_| !Across::joins(spec)).map(|source| source.0);
        let parts = [Some(spec.chart.clone()), source.map(|source| source.to_string()), spec.of.clone()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}
