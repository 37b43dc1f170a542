//! Measures to marks: what a chart is, and the list of all charts.

pub mod mark;
pub mod spec;

pub use mark::{
    Cell, Chart, Column, Label, LegendItem, Mark, MarkId, MarkStatus, RowNote, Scale, ScaleKind, Scenery, Shape, Style,
    Table, TableRow, Tick, Tone,
};
pub use spec::ChartSpec;

use crate::facts::Dataset;

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
    /// What can be chosen.
    pub options: &'static [ChartOption],
    /// The data it can be drawn of: a key and a label each (one a rating set, election or composition).
    pub keys: fn(&Dataset) -> Vec<(String, String)>,
    /// Draws it; `None` where the data do not hold what this choice of options needs.
    pub build: fn(&Dataset, &ChartSpec) -> Option<Chart>,
}

/// Every chart, in the order of the menu.
pub const CHARTS: &[ChartKind] = &[];

/// The kind with this id.
pub fn kind(id: &str) -> Option<&'static ChartKind> {
    CHARTS.iter().find(|kind| kind.id == id)
}
