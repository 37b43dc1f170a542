//! Lists that run together: a threshold of their own, seats as one, and those parted among the members.

use serde::{Deserialize, Serialize};

use super::{Award, Choices, Outcome, Rule, Votes, apportion, award_among};
use crate::source::Decimal;

/// Lists that run together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alliance {
    /// Its name.
    pub name: String,
    /// The keys of its lists.
    pub members: Vec<String>,
    /// Percent of all valid votes that it must reach together; the threshold of lists where not given.
    #[serde(default)]
    pub threshold: Option<Decimal>,
    /// Percent of all valid votes that a member must reach to share in its seats.
    #[serde(default)]
    pub member_threshold: Decimal,
    /// The rule that parts its seats among the members; that of the whole where not given.
    #[serde(default)]
    pub rule: Option<String>,
    /// What becomes of its lists where it misses its threshold.
    #[serde(default)]
    pub if_missed: Missed,
}

/// What becomes of the lists of an alliance that misses its threshold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missed {
    /// They take no part.
    #[default]
    Out,
    /// They run each for itself, by the threshold of lists.
    Apart,
}

/// Alliances among lists, resolved: members by place, and the rule within.
pub struct Resolved<'a> {
    /// The alliance.
    pub alliance: &'a Alliance,
    /// Its lists, by their place among the votes; no list is in two.
    pub members: Vec<usize>,
    /// The rule within.
    pub rule: &'static Rule,
}

/// Seats with alliances.
#[derive(Clone, Debug, PartialEq)]
pub struct Allied {
    /// Who entered: the lists of an alliance together, or a list by itself.
    pub entrants: Vec<Vec<usize>>,
    /// Seats of the entrants.
    pub between: Award,
    /// Of each entrant of several lists that has seats: how its seats are parted, once for each number that it can
    /// have.
    pub within: Vec<(usize, Award)>,
    /// The fewest and the most seats of each list; `None` where a part of the computation gives no result.
    pub seats: Option<Vec<(u32, u32)>>,
}

/// Seats of alliances and lists, and of the lists within alliances.
pub fn apportion_allied(rule: &Rule, votes: &Votes, house: u32, choices: &Choices, allied: &[Resolved]) -> Allied {
    let (entrants, past, within_rules) = enter(votes, choices, allied);
    let count = |lists: &Vec<usize>| lists.iter().map(|list| votes.counts[*list]).sum();
    let together = Votes { counts: entrants.iter().map(count).collect(), all: votes.all, unit: votes.unit };
    let between = award_among(rule, &together, house, choices, past);
    let mut result = Allied { entrants, between, within: Vec::new(), seats: None };
    let mut seats = vec![(0, 0); votes.len()];
    for (place, lists) in result.entrants.iter().enumerate() {
        let Some((least, most)) = result.between.outcome.range(place) else { return result };
        let inner = within_rules[place];
        let [first, ..] = lists[..] else { continue };
        let Some(inner) = inner else {
            seats[first] = (least, most);
            continue;
        };
        let mut range: Vec<Option<(u32, u32)>> = vec![None; lists.len()];
        for house in least..=most {
            let award = inner.award(votes, lists, house, choices);
            for (member, range) in range.iter_mut().enumerate() {
                let Some((low, high)) = award.outcome.range(member) else {
                    result.within.push((place, award));
                    return result;
                };
                *range = Some(range.map_or((low, high), |(least, most)| (least.min(low), most.max(high))));
            }
            if house > 0 {
                result.within.push((place, award));
            }
        }
        lists.iter().zip(range).for_each(|(list, range)| seats[*list] = range.unwrap_or_default());
    }
    result.seats = Some(seats);
    result
}

/// How an alliance parts its seats.
#[derive(Clone, Copy)]
struct Inner {
    rule: &'static Rule,
    threshold: Decimal,
}

impl Inner {
    fn award(self, votes: &Votes, lists: &[usize], house: u32, choices: &Choices) -> Award {
        // Members are measured against all votes, as lists are.
        let members =
            Votes { counts: lists.iter().map(|list| votes.counts[*list]).collect(), all: votes.all, unit: votes.unit };
        let inside = Choices { threshold: self.threshold, quota_over: super::QuotaOver::Past, ..*choices };
        apportion(self.rule, &members, house, &inside)
    }
}

/// Who enters, who of them is past the threshold, and how the seats of an alliance are parted.
fn enter(votes: &Votes, choices: &Choices, allied: &[Resolved]) -> (Vec<Vec<usize>>, Vec<usize>, Vec<Option<Inner>>) {
    let mut entrants: Vec<Vec<usize>> = Vec::new();
    let mut past = Vec::new();
    let mut inner = Vec::new();
    let mut add = |lists: Vec<usize>, is_past: bool, within| {
        if is_past {
            past.push(entrants.len());
        }
        entrants.push(lists);
        inner.push(within);
    };
    let in_any = |list: &usize| allied.iter().any(|one| one.members.contains(list));
    let alone = |list: usize| votes.counts[list] > 0 && votes.reaches(votes.counts[list], choices.threshold);
    (0..votes.len()).filter(|list| !in_any(list)).for_each(|list| add(vec![list], alone(list), None));
    for one in allied {
        let sum: u128 = one.members.iter().map(|list| votes.counts[*list]).sum();
        let reached = sum > 0 && votes.reaches(sum, one.alliance.threshold.unwrap_or(choices.threshold));
        if !reached && one.alliance.if_missed == Missed::Apart {
            one.members.iter().for_each(|list| add(vec![*list], alone(*list), None));
        } else {
            let within = Inner { rule: one.rule, threshold: one.alliance.member_threshold };
            add(one.members.clone(), reached, Some(within));
        }
    }
    (entrants, past, inner)
}

impl Allied {
    /// The seats, where every one is decided.
    pub fn decided(&self) -> Option<Vec<u32>> {
        let seats = self.seats.as_ref()?;
        seats.iter().map(|(least, most)| (least == most).then_some(*least)).collect()
    }

    /// The outcome that keeps the whole from a result, where one does.
    pub fn obstacle(&self) -> Option<&Outcome> {
        let outcomes = std::iter::once(&self.between).chain(self.within.iter().map(|(_, award)| award));
        let mut outcomes = outcomes.map(|award| &award.outcome);
        outcomes.find(|outcome| !matches!(outcome, Outcome::Decided(_) | Outcome::Tied(_)))
    }
}
