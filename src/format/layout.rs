//! Plain text and Markdown to blocks: runs of lines between blank lines, and what their layout says they are.

use std::sync::LazyLock;

use regex::Regex;

use super::Request;
use crate::{
    error::{Diagnostic, Error},
    source::{Block, BlockKind, Document, Span},
};

/// A heading is a line of its own; longer lines are prose.
const MAX_HEADING_CHARS: usize = 140;
/// A question of a questionnaire may be long, for its label says what it is.
const MAX_QUESTION_CHARS: usize = 420;
/// A heading without a closing colon is shorter still.
const MAX_BARE_HEADING_WORDS: usize = 9;

pub(super) fn read(request: &Request) -> Result<(Document, Vec<Diagnostic>), Error> {
    let markdown = matches!(request.extension, "md" | "markdown");
    Ok((Document::Report(blocks(request.text, markdown)), Vec::new()))
}

/// Divides a text into blocks.
fn blocks(text: &str, markdown: bool) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    let mut blank = 0;
    for line in lines(text) {
        let words = line.of(text).unwrap_or_default();
        if is_blank(words) {
            blocks.extend(open.take());
            blank += 1;
            continue;
        }
        let heading_line = markdown && words.trim_start().starts_with('#');
        if heading_line {
            blocks.extend(open.take());
        }
        match &mut open {
            Some(block) => block.span.end = line.end,
            None => {
                open = Some(Block { span: line, kind: BlockKind::Paragraph, blank_lines_before: blank });
                blank = 0;
            }
        }
        if heading_line {
            blocks.extend(open.take());
        }
    }
    blocks.extend(open);
    for i in 0..blocks.len() {
        let before = i.checked_sub(1).map(|j| blocks[j].kind);
        // The tab before a table's first head stands for an empty cell.
        let tabbed = blocks[i].span.of(text).is_some_and(|words| words.starts_with('\t') && words.contains('\n'));
        if !tabbed {
            blocks[i].span = trimmed(text, blocks[i].span);
        }
        blocks[i].kind = kind(blocks[i].span.of(text).unwrap_or_default(), before, markdown);
    }
    blocks
}

/// Lines without their ends: `\n`, `\r\n` or `\r`.
fn lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let bytes = text.as_bytes();
    let mut start = 0;
    std::iter::from_fn(move || {
        if start >= bytes.len() {
            return None;
        }
        let end = bytes[start..].iter().position(|&b| b == b'\n' || b == b'\r').map_or(bytes.len(), |n| start + n);
        let line = Span::new(start, end);
        start = match bytes.get(end..end + 2) {
            Some(b"\r\n") => end + 2,
            _ => end + 1,
        };
        Some(line)
    })
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}'
}

fn is_blank(line: &str) -> bool {
    line.chars().all(is_space)
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text).unwrap_or_default();
    let start = span.start + (words.len() - words.trim_start_matches(is_space).len());
    let end = span.end - (words.len() - words.trim_end_matches(is_space).len());
    Span::new(start, end)
}

fn kind(words: &str, before: Option<BlockKind>, markdown: bool) -> BlockKind {
    if is_table(words) {
        return BlockKind::Table;
    }
    let one_line = !words.contains(['\n', '\r']);
    let after_table = matches!(before, Some(BlockKind::Table | BlockKind::Footnote));
    if after_table && is_footnote(words, markdown) {
        return BlockKind::Footnote;
    }
    let length = words.chars().count();
    let question = length <= MAX_QUESTION_CHARS && QUESTION.is_match(words.trim_matches('*'));
    if !one_line
        || (length > MAX_HEADING_CHARS && !question)
        || LABELLED_NUMBER.is_match(words)
        || ENTRY.is_match(words)
    {
        return BlockKind::Paragraph;
    }
    if CAPTION.is_match(words) {
        return BlockKind::Caption;
    }
    let level = heading_level(words, markdown);
    match (before, level) {
        (None, Some(_)) => BlockKind::Title,
        (_, Some(level)) => BlockKind::Heading(level),
        (_, None) => BlockKind::Paragraph,
    }
}

static CAPTION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\**(?:Table|Figure|Chart|Box|Graph)\s+(?:\d+|[IVX]+)\s*[.:]").ok());
/// `A1. Was the …?`, with its score behind it or not.
static QUESTION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[A-Z]\d{0,2}\.?\s+\S.*\?(?:\s+\d+\s?/\s?\d+(?:\s(?:pts|points))?)?$").ok());
/// `Population: 15.2 million`: a labelled number is no heading. With a letter before it (`A. Process: 1 / 12`) it is one.
static LABELLED_NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let label = r"\**\p{Lu}[\p{L} /&’'()-]{1,48}\**:\**\s+";
    let number = r"(?:US)?[$€£]?\d[\d,.]*(?:\s?%|\s(?:thousand|million|billion|trillion)\b)?";
    Regex::new(&format!(r"^{label}(?:{number}|n/a)(?:\s?/\s?\d+)?\**$")).ok()
});

/// `Coastline. None, for it lies inland`: an entry's label and its words on one line.
static ENTRY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\p{Lu}[^.?!]*\p{Ll}{3}\)?\.\s+\S").ok());

trait Matches {
    fn is_match(&self, text: &str) -> bool;
}

impl Matches for LazyLock<Option<Regex>> {
    fn is_match(&self, text: &str) -> bool {
        self.as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// The level of a heading, where the line is one.
fn heading_level(line: &str, markdown: bool) -> Option<u8> {
    if markdown {
        let signs = line.bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&signs) && line[signs..].starts_with(' ') {
            return u8::try_from(signs).ok();
        }
        if line.starts_with(['-', '*', '+', '>', '|']) && !line.starts_with("**") {
            return None;
        }
    }
    let bare = line.trim_matches('*');
    if !bare.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || !bare.contains(char::is_alphabetic) {
        return None;
    }
    if QUESTION.is_match(bare) {
        return Some(2);
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let capitals = words.iter().filter(|w| w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())).count();
    let long = words.iter().filter(|w| w.chars().count() >= 4).count().max(1);
    if bare.ends_with(':') {
        return (words.len() <= MAX_BARE_HEADING_WORDS || capitals * 2 > words.len()).then_some(1);
    }
    let closed = bare.ends_with(['.', '!', '?', ';', ',', '…', '"', '”', ')', ']']) && !bare.ends_with(')');
    (!closed && words.len() <= MAX_BARE_HEADING_WORDS && capitals >= long.min(words.len())).then_some(1)
}

/// A note opened by a sign, or by the word.
fn is_footnote(words: &str, markdown: bool) -> bool {
    let bullet = markdown && words.starts_with("* ");
    (words.starts_with(['*', '†', '‡']) && !words.starts_with("**") && !bullet)
        || words.starts_with("Note:")
        || words.starts_with("Notes:")
        || words.starts_with("\\*")
}

/// Rows of cells: parted by pipes or tabs, or lines that end in the same number of values.
fn is_table(words: &str) -> bool {
    let lines: Vec<&str> = words.lines().filter(|line| !is_blank(line)).collect();
    if lines.len() < 2 {
        return false;
    }
    let all = |sign: char| lines.iter().all(|line| line.contains(sign));
    if all('|') || all('\t') {
        return true;
    }
    let values: Vec<usize> = lines.iter().map(|line| trailing_values(line).count()).collect();
    let width = values.last().copied().unwrap_or(0);
    let rows = values.iter().filter(|&&count| count == width).count();
    width >= 2 && rows >= 2 && rows + 1 >= lines.len()
}

/// The values at the end of a row, last first: numbers, and the signs that stand for none.
pub(crate) fn trailing_values(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().rev().take_while(|word| is_value(word))
}

/// Whether a word is a cell's value.
pub(crate) fn is_value(word: &str) -> bool {
    let number = word.trim_end_matches(['%', '*', '†']);
    is_absent(word)
        || (number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')))
}

/// Whether a cell says that there is no value.
pub(crate) fn is_absent(word: &str) -> bool {
    matches!(word, "-" | "--" | "---" | "–" | "—" | "n/a" | "N/A" | "n.a." | "NA" | "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str, markdown: bool) -> Vec<(BlockKind, &str)> {
        blocks(text, markdown).into_iter().map(|b| (b.kind, b.span.of(text).unwrap())).collect()
    }

    #[test]
    fn a_report_in_plain_text_falls_into_its_blocks() {
        let text = "\u{feff}Ratings 2031\r\n\r\nSummary:\u{a0}\r\n\r\nSome prose, long enough.\r\n\r\n\r\n\
                    Table 1. Seats\r\n\r\nParty List Total\r\nReds 1 2\r\nBlues -- 3\r\n\r\n*Blues of the north\r\n\r\n2031 Scores";
        let found = kinds(text, false);
        let expected = [
            (BlockKind::Title, "Ratings 2031"),
            (BlockKind::Heading(1), "Summary:"),
            (BlockKind::Paragraph, "Some prose, long enough."),
            (BlockKind::Caption, "Table 1. Seats"),
            (BlockKind::Table, "Party List Total\r\nReds 1 2\r\nBlues -- 3"),
            (BlockKind::Footnote, "*Blues of the north"),
            (BlockKind::Heading(1), "2031 Scores"),
        ];
        assert_eq!(found, expected);
        assert_eq!(blocks(text, false)[3].blank_lines_before, 2);
    }

    #[test]
    fn markdown_headings_need_no_blank_line() {
        let found = kinds("# Title\n## Part\nWords of prose here.\n\n| a | b |\n|---|---|\n| 1 | 2 |", true);
        assert_eq!(found[1], (BlockKind::Heading(2), "## Part"));
        assert_eq!(found[2], (BlockKind::Paragraph, "Words of prose here."));
        assert_eq!(found[3].0, BlockKind::Table);
    }

    #[test]
    fn labelled_lines_are_no_headings_but_questions_are_with_their_scores() {
        let one = |line: &str| kinds(&format!("Title\n\n{line}"), false)[1].0;
        for line in
            ["Population: 15.2 million", "GNI/capita: US$6,280", "Democracy Score: 6.29", "Coastline. None Here"]
        {
            assert_eq!(one(line), BlockKind::Paragraph, "{line}");
        }
        let long =
            format!("B1. Do the people have {}the right to choose?", "all of the time, now and then, ".repeat(6));
        for line in ["A. PROCESS: 1 / 12", "A. Process", "A1. Was it so? 0 / 4", "A1. Was it so?", &long] {
            assert!(matches!(one(line), BlockKind::Heading(_)), "{line}");
        }
    }

    #[test]
    fn a_short_sentence_is_no_heading() {
        assert_eq!(kinds("Title\n\nIt rained.\n\nThe parties agreed on this", false)[1].0, BlockKind::Paragraph);
        assert_eq!(kinds("Title\n\nThe parties agreed on this", false)[1].0, BlockKind::Paragraph);
    }
}
