//! Everything a reader can do, as data; only `Session::apply` carries it out.

use std::path::PathBuf;

use super::{Panel, Selection, ThemeChoice};
use crate::{chart::ChartSpec, reading::FigureStatus, source::SourceId};

/// One thing done.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Asks for files to open, with the system's dialog where there is one.
    AskOpen,
    /// Asks for the path of a file to open, in the window's own field.
    AskOpenPath,
    /// Reads files.
    Open(Vec<PathBuf>),
    /// Reads a built-in file, by its place in `SAMPLES`.
    OpenSample(usize),
    /// Stops a reading.
    CancelLoad(u64),
    /// Reads a file again.
    Reload(SourceId),
    /// Reads a source as one of a report family, by its id; `None`: as it is recognised.
    ReadAs(SourceId, Option<String>),
    /// Closes a source.
    Close(SourceId),
    /// Closes the source that is shown.
    CloseShown,
    /// Shows a source and its charts.
    ShowSource(SourceId),
    /// Draws a chart of the source that is shown.
    ShowChart(ChartSpec),
    /// Draws the chart before (−1) or after (1) in the list.
    StepChart(isize),
    /// Makes a choice of an option.
    Choose {
        /// The option's id.
        option: &'static str,
        /// The choice's id.
        choice: &'static str,
    },
    /// Draws another statement than charts take, by its key; or no longer.
    Use {
        /// The statement's key.
        key: String,
        /// Whether it is drawn.
        used: bool,
    },
    /// Draws the chart of other data.
    ChooseData(String),
    /// Selects; with the chart it belongs to, where that is another.
    Select(Selection),
    /// Draws another chart and selects in it.
    Follow(ChartSpec, Selection),
    /// Follows a citation of the shown source to the original beside it, by its place in the list; or no more.
    Beside(Option<usize>),
    /// What the pointer or the keyboard is on.
    Hover(Selection),
    /// Lets go: closes what is open on top, or else selects nothing.
    LetGo,
    /// One step back.
    Undo,
    /// One step forward.
    Redo,
    /// Hides or shows a panel.
    TogglePanel(Panel),
    /// Opens or closes the list of figures.
    ToggleFigures,
    /// Opens or closes the list of what the source says against itself.
    ToggleFindings,
    /// Lists the figures of one status.
    ListFigures(FigureStatus),
    /// Shows in the text how figures were read, or no longer.
    ToggleReadings,
    /// Light or dark.
    Theme(ThemeChoice),
    /// Larger (1) or smaller (−1) text; 0 for the normal size.
    Zoom(i32),
    /// Turns motion off or on.
    ToggleMotion,
    /// Opens the field that finds words.
    AskFind,
    /// Finds these words.
    Find(String),
    /// The next hit (1) or the one before (−1).
    FindStep(isize),
    /// Closes the field.
    CloseFind,
    /// Asks where to save the chart, with the system's dialog where there is one.
    AskExport,
    /// Asks for the path to save the chart at, in the window's own field.
    AskExportPath,
    /// Saves the chart; the extension chooses the format.
    Export(PathBuf),
    /// Asks where to save the links of the source that is shown.
    AskExportLinks,
    /// Asks for a file of saved links.
    AskImportLinks,
    /// Saves the links of the source that is shown, as Web Annotations.
    ExportLinks(PathBuf),
    /// Reads saved links and follows them in the source that is shown.
    ImportLinks(PathBuf),
    /// Closes the list of saved links.
    CloseLinks,
    /// The words in the window's own path field.
    TypePath(String),
    /// Says that no dialog can be shown, and offers the path field instead.
    NoDialog {
        /// What a path was asked for.
        asked: Asked,
        /// Why.
        reason: String,
    },
    /// Copies the selected figure with its citation.
    CopyCitation,
    /// Copies the table of the values shown, as CSV.
    CopyTable,
    /// Says what the program does and does not do.
    About,
    /// Says how it is worked with the keyboard.
    Keys,
    /// Closes what lies over the window.
    CloseOverlay,
    /// Takes a notice away.
    Dismiss(u64),
    /// Leaves.
    Quit,
}

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Reports and data to open.
    Open,
    /// Where to save the chart.
    ExportChart,
    /// Where to save the links.
    ExportLinks,
    /// Saved links to follow.
    ImportLinks,
}

impl Asked {
    /// Whether something is written there.
    pub fn is_saving(self) -> bool {
        matches!(self, Self::ExportChart | Self::ExportLinks)
    }

    /// What is done with the path.
    pub fn command(self, path: PathBuf) -> Command {
        match self {
            Self::Open => Command::Open(vec![path]),
            Self::ExportChart => Command::Export(path),
            Self::ExportLinks => Command::ExportLinks(path),
            Self::ImportLinks => Command::ImportLinks(path),
        }
    }
}

/// What only the window can do; `Session::take_effects` hands it over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Show the dialog that picks files.
    PickFiles,
    /// Show the dialog that picks where to save, with a name to begin from.
    PickTarget(String),
    /// Show the dialog that picks where to save links, with a name to begin from.
    PickLinksTarget(String),
    /// Show the dialog that picks a file of saved links.
    PickLinks,
    /// Put text on the clipboard.
    Copy(String),
    /// Close the window.
    Quit,
}

/// What lies over the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The path field.
    Path {
        /// What it is asked for.
        asked: Asked,
        /// What was typed.
        typed: String,
        /// Why the field is shown instead of a dialog.
        reason: Option<String>,
    },
    /// About the program.
    About,
    /// The keys.
    Keys,
}

/// One line for the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number, for taking it away.
    pub number: u64,
    /// What happened.
    pub kind: NoticeKind,
    /// In one line.
    pub text: String,
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// Something could not be done.
    Trouble,
    /// Something was done.
    Done,
    /// A source's file changed on disk.
    Changed(SourceId),
}
