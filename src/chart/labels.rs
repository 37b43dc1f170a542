//! Words beside the marks: moved or led out by a line, so that none lies over another; those without room are told.

use super::{
    Chart, Label, Mark, MarkId, ScaleKind, Scenery, Shape, Side, Tone,
    axes::label_width,
    field::{Care, Field, cross, crosses},
    hemicycle,
    label_forms::{face, fitted, short_form, without_aside},
    place::{Align, Area, Drawn, Item, LABEL, Plot, Stroke},
    shapes::{dot_radius, seat_radius},
    text,
    text::Face,
    tokens::Paint,
};

/// A label is led out by no more than this many times its size.
const FARTHEST: i32 = 12;

/// Of the places beside a dot, each a step farther, so many are near it.
const NEAR_STEPS: usize = 2;

/// Where words stand: across, the height of their middle, and which point of them is there.
type Spot = (f64, f64, Align);

/// A label to place, with its mark's shape in px.
struct Wanted<'a> {
    mark: &'a Mark,
    label: &'a Label,
    /// What it stands beside.
    body: Area,
}

impl Wanted<'_> {
    fn middle(&self) -> (f64, f64) {
        self.body.middle()
    }
}

/// The labels of all marks but those `listed` elsewhere, and the names of lines of the scenery. Gives the marks whose
/// labels have no room.
pub fn labels(chart: &Chart, plot: &Plot, listed: &[MarkId], drawn: &mut Vec<Drawn>) -> Vec<MarkId> {
    let placer = Placer { chart, plot, size: label_px(chart, plot), radius: dot_radius(chart, plot) };
    let mut field = placer.field();
    let visible = plot.area().grown(1.0);
    // Of a label that is listed with its name, the number may still stand beside its mark.
    let given: Vec<Option<Label>> = chart
        .marks
        .iter()
        .map(|mark| {
            let label = mark.label.as_ref()?;
            if listed.contains(&mark.id) { short_form(label) } else { Some(label.clone()) }
        })
        .collect();
    let wanted: Vec<Wanted> = chart
        .marks
        .iter()
        .zip(&given)
        .filter_map(|(mark, label)| Some(Wanted { mark, label: label.as_ref()?, body: placer.body(&mark.shape) }))
        .filter(|wanted| {
            let (x, y) = wanted.middle();
            visible.holds(x.clamp(wanted.body.left, wanted.body.right), y)
                || matches!(wanted.mark.shape, Shape::Bar { .. })
        })
        .collect();
    let mut rest: Vec<&Wanted> = Vec::new();
    for side in [Side::Right, Side::Left] {
        let mut stack: Vec<&Wanted> = wanted.iter().filter(|wanted| wanted.label.at == side).collect();
        stack.sort_by(|a, b| placer.anchor(a, side).total_cmp(&placer.anchor(b, side)));
        let mut from = 0;
        while from < stack.len() {
            let anchor = placer.anchor(stack[from], side);
            // Dots that stand side by side because they have no date share a column.
            let near = if chart.y.kind == ScaleKind::Linear { plot.text_px * 6.0 } else { 3.0 };
            let same = stack[from..].iter().take_while(|w| (placer.anchor(w, side) - anchor).abs() < near).count();
            placer.stack(&stack[from..from + same], side, &mut field, drawn, &mut rest);
            from += same;
        }
    }
    rest.extend(wanted.iter().filter(|wanted| !matches!(wanted.label.at, Side::Right | Side::Left)));
    // Names of what is missing and of lines come last: values first. Of dots that crowd, the one at the right first:
    // the lines to the names of the others then run side by side.
    let from_right = |wanted: &Wanted| {
        let dot = matches!(wanted.mark.shape, Shape::Dot { .. }) && chart.y.kind == ScaleKind::Linear;
        if dot { -wanted.body.right } else { 0.0 }
    };
    let late = |wanted: &Wanted| {
        (wanted.label.italic, matches!(wanted.mark.shape, Shape::Segment { .. } | Shape::Rule { .. }))
    };
    rest.sort_by(|a, b| late(a).cmp(&late(b)).then(from_right(a).total_cmp(&from_right(b))));
    let mut without = Vec::new();
    for wanted in rest {
        let whole = placer.beside(wanted, &mut field, drawn);
        if !whole && !listed.contains(&wanted.mark.id) {
            without.push(wanted.mark.id.clone());
        }
    }
    placer.scenery(&mut field, drawn);
    without
}

fn label_px(chart: &Chart, plot: &Plot) -> f64 {
    let row = if chart.y.kind == ScaleKind::Band { plot.row_px() } else { plot.text_px };
    row * LABEL
}

struct Placer<'a> {
    chart: &'a Chart,
    plot: &'a Plot,
    size: f64,
    radius: f64,
}

impl Placer<'_> {
    fn body(&self, shape: &Shape) -> Area {
        let point = |p: (f64, f64)| self.plot.point(self.chart, p);
        match *shape {
            Shape::Dot { x, y } => {
                let (x, y) = point((x, y));
                Area { left: x, right: x, top: y, bottom: y }.grown(self.radius)
            }
            Shape::Words { x, y } => Area::new(point((x, y)), point((x, y))),
            Shape::Seats { first, last, of } => {
                let seats = hemicycle::seats(of);
                let middle = (first + last.saturating_sub(1).max(first)) as usize / 2;
                let at = point(seats.get(middle).copied().unwrap_or_default());
                Area { left: at.0, right: at.0, top: at.1, bottom: at.1 }
            }
            Shape::Segment { from, to } | Shape::Bar { from, to } | Shape::Hatch { from, to } => {
                Area::new(point(from), point(to))
            }
            Shape::Rule { x } => {
                let x = self.plot.x_px(x);
                Area { left: x, right: x, top: self.plot.top, bottom: self.plot.top + self.plot.height }
            }
        }
    }

    fn field(&self) -> Field {
        let plot = self.plot.area();
        // Where words stand at the row ends, labels keep off them.
        let (left, right) = self.plot.margins.ends;
        let right =
            if self.chart.row_notes.is_empty() { self.plot.margins.right } else { right + self.plot.text_px * 0.7 };
        let bounds = Area {
            left: plot.left - left - 0.5,
            top: plot.top - self.plot.text_px * 0.5,
            right: plot.right + right,
            bottom: plot.bottom + self.size * 0.4,
        };
        let mut field =
            Field { bounds, solids: Vec::new(), lines: Vec::new(), words: Vec::new(), leads: Vec::new(), zero: None };
        field.lines.extend(self.zero_line().map(|y| ((plot.left, y), (plot.right, y))));
        for scenery in &self.chart.scenery {
            if let Scenery::Line { from, to, .. } = scenery {
                field.lines.push((self.plot.point(self.chart, *from), self.plot.point(self.chart, *to)));
            }
        }
        if self.chart.y.kind == ScaleKind::Band && self.chart.x.ticks.iter().any(|tick| tick.at == 0.0) {
            let zero = self.plot.x_px(0.0);
            field.zero = Some(((zero, plot.top), (zero, plot.bottom)));
        }
        for mark in &self.chart.marks {
            let body = self.body(&mark.shape);
            match mark.shape {
                Shape::Dot { .. } => field.solids.push(body.grown(1.0)),
                Shape::Bar { .. } | Shape::Hatch { .. } => field.solids.push(body),
                Shape::Segment { from, to } => {
                    field.lines.push((self.plot.point(self.chart, from), self.plot.point(self.chart, to)));
                }
                Shape::Rule { .. } => field.lines.push(((body.left, body.top), (body.left, body.bottom))),
                Shape::Seats { first, last, of } => {
                    let radius = seat_radius(self.chart, self.plot, of);
                    for seat in hemicycle::seats(of).get(first as usize..last as usize).unwrap_or_default() {
                        let (x, y) = self.plot.point(self.chart, *seat);
                        field.solids.push(Area { left: x, right: x, top: y, bottom: y }.grown(radius));
                    }
                }
                Shape::Words { .. } => {}
            }
        }
        field
    }

    /// The line at zero of a y scale of numbers.
    fn zero_line(&self) -> Option<f64> {
        let y = self.plot.y_px(self.chart, 0.0);
        let drawn = self.chart.y.kind == ScaleKind::Linear && self.chart.y.ticks.iter().any(|tick| tick.at == 0.0);
        (drawn && y <= self.plot.top + self.plot.height + 0.5).then_some(y)
    }

    /// Where a column of labels is led from.
    fn anchor(&self, wanted: &Wanted, side: Side) -> f64 {
        if side == Side::Left { wanted.body.left } else { wanted.body.right }
    }

    /// A column of labels at the ends of lines or the side of a stack: as near to their marks as they can be.
    fn stack<'w>(
        &self,
        stack: &[&'w Wanted<'w>],
        side: Side,
        field: &mut Field,
        drawn: &mut Vec<Drawn>,
        rest: &mut Vec<&'w Wanted<'w>>,
    ) {
        let mut stack = stack.to_vec();
        let step = self.size * 1.22;
        let (low, high) =
            (self.plot.top, self.zero_line().map_or(self.plot.top + self.plot.height, |y| y - self.size * 0.4));
        stack.sort_by(|a, b| a.middle().1.total_cmp(&b.middle().1));
        while stack.len() > 1 && stack.len() as f64 * step > high - low + step {
            // No room for all in the column: the smallest part goes first, or the last line.
            let least = |w: &Wanted| w.mark.value.or(w.mark.high);
            let Some(out) = (0..stack.len()).min_by_key(|i| least(stack[*i])) else { return };
            rest.push(stack.remove(out));
        }
        let wished: Vec<f64> = stack.iter().map(|wanted| wanted.middle().1).collect();
        let ys = spread(&wished, step, low + step * 0.3, high - self.size * 0.25);
        let moved: Vec<bool> = wished.iter().zip(&ys).map(|(a, b)| (a - b).abs() > self.size * 0.45).collect();
        let touches = |i: usize, j: usize| (ys[i] - ys[j]).abs() < step * 1.01;
        let edge = stack.iter().map(|wanted| self.anchor(wanted, side));
        let edge = if side == Side::Left { edge.fold(f64::INFINITY, f64::min) } else { edge.fold(0.0, f64::max) };
        for (i, (wanted, y)) in stack.iter().zip(&ys).enumerate() {
            // A whole pool of labels that touch one another is led out when one of them is.
            let pool = |step: isize| {
                (1..stack.len() as isize)
                    .map(|n| i as isize + n * step)
                    .take_while(|j| *j >= 0 && (*j as usize) < stack.len())
                    .map(|j| j as usize)
                    .scan(i, |before, j| touches(*before, j).then(|| *before = j).map(|()| j))
                    .any(|j| moved[j])
            };
            let own = self.anchor(wanted, side);
            let led = moved[i]
                || pool(-1)
                || pool(1)
                || (edge - own).abs() > 3.0 && (0..stack.len()).any(|j| j != i && touches(i, j));
            let bar = matches!(wanted.mark.shape, Shape::Bar { .. } | Shape::Hatch { .. });
            let (anchor, gap) = if led { (edge, if bar { 0.75 } else { 1.4 }) } else { (own, 0.4) };
            let gap = self.plot.text_px * gap;
            let x = if side == Side::Left { anchor - gap } else { anchor + gap };
            let room = self.room(x, *y, side, field, wanted);
            let Some(label) = fitted(wanted.label, self.size, room) else {
                rest.push(wanted);
                continue;
            };
            let spot = (x, *y, if side == Side::Left { Align::End } else { Align::Start });
            let area = self.area(&label, spot);
            if !field.is_free(area, Care::Strict) {
                rest.push(wanted);
                continue;
            }
            if led {
                let to = (if side == Side::Left { x + 3.0 } else { x - 3.0 }, *y);
                self.lead(wanted, (own, wanted.middle().1), to, field, drawn);
            }
            self.put(&label, wanted.mark, spot, field, drawn);
        }
    }

    /// The room from `x` to the next thing in the way, or to the edge.
    fn room(&self, x: f64, y: f64, side: Side, field: &Field, wanted: &Wanted) -> f64 {
        let (top, bottom) = (y - self.size * 0.45, y + self.size * 0.45);
        let in_line = |area: &&Area| area.top < bottom && top < area.bottom && **area != wanted.body;
        if side == Side::Left {
            let edge = field.solids.iter().filter(in_line).map(|area| area.right + 3.0).filter(|edge| *edge <= x);
            x - edge.fold(field.bounds.left, f64::max)
        } else {
            let edge = field.solids.iter().filter(in_line).map(|area| area.left - 3.0).filter(|edge| *edge >= x);
            edge.fold(field.bounds.right, f64::min) - x
        }
    }

    /// A line from a mark to its label.
    fn lead(&self, wanted: &Wanted, from: (f64, f64), to: (f64, f64), field: &mut Field, drawn: &mut Vec<Drawn>) {
        field.lines.push((from, to));
        field.leads.push((from, to));
        let length = (to.0 - from.0).hypot(to.1 - from.1).max(1.0);
        let off = |a: f64, b: f64| a + (b - a) * 1.5 / length;
        let paint = Paint::Tone(wanted.mark.style.tone);
        // In the sign of its line, so that lines of one colour are told apart at their names too.
        let dash = wanted.mark.style.dashed.then_some(self.plot.text_px * 0.2);
        let stroke = Stroke { paint, width: self.plot.text_px * 0.07, dash };
        let item = Item::Line { from: (off(from.0, to.0), off(from.1, to.1)), to, stroke };
        drawn.push(Drawn { item, mark: Some(wanted.mark.id.clone()), clip: false });
    }

    /// A label where there is room around its mark, or at some distance; whether there was any for its name too.
    fn beside(&self, wanted: &Wanted, field: &mut Field, drawn: &mut Vec<Drawn>) -> bool {
        let forms = [Some(wanted.label.clone()), without_aside(wanted.label)];
        let short = [short_form(wanted.label)];
        let near = |forms: &[Option<Label>], care: Care, field: &mut Field, drawn: &mut Vec<Drawn>| {
            for label in forms.iter().flatten() {
                let free = |spot: &Spot| {
                    let area = self.area(label, *spot);
                    field.is_free(area, care) && self.is_nearest(wanted, area, field)
                };
                if let Some(spot) = self.candidates(wanted, label).into_iter().find(free) {
                    self.put(label, wanted.mark, spot, field, drawn);
                    return true;
                }
            }
            false
        };
        let whole = self.over_zero(wanted, field, drawn)
            || near(&forms, Care::Strict, field, drawn)
            || self.led_out(wanted, Care::Strict, field, drawn)
            || near(&forms, Care::Loose, field, drawn)
            || self.led_out(wanted, Care::Loose, field, drawn);
        if !whole && !near(&short, Care::Strict, field, drawn) {
            near(&short, Care::Loose, field, drawn);
        }
        whole
    }

    /// Words that the zero line would drive far from their dot stand beside it, and the line is broken behind them.
    fn over_zero(&self, wanted: &Wanted, field: &mut Field, drawn: &mut Vec<Drawn>) -> bool {
        let Some(((x, ..), _)) = field.zero.filter(|_| self.outward(&wanted.mark.shape).is_some()) else {
            return false;
        };
        let spots = self.candidates(wanted, wanted.label);
        let free = |spot: &Spot, care: Care| field.is_free(self.area(wanted.label, *spot), care);
        let near = spots.iter().take(NEAR_STEPS).any(|spot| free(spot, Care::Strict));
        let Some(spot) = spots.first().copied().filter(|spot| !near && free(spot, Care::OverZero)) else {
            return false;
        };
        let area = self.area(wanted.label, spot);
        let stroke = Stroke { paint: Paint::Card, width: self.plot.text_px * 0.3, dash: None };
        let item = Item::Line { from: (x, area.top), to: (x, area.bottom), stroke };
        drawn.push(Drawn { item, mark: None, clip: false });
        self.put(wanted.label, wanted.mark, spot, field, drawn);
        true
    }

    /// Whether words between two scales of numbers are no nearer to another dot than to their own.
    fn is_nearest(&self, wanted: &Wanted, area: Area, field: &Field) -> bool {
        if !matches!(wanted.mark.shape, Shape::Dot { .. }) || self.chart.y.kind == ScaleKind::Band {
            return true;
        }
        let own = area.distance(wanted.middle());
        field.solids.iter().all(|solid| area.distance(solid.middle()) > own - 0.5)
    }

    /// A label at some distance, with a line to it that runs over nothing: between two scales of numbers only, where no row is another's.
    fn led_out(&self, wanted: &Wanted, care: Care, field: &mut Field, drawn: &mut Vec<Drawn>) -> bool {
        let (Shape::Dot { .. } | Shape::Hatch { .. }, ScaleKind::Linear) = (wanted.mark.shape, self.chart.y.kind)
        else {
            return false;
        };
        let label = &without_aside(wanted.label).unwrap_or_else(|| wanted.label.clone());
        let (x, y) = wanted.middle();
        // Upwards first: under the dots of small lists there is no room.
        let places = (2..=FARTHEST)
            .flat_map(|ring| [14, 2, 13, 3, 15, 1, 12, 4, 10, 6, 0, 8, 11, 5, 9, 7].map(|turn| (ring, turn)));
        for (ring, turn) in places {
            let angle = f64::from(turn) * std::f64::consts::FRAC_PI_8;
            let reach = f64::from(ring) * self.size;
            let (dx, dy) = (angle.cos() * reach, angle.sin() * reach);
            let from = (
                (x + dx).clamp(wanted.body.left, wanted.body.right),
                (y + dy).clamp(wanted.body.top, wanted.body.bottom),
            );
            let to = (from.0 + dx, from.1 + dy);
            let (align, gap) = match dx {
                ..-1.0 => (Align::End, (-3.0, 0.0)),
                1.0.. => (Align::Start, (3.0, 0.0)),
                _ => (Align::Middle, (0.0, dy.signum() * self.size * 0.65)),
            };
            let spot = (to.0 + gap.0, to.1 + gap.1, align);
            let mut others = field.solids.iter().filter(|solid| !solid.overlaps(wanted.body));
            let clear = !field.words.iter().any(|words| crosses(*words, from, to))
                && !others.any(|solid| crosses(*solid, from, to))
                && !field.leads.iter().any(|(a, b)| cross((*a, *b), (from, to)));
            if clear && field.is_free(self.area(label, spot), care) {
                self.lead(wanted, from, to, field, drawn);
                self.put(label, wanted.mark, spot, field, drawn);
                return true;
            }
        }
        false
    }

    fn candidates(&self, wanted: &Wanted, label: &Label) -> Vec<Spot> {
        let (body, size) = (wanted.body, self.size);
        let (x, y) = wanted.middle();
        let gap = self.plot.text_px * 0.4;
        let (above, below) = (body.top - size * 0.75, body.bottom + size * 0.85);
        match wanted.mark.shape {
            Shape::Rule { .. } => self.beside_rule(x, gap),
            Shape::Segment { from, to } => self.along(from, to, label_width(label, size)),
            _ => {
                let right = |by: f64| (body.right + gap + by, y, Align::Start);
                let left = |by: f64| (body.left - gap - by, y, Align::End);
                let over =
                    [(x, above, Align::Middle), (body.right, above, Align::Start), (body.left, above, Align::End)];
                let under =
                    [(x, below, Align::Middle), (body.right, below, Align::Start), (body.left, below, Align::End)];
                // Of two dots in a row each keeps its own side: on the other one its number would be read as the other's.
                if let Some(outward) = self.outward(&wanted.mark.shape) {
                    let side = |by: f64| if outward == Side::Left { left(by) } else { right(by) };
                    let aside = (0..=8).map(|n| side(f64::from(n) * size * 0.4));
                    let upright = [over[0], under[0]].into_iter().filter(|_| self.plot.pitch() > size * 3.2);
                    return aside.chain(upright).collect();
                }
                let mut all = match wanted.label.at {
                    Side::Above => [over, under].concat(),
                    Side::Below => [under, over].concat(),
                    // On the other side of a stack a name would seem to be the next column's.
                    _ if !wanted.label.short.is_empty() => return vec![right(0.0)],
                    _ => vec![right(0.0), left(0.0)],
                };
                if matches!(wanted.label.at, Side::Above | Side::Below) {
                    all.extend([right(0.0), left(0.0)]);
                } else if self.chart.y.kind == ScaleKind::Linear {
                    // Between two scales of numbers a label away from its dot would seem to be another's.
                    all.extend([over, under].concat());
                } else {
                    let airy = self.plot.pitch() > size * 3.2;
                    all.extend([over, under].concat().into_iter().filter(|_| airy));
                    all.extend((1..=8).map(|n| f64::from(n) * size * 0.4).flat_map(|by| [left(by), right(by)]));
                    all.extend([over, under].concat().into_iter().filter(|_| !airy));
                }
                all
            }
        }
    }

    /// The side of a dot that is away from the other dot of its row, where there is one.
    fn outward(&self, shape: &Shape) -> Option<Side> {
        let Shape::Dot { x, y } = *shape else { return None };
        if self.chart.y.kind != ScaleKind::Band {
            return None;
        }
        let of_row = |mark: &Mark| match mark.shape {
            Shape::Dot { x: other, y: row } if row == y => Some(other),
            _ => None,
        };
        let others: Vec<f64> = self.chart.marks.iter().filter_map(of_row).filter(|other| *other != x).collect();
        match (others.iter().any(|other| *other > x), others.iter().any(|other| *other < x)) {
            (true, false) => Some(Side::Left),
            (false, true) => Some(Side::Right),
            _ => None,
        }
    }

    /// Between the rows, from the top, left and right of the line.
    fn beside_rule(&self, x: f64, gap: f64) -> Vec<Spot> {
        let rows = self.chart.y.ticks.len().max(1);
        let band = self.chart.y.kind == ScaleKind::Band;
        let heights = (1..rows.max(12)).map(|n| {
            if band {
                self.plot.y_px(self.chart, n as f64 - 0.5)
            } else {
                self.plot.top + self.plot.height * n as f64 / 12.0
            }
        });
        heights.flat_map(|y| [(x + gap, y, Align::Start), (x - gap, y, Align::End)]).collect()
    }

    /// Over and under a segment, nearest to its middle first.
    fn along(&self, from: (f64, f64), to: (f64, f64), width: f64) -> Vec<Spot> {
        let (from, to) = (self.plot.point(self.chart, from), self.plot.point(self.chart, to));
        let run = to.0 - from.0;
        let slope = if run.abs() < 1e-9 { 0.0 } else { (to.1 - from.1) / run };
        let off = slope.abs() * width / 2.0 + self.size * 0.75;
        let mut all = Vec::new();
        for part in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74] {
            let (x, y) = (from.0 + run * part, from.1 + (to.1 - from.1) * part);
            all.push((x, y - off, Align::Middle));
            all.push((x, y + off, Align::Middle));
        }
        all
    }

    fn scenery(&self, field: &mut Field, drawn: &mut Vec<Drawn>) {
        for scenery in &self.chart.scenery {
            let Scenery::Line { from, to, label } = scenery else { continue };
            let label = Label::reason(label);
            let upright = (from.0 - to.0).abs() < 1e-9;
            let places = if upright {
                self.along_upright(*from, *to)
            } else {
                self.along(*from, *to, label_width(&label, self.size))
            };
            let free = places.into_iter().rev().find(|spot| field.is_free(self.area(&label, *spot), Care::Strict));
            if let Some(spot) = free {
                self.words((&label, Paint::Ink3), None, spot, field, drawn);
            }
        }
    }

    /// Beside an upright line, the last of them the best: at its upper end, first at the right.
    fn along_upright(&self, from: (f64, f64), to: (f64, f64)) -> Vec<Spot> {
        let (from, to) = (self.plot.point(self.chart, from), self.plot.point(self.chart, to));
        let (low, high) = if from.1 > to.1 { (from.1, to.1) } else { (to.1, from.1) };
        let at = |part: f64| high + self.size + (low - high) * part;
        let spots = [0.8, 0.6, 0.45, 0.3, 0.15, 0.0].map(at);
        let gap = self.size * 0.5;
        spots.iter().flat_map(|y| [(from.0 - gap, *y, Align::End), (from.0 + gap, *y, Align::Start)]).collect()
    }

    fn area(&self, label: &Label, (x, y, align): Spot) -> Area {
        let width = label_width(label, self.size);
        let left = match align {
            Align::Start => x,
            Align::Middle => x - width / 2.0,
            Align::End => x - width,
        };
        let base = y + text::HALF_CAP * self.size;
        Area {
            left,
            right: left + width,
            top: base - text::INK_ABOVE * self.size,
            bottom: base + text::INK_BELOW * self.size,
        }
    }

    fn put(&self, label: &Label, mark: &Mark, spot: Spot, field: &mut Field, drawn: &mut Vec<Drawn>) {
        let paint = match (mark.style.tone, label.italic) {
            (Tone::Accent, _) => Paint::Accent,
            (_, true) => Paint::Ink3,
            _ => Paint::Ink,
        };
        self.words((label, paint), Some(&mark.id), spot, field, drawn);
    }

    fn words(
        &self,
        (label, paint): (&Label, Paint),
        mark: Option<&MarkId>,
        spot: Spot,
        field: &mut Field,
        drawn: &mut Vec<Drawn>,
    ) {
        let area = self.area(label, spot);
        let base = spot.1 + text::HALF_CAP * self.size;
        let face = face(label);
        let text = |x: f64, size: f64, face: Face, paint: Paint, words: &str| {
            Drawn::words(x, base, Align::Start, size, face, paint, words.to_owned()).of(mark.cloned())
        };
        let whole = mark.filter(|_| label.text.contains('…')).and_then(|id| self.chart.mark(id)?.label.as_ref());
        let whole = whole.map(|label| label.text.clone());
        drawn.push(text(area.left, self.size, face, paint, &label.text).with_whole(whole));
        if !label.aside.is_empty() {
            let behind = area.left + text::width(&label.text, self.size, face) + self.size * 0.45;
            drawn.push(text(behind, self.size * 0.94, Face::Italic, Paint::Ink3, &label.aside));
        }
        field.words.push(area);
    }
}

/// Places at least `step` apart between `low` and `high`, in order, as near to the wished ones as they can be:
/// neighbours that would touch are pooled around the mean of what they wish.
fn spread(wished: &[f64], step: f64, low: f64, high: f64) -> Vec<f64> {
    // (sum of wishes less the offsets within the pool, members)
    let mut pools: Vec<(f64, usize)> = Vec::new();
    let room = |members: usize| high - step * (members as f64 - 1.0);
    let at = |pool: &(f64, usize)| (pool.0 / pool.1 as f64).min(room(pool.1)).max(low);
    for wish in wished {
        pools.push((*wish, 1));
        while let [.., before, last] = pools.as_slice()
            && at(before) + step * before.1 as f64 > at(last)
        {
            let joined = (before.0 + last.0 - last.1 as f64 * step * before.1 as f64, before.1 + last.1);
            pools.truncate(pools.len() - 2);
            pools.push(joined);
        }
    }
    pools.iter().flat_map(|pool| (0..pool.1).map(move |n| at(pool) + step * n as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_of_a_column_stay_in_order_and_apart() {
        assert_eq!(spread(&[10.0, 11.0, 50.0], 10.0, 0.0, 100.0), [5.5, 15.5, 50.0]);
        let crowded = spread(&[98.0, 99.0, 99.0, 100.0], 10.0, 0.0, 100.0);
        assert_eq!(crowded, [70.0, 80.0, 90.0, 100.0]);
    }
}
