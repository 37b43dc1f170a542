//! Where everything of a chart stands, in px: decided once, painted by the window and by every export.

pub use super::listed::{Sheet, sheet};
use super::{Chart, MarkId, ScaleKind, axes, labels, rows, shapes, text, text::Face, tokens::Paint};

/// Sizes of words, in units of `Plot::text_px`.
pub(super) const LABEL: f64 = 0.92;
pub(super) const TICK: f64 = 0.87;
pub(super) const BAND: f64 = 0.8;
const LEGEND: f64 = 0.92;

/// Room outside the plot, in px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Margins {
    /// Row names, or the ticks of the y scale.
    pub left: f64,
    /// Names of bands, heads of the columns at the right.
    pub top: f64,
    /// Words at the row ends, or labels at the line ends.
    pub right: f64,
    /// Ticks and words of the x scale.
    pub bottom: f64,
    /// Of `left` and `right`, what lies next to the plot and is for labels of dots at the ends of their rows.
    pub ends: (f64, f64),
}

/// The plot's rectangle and the part of the scales it shows now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    /// Left edge, px.
    pub left: f64,
    /// Top edge, px.
    pub top: f64,
    /// Width, px.
    pub width: f64,
    /// Height, px.
    pub height: f64,
    /// What the x scale shows, left to right, in the order of `Scale::domain`.
    pub x: (f64, f64),
    /// What the y scale shows, in the order of `Scale::domain`: bottom to top, and top to bottom for a band scale.
    pub y: (f64, f64),
    /// Size of row names and values, px; every other size follows from it.
    pub text_px: f64,
    /// The room outside that may be written on.
    pub margins: Margins,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub paint: Paint,
    /// Its width, px.
    pub width: f64,
    /// Dashes and gaps of this length, px.
    pub dash: Option<f64>,
}

/// Which point of a line of words stands at `x`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// One thing to paint.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// A rectangle.
    Rect {
        /// Its bounds.
        area: Area,
        /// Its inside.
        fill: Option<Paint>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// A hatched rectangle: see `hatch_lines`.
    Hatch {
        /// Its bounds.
        area: Area,
        /// Distance between the lines, px.
        step: f64,
    },
    /// A straight line.
    Line {
        /// Start.
        from: (f64, f64),
        /// End.
        to: (f64, f64),
        /// Its look.
        stroke: Stroke,
    },
    /// A circle.
    Circle {
        /// Its centre.
        at: (f64, f64),
        /// Its radius, px, to the middle of its outline.
        radius: f64,
        /// Its inside.
        fill: Paint,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// One line of words.
    Text {
        /// Across, as `align` says.
        x: f64,
        /// The baseline; the top of the line is `text::ASCENT` ems above it.
        y: f64,
        /// What stands at `x`.
        align: Align,
        /// Size, px.
        size: f64,
        /// Regular, bold or italic.
        face: Face,
        /// Colour.
        paint: Paint,
        /// The words.
        text: String,
        /// All the words, where `text` is only their beginning: shown on hover.
        whole: Option<String>,
    },
}

/// A thing to paint, and the mark it is part of.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// What.
    pub item: Item,
    /// The mark, for what is more than scenery: hover, click and the element's id.
    pub mark: Option<MarkId>,
    /// Whether it is cut at the plot's edge when the plot shows a part of the scales; the rest stands outside.
    pub clip: bool,
}

/// A rectangle in px, `left ≤ right` and `top ≤ bottom`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Area {
    /// The rectangle between two opposite corners.
    pub fn new(a: (f64, f64), b: (f64, f64)) -> Self {
        Self { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(self, other: Area) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether the point lies inside, edges included.
    pub fn holds(self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    /// Its middle.
    pub fn middle(self) -> (f64, f64) {
        (f64::midpoint(self.left, self.right), f64::midpoint(self.top, self.bottom))
    }

    /// How far a point lies outside; 0 inside.
    pub fn distance(self, (x, y): (f64, f64)) -> f64 {
        let (dx, dy) = ((self.left - x).max(x - self.right).max(0.0), (self.top - y).max(y - self.bottom).max(0.0));
        dx.hypot(dy)
    }

    /// The same, wider on every side.
    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }
}

impl Plot {
    /// The whole chart in a rectangle of px, its margins taken from it.
    pub fn whole(chart: &Chart, area: Area, text_px: f64) -> Self {
        let mut margins = axes::margins(chart, (area.right - area.left, area.bottom - area.top), text_px);
        if chart.even {
            even(chart, area, &mut margins);
        }
        Self {
            left: area.left + margins.left,
            top: area.top + margins.top,
            width: (area.right - area.left - margins.left - margins.right).max(1.0),
            height: (area.bottom - area.top - margins.top - margins.bottom).max(1.0),
            x: chart.x.domain,
            y: chart.y.domain,
            text_px,
            margins,
        }
    }

    /// From the x scale to px.
    pub fn x_px(&self, x: f64) -> f64 {
        self.left + part(x, self.x) * self.width
    }

    /// From the y scale to px: a band scale runs down, a scale of numbers up.
    pub fn y_px(&self, chart: &Chart, y: f64) -> f64 {
        match chart.y.kind {
            ScaleKind::Band => self.top + part(y, self.y) * self.height,
            ScaleKind::Linear => self.top + (1.0 - part(y, self.y)) * self.height,
        }
    }

    /// A point of the chart in px.
    pub fn point(&self, chart: &Chart, point: (f64, f64)) -> (f64, f64) {
        (self.x_px(point.0), self.y_px(chart, point.1))
    }

    /// The plot's rectangle.
    pub fn area(&self) -> Area {
        Area { left: self.left, top: self.top, right: self.left + self.width, bottom: self.top + self.height }
    }

    /// Distance between two rows, px.
    pub(super) fn pitch(&self) -> f64 {
        self.height / (self.y.1 - self.y.0).abs().max(1e-9)
    }

    /// Size of row names and values: smaller where the rows are close.
    pub(super) fn row_px(&self) -> f64 {
        self.text_px.min(self.pitch() * 0.82)
    }
}

impl Drawn {
    /// A shape of a mark, cut at the plot's edge.
    pub(super) fn shape(item: Item, mark: Option<MarkId>) -> Self {
        Self { item, mark, clip: true }
    }

    /// Words outside the plot.
    pub(super) fn words(x: f64, y: f64, align: Align, size: f64, face: Face, paint: Paint, text: String) -> Self {
        Self { item: Item::Text { x, y, align, size, face, paint, text, whole: None }, mark: None, clip: false }
    }

    /// The same, as the beginning of longer words.
    pub(crate) fn with_whole(mut self, all: Option<String>) -> Self {
        if let Item::Text { whole, .. } = &mut self.item {
            *whole = all;
        }
        self
    }

    /// The same, as a part of a mark.
    pub(super) fn of(self, mark: Option<MarkId>) -> Self {
        Self { mark, ..self }
    }

    /// Moves it down.
    pub(super) fn lower(&mut self, by: f64) {
        match &mut self.item {
            Item::Rect { area, .. } | Item::Hatch { area, .. } => {
                (area.top, area.bottom) = (area.top + by, area.bottom + by)
            }
            Item::Line { from, to, .. } => (from.1, to.1) = (from.1 + by, to.1 + by),
            Item::Circle { at, .. } => at.1 += by,
            Item::Text { y, .. } => *y += by,
        }
    }

    /// What it covers.
    pub fn area(&self) -> Area {
        match &self.item {
            Item::Rect { area, .. } | Item::Hatch { area, .. } => *area,
            Item::Line { from, to, .. } => Area::new(*from, *to),
            Item::Circle { at, radius, .. } => Area { left: at.0, right: at.0, top: at.1, bottom: at.1 }.grown(*radius),
            Item::Text { x, y, align, size, face, text, .. } => text_area(*x, *y, *align, *size, *face, text),
        }
    }
}

/// Gives to the margins what keeps a unit from being as long across as up.
fn even(chart: &Chart, area: Area, margins: &mut Margins) {
    let width = (area.right - area.left - margins.left - margins.right).max(1.0);
    let height = (area.bottom - area.top - margins.top - margins.bottom).max(1.0);
    let (across, up) = (chart.x.domain.1 - chart.x.domain.0, chart.y.domain.1 - chart.y.domain.0);
    let unit = (width / across).min(height / up);
    let (spare_width, spare_height) = (width - unit * across, height - unit * up);
    margins.left += spare_width / 2.0;
    margins.right += spare_width / 2.0;
    margins.ends.0 += spare_width / 2.0;
    margins.top += spare_height / 2.0;
    margins.bottom += spare_height / 2.0;
}

fn part(value: f64, of: (f64, f64)) -> f64 {
    let span = of.1 - of.0;
    if span == 0.0 { 0.5 } else { (value - of.0) / span }
}

/// What a line of words inks at most.
pub fn text_area(x: f64, y: f64, align: Align, size: f64, face: Face, words: &str) -> Area {
    let width = text::width(words, size, face);
    let left = match align {
        Align::Start => x,
        Align::Middle => x - width / 2.0,
        Align::End => x - width,
    };
    Area { left, right: left + width, top: y - text::INK_ABOVE * size, bottom: y + text::INK_BELOW * size }
}

/// The lines of a hatched rectangle, `step` px apart, falling from right to left, cut at its edges.
pub fn hatch_lines(area: Area, step: f64) -> Vec<((f64, f64), (f64, f64))> {
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    let mut lines = Vec::new();
    let mut reach = step;
    while reach < width + height && step > 0.0 {
        let from = if reach <= width { (area.left + reach, area.top) } else { (area.right, area.top + reach - width) };
        let to =
            if reach <= height { (area.left, area.top + reach) } else { (area.left + reach - height, area.bottom) };
        lines.push((from, to));
        reach += step;
    }
    lines
}

/// The mark nearest to a point, no farther than `reach` px; of those that lie over one another, the last drawn.
pub fn hit(drawn: &[Drawn], x: f64, y: f64, reach: f64) -> Option<&MarkId> {
    let mut best: Option<(f64, &MarkId)> = None;
    for piece in drawn.iter().rev() {
        let Some(mark) = &piece.mark else { continue };
        let distance = distance(piece, x, y);
        if distance <= reach && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, mark));
        }
    }
    best.map(|(_, mark)| mark)
}

fn distance(piece: &Drawn, x: f64, y: f64) -> f64 {
    match &piece.item {
        Item::Line { from, to, .. } => {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = dx * dx + dy * dy;
            let along = if length == 0.0 { 0.0 } else { ((x - from.0) * dx + (y - from.1) * dy) / length };
            let along = along.clamp(0.0, 1.0);
            (x - from.0 - along * dx).hypot(y - from.1 - along * dy)
        }
        Item::Circle { at, radius, .. } => ((x - at.0).hypot(y - at.1) - radius).max(0.0),
        _ => piece.area().distance((x, y)),
    }
}

/// The least height, in px, at which a chart in rows shows every name whole, each row no lower than `least_row_px`;
/// zero for a chart without rows.
pub fn least_height(chart: &Chart, width_px: f64, text_px: f64, least_row_px: f64) -> f64 {
    if chart.y.kind != ScaleKind::Band {
        return 0.0;
    }
    let margins = axes::margins(chart, (width_px, f64::INFINITY), text_px);
    let rows = (chart.y.domain.1 - chart.y.domain.0).abs();
    rows * rows::least_pitch(chart, width_px, text_px).max(least_row_px) + margins.top + margins.bottom
}

/// Everything of a chart's plot, in the order of painting. The labels of the marks `listed` elsewhere are left out.
pub fn place(chart: &Chart, plot: &Plot, listed: &[MarkId]) -> Vec<Drawn> {
    let mut drawn = Vec::new();
    axes::behind(chart, plot, &mut drawn);
    shapes::shapes(chart, plot, &mut drawn);
    labels::labels(chart, plot, listed, &mut drawn);
    axes::around(chart, plot, &mut drawn);
    drawn
}

/// Whether the names of the bands have room over the plot; where they have none, the page names them in a note.
pub fn names_bands(chart: &Chart, plot: &Plot) -> bool {
    axes::names_bands(chart, plot.width, plot.text_px)
}

/// The legend: signs and words in lines from the top left; with the height it takes.
pub fn legend(chart: &Chart, left: f64, top: f64, width_px: f64, text_px: f64) -> (Vec<Drawn>, f64) {
    let (size, gap) = (text_px * LEGEND, text_px * 1.8);
    let line = size * 1.55;
    let (mut x, mut y) = (left, top + line / 2.0);
    let mut drawn = Vec::new();
    for item in &chart.legend {
        let sign = text_px * 1.5;
        let words = text::width(&item.text, size, Face::Regular);
        if x > left && x + sign + words > left + width_px {
            (x, y) = (left, y + line);
        }
        shapes::sign(chart, item.style, (x + text_px * 0.55, y), text_px, &mut drawn);
        let room = (left + width_px - x - sign).max(0.0);
        let text = text::shorten(&item.text, size, Face::Regular, room);
        let whole = (text != item.text).then(|| item.text.clone());
        let base = y + text::HALF_CAP * size;
        let shown = Drawn::words(x + sign, base, Align::Start, size, Face::Regular, Paint::Ink2, text);
        drawn.push(shown.with_whole(whole));
        x += sign + words + gap;
    }
    let height = if chart.legend.is_empty() { 0.0 } else { y + line / 2.0 - top };
    (drawn, height)
}
