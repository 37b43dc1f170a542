//! Shares in percent: what they fill, what passes 100, and what a group and all others make.

use super::{
    Finding, Verdict,
    ground::{Ground, Term, anchors, finding, half_unit, plain, plus, rounding, sum},
    sums::compare,
    tables::{fill, shares},
};
use crate::{
    facts::{Basis, Composition, Dating, GroupShare},
    reading::Figure,
    source::{Decimal, Place},
};

/// The vote shares of an election.
pub(super) fn votes(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    for election in &ground.dataset.elections {
        let Some((parts, all)) = shares(election) else { continue };
        found.push(fill("vote-shares", "The vote shares stated", &parts, all));
    }
    found
}

/// A single share of a vote or of a population above 100.
pub(super) fn above_hundred(ground: &Ground) -> Vec<Finding> {
    let mut found = Vec::new();
    for kind in ["vote_share", "population_share", "candidate_share"] {
        for figure in ground.kind(kind) {
            let term = ground.term(figure);
            if figure.unit == "percent" && term.value > Decimal::ONE_HUNDRED {
                let statement = format!("The share of {} is more than everything", figure.subject);
                let arithmetic = format!("{} > 100", term.text);
                found.push(finding("above-100", Verdict::Contradiction, statement, arithmetic, vec![term.anchor]));
            }
        }
    }
    found
}

/// Shares of a group in the population that are now, or at one date; an earlier one is not compared.
fn now<'a>(ground: &Ground<'a>) -> Vec<&'a Figure> {
    ground.kind("population_share").iter().copied().filter(|figure| figure.detail("role") != Some("earlier")).collect()
}

/// `non-X` against `X`.
pub(super) fn complements(ground: &Ground) -> Vec<Finding> {
    let all = now(ground);
    let mut found = Vec::new();
    for outside in &all {
        let lower = outside.subject.to_lowercase();
        let Some(inside) = lower.strip_prefix("non-") else { continue };
        let same_group = |figure: &&&Figure| {
            let other = figure.subject.to_lowercase();
            other == inside || format!("{other}s") == inside || other == format!("{inside}s")
        };
        let insides: Vec<&&Figure> = all.iter().filter(same_group).collect();
        let a = ground.term(outside);
        let mut said = Vec::new();
        let mut places = vec![a.anchor];
        let mut verdict = Verdict::Tension;
        let mut fits = false;
        for figure in &insides {
            let b = ground.term(figure);
            let all = a.value + b.value;
            let off = (all - Decimal::ONE_HUNDRED).abs();
            fits |= off.is_zero() || off < half_unit(&a) + half_unit(&b);
            if !outside.period.is_empty() && outside.period == figure.period {
                verdict = Verdict::Contradiction;
            }
            said.push(format!("{} + {} = {}", a.text, b.text, plain(all)));
            places.push(b.anchor);
        }
        if insides.is_empty() {
            continue;
        }
        let group = &insides[0].subject;
        let (verdict, statement) = if fits {
            (Verdict::Agrees, format!("{} and {group} make 100", outside.subject))
        } else if verdict == Verdict::Tension {
            (verdict, format!("{} and {group} do not make 100; their dates differ or are not stated", outside.subject))
        } else {
            (verdict, format!("{} and {group} do not make 100 at one date", outside.subject))
        };
        found.push(finding("complements", verdict, statement, said.join("; "), places));
    }
    found
}

/// Fewer groups than this list no census.
const FEWEST_GROUPS: usize = 3;

/// The named groups of one census.
pub(super) fn census(ground: &Ground) -> Vec<Finding> {
    ground.dataset.compositions.iter().filter(|one| one.basis == Basis::Population).flat_map(of_composition).collect()
}

fn of_composition(composition: &Composition) -> Vec<Finding> {
    let mut dates: Vec<&str> = composition.shares.iter().filter_map(date).collect();
    dates.sort_unstable();
    dates.dedup();
    let all: Vec<(&str, Vec<&GroupShare>)> = dates
        .into_iter()
        .map(|at| {
            let here = |share: &&GroupShare| date(share) == Some(at) && share.contains_others.is_none();
            (at, composition.shares.iter().filter(here).collect::<Vec<_>>())
        })
        .filter(|(_, shares)| shares.len() >= FEWEST_GROUPS)
        .collect();
    let in_prose = |share: &GroupShare| {
        matches!(share.share.evidence.pieces.first().map(|piece| piece.anchor.place), Some(Place::Text(_)))
    };
    let found: Vec<Finding> = all.iter().filter_map(|(at, shares)| one_date(at, shares)).collect();
    if all.iter().flat_map(|(_, shares)| shares).all(|share| in_prose(share)) {
        return found;
    }
    let dates: Vec<&str> = all.iter().map(|(at, _)| *at).collect();
    of_table(found, &dates)
}

/// A table of groups by year lists those it is about: what it leaves is said once.
fn of_table(found: Vec<Finding>, dates: &[&str]) -> Vec<Finding> {
    let (open, mut rest): (Vec<Finding>, Vec<Finding>) =
        found.into_iter().partition(|finding| finding.verdict == Verdict::Incomplete);
    if open.len() < 2 {
        return rest.into_iter().chain(open).collect();
    }
    let remainders = open.iter().filter_map(|finding| finding.arithmetic.split_once("; ")).map(|(_, left)| left);
    let statement =
        format!("The groups named leave a remainder of the population at {} of {} dates", open.len(), dates.len());
    let arithmetic = remainders.collect::<Vec<_>>().join("; ");
    let places = open.iter().flat_map(|finding| finding.places.clone()).collect();
    rest.push(finding("named-groups", Verdict::Incomplete, statement, arithmetic, places));
    rest
}

/// When a share holds, or may be shown.
fn date(share: &GroupShare) -> Option<&str> {
    match &share.dating {
        Dating::Dated(date) => Some(date),
        Dating::NotStated { shown_at } => shown_at.as_deref(),
        Dating::Current => None,
    }
}

fn one_date(at: &str, shares: &[&GroupShare]) -> Option<Finding> {
    let parts: Vec<Term> = shares.iter().filter_map(|share| Term::stated(&share.share)).collect();
    let all = sum(&parts)?;
    let undated = shares.iter().filter(|share| !matches!(share.dating, Dating::Dated(_))).count();
    let dating = match undated {
        0 => String::new(),
        n if n == shares.len() => "; none has a date of its own".to_owned(),
        n => format!("; {n} of {} have no date of their own", shares.len()),
    };
    let verdict = compare(all, Decimal::ONE_HUNDRED, rounding(&parts));
    let statement = match verdict {
        Verdict::Agrees => format!("The groups named at {at} fill 100{dating}"),
        Verdict::Incomplete => format!("The groups named at {at} leave a remainder of the population{dating}"),
        // A share without a date may be of another time.
        _ => format!("The groups named at {at} pass 100{dating}"),
    };
    let verdict = if verdict == Verdict::Contradiction && undated > 0 { Verdict::Tension } else { verdict };
    let rest = if verdict == Verdict::Incomplete {
        format!("; 100 − {all} = {}", Decimal::ONE_HUNDRED - all)
    } else {
        String::new()
    };
    let arithmetic = format!("{} = {all}{rest}", plus(&parts));
    Some(finding("named-groups", verdict, statement, arithmetic, anchors(&parts)))
}
