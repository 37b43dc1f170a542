//! A source checked against itself: rules, each with its wording, and what they find.

mod alliances;
mod chamber;
mod counts;
mod events;
mod ground;
mod money;
mod scales;
mod seats;
mod shares;
mod sums;
mod tables;
mod twice;
mod whose;

use crate::{
    facts::{Alternative, Dataset},
    reading::Reading,
    source::{Anchor, Evidence, Source},
};
use ground::Ground;

/// How statements stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// They cannot all be true.
    Contradiction,
    /// They differ, and have another base, date or precision.
    Tension,
    /// Parts leave a remainder, or something is not stated.
    Incomplete,
    /// They agree.
    Agrees,
}

impl Verdict {
    /// As the command line prints it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Contradiction => "contradiction",
            Self::Tension => "tension",
            Self::Incomplete => "incomplete",
            Self::Agrees => "agrees",
        }
    }
}

/// What one rule says about some statements of one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How the statements stand to each other.
    pub verdict: Verdict,
    /// One plain sentence.
    pub statement: String,
    /// The computation, numbers as the source writes them.
    pub arithmetic: String,
    /// Every place involved, in the order of the source.
    pub places: Vec<Anchor>,
    /// A reading under which they agree, where one is found.
    pub reconciled: Option<Reconciled>,
    /// The statement that charts do not take, where they take another.
    pub other: Option<Alternative>,
}

/// A reading under which statements that differ agree.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciled {
    /// In words, with its computation.
    pub words: String,
    /// What it rests on.
    pub places: Vec<Anchor>,
}

/// One rule.
pub struct Rule {
    /// Stable id: `table-sums`.
    pub id: &'static str,
    /// What it holds, in words.
    pub wording: &'static str,
    check: fn(&Ground) -> Vec<Finding>,
}

/// Every rule, in the order in which findings of one verdict are listed.
pub const RULES: &[Rule] = &[
    Rule { id: "table-sums", wording: "rows and columns of a table add up to its totals", check: tables::sums },
    Rule { id: "prose-table", wording: "a number in prose is that of the table", check: seats::prose_and_table },
    Rule { id: "parts-whole", wording: "parts are no more than their whole", check: seats::parts_of_a_whole },
    Rule {
        id: "all-seats",
        wording: "all lists together have no more seats than their chamber",
        check: chamber::all_seats,
    },
    Rule { id: "chamber-parts", wording: "the parts of a chamber fill it", check: chamber::chamber },
    Rule { id: "unnamed-list", wording: "a list that won seats is named in the text", check: tables::unnamed },
    Rule { id: "alliance-member", wording: "seats are an alliance's or its member's", check: alliances::members },
    Rule { id: "vote-and-seats", wording: "list votes stand beside list seats", check: seats::votes_beside_all_seats },
    Rule { id: "vote-shares", wording: "vote shares fill 100", check: shares::votes },
    Rule { id: "above-100", wording: "no share passes 100", check: shares::above_hundred },
    Rule { id: "complements", wording: "a group and all others make 100", check: shares::complements },
    Rule { id: "named-groups", wording: "the groups of one census fill 100", check: shares::census },
    Rule { id: "same-event", wording: "one event has one date", check: events::dates },
    Rule { id: "stated-twice", wording: "what is stated twice is the same", check: twice::stated },
    Rule { id: "mean", wording: "a mean is that of its parts", check: counts::means },
    Rule { id: "counts", wording: "counts add up to their whole", check: counts::parts },
    Rule { id: "money", wording: "sums of money fill their whole", check: money::money },
    Rule { id: "rank-field", wording: "a rank lies within its field", check: scales::ranks },
    Rule { id: "score-scale", wording: "a score lies on its scale", check: scales::scores },
];

/// The rule of an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// All that the rules find in one source: by verdict, then in the order of the rules, then of the source.
pub fn check(source: &Source, reading: Option<&Reading>, dataset: &Dataset) -> Vec<Finding> {
    let ground = Ground::new(source, reading, dataset);
    let mut found: Vec<Finding> = RULES.iter().flat_map(|rule| join((rule.check)(&ground))).collect();
    for finding in &mut found {
        finding.places.sort_unstable_by_key(|anchor| anchor.place);
        finding.places.dedup();
    }
    found.sort_by_key(|finding| finding.verdict);
    found
}

/// Rules that find statements of what charts draw.
const DRAWN: [&str; 2] = ["prose-table", "stated-twice"];

/// Every statement that says something else than what charts take.
pub fn alternatives(source: &Source, reading: Option<&Reading>, dataset: &Dataset) -> Vec<Alternative> {
    let ground = Ground::new(source, reading, dataset);
    let rules = RULES.iter().filter(|rule| DRAWN.contains(&rule.id));
    let found = rules.flat_map(|rule| join((rule.check)(&ground))).filter_map(|finding| finding.other);
    let mut all: Vec<Alternative> = Vec::new();
    for one in found {
        if all.iter().all(|known| known.key != one.key) {
            all.push(one);
        }
    }
    all
}

/// How many findings have each verdict: contradictions, tensions, incomplete.
pub fn counts(findings: &[Finding]) -> [(Verdict, usize); 3] {
    let count = |verdict| (verdict, findings.iter().filter(|finding| finding.verdict == verdict).count());
    [Verdict::Contradiction, Verdict::Tension, Verdict::Incomplete].map(count)
}

/// Findings that say the same become one with the places of all.
fn join(findings: Vec<Finding>) -> Vec<Finding> {
    let mut joined: Vec<Finding> = Vec::new();
    for finding in findings {
        let same = |other: &&mut Finding| {
            (other.verdict, &other.statement, &other.arithmetic)
                == (finding.verdict, &finding.statement, &finding.arithmetic)
        };
        match joined.iter_mut().find(same) {
            Some(other) => {
                other.places.extend(finding.places);
                // The same statement in another place: both are its words.
                if let (Some(one), Some(again)) = (&mut other.other, &finding.other) {
                    let both = [&one.stated.evidence, &again.stated.evidence];
                    one.stated.evidence = Evidence::join(&both, |mut workings| workings.swap_remove(0));
                }
            }
            None => joined.push(finding),
        }
    }
    joined
}
