//! Divisor rules: each seat to the greatest quotient.

use super::{
    exact::Quotient,
    outcome::{Outcome, Tie},
    pick,
    rules::Divisor,
};

/// How seats stand to a rule. A further list stays without a seat if its first quotient is below that of the last seat.
pub(super) enum Check {
    /// The rule gives just these; the quotient of the last seat.
    Gives(Quotient),
    /// They are one of the ways in which a tie can go; the quotient that is tied.
    Tie(Quotient),
    /// It does not give them.
    No,
}

impl Divisor {
    /// The quotient for the seat after so many.
    fn quotient(&self, votes: u128, seats: u32) -> Quotient {
        let (over, under) = (self.at)(u128::from(seats));
        // Votes are below 2^63, and so their squares fit.
        let votes = if self.squared { votes * votes } else { votes };
        Quotient { over: votes * under, under: over }
    }

    /// The quotient for a first seat.
    pub(super) fn first(&self, votes: u128) -> Quotient {
        self.quotient(votes, 0)
    }

    fn gives_first_seats(&self) -> bool {
        (self.at)(0).0 == 0
    }

    /// The greatest quotient that would take the next seat.
    fn next(&self, votes: &[u128], seats: &[u32]) -> Option<(Quotient, usize)> {
        votes.iter().zip(seats).map(|(votes, seats)| self.quotient(*votes, *seats)).zip(0..).max()
    }

    /// The least quotient that took a seat.
    fn last(&self, votes: &[u128], seats: &[u32]) -> Option<(Quotient, usize)> {
        let taken = votes.iter().zip(seats).zip(0..).filter(|((_, seats), _)| **seats > 0);
        taken.map(|((votes, seats), list)| (self.quotient(*votes, seats - 1), list)).min()
    }

    /// Seats of lists, all of which have votes.
    pub(super) fn award(&self, votes: &[u128], house: u32) -> Outcome {
        let firsts = self.gives_first_seats();
        if firsts && (house as usize) < votes.len() {
            let largest: Vec<(u128, usize)> = votes.iter().copied().zip(0..).collect();
            return pick(&vec![0; votes.len()], &largest, house);
        }
        let all: u128 = votes.iter().sum();
        let share = |votes: &u128| u32::try_from(votes * u128::from(house) / all.max(1)).unwrap_or(house);
        let mut seats: Vec<u32> = votes.iter().map(|votes| share(votes).max(u32::from(firsts))).collect();
        let mut total: u64 = seats.iter().map(|seats| u64::from(*seats)).sum();
        // From the whole quotas it is a few steps: one list gains, or loses, or gains what another loses.
        loop {
            let (next, last) = (self.next(votes, &seats), self.last(votes, &seats));
            let swap = matches!((next, last), (Some((next, _)), Some((last, _))) if next > last);
            let Some((gains, loses)) = next.map(|next| (next.1, last.map(|last| last.1))) else { break };
            if total < u64::from(house) {
                seats[gains] += 1;
                total += 1;
            } else if let (true, Some(loses)) = (total > u64::from(house) || swap, loses) {
                seats[loses] -= 1;
                total -= 1;
            } else {
                break;
            }
        }
        self.with_ties(votes, seats)
    }

    fn with_ties(&self, votes: &[u128], seats: Vec<u32>) -> Outcome {
        let (next, last) = (self.next(votes, &seats), self.last(votes, &seats));
        let (Some((next, _)), Some((last, _))) = (next, last) else { return Outcome::Decided(seats) };
        if next != last {
            return Outcome::Decided(seats);
        }
        let has = |list: usize| seats[list] > 0 && self.quotient(votes[list], seats[list] - 1) == last;
        let wants = |list: usize| self.quotient(votes[list], seats[list]) == last;
        let sure: Vec<u32> = (0..seats.len()).map(|list| seats[list] - u32::from(has(list))).collect();
        let most: Vec<u32> = (0..seats.len()).map(|list| seats[list] + u32::from(wants(list))).collect();
        let open = (0..seats.len()).map(|list| u32::from(has(list))).sum();
        Outcome::Tied(Tie { sure, most, open, ways: None })
    }

    /// How seats stand to the rule, without handing them out: no list's next quotient may be above any list's last.
    pub(super) fn check(&self, votes: &[u128], seats: &[u32]) -> Check {
        let house: u64 = seats.iter().map(|seats| u64::from(*seats)).sum();
        if self.gives_first_seats() && house < votes.len() as u64 {
            let beyond = Quotient { over: 1, under: 0 };
            return match self.award(votes, u32::try_from(house).unwrap_or(u32::MAX)) {
                Outcome::Decided(given) if given == seats => Check::Gives(beyond),
                Outcome::Tied(tie) if tie.admits(seats) => Check::Tie(beyond),
                _ => Check::No,
            };
        }
        self.check_among(votes, seats)
    }

    /// The same where further lists may have taken the seats that are missing.
    pub(super) fn check_among(&self, votes: &[u128], seats: &[u32]) -> Check {
        match (self.next(votes, seats), self.last(votes, seats)) {
            (Some((next, _)), Some((last, _))) if next > last => Check::No,
            (Some((next, _)), Some((last, _))) if next == last => Check::Tie(last),
            (_, Some((last, _))) => Check::Gives(last),
            // No seats: below the nothing that took one.
            (_, None) => Check::Gives(Quotient { over: 1, under: 0 }),
        }
    }
}
