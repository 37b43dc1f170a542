//! What stands behind the marks and around the plot: bands, gridlines, ticks, row names, words at the row ends.

use super::{
    Chart, RowNote, Scale, ScaleKind, Scenery, Shape, Side, Tick,
    place::{Align, Area, BAND, Drawn, Item, LABEL, Margins, Plot, Stroke, TICK},
    rows, text,
    text::Face,
    tokens::Paint,
};

/// Words may take no more than this part of the width at the right, and ticks at the left.
const MOST_SIDE: f64 = 0.4;
/// More ticks than this are thinned; fewer are broken into lines.
const MANY_TICKS: usize = 8;

/// How much room outside the plot a chart's words need, of a total width and height, with text of `text_px`.
pub fn margins(chart: &Chart, (width_px, height_px): (f64, f64), text_px: f64) -> Margins {
    let mut left = left_margin(chart, (width_px, height_px), text_px);
    let mut right = right_margin(chart, width_px - left, text_px).min(width_px * MOST_SIDE);
    let ends = rows::ends(chart, width_px - left - right, text_px);
    (left, right) = (left + ends.0, right + ends.1);
    let plot_width = (width_px - left - right).max(1.0);
    let names = band_names(chart, plot_width, text_px).map_or(0, |names| most_lines(names.iter().map(|name| &name.1)));
    let mut top = text_px * 0.6;
    if names > 0 {
        top = text_px * (0.5 + names as f64 * BAND * 1.2);
    } else if chart.y.last_end.is_some() || !chart.row_heads.is_empty() {
        top = text_px * 1.9;
    }
    let ticks = tick_lines(chart, plot_width, text_px);
    let lines = most_lines(ticks.iter().map(|tick| &tick.1));
    let mut bottom = text_px * (0.75 + lines as f64 * TICK * 1.25);
    if chart.x.first_end.is_some() || chart.x.last_end.is_some() {
        bottom += text_px * TICK * 1.45;
    }
    if chart.y.first_end.is_some() {
        bottom = bottom.max(text_px * 3.0);
    }
    Margins { left, top, right, bottom, ends }
}

fn most_lines<'a>(lines: impl Iterator<Item = &'a Vec<String>>) -> usize {
    lines.map(Vec::len).max().unwrap_or_default()
}

fn left_margin(chart: &Chart, (width_px, height_px): (f64, f64), text_px: f64) -> f64 {
    let first = chart.x.ticks.first().map_or(0.0, |tick| text::width(&tick.label, text_px * TICK, Face::Regular) / 2.0);
    let at_ends = if chart.x.kind == ScaleKind::Linear && chart.x.ticks.len() <= MANY_TICKS { 0.0 } else { first };
    if chart.y.kind == ScaleKind::Band {
        // What stands over and under the rows takes about five lines.
        return rows::column(chart, width_px, height_px - text_px * 5.0, text_px).max(at_ends);
    }
    let width = |tick: &Tick| text::width(&tick.label, text_px * TICK, Face::Regular);
    let gap = 0.7 * text_px;
    let ticks = chart.y.ticks.iter().map(width).fold(0.0, f64::max);
    (ticks.min(width_px * MOST_SIDE - gap) + gap + 1.0).max(at_ends)
}

fn right_margin(chart: &Chart, width_px: f64, text_px: f64) -> f64 {
    let columns = note_columns(chart, text_px);
    let notes: f64 = columns.iter().map(|column| column.width + text_px * 1.4).sum();
    let last = chart.x.ticks.last().map_or(0.0, |tick| {
        let part = domain_part(&chart.x, tick.at);
        let words = text::width(&tick.label, text_px * TICK, Face::Regular).min(width_px * 0.16);
        words / 2.0 - (1.0 - part) * width_px * 0.8
    });
    let labels = chart
        .marks
        .iter()
        .filter_map(|mark| Some((mark, mark.label.as_ref().filter(|label| label.at == Side::Right)?)))
        .map(|(mark, label)| {
            let x = match mark.shape {
                Shape::Dot { x, .. } | Shape::Words { x, .. } | Shape::Rule { x } => x,
                Shape::Segment { from, to } | Shape::Bar { from, to } | Shape::Hatch { from, to } => from.0.max(to.0),
                Shape::Seats { .. } => 0.0,
            };
            let part = domain_part(&chart.x, x).clamp(0.05, 1.0);
            let words = label_width(label, text_px * LABEL) + text_px * 2.1;
            // The label begins at `part` of what is left of the width: words ≤ (1 − part) × plot + margin.
            (words - (1.0 - part) * width_px) / part
        })
        .fold(0.0, f64::max);
    notes.max(last).max(labels).max(text_px * 0.6)
}

/// The width of a label with its aside.
pub fn label_width(label: &super::Label, size: f64) -> f64 {
    let face = if label.bold {
        Face::Bold
    } else if label.italic {
        Face::Italic
    } else {
        Face::Regular
    };
    let aside =
        if label.aside.is_empty() { 0.0 } else { size * 0.45 + text::width(&label.aside, size * 0.94, Face::Italic) };
    text::width(&label.text, size, face) + aside
}

/// Where a value stands on a scale, 0 at its first end, 1 at its last.
pub fn domain_part(scale: &Scale, at: f64) -> f64 {
    let span = scale.domain.1 - scale.domain.0;
    if span == 0.0 { 0.5 } else { (at - scale.domain.0) / span }
}

/// A column of words at the row ends.
struct NoteColumn {
    /// Its width, px.
    width: f64,
    /// Numbers are right-aligned.
    numeric: bool,
}

fn note_columns(chart: &Chart, text_px: f64) -> Vec<NoteColumn> {
    let count = chart.row_notes.iter().map(|note| note.column + 1).max().unwrap_or_default();
    (0..count)
        .map(|number| {
            let notes = || chart.row_notes.iter().filter(|note| note.column == number);
            let head = chart.row_heads.get(number).map_or(0.0, |head| text::width(head, text_px * TICK, Face::Regular));
            let width = notes().map(|note| note_width(note, text_px)).fold(head, f64::max);
            NoteColumn { width, numeric: notes().any(|note| note.bold) }
        })
        .collect()
}

fn note_face(note: &RowNote) -> Face {
    match (note.bold, note.italic) {
        (true, _) => Face::Bold,
        (_, true) => Face::Italic,
        _ => Face::Regular,
    }
}

fn note_size(note: &RowNote, text_px: f64) -> f64 {
    if note.bold { text_px } else { text_px * TICK }
}

fn note_width(note: &RowNote, text_px: f64) -> f64 {
    text::width(&note.text, note_size(note, text_px), note_face(note))
}

/// Names of the bands broken to their widths, with their middle; nothing where one does not fit.
fn band_names(chart: &Chart, plot_width: f64, text_px: f64) -> Option<Vec<(f64, Vec<String>)>> {
    let span = chart.x.domain.1 - chart.x.domain.0;
    let mut names = Vec::new();
    for scenery in &chart.scenery {
        let Scenery::Band { from, to, label, .. } = scenery else { continue };
        let room = (to - from) / span * plot_width - text_px * 0.3;
        let lines = text::wrap_even(label, text_px * BAND, Face::Regular, room);
        if lines.len() > 3 || lines.iter().any(|line| line.ends_with('…')) {
            return None;
        }
        names.push((f64::midpoint(*from, *to), lines));
    }
    Some(names)
}

/// Whether the names of the bands stand over the plot; where they do not, the page names them in a note.
pub fn names_bands(chart: &Chart, plot_width: f64, text_px: f64) -> bool {
    band_names(chart, plot_width, text_px).is_some()
}

/// The ticks of the x scale that are drawn, each in lines.
fn tick_lines(chart: &Chart, plot_width: f64, text_px: f64) -> Vec<(f64, Vec<String>)> {
    let (ticks, size) = (&chart.x.ticks, text_px * TICK);
    let px = |tick: &Tick| domain_part(&chart.x, tick.at) * plot_width;
    let width = |tick: &Tick| text::width(&tick.label, size, Face::Regular);
    let one = |tick: &Tick| (tick.at, vec![tick.label.clone()]);
    let fits = |chosen: &[&Tick]| {
        chosen.windows(2).all(|pair| px(pair[1]) - px(pair[0]) >= (width(pair[0]) + width(pair[1])) / 2.0 + size * 0.6)
    };
    let all: Vec<&Tick> = ticks.iter().collect();
    if fits(&all) {
        return ticks.iter().map(one).collect();
    }
    if ticks.len() <= MANY_TICKS && ticks.iter().any(|tick| tick.label.contains(' ')) {
        let room = |i: usize| {
            let gap = |j: Option<usize>| Some((px(ticks.get(j?)?) - px(&ticks[i])).abs());
            let near = gap(i.checked_sub(1)).unwrap_or(f64::INFINITY).min(gap(Some(i + 1)).unwrap_or(f64::INFINITY));
            near - size * 0.5
        };
        return ticks
            .iter()
            .enumerate()
            .map(|(i, tick)| (tick.at, text::wrap(&tick.label, size, Face::Regular, room(i))))
            .collect();
    }
    thinned(&all, fits, |a, b| fits(&[a, b])).into_iter().map(one).collect()
}

/// Every n-th tick where they stand evenly; else from the last backwards whatever has room.
fn thinned<'a>(
    ticks: &[&'a Tick],
    fits: impl Fn(&[&Tick]) -> bool,
    pair_fits: impl Fn(&Tick, &Tick) -> bool,
) -> Vec<&'a Tick> {
    let steps: Vec<f64> = ticks.windows(2).map(|pair| pair[1].at - pair[0].at).collect();
    let even = steps.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 1e-9);
    if even {
        for stride in [2, 5, 10, 20, 50, 100] {
            let step = steps.first().copied().unwrap_or(1.0) * f64::from(stride);
            let chosen: Vec<&Tick> =
                ticks.iter().copied().filter(|tick| (tick.at / step - (tick.at / step).round()).abs() < 1e-9).collect();
            if fits(&chosen) {
                return chosen;
            }
        }
    }
    let mut chosen: Vec<&Tick> = Vec::new();
    for tick in ticks.iter().rev() {
        if chosen.last().is_none_or(|later| pair_fits(tick, later)) {
            chosen.push(tick);
        }
    }
    chosen.reverse();
    chosen
}

fn line(from: (f64, f64), to: (f64, f64), paint: Paint, width: f64) -> Drawn {
    Drawn { item: Item::Line { from, to, stroke: Stroke { paint, width, dash: None } }, mark: None, clip: true }
}

/// Bands, gridlines, the lines of rows, the line of equality.
pub fn behind(chart: &Chart, plot: &Plot, drawn: &mut Vec<Drawn>) {
    let (top, bottom, right) = (plot.top, plot.top + plot.height, plot.left + plot.width);
    let hair = plot.text_px * 0.07;
    let mut shaded: Vec<Area> = Vec::new();
    for scenery in &chart.scenery {
        if let Scenery::Band { from, to, shaded: true, .. } = scenery {
            let area = Area::new((plot.x_px(*from), top), (plot.x_px(*to), bottom));
            shaded.push(area);
            drawn.push(Drawn {
                item: Item::Rect { area, fill: Some(Paint::Ground), stroke: None },
                mark: None,
                clip: true,
            });
        }
    }
    if chart.x.kind == ScaleKind::Linear && chart.x.grid {
        for tick in &chart.x.ticks {
            let x = plot.x_px(tick.at);
            drawn.push(line((x, top), (x, bottom), Paint::Grid, hair));
        }
    }
    if chart.y.grid {
        for tick in &chart.y.ticks {
            let y = plot.y_px(chart, tick.at);
            let (paint, width) =
                if chart.y.kind == ScaleKind::Band { (Paint::Line, hair * 1.6) } else { (Paint::Grid, hair) };
            drawn.push(line((plot.left, y), (right, y), paint, width));
        }
    }
    if chart.y.kind == ScaleKind::Band && chart.x.ticks.iter().any(|tick| tick.at == 0.0) {
        let x = plot.x_px(0.0);
        drawn.push(line((x, top), (x, bottom), Paint::Tone(super::Tone::Quiet), hair * 1.4));
    }
    if chart.y.kind == ScaleKind::Linear && chart.y.ticks.iter().any(|tick| tick.at == 0.0) {
        let y = plot.y_px(chart, 0.0);
        drawn.push(line((plot.left, y), (right, y), Paint::Tone(super::Tone::Quiet), hair * 1.4));
    }
    for scenery in &chart.scenery {
        if let Scenery::Line { from, to, .. } = scenery {
            let stroke =
                Stroke { paint: Paint::Tone(super::Tone::Quiet), width: hair * 1.3, dash: Some(plot.text_px * 0.4) };
            let item = Item::Line { from: plot.point(chart, *from), to: plot.point(chart, *to), stroke };
            drawn.push(Drawn { item, mark: None, clip: true });
        }
    }
}

/// Names, ticks and words outside the plot.
pub fn around(chart: &Chart, plot: &Plot, drawn: &mut Vec<Drawn>) {
    names_of_bands(chart, plot, drawn);
    x_ticks(chart, plot, drawn);
    if chart.y.kind == ScaleKind::Band {
        rows::draw(chart, plot, drawn);
    } else {
        y_ticks(chart, plot, drawn);
    }
    row_ends(chart, plot, drawn);
}

fn names_of_bands(chart: &Chart, plot: &Plot, drawn: &mut Vec<Drawn>) {
    let shown = (plot.x.0, plot.x.1) == chart.x.domain;
    let Some(names) = band_names(chart, plot.width, plot.text_px).filter(|_| shown) else { return };
    let size = plot.text_px * BAND;
    for (middle, lines) in names {
        for (n, words) in lines.iter().rev().enumerate() {
            let y = plot.top - plot.text_px * 0.4 - n as f64 * size * 1.2;
            drawn.push(Drawn::words(
                plot.x_px(middle),
                y,
                Align::Middle,
                size,
                Face::Regular,
                Paint::Ink3,
                words.clone(),
            ));
        }
    }
}

fn x_ticks(chart: &Chart, plot: &Plot, drawn: &mut Vec<Drawn>) {
    let size = plot.text_px * TICK;
    let bottom = plot.top + plot.height;
    let ticks = tick_lines(chart, plot.width, plot.text_px);
    let most = most_lines(ticks.iter().map(|tick| &tick.1));
    for (at, lines) in &ticks {
        let x = plot.x_px(*at);
        if x < plot.left - 1.0 || x > plot.left + plot.width + 1.0 {
            continue;
        }
        for (n, words) in lines.iter().enumerate() {
            let y = bottom + plot.text_px * 0.45 + size * (0.78 + n as f64 * 1.25);
            let cut = lines.iter().any(|line| line.ends_with('…'));
            let whole = chart.x.ticks.iter().find(|tick| cut && tick.at == *at).map(|tick| tick.label.clone());
            let words = Drawn::words(x, y, Align::Middle, size, Face::Regular, Paint::Ink2, words.clone());
            drawn.push(words.with_whole(whole));
        }
    }
    let y = bottom + plot.text_px * 0.45 + size * (0.78 + most as f64 * 1.25 + 0.2);
    if let Some(words) = &chart.x.first_end {
        drawn.push(Drawn::words(plot.left, y, Align::Start, size, Face::Regular, Paint::Ink2, words.clone()));
    }
    if let Some(words) = &chart.x.last_end {
        let x = plot.left + plot.width;
        drawn.push(Drawn::words(x, y, Align::End, size, Face::Regular, Paint::Ink2, words.clone()));
    }
}

fn y_ticks(chart: &Chart, plot: &Plot, drawn: &mut Vec<Drawn>) {
    let size = plot.text_px * TICK;
    let mut above = f64::INFINITY;
    let mut ticks: Vec<(f64, &str)> =
        chart.y.ticks.iter().map(|tick| (plot.y_px(chart, tick.at), tick.label.as_str())).collect();
    ticks.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (y, words) in ticks {
        let outside = y < plot.top - 1.0 || y > plot.top + plot.height + 1.0;
        if outside || above - y < size * 1.15 {
            continue;
        }
        above = y;
        let (x, y) = (plot.left - plot.text_px * 0.6, y + text::HALF_CAP * size);
        drawn.push(Drawn::words(x, y, Align::End, size, Face::Regular, Paint::Ink2, words.to_owned()));
    }
    if let Some(words) = &chart.y.last_end {
        let y = plot.top - plot.text_px * 0.85;
        let x = plot.left - plot.margins.left + 1.0;
        drawn.push(Drawn::words(x, y, Align::Start, size, Face::Regular, Paint::Ink2, words.clone()));
    }
    if let Some(words) = &chart.y.first_end {
        let y = plot.top + plot.height + plot.text_px * 2.6;
        let x = plot.left - plot.margins.left + 1.0;
        drawn.push(Drawn::words(x, y, Align::Start, size, Face::Regular, Paint::Ink2, words.clone()));
    }
}

fn row_ends(chart: &Chart, plot: &Plot, drawn: &mut Vec<Drawn>) {
    let columns = note_columns(chart, plot.text_px);
    let row_px = plot.row_px();
    let mut left = plot.left + plot.width + plot.margins.ends.1;
    for (number, column) in columns.iter().enumerate() {
        left += plot.text_px * 1.4;
        let (x, align) = if column.numeric { (left + column.width, Align::End) } else { (left, Align::Start) };
        if let Some(head) = chart.row_heads.get(number) {
            let (y, size) = (plot.top - plot.text_px * 0.85, plot.text_px * TICK);
            drawn.push(Drawn::words(x, y, align, size, Face::Regular, Paint::Ink2, head.clone()));
        }
        for note in chart.row_notes.iter().filter(|note| note.column == number) {
            let size = note_size(note, row_px);
            let y = plot.y_px(chart, note.row as f64) + text::HALF_CAP * size;
            if y < plot.top || y > plot.top + plot.height + size {
                continue;
            }
            let paint = match note.gain {
                Some(true) => Paint::Gain,
                Some(false) => Paint::Loss,
                None if note.bold => Paint::Ink,
                None => Paint::Ink3,
            };
            let words = Drawn::words(x, y, align, size, note_face(note), paint, note.text.clone());
            drawn.push(words.of(note.mark.clone()));
        }
        left += column.width;
    }
}
