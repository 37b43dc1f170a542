//! The original beside the document that restates it: citations as links, and the paragraph they lead to.

use egui::{Frame, Pos2, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo};

use super::{
    paragraph::Laid,
    theme::{font, paint, space},
    widgets,
};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    reading::Citation,
    session::{Command, Session},
    source::Span,
};

/// Makes links of the citations of one paragraph, laid out with its corner at `at`.
pub fn links(ui: &Ui, citations: &[Citation], block: Span, laid: &Laid, at: Pos2, commands: &mut Vec<Command>) {
    let from = citations.partition_point(|citation| citation.span.start < block.start);
    for (n, citation) in citations.iter().enumerate().skip(from).take_while(|(_, c)| c.span.end <= block.end) {
        for (part, piece) in laid.pieces(citation.span).into_iter().enumerate() {
            let area = piece.rect.translate(at.to_vec2());
            let response = ui.interact(area, ui.scope_id().with(("citation", n, part)), Sense::click());
            let name = format!("Original: {} paragraph {}", citation.section, citation.number);
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &name));
            let line = Stroke::new(1.0, paint(ui, Paint::Accent));
            ui.painter().hline(area.x_range(), at.y + piece.baseline + 2.5, line);
            widgets::ring(ui, &response, 2.0);
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                commands.push(Command::Beside(Some(n)));
            }
        }
    }
}

/// The paragraph of the original, or what to open to read it.
pub fn ui(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
    let Some(beside) = session.beside() else { return };
    ui.horizontal(|ui| {
        widgets::caption(ui, "Original");
        ui.label(RichText::new(&beside.label).font(font(Face::Bold, size::LABEL)));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if widgets::quiet_button(ui, "×", "Close the original").clicked() {
                commands.push(Command::Beside(None));
            }
            if let Some((open, _)) = beside.original
                && widgets::link_sized(ui, "Show this report", size::LABEL).clicked()
            {
                commands.push(Command::ShowSource(open.id()));
            }
        });
    });
    ui.add_space(space(0));
    match beside.original {
        Some((open, span)) => {
            let words = span.of(&open.loaded.source.text).unwrap_or_default();
            let plain = words.split_whitespace().collect::<Vec<_>>().join(" ");
            ScrollArea::vertical().id_salt(("beside", span)).auto_shrink(false).show(ui, |ui| {
                Frame::new().show(ui, |ui| {
                    let text = RichText::new(plain).font(font(Face::Regular, size::TEXT));
                    ui.add(egui::Label::new(text).wrap().selectable(true));
                });
            });
        }
        None => {
            let hint = format!("Open {} itself, and this paragraph stands here beside the brief.", beside.document);
            ui.add(egui::Label::new(RichText::new(hint).color(paint(ui, Paint::Ink2))).wrap());
            if widgets::link(ui, "Open a report…").clicked() {
                commands.push(Command::AskOpen);
            }
        }
    }
}
