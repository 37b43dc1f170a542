//! The table under the chart: exactly the values shown, each cell tied to its mark.

use std::ops::RangeInclusive;

use egui::{Pos2, Rect, Role, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    theme::{font, paint, space},
    walk::{Step, Walk},
    widgets,
};
use crate::{
    chart::{
        Chart, Column, MarkId, TableRow, text,
        text::Face,
        tokens::{Paint, size},
    },
    session::{Command, Selection, Session},
};

/// How the table is set: where its columns are, and how high its rows.
struct Layout {
    columns: Vec<RangeInclusive<f32>>,
    rows: Vec<f32>,
    head: f32,
}

impl Layout {
    fn new(ui: &Ui, chart: &Chart, tight: bool) -> Self {
        let table = &chart.table;
        let columns = widths(&table.columns, &table.rows, ui.available_width());
        let row = if tight { 22.0 } else { 25.0 };
        let words = |row: &TableRow| lines(row.cells.iter().map(|cell| cell.text.as_str()), &columns);
        let rows = table.rows.iter().map(|cells| row + LINE * (words(cells) - 1.0)).collect();
        let heads = lines(table.columns.iter().map(|column| column.title.as_str()), &columns);
        Self { rows, head: row + 8.0 + LINE * (heads - 1.0), columns }
    }

    /// How wide all columns are.
    fn width(&self) -> f32 {
        self.columns.last().map_or(0.0, |last| *last.end())
    }
}

/// Room for the bar of a table that scrolls, px.
const SCROLL_BAR: f32 = 10.0;
/// From one line of a broken name to the next, px.
const LINE: f32 = 16.0;

/// How many lines the longest words of a row take: names are broken, never cut.
fn lines<'a>(words: impl Iterator<Item = &'a str>, columns: &[RangeInclusive<f32>]) -> f32 {
    let count = |(words, range): (&str, &RangeInclusive<f32>)| {
        // A hair more: a column as wide as its words holds them, whatever its edges were rounded to.
        let room = f64::from(range.end() - range.start()) + 0.5;
        if text::width(words, size::TEXT, Face::Bold) <= room {
            return 1;
        }
        text::wrap(words, size::TEXT, Face::Bold, room).len().max(1)
    };
    words.zip(columns).map(count).max().unwrap_or(1) as f32
}

/// How high the table is.
pub fn height(ui: &Ui, chart: &Chart, tight: bool) -> f32 {
    let layout = Layout::new(ui, chart, tight);
    let bar = if layout.width() > ui.available_width() { SCROLL_BAR } else { 0.0 };
    layout.head + layout.rows.iter().sum::<f32>() + space(0) + bar
}

/// Draws the table; one wider than the card scrolls.
pub fn ui(ui: &mut Ui, session: &Session, chart: &Chart, tight: bool, commands: &mut Vec<Command>) {
    let layout = Layout::new(ui, chart, tight);
    if layout.width() <= ui.available_width() {
        return whole(ui, session, chart, &layout, commands);
    }
    let salt = ("values", &chart.id);
    egui::ScrollArea::horizontal().id_salt(salt).auto_shrink(false).show(ui, |ui| {
        ui.set_width(layout.width());
        whole(ui, session, chart, &layout, commands);
        ui.add_space(SCROLL_BAR);
    });
}

fn whole(ui: &mut Ui, session: &Session, chart: &Chart, layout: &Layout, commands: &mut Vec<Command>) {
    let table = &chart.table;
    let width = ui.available_width();
    let (_, head) = ui.allocate_space(vec2(width, layout.head));
    let line = Stroke::new(1.0, paint(ui, Paint::Line));
    ui.painter().hline(head.expand2(vec2(space(4), 0.0)).x_range(), head.top(), line);
    for (column, range) in table.columns.iter().zip(&layout.columns) {
        let area = Rect::from_x_y_ranges(range.clone(), head.top() + 8.0..=head.bottom());
        let area = area.translate(vec2(head.left(), 0.0));
        write(ui, area, &column.title, column.numeric, Face::Bold, Paint::Ink3);
    }
    if let Some(first) = table.columns.first() {
        let words = text::width(&first.title, size::TEXT, Face::Bold) as f32;
        copy_button(ui, pos2(head.left() + words + 18.0, (head.top() + 8.0 + head.bottom()) / 2.0), commands);
    }
    rows(ui, session, chart, layout, commands);
    ui.add_space(space(0));
}

fn copy_button(ui: &mut Ui, at: Pos2, commands: &mut Vec<Command>) {
    let rect = Rect::from_center_size(at, vec2(24.0, 22.0));
    let response = ui.interact(rect, ui.scope_id().with("copy table"), egui::Sense::click());
    let words = "Copy the table as CSV";
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    let tone = if response.hovered() { Paint::Accent } else { Paint::Ink3 };
    let stroke = Stroke::new(1.2, paint(ui, tone));
    let sheet = Rect::from_center_size(rect.center(), vec2(8.0, 10.0));
    let kind = egui::StrokeKind::Middle;
    ui.painter().rect_stroke(sheet.translate(vec2(-1.5, -1.5)), 1.5, stroke, kind);
    ui.painter().rect(sheet.translate(vec2(1.5, 1.5)), 1.5, paint(ui, Paint::Card), stroke, kind);
    widgets::ring(ui, &response, 0.0);
    if response.on_hover_text(words).clicked() {
        commands.push(Command::CopyTable);
    }
}

fn rows(ui: &mut Ui, session: &Session, chart: &Chart, layout: &Layout, commands: &mut Vec<Command>) {
    let table = &chart.table;
    let across = table.columns.len().max(1);
    let mut walk = Walk::new(ui, "values", table.rows.len() * across);
    let lit: Vec<&MarkId> =
        session.lit().marks.iter().filter_map(|at| chart.marks.get(*at)).map(|mark| &mark.id).collect();
    for (n, (row, height)) in table.rows.iter().zip(&layout.rows).enumerate() {
        let (_, area) = ui.allocate_space(vec2(ui.available_width(), *height));
        if !ui.is_rect_visible(area) {
            continue;
        }
        let is_lit = |cell: &crate::chart::Cell| cell.mark.as_ref().is_some_and(|id| lit.contains(&id));
        let row_lit = lit.len() <= 3 && row.cells.iter().any(is_lit);
        if row_lit {
            let band = area.expand2(vec2(space(1), 0.0));
            ui.painter().rect_filled(band, size::CORNER as f32, paint(ui, Paint::Chosen));
        }
        for (m, (cell, range)) in row.cells.iter().zip(&layout.columns).enumerate() {
            let rect = Rect::from_x_y_ranges(range.clone(), area.y_range()).translate(vec2(area.left(), 0.0));
            let place = Place { at: n * across + m, row, column: m, rect, chart, row_lit };
            cell_ui(ui, &mut walk, place, commands);
            if row_lit && is_lit(cell) {
                underline(ui, rect, &cell.text, table.columns.get(m).is_some_and(|column| column.numeric));
            }
        }
    }
    if let Some(step) = walk.pressed(ui) {
        let last = (table.rows.len() * across).saturating_sub(1);
        let next = match step {
            Step::By(down, right) => walk.current().saturating_add_signed(down * across as isize + right).min(last),
            Step::First => 0,
            Step::Last => last,
        };
        walk.go(ui, next);
    }
    walk.keep(ui);
}

/// The line under the lit mark's own value.
fn underline(ui: &Ui, rect: Rect, words: &str, right: bool) {
    let width = (text::width(words, size::TEXT, Face::Regular) as f32).min(rect.width());
    let x = if right { rect.right() - width..=rect.right() } else { rect.left()..=rect.left() + width };
    ui.painter().hline(x, rect.bottom() - 3.0, Stroke::new(2.0, paint(ui, Paint::Thread)));
}

struct Place<'a> {
    at: usize,
    row: &'a TableRow,
    column: usize,
    rect: Rect,
    chart: &'a Chart,
    row_lit: bool,
}

fn cell_ui(ui: &mut Ui, walk: &mut Walk, place: Place<'_>, commands: &mut Vec<Command>) {
    let Some(cell) = place.row.cells.get(place.column) else { return };
    let column = place.chart.table.columns.get(place.column);
    let numeric = column.is_some_and(|column| column.numeric);
    let (face, tone) = match (cell.italic, place.row_lit && place.column == 0) {
        (true, _) => (Face::Italic, Paint::Ink3),
        (_, true) => (Face::Bold, Paint::Ink),
        _ => (Face::Regular, Paint::Ink),
    };
    let response = walk.item(ui, place.at, place.rect);
    // A cell without a mark of its own stands for its row.
    let mark = cell.mark.clone().or_else(|| place.row.cells.iter().find_map(|cell| cell.mark.clone()));
    let head = place.row.cells.first().map_or("", |cell| cell.text.as_str());
    let title = column.map_or("", |column| column.title.as_str());
    response.widget_info(|| WidgetInfo::labeled(Role::Cell, true, format!("{head}, {title}: {}", cell.text)));
    write(ui, place.rect, &cell.text, numeric, face, tone);
    widgets::ring(ui, &response, -1.0);
    if let Some(mark) = mark {
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
            commands.push(Command::Hover(Selection::mark(mark.clone())));
        } else if response.has_focus() {
            commands.insert(0, Command::Hover(Selection::mark(mark.clone())));
        }
        if response.clicked() {
            commands.push(Command::Select(Selection::mark(mark)));
        }
    }
    if response.gained_focus() {
        ui.scroll_to_rect(place.rect, None);
    }
}

fn write(ui: &Ui, rect: Rect, words: &str, right: bool, face: Face, tone: Paint) {
    let room = f64::from(rect.width()) + 0.5;
    let lines = match text::width(words, size::TEXT, face) <= room {
        true => vec![words.to_owned()],
        false => text::wrap(words, size::TEXT, face, room),
    };
    let top = rect.center().y - LINE * (lines.len() as f32 - 1.0) / 2.0;
    for (n, line) in lines.into_iter().enumerate() {
        let galley = ui.painter().layout_no_wrap(line, font(face, size::TEXT), paint(ui, tone));
        let x = if right { rect.right() - galley.size().x } else { rect.left() };
        let y = top + LINE * n as f32 - galley.size().y / 2.0;
        ui.painter().galley(pos2(x, y), galley, egui::Color32::PLACEHOLDER);
    }
}

/// From where to where each column reaches, from the left edge: as wide as its words, the rest shared between them;
/// where there is too little room, columns of words give way before columns of numbers.
fn widths(columns: &[Column], rows: &[TableRow], room: f32) -> Vec<RangeInclusive<f32>> {
    let wanted = |n: usize, column: &Column| {
        let head = text::width(&column.title, size::TEXT, Face::Bold);
        let cells = rows.iter().filter_map(|row| row.cells.get(n)).take(200);
        let copy = if n == 0 { 34.0 } else { 0.0 };
        cells.map(|cell| text::width(&cell.text, size::TEXT, Face::Bold)).fold(head + copy, f64::max) as f32
    };
    // No column gets narrower than its longest word, within reason.
    let least = |n: usize, column: &Column| {
        let words = |text: &str| text::longest_word(text, size::TEXT, Face::Bold);
        let cells = rows.iter().filter_map(|row| row.cells.get(n)).take(200).map(|cell| words(&cell.text));
        let copy = if n == 0 { 34.0 } else { 0.0 };
        cells.fold(words(&column.title) + copy, f64::max).min(150.0) as f32
    };
    let least: Vec<f32> = columns.iter().enumerate().map(|(n, column)| least(n, column)).collect();
    let mut wide: Vec<f32> = columns.iter().enumerate().map(|(n, column)| wanted(n, column).min(280.0)).collect();
    let gaps = columns.len().saturating_sub(1).max(1) as f32;
    let over = |wide: &[f32]| wide.iter().sum::<f32>() + gaps * space(2) - room;
    for words_first in [true, false] {
        let gives = |n: usize| columns.get(n).is_some_and(|column| column.numeric != words_first);
        let sum: f32 = wide.iter().enumerate().filter(|(n, _)| gives(*n)).map(|(_, width)| width).sum();
        let excess = over(&wide).max(0.0);
        for (n, width) in wide.iter_mut().enumerate().filter(|(n, _)| gives(*n)) {
            *width = (*width * (1.0 - excess / sum.max(1.0))).max(least.get(n).copied().unwrap_or(64.0).min(*width));
        }
    }
    let gap = space(2) + ((-over(&wide)).max(0.0) / gaps).min(120.0);
    let mut left = 0.0;
    let mut all = Vec::new();
    for width in wide {
        all.push(left..=left + width);
        left += width + gap;
    }
    all
}
