//! Seats to rules: what gives the reported seats, what may, and what cannot, whatever is unstated; and the command.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

mod common;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    process::{Command, Output},
    time::Instant,
};

use common::{Seeded, Writer, origin};
use nisba::{
    analysis::apportionment::{
        Backward, Bound, Choices, Contest, Outcome, QuotaOver, RULES, Surplus, Verdict, apportion, reverse, rule,
    },
    facts::{Election, Entry, ListResult, Tier},
    session::load::{self, Progress},
    source::{Decimal, SourceId},
};

/// A list: its share in hundredths of a percent where stated, and its seats where stated.
type List = (Option<u64>, Option<u32>);

fn election(lists: &[List], house: u32) -> Election {
    let mut w = Writer::new();
    w.paragraph("Results", 1);
    let list = |(at, (share, seats)): (usize, &List)| ListResult {
        key: format!("list-{at}"),
        name: format!("List {at}"),
        aliases: Vec::new(),
        vote_share: share.map_or(Entry::NotStated, |share| w.known(&hundredths(share).to_string(), "vote share")),
        votes: Entry::NotStated,
        seats: seats.map(|seats| (Tier::List, w.known(&seats.to_string(), "seats"))).into_iter().collect(),
    };
    let lists = lists.iter().enumerate().map(list).collect();
    let totals = BTreeMap::from([(Tier::List, w.stated(&house.to_string(), "seats in all"))]);
    Election {
        key: "made-up".to_owned(),
        origin: origin(),
        period: "2004".to_owned(),
        chamber: String::new(),
        vote_name: None,
        lists,
        totals,
        total_votes: None,
        list_vote_grounds: None,
    }
}

fn contest(lists: &[List], house: u32) -> Contest {
    Contest::new(&election(lists, house), Tier::List).unwrap()
}

fn hundredths(n: u64) -> Decimal {
    Decimal::new(n as i64, 2)
}

fn backward<'b>(all: &'b [Backward], id: &str, over: Option<QuotaOver>) -> &'b Backward {
    all.iter().find(|one| one.rule.id == id && one.quota_over == over).unwrap()
}

/// Seven of ten seats and one each, on 60.61, 7.07, 11.38 and 12.04 %, where 3.44 % more are stated.
const LISTS: [List; 5] =
    [(Some(6061), Some(7)), (Some(707), Some(1)), (Some(1138), Some(1)), (Some(1204), Some(1)), (Some(344), Some(0))];

#[test]
fn the_rules_that_give_seven_and_three_times_one_with_a_threshold_of_seven_percent() {
    let contest = contest(&LISTS, 10);
    assert_eq!(contest.unstated_percent(), hundredths(546));
    let verdict = |id: &str, over| {
        let choices = Choices { threshold: Decimal::from(7), quota_over: over, ..Choices::default() };
        contest.verdict(rule(id).unwrap(), 10, &choices).unwrap()
    };
    let giving: BTreeSet<&str> =
        (RULES.iter().map(|rule| rule.id)).filter(|id| verdict(id, QuotaOver::Past) == Verdict::Gives).collect();
    let expected = [
        "balinski_young",
        "danish",
        "dean",
        "droop",
        "hagenbach_bischoff",
        "hare",
        "huntington_hill",
        "sainte_lague",
        "sainte_lague_modified",
    ];
    assert_eq!(giving, BTreeSet::from(expected));
    for id in ["dhondt", "adams", "imperiali_divisor", "imperiali_quota"] {
        assert_eq!(verdict(id, QuotaOver::Past), Verdict::DoesNotGive, "{id}");
    }
    let dhondt = apportion(
        rule("dhondt").unwrap(),
        contest.votes().0,
        10,
        &Choices { threshold: Decimal::from(7), ..Choices::default() },
    );
    assert_eq!(dhondt.outcome, Outcome::Decided(vec![8, 0, 1, 1, 0]));
    // Over all votes the quotas are dearer, and two of the rests go elsewhere.
    assert_eq!(verdict("hare", QuotaOver::All), Verdict::DoesNotGive);
}

#[test]
fn the_thresholds_of_a_rule_are_intervals_between_shares_exact_at_their_ends() {
    let contest = contest(&LISTS, 10);
    let all = reverse(&contest, 10, Surplus::Told);
    // Above what is unstated, up to the least share that has a seat, and with it.
    let gives = |id: &str, over| {
        let pieces: Vec<_> = backward(&all, id, over).gives().copied().collect();
        assert_eq!(pieces.len(), 1, "{id}");
        (pieces[0].above, pieces[0].up_to)
    };
    assert_eq!(gives("hare", Some(QuotaOver::Past)), (Some(Bound::Unstated), Bound::List(1)));
    assert_eq!(gives("danish", None), (Some(Bound::Unstated), Bound::List(1)));
    // The first divisor of 1.4 keeps out whoever may share what is unstated, whatever the threshold.
    assert_eq!(gives("sainte_lague_modified", None), (None, Bound::List(1)));
    let at = |threshold: &str| {
        let choices = Choices { threshold: threshold.parse().unwrap(), ..Choices::default() };
        contest.verdict(rule("danish").unwrap(), 10, &choices).unwrap()
    };
    assert_eq!((at("7.07"), at("7.0700001")), (Verdict::Gives, Verdict::DoesNotGive));
    assert_eq!((at("5.4600001"), at("5.46")), (Verdict::Gives, Verdict::MayGive));
}

#[test]
fn what_a_rule_would_have_given_stands_beside_a_verdict_that_it_does_not() {
    let contest = contest(&LISTS, 10);
    let all = reverse(&contest, 10, Surplus::Told);
    let details = backward(&all, "dhondt", None).details(&contest, 10, Surplus::Told);
    let seats: Vec<Option<&[u32]>> = details.iter().map(|detail| detail.award.outcome.seats()).collect();
    assert_eq!(seats[0], Some(&[8, 0, 1, 1, 0][..]));
    assert_eq!(seats.last().unwrap(), &None, "above 60.61 % there is no list");
    for pair in details.windows(2) {
        assert_eq!(pair[1].piece.above, Some(pair[0].piece.up_to));
    }
}

#[test]
fn where_no_seats_are_reported_nothing_is_said_of_them() {
    let contest = contest(&[(Some(6000), None), (Some(4000), None)], 5);
    assert!(reverse(&contest, 5, Surplus::Told).is_empty());
    assert_eq!(contest.verdict(rule("hare").unwrap(), 5, &Choices::default()), None);
}

#[test]
fn seats_of_a_list_without_a_stated_share_leave_it_open_but_for_what_the_others_contradict() {
    let open = contest(&[(Some(4000), Some(4)), (Some(2000), Some(2)), (None, Some(4))], 10);
    let at_zero = |contest: &Contest, id: &str| contest.verdict(rule(id).unwrap(), 10, &Choices::default()).unwrap();
    assert_eq!(at_zero(&open, "dhondt"), Verdict::Unknown);
    assert_eq!(at_zero(&open, "hare"), Verdict::Unknown);
    // Twice the votes and a sixth of the seats: by no divisor rule, whoever else there is.
    let against = contest(&[(Some(4000), Some(1)), (Some(2000), Some(6)), (None, Some(3))], 10);
    assert_eq!(at_zero(&against, "dhondt"), Verdict::CannotGive);
    assert_eq!(at_zero(&against, "adams"), Verdict::CannotGive);
    assert_eq!(at_zero(&against, "hare"), Verdict::Unknown);
}

// ── Soundness ──

/// Shares in hundredths of a percent with a sum of 100 %, from a few round ones or from any.
fn random_shares(seeded: &mut Seeded) -> Vec<u64> {
    let lists = 2 + seeded.below(6);
    let step = [500, 100, 1][seeded.below(3) as usize];
    let mut cuts: Vec<u64> = (1..lists).map(|_| seeded.below(10_000 / step + 1) * step).collect();
    cuts.extend([0, 10_000]);
    cuts.sort_unstable();
    cuts.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

/// How the seats stand to a rule on complete shares.
fn truth(id: &str, shares: &[u64], seats: &[u32], house: u32, choices: &Choices) -> Verdict {
    let lists: Vec<List> = shares.iter().map(|share| (Some(*share), None)).collect();
    let contest = contest(&lists, house);
    assert_eq!(contest.unstated_percent(), Decimal::ZERO);
    match apportion(rule(id).unwrap(), contest.votes().0, house, choices).outcome {
        Outcome::Decided(given) if given == seats => Verdict::Gives,
        Outcome::Tied(tie) if tie.admits(seats) => Verdict::GivesInTie,
        _ => Verdict::DoesNotGive,
    }
}

/// One of the results that an outcome stands for.
fn any_seats(outcome: &Outcome, seeded: &mut Seeded) -> Option<Vec<u32>> {
    match outcome {
        Outcome::Decided(seats) => Some(seats.clone()),
        Outcome::Tied(tie) => (0..200).find_map(|_| {
            let mut seats = tie.sure.clone();
            let tied = tie.tied();
            (0..tie.open).for_each(|_| seats[tied[seeded.below(tied.len() as u64) as usize]] += 1);
            tie.admits(&seats).then_some(seats)
        }),
        _ => None,
    }
}

/// Elections whose seats a rule gave, with parts of the shares hidden: no verdict contradicts what the hidden shares
/// say. Returns how often each verdict was heard.
fn sound(rounds: u64, seed: u64) -> BTreeMap<&'static str, usize> {
    let mut seeded = Seeded(seed);
    let mut heard = BTreeMap::new();
    for round in 0..rounds {
        let shares = random_shares(&mut seeded);
        let house = 1 + seeded.below(12) as u32;
        let giver = &RULES[seeded.below(13) as usize];
        let threshold = [0, 0, 300, 500, 707, seeded.below(2_500)][seeded.below(6) as usize];
        let quota_over = [QuotaOver::Past, QuotaOver::All][seeded.below(2) as usize];
        let choices = Choices { threshold: hundredths(threshold), quota_over, ..Choices::default() };
        let complete: Vec<List> = shares.iter().map(|share| (Some(*share), None)).collect();
        let given = apportion(giver, contest(&complete, house).votes().0, house, &choices).outcome;
        let Some(seats) = any_seats(&given, &mut seeded) else { continue };
        // Of the lists without seats some are not even named; of any, shares are not stated.
        let mut partial: Vec<List> = Vec::new();
        for (share, seats) in shares.iter().zip(&seats) {
            match seeded.below(8) {
                0 | 1 if *seats == 0 => {}
                2 => partial.push((None, Some(*seats))),
                _ => partial.push((Some(*share), Some(*seats))),
            }
        }
        if partial.iter().all(|(share, _)| share.is_none()) {
            continue;
        }
        let known = contest(&partial, house);
        let all = reverse(&known, house, Surplus::Told);
        let probe = hundredths([0, threshold, seeded.below(3_000), seeded.below(10_001)][seeded.below(4) as usize]);
        for one in &all {
            let choices =
                Choices { threshold: probe, quota_over: one.quota_over.unwrap_or_default(), ..Choices::default() };
            let what = || {
                format!(
                    "round {round}, {} {:?} at {probe}: {shares:?} {seats:?} as {partial:?}",
                    one.rule.id, one.quota_over
                )
            };
            let verdict = known.verdict(one.rule, house, &choices).unwrap();
            let truth = truth(one.rule.id, &shares, &seats, house, &choices);
            match verdict {
                Verdict::Gives | Verdict::GivesInTie | Verdict::DoesNotGive => assert_eq!(verdict, truth, "{}", what()),
                Verdict::CannotGive => assert_eq!(truth, Verdict::DoesNotGive, "{}", what()),
                Verdict::MayGive => assert!(may_give(&known, one, &partial, house, &choices), "{}", what()),
                Verdict::Unknown => {}
            }
            // The interval that holds this threshold says the same, if perhaps less.
            let end = |bound| known.bound_percent(bound);
            let holds = |piece: &&nisba::analysis::apportionment::Piece| {
                piece.above.is_none_or(|above| end(above) < probe) && probe <= end(piece.up_to)
            };
            let piece = one.pieces.iter().find(holds).unwrap_or_else(|| panic!("{}: {:?}", what(), one.pieces));
            let less = verdict == Verdict::MayGive && piece.verdict == Verdict::Unknown;
            let weaker = piece.verdict == Verdict::CannotGive && verdict == Verdict::DoesNotGive;
            assert!(piece.verdict == verdict || less || weaker, "{}: {verdict:?}, {piece:?}", what());
            *heard.entry(verdict.label()).or_default() += 1;
        }
        let back = backward(&all, giver.id, giver.has_quota().then_some(quota_over));
        let no = |piece: &nisba::analysis::apportionment::Piece| {
            matches!(piece.verdict, Verdict::DoesNotGive | Verdict::CannotGive)
        };
        assert!(!back.pieces.iter().all(no), "round {round}: {} gave {seats:?} of {shares:?}", giver.id);
    }
    heard
}

/// Whether some way of sharing what is unstated gives the seats: in tiny parts, or in a few lists with tiny ones beside.
fn may_give(known: &Contest, one: &Backward, partial: &[List], house: u32, choices: &Choices) -> bool {
    let unstated = (known.unstated_percent() * Decimal::ONE_HUNDRED).normalize();
    let unstated: u64 = unstated.to_string().parse().unwrap();
    // Without a threshold even the least lists take part, and hundredths of a percent may not be few enough.
    if choices.threshold <= hundredths(1) {
        return true;
    }
    let stated: Vec<(u64, u32)> = partial.iter().filter_map(|(share, seats)| Some(((*share)?, (*seats)?))).collect();
    // Whatever is below the threshold has no part in it.
    let below = (choices.threshold * Decimal::ONE_HUNDRED).ceil().to_string().parse::<u64>().unwrap() - 1;
    let in_parts = |mut left: u64| {
        let mut parts = Vec::new();
        while left > 0 {
            parts.push(left.min(below));
            left -= left.min(below);
        }
        parts
    };
    let tiny = in_parts(unstated);
    let common = stated.iter().fold(10_000, |common, (share, _)| gcd(common, *share));
    let few =
        [1, common].into_iter().flat_map(|step| (1..=8_u64).map(move |lists| (step, lists))).map(|(step, lists)| {
            let one = unstated / step / lists * step;
            let mut parts = vec![one; lists as usize];
            parts.extend(in_parts(unstated - one * lists));
            parts
        });
    std::iter::once(tiny).chain(few).any(|parts| {
        let shares: Vec<u64> = stated.iter().map(|(share, _)| *share).chain(parts.iter().copied()).collect();
        let seats: Vec<u32> = stated.iter().map(|(_, seats)| *seats).chain(parts.iter().map(|_| 0)).collect();
        truth(one.rule.id, &shares, &seats, house, choices) != Verdict::DoesNotGive
    })
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[test]
fn no_verdict_contradicts_what_is_hidden_and_the_rule_that_gave_the_seats_is_never_ruled_out() {
    let heard = sound(400, 77);
    for verdict in ["gives", "gives up to a tie", "does not give", "may give", "cannot give", "unknown"] {
        assert!(heard.get(verdict).is_some_and(|times| *times > 20), "{verdict}: {heard:?}");
    }
}

#[test]
#[ignore = "takes a minute: `cargo test --test apportionment_reverse -- --ignored`"]
fn no_verdict_contradicts_what_is_hidden_over_many_rounds() {
    println!("{:?}", sound(30_000, 2004));
}

// ── Many elections ──

#[test]
#[ignore = "needs ParlGov's elections in ../shared"]
fn a_thousand_elections_are_gone_through_in_reverse() {
    let bytes = fs::read("../shared/data/parlgov/view_election.csv").unwrap();
    let loaded = load::load_bytes("view_election.csv", &bytes, SourceId(0), &Progress::default()).unwrap();
    let elections = &loaded.dataset.elections;
    let start = Instant::now();
    let (mut read, mut giving, mut verdicts) = (0, 0, 0);
    for election in elections {
        let Ok(contest) = Contest::new(election, Tier::Total) else { continue };
        let Some(house) = contest.house() else { continue };
        let all = reverse(&contest, house, Surplus::Told);
        read += 1;
        verdicts += all.iter().map(|one| one.pieces.len()).sum::<usize>();
        giving += usize::from(all.iter().any(|one| one.gives().next().is_some()));
    }
    println!(
        "{read} of {} elections, {verdicts} intervals, {giving} given by a rule: {:?}",
        elections.len(),
        start.elapsed()
    );
    assert!(read > 700, "{read}");
}

// ── The command ──

fn nisba(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nisba")).args(args).output().expect("the program runs")
}

fn rows(output: &Output) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(output.stdout.as_slice()).into_records().collect::<Result<_, _>>().expect("CSV")
}

#[test]
fn apportion_lists_seats_by_rule_under_the_columns_of_the_contract() {
    let listed = nisba(&["apportion", "--votes", "9061,7179,5259,3319,1182", "--seats", "26", "--rule", "dhondt"]);
    let text = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(text.starts_with("election,tier,rule,seats,matches"), "{text}");
    assert_eq!(rows(&listed).len(), 1);
    assert_eq!(&rows(&listed)[0][3], "1=10; 2=7; 3=5; 4=3; 5=1");
    assert_eq!(&rows(&listed)[0][4], "", "no seats are reported");
    let tied =
        nisba(&["apportion", "--votes", "Reds=5,Blues=5", "--seats", "3", "--reported", "2,1", "--rule", "hare"]);
    assert_eq!((&rows(&tied)[0][3], &rows(&tied)[0][4]), ("Reds=1..2; Blues=1..2", "tie"));
    assert_eq!(&rows(&tied)[0][8], "1 seat tied for by 2 lists");
}

#[test]
fn a_table_is_apportioned_by_its_list_seats_and_matches_say_which_rules_give_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made-up.csv");
    fs::write(&path, "party,votes,list seats,seats\nReds,2883706,7,42\nBlues,572672,1,1\nGreens,541239,1,4\nGreys,336177,1,11\nBrowns,163824,0,0\nPinks,94140,0,0\nTeals,82523,0,0\nDuns,83482,0,0\n").unwrap();
    let path = path.to_str().unwrap();
    let listed = rows(&nisba(&["apportion", path, "--threshold", "9"]));
    assert_eq!(listed.len(), 13);
    assert!(listed.iter().all(|row| &row[1] == "list" && &row[4] == "no"), "{listed:?}");
    let listed = rows(&nisba(&["apportion", path, "--threshold", "7"]));
    let yes = listed.iter().filter(|row| &row[4] == "yes").count();
    assert_eq!(yes, 9, "{listed:?}");
    let total = rows(&nisba(&["apportion", path, "--tier", "total", "--rule", "dhondt"]));
    assert_eq!((&total[0][1], &total[0][5]), ("total", "58"));
    let reverse = nisba(&["apportion", path, "--reverse", "--rule", "hare"]);
    assert!(String::from_utf8_lossy(&reverse.stdout).starts_with("election,tier,rule,quota_over,above,up_to,verdict"));
    assert!(rows(&reverse).iter().any(|row| &row[6] == "gives"));
}

#[test]
fn a_system_is_read_from_a_file_and_set_beside_the_seats() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let table = write(
        "made-up.csv",
        "party,votes,list seats,smd seats,seats\nReds,61,7,35,42\nBlues,12,1,0,1\nGreens,11,1,3,4\nGreys,8,1,10,11\nOn their own,--,--,19,19\n",
    );
    let system = write(
        "parallel.toml",
        "name = 'as it was'\nsingle_member_seats = 67\n[list]\nseats = 10\nrule = 'hare'\nthreshold = 7\n",
    );
    let listed = rows(&nisba(&["apportion", &table, "--system", &system]));
    assert_eq!((&listed[0][2], &listed[0][4], &listed[0][5]), ("as it was", "yes", "77"));
    assert_eq!(&listed[0][3], "Reds=42; Blues=1; Greens=4; Greys=11; On their own=19");
    let broken = write("broken.toml", "name = 'x'\n[list]\nseats = 10\nrule = 'hair'\n");
    let failed = nisba(&["apportion", &table, "--system", &broken]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("there is no rule `hair`; use dhondt"));
}

#[test]
fn calls_that_make_no_sense_end_in_one_line() {
    for (args, what) in [
        (&["apportion"][..], "there are no votes"),
        (&["apportion", "--votes", "many", "--seats", "3"], "`many` is no number of votes"),
        (&["apportion", "--votes", "5,-1", "--seats", "3"], "`-1` is no number of votes"),
        (&["apportion", "--votes", "5,1", "--reported", "3"], "2 lists have votes and 1 have seats"),
        (&["apportion", "--votes", "5,1", "--seats", "3", "--rule", "fair"], "there is no rule `fair`"),
        (&["apportion", "nowhere.csv"], "nowhere.csv"),
    ] {
        let failed = nisba(args);
        let said = String::from_utf8_lossy(&failed.stderr).into_owned();
        assert_eq!(failed.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains(what), "{args:?}: {said}");
    }
    // Without a number of seats there is nothing to share out, and it is said.
    let silent = nisba(&["apportion", "--votes", "5,1"]);
    assert_eq!((silent.status.code(), rows(&silent).len()), (Some(0), 0));
    assert!(String::from_utf8_lossy(&silent.stderr).contains("add `--seats N`"));
}
