//! Tables inside a text: blocks to cells, each with its bytes.

use super::{grammar::Grammar, pattern::Pattern};
use crate::{format::trailing_values, source::Span};

/// A table of a text. Cells are spans of the text, trimmed.
#[derive(Clone, Debug, PartialEq)]
pub struct TextTable {
    /// What each value column holds: a tier's id or `vote_share`, `votes`; `None` where no pattern knows it.
    pub columns: Vec<Option<String>>,
    /// Rows: the first cell and the values.
    pub rows: Vec<(Span, Vec<Span>)>,
}

/// Reads a table block; `None` where its header does not fit its rows. Spans are of the whole text.
pub fn table(grammar: &Grammar, text: &str, block: Span) -> Option<TextTable> {
    let lines = lines(text, block);
    let (header, rows) = lines.split_first()?;
    let sign = ['|', '\t'].into_iter().find(|sign| lines.iter().all(|l| l.of(text).is_some_and(|l| l.contains(*sign))));
    match sign {
        Some(sign) => parted(grammar, text, *header, rows, sign),
        None => run_together(grammar, text, *header, rows),
    }
}

fn parted(grammar: &Grammar, text: &str, header: Span, rows: &[Span], sign: char) -> Option<TextTable> {
    let heads = cells(text, header, sign);
    let columns = heads.iter().skip(1).map(|head| column(grammar, head.of(text).unwrap_or_default())).collect();
    let rule = |row: &Span| row.of(text).is_some_and(|r| r.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t')));
    let rows = rows
        .iter()
        .filter(|row| !rule(row))
        .filter_map(|row| cells(text, *row, sign).split_first().map(|(first, rest)| (*first, rest.to_vec())))
        .collect();
    Some(TextTable { columns, rows })
}

/// A header whose columns stand one behind the other with only blanks between, over rows that end in values.
fn run_together(grammar: &Grammar, text: &str, header: Span, rows: &[Span]) -> Option<TextTable> {
    let rows: Vec<(Span, Vec<Span>)> = rows.iter().map(|row| row_of_values(text, *row)).collect();
    let width = rows.first().map(|(_, values)| values.len())?;
    let mut columns = header_columns(grammar, header.of(text)?)?;
    if columns.first().is_some_and(|id| id == "party") {
        columns.remove(0);
    }
    let fits = width > 0 && columns.len() == width && rows.iter().all(|(_, values)| values.len() == width);
    fits.then(|| TextTable { columns: columns.into_iter().map(Some).collect(), rows })
}

/// The columns of a run-together header, the longest fitting pattern at each place; `None` where a word fits none.
fn header_columns(grammar: &Grammar, header: &str) -> Option<Vec<String>> {
    let mut rest = header.trim_start();
    let mut columns = Vec::new();
    while !rest.is_empty() {
        let fits = grammar.columns.iter().filter_map(|column| {
            let end = column.pattern.find(rest)?.end();
            let whole = rest[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
            (end > 0 && whole).then_some((end, &column.id))
        });
        // The first of equally long patterns wins.
        let (end, id) = fits.fold(None, |best: Option<(usize, &String)>, fit| match best {
            Some(best) if best.0 >= fit.0 => Some(best),
            _ => Some(fit),
        })?;
        columns.push(id.clone());
        rest = rest[end..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ',' | ';' | '†'));
    }
    Some(columns)
}

/// What a header's cell names, when a pattern fits the whole of it.
pub fn column(grammar: &Grammar, head: &str) -> Option<String> {
    let head = head.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '†'));
    let whole = |pattern: &Pattern| pattern.find(head).is_some_and(|found| found.end() == head.len());
    grammar.columns.iter().find(|column| whole(&column.pattern)).map(|column| column.id.clone())
}

fn row_of_values(text: &str, row: Span) -> (Span, Vec<Span>) {
    let line = row.of(text).unwrap_or_default();
    let place = |word: &str| {
        let start = row.start + (word.as_ptr() as usize - line.as_ptr() as usize);
        Span::new(start, start + word.len())
    };
    let mut values: Vec<Span> = trailing_values(line).map(place).collect();
    values.reverse();
    let end = values.first().map_or(row.end, |first| first.start);
    (trim(text, Span::new(row.start, end)), values)
}

fn cells(text: &str, row: Span, sign: char) -> Vec<Span> {
    let line = row.of(text).unwrap_or_default();
    // A bar may open a row; a tab at its beginning stands behind an empty cell.
    let inner = if sign == '|' { line.trim().trim_start_matches(sign) } else { line };
    let offset = row.start + (inner.as_ptr() as usize - line.as_ptr() as usize);
    let inner = if sign == '|' { inner.trim_end().strip_suffix('|').unwrap_or(inner) } else { inner };
    let mut at = offset;
    inner
        .split(sign)
        .map(|cell| {
            let span = Span::new(at, at + cell.len());
            at += cell.len() + sign.len_utf8();
            trim(text, span)
        })
        .collect()
}

fn lines(text: &str, block: Span) -> Vec<Span> {
    let words = block.of(text).unwrap_or_default();
    let mut at = block.start;
    let mut lines = Vec::new();
    for line in words.split_inclusive('\n') {
        let span = trim_line(text, Span::new(at, at + line.len()));
        if !span.is_empty() {
            lines.push(span);
        }
        at += line.len();
    }
    lines
}

fn trim(text: &str, span: Span) -> Span {
    trim_by(text, span, char::is_whitespace)
}

/// A line without its blanks and its end; a tab at its beginning parts an empty cell from the next.
fn trim_line(text: &str, span: Span) -> Span {
    trim_by(text, span, |c| c.is_whitespace() && c != '\t')
}

fn trim_by(text: &str, span: Span, blank: impl Fn(char) -> bool) -> Span {
    let words = span.of(text).unwrap_or_default();
    let start = span.start + (words.len() - words.trim_start_matches(&blank).len());
    let end = span.end - (words.len() - words.trim_end_matches(&blank).len());
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::Families;

    #[test]
    fn a_run_together_header_is_taken_apart_by_its_columns() {
        let families = Families::built_in();
        let grammar = families.by_id("english").unwrap();
        let header = "Bloc Single-Member Seats: First Round Single-Member Seats: 2nd Round Single-Member Seats: Total List Seats All Seats";
        let found = header_columns(grammar, header);
        let expected = ["party", "smd_round_1", "smd_round_2", "smd", "list", "total"];
        assert_eq!(found.unwrap_or_default(), expected);
    }

    #[test]
    fn a_whole_table_of_the_family_is_read() {
        let families = Families::built_in();
        let grammar = families.by_id("nations-in-transit").unwrap();
        let text = "Lists Single-Mandate Constituencies, first round Single-Mandate Constituencies, second round \
                    Single-Mandate seats Party-list seats Seats won\nReds 26 9 35 7 42\nBlues* 9 1 10 1 11\nUnlisted 8 10 18 -- 18\nTotal 43 20 63 8 71";
        let table = table(grammar, text, Span::new(0, text.len())).unwrap();
        assert_eq!(table.rows.len(), 4);
        assert_eq!(table.columns.len(), 5);
    }

    #[test]
    fn names_of_several_words_stand_before_their_values() {
        let families = Families::built_in();
        let grammar = families.by_id("english").unwrap();
        let text = "Party Party List Total\nThe Long Name of a List 1 2\nReds* -- 3";
        let table = table(grammar, text, Span::new(0, text.len())).unwrap();
        let rows: Vec<(&str, usize)> = table.rows.iter().map(|(n, v)| (n.of(text).unwrap(), v.len())).collect();
        assert_eq!(rows, [("The Long Name of a List", 2), ("Reds*", 2)]);
        assert_eq!(table.columns, [Some("list".to_owned()), Some("total".to_owned())]);
    }
}
