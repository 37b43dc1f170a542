//! The document: a report in paragraphs, every figure that became a mark underlined in its mark's colour.

use egui::{Align, Color32, Layout, Pos2, Rect, RichText, Role, ScrollArea, Sense, Shape, Stroke, Ui, WidgetInfo};
use egui::{pos2, vec2};

use super::{
    beside,
    paragraph::{self, Laid, Look, Piece},
    scroll::Glide,
    theme::{colour, font, paint, space, theme_of},
    walk::{Step, Walk},
    widgets,
};
use crate::{
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    reading::{Paragraph, Reading},
    session::{Command, Open, Session, cite, links::Spot},
    source::{BlockKind, Place, SourceId, Span},
};

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
}

/// What a frame of the document works with.
struct Page<'a> {
    session: &'a Session,
    open: &'a Open,
    reading: &'a Reading,
    width: f32,
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
        let width = ui.available_width() - INDENT - space(1);
        let page = Page { session, open, reading, width };
        self.prepare(&page);
        self.head(ui, &page);
        if session.find().open {
            find_bar(ui, session, commands);
        }
        let room = ui.available_height();
        self.aim(ui, &page, room);
        let tops = tops(&self.heights);
        let total = tops.last().copied().unwrap_or(0.0) + notes_height(open);
        let offset = self.glide.offset(ui, super::theme::motion_seconds(session.workspace()), |place| {
            let (at, y) = self_place(ui, &page, &place);
            Some(tops.get(at)? + y - room * 0.36)
        });
        let mut area = ScrollArea::vertical().id_salt(("report", open.id())).auto_shrink(false);
        if let Some(offset) = offset {
            area = area.vertical_scroll_offset(offset.clamp(0.0, (total - room).max(0.0)));
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            ui.set_height(total);
            ui.set_width(ui.available_width());
            self.paragraphs(ui, &page, viewport, &tops, commands)
        });
        self.glide.scrolled(output.state.clamped_offset().y, output.inner.1);
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
    fn head(&mut self, ui: &mut Ui, page: &Page<'_>) {
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
    let look = Look { width: page.width, ink: Color32::PLACEHOLDER, bold: &[], inked: None, markdown: markdown(page) };
    let laid = paragraph::lay(ui.painter(), &page.open.loaded.source.text, block, &look);
    let first = Span::new(span.start, span.end.min(span.start + 1));
    (at, above(block) + laid.pieces(first).first().map_or(0.0, |piece| piece.rect.top()))
}

fn markdown(page: &Page<'_>) -> bool {
    let name = page.open.loaded.source.name.to_lowercase();
    name.ends_with(".md") || name.ends_with(".markdown")
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

/// One paragraph in its place on the screen.
struct Sheet<'a> {
    page: &'a Page<'a>,
    block: &'a Paragraph,
    corner: Pos2,
    lit_spot: Option<usize>,
}

impl Sheet<'_> {
    /// Draws it: its height, where the lit words stand in it, and whether the keyboard's figure is in it.
    fn ui(&self, ui: &mut Ui, walk: &mut Walk, commands: &mut Vec<Command>) -> (f32, Option<Rect>, bool) {
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
        let on_thread = colour(crate::chart::tokens::Theme::Light.rgb(Paint::Ink));
        let inked = match session.lit().place {
            Some(Place::Text(span)) if lit_here => Some((span, on_thread)),
            _ => None,
        };
        let look = Look { width: self.page.width, ink, bold: &bold, inked, markdown: markdown(self.page) };
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

    /// Under a figure: a line in its mark's colour, or a thin one where another chart draws it.
    fn underline(&self, ui: &Ui, spot: &Spot, pieces: &[Piece]) {
        let chart = self.page.session.chart();
        let tone = spot.ties.first().and_then(|tie| chart?.marks.get(tie.mark)).map(|mark| mark.style.tone);
        for piece in pieces {
            let y = piece.baseline + 4.5;
            let ends = [pos2(piece.rect.left(), y), pos2(piece.rect.right(), y)];
            match tone {
                Some(tone) => {
                    let colour = colour(theme_of(ui.visuals()).rgb(Paint::Tone(tone)));
                    ui.painter().line_segment(ends, Stroke::new(2.0, colour));
                }
                None if spot.elsewhere.is_some() => {
                    let stroke = Stroke::new(1.0, paint(ui, Paint::Ink3));
                    ui.painter().extend(Shape::dashed_line(&ends, stroke, 2.0, 2.0));
                }
                None => {}
            }
        }
    }
}

fn overlaps(place: Place, span: Span) -> bool {
    matches!(place, Place::Text(other) if other.overlaps(span))
}

fn moved(piece: Piece, by: Pos2) -> Piece {
    Piece { rect: piece.rect.translate(by.to_vec2()), baseline: piece.baseline + by.y }
}

/// A figure for pointer, keyboard and screen reader.
fn figure_node(ui: &Ui, page: &Page<'_>, walk: &mut Walk, n: usize, area: Rect, commands: &mut Vec<Command>) {
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
    }
    if response.clicked() {
        commands.push(page.session.click(n));
    }
}

/// The field that finds words, with the number of places and the way through them.
pub fn find_bar(ui: &mut Ui, session: &Session, commands: &mut Vec<Command>) {
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
