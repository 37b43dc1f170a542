//! The plot: egui_plot gives pan, zoom and the transform; what is painted and hit comes from the chart's own marks.

use egui::{
    Color32, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, pos2,
};

use super::{
    theme::{colour, font, paint, theme_of},
    walk::Walk,
    widgets,
};
use crate::{
    chart::{
        self, Chart, Mark, ScaleKind,
        place::{self, Align, Area, Drawn, Item},
        text,
        tokens::{Paint, Theme, size},
    },
    session::{Command, Selection, Session, View, cite},
};

/// How near the pointer must come to a mark, px.
const REACH: f64 = 7.0;

/// A plot narrower than this has smaller words, px.
const NARROW: f64 = 560.0;

/// The size of row names and values in a plot of this width.
pub fn text_px(width_px: f64) -> f64 {
    if width_px < NARROW { size::TEXT - 1.0 } else { size::TEXT }
}

/// Keeps what was placed, for frames in which nothing moved.
#[derive(Default)]
pub struct PlotPanel {
    set: Option<Set>,
    placed: Option<Placed>,
    reset: bool,
}

/// A chart as it is set in an area, with the labels that are listed under it.
struct Set {
    key: (String, String, Rect),
    sheet: place::Sheet,
}

struct Placed {
    key: Key,
    drawn: Vec<Drawn>,
    /// By mark: what it covers without its words; `None` for one out of sight.
    areas: Vec<Option<Rect>>,
}

#[derive(PartialEq)]
struct Key {
    chart: String,
    hash: String,
    area: Rect,
    x: (f64, f64),
    y: (f64, f64),
}

impl PlotPanel {
    /// Draws the plot of a chart in an area; says where the lit mark stands.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        view: &View,
        area: Rect,
        commands: &mut Vec<Command>,
    ) -> Option<Pos2> {
        let chart = &view.chart;
        let whole = self.set(chart, area);
        let inner = Rect::from_min_size(
            pos2(whole.left as f32, whole.top as f32),
            Vec2::new(whole.width as f32, whole.height as f32),
        );
        let around = ui.interact(area, ui.scope_id().with("around plot"), Sense::CLICK);
        let (x, y, plot) = self.transform(ui, chart, inner);
        let shown = place::Plot { x, y, ..whole };
        let moved = x != whole.x || y != whole.y;
        self.place(chart, area, &shown, moved);
        let (Some(placed), Some(set)) = (&self.placed, &self.set) else { return None };

        let lit = &session.lit().marks;
        let clip = if moved { inner } else { area.expand(4.0) };
        // The bands of a scale lie under the lit row, everything else over it.
        let is_band = |drawn: &Drawn| drawn.mark.is_none() && matches!(drawn.item, Item::Rect { .. });
        let (bands, rest): (Vec<&Drawn>, Vec<&Drawn>) = placed.drawn.iter().partition(|drawn| is_band(drawn));
        let theme = theme_of(ui.visuals());
        paint_all(ui.painter(), bands, theme, clip, area.expand(8.0));
        highlight_rows(ui, chart, &shown, area, lit);
        paint_all(ui.painter(), rest, theme, clip, area.expand(8.0));
        paint_all(ui.painter(), &set.sheet.list, theme, area, area.expand(8.0));
        for at in lit {
            highlight_mark(ui, chart, placed, *at, clip);
        }

        let mut clicked = around.clicked() || plot.clicked();
        let hovered = around.contains_pointer() || plot.contains_pointer();
        clicked |= walk_marks(ui, session, chart, placed, inner, commands);
        let hit = self.pointer(ui, chart, hovered, clicked, commands);
        self.show_whole(ui, around);
        if moved && reset_button(ui, inner) {
            self.reset = true;
        }
        if plot.double_clicked() && hit.is_none() {
            self.reset = true;
        }
        let placed = self.placed.as_ref()?;
        let at = lit.first().and_then(|at| placed.areas.get(*at)?.map(|rect| rect.center()));
        at.filter(|at| clip.expand(2.0).contains(*at))
    }

    /// The chart set in an area, afresh where either is another.
    fn set(&mut self, chart: &Chart, area: Rect) -> place::Plot {
        let key = (chart.id.clone(), chart.hash.clone(), area);
        if let Some(set) = self.set.as_ref().filter(|set| set.key == key) {
            return set.sheet.plot;
        }
        let sheet = place::sheet(chart, px(area), text_px(f64::from(area.width())));
        let plot = sheet.plot;
        self.set = Some(Set { key, sheet });
        plot
    }

    /// All the words of a name of which only the beginning has room, while the pointer is on it.
    fn show_whole(&self, ui: &Ui, around: egui::Response) {
        let (Some(placed), Some(set)) = (&self.placed, &self.set) else { return };
        let Some(pointer) = ui.ctx().pointer_hover_pos().filter(|_| around.contains_pointer()) else { return };
        let mut drawn = placed.drawn.iter().chain(&set.sheet.list);
        let whole = drawn.find_map(|piece| match &piece.item {
            Item::Text { whole: Some(whole), .. } if rect(piece.area()).contains(pointer) => Some(whole),
            _ => None,
        });
        if let Some(whole) = whole {
            around.on_hover_text_at_pointer(whole);
        }
    }

    /// Lets egui_plot pan and zoom; what of the scales is shown, in the order of their domains.
    fn transform(&mut self, ui: &mut Ui, chart: &Chart, inner: Rect) -> ((f64, f64), (f64, f64), egui::Response) {
        let (x, y) = (chart.x.domain, chart.y.domain);
        // A band scale's first end is at the top.
        let flip_y = (y.0 > y.1) != (chart.y.kind == ScaleKind::Band);
        let flip_x = x.0 > x.1;
        let salt = (&chart.id, x.0.to_bits(), x.1.to_bits(), y.0.to_bits(), y.1.to_bits());
        let mut plot = egui_plot::Plot::new(ui.scope_id().with(salt))
            .width(inner.width())
            .height(inner.height())
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .show_x(false)
            .show_y(false)
            .invert_x(flip_x)
            .invert_y(flip_y)
            .set_margin_fraction(Vec2::ZERO)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .default_x_bounds(x.0.min(x.1), x.0.max(x.1))
            .default_y_bounds(y.0.min(y.1), y.0.max(y.1));
        if std::mem::take(&mut self.reset) {
            plot = plot.reset();
        }
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt("plot"));
        let response = plot.show(&mut child, |_| ());
        let bounds = response.transform.bounds();
        let (low, high) = (bounds.min(), bounds.max());
        let order = |low: f64, high: f64, domain: (f64, f64)| {
            // Exactly the domain while nothing was moved, so that the labels stand as in an export.
            let (low, high) = if domain.0 <= domain.1 { (low, high) } else { (high, low) };
            let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * (domain.1 - domain.0).abs().max(1e-9);
            if near(low, domain.0) && near(high, domain.1) { domain } else { (low, high) }
        };
        (order(low[0], high[0], x), order(low[1], high[1], y), response.response)
    }

    fn place(&mut self, chart: &Chart, area: Rect, shown: &place::Plot, moved: bool) {
        let key = Key { chart: chart.id.clone(), hash: chart.hash.clone(), area, x: shown.x, y: shown.y };
        if self.placed.as_ref().is_some_and(|placed| placed.key == key) {
            return;
        }
        // A part of the scales drawn larger may have room for what is listed.
        let listed = self.set.as_ref().filter(|_| !moved).map(|set| set.sheet.listed.as_slice());
        let drawn = place::place(chart, shown, listed.unwrap_or_default());
        let areas = chart.marks.iter().map(|mark| area_of(mark, &drawn)).collect();
        self.placed = Some(Placed { key, drawn, areas });
    }

    /// What the pointer is on; a click selects it, or lets go when it is on nothing.
    fn pointer(
        &self,
        ui: &Ui,
        chart: &Chart,
        hovered: bool,
        clicked: bool,
        commands: &mut Vec<Command>,
    ) -> Option<usize> {
        let placed = self.placed.as_ref()?;
        let pointer = ui.ctx().pointer_hover_pos().filter(|_| hovered || clicked)?;
        let (x, y) = (f64::from(pointer.x), f64::from(pointer.y));
        let in_list = || place::hit(&self.set.as_ref()?.sheet.list, x, y, 1.0);
        let hit = place::hit(&placed.drawn, x, y, REACH).or_else(in_list);
        if clicked {
            let selection = hit.map_or(Selection::Nothing, |id| Selection::mark(id.clone()));
            commands.push(Command::Select(selection));
        }
        let id = hit?;
        let at = chart.marks.iter().position(|mark| mark.id == *id)?;
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        commands.push(Command::Hover(Selection::mark(id.clone())));
        Some(at)
    }
}

/// A node for every mark: named for a screen reader, walked with the arrows. True when one was clicked by the pointer.
fn walk_marks(
    ui: &mut Ui,
    session: &Session,
    chart: &Chart,
    placed: &Placed,
    inner: Rect,
    commands: &mut Vec<Command>,
) -> bool {
    let mut walk = Walk::new(ui, "marks", chart.marks.len());
    if let Some((at, _)) = session.pointed_mark() {
        walk.start_at(ui, at);
    }
    let mut by_pointer = false;
    for (at, mark) in chart.marks.iter().enumerate() {
        let Some(area) = placed.areas.get(at).copied().flatten() else { continue };
        if !area.expand(1.0).intersects(inner.expand(12.0)) {
            continue;
        }
        // A joining line's box covers half the plot: only its middle takes the pointer.
        let rect = Rect::from_center_size(area.center(), area.size().min(Vec2::splat(28.0)).max(Vec2::splat(8.0)));
        let response = walk.item(ui, at, rect);
        let selected = session.lit().marks.contains(&at) && !session.is_hovering();
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, cite::spoken(mark)));
        if response.has_focus() {
            widgets::ring(ui, &response, 5.0);
            let entered = response.clicked() && !ui.input(|input| input.pointer.any_released());
            if entered {
                commands.push(Command::Select(Selection::mark(mark.id.clone())));
            } else {
                commands.insert(0, Command::Hover(Selection::mark(mark.id.clone())));
            }
            by_pointer |= response.clicked() && !entered;
        } else if response.clicked() {
            by_pointer |= ui.input(|input| input.pointer.any_released());
            if !by_pointer {
                commands.push(Command::Select(Selection::mark(mark.id.clone())));
            }
        }
    }
    walk.arrows(ui);
    walk.keep(ui);
    by_pointer
}

fn area_of(mark: &Mark, drawn: &[Drawn]) -> Option<Rect> {
    let of_mark = |words: bool| {
        let pieces = drawn.iter().filter(move |d| d.mark.as_ref() == Some(&mark.id));
        pieces
            .filter(move |d| matches!(d.item, Item::Text { .. }) == words)
            .map(|d| rect(d.area()))
            .reduce(|all, one| all.union(one))
    };
    of_mark(false).or_else(|| of_mark(true))
}

fn highlight_rows(ui: &Ui, chart: &Chart, plot: &place::Plot, area: Rect, lit: &[usize]) {
    if chart.y.kind != ScaleKind::Band || lit.len() > 3 {
        return;
    }
    let rows = (plot.y.1 - plot.y.0).abs().max(1.0);
    let height = plot.height / rows;
    for at in lit {
        let Some(row) = chart.marks.get(*at).and_then(row_of) else { continue };
        let centre = plot.top + (row - plot.y.0) / (plot.y.1 - plot.y.0) * plot.height;
        let half = (height / 2.0).min(22.0) as f32;
        let band = Rect::from_x_y_ranges(area.x_range(), (centre as f32 - half)..=(centre as f32 + half));
        let (top, bottom) = (plot.top as f32 - 1.0, (plot.top + plot.height) as f32 + 1.0);
        let seen = band.intersect(Rect::from_x_y_ranges(area.x_range(), top..=bottom));
        if seen.is_positive() {
            ui.painter().rect_filled(seen, size::CORNER as f32, paint(ui, Paint::Chosen));
        }
    }
}

/// The row a mark stands in, on a band scale.
fn row_of(mark: &Mark) -> Option<f64> {
    match mark.shape {
        chart::Shape::Dot { y, .. } | chart::Shape::Words { y, .. } => Some(y.round()),
        chart::Shape::Segment { from, to } | chart::Shape::Bar { from, to } | chart::Shape::Hatch { from, to } => {
            Some(f64::midpoint(from.1, to.1).round())
        }
        chart::Shape::Rule { .. } | chart::Shape::Seats { .. } => None,
    }
}

fn highlight_mark(ui: &Ui, chart: &Chart, placed: &Placed, at: usize, clip: Rect) {
    let Some(mark) = chart.marks.get(at) else { return };
    let painter = ui.painter().with_clip_rect(clip.expand(8.0).intersect(ui.clip_rect()));
    let stroke = Stroke::new(2.5, paint(ui, Paint::Thread));
    for drawn in placed.drawn.iter().filter(|drawn| drawn.mark.as_ref() == Some(&mark.id)) {
        match &drawn.item {
            Item::Circle { at, radius, .. } => {
                painter.circle_stroke(pos2(at.0 as f32, at.1 as f32), *radius as f32 + 5.0, stroke);
            }
            Item::Rect { area, .. } | Item::Hatch { area, .. } => {
                painter.rect_stroke(rect(*area), 2.0, stroke, StrokeKind::Outside);
            }
            Item::Line { from, to, stroke: line } => {
                let wide = Stroke::new(line.width as f32 + 4.0, stroke.color.gamma_multiply(0.55));
                painter.line_segment([point(*from), point(*to)], wide);
            }
            Item::Text { .. } => {}
        }
    }
}

fn reset_button(ui: &mut Ui, inner: Rect) -> bool {
    let at = Rect::from_min_size(inner.right_top() + egui::vec2(-92.0, 4.0), egui::vec2(88.0, 24.0));
    let button = egui::Button::new(egui::RichText::new("Whole chart").small());
    ui.put(at, button).on_hover_text("Back to the whole chart (double click)").clicked()
}

/// Paints what a chart is made of. `clip` cuts what may be cut, `outer` everything.
pub fn paint_all<'a>(
    painter: &Painter,
    drawn: impl IntoIterator<Item = &'a Drawn>,
    theme: Theme,
    clip: Rect,
    outer: Rect,
) {
    let outer = outer.intersect(painter.clip_rect());
    let cut = painter.with_clip_rect(clip.intersect(outer));
    let whole = painter.with_clip_rect(outer);
    for piece in drawn {
        paint_item(if piece.clip { &cut } else { &whole }, &piece.item, theme);
    }
}

fn paint_item(painter: &Painter, item: &Item, theme: Theme) {
    let tone = |what: Paint| colour(theme.rgb(what));
    let line = |stroke: &place::Stroke| Stroke::new(stroke.width as f32, tone(stroke.paint));
    match item {
        Item::Rect { area, fill, stroke } => {
            if let Some(fill) = fill {
                painter.rect_filled(rect(*area), 0.0, tone(*fill));
            }
            if let Some(stroke) = stroke {
                let area = rect(*area);
                let corners = [area.left_top(), area.right_top(), area.right_bottom(), area.left_bottom()];
                for n in 0..4 {
                    segment(painter, corners[n], corners[(n + 1) % 4], line(stroke), stroke.dash);
                }
            }
        }
        Item::Hatch { area, step } => {
            let stroke = Stroke::new(1.0, tone(Paint::Tone(chart::Tone::Missing)));
            painter.rect_stroke(rect(*area), 0.0, stroke, StrokeKind::Inside);
            for (from, to) in place::hatch_lines(*area, *step) {
                painter.line_segment([point(from), point(to)], stroke);
            }
        }
        Item::Line { from, to, stroke } => segment(painter, point(*from), point(*to), line(stroke), stroke.dash),
        Item::Circle { at, radius, fill, stroke } => {
            let stroke = stroke.map_or(Stroke::NONE, |stroke| line(&stroke));
            painter.circle(point(*at), *radius as f32, tone(*fill), stroke);
        }
        Item::Text { x, y, align, size, face, paint, text, .. } => {
            write(painter, pos2(*x as f32, *y as f32), *align, *size, *face, tone(*paint), text);
        }
    }
}

fn segment(painter: &Painter, from: Pos2, to: Pos2, stroke: Stroke, dash: Option<f64>) {
    match dash {
        Some(length) => {
            painter.extend(Shape::dashed_line(&[from, to], stroke, length as f32, length as f32));
        }
        None => {
            painter.line_segment([from, to], stroke);
        }
    }
}

fn write(painter: &Painter, at: Pos2, align: Align, size_px: f64, face: text::Face, tone: Color32, words: &str) {
    let galley = painter.layout_no_wrap(words.to_owned(), font(face, size_px), tone);
    let left = match align {
        Align::Start => at.x,
        Align::Middle => at.x - galley.size().x / 2.0,
        Align::End => at.x - galley.size().x,
    };
    let baseline = galley
        .rows
        .first()
        .and_then(|row| row.row.glyphs.first())
        .map_or_else(|| (text::ASCENT * size_px) as f32, |glyph| glyph.pos.y);
    painter.galley(pos2(left, at.y - baseline), galley, tone);
}

fn px(rect: Rect) -> Area {
    Area {
        left: f64::from(rect.left()),
        top: f64::from(rect.top()),
        right: f64::from(rect.right()),
        bottom: f64::from(rect.bottom()),
    }
}

fn rect(area: Area) -> Rect {
    Rect::from_min_max(pos2(area.left as f32, area.top as f32), pos2(area.right as f32, area.bottom as f32))
}

fn point(at: (f64, f64)) -> Pos2 {
    pos2(at.0 as f32, at.1 as f32)
}
