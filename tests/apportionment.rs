//! Votes to seats: published examples, a slow oracle that follows every tie, and what rules promise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

mod common;

use std::{cmp::Ordering, collections::BTreeSet};

use common::Seeded;
use nisba::{
    analysis::apportionment::{
        Alliance, Choices, Kind, Missed, Note, Outcome, Quota, QuotaOver, RULES, Resolved, Rule, Surplus, Trouble,
        Unit, Votes, Why, apportion, apportion_allied, rule,
    },
    source::Decimal,
};

fn whole(counts: &[u64]) -> Votes {
    let values: Vec<Decimal> = counts.iter().map(|count| Decimal::from(*count)).collect();
    Votes::new(&values, None, Unit::Votes).unwrap()
}

fn shares(values: &[&str]) -> Votes {
    let values: Vec<Decimal> = values.iter().map(|value| value.parse().unwrap()).collect();
    Votes::new(&values, Some(Decimal::ONE_HUNDRED), Unit::Shares).unwrap()
}

fn seats(id: &str, votes: &Votes, house: u32, choices: &Choices) -> Outcome {
    apportion(rule(id).unwrap(), votes, house, choices).outcome
}

fn decided(id: &str, votes: &[u64], house: u32) -> Vec<u32> {
    let outcome = seats(id, &whole(votes), house, &Choices::default());
    outcome.seats().unwrap_or_else(|| panic!("{id}: {outcome:?}")).to_vec()
}

// ── Published examples ──

/// Balinski & Young 1975, American Mathematical Monthly 82:701–730.
#[test]
fn the_examples_of_balinski_and_young_come_out_as_printed() {
    let first = [5117, 4400, 162, 161, 160];
    let printed: [(&str, [u32; 5]); 8] = [
        ("balinski_young", [52, 44, 2, 1, 1]),
        ("hare", [51, 44, 2, 2, 1]),
        ("dhondt", [52, 45, 1, 1, 1]),
        ("sainte_lague", [51, 43, 2, 2, 2]),
        ("sainte_lague_modified", [51, 43, 2, 2, 2]),
        ("huntington_hill", [51, 43, 2, 2, 2]),
        ("adams", [51, 43, 2, 2, 2]),
        ("dean", [51, 43, 2, 2, 2]),
    ];
    for (id, expected) in printed {
        assert_eq!(decided(id, &first, 100), expected, "{id}");
    }
    let second = [9061, 7179, 5259, 3319, 1182];
    let printed: [(&str, [u32; 5]); 8] = [
        ("balinski_young", [10, 7, 5, 3, 1]),
        ("hare", [9, 7, 5, 4, 1]),
        ("dhondt", [10, 7, 5, 3, 1]),
        ("sainte_lague", [9, 8, 5, 3, 1]),
        ("sainte_lague_modified", [9, 8, 5, 3, 1]),
        ("huntington_hill", [9, 7, 6, 3, 1]),
        ("adams", [9, 7, 5, 3, 2]),
        ("dean", [9, 7, 5, 4, 1]),
    ];
    for (id, expected) in printed {
        assert_eq!(decided(id, &second, 26), expected, "{id}");
    }
}

/// The US House of 2020, by the US Census Bureau's populations: Huntington–Hill, 435 seats.
#[test]
fn huntington_and_hill_seat_the_us_house_of_2020() {
    let people = [
        5_030_053, 736_081, 7_158_923, 3_013_756, 39_576_757, 5_782_171, 3_608_298, 990_837, 21_570_527, 10_725_274,
        1_460_137, 1_841_377, 12_822_739, 6_790_280, 3_192_406, 2_940_865, 4_509_342, 4_661_468, 1_363_582, 6_185_278,
        7_033_469, 10_084_442, 5_709_752, 2_963_914, 6_160_281, 1_085_407, 1_963_333, 3_108_462, 1_379_089, 9_294_493,
        2_120_220, 20_215_751, 10_453_948, 779_702, 11_808_848, 3_963_516, 4_241_500, 13_011_844, 1_098_163, 5_124_712,
        887_770, 6_916_897, 29_183_290, 3_275_252, 643_503, 8_654_542, 7_715_946, 1_795_045, 5_897_473, 577_719,
    ];
    let expected = [
        7, 1, 9, 4, 52, 8, 5, 1, 28, 14, 2, 2, 17, 9, 4, 4, 6, 6, 2, 8, 9, 13, 8, 4, 8, 2, 3, 4, 2, 12, 3, 26, 14, 1,
        15, 5, 6, 17, 2, 7, 1, 9, 38, 4, 1, 11, 10, 2, 8, 1,
    ];
    assert_eq!(decided("huntington_hill", &people, 435), expected);
}

/// Alabama's paradox: by Hare's quota a larger house may take a seat away (Balinski & Young 1982, with small numbers).
#[test]
fn a_larger_house_takes_a_seat_away_by_largest_remainders_as_is_known() {
    assert_eq!(decided("hare", &[6, 6, 2], 10), [4, 4, 2]);
    assert_eq!(decided("hare", &[6, 6, 2], 11), [5, 5, 1]);
}

// ── Hard cases, told as such ──

#[test]
fn a_tie_is_told_with_its_lists_its_seats_and_what_is_sure() {
    for one in RULES.iter().filter(|rule| rule.id != "imperiali_quota") {
        let outcome = apportion(one, &whole(&[11, 11, 11]), 4, &Choices::default()).outcome;
        let Outcome::Tied(tie) = outcome else { panic!("{}: {outcome:?}", one.id) };
        assert_eq!((tie.sure.as_slice(), tie.open), (&[1, 1, 1][..], 1), "{}", one.id);
        assert_eq!(tie.tied(), [0, 1, 2], "{}", one.id);
        assert!(tie.admits(&[1, 2, 1]) && !tie.admits(&[2, 2, 0]), "{}", one.id);
    }
}

/// Ties on the way leave a structure that no set of tied lists tells: one large and one small get a seat each, not two
/// large. The example is from the code of M. Lackner's `apportionment`.
#[test]
fn the_quota_method_follows_every_way_a_tie_can_go() {
    let outcome = seats("balinski_young", &whole(&[720, 720, 120, 120]), 8, &Choices::default());
    let Outcome::Tied(tie) = outcome else { panic!("{outcome:?}") };
    assert_eq!((tie.sure.as_slice(), tie.open), (&[3, 3, 0, 0][..], 2));
    assert!(tie.admits(&[4, 3, 1, 0]) && tie.admits(&[3, 4, 0, 1]));
    assert!(!tie.admits(&[4, 4, 0, 0]) && !tie.admits(&[3, 3, 1, 1]));
}

#[test]
fn nothing_to_share_out_is_told_and_nothing_panics() {
    for one in RULES {
        let outcome = |votes: &[u64], house, choices: &Choices| apportion(one, &whole(votes), house, choices).outcome;
        let default = Choices::default();
        assert_eq!(outcome(&[], 5, &default), Outcome::Nothing(Why::NoLists), "{}", one.id);
        assert_eq!(outcome(&[0, 0], 5, &default), Outcome::Nothing(Why::NoVotes), "{}", one.id);
        assert_eq!(outcome(&[3, 2], 0, &default), Outcome::Decided(vec![0, 0]), "{}", one.id);
        // One list has one quota more than there are seats by V ÷ (S + 1), and two by V ÷ (S + 2).
        let alone = match one.id {
            "hagenbach_bischoff" => Outcome::TooMany { given: vec![2], over: 1 },
            "imperiali_quota" => Outcome::TooMany { given: vec![3], over: 2 },
            _ => Outcome::Decided(vec![1]),
        };
        assert_eq!(outcome(&[1], 1, &default), alone, "{}", one.id);
        assert_eq!(outcome(&[1, 1], u32::MAX, &default), Outcome::Nothing(Why::HouseTooLarge), "{}", one.id);
        let high = Choices { threshold: Decimal::from(60), ..default };
        assert_eq!(outcome(&[1, 1], 2, &high), Outcome::Nothing(Why::NonePast), "{}", one.id);
    }
}

#[test]
fn with_fewer_seats_than_lists_first_seats_go_to_the_largest_and_that_is_told() {
    for id in ["adams", "dean", "huntington_hill"] {
        let award = apportion(rule(id).unwrap(), &whole(&[10, 9, 8, 8, 11, 12]), 3, &Choices::default());
        assert_eq!(award.outcome, Outcome::Decided(vec![1, 0, 0, 0, 1, 1]), "{id}");
        assert_eq!(award.notes, [Note::FewerSeatsThanLists], "{id}");
        let tied = seats(id, &whole(&[5, 5, 5, 0]), 2, &Choices::default());
        assert!(matches!(&tied, Outcome::Tied(tie) if tie.open == 2 && tie.tied() == [0, 1, 2]), "{id}: {tied:?}");
    }
}

/// The votes of one district of the Czech election of 2021, where seats too many were taken back.
#[test]
fn a_quota_that_hands_out_too_many_seats_is_told_or_they_are_taken_back() {
    let votes = whole(&[73_556, 38_628, 78_163, 25_673]);
    let told = seats("imperiali_quota", &votes, 10, &Choices::default());
    assert_eq!(told, Outcome::TooMany { given: vec![4, 2, 4, 1], over: 1 });
    let back = Choices { surplus: Surplus::TakenBack, ..Choices::default() };
    let award = apportion(rule("imperiali_quota").unwrap(), &votes, 10, &back);
    assert_eq!(award.outcome, Outcome::Decided(vec![3, 2, 4, 1]));
    assert_eq!(award.notes, [Note::SurplusTaken(1)]);
    // Half each: by V ÷ 2 both have a full quota for one seat.
    let both = seats("hagenbach_bischoff", &whole(&[7, 7]), 1, &Choices::default());
    assert_eq!(both, Outcome::TooMany { given: vec![1, 1], over: 1 });
}

#[test]
fn quotas_over_all_votes_may_leave_seats_to_nobody() {
    let over_all = Choices { threshold: Decimal::from(10), quota_over: QuotaOver::All, ..Choices::default() };
    let votes = whole(&[40, 9, 9, 9, 9, 9, 9, 6]);
    assert_eq!(
        seats("hare", &votes, 10, &over_all),
        Outcome::Unfilled { given: vec![5, 0, 0, 0, 0, 0, 0, 0], left: 5 }
    );
    assert_eq!(
        seats("balinski_young", &votes, 10, &over_all),
        Outcome::Unfilled { given: vec![4, 0, 0, 0, 0, 0, 0, 0], left: 6 }
    );
    let over_past = Choices { quota_over: QuotaOver::Past, ..over_all };
    assert_eq!(seats("hare", &votes, 10, &over_past).seats().unwrap()[0], 10);
}

#[test]
fn a_threshold_is_met_when_reached_exactly() {
    let at = |threshold: &str| {
        let choices = Choices { threshold: threshold.parse().unwrap(), ..Choices::default() };
        apportion(rule("dhondt").unwrap(), &whole(&[41, 56, 3]), 60, &choices).past
    };
    assert_eq!(at("3"), [0, 1, 2]);
    assert_eq!(at("3.0000000000000000000000001"), [0, 1]);
    // A third of the votes is not 33.33 %, but more.
    let thirds = apportion(
        rule("dhondt").unwrap(),
        &whole(&[1, 1, 1]),
        3,
        &Choices { threshold: "33.333333333333333333333333".parse().unwrap(), ..Choices::default() },
    );
    assert_eq!(thirds.past.len(), 3);
}

#[test]
fn of_shares_the_droop_quota_is_just_above_its_part() {
    // Half each of one seat: neither has a quota, and they tie.
    let award = apportion(rule("droop").unwrap(), &shares(&["50", "50"]), 1, &Choices::default());
    assert!(matches!(&award.outcome, Outcome::Tied(tie) if tie.open == 1), "{award:?}");
    assert_eq!(award.notes, [Note::DroopOfShares]);
    // In whole votes the same: 7 of 14 is no quota of 8.
    assert!(matches!(seats("droop", &whole(&[7, 7]), 1, &Choices::default()), Outcome::Tied(_)));
}

#[test]
fn votes_that_cannot_be_computed_with_are_refused_in_words() {
    let of = |values: &[&str], all: Option<&str>, unit| {
        let values: Vec<Decimal> = values.iter().map(|value| value.parse().unwrap()).collect();
        Votes::new(&values, all.map(|all| all.parse().unwrap()), unit)
    };
    assert_eq!(of(&["-1"], None, Unit::Votes), Err(Trouble::Negative("-1".parse().unwrap())));
    assert_eq!(of(&["1.5"], None, Unit::Votes), Err(Trouble::NotWhole("1.5".parse().unwrap())));
    assert_eq!(of(&["79228162514264337593543950335"], None, Unit::Votes), Err(Trouble::TooManyDigits));
    assert_eq!(of(&["0.1234567890123456789012345678", "99"], None, Unit::Shares), Err(Trouble::TooManyDigits));
    assert_eq!(of(&["60", "50"], Some("100"), Unit::Votes), Err(Trouble::MoreThanAll));
    let over = |values: &[&str]| of(values, Some("100"), Unit::Shares);
    assert_eq!(over(&["60.6", "50.1"]), Err(Trouble::MoreThanHundred("110.7".parse().unwrap())));
    assert!(over(&["33.4", "33.4", "33.3"]).is_ok(), "shares may be rounded up");
    assert!(over(&["33.4", "33.4", "33.4"]).is_err(), "but not by more than half of the last digit");
}

#[test]
fn the_largest_votes_that_are_accepted_are_computed_exactly() {
    let huge = (1_u64 << 62) - 1;
    for one in RULES.iter().filter(|rule| rule.id != "imperiali_quota") {
        let outcome = apportion(one, &whole(&[huge, huge - 1]), 3, &Choices::default()).outcome;
        assert_eq!(outcome.seats(), Some(&[2, 1][..]), "{}: a vote more decides", one.id);
    }
}

// ── A slow oracle ──

/// Every result that a rule admits, computed the long way; `None` where quotas hand out too many or too few.
fn oracle(rule: &Rule, votes: &[u64], all: u64, house: u32) -> Option<BTreeSet<Vec<u32>>> {
    match &rule.kind {
        Kind::Divisor(_) => Some(highest(rule.id, votes, house)),
        Kind::Quota(quota) => remainders(*quota, votes, all, house),
        Kind::QuotaMethod => quota_method(votes, all, house),
    }
}

/// The quotient for the next seat, as a fraction; squared for Huntington–Hill. Nothing below the line is beyond all.
fn quotient(id: &str, v: u64, s: u32) -> (u128, u128) {
    let (v, s) = (u128::from(v), u128::from(s));
    match id {
        "dhondt" => (v, s + 1),
        "sainte_lague" => (v, 2 * s + 1),
        "sainte_lague_modified" if s == 0 => (10 * v, 14),
        "sainte_lague_modified" => (v, 2 * s + 1),
        "adams" => (v, s),
        "dean" => (v * (2 * s + 1), 2 * s * (s + 1)),
        "huntington_hill" => (v * v, s * (s + 1)),
        "danish" => (v, 3 * s + 1),
        "imperiali_divisor" => (2 * v, s + 2),
        other => panic!("no divisors of {other}"),
    }
}

fn compare(a: (u128, u128), b: (u128, u128)) -> Ordering {
    match (a.1, b.1) {
        // Among those beyond all, the more votes come first.
        (0, 0) => a.0.cmp(&b.0),
        (0, _) => Ordering::Greater,
        (_, 0) => Ordering::Less,
        _ => (a.0 * b.1).cmp(&(b.0 * a.1)),
    }
}

/// Every state reached by giving seat after seat to any of the lists with the greatest score.
fn seat_by_seat(
    lists: usize,
    house: u32,
    score: impl Fn(&[u32], usize, u32) -> Option<(u128, u128)>,
) -> BTreeSet<Vec<u32>> {
    let mut states = BTreeSet::from([vec![0; lists]]);
    for seat in 1..=house {
        let mut next = BTreeSet::new();
        for state in &states {
            let scores: Vec<_> = (0..lists).filter_map(|list| Some((score(state, list, seat)?, list))).collect();
            let best = scores.iter().map(|(score, _)| *score).max_by(|a, b| compare(*a, *b));
            for (score, list) in scores {
                if compare(score, best.unwrap()) == Ordering::Equal {
                    let mut more = state.clone();
                    more[list] += 1;
                    next.insert(more);
                }
            }
        }
        states = next;
    }
    states
}

fn highest(id: &str, votes: &[u64], house: u32) -> BTreeSet<Vec<u32>> {
    let score = |state: &[u32], list: usize, _| (votes[list] > 0).then(|| quotient(id, votes[list], state[list]));
    seat_by_seat(votes.len(), house, score)
}

fn quota_method(votes: &[u64], all: u64, house: u32) -> Option<BTreeSet<Vec<u32>>> {
    let score = |state: &[u32], list: usize, seat: u32| {
        let below = u128::from(state[list]) * u128::from(all) < u128::from(votes[list]) * u128::from(seat);
        below.then(|| (u128::from(votes[list]), u128::from(state[list]) + 1))
    };
    let states = seat_by_seat(votes.len(), house, score);
    (!states.is_empty()).then_some(states)
}

fn remainders(quota: Quota, votes: &[u64], all: u64, house: u32) -> Option<BTreeSet<Vec<u32>>> {
    let (over, under) = match quota {
        Quota::Hare => (all, u64::from(house)),
        Quota::Droop => (all / (u64::from(house) + 1) + 1, 1),
        Quota::HagenbachBischoff => (all, u64::from(house) + 1),
        Quota::Imperiali => (all, u64::from(house) + 2),
    };
    let full: Vec<u32> = votes.iter().map(|v| u32::try_from(v * under / over).unwrap()).collect();
    let left: Vec<u64> = votes.iter().map(|v| v * under % over).collect();
    let rest = house.checked_sub(full.iter().sum())?;
    let lists: Vec<usize> = (0..votes.len()).filter(|list| votes[*list] > 0).collect();
    let mut results = BTreeSet::new();
    for mask in 0_u32..1 << lists.len() {
        let chosen = |at: usize| mask >> at & 1 == 1;
        let split: (Vec<usize>, Vec<usize>) = (0..lists.len()).partition(|at| chosen(*at));
        let least = split.0.iter().map(|at| left[lists[*at]]).min();
        let greatest = split.1.iter().map(|at| left[lists[*at]]).max();
        let fits = match (least, greatest) {
            (Some(least), Some(greatest)) => least >= greatest,
            _ => true,
        };
        if mask.count_ones() == rest && fits {
            let mut seats = full.clone();
            split.0.iter().for_each(|at| seats[lists[*at]] += 1);
            results.insert(seats);
        }
    }
    (!results.is_empty()).then_some(results)
}

/// All ways to part so many seats among so many lists.
fn compositions(lists: usize, house: u32) -> Vec<Vec<u32>> {
    if lists == 1 {
        return vec![vec![house]];
    }
    let with = |first: u32| {
        compositions(lists - 1, house - first).into_iter().map(move |mut rest| {
            rest.insert(0, first);
            rest
        })
    };
    (0..=house).flat_map(with).collect()
}

fn agrees_with_the_oracle(rounds: u64, seed: u64) -> [usize; 3] {
    let mut seeded = Seeded(seed);
    let mut seen = [0; 3];
    for round in 0..rounds {
        let lists = 1 + seeded.below(4) as usize;
        let house = seeded.below(9) as u32;
        // Few different votes make ties; many make none.
        let most = [3, 12, 60, 5_000][seeded.below(4) as usize];
        let votes: Vec<u64> = (0..lists).map(|_| seeded.below(most + 1)).collect();
        if votes.iter().all(|votes| *votes == 0) || house == 0 {
            continue;
        }
        let over_all = seeded.below(3) == 0;
        let all = votes.iter().sum::<u64>() + if over_all { seeded.below(1 + most / 4) } else { 0 };
        let choices =
            Choices { quota_over: if over_all { QuotaOver::All } else { QuotaOver::Past }, ..Choices::default() };
        let values: Vec<Decimal> = votes.iter().map(|votes| Decimal::from(*votes)).collect();
        let counted = Votes::new(&values, Some(Decimal::from(all)), Unit::Votes).unwrap();
        for one in RULES {
            let what = || format!("round {round}, {}: {votes:?} of {all}, {house} seats", one.id);
            let outcome = apportion(one, &counted, house, &choices).outcome;
            let expected = oracle(one, &votes, all, house);
            match (&outcome, expected) {
                (Outcome::Decided(seats), Some(all)) => {
                    assert_eq!(BTreeSet::from([seats.clone()]), all, "{}", what());
                    seen[0] += 1;
                }
                (Outcome::Tied(tie), Some(all)) => {
                    let admitted = compositions(lists, house).into_iter().filter(|seats| tie.admits(seats)).collect();
                    assert_eq!(all, admitted, "{}", what());
                    assert!(all.len() > 1, "{}", what());
                    for list in 0..lists {
                        let own = || all.iter().map(|seats| seats[list]);
                        assert_eq!(
                            (own().min(), own().max()),
                            (Some(tie.sure[list]), Some(tie.most[list])),
                            "{}",
                            what()
                        );
                    }
                    assert_eq!(tie.open, house - tie.sure.iter().sum::<u32>(), "{}", what());
                    seen[1] += 1;
                }
                (Outcome::TooMany { given, over }, None) => {
                    assert_eq!(given.iter().sum::<u32>(), house + over, "{}", what());
                    seen[2] += 1;
                }
                (Outcome::Unfilled { left, .. }, None) => {
                    assert!(*left > 0, "{}", what());
                    seen[2] += 1;
                }
                (outcome, expected) => panic!("{}: {outcome:?}, and the oracle says {expected:?}", what()),
            }
        }
    }
    seen
}

#[test]
fn every_rule_agrees_with_a_slow_oracle_that_follows_every_tie() {
    let seen = agrees_with_the_oracle(600, 2004);
    assert!(seen.iter().all(|count| *count > 20), "{seen:?}");
}

#[test]
#[ignore = "takes half a minute: `cargo test --test apportionment -- --ignored`"]
fn every_rule_agrees_with_a_slow_oracle_over_many_rounds() {
    println!("decided, tied, too many or too few: {:?}", agrees_with_the_oracle(40_000, 1999));
}

// ── What rules promise ──

fn random_votes(seeded: &mut Seeded) -> Vec<u64> {
    let lists = 2 + seeded.below(9);
    let most = [9, 200, 1_000_000][seeded.below(3) as usize];
    (0..lists).map(|_| 1 + seeded.below(most)).collect()
}

/// The fewest and the most seats of each list.
fn ranges(outcome: &Outcome, lists: usize) -> Option<Vec<(u32, u32)>> {
    (0..lists).map(|list| outcome.range(list)).collect()
}

#[test]
fn by_divisors_and_by_the_quota_method_no_list_loses_a_seat_to_a_larger_house() {
    let mut seeded = Seeded(1);
    for _ in 0..150 {
        let votes = random_votes(&mut seeded);
        for one in RULES.iter().filter(|rule| !matches!(rule.kind, Kind::Quota(_))) {
            let mut before = vec![(0, 0); votes.len()];
            for house in 1..=25 {
                let outcome = apportion(one, &whole(&votes), house, &Choices::default()).outcome;
                let Some(now) = ranges(&outcome, votes.len()) else { panic!("{}: {outcome:?}", one.id) };
                let shrinks = before.iter().zip(&now).any(|(before, now)| now.0 < before.0 || now.1 < before.1);
                assert!(!shrinks, "{}, {house} seats of {votes:?}: {before:?}, then {now:?}", one.id);
                before = now;
            }
        }
    }
}

#[test]
fn hare_and_the_quota_method_stay_within_a_seat_of_the_exact_share() {
    let mut seeded = Seeded(2);
    for _ in 0..400 {
        let votes = random_votes(&mut seeded);
        let (house, all) = (1 + seeded.below(120), votes.iter().sum::<u64>());
        for id in ["hare", "balinski_young"] {
            let outcome = seats(id, &whole(&votes), house as u32, &Choices::default());
            let Some(now) = ranges(&outcome, votes.len()) else { panic!("{id}: {outcome:?}") };
            for (votes, (least, most)) in votes.iter().zip(now) {
                let (down, up) = (votes * house / all, (votes * house).div_ceil(all));
                assert!(down <= u64::from(least) && u64::from(most) <= up, "{id}: {votes} of {all}, {house} seats");
            }
        }
    }
}

#[test]
fn seats_add_up_or_it_is_told_why_not_and_more_votes_never_mean_fewer_seats() {
    let mut seeded = Seeded(3);
    for _ in 0..400 {
        let votes = random_votes(&mut seeded);
        let house = 1 + seeded.below(300) as u32;
        for one in RULES {
            match apportion(one, &whole(&votes), house, &Choices::default()).outcome {
                Outcome::Decided(seats) => {
                    assert_eq!(seats.iter().sum::<u32>(), house, "{}", one.id);
                    let mut ranked: Vec<(u64, u32)> = votes.iter().copied().zip(seats).collect();
                    ranked.sort_unstable();
                    assert!(ranked.is_sorted_by_key(|(_, seats)| *seats), "{}: {ranked:?}", one.id);
                }
                Outcome::Tied(tie) => assert_eq!(tie.sure.iter().sum::<u32>() + tie.open, house, "{}", one.id),
                Outcome::TooMany { given, over } => assert_eq!(given.iter().sum::<u32>(), house + over, "{}", one.id),
                // So few votes that a whole one more makes the quota much greater.
                Outcome::Unfilled { given, left } if one.id == "droop" => {
                    assert_eq!(given.iter().sum::<u32>() + left, house);
                    assert!(votes.iter().sum::<u64>() < u64::from(house) * u64::from(house + 1));
                }
                other => panic!("{}: {other:?}", one.id),
            }
        }
    }
}

#[test]
fn votes_on_another_scale_give_the_same_seats() {
    let mut seeded = Seeded(4);
    for _ in 0..200 {
        let votes = random_votes(&mut seeded);
        let (house, times) = (1 + seeded.below(60) as u32, 2 + seeded.below(1_000));
        let scaled: Vec<u64> = votes.iter().map(|votes| votes * times).collect();
        let parts: Vec<Decimal> = votes.iter().map(|votes| Decimal::new(*votes as i64, 5)).collect();
        let parts = Votes::new(&parts, None, Unit::Shares).unwrap();
        // The Droop quota is a whole number of votes, and so depends on how many there are.
        for one in RULES.iter().filter(|rule| rule.id != "droop") {
            let plain = apportion(one, &whole(&votes), house, &Choices::default()).outcome;
            assert_eq!(plain, apportion(one, &whole(&scaled), house, &Choices::default()).outcome, "{}", one.id);
            assert_eq!(plain, apportion(one, &parts, house, &Choices::default()).outcome, "{}", one.id);
        }
    }
}

#[test]
fn ids_are_distinct_and_every_rule_says_its_formula_and_source() {
    let ids: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!((ids.len(), RULES.len()), (13, 13));
    assert!(RULES.iter().all(|rule| !rule.formula.is_empty() && rule.citation.contains(|c: char| c.is_ascii_digit())));
}

// ── Alliances ──

fn alliance(threshold: Option<u32>, member_threshold: u32, if_missed: Missed) -> Alliance {
    Alliance {
        name: "Both".to_owned(),
        members: vec!["b".to_owned(), "c".to_owned()],
        threshold: threshold.map(Decimal::from),
        member_threshold: Decimal::from(member_threshold),
        rule: None,
        if_missed,
    }
}

#[test]
fn an_alliance_has_its_own_threshold_and_parts_its_seats_among_its_members() {
    let votes = whole(&[60, 20, 6, 4, 10]);
    let (dhondt, choices) = (rule("dhondt").unwrap(), Choices { threshold: Decimal::from(5), ..Choices::default() });
    let with = |alliance: &Alliance, house| {
        let resolved = [Resolved { alliance, members: vec![1, 2], rule: rule("sainte_lague").unwrap() }];
        apportion_allied(dhondt, &votes, house, &choices, &resolved).decided().unwrap()
    };
    // D'Hondt on 60, 10 and 26 together: 6, 1 and 3; of the three by Sainte-Laguë 20 ÷ 1, 20 ÷ 3, then 6 ÷ 1.
    assert_eq!(with(&alliance(None, 0, Missed::Out), 10), [6, 2, 1, 0, 1]);
    assert_eq!(with(&alliance(None, 0, Missed::Out), 12), [8, 2, 1, 0, 1]);
    // A member below a threshold of its own has none of them.
    assert_eq!(with(&alliance(None, 7, Missed::Out), 12), [8, 3, 0, 0, 1]);
    // Above what they have together they take no part, or each for itself.
    assert_eq!(with(&alliance(Some(27), 0, Missed::Out), 7), [6, 0, 0, 0, 1]);
    let apart = with(&alliance(Some(27), 0, Missed::Apart), 6);
    assert_eq!(apart, decided("dhondt", &[60, 20, 6, 0, 10], 6));
    assert_eq!(with(&alliance(Some(26), 0, Missed::Apart), 7)[1..3].iter().sum::<u32>(), 2);
}

#[test]
fn a_tie_between_alliances_leaves_ranges_within() {
    let votes = whole(&[30, 20, 10]);
    let both = alliance(None, 0, Missed::Out);
    let dhondt = rule("dhondt").unwrap();
    let resolved = [Resolved { alliance: &both, members: vec![1, 2], rule: dhondt }];
    let allied = apportion_allied(dhondt, &votes, 3, &Choices::default(), &resolved);
    // 30 and 30 tie for the third seat; with one seat the alliance gives it to 20, with two 20 ÷ 2 and 10 tie.
    assert_eq!(allied.seats, Some(vec![(1, 2), (1, 2), (0, 1)]));
    assert_eq!(allied.decided(), None);
}

// ── Known answers ──

#[test]
#[ignore = "needs the known answers in ../shared"]
fn every_known_answer_comes_out() {
    let mut reader = csv::Reader::from_path("../shared/data/known-answers/apportionment_cases.csv").unwrap();
    let mut checked = 0;
    for record in reader.records() {
        let record = record.unwrap();
        let numbers = |at: usize| -> Vec<u64> { record[at].split_whitespace().map(|n| n.parse().unwrap()).collect() };
        let (votes, expected, house) = (numbers(5), numbers(6), record[3].parse().unwrap());
        let threshold: Decimal = record[4].parse().unwrap_or_default();
        let mut choices = Choices { threshold: threshold * Decimal::ONE_HUNDRED, ..Choices::default() };
        let ids: Vec<&str> = match &record[2] {
            // Any rule of the source, which has no Imperiali quota: by V ÷ 5 each of the four has a full one, for three seats.
            "any" => RULES.iter().map(|rule| rule.id).filter(|id| *id != "imperiali_quota").collect(),
            "largest_remainder_hare" => vec!["hare"],
            "largest_remainder_droop" => vec!["droop"],
            "modified_sainte_lague" => vec!["sainte_lague_modified"],
            "quota_balinski_young" => vec!["balinski_young"],
            "largest_remainder_imperiali_subtract" => {
                choices.surplus = Surplus::TakenBack;
                vec!["imperiali_quota"]
            }
            other => vec![other],
        };
        let mut expected: Vec<u32> = expected.iter().map(|seats| *seats as u32).collect();
        // One row gives the seats of the lists that have some, and leaves out the last.
        expected.resize(votes.len(), 0);
        for id in ids {
            let outcome = seats(id, &whole(&votes), house, &choices);
            assert_eq!(outcome.seats(), Some(expected.as_slice()), "{} by {id}: {outcome:?}", &record[0]);
            checked += 1;
        }
    }
    println!("{checked} known answers, all as given");
    assert!(checked >= 35);
}
