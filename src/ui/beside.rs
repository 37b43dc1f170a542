//! The original beside the document that restates it: citations as links, and the paragraph they lead to.

use egui::{
    Pos2, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo,
    text::{CCursor, LayoutJob, TextFormat},
};

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
            ScrollArea::vertical().id_salt(("beside", span)).auto_shrink(false).show(ui, |ui| {
                words(ui, &open.loaded.source.text, span, beside.lit);
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

/// The paragraph, with the figure that says the same lit and in sight.
fn words(ui: &mut Ui, text: &str, span: Span, lit: Option<Span>) {
    let ink = paint(ui, Paint::Ink);
    let plain = |from: usize, to: usize| text.get(from..to).unwrap_or_default().replace(['\n', '\r'], " ");
    let format = |face: Face| TextFormat {
        font_id: font(face, size::TEXT),
        color: ink,
        line_height: Some(20.0),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    let figure = lit.unwrap_or(Span::new(span.start, span.start));
    let before = plain(span.start, figure.start);
    let at = before.chars().count();
    job.append(&before, 0.0, format(Face::Regular));
    let mut held = format(Face::Bold);
    held.background = paint(ui, Paint::Thread);
    // Ink on the thread's colour: the words stay readable in both themes.
    job.append(&plain(figure.start, figure.end), 0.0, held);
    job.append(&plain(figure.end, span.end), 0.0, format(Face::Regular));
    let galley = ui.painter().layout_job(job);
    let (area, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    let label = plain(span.start, span.end);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &label));
    let place = galley.pos_from_cursor(CCursor { index: at.into(), prefer_next_row: true });
    ui.painter().galley(area.min, galley, ink);
    let seen = egui::Id::unique("beside seen");
    if lit.is_some() && ui.data(|data| data.get_temp::<Option<Span>>(seen)) != Some(lit) {
        ui.scroll_to_rect(place.translate(area.min.to_vec2()).expand2(egui::vec2(0.0, 40.0)), None);
        ui.data_mut(|data| data.insert_temp(seen, lit));
    }
}
