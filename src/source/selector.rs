//! A saved link: a place by position, by quote and by the document's print, and what becomes of it in a changed document.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{
    Comparison, Place, Resolution, Source, Span,
    print::{self, Ground, Print, is_blank},
    resolve::{resolve, resolve_quote},
};

/// Characters besides blanks on either side of a quote, as saved.
pub(super) const CONTEXT: usize = 32;
/// The most that is saved of either side, so that the quote is alone in its document.
const MOST_CONTEXT: usize = 256;
/// More passages alike than this are not listed one by one.
const MOST_LIKE: usize = 64;

/// A place in a document, saved so that it is found again, or known to be lost, when the document has changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Selector {
    /// Where it stands, in bytes or as a cell.
    pub place: Place,
    /// Where it stands in characters (Unicode code points, a byte order mark not counted), as the W3C's
    /// `TextPositionSelector` counts; `None` for a cell.
    pub position: Option<(usize, usize)>,
    /// The words, or the cell's.
    pub exact: String,
    /// What stands before them: as much as makes the quote the only one, within reason.
    pub prefix: String,
    /// What stands after them.
    pub suffix: String,
    /// For a cell: the head of its column, and the first cell of its row.
    pub cell: Option<(String, String)>,
    /// How the place hangs in its document; `None` in a selector that another program wrote.
    pub ties: Option<Ties>,
}

/// How a place hangs in its document.
#[derive(Clone, Debug, PartialEq)]
pub struct Ties {
    /// The document's print; shared by all selectors of one document.
    pub print: Arc<Print>,
    /// The passage it begins in.
    pub passage: usize,
    /// How many passages it reaches over.
    pub passages: usize,
    /// Characters besides blanks from the start of that passage to it.
    pub offset: usize,
    /// Passages that one change could turn into this one.
    pub like: Likes,
}

/// Passages like another: they differ by digits, or by one short piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Likes {
    /// These.
    Few(Vec<usize>),
    /// Too many to tell.
    Many,
}

/// Makes the selectors of one document.
pub struct Selecting<'a> {
    ground: Ground<'a>,
    print: Arc<Print>,
    /// By passage: its characters without blanks, digits masked.
    masked: Vec<String>,
    likes: LikeIndex,
    /// By passage: how many characters stand before it.
    chars_before: Vec<usize>,
}

impl<'a> Selecting<'a> {
    /// For a source.
    pub fn new(source: &'a Source) -> Self {
        Self::on(Ground::of(source))
    }

    /// For a document that is cut into passages.
    pub fn on(ground: Ground<'a>) -> Self {
        let count = ground.passages.len();
        let masked: Vec<String> =
            (0..count).map(|at| print::masked(&ground.words(at, at + 1)).into_iter().collect()).collect();
        let mut chars_before = Vec::with_capacity(count);
        let (mut byte, mut chars) = (0, 0);
        for passage in &ground.passages {
            if let Place::Text(span) = passage.place {
                chars += ground.text.get(byte..span.start).map_or(0, |text| text.chars().count());
                byte = span.start;
            }
            chars_before.push(chars);
        }
        let print = Arc::new(ground.print());
        let likes = LikeIndex::new(&masked);
        Self { ground, print, masked, likes, chars_before }
    }

    /// The document's print.
    pub fn print(&self) -> &Print {
        &self.print
    }

    /// The selector of a place; `None` where there are no words.
    pub fn selector(&self, place: Place) -> Option<Selector> {
        match place {
            Place::Text(span) => self.of_text(span),
            Place::Cell { table, row, column } => self.of_cell(table, row, column),
        }
    }

    fn of_text(&self, span: Span) -> Option<Selector> {
        let text = self.ground.text;
        let words = span.of(text)?;
        let exact = words.trim_matches(is_blank);
        let start = span.start + (words.len() - words.trim_start_matches(is_blank).len());
        let span = Span::new(start, start + exact.len());
        if span.is_empty() {
            return None;
        }
        let passage = self.passage_at(span.start)?;
        let passages = self.passage_at(span.end - 1)? + 1 - passage;
        let Place::Text(home) = self.ground.passages[passage].place else { return None };
        let offset = text.get(home.start..span.start)?.chars().filter(|c| !is_blank(*c)).count();
        let (prefix, suffix) = context(text, span);
        let bom = usize::from(text.starts_with('\u{feff}'));
        let before = self.chars_before[passage] + text.get(home.start..span.start)?.chars().count() - bom;
        Some(Selector {
            place: Place::Text(span),
            position: Some((before, before + exact.chars().count())),
            exact: exact.to_owned(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
            cell: None,
            ties: Some(self.ties(passage, passages, offset)),
        })
    }

    fn of_cell(&self, table: u32, row: u32, column: u32) -> Option<Selector> {
        let place = Place::Cell { table, row, column };
        let first = Place::Cell { table, row, column: 0 };
        let cells = self.ground.row(place)?;
        let passage = self.ground.passages.binary_search_by_key(&first, |passage| passage.place).ok()?;
        let at = |column: usize| cells.get(column).cloned().unwrap_or_default();
        let here = column as usize;
        Some(Selector {
            place,
            position: None,
            exact: cells.get(here)?.clone(),
            prefix: here.checked_sub(1).map(at).unwrap_or_default(),
            suffix: at(here + 1),
            cell: Some((head(&self.ground, place)?, at(0))),
            ties: Some(self.ties(passage, 1, 0)),
        })
    }

    fn ties(&self, passage: usize, passages: usize, offset: usize) -> Ties {
        let own = passage..passage + passages;
        let mut like = Vec::new();
        for mine in own.clone() {
            let Some(alike) = self.likes.of(&self.masked, mine) else { return self.tied(own, offset, Likes::Many) };
            like.extend(alike.into_iter().filter(|at| !own.contains(at)));
        }
        like.sort_unstable();
        like.dedup();
        self.tied(own, offset, Likes::Few(like))
    }

    fn tied(&self, own: Range<usize>, offset: usize, like: Likes) -> Ties {
        Ties { print: Arc::clone(&self.print), passage: own.start, passages: own.len(), offset, like }
    }

    /// The passage that holds a byte.
    fn passage_at(&self, byte: usize) -> Option<usize> {
        let ends_before = |passage: &print::Passage| matches!(passage.place, Place::Text(span) if span.end <= byte);
        let at = self.ground.passages.partition_point(ends_before);
        let passage = self.ground.passages.get(at)?;
        matches!(passage.place, Place::Text(span) if span.start <= byte).then_some(at)
    }
}

/// Passages by how they begin and end: two that are alike share the one or the other.
struct LikeIndex {
    heads: HashMap<Vec<u8>, Vec<usize>>,
    tails: HashMap<Vec<u8>, Vec<usize>>,
}

/// So many bytes of a beginning or an end are compared first.
const END: usize = 6;
/// The same for passages shorter than `SHORT`; one shorter than that is like too many.
const SHORT_END: usize = 2;
const SHORT: usize = 2 * END + 4;
/// More passages than this are not looked at for one selector.
const MOST_COMPARED: usize = 20_000;

impl LikeIndex {
    fn new(masked: &[String]) -> Self {
        let mut index = Self { heads: HashMap::new(), tails: HashMap::new() };
        for (at, words) in masked.iter().enumerate() {
            for length in [SHORT_END, END] {
                let bytes = words.as_bytes();
                if bytes.len() >= length {
                    index.heads.entry(bytes[..length].to_vec()).or_default().push(at);
                    index.tails.entry(bytes[bytes.len() - length..].to_vec()).or_default().push(at);
                }
            }
        }
        index
    }

    /// The passages like one, in order; `None` where there are too many to tell.
    fn of(&self, masked: &[String], own: usize) -> Option<Vec<usize>> {
        let bytes = masked[own].as_bytes();
        // Three quarters in common at both ends are three eighths at one of them.
        let length = if bytes.len() < SHORT { SHORT_END } else { END };
        if bytes.len() < 2 * SHORT_END {
            return None;
        }
        let near = [self.heads.get(&bytes[..length]), self.tails.get(&bytes[bytes.len() - length..])];
        if near.iter().flatten().map(|near| near.len()).sum::<usize>() > MOST_COMPARED {
            return None;
        }
        let mut like: Vec<usize> = near.into_iter().flatten().flatten().copied().collect();
        like.sort_unstable();
        like.dedup();
        like.retain(|at| *at != own && is_like(&masked[*at], &masked[own]));
        (like.len() <= MOST_LIKE).then_some(like)
    }
}

/// Whether one short change could turn the first into the second.
fn is_like(other: &str, own: &str) -> bool {
    let (other, own) = (other.as_bytes(), own.as_bytes());
    let short = other.len().min(own.len());
    let head = other.iter().zip(own).take_while(|(a, b)| a == b).count();
    let tail = other.iter().rev().zip(own.iter().rev()).take(short - head).take_while(|(a, b)| a == b).count();
    (head + tail) * 4 >= own.len() * 3
}

/// What stands on either side of a span: at least `CONTEXT` characters besides blanks where there are so many, and on
/// until the quote is alone.
fn context(text: &str, span: Span) -> (&str, &str) {
    let exact = span.of(text).unwrap_or_default();
    let mut wanted = CONTEXT;
    loop {
        let start = text[..span.start].char_indices().rev().filter(|(_, c)| !is_blank(*c)).nth(wanted - 1);
        let end = text[span.end..].char_indices().filter(|(_, c)| !is_blank(*c)).nth(wanted - 1);
        let start = start.map_or(0, |(at, _)| at);
        let end = end.map_or(text.len(), |(at, c)| span.end + at + c.len_utf8());
        let (prefix, suffix) = (&text[start..span.start], &text[span.end..end]);
        let same =
            |(at, _): &(usize, &str)| text[..*at].ends_with(prefix) && text[at + exact.len()..].starts_with(suffix);
        let alone = text.match_indices(exact).filter(same).take(2).count() < 2;
        if alone || wanted >= MOST_CONTEXT {
            return (prefix, suffix);
        }
        wanted *= 2;
    }
}

/// The head of a cell's column.
pub(super) fn head(ground: &Ground, place: Place) -> Option<String> {
    let Place::Cell { table, column, .. } = place else { return None };
    let cells = ground.row(Place::Cell { table, row: 0, column: 0 })?;
    Some(cells.get(column as usize).cloned().unwrap_or_default())
}

impl Selector {
    /// The selector of a place in a source; for many of one source ask `Selecting`.
    pub fn of(source: &Source, place: Place) -> Option<Self> {
        Selecting::new(source).selector(place)
    }

    /// What became of it; for many against one source make one `Comparison`.
    pub fn resolve(&self, source: &Source) -> Resolution {
        let ground = Ground::of(source);
        match &self.ties {
            Some(ties) => resolve(&Comparison::new(&ties.print, &ground), self),
            None => resolve_quote(&ground, self),
        }
    }
}
