//! The inspector: what is pointed at, how its value follows, and the words or cells that state each part of it.

use egui::{Align, Layout, RichText, ScrollArea, Ui};

use super::{
    theme::{colour, font, paint, space, theme_of},
    widgets,
};
use crate::{
    chart::{
        Mark, text,
        text::Face,
        tokens::{Paint, size},
    },
    session::{Command, Selection, Session, account, cite},
    source::{Anchor, Decimal, Piece},
};

/// The most room for what a part is, px.
const ROLE: f32 = 110.0;

/// Draws the inspector.
pub fn ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    ScrollArea::vertical().id_salt("inspector").auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space(0);
        match session.pointed() {
            Selection::Nothing => hint(ui),
            Selection::Figure(anchor) => figure(ui, session, *anchor, commands),
            Selection::Mark { piece, .. } => match session.pointed_mark() {
                Some((_, of)) => mark(ui, session, of, *piece, commands),
                None => hint(ui),
            },
        }
    });
}

fn hint(ui: &mut Ui) {
    widgets::caption(ui, "Stated in");
    ui.add_space(space(0));
    let words = "Point at a mark, or at any number in the text, to see the words that state it. Click to hold it.";
    ui.add(egui::Label::new(RichText::new(words).color(paint(ui, Paint::Ink2))).wrap());
}

fn mark(ui: &mut Ui, session: &Session, mark: &Mark, piece: usize, commands: &mut Vec<Command>) {
    let value = cite::value(mark);
    let tone = match (mark.unit, mark.value) {
        ("pp", Some(value)) if value > Decimal::ZERO => Paint::Gain,
        ("pp", Some(value)) if value < Decimal::ZERO => Paint::Loss,
        _ => Paint::Ink,
    };
    head(ui, &mark.name, &value, tone);
    working(ui, mark);
    rule(ui);
    ui.horizontal(|ui| {
        widgets::caption(ui, "Stated in");
        copy(ui, commands);
    });
    let roles = mark.evidence.pieces.iter().map(|part| text::width(&part.role, size::LABEL, Face::Regular) as f32);
    // No wider than their words: the place behind them needs the room.
    let roles = roles.fold(0.0, f32::max).min(ROLE);
    for (n, part) in mark.evidence.pieces.iter().enumerate() {
        let held = n == piece;
        if operand(ui, session, part, (held, roles), mark) {
            commands.push(Command::Select(Selection::Mark { id: mark.id.clone(), piece: n }));
        }
    }
    grounds(ui, mark);
    disputed(ui, session, mark, commands);
}

/// What else is stated of the mark, with the way to draw it.
fn disputed(ui: &mut Ui, session: &Session, mark: &Mark, commands: &mut Vec<Command>) {
    let all = session.chart().map(|chart| chart.disputed.as_slice()).unwrap_or_default();
    let own = |at: &Anchor| mark.evidence.pieces.iter().any(|piece| piece.anchor == *at);
    for one in all.iter().filter(|one| one.drawn.iter().any(own)) {
        ui.add_space(space(1));
        widgets::caption(ui, "Stated otherwise");
        ui.add(egui::Label::new(one.note.as_str()).wrap());
        let offer = if one.used { "Draw the other again" } else { "Use this statement" };
        if one.can_change && widgets::link(ui, offer).clicked() {
            commands.push(Command::Use { key: one.key.clone(), used: !one.used });
        }
    }
}

/// What the series' own notes prove of the mark, with where they are published: no words of an open source.
fn grounds(ui: &mut Ui, mark: &Mark) {
    if mark.grounds.is_empty() {
        return;
    }
    ui.add_space(space(1));
    widgets::caption(ui, "By the series’ notes");
    for note in &mark.grounds {
        ui.add(egui::Label::new(widgets::sentence(&note.says)).wrap());
        let from = format!("{} (grammar `{}`)", note.reference, note.grammar);
        ui.add(egui::Label::new(RichText::new(from).color(paint(ui, Paint::Ink2))).wrap());
    }
}

/// How the value follows: a difference term by term, anything else as its formula.
fn working(ui: &mut Ui, mark: &Mark) {
    match cite::terms(mark) {
        terms if terms.is_empty() => {
            let derived = mark.evidence.is_derived();
            let words = match (derived, mark.value) {
                (true, Some(_)) => format!("= {}", mark.evidence.formula()),
                (true, None) => mark.evidence.formula(),
                (false, Some(_)) => "as stated".to_owned(),
                (false, None) => "as the source says".to_owned(),
            };
            ui.add(egui::Label::new(RichText::new(words).color(paint(ui, Paint::Ink2))).wrap());
        }
        terms => {
            for (value, how) in terms {
                ui.horizontal(|ui| {
                    let (_, area) = ui.allocate_space(egui::vec2(100.0, 18.0));
                    let bold = font(Face::Bold, size::TEXT);
                    ui.painter().text(
                        area.left_center(),
                        egui::Align2::LEFT_CENTER,
                        value,
                        bold,
                        paint(ui, Paint::Ink),
                    );
                    ui.add(egui::Label::new(RichText::new(how).color(paint(ui, Paint::Ink2))).truncate());
                });
            }
        }
    }
}

/// One part of the computation: its words, what it is, and a link to where it stands. True when the link is clicked.
fn operand(ui: &mut Ui, session: &Session, part: &Piece, (held, roles): (bool, f32), mark: &Mark) -> bool {
    let (words, mut place) = session.quote(part.anchor);
    // Where a chart joins several sources, which of them.
    let joins = session.view().is_some_and(|view| view.kind.joins);
    if let Some(name) = session.across().name(part.anchor.source).filter(|_| joins) {
        place = format!("{name}, {place}");
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut clicked = false;
    ui.horizontal(|ui| {
        ui.set_min_height(22.0);
        let width = (ui.available_width() * 0.27).clamp(70.0, 130.0);
        let shown = text::shorten(&words, size::TEXT, Face::Bold, f64::from(width) - 14.0);
        let (_, area) = ui.allocate_space(egui::vec2(width, 20.0));
        if held && mark.evidence.pieces.len() > 1 {
            let dot = egui::pos2(area.left() + 3.0, area.center().y);
            ui.painter().circle_filled(dot, 3.0, colour(theme_of(ui.visuals()).rgb(Paint::Thread)));
        }
        let at = egui::pos2(area.left() + 12.0, area.center().y);
        let face = font(Face::Bold, size::TEXT);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, shown, face, paint(ui, Paint::Ink));
        let role = text::shorten(&part.role, size::LABEL, Face::Regular, f64::from(ROLE));
        let (_, area) = ui.allocate_space(egui::vec2(roles + 2.0, 20.0));
        let small = font(Face::Regular, size::LABEL);
        ui.painter().text(area.left_center(), egui::Align2::LEFT_CENTER, role, small, paint(ui, Paint::Ink2));
        clicked = widgets::link(ui, &place).on_hover_text(format!("“{words}”")).clicked();
    });
    clicked
}

/// A figure that is no single mark's own: how it was read.
fn figure(ui: &mut Ui, session: &Session, anchor: Anchor, commands: &mut Vec<Command>) {
    let (words, place) = session.quote(anchor);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    head(ui, &place, &words, Paint::Ink);
    let spot = session.links().at(anchor.place).and_then(|at| session.links().spots.get(at));
    let reading = session.source(anchor.source).and_then(|open| open.loaded.reading.as_ref());
    let figure = spot.and_then(|spot| spot.figure).and_then(|n| reading?.figures.get(n));
    if let Some(figure) = figure {
        let status = RichText::new(account::status(figure.status)).color(paint(ui, Paint::Ink2));
        ui.label(status);
        rule(ui);
        super::figure::lines(ui, figure);
    }
    rule(ui);
    let lit = &session.lit().marks;
    ui.horizontal(|ui| {
        widgets::caption(ui, if lit.is_empty() { "Not on this chart" } else { "Part of" });
        copy(ui, commands);
    });
    for at in lit.iter().take(12) {
        let Some(mark) = session.chart().and_then(|chart| chart.marks.get(*at)) else { continue };
        if widgets::link(ui, &cite::named(mark)).clicked() {
            commands.push(Command::Select(Selection::mark(mark.id.clone())));
        }
    }
}

fn head(ui: &mut Ui, name: &str, value: &str, tone: Paint) {
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let room = f64::from(ui.available_width()) * 0.55;
            let size_px = if value.chars().count() > 14 { size::TEXT } else { 17.0 };
            let shown = text::shorten(value, size_px, Face::Bold, room);
            ui.label(RichText::new(shown).font(font(Face::Bold, size_px)).color(paint(ui, tone)));
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                let text = RichText::new(name).font(font(Face::Bold, size::TEXT + 1.0));
                ui.add(egui::Label::new(text).wrap());
            });
        });
    });
}

fn rule(ui: &mut Ui) {
    ui.add_space(space(0));
    let y = ui.cursor().top();
    ui.painter().hline(ui.max_rect().x_range(), y, egui::Stroke::new(1.0, paint(ui, Paint::Line)));
    ui.add_space(space(1));
}

fn copy(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let link = widgets::link_sized(ui, "Copy with citation", size::LABEL);
        if link.on_hover_text("The figure, its words, paragraph, file and hash (Ctrl+Shift+C)").clicked() {
            commands.push(Command::CopyCitation);
        }
    });
}
