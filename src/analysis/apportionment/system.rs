//! Electoral systems as one would write them: single-member seats, list seats, and how the two are joined.

use serde::{Deserialize, Serialize};

use super::{
    Alliance, Allied, Award, Choices, Contest, MOST_SEATS, Note, Outcome, QuotaOver, Rule, Surplus,
    alliances::Resolved, apportion_allied, contest::whole, rule,
};
use crate::source::Decimal;

/// A system of one or two tiers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// What it is called.
    pub name: String,
    /// Seats of single-member districts, filled as they were filled; 0 for none.
    #[serde(default)]
    pub single_member_seats: u32,
    /// The list tier.
    pub list: ListTier,
    /// How the tiers are joined.
    #[serde(default)]
    pub link: Link,
    /// Lists that run together.
    #[serde(default)]
    pub alliances: Vec<Alliance>,
}

/// Seats filled from lists.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListTier {
    /// How many.
    pub seats: u32,
    /// The id of the rule.
    pub rule: String,
    /// Percent of all valid votes.
    #[serde(default)]
    pub threshold: Decimal,
    /// Over which votes quotas are taken.
    #[serde(default)]
    pub quota_over: QuotaOver,
    /// What becomes of seats too many.
    #[serde(default)]
    pub surplus: Surplus,
}

/// How the tiers are joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub enum Link {
    /// Each tier for itself, and the sums.
    #[default]
    Parallel,
    /// List seats fill each list up to its share of the whole chamber.
    Compensatory {
        /// What becomes of a list that has won more districts than its share.
        overhang: Overhang,
    },
}

/// What becomes of seats above a list's share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overhang {
    /// They are kept, and the chamber grows by them.
    Kept,
    /// They are kept, and the chamber grows until every list has its share.
    Levelled,
    /// They are kept, and the chamber stays as large as it is: the others share what is left.
    Limited,
}

/// A system applied to the votes of a contest.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemResult {
    /// The fewest and the most seats of each contender; `None` where the computation gives no result, for all, or where
    /// its district seats are not stated.
    pub seats: Vec<Option<(u32, u32)>>,
    /// The size of the chamber that comes out; `None` where there is no result.
    pub house: Option<u32>,
    /// What is to be told.
    pub notes: Vec<String>,
}

/// More levelling seats than this times the chamber are not tried.
const MOST_GROWTH: u32 = 10;

impl System {
    /// The seats of each contender.
    ///
    /// # Errors
    /// Where it names a rule or a list that there is not, or a number out of range: what, and what to do.
    pub fn apply(&self, contest: &Contest) -> Result<SystemResult, String> {
        let resolved = Setting::new(self, contest)?;
        Ok(match self.link {
            Link::Parallel => resolved.parallel(),
            Link::Compensatory { overhang } => resolved.compensatory(overhang),
        })
    }

    /// The size of the chamber before any overhang.
    pub fn house(&self) -> u32 {
        self.single_member_seats.saturating_add(self.list.seats)
    }
}

/// A system whose names are resolved.
struct Setting<'a> {
    system: &'a System,
    contest: &'a Contest,
    rule: &'static Rule,
    choices: Choices,
    alliances: Vec<Resolved<'a>>,
}

impl<'a> Setting<'a> {
    fn new(system: &'a System, contest: &'a Contest) -> Result<Self, String> {
        let find = |id: &str| rule(id).ok_or_else(|| format!("there is no rule `{id}`; use {}", super::rule_ids()));
        let tier = &system.list;
        if tier.seats > MOST_SEATS || system.single_member_seats > MOST_SEATS {
            return Err(format!("`{}` has more than {MOST_SEATS} seats; give fewer", system.name));
        }
        let thresholds = system.alliances.iter().flat_map(|one| one.threshold.iter().chain([&one.member_threshold]));
        let wrong = |percent: &&Decimal| !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(*percent);
        if let Some(wrong) = thresholds.chain([&tier.threshold]).find(wrong) {
            return Err(format!("`{wrong}` is no threshold; give percent, from 0 to 100"));
        }
        let mut seen = Vec::new();
        let mut member = |key: &String| {
            let at = contest.stated.iter().position(|list| contest.lists[*list].key == *key);
            let at = at.ok_or_else(|| format!("`{key}` is no list with stated votes; name it by its key"))?;
            if seen.contains(&at) {
                return Err(format!("`{key}` is in two alliances, or twice in one; name it once"));
            }
            seen.push(at);
            Ok(at)
        };
        let mut resolved = Vec::new();
        for alliance in &system.alliances {
            let members = alliance.members.iter().map(&mut member).collect::<Result<Vec<_>, _>>()?;
            let rule = find(alliance.rule.as_ref().unwrap_or(&tier.rule))?;
            resolved.push(Resolved { alliance, members, rule });
        }
        let choices = Choices { threshold: tier.threshold, quota_over: tier.quota_over, surplus: tier.surplus };
        Ok(Self { system, contest, rule: find(&tier.rule)?, choices, alliances: resolved })
    }

    /// Seats of the lists with stated votes.
    fn lists(&self, house: u32) -> Allied {
        apportion_allied(self.rule, &self.contest.votes, house, &self.choices, &self.alliances)
    }

    /// District seats of each contender; without a district tier none.
    fn districts(&self) -> Vec<Option<u32>> {
        let stated = |list: &super::Contender| list.district_seats.as_ref().and_then(|seats| whole(seats.value));
        let of = |list| if self.system.single_member_seats == 0 { Some(0) } else { stated(list) };
        self.contest.lists.iter().map(of).collect()
    }

    fn nothing(&self, why: &str) -> SystemResult {
        SystemResult { seats: vec![None; self.contest.lists.len()], house: None, notes: vec![why.to_owned()] }
    }

    /// A note where the district seats that are known are not all that there should be.
    fn district_note(&self, districts: &[Option<u32>]) -> Option<String> {
        let sum: u64 = districts.iter().flatten().map(|seats| u64::from(*seats)).sum();
        let all = u64::from(self.system.single_member_seats);
        (sum != all).then(|| format!("{sum} district seats are stated, and the system has {all}"))
    }

    fn parallel(&self) -> SystemResult {
        let won = self.lists(self.system.list.seats);
        let Some(seats) = &won.seats else { return self.nothing(&obstacle(&won)) };
        let districts = self.districts();
        let lists = self.contest.for_all_lists(&seats.iter().copied().map(Some).collect::<Vec<_>>(), None);
        let open = self.contest.unstated_may_pass(self.choices.threshold);
        let sum = |list: usize| {
            // Who has no list vote, or too few votes for any threshold to be reached, has no list seat.
            let without = self.contest.lists[list].apart || !open;
            let (least, most) = lists[list].or(without.then_some((0, 0)))?;
            districts[list].map(|districts| (districts + least, districts + most))
        };
        let mut notes = notes(&won);
        notes.extend(self.contest.caveat(self.choices.threshold));
        notes.extend(self.district_note(&districts));
        SystemResult { seats: (0..lists.len()).map(sum).collect(), house: Some(self.system.house()), notes }
    }

    fn compensatory(&self, overhang: Overhang) -> SystemResult {
        let districts = self.districts();
        if let Some(note) = self.district_note(&districts) {
            return self.nothing(&format!("{note}: shares of the whole cannot be filled up"));
        }
        let districts: Vec<u32> = districts.into_iter().map(Option::unwrap_or_default).collect();
        let of_stated: Vec<u32> = self.contest.stated.iter().map(|list| districts[*list]).collect();
        // Whoever has no share in the lists keeps the districts it has won, and they are not shared out again.
        let first = self.lists(self.system.house());
        let takes_part: Vec<bool> = self.takes_part(&first);
        let outside: u32 = districts.iter().sum::<u32>() - of_those(&of_stated, &takes_part);
        let shared = self.system.house() - outside.min(self.system.house());
        let (targets, notes) = match overhang {
            Overhang::Kept => self.kept(shared),
            Overhang::Levelled => self.levelled(shared, &of_stated, &takes_part),
            Overhang::Limited => self.limited(shared, &of_stated, &takes_part),
        };
        let Some(targets) = targets else { return self.nothing(&notes.join("; ")) };
        let seats: Vec<u32> = targets.iter().zip(&of_stated).map(|(target, won)| *target.max(won)).collect();
        let all = self.contest.for_all_lists(&seats.iter().copied().map(Some).collect::<Vec<_>>(), None);
        let seats: Vec<u32> =
            all.iter().zip(&districts).map(|(seats, districts)| seats.unwrap_or(*districts)).collect();
        let house = seats.iter().sum();
        let mut notes = notes;
        notes.extend(self.contest.caveat(self.choices.threshold));
        let over: u32 = targets.iter().zip(&of_stated).map(|(target, won)| won.saturating_sub(*target)).sum();
        let outside_over: u32 = of_stated.iter().zip(&takes_part).filter(|(_, part)| !**part).map(|(won, _)| won).sum();
        if over > outside_over && overhang == Overhang::Kept {
            notes.push(format!("{} overhang seats", over - outside_over));
        }
        if house > self.system.house() {
            notes.push(format!("the chamber grows from {} to {house} seats", self.system.house()));
        }
        SystemResult { seats: seats.into_iter().map(|seats| Some((seats, seats))).collect(), house: Some(house), notes }
    }

    /// The lists that take part in the share-out, alone or in an alliance.
    fn takes_part(&self, first: &Allied) -> Vec<bool> {
        let mut takes_part = vec![false; self.contest.stated.len()];
        let past = first.between.past.iter().flat_map(|entrant| &first.entrants[*entrant]);
        past.for_each(|list| takes_part[*list] = true);
        takes_part
    }

    fn kept(&self, shared: u32) -> (Option<Vec<u32>>, Vec<String>) {
        let won = self.lists(shared);
        match won.decided() {
            Some(seats) => (Some(seats), notes(&won)),
            None => (None, vec![undecided(&won, shared)]),
        }
    }

    /// The least chamber in which no share is below the districts won.
    fn levelled(&self, shared: u32, districts: &[u32], takes_part: &[bool]) -> (Option<Vec<u32>>, Vec<String>) {
        let short = |seats: &[u32]| {
            let won = districts.iter().zip(takes_part).map(|(won, part)| if *part { *won } else { 0 });
            won.zip(seats).any(|(won, seats)| won > *seats)
        };
        let most = shared.saturating_mul(MOST_GROWTH).min(MOST_SEATS);
        for house in shared..=most {
            let won = self.lists(house);
            match won.decided() {
                Some(seats) if !short(&seats) => return (Some(seats), notes(&won)),
                Some(_) => {}
                // In a tie that leaves a list short either way, more seats are needed in any case.
                None if won
                    .seats
                    .as_ref()
                    .is_some_and(|seats| short(&seats.iter().map(|s| s.1).collect::<Vec<_>>())) => {}
                None => return (None, vec![undecided(&won, house)]),
            }
        }
        (None, vec![format!("even {most} seats would not level the overhang")])
    }

    /// Lists above their share leave the share-out with what they have won, until there are none.
    fn limited(&self, shared: u32, districts: &[u32], takes_part: &[bool]) -> (Option<Vec<u32>>, Vec<String>) {
        if !self.alliances.is_empty() {
            return (None, vec!["with alliances, a chamber that does not grow is not computed".to_owned()]);
        }
        let mut over = vec![false; districts.len()];
        loop {
            let kept = of_those(districts, &over);
            let Some(left) = shared.checked_sub(kept) else {
                return (None, vec!["the districts won above shares are more than the chamber".to_owned()]);
            };
            let past: Vec<usize> = (0..districts.len()).filter(|list| takes_part[*list] && !over[*list]).collect();
            if past.is_empty() {
                return match left {
                    0 => (Some(vec![0; districts.len()]), Vec::new()),
                    _ => (None, vec![format!("{left} seats are left, and no list that may have them")]),
                };
            }
            let award = super::award_among(self.rule, &self.contest.votes, left, &self.choices, past.clone());
            let Some(seats) = award.outcome.seats() else { return (None, vec![told(&award, left)]) };
            let more: Vec<usize> = past.into_iter().filter(|list| districts[*list] > seats[*list]).collect();
            if more.is_empty() {
                let kept: Vec<String> = award.notes.iter().map(Note::to_string).collect();
                return (Some(seats.to_vec()), kept);
            }
            more.into_iter().for_each(|list| over[list] = true);
        }
    }
}

fn of_those(seats: &[u32], which: &[bool]) -> u32 {
    seats.iter().zip(which).filter(|(_, which)| **which).map(|(seats, _)| seats).sum()
}

fn notes(won: &Allied) -> Vec<String> {
    let awards = std::iter::once(&won.between).chain(won.within.iter().map(|(_, award)| award));
    awards.flat_map(|award| &award.notes).map(Note::to_string).collect()
}

fn obstacle(won: &Allied) -> String {
    won.obstacle().map_or_else(|| "there is no result".to_owned(), words)
}

fn undecided(won: &Allied, house: u32) -> String {
    match won.obstacle() {
        Some(obstacle) => words(obstacle),
        None => format!("seats are tied for in a chamber of {house}, and what follows depends on the tie"),
    }
}

fn told(award: &Award, house: u32) -> String {
    match &award.outcome {
        Outcome::Tied(_) => format!("seats are tied for among {house}, and what follows depends on the tie"),
        other => words(other),
    }
}

/// Why an outcome is no result, in words; how many seats a tie is for.
pub(super) fn words(outcome: &Outcome) -> String {
    let seats = |n: u32| if n == 1 { "1 seat".to_owned() } else { format!("{n} seats") };
    match outcome {
        Outcome::Decided(_) => String::new(),
        Outcome::Tied(tie) => format!("{} tied for by {} lists", seats(tie.open), tie.tied().len()),
        Outcome::TooMany { over, .. } => format!("full quotas alone hand out {} too many", seats(*over)),
        Outcome::Unfilled { left, .. } => format!("{} handed to nobody", seats(*left)),
        Outcome::Nothing(why) => why.to_string(),
    }
}
