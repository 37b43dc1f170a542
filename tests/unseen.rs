//! Whole texts that no rule was written for, of every family and of none: each numeral, and how it is to be read. What is
//! to be read stands in `tests/unseen`, a line a numeral; a person has read every line of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use nisba::{
    reading::{Figure, FigureStatus},
    session::load::{Loaded, Progress, load_bytes},
    source::SourceId,
};

const TEXTS: &[&str] = &[
    "transit-2004",
    "transit-2009",
    "transit-2012",
    "transit-2016",
    "freedom-2018",
    "freedom-2020",
    "freedom-2022",
    "observers-2012",
    "observers-2017",
    "census-2011",
    "factbook-2007",
    "factbook-2016",
];

/// `41 | seats 41 seats | Civic Bloc | 2019-09 | of=80`, the words before it first, so that a person finds the place.
fn line(loaded: &Loaded, figure: &Figure) -> String {
    const BEFORE: usize = 24;
    let text = &loaded.source.text;
    let from = (0..=figure.span.start.saturating_sub(BEFORE)).rev().find(|at| text.is_char_boundary(*at)).unwrap();
    let before = text[from..figure.span.start].split_whitespace().collect::<Vec<_>>().join(" ");
    let number = figure.span.of(text).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    let place = format!("{before} [{number}]");
    let value = figure.value.map(|value| value.normalize().to_string()).unwrap_or_default();
    let value = figure.value_max.map_or(value.clone(), |max| format!("{value}..{}", max.normalize()));
    let detail: Vec<String> = figure.detail.iter().map(|(key, value)| format!("{key}={value}")).collect();
    let read = match figure.status {
        FigureStatus::Fact => format!("{} {value} {} | {}", figure.kind, figure.unit, figure.subject),
        FigureStatus::Date => "date".to_owned(),
        FigureStatus::NotAQuantity => "no quantity".to_owned(),
        FigureStatus::Unknown => "unknown".to_owned(),
    };
    let rest = [read, figure.period.clone(), detail.join("; ")];
    let rest: Vec<&str> =
        rest.iter().map(|part| part.trim_end_matches([' ', '|'])).filter(|part| !part.is_empty()).collect();
    format!("{place} | {}", rest.join(" | "))
}

#[test]
fn every_numeral_of_an_unseen_text_is_read_as_it_is_meant_or_not_at_all() {
    let mut wrong = Vec::new();
    for name in TEXTS {
        let text = std::fs::read(format!("tests/fixtures/unseen/{name}.txt")).unwrap();
        let loaded = load_bytes(&format!("{name}.txt"), &text, SourceId(0), &Progress::default()).expect("it reads");
        let reading = loaded.reading.as_ref().expect("a report");
        let read: Vec<String> = reading.figures.iter().map(|figure| line(&loaded, figure)).collect();
        let meant = std::fs::read_to_string(format!("tests/unseen/{name}.read")).unwrap_or_default();
        let meant: Vec<&str> = meant.lines().collect();
        for n in 0..read.len().max(meant.len()) {
            let (read, meant) = (read.get(n).map_or("", String::as_str), meant.get(n).copied().unwrap_or_default());
            if read != meant {
                wrong.push(format!("{name}:{}\n  read  {read}\n  meant {meant}", n + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
