//! Votes and seats of one election, by list.

use std::collections::BTreeMap;

use super::Origin;
use crate::source::{Cited, Decimal, Evidence};

/// Which seats are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// All seats of the chamber.
    Total,
    /// Seats filled from party lists.
    List,
    /// Seats of single-member districts.
    Smd,
    /// Of those, the ones decided in the first round.
    SmdRound1,
    /// Of those, the ones decided in the second round.
    SmdRound2,
}

impl Tier {
    /// As the contract spells it.
    pub fn id(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::List => "list",
            Self::Smd => "smd",
            Self::SmdRound1 => "smd_round_1",
            Self::SmdRound2 => "smd_round_2",
        }
    }

    /// The tier with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        [Self::Total, Self::List, Self::Smd, Self::SmdRound1, Self::SmdRound2].into_iter().find(|tier| tier.id() == id)
    }
}

/// A value that may be stated, or stated not to exist, or not stated.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Entry {
    /// Stated, or computed from what is stated.
    Known(Cited<Decimal>),
    /// The source says that there is none (`--`).
    NotApplicable(Evidence),
    /// The source does not say.
    #[default]
    NotStated,
}

impl Entry {
    /// The value, where it is known.
    pub fn known(&self) -> Option<&Cited<Decimal>> {
        match self {
            Self::Known(cited) => Some(cited),
            _ => None,
        }
    }
}

/// One list, alliance or group of candidates.
#[derive(Clone, Debug, PartialEq)]
pub struct ListResult {
    /// Stable key, a slug of the name: `grey-hand`.
    pub key: String,
    /// The name as the source's table (or else its prose) writes it.
    pub name: String,
    /// Other names of the same list that the document itself joins to it.
    pub aliases: Vec<String>,
    /// Percent of the vote, 0..=100.
    pub vote_share: Entry,
    /// Votes counted.
    pub votes: Entry,
    /// Seats by tier.
    pub seats: BTreeMap<Tier, Entry>,
}

impl ListResult {
    /// Seats of a tier, where known.
    pub fn seats(&self, tier: Tier) -> Option<&Cited<Decimal>> {
        self.seats.get(&tier).and_then(Entry::known)
    }
}

/// One election.
#[derive(Clone, Debug, PartialEq)]
pub struct Election {
    /// Stable key made of the origin and the date.
    pub key: String,
    /// Where it comes from.
    pub origin: Origin,
    /// When, to the precision stated: `2004-09`; empty when not stated.
    pub period: String,
    /// The chamber as the document names it; empty when it does not.
    pub chamber: String,
    /// What the source calls the vote whose shares it gives (`popular vote`), with the words that say so.
    pub vote_name: Option<Cited<String>>,
    /// Lists in the source's order.
    pub lists: Vec<ListResult>,
    /// All seats by tier, as stated (the total row of a table), or computed as a sum when not.
    pub totals: BTreeMap<Tier, Cited<Decimal>>,
    /// All valid votes, where stated.
    pub total_votes: Option<Cited<Decimal>>,
    /// Grounds, from the document, for taking the vote shares as shares of the party-list vote.
    pub list_vote_grounds: Option<Evidence>,
}
