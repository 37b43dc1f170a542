//! One paragraph of the document in its place: its words, its figures for pointer and keyboard, and what lights in it.

use egui::{Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{INDENT, Page, above, below, spots_from};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, Theme, size},
    },
    reading::{FigureStatus, Paragraph},
    session::{Command, cite, links::Spot},
    source::{BlockKind, Place, Span},
    ui::{
        beside, figure,
        paragraph::{self, Laid, Look, Piece},
        theme::{colour, font, paint, space, theme_of},
        walk::Walk,
        widgets,
    },
};

/// One paragraph in its place on the screen.
pub struct Sheet<'a> {
    /// The document it is of.
    pub page: &'a Page<'a>,
    /// The paragraph.
    pub block: &'a Paragraph,
    /// Its top left corner.
    pub corner: Pos2,
    /// The spot that lights, in whatever paragraph.
    pub lit_spot: Option<usize>,
}

impl Sheet<'_> {
    /// Draws it: its height, where the lit words stand in it, and whether the keyboard's figure is in it.
    pub fn ui(&self, ui: &mut Ui, walk: &mut Walk, commands: &mut Vec<Command>) -> (f32, Option<Rect>, bool) {
        let session = self.page.session;
        let spots = &session.links().spots;
        let from = spots_from(spots, self.block.span.start);
        let to = spots.partition_point(|spot| matches!(spot.place, Place::Text(s) if s.start < self.block.span.end));
        let here = from..to.max(from);
        let lit_here = session.lit().place.is_some_and(|place| overlaps(place, self.block.span));
        let laid = self.lay(ui, here.clone(), lit_here);
        let at = self.corner + vec2(INDENT, above(self.block));
        let height = above(self.block) + laid.height + below(self.block);
        self.margin(ui, lit_here, height);
        self.node(ui, at, &laid);
        let mut places: Vec<(usize, Vec<Piece>)> = Vec::new();
        for n in here {
            let Some(Spot { place: Place::Text(span), .. }) = spots.get(n) else { continue };
            let pieces = laid.pieces(*span).into_iter().map(|piece| moved(piece, at)).collect();
            places.push((n, pieces));
        }
        for (n, pieces) in &places {
            self.background(ui, *n, pieces);
        }
        self.hits(ui, at, &laid);
        laid.paint(ui.painter(), at);
        beside::links(ui, &self.page.reading.citations, self.block.span, &laid, at, commands);
        let mut lit = None;
        let mut current = false;
        for (n, pieces) in &places {
            self.underline(ui, &spots[*n], pieces);
            current |= *n == walk.current();
            let Some(whole) = pieces.iter().map(|piece| piece.rect).reduce(Rect::union) else { continue };
            for (part, piece) in pieces.iter().enumerate() {
                if part == 0 {
                    let area = if pieces.len() == 1 { whole } else { piece.rect };
                    figure_node(ui, self.page, walk, *n, area.expand2(vec2(1.0, 2.0)), commands);
                } else {
                    // The rest of a figure that is broken across lines.
                    let id = ui.scope_id().with(("rest of figure", *n, part));
                    figure_pointer(ui, self.page, *n, &ui.interact(piece.rect, id, Sense::CLICK), commands);
                }
            }
            if self.lit_spot == Some(*n) {
                lit = pieces.first().map(|piece| piece.rect);
            }
        }
        let own = session.lit().place.filter(|_| lit_here && self.lit_spot.is_none());
        if let Some(Place::Text(span)) = own {
            lit = laid.pieces(span).first().map(|piece| moved(*piece, at).rect);
        }
        (height, lit, current)
    }

    fn lay(&self, ui: &Ui, here: std::ops::Range<usize>, lit_here: bool) -> Laid {
        let session = self.page.session;
        let spots = session.links().spots.get(here).unwrap_or_default();
        let bold: Vec<Span> = spots
            .iter()
            .filter(|spot| !spot.ties.is_empty())
            .filter_map(|spot| if let Place::Text(span) = spot.place { Some(span) } else { None })
            .collect();
        let dim = session.lit().place.is_some()
            && !lit_here
            && !matches!(self.block.kind, BlockKind::Title | BlockKind::Heading(_));
        let ink = paint(ui, if dim { Paint::Ink2 } else { Paint::Ink });
        // On the thread's amber, dark words in both themes.
        let on_thread = colour(Theme::Light.rgb(Paint::Ink));
        let inked = match session.lit().place {
            Some(Place::Text(span)) if lit_here => Some((span, on_thread)),
            _ => None,
        };
        let look = Look {
            width: self.page.width,
            ink,
            bold: &bold,
            inked,
            markdown: self.page.open.loaded.source.is_markdown(),
        };
        paragraph::lay(ui.painter(), &self.page.open.loaded.source.text, self.block, &look)
    }

    /// The paragraph's number, and the bar beside the lit one.
    fn margin(&self, ui: &Ui, lit: bool, height: f32) {
        if matches!(self.block.kind, BlockKind::Title | BlockKind::Heading(_)) {
            return;
        }
        let tone = paint(ui, if lit { Paint::Accent } else { Paint::Ink3 });
        let at = self.corner + vec2(INDENT, space(2));
        let words = format!("¶ {}", self.block.number);
        ui.painter().text(at, egui::Align2::LEFT_TOP, words, font(Face::Bold, size::CAPTION), tone);
        if lit {
            let bar = Rect::from_min_max(
                self.corner + vec2(0.0, space(2)),
                self.corner + vec2(3.0, height - below(self.block)),
            );
            ui.painter().rect_filled(bar, 1.5, tone);
        }
    }

    /// The paragraph's words for a screen reader.
    fn node(&self, ui: &Ui, at: Pos2, laid: &Laid) {
        let rect = Rect::from_min_size(at, vec2(self.page.width, laid.height));
        let response = ui.interact(rect, ui.scope_id().with(("paragraph", self.block.span.start)), Sense::hover());
        let heading = matches!(self.block.kind, BlockKind::Title | BlockKind::Heading(_));
        let role = if heading { Role::Heading } else { Role::Paragraph };
        let words = self.block.span.of(&self.page.open.loaded.source.text).unwrap_or_default();
        response.widget_info(|| WidgetInfo::labeled(role, true, words));
    }

    fn background(&self, ui: &Ui, n: usize, pieces: &[Piece]) {
        let session = self.page.session;
        let thread = paint(ui, Paint::Thread);
        let fill = if self.lit_spot == Some(n) {
            thread
        } else if session.lit().spots.contains(&n) {
            thread.gamma_multiply(0.35)
        } else {
            return;
        };
        for piece in pieces {
            ui.painter().rect_filled(piece.rect.expand2(vec2(3.0, 1.0)), 4.0, fill);
        }
    }

    /// Words that were found; lit words that are no figure.
    fn hits(&self, ui: &Ui, at: Pos2, laid: &Laid) {
        let find = self.page.session.find();
        let accent = paint(ui, Paint::Accent);
        let from = find.hits.partition_point(|hit| matches!(hit, Place::Text(s) if s.end <= self.block.span.start));
        for (n, hit) in find.hits.iter().enumerate().skip(from) {
            let Place::Text(span) = hit else { break };
            if span.start >= self.block.span.end {
                break;
            }
            let fill = accent.gamma_multiply(if n == find.current { 0.45 } else { 0.18 });
            for piece in laid.pieces(*span) {
                ui.painter().rect_filled(moved(piece, at).rect.expand2(vec2(1.0, 1.0)), 2.0, fill);
            }
        }
        if let (Some(Place::Text(span)), None) = (self.page.session.lit().place, self.lit_spot) {
            for piece in laid.pieces(span) {
                let rect = moved(piece, at).rect.expand2(vec2(3.0, 1.0));
                ui.painter().rect_filled(rect, 4.0, paint(ui, Paint::Thread));
            }
        }
    }

    /// Under a figure: a line in its mark's colour, a thin one where another chart draws it, or a sign of how it was
    /// read, where the reader wants one.
    fn underline(&self, ui: &Ui, spot: &Spot, pieces: &[Piece]) {
        let chart = self.page.session.chart();
        let tone = spot.ties.first().and_then(|tie| chart?.marks.get(tie.mark)).map(|mark| mark.style.tone);
        let read = self.page.figure(spot).filter(|_| self.page.session.workspace().readings);
        for piece in pieces {
            let y = piece.baseline + 4.5;
            let ends = [pos2(piece.rect.left(), y), pos2(piece.rect.right(), y)];
            let faint = Stroke::new(1.0, paint(ui, Paint::Ink3));
            match (tone, read.map(|figure| figure.status)) {
                (Some(tone), _) => {
                    let colour = colour(theme_of(ui.visuals()).rgb(Paint::Tone(tone)));
                    ui.painter().line_segment(ends, Stroke::new(2.0, colour));
                }
                (None, _) if spot.elsewhere.is_some() => {
                    ui.painter().extend(Shape::dashed_line(&ends, faint, 2.0, 2.0));
                }
                (None, Some(FigureStatus::Fact)) => {
                    ui.painter().extend(Shape::dotted_line(&ends, faint.color, 4.0, 0.7));
                }
                (None, Some(FigureStatus::Unknown)) => hatch(ui, ends),
                (None, _) => {}
            }
        }
    }
}

/// What was not understood is hatched, as what is missing is on a chart.
fn hatch(ui: &Ui, [from, to]: [Pos2; 2]) {
    let stroke = Stroke::new(1.0, paint(ui, Paint::Loss));
    let (height, step) = (3.0, 3.5);
    let count = ((to.x - from.x) / step).floor().max(1.0) as usize;
    for n in 0..count {
        let x = from.x + step * n as f32;
        ui.painter().line_segment([pos2(x, from.y + height * 0.6), pos2(x + height, from.y - height * 0.4)], stroke);
    }
}

fn overlaps(place: Place, span: Span) -> bool {
    matches!(place, Place::Text(other) if other.overlaps(span))
}

fn moved(piece: Piece, by: Pos2) -> Piece {
    Piece { rect: piece.rect.translate(by.to_vec2()), baseline: piece.baseline + by.y }
}

/// A figure for pointer, keyboard and screen reader.
pub fn figure_node(ui: &Ui, page: &Page<'_>, walk: &mut Walk, n: usize, area: Rect, commands: &mut Vec<Command>) {
    let Some(spot) = page.session.links().spots.get(n) else { return };
    let response = walk.item(ui, n, area);
    let words = page.open.loaded.source.words(spot.place).unwrap_or_default();
    response.widget_info(|| {
        let charted = match (spot.ties.is_empty(), spot.elsewhere.is_some()) {
            (false, _) => ", on the chart",
            (true, true) => ", on another chart",
            (true, false) => "",
        };
        let anchor = crate::source::Anchor { source: page.open.id(), place: spot.place };
        let place = cite::place(&page.open.loaded, anchor);
        WidgetInfo::labeled(Role::Link, true, format!("Figure {words}, {place}{charted}"))
    });
    widgets::ring(ui, &response, 2.0);
    if response.has_focus() && !response.hovered() {
        commands.insert(0, Command::Hover(page.session.selection_at(n)));
    }
    figure_pointer(ui, page, n, &response, commands);
}

fn figure_pointer(ui: &Ui, page: &Page<'_>, n: usize, response: &egui::Response, commands: &mut Vec<Command>) {
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        commands.push(Command::Hover(page.session.selection_at(n)));
        if let Some(read) = page.session.links().spots.get(n).and_then(|spot| page.figure(spot)) {
            response.clone().on_hover_ui(|ui| figure::card(ui, read));
        }
    }
    if response.clicked() {
        commands.push(page.session.click(n));
    }
}
