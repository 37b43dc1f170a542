//! The page: title, subtitle, legend, plot, notes and source line, on a canvas of any size.

use super::Canvas;
use crate::chart::{
    Chart, ScaleKind, Scenery,
    place::{self, Align, Area, Drawn, Item, Plot},
    text::{self, Face},
    tokens::{Paint, size},
};

/// A page to paint, on the card's colour.
pub struct Page {
    /// Everything on it, in the order of painting.
    pub drawn: Vec<Drawn>,
}

/// Rows are no farther apart than this many times their text.
const MOST_PITCH: f64 = 9.0;

/// Lays a chart out.
pub fn page(chart: &Chart, canvas: &Canvas) -> Page {
    let (width, height) = (f64::from(canvas.width), f64::from(canvas.height));
    let unit = unit(width, height);
    let pad = (40.0 * unit).min(width * 0.045).max(12.0);
    let mut drawn = Vec::new();
    let room = width - 2.0 * pad;
    let top = heading(chart, pad, pad * 0.8, room, unit, &mut drawn);
    let text_px = (size::TEXT_PAGE * unit).max(size::SMALLEST);
    let foot = Foot { left: pad, bottom: height - pad * 0.65, room, unit, most: height * 0.3 };

    // Names of bands that have no room over the plot go to the notes, which takes height from the plot: ask first.
    let trial = Plot::whole(chart, Area { left: pad, right: width - pad, top, bottom: height * 0.75 }, text_px);
    let mut notes = chart.notes.clone();
    if !place::names_bands(chart, &trial) {
        notes.insert(0, bands_in_words(chart));
    }
    let bottom = foot.write(&notes, &source(chart), &mut drawn);

    let (legend, height, left) = legend(chart, trial.left, pad, top, width, text_px);
    // Heads of columns at the right leave the line over the plot free for a legend of one line.
    let right = legend.iter().map(|piece| piece.area().right).fold(left, f64::max);
    let shares_line = !chart.row_heads.is_empty() && right <= trial.left + trial.width && height < text_px * 2.0;
    drawn.extend(legend);
    let top = match height > 0.0 {
        // Both stand on one line: the heads 0.85 above the plot, the legend's words a third below its middle.
        true if shares_line => top + height / 2.0 + text_px * (0.85 + 0.33) - trial.margins.top,
        true => top + height + text_px * 0.5,
        false => top,
    };
    let mut area = Area { left: pad, right: width - pad, top, bottom: (bottom - text_px).max(top + 40.0) };
    if chart.y.kind == ScaleKind::Band {
        let over = Plot::whole(chart, area, text_px).height - chart.y.ticks.len() as f64 * text_px * MOST_PITCH;
        area.bottom -= over.max(0.0);
    }
    let sheet = place::sheet(chart, area, text_px);
    drawn.extend(place::place(chart, &sheet.plot, &sheet.listed));
    drawn.extend(sheet.list);
    Page { drawn }
}

/// What sizes of a page 1200 px wide are multiplied by.
fn unit(width: f64, height: f64) -> f64 {
    let area = (width * height / (1200.0 * 675.0)).sqrt();
    area.min(width / 1200.0 * 1.3).clamp(0.62, 4.0)
}

fn heading(chart: &Chart, left: f64, top: f64, room: f64, unit: f64, drawn: &mut Vec<Drawn>) -> f64 {
    let mut y = top;
    let mut write = |text: &str, size: f64, face: Face, paint: Paint, leading: f64| {
        for words in text::wrap_even(text, size, face, room) {
            y += size * leading;
            drawn.push(line(left, y - size * 0.25, size, face, paint, words));
        }
    };
    write(&chart.title, (size::TITLE_PAGE * unit).max(13.0), Face::Bold, Paint::Ink, 1.28);
    let subtitle = (size::SUBTITLE_PAGE * unit).max(size::SMALLEST + 1.0);
    write(&chart.subtitle, subtitle, Face::Regular, Paint::Ink2, 1.5);
    y + subtitle * 1.1
}

fn line(left: f64, y: f64, size: f64, face: Face, paint: Paint, text: String) -> Drawn {
    let item = Item::Text { x: left, y, align: Align::Start, size, face, paint, text, whole: None };
    Drawn { item, mark: None, clip: false }
}

/// Over the plot's left edge where it has room there, else from the page's: what is drawn, its height, its left edge.
fn legend(chart: &Chart, plot_left: f64, pad: f64, top: f64, width: f64, text_px: f64) -> (Vec<Drawn>, f64, f64) {
    let right = width - pad;
    let (over_plot, height) = place::legend(chart, plot_left, top, right - plot_left, text_px);
    let (from_edge, least) = place::legend(chart, pad, top, right - pad, text_px);
    if height <= least { (over_plot, height, plot_left) } else { (from_edge, least, pad) }
}

fn source(chart: &Chart) -> String {
    let stop = if chart.source_line.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{}{stop} Nisba {}", chart.source_line, chart.hash)
}

fn bands_in_words(chart: &Chart) -> String {
    let names: Vec<String> = chart
        .scenery
        .iter()
        .filter_map(|scenery| match scenery {
            Scenery::Band { from, to, label, .. } => Some(format!("{from}–{to} {label}")),
            Scenery::Line { .. } => None,
        })
        .collect();
    format!("Bands, from the left: {}.", names.join(", "))
}

/// Notes and source line, from the bottom of the page upwards.
struct Foot {
    left: f64,
    bottom: f64,
    room: f64,
    unit: f64,
    /// No higher than this: what has no room is in the table and the description.
    most: f64,
}

impl Foot {
    fn write(&self, notes: &[String], source: &str, drawn: &mut Vec<Drawn>) -> f64 {
        let size = (size::NOTE_PAGE * self.unit).max(size::SMALLEST);
        let leading = size * 1.42;
        let source = text::wrap(source, size, Face::Regular, self.room);
        let all = notes.join(" ");
        let mut notes = text::wrap(&all, size, Face::Regular, self.room);
        let most = ((self.most / leading) as usize).saturating_sub(source.len()).max(1);
        if notes.len() > most {
            notes.truncate(most);
            if let Some(last) = notes.last_mut() {
                *last = text::shorten(&format!("{last} {}", "…".repeat(3)), size, Face::Regular, self.room);
            }
        }
        let gap = if notes.is_empty() { 0.0 } else { size * 0.45 };
        let top = self.bottom - (source.len() + notes.len()) as f64 * leading - gap;
        let mut y = top;
        for words in notes {
            y += leading;
            let whole = words.ends_with('…').then(|| all.clone());
            drawn.push(line(self.left, y, size, Face::Regular, Paint::Ink2, words).with_whole(whole));
        }
        y += gap;
        for words in source {
            y += leading;
            drawn.push(line(self.left, y, size, Face::Regular, Paint::Ink3, words));
        }
        top
    }
}
