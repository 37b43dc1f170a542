//! A wrong reading is worse than none: sentences that a hasty reader would take for results, and that state none.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use nisba::{
    facts::Fact,
    session::load::{Progress, load_bytes},
    source::SourceId,
};

/// Kinds that a chart of results, ratings or groups is made of; what else a sentence counts is nobody's result.
const CHARTED: &[&str] =
    &["seats", "votes", "vote_share", "rating", "population_share", "candidate_share", "threshold"];

/// The charted facts of a sentence in an election report of parties called Reds and Blues.
fn facts(sentence: &str) -> Vec<Fact> {
    let text = format!(
        "Nations in Transit 2007: Veldoria\n\nElectoral Process:\n\nThe party Reds and the party Blues ran in the 2006 \
         elections. {sentence}\n\nTable 1. Seats, 2006 elections\n\nParty Party List Total\nReds 5 9\nBlues 4 6\n\
         Greens 1 2\nTotal 10 17\n"
    );
    let loaded = load_bytes("report.txt", text.as_bytes(), SourceId(0), &Progress::default()).expect("it reads");
    let prose = |fact: &Fact| fact.detail.iter().all(|(key, value)| !(key == "in" && value == "table"));
    let stated = |fact: &Fact| prose(fact) && fact.value.is_some() && CHARTED.contains(&fact.kind.as_str());
    loaded.dataset.facts.into_iter().filter(stated).collect()
}

fn said(sentence: &str) -> Vec<String> {
    facts(sentence).iter().map(|f| format!("{} {} {}", f.kind, f.subject, f.value.unwrap_or_default())).collect()
}

#[test]
fn what_did_not_happen_is_no_result() {
    for sentence in [
        "The Reds were expected to win 20 seats.",
        "The Reds could win 30 seats.",
        "The Reds needed to win 39 seats.",
        "The Reds did not win 10 seats.",
        "If the Reds win 40 seats, they will govern.",
        "The Blues failed to win 7 percent of the vote.",
        "Before the 2006 elections, the Reds held 12 seats.",
    ] {
        assert_eq!(said(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn fractions_multiples_and_differences_are_no_seat_counts() {
    for sentence in [
        "The Reds won two thirds of the seats.",
        "The Reds won three times as many seats as the Blues.",
        "The Reds won two more seats than in 2002.",
        "The Reds won 17 seats fewer than in 2002.",
        "The Reds won no fewer than ten seats.",
        "The Reds took 15 seats from the Blues.",
        "The Reds won 4.5 seats.",
        "The Reds gained 3 percent of the vote compared with 2002.",
    ] {
        assert_eq!(said(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn a_bare_number_beside_a_result_is_no_result() {
    let only_reds = ["seats Reds 42"];
    assert_eq!(said("The Reds won 42 seats, while the Blues took 3 days to concede."), only_reds);
    assert_eq!(said("The Reds won 42 seats, and Article 5 of the law was changed."), only_reds);
    assert_eq!(said("The Blues received 5 complaints about seats."), [""; 0]);
    assert_eq!(said("Each district has two seats."), [""; 0]);
}

#[test]
fn whose_is_claimed_only_where_it_is_plain() {
    for sentence in [
        "Although the Reds rejected the results, the Blues said that it won 4 seats.",
        "The Reds criticised the count, while the Blues made gains, winning 21 seats.",
        "A coalition led by the Reds won 12 seats.",
        "The Reds took part in the 2006 elections, but 40 percent of the vote went to the Blues.",
        "The Reds formed a coalition with the Blues, a party that had 12 percent of the vote.",
        "The Left and the Right together won 8 seats.",
        "In the by-elections of 2005 the Reds won 2 seats.",
        "In the municipal elections of 2005, the Reds won 140 seats.",
        "The Reds received 33 percent of the vote in the capital.",
        "The Reds hold 5 of 9 seats on the Constitutional Court.",
        "The Reds and the Blues won 7.2 percent and 7.1 percent of the vote respectively.",
    ] {
        assert_eq!(said(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn a_bound_is_no_share_and_no_threshold() {
    assert_eq!(said("The Reds won more than 60 percent of the vote."), [""; 0]);
    assert_eq!(said("A list must win more than 5 percent of the vote."), ["threshold  5"]);
}

#[test]
fn a_list_of_results_ends_where_something_else_is_told() {
    let only = ["seats Reds 41"];
    for sentence in [
        "The Reds won 41 seats, the Greens 32 more.",
        "The Reds won 41 seats, the Greens 9 in the north, and Dawn 3.",
        "The Reds won 41 seats and Article 5.",
        "The Reds won 41 seats, the Greens 32 points, and Dawn 7 votes.",
        "The Reds won 41 seats; 12 seats went to women.",
        "The Reds won 41 seats, and 12 seats remained vacant.",
        "The Reds won 41 seats, compared with 32 for the party Greens.",
    ] {
        assert_eq!(said(sentence), only, "{sentence}");
    }
    let only = ["vote_share Reds 44"];
    for sentence in [
        "The Reds won 44 percent of the vote and the Blues 30 percent of the seats.",
        "The Reds won 44 percent of the vote, but the Blues over 30 percent.",
        "The Reds won 44 percent of the vote and the Blues 70 percent.",
        "The Reds won 44 percent of the vote, compared with 30 percent in 2002.",
    ] {
        assert_eq!(said(sentence), only, "{sentence}");
    }
    for sentence in [
        "In the capital the Reds won 44 percent of the vote and the Blues 30 percent.",
        "The Reds were expected to win 41 seats, the Blues 32, and Dawn 7.",
        "In the municipal elections, the Reds took 41 seats, the Blues 32, and Dawn 7.",
        "The Reds gained 5 seats, while the Blues lost 3.",
        "A coalition of Bright Harbour and the Reds won 41 seats.",
        "The vote gave 12 seats to women. If the vote gave the Blues 12 seats, it would govern.",
        "The Reds hold three minority seats.",
    ] {
        assert_eq!(said(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn the_members_of_a_list_need_no_noun_and_no_verb_of_their_own() {
    assert_eq!(
        said("The Reds took 41 seats, Dawn 32, and the Greens seven."),
        ["seats Reds 41", "seats Dawn 32", "seats Greens 7"]
    );
    assert_eq!(
        said("The Reds secured 52 seats; the Blues, 20; and Dawn, 8."),
        ["seats Reds 52", "seats Blues 20", "seats Dawn 8"]
    );
    assert_eq!(
        said("The Reds captured 41 of the chamber's 80 seats, followed by the Blues with 32 and Dawn with 7."),
        ["seats Reds 41", "seats  80", "seats Blues 32", "seats Dawn 7"]
    );
    assert_eq!(
        said("Of the 80 seats, 41 went to the Reds, 32 to the Blues, and 7 to Dawn."),
        ["seats  80", "seats Reds 41", "seats Blues 32", "seats Dawn 7"]
    );
    assert_eq!(said("The vote gave the Reds 41 seats and the Blues 32."), ["seats Reds 41", "seats Blues 32"]);
    assert_eq!(
        said("The Reds received 44.1 percent of the vote, Dawn 27.9 percent and the Greens 9.2 percent."),
        ["vote_share Reds 44.1", "vote_share Dawn 27.9", "vote_share Greens 9.2"]
    );
    assert_eq!(
        said("The Reds won 49.6 percent of the vote and 9 seats, and the Blues 23.1 percent and 6."),
        ["vote_share Reds 49.6", "seats Reds 9", "vote_share Blues 23.1", "seats Blues 6"]
    );
    assert_eq!(said("Women held 29 of the 120 seats."), ["seats Women 29", "seats  120"]);
    // The seats before are theirs too, and no result of this election.
    let before = facts("The Reds won 41 seats, up from 32 in 2002.");
    let shown: Vec<String> =
        before.iter().map(|f| format!("{} {} {:?}", f.value.unwrap_or_default(), f.period, f.detail)).collect();
    assert!(shown.len() == 2 && shown[1].starts_with("32 2002") && shown[1].contains("before"), "{shown:?}");
}

#[test]
fn digits_that_are_read_in_two_ways_are_not_read() {
    for sentence in
        ["The Reds won 6,50 percent of the vote.", "The Reds won 3.250.000 seats.", "The Reds won 1,23,456 seats."]
    {
        assert_eq!(said(sentence), [""; 0], "{sentence}");
    }
}

#[test]
fn what_is_no_ethnic_group_of_the_country_is_none() {
    let orrins = "According to the 2001 census, ethnic Orrins form 53 percent of the population.";
    let base = said(orrins);
    assert_eq!(base, ["population_share Orrins 53"]);
    for more in [
        "Unemployment is 8 percent.",
        "Turnout was 57 percent.",
        "Some 20 percent of the unemployed are young.",
        "Marrans are 40 percent of the prison population.",
        "The share of Marrans rose by 5 percent to 25 percent in 2001.",
        "Muslims make up 47 percent of the population of the capital.",
        "In the north, Marrans form 80 percent of the population.",
    ] {
        let mut found = said(&format!("{orrins} {more}"));
        found.retain(|fact| !fact.starts_with("share turnout"));
        assert_eq!(found, base, "{more}");
    }
}

#[test]
fn ratings_of_other_years_and_other_things_are_not_this_editions() {
    let text = |sentence: &str| {
        format!(
            "Nations in Transit 2007: Veldoria\n\nSummary:\n\nCivil Society. Groups are free. {sentence}\n\nCivil Society:\n\nText.\n"
        )
    };
    let read = |sentence: &str| {
        let loaded =
            load_bytes("r.txt", text(sentence).as_bytes(), SourceId(0), &Progress::default()).expect("it reads");
        loaded
            .dataset
            .ratings
            .iter()
            .flat_map(|set| &set.ratings)
            .map(|r| r.score.value.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(read("The rating for civil society remains at 5.25."), ["5.25"]);
    assert_eq!(read("The rating for civil society was 5.25 in 2003."), [""; 0]);
    assert_eq!(read("Last year's rating was 3.00. Veldoria's rating remains 3.25."), ["3.25"]);
    assert_eq!(read("The Gazette's rating for civil society is 7."), [""; 0]);
    assert_eq!(read("The rating for neighbouring Molvania remains at 4.25."), [""; 0]);
    assert_eq!(read("The rating remains at 4.25. The rating is set at 4.50."), [""; 0], "they contradict each other");
    assert_eq!(read("The rating for press liberty remains at 6.75."), [""; 0]);
}

#[test]
fn what_plainly_happened_is_read() {
    assert_eq!(said("The Reds won 42 seats."), ["seats Reds 42"]);
    assert_eq!(said("The Reds, the older party, won only four of 17 seats."), ["seats Reds 4", "seats  17"]);
    assert_eq!(said("The Blues did not win any seats."), ["seats Blues 0"]);
    assert_eq!(
        said("Reds and Blues made gains, winning 9 and 6 seats, respectively."),
        ["seats Reds 9", "seats Blues 6"]
    );
    assert_eq!(said("The Reds polled 60.5 percent of the vote."), ["vote_share Reds 60.5"]);
    assert_eq!(
        said(
            "The Reds won 9 seats (60.5 percent of the vote), the Blues 6 seats (30 percent), and Greens 2 (9.5 percent)."
        ),
        [
            "seats Reds 9",
            "vote_share Reds 60.5",
            "seats Blues 6",
            "vote_share Blues 30",
            "seats Greens 2",
            "vote_share Greens 9.5"
        ]
    );
    let earlier = facts("The Reds won 33 seats in 2002.");
    assert_eq!(earlier[0].period, "2002");
}

#[test]
fn results_of_a_part_of_the_country_and_of_another_election_are_not_the_nations() {
    for sentence in [
        "In the capital, the Blues received 51 percent of the vote.",
        "The Blues rejected claims that the Reds won 75 percent of the vote.",
        "Municipal elections were held in October. The Reds won 240 seats.",
    ] {
        assert_eq!(said(sentence), [""; 0], "{sentence}");
    }
    let facts = facts("In the single-mandate races, the Blues won 3 seats.");
    let tier = facts.iter().flat_map(|fact| [fact.tier.as_str()]).collect::<Vec<_>>();
    assert_eq!(tier, ["smd"]);
}

#[test]
fn a_rating_is_of_the_category_that_its_sentence_names() {
    let text = "Nations in Transit 2009: Ostravia\n\nCorruption\n\nOstravia's independent media rating is 4.75.\n\n\
                Rule of Clocks\n\nThe public gardens rating improves from 3.50 to 3.25.\n";
    let loaded = load_bytes("report.txt", text.as_bytes(), SourceId(0), &Progress::default()).expect("it reads");
    let ratings: Vec<String> = loaded
        .dataset
        .facts
        .iter()
        .filter(|fact| fact.kind == "rating" && !fact.text.is_empty())
        .map(|fact| format!("{} {}", fact.subject, fact.value.unwrap_or_default()))
        .collect();
    assert_eq!(ratings, ["Independent Media 4.75"]);
}
