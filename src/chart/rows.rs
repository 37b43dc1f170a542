//! Beside the rows of a plot: the column of their names, broken over lines, and the room for labels at both ends.

use super::{
    Chart, Mark, ScaleKind, Shape,
    axes::{domain_part, label_width},
    place::{Align, Drawn, LABEL, Plot},
    text,
    text::Face,
    tokens::Paint,
};

/// Names take no more than this part of the width while a line each is enough …
const MOST_IN_A_LINE: f64 = 0.34;
/// … and no more than this where even broken they need it, or where the rows are too close for two lines.
const MOST: f64 = 0.42;
/// Between names and plot, in units of the text.
const GAP: f64 = 0.9;
/// A name is broken into so many lines at most.
const MOST_LINES: usize = 3;
/// From line to line of a broken name, in ems.
const LEADING: f64 = 1.08;
/// Between the names of two rows, in ems.
const APART: f64 = 0.12;
/// Names are made so much smaller before one is cut.
const SIZES: [f64; 3] = [1.0, 0.94, 0.88];

/// Row names as they are drawn.
struct Names {
    size: f64,
    lines: Vec<Vec<String>>,
}

impl Names {
    /// Broken to a width, at a size.
    fn broken(chart: &Chart, size: f64, room: f64) -> Self {
        let lines = |label: &str| text::wrap_even(label, size, Face::Regular, room);
        Self { size, lines: chart.y.ticks.iter().map(|tick| lines(&tick.label)).collect() }
    }

    fn are_whole(&self) -> bool {
        self.lines.iter().all(|lines| lines.len() <= MOST_LINES && !is_cut(lines))
    }

    /// What a name inks, top to bottom.
    fn height(&self, row: usize) -> f64 {
        let lines = self.lines.get(row).map_or(1, Vec::len).max(1);
        self.size * (1.0 + (lines as f64 - 1.0) * LEADING)
    }

    /// The distance of rows at which no name touches another, nor the first and last what is beyond the plot.
    fn pitch(&self) -> f64 {
        let ends = [0, self.lines.len().saturating_sub(1)].map(|row| self.height(row) - self.size * 0.7);
        let pair = |row: usize| (self.height(row - 1) + self.height(row)) / 2.0 + self.size * APART;
        (1..self.lines.len()).map(pair).chain(ends).fold(0.0, f64::max)
    }
}

fn is_cut(lines: &[String]) -> bool {
    lines.iter().any(|line| line.ends_with('…'))
}

/// The names at the largest size at which all are whole and none touches another; else as much of each as there is
/// room for.
fn names(chart: &Chart, room: f64, pitch: f64, text_px: f64) -> Names {
    let size = text_px.min(pitch * 0.82);
    let sizes = SIZES.map(|part| Names::broken(chart, size * part, room));
    if let Some(whole) = sizes.into_iter().find(|names| names.are_whole() && names.pitch() <= pitch) {
        return whole;
    }
    let size = size * SIZES[2];
    let most = (((pitch / size - 1.0 - APART) / LEADING) as usize + 1).clamp(1, MOST_LINES);
    let cut = |label: &str| {
        let lines = text::wrap_even(label, size, Face::Regular, room);
        if lines.len() <= most {
            return lines;
        }
        let mut kept: Vec<String> = text::wrap(label, size, Face::Regular, room);
        let rest = kept.split_off(most - 1).join(" ");
        kept.push(text::shorten(&rest, size, Face::Regular, room));
        kept
    };
    Names { size, lines: chart.y.ticks.iter().map(|tick| cut(&tick.label)).collect() }
}

/// The width of the column of names with the gap behind it, for rows in a height of px.
pub fn column(chart: &Chart, width_px: f64, height_px: f64, text_px: f64) -> f64 {
    let gap = GAP * text_px;
    let in_a_line = |label: &str| text::width(label, text_px, Face::Regular);
    let labels = || chart.y.ticks.iter().map(|tick| tick.label.as_str());
    let widest = labels().map(in_a_line).fold(0.0, f64::max);
    let most = (width_px * MOST_IN_A_LINE - gap).max(0.0);
    if widest <= most {
        return widest + gap + 1.0;
    }
    let narrow = |label: &str| if in_a_line(label) <= most { in_a_line(label) } else { halved(label, text_px) };
    let broken = labels().map(narrow).fold(0.0, f64::max).min(width_px * MOST - gap) + 1.0;
    let pitch = height_px / labels().count().max(1) as f64;
    let small = Names::broken(chart, text_px.min(pitch * 0.82) * SIZES[2], broken);
    let serves = small.are_whole() && small.pitch() <= pitch;
    (if serves { broken } else { widest.min(width_px * MOST - gap) + 1.0 }) + gap
}

/// The least width that holds a name in two lines.
fn halved(label: &str, size: f64) -> f64 {
    let width = |words: &str| text::width(words.trim(), size, Face::Regular);
    let mut least = width(label);
    let mut at = 0;
    for piece in text::pieces(label) {
        at += piece.len();
        least = least.min(width(&label[..at]).max(width(&label[at..])));
    }
    least
}

/// The least distance of rows at which every name is whole and at its full size.
pub fn least_pitch(chart: &Chart, width_px: f64, text_px: f64) -> f64 {
    let room = column(chart, width_px, f64::INFINITY, text_px) - GAP * text_px;
    Names::broken(chart, text_px, room).pitch()
}

/// Draws the names.
pub fn draw(chart: &Chart, plot: &Plot, drawn: &mut Vec<Drawn>) {
    let right = plot.left - plot.margins.ends.0 - plot.text_px * GAP;
    let room = right - (plot.left - plot.margins.left);
    let names = names(chart, room, plot.pitch(), plot.text_px);
    let leading = names.size * LEADING;
    for (tick, lines) in chart.y.ticks.iter().zip(&names.lines) {
        let middle = plot.y_px(chart, tick.at);
        if middle < plot.top || middle > plot.top + plot.height {
            continue;
        }
        let whole = is_cut(lines).then(|| tick.label.clone());
        let first = middle + text::HALF_CAP * names.size - leading * (lines.len() as f64 - 1.0) / 2.0;
        for (n, words) in lines.iter().enumerate() {
            let y = first + n as f64 * leading;
            let words = Drawn::words(right, y, Align::End, names.size, Face::Regular, Paint::Ink, words.clone());
            drawn.push(words.with_whole(whole.clone()));
        }
    }
}

/// The room that labels of dots near the ends of their rows need outside a plot of this width, left and right.
pub fn ends(chart: &Chart, width_px: f64, text_px: f64) -> (f64, f64) {
    if chart.y.kind != ScaleKind::Band || chart.row_notes.is_empty() {
        return (0.0, 0.0);
    }
    let (mut left, mut right) = (0.0_f64, 0.0_f64);
    // The plot gets narrower by what is found: three rounds come near enough.
    for _ in 0..3 {
        let width = (width_px - left - right).max(1.0);
        for mark in &chart.marks {
            let (Shape::Dot { x, y }, Some(label)) = (mark.shape, &mark.label) else { continue };
            let part = domain_part(&chart.x, x);
            let words = label_width(label, text_px * LABEL) + text_px;
            let beyond = |other: &&Mark| reach(other, y).is_some_and(|(_, to)| to > x);
            if chart.marks.iter().any(|other| beyond(&other)) {
                left = left.max(words - part * width);
            } else {
                right = right.max(words - (1.0 - part) * width - text_px * 0.6);
            }
        }
    }
    (left.min(width_px * 0.12), right.min(width_px * 0.12))
}

/// From where to where a mark of this row reaches.
fn reach(mark: &Mark, row: f64) -> Option<(f64, f64)> {
    let (from, to) = match mark.shape {
        Shape::Dot { x, y } => ((x, y), (x, y)),
        Shape::Bar { from, to } | Shape::Hatch { from, to } => (from, to),
        _ => return None,
    };
    (f64::midpoint(from.1, to.1) == row).then(|| (from.0.min(to.0), from.0.max(to.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::parts::{band, frame};

    const LONG: &str = "Democratic Union of the Northern Valleys";

    fn chart(names: &[&str]) -> Chart {
        Chart { y: band(names, false), ..frame() }
    }

    #[test]
    fn a_long_name_is_broken_before_it_takes_the_plot_and_never_cut_where_rows_may_be_high() {
        let chart = chart(&["Reds", LONG, "Greens", "Farmers’ and Workers’ League of the South"]);
        for width in [300.0, 400.0, 550.0, 900.0] {
            let column = column(&chart, width, 10_000.0, 13.0);
            assert!(column <= width * MOST + 1.0, "{column} of {width}");
            let pitch = least_pitch(&chart, width, 13.0);
            let names = names(&chart, column - GAP * 13.0, pitch, 13.0);
            assert!(names.are_whole() && names.pitch() <= pitch, "{width}: {:?}", names.lines);
            assert_eq!(names.lines[1].join(" "), LONG);
        }
    }

    #[test]
    fn close_rows_get_a_wider_column_in_place_of_lines() {
        let chart = chart(&["Reds", LONG, "Farmers’ and Workers’ League of the South"]);
        let (high, low) = (column(&chart, 700.0, 300.0, 13.0), column(&chart, 700.0, 45.0, 13.0));
        assert!(low > high, "{low} {high}");
        let names = names(&chart, low - GAP * 13.0, 15.0, 13.0);
        assert!(names.lines.iter().all(|lines| lines.len() == 1), "{:?}", names.lines);
    }
}
