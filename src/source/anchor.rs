//! A place in a source: small, `Copy`; the words around it are asked of the `Source` when shown.

use serde::Serialize;

/// Which open source; the order of opening, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceId(pub u32);

/// A half-open range of bytes in a source's text, `start..end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end`; an end before the start gives the empty span at `start`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// The words here, or nothing when the span does not fit the text.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range moved right by `bytes`.
    pub fn shifted(self, bytes: usize) -> Span {
        Span { start: self.start + bytes, end: self.end + bytes }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// Characters of a text, or a cell of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Place {
    /// Bytes of a text.
    Text(Span),
    /// A cell, all three counted from 0; row 0 is the header.
    Cell {
        /// Sheet, in the order of the file.
        table: u32,
        /// Row.
        row: u32,
        /// Column.
        column: u32,
    },
}

/// A place in one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Anchor {
    /// The source.
    pub source: SourceId,
    /// The place in it.
    pub place: Place,
}

impl Anchor {
    /// Characters of a text source.
    pub fn text(source: SourceId, span: Span) -> Self {
        Self { source, place: Place::Text(span) }
    }

    /// The span, where the place is one in a text.
    pub fn span(self) -> Option<Span> {
        match self.place {
            Place::Text(span) => Some(span),
            Place::Cell { .. } => None,
        }
    }
}
