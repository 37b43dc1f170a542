//! The line that says what a source says against itself, and the list of it: sentences side by side, the computation, and
//! the reading that would reconcile them.

use egui::{
    Frame, Margin, Panel, Rect, RichText, Role, ScrollArea, Stroke, Ui, WidgetInfo,
    text::{LayoutJob, TextFormat},
    vec2,
};

use super::{
    theme::{font, paint, space},
    walk::Walk,
    widgets,
};
use crate::{
    analysis::consistency::{Finding, Verdict},
    chart::{
        text::Face,
        tokens::{Paint, size},
    },
    session::{
        Command, Open, Selection, Session,
        findings::{self, Quote, Told},
    },
    source::Anchor,
};

/// In a panel at least so wide, two sentences stand in a row, px.
const TWO_COLUMNS: f32 = 640.0;
/// Room between the bar beside a sentence and its words, px.
const BAR: f32 = 10.0;

/// What was found; a click opens or closes the list.
pub fn line(ui: &mut Ui, session: &Session, open: &Open, commands: &mut Vec<Command>) {
    let Some(words) = open.findings.summary() else { return };
    let is_open = session.lists_findings();
    if widgets::disclosure(ui, &words, is_open, "What the source says against itself (Shift+F6)") {
        commands.push(Command::ToggleFindings);
    }
}

/// The list: whether it was there in the frame before, and the sentence that the keyboard came to.
#[derive(Default)]
pub struct FindingsPanel {
    pass: u64,
    walked: bool,
}

impl FindingsPanel {
    /// Draws the list in a panel over the source.
    pub fn panel(&mut self, ui: &mut Ui, session: &Session, open: &Open, commands: &mut Vec<Command>) {
        let height = ui.available_height();
        let margin = Margin { left: space(1) as i8, right: space(1) as i8, top: 0, bottom: space(0) as i8 };
        let card = Frame::new().fill(paint(ui, Paint::Card)).inner_margin(margin);
        let list = Panel::top("findings").frame(card).resizable(true).default_size((height * 0.5).max(150.0));
        list.size_range(96.0..=(height - 120.0).max(97.0)).show(ui, |ui| self.list(ui, session, open, commands));
    }

    fn list(&mut self, ui: &mut Ui, session: &Session, open: &Open, commands: &mut Vec<Command>) {
        let told = &open.findings.told;
        let mut walk = Walk::new(ui, "findings", told.iter().map(stops).sum());
        let pass = ui.ctx().cumulative_pass_nr();
        let opens = std::mem::replace(&mut self.pass, pass) + 1 < pass;
        let clicked = ui.input(|input| input.pointer.time_since_last_click()) < 0.5;
        if opens && !clicked {
            // Who opens it by the keyboard is in it; who clicks stays where the pointer is.
            ui.memory_mut(|memory| memory.request_focus(walk.item_id(walk.current())));
            ui.ctx().request_repaint();
        }
        let walked = std::mem::take(&mut self.walked);
        ScrollArea::vertical().id_salt(("findings", open.id())).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let mut list = List { session, walk: &mut walk, walked, next: 0 };
            for (n, one) in told.iter().enumerate() {
                ui.add_space(space(if n == 0 { 1 } else { 2 }));
                if n > 0 {
                    let line = Stroke::new(1.0, paint(ui, Paint::Line));
                    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top(), line);
                    ui.add_space(space(2));
                }
                list.finding(ui, one, commands);
            }
            if open.findings.more() > 0 {
                ui.add_space(space(2));
                let words = format!("{} more; `nisba check` lists all.", open.findings.more());
                ui.label(RichText::new(words).color(paint(ui, Paint::Ink2)));
            }
            ui.add_space(space(2));
        });
        self.walked = walk.arrows(ui);
        walk.keep(ui);
    }
}

/// How many things of a finding can be gone to: its sentences, and the reading that reconciles them.
fn stops(told: &Told) -> usize {
    told.quotes.len() + usize::from(told.finding.reconciled.is_some())
}

/// What a frame of the list works with.
struct List<'a> {
    session: &'a Session,
    walk: &'a mut Walk,
    /// Whether the keyboard came to another sentence.
    walked: bool,
    /// The number of the next thing that can be gone to.
    next: usize,
}

impl List<'_> {
    fn finding(&mut self, ui: &mut Ui, told: &Told, commands: &mut Vec<Command>) {
        let finding = &told.finding;
        let width = ui.available_width();
        let mut job = LayoutJob::default();
        job.wrap.max_width = width;
        let verdict = findings::verdict(finding.verdict);
        let tone = match finding.verdict {
            Verdict::Contradiction => Paint::Loss,
            Verdict::Tension => Paint::Accent,
            Verdict::Incomplete | Verdict::Agrees => Paint::Ink2,
        };
        append(ui, &mut job, verdict, Face::Bold, size::LABEL, tone);
        append(ui, &mut job, &format!("  {}.", finding.statement), Face::Bold, size::TEXT, Paint::Ink);
        ui.label(job);
        ui.add_space(space(0));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space(2);
            let words = RichText::new(&finding.arithmetic).font(font(Face::Regular, size::TEXT));
            ui.label(words.color(paint(ui, Paint::Ink)));
            if let Some(key) = &told.other {
                self.choice(ui, finding, key, commands);
            }
        });
        ui.add_space(space(1));
        let columns = if width >= TWO_COLUMNS { 2 } else { 1 };
        let column = (width - space(2) * (columns as f32 - 1.0)) / columns as f32;
        let mut above = "";
        for row in told.quotes.chunks(columns) {
            let corner = ui.cursor().left_top();
            let mut height = 0.0_f32;
            for (n, quote) in row.iter().enumerate() {
                let at = corner + vec2(n as f32 * (column + space(2)), 0.0);
                // Rows of one table stand under one place.
                let named = columns > 1 || quote.place != above;
                above = &quote.place;
                let area = Rect::from_min_size(at, vec2(column, 0.0));
                height = height.max(self.quote(ui, quote, named, area, commands));
            }
            ui.allocate_space(vec2(width, height + space(1)));
        }
        if let Some(reading) = &finding.reconciled {
            let mut job = LayoutJob::default();
            job.wrap.max_width = width - BAR;
            append(ui, &mut job, "They agree if  ", Face::Italic, size::LABEL, Paint::Ink2);
            append(ui, &mut job, &format!("{}.", reading.words), Face::Regular, size::TEXT, Paint::Ink2);
            let words = format!("They agree if {}", reading.words);
            let place = ui.cursor().left_top();
            let area = Rect::from_min_size(place, vec2(width, 0.0));
            let height = self.stop(ui, job, &words, reading.places.first().copied(), area, commands);
            ui.allocate_space(vec2(width, height));
        }
    }

    /// The way to draw the statement that charts do not take, and back.
    fn choice(&self, ui: &mut Ui, finding: &Finding, key: &str, commands: &mut Vec<Command>) {
        let used = self.session.uses(key);
        let of_table = finding.other.as_ref().is_some_and(|other| other.of_table);
        let stated = finding.other.as_ref().map(|other| other.stated.value.to_string()).unwrap_or_default();
        let offer = match (used, of_table) {
            (false, true) => format!("Draw the text’s {stated} instead"),
            (false, false) => format!("Draw {stated} instead"),
            (true, true) => "Draw the table again".to_owned(),
            (true, false) => "Draw the other again".to_owned(),
        };
        if widgets::link(ui, &offer).clicked() {
            commands.push(Command::Use { key: key.to_owned(), used: !used });
        }
    }

    /// A sentence under its place; how high it is.
    fn quote(&mut self, ui: &Ui, quote: &Quote, named: bool, area: Rect, commands: &mut Vec<Command>) -> f32 {
        let mut job = LayoutJob::default();
        job.wrap.max_width = area.width() - BAR;
        if named {
            append(ui, &mut job, &format!("{}\n", quote.place), Face::Regular, size::LABEL, Paint::Ink3);
        }
        for (words, lit) in &quote.runs {
            let (face, tone) = if *lit { (Face::Bold, Paint::Ink) } else { (Face::Regular, Paint::Ink2) };
            append(ui, &mut job, words, face, size::TEXT, tone);
            if let Some(section) = job.sections.last_mut().filter(|_| *lit) {
                section.format.background = paint(ui, Paint::Chosen);
            }
        }
        let words = format!("{}: {}", quote.place, quote.words());
        self.stop(ui, job, &words, Some(quote.anchor), area, commands)
    }

    /// Words that a click or the keyboard goes to the place of; how high they are.
    fn stop(
        &mut self,
        ui: &Ui,
        job: LayoutJob,
        words: &str,
        anchor: Option<Anchor>,
        area: Rect,
        commands: &mut Vec<Command>,
    ) -> f32 {
        let galley = ui.painter().layout_job(job);
        let rect = Rect::from_min_size(area.min, vec2(area.width(), galley.size().y + space(0)));
        let n = self.next;
        self.next += 1;
        let response = self.walk.item(ui, n, rect);
        let selected = anchor.is_some_and(|anchor| self.is_selected(anchor));
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, selected, words));
        if response.hovered() || selected {
            let fill = if selected { Paint::Chosen } else { Paint::Ground };
            ui.painter().rect_filled(rect, size::CORNER as f32, paint(ui, fill));
        }
        let bar = Stroke::new(2.0, paint(ui, if selected { Paint::Thread } else { Paint::Line }));
        ui.painter().vline(rect.left() + 1.0, rect.y_range().shrink(2.0), bar);
        ui.painter().galley(rect.left_top() + vec2(BAR, 2.0), galley, paint(ui, Paint::Ink));
        widgets::ring(ui, &response, -1.0);
        if self.walked && self.walk.current() == n {
            ui.scroll_to_rect(rect, None);
        }
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        if let Some(anchor) = anchor.filter(|_| response.clicked()) {
            commands.push(Command::Select(self.selection(anchor)));
        }
        rect.height()
    }

    /// What a click on a place selects: what its spot does, or the words alone.
    fn selection(&self, anchor: Anchor) -> Selection {
        let spot = self.session.links().at(anchor.place);
        spot.map_or(Selection::Figure(anchor), |spot| self.session.selection_at(spot))
    }

    fn is_selected(&self, anchor: Anchor) -> bool {
        let selection = &self.session.workspace().selection;
        !selection.is_nothing() && *selection == self.selection(anchor)
    }
}

fn append(ui: &Ui, job: &mut LayoutJob, words: &str, face: Face, size_px: f64, tone: Paint) {
    let format = TextFormat { font_id: font(face, size_px), color: paint(ui, tone), ..TextFormat::default() };
    job.append(words, 0.0, format);
}
