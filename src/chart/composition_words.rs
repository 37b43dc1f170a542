//! The words of the chart of ethnic composition: title, subtitle, notes and description, each true by rule.

use super::{
    Chart,
    ethnic_composition::{Data, Group, Point, Slot},
    number, words,
};
use crate::{
    facts::{Basis, Dating},
    source::Decimal,
};

/// The largest shift between dated shares and the largest the other way; else the largest share.
pub fn title(data: &Data) -> String {
    let mut shifts: Vec<(&Group, &Point, &Point, Decimal)> =
        data.groups.iter().filter(|group| !group.apart).filter_map(shift).collect();
    shifts.sort_by_key(|(.., shift)| std::cmp::Reverse(shift.abs()));
    let Some((group, from, to, most)) = shifts.first() else { return largest(data) };
    if most.is_zero() {
        return format!(
            "No group’s share changed between the dates stated for it: {} stand at {} %",
            group.name,
            value(to)
        );
    }
    let clause = |group: &Group, from: &Point, to: &Point, shift: Decimal, dates: bool| {
        let verb = if shift > Decimal::ZERO { "rose" } else { "fell" };
        if dates {
            format!("{} {verb} from {} % in {} to {} % in {}", group.name, value(from), date(from), value(to), date(to))
        } else {
            format!("{} {verb} from {} % to {} %", group.name, value(from), value(to))
        }
    };
    let first = clause(group, from, to, *most, true);
    let other =
        shifts.iter().find(|(.., shift)| !shift.is_zero() && shift.is_sign_negative() != most.is_sign_negative());
    match other {
        Some((group, a, b, shift)) => {
            let same = date(a) == date(from) && date(b) == date(to);
            format!("{first}; {}", clause(group, a, b, *shift, !same))
        }
        None => first,
    }
}

fn shift<'a, 'b>(group: &'b Group<'a>) -> Option<(&'b Group<'a>, &'b Point<'a>, &'b Point<'a>, Decimal)> {
    let mut dated = group.points.iter().filter(|point| point.is_dated());
    let first = dated.next()?;
    let last = dated.next_back().filter(|last| last.slot != first.slot)?;
    Some((group, first, last, last.share.share.value - first.share.share.value))
}

fn largest(data: &Data) -> String {
    let shares: Vec<(&Group, &Point)> = data.points().filter(|(group, _)| !group.apart).collect();
    let Some(most) = shares.iter().map(|(_, point)| point.share.share.value).max() else { return String::new() };
    let first: Vec<&(&Group, &Point)> = shares.iter().filter(|(_, point)| point.share.share.value == most).collect();
    let of = match data.one.basis {
        Basis::Population => "",
        Basis::Candidates => " of the candidates",
    };
    match first.as_slice() {
        [(group, point)] if shares.len() == 1 => format!("{} are {} %{of}{}", group.name, value(point), when(point)),
        [(group, point)] => {
            format!("The largest share stated is that of {}: {} %{of}{}", group.name, value(point), when(point))
        }
        several => {
            let mut names: Vec<&str> = several.iter().map(|(group, _)| group.name).collect();
            names.dedup();
            format!(
                "The largest shares stated are those of {}: {} %{of} each",
                words::list(&names),
                number::label(most)
            )
        }
    }
}

fn value(point: &Point) -> String {
    number::label(point.share.share.value)
}

fn date(point: &Point) -> String {
    match &point.share.dating {
        Dating::Dated(date) => words::period(date),
        _ => String::new(),
    }
}

fn when(point: &Point) -> String {
    match &point.share.dating {
        Dating::Dated(date) => format!(" in {}", words::period(date)),
        Dating::Current => " at present".to_owned(),
        Dating::NotStated { .. } => String::new(),
    }
}

/// What is measured, of whom, where.
pub fn subtitle(data: &Data, stacked: bool) -> String {
    let of = match data.one.basis {
        Basis::Population => "Shares of the population",
        Basis::Candidates => "Shares of the candidates",
    };
    let country = &data.one.origin.country;
    let what = if country.is_empty() { of.to_owned() } else { format!("{of}, {country}") };
    let rest = if !stacked && data.slots.len() > 1 { "; shifts in percentage points" } else { "" };
    format!("{what}, percent{rest}")
}

/// On dates that are not stated, on groups that contain others, on sums.
pub fn notes(data: &Data, stacked: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if data.points().any(|(_, point)| point.share.dating == Dating::Current) {
        notes.push("“Current” has no date in the source.".to_owned());
    }
    for (number, slot) in data.slots.iter().enumerate() {
        let Slot::Date(date) = slot else { continue };
        let beside: Vec<&str> = data
            .points()
            .filter(|(group, point)| point.slot == number && !point.is_dated() && !group.apart)
            .map(|(group, _)| group.name)
            .collect();
        if beside.is_empty() {
            continue;
        }
        let date = words::period(date);
        let verb = if beside.len() > 1 { "are" } else { "is" };
        let counted = data
            .remainder(number)
            .filter(|rest| stacked && rest.value > Decimal::ZERO)
            .map_or_else(String::new, |rest| {
                format!("; the {} % not stated counts on their holding for it", number::label(rest.value))
            });
        notes.push(format!(
            "{} {verb} stated without a date and drawn in outline beside {date}, of which the paragraph speaks{counted}.",
            words::list(&beside)
        ));
    }
    if stacked && data.slots.contains(&Slot::Undated) {
        notes.push("Shares without any date are stacked as if they were of one.".to_owned());
    }
    let apart: Vec<String> = data
        .groups
        .iter()
        .filter(|group| group.apart)
        .map(|group| {
            let why = group.points.iter().find_map(|point| point.share.contains_others.as_deref()).unwrap_or_default();
            if why.is_empty() { group.name.to_owned() } else { format!("{} ({why})", group.name) }
        })
        .collect();
    if !apart.is_empty() {
        notes.push(format!("Apart, because they contain other groups: {}.", apart.join("; ")));
    }
    for (number, slot) in data.slots.iter().enumerate().filter(|_| stacked) {
        if let Some(rest) = data.remainder(number).filter(|rest| rest.value < Decimal::ZERO) {
            let sum = number::label(Decimal::ONE_HUNDRED - rest.value);
            notes.push(format!("The shares stated for {} add up to {sum} %.", data.slot_name(slot)));
        }
    }
    notes
}

/// Title, and every share in words.
pub fn alt(data: &Data, chart: &Chart) -> String {
    let row = |group: &Group| {
        let shares: Vec<String> = group
            .points
            .iter()
            .map(|point| {
                let slot = data.slots.get(point.slot).map(|slot| data.slot_name(slot)).unwrap_or_default();
                let undated =
                    if point.is_dated() || point.share.dating == Dating::Current { "" } else { ", date not stated" };
                format!("{} % ({slot}{undated})", value(point))
            })
            .collect();
        format!("{} {}", group.name, shares.join(", "))
    };
    let rows: Vec<String> = data.groups.iter().map(row).collect();
    format!("{}. {}. {}.", chart.title, chart.subtitle, rows.join("; "))
}
