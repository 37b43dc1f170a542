//! Where things are written: sources, their documents, places in them, and evidence.

pub mod anchor;
pub mod compare;
pub mod document;
pub mod evidence;
pub mod print;
mod quote;
pub mod resolve;
pub mod selector;

pub use anchor::{Anchor, Place, SourceId, Span};
pub use compare::Comparison;
pub use document::{Block, BlockKind, Document, Grid, Source};
pub use evidence::{Cited, Evidence, Piece, Working};
pub use print::{Ground, Print};
pub use resolve::Resolution;
pub use selector::{Selecting, Selector};

/// An exact decimal that keeps the digits as the source writes them (`6.50` stays `6.50`).
pub type Decimal = rust_decimal::Decimal;
