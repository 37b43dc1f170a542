//! Every numeral of a sentence is accounted for: what it is, of what, when; or why it is no quantity.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use nisba::{
    reading::{Figure, FigureStatus},
    session::load::{Loaded, Progress, load_bytes},
    source::SourceId,
};

/// A paragraph of a made-up report that covers 2006.
fn load(paragraph: &str) -> Loaded {
    let text = format!("Nations in Transit 2007: Veldoria\n\nCivil Society:\n\n{paragraph}\n");
    load_bytes("report.txt", text.as_bytes(), SourceId(0), &Progress::default()).expect("it reads")
}

fn written(loaded: &Loaded, figure: &Figure) -> String {
    let value = figure.value.map_or_else(|| "?".to_owned(), |value| value.normalize().to_string());
    let value = figure.value_max.map_or(value.clone(), |max| format!("{value}..{}", max.normalize()));
    let text = figure.span.of(&loaded.source.text).expect("its bytes");
    let rest = match figure.status {
        FigureStatus::Fact => format!("{} {} {}", figure.kind, figure.unit, figure.subject),
        FigureStatus::Date => "date".to_owned(),
        FigureStatus::NotAQuantity => format!("no: {}", figure.detail("what").unwrap_or_default()),
        FigureStatus::Unknown => "unknown".to_owned(),
    };
    let value =
        if figure.status == FigureStatus::NotAQuantity || figure.status == FigureStatus::Date { "" } else { &value };
    [text, value, rest.trim(), &figure.period]
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(" | ")
}

/// The figures of a paragraph, dates with their year in their own words left out.
fn read(paragraph: &str) -> Vec<String> {
    let loaded = load(paragraph);
    let reading = loaded.reading.as_ref().expect("a report");
    let here = reading.figures.iter().filter(|figure| figure.paragraph > 1);
    let plain = |figure: &&Figure| figure.status != FigureStatus::Date || figure.detail("year_from").is_some();
    here.filter(plain).map(|figure| written(&loaded, figure)).collect()
}

#[track_caller]
fn expect(paragraph: &str, figures: &[&str]) {
    assert_eq!(read(paragraph), figures, "{paragraph}");
}

#[test]
fn what_is_counted_is_named_as_the_sentence_names_it() {
    expect(
        "Altogether, 512 candidates ran in 40 rural districts.",
        &["512 | 512 | count people candidates", "40 | 40 | count count rural districts"],
    );
    expect(
        "Some 1,204 of the 3,010 winners joined.",
        &["1,204 | 1204 | count people winners", "3,010 | 3010 | count people winners"],
    );
    expect(
        "Police held 4 out of 9 young activists.",
        &["4 | 4 | count people young activists", "9 | 9 | count people young activists"],
    );
    expect("The board has nine-member panels.", &["nine | 9 | count people member"]);
    expect(
        "One of the winners left, and none of his allies stayed.",
        &["One | 1 | count people winners", "none | 0 | count count allies"],
    );
    expect("They seized dozens of suspected smugglers.", &["dozens | ? | count count suspected smugglers"]);
    expect("Hundreds of thousands of people left.", &["Hundreds of thousands | ? | count people people"]);
}

#[test]
fn a_noun_that_was_said_before_is_not_said_again() {
    expect(
        "A minimum of 20,000 signatures (the earlier bar was 2,500) is asked.",
        &["20,000 | 20000 | count count signatures", "2,500 | 2500 | count count signatures"],
    );
    expect(
        "The number of regions was cut from 12 to 9.",
        &["12 | 12 | count count regions", "9 | 9 | count count regions"],
    );
    expect(
        "Greens led with 210 of their candidates elected, ahead of the Farmers Party (34) and Dawn (7).",
        &["210 | 210 | count people candidates", "34 | 34 | count people Farmers Party", "7 | 7 | count people Dawn"],
    );
    expect("Out of 90 members who ran, 31 won.", &["90 | 90 | count people members", "31 | 31 | count people members"]);
    expect("It has a membership of over 70,000.", &["70,000 | 70000 | count people membership"]);
}

#[test]
fn shares_ratios_money_and_durations_have_their_units() {
    expect(
        "About 12 percent of workers and almost two thirds of miners left.",
        &["12 percent | 12 | share percent", "two thirds | 0.6667 | share share"],
    );
    expect("Growth was 6-8 percent.", &["6-8 percent | 6..8 | share percent"]);
    expect("The fee fell from 80 to 20 times the wage.", &["80 | 80 | ratio times", "20 | 20 | ratio times"]);
    expect(
        "They hope to triple the output of 2.5 million barrels per day.",
        &["triple | 3 | ratio times", "2.5 million | 2500000 | count barrels per day"],
    );
    expect(
        "Aid of US$12.5 million and 3 million euros came.",
        &["US$12.5 million | 12500000 | money usd", "3 million euros | 3000000 | money eur"],
    );
    expect(
        "He got a three-and-a-half-year term, then up to 10 additional days.",
        &["three-and-a-half | 3.5 | duration years", "10 | 10 | duration days"],
    );
    expect("Voters must be 18 years of age.", &["18 | 18 | duration years"]);
}

#[test]
fn ranks_know_their_field_and_their_year() {
    expect(
        "Veldoria ranked 90th among the 120 countries surveyed in 2006.",
        &["90th | 90 | rank rank Veldoria | 2006", "120 | 120 | rank_of count Veldoria | 2006"],
    );
    expect(
        "It ranked 88th (out of 102) in 2002 and 71st (out of 91) in 2001.",
        &[
            "88th | 88 | rank rank Veldoria | 2002",
            "102 | 102 | rank_of count Veldoria | 2002",
            "71st | 71 | rank rank Veldoria | 2001",
            "91 | 91 | rank_of count Veldoria | 2001",
        ],
    );
    expect(
        "On a scale of 0 to 10, Veldoria scored 3.1 in 2005.",
        &["0 to 10 | 0..10 | score score", "3.1 | 3.1 | score score Veldoria | 2005"],
    );
    expect("The score declined from 3 to 2.", &["3 | 3 | score score", "2 | 2 | score score"]);
    expect(
        "It has the second highest income, and is among the top 10 exporters.",
        &["second | 2 | rank rank Veldoria", "10 | 10 | rank rank Veldoria"],
    );
    expect("This is the fourth consecutive term.", &["fourth | 4 | rank ordinal consecutive term"]);
}

#[test]
fn a_rank_takes_no_date_and_no_field_of_another_year() {
    expect(
        "Veldoria ranked 81st among the 120 countries, up from 94th in 2005.",
        &[
            "81st | 81 | rank rank Veldoria",
            "120 | 120 | rank_of count Veldoria",
            "94th | 94 | rank rank Veldoria | 2005",
        ],
    );
    expect(
        "It is the fourth cabinet in six years.",
        &["fourth | 4 | rank ordinal cabinet", "six | 6 | duration years"],
    );
    expect("Women under the age of 29 voted.", &["29 | 29 | duration years"]);
}

#[test]
fn what_is_no_quantity_says_why() {
    expect(
        "Article 212 and Law No. 45 name the channel 24th Kanal.",
        &["212 | no: article", "45 | no: law", "24th | no: name"],
    );
    expect(
        "They met at the eleventh hour, first among equals, in the second round.",
        &["eleventh | no: idiom", "first | no: idiom", "second | no: order"],
    );
    expect(
        "Single-member seats and COVID-19 rules hit the G8 hard at 10:30.",
        &["Single | no: term", "19 | no: name", "8 | no: name", "10 | no: time of day", "30 | no: time of day"],
    );
    expect(
        "No one knew which one it was, the single largest loss.",
        &["one | no: idiom", "one | no: pronoun", "single | no: emphasis"],
    );
    expect("The First President spoke to one of the strongest rivals.", &["First | no: name", "one | no: idiom"]);
}

#[test]
fn a_denial_counts_none() {
    expect("There is not a single free outlet.", &["not a single | 0 | count count free outlet"]);
    expect(
        "The failure to issue a single fair verdict was plain.",
        &["failure to issue a single | 0 | count count fair verdict"],
    );
}

#[test]
fn a_month_without_a_year_is_of_the_year_that_the_report_covers_or_stays_open() {
    expect("Earlier in April he quit.", &["April | date | 2006-04"]);
    expect("He was named in June 2006 and left in August.", &["August | date | 2006-08"]);
    // Another year was named last, or a later month: nobody says which year is meant.
    let loaded = load("He was named in June 2003 and left in August.");
    let figures = &loaded.reading.as_ref().expect("a report").figures;
    let month = figures.last().expect("the month");
    assert_eq!((month.status, month.period.as_str(), month.value), (FigureStatus::Date, "", None));
    let loaded = load("It closed in December 2006. In January it was open again.");
    let figures = &loaded.reading.as_ref().expect("a report").figures;
    assert_eq!(figures.last().expect("the month").period, "");
}

#[test]
fn a_date_of_another_clause_is_not_taken() {
    expect("Formed before the 1999 elections, Dawn has 40,000 members.", &["40,000 | 40000 | count people members"]);
    expect(
        "They seized 900 leaflets in 2005, compared with 100 in 2004.",
        &["900 | 900 | count count leaflets | 2005", "100 | 100 | count count leaflets | 2004"],
    );
    expect("The rate was 7.6% (2004 est.).", &["7.6% | 7.6 | share percent | 2004"]);
}

#[test]
fn what_the_words_do_not_say_stays_unknown() {
    expect(
        "It fielded 20 candidates and then polled 15,000.",
        &["20 | 20 | count people candidates", "15,000 | 15000 | unknown"],
    );
    expect(
        "There are 240 (male 120/female 120).",
        &["240 | 240 | unknown", "120 | 120 | unknown", "120 | 120 | unknown"],
    );
}

#[test]
fn parts_told_in_two_numbers_rates_and_days_are_no_counts() {
    expect(
        "About one in six voters left, and one out of every eight families.",
        &["one in six | 0.1667 | share share", "one out of every eight | 0.125 | share share"],
    );
    expect("He was held for three to seven days.", &["three to seven | 3..7 | duration days"]);
    expect(
        "A half dozen activists and more than one-fourth of the deputies left.",
        &["A half dozen | 6 | count people activists", "one-fourth | 0.25 | share share"],
    );
    expect(
        "There were 12 per 100,000 births, and it fell to minus 30 degrees.",
        &["12 | 12 | ratio per 100,000", "100,000 | no: unit", "30 | 30 | unknown"],
    );
    expect("Deaths fell to 13.9 per thousand.", &["13.9 | 13.9 | ratio per 1,000"]);
    expect(
        "There are 47.6 persons per square mile and 94 men for every 100 women.",
        &["47.6 | 47.6 | ratio ratio persons", "94 | 94 | ratio per 100 men", "100 | no: unit"],
    );
    expect(
        "The share fell from 40 to under 10 percent.",
        &["40 | 40 | share percent", "10 percent | 10 | share percent"],
    );
    expect("The council met 45 times.", &["45 | 45 | count times"]);
    expect("A 1,500-strong crowd came on the 10th.", &["1,500 | 1500 | count people crowd", "10th | 10 | unknown"]);
    expect("The 44-Day War ended; see http://x.example/2021/45 there.", &["44 | no: name", "2021/45 | no: address"]);
}
