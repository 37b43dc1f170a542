//! Where things are written: sources, their documents, places in them, and evidence.

pub mod anchor;
pub mod document;
pub mod evidence;

pub use anchor::{Anchor, Place, SourceId, Span};
pub use document::{Block, BlockKind, Document, Grid, Source};
pub use evidence::{Cited, Evidence, Piece, Working};

/// An exact decimal that keeps the digits as the source writes them (`6.50` stays `6.50`).
pub type Decimal = rust_decimal::Decimal;
