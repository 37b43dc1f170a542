//! What lies over the window: the path field, the keys, and what the program is.

use egui::{Align, Id, Key, Layout, Modal, RichText, TextEdit, Ui};

use super::{
    actions::ACTIONS,
    theme::{font, paint, space},
    widgets,
};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    export::ENCODERS,
    session::{Asked, Command, Overlay, Session},
};

/// Draws what lies over the window, if anything does.
pub fn ui(ctx: &egui::Context, session: &Session, commands: &mut Vec<Command>) {
    let Some(overlay) = session.overlay() else { return };
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(egui::Margin::same(space(3) as i8));
    let modal = Modal::new(Id::unique("overlay")).frame(frame).backdrop_color(egui::Color32::from_black_alpha(70));
    let response = modal.show(ctx, |ui| {
        ui.set_width(460.0_f32.min(ctx.content_rect().width() - 80.0));
        ui.spacing_mut().item_spacing.y = space(1);
        match overlay {
            Overlay::Path { asked, typed, reason } => path(ui, *asked, typed, reason.as_deref(), commands),
            Overlay::About => about(ui, commands),
            Overlay::Keys => keys(ui, commands),
        }
    });
    if response.should_close() {
        commands.push(Command::CloseOverlay);
    }
}

fn title(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(font(Face::Bold, size::TITLE)));
    ui.add_space(space(0));
}

fn path(ui: &mut Ui, asked: Asked, typed: &str, reason: Option<&str>, commands: &mut Vec<Command>) {
    let (heading, hint) = match asked {
        Asked::Open => ("Open a report or data", "path of the file"),
        Asked::ExportChart => ("Export chart", "path and name of the picture"),
        Asked::ExportLinks => ("Export links", "path and name of the file"),
        Asked::ImportLinks => ("Import links", "path of the file of links"),
    };
    title(ui, heading);
    if let Some(reason) = reason {
        ui.label(RichText::new(widgets::sentence(reason) + ".").color(paint(ui, Paint::Ink2)));
    }
    let mut text = typed.to_owned();
    let field = TextEdit::singleline(&mut text).hint_text(hint).desired_width(f32::INFINITY);
    let field = ui.add(field.margin(egui::Margin::symmetric(8, 6)));
    field.widget_info(|| egui::WidgetInfo::text_edit(true, typed, typed, hint));
    if field.changed() {
        commands.push(Command::TypePath(text.clone()));
    }
    // Asked before the field takes the keyboard again: a field that has it has not lost it.
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if ui.memory(|memory| memory.focused()).is_none() {
        field.request_focus();
    }
    if asked == Asked::ExportChart {
        let formats = ENCODERS.iter().map(|encoder| format!(".{}", encoder.ext)).collect::<Vec<_>>().join("  ");
        let words = format!("The ending chooses the format:  {formats}");
        ui.label(RichText::new(words).small().color(paint(ui, Paint::Ink2)));
    }
    ui.add_space(space(0));
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let given = !text.trim().is_empty();
        let button = if asked.is_saving() { "Save" } else { "Open" };
        let main = ui.add_enabled_ui(given, |ui| widgets::main_button(ui, button)).inner;
        if (main.clicked() || entered) && given {
            let path = expand(text.trim());
            commands.push(Command::CloseOverlay);
            commands.push(asked.command(path));
        }
        if ui.add(egui::Button::new("Cancel").min_size(egui::vec2(80.0, 27.0))).clicked() {
            commands.push(Command::CloseOverlay);
        }
    });
}

/// A typed path: quotes around it taken away, `~` for the home folder.
fn expand(typed: &str) -> std::path::PathBuf {
    let bare = typed.strip_prefix(['"', '\'']).and_then(|rest| rest.strip_suffix(['"', '\''])).unwrap_or(typed);
    let bare = bare.strip_prefix("file://").unwrap_or(bare);
    match (bare.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => bare.into(),
    }
}

fn about(ui: &mut Ui, commands: &mut Vec<Command>) {
    title(ui, "Nisba");
    let version = concat!("Version ", env!("CARGO_PKG_VERSION"));
    ui.label(RichText::new(version).color(paint(ui, Paint::Ink2)));
    for words in [
        "Nisba reads the figures of country reports and charts them. Every mark knows the words or the cell that state \
         it; what a source does not state is shown as not stated, never as zero.",
        "How it reads: fixed rules for numbers in digits and words, the sentence around them, and the layout of tables. \
         The rules of a report family are data. Nothing is guessed, and nothing leaves this computer.",
        "Its limits: a sentence that its rules do not cover gives no mark, and the count of figures read says how many \
         were understood. Reports in English, tables in any language. Check a figure against its words before you \
         print it: one click shows them.",
    ] {
        ui.label(words);
    }
    let faint = paint(ui, Paint::Ink3);
    ui.label(RichText::new("Colours: Okabe and Ito 2008. Type: Noto Sans and DejaVu Sans.").small().color(faint));
    close(ui, commands);
}

fn keys(ui: &mut Ui, commands: &mut Vec<Command>) {
    title(ui, "Keys");
    let room = (ui.ctx().content_rect().height() - 220.0).min(520.0);
    egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        let walk = [
            ("Go from panel to panel", "Tab, Shift+Tab"),
            ("Walk marks, figures, cells", "arrows, Home, End"),
            ("Select", "Enter, Space"),
            ("Let go", "Esc"),
            ("Zoom the plot; back to the whole", "Ctrl and wheel; double click"),
        ];
        for (what, keys) in walk {
            key_row(ui, what, keys);
        }
        ui.separator();
        for action in ACTIONS.iter().filter(|action| !action.keys.is_empty()) {
            let keys: Vec<String> = action.keys.iter().map(|keys| ui.ctx().format_shortcut(keys)).collect();
            key_row(ui, action.label.trim_end_matches('…'), &keys.join(", "));
        }
    });
    close(ui, commands);
}

fn key_row(ui: &mut Ui, what: &str, keys: &str) {
    ui.horizontal(|ui| {
        ui.label(what);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(space(2));
            ui.label(RichText::new(keys).color(paint(ui, Paint::Ink2)));
        });
    });
}

fn close(ui: &mut Ui, commands: &mut Vec<Command>) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let button = widgets::main_button(ui, "Close");
        if ui.memory(|memory| memory.focused()).is_none() {
            button.request_focus();
        }
        if button.clicked() {
            commands.push(Command::CloseOverlay);
        }
    });
}
