//! The house: a module imports only from the floors before its own, and what lives in one room lives only there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

use std::{
    fs,
    path::{Path, PathBuf},
};

/// From the ground up. `cli` and `ui` share the top floor and never know each other.
const FLOORS: &[&[&str]] = &[
    &["source"],
    &["error"],
    &["format"],
    &["reading"],
    &["facts"],
    &["analysis"],
    &["chart"],
    &["export"],
    &["session"],
    &["cli", "ui"],
];

const MOST_LINES: usize = 600;

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = fs::read_to_string(&path).expect("a source");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new("src"), &mut found);
    found.sort();
    assert!(found.len() > 30);
    found
}

/// The room a file belongs to: its folder or its name under `src`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix("src").expect("under src");
    let first = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// Every `crate::room` and every room in a `use crate::{…}` list.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            found.extend(top_names(list));
        } else {
            found.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found
}

/// Names at the top level of a braced list.
fn top_names(list: &str) -> Vec<String> {
    let (mut depth, mut name, mut names, mut fresh) = (0, String::new(), Vec::new(), true);
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => fresh = true,
            ':' if depth == 0 => fresh = false,
            c if depth == 0 && fresh && (c.is_alphanumeric() || c == '_') => name.push(c),
            _ => {}
        }
        if (!fresh || c == ',') && !name.is_empty() {
            names.push(std::mem::take(&mut name));
        }
    }
    if !name.is_empty() {
        names.push(name);
    }
    names
}

#[test]
fn a_module_imports_only_from_the_floors_before_its_own() {
    for (path, text) in sources() {
        let Some(own) = floor(&room(&path)) else { continue };
        for import in imports(&text) {
            let Some(theirs) = floor(&import) else { continue };
            let allowed = theirs < own || import == room(&path);
            assert!(allowed, "{}: `{}` must not know `{import}`", path.display(), room(&path));
        }
    }
}

#[test]
fn what_lives_in_one_room_lives_only_there() {
    let only: &[(&[&str], &[&str])] = &[
        (&["egui::", "eframe::", "egui_plot::", "egui_extras::", "rfd::"], &["src/ui"]),
        (&["resvg::", "usvg::"], &["src/export/png", "src/export/pdf"]),
        (&["krilla::", "krilla_svg::"], &["src/export/pdf"]),
        (&["encoding_rs::"], &["src/format"]),
        (&["std::fs", "std::thread", "fs::write", "fs::read"], &["src/session", "src/cli", "src/ui/dialog"]),
    ];
    for (path, text) in sources() {
        let shown = path.display().to_string();
        for (words, rooms) in only {
            let used = words.iter().find(|word| {
                let mut lines = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
                lines.any(|line| {
                    line.split(|c: char| !(c.is_alphanumeric() || c == ':' || c == '_')).any(|w| w.starts_with(**word))
                })
            });
            let home = rooms.iter().any(|room| shown.starts_with(room));
            assert!(used.is_none() || home, "{shown} uses `{}`", used.unwrap_or(&""));
        }
    }
}

#[test]
fn a_file_is_one_room() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
        assert!(text.starts_with("//! "), "{} does not say its job", path.display());
    }
}

/// Names of the countries, parties and groups that the samples speak of: none may stand in the code or in a grammar.
#[test]
fn no_name_of_a_party_group_or_country_stands_in_the_code() {
    let names = [
        "kazakh",
        "otan",
        "asar",
        "ak zhol",
        "ak-zhol",
        "aist",
        "dvk",
        "cpk",
        "majilis",
        "mazhilis",
        "maslihat",
        "russian",
        "ukrainian",
        "uzbek",
        "tatar",
        "german",
        "kyrgyz",
        "self-nominated",
        "nazarba",
    ];
    let grammars = fs::read_dir("assets/grammars").expect("the grammars").map(|entry| {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a grammar");
        (path, text)
    });
    for (path, text) in sources().into_iter().chain(grammars) {
        for (number, line) in text.lines().enumerate() {
            // A sample's file name is the name of a file.
            let line = line.to_lowercase().replace("kazakhstan-2005.md", "");
            let words: Vec<&str> = line.split(|c: char| !c.is_alphabetic() && c != '-' && c != ' ').collect();
            let found = names.iter().find(|name| {
                words
                    .iter()
                    .any(|w| w.split(' ').any(|w| w.starts_with(**name)) || w.contains(**name) && name.contains(' '))
            });
            assert!(found.is_none(), "{}:{}: `{}`", path.display(), number + 1, found.unwrap_or(&""));
        }
    }
}
