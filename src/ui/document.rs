//! The document: a report in paragraphs, with the list and the strip of its figures beside the text.

mod sheet;
mod strip;

use egui::{Align, Color32, Frame, Layout, Margin, Panel, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, Ui, vec2};

use super::{
    account::{self, AccountPanel},
    find,
    findings::{self, FindingsPanel},
    paragraph::{self, Look},
    scroll::Glide,
    theme::{font, paint, space},
    walk::{Step, Walk},
    widgets,
};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    reading::{Figure, Paragraph, Reading},
    session::{Command, Open, Session, links::Spot},
    source::{BlockKind, Place, SourceId, Span},
};
use sheet::{Sheet, figure_node};
use strip::{Course, Strip};

/// Room over a paragraph for its number.
const LABEL: f32 = 18.0;
/// How far in the words stand, for the bar beside the lit paragraph.
const INDENT: f32 = 12.0;

/// The report's panel: heights of paragraphs it has laid out, and where it is scrolled to.
#[derive(Default)]
pub struct DocumentPanel {
    key: Option<(SourceId, [u8; 32], u32)>,
    heights: Vec<f32>,
    glide: Glide,
    seen: Option<Place>,
    found: Option<(String, usize)>,
    top: usize,
    account: AccountPanel,
    findings: FindingsPanel,
    strip: Strip,
}

/// What a frame of the document works with.
pub struct Page<'a> {
    session: &'a Session,
    open: &'a Open,
    reading: &'a Reading,
    width: f32,
}

impl Page<'_> {
    /// The figure that stands at a spot.
    fn figure(&self, spot: &Spot) -> Option<&Figure> {
        self.reading.figures.get(spot.figure?)
    }
}

impl DocumentPanel {
    /// Draws the document; says where the lit words stand, when they are in sight.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        open: &Open,
        reading: &Reading,
        commands: &mut Vec<Command>,
    ) -> Option<Rect> {
        let width = ui.available_width() - INDENT - space(1) - strip::WIDTH;
        let page = Page { session, open, reading, width };
        self.prepare(&page);
        self.head(ui, &page, commands);
        if session.find().open {
            find::bar(ui, session, commands);
        }
        if session.lists_figures() {
            let height = ui.available_height();
            let margin = Margin { left: space(1) as i8, right: space(1) as i8, top: 0, bottom: space(0) as i8 };
            let card = Frame::new().fill(paint(ui, Paint::Card)).inner_margin(margin);
            let list = Panel::top("account").frame(card).resizable(true).default_size((height * 0.42).max(150.0));
            list.size_range(96.0..=(height - 120.0).max(97.0))
                .show(ui, |ui| self.account.ui(ui, session, open, reading, commands));
        }
        if session.lists_findings() {
            self.findings.panel(ui, session, open, commands);
        }
        self.text(ui, &page, commands)
    }

    /// The text and the strip beside it; where the lit words stand, when they are in sight.
    fn text(&mut self, ui: &mut Ui, page: &Page<'_>, commands: &mut Vec<Command>) -> Option<Rect> {
        let room = ui.available_height();
        self.aim(ui, page, room);
        let tops = tops(&self.heights);
        let total = tops.last().copied().unwrap_or(0.0) + notes_height(page.open);
        let most = (total - room).max(0.0);
        let offset = self.glide.offset(ui, super::theme::motion_seconds(page.session.workspace()), |place| {
            let (at, y) = self_place(ui, page, &place);
            Some(tops.get(at)? + y - room * 0.36)
        });
        let mut area = ScrollArea::vertical().id_salt(("report", page.open.id())).auto_shrink(false);
        if let Some(offset) = offset {
            area = area.vertical_scroll_offset(offset.clamp(0.0, most));
        }
        let (text, beside) =
            ui.available_rect_before_wrap().split_left_right_at_x(ui.max_rect().right() - strip::WIDTH);
        let output = ui.scope_builder(egui::UiBuilder::new().max_rect(text), |ui| {
            area.show_viewport(ui, |ui, viewport| {
                ui.set_height(total);
                ui.set_width(ui.available_width());
                self.paragraphs(ui, page, viewport, &tops, commands)
            })
        });
        let output = output.inner;
        let offset = output.state.clamped_offset().y;
        self.glide.scrolled(offset, output.inner.1);
        if let Some(to) = self.strip.ui(ui, page, beside, &Course { tops: &tops, total, offset, room }) {
            self.glide.jump(to.clamp(0.0, most));
            ui.ctx().request_repaint();
        }
        output.inner.0.filter(|rect| output.inner_rect.contains(rect.center()))
    }

    /// Forgets what was laid out when the source or the width is another.
    fn prepare(&mut self, page: &Page<'_>) {
        let source = &page.open.loaded.source;
        let key = (source.id, source.sha256, page.width.round() as u32);
        if self.key == Some(key) {
            return;
        }
        let same_source = self.key.is_some_and(|old| (old.0, old.1) == (key.0, key.1));
        self.key = Some(key);
        let blocks = &page.reading.paragraphs;
        self.heights =
            blocks.iter().map(|p| paragraph::estimate(p, &source.text, page.width) + above(p) + below(p)).collect();
        self.glide.stop();
        self.seen = None;
        if !same_source {
            self.top = 0;
        }
        // What was read stays in sight when the panel is made wider or narrower.
        self.glide.jump(self.heights.iter().take(self.top).sum());
    }

    /// Sets off for the lit words or the hit that is looked at, when they are new.
    fn aim(&mut self, ui: &Ui, page: &Page<'_>, room: f32) {
        let lit = page.session.lit().place;
        if lit != self.seen {
            self.seen = lit;
            self.go(ui, page, lit, room);
        }
        let find = page.session.find();
        let found = (find.query.clone(), find.current);
        if self.found.as_ref() != Some(&found) {
            self.go(ui, page, find.place(), room);
            self.found = Some(found);
        }
    }

    fn go(&mut self, ui: &Ui, page: &Page<'_>, place: Option<Place>, room: f32) {
        let Some(place) = place else { return };
        let (at, y) = self_place(ui, page, &place);
        let top: f32 = self.heights.iter().take(at).sum::<f32>() + y;
        if !self.glide.sees(top, room) {
            self.glide.go(place);
        }
    }

    /// The section that is read, and the paragraph in it.
    fn head(&mut self, ui: &mut Ui, page: &Page<'_>, commands: &mut Vec<Command>) {
        let lit = page.session.lit().place.map(|place| index_of(page.reading, &place));
        let at = lit.unwrap_or(self.top).min(page.reading.paragraphs.len().saturating_sub(1));
        let Some(block) = page.reading.paragraphs.get(at) else { return };
        let section = page.reading.sections.get(block.section).map_or("", |section| section.heading.as_str());
        let heading = if section.is_empty() { page.open.title() } else { section };
        let rest = page.reading.paragraphs.get(at..).unwrap_or_default();
        let last = rest.iter().take_while(|p| p.section == block.section).map(|p| p.number).max().unwrap_or(0);
        ui.add_space(space(2));
        ui.horizontal(|ui| {
            ui.set_min_height(26.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                if widgets::quiet_button(ui, "›", "Next paragraph").clicked() {
                    self.turn(page, at, 1);
                }
                if widgets::quiet_button(ui, "‹", "Previous paragraph").clicked() {
                    self.turn(page, at, -1);
                }
                let number = if block.number == 0 { 1 } else { block.number };
                let words = format!("¶ {number} of {}", last.max(1));
                ui.label(RichText::new(words).small().color(paint(ui, Paint::Ink2)));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(heading).font(font(Face::Bold, size::REPORT));
                    ui.add(egui::Label::new(text).truncate());
                });
            });
        });
        account::line(ui, page.session, page.open, commands);
        findings::line(ui, page.session, page.open, commands);
        ui.add_space(space(0));
        let line = ui.cursor().top();
        ui.painter().hline(ui.max_rect().x_range(), line, Stroke::new(1.0, paint(ui, Paint::Line)));
        ui.add_space(1.0);
    }

    /// Goes to the paragraph before or after.
    fn turn(&mut self, page: &Page<'_>, at: usize, step: isize) {
        let blocks = &page.reading.paragraphs;
        let mut next = at;
        loop {
            let Some(n) = next.checked_add_signed(step) else { return };
            let Some(block) = blocks.get(n) else { return };
            next = n;
            if block.number > 0 {
                self.top = n;
                return self.glide.go(Place::Text(block.span));
            }
        }
    }

    /// The paragraphs in sight; where the lit words stand, and by how much what is above the view grew.
    fn paragraphs(
        &mut self,
        ui: &mut Ui,
        page: &Page<'_>,
        viewport: Rect,
        tops: &[f32],
        commands: &mut Vec<Command>,
    ) -> (Option<Rect>, f32) {
        let origin = ui.min_rect().left_top();
        let blocks = &page.reading.paragraphs;
        let first = tops.partition_point(|top| *top <= viewport.top()).saturating_sub(1);
        let links = page.session.links();
        let mut walk = Walk::new(ui, "figures", links.spots.len());
        let first_spot = blocks.get(first).map_or(0, |block| spots_from(&links.spots, block.span.start));
        let lit_spot = page.session.lit().place.and_then(|place| links.at(place));
        walk.start_at(ui, lit_spot.unwrap_or(first_spot));
        let mut y = tops.get(first).copied().unwrap_or(0.0);
        let mut at = None;
        let mut grown = 0.0;
        let mut visited = false;
        self.top = first;
        for (n, block) in blocks.iter().enumerate().skip(first) {
            if y > viewport.bottom() {
                break;
            }
            let corner = origin + vec2(0.0, y);
            let sheet = Sheet { page, block, corner, lit_spot };
            let (height, lit, current) = sheet.ui(ui, &mut walk, commands);
            visited |= current;
            at = at.or(lit);
            if let Some(known) = self.heights.get_mut(n) {
                if y < viewport.top() {
                    grown += height - *known;
                }
                if (*known - height).abs() > 0.5 {
                    ui.ctx().request_repaint();
                }
                self.strip.shifted(height - *known);
                *known = height;
            }
            y += height;
        }
        if y <= viewport.bottom() {
            notes(ui, page.open, origin + vec2(INDENT, y), page.width, commands);
        }
        if !visited && !links.spots.is_empty() {
            // Out of sight, yet the keyboard may be there: without a node it would lose its place.
            let spot = Rect::from_min_size(origin + vec2(INDENT, viewport.bottom() + 400.0), vec2(1.0, 1.0));
            let current = walk.current().min(links.spots.len() - 1);
            figure_node(ui, page, &mut walk, current, spot, commands);
        }
        if let Some(step) = walk.pressed(ui) {
            let next = next_figure(&links.spots, walk.current(), step);
            walk.go(ui, next);
        }
        walk.keep(ui);
        (at, grown)
    }
}

/// Left and right go from figure to figure, up and down from one that is charted to the next.
fn next_figure(spots: &[Spot], now: usize, step: Step) -> usize {
    let last = spots.len().saturating_sub(1);
    let charted = |spot: &Spot| !spot.ties.is_empty() || spot.elsewhere.is_some();
    match step {
        Step::First => 0,
        Step::Last => last,
        Step::By(0, columns) => now.saturating_add_signed(columns).min(last),
        Step::By(rows, _) => {
            let ahead: Box<dyn Iterator<Item = usize>> =
                if rows > 0 { Box::new(now + 1..spots.len()) } else { Box::new((0..now).rev()) };
            ahead.into_iter().find(|n| spots.get(*n).is_some_and(charted)).unwrap_or(now)
        }
    }
}

/// The first spot at or after a byte.
fn spots_from(spots: &[Spot], byte: usize) -> usize {
    spots.partition_point(|spot| matches!(spot.place, Place::Text(span) if span.end <= byte))
}

/// The paragraph of a place.
fn index_of(reading: &Reading, place: &Place) -> usize {
    let Place::Text(span) = place else { return 0 };
    reading.paragraphs.partition_point(|block| block.span.start <= span.start).saturating_sub(1)
}

/// The paragraph of a place, and how far under its top the words stand.
fn self_place(ui: &Ui, page: &Page<'_>, place: &Place) -> (usize, f32) {
    let at = index_of(page.reading, place);
    let (Some(block), Place::Text(span)) = (page.reading.paragraphs.get(at), place) else { return (at, 0.0) };
    let look = Look {
        width: page.width,
        ink: Color32::PLACEHOLDER,
        bold: &[],
        inked: None,
        markdown: page.open.loaded.source.is_markdown(),
    };
    let laid = paragraph::lay(ui.painter(), &page.open.loaded.source.text, block, &look);
    let first = Span::new(span.start, span.end.min(span.start + 1));
    (at, above(block) + laid.pieces(first).first().map_or(0.0, |piece| piece.rect.top()))
}

/// Where each paragraph begins, and behind the last one where all end.
fn tops(heights: &[f32]) -> Vec<f32> {
    let mut y = 0.0;
    let mut tops: Vec<f32> = heights
        .iter()
        .map(|height| {
            let top = y;
            y += height;
            top
        })
        .collect();
    tops.push(y);
    tops
}

fn above(block: &Paragraph) -> f32 {
    match block.kind {
        BlockKind::Title => space(3),
        BlockKind::Heading(_) => space(4),
        _ => space(2) + LABEL,
    }
}

fn below(block: &Paragraph) -> f32 {
    if matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)) { 0.0 } else { space(0) }
}

fn notes_height(open: &Open) -> f32 {
    let count = open.loaded.dataset.diagnostics.len().min(40);
    if count == 0 { space(4) } else { 44.0 + count as f32 * 40.0 + space(4) }
}

/// What was odd in the source, under its text.
fn notes(ui: &mut Ui, open: &Open, at: Pos2, width: f32, commands: &mut Vec<Command>) {
    let diagnostics = &open.loaded.dataset.diagnostics;
    if diagnostics.is_empty() {
        return;
    }
    let room = Rect::from_min_size(at + vec2(0.0, space(4)), vec2(width, notes_height(open)));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(room));
    widgets::caption(&mut child, "Notes on the reading");
    child.add_space(space(0));
    for diagnostic in diagnostics.iter().take(40) {
        let words = widgets::sentence(&format!("{}; {}", diagnostic.message, diagnostic.hint));
        let text = RichText::new(words).small().color(paint(&child, Paint::Ink2));
        let label = egui::Label::new(text).truncate().sense(Sense::click());
        let response = child.add(label).on_hover_text(&diagnostic.message);
        if let (true, Some(anchor)) = (response.clicked(), diagnostic.anchor) {
            commands.push(Command::Select(crate::session::Selection::Figure(anchor)));
        }
    }
}
