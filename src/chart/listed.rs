//! Labels that have no room beside their marks: listed under the plot, each behind its mark's sign.

use super::{
    Chart, MarkId, labels,
    place::{Align, Area, Drawn, Plot, TICK},
    shapes, text,
    text::Face,
    tokens::Paint,
};

/// The list takes no more than this part of the area; what is left is counted, and told on hover.
const MOST: f64 = 0.3;
/// What the list begins with.
const HEAD: &str = "No room for labels:";

/// A chart set in an area: the plot, and under it the labels that have no room in it.
pub struct Sheet {
    /// The plot, lower where labels are listed.
    pub plot: Plot,
    /// The marks whose labels are listed.
    pub listed: Vec<MarkId>,
    /// The list.
    pub list: Vec<Drawn>,
}

/// Sets a chart in an area. A lower plot may leave out more labels: the list grows until it names them all.
pub fn sheet(chart: &Chart, area: Area, text_px: f64) -> Sheet {
    let mut listed: Vec<MarkId> = Vec::new();
    let mut height = 0.0;
    loop {
        let plot = Plot::whole(chart, Area { bottom: area.bottom - height, ..area }, text_px);
        let out = labels::labels(chart, &plot, &listed, &mut Vec::new());
        if out.is_empty() {
            let mut list = list(chart, &listed, area, text_px).0;
            list.iter_mut().for_each(|piece| piece.lower(area.bottom - height - area.top + text_px * 0.5));
            return Sheet { plot, listed, list };
        }
        listed.extend(out);
        listed.sort_by_key(|id| chart.marks.iter().position(|mark| mark.id == *id));
        height = list(chart, &listed, area, text_px).1;
    }
}

/// Signs and sentences in lines from the top left of an area; with the height they take and the space above them.
fn list(chart: &Chart, listed: &[MarkId], area: Area, text_px: f64) -> (Vec<Drawn>, f64) {
    if listed.is_empty() {
        return (Vec::new(), 0.0);
    }
    let size = text_px * TICK;
    let (line, sign) = (size * 1.4, text_px * 1.1);
    let most = ((area.bottom - area.top) * MOST / line).max(1.0) as usize;
    let width = |words: &str| text::width(words, size, Face::Regular);
    let marks: Vec<_> = listed.iter().filter_map(|id| chart.mark(id)).collect();
    let mut drawn = Vec::new();
    let (mut x, mut row) = (area.left, 0);
    let y = |row: usize| area.top + line * (row as f64 + 0.75);
    let write = |x: f64, row: usize, paint: Paint, words: String| {
        Drawn::words(x, y(row), Align::Start, size, Face::Regular, paint, words)
    };
    drawn.push(write(x, 0, Paint::Ink3, HEAD.to_owned()));
    x += width(HEAD) + sign * 0.7;
    for (n, mark) in marks.iter().enumerate() {
        let sentence = mark.sentence();
        let more = marks.len() - n;
        let count = format!("and {more} more");
        // The last line keeps room to say how many are left.
        let keep = |row: usize| if row + 1 == most && more > 1 { width(&count) + sign } else { 0.0 };
        if x > area.left && x + sign + width(&sentence) + keep(row) > area.right {
            if row + 1 == most {
                let rest = marks.iter().skip(n).map(|mark| mark.sentence()).collect::<Vec<_>>().join("\n");
                drawn.push(write(x, row, Paint::Ink2, count).with_whole(Some(rest)));
                break;
            }
            (x, row) = (area.left, row + 1);
        }
        let id = Some(mark.id.clone());
        let at = drawn.len();
        let middle = (x + text_px * 0.4, y(row) - text::HALF_CAP * size);
        shapes::sign(chart, mark.style, middle, text_px * 0.7, &mut drawn);
        drawn.iter_mut().skip(at).for_each(|piece| piece.mark.clone_from(&id));
        let shown = text::shorten(&sentence, size, Face::Regular, area.right - x - sign - keep(row));
        let whole = (shown != sentence).then(|| sentence.clone());
        x += sign + width(&shown) + sign;
        drawn.push(write(x - sign - width(&shown), row, Paint::Ink2, shown).with_whole(whole).of(id));
    }
    (drawn, line * (row as f64 + 1.0) + text_px * 0.5)
}
