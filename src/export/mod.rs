//! Charts to files.
