//! Saved links and what became of each: those first that need to be looked at; a click goes to the place.

use egui::{Align, Layout, RichText, Role, ScrollArea, Ui, WidgetInfo, pos2, vec2};

use super::{
    account::{self, ROW},
    theme::{font, paint, space},
    walk::Walk,
    widgets,
};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    session::{self, Command, Followed, Open, Session, cite},
    source::Anchor,
};

/// Room for the sign of a row, px.
const SIGN: f32 = 18.0;

/// Draws the list.
pub fn ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let (Some(followed), Some(open)) = (session.followed(), session.shown()) else { return };
    head(ui, followed, commands);
    ui.add_space(space(0));
    let mut walk = Walk::new(ui, "followed", followed.rows.len());
    // Asked by the area, which adds it to each row.
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt(("followed", &followed.from)).auto_shrink(false);
    area.show_rows(ui, ROW, followed.rows.len(), |ui, rows| {
        for at in rows {
            row(ui, session, open, (at, &followed.rows[at]), &mut walk, commands);
        }
    });
    walk.arrows(ui);
    walk.keep(ui);
}

fn head(ui: &mut Ui, followed: &Followed, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        widgets::caption(ui, "Links");
        let from = match followed.from.as_str() {
            "before" => "of the report before it changed",
            from => from,
        };
        ui.label(RichText::new(from).font(font(Face::Bold, size::LABEL)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if widgets::quiet_button(ui, "×", "Close the list of links").clicked() {
                commands.push(Command::CloseLinks);
            }
        });
    });
    ui.label(RichText::new(followed.counted()).font(font(Face::Regular, size::LABEL)).color(paint(ui, Paint::Ink2)));
}

fn row(
    ui: &mut Ui,
    session: &Session,
    open: &Open,
    (at, link): (usize, &session::followed::Row),
    walk: &mut Walk,
    commands: &mut Vec<Command>,
) {
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
    let fill = rect.expand2(vec2(space(1) - 2.0, 0.0));
    let response = walk.item(ui, at, fill);
    let told = told(open, link);
    let name = format!("{}: {}, {}, {}", link.status, told.words, link.label, told.place);
    response
        .widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, link.place.is_some(), name.trim_end_matches(", ")));
    if response.hovered() && link.place.is_some() {
        ui.painter().rect_filled(fill, size::CORNER as f32, paint(ui, Paint::Ground));
    }
    let (sign, tone) = match link.status {
        "found" => ("●", Paint::Gain),
        "moved" => ("●", Paint::Accent),
        _ => ("▲", Paint::Loss),
    };
    let galley = ui.painter().layout_no_wrap(sign.to_owned(), font(Face::Regular, size::LABEL), paint(ui, tone));
    ui.painter().galley(pos2(rect.left(), rect.top() + 5.0), galley, paint(ui, tone));
    account::write(ui, rect.with_min_x(rect.left() + SIGN), &told);
    widgets::ring(ui, &response, -1.0);
    if let Some(place) = link.place
        && response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
    {
        commands.push(session.go_to(place));
    }
}

/// The two lines of a row: what was linked and what it says; what became of it and where.
fn told(open: &Open, link: &session::followed::Row) -> session::account::Row {
    let source = &open.loaded.source;
    let place = link.place.map(|place| cite::place(&open.loaded, Anchor { source: source.id, place }));
    let now = link.place.and_then(|place| source.words(place)).unwrap_or_default();
    let now = now.split_whitespace().collect::<Vec<_>>().join(" ");
    let status = match (link.status, link.of) {
        ("changed", _) if !now.is_empty() => format!("changed: now “{now}”"),
        ("changed", _) => "changed: not there any more".to_owned(),
        (status, Some((nth, count))) => format!("{status}: may be this one, {nth} of {count}"),
        ("ambiguous", None) => "ambiguous: may be this one, or none".to_owned(),
        (status, None) => status.to_owned(),
    };
    session::account::Row {
        before: String::new(),
        words: link.was.clone(),
        behind: format!("  {}", link.label),
        place: place.unwrap_or_default(),
        told: status,
    }
}
