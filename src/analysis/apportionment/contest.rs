//! Who competes for the seats of one tier, with what is stated of votes and seats.

use super::{Trouble, Unit, Votes};
use crate::{
    facts::{Election, Entry, ListResult, Tier},
    source::{Cited, Decimal},
};

/// A list that competes.
#[derive(Clone, Debug, PartialEq)]
pub struct Contender {
    /// Stable key of the list.
    pub key: String,
    /// Its name as the source writes it.
    pub name: String,
    /// Votes, or percent of them; `None` where not stated.
    pub votes: Option<Cited<Decimal>>,
    /// Seats reported in the tier; `None` where not stated.
    pub seats: Option<Cited<Decimal>>,
    /// Seats reported in single-member districts.
    pub district_seats: Option<Cited<Decimal>>,
    /// Whether it has no list vote at all, as those have who run on their own: it takes no part in the list tier.
    pub apart: bool,
}

/// The contest for the seats of one tier.
#[derive(Clone, Debug, PartialEq)]
pub struct Contest {
    /// The election's key.
    pub election: String,
    /// Whose seats are reported.
    pub tier: Tier,
    /// What votes are given as.
    pub unit: Unit,
    /// Everyone with votes or seats, in the source's order.
    pub lists: Vec<Contender>,
    /// All seats of the tier, where stated or summed.
    pub seats: Option<Cited<Decimal>>,
    /// Votes of the lists whose votes are stated.
    pub(super) votes: Votes,
    /// Those lists, by their place in `lists`.
    pub(super) stated: Vec<usize>,
    /// Votes of all that is unstated, on the scale of `votes`.
    pub(super) unstated: u128,
}

impl Contest {
    /// The contest of an election for the seats of a tier. Votes are taken where those of every list are stated, else
    /// shares.
    ///
    /// # Errors
    /// Where no votes are stated, or they cannot be computed with.
    pub fn new(election: &Election, tier: Tier) -> Result<Self, Trouble> {
        let counted = |entry: fn(&ListResult) -> &Entry| {
            election.lists.iter().filter(|list| entry(list).known().is_some()).count()
        };
        let (votes, shares) = (counted(|list| &list.votes), counted(|list| &list.vote_share));
        if votes + shares == 0 {
            return Err(Trouble::NoneStated);
        }
        let by_votes = votes >= shares && election.total_votes.is_some();
        if !by_votes && shares == 0 {
            return Err(Trouble::NoTotal);
        }
        let unit = if by_votes { Unit::Votes } else { Unit::Shares };
        let lists: Vec<Contender> = election.lists.iter().map(|list| contender(list, tier, unit)).collect();
        let all = match &election.total_votes {
            Some(total) if by_votes => total.value,
            _ => Decimal::ONE_HUNDRED,
        };
        let seats = election.totals.get(&tier).cloned();
        let mut contest = Self {
            election: election.key.clone(),
            tier,
            unit,
            lists,
            seats,
            votes: Votes::new(&[], None, unit)?,
            stated: Vec::new(),
            unstated: 0,
        };
        contest.stated = (0..contest.lists.len()).filter(|list| contest.lists[*list].votes.is_some()).collect();
        let values: Vec<Decimal> = contest.lists.iter().filter_map(|list| Some(list.votes.as_ref()?.value)).collect();
        contest.votes = Votes::new(&values, Some(all), unit)?;
        contest.unstated = contest.votes.all.saturating_sub(contest.votes.counts.iter().sum());
        Ok(contest)
    }

    /// What is unstated, in percent of all votes.
    pub fn unstated_percent(&self) -> Decimal {
        self.percent(self.unstated)
    }

    /// Whether what is unstated could be a list that is past a threshold: then a result holds for the stated lists only.
    pub fn unstated_may_pass(&self, threshold: Decimal) -> bool {
        self.unstated > 0 && self.votes.reaches(self.unstated, threshold)
    }

    /// What is to be told of a result under a threshold, where lists without stated votes could take part in it.
    pub fn caveat(&self, threshold: Decimal) -> Option<String> {
        let percent = self.unstated_percent().round_dp(2).normalize();
        let words = || format!("{percent} % of the votes are not stated; seats are those of the lists whose votes are");
        self.unstated_may_pass(threshold).then(words)
    }

    /// A count on the scale of the votes, in percent of all.
    pub(super) fn percent(&self, count: u128) -> Decimal {
        let decimal = |n: u128| i128::try_from(n).ok().and_then(|n| Decimal::try_from_i128_with_scale(n, 0).ok());
        let parts = decimal(count * 100).zip(decimal(self.votes.all));
        parts.and_then(|(count, all)| count.checked_div(all)).unwrap_or_default().normalize()
    }

    /// The number of seats: all of the tier, or where it is not stated the sum of those that every list reports.
    pub fn house(&self) -> Option<u32> {
        if let Some(seats) = &self.seats {
            return whole(seats.value);
        }
        let taking_part = self.lists.iter().filter(|list| !list.apart);
        taking_part.map(|list| whole(list.seats.as_ref()?.value)).try_fold(0_u32, |sum, one| sum.checked_add(one?))
    }

    /// The seats reported for each list; where those that are stated are all there are, whoever has none stated has
    /// none. `None` where no list has seats reported.
    pub(super) fn reported(&self, house: u32) -> Option<Vec<Option<u32>>> {
        let stated: Vec<Option<u32>> =
            self.lists.iter().map(|list| list.seats.as_ref().and_then(|seats| whole(seats.value))).collect();
        if stated.iter().all(Option::is_none) {
            return None;
        }
        let sum: u64 = stated.iter().flatten().map(|seats| u64::from(*seats)).sum();
        let complete = sum == u64::from(house);
        Some(stated.into_iter().map(|seats| if complete { seats.or(Some(0)) } else { seats }).collect())
    }

    /// The votes that a result rests on, with where they are stated.
    pub fn operands(&self) -> impl Iterator<Item = &Cited<Decimal>> {
        self.lists.iter().filter_map(|list| list.votes.as_ref())
    }

    /// Seats of the lists with stated votes, for all lists.
    pub fn for_all_lists<T: Copy>(&self, of_stated: &[T], none: T) -> Vec<T> {
        let mut all = vec![none; self.lists.len()];
        self.stated.iter().zip(of_stated).for_each(|(list, value)| all[*list] = *value);
        all
    }

    /// The votes of the lists whose votes are stated, and those lists by their place in `lists`.
    pub fn votes(&self) -> (&Votes, &[usize]) {
        (&self.votes, &self.stated)
    }
}

fn contender(list: &ListResult, tier: Tier, unit: Unit) -> Contender {
    let entry = match unit {
        Unit::Votes => &list.votes,
        Unit::Shares => &list.vote_share,
    };
    let apart = matches!(entry, Entry::NotApplicable(_))
        || (entry.known().is_none() && matches!(list.seats.get(&Tier::List), Some(Entry::NotApplicable(_))));
    Contender {
        key: list.key.clone(),
        name: list.name.clone(),
        votes: entry.known().cloned(),
        seats: list.seats(tier).cloned(),
        district_seats: list.seats(Tier::Smd).cloned(),
        apart,
    }
}

/// A number of seats.
pub(super) fn whole(value: Decimal) -> Option<u32> {
    (value.fract().is_zero()).then(|| u32::try_from(value).ok()).flatten()
}
