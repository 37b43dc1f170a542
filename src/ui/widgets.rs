//! Small things that several panels draw alike.

use egui::{Color32, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::theme::{font, paint, space};
use crate::chart::{
    text,
    text::Face,
    tokens::{Paint, size},
};

/// A caption: bold capitals.
pub fn caption(ui: &mut Ui, words: &str) -> Response {
    let text = RichText::new(words.to_uppercase()).font(font(Face::Bold, size::CAPTION));
    ui.label(text.color(paint(ui, Paint::Ink3)))
}

/// A link: words in the accent's colour that do something when clicked.
pub fn link(ui: &mut Ui, words: &str) -> Response {
    link_sized(ui, words, size::TEXT)
}

/// A link of a size.
pub fn link_sized(ui: &mut Ui, words: &str, size_px: f64) -> Response {
    let text = RichText::new(words).font(font(Face::Regular, size_px)).color(paint(ui, Paint::Accent));
    let response = ui.add(egui::Label::new(text).sense(Sense::click()).truncate());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
    if response.hovered() {
        let bottom = response.rect.bottom() - 1.0;
        ui.painter().hline(response.rect.x_range(), bottom, Stroke::new(1.0, paint(ui, Paint::Accent)));
    }
    ring(ui, &response, 2.0);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A button of one sign, without a frame until it is pointed at; `name` is what it does, in words.
pub fn quiet_button(ui: &mut Ui, sign: &str, name: &str) -> Response {
    let text = RichText::new(sign).size(15.0).color(paint(ui, Paint::Ink2));
    let button = ui.add(egui::Button::new(text).frame_when_inactive(false).min_size(vec2(24.0, 24.0)));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    button.on_hover_text(name)
}

/// How wide a button of `segmented` is at most.
pub fn segment_width(label: &str) -> f32 {
    text::width(label, size::LABEL, Face::Bold) as f32 + SEGMENT_PADDING
}

/// Beside the words of a button of `segmented`, px in all.
const SEGMENT_PADDING: f32 = 28.0;

/// A row of choices of which one is made; the index of the one clicked.
pub fn segmented(ui: &mut Ui, name: &str, labels: &[&str], chosen: usize) -> Option<usize> {
    let mut clicked = None;
    let height = 27.0;
    ui.spacing_mut().item_spacing.x = space(1) - 2.0;
    for (at, label) in labels.iter().enumerate() {
        let is_chosen = at == chosen;
        let face = if is_chosen { Face::Bold } else { Face::Regular };
        let tone = if is_chosen { Paint::Accent } else { Paint::Ink2 };
        let galley = ui.painter().layout_no_wrap((*label).to_owned(), font(face, size::LABEL), paint(ui, tone));
        let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + SEGMENT_PADDING, height), Sense::click());
        let fill = match (is_chosen, response.hovered()) {
            (true, _) => paint(ui, Paint::Chosen),
            (false, true) => paint(ui, Paint::Ground),
            (false, false) => paint(ui, Paint::Card),
        };
        let line = if is_chosen { Paint::Accent } else { Paint::Line };
        let stroke = Stroke::new(1.0, paint(ui, line));
        ui.painter().rect(rect, size::CORNER as f32, fill, stroke, StrokeKind::Inside);
        ui.painter().galley(rect.center() - galley.size() / 2.0, galley, Color32::PLACEHOLDER);
        ring(ui, &response, 2.0);
        let words = format!("{name}: {label}");
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, &words));
        if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() && !is_chosen {
            clicked = Some(at);
        }
    }
    clicked
}

/// The ring around what has the keyboard's focus.
pub fn ring(ui: &Ui, response: &Response, grown_by: f32) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, paint(ui, Paint::Accent));
        ui.painter().rect_stroke(response.rect.expand(grown_by), size::CORNER as f32, stroke, StrokeKind::Outside);
    }
}

/// The button of a card's main act, filled with the accent.
pub fn main_button(ui: &mut Ui, label: &str) -> Response {
    let galley = ui.painter().layout_no_wrap(label.to_owned(), font(Face::Bold, size::LABEL), paint(ui, Paint::Card));
    let (rect, response) = ui.allocate_exact_size(vec2((galley.size().x + 36.0).max(92.0), 27.0), Sense::click());
    let accent = paint(ui, Paint::Accent);
    let fill = match (ui.is_enabled(), response.hovered()) {
        (false, _) => paint(ui, Paint::Ink3).gamma_multiply(0.5),
        (true, true) => accent.gamma_multiply(0.88),
        (true, false) => accent,
    };
    ui.painter().rect_filled(rect, size::CORNER as f32, fill);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, Color32::PLACEHOLDER);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), label));
    ring(ui, &response, 2.0);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A message as a sentence on screen: its first letter large.
pub fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// A line that opens or closes a list; whether it was clicked.
pub fn disclosure(ui: &mut Ui, words: &str, is_open: bool, hint: &str) -> bool {
    let sign = if is_open { "▾" } else { "▸" };
    let text = RichText::new(format!("{words} {sign}")).font(font(Face::Regular, size::LABEL));
    let label = egui::Label::new(text.color(paint(ui, Paint::Ink2))).sense(Sense::click()).truncate();
    let response = ui.add(label);
    response.widget_info(|| WidgetInfo::selected(Role::DisclosureTriangle, true, is_open, words));
    if response.hovered() {
        let (x, y) = (response.rect.x_range(), response.rect.bottom() - 1.0);
        ui.painter().hline(x, y, Stroke::new(1.0, paint(ui, Paint::Ink3)));
    }
    ring(ui, &response, 2.0);
    let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
    response.on_hover_text(hint).clicked()
}
