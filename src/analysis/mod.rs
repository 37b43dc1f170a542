//! Facts to measures.
