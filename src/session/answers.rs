//! What a reader has once answered, kept for the charts it is an answer for.

use super::{Across, Session};
use crate::{
    chart::{ChartSpec, question},
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

    /// The spec with the answer that was given before, where it asks the same again.
    pub(super) fn kept(&self, spec: ChartSpec) -> ChartSpec {
        let answer = self.workspace.answers.get(&self.asked_by(&spec));
        match (answer, self.dataset_of(&spec)) {
            (Some(answer), Some(dataset)) if question::asks(dataset, &spec) => question::answered(&spec, answer),
            _ => spec,
        }
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
