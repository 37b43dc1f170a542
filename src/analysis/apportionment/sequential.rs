//! Balinski and Young's quota method: seat by seat, and every way that a tie can go is followed.

use std::{cmp::Ordering, collections::BTreeSet};

use super::{
    exact::Quotient,
    outcome::{Outcome, Tie, Ways, Why},
};

/// More ways than this are not followed.
const MOST_WAYS: usize = 4_096;

/// Seats of lists, all of which have votes, with quotas of `all` votes.
pub(super) fn award(votes: &[u128], all: u128, house: u32) -> Outcome {
    let mut order: Vec<usize> = (0..votes.len()).collect();
    order.sort_by(|a, b| votes[*b].cmp(&votes[*a]).then(a.cmp(b)));
    let sorted: Vec<u128> = order.iter().map(|list| votes[*list]).collect();
    let equal: Vec<usize> = sorted.chunk_by(|a, b| a == b).map(<[u128]>::len).collect();
    let mut states = BTreeSet::from([vec![0; votes.len()]]);
    for seat in 1..=house {
        states = if states.len() == 1 {
            // Nearly always there is but one way.
            states.pop_first().map_or_else(BTreeSet::new, |state| step(state, &sorted, all, seat))
        } else {
            states.into_iter().flat_map(|state| step(state, &sorted, all, seat)).collect()
        };
        if states.len() > MOST_WAYS {
            return Outcome::Nothing(Why::TooManyTies);
        }
    }
    finish(&order, equal, states, house)
}

/// The states that the next seat leads to: the greatest quotient among lists below their quota rounded up. Among equals
/// with as many seats the first stands for each.
fn step(mut state: Vec<u32>, votes: &[u128], all: u128, seat: u32) -> BTreeSet<Vec<u32>> {
    let below = |list: usize| u128::from(state[list]) * all < votes[list] * u128::from(seat);
    let quotient = |list: usize| Quotient { over: votes[list], under: u128::from(state[list]) + 1 };
    let mut best: Vec<usize> = Vec::new();
    for list in (0..votes.len()).filter(|list| below(*list)) {
        let order = best.first().map_or(Ordering::Greater, |best| quotient(list).cmp(&quotient(*best)));
        let same = |other: &usize| votes[*other] == votes[list] && state[*other] == state[list];
        match order {
            Ordering::Greater => best = vec![list],
            Ordering::Equal if !best.iter().any(same) => best.push(list),
            _ => {}
        }
    }
    match best[..] {
        [] => {}
        [only] => state[only] += 1,
        _ => {
            let taken = |list: usize| {
                let mut next = state.clone();
                next[list] += 1;
                next
            };
            return best.into_iter().map(taken).collect();
        }
    }
    BTreeSet::from([state])
}

fn finish(order: &[usize], equal: Vec<usize>, states: BTreeSet<Vec<u32>>, house: u32) -> Outcome {
    // Whoever has equal votes may have what any of them has.
    let (mut sure, mut most) = (vec![0; order.len()], vec![0; order.len()]);
    let mut from = 0;
    for equal in &equal {
        let group = || states.iter().flat_map(|state| &state[from..from + equal]).copied();
        let (least, greatest) = (group().min().unwrap_or_default(), group().max().unwrap_or_default());
        order[from..from + equal].iter().for_each(|list| (sure[*list], most[*list]) = (least, greatest));
        from += equal;
    }
    let given = |state: &Vec<u32>| state.iter().map(|seats| u64::from(*seats)).sum::<u64>();
    let fewest = states.iter().map(given).min().unwrap_or_default();
    if fewest < u64::from(house) {
        let left = u32::try_from(u64::from(house) - fewest).unwrap_or(u32::MAX);
        return Outcome::Unfilled { given: sure, left };
    }
    if sure == most {
        return Outcome::Decided(sure);
    }
    let held: u64 = given(&sure);
    let open = u32::try_from(u64::from(house).saturating_sub(held)).unwrap_or(u32::MAX);
    Outcome::Tied(Tie { sure, most, open, ways: Some(Ways { order: order.to_vec(), equal, states }) })
}
