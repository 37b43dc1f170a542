//! Which chart, of which data, with which choices: what undo, the command line and a saved workspace hold.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// A chart to draw. Defaults are complete: a bare `chart` draws the first data with the first choices.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct ChartSpec {
    /// The registry's id: `seats-votes`.
    pub chart: String,
    /// The key of the data; `None` for the first.
    pub of: Option<String>,
    /// Choices that are not the default, by option: `base` → `list`.
    pub options: BTreeMap<String, String>,
    /// Keys of the statements that are drawn in the place of what charts take: `prose-table-greens-59`.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub uses: BTreeSet<String>,
}

impl ChartSpec {
    /// The chart with its defaults.
    pub fn new(chart: impl Into<String>) -> Self {
        Self { chart: chart.into(), ..Self::default() }
    }

    /// The choice made for an option, or `default`.
    pub fn choice<'a>(&'a self, option: &str, default: &'a str) -> &'a str {
        self.options.get(option).map_or(default, String::as_str)
    }
}
