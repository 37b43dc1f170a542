//! The table under the chart: exactly the values shown, each cell tied to its mark.

use egui::{Rect, Role, ScrollArea, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    theme::{font, paint, space},
    walk::{Step, Walk},
    widgets,
};
use crate::{
    chart::{
        Chart, Column, TableRow, text,
        text::Face,
        tokens::{Paint, size},
    },
    session::{Command, Selection, Session},
};

/// Height of a row, px.
const ROW: f32 = 25.0;
/// Height of the head with its line, px.
const HEAD: f32 = 34.0;

/// How high the table wants to be in a card of this height.
pub fn height(chart: &Chart, card: f32) -> f32 {
    let rows = chart.table.rows.len() as f32 * ROW;
    HEAD + rows.min((card * 0.34).max(ROW * 4.0)) + space(0)
}

/// Draws the table.
pub fn ui(ui: &mut Ui, session: &Session, chart: &Chart, card: f32, commands: &mut Vec<Command>) {
    let table = &chart.table;
    let width = ui.available_width();
    let columns = widths(&table.columns, &table.rows, width);
    let (_, head) = ui.allocate_space(vec2(width, HEAD));
    let line = Stroke::new(1.0, paint(ui, Paint::Line));
    ui.painter().hline(head.expand2(vec2(space(4), 0.0)).x_range(), head.top(), line);
    for (column, range) in table.columns.iter().zip(&columns) {
        let area = Rect::from_x_y_ranges(range.clone(), head.top() + 8.0..=head.bottom());
        write(ui, area.translate(vec2(head.left(), 0.0)), &column.title, column.numeric, Face::Bold, Paint::Ink3);
    }
    copy_button(ui, head, commands);
    let room = height(chart, card) - HEAD;
    ScrollArea::vertical().id_salt("values").max_height(room).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        rows(ui, session, chart, &columns, commands);
    });
}

fn copy_button(ui: &mut Ui, head: Rect, commands: &mut Vec<Command>) {
    let rect = Rect::from_center_size(pos2(head.right() - 2.0, head.top() + 17.0), vec2(24.0, 22.0));
    let id = ui.scope_id().with("copy table");
    let response = ui.interact(rect, id, egui::Sense::click());
    let words = "Copy the table as CSV";
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
    let tone = if response.hovered() { Paint::Accent } else { Paint::Ink3 };
    let stroke = Stroke::new(1.2, paint(ui, tone));
    let sheet = Rect::from_center_size(rect.center(), vec2(8.0, 10.0));
    ui.painter().rect_stroke(sheet.translate(vec2(-1.5, -1.5)), 1.5, stroke, egui::StrokeKind::Middle);
    ui.painter().rect(sheet.translate(vec2(1.5, 1.5)), 1.5, paint(ui, Paint::Card), stroke, egui::StrokeKind::Middle);
    widgets::ring(ui, &response, 0.0);
    if response.on_hover_text(words).clicked() {
        commands.push(Command::CopyTable);
    }
}

fn rows(
    ui: &mut Ui,
    session: &Session,
    chart: &Chart,
    columns: &[std::ops::RangeInclusive<f32>],
    commands: &mut Vec<Command>,
) {
    let table = &chart.table;
    let across = table.columns.len().max(1);
    let mut walk = Walk::new(ui, "values", table.rows.len() * across);
    let lit: Vec<&str> =
        session.lit().marks.iter().filter_map(|at| chart.marks.get(*at)).map(|mark| mark.id.0.as_str()).collect();
    for (n, row) in table.rows.iter().enumerate() {
        let (_, area) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let is_lit = |mark: &Option<crate::chart::MarkId>| mark.as_ref().is_some_and(|id| lit.contains(&id.0.as_str()));
        let row_lit = lit.len() <= 3 && row.cells.iter().any(|cell| is_lit(&cell.mark));
        if row_lit {
            let band = area.expand2(vec2(space(1), 0.0));
            ui.painter().rect_filled(band, size::CORNER as f32, paint(ui, Paint::Chosen));
        }
        for (m, (cell, range)) in row.cells.iter().zip(columns).enumerate() {
            let rect = Rect::from_x_y_ranges(range.clone(), area.y_range()).translate(vec2(area.left(), 0.0));
            if ui.is_rect_visible(rect) {
                cell_ui(ui, &mut walk, Place { at: n * across + m, row, column: m, rect, chart, row_lit }, commands);
            }
            if row_lit && is_lit(&cell.mark) {
                let line = Stroke::new(2.0, paint(ui, Paint::Thread));
                let width = text::width(&cell.text, size::TEXT, Face::Regular) as f32;
                let x = if chart.table.columns.get(m).is_some_and(|column| column.numeric) {
                    rect.right() - width..=rect.right()
                } else {
                    rect.left()..=rect.left() + width
                };
                ui.painter().hline(x, rect.bottom() - 3.0, line);
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
    let shown = text::shorten(words, size::TEXT, face, f64::from(rect.width()));
    let galley = ui.painter().layout_no_wrap(shown, font(face, size::TEXT), paint(ui, tone));
    let x = if right { rect.right() - galley.size().x } else { rect.left() };
    ui.painter().galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, egui::Color32::PLACEHOLDER);
}

/// From where to where each column reaches, from the left edge: as wide as its words, the rest shared between them.
fn widths(columns: &[Column], rows: &[TableRow], room: f32) -> Vec<std::ops::RangeInclusive<f32>> {
    let room = room - 24.0;
    let gap = space(3);
    let wanted: Vec<f32> = columns
        .iter()
        .enumerate()
        .map(|(n, column)| {
            let head = text::width(&column.title, size::TEXT, Face::Bold);
            let cells = rows.iter().filter_map(|row| row.cells.get(n)).take(200);
            let widest = cells.map(|cell| text::width(&cell.text, size::TEXT, Face::Bold)).fold(head, f64::max);
            (widest as f32 + gap).min(260.0)
        })
        .collect();
    let total: f32 = wanted.iter().sum::<f32>().max(1.0);
    let spare = (room - total).max(0.0) / columns.len().max(1) as f32;
    let squeeze = (room / total).min(1.0);
    let mut left = 0.0;
    wanted
        .into_iter()
        .map(|width| {
            let right = left + width * squeeze + spare;
            let range = left..=(right - gap * squeeze);
            left = right;
            range
        })
        .collect()
}
