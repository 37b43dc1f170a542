//! A document's print: its passages in order, each known by a hash of its words, however its lines are broken.

use super::{Document, Grid, Place, Source, Span};

/// A passage of running words ends here at the latest that a comma allows.
const LONG_WORDS: usize = 12;
/// In a long passage without a comma one word in so many ends it: the same word wherever it stands.
const ONE_WORD_IN: u64 = 8;
/// Letters and digits in a row that tell words apart: about two words.
pub(super) const GRAM: usize = 8;

/// The hashes of a document's passages, in order: enough to know its passages again, too little to read them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Print(pub Vec<u64>);

/// A sentence or a part of one, a row of a table, a line of a list: words that an edit elsewhere leaves alone. Where
/// it ends depends on its own words and the next one, never on line breaks or on what stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The characters, or the row (its first cell).
    pub place: Place,
    /// FNV-1a over its words, each blank run as one space.
    pub hash: u64,
}

/// A document cut into passages: what selectors are made of and resolved against.
#[derive(Clone, Debug)]
pub struct Ground<'a> {
    /// The whole text; empty for a table.
    pub text: &'a str,
    /// The sheets of a table.
    pub grids: &'a [Grid],
    /// The passages in order.
    pub passages: Vec<Passage>,
}

impl<'a> Ground<'a> {
    /// A text's passages.
    pub fn of_text(text: &'a str) -> Self {
        Self { text, grids: &[], passages: cut(text) }
    }

    /// A source's passages: of its text, or the rows of its tables.
    pub fn of(source: &'a Source) -> Self {
        match &source.document {
            Document::Report(_) => Self::of_text(&source.text),
            Document::Table(grids) => Self { text: "", grids, passages: rows(grids) },
        }
    }

    /// The hashes alone.
    pub fn print(&self) -> Print {
        Print(self.passages.iter().map(|passage| passage.hash).collect())
    }

    /// The words of some passages in a row, as they are written; the cells of a row parted by blanks.
    pub(super) fn words(&self, from: usize, to: usize) -> String {
        let Some(passages) = self.passages.get(from..to) else { return String::new() };
        match (passages.first().map(|p| p.place), passages.last().map(|p| p.place)) {
            (Some(Place::Text(first)), Some(Place::Text(last))) => {
                self.text.get(first.start..last.end).unwrap_or_default().to_owned()
            }
            _ => {
                passages.iter().filter_map(|p| self.row(p.place)).map(|row| row.join(" ")).collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// The row a passage or a cell is of.
    pub(super) fn row(&self, place: Place) -> Option<&'a [String]> {
        let Place::Cell { table, row, .. } = place else { return None };
        self.grids.get(table as usize)?.rows.get(row as usize).map(Vec::as_slice)
    }
}

/// Whether a character is no more than room between words.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}')
}

/// The text with every run of blanks as one space, none at its ends.
pub(super) fn squeezed(text: &str) -> String {
    text.split(is_blank).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The characters that are no blanks.
pub(super) fn solid(text: &str) -> Vec<char> {
    text.chars().filter(|c| !is_blank(*c)).collect()
}

/// The characters that are no blanks, every digit as `0`: what stays of words when a figure is put right.
pub(super) fn masked(text: &str) -> Vec<char> {
    text.chars().filter(|c| !is_blank(*c)).map(|c| if c.is_numeric() { '0' } else { c }).collect()
}

/// Runs of `GRAM` characters, or the whole where it is shorter; in rising order, each once.
pub(super) fn grams(masked: &[char]) -> Vec<u64> {
    let mut grams: Vec<u64> = masked.windows(GRAM.min(masked.len()).max(1)).map(gram).collect();
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// A run of characters as a number.
pub(super) fn gram(run: &[char]) -> u64 {
    run.iter().fold(FNV, |hash, c| fnv(hash, *c as u64))
}

const FNV: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, next: u64) -> u64 {
    (hash ^ next).wrapping_mul(0x0000_0100_0000_01b3)
}

fn fnv_bytes(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| fnv(hash, u64::from(*byte)))
}

fn rows(grids: &[Grid]) -> Vec<Passage> {
    let mut passages = Vec::new();
    for (table, grid) in (0..).zip(grids) {
        for (row, cells) in (0..).zip(&grid.rows).filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())) {
            let hash = cells.iter().fold(FNV, |hash, cell| fnv(fnv_bytes(hash, squeezed(cell).as_bytes()), 0x1f));
            passages.push(Passage { place: Place::Cell { table, row, column: 0 }, hash });
        }
    }
    passages
}

struct Open {
    span: Span,
    hash: u64,
    words: usize,
    last: Span,
}

fn cut(text: &str) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut open: Option<Open> = None;
    let close = |open: Open| Passage { place: Place::Text(open.span), hash: open.hash };
    for (span, paragraph) in words(text) {
        let word = span.of(text).unwrap_or_default();
        match &mut open {
            Some(passage) if !paragraph && !ends(passage, passage.last.of(text).unwrap_or_default(), word) => {
                passage.hash = fnv_bytes(fnv(passage.hash, 0x20), word.as_bytes());
                passage.span.end = span.end;
                passage.words += 1;
                passage.last = span;
            }
            _ => {
                let next = Open { span, hash: fnv_bytes(FNV, word.as_bytes()), words: 1, last: span };
                passages.extend(open.replace(next).map(close));
            }
        }
    }
    passages.extend(open.map(close));
    passages
}

/// Whether a passage ends between its last word and the next.
fn ends(passage: &Open, last: &str, next: &str) -> bool {
    let bare = last.trim_end_matches(['"', '”', '’', '\'', ')', ']', '*', '_']);
    let sentence = bare.ends_with(['.', '!', '?', ';', ':', '…']);
    // A row of a table or a list that lost its line ends: figures, then a name; or a bullet.
    let row = last.contains(|c: char| c.is_ascii_digit()) && next.starts_with(char::is_uppercase)
        || matches!(next, "-" | "*" | "•" | "–");
    let long = passage.words >= LONG_WORDS
        && (last.ends_with(',') || fnv_bytes(FNV, last.as_bytes()).is_multiple_of(ONE_WORD_IN));
    sentence || row || long
}

/// Words, each with whether a blank line stands before it.
fn words(text: &str) -> impl Iterator<Item = (Span, bool)> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let mut lines = 0;
        let mut before = ' ';
        while let Some((_, c)) = chars.next_if(|(_, c)| is_blank(*c)) {
            // A line ends with `\n`, `\r` or both.
            lines += u32::from(c == '\r' || c == '\n' && before != '\r');
            before = c;
        }
        let (start, first) = chars.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.next_if(|(_, c)| !is_blank(*c)) {
            end = at + c.len_utf8();
        }
        Some((Span::new(start, end), lines > 1))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_words(text: &str) -> Vec<String> {
        let ground = Ground::of_text(text);
        (0..ground.passages.len()).map(|at| squeezed(&ground.words(at, at + 1))).collect()
    }

    #[test]
    fn passages_end_with_sentences_rows_and_blank_lines_wherever_lines_break() {
        let text = "A head\n\nOne is 6.50. Two is 7.25 percent.\n\nReds 10 2 12\nBlues 9 1 10";
        let expected = ["A head", "One is 6.50.", "Two is 7.25 percent.", "Reds 10 2 12", "Blues 9 1 10"];
        assert_eq!(cut_words(text), expected);
        let wrapped =
            "\u{feff}A\r\nhead\r\n\r\nOne is\r\n6.50. Two  is 7.25\r\npercent.\r\n\r\nReds 10 2 12 Blues\r\n9 1 10";
        assert_eq!(Ground::of_text(text).print(), Ground::of_text(wrapped).print());
    }

    #[test]
    fn a_long_run_of_words_is_cut_by_the_words_themselves() {
        let run = (0..200).map(|n| format!("word{n}x")).collect::<Vec<_>>().join(" ");
        let (plain, longer) = (Ground::of_text(&run).print(), format!("new {run}"));
        assert!(plain.0.len() > 5);
        let kept = Ground::of_text(&longer).print().0.iter().filter(|hash| plain.0.contains(hash)).count();
        assert!(kept + 3 >= plain.0.len(), "{kept} of {}", plain.0.len());
    }
}
