//! The words of the chart of seats and votes: title, subtitle, notes and description, each true by rule.

use super::{
    Chart, number,
    seats_votes::{Data, Row, Share},
    words,
};
use crate::{
    facts::{Dataset, Tier},
    source::Decimal,
};

/// Who won most seats on what vote, and who fared best, seats against votes.
pub fn title(data: &Data) -> String {
    let leader = leader(data);
    let gain = gainer(data);
    match gain {
        Some(gain) if !leader.1.contains(&gain.0) => format!("{}; {}", leader.0, gain.1),
        _ => leader.0,
    }
}

/// The clause on the lists with most seats, and their names.
fn leader<'a>(data: &'a Data) -> (String, Vec<&'a str>) {
    let most = data.rows.iter().filter_map(|row| row.seats.known()).max().unwrap_or_default();
    let first: Vec<&Row> = data.rows.iter().filter(|row| row.seats.known() == Some(most)).collect();
    let names: Vec<&str> = first.iter().map(|row| row.list.name.as_str()).collect();
    let open = data.rows.iter().any(|row| matches!(&row.seats, Share::Open(rest) if rest.value >= most));
    let (share, seats) = (number::rounded(most, 1), data.seats_name());
    let text = match first.as_slice() {
        [] => String::new(),
        _ if open => format!("{} won {share} % of the {seats}, the most stated", words::list(&names)),
        [one] => match &one.votes {
            Share::Known(votes) => format!(
                "{} won {share} % of the {} with {} % of the {}",
                one.list.name,
                if data.tier == Tier::List { "list seats" } else { "seats" },
                if votes.evidence.is_derived() { number::rounded(votes.value, 1) } else { number::label(votes.value) },
                data.vote_name()
            ),
            Share::Open(_) => {
                format!("{} won most of the {seats} ({share} %); its vote share is not stated", one.list.name)
            }
            Share::None(_) => format!("{} won most of the {seats}, {share} %", one.list.name),
        },
        several if several.len() > 3 => {
            format!("{} lists won most of the {seats}, {share} % each", words::sentence(&words::count(several.len())))
        }
        _ => format!("{} won most of the {seats}, {share} % each", words::list(&names)),
    };
    // One list with fewer than half of the seats may still have the most: “won most” would mislead.
    (
        text.replace(
            "won most of the",
            if most > Decimal::from(50) { "won most of the" } else { "won the largest share of the" },
        ),
        names,
    )
}

/// The clause on the list that is most over-represented: its share of seats is furthest above its share of votes.
fn gainer<'a>(data: &'a Data) -> Option<(&'a str, String)> {
    let gaps: Vec<(&Row, Decimal)> = data
        .rows
        .iter()
        .filter(|row| row.votes.known().is_some())
        .filter_map(|row| Some((row, row.gap.as_ref()?.value)))
        .collect();
    let most = gaps.iter().map(|(_, gap)| *gap).max().filter(|most| number::round(*most, 1) > Decimal::ZERO)?;
    let [row] = gaps.iter().filter(|(_, gap)| *gap == most).map(|(row, _)| *row).collect::<Vec<_>>()[..] else {
        return None;
    };
    // A list whose vote share is open may have gained as much as its whole seat share.
    let rival = data
        .rows
        .iter()
        .any(|row| matches!(row.votes, Share::Open(_)) && row.seats.known().is_some_and(|seats| seats >= most));
    let among = if rival { " of the lists with a stated vote" } else { "" };
    Some((&row.list.name, format!("{} fared best{among}, {} pp", row.list.name, number::signed(most, 1))))
}

/// What is compared, where and when.
pub fn subtitle(data: &Data) -> String {
    let election = data.election;
    let what = format!(
        "Share of the {} and of {} {}",
        data.vote_name(),
        if data.tier == Tier::List { "the" } else { "all" },
        data.seats_name()
    );
    words::joined(&[&what, &election.chamber, &words::period(&election.period), &election.origin.country], ", ")
}

/// On bases, on what the vote is, on what is not stated.
pub fn notes(data: &Data, dataset: &Dataset) -> Vec<String> {
    let mut notes = Vec::new();
    let total = |tier| data.election.totals.get(&tier).map(|total| number::stated(total.value));
    if let (Tier::Total, Some(smd), Some(all)) = (data.tier, total(Tier::Smd), total(Tier::Total)) {
        notes.push(format!(
            "List votes stand against seats of both tiers: {smd} of the {all} seats were won in single-member districts."
        ));
    }
    if let (Tier::List, Some(list), Some(all)) = (data.tier, total(Tier::List), total(Tier::Total)) {
        notes.push(format!("Only the {list} list seats of the {all} are counted."));
    }
    if let (Some(name), Some(grounds)) = (&data.election.vote_name, &data.election.list_vote_grounds) {
        let places = words::places(dataset, [grounds]);
        let grounds = if places.is_empty() { String::new() } else { format!(" (grounds: {places})") };
        notes.push(format!("The source says “{}”; it is taken as the vote for party lists{grounds}.", name.value));
    }
    let open: Vec<&Row> = data.rows.iter().filter(|row| matches!(row.votes, Share::Open(_))).collect();
    if let Some(Share::Open(rest)) = open.first().map(|row| &row.votes) {
        let names: Vec<&str> = open.iter().map(|row| row.list.name.as_str()).collect();
        let whose = if names.len() > 3 { format!("{} lists", words::count(names.len())) } else { words::list(&names) };
        let among = if names.len() > 1 { " between them" } else { "" };
        notes.push(if rest.value > Decimal::ZERO {
            format!(
                "The vote of {whose} is not stated: at most the {} % that the stated shares leave{among}.",
                number::stated(rest.value)
            )
        } else {
            format!("The vote of {whose} is not stated, and the stated shares leave nothing.")
        });
    }
    let none: Vec<&str> =
        data.rows.iter().filter(|row| matches!(row.votes, Share::None(_))).map(|row| row.list.name.as_str()).collect();
    if !none.is_empty() && none.len() < 4 {
        notes.push(format!("{}: no list vote, as the source’s table says.", words::list(&none)));
    }
    notes
}

/// Title, and every row in words.
pub fn alt(data: &Data, chart: &Chart) -> String {
    let row = |row: &Row| {
        let share = |share: &Share, of: &str| match share {
            Share::Known(value) => format!("{} % of {of}", number::rounded(value.value, 1)),
            Share::Open(rest) => format!("{of} not stated (0 to {})", number::stated(rest.value)),
            Share::None(_) => format!("{of} not applicable"),
        };
        format!("{}: {}, {}", row.list.name, share(&row.votes, "votes"), share(&row.seats, "seats"))
    };
    let rows: Vec<String> = data.rows.iter().map(row).collect();
    format!("{}. {}. {}.", chart.title, chart.subtitle, rows.join("; "))
}
