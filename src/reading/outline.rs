//! Blocks to sections and paragraphs, run-in heads, and the section whose heading is lost.

use super::{Paragraph, Section};
use crate::source::{Block, BlockKind, Span};

/// Small words that a head may hold in lower case.
const SMALL: &[&str] = &["of", "and", "the", "for", "in", "on", "to", "a", "an", "from", "with", "&"];
const MAX_RUN_IN_WORDS: usize = 8;

/// Lays out sections and paragraphs by the headings that stand in the text.
pub fn outline(text: &str, blocks: &[Block]) -> (Vec<Section>, Vec<Paragraph>) {
    let mut sections = vec![Section { heading: String::new(), span: None, inferred: false, level: 1 }];
    let mut paragraphs = Vec::with_capacity(blocks.len());
    let mut number = 0;
    for block in blocks {
        if let BlockKind::Heading(level) = block.kind {
            let heading = heading(block.span.of(text).unwrap_or_default()).to_owned();
            sections.push(Section { heading, span: Some(block.span), inferred: false, level });
            number = 0;
        } else {
            number += 1;
        }
        paragraphs.push(Paragraph {
            span: block.span,
            section: sections.len() - 1,
            number,
            kind: block.kind,
            run_in: (block.kind == BlockKind::Paragraph).then(|| run_in(text, block.span)).flatten(),
        });
    }
    (sections, paragraphs)
}

/// A heading without the signs of its layout, without a closing colon, and without a score behind it (`… ? 1 / 4`).
pub fn heading(words: &str) -> &str {
    let bare = words.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let score =
        bare.trim_end().strip_suffix('/').map(|rest| rest.trim_end().trim_end_matches(|c: char| c.is_ascii_digit()));
    let words = score.filter(|rest| rest.ends_with([' ', '\t'])).unwrap_or(words);
    words.trim_start_matches('#').trim().trim_matches('*').trim_end_matches(':').trim().trim_matches('*').trim()
}

/// `Civil Society. The regime …`: the head at the start of a paragraph, without its point.
pub(super) fn run_in(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text)?;
    let start = words.len() - words.trim_start_matches('*').len();
    let end = words.find(['.', ':'])?;
    let head = words.get(start..end)?;
    let rest = words[end + 1..].trim_start_matches('*');
    if !rest.starts_with(char::is_whitespace) || rest.trim().is_empty() {
        return None;
    }
    let heads = head.split_whitespace().count();
    let titled = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        SMALL.contains(&word) || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
    };
    let plain =
        |c: char| c.is_alphanumeric() || c.is_whitespace() || matches!(c, ',' | '-' | '–' | '’' | '\'' | '&' | '/');
    let ok = (1..=MAX_RUN_IN_WORDS).contains(&heads)
        && head.starts_with(char::is_uppercase)
        && head.chars().count() > 3
        && head.chars().all(plain)
        && head.split_whitespace().all(titled);
    ok.then(|| Span::new(span.start + start, span.start + end))
}

/// Splits off the sections whose headings are lost.
///
/// A gap of two blank lines opens one only where `announced` names a category, in its order, that no heading opens,
/// and only between the headings of its neighbours; gaps around a table open nothing. Where there are more gaps than
/// lost headings, or fewer, nothing is inferred.
pub fn infer_lost_headings(
    blocks: &[Block],
    announced: &[String],
    sections: &mut Vec<Section>,
    paragraphs: &mut [Paragraph],
) {
    let opened = |name: &String, sections: &[Section]| sections.iter().position(|s| same(&s.heading, name));
    let mut i = 0;
    while i < announced.len() {
        if opened(&announced[i], sections).is_some() {
            i += 1;
            continue;
        }
        let lost = announced[i..].iter().take_while(|name| opened(name, sections).is_none()).count();
        let before = i.checked_sub(1).and_then(|j| opened(&announced[j], sections));
        let after = announced.get(i + lost).and_then(|name| opened(name, sections));
        if let Some(before) = before {
            let end = after.unwrap_or(before + 1);
            let gaps = gaps(blocks, paragraphs, before, end);
            if gaps.len() == lost {
                for (name, gap) in announced[i..i + lost].iter().zip(&gaps) {
                    split(*gap, name, sections, paragraphs);
                }
            }
        }
        i += lost;
    }
}

/// Whether two heads name the same: letter case and blank space aside.
pub fn same(a: &str, b: &str) -> bool {
    plain(a).eq(plain(b))
}

/// The letters of a head in lower case, every run of blanks as one.
fn plain(head: &str) -> impl Iterator<Item = char> {
    head.split_whitespace().flat_map(|word| word.chars().flat_map(char::to_lowercase).chain([' ']))
}

/// Paragraphs of sections `from..to` that stand behind a gap which no table explains.
fn gaps(blocks: &[Block], paragraphs: &[Paragraph], from: usize, to: usize) -> Vec<usize> {
    let around_table = |kind: BlockKind| matches!(kind, BlockKind::Table | BlockKind::Footnote | BlockKind::Caption);
    (1..paragraphs.len())
        .filter(|&i| (from..to.max(from + 1)).contains(&paragraphs[i].section))
        .filter(|&i| {
            let (block, before) = (&blocks[i], &blocks[i - 1]);
            block.blank_lines_before >= 2
                && block.kind == BlockKind::Paragraph
                && !around_table(before.kind)
                && !matches!(before.kind, BlockKind::Heading(_) | BlockKind::Title)
        })
        .collect()
}

fn split(at: usize, name: &str, sections: &mut Vec<Section>, paragraphs: &mut [Paragraph]) {
    let old = paragraphs[at].section;
    let level = sections[old].level;
    sections.insert(old + 1, Section { heading: name.to_owned(), span: None, inferred: true, level });
    let mut number = 0;
    for paragraph in &mut paragraphs[at..] {
        if paragraph.section == old {
            number += 1;
            paragraph.number = number;
        }
        paragraph.section += 1;
    }
}
