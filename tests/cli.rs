//! The command line keeps its contract, and bad input gives one plain line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

const BRIEF: &str = "data/kazakhstan-2005.md";

fn nisba(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_nisba")).args(args).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn rows(output: &Output) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(output.stdout.as_slice()).into_records().collect::<Result<_, _>>().expect("CSV")
}

fn write(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("written");
    path
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

#[test]
fn listings_begin_with_the_columns_of_the_contract() {
    let figures = out(&nisba(&["figures", BRIEF]));
    let columns = "source,section,paragraph,start,end,text,value,value_max,unit,status,kind,subject,period,detail";
    assert!(figures.starts_with(columns), "{}", figures.lines().next().unwrap_or_default());
    let facts = out(&nisba(&["facts", BRIEF]));
    let columns = "kind,subject,period,value,value_max,unit,tier,country,edition,status,detail,source,place,text";
    assert!(facts.starts_with(columns));
    assert!(out(&nisba(&["charts", BRIEF])).starts_with("id,title,marks\ncategory-scores,"));
}

#[test]
fn check_lists_findings_under_the_columns_of_the_contract_and_exits_with_1_on_a_contradiction() {
    let found = nisba(&["check", BRIEF]);
    assert!(out(&found).starts_with("rule,verdict,statement,arithmetic,places"), "{}", out(&found));
    assert_eq!(found.status.code(), Some(1));
    let bytes = fs::read(BRIEF).expect("the brief");
    let listed = rows(&found);
    assert_eq!((&listed[0][1], &listed[0][3]), ("contradiction", "42 + 11 + 4 = 57 ≠ 59"));
    let words: Vec<&str> = listed[0][4]
        .split("; ")
        .map(|place| {
            let (start, end) = place.split_once('-').expect("a place");
            std::str::from_utf8(&bytes[start.parse().expect("start")..end.parse().expect("end")]).expect("UTF-8")
        })
        .collect();
    assert_eq!(words, ["59", "Fifty-nine", "42", "11", "4"]);
    let json: serde_json::Value =
        serde_json::from_slice(&nisba(&["check", BRIEF, "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(listed.len()));
}

#[test]
fn check_exits_with_0_where_nothing_contradicts_itself_and_with_2_where_nothing_can_be_read() {
    let found = nisba(&["check", "data/party-list-2004.csv"]);
    assert_eq!(found.status.code(), Some(0));
    assert!(out(&found).contains("party-list-2004.csv!R2C6"), "{}", out(&found));
    assert_eq!(nisba(&["check", "no-such-file.txt"]).status.code(), Some(2));
}

#[test]
fn every_figure_is_the_bytes_that_its_row_says() {
    let bytes = fs::read(BRIEF).expect("the brief");
    let listed = rows(&nisba(&["figures", BRIEF]));
    assert!(listed.len() > 300);
    for row in &listed {
        let (start, end): (usize, usize) = (row[3].parse().expect("start"), row[4].parse().expect("end"));
        assert_eq!(&bytes[start..end], row[5].as_bytes());
    }
}

#[test]
fn json_and_csv_list_the_same() {
    let listed = rows(&nisba(&["facts", BRIEF]));
    let json: serde_json::Value =
        serde_json::from_slice(&nisba(&["facts", BRIEF, "--format", "json"]).stdout).expect("JSON");
    let objects = json.as_array().expect("an array");
    assert_eq!(objects.len(), listed.len());
    let first = listed.iter().position(|row| &row[0] == "rating").expect("a rating");
    assert_eq!(objects[first]["value"], serde_json::json!(6.50));
    assert_eq!(objects[first]["subject"].as_str(), Some(&listed[first][1]));
}

#[test]
fn a_chart_is_drawn_in_the_format_of_its_name_and_twice_alike() {
    let folder = TempDir::new().expect("a folder");
    for (ext, head) in [("svg", "<svg"), ("png", "\u{fffd}PNG"), ("pdf", "%PDF"), ("json", "{")] {
        let paths = ["one", "two"].map(|name| folder.path().join(format!("{name}.{ext}")));
        for path in &paths {
            let output = nisba(&["chart", "seats-votes", BRIEF, "-o", text(path)]);
            assert!(output.status.success(), "{}", err(&output));
        }
        let [one, two] = paths.map(|path| fs::read(path).expect("the chart"));
        assert_eq!(one, two, "{ext} differs from one run to the next");
        assert!(String::from_utf8_lossy(&one).trim_start().starts_with(head), "{ext}");
    }
}

#[test]
fn sizes_scales_and_themes_are_kept() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("chart.png");
    let output = nisba(&[
        "chart",
        "category-scores",
        BRIEF,
        "-o",
        text(&path),
        "--size",
        "640x400",
        "--scale",
        "2",
        "--theme",
        "dark",
    ]);
    assert!(output.status.success(), "{}", err(&output));
    let png = fs::read(&path).expect("the chart");
    let number = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
    assert_eq!((number(16), number(20)), (1280, 800));
}

#[test]
fn editions_of_one_series_are_drawn_together_and_other_scales_are_not() {
    let folder = TempDir::new().expect("a folder");
    let fixture = "tests/fixtures/veldoria-2007.txt";
    let report = fs::read_to_string(fixture).expect("a fixture");
    let later =
        write(&folder, "later.txt", report.replace("2007", "2009").replace("set at 3.75", "set at 4.25").as_bytes());
    let turned = write(&folder, "turned.txt", report.replace("2007", "2021").as_bytes());
    let id = "category-scores-across-editions";
    let listed = rows(&nisba(&["charts", fixture, text(&later)]));
    let row = listed.iter().find(|row| &row[0] == id).expect("the chart of both");
    assert_eq!((&row[1], &row[2]), ("From 2007 to 2009, one of four ratings became worse and three stayed", "12"));
    let path = folder.path().join("both.json");
    let drawn = nisba(&["chart", id, fixture, text(&later), "-o", text(&path)]);
    assert!(drawn.status.success(), "{}", err(&drawn));
    let json: serde_json::Value = serde_json::from_slice(&fs::read(&path).expect("the chart")).expect("JSON");
    let marks = json["marks"].as_array().expect("marks");
    for (year, file, score) in [(2007, "veldoria-2007.txt", 3.75), (2009, "later.txt", 4.25)] {
        let mark = marks.iter().find(|mark| mark["id"] == format!("{id}/courts-of-law/{year}")).expect("a point");
        assert_eq!((&mark["value"], &mark["evidence"][0]["source"]), (&score.into(), &file.into()));
    }
    for files in [&[fixture][..], &[fixture, fixture], &[fixture, text(&turned)]] {
        let output = nisba(&[&["charts"], files].concat());
        assert!(output.status.success() && !out(&output).contains(&format!("{id},")), "{files:?}");
        assert_eq!(err(&output).contains("not of one kind"), files.contains(&text(&turned)), "{files:?}");
    }
}

#[test]
fn all_charts_are_drawn_into_a_folder() {
    let folder = TempDir::new().expect("a folder");
    let output = nisba(&["charts", BRIEF, "-d", text(folder.path()), "--formats", "svg,json"]);
    assert!(output.status.success(), "{}", err(&output));
    let listed = rows(&nisba(&["charts", BRIEF]));
    for row in &listed {
        for ext in ["svg", "json"] {
            assert!(folder.path().join(format!("{}.{ext}", &row[0])).is_file(), "{}.{ext}", &row[0]);
        }
    }
}

/// One plain line that names the file and says what to do; status 2; nothing on standard output but a header.
fn refused(args: &[&str], words: &[&str]) {
    let output = nisba(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
    let message = err(&output);
    assert_eq!(message.lines().count(), 1, "{message}");
    assert!(!message.contains("panicked"), "{message}");
    for word in words {
        assert!(message.contains(word), "{message:?} does not say {word:?}");
    }
}

#[test]
fn what_cannot_be_read_is_said_in_one_line() {
    let folder = TempDir::new().expect("a folder");
    refused(&["facts", "no/such/report.txt"], &["no/such/report.txt", "no such file", "; "]);
    refused(&["facts", text(folder.path())], &["a folder"]);
    refused(&["facts", text(&write(&folder, "empty.txt", b""))], &["empty.txt", "empty"]);
    refused(&["facts", text(&write(&folder, "blank.txt", b"\xef\xbb\xbf \r\n\r\n"))], &["blank"]);
    refused(&["facts", text(&write(&folder, "image.txt", b"\x89PNG\r\n\x1a\n...."))], &["PNG image"]);
    refused(&["facts", text(&write(&folder, "binary.txt", &[1, 2, 0, 4, 0, 0, 7]))], &["binary"]);
    refused(&["facts", text(&write(&folder, "report.docx", b"some words"))], &[".docx", "txt"]);
    refused(&["facts", text(&write(&folder, "report", b"some words"))], &["no extension"]);
}

#[test]
fn a_wrong_call_says_what_to_do() {
    let folder = TempDir::new().expect("a folder");
    let png = folder.path().join("x.png");
    refused(&["chart", "pies", BRIEF, "-o", text(&png)], &["`pies`", "`seats-votes`"]);
    refused(&["chart", "seats-votes", BRIEF, "-o", "x.bmp"], &["x.bmp", "svg"]);
    refused(&["chart", "seats-votes", BRIEF, "-o", "no/such/folder/x.svg"], &["no/such/folder/x.svg"]);
    refused(&["chart", "seats-votes", BRIEF, "-o", text(&png), "--size", "12"], &["`12`", "1200x675"]);
    refused(&["chart", "seats-votes", BRIEF, "-o", text(&png), "--scale", "0"], &["scale"]);
    refused(&["chart", "seats-votes", BRIEF, "-o", text(&png), "--preset", "poster"], &["`poster`", "wide"]);
    refused(&["facts", "-"], &["--as"]);
    assert!(!png.exists());
}

#[test]
fn standard_input_is_read_as_what_it_is_said_to_be() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nisba"))
        .args(["facts", "-", "--as", "csv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    child.stdin.take().expect("a pipe").write_all(b"party,votes,seats\nReds,600,6\nBlues,400,4\n").expect("written");
    let output = child.wait_with_output().expect("it ends");
    let listed = rows(&output);
    let row: Vec<&str> = listed.iter().map(|row| &row[3]).collect();
    assert_eq!(row, ["600", "6", "400", "4"]);
    assert_eq!((&listed[0][12], &listed[0][13]), ("stdin.csv!R2C2", "600"));
}

#[test]
fn what_is_odd_in_a_readable_file_is_reported_and_the_rest_is_read() {
    let folder = TempDir::new().expect("a folder");
    let ragged = write(&folder, "ragged.csv", b"party,votes,seats\nReds,600,6\nBlues,400\nGreens,1,2,3\n");
    let output = nisba(&["facts", text(&ragged)]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(err(&output).lines().count(), 2, "{}", err(&output));
    assert!(err(&output).contains("row 3 has 2 cells where the header has 3"));
    assert!(rows(&output).iter().any(|row| &row[1] == "Blues" && &row[3] == "400"));

    let unknown = write(&folder, "unknown.csv", b"a,b\n1,2\n");
    let output = nisba(&["facts", text(&unknown)]);
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("no columns") && err(&output).contains("`party`"), "{}", err(&output));

    let wordy = write(&folder, "wordy.txt", b"A tale\n\nIt has words alone.\n");
    let output = nisba(&["figures", text(&wordy)]);
    assert_eq!((output.status.code(), rows(&output).len()), (Some(0), 0));
    assert!(err(&output).contains("no figures"), "{}", err(&output));
    assert!(err(&nisba(&["charts", text(&wordy)])).contains("no chart"));
}

#[test]
fn a_bad_file_among_good_ones_hides_none_of_them() {
    let output = nisba(&["facts", "missing.txt", BRIEF]);
    assert_eq!(output.status.code(), Some(2));
    assert!(rows(&output).len() > 100);
}

#[test]
fn a_folder_is_walked_by_figures_alone() {
    let output = nisba(&["figures", "data"]);
    assert!(output.status.success(), "{}", err(&output));
    assert!(rows(&output).iter().all(|row| &row[0] == "kazakhstan-2005.md"));
}

/// A report of a made-up country, longer with `n`.
fn report(n: usize) -> String {
    let paragraph = "In the 2006 elections the Orrinist Bloc won 41 seats on 46.25 percent of the vote.\n\n";
    format!("Nations in Transit 2007: Veldoria\n\nElectoral Process\n\n{}", paragraph.repeat(1 + n % 17))
}

#[test]
fn a_folder_is_read_in_the_order_of_its_paths_and_what_fails_is_a_line() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir_all(folder.path().join("b/.hidden")).expect("folders");
    for (n, name) in ["c.txt", "a.md", "b/z.text", "b/a.txt", ".secret.txt", "b/.hidden/x.txt"].iter().enumerate() {
        write(&folder, name, report(n).as_bytes());
    }
    write(&folder, "b/broken.txt", b"");
    write(&folder, "b/image.txt", b"\x89PNG\r\n\x1a\n....");
    write(&folder, "table.csv", b"party,votes,seats\nReds,600,6\n");
    write(&folder, "notes.docx", b"no report");
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("b/loop")).expect("a link");

    let output = nisba(&["figures", text(folder.path())]);
    assert_eq!(output.status.code(), Some(2));
    let mut paths: Vec<String> = rows(&output).iter().map(|row| row[15].to_owned()).collect();
    paths.dedup();
    let order = ["a.md", "b/a.txt", "b/z.text", "c.txt"].map(|name| text(&folder.path().join(name)).to_owned());
    assert_eq!(paths, order);
    let said = err(&output);
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(said.contains("broken.txt: the file is empty") && said.contains("image.txt"), "{said}");
    assert!(!said.contains('\r') && !said.contains('\x1b'), "a bar where no terminal is");

    let json: serde_json::Value =
        serde_json::from_slice(&nisba(&["figures", text(folder.path()), "--format", "json"]).stdout).expect("JSON");
    assert_eq!(json.as_array().expect("an array").len(), rows(&output).len());
}

#[test]
fn many_files_read_at_once_are_listed_as_one_by_one() {
    let folder = TempDir::new().expect("a folder");
    let paths: Vec<PathBuf> =
        (0..60).map(|n| write(&folder, &format!("{n:02}.txt"), report(n * 7).as_bytes())).collect();
    let together = nisba(&["figures", text(folder.path())]);
    assert!(together.status.success(), "{}", err(&together));
    assert_eq!(together.stdout, nisba(&["figures", text(folder.path())]).stdout);
    let alone: Vec<_> = [0, 31, 59].iter().flat_map(|n| rows(&nisba(&["figures", text(&paths[*n])]))).collect();
    let listed = rows(&together);
    let same = |row: &&csv::StringRecord| ["00.txt", "31.txt", "59.txt"].contains(&&row[0]);
    assert_eq!(listed.iter().filter(same).cloned().collect::<Vec<_>>(), alone);
    assert!(listed.windows(2).all(|pair| pair[0][0] <= pair[1][0]));
}

#[test]
fn a_folder_without_reports_says_what_is_looked_for() {
    let folder = TempDir::new().expect("a folder");
    let output = nisba(&["figures", text(folder.path())]);
    assert_eq!((output.status.code(), rows(&output).len()), (Some(0), 0));
    assert!(err(&output).contains("no report") && err(&output).contains("txt"), "{}", err(&output));
    let json = out(&nisba(&["figures", text(folder.path()), "--format", "json"]));
    assert_eq!(json.trim(), "[]");
}

#[test]
fn a_long_text_without_structure_is_read_in_the_end() {
    let folder = TempDir::new().expect("a folder");
    let line = "words and 12 numbers, 3.4 percent of them, without an end or a point ".repeat(20_000);
    let long = write(&folder, "long.txt", line.as_bytes());
    let output = nisba(&["figures", text(&long)]);
    assert!(output.status.success());
    assert_eq!(rows(&output).len(), 40_000);
}

#[test]
fn what_is_not_there_is_named_and_a_file_without_a_chart_says_why() {
    let folder = TempDir::new().expect("a folder");
    let missing = folder.path().join("nowhere");
    let asked = nisba(&["charts", "--grammars", text(&missing), BRIEF]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(err(&asked).contains("the folder of grammars cannot be read"), "{}", err(&asked));
    let mistyped = nisba(&[text(&missing)]);
    assert_eq!(mistyped.status.code(), Some(2));
    assert!(err(&mistyped).contains("there is no such file, and no such command"), "{}", err(&mistyped));
    let votes = write(&folder, "votes.csv", b"party,votes,vote_share\nReds,10,50\nBlues,10,50\n");
    let bare = nisba(&["charts", text(&votes)]);
    assert_eq!(bare.status.code(), Some(0));
    assert!(err(&bare).contains("no number of all seats is known in the election"), "{}", err(&bare));
}
