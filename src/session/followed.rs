//! Saved links: written to a file, read from one, and what became of them in the document that is open; also of what
//! is selected, when that document is read again and has changed.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Command, Effect, NoticeKind, Saving, Selection, Session,
    job::{Job, Poll},
    load::{self, Loaded},
    save,
};
use crate::{
    error::Error,
    export::annotation::{self, Link},
    source::{Anchor, Comparison, Ground, Place, Resolution, Selecting, SourceId, resolve::resolve},
};

/// Links, and what became of each in a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Followed {
    /// The source.
    pub source: SourceId,
    /// Where the links come from: the name of their file, or `before` for the source as it was.
    pub from: String,
    /// A line each, those first that need to be looked at.
    pub rows: Vec<Row>,
    /// How many were found, moved, changed, and are ambiguous.
    pub counts: [usize; 4],
    /// The links of a file, to be followed again when the source changes; none for the source as it was.
    saved: Arc<Vec<Link>>,
}

/// A link, or one of the places it may lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it says: `rating, Courts of Law, 2007: 3.75 score`.
    pub label: String,
    /// Its words when it was made.
    pub was: String,
    /// `found`, `moved`, `changed` or `ambiguous`.
    pub status: &'static str,
    /// Where it leads.
    pub place: Option<Place>,
    /// Of several places it may lead to: which, from 1, and how many.
    pub of: Option<(usize, usize)>,
}

/// Links that are being read.
pub(super) struct Import {
    name: String,
    job: Job<Result<Followed, Error>>,
}

/// The statuses in the order of `Followed::counts`.
const STATUSES: [&str; 4] = ["found", "moved", "changed", "ambiguous"];

impl Followed {
    /// What became of the links of a source's earlier state; `None` where its bytes are the same.
    pub fn since(before: &Loaded, now: &Loaded) -> Option<Self> {
        if before.source.sha256 == now.source.sha256 {
            return None;
        }
        let links = annotation::links(&before.source, &before.dataset.facts);
        let all: Vec<&Link> = links.iter().collect();
        Some(Self::new("before".to_owned(), &all, now, Arc::default()))
    }

    /// What became in a source of the links of a file.
    fn of_file(from: String, saved: Arc<Vec<Link>>, now: &Loaded) -> Self {
        let own = annotation::of_source(&saved, &now.source);
        Self::new(from, &own, now, Arc::clone(&saved))
    }

    fn new(from: String, links: &[&Link], now: &Loaded, saved: Arc<Vec<Link>>) -> Self {
        let answers = annotation::follow(links, &now.source);
        let count = |status: &&str| answers.iter().filter(|answer| answer.label() == *status).count();
        let counts = STATUSES.each_ref().map(count);
        let mut rows: Vec<Row> = links.iter().zip(&answers).flat_map(|(link, answer)| rows(link, answer)).collect();
        let order = |row: &Row| STATUSES.iter().rev().position(|status| *status == row.status);
        rows.sort_by_key(order);
        Self { source: now.source.id, from, rows, counts, saved }
    }

    /// `118 found, 1 moved, 1 changed`.
    pub fn counted(&self) -> String {
        let some = self.counts.iter().zip(STATUSES).filter(|(count, _)| **count > 0);
        let words = some.map(|(count, status)| format!("{count} {status}")).collect::<Vec<_>>();
        if words.is_empty() { "none".to_owned() } else { words.join(", ") }
    }

    /// Whether a link is changed or ambiguous.
    pub fn needs_a_look(&self) -> bool {
        self.counts[2] + self.counts[3] > 0
    }
}

fn rows(link: &Link, answer: &Resolution) -> Vec<Row> {
    let row = |place, of| Row {
        label: link.label.clone(),
        was: link.selector.exact.split_whitespace().collect::<Vec<_>>().join(" "),
        status: answer.label(),
        place,
        of,
    };
    match answer {
        Resolution::Ambiguous(places) => {
            let count = places.len();
            places
                .iter()
                .enumerate()
                .map(|(n, place)| row(Some(*place), (count > 1).then_some((n + 1, count))))
                .collect()
        }
        other => vec![row(other.place(), None)],
    }
}

impl Session {
    /// Saved links that were followed in the shown source.
    pub fn followed(&self) -> Option<&Followed> {
        self.followed.as_ref().filter(|followed| Some(followed.source) == self.workspace.source)
    }

    /// What going to a place of the shown source does.
    pub fn go_to(&self, place: Place) -> Command {
        match (self.links.at(place), self.workspace.source) {
            (Some(spot), _) => self.click(spot),
            (None, Some(source)) => Command::Select(Selection::Figure(Anchor { source, place })),
            (None, None) => Command::Select(Selection::Nothing),
        }
    }

    /// Whether the shown source states anything to link to.
    pub fn has_links(&self) -> bool {
        self.shown().is_some_and(|open| !open.loaded.dataset.facts.is_empty())
    }

    pub(super) fn ask_export_links(&mut self) {
        if self.has_links() {
            let name = self.links_name();
            self.effects.push(Effect::PickLinksTarget(name));
        }
    }

    pub(super) fn ask_import_links(&mut self) {
        if self.shown().is_some() {
            self.effects.push(Effect::PickLinks);
        }
    }

    /// The name that saved links begin from: `report.links.jsonld`.
    pub(super) fn links_name(&self) -> String {
        let name = self.shown().map_or("", |open| &open.loaded.source.name);
        let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        format!("{stem}.links.jsonld")
    }

    pub(super) fn export_links(&mut self, path: PathBuf) {
        let Some(loaded) = self.shown().map(|open| Arc::clone(&open.loaded)) else { return };
        let name = path.display().to_string();
        let job = Job::start(&self.waker, move || save::save_links(&loaded, &path));
        self.savings.push(Saving { name, job });
    }

    pub(super) fn import_links(&mut self, path: PathBuf) {
        let Some(loaded) = self.shown().map(|open| Arc::clone(&open.loaded)) else { return };
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into());
        let from = name.clone();
        let job = Job::start(&self.waker, move || {
            let saved = Arc::new(load::read_links(&path)?);
            let followed = Followed::of_file(from, saved, &loaded);
            if followed.rows.is_empty() && followed.counts == [0; 4] {
                let what = format!("its links lead to other files than `{}`", loaded.source.name);
                return Err(Error::read(path.display().to_string(), what, "show one of those files first"));
            }
            Ok(followed)
        });
        self.imports.push(Import { name, job });
    }

    pub(super) fn poll_imports(&mut self) {
        let mut at = 0;
        while at < self.imports.len() {
            let answer = self.imports[at].job.poll();
            if matches!(answer, Poll::Working) {
                at += 1;
                continue;
            }
            let import = self.imports.remove(at);
            match answer {
                Poll::Done(Ok(followed)) => self.take_up(followed),
                Poll::Done(Err(error)) => self.notify(NoticeKind::Trouble, error.to_string()),
                _ => self.notify(NoticeKind::Trouble, format!("`{}`: its reading broke off", import.name)),
            }
        }
    }

    /// Shows links that were followed, unless their source was closed or read again meanwhile.
    fn take_up(&mut self, followed: Followed) {
        let Some(open) = self.source(followed.source) else { return };
        let followed = Followed::of_file(followed.from, followed.saved, &open.loaded);
        self.notify(NoticeKind::Done, format!("links of `{}`: {}", followed.from, followed.counted()));
        self.workspace.hidden.remove(&super::Panel::Document);
        self.followed = Some(followed);
    }

    /// A source was read again: places in its earlier text are found in the new one, or let go; and it is said how
    /// many of its links are where they were.
    pub(super) fn follow_change(&mut self, before: &Loaded, since: Option<Followed>) {
        let id = before.source.id;
        let Some(now) = self.source(id).map(|open| Arc::clone(&open.loaded)) else { return };
        if before.source.sha256 == now.source.sha256 {
            return;
        }
        let held = self.workspace.selection.clone();
        self.renew_selections(before, &now);
        let lost = held != Selection::Nothing && self.workspace.selection.is_nothing();
        self.beside = self.beside.filter(|(source, _)| *source != id);
        if self.workspace.source == Some(id) {
            let query = std::mem::take(&mut self.find.query);
            self.search(query);
        }
        // An imported list stays, followed anew.
        if let Some(followed) = self.followed.take_if(|followed| followed.source == id)
            && !followed.saved.is_empty()
        {
            self.followed = Some(Followed::of_file(followed.from, followed.saved, &now));
        }
        let Some(since) = since else { return };
        let selected = if lost { "; what was selected is not found any more" } else { "" };
        let counted = since.counted();
        self.notify(NoticeKind::Done, format!("`{}` was read again; its links: {counted}{selected}", now.source.name));
        if since.needs_a_look() && self.followed.is_none() {
            self.followed = Some(since);
        }
    }

    /// Finds the places that are selected, now or in a step of the past, in a source's new text.
    fn renew_selections(&mut self, before: &Loaded, now: &Loaded) {
        let id = before.source.id;
        let place_of = |selection: &Selection| match selection {
            Selection::Figure(anchor) if anchor.source == id => Some(anchor.place),
            _ => None,
        };
        let workspaces = std::iter::once(&mut self.workspace).chain(self.history.iter_mut());
        let mut places: BTreeMap<Place, Option<Place>> =
            workspaces.filter_map(|workspace| Some((place_of(&workspace.selection)?, None))).collect();
        if places.is_empty() {
            return;
        }
        let selecting = Selecting::new(&before.source);
        let ground = Ground::of(&now.source);
        let compared = Comparison::new(selecting.print(), &ground);
        for (place, found) in &mut places {
            let answer = selecting.selector(*place).map(|selector| resolve(&compared, &selector));
            *found = answer.filter(Resolution::is_certain).and_then(|answer| answer.place());
        }
        for workspace in std::iter::once(&mut self.workspace).chain(self.history.iter_mut()) {
            if let Some(place) = place_of(&workspace.selection) {
                let found = places.get(&place).copied().flatten();
                workspace.selection =
                    found.map_or(Selection::Nothing, |place| Selection::Figure(Anchor { source: id, place }));
            }
        }
    }
}
