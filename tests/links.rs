//! Links as Web Annotations: written, read again, also as other programs write them, and followed from the command line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a helper of a test may fail as loudly as the test

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use nisba::{
    export::annotation::{self, Link},
    session::load::{Loaded, Progress, load_bytes},
    source::{Place, Resolution, SourceId},
};
use serde_json::{Value, json};
use tempfile::TempDir;

const REPORT: &str = "tests/fixtures/veldoria-2007.txt";
const TABLE: &str = "party,votes,seats\nReds,600,6\nBlues,400,4\nGreens,300,3\n";

fn load(name: &str, text: &str) -> Loaded {
    load_bytes(name, text.as_bytes(), SourceId(0), &Progress::default()).expect("it loads")
}

fn report() -> (String, Loaded) {
    let text = fs::read_to_string(REPORT).unwrap();
    let loaded = load("veldoria-2007.txt", &text);
    (text, loaded)
}

fn links(loaded: &Loaded) -> Vec<Link> {
    annotation::links(&loaded.source, &loaded.dataset.facts)
}

fn encoded(loaded: &Loaded) -> Vec<u8> {
    annotation::encode(&[&loaded.source], &links(loaded)).unwrap()
}

fn follow(bytes: &[u8], now: &Loaded) -> Vec<(Link, Resolution)> {
    let links = annotation::decode("links.jsonld", bytes).expect("links");
    let own: Vec<&Link> = annotation::of_source(&links, &now.source);
    let answers = annotation::follow(&own, &now.source);
    own.into_iter().cloned().zip(answers).collect()
}

#[test]
fn every_stated_fact_is_an_annotation_in_the_words_of_the_w3c() {
    let (text, loaded) = report();
    let whole: Value = serde_json::from_slice(&encoded(&loaded)).unwrap();
    assert_eq!(whole["@context"][0], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(whole["type"], "AnnotationPage");
    let items = whole["items"].as_array().unwrap();
    assert!(items.len() > 30, "{}", items.len());
    let chars: Vec<char> = text.chars().collect();
    for item in items {
        assert_eq!(item["type"], "Annotation");
        assert_eq!(item["target"]["source"]["name"], "veldoria-2007.txt");
        let digest = item["target"]["source"]["id"].as_str().unwrap().strip_prefix("urn:sha256:").unwrap();
        assert_eq!(digest.len(), 64);
        let selectors = item["target"]["selector"].as_array().unwrap();
        let of = |name: &str| selectors.iter().find(|selector| selector["type"] == name).expect("a selector");
        let (position, quote) = (of("TextPositionSelector"), of("TextQuoteSelector"));
        let at = |key: &str| position[key].as_u64().unwrap() as usize;
        let part = |key: &str| quote[key].as_str().unwrap();
        assert_eq!(chars[at("start")..at("end")].iter().collect::<String>(), part("exact"));
        assert_eq!(text.matches(&[part("prefix"), part("exact"), part("suffix")].concat()).count(), 1);
    }
    let ids: std::collections::BTreeSet<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), items.len(), "an id twice");
}

#[test]
fn written_twice_it_is_the_same_and_read_again_nothing_is_lost() {
    let (_, loaded) = report();
    assert_eq!(encoded(&loaded), encoded(&report().1));
    let written = links(&loaded);
    let again = annotation::decode("x", &encoded(&loaded)).unwrap();
    assert_eq!(annotation::encode(&[&loaded.source], &again).unwrap().len(), encoded(&loaded).len());
    for (link, (read, answer)) in written.iter().zip(follow(&encoded(&loaded), &loaded)) {
        assert_eq!((&link.id, &link.label, &link.selector.ties), (&read.id, &read.label, &read.selector.ties));
        assert_eq!(answer, Resolution::Found(link.selector.place));
    }
}

#[test]
fn in_a_changed_report_every_link_says_what_became_of_it() {
    let (text, loaded) = report();
    let now = text
        .replace("set at 3.75", "set at 4.75")
        .replace("Nations in Transit 2007", "Nations in Transit 2007\n\nA word before.");
    let answers = follow(&encoded(&loaded), &load("veldoria-2007.txt", &now));
    let changed: Vec<&(Link, Resolution)> = answers.iter().filter(|(_, answer)| !answer.is_certain()).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    let (link, answer) = changed[0];
    assert_eq!(link.selector.exact, "3.75");
    let Resolution::Changed(Some(Place::Text(span))) = answer else { panic!("{answer:?}") };
    assert_eq!(&now[span.start..span.end], "4.75");
    for (link, answer) in answers.iter().filter(|(_, answer)| answer.is_certain()) {
        let Some(Place::Text(span)) = answer.place() else { panic!("{answer:?}") };
        assert_eq!(&now[span.start..span.end], link.selector.exact);
    }
}

#[test]
fn cells_are_written_as_fragments_and_followed_by_row_and_head() {
    let loaded = load("list.csv", TABLE);
    let whole: Value = serde_json::from_slice(&encoded(&loaded)).unwrap();
    let first = &whole["items"][0]["target"]["selector"][0];
    assert_eq!((&first["type"], &first["value"]), (&json!("FragmentSelector"), &json!("cell=2,2")));
    let cell = |row, column| Place::Cell { table: 0, row, column };
    let answer = |now: &str, exact: &str| {
        let answers = follow(&encoded(&loaded), &load("list.csv", now));
        answers.into_iter().find(|(link, _)| link.selector.exact == exact).unwrap().1
    };
    let sorted = "party,votes,seats\nGreens,300,3\nReds,600,6\nBlues,400,4\n";
    assert_eq!(answer(sorted, "300"), Resolution::Moved(cell(1, 1)));
    assert_eq!(answer(sorted, "4"), Resolution::Moved(cell(3, 2)));
    let put_right = TABLE.replace("Reds,600,6", "Reds,600,7");
    assert_eq!(answer(&put_right, "6"), Resolution::Changed(Some(cell(1, 2))));
    assert_eq!(answer(&put_right, "600"), Resolution::Found(cell(1, 1)));
    // Both at once: where a row that was edited stands is no more than likely.
    let both = sorted.replace("Reds,600,6", "Reds,600,7");
    assert_eq!(answer(&both, "600"), Resolution::Ambiguous(vec![cell(2, 1)]));
}

/// An annotation as others write them.
fn foreign(target: &Value) -> Vec<u8> {
    json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "id": "http://example.org/a1", "type": "Annotation",
            "creator": "someone", "body": "a note", "target": target })
    .to_string()
    .into_bytes()
}

#[test]
fn what_other_programs_write_is_read_and_no_more_is_claimed_than_it_says() {
    let text = "Notes\n\nThe rating of the coast is 6.50 this year.\n\nThe rating of the hills is 6.50 as well.\n";
    let loaded = load("notes.txt", text);
    let start = text.find("6.50").unwrap();
    let quote =
        json!({ "type": "TextQuoteSelector", "exact": "6.50", "prefix": "of the coast is ", "suffix": " this" });
    let position = json!({ "type": "TextPositionSelector", "start": start, "end": start + 4 });
    let place = Place::Text(nisba::source::Span::new(start, start + 4));
    let answer = |selector: &Value| {
        let target = json!({ "source": "http://example.org/files/notes.txt#x", "selector": selector });
        follow(&foreign(&target), &loaded).remove(0)
    };
    let (link, found) = answer(&json!([quote, position]));
    assert_eq!((link.file.as_str(), link.label.as_str()), ("notes.txt", "a note"));
    assert_eq!(found, Resolution::Found(place));
    // A quote alone, one quote for several places, a part of a number, a position within something else.
    assert_eq!(answer(&quote).1, Resolution::Ambiguous(vec![place]));
    let bare = json!({ "type": "TextQuoteSelector", "exact": "6.50" });
    assert!(matches!(answer(&bare).1, Resolution::Ambiguous(places) if places.len() == 2));
    assert_eq!(answer(&json!({ "type": "TextQuoteSelector", "exact": "50" })).1.label(), "ambiguous");
    assert_eq!(answer(&json!({ "type": "TextQuoteSelector", "exact": "0 thi" })).1, Resolution::Changed(None));
    assert_eq!(answer(&position).1, Resolution::Changed(None));
    let refined = json!({ "type": "FragmentSelector", "value": "p1", "refinedBy": [quote, position] });
    assert_eq!(answer(&refined).1, Resolution::Ambiguous(vec![place]));
}

#[test]
fn lists_pages_collections_and_graphs_are_opened_and_the_rest_is_refused() {
    let one: Value = serde_json::from_slice(&foreign(&json!({
        "source": "x.txt", "selector": { "type": "TextQuoteSelector", "exact": "6.50" } })))
    .unwrap();
    let count = |value: Value| annotation::decode("x", value.to_string().as_bytes()).map_or(0, |links| links.len());
    assert_eq!(count(json!([one, one])), 2);
    assert_eq!(count(json!({ "type": "AnnotationPage", "items": [one] })), 1);
    assert_eq!(
        count(json!({ "type": "AnnotationCollection", "first": { "type": "AnnotationPage", "items": [one] } })),
        1
    );
    assert_eq!(count(json!({ "@graph": [one, { "type": "Person" }] })), 1);
    let bare = json!({ "type": "Annotation", "target": "http://example.org/x.txt" });
    for bad in ["", "{", "[]", "{}", "null", "\"x\"", &bare.to_string(), &"[".repeat(100_000)] {
        let error = annotation::decode("x.jsonld", bad.as_bytes()).expect_err(bad).to_string();
        assert!(error.starts_with("x.jsonld: ") && error.contains("; choose"), "{error}");
    }
}

#[test]
fn spoilt_prints_and_numbers_never_lead_astray() {
    let (text, loaded) = report();
    let good = String::from_utf8(encoded(&loaded)).unwrap();
    let now = load("veldoria-2007.txt", &text.replace("3.75", "4.75"));
    for (from, to) in [
        ("\"nisba:passage\": ", "\"nisba:passage\": 9"),
        ("\"nisba:passages\": 1", "\"nisba:passages\": 0"),
        ("\"nisba:passages\": 1", "\"nisba:passages\": 18446744073709551615"),
        ("\"nisba:offset\": ", "\"nisba:offset\": 7"),
        ("\"nisba:passages\": \"", "\"nisba:passages\": \"éé"),
        ("\"start\": ", "\"start\": 99"),
        ("\"nisba:like\": []", "\"nisba:like\": [-1]"),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good, "{from}");
        for (link, answer) in follow(bad.as_bytes(), &now) {
            let words = answer.place().filter(|_| answer.is_certain()).and_then(|place| now.source.words(place));
            assert!(
                words.is_none_or(|words| words == link.selector.exact),
                "{to}: {words:?} for {}",
                link.selector.exact
            );
        }
    }
}

// ── The command line ──

fn nisba(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nisba")).args(arguments).output().expect("the program runs")
}

fn write(folder: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn links_are_saved_and_checked_from_the_command_line() {
    let folder = TempDir::new().unwrap();
    let (text, _) = report();
    let (path, saved) = (write(&folder, "veldoria-2007.txt", &text), folder.path().join("links.jsonld"));
    let output = nisba(&["links", shown(&path), "-o", shown(&saved)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let written = fs::read_to_string(&saved).unwrap();
    assert!(!written.contains(shown(folder.path())), "a path of the disk");
    assert_eq!(nisba(&["links", shown(&path)]).stdout, written.as_bytes());

    write(&folder, "veldoria-2007.txt", &text.replace("set at 3.75", "set at 3.50"));
    let output = nisba(&["links", shown(&path), "--check", shown(&saved)]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    let head: Vec<&str> = reader
        .headers()
        .unwrap()
        .iter()
        .take(6)
        .map(|name| Box::leak(name.to_owned().into_boxed_str()) as &str)
        .collect();
    assert_eq!(head, ["id", "status", "start", "end", "text", "was"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let changed: Vec<&csv::StringRecord> = rows.iter().filter(|row| &row[1] != "found").collect();
    assert_eq!(changed.len(), 1);
    assert_eq!((&changed[0][1], &changed[0][4], &changed[0][5]), ("changed", "3.50", "3.75"));
    let json = nisba(&["links", shown(&path), "--check", shown(&saved), "--format", "json"]);
    assert_eq!(serde_json::from_slice::<Value>(&json.stdout).unwrap().as_array().unwrap().len(), rows.len());
}

#[test]
fn a_wrong_call_says_what_to_do() {
    let folder = TempDir::new().unwrap();
    let (path, plain) = (write(&folder, "list.csv", TABLE), write(&folder, "notes.txt", "Notes\n\nNo number here.\n"));
    let refused = |arguments: &[&str], words: &str| {
        let output = nisba(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(words), "{said}");
    };
    refused(&["links", shown(&path), "--check", "missing.jsonld"], "missing.jsonld: there is no such file");
    refused(&["links", shown(&path), "--check", shown(&path)], "this is no JSON");
    refused(&["links", "missing.txt"], "missing.txt: there is no such file");
    refused(&["links", shown(&path), "-o", shown(folder.path())], "it cannot be written");
    let output = nisba(&["links", shown(&plain)]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no fact to link to"));
    // Links of two files, neither of them this one.
    let two = folder.path().join("two.jsonld");
    let other = write(&folder, "other.csv", &TABLE.replace("Reds", "Pinks"));
    assert!(nisba(&["links", shown(&path), shown(&other), "-o", shown(&two)]).status.success());
    refused(&["links", shown(&plain), "--check", shown(&two)], "lead to other files");
}
