//! Measures to marks: what a chart is, and the list of all charts.

mod aid;
mod axes;
mod bars;
mod category_lines;
mod category_scores;
mod civil_society;
mod composition_words;
pub mod disputed;
mod economy;
mod ethnic_composition;
mod field;
mod figures_map;
mod hemicycle;
mod label_forms;
mod labels;
mod listed;
mod local_councils;
pub mod mark;
pub mod number;
mod parliament;
mod parts;
mod party_registers;
pub mod place;
pub mod question;
mod ranks;
mod representation;
mod rows;
mod seats_votes;
mod seats_votes_words;
mod shapes;
mod side_by_side;
pub mod spec;
pub mod text;
mod timeline;
pub mod tokens;
pub mod words;

pub use mark::{
    Cell, Chart, Column, Grounds, Label, LegendItem, Mark, MarkId, MarkStatus, RowNote, Scale, ScaleKind, Scenery,
    Shape, Side, Style, Table, TableRow, Tick, Tone,
};
pub use spec::ChartSpec;

use sha2::{Digest, Sha256};

use crate::{
    facts::{Dataset, Difference, Fact, Status, alternatives},
    source::SourceId,
};

/// One choice of a chart's option.
#[derive(Debug)]
pub struct Choice {
    /// As ids spell it: `list`.
    pub id: &'static str,
    /// On the button: `List seats`.
    pub label: &'static str,
}

/// Something a reader can choose about a chart; the first choice is the default and is left out of ids.
#[derive(Debug)]
pub struct ChartOption {
    /// Its id: `base`.
    pub id: &'static str,
    /// Its name for a screen reader.
    pub label: &'static str,
    /// The choices.
    pub choices: &'static [Choice],
}

/// A chart of the registry.
pub struct ChartKind {
    /// Its id: `seats-votes`.
    pub id: &'static str,
    /// Its name in menus: `Seats and votes`.
    pub name: &'static str,
    /// The group it stands under: `Elections`.
    pub group: &'static str,
    /// Whether it joins what several sources state, and is offered only where it can.
    pub joins: bool,
    /// Whether it maps the report itself, figure by figure: a figure is not called drawn because such a chart has it.
    pub maps: bool,
    /// What can be chosen.
    pub options: &'static [ChartOption],
    /// The data it can be drawn of: a key and a label each (one a rating set, election or composition).
    pub keys: fn(&Dataset) -> Vec<(String, String)>,
    /// What it would put side by side that is not of one kind, where the reader has not said how: then it asks first.
    pub asks: fn(&Dataset, &ChartSpec) -> Vec<Difference>,
    /// Draws it; `None` where the data do not hold what this choice of options needs, or where it asks first.
    pub build: fn(&Dataset, &ChartSpec) -> Option<Chart>,
}

/// Every chart, in the order of the menu.
pub const CHARTS: &[ChartKind] = &[
    ChartKind {
        id: "category-scores",
        name: "Category scores",
        group: "Ratings",
        joins: false,
        maps: false,
        options: &[
            ChartOption {
                id: "view",
                label: "View",
                choices: &[
                    Choice { id: "by-category", label: "By category" },
                    Choice { id: "over-time", label: "Over time" },
                ],
            },
            side_by_side::OPTION,
        ],
        keys: category_scores::keys,
        asks: category_scores::asks,
        build: category_scores::build,
    },
    ChartKind {
        id: "ranks",
        name: "Ranks",
        group: "Ratings",
        joins: false,
        maps: false,
        options: &[],
        keys: ranks::keys,
        asks: nothing,
        build: ranks::build,
    },
    ChartKind {
        id: "category-scores-across-editions",
        name: "Scores by edition",
        group: "Across editions",
        joins: true,
        maps: false,
        options: &[side_by_side::OPTION],
        keys: category_scores::keys_of_editions,
        asks: category_scores::asks_of_editions,
        build: category_scores::build_editions,
    },
    ChartKind {
        id: "seats-votes",
        name: "Seats and votes",
        group: "Elections",
        joins: false,
        maps: false,
        options: &[
            ChartOption {
                id: "base",
                label: "Base",
                choices: &[Choice { id: "all", label: "All seats" }, Choice { id: "list", label: "List seats" }],
            },
            ChartOption {
                id: "view",
                label: "View",
                choices: &[Choice { id: "gap", label: "Gap" }, Choice { id: "scatter", label: "Scatter" }],
            },
        ],
        keys: seats_votes::keys,
        asks: nothing,
        build: seats_votes::build,
    },
    ChartKind {
        id: "parliament",
        name: "Parliament",
        group: "Elections",
        joins: false,
        maps: false,
        options: &[],
        keys: parliament::keys,
        asks: nothing,
        build: parliament::build,
    },
    ChartKind {
        id: "local-councils",
        name: "Local councils",
        group: "Elections",
        joins: false,
        maps: false,
        options: &[],
        keys: local_councils::keys,
        asks: nothing,
        build: local_councils::build,
    },
    ChartKind {
        id: "party-registers",
        name: "Party registers",
        group: "Elections",
        joins: false,
        maps: false,
        options: &[ChartOption {
            id: "view",
            label: "View",
            choices: &[Choice { id: "members", label: "Members" }, Choice { id: "signatures", label: "Signatures" }],
        }],
        keys: party_registers::keys,
        asks: nothing,
        build: party_registers::build,
    },
    ChartKind {
        id: "ethnic-composition",
        name: "Ethnic composition",
        group: "Population",
        joins: false,
        maps: false,
        options: &[ChartOption {
            id: "view",
            label: "View",
            // Over the dates where there are several; of one date, rows: so no word on time.
            choices: &[Choice { id: "by-group", label: "By group" }, Choice { id: "stacked", label: "Stacked" }],
        }],
        keys: ethnic_composition::keys,
        asks: nothing,
        build: ethnic_composition::build,
    },
    ChartKind {
        id: "representation",
        name: "Representation",
        group: "Population",
        joins: false,
        maps: false,
        options: &[],
        keys: representation::keys,
        asks: nothing,
        build: representation::build,
    },
    ChartKind {
        id: "civil-society",
        name: "Civil society",
        group: "Society and economy",
        joins: false,
        maps: false,
        options: &[ChartOption {
            id: "view",
            label: "View",
            choices: &[
                Choice { id: "organisations", label: "Organisations" },
                Choice { id: "people", label: "People" },
                Choice { id: "fields", label: "Fields" },
                Choice { id: "participation", label: "Participation" },
            ],
        }],
        keys: civil_society::keys,
        asks: nothing,
        build: civil_society::build,
    },
    ChartKind {
        id: "aid",
        name: "Aid",
        group: "Society and economy",
        joins: false,
        maps: false,
        options: &[],
        keys: aid::keys,
        asks: nothing,
        build: aid::build,
    },
    ChartKind {
        id: "economy",
        name: "Economy",
        group: "Society and economy",
        joins: false,
        maps: false,
        options: &[ChartOption {
            id: "view",
            label: "View",
            choices: &[Choice { id: "rates", label: "Rates" }, Choice { id: "money", label: "Money" }],
        }],
        keys: economy::keys,
        asks: nothing,
        build: economy::build,
    },
    ChartKind {
        id: "figures-map",
        name: "Figures by section",
        group: "The report",
        joins: false,
        maps: true,
        options: &[ChartOption {
            id: "view",
            label: "View",
            choices: &[Choice { id: "in-order", label: "In order" }, Choice { id: "by-kind", label: "By kind" }],
        }],
        keys: figures_map::keys,
        asks: nothing,
        build: figures_map::build,
    },
    ChartKind {
        id: "timeline",
        name: "Timeline",
        group: "The report",
        joins: false,
        maps: true,
        options: &[],
        keys: timeline::keys,
        asks: nothing,
        build: timeline::build,
    },
];

/// A chart of one kind of data asks nothing.
fn nothing(_: &Dataset, _: &ChartSpec) -> Vec<Difference> {
    Vec::new()
}

/// The kind with this id.
pub fn kind(id: &str) -> Option<&'static ChartKind> {
    CHARTS.iter().find(|kind| kind.id == id)
}

/// Draws a chart; `None` where the data do not hold what the choices need. `sources` are the SHA-256 of the open sources;
/// those that the chart rests on go into its hash.
pub fn build(dataset: &Dataset, sources: &[(SourceId, [u8; 32])], spec: &ChartSpec) -> Option<Chart> {
    let kind = kind(&spec.chart)?;
    named(draw(dataset, spec)?, kind, (dataset, spec), first_key(kind, dataset).as_deref(), sources)
}

/// Draws every chart the data allow, in the order of the menu, each with its spec.
pub fn all(dataset: &Dataset, sources: &[(SourceId, [u8; 32])]) -> Vec<(ChartSpec, Chart)> {
    let mut all = Vec::new();
    for kind in CHARTS {
        let keys = (kind.keys)(dataset);
        let first = keys.first().map(|(key, _)| key.clone());
        for spec in specs_of(kind, keys) {
            let chart = draw(dataset, &spec);
            let chart = chart.and_then(|chart| named(chart, kind, (dataset, &spec), first.as_deref(), sources));
            all.extend(chart.map(|chart| (spec, chart)));
        }
    }
    all
}

/// Draws it of what it is told to take where statements disagree; without its id, its hash and the notes on that.
pub fn draw(dataset: &Dataset, spec: &ChartSpec) -> Option<Chart> {
    (kind(&spec.chart)?.build)(&alternatives::applied(dataset, &spec.uses), spec)
}

/// Gives a chart its id, its hash and the notes on what else is stated; `first` is the key of the first data of its kind.
fn named(
    mut chart: Chart,
    kind: &ChartKind,
    (dataset, spec): (&Dataset, &ChartSpec),
    first: Option<&str>,
    sources: &[(SourceId, [u8; 32])],
) -> Option<Chart> {
    chart.id = id(kind, spec, first)?;
    chart.disputed = disputed::of(dataset, spec, &chart);
    chart.notes.extend(chart.disputed.iter().map(|one| one.note.clone()));
    chart.hash = short_hash(&plain(kind, spec, first), &rests_on(&chart, sources));
    Some(chart)
}

fn first_key(kind: &ChartKind, dataset: &Dataset) -> Option<String> {
    (kind.keys)(dataset).into_iter().next().map(|(key, _)| key)
}

/// The same chart without what is the default anyway, so that one chart has one hash.
fn plain(kind: &ChartKind, spec: &ChartSpec, first: Option<&str>) -> ChartSpec {
    let mut spec = spec.clone();
    let default = |option: &str| kind.options.iter().find(|o| o.id == option).and_then(|o| o.choices.first());
    spec.options.retain(|option, choice| default(option).is_none_or(|default| default.id != choice));
    spec.of = spec.of.filter(|of| first != Some(of));
    spec
}

/// The id of a chart: its kind, each choice that is not the default, and the key of its data when not the first.
pub fn id_of(spec: &ChartSpec, dataset: &Dataset) -> Option<String> {
    let kind = kind(&spec.chart)?;
    id(kind, spec, first_key(kind, dataset).as_deref())
}

fn id(kind: &ChartKind, spec: &ChartSpec, first: Option<&str>) -> Option<String> {
    let mut id = kind.id.to_owned();
    for option in kind.options {
        let default = option.choices.first()?.id;
        let choice = spec.choice(option.id, default);
        if choice != default {
            id = format!("{id}-{choice}");
        }
    }
    if let Some(key) = &spec.of
        && first.is_some_and(|first| first != key)
    {
        id = format!("{id}-{key}");
    }
    for key in &spec.uses {
        id = format!("{id}-using-{key}");
    }
    Some(id)
}

/// What draws each chart that the data allow, in the order of the menu; `all` gives the charts too, at no further cost.
pub fn offers(dataset: &Dataset) -> Vec<ChartSpec> {
    all(dataset, &[]).into_iter().map(|(spec, _)| spec).collect()
}

/// What stands in the way where nothing can be drawn: what there is none of, and what an election lacks.
pub fn obstacles<'a>(all: impl Iterator<Item = &'a Dataset>) -> Vec<String> {
    let (mut reasons, mut missing) = (Vec::new(), vec!["ratings", "votes and seats", "shares of groups"]);
    for dataset in all {
        let told = |fact: &Fact| matches!(fact.kind.as_str(), "seats" | "vote_share") && fact.status == Status::Stated;
        if dataset.elections.is_empty() && dataset.facts.iter().any(told) {
            reasons.push("seats or shares of a vote are stated, but they make up no whole election".to_owned());
        }
        reasons.extend(dataset.elections.iter().filter_map(seats_votes::obstacle));
        let has = [!dataset.ratings.is_empty(), !dataset.elections.is_empty(), !dataset.compositions.is_empty()];
        let words = ["ratings", "votes and seats", "shares of groups"];
        missing.retain(|word| !words.iter().zip(has).any(|(known, has)| has && known == word));
    }
    if !missing.is_empty() {
        reasons.push(format!("no {} were understood", missing.join(", no ")));
    }
    reasons.dedup();
    reasons
}

/// The chart that an id names.
pub fn spec_of(id: &str, dataset: &Dataset) -> Option<ChartSpec> {
    specs(dataset).into_iter().find(|spec| id_of(spec, dataset).as_deref() == Some(id))
}

/// Every combination of kind, data and choices.
fn specs(dataset: &Dataset) -> Vec<ChartSpec> {
    CHARTS.iter().flat_map(|kind| specs_of(kind, (kind.keys)(dataset))).collect()
}

/// Every combination of data and choices of one kind.
fn specs_of(kind: &ChartKind, keys: Vec<(String, String)>) -> Vec<ChartSpec> {
    let mut all = Vec::new();
    for (number, (key, _)) in keys.into_iter().enumerate() {
        let mut specs = vec![ChartSpec { of: (number > 0).then_some(key), ..ChartSpec::new(kind.id) }];
        for option in kind.options {
            specs = specs.iter().flat_map(|spec| with_choices(spec, option)).collect();
        }
        all.append(&mut specs);
    }
    all
}

fn with_choices(spec: &ChartSpec, option: &ChartOption) -> Vec<ChartSpec> {
    let with = |(number, choice): (usize, &Choice)| {
        let mut spec = spec.clone();
        if number > 0 {
            spec.options.insert(option.id.to_owned(), choice.id.to_owned());
        }
        spec
    };
    option.choices.iter().enumerate().map(with).collect()
}

/// The hashes of the sources that a chart's evidence stands in, in the order of opening.
fn rests_on(chart: &Chart, sources: &[(SourceId, [u8; 32])]) -> Vec<[u8; 32]> {
    let pieces = || chart.marks.iter().flat_map(|mark| &mark.evidence.pieces);
    let used = |id: SourceId| pieces().any(|piece| piece.anchor.source == id);
    sources.iter().filter(|(id, _)| used(*id)).map(|(_, hash)| *hash).collect()
}

fn short_hash(spec: &ChartSpec, sources: &[[u8; 32]]) -> String {
    let mut hasher = Sha256::new();
    hasher.update(serde_json::to_string(spec).unwrap_or_default());
    for source in sources {
        hasher.update(source);
    }
    hasher.finalize().iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
