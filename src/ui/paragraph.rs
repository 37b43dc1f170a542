//! One block of a report as laid-out text that still knows which byte of the source each character is.

use std::sync::Arc;

use egui::{
    Color32, FontId, Galley, Painter, Pos2, Rect, Vec2,
    text::{CCursor, LayoutJob, TextFormat},
    vec2,
};

use super::theme::font;
use crate::{
    chart::{
        text::{self, Face},
        tokens::size,
    },
    reading::Paragraph,
    source::{BlockKind, Span},
};

/// How a block is to look.
pub struct Look<'a> {
    /// Width of the column, px.
    pub width: f32,
    /// Colour of the words.
    pub ink: Color32,
    /// Spans in bold, in order.
    pub bold: &'a [Span],
    /// Spans in a colour of their own.
    pub inked: Option<(Span, Color32)>,
    /// Whether `#` and `**` are marks of Markdown.
    pub markdown: bool,
}

/// A run of words in one place.
struct Fragment {
    galley: Arc<Galley>,
    at: Vec2,
    /// The byte in the source of each character shown.
    starts: Vec<usize>,
}

/// A block, laid out from its top left corner.
pub struct Laid {
    fragments: Vec<Fragment>,
    /// Its height, px.
    pub height: f32,
}

/// A part of a span on one line: what it covers, and its baseline.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// What it covers.
    pub rect: Rect,
    /// The line its letters stand on.
    pub baseline: f32,
}

/// A character shown, with its byte in the source.
#[derive(Clone, Copy)]
struct Shown {
    char: char,
    byte: usize,
    bold: bool,
}

impl Laid {
    /// Paints it with its top left corner at `at`.
    pub fn paint(&self, painter: &Painter, at: Pos2) {
        for fragment in &self.fragments {
            painter.galley(at + fragment.at, Arc::clone(&fragment.galley), Color32::PLACEHOLDER);
        }
    }

    /// Where a span stands, a piece a line, from the block's top left corner.
    pub fn pieces(&self, span: Span) -> Vec<Piece> {
        self.fragments.iter().flat_map(|fragment| fragment.pieces(span)).collect()
    }
}

impl Fragment {
    fn pieces(&self, span: Span) -> Vec<Piece> {
        let from = self.starts.partition_point(|byte| *byte < span.start);
        let to = self.starts.partition_point(|byte| *byte < span.end);
        if from >= to {
            return Vec::new();
        }
        let start = self.galley.layout_from_cursor(CCursor { index: from.into(), prefer_next_row: true });
        let end = self.galley.layout_from_cursor(CCursor { index: to.into(), prefer_next_row: false });
        (start.row..=end.row)
            .filter_map(|n| {
                let row = self.galley.rows.get(n)?;
                let left = if n == start.row { row.x_offset(start.column) } else { 0.0 };
                let right = if n == end.row { row.x_offset(end.column) } else { row.row.size.x };
                let size = row.row.glyphs.first().map_or(size::REPORT as f32, |glyph| glyph.font_height / 1.362);
                let baseline = self.at.y + row.pos.y + row.row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y);
                let x = self.at.x + row.pos.x;
                let y = (baseline - size * 0.98)..=(baseline + size * 0.34);
                (right > left).then(|| Piece { rect: Rect::from_x_y_ranges(x + left..=x + right, y), baseline })
            })
            .collect()
    }
}

/// Lays a block out.
pub fn lay(painter: &Painter, source: &str, paragraph: &Paragraph, look: &Look<'_>) -> Laid {
    if paragraph.kind == BlockKind::Table {
        return table(painter, source, paragraph.span, look);
    }
    let shown = shown(source, paragraph, look.markdown);
    let (face, size_px, line) = match paragraph.kind {
        BlockKind::Title => (Face::Bold, size::TITLE, 26.0),
        BlockKind::Heading(_) => (Face::Bold, size::REPORT + 1.0, size::REPORT_LINE),
        BlockKind::Caption => (Face::Bold, size::TEXT, 20.0),
        BlockKind::Footnote => (Face::Regular, size::LABEL, 18.0),
        BlockKind::Paragraph | BlockKind::Table => (Face::Regular, size::REPORT, size::REPORT_LINE),
    };
    let galley = painter.layout_job(job(&shown, look, face, size_px, Some(line), look.width));
    let height = galley.size().y;
    let starts = shown.iter().map(|shown| shown.byte).collect();
    Laid { fragments: vec![Fragment { galley, at: Vec2::ZERO, starts }], height }
}

/// How high a block will be, without laying it out.
pub fn estimate(paragraph: &Paragraph, source: &str, width: f32) -> f32 {
    let line = size::REPORT_LINE as f32;
    match paragraph.kind {
        BlockKind::Title | BlockKind::Heading(_) => line,
        BlockKind::Table => paragraph.span.of(source).map_or(line, |words| (words.lines().count() as f32 + 1.0) * 22.0),
        _ => {
            let letters = paragraph.span.len() as f32;
            (letters * size::REPORT as f32 * 0.53 / width).ceil().max(1.0) * line
        }
    }
}

fn job(shown: &[Shown], look: &Look<'_>, face: Face, size_px: f64, line: Option<f64>, width: f32) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let format = |bold: bool, colour: Color32| {
        let face = if bold { Face::Bold } else { face };
        let font_id: FontId = font(face, size_px);
        TextFormat { font_id, color: colour, line_height: line.map(|line| line as f32), ..TextFormat::default() }
    };
    let mut bolds = look.bold.iter().peekable();
    let mut run = String::new();
    let mut now = (false, look.ink);
    for shown in shown {
        while bolds.next_if(|span| span.end <= shown.byte).is_some() {}
        let bold = shown.bold || bolds.peek().is_some_and(|span| span.start <= shown.byte);
        let colour = match look.inked {
            Some((span, colour)) if span.start <= shown.byte && shown.byte < span.end => colour,
            _ => look.ink,
        };
        if (bold, colour) != now {
            job.append(&run, 0.0, format(now.0, now.1));
            run.clear();
            now = (bold, colour);
        }
        run.push(shown.char);
    }
    job.append(&run, 0.0, format(now.0, now.1));
    job
}

/// The characters of a block as they are shown: line ends are spaces, marks of Markdown are not shown.
fn shown(source: &str, paragraph: &Paragraph, markdown: bool) -> Vec<Shown> {
    let span = paragraph.span;
    let words = span.of(source).unwrap_or_default();
    let mut all = Vec::with_capacity(words.len());
    let mut bold = false;
    let mut chars = words.char_indices().peekable();
    if markdown && matches!(paragraph.kind, BlockKind::Title | BlockKind::Heading(_)) {
        while chars.next_if(|(_, c)| *c == '#' || *c == ' ').is_some() {}
    }
    while let Some((at, char)) = chars.next() {
        let byte = span.start + at;
        match char {
            '*' if markdown && chars.next_if(|(_, c)| *c == '*').is_some() => bold = !bold,
            '\r' => {}
            '\n' => all.push(Shown { char: ' ', byte, bold }),
            char => {
                let run_in = paragraph.run_in.is_some_and(|head| head.start <= byte && byte <= head.end);
                all.push(Shown { char, byte, bold: bold || run_in });
            }
        }
    }
    all
}

/// Between the columns of a table, px.
const GAP: f32 = 8.0;
/// Size of the head of a table, px.
const HEAD: f64 = size::CAPTION - 0.5;

/// The cells of one line of a table.
struct Line {
    cells: Vec<Span>,
    head: bool,
}

/// A table in plain text or Markdown: names at the left, numbers in columns at the right.
fn table(painter: &Painter, source: &str, span: Span, look: &Look<'_>) -> Laid {
    let lines = lines(source, span);
    let rights = columns(source, &lines, look.width);
    let mut laid = Laid { fragments: Vec::new(), height: 0.0 };
    for line in &lines {
        let mut height: f32 = 22.0;
        for (n, cell) in line.cells.iter().enumerate() {
            let alone = line.cells.len() == 1;
            let right = rights.get(n).copied().unwrap_or(look.width);
            let left = n.checked_sub(1).and_then(|before| rights.get(before)).map_or(0.0, |right| right + GAP);
            let width = if alone { look.width } else { right - left };
            let (face, size_px) = (Face::Regular, if line.head { HEAD } else { size::TEXT });
            let words = cell.of(source).unwrap_or_default();
            let shown: Vec<Shown> =
                words.char_indices().map(|(at, char)| Shown { char, byte: cell.start + at, bold: false }).collect();
            let galley = painter.layout_job(job(&shown, look, face, size_px, None, width));
            let left = if n == 0 || alone { 0.0 } else { right - galley.size().x };
            height = height.max(galley.size().y + 4.0);
            let starts = shown.iter().map(|shown| shown.byte).collect();
            laid.fragments.push(Fragment { galley, at: vec2(left, laid.height + 2.0), starts });
        }
        laid.height += height;
    }
    laid
}

/// Where each column ends: no narrower than its longest word, the first column as wide as is left.
fn columns(source: &str, lines: &[Line], room: f32) -> Vec<f32> {
    let count = lines.iter().map(|line| line.cells.len()).max().unwrap_or(1);
    let mut widths = vec![16.0_f32; count];
    for line in lines.iter().filter(|line| line.cells.len() > 1) {
        let size_px = if line.head { HEAD } else { size::TEXT };
        for (cell, width) in line.cells.iter().zip(&mut widths).skip(1) {
            let words = cell.of(source).unwrap_or_default();
            let longest = words.split_inclusive(['-', ' ']).map(|word| text::width(word.trim(), size_px, Face::Bold));
            *width = width.max(longest.fold(0.0, f64::max) as f32 + 1.0);
        }
    }
    let numbers: f32 = widths.iter().skip(1).map(|width| width + GAP).sum();
    let squeeze = if numbers > room * 0.7 { room * 0.7 / numbers } else { 1.0 };
    if let Some(first) = widths.first_mut() {
        *first = room - numbers * squeeze;
    }
    let mut right = 0.0;
    let place = |(n, width): (usize, &f32)| {
        right += if n == 0 { *width } else { (width + GAP) * squeeze };
        right
    };
    widths.iter().enumerate().map(place).collect()
}

fn lines(source: &str, span: Span) -> Vec<Line> {
    let words = span.of(source).unwrap_or_default();
    let mut all = Vec::new();
    let mut start = span.start;
    for line in words.split_inclusive('\n') {
        let here = Span::new(start, start + line.trim_end().len());
        start += line.len();
        let cells = if line.trim_start().starts_with('|') { piped(source, here) } else { spaced(source, here) };
        let rule = cells.iter().all(|cell| cell.of(source).is_some_and(|c| c.chars().all(|c| "-: ".contains(c))));
        if !rule && !cells.is_empty() {
            let numbers = cells.iter().skip(1).filter_map(|cell| cell.of(source)).filter(|cell| is_number(cell));
            let head = all.is_empty() && numbers.count() == 0;
            all.push(Line { cells, head });
        }
    }
    all
}

/// The cells of `| a | b |`.
fn piped(source: &str, line: Span) -> Vec<Span> {
    let words = line.of(source).unwrap_or_default();
    let mut cells = Vec::new();
    let mut start = line.start;
    for cell in words.split('|') {
        cells.push(trimmed(source, Span::new(start, start + cell.len())));
        start += cell.len() + 1;
    }
    // Nothing stands before the first bar and behind the last one.
    cells.truncate(cells.len().saturating_sub(1));
    if !cells.is_empty() {
        cells.remove(0);
    }
    cells
}

/// The cells of `Grey Hand 0 0 0 1 1`: numbers at the end, the rest a name.
fn spaced(source: &str, line: Span) -> Vec<Span> {
    let mut name = trimmed(source, line);
    let mut numbers = Vec::new();
    while let Some(words) = name.of(source) {
        let Some(at) = words.rfind(char::is_whitespace) else { break };
        let space = words[at..].chars().next().map_or(1, char::len_utf8);
        let token = Span::new(name.start + at + space, name.end);
        if !token.of(source).is_some_and(is_number) {
            break;
        }
        numbers.push(token);
        name = trimmed(source, Span::new(name.start, name.start + at));
    }
    std::iter::once(name).chain(numbers.into_iter().rev()).filter(|span| !span.is_empty()).collect()
}

fn is_number(words: &str) -> bool {
    !words.is_empty() && words.chars().all(|c| c.is_ascii_digit() || "-–−.,%".contains(c))
}

fn trimmed(source: &str, span: Span) -> Span {
    let words = span.of(source).unwrap_or_default();
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

#[cfg(test)]
mod tests {
    use super::{lines, shown};
    use crate::{
        reading::Paragraph,
        source::{BlockKind, Span},
    };

    fn cells(source: &str) -> Vec<Vec<&str>> {
        let all = lines(source, Span::new(0, source.len()));
        all.iter().map(|line| line.cells.iter().filter_map(|cell| cell.of(source)).collect()).collect()
    }

    #[test]
    fn a_plain_table_has_its_numbers_in_columns() {
        let rows = cells("Party List Total\r\nGrey Hand 0 1\r\nUnlisted -- 18");
        assert_eq!(rows, [vec!["Party List Total"], vec!["Grey Hand", "0", "1"], vec!["Unlisted", "--", "18"]]);
    }

    #[test]
    fn a_markdown_table_has_its_cells_without_bars() {
        assert_eq!(cells("| Party | Total |\n|---|---:|\n| Reds | 42 |"), [vec!["Party", "Total"], vec!["Reds", "42"]]);
    }

    #[test]
    fn every_shown_character_knows_its_byte() {
        let source = "**Head.** Қос\r\nтіл";
        let span = Span::new(0, source.len());
        let paragraph = Paragraph { span, section: 0, number: 1, kind: BlockKind::Paragraph, run_in: None };
        let all = shown(source, &paragraph, true);
        assert_eq!(all.iter().map(|s| s.char).collect::<String>(), "Head. Қос тіл");
        assert!(all.iter().all(|s| source.is_char_boundary(s.byte)));
        assert!(all[0].bold && !all[6].bold);
    }
}
