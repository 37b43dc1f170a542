//! Marks to shapes in px.

use super::{
    Chart, Mark, ScaleKind, Shape, Style, Tone, hemicycle,
    place::{Area, Drawn, Item, Plot, Stroke},
    tokens::Paint,
};

/// With more dots than this on two scales of numbers they are points of lines, and small.
const MANY_DOTS: usize = 30;

/// A bar is no thinner than this, in units of the text.
const THINNEST: f64 = 0.18;

/// The shapes of all marks, in their order.
pub fn shapes(chart: &Chart, plot: &Plot, drawn: &mut Vec<Drawn>) {
    for mark in &chart.marks {
        shape(chart, plot, mark, drawn);
    }
}

/// The radius of a dot.
pub fn dot_radius(chart: &Chart, plot: &Plot) -> f64 {
    if chart.y.kind == ScaleKind::Band {
        return (plot.text_px * 0.57).min(plot.pitch() * 0.3);
    }
    plot.text_px * if many(chart) { 0.2 } else { 0.45 }
}

fn many(chart: &Chart) -> bool {
    chart.y.kind == ScaleKind::Linear
        && chart.marks.iter().filter(|mark| matches!(mark.shape, Shape::Dot { .. })).count() > MANY_DOTS
}

fn shape(chart: &Chart, plot: &Plot, mark: &Mark, drawn: &mut Vec<Drawn>) {
    let id = Some(mark.id.clone());
    let paint = Paint::Tone(mark.style.tone);
    let unit = plot.text_px;
    let dash = mark.style.dashed.then_some(unit * 0.35);
    match mark.shape {
        Shape::Dot { x, y } => {
            let (at, radius) = (plot.point(chart, (x, y)), dot_radius(chart, plot));
            let item = dot(mark.style, at, radius, unit);
            drawn.push(Drawn::shape(item, id));
        }
        Shape::Segment { from, to } => {
            let width = unit * if many(chart) { 0.12 } else { 0.17 };
            let stroke = Stroke { paint, width, dash };
            let (from, to) = (plot.point(chart, from), plot.point(chart, to));
            drawn.push(Drawn::shape(Item::Line { from, to, stroke }, id));
        }
        Shape::Bar { from, to } => {
            let mut area = Area::new(plot.point(chart, from), plot.point(chart, to));
            // A month on an axis of decades is still to be seen; nothing stays nothing.
            let lack = unit * THINNEST - (area.right - area.left);
            if lack > 0.0 && area.right > area.left {
                (area.left, area.right) = (area.left - lack / 2.0, area.right + lack / 2.0);
            }
            drawn.push(Drawn::shape(bar(mark.style, area, unit), id));
        }
        Shape::Hatch { from, to } => {
            let area = Area::new(plot.point(chart, from), plot.point(chart, to));
            drawn.extend(hatch(area, unit).map(|item| Drawn::shape(item, id.clone())));
        }
        Shape::Rule { x } => {
            let x = plot.x_px(x);
            let stroke = Stroke { paint, width: unit * 0.13, dash };
            let item = Item::Line { from: (x, plot.top), to: (x, plot.top + plot.height), stroke };
            drawn.push(Drawn::shape(item, id));
        }
        Shape::Seats { first, last, of } => {
            let radius = seat_radius(chart, plot, of);
            for seat in hemicycle::seats(of).get(first as usize..last as usize).unwrap_or_default() {
                let item = dot(mark.style, plot.point(chart, *seat), radius, unit);
                drawn.push(Drawn::shape(item, id.clone()));
            }
        }
        Shape::Words { .. } => {}
    }
}

/// The radius of a seat of a half circle.
pub fn seat_radius(chart: &Chart, plot: &Plot, of: u32) -> f64 {
    let across = plot.width / (plot.x.1 - plot.x.0).abs().max(1e-9);
    let up = plot.height / (plot.y.1 - plot.y.0).abs().max(1e-9);
    let unit = if chart.even { across } else { across.min(up) };
    hemicycle::radius(of) * unit
}

fn dot(style: Style, at: (f64, f64), radius: f64, unit: f64) -> Item {
    let paint = Paint::Tone(style.tone);
    if style.hollow {
        let width = (radius * 0.38).min(unit * 0.2);
        let stroke = Some(Stroke { paint, width, dash: None });
        return Item::Circle { at, radius: radius - width / 2.0, fill: Paint::Card, stroke };
    }
    // A thin ring of the card's colour parts dots that lie over one another.
    let stroke = Some(Stroke { paint: Paint::Card, width: radius * 0.16, dash: None });
    Item::Circle { at, radius, fill: paint, stroke }
}

fn bar(style: Style, area: Area, unit: f64) -> Item {
    let paint = Paint::Tone(style.tone);
    let (width, height) = (area.right - area.left, area.bottom - area.top);
    if style.hollow {
        let line = (unit * 0.11).min(height / 4.0).min(width / 4.0);
        // A dashed line around a sliver is no outline.
        let dash = (style.dashed && width.min(height) > unit * 1.2).then_some(unit * 0.3);
        let stroke = Some(Stroke { paint, width: line, dash });
        return Item::Rect { area: area.grown(-line * 0.9), fill: Some(Paint::Card), stroke };
    }
    let line = (unit * 0.07).min(height / 6.0).min(width / 6.0);
    Item::Rect { area, fill: Some(paint), stroke: Some(Stroke { paint: Paint::Card, width: line, dash: None }) }
}

fn hatch(area: Area, unit: f64) -> [Item; 2] {
    let stroke = Some(Stroke { paint: Paint::Tone(Tone::Missing), width: unit * 0.07, dash: None });
    [Item::Hatch { area, step: unit * 0.6 }, Item::Rect { area, fill: None, stroke }]
}

/// The sign of a legend's item: a little bar in a chart of bars, else a dot.
pub fn sign(chart: &Chart, style: Style, (x, y): (f64, f64), unit: f64, drawn: &mut Vec<Drawn>) {
    let bars = chart.marks.iter().any(|mark| matches!(mark.shape, Shape::Bar { .. }));
    let area = Area { left: x - unit * 0.6, right: x + unit * 0.6, top: y - unit * 0.42, bottom: y + unit * 0.42 };
    let items = match style.tone {
        Tone::Missing => hatch(area, unit).to_vec(),
        // Longer than a dot is wide, so that dashes show.
        _ if bars => vec![bar(style, Area { left: x - unit * 0.7, right: x + unit * 0.6, ..area }, unit * 0.8)],
        _ => vec![dot(style, (x, y), unit * 0.5, unit)],
    };
    drawn.extend(items.into_iter().map(|item| Drawn { item, mark: None, clip: false }));
}
