//! Words found in a source: where they stand, and which of them is looked at.

use crate::source::{Document, Place, Source, Span};

/// More hits than this are not listed: nobody walks them, and the window must not stall.
const MOST: usize = 5000;

/// A search in the source that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Find {
    /// Whether its field is open.
    pub open: bool,
    /// The words.
    pub query: String,
    /// Where they stand, in order.
    pub hits: Vec<Place>,
    /// The one looked at.
    pub current: usize,
}

impl Find {
    /// Searches afresh for `query`.
    pub fn search(&mut self, query: String, source: Option<&Source>) {
        self.hits = source.map(|source| hits(source, &query)).unwrap_or_default();
        self.query = query;
        self.current = 0;
    }

    /// Goes on by `step`, round the end.
    pub fn step(&mut self, step: isize) {
        let count = self.hits.len() as isize;
        if count > 0 {
            self.current = (self.current as isize + step).rem_euclid(count) as usize;
        }
    }

    /// The place looked at.
    pub fn place(&self) -> Option<Place> {
        self.hits.get(self.current).copied()
    }
}

/// Every place of `query` in the source, without regard to case.
fn hits(source: &Source, query: &str) -> Vec<Place> {
    let needle: Vec<char> = query.chars().flat_map(char::to_lowercase).collect();
    if needle.is_empty() {
        return Vec::new();
    }
    match &source.document {
        Document::Report(_) => spans(&source.text, &needle).take(MOST).map(Place::Text).collect(),
        Document::Table(grids) => {
            let mut found = Vec::new();
            for (table, grid) in grids.iter().enumerate() {
                for (row, cells) in grid.rows.iter().enumerate() {
                    for (column, cell) in cells.iter().enumerate() {
                        if spans(cell, &needle).next().is_some() {
                            found.push(Place::Cell { table: table as u32, row: row as u32, column: column as u32 });
                        }
                        if found.len() >= MOST {
                            return found;
                        }
                    }
                }
            }
            found
        }
    }
}

/// Spans of `text` that are `needle` (lower case) when lower-cased; a run of white space matches any other.
fn spans<'a>(text: &'a str, needle: &'a [char]) -> impl Iterator<Item = Span> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        while let Some(first) = text.get(from..)?.chars().next() {
            if let Some(length) = matched(&text[from..], needle) {
                let span = Span::new(from, from + length);
                from = span.end;
                return Some(span);
            }
            from += first.len_utf8();
        }
        None
    })
}

/// How many bytes at the start of `text` are `needle`; `None` when they are not.
fn matched(text: &str, needle: &[char]) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    let mut want = needle.iter().peekable();
    while let Some(&wanted) = want.peek() {
        let (_, found) = chars.next()?;
        if wanted.is_whitespace() {
            if !found.is_whitespace() {
                return None;
            }
            while want.next_if(|c| c.is_whitespace()).is_some() {}
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
            continue;
        }
        for lower in found.to_lowercase() {
            if want.next() != Some(&lower) {
                return None;
            }
        }
    }
    Some(chars.peek().map_or(text.len(), |(at, _)| *at))
}

#[cfg(test)]
mod tests {
    use super::{Span, spans};

    fn found(text: &str, query: &str) -> Vec<Span> {
        let needle: Vec<char> = query.chars().flat_map(char::to_lowercase).collect();
        spans(text, &needle).collect()
    }

    #[test]
    fn case_does_not_matter_and_offsets_are_bytes() {
        assert_eq!(found("Қазақ, қазақ", "ҚАЗАҚ"), [Span::new(0, 10), Span::new(12, 22)]);
    }

    #[test]
    fn a_line_end_between_words_matches_a_space() {
        assert_eq!(found("party\r\nlist", "party list"), [Span::new(0, 11)]);
    }
}
