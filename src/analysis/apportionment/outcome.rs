//! What a rule says: seats, a tie told as a tie, or why it gives no result.

use std::{collections::BTreeSet, fmt};

/// The seats of a rule, by list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Every seat is decided.
    Decided(Vec<u32>),
    /// Some seats are tied for.
    Tied(Tie),
    /// The full quotas alone are more than there are seats.
    TooMany {
        /// What the quotas hand out.
        given: Vec<u32>,
        /// How many of those there are not.
        over: u32,
    },
    /// Seats that the rule hands to nobody.
    Unfilled {
        /// What it hands out.
        given: Vec<u32>,
        /// How many it leaves.
        left: u32,
    },
    /// The rule gives no result.
    Nothing(Why),
}

/// Lists that tie for the last seats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The seats that each list has whichever way the tie goes.
    pub sure: Vec<u32>,
    /// The most that each can have.
    pub most: Vec<u32>,
    /// How many seats are tied for.
    pub open: u32,
    /// Where not every way to hand them out is open: those that are.
    pub ways: Option<Ways>,
}

/// The results that a tie can lead to, where lists with equal votes may change places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// Lists from the most votes to the fewest.
    pub(super) order: Vec<usize>,
    /// How many lists in a row of `order` have equal votes.
    pub(super) equal: Vec<usize>,
    /// Seats in that order, among equals from the most to the fewest.
    pub(super) states: BTreeSet<Vec<u32>>,
}

/// Why a rule gives no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There are no lists.
    NoLists,
    /// No list has votes.
    NoVotes,
    /// No list is past the threshold.
    NonePast,
    /// More ties on the way than can be followed.
    TooManyTies,
    /// More seats than can be computed with.
    HouseTooLarge,
}

/// What is to be told beside a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// Each list should have a first seat, and there are too few: the largest lists have one each.
    FewerSeatsThanLists,
    /// The quotas handed out too many seats: those of the least remainders were taken back.
    SurplusTaken(u32),
    /// The Droop quota of shares is the least amount above `V ÷ (S + 1)`, not a whole number of votes.
    DroopOfShares,
}

/// A result, with what is to be told beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    /// The result.
    pub outcome: Outcome,
    /// The lists that took part: past the threshold, and with votes.
    pub past: Vec<usize>,
    /// What is to be told.
    pub notes: Vec<Note>,
}

impl Outcome {
    /// The seats, where every one is decided.
    pub fn seats(&self) -> Option<&[u32]> {
        match self {
            Self::Decided(seats) => Some(seats),
            _ => None,
        }
    }

    /// The fewest and the most seats that a list can have by it; `None` where there is no result.
    pub fn range(&self, list: usize) -> Option<(u32, u32)> {
        match self {
            Self::Decided(seats) => seats.get(list).map(|seats| (*seats, *seats)),
            Self::Tied(tie) => Some((*tie.sure.get(list)?, *tie.most.get(list)?)),
            _ => None,
        }
    }

    /// The same for the places that `past` names among `lists`; all others have no seats.
    pub(super) fn spread(self, past: &[usize], lists: usize) -> Self {
        let spread = |seats: Vec<u32>| {
            let mut all = vec![0; lists];
            past.iter().zip(seats).for_each(|(list, seats)| all[*list] = seats);
            all
        };
        match self {
            Self::Decided(seats) => Self::Decided(spread(seats)),
            Self::Tied(tie) => Self::Tied(Tie {
                sure: spread(tie.sure),
                most: spread(tie.most),
                open: tie.open,
                ways: tie
                    .ways
                    .map(|ways| Ways { order: ways.order.into_iter().map(|place| past[place]).collect(), ..ways }),
            }),
            Self::TooMany { given, over } => Self::TooMany { given: spread(given), over },
            Self::Unfilled { given, left } => Self::Unfilled { given: spread(given), left },
            Self::Nothing(why) => Self::Nothing(why),
        }
    }
}

impl Tie {
    /// The lists that tie.
    pub fn tied(&self) -> Vec<usize> {
        (0..self.sure.len()).filter(|list| self.sure[*list] < self.most[*list]).collect()
    }

    /// Whether it can lead to these seats.
    pub fn admits(&self, seats: &[u32]) -> bool {
        let total: u64 = seats.iter().map(|seats| u64::from(*seats)).sum();
        let sure: u64 = self.sure.iter().map(|seats| u64::from(*seats)).sum();
        seats.len() == self.sure.len()
            && total == sure + u64::from(self.open)
            && seats.iter().enumerate().all(|(list, seats)| (self.sure[list]..=self.most[list]).contains(seats))
            && self.ways.as_ref().is_none_or(|ways| ways.admit(seats))
    }
}

impl Ways {
    fn admit(&self, seats: &[u32]) -> bool {
        let mut state: Vec<u32> = self.order.iter().map(|list| seats[*list]).collect();
        let mut from = 0;
        for equal in &self.equal {
            state[from..from + equal].sort_unstable_by(|a, b| b.cmp(a));
            from += equal;
        }
        self.states.contains(&state)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(match self {
            Self::NoLists => "there are no lists",
            Self::NoVotes => "no list has votes",
            Self::NonePast => "no list is past the threshold",
            Self::TooManyTies => "there are more ties on the way than can be followed",
            Self::HouseTooLarge => "there are more seats than can be computed with",
        })
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::FewerSeatsThanLists => f.write_str(
                "every list should have a first seat and there are fewer seats than lists: the largest have one each",
            ),
            Self::SurplusTaken(1) => f.write_str("one seat too many by quotas, taken back at the least remainder"),
            Self::SurplusTaken(n) => write!(f, "{n} seats too many by quotas, taken back at the least remainders"),
            Self::DroopOfShares => f.write_str("of shares, the Droop quota is the least amount above V ÷ (S + 1)"),
        }
    }
}
