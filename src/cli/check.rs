//! `nisba check`: what each source says against itself, a row each.

use std::process::ExitCode;

use super::{
    Listing, place, read,
    rows::{Datum, write_rows},
};
use crate::{
    analysis::consistency::{self, Finding, Verdict},
    error::Error,
    session::load::{How, Loaded},
};

/// Exit code where something contradicts itself.
const CONTRADICTED: u8 = 1;

const COLUMNS: [&str; 9] =
    ["rule", "verdict", "statement", "arithmetic", "places", "source", "reconciled", "reconciled_places", "use"];

/// Lists the findings of files.
///
/// # Errors
/// Where the rows cannot be written. A file that cannot be read is said in a line; the rest goes on.
pub fn list(listing: &Listing, how: &How) -> Result<ExitCode, Error> {
    let (loaded, code) = read(&listing.input, how);
    let mut rows = Vec::new();
    let mut contradicted = false;
    for one in &loaded {
        let findings = consistency::check(&one.source, one.reading.as_ref(), &one.dataset);
        contradicted |= findings.iter().any(|finding| finding.verdict == Verdict::Contradiction);
        rows.extend(findings.iter().map(|finding| row(one, finding)));
    }
    write_rows(&COLUMNS, rows.into_iter(), listing.format)?;
    // A file that cannot be read weighs more: what it would have said is not known.
    Ok(if contradicted && code == ExitCode::SUCCESS { ExitCode::from(CONTRADICTED) } else { code })
}

fn row(one: &Loaded, finding: &Finding) -> Vec<Datum> {
    let places = |anchors: &[crate::source::Anchor]| {
        anchors.iter().map(|anchor| place(&one.source, anchor.place)).collect::<Vec<_>>().join("; ")
    };
    let (words, grounds) = match &finding.reconciled {
        Some(reading) => (reading.words.as_str(), places(&reading.places)),
        None => ("", String::new()),
    };
    vec![
        Datum::text(finding.rule),
        Datum::text(finding.verdict.label()),
        Datum::text(&finding.statement),
        Datum::text(&finding.arithmetic),
        Datum::text(&places(&finding.places)),
        Datum::text(&one.source.name),
        Datum::text(words),
        Datum::text(&grounds),
        // What `--use` takes to draw the statement that charts do not.
        Datum::text(finding.other.as_ref().map_or("", |other| &other.key)),
    ]
}
