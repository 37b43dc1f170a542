//! Shares of groups in a report's prose to compositions: what can be stacked, and what contains the rest.

use super::{
    Basis, Composition, Dating, GroupShare,
    aliases::{group_key, slug},
    interpret::{Report, key},
};
use crate::{
    reading::Figure,
    source::{Cited, Decimal},
};

/// The compositions of a report, one a basis.
pub(super) fn from_report(report: &Report) -> Vec<Composition> {
    [(Basis::Population, "population_share", "population"), (Basis::Candidates, "candidate_share", "candidates")]
        .into_iter()
        .filter_map(|(basis, kind, name)| composition(report, basis, kind, name))
        .collect()
}

/// Fewer groups than this are no composition.
const FEWEST_GROUPS: usize = 2;

fn composition(report: &Report, basis: Basis, kind: &str, name: &str) -> Option<Composition> {
    let whole = |figure: &&Figure| figure.detail("group") != Some("no") && figure.detail("overlap").is_none();
    let figures: Vec<&Figure> = report.of_kind(kind).filter(whole).collect();
    let mut shares: Vec<(usize, GroupShare)> = Vec::new();
    for figure in &figures {
        let share = report.stated(figure, "share")?;
        shares.push((figure.paragraph, group_share(report, figure, share)));
    }
    let mut labels: Vec<(String, String)> = Vec::new();
    // The plural is the name of the group, wherever the document writes it.
    for figure in report.of_kind("population_share").chain(report.of_kind("candidate_share")) {
        let key = group_key(&figure.subject);
        match labels.iter_mut().find(|(known, _)| *known == key) {
            Some((_, label)) if label.len() < figure.subject.len() => label.clone_from(&figure.subject),
            Some(_) => {}
            None => labels.push((key, figure.subject.clone())),
        }
    }
    for (_, share) in &mut shares {
        if let Some((_, label)) = labels.iter().find(|(key, _)| *key == share.key) {
            share.group.clone_from(label);
        }
    }
    contain(&mut shares);
    let shares: Vec<GroupShare> = shares.into_iter().map(|(_, share)| share).collect();
    let mut keys: Vec<&str> = shares.iter().map(|share| share.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    let enough = keys.len() >= FEWEST_GROUPS;
    enough.then(|| Composition { key: key(&report.origin, name), origin: report.origin.clone(), basis, shares })
}

fn group_share(report: &Report, figure: &Figure, share: Cited<Decimal>) -> GroupShare {
    let dating = match (figure.detail("when"), figure.period.as_str()) {
        (Some("current"), _) => Dating::Current,
        (_, "") => Dating::NotStated { shown_at: figure.detail("shown_at").map(str::to_owned) },
        (_, period) => Dating::Dated(period.to_owned()),
    };
    let lower = figure.subject.to_lowercase();
    let contains_others = if let Some(outside) = lower.strip_prefix("non-") {
        Some(format!("everyone who is not among the {}", figure.subject.get(4..).unwrap_or(outside)))
    } else {
        figure.detail("contains").map(|words| format!("the source says: {words}"))
    };
    GroupShare {
        key: group_key(&figure.subject),
        group: figure.subject.clone(),
        share,
        dating,
        date_evidence: report.words(figure, "date"),
        approximate: figure.detail("approx").is_some_and(|approx| !matches!(approx, "the" | "a" | "only" | "just")),
        contains_others,
    }
}

/// Marks groups that count the same people as others.
///
/// A group that makes 100 together with one that contains others contains the rest; and where the groups of one date
/// pass 100, those without a date that push them over do.
fn contain(shares: &mut [(usize, GroupShare)]) {
    let hundred = Decimal::ONE_HUNDRED;
    for i in 0..shares.len() {
        if shares[i].1.contains_others.is_some() {
            continue;
        }
        let whole = shares.iter().find(|(paragraph, other)| {
            *paragraph == shares[i].0
                && other.contains_others.is_some()
                && !other.key.starts_with("non-")
                && (other.share.value + shares[i].1.share.value - hundred).abs() <= Decimal::ONE
        });
        if let Some((_, other)) = whole {
            shares[i].1.contains_others = Some(format!("with {} it makes the whole", other.group));
        }
    }
    let dates: Vec<Option<String>> = shares.iter().map(|(_, share)| shown_at(share)).collect();
    let mut distinct: Vec<&String> = dates.iter().flatten().collect();
    distinct.sort_unstable();
    distinct.dedup();
    for date in distinct {
        loop {
            let here: Vec<usize> = (0..shares.len())
                .filter(|&i| dates[i].as_ref() == Some(date) && shares[i].1.contains_others.is_none())
                .collect();
            let sum: Decimal = here.iter().map(|&i| shares[i].1.share.value).sum();
            let undated = here.into_iter().filter(|&i| matches!(shares[i].1.dating, Dating::NotStated { .. }));
            let largest = undated.max_by_key(|&i| shares[i].1.share.value);
            match largest {
                Some(i) if sum > hundred => {
                    shares[i].1.contains_others = Some("the shares would pass 100 with it".to_owned());
                }
                _ => break,
            }
        }
    }
}

fn shown_at(share: &GroupShare) -> Option<String> {
    match &share.dating {
        Dating::Dated(period) => Some(period.clone()),
        Dating::NotStated { shown_at } => shown_at.clone(),
        Dating::Current => None,
    }
}

/// A key for a composition of a table.
pub(super) fn table_key(file: &str, extra: &str) -> String {
    slug(&format!("{} {extra}", file.rsplit_once('.').map_or(file, |(stem, _)| stem)))
}
