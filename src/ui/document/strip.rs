//! The strip beside the text: where figures stand in the whole report, what is in sight, and a way to go there.

use std::sync::Arc;

use egui::{Color32, Mesh, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::{Page, index_of};
use crate::{
    chart::{
        ChartSpec, Tone,
        tokens::{Paint, Theme},
    },
    reading::FigureStatus,
    source::{Place, SourceId},
    ui::theme::{colour, paint, theme_of},
};

/// Its width, px.
pub const WIDTH: f32 = 10.0;
/// Height of a tick, px: figures that stand nearer to each other share one.
const TICK: f32 = 2.0;
/// How far from the left what was read stands, and how far what was not, px: neither may hide the other.
const READ: (f32, f32) = (0.0, 6.0);
const UNREAD: (f32, f32) = (7.0, 10.0);
/// What is seen is drawn no lower than this, px.
const LEAST_SEEN: f32 = 6.0;
/// This many figures in one tick are as dark as it gets.
const DENSE: f32 = 6.0;

/// The strip, and the ticks it drew last.
#[derive(Default)]
pub struct Strip {
    key: Option<Key>,
    ticks: Arc<Mesh>,
    drift: f32,
}

/// What the ticks were drawn for.
#[derive(PartialEq)]
struct Key {
    source: SourceId,
    sha256: [u8; 32],
    chart: Option<ChartSpec>,
    theme: Theme,
    area: Rect,
}

/// Where paragraphs stand in the text, and which part of it is seen.
pub struct Course<'a> {
    /// Top of each paragraph, and behind the last one where all end, px.
    pub tops: &'a [f32],
    /// Height of all, px.
    pub total: f32,
    /// How far it is scrolled, px.
    pub offset: f32,
    /// Height of what is seen, px.
    pub room: f32,
}

/// What one tick stands for.
#[derive(Clone, Copy, Default)]
struct Tick {
    read: u32,
    unread: bool,
    tone: Option<Tone>,
}

impl Strip {
    /// Hears by how much a paragraph turned out higher or lower than was thought.
    pub fn shifted(&mut self, by: f32) {
        self.drift += by.abs();
    }

    /// Draws it; says how far to scroll when a place was pointed at.
    pub fn ui(&mut self, ui: &Ui, page: &Page<'_>, area: Rect, course: &Course<'_>) -> Option<f32> {
        let whole = course.total.max(course.room).max(1.0);
        let scale = area.height() / whole;
        self.prepare(page, area, theme_of(ui.visuals()), course, scale);
        let painter = ui.painter().with_clip_rect(area.expand2(vec2(2.0, 0.0)));
        let faint = paint(ui, Paint::Ink3);
        let seen = Rect::from_min_size(
            pos2(area.left() - 1.0, area.top() + course.offset * scale),
            vec2(WIDTH + 2.0, course.room * scale),
        );
        let seen = if seen.height() < LEAST_SEEN { seen.expand2(vec2(0.0, LEAST_SEEN / 2.0)) } else { seen };
        let scrolls = course.total > course.room;
        if scrolls {
            painter.rect_filled(seen, 2.0, faint.gamma_multiply(0.18));
        }
        painter.add(Arc::clone(&self.ticks));
        if scrolls {
            let line = Stroke::new(1.0, paint(ui, Paint::Ink2).gamma_multiply(0.8));
            painter.rect_stroke(seen, 2.0, line, StrokeKind::Inside);
        }
        let thread = paint(ui, Paint::Thread);
        let spots = &page.session.links().spots;
        for spot in page.session.lit().spots.iter().filter_map(|n| spots.get(*n)) {
            if let Some(y) = y_of(page, spot.place, course.tops) {
                let at = pos2(area.left() - 1.0, area.top() + y * scale - 1.0);
                painter.rect_filled(Rect::from_min_size(at, vec2(WIDTH + 2.0, 3.0)), 1.0, thread);
            }
        }
        let response = ui.interact(area, ui.scope_id().with("strip"), Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Where figures stand"));
        let pointed = response.interact_pointer_pos().filter(|_| response.clicked() || response.dragged());
        let words = "Where figures stand: in colour on the chart, grey read, at the right edge not understood";
        response.on_hover_text_at_pointer(words);
        pointed.map(|at| (at.y - area.top()) / scale - course.room / 2.0)
    }

    /// Draws the ticks afresh when they are for something else, or when the text has moved by more than a tick.
    fn prepare(&mut self, page: &Page<'_>, area: Rect, theme: Theme, course: &Course<'_>, scale: f32) {
        let source = &page.open.loaded.source;
        let chart = page.session.workspace().spec.as_ref();
        let same = self.key.as_ref().is_some_and(|key| {
            (key.source, key.sha256, key.theme, key.area) == (source.id, source.sha256, theme, area)
                && key.chart.as_ref() == chart
        });
        if same && self.drift * scale < TICK {
            return;
        }
        self.drift = 0.0;
        self.key = Some(Key { source: source.id, sha256: source.sha256, chart: chart.cloned(), theme, area });
        self.ticks = Arc::new(mesh(&ticks(page, area.height(), course.tops, scale), area, theme));
    }
}

/// Everything the source has, tick by tick from the top.
fn ticks(page: &Page<'_>, height: f32, tops: &[f32], scale: f32) -> Vec<Tick> {
    let mut ticks = vec![Tick::default(); (height / TICK).ceil().max(1.0) as usize];
    let chart = page.session.chart();
    for spot in &page.session.links().spots {
        let Some(y) = y_of(page, spot.place, tops) else { continue };
        let last = ticks.len() - 1;
        let Some(tick) = ticks.get_mut(((y * scale / TICK) as usize).min(last)) else { continue };
        if page.figure(spot).is_some_and(|figure| figure.status == FigureStatus::Unknown) {
            tick.unread = true;
        } else {
            tick.read += 1;
        }
        let mark = spot.ties.first().and_then(|tie| chart?.marks.get(tie.mark));
        tick.tone = tick.tone.or(mark.map(|mark| mark.style.tone));
    }
    ticks
}

fn mesh(ticks: &[Tick], area: Rect, theme: Theme) -> Mesh {
    let mut mesh = Mesh::default();
    let mut add = |n: usize, (from, to): (f32, f32), colour: Color32| {
        let at = area.left_top() + vec2(from, TICK * n as f32);
        mesh.add_colored_rect(Rect::from_min_size(at, vec2(to - from, TICK)), colour);
    };
    for (n, tick) in ticks.iter().enumerate() {
        match tick.tone {
            Some(tone) => add(n, READ, colour(theme.rgb(Paint::Tone(tone)))),
            None if tick.read > 0 => {
                let part = 0.3 + 0.45 * (tick.read as f32 / DENSE).min(1.0);
                add(n, READ, colour(theme.rgb(Paint::Ink3)).gamma_multiply(part));
            }
            None => {}
        }
        if tick.unread {
            add(n, UNREAD, colour(theme.rgb(Paint::Loss)));
        }
    }
    mesh
}

/// How far down the text a place stands, as near as its part of its paragraph tells.
fn y_of(page: &Page<'_>, place: Place, tops: &[f32]) -> Option<f32> {
    let Place::Text(span) = place else { return None };
    let at = index_of(page.reading, &place);
    let block = page.reading.paragraphs.get(at)?.span;
    let (top, end) = (tops.get(at)?, tops.get(at + 1)?);
    let part = span.start.saturating_sub(block.start) as f32 / block.len().max(1) as f32;
    Some(top + (end - top) * part.min(1.0))
}
