//! `nisba grammar`: which report families there are, and whether a grammar file is sound.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;

use super::{
    Format, READ_OR_USAGE,
    rows::{Datum, write_rows},
    say,
};
use crate::{
    error::Error,
    reading::{
        Families, READERS, SignPlace,
        families::check,
        grammar::{Grammar, ScaleDef},
    },
    session::grammars,
};

#[derive(Args)]
pub(super) struct Checking {
    /// The grammar to check; none lists the families that are known.
    file: Option<PathBuf>,
    /// How the list is written.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

/// Checks a grammar, or lists the families.
///
/// # Errors
/// Where the file cannot be read, or standard output cannot be written.
pub(super) fn run(checking: &Checking, families: &Families) -> Result<ExitCode, Error> {
    let Some(path) = &checking.file else {
        let rows = families.all().iter().map(|family| {
            let from = family.file.as_deref().unwrap_or("built in");
            vec![Datum::text(&family.grammar.id), Datum::text(&family.grammar.name), Datum::text(from)]
        });
        write_rows(&["id", "name", "from"], rows, checking.format)?;
        return Ok(ExitCode::SUCCESS);
    };
    match check(&grammars::read(path)?) {
        Ok(grammar) => {
            tell(&summary(&grammar))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            faults.iter().for_each(|fault| say(&fault.to_string()));
            Ok(ExitCode::from(READ_OR_USAGE))
        }
    }
}

fn tell(lines: &[String]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match lines.iter().try_for_each(|line| writeln!(out, "{line}")) {
        // Whoever reads has seen enough (`| head`).
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::write("standard output", format!("it cannot be written ({error})"), "check where it leads"))
        }
        _ => Ok(()),
    }
}

/// What a grammar holds, a line a kind.
fn summary(grammar: &Grammar) -> Vec<String> {
    let mut lines = vec![format!("{}: sound; the family is `{}`", grammar.id, grammar.name)];
    lines.push(format!("titles: {}", grammar.titles.len()));
    let signs = grammar.signs.iter().map(|sign| {
        let place = if sign.place == SignPlace::Heading { "headings" } else { "lines" };
        format!("{} ({place}, at least {})", sign.id, sign.least)
    });
    lines.push(listed("signs", signs.collect()));
    lines.push(listed("scales", grammar.scales.iter().map(scale).collect()));
    let names = grammar.categories.iter().filter_map(|category| category.names.first().cloned());
    lines.push(listed("categories", names.collect()));
    let recuts = grammar
        .recuts
        .iter()
        .map(|recut| format!("{} into {} ({})", recut.from.join(" + "), recut.into.join(" + "), recut.edition));
    if !grammar.recuts.is_empty() {
        lines.push(listed("recuts", recuts.collect()));
    }
    for takes in READERS {
        let own: Vec<String> = grammar.rules(takes.reads).filter(|rule| rule.own).map(|rule| rule.id.clone()).collect();
        let shared = grammar.rules(takes.reads).filter(|rule| !rule.own).count();
        if own.is_empty() && shared == 0 {
            continue;
        }
        let more = if shared == 0 { String::new() } else { format!("; and {shared} of the language") };
        lines.push(format!("{}{more}", listed(&format!("reads {}", takes.id), own)));
    }
    lines
}

fn listed(what: &str, items: Vec<String>) -> String {
    let shown = if items.is_empty() { "none".to_owned() } else { items.join(", ") };
    format!("{what}: {shown}")
}

fn scale(scale: &ScaleDef) -> String {
    let name = if scale.id.is_empty() { "ratings" } else { &scale.id };
    let editions = match (scale.from, scale.to) {
        (Some(from), Some(to)) => format!(", editions {from}–{to}"),
        (Some(from), None) => format!(", from {from}"),
        (None, Some(to)) => format!(", to {to}"),
        (None, None) => String::new(),
    };
    format!("{name} ({} to {}, {} is best{editions})", scale.min, scale.max, scale.best)
}
