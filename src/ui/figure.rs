//! How a figure was read: the card over it in the text, and the same lines in the inspector.

use egui::{RichText, Ui};

use super::theme::{font, paint, space};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    reading::{Figure, FigureStatus},
    session::account,
};

/// The column of names, px.
const NAMES: f32 = 86.0;

/// The card: how it was read in two words, and all that is known of it.
pub fn card(ui: &mut Ui, figure: &Figure) {
    ui.set_max_width(300.0);
    ui.spacing_mut().item_spacing.y = 2.0;
    let tone = if figure.status == FigureStatus::Unknown { Paint::Loss } else { Paint::Ink };
    let status = RichText::new(account::status(figure.status)).font(font(Face::Bold, size::LABEL));
    ui.label(status.color(paint(ui, tone)));
    lines(ui, figure);
}

/// All that is known of a figure, a line each.
pub fn lines(ui: &mut Ui, figure: &Figure) {
    let small = |words: &str, ui: &Ui, tone: Paint| {
        RichText::new(words).font(font(Face::Regular, size::LABEL)).color(paint(ui, tone))
    };
    if figure.status == FigureStatus::Unknown {
        let words = small("No rule reads this sentence: it is on no chart.", ui, Paint::Ink2);
        ui.add(egui::Label::new(words).wrap());
        return;
    }
    for (name, text) in account::particulars(figure) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let (_, area) = ui.allocate_space(egui::vec2(NAMES, 17.0));
            let at = area.left_top();
            let face = font(Face::Regular, size::LABEL);
            ui.painter().text(at, egui::Align2::LEFT_TOP, name, face, paint(ui, Paint::Ink3));
            ui.add(egui::Label::new(small(&text, ui, Paint::Ink)).wrap());
            ui.add_space(space(0));
        });
    }
}
