//! The promise: no mark without its sentence. Held over every mark of every chart of every file there is to read.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::{
    path::{Path, PathBuf},
    str::FromStr,
};

use nisba::{
    chart::{self, Chart, Mark, MarkStatus},
    facts::Dataset,
    reading::Families,
    session::{
        cite,
        load::{Loaded, Progress, SAMPLES, load_bytes, load_path},
    },
    source::{Decimal, Piece, Source, SourceId, Working},
};

fn all_charts(loaded: &Loaded) -> Vec<Chart> {
    let hashes = [(loaded.source.id, loaded.source.sha256)];
    let dataset: &Dataset = &loaded.dataset;
    chart::offers(dataset).iter().map(|spec| chart::build(dataset, &hashes, spec).expect("it was offered")).collect()
}

/// Reads a number as a person would, without the crate's own reader.
fn by_hand(words: &str) -> Option<Decimal> {
    let lower = words.to_lowercase();
    if let Some(n) = in_words(&lower) {
        return Some(Decimal::from(n));
    }
    if lower.starts_with("not ") || lower.starts_with("failed to ") {
        return Some(Decimal::ZERO);
    }
    // `August 2005`: the year is the number of a date.
    if let Some(year) = lower.split_whitespace().find(|word| word.len() == 4 && word.parse::<u16>().is_ok()) {
        return Decimal::from_str(year).ok();
    }
    let digits: String = words.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let times = match lower.split_whitespace().last() {
        Some("million") => 1_000_000,
        Some("billion") => 1_000_000_000,
        _ => 1,
    };
    Decimal::from_str(digits.trim_end_matches('.')).ok().map(|number| (number * Decimal::from(times)).normalize())
}

/// `single`, `seven`, `twelve`, `forty` and `thirty-four`.
fn in_words(lower: &str) -> Option<usize> {
    const SMALL: [&str; 20] = [
        "none",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small = |word: &str| SMALL.iter().position(|known| *known == word);
    let tens = |word: &str| TENS.iter().position(|known| *known == word).map(|n| (n + 2) * 10);
    match lower.split_once('-') {
        Some((first, last)) => Some(tens(first)? + small(last).filter(|n| (1..10).contains(n))?),
        None if lower == "single" => Some(1),
        None => small(lower).or_else(|| tens(lower)),
    }
}

fn hold(sources: &[&Source], chart: &Chart) -> usize {
    assert!(!chart.title.is_empty() && !chart.source_line.is_empty(), "{}", chart.id);
    for mark in &chart.marks {
        let name = format!("{} / {}", chart.id, mark.id.0);
        assert!(!mark.evidence.pieces.is_empty(), "{name} has no evidence");
        mark.evidence.pieces.iter().for_each(|piece| stands(sources, piece, &name));
        let said_missing = [cite::value(mark), mark.shown()].map(|value| value.contains("not stated"));
        let missing = mark.status == MarkStatus::NotStated;
        assert_eq!(said_missing[0], missing, "{name}: {}", cite::value(mark));
        assert!(missing || !said_missing[1], "{name}: {}", mark.shown());
        let computed = mark.evidence.compute();
        match mark.status {
            MarkStatus::Stated | MarkStatus::Derived => {
                // A date, a range and `2.3 million` on a map of figures are no one number: then the words say it.
                if mark.value.is_none() {
                    says_its_words(sources, mark, &name);
                }
                assert_eq!(computed, mark.value, "{name}: its operands do not give its value");
                let stated = matches!(mark.evidence.working, Working::Stated(_));
                assert_eq!(stated, mark.status == MarkStatus::Stated, "{name}: stated or computed?");
            }
            MarkStatus::NotStated => {
                assert_eq!(mark.value, None, "{name} is not stated and has a value");
                let (low, high) = (mark.low.expect("a low end"), mark.high.expect("a high end"));
                assert!(low <= high, "{name}: {low} … {high}");
            }
            MarkStatus::NotApplicable => assert_eq!((mark.value, computed), (None, None), "{name}"),
        }
    }
    for note in chart.row_notes.iter().filter(|note| note.text.contains("first rated")) {
        let mark = note.mark.as_ref().and_then(|id| chart.mark(id)).expect("the mark of a row's words");
        is_noted_by_the_grammar(mark);
    }
    for mark in &chart.marks {
        assert!(
            mark.grounds
                .iter()
                .all(|note| !note.reference.is_empty() && Families::built_in().by_id(&note.grammar).is_some())
        );
    }
    chart.marks.len()
}

/// A mark that states no one number says what its words say: its range stands in them, or they in its name.
fn says_its_words(sources: &[&Source], mark: &Mark, name: &str) {
    for piece in &mark.evidence.pieces {
        let source = sources.iter().find(|source| source.id == piece.anchor.source).expect("an open source");
        let words = source.words(piece.anchor.place).expect("words").split_whitespace().collect::<Vec<_>>().join(" ");
        match (mark.low, mark.high) {
            (Some(low), Some(high)) => {
                let numbers: Vec<Decimal> = words.split([' ', '-', '–']).filter_map(by_hand).collect();
                assert_eq!(numbers, [low, high], "{name}: `{words}`");
            }
            _ => {
                let told = mark.name.split_whitespace().collect::<Vec<_>>().join(" ").contains(&words);
                assert!(told, "{name}: `{words}` is not in `{}`", mark.name);
            }
        }
    }
}

/// Words of a row that no words of the document state are proven by a note of the grammar, which the mark names.
fn is_noted_by_the_grammar(mark: &Mark) {
    let stated = mark.evidence.pieces.iter().any(|piece| piece.role == "change");
    let proven = mark.grounds.iter().filter(|note| note.role == "first_rated").any(|note| {
        let families = Families::built_in();
        let family = families.by_id(&note.grammar).expect("a grammar of this name");
        family.first_rated.iter().any(|known| {
            let named = known.categories.iter().any(|category| mark.name.starts_with(category.as_str()));
            known.reference == note.reference && note.says.contains(&known.edition.to_string()) && named
        })
    });
    assert!(stated || proven, "{} is first rated by nobody's word: {:?}", mark.id.0, mark.grounds);
}

fn stands(sources: &[&Source], piece: &Piece, name: &str) {
    let own = sources.iter().find(|source| source.id == piece.anchor.source);
    let source = own.unwrap_or_else(|| panic!("{name}: its source is not open"));
    let words = source.words(piece.anchor.place).unwrap_or_else(|| panic!("{name}: the place is not in the source"));
    match piece.value {
        Some(value) => assert_eq!(by_hand(words), Some(value), "{name}: `{words}` does not state {value}"),
        None => assert!(!words.trim().is_empty(), "{name}: no words"),
    }
}

fn hold_file(loaded: &Loaded) -> usize {
    all_charts(loaded).iter().map(|chart| hold(&[&loaded.source], chart)).sum()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn every_mark_of_every_sample_stands_on_words_that_give_its_value() {
    for (name, bytes) in SAMPLES {
        let loaded = load_bytes(name, bytes, SourceId(0), &Progress::default()).expect(name);
        let marks = hold_file(&loaded);
        assert!(marks >= 20, "{name} gives only {marks} marks");
    }
}

#[test]
fn every_mark_of_every_fixture_stands_on_words_that_give_its_value() {
    let fixtures = files(Path::new("tests/fixtures"));
    assert!(!fixtures.is_empty());
    let total: usize = fixtures
        .iter()
        .map(|path| load_path(path, SourceId(7), &Progress::default()).expect("a fixture"))
        .map(|loaded| hold_file(&loaded))
        .sum();
    assert!(total >= 40, "only {total} marks");
}

#[test]
fn every_mark_that_joins_sources_stands_on_words_of_its_own_source() {
    let fixture = std::fs::read_to_string("tests/fixtures/veldoria-2007.txt").expect("a fixture");
    let later = fixture.replace("2007", "2009").replace("4.00 because", "3.50 because");
    let restated = "series,country,edition,year,category,score\n\
        Nations in Transit,Veldoria,2009,2007,courts of law,3.75\n\
        Nations in Transit,Veldoria,2009,2009,Public Purse,4.25\n";
    let turned = fixture.replace("2007", "2021");
    let made_up = [
        ("2007.txt", fixture.as_bytes()),
        ("2009.txt", later.as_bytes()),
        ("r.csv", restated.as_bytes()),
        ("2021.txt", turned.as_bytes()),
    ];
    let files: Vec<(&str, &[u8])> = SAMPLES.iter().copied().chain(made_up).collect();
    let mut dataset = Dataset::default();
    let mut loaded = Vec::new();
    for (n, (name, bytes)) in files.into_iter().enumerate() {
        let one = load_bytes(name, bytes, SourceId(n as u32), &Progress::default()).expect(name);
        dataset.extend(one.dataset.clone());
        loaded.push(one);
    }
    assert_eq!(dataset.join_editions(), []);
    let sources: Vec<&Source> = loaded.iter().map(|one| &one.source).collect();
    let hashes: Vec<_> = sources.iter().map(|source| (source.id, source.sha256)).collect();
    let joined = chart::offers(&dataset).into_iter().filter(|spec| chart::kind(&spec.chart).expect("known").joins);
    let charts: Vec<Chart> =
        joined.map(|spec| chart::build(&dataset, &hashes, &spec).expect("it was offered")).collect();
    // The brief with the table of ratings in two ways, and the made-up editions in three.
    let ids: Vec<&str> = charts.iter().map(|chart| chart.id.as_str()).collect();
    assert_eq!(ids.len(), 5, "{ids:?}");
    for chart in &charts {
        assert!(hold(&sources, chart) >= 12, "{}", chart.id);
        let from = |mark: &chart::Mark| {
            mark.evidence.pieces.iter().map(|piece| piece.anchor.source).collect::<std::collections::BTreeSet<_>>()
        };
        let both = |mark: &&chart::Mark| mark.status == MarkStatus::Stated && from(mark).len() > 1;
        assert!(chart.marks.iter().any(|mark| both(&mark)), "{}: no score is stated twice", chart.id);
    }
    let notes = charts[2].notes.join(" ");
    assert!(notes.contains("Public Purse 2009 is 3.50 in Nations in Transit 2009 and 4.25 in r.csv"), "{notes}");
}

#[test]
#[ignore = "needs the reports in ../shared"]
fn every_mark_of_every_real_report_stands_on_words_that_give_its_value() {
    let mut marks = 0;
    let reports = files(Path::new("../shared/reports"));
    for path in &reports {
        let loaded = load_path(path, SourceId(0), &Progress::default()).expect("a report");
        marks += hold_file(&loaded);
    }
    assert!(reports.len() >= 20 && marks >= 90, "{} reports, {marks} marks", reports.len());
}

#[test]
fn a_figure_stands_at_its_own_bytes_of_the_file_on_disk() {
    for (name, bytes) in SAMPLES {
        let loaded = load_bytes(name, bytes, SourceId(0), &Progress::default()).expect(name);
        let Some(reading) = &loaded.reading else { continue };
        assert!(loaded.source.offsets_on_disk);
        for figure in &reading.figures {
            let on_disk = &bytes[figure.span.start..figure.span.end];
            assert_eq!(Some(on_disk), figure.span.of(&loaded.source.text).map(str::as_bytes));
            assert!(figure.span.contains(figure.numeral));
        }
    }
}
