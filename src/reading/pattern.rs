//! A pattern of a grammar, compiled when it is first looked for: most documents need few of all that are known.

use std::sync::{Arc, OnceLock};

use regex::{Captures, Match, Regex};

/// A regular expression by its text. Its clones share what is compiled.
#[derive(Clone, Debug)]
pub struct Pattern {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    text: String,
    regex: OnceLock<Result<Regex, regex::Error>>,
}

impl Pattern {
    /// A pattern that is not compiled yet.
    pub(super) fn new(text: String) -> Self {
        Self { shared: Arc::new(Shared { text, regex: OnceLock::new() }) }
    }

    /// The regular expression.
    ///
    /// # Errors
    /// Where the pattern is wrong.
    pub(super) fn compiled(&self) -> Result<&Regex, &regex::Error> {
        self.shared.regex.get_or_init(|| Regex::new(&self.shared.text)).as_ref()
    }

    /// The first match; none of a pattern that is wrong, as for the methods below.
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.compiled().ok()?.find(text)
    }

    /// Whether it is found.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled().is_ok_and(|regex| regex.is_match(text))
    }

    /// The first match with its groups.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.compiled().ok()?.captures(text)
    }

    /// Every match with its groups.
    pub fn captures_iter<'p, 't>(&'p self, text: &'t str) -> impl Iterator<Item = Captures<'t>> + use<'p, 't> {
        self.compiled().ok().into_iter().flat_map(|regex| regex.captures_iter(text))
    }
}
