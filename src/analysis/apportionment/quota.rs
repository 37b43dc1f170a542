//! Quota rules: a seat for each full quota, the rest to the largest remainders.

use super::{
    Surplus, Unit,
    outcome::{Note, Outcome},
    pick,
    rules::Quota,
};

/// What remains of a list's votes after its full quotas; among equal remainders of a quota that is a trifle above the
/// number computed with, the fewer quotas were taken the more is left.
pub(super) type Remainder = (u128, std::cmp::Reverse<u32>);

impl Quota {
    /// How many quotas the votes are parted into, but for Droop's of whole votes.
    pub(super) fn parts(self, house: u32) -> u128 {
        u128::from(house)
            + match self {
                Self::Hare => 0,
                Self::Droop | Self::HagenbachBischoff => 1,
                Self::Imperiali => 2,
            }
    }

    /// Full quotas and what is left, for a list of so many of all votes; of all votes there are some.
    fn split(self, votes: u128, all: u128, unit: Unit, house: u32) -> (u32, Remainder) {
        let parts = self.parts(house);
        let (full, left) = match (self, unit) {
            (Self::Droop, Unit::Votes) => {
                let quota = all / parts + 1;
                (votes / quota, votes % quota)
            }
            _ => (votes * parts / all, votes * parts % all),
        };
        let full = u32::try_from(full).unwrap_or(u32::MAX);
        if self != Self::Droop || unit == Unit::Votes {
            (full, (left, std::cmp::Reverse(0)))
        } else if left == 0 && full > 0 {
            // Just so many times `V ÷ (S + 1)` is one quota short.
            (full - 1, (all, std::cmp::Reverse(full - 1)))
        } else {
            (full, (left, std::cmp::Reverse(full)))
        }
    }

    /// Seats of lists, all of which have votes, by the quota of `all` votes; the house is not empty.
    pub(super) fn award(
        self,
        votes: &[u128],
        (all, unit): (u128, Unit),
        house: u32,
        surplus: Surplus,
        notes: &mut Vec<Note>,
    ) -> Outcome {
        let split: Vec<(u32, Remainder)> = votes.iter().map(|votes| self.split(*votes, all, unit, house)).collect();
        let full: Vec<u32> = split.iter().map(|(full, _)| *full).collect();
        let given: u64 = full.iter().map(|full| u64::from(*full)).sum();
        if self == Self::Droop && unit == Unit::Shares {
            notes.push(Note::DroopOfShares);
        }
        if given > u64::from(house) {
            let over = u32::try_from(given - u64::from(house)).unwrap_or(u32::MAX);
            return take_back(full, &split, over, surplus, notes);
        }
        let left = u32::try_from(u64::from(house) - given).unwrap_or(u32::MAX);
        if left as usize > votes.len() {
            let given = full.iter().map(|full| full + 1).collect();
            return Outcome::Unfilled { given, left: left - u32::try_from(votes.len()).unwrap_or(left) };
        }
        let remainders: Vec<(Remainder, usize)> = split.iter().map(|(_, remainder)| *remainder).zip(0..).collect();
        pick(&full, &remainders, left)
    }
}

/// Takes seats too many back, one each, from the lists with the least remainders, if so chosen.
fn take_back(
    full: Vec<u32>,
    split: &[(u32, Remainder)],
    over: u32,
    surplus: Surplus,
    notes: &mut Vec<Note>,
) -> Outcome {
    let holders: Vec<(Remainder, usize)> =
        split.iter().zip(0..).filter(|((full, _), _)| *full > 0).map(|((_, left), list)| (*left, list)).collect();
    let kept = holders.len().checked_sub(over as usize);
    let (Surplus::TakenBack, Some(kept)) = (surplus, kept) else {
        return Outcome::TooMany { given: full, over };
    };
    notes.push(Note::SurplusTaken(over));
    let mut less = full;
    holders.iter().for_each(|(_, list)| less[*list] -= 1);
    pick(&less, &holders, u32::try_from(kept).unwrap_or(u32::MAX))
}
