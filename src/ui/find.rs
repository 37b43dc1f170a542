//! The field that finds words in a source.

use egui::{Align, Layout, RichText, Ui};

use super::{
    theme::{paint, space},
    widgets,
};
use crate::{
    chart::tokens::Paint,
    session::{Command, Session},
};

/// The field that finds words, with the number of places and the way through them.
pub fn bar(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let find = session.find();
    ui.add_space(space(1));
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            if widgets::quiet_button(ui, "×", "Close the search").clicked() {
                commands.push(Command::CloseFind);
            }
            if widgets::quiet_button(ui, "›", "Next place").clicked() {
                commands.push(Command::FindStep(1));
            }
            if widgets::quiet_button(ui, "‹", "Previous place").clicked() {
                commands.push(Command::FindStep(-1));
            }
            let count = match (find.hits.len(), find.query.is_empty()) {
                (_, true) => String::new(),
                (0, _) => "none".to_owned(),
                (count, _) => format!("{} of {count}", find.current + 1),
            };
            ui.label(RichText::new(count).small().color(paint(ui, Paint::Ink2)));
            let mut words = find.query.clone();
            let field = egui::TextEdit::singleline(&mut words).hint_text("Find words");
            let field = ui.add(field.desired_width(f32::INFINITY).margin(egui::Margin::symmetric(8, 4)));
            let (id, pass) = (field.id.with("was open"), ui.ctx().cumulative_pass_nr());
            if ui.data(|data| data.get_temp::<u64>(id)) != Some(pass.saturating_sub(1)) {
                field.request_focus();
            }
            ui.data_mut(|data| data.insert_temp(id, pass));
            if field.changed() {
                commands.push(Command::Find(words));
            }
            if field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                let back = ui.input(|input| input.modifiers.shift);
                commands.push(Command::FindStep(if back { -1 } else { 1 }));
                field.request_focus();
            }
        });
    });
    ui.add_space(space(0));
}
