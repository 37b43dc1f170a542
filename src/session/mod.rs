//! What is open and done: the session owns all, and `Session::apply` is the only way to change it.

pub mod account;
pub mod across;
mod answers;
mod apply;
mod beside;
pub mod cite;
pub mod command;
pub mod find;
pub mod findings;
pub mod followed;
pub mod grammars;
pub mod history;
pub mod job;
pub mod links;
pub mod load;
pub mod open;
pub mod save;
pub mod view;
pub mod workspace;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

pub use account::Account;
pub use across::Across;
pub use beside::Beside;
pub use command::{Asked, Command, Effect, Notice, NoticeKind, Overlay};
pub use find::Find;
pub use followed::Followed;
pub use links::{Links, Lit, Spot};
pub use open::Open;
pub use view::View;
pub use workspace::{Panel, Selection, ThemeChoice, Workspace};

use crate::{
    chart::{Chart, ChartKind, ChartSpec, Mark, MarkId, question},
    error::Error,
    reading::Families,
    source::{Anchor, SourceId},
};
use history::History;
use job::{Job, Poll, Waker, Watch};
use load::{How, Progress, SAMPLES};

/// A reading that is under way.
pub struct Load {
    /// Its number, for cancelling it.
    pub number: u64,
    /// The file's name.
    pub name: String,
    /// How far it is.
    pub progress: Progress,
    /// The source it replaces, when a file is read again.
    replaces: Option<SourceId>,
    /// The family it is read as; `None`: as it is recognised.
    family: Option<String>,
    job: Job<Result<Box<Open>, Error>>,
}

/// A chart that is being saved.
struct Saving {
    name: String,
    job: Job<Result<(), Error>>,
}

/// All that is open and done.
pub struct Session {
    sources: Vec<Open>,
    across: Across,
    workspace: Workspace,
    history: History,
    view: Option<View>,
    links: Links,
    hover: Selection,
    lit: Lit,
    find: Find,
    account: Account,
    findings_open: bool,
    loads: Vec<Load>,
    savings: Vec<Saving>,
    imports: Vec<followed::Import>,
    followed: Option<Followed>,
    notices: Vec<Notice>,
    overlay: Option<Overlay>,
    beside: Option<(SourceId, usize)>,
    effects: Vec<Effect>,
    watch: Watch,
    waker: Waker,
    how: How,
    next_source: u32,
    next_number: u64,
}

impl Session {
    /// Nothing open yet. `waker` is called from threads that have something to say.
    pub fn new(waker: Waker) -> Self {
        Self {
            sources: Vec::new(),
            across: Across::default(),
            workspace: Workspace::default(),
            history: History::default(),
            view: None,
            links: Links::default(),
            hover: Selection::Nothing,
            lit: Lit::default(),
            find: Find::default(),
            account: Account::default(),
            findings_open: false,
            loads: Vec::new(),
            savings: Vec::new(),
            imports: Vec::new(),
            followed: None,
            notices: Vec::new(),
            overlay: None,
            beside: None,
            effects: Vec::new(),
            watch: Watch::start(&waker),
            waker,
            how: How::default(),
            next_source: 0,
            next_number: 0,
        }
    }

    /// Opens these files, or the built-in brief where there are none.
    pub fn start(&mut self, files: Vec<PathBuf>) {
        if files.is_empty() {
            self.apply(Command::OpenSample(0));
        } else {
            self.apply(Command::Open(files));
        }
    }

    /// Reads what is opened from now on in this way; `troubles` are said.
    pub fn read_how(&mut self, how: How, troubles: Vec<String>) {
        self.how = how;
        for trouble in troubles {
            self.notify(NoticeKind::Trouble, trouble);
        }
    }

    /// The report families that are known.
    pub fn families(&self) -> &Families {
        &self.how.families
    }

    /// The open sources, in the order of opening.
    pub fn sources(&self) -> &[Open] {
        &self.sources
    }

    /// What the open sources state together.
    pub fn across(&self) -> &Across {
        &self.across
    }

    /// Every chart that can be drawn beside the shown source: its own, then those that join several sources.
    pub fn charts(&self) -> Vec<(&'static ChartKind, ChartSpec)> {
        let own = self.shown().into_iter().flat_map(|open| &open.entries).map(|entry| (entry.kind, entry.spec.clone()));
        let shown = self.workspace.source;
        let joined = self.across.entries.iter().map(|entry| (entry.kind, self.across.spec(entry, shown)));
        own.chain(joined).collect()
    }

    /// What the reader has set up.
    pub fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// The source on the right.
    pub fn shown(&self) -> Option<&Open> {
        self.workspace.source.and_then(|id| self.source(id))
    }

    /// An open source.
    pub fn source(&self, id: SourceId) -> Option<&Open> {
        self.sources.iter().find(|open| open.id() == id)
    }

    /// The chart in the centre, with its choices.
    pub fn view(&self) -> Option<&View> {
        self.view.as_ref()
    }

    /// The chart in the centre.
    pub fn chart(&self) -> Option<&Chart> {
        self.view.as_ref().filter(|view| view.question.is_none()).map(|view| &view.chart)
    }

    /// Both ways between the chart and the source that is shown.
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// What lights now.
    pub fn lit(&self) -> &Lit {
        &self.lit
    }

    /// What is hovered, or else what is selected.
    pub fn pointed(&self) -> &Selection {
        if self.hover.is_nothing() { &self.workspace.selection } else { &self.hover }
    }

    /// Whether what is lit is only hovered, not held.
    pub fn is_hovering(&self) -> bool {
        !self.hover.is_nothing()
    }

    /// The mark that is pointed at, with its position.
    pub fn pointed_mark(&self) -> Option<(usize, &Mark)> {
        let Selection::Mark { id, .. } = self.pointed() else { return None };
        self.mark(id)
    }

    /// A mark of the chart, with its position.
    pub fn mark(&self, id: &MarkId) -> Option<(usize, &Mark)> {
        self.chart()?.marks.iter().enumerate().find(|(_, mark)| mark.id == *id)
    }

    /// What selecting a spot of the shown source would select.
    pub fn selection_at(&self, spot: usize) -> Selection {
        self.shown().map_or(Selection::Nothing, |open| self.links.selection(spot, open.id(), self.chart()))
    }

    /// What a click on a spot does: select, or first draw the chart that shows it.
    pub fn click(&self, spot: usize) -> Command {
        let (Some(open), Some(at)) = (self.shown(), self.links.spots.get(spot)) else {
            return Command::Select(Selection::Nothing);
        };
        match at.elsewhere.and_then(|n| open.drawn_in.get(n)) {
            Some(other) if at.ties.is_empty() => {
                let spec = self.kept(other.spec.clone());
                // A chart that asks first has no marks yet: the words stay selected.
                let selection = match self.dataset_of(&spec) {
                    Some(dataset) if question::asks(dataset, &spec) => {
                        Selection::Figure(Anchor { source: open.id(), place: at.place })
                    }
                    _ => Selection::Mark { id: other.mark.clone(), piece: other.piece },
                };
                Command::Follow(spec, selection)
            }
            _ => Command::Select(self.selection_at(spot)),
        }
    }

    /// The search in the source that is shown.
    pub fn find(&self) -> &Find {
        &self.find
    }

    /// The list of the shown report's figures.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Readings under way.
    pub fn loads(&self) -> &[Load] {
        &self.loads
    }

    /// Lines for the reader, oldest first.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// What lies over the window.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlay.as_ref()
    }

    /// Whether there is a step back, and a step forward.
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (self.history.can_undo(), self.history.can_redo())
    }

    /// What the window's title bar says.
    pub fn title(&self) -> String {
        match self.shown() {
            Some(open) => format!("{} – {} – Nisba", open.title(), open.subtitle()),
            None => "Nisba".to_owned(),
        }
    }

    /// What only the window can do, since the last call.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Whether a thread is at work for a reader who waits.
    pub fn is_busy(&self) -> bool {
        !self.loads.is_empty() || !self.savings.is_empty() || !self.imports.is_empty()
    }

    /// Takes up what threads have finished.
    pub fn poll(&mut self) {
        self.poll_loads();
        self.poll_savings();
        self.poll_imports();
        for (id, stamp) in self.watch.changes() {
            self.file_changed(id, stamp);
        }
    }

    fn poll_loads(&mut self) {
        let mut at = 0;
        while at < self.loads.len() {
            match self.loads[at].job.poll() {
                Poll::Working => at += 1,
                Poll::Done(Ok(open)) => {
                    let load = self.loads.remove(at);
                    let id = open.id();
                    // Another family was chosen while it was read: that reading is under way, or done.
                    let stale = load.replaces.is_some() && load.family != self.family_of(id);
                    if !stale {
                        self.adopt(*open, load.replaces);
                    }
                }
                Poll::Done(Err(error)) => {
                    self.loads.remove(at);
                    let cancelled = matches!(error, Error::Cancelled { .. });
                    self.notify(if cancelled { NoticeKind::Done } else { NoticeKind::Trouble }, error.to_string());
                }
                Poll::Lost => {
                    let load = self.loads.remove(at);
                    self.notify(NoticeKind::Trouble, format!("`{}`: its reading broke off; {REPORT}", load.name));
                }
            }
        }
    }

    fn poll_savings(&mut self) {
        let mut at = 0;
        while at < self.savings.len() {
            let answer = self.savings[at].job.poll();
            if matches!(answer, Poll::Working) {
                at += 1;
                continue;
            }
            let saving = self.savings.remove(at);
            match answer {
                Poll::Done(Ok(())) => self.notify(NoticeKind::Done, format!("saved `{}`", saving.name)),
                Poll::Done(Err(error)) => self.notify(NoticeKind::Trouble, error.to_string()),
                _ => self.notify(NoticeKind::Trouble, format!("`{}`: its saving broke off; {REPORT}", saving.name)),
            }
        }
    }

    /// Takes a source that was read among the open ones, and shows it.
    fn adopt(&mut self, mut open: Open, replaces: Option<SourceId>) {
        let id = open.id();
        let words = open.loaded.dataset.diagnostics.len();
        let name = open.loaded.source.name.clone();
        let nothing_to_draw = open.entries.is_empty();
        let since = open.since.take();
        let mut before = None;
        match self.sources.iter().position(|other| Some(other.id()) == replaces) {
            Some(at) => before = Some(std::mem::replace(&mut self.sources[at], open).loaded),
            // Closed while it was read again: it stays closed.
            None if replaces.is_some() => return,
            // In the order they were asked for, whichever was read first.
            None => {
                let at = self.sources.partition_point(|other| other.id() < id);
                self.sources.insert(at, open);
            }
        }
        self.watch_files();
        self.across = Across::of(&self.sources);
        if replaces.is_some() {
            self.notices.retain(|notice| notice.kind != NoticeKind::Changed(id));
            if let Some(before) = before {
                self.follow_change(&before, since);
            }
            self.rebuild();
            // What was shown is gone from the file: its first chart, where there is one.
            if let (None, Some(spec)) = (&self.view, self.first_chart()) {
                // No step of its own: undoing what made the source be read again undoes this too.
                self.workspace.spec = Some(spec);
                self.rebuild();
            }
        } else {
            self.apply(Command::ShowSource(id));
        }
        if nothing_to_draw {
            self.notify(NoticeKind::Done, format!("`{name}`: {}", nothing_drawn(words)));
        }
    }

    fn file_changed(&mut self, id: SourceId, stamp: job::Stamp) {
        let Some(open) = self.source(id) else { return };
        let name = &open.loaded.source.name;
        let text = match stamp {
            Some(_) => format!("`{name}` changed on disk; what is shown is as it was when it was read"),
            None => format!("`{name}` is no longer where it was; what is shown is as it was when it was read"),
        };
        self.notices.retain(|notice| notice.kind != NoticeKind::Changed(id));
        self.notify(NoticeKind::Changed(id), text);
    }

    fn watch_files(&self) {
        let watched = self
            .sources
            .iter()
            .filter_map(|open| Some(job::Watched { id: open.id(), path: open.path.clone()?, stamp: open.stamp }));
        self.watch.set(watched.collect());
    }

    fn notify(&mut self, kind: NoticeKind, text: String) {
        let number = self.number();
        // The same line twice says no more than once.
        self.notices.retain(|notice| notice.text != text);
        self.notices.push(Notice { number, kind, text });
    }

    fn number(&mut self) -> u64 {
        self.next_number += 1;
        self.next_number
    }

    fn read_file(&mut self, path: PathBuf, replaces: Option<SourceId>) {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
        let before = replaces.and_then(|id| self.source(id)).map(|open| Arc::clone(&open.loaded));
        self.read(name, replaces, move |id, progress, how| {
            let stamp = job::stamp(&path);
            let loaded = load::load_path_as(&path, id, progress, how)?;
            let mut open = Open::new(Some(path), stamp, loaded, progress)?;
            open.since = before.and_then(|before| Followed::since(&before, &open.loaded));
            Ok(Box::new(open))
        });
    }

    /// Reads a source again, from its file or from the binary.
    fn read_again(&mut self, id: SourceId) {
        let Some(open) = self.source(id) else { return };
        match (&open.path, SAMPLES.iter().position(|(name, _)| *name == open.loaded.source.name)) {
            (Some(path), _) => self.read_file(path.clone(), Some(id)),
            (None, Some(at)) => self.read_sample_as(at, Some(id)),
            (None, None) => {}
        }
    }

    fn read_sample(&mut self, at: usize) {
        let Some((name, _)) = SAMPLES.get(at) else { return };
        if let Some(open) = self.sources.iter().find(|open| open.path.is_none() && open.loaded.source.name == *name) {
            return self.apply(Command::ShowSource(open.id()));
        }
        self.read_sample_as(at, None);
    }

    fn read_sample_as(&mut self, at: usize, replaces: Option<SourceId>) {
        let Some((name, bytes)) = SAMPLES.get(at) else { return };
        self.read((*name).to_owned(), replaces, move |id, progress, how| {
            let loaded = load::load_bytes_as(name, bytes, id, progress, how)?;
            Ok(Box::new(Open::new(None, None, loaded, progress)?))
        });
    }

    fn read(
        &mut self,
        name: String,
        replaces: Option<SourceId>,
        work: impl FnOnce(SourceId, &Progress, &How) -> Result<Box<Open>, Error> + Send + 'static,
    ) {
        let id = replaces.unwrap_or_else(|| {
            self.next_source += 1;
            SourceId(self.next_source - 1)
        });
        let progress = Progress::default();
        let shared = progress.clone();
        let family = self.family_of(id);
        let how = How { family: family.clone(), ..self.how.clone() };
        let job = Job::start(&self.waker, move || work(id, &shared, &how));
        let number = self.number();
        self.loads.push(Load { number, name, progress, replaces, family, job });
    }

    /// The family that a source is to be read as.
    fn family_of(&self, id: SourceId) -> Option<String> {
        self.workspace.families.get(&id).or(self.how.family.as_ref()).cloned()
    }

    fn save_chart(&mut self, path: PathBuf) {
        let Some(chart) = self.chart().cloned() else { return };
        let name = path.display().to_string();
        let loaded: Vec<_> = self.sources.iter().map(|open| Arc::clone(&open.loaded)).collect();
        let job = Job::start(&self.waker, move || {
            let cited = |loaded: &&Arc<load::Loaded>| {
                let pieces = chart.marks.iter().flat_map(|mark| &mark.evidence.pieces);
                pieces.into_iter().any(|piece| piece.anchor.source == loaded.source.id)
            };
            let sources: Vec<_> = loaded.iter().filter(cited).map(|loaded| &loaded.source).collect();
            save::save_chart(&chart, &sources, &path)
        });
        self.savings.push(Saving { name, job });
    }

    /// The first chart of the shown source.
    fn first_chart(&self) -> Option<ChartSpec> {
        self.shown()?.entries.first().map(|entry| entry.spec.clone())
    }

    /// Draws the chart and joins it to the source afresh.
    fn rebuild(&mut self) {
        // What was read again may ask no more, or state no more what was chosen.
        self.workspace.spec = self.workspace.spec.take().map(|spec| self.kept(spec));
        let shown = self.workspace.source.and_then(|id| self.sources.iter().find(|open| open.id() == id));
        self.view = match (shown, &self.workspace.spec) {
            (Some(_), Some(spec)) if Across::joins(spec) => {
                View::build(&self.across.dataset, &self.across.hashes, spec)
            }
            (Some(open), Some(spec)) => {
                View::build(&open.loaded.dataset, &[(open.loaded.source.id, open.loaded.source.sha256)], spec)
            }
            _ => None,
        };
        let chart = self.view.as_ref().map(|view| &view.chart);
        self.links = shown.map_or_else(Links::default, |open| {
            Links::build(open.id(), open.loaded.reading.as_ref(), chart, &open.drawn_in)
        });
        self.hover = Selection::Nothing;
        if let Selection::Mark { id, .. } = &self.workspace.selection
            && chart.is_none_or(|chart| chart.mark(id).is_none())
        {
            self.workspace.selection = Selection::Nothing;
        }
        self.list_figures(self.account.status);
        self.relight();
    }

    fn relight(&mut self) {
        let chart = self.view.as_ref().map(|view| &view.chart);
        self.lit = match self.workspace.source {
            Some(source) => self.links.lit(self.pointed(), source, chart),
            None => Lit::default(),
        };
    }

    /// The words and the place of an anchor, as an inspector shows them.
    pub fn quote(&self, anchor: Anchor) -> (String, String) {
        let Some(open) = self.source(anchor.source) else {
            return ("a source that was closed".to_owned(), String::new());
        };
        let words = open.loaded.source.words(anchor.place).unwrap_or_default();
        (words.to_owned(), cite::place(&open.loaded, anchor))
    }

    /// Whether this file is open already, and as which source.
    fn open_as(&self, path: &Path) -> Option<SourceId> {
        self.sources.iter().find(|open| open.path.as_deref() == Some(path)).map(Open::id)
    }
}

const REPORT: &str = "what was open is as it was, and the file would be a welcome sample for a fault report";

fn nothing_drawn(diagnostics: usize) -> String {
    let more = if diagnostics > 0 { " (see the notes in its panel)" } else { "" };
    format!("no ratings, elections or population shares were found in it, so no chart can be drawn{more}")
}
