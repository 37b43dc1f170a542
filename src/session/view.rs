//! The chart that is shown, with the choices a reader has; and the list of charts a source allows.

use std::collections::BTreeSet;

use super::links::Elsewhere;
use crate::{
    chart::{
        self, CHARTS, Chart, ChartKind, ChartOption, ChartSpec, Choice, kind,
        question::{self, Question},
    },
    facts::Dataset,
    reading::Pace,
    source::SourceId,
};

/// More data of one kind than this are offered, but not searched for other charts of a figure.
const SEARCHED: usize = 24;

/// One line of the list of charts.
#[derive(Clone)]
pub struct Entry {
    /// The kind.
    pub kind: &'static ChartKind,
    /// The data it can be drawn of: a key and a label each.
    pub data: Vec<(String, String)>,
    /// What choosing it draws.
    pub spec: ChartSpec,
}

/// An option with the choices that can be drawn.
pub struct Choices {
    /// The option.
    pub option: &'static ChartOption,
    /// Those choices that build.
    pub choices: Vec<&'static Choice>,
    /// The one made.
    pub chosen: &'static str,
}

/// The chart that is shown.
pub struct View {
    /// What was asked for.
    pub spec: ChartSpec,
    /// Its kind.
    pub kind: &'static ChartKind,
    /// The chart; while it asks first, one on which nothing is drawn.
    pub chart: Chart,
    /// What it asks before it is drawn.
    pub question: Option<Question>,
    /// Options with more than one choice that builds.
    pub options: Vec<Choices>,
    /// The data it can be drawn of.
    pub data: Vec<(String, String)>,
}

impl View {
    /// Draws a chart of a dataset; `None` where it can't be drawn. `sources` are the SHA-256 of what it was read from.
    pub fn build(dataset: &Dataset, sources: &[(SourceId, [u8; 32])], spec: &ChartSpec) -> Option<Self> {
        let kind = kind(&spec.chart)?;
        let question = question::question(dataset, spec);
        let chart = match &question {
            Some(question) => question.chart(),
            None => chart::build(dataset, sources, spec)?,
        };
        Some(Self {
            options: options(kind, dataset, spec, question.as_ref()),
            data: (kind.keys)(dataset),
            spec: spec.clone(),
            kind,
            chart,
            question,
        })
    }

    /// The key of the data that is drawn.
    pub fn data_key(&self) -> Option<&str> {
        self.spec.of.as_deref().or_else(|| self.data.first().map(|(key, _)| key.as_str()))
    }
}

/// The spec with a choice made; a default is left out. An answer is to what was asked before: another choice needs its own.
pub fn with_choice(spec: &ChartSpec, option: &ChartOption, choice: &str) -> ChartSpec {
    let mut spec = question::unanswered(spec);
    if option.choices.first().is_some_and(|first| first.id == choice) {
        spec.options.remove(option.id);
    } else {
        spec.options.insert(option.id.to_owned(), choice.to_owned());
    }
    spec
}

fn options(kind: &'static ChartKind, dataset: &Dataset, spec: &ChartSpec, asked: Option<&Question>) -> Vec<Choices> {
    let mut all = Vec::new();
    // What is asked stands with its answers in the place of the chart.
    for option in kind.options.iter().filter(|option| asked.is_none_or(|asked| asked.option.id != option.id)) {
        let default = option.choices.first().map_or("", |choice| choice.id);
        let made = spec.choice(option.id, default);
        let builds = |choice: &&Choice| {
            let other = with_choice(spec, option, choice.id);
            // No answer is none to go back to; undo does.
            let answers = option.id != question::OPTION || choice.id != default;
            choice.id == made || answers && (chart::draw(dataset, &other).is_some() || question::asks(dataset, &other))
        };
        let choices: Vec<&'static Choice> = option.choices.iter().filter(builds).collect();
        let chosen = choices.iter().find(|choice| choice.id == made).map_or(default, |choice| choice.id);
        if choices.len() > 1 {
            all.push(Choices { option, choices, chosen });
        }
    }
    all
}

/// Every chart these data allow, in the order of the registry.
pub fn entries(dataset: &Dataset) -> Vec<Entry> {
    survey(dataset, &|_| true, |_| true, |_, _| {})
}

/// Every chart these data allow, in the order of the registry; and for every figure that some chart draws, maps of the
/// report aside, the first such chart. `tell` hears how far it is, and answers whether to go on.
pub fn entries_and_drawn(dataset: &Dataset, tell: &dyn Fn(f32) -> bool) -> (Vec<Entry>, Vec<Elsewhere>) {
    let mut drawn: Vec<Elsewhere> = Vec::new();
    let mut seen = BTreeSet::new();
    let note = |spec: &ChartSpec, chart: &Chart| {
        for mark in &chart.marks {
            for (piece, stated) in mark.evidence.pieces.iter().enumerate() {
                if seen.insert(stated.anchor) {
                    let (place, mark) = (stated.anchor.place, mark.id.clone());
                    drawn.push(Elsewhere { place, spec: spec.clone(), mark, piece });
                }
            }
        }
    };
    let entries = survey(dataset, tell, |kind| kind.maps, note);
    (entries, drawn)
}

/// Draws what the data allow, each chart once: of a kind that `one` is enough of only the first, of others all that
/// differ from their data's first by one choice. `note` sees those others.
fn survey(
    dataset: &Dataset,
    tell: &dyn Fn(f32) -> bool,
    one: impl Fn(&ChartKind) -> bool,
    mut note: impl FnMut(&ChartSpec, &Chart),
) -> Vec<Entry> {
    let kinds: Vec<_> = CHARTS.iter().map(|kind| (kind, (kind.keys)(dataset))).collect();
    let pace = Pace::new(kinds.iter().map(|(_, data)| data.len().min(SEARCHED)).sum(), tell);
    let mut entries = Vec::new();
    for (kind, data) in kinds {
        let bases = data.iter().take(SEARCHED).enumerate().map(|(n, (key, _))| {
            let of = (n > 0).then(|| key.clone());
            ChartSpec { of, ..ChartSpec::new(kind.id) }
        });
        let mut first: Option<ChartSpec> = None;
        for base in bases {
            for spec in variants(kind, &base) {
                if one(kind) && first.is_some() {
                    break;
                }
                if !pace.within(0.0) {
                    return entries;
                }
                match question::whole(dataset, &spec) {
                    Some(chart) if !one(kind) => note(&spec, &chart),
                    Some(_) => {}
                    None if question::asks(dataset, &spec) => {}
                    None => continue,
                }
                first.get_or_insert(spec);
            }
            pace.step();
        }
        entries.extend(first.map(|spec| Entry { kind, data, spec }));
    }
    entries
}

/// The spec, and every spec that differs from it by one choice.
fn variants(kind: &'static ChartKind, spec: &ChartSpec) -> Vec<ChartSpec> {
    let mut all = vec![spec.clone()];
    for option in kind.options {
        all.extend(option.choices.iter().skip(1).map(|choice| with_choice(spec, option, choice.id)));
    }
    all
}
