//! What a reader has set up: small, saved, and the unit of undo.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    chart::{ChartSpec, MarkId},
    source::{Anchor, SourceId},
};

/// The one thing that is selected; every panel reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Selection {
    /// Nothing.
    #[default]
    Nothing,
    /// A mark of the chart, and which piece of its evidence is shown.
    Mark {
        /// The mark.
        id: MarkId,
        /// Position in its evidence's pieces.
        piece: usize,
    },
    /// A figure or cell of the source that is no single mark's own.
    Figure(Anchor),
}

impl Selection {
    /// A mark at its first piece.
    pub fn mark(id: MarkId) -> Self {
        Self::Mark { id, piece: 0 }
    }

    /// Whether nothing is selected.
    pub fn is_nothing(&self) -> bool {
        *self == Self::Nothing
    }
}

/// A side panel that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Panel {
    /// Sources and charts.
    Navigator,
    /// The table under the chart.
    Table,
    /// The document and the inspector.
    Document,
}

/// Light, dark, or as the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Smallest and largest text, percent.
pub const ZOOM_RANGE: (u32, u32) = (70, 200);

/// What a reader has set up.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Workspace {
    /// The source on the right.
    pub source: Option<SourceId>,
    /// The chart in the centre.
    pub spec: Option<ChartSpec>,
    /// What is selected.
    pub selection: Selection,
    /// Panels that are hidden.
    pub hidden: BTreeSet<Panel>,
    /// The theme.
    pub theme: ThemeChoice,
    /// Size of the text, percent.
    pub zoom_percent: u32,
    /// Whether motion is off.
    pub still: bool,
    /// The report families chosen for sources, by id; the others are read as they are recognised.
    pub families: BTreeMap<SourceId, String>,
    /// Whether the text shows how its figures were read.
    pub readings: bool,
    /// How scores that are not of one kind are put side by side, by chart and the key of its data.
    pub answers: BTreeMap<String, String>,
    /// Statements that are drawn in the place of what charts take, by source and key.
    pub uses: BTreeMap<SourceId, BTreeSet<String>>,
}

impl Default for Workspace {
    fn default() -> Self {
        Self {
            source: None,
            spec: None,
            selection: Selection::Nothing,
            hidden: BTreeSet::new(),
            theme: ThemeChoice::System,
            zoom_percent: 100,
            still: false,
            families: BTreeMap::new(),
            readings: true,
            answers: BTreeMap::new(),
            uses: BTreeMap::new(),
        }
    }
}

impl Workspace {
    /// Whether a panel is shown.
    pub fn shows(&self, panel: Panel) -> bool {
        !self.hidden.contains(&panel)
    }

    /// Hides a shown panel, shows a hidden one.
    pub fn toggle(&mut self, panel: Panel) {
        if !self.hidden.remove(&panel) {
            self.hidden.insert(panel);
        }
    }
}
