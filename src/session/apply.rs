//! The arms of `Session::apply`.

use std::path::PathBuf;

use super::{
    Across, Asked, Command, Effect, NoticeKind, Overlay, Panel, Selection, Session, Workspace, cite, view::with_choice,
    workspace::ZOOM_RANGE,
};
use crate::{
    chart::{ChartSpec, question},
    export,
    source::{Anchor, SourceId},
};

impl Session {
    /// Carries a command out; the only way to change a session. What it changes in the workspace can be undone.
    pub fn apply(&mut self, command: Command) {
        let before = self.workspace.clone();
        let remembered = !matches!(command, Command::Undo | Command::Redo | Command::Close(_) | Command::CloseShown);
        self.carry_out(command);
        if self.workspace == before {
            return;
        }
        self.read_as_chosen(&before);
        if (self.workspace.source, &self.workspace.spec) != (before.source, &before.spec) {
            self.rebuild();
        }
        if self.workspace.source != before.source {
            let query = std::mem::take(&mut self.find.query);
            self.search(query);
        }
        if self.workspace.selection != before.selection {
            self.hover = Selection::Nothing;
        }
        self.relight();
        // The first source shown is where undo ends: before it there was nothing.
        if remembered && before.source.is_some() {
            self.history.record(before);
        }
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::AskOpen => self.effects.push(Effect::PickFiles),
            Command::AskOpenPath => self.ask_path(Asked::Open, String::new(), None),
            Command::Open(paths) => paths.into_iter().for_each(|path| self.open(path)),
            Command::OpenSample(at) => self.read_sample(at),
            Command::CancelLoad(number) => {
                self.loads.iter().filter(|load| load.number == number).for_each(|load| load.progress.cancel());
            }
            Command::Reload(id) => self.reload(id),
            Command::ReadAs(id, family) => self.read_as(id, family),
            Command::Close(id) => self.close(id),
            Command::CloseShown => {
                if let Some(id) = self.workspace.source {
                    self.close(id);
                }
            }
            Command::ShowSource(id) => self.show_source(id),
            Command::ShowChart(spec) => self.show_chart(spec),
            Command::StepChart(step) => self.step_chart(step),
            Command::Choose { option, choice } => self.choose(option, choice),
            Command::ChooseData(key) => self.choose_data(key),
            Command::Use { key, used } => self.use_statement(key, used),
            Command::Select(selection) => self.select(selection),
            Command::Follow(spec, selection) => {
                self.workspace.spec = Some(self.kept(spec));
                self.workspace.selection = selection;
            }
            Command::Hover(selection) => {
                if self.hover != selection {
                    self.hover = selection;
                    self.relight();
                }
            }
            Command::LetGo => self.let_go(),
            Command::Undo => {
                if let Some(earlier) = self.history.undo(&self.workspace) {
                    self.restore(earlier);
                }
            }
            Command::Redo => {
                if let Some(later) = self.history.redo(&self.workspace) {
                    self.restore(later);
                }
            }
            Command::TogglePanel(panel) => self.workspace.toggle(panel),
            Command::Theme(theme) => self.workspace.theme = theme,
            Command::Zoom(step) => self.zoom(step),
            Command::ToggleMotion => self.workspace.still = !self.workspace.still,
            Command::ToggleReadings => self.workspace.readings = !self.workspace.readings,
            Command::ToggleFigures => self.toggle_figures(),
            Command::ToggleFindings => self.toggle_findings(),
            other => self.carry_out_aside(other),
        }
    }

    /// Commands that leave the workspace alone.
    fn carry_out_aside(&mut self, command: Command) {
        match command {
            Command::Beside(citation) => self.beside = citation.zip(self.workspace.source).map(|(n, id)| (id, n)),
            Command::AskFind => self.find.open = self.shown().is_some(),
            Command::Find(query) => self.search(query),
            Command::FindStep(step) => self.find.step(step),
            Command::CloseFind => self.close_find(),
            Command::ListFigures(status) => self.list_figures(status),
            Command::AskExport => self.ask_export(false),
            Command::AskExportPath => self.ask_export(true),
            Command::Export(path) => self.save_chart(path),
            Command::TypePath(words) => {
                if let Some(Overlay::Path { typed, .. }) = &mut self.overlay {
                    *typed = words;
                }
            }
            Command::AskExportLinks => self.ask_export_links(),
            Command::AskImportLinks => self.ask_import_links(),
            Command::ExportLinks(path) => self.export_links(path),
            Command::ImportLinks(path) => self.import_links(path),
            Command::CloseLinks => self.followed = None,
            Command::NoDialog { asked, reason } => {
                let typed = match asked {
                    Asked::ExportChart => self.export_name(),
                    Asked::ExportLinks => self.links_name(),
                    Asked::Open | Asked::ImportLinks => String::new(),
                };
                self.ask_path(asked, typed, Some(reason));
            }
            Command::CopyCitation => self.copy_citation(),
            Command::CopyTable => self.copy_table(),
            Command::About => self.overlay = Some(Overlay::About),
            Command::Keys => self.overlay = Some(Overlay::Keys),
            Command::CloseOverlay => self.overlay = None,
            Command::Dismiss(number) => self.notices.retain(|notice| notice.number != number),
            Command::Quit => self.effects.push(Effect::Quit),
            _ => {}
        }
    }

    fn open(&mut self, path: PathBuf) {
        self.overlay = None;
        match self.open_as(&path) {
            Some(id) => {
                self.show_source(id);
                self.reload(id);
            }
            None => self.read_file(path, None),
        }
    }

    fn reload(&mut self, id: SourceId) {
        if let Some(path) = self.source(id).and_then(|open| open.path.clone()) {
            self.read_file(path, Some(id));
        }
    }

    fn read_as(&mut self, id: SourceId, family: Option<String>) {
        match family.filter(|family| self.families().by_id(family).is_some()) {
            Some(family) => self.workspace.families.insert(id, family),
            None => self.workspace.families.remove(&id),
        };
    }

    /// Reads those sources again for which another family is chosen than before.
    fn read_as_chosen(&mut self, before: &Workspace) {
        let now = &self.workspace.families;
        let changed = |id: &SourceId| now.get(id) != before.families.get(id);
        let ids: Vec<SourceId> = self.sources.iter().map(super::Open::id).filter(changed).collect();
        ids.into_iter().for_each(|id| self.read_again(id));
    }

    fn close(&mut self, id: SourceId) {
        let Some(at) = self.sources.iter().position(|open| open.id() == id) else { return };
        self.sources.remove(at);
        self.across = Across::of(&self.sources);
        self.watch_files();
        self.notices.retain(|notice| notice.kind != NoticeKind::Changed(id));
        let joined = self.workspace.spec.clone().filter(Across::joins);
        let open = || self.sources.iter().map(super::Open::id);
        if self.workspace.source == Some(id) {
            // A chart that others still draw stays, with one of them beside it.
            let other = joined.and_then(|spec| open().find(|id| self.across.draws(&spec, *id)));
            let next = other.or(open().nth(at)).or(open().next_back());
            self.workspace.source = None;
            self.workspace.selection = Selection::Nothing;
            match next {
                Some(next) => self.show_source(next),
                None => self.workspace.spec = None,
            }
        } else if joined.is_some() {
            self.rebuild();
            self.keep_a_chart();
        }
    }

    /// Shows a source, and its first chart, where the chart shown is not one that joins it with others.
    fn show_source(&mut self, id: SourceId) {
        if self.workspace.source == Some(id) || self.source(id).is_none() {
            return;
        }
        let stays = self.workspace.spec.as_ref().is_some_and(|spec| self.across.draws(spec, id));
        self.workspace.source = Some(id);
        if !stays {
            self.workspace.spec = self.first_chart().map(|spec| self.kept(spec));
        }
        // Of what is selected, the words in this source.
        let own = match &self.workspace.selection {
            Selection::Mark { id: mark, .. } if stays => self.mark(mark).and_then(|(_, mark)| {
                let piece = mark.evidence.pieces.iter().position(|piece| piece.anchor.source == id)?;
                Some(Selection::Mark { id: mark.id.clone(), piece })
            }),
            _ => None,
        };
        self.workspace.selection = own.unwrap_or_default();
    }

    /// Selects; the source that states what is selected is shown, where it is another.
    fn select(&mut self, selection: Selection) {
        let stated = match &selection {
            Selection::Mark { id, piece } => {
                let pieces = self.mark(id).map(|(_, mark)| mark.evidence.pieces.as_slice()).unwrap_or_default();
                pieces.get(*piece).or(pieces.first()).map(|piece| piece.anchor.source)
            }
            Selection::Figure(anchor) => Some(anchor.source),
            Selection::Nothing => None,
        };
        if let Some(source) = stated {
            self.show_source(source);
        }
        self.workspace.selection = selection;
    }

    /// Draws the first chart of the shown source where the one asked for can no longer be drawn.
    fn keep_a_chart(&mut self) {
        if self.view.is_none() && self.workspace.spec.is_some() {
            self.workspace.spec = self.first_chart();
            self.workspace.selection = Selection::Nothing;
        }
    }

    /// Draws another chart; the selected words stay selected where it draws them too.
    pub(super) fn show_chart(&mut self, spec: ChartSpec) {
        let spec = self.kept(spec);
        if self.workspace.spec.as_ref() == Some(&spec) {
            return;
        }
        let anchor = self.lit_anchor();
        // A chart that joins sources stands beside one of them.
        if let Some(source) = self.across.source_of(&spec)
            && self.workspace.source.is_none_or(|shown| !self.across.draws(&spec, shown))
        {
            self.workspace.source = Some(source);
            self.workspace.selection = Selection::Nothing;
        }
        let anchor = anchor.filter(|anchor| Some(anchor.source) == self.workspace.source);
        self.workspace.spec = Some(spec);
        self.rebuild();
        if let (true, Some(anchor)) = (self.workspace.selection.is_nothing(), anchor)
            && let Some(spot) = self.links.at(anchor.place)
            && !self.links.spots[spot].ties.is_empty()
        {
            self.workspace.selection = self.selection_at(spot);
        }
    }

    /// Where the selected words stand.
    fn lit_anchor(&self) -> Option<Anchor> {
        match &self.workspace.selection {
            Selection::Nothing => None,
            Selection::Figure(anchor) => Some(*anchor),
            Selection::Mark { id, piece } => {
                self.mark(id).and_then(|(_, mark)| mark.evidence.pieces.get(*piece)).map(|piece| piece.anchor)
            }
        }
    }

    fn step_chart(&mut self, step: isize) {
        let charts = self.charts();
        let now = self.view.as_ref().map(|view| view.kind.id);
        let at = charts.iter().position(|(kind, _)| Some(kind.id) == now).unwrap_or(0) as isize;
        let count = charts.len() as isize;
        if count > 0
            && let Some((_, spec)) = charts.get((at + step).rem_euclid(count) as usize)
        {
            self.show_chart(spec.clone());
        }
    }

    fn choose(&mut self, option: &str, choice: &str) {
        let Some(view) = &self.view else { return };
        if let Some(option) = view.kind.options.iter().find(|other| other.id == option) {
            let spec = with_choice(&view.spec, option, choice);
            self.remember(&spec);
            self.show_chart(spec);
        }
    }

    fn choose_data(&mut self, key: String) {
        let Some(view) = &self.view else { return };
        let first = !view.kind.joins && view.data.first().is_some_and(|(first, _)| *first == key);
        self.show_chart(ChartSpec { of: (!first).then_some(key), ..question::unanswered(&view.spec) });
    }

    fn let_go(&mut self) {
        if self.overlay.is_some() {
            self.overlay = None;
        } else if self.find.open {
            self.close_find();
        } else if self.lists_findings() {
            self.findings_open = false;
        } else if self.lists_figures() {
            self.account.open = false;
        } else if self.followed().is_some() {
            self.followed = None;
        } else {
            self.workspace.selection = Selection::Nothing;
            self.hover = Selection::Nothing;
            self.relight();
        }
    }

    /// The list of figures stands in the report's panel, which is shown for it.
    fn toggle_figures(&mut self) {
        self.account.open = !self.lists_figures() && self.has_figures();
        if self.account.open {
            self.findings_open = false;
            self.workspace.hidden.remove(&Panel::Document);
            self.list_some_figures();
        }
    }

    /// Goes to a workspace of the past, as far as what it shows is still open.
    fn restore(&mut self, mut then: Workspace) {
        if then.source.is_none_or(|id| self.source(id).is_none()) {
            then.source = self.workspace.source;
            then.spec = self.workspace.spec.clone();
            then.selection = self.workspace.selection.clone();
        }
        if let (Some(spec), Some(source)) = (&then.spec, then.source)
            && Across::joins(spec)
            && !self.across.draws(spec, source)
        {
            then.spec = self.source(source).and_then(|open| open.entries.first()).map(|entry| entry.spec.clone());
            then.selection = Selection::Nothing;
        }
        self.workspace = then;
    }

    fn zoom(&mut self, step: i32) {
        let now = if step == 0 { 100 } else { self.workspace.zoom_percent.saturating_add_signed(step * 10) };
        self.workspace.zoom_percent = now.clamp(ZOOM_RANGE.0, ZOOM_RANGE.1);
    }

    pub(super) fn search(&mut self, query: String) {
        let mut find = std::mem::take(&mut self.find);
        find.search(query, self.shown().map(|open| &open.loaded.source));
        self.find = find;
    }

    fn close_find(&mut self) {
        self.find.open = false;
        self.search(String::new());
    }

    fn ask_path(&mut self, asked: Asked, typed: String, reason: Option<String>) {
        self.overlay = Some(Overlay::Path { asked, typed, reason });
    }

    fn ask_export(&mut self, in_window: bool) {
        if self.chart().is_none() {
            return;
        }
        let name = self.export_name();
        if in_window {
            self.ask_path(Asked::ExportChart, name, None);
        } else {
            self.effects.push(Effect::PickTarget(name));
        }
    }

    /// The name a saved chart begins from: `seats-votes-list.png`.
    fn export_name(&self) -> String {
        self.chart().map_or_else(|| "chart.png".to_owned(), |chart| format!("{}.png", chart.id))
    }

    fn copy_citation(&mut self) {
        let anchors: Vec<Anchor> = match &self.workspace.selection {
            Selection::Nothing => return,
            Selection::Figure(anchor) => vec![*anchor],
            Selection::Mark { id, .. } => {
                let pieces = self.mark(id).map(|(_, mark)| mark.evidence.pieces.as_slice()).unwrap_or_default();
                pieces.iter().map(|piece| piece.anchor).collect()
            }
        };
        let cited = |anchor: &Anchor| Some(cite::citation(&self.source(anchor.source)?.loaded, *anchor));
        let lines: Vec<String> = anchors.iter().filter_map(cited).collect();
        let head = match &self.workspace.selection {
            Selection::Mark { id, .. } => self.mark(id).map(|(_, mark)| cite::statement(mark)),
            _ => None,
        };
        let text = head.into_iter().chain(lines).collect::<Vec<_>>().join("\n");
        self.effects.push(Effect::Copy(text));
        self.notify(NoticeKind::Done, "copied the figure with its citation".to_owned());
    }

    fn copy_table(&mut self) {
        if let Some(chart) = self.chart() {
            let text = export::table_csv(&chart.table);
            self.effects.push(Effect::Copy(text));
            self.notify(NoticeKind::Done, "copied the table as CSV".to_owned());
        }
    }
}
