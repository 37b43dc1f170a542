//! What stands in the place of a chart that asks before it puts side by side what is not of one kind.

use egui::{Label, RichText, ScrollArea, Sense, Ui};

use super::{
    card,
    theme::{font, paint, space},
    widgets,
};
use crate::{
    chart::{
        question::Question,
        text::Face,
        tokens::{Paint, size},
    },
    facts::Difference,
    session::{Command, Selection, Session, View},
    source::Anchor,
};

/// No more places of a difference are shown than this.
const PLACES: usize = 4;
/// Lines of words are no longer than this, px.
const WIDEST: f32 = 620.0;

/// Draws the question with its answers.
pub fn ui(ui: &mut Ui, session: &Session, view: &View, question: &Question, commands: &mut Vec<Command>) {
    let margin = egui::Margin { right: space(2) as i8, ..egui::Margin::ZERO };
    let area = ScrollArea::vertical().id_salt("question").auto_shrink(false).content_margin(margin);
    area.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        card::head(ui, view, commands);
        ui.set_max_width(ui.available_width().min(WIDEST));
        ui.add_space(space(1));
        widgets::caption(ui, "What differs");
        for difference in &question.differences {
            ui.add_space(space(1));
            one(ui, session, difference, commands);
        }
        ui.add_space(space(4));
        widgets::caption(ui, "How to draw them");
        for (choice, does) in &question.answers {
            ui.add_space(space(1) + 2.0);
            let button = egui::Button::new(choice.label).min_size(egui::vec2(150.0, 27.0));
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space(2);
                let button = ui.add(button);
                widgets::ring(ui, &button, 2.0);
                if button.clicked() {
                    commands.push(Command::Choose { option: question.option.id, choice: choice.id });
                }
                let words = RichText::new(format!("{}.", widgets::sentence(does))).color(paint(ui, Paint::Ink2));
                ui.add(Label::new(words).wrap());
            });
        }
        ui.add_space(space(3));
    });
}

/// A difference in words, and the figures that show it.
fn one(ui: &mut Ui, session: &Session, difference: &Difference, commands: &mut Vec<Command>) {
    let words = format!("{}.", widgets::sentence(&difference.words));
    ui.add(Label::new(RichText::new(words).color(paint(ui, Paint::Ink))).wrap());
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space(2);
        for anchor in difference.places.iter().take(PLACES) {
            place(ui, session, *anchor, commands);
        }
        if difference.places.len() > PLACES {
            let more = format!("and {} more", difference.places.len() - PLACES);
            ui.label(RichText::new(more).font(font(Face::Regular, size::LABEL)).color(paint(ui, Paint::Ink2)));
        }
    });
}

/// A figure as a link to its words.
fn place(ui: &mut Ui, session: &Session, anchor: Anchor, commands: &mut Vec<Command>) {
    let Some(source) = session.source(anchor.source) else { return };
    let (words, at) = session.quote(anchor);
    // Where only one source is open, which of them goes without saying.
    let file = if session.sources().len() > 1 { format!("{}, ", source.loaded.source.name) } else { String::new() };
    let shown = format!("{} ({file}{at})", words.trim());
    let text = RichText::new(&shown).font(font(Face::Regular, size::LABEL)).color(paint(ui, Paint::Accent));
    let link = ui.add(Label::new(text).sense(Sense::click()));
    link.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &shown));
    widgets::ring(ui, &link, 2.0);
    if link.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
        commands.push(Command::Select(Selection::Figure(anchor)));
    }
}
