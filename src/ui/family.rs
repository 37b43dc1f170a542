//! What a report is read as, and the menu that reads it as something else.

use egui::{Button, RichText, Role, Ui, WidgetInfo};

use super::theme::{font, paint};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    session::{Command, Open, Session},
};

/// The line under the sources; nothing for a table.
pub fn ui(ui: &mut Ui, session: &Session, open: &Open, commands: &mut Vec<Command>) {
    let (Some((id, name)), Some(why)) = (open.read_as(), open.read_as_why()) else { return };
    let words = format!("Read as {}", in_a_sentence(name));
    let text = RichText::new(format!("{words} ▾")).font(font(Face::Regular, size::LABEL)).color(paint(ui, Paint::Ink2));
    let button = ui.menu_button(text, |ui| rows(ui, session, open, id, commands)).response;
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &words));
    button.on_hover_text(why);
}

fn rows(ui: &mut Ui, session: &Session, open: &Open, id: &str, commands: &mut Vec<Command>) {
    let chosen = session.workspace().families.get(&open.id());
    let mut row = |ui: &mut Ui, words: &str, ticked: bool, family: Option<String>| {
        let tick = if ticked { "✓" } else { "\u{2003}" };
        if ui.add(Button::new(format!("{tick}\u{2002}{words}"))).clicked() {
            if !ticked {
                commands.push(Command::ReadAs(open.id(), family));
            }
            ui.close();
        }
    };
    row(ui, "As it is recognised", chosen.is_none(), None);
    ui.separator();
    for family in session.families().all() {
        let grammar = &family.grammar;
        row(ui, &grammar.name, chosen.is_some() && grammar.id == id, Some(grammar.id.clone()));
    }
}

/// A series keeps its capitals; what only says that there is none does not begin a sentence.
fn in_a_sentence(name: &str) -> String {
    let mut words = name.split_whitespace().skip(1);
    let mut letters = name.chars();
    match letters.next() {
        Some(first) if words.clone().next().is_some() && words.all(|word| word.starts_with(char::is_lowercase)) => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::in_a_sentence;

    #[test]
    fn a_series_keeps_its_capitals() {
        assert_eq!(in_a_sentence("Plain report"), "plain report");
        assert_eq!(in_a_sentence("Ratings of the Coast"), "Ratings of the Coast");
        assert_eq!(in_a_sentence("Coastwatch"), "Coastwatch");
    }
}
