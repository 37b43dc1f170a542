//! `nisba links`: the links of documents as Web Annotations, and what became of saved ones.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;

use super::{
    Listing, READ_OR_USAGE, place, read,
    rows::{Datum, write_rows},
    say,
};
use crate::{
    error::Error,
    export::annotation::{self, Link},
    session::load::{How, Loaded, read_links},
    source::{Place, Resolution, Source},
};

#[derive(Args)]
pub(super) struct Linking {
    #[command(flatten)]
    listing: Listing,
    /// Where to write the links, a file of Web Annotations (JSON-LD); without it, to standard output.
    #[arg(short = 'o', long = "output", value_name = "OUT", conflicts_with = "check")]
    output: Option<PathBuf>,
    /// A file of links: say of each what became of it in FILE.
    #[arg(long, value_name = "LINKS")]
    check: Option<PathBuf>,
}

/// Writes the links of documents, or follows saved ones in them.
///
/// # Errors
/// Where the file of links cannot be read, or the output cannot be written.
pub(super) fn run(linking: &Linking, how: &How) -> Result<ExitCode, Error> {
    match &linking.check {
        Some(path) => {
            let links = read_links(path)?;
            let (loaded, code) = read(&linking.listing.input, how);
            check(&links, &loaded, linking, code)
        }
        None => {
            let (loaded, code) = read(&linking.listing.input, how);
            write(&loaded, linking, code)
        }
    }
}

fn write(loaded: &[Loaded], linking: &Linking, code: ExitCode) -> Result<ExitCode, Error> {
    if loaded.is_empty() {
        return Ok(code);
    }
    let sources: Vec<&Source> = loaded.iter().map(|one| &one.source).collect();
    let links: Vec<Link> = loaded.iter().flat_map(|one| annotation::links(&one.source, &one.dataset.facts)).collect();
    if links.is_empty() {
        say("these files state no fact to link to; `nisba figures FILE` shows what was read");
    }
    let bytes = annotation::encode(&sources, &links)?;
    match &linking.output {
        Some(path) => std::fs::write(path, bytes).map_err(|error| {
            let what = format!("it cannot be written ({error})");
            Error::write(path.display().to_string(), what, "choose another place")
        })?,
        None => match io::stdout().lock().write_all(&bytes) {
            // Whoever reads has seen enough (`| head`).
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                let what = format!("it cannot be written ({error})");
                return Err(Error::write("standard output", what, "check where it leads"));
            }
            _ => {}
        },
    }
    Ok(code)
}

const COLUMNS: [&str; 10] = ["id", "status", "start", "end", "text", "was", "label", "source", "place", "places"];

fn check(links: &[Link], loaded: &[Loaded], linking: &Linking, code: ExitCode) -> Result<ExitCode, Error> {
    let mut rows = Vec::new();
    let mut followed = 0;
    for one in loaded {
        let own = annotation::of_source(links, &one.source);
        let answers = annotation::follow(&own, &one.source);
        followed += own.len();
        rows.extend(own.iter().zip(&answers).map(|(link, answer)| row(link, answer, &one.source)));
    }
    if followed < links.len() && !loaded.is_empty() {
        let left = links.len() - followed;
        say(&format!("note: {left} of {} links lead to other files; name those files too", links.len()));
    }
    let none = followed == 0 && !loaded.is_empty();
    write_rows(&COLUMNS, rows.into_iter(), linking.listing.format)?;
    Ok(if none { ExitCode::from(READ_OR_USAGE) } else { code })
}

fn row(link: &Link, answer: &Resolution, source: &Source) -> Vec<Datum> {
    let here = answer.place();
    let (start, end) = match here {
        Some(Place::Text(span)) => (Datum::count(span.start), Datum::count(span.end)),
        _ => (Datum::number(None), Datum::number(None)),
    };
    let places = match answer {
        Resolution::Ambiguous(places) => places.iter().map(|at| place(source, *at)).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    };
    vec![
        Datum::text(&link.id),
        Datum::text(answer.label()),
        start,
        end,
        Datum::text(here.and_then(|place| source.words(place)).unwrap_or_default()),
        Datum::text(&link.selector.exact),
        Datum::text(&link.label),
        Datum::text(&source.name),
        Datum::text(&here.map(|at| place(source, at)).unwrap_or_default()),
        Datum::text(&places),
    ]
}
