//! A page as SVG: text as text, every mark an element with its id and its words.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{Canvas, layout};
use crate::{
    chart::{
        Chart, MarkId,
        place::{Align, Drawn, Item, Stroke, hatch_lines},
        text::Face,
        tokens::{Paint, Theme},
    },
    error::Error,
    source::Source,
};

/// The bytes of an SVG file.
///
/// # Errors
/// None; the signature is every encoder's.
pub fn encode(chart: &Chart, _sources: &[&Source], canvas: &Canvas) -> Result<Vec<u8>, Error> {
    Ok(svg(chart, canvas).into_bytes())
}

/// The SVG of a chart on a canvas.
pub fn svg(chart: &Chart, canvas: &Canvas) -> String {
    let (width, height) = (canvas.width, canvas.height);
    let mut out = String::with_capacity(64 * 1024);
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"chart-title chart-description\">"
    );
    let _ = writeln!(out, "<title id=\"chart-title\">{}</title>", escaped(&chart.title));
    let _ = writeln!(out, "<desc id=\"chart-description\">{}</desc>", escaped(&chart.alt));
    let card = canvas.theme.rgb(Paint::Card).hex();
    let _ = writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"{card}\"/>");
    out.push_str("<g font-family=\"'Noto Sans', 'DejaVu Sans', sans-serif\">\n");
    let page = layout::page(chart, canvas);
    Writer { chart, theme: canvas.theme, out: &mut out, named: BTreeSet::new() }.pieces(&page.drawn);
    out.push_str("</g>\n</svg>\n");
    out
}

struct Writer<'a> {
    chart: &'a Chart,
    theme: Theme,
    out: &'a mut String,
    named: BTreeSet<MarkId>,
}

impl Writer<'_> {
    /// Pieces of one mark that follow one another stand in a group; the first group of a mark has its id.
    fn pieces(mut self, drawn: &[Drawn]) {
        for run in drawn.chunk_by(|a, b| a.mark == b.mark) {
            let mark = run.first().and_then(|piece| piece.mark.as_ref());
            if let Some(mark) = mark {
                self.open(mark);
            }
            for piece in run {
                self.item(&piece.item);
            }
            if mark.is_some() {
                self.out.push_str("</g>\n");
            }
        }
        // A mark whose words had no room is still an element.
        for mark in &self.chart.marks {
            if !self.named.contains(&mark.id) {
                self.open(&mark.id);
                self.out.push_str("</g>\n");
            }
        }
    }

    fn open(&mut self, id: &MarkId) {
        let attribute = if self.named.insert(id.clone()) { "id" } else { "data-mark" };
        let _ = write!(self.out, "<g {attribute}=\"{}\">", escaped(&id.0));
        if let Some(mark) = self.chart.mark(id) {
            let _ = write!(self.out, "<title>{}</title>", escaped(&mark.sentence()));
        }
    }

    fn item(&mut self, item: &Item) {
        let out = &mut *self.out;
        match item {
            Item::Rect { area, fill, stroke } => {
                let (x, y, w, h) = (area.left, area.top, area.right - area.left, area.bottom - area.top);
                let fill = fill.map_or_else(|| "none".to_owned(), |fill| self.theme.rgb(fill).hex());
                let _ = write!(out, "<rect x=\"{}\" y=\"{}\"", n(x), n(y));
                let _ = write!(out, " width=\"{}\" height=\"{}\" fill=\"{fill}\"", n(w.max(0.0)), n(h.max(0.0)));
                stroked(out, self.theme, stroke.as_ref());
                out.push_str("/>");
            }
            Item::Hatch { area, step } => {
                out.push_str("<path d=\"");
                for (from, to) in hatch_lines(*area, *step) {
                    let _ = write!(out, "M{} {}L{} {}", n(from.0), n(from.1), n(to.0), n(to.1));
                }
                let stroke = Stroke { paint: HATCH, width: step * 0.12, dash: None };
                out.push_str("\" fill=\"none\"");
                stroked(out, self.theme, Some(&stroke));
                out.push_str("/>");
            }
            Item::Line { from, to, stroke } => {
                let _ = write!(out, "<path d=\"M{} {}L{} {}\" fill=\"none\"", n(from.0), n(from.1), n(to.0), n(to.1));
                stroked(out, self.theme, Some(stroke));
                out.push_str("/>");
            }
            Item::Circle { at, radius, fill, stroke } => {
                let fill = self.theme.rgb(*fill).hex();
                let _ =
                    write!(out, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{fill}\"", n(at.0), n(at.1), n(*radius));
                stroked(out, self.theme, stroke.as_ref());
                out.push_str("/>");
            }
            Item::Text { x, y, align, size, face, paint, text, whole } => {
                let _ = write!(out, "<text x=\"{}\" y=\"{}\" font-size=\"{}\"", n(*x), n(*y), n(*size));
                out.push_str(match align {
                    Align::Start => "",
                    Align::Middle => " text-anchor=\"middle\"",
                    Align::End => " text-anchor=\"end\"",
                });
                out.push_str(match face {
                    Face::Regular => "",
                    Face::Bold => " font-weight=\"700\"",
                    Face::Italic => " font-style=\"italic\"",
                });
                let _ = write!(out, " fill=\"{}\">", self.theme.rgb(*paint).hex());
                if let Some(whole) = whole {
                    let _ = write!(out, "<title>{}</title>", escaped(whole));
                }
                let _ = write!(out, "{}</text>", escaped(text));
            }
        }
        out.push('\n');
    }
}

const HATCH: Paint = Paint::Tone(crate::chart::Tone::Missing);

fn stroked(out: &mut String, theme: Theme, stroke: Option<&Stroke>) {
    let Some(stroke) = stroke else { return };
    let _ = write!(out, " stroke=\"{}\" stroke-width=\"{}\"", theme.rgb(stroke.paint).hex(), n(stroke.width));
    if let Some(dash) = stroke.dash {
        let _ = write!(out, " stroke-dasharray=\"{}\"", n(dash));
    }
}

/// A coordinate with at most two digits after the point.
fn n(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Words as XML text or attribute; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, n};

    #[test]
    fn coordinates_have_two_digits_at_most_and_no_negative_zero() {
        assert_eq!([n(1.005_01), n(2.5), n(-0.001), n(100.0)], ["1.01", "2.5", "0", "100"]);
    }

    #[test]
    fn words_are_safe_in_xml() {
        assert_eq!(escaped("a<b> & \"c\"\u{1}\n"), "a&lt;b&gt; &amp; &quot;c&quot; ");
    }
}
