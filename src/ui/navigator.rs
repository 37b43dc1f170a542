//! Sources and charts: what is open, and what can be drawn of it.

use egui::{Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{
    family,
    theme::{font, paint, space},
    widgets,
};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    session::{Command, Open, Session},
};

/// No more notes than this stand under the charts.
const NOTES: usize = 4;

/// Draws the navigator.
pub fn ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    ui.take_available_width();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space(space(3));
        widgets::caption(ui, "Sources");
        ui.add_space(space(1));
        for open in session.sources() {
            source(ui, session, open, commands);
        }
        ui.add_space(space(1));
        if widgets::link(ui, "Open a report or data…").clicked() {
            commands.push(Command::AskOpen);
        }
        if let Some(open) = session.shown() {
            ui.add_space(space(1));
            family::ui(ui, session, open, commands);
        }
        charts(ui, session, commands);
        ui.add_space(space(3));
    });
}

fn source(ui: &mut Ui, session: &Session, open: &Open, commands: &mut Vec<Command>) {
    let chosen = session.workspace().source == Some(open.id());
    let subtitle = open.subtitle();
    let (rect, response) = row(ui, 42.0, chosen);
    let close = Rect::from_center_size(pos2(rect.right() - 12.0, rect.center().y), vec2(22.0, 22.0));
    let face = if chosen { Face::Bold } else { Face::Regular };
    let room = rect.width() - 16.0 - 22.0;
    write(ui, open.title(), rect.left_top() + vec2(8.0, 4.0), face, size::TEXT, Paint::Ink, room);
    write(ui, &subtitle, rect.left_top() + vec2(8.0, 22.0), Face::Regular, size::LABEL, Paint::Ink2, room);
    let name = format!("{}, {subtitle}", open.title());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &name));
    widgets::ring(ui, &response, -1.0);
    if response.clicked() {
        commands.push(Command::ShowSource(open.id()));
    }
    let hovered = response.contains_pointer() || ui.rect_contains_pointer(close);
    response.on_hover_text(&open.loaded.source.name);
    if session.sources().len() > 1 || open.path.is_some() {
        let id = ui.scope_id().with(("close", open.id()));
        let button = ui.interact(close, id, Sense::click());
        let words = format!("Close {}", open.title());
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
        if hovered || button.has_focus() {
            let tone = if button.hovered() { Paint::Ink } else { Paint::Ink3 };
            let at = close.center();
            ui.painter().text(at, egui::Align2::CENTER_CENTER, "×", font(Face::Regular, 15.0), paint(ui, tone));
        }
        widgets::ring(ui, &button, -2.0);
        if button.on_hover_text(words).clicked() {
            commands.push(Command::Close(open.id()));
        }
    }
}

fn charts(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let charts = session.charts();
    let notes = &session.across().notes;
    if charts.is_empty() && notes.is_empty() {
        return;
    }
    ui.add_space(space(4));
    widgets::caption(ui, "Charts");
    ui.add_space(space(0));
    let now = session.view().map(|view| view.kind.id);
    let mut group = "";
    for (kind, spec) in charts {
        if kind.group != group {
            group = kind.group;
            heading(ui, group);
        }
        let chosen = now == Some(kind.id);
        let (rect, response) = row(ui, 26.0, chosen);
        let face = if chosen { Face::Bold } else { Face::Regular };
        let at = rect.left_center() + vec2(10.0, -9.0);
        write(ui, kind.name, at, face, size::TEXT, Paint::Ink, rect.width() - 16.0);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, kind.name));
        widgets::ring(ui, &response, -1.0);
        if response.clicked() && !chosen {
            commands.push(Command::ShowChart(spec));
        }
    }
    if !notes.is_empty() {
        ui.add_space(space(2));
        heading(ui, "Not joined");
    }
    for note in notes.iter().take(NOTES) {
        let words = widgets::sentence(&format!("{}.", note.message));
        let text = egui::RichText::new(words).font(font(Face::Regular, size::LABEL)).color(paint(ui, Paint::Ink2));
        ui.add(egui::Label::new(text).wrap()).on_hover_text(widgets::sentence(&note.hint));
        ui.add_space(space(0));
    }
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(space(1));
    ui.label(egui::RichText::new(words).color(paint(ui, Paint::Ink2)));
    ui.add_space(2.0);
}

/// A row of the list across the panel, filled when chosen or pointed at.
fn row(ui: &mut Ui, height: f32, chosen: bool) -> (Rect, egui::Response) {
    let (inner, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let rect = inner.expand2(vec2(8.0, 0.0));
    if chosen {
        ui.painter().rect_filled(rect, size::CORNER as f32, paint(ui, Paint::Chosen));
        let bar = Rect::from_min_size(rect.left_top(), vec2(3.0, rect.height()));
        ui.painter().rect_filled(bar, 1.0, paint(ui, Paint::Accent));
    } else if response.hovered() {
        ui.painter().rect_filled(rect, size::CORNER as f32, paint(ui, Paint::Ground));
    }
    (rect, response.on_hover_cursor(egui::CursorIcon::PointingHand))
}

fn write(ui: &Ui, words: &str, at: egui::Pos2, face: Face, size_px: f64, tone: Paint, room: f32) {
    let fitted = crate::chart::text::shorten(words, size_px, face, f64::from(room));
    ui.painter().text(at, egui::Align2::LEFT_TOP, fitted, font(face, size_px), paint(ui, tone));
}
