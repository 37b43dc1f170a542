//! A table source: its cells, those that became marks underlined in their mark's colour. Only rows in sight are drawn.

use std::{collections::BTreeSet, ops::Range};

use egui::{Pos2, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    find,
    findings::{self, FindingsPanel},
    scroll::Glide,
    theme::{colour, font, paint, space, theme_of},
    walk::{Step, Walk},
    widgets,
};
use crate::{
    chart::{
        text::{self, Face},
        tokens::{Paint, size},
    },
    session::{Command, Open, Selection, Session, cite},
    source::{Anchor, Grid, Place, SourceId},
};

/// Height of a row, px.
const ROW: f32 = 26.0;
/// Width of the column with the row numbers, px.
const NUMBERS: f32 = 44.0;
/// A column of words is made no narrower than this, px.
const LEAST: f32 = 84.0;
/// Widths are taken from so many rows.
const MEASURED: usize = 200;

/// The table's panel.
#[derive(Default)]
pub struct GridPanel {
    key: Option<(SourceId, [u8; 32], usize)>,
    /// Left edge of each column, and behind the last one where all end.
    lefts: Vec<f32>,
    /// The columns as wide as their words.
    natural: Vec<Natural>,
    sheet: usize,
    glide: Glide,
    /// The column to bring in sight.
    column: Option<usize>,
    across: f32,
    seen: Option<Place>,
    found: Option<(String, usize)>,
    findings: FindingsPanel,
}

impl GridPanel {
    /// Draws the table; says where the lit cell stands, when it is in sight.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        open: &Open,
        grids: &[Grid],
        commands: &mut Vec<Command>,
    ) -> Option<Rect> {
        self.head(ui, session, open, grids, commands);
        if session.find().open {
            find::bar(ui, session, commands);
        }
        if session.lists_findings() {
            self.findings.panel(ui, session, open, commands);
        }
        self.aim(session);
        let grid = grids.get(self.sheet)?;
        let bar = ui.spacing().scroll.allocated_width();
        self.measure(session, open, grid, ui.available_width() - bar);
        let room = ui.available_height();
        let seconds = super::theme::motion_seconds(session.workspace());
        let offset = self.glide.offset(ui, seconds, |place| match place {
            Place::Cell { row, .. } => Some(row as f32 * ROW - room * 0.4),
            Place::Text(_) => None,
        });
        let total = grid.rows.len() as f32 * ROW;
        if self.lefts.last().is_some_and(|right| *right > ui.available_width()) {
            // What lies beyond the edge is told by a bar that is always there.
            ui.spacing_mut().scroll = egui::style::ScrollStyle::solid();
        }
        let mut area = ScrollArea::both().id_salt(("grid", open.id(), self.sheet)).auto_shrink(false);
        if let Some(offset) = offset {
            area = area.vertical_scroll_offset(offset.clamp(0.0, (total - room).max(0.0)));
        }
        if let Some(across) = self.column.take().and_then(|column| self.bring_in_sight(column, ui.available_width())) {
            area = area.horizontal_scroll_offset(across);
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            ui.set_height(total);
            ui.set_width(self.lefts.last().copied().unwrap_or(0.0).max(ui.available_width()));
            self.rows(ui, session, open, grid, viewport, commands)
        });
        self.glide.scrolled(output.state.clamped_offset().y, 0.0);
        self.across = output.state.clamped_offset().x;
        output.inner.filter(|rect| output.inner_rect.contains(rect.center()))
    }

    fn head(&mut self, ui: &mut Ui, session: &Session, open: &Open, grids: &[Grid], commands: &mut Vec<Command>) {
        ui.add_space(space(2));
        ui.horizontal(|ui| {
            ui.set_min_height(26.0);
            let text = egui::RichText::new(open.title()).font(font(Face::Bold, size::REPORT));
            ui.add(egui::Label::new(text).truncate());
        });
        if grids.len() > 1 {
            ui.horizontal_wrapped(|ui| {
                let names: Vec<&str> = grids.iter().map(|grid| grid.name.as_str()).collect();
                if let Some(sheet) = widgets::segmented(ui, "Sheet", &names, self.sheet) {
                    self.sheet = sheet;
                }
            });
        }
        findings::line(ui, session, open, commands);
        ui.add_space(space(0));
        let line = ui.cursor().top();
        ui.painter().hline(ui.max_rect().x_range(), line, Stroke::new(1.0, paint(ui, Paint::Line)));
        ui.add_space(1.0);
    }

    fn aim(&mut self, session: &Session) {
        let lit = session.lit().place;
        if lit != self.seen {
            self.seen = lit;
            self.go(lit);
        }
        let find = session.find();
        let found = (find.query.clone(), find.current);
        if self.found.as_ref() != Some(&found) {
            self.go(find.place());
            self.found = Some(found);
        }
    }

    fn go(&mut self, place: Option<Place>) {
        if let Some(place @ Place::Cell { table, row, column }) = place {
            self.sheet = table as usize;
            self.column = Some(column as usize);
            if !self.glide.sees(row as f32 * ROW, 400.0) {
                self.glide.go(place);
            }
        }
    }

    /// How far across to scroll so that a column is seen whole; `None` where it is.
    fn bring_in_sight(&self, column: usize, room: f32) -> Option<f32> {
        let (left, right) = (*self.lefts.get(column)?, *self.lefts.get(column + 1)?);
        let seen = left >= self.across && right <= self.across + room;
        (!seen).then(|| (right - room + 12.0).max(0.0).min(left))
    }

    /// Column widths from the first rows; where all together are wider than the panel, columns that the chart does not use
    /// give way first, and words before the heads of numbers.
    fn measure(&mut self, session: &Session, open: &Open, grid: &Grid, room: f32) {
        let source = &open.loaded.source;
        let key = (source.id, source.sha256, self.sheet);
        if self.key != Some(key) {
            self.key = Some(key);
            let columns = grid.rows.iter().take(MEASURED).map(Vec::len).max().unwrap_or(0);
            self.natural = (0..columns).map(|column| Natural::of(grid, column)).collect();
        }
        let used: BTreeSet<usize> = session
            .links()
            .spots
            .iter()
            .filter_map(|spot| match spot.place {
                Place::Cell { table, column, .. } if table as usize == self.sheet => Some(column as usize),
                _ => None,
            })
            .collect();
        let mut widths: Vec<f32> = self.natural.iter().map(|column| column.width).collect();
        for (is_used, numeric) in [(false, false), (false, true), (true, false), (true, true)] {
            let of = |n: &usize| used.contains(n) == is_used && self.natural[*n].numeric == numeric;
            let group: Vec<usize> = (0..self.natural.len()).filter(of).collect();
            self.shrink(&mut widths, &group, room - NUMBERS);
        }
        let mut left = NUMBERS;
        self.lefts = vec![left];
        for width in widths {
            left += width;
            self.lefts.push(left);
        }
    }

    /// Makes the widest of some columns narrower until all columns fit, none below its least width.
    fn shrink(&self, widths: &mut [f32], group: &[usize], room: f32) {
        loop {
            let over = widths.iter().sum::<f32>() - room;
            let can = group.iter().copied().filter(|n| widths[*n] > self.natural[*n].least);
            let widest = can.max_by(|a, b| widths[*a].total_cmp(&widths[*b]));
            let Some(widest) = widest.filter(|_| over > 0.0) else { return };
            // A step at a time, so that columns of one width give way together.
            widths[widest] = (widths[widest] - over.min(4.0)).max(self.natural[widest].least);
        }
    }

    fn rows(
        &self,
        ui: &mut Ui,
        session: &Session,
        open: &Open,
        grid: &Grid,
        viewport: Rect,
        commands: &mut Vec<Command>,
    ) -> Option<Rect> {
        let origin = ui.min_rect().left_top();
        let first = (viewport.top() / ROW).floor().max(0.0) as usize;
        let last = ((viewport.bottom() / ROW).ceil() as usize).min(grid.rows.len());
        let from = self.lefts.partition_point(|left| *left <= viewport.left()).saturating_sub(1);
        let to = self.lefts.partition_point(|left| *left < viewport.right()).min(self.lefts.len().saturating_sub(1));
        let spots = &session.links().spots;
        let mut walk = Walk::new(ui, "cells", spots.len());
        if let Some(at) = session.lit().place.and_then(|place| session.links().at(place)) {
            walk.start_at(ui, at);
        }
        let mut lit = None;
        // The head stays on top: the first row in sight makes room for it.
        for row in first.max(1)..last {
            let sheet = SheetRow { grid_panel: self, session, open, grid, row, columns: from..to, origin, viewport };
            lit = sheet.ui(ui, &mut walk, commands).or(lit);
        }
        let sheet = SheetRow { grid_panel: self, session, open, grid, row: 0, columns: from..to, origin, viewport };
        lit = sheet.ui(ui, &mut walk, commands).or(lit);
        if let Some(step) = walk.pressed(ui) {
            let next = match step {
                Step::First => 0,
                Step::Last => spots.len().saturating_sub(1),
                Step::By(down, right) => walk.current().saturating_add_signed(down + right),
            };
            walk.go(ui, next.min(spots.len().saturating_sub(1)));
        }
        walk.keep(ui);
        lit
    }
}

/// A column as its cells want it.
struct Natural {
    width: f32,
    /// What it may be made narrower to: a column of numbers no narrower than they are, for a cut number is another.
    least: f32,
    numeric: bool,
}

impl Natural {
    fn of(grid: &Grid, column: usize) -> Self {
        let cells = || grid.rows.iter().take(MEASURED).filter_map(|row| row.get(column));
        let width = |skip: usize| {
            let widths = cells().skip(skip).map(|cell| text::width(cell, size::TEXT, Face::Bold));
            (widths.fold(24.0, f64::max) as f32 + 20.0).min(240.0)
        };
        let numbers = cells().skip(1).filter(|cell| is_number(cell)).count();
        let numeric = numbers * 2 > cells().skip(1).count();
        Self { width: width(0), least: if numeric { width(1) } else { LEAST.min(width(0)) }, numeric }
    }
}

fn is_number(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || " .,-−%".contains(c))
}

struct SheetRow<'a> {
    grid_panel: &'a GridPanel,
    session: &'a Session,
    open: &'a Open,
    grid: &'a Grid,
    row: usize,
    columns: Range<usize>,
    origin: Pos2,
    viewport: Rect,
}

impl SheetRow<'_> {
    fn ui(&self, ui: &mut Ui, walk: &mut Walk, commands: &mut Vec<Command>) -> Option<Rect> {
        let head = self.row == 0;
        let top = if head { self.viewport.top() } else { self.row as f32 * ROW };
        let y = self.origin.y + top;
        let band = Rect::from_x_y_ranges(ui.clip_rect().x_range(), y..=y + ROW);
        let line = Stroke::new(1.0, paint(ui, if head { Paint::Line } else { Paint::Grid }));
        if head {
            ui.painter().rect_filled(band, 0.0, paint(ui, Paint::Panel));
        }
        ui.painter().hline(band.x_range(), band.bottom(), line);
        let number = pos2(self.origin.x + NUMBERS - 12.0, y + ROW / 2.0);
        let tone = paint(ui, Paint::Ink3);
        let words = (self.row + 1).to_string();
        ui.painter().text(number, egui::Align2::RIGHT_CENTER, words, font(Face::Regular, size::CAPTION), tone);
        let mut lit = None;
        for column in self.columns.clone() {
            let edges = (self.grid_panel.lefts.get(column).copied(), self.grid_panel.lefts.get(column + 1).copied());
            let (Some(left), Some(right)) = edges else { continue };
            let area = Rect::from_x_y_ranges(self.origin.x + left..=self.origin.x + right, y..=y + ROW);
            lit = self.cell(ui, column, area, walk, commands).or(lit);
        }
        lit
    }

    fn cell(&self, ui: &Ui, column: usize, area: Rect, walk: &mut Walk, commands: &mut Vec<Command>) -> Option<Rect> {
        let cell = self.grid.rows.get(self.row)?.get(column)?;
        let table = self.grid_panel.sheet as u32;
        let place = Place::Cell { table, row: self.row as u32, column: column as u32 };
        let links = self.session.links();
        let spot = links.at(place);
        let is_lit = self.session.lit().place == Some(place);
        self.background(ui, area, place, spot, is_lit);
        let tie = spot.and_then(|spot| links.spots.get(spot)).and_then(|spot| spot.ties.first());
        let mark = tie.and_then(|tie| self.session.chart()?.marks.get(tie.mark));
        let face = if self.row == 0 || mark.is_some() { Face::Bold } else { Face::Regular };
        let theme = theme_of(ui.visuals());
        let ink = match (is_lit, self.row) {
            (true, _) => colour(crate::chart::tokens::Theme::Light.rgb(Paint::Ink)),
            (_, 0) => paint(ui, Paint::Ink2),
            _ => paint(ui, Paint::Ink),
        };
        let room = f64::from(area.width()) - 16.0;
        let shown = text::shorten(cell, size::TEXT, face, room);
        let is_cut = shown != *cell;
        let galley = ui.painter().layout_no_wrap(shown, font(face, size::TEXT), ink);
        // The head stands over its column's words or numbers.
        let like = self.grid.rows.get(self.row.max(1)).and_then(|row| row.get(column)).unwrap_or(cell);
        let numeric = is_number(like);
        let x = if numeric { area.right() - 8.0 - galley.size().x } else { area.left() + 8.0 };
        let words = Rect::from_min_size(pos2(x, area.center().y - galley.size().y / 2.0), galley.size());
        ui.painter().galley(words.left_top(), galley, ink);
        if let Some(mark) = mark {
            let line = Stroke::new(2.0, colour(theme.rgb(Paint::Tone(mark.style.tone))));
            ui.painter().hline(words.x_range(), words.bottom() - 0.5, line);
        }
        let response = match spot {
            Some(spot) => self.node(ui, spot, place, area, walk, commands),
            None => self.plain(ui, place, area, commands),
        };
        if is_cut {
            response.on_hover_text(cell);
        }
        is_lit.then_some(words)
    }

    fn background(&self, ui: &Ui, area: Rect, place: Place, spot: Option<usize>, is_lit: bool) {
        let thread = paint(ui, Paint::Thread);
        let find = self.session.find();
        let area = area.shrink2(vec2(2.0, 2.0));
        if is_lit {
            ui.painter().rect_filled(area, 4.0, thread);
        } else if spot.is_some_and(|spot| self.session.lit().spots.contains(&spot)) {
            ui.painter().rect_filled(area, 4.0, thread.gamma_multiply(0.35));
        } else if let Ok(hit) = find.hits.binary_search(&place) {
            let strength = if hit == find.current { 0.45 } else { 0.18 };
            ui.painter().rect_filled(area, 4.0, paint(ui, Paint::Accent).gamma_multiply(strength));
        }
    }

    fn node(
        &self,
        ui: &Ui,
        spot: usize,
        place: Place,
        area: Rect,
        walk: &mut Walk,
        commands: &mut Vec<Command>,
    ) -> Response {
        let response = walk.item(ui, spot, area);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, self.spoken(place)));
        widgets::ring(ui, &response, -1.0);
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            commands.push(Command::Hover(self.session.selection_at(spot)));
        } else if response.has_focus() {
            commands.insert(0, Command::Hover(self.session.selection_at(spot)));
        }
        if response.clicked() {
            commands.push(self.session.click(spot));
        }
        response
    }

    /// A cell that no chart draws: it can be selected, to be copied with its citation.
    fn plain(&self, ui: &Ui, place: Place, area: Rect, commands: &mut Vec<Command>) -> Response {
        let response = ui.interact(area, ui.scope_id().with(("cell", place)), Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, self.spoken(place)));
        if response.clicked() {
            let anchor = Anchor { source: self.open.id(), place };
            commands.push(Command::Select(Selection::Figure(anchor)));
        }
        response
    }

    fn spoken(&self, place: Place) -> String {
        let anchor = Anchor { source: self.open.id(), place };
        let words = self.open.loaded.source.words(place).unwrap_or_default();
        format!("{words}, {}", cite::place(&self.open.loaded, anchor))
    }
}
