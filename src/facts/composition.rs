//! Shares of groups in a population, by date.

use super::Origin;
use crate::source::{Cited, Decimal, Evidence};

/// Whose composition it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// All inhabitants.
    Population,
    /// Candidates in an election.
    Candidates,
}

/// When a share holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dating {
    /// The sentence gives the date.
    Dated(String),
    /// The sentence says that it is the present, without a date.
    Current,
    /// The sentence gives no date; where it may be shown (the census its paragraph speaks of), if anywhere.
    NotStated {
        /// The paragraph's census.
        shown_at: Option<String>,
    },
}

/// One group's share at one date.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupShare {
    /// Stable key, a slug of the group: `orrin`.
    pub key: String,
    /// The group as the source names it.
    pub group: String,
    /// Percent, 0..=100.
    pub share: Cited<Decimal>,
    /// When.
    pub dating: Dating,
    /// The words that give the date, when they do.
    pub date_evidence: Option<Evidence>,
    /// Whether the source calls it an estimate or says about.
    pub approximate: bool,
    /// Why it can't be stacked with the others: it contains some of them (`non-…`, `mainly …`, or the shares would pass 100).
    pub contains_others: Option<String>,
}

/// One basis of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Composition {
    /// Stable key made of origin and basis.
    pub key: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Whose composition.
    pub basis: Basis,
    /// In the order of the source.
    pub shares: Vec<GroupShare>,
}
