//! An opened source and what its bytes turned out to be: a report in blocks, or a table in cells.

use sha2::{Digest, Sha256};

use super::{Anchor, Place, SourceId, Span};

/// One opened file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its number among the open sources.
    pub id: SourceId,
    /// The file's name, without its folder.
    pub name: String,
    /// The whole text, a byte order mark and line ends included, so that for UTF-8 a byte offset here is one in the file.
    pub text: String,
    /// The encoding it was decoded from, as the WHATWG names it (`UTF-8`, `windows-1251`).
    pub encoding: &'static str,
    /// Whether offsets are into the file as it lies on disk (UTF-8), or into the decoded text.
    pub offsets_on_disk: bool,
    /// SHA-256 of the bytes as they were read.
    pub sha256: [u8; 32],
    /// What the bytes are.
    pub document: Document,
}

/// What a source's bytes turned out to be.
#[derive(Clone, Debug)]
pub enum Document {
    /// Prose: blocks in the order of the text.
    Report(Vec<Block>),
    /// A table: one grid a sheet.
    Table(Vec<Grid>),
}

/// A run of lines between blank lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its bytes, without the line end behind it.
    pub span: Span,
    /// What its layout says it is.
    pub kind: BlockKind,
    /// How many blank lines stand before it.
    pub blank_lines_before: u32,
}

/// What the layout of a block says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The document's title: the first block, when it is a line of its own.
    Title,
    /// A heading alone in its block; the number is its level.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// The line above a table that names it.
    Caption,
    /// Rows of cells.
    Table,
    /// A note under a table, opened by a sign.
    Footnote,
}

/// Rows of cells; row 0 is the header. Rows may be ragged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The sheet's name, or the file's.
    pub name: String,
    /// Cells by row.
    pub rows: Vec<Vec<String>>,
}

impl Source {
    /// SHA-256 of a file's bytes.
    pub fn hash(bytes: &[u8]) -> [u8; 32] {
        Sha256::digest(bytes).into()
    }

    /// The words or the cell at a place; `None` when the place is not in this source.
    pub fn words(&self, place: Place) -> Option<&str> {
        match (place, &self.document) {
            (Place::Text(span), Document::Report(_)) => span.of(&self.text),
            (Place::Cell { table, row, column }, Document::Table(grids)) => {
                grids.get(table as usize)?.rows.get(row as usize)?.get(column as usize).map(String::as_str)
            }
            _ => None,
        }
    }

    /// Whether `#` and `**` are marks of Markdown, by the file's name.
    pub fn is_markdown(&self) -> bool {
        let name = self.name.to_lowercase();
        name.ends_with(".md") || name.ends_with(".markdown")
    }

    /// The anchor of a span of this source.
    pub fn anchor(&self, span: Span) -> Anchor {
        Anchor::text(self.id, span)
    }
}
