//! From seats to rules: under which rule, quota base and threshold the reported seats come about.
//!
//! Where votes are unstated, a verdict holds for every completion: any lists may share what is left. What cannot be
//! decided with certainty is `Unknown`.

use super::{
    Award, Choices, Contest, MOST_SEATS, Outcome, QuotaOver, Surplus, Unit, Why, award_among, core,
    divisor::Check,
    exact::Quotient,
    rules::{Divisor, Kind, Quota, RULES, Rule},
};
use crate::source::Decimal;

/// Whether a rule gives the reported seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It gives them, whatever is unstated.
    Gives,
    /// They are one of the ways in which a tie can go.
    GivesInTie,
    /// It does not give them.
    DoesNotGive,
    /// Some way of sharing what is unstated gives them, and not every one need do so.
    MayGive,
    /// No way of sharing what is unstated gives them.
    CannotGive,
    /// It is not certain.
    Unknown,
}

impl Verdict {
    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Gives => "gives",
            Self::GivesInTie => "gives up to a tie",
            Self::DoesNotGive => "does not give",
            Self::MayGive => "may give",
            Self::CannotGive => "cannot give",
            Self::Unknown => "unknown",
        }
    }
}

/// An end of an interval of thresholds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// No threshold.
    Zero,
    /// The share of this list, by its place among the contenders.
    List(usize),
    /// What is unstated.
    Unstated,
    /// All votes.
    All,
}

/// An interval of thresholds and what holds on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Thresholds above this; from 0, and with it, where `None`.
    pub above: Option<Bound>,
    /// And up to this, and with it.
    pub up_to: Bound,
    /// What holds.
    pub verdict: Verdict,
}

/// A rule in reverse.
#[derive(Clone, Debug)]
pub struct Backward {
    /// The rule.
    pub rule: &'static Rule,
    /// Over which votes quotas are taken; `None` where it makes no difference.
    pub quota_over: Option<QuotaOver>,
    /// All thresholds from 0 to 100 %, in order; neighbours differ in their verdict.
    pub pieces: Vec<Piece>,
}

impl Backward {
    /// The intervals on which the rule gives the seats, outright or in a tie.
    pub fn gives(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| matches!(piece.verdict, Verdict::Gives | Verdict::GivesInTie))
    }
}

/// Every rule and quota base, over all thresholds; empty where no seats are reported.
pub fn reverse(contest: &Contest, house: u32, surplus: Surplus) -> Vec<Backward> {
    let Some(judge) = Judge::new(contest, house, surplus) else { return Vec::new() };
    let over = |rule: &Rule| match rule.has_quota() {
        true => vec![Some(QuotaOver::Past), Some(QuotaOver::All)],
        false => vec![None],
    };
    let of = |rule: &'static Rule, quota_over| Backward { rule, quota_over, pieces: judge.pieces(rule, quota_over) };
    RULES.iter().flat_map(|rule| over(rule).into_iter().map(move |quota_over| of(rule, quota_over))).collect()
}

impl Contest {
    /// Whether a rule gives the reported seats at one threshold; `None` where no seats are reported.
    pub fn verdict(&self, rule: &Rule, house: u32, choices: &Choices) -> Option<Verdict> {
        let judge = Judge::new(self, house, choices.surplus)?;
        let reaches = |count: u128| self.votes.reaches(count, choices.threshold);
        Some(judge.verdict(rule, choices.quota_over, &reaches, choices.threshold <= Decimal::ZERO))
    }

    /// The percentage of a bound, for reading; the exact one is the fraction it stands for.
    pub fn bound_percent(&self, bound: Bound) -> Decimal {
        self.percent(self.count(bound))
    }

    /// The votes that a bound stands for.
    fn count(&self, bound: Bound) -> u128 {
        match bound {
            Bound::Zero => 0,
            Bound::All => self.votes.all,
            Bound::Unstated => self.unstated,
            Bound::List(list) => {
                let place = self.stated.iter().position(|stated| *stated == list);
                place.map_or(0, |place| self.votes.counts[place])
            }
        }
    }

    /// The shares at which another list falls out, from the least: up to each, and with it, the same lists take part.
    fn ends(&self) -> Vec<(u128, Bound)> {
        let lists = self.stated.iter().zip(&self.votes.counts).map(|(list, count)| (*count, Bound::List(*list)));
        let mut ends: Vec<(u128, Bound)> = lists
            .chain([(self.unstated, Bound::Unstated), (self.votes.all, Bound::All)])
            .filter(|(count, _)| *count > 0 && *count <= self.votes.all)
            .collect();
        ends.sort_by_key(|(count, _)| *count);
        ends.dedup_by_key(|(count, _)| *count);
        // Without a threshold all lists take part, however small; with any, those that are unstated may not.
        if self.unstated > 0 {
            ends.insert(0, (0, Bound::Zero));
        }
        ends
    }

    /// What a rule gives to the lists that have as many votes, at least.
    fn award_from(&self, rule: &Rule, house: u32, floor: u128, choices: &Choices) -> Award {
        let past = (0..self.votes.len()).filter(|list| self.votes.counts[*list] >= floor.max(1)).collect();
        award_among(rule, &self.votes, house, choices, past)
    }
}

/// An interval of thresholds, and what a rule gives on the whole of it.
#[derive(Clone, Debug)]
pub struct Detail {
    /// The interval.
    pub piece: Piece,
    /// What the rule gives to the lists whose votes are stated.
    pub award: Award,
}

impl Backward {
    /// The intervals with what the rule gives on each; neighbours differ in that or in their verdict.
    pub fn details(&self, contest: &Contest, house: u32, surplus: Surplus) -> Vec<Detail> {
        let choices = Choices { quota_over: self.quota_over.unwrap_or_default(), surplus, ..Choices::default() };
        let mut details: Vec<Detail> = Vec::new();
        let mut above = None;
        for (floor, up_to) in contest.ends() {
            let verdict = (self.pieces.iter())
                .find(|piece| contest.count(piece.up_to) >= floor)
                .map_or(Verdict::Unknown, |piece| piece.verdict);
            let award = contest.award_from(self.rule, house, floor, &choices);
            match details.last_mut() {
                Some(last) if last.piece.verdict == verdict && last.award.outcome == award.outcome => {
                    last.piece.up_to = up_to;
                }
                _ => details.push(Detail { piece: Piece { above, up_to, verdict }, award }),
            }
            above = Some(up_to);
        }
        details
    }
}

/// Reported seats beside stated votes.
struct Judge<'c> {
    contest: &'c Contest,
    house: u32,
    surplus: Surplus,
    /// Reported seats of the lists with stated votes.
    seats: Vec<Option<u32>>,
    /// Whether every seat is accounted for by lists with stated votes.
    complete: bool,
    /// Whether more seats are reported than there are.
    too_many: bool,
}

/// How certain it is that seats are given on the votes that take part.
enum Known {
    Gives,
    Tie,
    No,
    /// The ties on the way are too many to be followed.
    Open,
}

impl<'c> Judge<'c> {
    fn new(contest: &'c Contest, house: u32, surplus: Surplus) -> Option<Self> {
        let reported = contest.reported(house).filter(|_| house <= MOST_SEATS)?;
        let seats: Vec<Option<u32>> = contest.stated.iter().map(|list| reported[*list]).collect();
        let sum: u64 = seats.iter().flatten().map(|seats| u64::from(*seats)).sum();
        let everywhere: u64 = reported.iter().flatten().map(|seats| u64::from(*seats)).sum();
        let complete = seats.iter().all(Option::is_some) && sum == u64::from(house);
        Some(Self { contest, house, surplus, seats, complete, too_many: everywhere > u64::from(house) })
    }

    /// The verdicts between all shares at which another list falls out.
    fn pieces(&self, rule: &'static Rule, quota_over: Option<QuotaOver>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut above = None;
        for (floor, up_to) in self.contest.ends() {
            let zero = floor == 0;
            let verdict = self.verdict(rule, quota_over.unwrap_or_default(), &|count| count >= floor, zero);
            match pieces.last_mut().filter(|last| last.verdict == verdict) {
                Some(last) => last.up_to = up_to,
                None => pieces.push(Piece { above, up_to, verdict }),
            }
            above = Some(up_to);
        }
        pieces
    }

    fn verdict(&self, rule: &Rule, over: QuotaOver, reaches: &dyn Fn(u128) -> bool, zero: bool) -> Verdict {
        let (counts, unstated) = (&self.contest.votes.counts, self.contest.unstated);
        let determined = self.complete && (unstated == 0 || !reaches(unstated));
        let no = if determined { Verdict::DoesNotGive } else { Verdict::CannotGive };
        let past: Vec<usize> = (0..counts.len()).filter(|list| counts[*list] > 0 && reaches(counts[*list])).collect();
        let mut takes_part = vec![false; counts.len()];
        past.iter().for_each(|list| takes_part[*list] = true);
        let cut = self.seats.iter().zip(&takes_part).any(|(seats, past)| !past && seats.is_some_and(|seats| seats > 0));
        if cut || self.too_many {
            return no;
        }
        if !self.complete {
            return self.of_some(rule, &past);
        }
        let some = Field {
            counts: past.iter().map(|list| counts[*list]).collect(),
            seats: past.iter().map(|list| self.seats[*list].unwrap_or_default()).collect(),
        };
        if determined {
            return match self.known(rule, over, &some) {
                Known::Gives => Verdict::Gives,
                Known::Tie => Verdict::GivesInTie,
                Known::No => no,
                Known::Open => Verdict::Unknown,
            };
        }
        match &rule.kind {
            Kind::Divisor(divisor) => self.by_divisors(divisor, rule, &some, zero),
            kind => self.by_quotas(kind, rule, if zero { QuotaOver::All } else { over }, &some, reaches),
        }
    }

    /// Whether lists get their seats when they alone take part.
    fn known(&self, rule: &Rule, over: QuotaOver, some: &Field) -> Known {
        if some.counts.is_empty() {
            return Known::No;
        }
        if let Kind::Divisor(divisor) = &rule.kind {
            return match divisor.check(&some.counts, &some.seats) {
                Check::Gives(_) => Known::Gives,
                Check::Tie(_) => Known::Tie,
                Check::No => Known::No,
            };
        }
        let all = match over {
            QuotaOver::Past => some.counts.iter().sum(),
            QuotaOver::All => self.contest.votes.all,
        };
        if self.house == 0 {
            return Known::Gives;
        }
        // Seat by seat is slow, and most seats that it does not give are told by this.
        if matches!(rule.kind, Kind::QuotaMethod) && some.breaks_quota((all, all), self.house) {
            return Known::No;
        }
        match core(rule, &some.counts, (all, self.contest.unit), self.house, self.surplus, &mut Vec::new()) {
            Outcome::Decided(given) if given == some.seats => Known::Gives,
            Outcome::Tied(tie) if tie.admits(&some.seats) => Known::Tie,
            Outcome::Nothing(Why::TooManyTies) => Known::Open,
            _ => Known::No,
        }
    }

    /// Where seats or votes of some lists are not known: a divisor rule treats any lists among themselves as it treats
    /// them among others, so what contradicts it among those known contradicts it for good.
    fn of_some(&self, rule: &Rule, past: &[usize]) -> Verdict {
        let Kind::Divisor(divisor) = &rule.kind else { return Verdict::Unknown };
        let known = past.iter().filter_map(|list| Some((self.contest.votes.counts[*list], self.seats[*list]?)));
        let (counts, seats): (Vec<u128>, Vec<u32>) = known.unzip();
        // With fewer seats than lists none has two.
        let spread = rule.gives_first_seats() && seats.iter().all(|seats| *seats < 2);
        let contradicts = !spread && matches!(divisor.check_among(&counts, &seats), Check::No);
        if contradicts { Verdict::CannotGive } else { Verdict::Unknown }
    }

    /// Where unstated lists may take part and have no seats: they change nothing among the others, and stay without if
    /// their first quotient is below the last that took a seat.
    fn by_divisors(&self, divisor: &Divisor, rule: &Rule, some: &Field, zero: bool) -> Verdict {
        let check = if some.counts.is_empty() { Check::No } else { divisor.check(&some.counts, &some.seats) };
        let (last, sure) = match check {
            Check::No => return Verdict::CannotGive,
            Check::Gives(last) => (last, Verdict::Gives),
            Check::Tie(last) => (last, Verdict::GivesInTie),
        };
        if rule.gives_first_seats() {
            // Whoever is unstated has a first seat, unless there are too few seats for it.
            return match zero {
                true if some.seats.iter().any(|seats| *seats > 1) => Verdict::CannotGive,
                true => Verdict::Unknown,
                false => Verdict::MayGive,
            };
        }
        let greatest: Quotient = divisor.first(self.contest.unstated);
        if greatest < last { sure } else { Verdict::MayGive }
    }

    /// The same for quotas, which the votes of those who take part may change.
    fn by_quotas(
        &self,
        kind: &Kind,
        rule: &Rule,
        over: QuotaOver,
        some: &Field,
        reaches: &dyn Fn(u128) -> bool,
    ) -> Verdict {
        match self.known(rule, over, some) {
            Known::Gives | Known::Tie => return Verdict::MayGive,
            // The quota is what it is, and who gets no seat makes no difference to who does.
            Known::No if over == QuotaOver::All && self.surplus == Surplus::Told => return Verdict::CannotGive,
            Known::No | Known::Open => {}
        }
        let least: u128 = some.counts.iter().sum();
        let out_of_reach = match kind {
            Kind::Quota(quota) => self.surplus == Surplus::Told && self.is_out_of_reach(*quota, some),
            _ => over == QuotaOver::Past && some.breaks_quota((least, least + self.contest.unstated), self.house),
        };
        if out_of_reach {
            Verdict::CannotGive
        } else if over == QuotaOver::Past && self.has_witness(rule, some, reaches) {
            Verdict::MayGive
        } else {
            Verdict::Unknown
        }
    }

    /// Whether some lists that share all that is unstated leave the reported seats as they are.
    fn has_witness(&self, rule: &Rule, some: &Field, reaches: &dyn Fn(u128) -> bool) -> bool {
        const MOST_LISTS: u128 = 8;
        (1..=MOST_LISTS)
            .map_while(|lists| {
                Some((lists, self.contest.unstated / lists)).filter(|(_, one)| *one > 0 && reaches(*one))
            })
            .any(|(lists, one)| {
                let mut more = Field { counts: some.counts.clone(), seats: some.seats.clone() };
                for _ in 0..lists {
                    more.counts.push(one);
                    more.seats.push(0);
                }
                matches!(self.known(rule, QuotaOver::Past, &more), Known::Gives | Known::Tie)
            })
    }

    /// Whether no quota between those of the fewest and the most votes that may take part can give the seats: a list
    /// has its full quotas or one seat more, and of two the one with the lesser remainder is not rounded up alone.
    fn is_out_of_reach(&self, quota: Quota, some: &Field) -> bool {
        let parts = quota.parts(self.house);
        let least: u128 = some.counts.iter().sum();
        let droop = quota == Quota::Droop;
        // Droop's quota is a little above its part of the votes.
        let slack = if droop && self.contest.unit == Unit::Votes { parts } else { 0 };
        let most = (least + self.contest.unstated + slack).max(1);
        let pairs = || some.counts.iter().zip(&some.seats).map(|(votes, seats)| (votes * parts, u128::from(*seats)));
        let below = |(votes, seats): (u128, u128)| seats < votes.saturating_sub(u128::from(droop)) / most;
        let above = |(votes, seats): (u128, u128)| seats > votes / least.max(1) + 1;
        // v − w ≤ quota × (s − t + 1), all in parts.
        let apart = |a: (u128, u128), b: (u128, u128)| match (a.1 + 1).checked_sub(b.1) {
            Some(more) => a.0 > b.0 + most * more,
            None => a.0 + least * (b.1 - a.1 - 1) > b.0,
        };
        pairs().any(|one| below(one) || above(one)) || pairs().any(|a| pairs().any(|b| apart(a, b)))
    }
}

/// Lists that take part, and the seats reported for them.
struct Field {
    counts: Vec<u128>,
    seats: Vec<u32>,
}

impl Field {
    /// Whether a list has more than its share rounded up of the fewest votes there may be in all, or less than its share
    /// rounded down of the most: the quota method gives neither. Where it has not all votes to share for, only the first.
    fn breaks_quota(&self, (least, most): (u128, u128), house: u32) -> bool {
        let house = u128::from(house);
        let together: u128 = self.counts.iter().sum();
        let of_all = least == together;
        self.counts.iter().zip(&self.seats).any(|(votes, seats)| {
            let seats = u128::from(*seats);
            seats > (votes * house).div_ceil(least.max(1)) || (of_all && seats < votes * house / most.max(1))
        })
    }
}
