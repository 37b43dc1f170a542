//! `nisba apportion`: seats under every rule, and which rules and thresholds give the reported seats.

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use super::{
    Format, Input, read,
    rows::{Datum, write_rows},
    say,
};
use crate::{
    analysis::apportionment::{
        Backward, Bound, Choices, Contender, Contest, Detail, MOST_SEATS, Outcome, QuotaOver, RULES, Rule, Surplus,
        System, Verdict, apportion, reverse, rule, rule_ids, told,
    },
    error::Error,
    facts::{Dataset, Election, Tier},
    session::load::{How, Loaded, Progress, load_bytes_as},
    source::{Decimal, SourceId},
};

const COLUMNS: [&str; 9] = ["election", "tier", "rule", "seats", "matches", "house", "threshold", "quota_over", "note"];
const REVERSE_COLUMNS: [&str; 12] = [
    "election",
    "tier",
    "rule",
    "quota_over",
    "above",
    "up_to",
    "verdict",
    "seats",
    "house",
    "above_share_of",
    "up_to_share_of",
    "note",
];

#[derive(Args)]
pub struct Apportioning {
    /// Files to read; `-` is standard input.
    files: Vec<PathBuf>,
    /// What standard input is: csv, txt, md …
    #[arg(long = "as", value_name = "TYPE")]
    input_type: Option<String>,
    /// Votes in place of files, in order: whole votes, or percent with decimals; `NAME=VOTES` names a list.
    #[arg(long, value_name = "LIST", value_delimiter = ',', conflicts_with = "files")]
    votes: Vec<String>,
    /// The seats that these lists have, in the same order.
    #[arg(long, value_name = "LIST", value_delimiter = ',', requires = "votes")]
    reported: Vec<u32>,
    /// Only this rule; may be given several times. The ids: dhondt, sainte_lague, sainte_lague_modified, adams, dean,
    /// huntington_hill, danish, imperiali_divisor, hare, droop, hagenbach_bischoff, imperiali_quota, balinski_young.
    #[arg(long = "rule", value_name = "ID", value_delimiter = ',')]
    rules: Vec<String>,
    /// How many seats there are; else as reported.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(MOST_SEATS)))]
    seats: Option<u32>,
    /// Percent of all votes that a list must reach.
    #[arg(long, value_name = "PERCENT", default_value = "0", value_parser = percent)]
    threshold: Decimal,
    /// Which seats; else list seats, where there are any, and else all.
    #[arg(long, value_enum)]
    tier: Option<TierName>,
    /// Over which votes quotas are taken.
    #[arg(long, value_enum, default_value_t = Over::Past)]
    quota_over: Over,
    /// What becomes of seats too many, where full quotas alone hand out more than there are.
    #[arg(long, value_enum, default_value_t = TooMany::Told)]
    surplus: TooMany,
    /// For every rule and every threshold, whether it gives the reported seats.
    #[arg(long, conflicts_with_all = ["system", "threshold", "quota_over"])]
    reverse: bool,
    /// A whole system, written in TOML: tiers, rule, threshold, and how the tiers are joined.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rules", "seats", "threshold", "tier", "quota_over", "surplus"])]
    system: Option<PathBuf>,
    /// How rows are written.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum TierName {
    /// Seats filled from party lists.
    List,
    /// All seats of the chamber.
    Total,
}

#[derive(Clone, Copy, ValueEnum)]
enum Over {
    /// Those of the lists past the threshold.
    Past,
    /// All valid votes.
    All,
}

#[derive(Clone, Copy, ValueEnum)]
enum TooMany {
    /// The rule gives no result.
    Told,
    /// One each is taken back, from the least remainders.
    TakenBack,
}

fn percent(text: &str) -> Result<Decimal, String> {
    let percent = text.trim().trim_end_matches('%').trim().parse::<Decimal>().ok();
    percent
        .filter(|percent| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(percent))
        .ok_or_else(|| "a threshold is percent, from 0 to 100".to_owned())
}

/// Lists seats by rule.
///
/// # Errors
/// Where the call makes no sense, or rows cannot be written. A file that cannot be read is said in a line.
pub fn run(asked: &Apportioning, how: &How) -> Result<ExitCode, Error> {
    let rules = rules(&asked.rules)?;
    let system = asked.system.as_ref().map(|path| read_system(path)).transpose()?;
    let (loaded, code) = sources(asked, how)?;
    let mut dataset = Dataset::default();
    for one in loaded {
        dataset.extend(one.dataset);
    }
    if dataset.elections.is_empty() && code == ExitCode::SUCCESS {
        say("these files hold no election; `nisba facts FILE` shows what was read");
    }
    let mut rows = Vec::new();
    for election in &dataset.elections {
        match &system {
            Some(system) => rows.extend(by_system(election, system)?),
            None => rows.extend(by_rules(election, &rules, asked)),
        }
    }
    let columns: &[&str] = if asked.reverse { &REVERSE_COLUMNS } else { &COLUMNS };
    write_rows(columns, rows.into_iter(), asked.format)?;
    Ok(code)
}

fn rules(ids: &[String]) -> Result<Vec<&'static Rule>, Error> {
    let find = |id: &String| {
        rule(id).ok_or_else(|| Error::usage(format!("there is no rule `{id}`"), format!("use {}", rule_ids())))
    };
    if ids.is_empty() { Ok(RULES.iter().collect()) } else { ids.iter().map(find).collect() }
}

fn read_system(path: &std::path::Path) -> Result<System, Error> {
    let shown = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::read(&shown, format!("it cannot be read ({error})"), "check the path"))?;
    toml::from_str(&text).map_err(|error| {
        let what = error.message().lines().collect::<Vec<_>>().join(" ");
        let line = error.span().map_or(0, |span| text.get(..span.start).unwrap_or_default().lines().count().max(1));
        Error::read(format!("{shown}:{line}"), what, "see the README for how a system is written")
    })
}

// ── What is read ──

fn sources(asked: &Apportioning, how: &How) -> Result<(Vec<Loaded>, ExitCode), Error> {
    if asked.votes.is_empty() {
        if asked.files.is_empty() {
            return Err(Error::usage("there are no votes", "name files, or give `--votes 9061,7179 --seats 26`"));
        }
        let input = Input { files: asked.files.clone(), input_type: asked.input_type.clone() };
        return Ok(read(&input, how));
    }
    let table = table(&asked.votes, &asked.reported)?;
    let one = load_bytes_as("votes.csv", &table, SourceId(0), &Progress::default(), how)?;
    Ok((vec![one], ExitCode::SUCCESS))
}

/// Votes given in the call, as the table they might have been: so each number has its cell.
fn table(votes: &[String], reported: &[u32]) -> Result<Vec<u8>, Error> {
    if !reported.is_empty() && reported.len() != votes.len() {
        let what = format!("{} lists have votes and {} have seats", votes.len(), reported.len());
        return Err(Error::usage(what, "give `--votes` and `--reported` as many numbers"));
    }
    let named = |(at, one): (usize, &String)| match one.rsplit_once('=') {
        Some((name, votes)) => (name.trim().to_owned(), votes.trim().to_owned()),
        None => ((at + 1).to_string(), one.trim().to_owned()),
    };
    let lists: Vec<(String, String)> = votes.iter().enumerate().map(named).collect();
    let mut is_whole = true;
    for (_, votes) in &lists {
        let number = votes.parse::<Decimal>().ok().filter(|number| *number >= Decimal::ZERO);
        let number = number
            .ok_or_else(|| Error::usage(format!("`{votes}` is no number of votes"), "give whole votes, or percent"))?;
        is_whole &= number.fract().is_zero();
    }
    let failed = |error: csv::Error| Error::usage(format!("the votes cannot be set out ({error})"), "give fewer");
    let mut writer = csv::Writer::from_writer(Vec::new());
    let mut write =
        |row: [&str; 3]| writer.write_record(&row[..if reported.is_empty() { 2 } else { 3 }]).map_err(failed);
    write(["party", if is_whole { "votes" } else { "vote_share" }, "seats"])?;
    for (at, (name, votes)) in lists.iter().enumerate() {
        write([name, votes, &reported.get(at).map(u32::to_string).unwrap_or_default()])?;
    }
    writer.into_inner().map_err(|_| Error::usage("the votes cannot be set out", "give fewer"))
}

/// The seats that are asked for, or those of the lists where there are any.
fn tier(asked: Option<TierName>, election: &Election) -> Tier {
    match asked {
        Some(TierName::List) => Tier::List,
        Some(TierName::Total) => Tier::Total,
        None if election.lists.iter().any(|list| list.seats(Tier::List).is_some()) => Tier::List,
        None => Tier::Total,
    }
}

/// The contest, and how many seats it is for; what is missing is said.
fn contest(election: &Election, tier: Tier) -> Option<Contest> {
    Contest::new(election, tier).map_err(|trouble| say(&format!("{}: note: {trouble}", election.key))).ok()
}

// ── Rows ──

fn by_rules(election: &Election, rules: &[&'static Rule], asked: &Apportioning) -> Vec<Vec<Datum>> {
    let tier = tier(asked.tier, election);
    let Some(contest) = contest(election, tier) else { return Vec::new() };
    let Some(house) = asked.seats.or(contest.house()) else {
        say(&format!("{}: note: how many {} seats there are is not stated; add `--seats N`", election.key, tier.id()));
        return Vec::new();
    };
    let surplus = match asked.surplus {
        TooMany::Told => Surplus::Told,
        TooMany::TakenBack => Surplus::TakenBack,
    };
    if asked.reverse {
        return backwards(&contest, house, surplus, rules);
    }
    let quota_over = match asked.quota_over {
        Over::Past => QuotaOver::Past,
        Over::All => QuotaOver::All,
    };
    let choices = Choices { threshold: asked.threshold, quota_over, surplus };
    rules.iter().map(|rule| forwards(&contest, rule, house, &choices)).collect()
}

fn forwards(contest: &Contest, rule: &'static Rule, house: u32, choices: &Choices) -> Vec<Datum> {
    let (votes, _) = contest.votes();
    let award = apportion(rule, votes, house, choices);
    let mut notes = told(&award);
    // Of another size than the reported one nothing is reported.
    let verdict = match contest.house() {
        Some(reported) if reported != house => {
            notes.push(format!("as reported, there are {reported} seats"));
            None
        }
        _ => contest.verdict(rule, house, choices),
    };
    let matches = match verdict {
        Some(Verdict::Gives) => "yes",
        Some(Verdict::GivesInTie) => "tie",
        Some(Verdict::DoesNotGive | Verdict::CannotGive) => "no",
        Some(Verdict::MayGive | Verdict::Unknown) | None => "",
    };
    match verdict {
        Some(Verdict::Unknown) => notes.push("whether it gives the reported seats is not certain".to_owned()),
        Some(verdict @ (Verdict::MayGive | Verdict::CannotGive)) => {
            notes.push(format!("{} the reported seats", verdict.label()));
        }
        _ => {}
    }
    notes.extend(contest.caveat(choices.threshold));
    let over = rule.has_quota().then_some(choices.quota_over);
    vec![
        Datum::text(&contest.election),
        Datum::text(contest.tier.id()),
        Datum::text(rule.id),
        Datum::text(&seats(contest, &award.outcome, contest.unstated_may_pass(choices.threshold))),
        Datum::text(matches),
        Datum::number(Some(Decimal::from(house))),
        Datum::number(Some(choices.threshold.normalize())),
        Datum::text(over.map_or("", over_id)),
        Datum::text(&notes.join("; ")),
    ]
}

fn backwards(contest: &Contest, house: u32, surplus: Surplus, rules: &[&'static Rule]) -> Vec<Vec<Datum>> {
    let all = reverse(contest, house, surplus);
    if all.is_empty() {
        say(&format!("{}: note: no seats are reported that a rule could give", contest.election));
    }
    let asked = all.iter().filter(|one| rules.iter().any(|rule| rule.id == one.rule.id));
    let row = |one: &Backward, detail: &Detail| {
        let piece = detail.piece;
        let percent = |bound| Datum::number(Some(contest.bound_percent(bound).round_dp(6).normalize()));
        vec![
            Datum::text(&contest.election),
            Datum::text(contest.tier.id()),
            Datum::text(one.rule.id),
            Datum::text(one.quota_over.map_or("", over_id)),
            piece.above.map_or(Datum::number(None), percent),
            percent(piece.up_to),
            Datum::text(piece.verdict.label()),
            Datum::text(&seats(contest, &detail.award.outcome, true)),
            Datum::number(Some(Decimal::from(house))),
            Datum::text(&piece.above.map_or(String::new(), |bound| share_of(contest, bound))),
            Datum::text(&share_of(contest, piece.up_to)),
            Datum::text(&told(&detail.award).join("; ")),
        ]
    };
    asked.flat_map(|one| one.details(contest, house, surplus).iter().map(|d| row(one, d)).collect::<Vec<_>>()).collect()
}

/// Whose share a bound is.
fn share_of(contest: &Contest, bound: Bound) -> String {
    match bound {
        Bound::Zero => String::new(),
        Bound::List(list) => contest.lists.get(list).map(|list| list.name.clone()).unwrap_or_default(),
        Bound::Unstated => "what is not stated".to_owned(),
        Bound::All => "all votes".to_owned(),
    }
}

fn over_id(over: QuotaOver) -> &'static str {
    match over {
        QuotaOver::Past => "past",
        QuotaOver::All => "all",
    }
}

fn by_system(election: &Election, system: &System) -> Result<Option<Vec<Datum>>, Error> {
    let Some(contest) = contest(election, Tier::Total) else { return Ok(None) };
    let result = system.apply(&contest).map_err(|what| Error::usage(what, "mend the system's file"))?;
    let cells = contest.lists.iter().zip(&result.seats).filter_map(|(list, seats)| Some((list, (*seats)?)));
    let written: Vec<String> = cells.clone().map(|(list, range)| cell(&list.name, range)).collect();
    let reported = |list: &Contender| u32::try_from(list.seats.as_ref()?.value).ok();
    let beside: Option<Vec<(u32, (u32, u32))>> = cells.map(|(list, range)| Some((reported(list)?, range))).collect();
    let is_whole = result.seats.iter().all(Option::is_some);
    let matches = match beside.filter(|_| is_whole && result.house.is_some()) {
        Some(all) if all.iter().all(|(seats, range)| range.0 == *seats && range.1 == *seats) => "yes",
        Some(all) if all.iter().any(|(seats, range)| *seats < range.0 || *seats > range.1) => "no",
        _ => "",
    };
    Ok(Some(vec![
        Datum::text(&contest.election),
        Datum::text(Tier::Total.id()),
        Datum::text(&system.name),
        Datum::text(&written.join("; ")),
        Datum::text(matches),
        Datum::number(result.house.map(Decimal::from)),
        Datum::number(Some(system.list.threshold.normalize())),
        Datum::text(
            rule(&system.list.rule).filter(|rule| rule.has_quota()).map_or("", |_| over_id(system.list.quota_over)),
        ),
        Datum::text(&result.notes.join("; ")),
    ]))
}

/// `Reds=7; Blues=1..2`; empty where there is no result. Lists whose votes are not stated have a place in it only where
/// it is certain that they have no seats.
fn seats(contest: &Contest, outcome: &Outcome, open: bool) -> String {
    let (_, stated) = contest.votes();
    let ranges: Option<Vec<Option<(u32, u32)>>> =
        (0..stated.len()).map(|place| Some(Some(outcome.range(place)?))).collect();
    let Some(ranges) = ranges else { return String::new() };
    let all = contest.for_all_lists(&ranges, None);
    let without = |list: &Contender| (!open && !list.apart).then_some((0, 0));
    let cells =
        contest.lists.iter().zip(all).filter_map(|(list, range)| Some(cell(&list.name, range.or(without(list))?)));
    cells.collect::<Vec<_>>().join("; ")
}

fn cell(name: &str, (least, most): (u32, u32)) -> String {
    if least == most { format!("{name}={least}") } else { format!("{name}={least}..{most}") }
}
