//! The bar on top: menus and the theme; and the lines of notices under it.

use egui::{Align, AtomExt, Button, KeyboardShortcut, Layout, RichText, Ui};

use super::{
    actions::{ACTIONS, Action, MENUS, Menu, RELOAD, RELOAD_KEYS},
    theme::{paint, space},
    widgets,
};
use crate::{
    chart::tokens::Paint,
    session::{Command, NoticeKind, Session, ThemeChoice, load::SAMPLES},
};

/// Draws the bar.
pub fn ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    ui.horizontal_centered(|ui| {
        egui::MenuBar::new().ui(ui, |ui| {
            ui.spacing_mut().button_padding = egui::vec2(space(1) + 2.0, space(0));
            for (menu, name) in MENUS {
                ui.menu_button(*name, |ui| menu_rows(ui, *menu, session, commands));
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            theme_button(ui, commands);
        });
    });
}

fn theme_button(ui: &mut Ui, commands: &mut Vec<Command>) {
    let dark = ui.visuals().dark_mode;
    let (to, name) = if dark {
        (ThemeChoice::Light, "Switch to the light theme")
    } else {
        (ThemeChoice::Dark, "Switch to the dark theme")
    };
    let button =
        ui.add(Button::new(RichText::new("◐").size(16.0).color(paint(ui, Paint::Ink2))).frame_when_inactive(false));
    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    if button.on_hover_text(name).clicked() {
        commands.push(Command::Theme(to));
    }
}

fn menu_rows(ui: &mut Ui, menu: Menu, session: &Session, commands: &mut Vec<Command>) {
    for action in ACTIONS.iter().filter(|action| action.menu == menu) {
        if action.line_above {
            ui.separator();
        }
        menu_row(ui, action, session, commands);
        if action.command == Command::AskOpenPath {
            samples(ui, commands);
        }
        if action.command == Command::CloseShown {
            reload(ui, session, commands);
        }
    }
    if menu == Menu::Chart {
        charts(ui, session, commands);
    }
}

fn menu_row(ui: &mut Ui, action: &Action, session: &Session, commands: &mut Vec<Command>) {
    let tick = action.ticked.map(|ticked| ticked(session)).or_else(|| has_ticks(action.menu).then_some(false));
    let button = menu_button(ui, tick, action.label, action.keys.first());
    if ui.add_enabled((action.enabled)(session), button).clicked() {
        commands.push(action.command.clone());
        ui.close();
    }
}

/// Whether rows of a menu can stand ticked: then the words of all of them begin behind the room for the tick.
fn has_ticks(menu: Menu) -> bool {
    menu == Menu::Chart || ACTIONS.iter().any(|action| action.menu == menu && action.ticked.is_some())
}

/// A row of a menu: the room for its tick, where the menu has ticks, its words, and at the other end its keys.
fn menu_button<'a>(ui: &Ui, tick: Option<bool>, label: &'a str, keys: Option<&KeyboardShortcut>) -> Button<'a> {
    let button = match tick {
        Some(ticked) => {
            let room = egui::vec2(14.0, ui.text_style_height(&egui::TextStyle::Button));
            Button::new((if ticked { "✓" } else { "" }.atom_size(room), label))
        }
        None => Button::new(label),
    };
    // Without keys the empty words still push the label to the start of the row.
    let keys = keys.map(|keys| ui.ctx().format_shortcut(keys)).unwrap_or_default();
    button.shortcut_text(RichText::new(keys).color(paint(ui, Paint::Ink3)))
}

fn samples(ui: &mut Ui, commands: &mut Vec<Command>) {
    if SAMPLES.is_empty() {
        return;
    }
    ui.menu_button("Open sample", |ui| {
        for (at, (name, _)) in SAMPLES.iter().enumerate() {
            if ui.button(*name).clicked() {
                commands.push(Command::OpenSample(at));
                ui.close();
            }
        }
    });
}

fn reload(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let open = session.shown().filter(|open| open.path.is_some());
    let button = menu_button(ui, None, RELOAD, Some(&RELOAD_KEYS));
    if ui.add_enabled(open.is_some(), button).clicked()
        && let Some(open) = open
    {
        commands.push(Command::Reload(open.id()));
        ui.close();
    }
}

/// The charts of the source and the choices of the chart: what the navigator and the card offer, for the keyboard.
fn charts(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let charts = session.charts();
    if !charts.is_empty() {
        ui.separator();
    }
    let now = session.view().map(|view| view.kind.id);
    for (kind, spec) in charts {
        let button = menu_button(ui, Some(now == Some(kind.id)), kind.name, None);
        if ui.add(button).clicked() {
            commands.push(Command::ShowChart(spec));
            ui.close();
        }
    }
    for group in session.view().map(|view| view.options.as_slice()).unwrap_or_default() {
        ui.separator();
        for choice in &group.choices {
            let button = menu_button(ui, Some(group.chosen == choice.id), choice.label, None);
            if ui.add(button).clicked() {
                commands.push(Command::Choose { option: group.option.id, choice: choice.id });
                ui.close();
            }
        }
    }
}

/// Draws readings under way and notices, a line each.
pub fn notices(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    for load in session.loads() {
        line(ui, |ui| {
            ui.label(format!("Reading `{}`", load.name));
            let fraction = load.progress.fraction();
            ui.add(egui::ProgressBar::new(fraction).desired_width(180.0).desired_height(6.0).animate(fraction <= 0.0));
            let cancel = if load.progress.is_cancelled() { "Stopping…" } else { "Cancel" };
            if ui.add_enabled(!load.progress.is_cancelled(), Button::new(cancel)).clicked() {
                commands.push(Command::CancelLoad(load.number));
            }
        });
    }
    for notice in session.notices() {
        line(ui, |ui| {
            let (sign, tone) = match notice.kind {
                NoticeKind::Trouble => ("▲", Paint::Loss),
                NoticeKind::Done => ("●", Paint::Gain),
                NoticeKind::Changed(_) => ("●", Paint::Thread),
            };
            ui.label(RichText::new(sign).small().color(paint(ui, tone)));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if widgets::quiet_button(ui, "×", &format!("Dismiss: {}", notice.text)).clicked() {
                    commands.push(Command::Dismiss(notice.number));
                }
                if let NoticeKind::Changed(id) = notice.kind
                    && ui.button("Read it again").clicked()
                {
                    commands.push(Command::Reload(id));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(egui::Label::new(widgets::sentence(&notice.text)).truncate()).on_hover_text(&notice.text);
                });
            });
        });
    }
}

fn line(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let margin = egui::Margin::symmetric(space(3) as i8, space(0) as i8);
    let frame = egui::Frame::new().fill(paint(ui, Paint::Card)).inner_margin(margin);
    let rect = frame
        .show(ui, |ui| {
            let size = egui::vec2(ui.available_width(), 28.0);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), content);
        })
        .response
        .rect;
    ui.painter().hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, paint(ui, Paint::Line)));
}
