//! The scale guard on the command line: what is not of one kind is never put side by side without being told how.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use nisba::facts::{Differs, guard};
use nisba::{
    reading::families::check,
    session::{
        grammars,
        load::{How, Progress, load_bytes_as},
    },
    source::SourceId,
};
use serde_json::Value;
use tempfile::TempDir;

const GRAMMARS: &str = "tests/grammars";

/// A report of an edition of the made-up series.
fn report(edition: &str, marks: &[(&str, &str)]) -> String {
    let lines: String = marks.iter().map(|(category, mark)| format!("{category}: {mark}\n\n")).collect();
    format!("Coastwatch {edition}: Tarnovia\n\n{lines}The keepers met in the spring.\n")
}

struct Files {
    folder: TempDir,
}

impl Files {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Draws a chart as data.
    fn drawn(&self, id: &str, files: &[&str], how: &str) -> Value {
        let to = self.path(&format!("{how}.json"));
        let output = nisba(&[&["chart", id][..], files, &["--join-scales", how, "-o", to.to_str().unwrap()]].concat());
        assert!(output.status.success(), "{}", err(&output));
        serde_json::from_slice(&fs::read(to).unwrap()).unwrap()
    }
}

fn nisba(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nisba"));
    command.args(args).args(["--grammars", GRAMMARS]).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The marks with this in their id: their values, as a reader would write them.
fn values(chart: &Value, part: &str) -> Vec<String> {
    let marks = chart["marks"].as_array().unwrap().iter();
    let own = marks.filter(|mark| mark["id"].as_str().unwrap().contains(part));
    own.map(|mark| format!("{} {}", mark["status"].as_str().unwrap(), mark["value"])).collect()
}

/// Whether some line leads from one year to another.
fn leads(chart: &Value, from: &str, to: &str) -> bool {
    let line = format!("/{from}-{to}");
    chart["marks"].as_array().unwrap().iter().any(|mark| mark["id"].as_str().unwrap().ends_with(&line))
}

fn notes(chart: &Value) -> String {
    chart["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

const EDITIONS: &str = "category-scores-across-editions";

/// Two editions of the scale on which 1 is the best, two of the one on which 7 is.
fn both_directions(files: &Files) -> Vec<String> {
    [("2012", "2.00", "5.25"), ("2014", "2.25", "5.25"), ("2015", "5.50", "2.75"), ("2017", "5.75", "3.00")]
        .map(|(edition, harbours, lights)| {
            let text = report(edition, &[("Harbours", harbours), ("Lighthouses", lights)]);
            files.write(&format!("{edition}.txt"), &text)
        })
        .into()
}

#[test]
fn one_is_best_beside_seven_is_best_is_refused_with_what_to_pass() {
    let files = Files::new();
    let paths = both_directions(&files);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let to = files.path("x.svg");
    let refused = nisba(&[&["chart", EDITIONS][..], &paths, &["-o", to.to_str().unwrap()]].concat());
    assert_eq!(refused.status.code(), Some(2));
    assert!(!to.exists(), "nothing is drawn");
    let said = err(&refused);
    assert!(said.contains("1 is the best score in Coastwatch 2012 and 2014, 7 in Coastwatch 2015 and 2017"), "{said}");
    for how in ["same-only", "as-printed", "one-direction"] {
        assert!(said.contains(&format!("--join-scales {how}")), "{said}");
    }
    // All of a folder: the others are drawn, this one is not, and the exit code says so.
    let folder = files.path("all");
    let gallery = [&["charts"][..], &paths, &["-d", folder.to_str().unwrap()]].concat();
    let drawn = nisba(&gallery);
    assert_eq!(drawn.status.code(), Some(2), "{}", err(&drawn));
    let names = || fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert!(names().any(|name| name == "category-scores.svg"));
    assert!(!names().any(|name| name.contains("across")));
    let told = nisba(&[&gallery[..], &["--join-scales", "as-printed"]].concat());
    assert!(told.status.success(), "{}", err(&told));
    assert!(names().any(|name| name == format!("{EDITIONS}-as-printed.svg")));
    assert!(!names().any(|name| name.contains("same-only")));
    // A list draws nothing: it names every way, and says what differs.
    let listed = nisba(&[&["charts"][..], &paths].concat());
    assert!(listed.status.success() && err(&listed).contains("not of one kind"));
    assert!(
        out(&listed).contains(&format!("{EDITIONS}-one-direction,")) && !out(&listed).contains(&format!("{EDITIONS},"))
    );
}

#[test]
fn what_was_put_side_by_side_is_printed_as_it_stands_and_no_line_crosses_the_change() {
    let files = Files::new();
    let paths = both_directions(&files);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let chart = files.drawn(EDITIONS, &paths, "as-printed");
    assert_eq!(values(&chart, "/harbours/20").len(), 4 + 2, "four scores, and a line within each scale");
    assert!(values(&chart, "/lighthouses/2015").contains(&"stated 2.75".to_owned()));
    assert!(leads(&chart, "2012", "2014") && leads(&chart, "2015", "2017") && !leads(&chart, "2014", "2015"));
    assert!(notes(&chart).contains("Side by side as printed: 1 is the best score in Coastwatch 2012 and 2014"));
    let title = chart["title"].as_str().unwrap();
    assert!(!title.contains("better") && !title.contains("worse") && !title.contains("higher"), "{title}");
    let axis = &chart["scales"]["y"];
    assert_eq!(axis["first_end"], "1 is best 2012–2014, worst 2015–2017");
    assert_eq!(axis["last_end"], "7 is worst 2012–2014, best 2015–2017");
}

#[test]
fn turned_scores_are_computed_from_the_words_and_say_so() {
    let files = Files::new();
    let paths = both_directions(&files);
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let chart = files.drawn(EDITIONS, &paths, "one-direction");
    assert_eq!(values(&chart, "/lighthouses/2014"), ["stated 5.25"]);
    // 8 − 2.75
    assert_eq!(values(&chart, "/lighthouses/2015"), ["derived -0.25", "derived 5.25"]);
    let marks = chart["marks"].as_array().unwrap();
    let turned = marks.iter().find(|mark| mark["id"].as_str().unwrap().ends_with("/lighthouses/2015")).unwrap();
    assert_eq!(turned["evidence"][0]["text"], "2.75");
    assert!(turned["label"].as_str().unwrap().ends_with(", turned"), "{turned}");
    assert!(!leads(&chart, "2014", "2015"));
    assert!(
        notes(&chart).contains("those of Coastwatch 2015 and 2017 are drawn as 8 − the score"),
        "{}",
        notes(&chart)
    );

    let alone = files.drawn(EDITIONS, &paths, "same-only");
    assert!(values(&alone, "/2015").is_empty() && !values(&alone, "/2014").is_empty());
    assert!(
        notes(&alone).contains("Left out, for the scale is another: Coastwatch 2015 and 2017 (1 to 7, 7 is best).")
    );
}

#[test]
fn other_ranges_are_told_and_cannot_be_turned() {
    let files = Files::new();
    let marks = [("2018", "5.50"), ("2021", "8.00")];
    let paths = marks.map(|(year, mark)| {
        files.write(&format!("{year}.txt"), &report(year, &[("Harbours", mark), ("Lighthouses", "4.00")]))
    });
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let to = files.path("x.json");
    for (how, status) in [(None, 2), (Some("one-direction"), 2), (Some("as-printed"), 0)] {
        let passed: Vec<&str> = how.into_iter().flat_map(|how| ["--join-scales", how]).collect();
        let output = nisba(&[&["chart", EDITIONS][..], &paths, &passed, &["-o", to.to_str().unwrap()]].concat());
        assert_eq!(output.status.code(), Some(status), "{how:?}: {}", err(&output));
        let differs =
            err(&output).contains("scores run from 1 to 7 in Coastwatch 2018, from 0 to 10 in Coastwatch 2021");
        assert_eq!(differs, status == 2, "{}", err(&output));
        assert!(!err(&output).contains("pass `--join-scales one-direction`"));
    }
}

#[test]
fn another_number_of_categories_and_a_parted_one_are_asked_about() {
    let files = Files::new();
    let old = [("Shores and Beaches", "3.00"), ("Harbours", "2.00"), ("Lighthouses", "5.00"), ("Coast Mark", "3.33")];
    let new = [
        ("Rocky Shores", "3.25"),
        ("Sandy Shores", "2.75"),
        ("Harbours", "2.25"),
        ("Lighthouses", "5.00"),
        ("Coast Mark", "3.31"),
    ];
    let paths = [files.write("2008.txt", &report("2008", &old)), files.write("2010.txt", &report("2010", &new))];
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    let refused = nisba(&[&["chart", EDITIONS][..], &paths, &["-o", files.path("x.svg").to_str().unwrap()]].concat());
    assert_eq!(refused.status.code(), Some(2));
    for words in [
        "3 categories are rated in 2008, 4 in 2010",
        "Shores was parted into Rocky Shores and Sandy Shores in 2010 (Coastwatch 2010, what is new)",
    ] {
        assert!(err(&refused).contains(words), "{}", err(&refused));
    }
    let alone = files.drawn(EDITIONS, &paths, "same-only");
    let left = ["shores", "coast-mark"].map(|part| values(&alone, part).len());
    assert_eq!(
        (left, values(&alone, "/harbours/20").len()),
        ([0, 0], 3),
        "a mean of three beside one of four is left out"
    );
    let all = files.drawn(EDITIONS, &paths, "as-printed");
    assert_eq!(values(&all, "shores").len(), 3);
    assert!(notes(&all).contains("Shores was parted into"));
    // The same categories in both: nothing is asked.
    let same = [files.write("2011.txt", &report("2011", &new)), paths[1].to_owned()];
    let output = nisba(&["chart", EDITIONS, &same[0], &same[1], "-o", files.path("y.svg").to_str().unwrap()]);
    assert!(output.status.success(), "{}", err(&output));
}

const TABLE: &str = "series,country,edition,year,category,score\n\
    Coastwatch,Tarnovia,2012,2011,Harbours,2.00\nCoastwatch,Tarnovia,2012,2012,Harbours,2.25\n\
    Coastwatch,Tarnovia,2012,2011,Lighthouses,5.00\nCoastwatch,Tarnovia,2012,2012,Lighthouses,5.25\n\
    Coastwatch,Tarnovia,2017,2012,Harbours,5.75\nCoastwatch,Tarnovia,2017,2017,Harbours,6.00\n\
    Coastwatch,Tarnovia,2017,2012,Lighthouses,2.75\nCoastwatch,Tarnovia,2017,2017,Lighthouses,3.00\n";

fn how() -> How {
    let (how, troubles) = grammars::load(Some((Path::new(GRAMMARS).to_path_buf(), true)), None);
    assert!(troubles.is_empty(), "{troubles:?}");
    how
}

#[test]
fn a_table_of_editions_on_two_scales_is_a_set_a_scale_and_both_together_are_asked_about() {
    let loaded = load_bytes_as("marks.csv", TABLE.as_bytes(), SourceId(0), &Progress::default(), &how()).unwrap();
    let sets: Vec<(&str, Option<String>, usize)> =
        loaded.dataset.ratings.iter().map(|set| (set.key.as_str(), set.ends(), set.ratings.len())).collect();
    // The latest scale has the plain key; both editions' scores of 2012 stand, each on its own scale.
    let ends = |best: &str| Some(format!("1 to 7, {best} is best"));
    assert_eq!(sets, [("marks-tarnovia", ends("7"), 4), ("marks-tarnovia-1-to-7-1-is-best", ends("1"), 4)]);
    let files = Files::new();
    let path = files.write("marks.csv", TABLE);
    let refused = nisba(&["chart", EDITIONS, &path, "-o", files.path("x.svg").to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(err(&refused).contains("7 is the best score in marks.csv, 2012–2017, 1 in marks.csv, 2011–2012"));
    let chart = files.drawn(EDITIONS, &[&path], "as-printed");
    let of_2012 = values(&chart, "/harbours/2012");
    assert!(of_2012.contains(&"stated 2.25".to_owned()) && of_2012.contains(&"stated 5.75".to_owned()), "{of_2012:?}");
    assert!(!notes(&chart).contains("Where sources differ"), "a score on another scale is no other statement");
    // Each scale alone needs no answer.
    let alone = nisba(&["chart", "category-scores-over-time", &path, "-o", files.path("y.svg").to_str().unwrap()]);
    assert!(alone.status.success(), "{}", err(&alone));
}

#[test]
fn differences_know_their_places_and_who_says_so() {
    let wide = "series,country,category,2008,2009,2010,2011\nCoastwatch,Tarnovia,Shores,3.00,3.00,,\n\
        Coastwatch,Tarnovia,Rocky Shores,,,3.25,3.25\nCoastwatch,Tarnovia,Sandy Shores,,,2.75,2.75\n\
        Coastwatch,Tarnovia,Harbours,2.00,2.00,2.25,2.25\n";
    let load = |text: &str| load_bytes_as("w.csv", text.as_bytes(), SourceId(0), &Progress::default(), &how()).unwrap();
    let loaded = load(wide);
    let set = &loaded.dataset.ratings[0];
    let told = guard::within(set);
    let kinds: Vec<Differs> = told.iter().map(|difference| difference.differs).collect();
    assert_eq!(kinds, [Differs::Categories, Differs::Recut]);
    assert_eq!(told[0].words, "2 categories are rated in 2008–2009, 3 in 2010–2011");
    let words = |n: usize| -> Vec<&str> {
        told[n].places.iter().filter_map(|anchor| loaded.source.words(anchor.place)).collect()
    };
    assert_eq!((words(0), words(1)), (vec!["3.00", "3.25", "2.75"], vec!["3.00", "3.25", "2.75"]));
    assert_eq!(told[1].references, ["Coastwatch 2010, what is new"]);
    assert_eq!(guard::throughout(set), ["Harbours"]);
    // A year without a rating of a category is a hole, and no other number of categories.
    let hole =
        load(&wide.replace("2.00,2.00,2.25,2.25", "2.00,,2.25,2.25").replace("3.00,3.00,,", "3.00,3.00,3.00,3.00"));
    let told = guard::within(&hole.dataset.ratings[0]);
    assert!(told[0].words.starts_with("2 categories are rated in 2008–2009, 4"), "{told:?}");
    // A table of nobody's series is nobody's scale.
    assert!(guard::within(&load(&wide.replace("Coastwatch", "Hearsay")).dataset.ratings[0]).is_empty());
}

#[test]
fn a_grammar_whose_recut_names_no_category_is_faulted_with_its_line() {
    let path = Path::new(GRAMMARS).join("coastwatch.toml");
    let mut file = grammars::read(&path).unwrap();
    assert!(check(&file).is_ok());
    file.text = file.text.replace("into = [\"Rocky Shores\", \"Sandy Shores\"]", "into = [\"Reefs\"]");
    let faults: Vec<String> = check(&file).unwrap_err().iter().map(ToString::to_string).collect();
    assert!(faults.iter().any(|fault| fault.contains("recut `2010`: there is no category `Reefs`")), "{faults:?}");
    assert!(faults.iter().any(|fault| fault.contains("it makes 1 of 1")), "{faults:?}");
    let told = nisba(&["grammar", path.to_str().unwrap()]);
    assert!(out(&told).contains("recuts: Shores into Rocky Shores + Sandy Shores (2010)"), "{}", out(&told));
}
