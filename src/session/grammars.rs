//! A reader's own report families: the folder they lie in, and what is in it.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::load::How;
use crate::{
    error::Error,
    reading::{Families, families::GrammarFile},
};

/// A grammar larger than this is none.
const MAX_BYTES: u64 = 1 << 20;

/// The folder of a reader's own families: the one named, or `NISBA_GRAMMARS`, or `nisba/grammars` where the system keeps
/// settings; and whether it was asked for, so that it must be there.
pub fn folder(named: Option<&Path>) -> Option<(PathBuf, bool)> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    folder_of(named, set)
}

fn folder_of(named: Option<&Path>, set: impl Fn(&str) -> Option<OsString>) -> Option<(PathBuf, bool)> {
    if let Some(asked) = named.map(Path::to_path_buf).or_else(|| set("NISBA_GRAMMARS").map(PathBuf::from)) {
        return Some((asked, true));
    }
    let home = || set("HOME").map(|home| PathBuf::from(home).join(".config"));
    let config = set("XDG_CONFIG_HOME").or_else(|| set("APPDATA")).map(PathBuf::from).or_else(home)?;
    Some((config.join("nisba").join("grammars"), false))
}

/// The families in the binary and a reader's own. What is wrong in a grammar, or with the folder, is said in a line each.
pub fn load(folder: Option<(PathBuf, bool)>, family: Option<String>) -> (How, Vec<String>) {
    let built_in = Families::built_in();
    let Some((folder, asked)) = folder else { return (How { families: built_in, family }, Vec::new()) };
    let mut troubles = Vec::new();
    let mut files = Vec::new();
    match paths(&folder) {
        Ok(paths) => {
            for path in paths {
                match read(&path) {
                    Ok(file) => files.push(file),
                    Err(error) => troubles.push(error.to_string()),
                }
            }
        }
        Err(error) if asked || error.kind() != std::io::ErrorKind::NotFound => {
            troubles.push(unreadable(&folder, &error).to_string());
        }
        // Nobody asked for it, and it is not there.
        Err(_) => {}
    }
    if files.is_empty() {
        return (How { families: built_in, family }, troubles);
    }
    let (families, faults) = built_in.with(&files);
    troubles.extend(faults.iter().map(ToString::to_string));
    (How { families: Arc::new(families), family }, troubles)
}

/// What keeps a folder of grammars from being read.
pub fn fault(folder: &Path) -> Option<Error> {
    paths(folder).err().map(|error| unreadable(folder, &error))
}

fn unreadable(folder: &Path, error: &std::io::Error) -> Error {
    let what = format!("the folder of grammars cannot be read ({error})");
    Error::read(folder.display().to_string(), what, "check the path")
}

fn paths(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> =
        entries.filter(|path| path.extension().is_some_and(|ext| ext.eq_ignore_ascii_case("toml"))).collect();
    paths.sort();
    Ok(paths)
}

/// A grammar file as it lies on disk; its id is its name.
///
/// # Errors
/// Where it cannot be read, is too large, or is not UTF-8.
pub fn read(path: &Path) -> Result<GrammarFile, Error> {
    let shown = path.display().to_string();
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Error::read(shown.clone(), "there is no such file", "check the path"),
        _ => Error::read(shown.clone(), format!("it cannot be read ({error})"), "check the path"),
    };
    let meta = std::fs::metadata(path).map_err(failed)?;
    if meta.is_dir() {
        return Err(Error::read(shown, "this is a folder", "choose a grammar in it"));
    }
    if meta.len() > MAX_BYTES {
        let what = format!("the file has {} KB; no grammar is larger than {} KB", meta.len() >> 10, MAX_BYTES >> 10);
        return Err(Error::read(shown, what, "check that it is a grammar"));
    }
    let bytes = std::fs::read(path).map_err(failed)?;
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Error::read(shown, "this is not text in UTF-8", "save the grammar in UTF-8"));
    };
    let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
    Ok(GrammarFile { shown, id, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(named: Option<&str>, variables: &[(&str, &str)]) -> Option<(String, bool)> {
        let set = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| value.into());
        folder_of(named.map(Path::new), set).map(|(path, asked)| (path.display().to_string(), asked))
    }

    #[test]
    fn the_folder_is_the_one_named_then_the_variable_then_the_systems() {
        let all = [("NISBA_GRAMMARS", "/b"), ("XDG_CONFIG_HOME", "/c"), ("HOME", "/d")];
        assert_eq!(of(Some("/a"), &all), Some(("/a".to_owned(), true)));
        assert_eq!(of(None, &all), Some(("/b".to_owned(), true)));
        assert_eq!(of(None, &all[1..]), Some(("/c/nisba/grammars".to_owned(), false)));
        assert_eq!(of(None, &all[2..]), Some(("/d/.config/nisba/grammars".to_owned(), false)));
        assert_eq!(of(None, &[]), None);
    }
}
