//! Two tiers, parallel and compensatory, and the same votes under other rules beside what happened.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use nisba::{
    analysis::apportionment::{
        Alternative, Cell, Choices, Contest, Link, ListTier, Overhang, QuotaOver, Surplus, System, SystemResult,
        compare, rule,
    },
    facts::Tier,
    session::load::{self, Progress},
    source::{Decimal, SourceId},
};

fn contest(table: &str, tier: Tier) -> Contest {
    let loaded = load::load_bytes("made-up.csv", table.as_bytes(), SourceId(0), &Progress::default()).unwrap();
    Contest::new(&loaded.dataset.elections[0], tier).unwrap()
}

fn system(districts: u32, seats: u32, rule: &str, threshold: u32, link: Link) -> System {
    let list = ListTier {
        seats,
        rule: rule.to_owned(),
        threshold: Decimal::from(threshold),
        quota_over: QuotaOver::Past,
        surplus: Surplus::Told,
    };
    System { name: "made up".to_owned(), single_member_seats: districts, list, link, alliances: Vec::new() }
}

fn exact(result: &SystemResult) -> Vec<u32> {
    result.seats.iter().map(|seats| seats.filter(|(least, most)| least == most).unwrap().0).collect()
}

/// The figures of a real chamber under made-up names: 67 single-member seats and 10 list seats past 7 %.
const SHARES: &str = "party,vote_share,list seats,smd seats,seats
Otter,60.61,7,35,42
Ibis,7.07,1,10,11
Auk,11.38,1,3,4
Kite,12.04,1,0,1
Finch,,0,1,1
Swift,3.44,0,0,0
Alone,--,--,18,18
";

#[test]
fn the_parallel_system_of_67_and_10_gives_the_chamber_that_there_was() {
    let contest = contest(SHARES, Tier::Total);
    let parallel = system(67, 10, "sainte_lague", 7, Link::Parallel);
    let result = parallel.apply(&contest).unwrap();
    assert_eq!((exact(&result), result.house), (vec![42, 11, 4, 1, 1, 0, 18], Some(77)));
    assert!(result.notes.is_empty(), "{:?}", result.notes);
    // Without a threshold the list whose share is not stated might have had a list seat, and so it has no number.
    let open = system(67, 10, "sainte_lague", 0, Link::Parallel).apply(&contest).unwrap();
    assert_eq!(open.seats[4], None);
    assert!(open.notes[0].contains("5.46 % of the votes are not stated"), "{:?}", open.notes);
}

#[test]
fn the_same_votes_with_compensation_fill_each_list_up_to_its_share() {
    let contest = contest(SHARES, Tier::Total);
    // 77 less 18 and 1 of those without list seats are 58, shared by Hare among 91.10: 38.59, 4.50, 7.25 and 7.67.
    let limited = system(67, 10, "hare", 7, Link::Compensatory { overhang: Overhang::Kept });
    let result = limited.apply(&contest).unwrap();
    assert_eq!((exact(&result), result.house), (vec![39, 10, 7, 8, 1, 0, 18], Some(83)));
    assert_eq!(result.notes, ["6 overhang seats", "the chamber grows from 77 to 83 seats"]);
}

const OVERHANG: &str = "party,votes,smd seats\nA,50,7\nB,30,0\nC,20,0\n";

#[test]
fn overhang_is_kept_levelled_or_limited() {
    let contest = contest(OVERHANG, Tier::Total);
    let with = |overhang| system(7, 3, "sainte_lague", 0, Link::Compensatory { overhang }).apply(&contest).unwrap();
    // Of ten seats 5, 3 and 2; A has won seven.
    let kept = with(Overhang::Kept);
    assert_eq!((exact(&kept), kept.house), (vec![7, 3, 2], Some(12)));
    // 50 ÷ 13 for A's seventh comes after 50 ÷ 11, 30 ÷ 7 and 20 ÷ 5: the fourteenth seat.
    let levelled = with(Overhang::Levelled);
    assert_eq!((exact(&levelled), levelled.house), (vec![7, 4, 3], Some(14)));
    // B and C share three: 30, 20, 30 ÷ 3.
    let limited = with(Overhang::Limited);
    assert_eq!((exact(&limited), limited.house), (vec![7, 2, 1], Some(10)));
}

#[test]
fn overhang_that_cannot_be_levelled_or_limited_is_told() {
    // Half of all for a list with a thousandth of the votes.
    let contest = contest("party,votes,smd seats\nA,1,5\nB,999,0\n", Tier::Total);
    let levelled = system(5, 5, "dhondt", 0, Link::Compensatory { overhang: Overhang::Levelled });
    let result = levelled.apply(&contest).unwrap();
    assert_eq!((result.house, result.seats[0]), (None, None));
    assert!(result.notes[0].contains("would not level"), "{:?}", result.notes);
    // District seats that do not add up are no ground to fill up.
    let short = system(9, 5, "dhondt", 0, Link::Compensatory { overhang: Overhang::Kept }).apply(&contest).unwrap();
    assert!(short.notes[0].starts_with("5 district seats are stated, and the system has 9"), "{:?}", short.notes);
}

#[test]
fn a_tie_in_one_tier_is_a_range_in_the_sum_and_no_ground_to_fill_up() {
    let contest = contest("party,votes,smd seats\nA,10,2\nB,10,1\n", Tier::Total);
    let parallel = system(3, 3, "hare", 0, Link::Parallel).apply(&contest).unwrap();
    assert_eq!(parallel.seats, [Some((3, 4)), Some((2, 3))]);
    let filled = system(3, 4, "hare", 0, Link::Compensatory { overhang: Overhang::Kept }).apply(&contest).unwrap();
    assert_eq!(filled.house, None);
    assert!(filled.notes[0].contains("tied"), "{:?}", filled.notes);
}

#[test]
fn a_system_is_written_as_data_and_read_back_the_same() {
    let text = "name = 'compensatory'\nsingle_member_seats = 60\n\n[list]\nseats = 60\nrule = 'sainte_lague'\n\
                threshold = 5\nquota_over = 'all'\n\n[link]\nkind = 'compensatory'\noverhang = 'levelled'\n\n\
                [[alliances]]\nname = 'Both'\nmembers = ['a', 'b']\nthreshold = 7.5\nif_missed = 'apart'\n";
    let system: System = toml::from_str(text).unwrap();
    assert_eq!(system.list.threshold, Decimal::from(5));
    assert_eq!(system.alliances[0].threshold, Some(Decimal::new(75, 1)));
    assert_eq!(system.link, Link::Compensatory { overhang: Overhang::Levelled });
    assert_eq!(toml::from_str::<System>(&toml::to_string(&system).unwrap()).unwrap(), system);
    assert_eq!(serde_json::from_str::<System>(&serde_json::to_string(&system).unwrap()).unwrap(), system);
    assert!(toml::from_str::<System>("name = 'x'\nthreshhold = 5\n[list]\nseats = 1\nrule = 'hare'\n").is_err());
}

#[test]
fn systems_that_name_what_there_is_not_are_refused_in_words() {
    let contest = contest(OVERHANG, Tier::Total);
    let refused = |change: fn(&mut System)| {
        let mut system = system(7, 3, "hare", 0, Link::Parallel);
        change(&mut system);
        system.apply(&contest).unwrap_err()
    };
    assert!(refused(|system| "hair".clone_into(&mut system.list.rule)).contains("there is no rule `hair`"));
    assert!(refused(|system| system.list.threshold = Decimal::from(101)).contains("`101` is no threshold"));
    assert!(refused(|system| system.list.seats = u32::MAX).contains("give fewer"));
    let allied = |members: &[&str]| {
        let members: Vec<String> = members.iter().map(|key| (*key).to_owned()).collect();
        let text = serde_json::json!({ "name": "Both", "members": members });
        let mut system = system(7, 4, "hare", 0, Link::Parallel);
        system.alliances.push(serde_json::from_value(text).unwrap());
        system.apply(&contest)
    };
    assert!(allied(&["b", "nobody"]).unwrap_err().contains("`nobody` is no list"));
    assert!(allied(&["b", "b"]).unwrap_err().contains("`b` is in two alliances, or twice in one"));
    assert_eq!(exact(&allied(&["b", "c"]).unwrap()), [9, 1, 1]);
}

#[test]
fn the_same_votes_stand_beside_what_happened_and_keep_where_they_are_written() {
    let contest = contest(SHARES, Tier::List);
    let by = |id: &str, threshold: u32, house| Alternative::Rule {
        rule: rule(id).unwrap(),
        house,
        choices: Choices { threshold: Decimal::from(threshold), ..Choices::default() },
    };
    let whole = Alternative::System(system(0, 77, "dhondt", 3, Link::Parallel));
    let beside =
        compare(&contest, &[by("sainte_lague", 7, 10), by("dhondt", 7, 10), by("dhondt", 90, 10), whole]).unwrap();
    let labels: Vec<&str> = beside.columns.iter().map(|column| column.label.as_str()).collect();
    assert_eq!(labels[1], "D'Hondt (Jefferson), 10 seats, 7 % threshold");
    let ibis = &beside.rows[1];
    assert_eq!(ibis.happened.as_ref().unwrap().value, Decimal::ONE);
    assert_eq!(ibis.cells[..3], [Cell::Seats(1), Cell::Seats(0), Cell::Nothing]);
    assert_eq!((beside.columns[2].house, beside.columns[2].notes[0].as_str()), (None, "no list is past the threshold"));
    assert_eq!(beside.rows[4].cells[0], Cell::NotStated);
    // Every number rests on the cells of all votes that took part, its own first.
    let operands = beside.operands(1);
    assert_eq!(operands.len(), 5);
    assert_eq!(operands[0].value, Decimal::new(707, 2));
    assert!(operands.iter().all(|votes| votes.evidence.compute() == Some(votes.value)));
}
