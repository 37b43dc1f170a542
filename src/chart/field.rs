//! What is in the way of words in a plot, and the geometry that tells.

use super::place::Area;

/// From one point to another, px.
pub type Segment = ((f64, f64), (f64, f64));

/// What is in the way.
pub struct Field {
    /// Nothing stands outside.
    pub bounds: Area,
    /// Dots, bars, hatched spans.
    pub solids: Vec<Area>,
    /// Lines between marks, of the scenery, and those of `leads`.
    pub lines: Vec<Segment>,
    /// Words that were placed.
    pub words: Vec<Area>,
    /// Lines from marks to their labels.
    pub leads: Vec<Segment>,
    /// The line at zero that rows begin at.
    pub zero: Option<Segment>,
}

/// How much a place may touch.
#[derive(Clone, Copy, PartialEq)]
pub enum Care {
    /// Nothing.
    Strict,
    /// The line at zero, which is then broken behind the words.
    OverZero,
    /// Lines may run through.
    Loose,
}

impl Field {
    /// Whether words may stand here.
    pub fn is_free(&self, area: Area, care: Care) -> bool {
        let inside = self.bounds.left <= area.left
            && area.right <= self.bounds.right
            && self.bounds.top <= area.top
            && area.bottom <= self.bounds.bottom;
        inside
            && !self.words.iter().any(|other| other.overlaps(apart(area)))
            && !self.solids.iter().any(|other| other.overlaps(area))
            && (care == Care::Loose || !self.lines.iter().any(|(from, to)| crosses(area, *from, *to)))
            && (care != Care::Strict || !self.zero.is_some_and(|(from, to)| crosses(area, from, to)))
    }
}

/// Words beside one another need more air than words under one another.
fn apart(area: Area) -> Area {
    Area { left: area.left - 6.0, right: area.right + 6.0, top: area.top - 1.5, bottom: area.bottom + 1.5 }
}

/// Whether a segment runs through a rectangle (Liang & Barsky 1984).
pub fn crosses(area: Area, from: (f64, f64), to: (f64, f64)) -> bool {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (p, q) in
        [(-dx, from.0 - area.left), (dx, area.right - from.0), (-dy, from.1 - area.top), (dy, area.bottom - from.1)]
    {
        if p == 0.0 {
            if q < 0.0 {
                return false;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    enter < leave
}

/// Whether two segments cross.
pub fn cross((a, b): Segment, (c, d): Segment) -> bool {
    let side = |p: (f64, f64), q: (f64, f64), r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}
