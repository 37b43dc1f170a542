//! What a reader is asked before a chart puts side by side what is not of one kind.

use super::{Chart, ChartOption, ChartSpec, Choice, draw, kind, parts, side_by_side, specs};
use crate::facts::{Dataset, Difference};

/// The id of the option that holds the answer.
pub const OPTION: &str = side_by_side::OPTION.id;

/// A question, with what it is about.
#[derive(Clone, Debug)]
pub struct Question {
    /// What would be put side by side.
    pub differences: Vec<Difference>,
    /// The option that holds the answer.
    pub option: &'static ChartOption,
    /// Every answer that can be drawn, with what it does.
    pub answers: Vec<(&'static Choice, String)>,
}

/// What a chart asks before it is drawn; `None` where it asks nothing, or has its answer.
pub fn question(dataset: &Dataset, spec: &ChartSpec) -> Option<Question> {
    let kind = kind(&spec.chart)?;
    let differences = (kind.asks)(dataset, spec);
    if differences.is_empty() {
        return None;
    }
    let option = kind.options.iter().find(|option| option.id == side_by_side::OPTION.id)?;
    let draws = |choice: &&Choice| draw(dataset, &answered(spec, choice.id)).is_some();
    let editions = dataset.editions.iter().find(|one| spec.of.as_ref().is_none_or(|of| *of == one.set.key));
    let name = editions.filter(|_| kind.joins).map_or("one scale", |editions| &editions.name);
    let does = |choice: &'static Choice| (choice, side_by_side::does(choice.id, &differences, name));
    let answers = option.choices.iter().filter(draws).map(does).collect();
    Some(Question { differences, option, answers })
}

/// Every chart that asks before it is drawn, in the order of the menu.
pub fn asked(dataset: &Dataset) -> Vec<ChartSpec> {
    specs(dataset).into_iter().filter(|spec| asks(dataset, spec)).collect()
}

/// Whether a chart asks before it is drawn.
pub fn asks(dataset: &Dataset, spec: &ChartSpec) -> bool {
    kind(&spec.chart).is_some_and(|kind| !(kind.asks)(dataset, spec).is_empty())
}

/// The chart; where it asks first, as all would be drawn.
pub fn whole(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    let answer = || asks(dataset, spec).then(|| answered(spec, side_by_side::AS_PRINTED));
    draw(dataset, spec).or_else(|| draw(dataset, &answer()?))
}

/// The spec without its answer.
pub fn unanswered(spec: &ChartSpec) -> ChartSpec {
    let mut spec = spec.clone();
    spec.options.remove(side_by_side::OPTION.id);
    spec
}

/// The answer that a spec holds, if it does.
pub fn answer(spec: &ChartSpec) -> Option<&str> {
    spec.options.get(side_by_side::OPTION.id).map(String::as_str).filter(|answer| *answer != side_by_side::ASK)
}

/// The spec with an answer.
pub fn answered(spec: &ChartSpec, answer: &str) -> ChartSpec {
    let mut spec = spec.clone();
    spec.options.insert(side_by_side::OPTION.id.to_owned(), answer.to_owned());
    spec
}

impl Question {
    /// What stands in the place of the chart: its question as a title, and nothing drawn.
    pub fn chart(&self) -> Chart {
        let title = "These scores are not all of one kind. How shall they be put side by side?".to_owned();
        let subtitle = "Nothing is drawn until you say. The notes of the chart will say what was done.".to_owned();
        Chart { title, subtitle, ..parts::frame() }
    }

    /// What would be put side by side, in one line: `1 is the best score in A, 7 in B`.
    pub fn words(&self) -> String {
        self.differences.iter().map(|one| one.words.as_str()).collect::<Vec<_>>().join("; ")
    }
}
