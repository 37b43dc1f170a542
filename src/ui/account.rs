//! The line that says how much of a report was read, and the list of its figures by how they were read.

use std::ops::Range;

use egui::{
    Align, Color32, Layout, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2,
    text::{LayoutJob, TextFormat, TextWrapping},
    vec2,
};

use super::{
    theme::{font, paint, space},
    walk::Walk,
    widgets,
};
use crate::{
    chart::{
        number,
        text::Face,
        tokens::{Paint, size},
    },
    reading::{FigureStatus, Reading, STATUSES},
    session::{
        Command, Open, Selection, Session,
        account::{self, Row},
    },
    source::{Place, SourceId},
};

/// Height of a row, px.
pub(super) const ROW: f32 = 44.0;
/// One character before a figure for so many px of a row.
const BEFORE: f32 = 13.0;

/// How much was read; a click opens or closes the list.
pub fn line(ui: &mut Ui, session: &Session, open: &Open, commands: &mut Vec<Command>) {
    let Some(words) = account::coverage(&open.coverage) else { return };
    let is_open = session.lists_figures();
    if widgets::disclosure(ui, &words, is_open, "Every number of the report, and how it was read (F6)") {
        commands.push(Command::ToggleFigures);
    }
}

/// The list: what it last showed, and where it is scrolled to.
#[derive(Default)]
pub struct AccountPanel {
    key: Option<(SourceId, FigureStatus)>,
    selected: Option<usize>,
    offset: f32,
    room: f32,
    pass: u64,
}

impl AccountPanel {
    /// Draws the list.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, open: &Open, reading: &Reading, commands: &mut Vec<Command>) {
        ui.add_space(space(1));
        tabs(ui, session, open, commands);
        ui.add_space(space(0));
        let account = session.account();
        if account.rows.is_empty() {
            let words = match account.status {
                FigureStatus::Unknown => "Every figure of this report was read.",
                _ => "No figure of this report was read so.",
            };
            ui.add_space(space(1));
            ui.label(RichText::new(words).color(paint(ui, Paint::Ink2)));
            return;
        }
        let list = List { session, open, reading, rows: &account.rows };
        let mut walk = Walk::new(ui, "account", account.rows.len());
        if self.opens(ui) {
            // Who opens it by the keyboard is in it; who clicks stays where the pointer is.
            let clicked = ui.input(|input| input.pointer.time_since_last_click()) < 0.5;
            if !clicked {
                ui.memory_mut(|memory| memory.request_focus(walk.item_id(walk.current())));
                ui.ctx().request_repaint();
            }
        }
        let goal = self.goal(&list, &mut walk, ui);
        let mut area =
            ScrollArea::vertical().id_salt(("account", open.id(), account.status.label())).auto_shrink(false);
        if let Some(goal) = goal {
            area = area.vertical_scroll_offset(goal);
        }
        // Asked by the area, which adds it to each row.
        ui.spacing_mut().item_spacing.y = 0.0;
        let output = area.show_rows(ui, ROW, account.rows.len(), |ui, rows| list.rows(ui, rows, &mut walk, commands));
        self.offset = output.state.clamped_offset().y;
        self.room = output.inner_rect.height();
        if walk.arrows(ui) {
            // The next frame brings it in sight.
            self.selected = None;
            ui.data_mut(|data| data.insert_temp(egui::Id::unique("account walked"), walk.current()));
        }
        walk.keep(ui);
    }

    /// Whether it was not there in the frame before.
    fn opens(&mut self, ui: &Ui) -> bool {
        let pass = ui.ctx().cumulative_pass_nr();
        let before = std::mem::replace(&mut self.pass, pass);
        before + 1 < pass
    }

    /// Where to scroll to: the row that the keyboard came to, or the one selected since.
    fn goal(&mut self, list: &List<'_>, walk: &mut Walk, ui: &Ui) -> Option<f32> {
        let account = list.session.account();
        let key = Some((list.open.id(), account.status));
        let fresh = self.key != key;
        self.key = key;
        let id = egui::Id::unique("account walked");
        let walked = ui.data_mut(|data| data.remove_temp::<usize>(id));
        let selected = list.selected();
        let came = selected.filter(|_| selected != self.selected || fresh);
        self.selected = selected;
        if let Some(selected) = selected {
            walk.start_at(ui, selected);
        }
        let row = walked.or(came)? as f32 * ROW;
        let sees = row >= self.offset && row + ROW <= self.offset + self.room;
        match (fresh, sees) {
            (false, true) => None,
            (false, false) if row < self.offset => Some(row),
            (false, false) => Some(row + ROW - self.room),
            // A list that is new: somewhat down, so that what stands before is seen too.
            (true, _) => Some((row - ROW).max(0.0)),
        }
    }
}

/// The four statuses with their counts, of which one is listed.
fn tabs(ui: &mut Ui, session: &Session, open: &Open, commands: &mut Vec<Command>) {
    ui.with_layout(Layout::left_to_right(Align::Min).with_main_wrap(true), |ui| {
        ui.spacing_mut().item_spacing = vec2(space(2), 2.0);
        for status in STATUSES {
            let chosen = session.account().status == status;
            if tab(ui, status, open.coverage.with(status), chosen).clicked() && !chosen {
                commands.push(Command::ListFigures(status));
            }
        }
    });
}

fn tab(ui: &mut Ui, status: FigureStatus, count: usize, chosen: bool) -> egui::Response {
    let name = match status {
        FigureStatus::Unknown => "Not understood",
        FigureStatus::NotAQuantity => "No quantity",
        FigureStatus::Date => "Dates",
        FigureStatus::Fact => "Facts",
    };
    let count = number::stated(count.into());
    let (face, tone) = if chosen { (Face::Bold, Paint::Accent) } else { (Face::Regular, Paint::Ink2) };
    let mut job = LayoutJob::default();
    append(&mut job, name, face, size::LABEL, paint(ui, tone));
    append(&mut job, &format!(" {count}"), Face::Regular, size::LABEL, paint(ui, Paint::Ink3));
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, 24.0), Sense::click());
    ui.painter().galley(rect.left_center() - vec2(0.0, galley.size().y / 2.0), galley, Color32::PLACEHOLDER);
    if chosen || response.hovered() {
        let line = Stroke::new(2.0, paint(ui, if chosen { Paint::Accent } else { Paint::Line }));
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, line);
    }
    widgets::ring(ui, &response, 2.0);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, format!("{name}: {count}")));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

fn append(job: &mut LayoutJob, words: &str, face: Face, size_px: f64, colour: Color32) {
    job.append(words, 0.0, TextFormat { font_id: font(face, size_px), color: colour, ..TextFormat::default() });
}

/// What a frame of the list works with.
struct List<'a> {
    session: &'a Session,
    open: &'a Open,
    reading: &'a Reading,
    rows: &'a [usize],
}

impl List<'_> {
    /// The spot of the source that a row stands for.
    fn spot(&self, row: usize) -> Option<usize> {
        let figure = self.reading.figures.get(*self.rows.get(row)?)?;
        self.session.links().at(Place::Text(figure.span))
    }

    /// The row of what is selected, where it is listed.
    fn selected(&self) -> Option<usize> {
        let anchor = match &self.session.workspace().selection {
            Selection::Nothing => return None,
            Selection::Figure(anchor) => *anchor,
            Selection::Mark { id, piece } => self.session.mark(id)?.1.evidence.pieces.get(*piece)?.anchor,
        };
        if anchor.source != self.open.id() {
            return None;
        }
        let spots = self.session.links();
        let figure = spots.spots.get(spots.at(anchor.place)?)?.figure?;
        self.rows.binary_search(&figure).ok()
    }

    fn rows(&self, ui: &mut Ui, rows: Range<usize>, walk: &mut Walk, commands: &mut Vec<Command>) {
        let selected = self.selected();
        for row in rows.clone() {
            let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
            self.row(ui, row, rect, selected == Some(row), walk, commands);
        }
        if !rows.contains(&walk.current()) {
            // Out of sight, yet the keyboard may be there: without a node it would lose its place.
            let rect = Rect::from_min_size(ui.max_rect().left_top() - vec2(0.0, 400.0), vec2(1.0, 1.0));
            self.row(ui, walk.current(), rect, false, walk, commands);
        }
    }

    fn row(&self, ui: &Ui, row: usize, rect: Rect, selected: bool, walk: &mut Walk, commands: &mut Vec<Command>) {
        let (Some(number), Some(spot)) = (self.rows.get(row), self.spot(row)) else { return };
        // The figure itself is always in sight, some way from the left.
        let before = (rect.width() / BEFORE).max(8.0) as usize;
        let Some(told) = account::row(&self.open.loaded, self.reading, *number, before) else { return };
        let fill = rect.expand2(vec2(space(1) - 2.0, 0.0));
        let response = walk.item(ui, row, fill);
        let words = [told.place.as_str(), &told.told].join(", ");
        response.widget_info(|| {
            let label = format!("{}: {}, {}", account::status(self.session.account().status), told.words, words);
            WidgetInfo::selected(Role::ListBoxOption, true, selected, label.trim_end_matches(", "))
        });
        if selected {
            ui.painter().rect_filled(fill, size::CORNER as f32, paint(ui, Paint::Chosen));
        } else if response.hovered() {
            ui.painter().rect_filled(fill, size::CORNER as f32, paint(ui, Paint::Ground));
        }
        write(ui, rect, &told);
        widgets::ring(ui, &response, -1.0);
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if response.has_focus() && !response.hovered() {
            commands.insert(0, Command::Hover(self.session.selection_at(spot)));
        }
        if response.clicked() {
            commands.push(Command::Select(self.session.selection_at(spot)));
        }
    }
}

/// A row's two lines: the figure among its words; its place, and how it was read.
pub(super) fn write(ui: &Ui, rect: Rect, row: &Row) {
    let one_line = || LayoutJob {
        wrap: TextWrapping {
            max_width: rect.width(),
            max_rows: 1,
            break_anywhere: true,
            overflow_character: Some('…'),
        },
        ..LayoutJob::default()
    };
    let (ink, faint) = (paint(ui, Paint::Ink), paint(ui, Paint::Ink2));
    let mut job = one_line();
    append(&mut job, &row.before, Face::Regular, size::TEXT, faint);
    append(&mut job, &row.words, Face::Bold, size::TEXT, ink);
    append(&mut job, &row.behind, Face::Regular, size::TEXT, faint);
    let at = pos2(rect.left(), rect.top() + 4.0);
    ui.painter().galley(at, ui.painter().layout_job(job), ink);
    let mut job = one_line();
    append(&mut job, &row.place, Face::Regular, size::LABEL, paint(ui, Paint::Ink3));
    if !row.told.is_empty() {
        append(&mut job, &format!("  {}", row.told), Face::Regular, size::LABEL, faint);
    }
    ui.painter().galley(at + vec2(0.0, 18.0), ui.painter().layout_job(job), ink);
}
