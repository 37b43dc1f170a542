//! The centre: the chart on its card, with its choices, notes and source line, and the table of the values shown.

use std::sync::Arc;

use egui::{Align, Galley, Layout, Margin, Pos2, Rect, RichText, ScrollArea, Stroke, Ui, pos2, vec2};

use super::{
    plot::{PlotPanel, paint_all, text_px},
    question,
    theme::{font, paint, space, theme_of},
    values, widgets,
};
use crate::{
    chart::{
        Chart, Scenery,
        disputed::Disputed,
        place,
        text::{Face, width as text_width},
        tokens::{Paint, size},
    },
    session::{Command, Panel, Session, View},
};

/// A plot is never lower than this, px; below it the card scrolls.
const LOWEST_PLOT: f32 = 210.0;
/// Least height of a row of a plot, px.
const LEAST_ROW: f64 = 22.0;
/// A card lower than this, or narrower, is set tighter, px.
const ROOMY: (f32, f32) = (600.0, 740.0);

/// The card.
#[derive(Default)]
pub struct CardPanel {
    plot: PlotPanel,
}

impl CardPanel {
    /// Draws the card; says where the lit mark stands.
    pub fn ui(&mut self, ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) -> Option<Pos2> {
        let tight = ui.available_width() < ROOMY.0 || ui.available_height() < ROOMY.1;
        // The scroll bar runs in the card's margin, beside what is scrolled.
        let side = space(if tight { 3 } else { 4 }) as i8;
        let frame = egui::Frame::new()
            .fill(paint(ui, Paint::Card))
            .stroke(Stroke::new(1.0, paint(ui, Paint::Line)))
            .corner_radius(size::CORNER_CARD as f32)
            .inner_margin(Margin { left: side, right: 4, top: if tight { 12 } else { 20 }, bottom: 8 });
        frame
            .show(ui, |ui| {
                ui.take_available_space();
                match session.view() {
                    Some(view) => self.chart(ui, session, view, tight, commands),
                    None => {
                        empty(ui, session, commands);
                        None
                    }
                }
            })
            .inner
    }

    fn chart(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        view: &View,
        tight: bool,
        commands: &mut Vec<Command>,
    ) -> Option<Pos2> {
        let chart = &view.chart;
        if let Some(question) = &view.question {
            question::ui(ui, session, view, question, commands);
            return None;
        }
        let with_table = session.workspace().shows(Panel::Table) && !chart.table.columns.is_empty();
        let height = ui.available_height();
        ScrollArea::vertical()
            .id_salt(("card", &chart.id))
            .auto_shrink(false)
            .content_margin(Margin { right: space(if tight { 3 } else { 4 }) as i8 - 4, ..Margin::ZERO })
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                let top = ui.cursor().top();
                head(ui, view, commands);
                legend(ui, chart);
                let below =
                    foot_height(ui, chart, tight) + if with_table { values::height(ui, chart, tight) } else { 0.0 };
                let least = least_plot(chart, ui.available_width());
                let plot_height = (height - (ui.cursor().top() - top) - below).max(least);
                let area = ui.allocate_space(vec2(ui.available_width(), plot_height)).1;
                let at = self.plot.ui(ui, session, view, area, commands);
                foot(ui, chart, tight, commands);
                if with_table {
                    values::ui(ui, session, chart, tight, commands);
                }
                at.filter(|at| ui.clip_rect().expand(1.0).contains(*at))
            })
            .inner
    }
}

/// Words that may be broken: a narrow no-break space would be taken for any other.
fn breakable(words: &str) -> String {
    words.replace('\u{202f}', "\u{a0}")
}

/// A plot in rows is high enough for every name of a row.
fn least_plot(chart: &Chart, width: f32) -> f32 {
    let width = f64::from(width);
    let rows = place::least_height(chart, width, text_px(width), LEAST_ROW);
    (rows as f32).max(LOWEST_PLOT)
}

/// Title, subtitle and what can be chosen.
pub(super) fn head(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    let chart = &view.chart;
    ui.add_space(space(0));
    let title = RichText::new(breakable(&chart.title)).font(font(Face::Bold, size::TITLE)).color(paint(ui, Paint::Ink));
    ui.add(egui::Label::new(title).wrap())
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, &chart.title));
    ui.add_space(3.0);
    let subtitle = RichText::new(breakable(&chart.subtitle)).font(font(Face::Regular, size::SUBTITLE));
    ui.add(egui::Label::new(subtitle.color(paint(ui, Paint::Ink2))).wrap());
    ui.add_space(space(2));
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let drawn = view.question.is_none();
            if drawn && widgets::main_button(ui, "Export…").on_hover_text("Save this chart as a picture").clicked() {
                commands.push(Command::AskExport);
            }
            ui.with_layout(Layout::left_to_right(Align::Min).with_main_wrap(true), |ui| choices(ui, view, commands));
        });
    });
    ui.add_space(space(2));
}

/// The choices that can be drawn: the data, where there are several, and each option.
fn choices(ui: &mut Ui, view: &View, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = space(0);
    if view.data.len() > 1 {
        let labels = view.options.iter().flat_map(|group| group.choices.iter().map(|choice| choice.label));
        let buttons: f32 = labels.map(|label| widgets::segment_width(label) + space(1)).sum();
        let room = ui.available_width() - buttons - space(2) * (view.options.len() as f32 + 1.0);
        data_choice(ui, view, room, commands);
        ui.add_space(space(2));
    }
    for group in &view.options {
        let labels: Vec<&str> = group.choices.iter().map(|choice| choice.label).collect();
        let chosen = group.choices.iter().position(|choice| choice.id == group.chosen).unwrap_or(0);
        let clicked = widgets::segmented(ui, group.option.label, &labels, chosen);
        if let Some(choice) = clicked.and_then(|at| group.choices.get(at)) {
            commands.push(Command::Choose { option: group.option.id, choice: choice.id });
        }
        ui.add_space(space(2));
    }
}

/// Which data, in the room that the buttons beside it leave.
fn data_choice(ui: &mut Ui, view: &View, room: f32, commands: &mut Vec<Command>) {
    let key = view.data_key().unwrap_or_default();
    let label = view.data.iter().find(|(other, _)| other == key).map_or(key, |(_, label)| label.as_str());
    let room = room.clamp(160.0, 320.0);
    let shown = crate::chart::text::shorten(label, size::TEXT, Face::Regular, f64::from(room) - 40.0);
    let combo = egui::ComboBox::from_id_salt("data").selected_text(shown).width(room.min(260.0)).height(320.0);
    let response = combo.show_ui(ui, |ui| {
        ui.set_min_width(260.0);
        let height = ui.text_style_height(&egui::TextStyle::Button) + 6.0;
        ScrollArea::vertical().max_height(300.0).show_rows(ui, height, view.data.len(), |ui, rows| {
            for (key_of, label) in view.data.get(rows).unwrap_or_default() {
                if ui.selectable_label(key_of == key, label.as_str()).clicked() {
                    commands.push(Command::ChooseData(key_of.clone()));
                    ui.close();
                }
            }
        });
    });
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("Data: {label}")));
}

fn legend(ui: &mut Ui, chart: &Chart) {
    let at = ui.cursor().left_top();
    let width = ui.available_width();
    let (drawn, height) = place::legend(chart, f64::from(at.x), f64::from(at.y), f64::from(width), size::LABEL);
    if height <= 0.0 {
        return;
    }
    let area = ui.allocate_space(vec2(width, height as f32 + space(1))).1;
    paint_all(ui.painter(), &drawn, theme_of(ui.visuals()), area.expand(4.0), area.expand(4.0));
}

/// Notes and source line under the plot, broken to the card's width.
fn foot_lines(ui: &Ui, chart: &Chart, tight: bool) -> Vec<(Arc<Galley>, f32)> {
    let width = ui.available_width();
    let size_px = foot_px(tight);
    let lay = |words: &str, tone: Paint| {
        ui.painter().layout(breakable(words), font(Face::Regular, size_px), paint(ui, tone), width)
    };
    let notes = chart.notes.iter().map(|note| (lay(note, Paint::Ink2), 2.0));
    let source = [(lay(&source_line(chart), Paint::Ink3), 0.0)];
    let bands = unnamed_bands(chart, width).map(|words| (lay(&words, Paint::Ink2), 2.0));
    notes.chain(bands).chain(source).collect()
}

/// The names of the bands behind the marks, where there is no room for them above the plot.
fn unnamed_bands(chart: &Chart, width: f32) -> Option<String> {
    let area = place::Area::new((0.0, 0.0), (f64::from(width), f64::from(width)));
    if place::names_bands(chart, &place::Plot::whole(chart, area, text_px(f64::from(width)))) {
        return None;
    }
    let named = |scenery: &Scenery| match scenery {
        Scenery::Band { from, to, label, .. } => Some(format!("{from}–{to} {label}")),
        Scenery::Line { .. } => None,
    };
    let names: Vec<String> = chart.scenery.iter().filter_map(named).collect();
    (!names.is_empty()).then(|| format!("From the left: {}.", names.join(", ")))
}

/// The source line with the short hash that closes every chart.
fn source_line(chart: &Chart) -> String {
    if chart.hash.is_empty() || chart.source_line.contains(&chart.hash) {
        return chart.source_line.clone();
    }
    let stop = if chart.source_line.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{stop} Nisba {}", chart.source_line, chart.hash)
}

fn foot_height(ui: &Ui, chart: &Chart, tight: bool) -> f32 {
    let lines = foot_lines(ui, chart, tight);
    let below = |(n, (galley, _)): (usize, &(Arc<Galley>, f32))| {
        let one = offer(chart, n)?;
        let stands_beside = beside(galley, one, ui.available_width(), tight).is_some();
        (!stands_beside).then(|| link_height(ui, tight))
    };
    let links: f32 = lines.iter().enumerate().filter_map(below).sum();
    space(2) + lines.iter().map(|(galley, gap)| galley.size().y + gap).sum::<f32>() + links + space(1)
}

/// What is disputed and can be drawn otherwise, of a note by its number: those notes come last.
fn offer(chart: &Chart, note: usize) -> Option<&Disputed> {
    let at = (note + chart.disputed.len()).checked_sub(chart.notes.len())?;
    chart.disputed.get(at).filter(|one| one.can_change && note < chart.notes.len())
}

fn offer_words(one: &Disputed) -> &'static str {
    if one.used { "Draw the other again" } else { "Draw this statement instead" }
}

/// Where the link stands behind the last words of its note, from the note's corner; `None` where it has no room there.
fn beside(galley: &Galley, one: &Disputed, width: f32, tight: bool) -> Option<Rect> {
    let row = galley.rows.last()?.rect();
    let link = text_width(offer_words(one), foot_px(tight), Face::Regular) as f32 + 2.0;
    let left = row.right() + space(1);
    (left + link <= width).then(|| Rect::from_min_size(pos2(left, row.top()), vec2(link, row.height())))
}

/// Size of the words under the plot, px.
fn foot_px(tight: bool) -> f64 {
    if tight { size::CAPTION + 0.5 } else { size::LABEL }
}

/// How high the line is that offers another statement.
fn link_height(ui: &Ui, tight: bool) -> f32 {
    ui.fonts_mut(|fonts| fonts.row_height(&font(Face::Regular, foot_px(tight)))) + 2.0
}

fn foot(ui: &mut Ui, chart: &Chart, tight: bool, commands: &mut Vec<Command>) {
    ui.add_space(space(2));
    let lines = foot_lines(ui, chart, tight);
    let last = lines.len().saturating_sub(1);
    for (n, (galley, gap)) in lines.into_iter().enumerate() {
        let one = offer(chart, n);
        let room = one.and_then(|one| beside(&galley, one, ui.available_width(), tight));
        let line = ui.label(galley);
        let corner = line.rect.left_top();
        if n == last && chart.source_line != chart.source_line_whole {
            line.on_hover_text(&chart.source_line_whole);
        }
        if let Some(one) = one {
            let clicked = match room {
                Some(room) => {
                    let builder = egui::UiBuilder::new().max_rect(room.translate(corner.to_vec2()));
                    widgets::link_sized(&mut ui.new_child(builder), offer_words(one), foot_px(tight)).clicked()
                }
                None => {
                    let clicked = widgets::link_sized(ui, offer_words(one), foot_px(tight)).clicked();
                    ui.add_space(2.0);
                    clicked
                }
            };
            if clicked {
                commands.push(Command::Use { key: one.key.clone(), used: !one.used });
            }
        }
        ui.add_space(gap);
    }
    ui.add_space(space(1));
}

/// What stands in the centre when there is nothing to draw.
fn empty(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let rect: Rect = ui.max_rect();
    let at = pos2(rect.left(), rect.center().y - 60.0);
    let mut child = ui.new_child(
        egui::UiBuilder::new().max_rect(Rect::from_min_max(at, rect.max)).layout(Layout::top_down(Align::Center)),
    );
    let (head, words) = match (session.shown(), session.is_busy()) {
        (_, true) => ("Reading…", ""),
        (Some(_), _) => (
            "No chart can be drawn of this source",
            "It holds no ratings, no votes and seats, and no shares of groups that were understood.",
        ),
        (None, _) => ("Open a report or data", "Drop a file here, or choose one. Text, Markdown and tables are read."),
    };
    child.label(RichText::new(head).font(font(Face::Bold, size::TITLE)));
    child.add_space(space(1));
    child.label(RichText::new(words).color(paint(&child, Paint::Ink2)));
    child.add_space(space(2));
    if !session.is_busy() {
        if widgets::main_button(&mut child, "Open…").clicked() {
            commands.push(Command::AskOpen);
        }
        child.add_space(space(1));
        if session.sources().is_empty() && widgets::link(&mut child, "Open the built-in brief").clicked() {
            commands.push(Command::OpenSample(0));
        }
    }
}
