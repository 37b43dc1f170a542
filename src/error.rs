//! What can go wrong: `Error` ends a call; a `Diagnostic` is reported while the rest still loads.

use crate::source::Anchor;

/// Why a call could not be carried out. Every text says what, where, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file that cannot be opened or read.
    #[error("{path}: {what}; {hint}")]
    Read {
        /// The file as it was named.
        path: String,
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
    /// An output that cannot be written.
    #[error("{path}: {what}; {hint}")]
    Write {
        /// The output as it was named.
        path: String,
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
    /// A call that makes no sense as it stands.
    #[error("{what}; {hint}")]
    Usage {
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
    /// The caller asked to stop.
    #[error("reading `{path}` was cancelled; nothing was changed")]
    Cancelled {
        /// The file as it was named.
        path: String,
    },
}

impl Error {
    /// A file that cannot be read.
    pub fn read(path: impl Into<String>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Read { path: path.into(), what: what.into(), hint: hint.into() }
    }

    /// The same, naming the file as the caller named it.
    #[must_use]
    pub fn at(self, shown: &str) -> Self {
        match self {
            Self::Read { what, hint, .. } => Self::Read { path: shown.to_owned(), what, hint },
            other => other,
        }
    }

    /// An output that cannot be written.
    pub fn write(path: impl Into<String>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Write { path: path.into(), what: what.into(), hint: hint.into() }
    }

    /// A wrong call.
    pub fn usage(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage { what: what.into(), hint: hint.into() }
    }
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something was left out.
    Warning,
}

/// Something odd in a source that did not stop the rest from loading.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Where, when it has a place.
    pub anchor: Option<Anchor>,
    /// What is odd.
    pub message: String,
    /// What to do about it, or what was done.
    pub hint: String,
}

impl Diagnostic {
    /// Something worth knowing.
    pub fn note(anchor: Option<Anchor>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity: Severity::Note, anchor, message: message.into(), hint: hint.into() }
    }

    /// Something left out.
    pub fn warning(anchor: Option<Anchor>, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, anchor, message: message.into(), hint: hint.into() }
    }
}
