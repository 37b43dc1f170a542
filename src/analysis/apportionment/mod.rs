//! Apportionment: votes to seats by every rule, exactly; ties are told and never broken in silence.
//!
//! Votes are whole numbers, or shares as exact decimals on one scale; quotients are compared by products. `apportion`
//! goes from votes to seats, `reverse` from seats to the rules and thresholds that give them, `what_if` sets results
//! beside what happened.

mod alliances;
mod contest;
mod divisor;
mod exact;
mod outcome;
mod quota;
mod reverse;
mod rules;
mod sequential;
mod system;
mod what_if;

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

pub use alliances::{Alliance, Allied, Missed, Resolved, apportion_allied};
pub use contest::{Contender, Contest};
pub use outcome::{Award, Note, Outcome, Tie, Ways, Why};
pub use reverse::{Backward, Bound, Detail, Piece, Verdict, reverse};
pub use rules::{Divisor, Kind, Quota, RULES, Rule, rule, rule_ids};
pub use system::{Link, ListTier, Overhang, System, SystemResult};
pub use what_if::{Alternative, Cell, Column, Comparison, Row, compare, told};

use crate::source::Decimal;
use exact::{cmp_products, gcd};

/// The most seats that are computed with.
pub const MOST_SEATS: u32 = 1_000_000;

/// What votes are given as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole votes.
    Votes,
    /// Shares: percent, or any other numbers in proportion to votes.
    Shares,
}

/// Over which votes quotas are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotaOver {
    /// Those of the lists past the threshold.
    #[default]
    Past,
    /// All valid votes.
    All,
}

/// What becomes of seats too many, where full quotas hand out more than there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Surplus {
    /// The rule gives no result, and that is told.
    #[default]
    Told,
    /// They are taken back, one each, from the lists with the least remainders.
    TakenBack,
}

/// What is to be chosen besides a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choices {
    /// Percent of all valid votes; a list that reaches it is past it.
    pub threshold: Decimal,
    /// Over which votes quotas are taken.
    pub quota_over: QuotaOver,
    /// What becomes of seats too many.
    pub surplus: Surplus,
}

/// Why votes cannot be computed with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// A number below zero.
    #[error("`{0}` is below zero; mend the votes")]
    Negative(Decimal),
    /// A part of a vote.
    #[error("`{0}` is not a whole number of votes; give whole votes, or shares")]
    NotWhole(Decimal),
    /// More digits than are computed with exactly.
    #[error("the votes have more digits than can be computed with exactly; give fewer decimals")]
    TooManyDigits,
    /// No vote of any list is stated.
    #[error("no votes of any list are stated; give `votes` or `vote_share`")]
    NoneStated,
    /// Some lists have votes, others none stated, and how many there are in all is not known.
    #[error("the votes of some lists are not stated, nor the sum of all; give one or the other")]
    NoTotal,
    /// Shares with a sum over 100 %, by more than rounding explains.
    #[error("the shares sum to {0} %, more than rounding explains; mend them")]
    MoreThanHundred(Decimal),
    /// The lists have more votes than there are.
    #[error("the lists have more votes than the total says; mend one of them")]
    MoreThanAll,
}

/// Votes of lists as whole numbers on one scale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Votes {
    counts: Vec<u128>,
    all: u128,
    unit: Unit,
}

impl Votes {
    /// Votes on one scale. `all` are all valid votes, where they are not the sum.
    ///
    /// # Errors
    /// Numbers below zero, votes that are not whole, lists that have more than all but by rounding, and numbers of more
    /// than 18 digits or so, which exact products could not hold.
    pub fn new(values: &[Decimal], all: Option<Decimal>, unit: Unit) -> Result<Self, Trouble> {
        let given: Vec<Decimal> = values.iter().chain(&all).map(Decimal::normalize).collect();
        if let Some(negative) = given.iter().find(|value| value.is_sign_negative() && !value.is_zero()) {
            return Err(Trouble::Negative(*negative));
        }
        if let Some(part) = given.iter().find(|value| unit == Unit::Votes && value.scale() > 0) {
            return Err(Trouble::NotWhole(*part));
        }
        let scale = given.iter().map(Decimal::scale).max().unwrap_or_default();
        let whole =
            |value: &Decimal| value.mantissa().unsigned_abs().checked_mul(10_u128.checked_pow(scale - value.scale())?);
        let mut counts = given.iter().map(whole).collect::<Option<Vec<u128>>>().ok_or(Trouble::TooManyDigits)?;
        if unit == Unit::Shares {
            let common = counts.iter().fold(0, |common, count| gcd(common, *count)).max(1);
            counts.iter_mut().for_each(|count| *count /= common);
        }
        let all_given = all;
        let last = all.and_then(|_| counts.pop());
        let sum = counts.iter().try_fold(0_u128, |sum, count| sum.checked_add(*count)).ok_or(Trouble::TooManyDigits)?;
        let all = last.unwrap_or(sum);
        // Below 2^63 every product of the rules fits: squares, and votes by seats.
        if all.max(sum) >= 1 << 63 {
            return Err(Trouble::TooManyDigits);
        }
        match unit {
            Unit::Votes if sum > all => return Err(Trouble::MoreThanAll),
            Unit::Shares => rounded(values, all_given)?,
            Unit::Votes => {}
        }
        Ok(Self { counts, all, unit })
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Whether a count reaches a threshold in percent of all votes.
    fn reaches(&self, count: u128, threshold: Decimal) -> bool {
        if threshold <= Decimal::ZERO {
            return true;
        }
        let Some(scale) = 10_u128.checked_pow(threshold.scale()) else { return false };
        cmp_products((count * 100, scale), (threshold.mantissa().unsigned_abs(), self.all)) != Ordering::Less
    }

    /// The lists that have votes and reach a threshold.
    fn past(&self, threshold: Decimal) -> Vec<usize> {
        let takes_part = |list: &usize| self.counts[*list] > 0 && self.reaches(self.counts[*list], threshold);
        (0..self.len()).filter(takes_part).collect()
    }
}

/// Whether shares may sum to no more than all of them: each may be rounded up by half of its last digit.
fn rounded(values: &[Decimal], all: Option<Decimal>) -> Result<(), Trouble> {
    let Some(all) = all else { return Ok(()) };
    let digits = values.iter().map(Decimal::scale).max().unwrap_or_default();
    let lists = i64::try_from(values.len()).unwrap_or(i64::MAX / 10);
    let slack = Decimal::new(lists.saturating_mul(5), (digits + 1).min(Decimal::MAX_SCALE));
    let sum = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(*value));
    match sum {
        Some(sum) if all.checked_add(slack).is_some_and(|most| sum <= most) => Ok(()),
        Some(sum) => Err(Trouble::MoreThanHundred(sum.normalize())),
        None => Err(Trouble::TooManyDigits),
    }
}

/// The seats of each list by a rule.
pub fn apportion(rule: &Rule, votes: &Votes, house: u32, choices: &Choices) -> Award {
    let past = votes.past(choices.threshold);
    award_among(rule, votes, house, choices, past)
}

/// The same among lists that are known to take part.
fn award_among(rule: &Rule, votes: &Votes, house: u32, choices: &Choices, past: Vec<usize>) -> Award {
    let nothing = |why, past| Award { outcome: Outcome::Nothing(why), past, notes: Vec::new() };
    if votes.is_empty() {
        return nothing(Why::NoLists, past);
    }
    if house > MOST_SEATS {
        return nothing(Why::HouseTooLarge, past);
    }
    if house == 0 {
        return Award { outcome: Outcome::Decided(vec![0; votes.len()]), past, notes: Vec::new() };
    }
    if past.is_empty() {
        let any = votes.counts.iter().any(|count| *count > 0);
        return nothing(if any { Why::NonePast } else { Why::NoVotes }, past);
    }
    let counts: Vec<u128> = past.iter().map(|list| votes.counts[*list]).collect();
    let all = match choices.quota_over {
        QuotaOver::Past => counts.iter().sum(),
        // Rounded shares may have a sum a little over.
        QuotaOver::All => votes.all.max(1),
    };
    let mut notes = Vec::new();
    if rule.gives_first_seats() && (house as usize) < counts.len() {
        notes.push(Note::FewerSeatsThanLists);
    }
    let outcome = core(rule, &counts, (all, votes.unit), house, choices.surplus, &mut notes);
    Award { outcome: outcome.spread(&past, votes.len()), past, notes }
}

/// Seats by the numbers alone: there are lists, each with votes, and seats.
fn core(
    rule: &Rule,
    counts: &[u128],
    all: (u128, Unit),
    house: u32,
    surplus: Surplus,
    notes: &mut Vec<Note>,
) -> Outcome {
    match &rule.kind {
        Kind::Divisor(divisor) => divisor.award(counts, house),
        Kind::Quota(quota) => quota.award(counts, all, house, surplus, notes),
        Kind::QuotaMethod => sequential::award(counts, all.0, house),
    }
}

/// One more seat each for the so many greatest of some lists; those that are equal across the cut tie.
fn pick<K: Ord + Copy>(base: &[u32], among: &[(K, usize)], seats: u32) -> Outcome {
    let mut ranked: Vec<(K, usize)> = among.to_vec();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let cut = seats as usize;
    let mut sure = base.to_vec();
    let tied = match (cut.checked_sub(1).and_then(|last| ranked.get(last)), ranked.get(cut)) {
        (Some(last), Some(next)) if last.0 == next.0 => Some(last.0),
        _ => None,
    };
    let winners = ranked.iter().take(cut).filter(|(key, _)| Some(*key) != tied);
    winners.for_each(|(_, list)| sure[*list] += 1);
    let Some(tied) = tied else { return Outcome::Decided(sure) };
    let mut most = sure.clone();
    ranked.iter().filter(|(key, _)| *key == tied).for_each(|(_, list)| most[*list] += 1);
    let open = ranked.iter().take(cut).filter(|(key, _)| *key == tied).count();
    Outcome::Tied(Tie { sure, most, open: u32::try_from(open).unwrap_or(u32::MAX), ways: None })
}
