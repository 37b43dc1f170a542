//! Tables of scores in plain text: a header of years, a row a category; cells may run together, rows may be split.

use super::{
    super::{
        Figure, FigureStatus, Form,
        claims::{Claim, Claims, Page, Period},
        grammar::{CategoryDef, Reads},
        numeral::{Numeral, Sort},
    },
    Layouts, Odd, lines,
};
use crate::{
    format::is_absent,
    source::{BlockKind, Decimal, Span},
};

/// How many lines may stand between the table's head and its header of years, and in a label split over lines.
const MOST_LINES_BETWEEN: usize = 3;
/// A line of more words than this is prose: the table has ended.
const MOST_WORDS: usize = 14;

/// A line of a block, and the block's number.
#[derive(Clone, Copy)]
struct Line {
    paragraph: usize,
    span: Span,
}

/// A cell: its bytes, and its value where it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    span: Span,
    value: Option<Decimal>,
}

/// A column: the years its head names, `1999` or `1999/2000`, and where.
struct Column {
    span: Span,
    period: String,
    last: i32,
}

/// Claims the cells of every table whose head a rule finds. Cells that run together become numerals of their own.
pub(super) fn read(page: &mut Page, claims: &mut Claims, absent: &mut Vec<Figure>, layouts: &mut Layouts) {
    let grammar = page.grammar;
    if grammar.rules(Reads::RatingsTable).next().is_none() {
        return;
    }
    let all: Vec<Line> = (0..page.paragraphs.len())
        .flat_map(|paragraph| {
            lines(page.text, page.paragraphs[paragraph].span).into_iter().map(move |span| Line { paragraph, span })
        })
        .collect();
    for rule in grammar.rules(Reads::RatingsTable) {
        let mut at = 0;
        while at < all.len() && page.go_on(all[at].paragraph) {
            let head = rule.pattern.is_match(page.words(all[at].span));
            at += 1;
            if head {
                at += table(page, claims, absent, layouts, &all[at..]);
            }
        }
    }
}

/// Reads one table from the line behind its head. How many lines it took.
fn table(
    page: &mut Page,
    claims: &mut Claims,
    absent: &mut Vec<Figure>,
    layouts: &mut Layouts,
    rest: &[Line],
) -> usize {
    let first = rest.iter().take(MOST_LINES_BETWEEN + 1).position(|line| header(page.text, line.span).is_some());
    let Some((first, columns)) = first.and_then(|at| Some((at, header(page.text, rest[at].span)?))) else { return 0 };
    own_numerals(page, rest[first], &columns.iter().map(Column::numeral).collect::<Vec<_>>());
    note_ranges(layouts, &columns);
    let mut at = first + 1;
    let mut pending: Vec<Span> = Vec::new();
    let mut found = Vec::new();
    while let Some(line) = rest.get(at) {
        let words = page.words(line.span);
        let prose = words.split_whitespace().count() > MOST_WORDS + columns.len() || words.starts_with(['*', '†', '‡']);
        if prose || pending.len() > MOST_LINES_BETWEEN {
            break;
        }
        at += 1;
        let Some((label, tail)) = split(page.text, line.span) else {
            pending.push(line.span);
            continue;
        };
        let before = std::mem::take(&mut pending);
        let below = rest.get(at).map(|line| line.span).filter(|below| split(page.text, *below).is_none());
        let Some((name, category, took)) = category(page, &before, label, below) else {
            let what = format!("no category of {} is called `{}`", page.grammar.name, page.plain(label));
            layouts.odd.push(Odd::left_out(line.span, what, "its row is left out; add the category to the grammar"));
            continue;
        };
        at += took;
        match cells(page.text, tail, columns.len()) {
            Some(cells) => {
                row(page, claims, absent, layouts, *line, label, (&name, category), &cells, &columns);
                found.push(line.paragraph);
            }
            None => {
                let what = format!("the row of {name} does not fit the {} years of the header", columns.len());
                layouts.odd.push(Odd::left_out(line.span, what, "it is left out; look at how its cells are parted"));
            }
        }
    }
    if found.is_empty() {
        return 0;
    }
    found.push(rest[first].paragraph);
    let tables = found.iter().filter(|n| page.paragraphs[**n].kind == BlockKind::Table);
    layouts.blocks.extend(tables.map(|n| page.paragraphs[*n].span));
    at
}

impl Column {
    fn numeral(&self) -> Numeral {
        let (from, to) = self.period.split_once('/').map_or((self.period.as_str(), None), |(a, b)| (a, Some(b)));
        Numeral {
            span: self.span,
            number: self.span,
            form: Form::Digits,
            sort: Sort::Date,
            value: from.parse().unwrap_or(Decimal::from(self.last)),
            value_max: to.and_then(|to| to.parse().ok()),
            unit: "year",
            period: Some(self.period.clone()),
            month: None,
            is_date: true,
            year_from: "",
        }
    }

    fn period(&self) -> Period {
        Period { value: self.period.clone(), span: Some(self.span), from_context: false }
    }
}

/// The columns of a header of years, words before the first year aside; years may run together.
fn header(text: &str, line: Span) -> Option<Vec<Column>> {
    let words = line.of(text)?;
    let mut at = words.find(|c: char| c.is_ascii_digit())?;
    if words[..at].chars().any(|c| !(c.is_alphabetic() || c.is_whitespace() || matches!(c, '|' | '*' | '&'))) {
        return None;
    }
    let year = |at: usize| {
        let digits = words.get(at..at + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
        digits.parse::<i32>().ok().filter(|year| (1970..2100).contains(year))
    };
    let mut columns: Vec<Column> = Vec::new();
    while at < words.len() {
        let rest = &words[at..];
        let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '|').len();
        if blank > 0 {
            at += blank;
            continue;
        }
        let first = year(at)?;
        let (mut end, mut last) = (at + 4, first);
        let dash = words[end..].chars().next().filter(|c| matches!(c, '-' | '–' | '—' | '/'));
        if let Some(dash) = dash {
            let from = end + dash.len_utf8();
            let short = words.get(from..from + 2).and_then(|digits| digits.parse::<i32>().ok());
            (last, end) = match (year(from), short) {
                (Some(last), _) => (last, from + 4),
                (None, Some(short)) => (first / 100 * 100 + short, from + 2),
                _ => return None,
            };
        }
        if columns.last().is_some_and(|before| before.last >= last) || last < first {
            return None;
        }
        let period = if last > first { format!("{first}/{last}") } else { first.to_string() };
        columns.push(Column { span: Span::new(line.start + at, line.start + end), period, last });
        at = end;
    }
    (columns.len() > 1).then_some(columns)
}

fn note_ranges(layouts: &mut Layouts, columns: &[Column]) {
    for column in columns.iter().filter(|column| column.period.contains('/')) {
        let what = format!("the column `{}` is of two years", column.period.replace('/', "–"));
        layouts.odd.push(Odd::note(column.span, what, "charts show it at the later one"));
    }
}

/// A row's label and its cells; `None` where the line has no cells.
fn split(text: &str, line: Span) -> Option<(Span, Span)> {
    let words = line.of(text)?;
    let starts = |at: usize| {
        let rest = &words[at..];
        rest.starts_with(|c: char| c.is_ascii_digit()) || absent_at(rest).is_some()
    };
    let at = words.char_indices().map(|(at, _)| at).find(|&at| {
        // A sign that stands for no value begins a word, unless it is written with letters.
        let word = words[..at].chars().next_back().is_none_or(|c| c.is_whitespace() || c == '|');
        starts(at) && (word || words[at..].starts_with(|c: char| c.is_ascii_digit() || c.eq_ignore_ascii_case(&'n')))
    })?;
    let label = words[..at].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '|' | ':' | '*' | '†'));
    let label = label.trim_start_matches(['|', ' ', '\t']);
    let start = line.start + (label.as_ptr() as usize - words.as_ptr() as usize);
    Some((Span::new(start, start + label.len()), Span::new(line.start + at, line.end)))
}

/// How long the sign is that a text begins with and that stands for no value.
fn absent_at(text: &str) -> Option<usize> {
    const SIGNS: &[&str] = &["n/a", "N/A", "n.a.", "---", "--", "—", "–", "-", ".."];
    SIGNS.iter().find(|sign| text.starts_with(**sign)).map(|sign| sign.len())
}

/// The category of a row: its label, with the lines before it that have no cells of their own, or the one below it.
/// Also how many lines below belong to it.
fn category<'p>(
    page: &Page<'p>,
    before: &[Span],
    label: Span,
    below: Option<Span>,
) -> Option<(String, &'p CategoryDef, usize)> {
    let grammar = page.grammar;
    let own = page.plain(label);
    let known = |parts: &[String]| {
        let written = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
        let category = grammar.category(&written)?;
        let name = category.names.iter().find(|name| super::super::same(name, written.trim_matches(['*', ' ', ':'])));
        Some((name.unwrap_or(&category.names[0]).clone(), category))
    };
    let before: Vec<String> = before.iter().map(|span| page.plain(*span)).collect();
    for from in 0..=before.len() {
        let mut parts = before[from..].to_vec();
        parts.push(own.clone());
        if let Some((name, category)) = known(&parts) {
            return Some((name, category, 0));
        }
        parts.extend(below.map(|below| page.plain(below)));
        if let Some((name, category)) = known(&parts) {
            return Some((name, category, 1));
        }
    }
    None
}

/// The cells of a row, as many as the header has years: parted by blanks or bars, or run together, each with two
/// decimals. `None` where they are more or fewer.
fn cells(text: &str, tail: Span, count: usize) -> Option<Vec<Cell>> {
    let words = tail.of(text)?;
    let place = |word: &str| {
        let start = tail.start + (word.as_ptr() as usize - words.as_ptr() as usize);
        Span::new(start, start + word.len())
    };
    let parted = words.split(|c: char| c.is_whitespace() || c == '|').filter(|word| !word.is_empty());
    let parted: Option<Vec<Cell>> = parted
        .map(|word| {
            let bare = word.trim_end_matches(['*', '†', '‡']);
            if is_absent(bare) {
                return Some(Cell { span: place(bare), value: None });
            }
            let one = bare.bytes().all(|b| b.is_ascii_digit() || b == b'.') && bare.matches('.').count() <= 1;
            let value = bare.parse::<Decimal>().ok().filter(|_| one)?;
            Some(Cell { span: place(bare), value: Some(value) })
        })
        .collect();
    if let Some(cells) = parted.filter(|cells| cells.len() == count) {
        return Some(cells);
    }
    let mut cells = Vec::new();
    let mut rest = words;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '*' | '†' | '‡'));
        if rest.is_empty() {
            return (cells.len() == count).then_some(cells);
        }
        let (length, value) = match absent_at(rest) {
            Some(length) => (length, None),
            None => {
                let cell = two_decimals(rest)?;
                (cell.len(), Some(cell.parse().ok()?))
            }
        };
        cells.push(Cell { span: place(&rest[..length]), value });
        rest = &rest[length..];
    }
}

/// `6.00` of `6.006.25`.
fn two_decimals(text: &str) -> Option<&str> {
    let cell = text.get(..4)?;
    let bytes = cell.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (digit(0) && bytes.get(1) == Some(&b'.') && digit(2) && digit(3)).then_some(cell)
}

#[allow(clippy::too_many_arguments)]
fn row(
    page: &mut Page,
    claims: &mut Claims,
    absent: &mut Vec<Figure>,
    layouts: &mut Layouts,
    line: Line,
    label: Span,
    (name, category): (&str, &CategoryDef),
    cells: &[Cell],
    columns: &[Column],
) {
    let Some(scale) = page.grammar.scale_of(&category.scale, page.edition) else { return };
    let numerals: Vec<Numeral> = cells.iter().filter_map(numeral).collect();
    own_numerals(page, line, &numerals);
    let kind = if category.summary { "score" } else { "rating" };
    for (cell, column) in cells.iter().zip(columns) {
        let mut claim = Claim::new(kind, "score", name)
            .dated(&column.period())
            .with("in", "table")
            .with("scale", category.scale.clone());
        claim.support.push(("row", label));
        let Some(value) = cell.value else {
            absent.push(no_value(line.paragraph, cell.span, claim));
            continue;
        };
        if !category.is_of(column.last) {
            let what = format!("{name} has a score in {}, in which the series did not rate it", column.last);
            layouts.odd.push(Odd::left_out(cell.span, what, "it is left out; look at whose row this is"));
        } else if !(scale.min..=scale.max).contains(&value) {
            let what = format!("{value} does not lie on the scale from {} to {}", scale.min, scale.max);
            layouts.odd.push(Odd::left_out(cell.span, what, "it is left out; look at the cell"));
        } else {
            claims.make(line.paragraph, cell.span.start, claim);
        }
    }
}

fn numeral(cell: &Cell) -> Option<Numeral> {
    Some(Numeral {
        span: cell.span,
        number: cell.span,
        form: Form::Digits,
        sort: Sort::Cardinal,
        value: cell.value?,
        value_max: None,
        unit: "",
        period: None,
        month: None,
        is_date: false,
        year_from: "",
    })
}

/// Puts these numerals of a line in the place of whatever its digits were taken for.
fn own_numerals(page: &mut Page, line: Line, numerals: &[Numeral]) {
    let (Some(first), Some(last)) = (numerals.first(), numerals.last()) else { return };
    let whole = Span::new(first.span.start, last.span.end.max(line.span.end));
    let Some(known) = page.numerals.get_mut(line.paragraph) else { return };
    known.retain(|numeral| !numeral.span.overlaps(whole));
    known.extend(numerals.iter().cloned());
    known.sort_by_key(|numeral| numeral.span);
}

fn no_value(paragraph: usize, span: Span, claim: Claim) -> Figure {
    Figure {
        span,
        numeral: span,
        paragraph,
        form: Form::Words,
        value: None,
        value_max: None,
        unit: claim.unit.to_owned(),
        status: FigureStatus::Fact,
        kind: claim.kind.to_owned(),
        subject: claim.subject,
        period: claim.period,
        detail: claim.detail,
        support: claim.support,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(row: &str, count: usize) -> Option<Vec<String>> {
        let shown = |cell: Cell| cell.value.map_or("–".to_owned(), |value| value.to_string());
        cells(row, Span::new(0, row.len()), count).map(|cells| cells.into_iter().map(shown).collect())
    }

    fn years(line: &str) -> Option<Vec<String>> {
        header(line, Span::new(0, line.len())).map(|columns| columns.into_iter().map(|c| c.period).collect())
    }

    #[test]
    fn cells_may_be_parted_or_run_together() {
        for row in ["6.00 n/a 6.50", "6.00n/a6.50", "| 6.00 | n/a | 6.50* |", "6.00\tn/a6.50"] {
            assert_eq!(values(row, 3).as_deref(), Some(["6.00", "–", "6.50"].map(str::to_owned).as_slice()), "{row}");
        }
        assert_eq!(values("6.006.256.50", 3).map(|v| v.len()), Some(3));
        assert_eq!(values("6.006.256.50", 2), None);
        assert_eq!(values("6.0 6.2", 3), None);
        assert_eq!(values("60625", 2), None);
    }

    #[test]
    fn a_header_is_years_in_order() {
        assert_eq!(years("1999–2000 2001 2002").map(|y| y.join(" ")).as_deref(), Some("1999/2000 2001 2002"));
        assert_eq!(years("Category 199920012002").map(|y| y.join(" ")).as_deref(), Some("1999 2001 2002"));
        assert_eq!(years("1999-00 2001").map(|y| y[0].clone()), None);
        assert_eq!(years("1998-99 2001").map(|y| y[0].clone()).as_deref(), Some("1998/1999"));
        for line in ["2001 2000", "In 1999, 2001 saw more", "1999", "6.00 6.25", "1999 2001 x"] {
            assert_eq!(years(line), None, "{line}");
        }
    }

    #[test]
    fn a_label_ends_where_the_cells_begin() {
        for row in ["Public Purse* 6.00 n/a", "Public Purse6.00n/a", "| Public Purse | 6.00 |", "Public Pursen/a6.00"] {
            let (label, _) = split(row, Span::new(0, row.len())).unwrap();
            assert_eq!(label.of(row), Some("Public Purse"), "{row}");
        }
        assert_eq!(split("Public Purse", Span::new(0, 12)), None);
        assert_eq!(split("Non-profit Sector", Span::new(0, 17)), None);
    }
}
