//! Large files: how far the reading is, that it stops when told, and that it ends in good time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use nisba::{
    session::{
        Command, Session,
        load::{Loaded, Progress, load_bytes},
    },
    source::SourceId,
};

/// So long after Cancel a reader has stopped: a tenth of a second is the aim, the rest is for a machine that is busy.
const STOPPED_IN: Duration = Duration::from_millis(350);

/// A ratings table: so many countries, categories and years.
fn ratings(countries: usize, categories: usize, years: usize) -> String {
    let mut text = String::from("country,category,year,score\n");
    for n in 0..countries * categories * years {
        let (country, category, year) = (n / (categories * years), n % categories, 1900 + n / categories % years);
        let _ = writeln!(text, "Country {country},Category {category},{year},{}.{}", 1 + n % 6, n % 4 * 25);
    }
    text
}

fn read(name: &str, text: &str) -> Loaded {
    load_bytes(name, text.as_bytes(), SourceId(0), &Progress::default()).expect("a readable table")
}

fn saved(dir: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = dir.path().join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// Opens a file and cancels when so much of it is read: how long the reader still worked; `None` where it was done.
fn cancelled_at(path: &Path, part: f32) -> Option<Duration> {
    let mut session = Session::new(Arc::new(|| ()));
    session.apply(Command::Open(vec![path.to_owned()]));
    let number = session.loads().first()?.number;
    while session.loads().first().is_some_and(|load| load.progress.fraction() < part) {
        std::thread::sleep(Duration::from_millis(1));
        session.poll();
    }
    session.apply(Command::CancelLoad(number));
    let asked = Instant::now();
    while session.is_busy() {
        std::thread::sleep(Duration::from_millis(1));
        session.poll();
    }
    let took = asked.elapsed();
    if !session.sources().is_empty() {
        return None;
    }
    let notice = session.notices().last().expect("it says that it stopped");
    assert!(notice.text.contains("was cancelled; nothing was changed"), "{}", notice.text);
    Some(took)
}

#[test]
fn a_large_file_stops_soon_after_cancel_wherever_its_reading_is() {
    let dir = tempfile::tempdir().unwrap();
    let mut shares = String::from("country,group,year,share\n");
    let mut votes = String::from("election,party,votes,seats\n");
    let mut report = String::from("Nations in Transit 2031: Veldoria\n\nElectoral Process:\n\n");
    for n in 0..80_000 {
        let _ = writeln!(shares, "Country {},Group {},{},{}", n / 200, n % 10, 1900 + n / 10 % 20, n % 9);
        let _ = writeln!(votes, "{},List {},{},{}", n / 40, n % 40, 100 + n % 900, n % 5);
        if n % 5 == 0 {
            let _ = writeln!(report, "In 1999 the Greens held {} of 77 seats and 3.5 percent of the vote.\n", n % 77);
        }
    }
    let files = [
        saved(&dir, "ratings.csv", &ratings(160, 25, 20)),
        saved(&dir, "shares.csv", &shares),
        saved(&dir, "votes.csv", &votes),
        saved(&dir, "report.txt", &report),
    ];
    for path in &files {
        // Nothing can be drawn of this report: it is done when it is read.
        let parts: &[f32] = if path.ends_with("report.txt") { &[0.2, 0.55] } else { &[0.2, 0.55, 0.74] };
        for &part in parts {
            let mut times: Vec<Duration> = Vec::new();
            // A busy machine may let a thread wait, or end the work first: so more than one attempt.
            while times.len() < 5 && times.last().is_none_or(|took| *took > STOPPED_IN) {
                times.push(cancelled_at(path, part).unwrap_or(Duration::MAX));
            }
            println!("{} at {part}: {times:?}", path.display());
            assert!(times.last() < Some(&STOPPED_IN), "{} at {part}: {times:?}", path.display());
        }
    }
}

#[test]
fn the_reading_of_a_large_table_tells_how_far_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = saved(&dir, "ratings.csv", &ratings(200, 25, 20));
    let mut session = Session::new(Arc::new(|| ()));
    session.apply(Command::Open(vec![path]));
    let mut told: Vec<f32> = Vec::new();
    while let Some(load) = session.loads().first() {
        told.push(load.progress.fraction());
        std::thread::sleep(Duration::from_millis(2));
        session.poll();
    }
    assert!(told.is_sorted() && told.last().is_some_and(|last| *last <= 1.0), "{told:?}");
    told.dedup();
    let within = |from: f32, to: f32| told.iter().filter(|part| (from..to).contains(*part)).count();
    // Taken apart, understood, drawn: each is seen to move.
    assert!(within(0.1, 0.32) > 3 && within(0.33, 0.72) > 3 && within(0.73, 1.0) > 3, "{told:?}");
    assert_eq!(session.sources().len(), 1);
}

#[test]
fn a_hundred_thousand_ratings_are_facts_in_good_time_and_too_many_for_a_chart_in_one_set() {
    let start = Instant::now();
    let loaded = read("ratings.csv", &ratings(1, 500, 200));
    println!("100,000 ratings of one country: {:?}", start.elapsed());
    // Looked for one by one they took over a minute.
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(loaded.dataset.facts.len(), 100_000);
    assert!(loaded.dataset.ratings.is_empty());
    let notes: Vec<&str> = loaded.dataset.diagnostics.iter().map(|note| note.message.as_str()).collect();
    assert_eq!(notes, ["100000 ratings of `Country 0` are too many for a chart"]);
    let split = read("ratings.csv", &ratings(40, 25, 100));
    assert_eq!((split.dataset.ratings.len(), split.dataset.ratings[39].ratings.len()), (40, 2_500));
}

#[test]
fn an_election_of_more_lists_than_a_chart_shows_is_listed_and_said_so() {
    let rows = |n: usize| (0..n).map(|n| format!("List {n},{},{}\n", 10 + n, n % 3)).collect::<String>();
    let read = |n: usize| read("votes.csv", &format!("party,votes,seats\n{}", rows(n))).dataset;
    let (few, many) = (read(150), read(20_000));
    assert_eq!((few.elections.len(), few.diagnostics.len()), (1, 0));
    assert_eq!((many.elections.len(), many.facts.len()), (0, 40_000));
    assert_eq!(many.diagnostics[0].message, "20000 lists of `votes.csv` are too many for a chart");
}

#[test]
fn of_several_editions_the_latest_gives_the_score_whatever_the_order_of_the_rows() {
    let rows = ["2030,Courts,2029,3.00", "2032,Courts,2029,3.50", "2031,Courts,2029,3.25", "2031,Media,2029,4.00"];
    let head = "edition,category,year,score\n";
    for turn in 0..rows.len() {
        let mut turned = rows;
        turned.rotate_left(turn);
        let loaded = read("ratings.csv", &format!("{head}{}\n", turned.join("\n")));
        let ratings = &loaded.dataset.ratings[0].ratings;
        let courts: Vec<String> =
            ratings.iter().filter(|r| r.category == "Courts").map(|r| r.score.value.to_string()).collect();
        assert_eq!((ratings.len(), courts), (2, vec!["3.50".to_owned()]), "{turned:?}");
    }
}
