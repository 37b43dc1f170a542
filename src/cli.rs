//! The command line: the same calls as the window, without it.

mod answers;
mod apportion;
mod check;
mod families;
mod figures;
mod links;
mod rows;

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::{
    chart::{self, Chart, tokens::Theme},
    error::{Diagnostic, Error, Severity},
    export::{self, Canvas, ENCODERS, Encoder},
    facts::{Dataset, Fact},
    format,
    reading::FigureStatus,
    session::{
        grammars,
        load::{self, How, Loaded, Progress},
    },
    source::{Document, Place, Source, SourceId},
};
use answers::Answers;
use rows::{Datum, write_rows};

const READ_OR_USAGE: u8 = 2;

/// Charts the figures of country reports, each mark tied to the words that state it.
#[derive(Parser)]
#[command(name = "nisba", version, about, subcommand_precedence_over_arg = true)]
struct Cli {
    /// Files to open in the window; none opens the built-in brief.
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: ReadingChoices,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Every numeral in each document, one row each, and how it was read.
    Figures(Listing),
    /// The typed facts, from prose and from tables, one row each.
    Facts(Listing),
    /// What each document says against itself; the exit code is 1 where something contradicts itself.
    Check(Listing),
    /// The seats of each list under every rule, and which rules give the reported seats.
    Apportion(apportion::Apportioning),
    /// The charts these files allow; with `-d`, draw them all.
    Charts(Gallery),
    /// Draw one chart; the extension of OUT names the format.
    Chart(Single),
    /// The links of documents as Web Annotations (JSON-LD); with `--check`, what became of saved ones.
    Links(links::Linking),
    /// Check a grammar and say what it holds; without FILE, list the report families.
    Grammar(families::Checking),
}

/// How documents are read; goes with every call.
#[derive(Args)]
struct ReadingChoices {
    /// Read reports as of this family, whatever they look like; `nisba grammar` lists the ids.
    #[arg(long, global = true, value_name = "ID")]
    family: Option<String>,
    /// A folder of report families of your own; else NISBA_GRAMMARS, else `nisba/grammars` where settings lie.
    #[arg(long, global = true, value_name = "DIR")]
    grammars: Option<PathBuf>,
}

#[derive(Args)]
struct Gallery {
    #[command(flatten)]
    listing: Listing,
    /// Draw all charts into this folder.
    #[arg(short = 'd', long = "dir", value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The formats to draw: svg, png, pdf, json.
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "svg", requires = "folder")]
    formats: Vec<String>,
    #[command(flatten)]
    answers: Answers,
    #[command(flatten)]
    drawing: Drawing,
}

#[derive(Args)]
struct Single {
    /// The chart's id; `nisba charts FILE` lists them.
    id: String,
    #[command(flatten)]
    input: Input,
    /// Where to write it: a name that ends in .svg, .png, .pdf or .json.
    #[arg(short = 'o', long = "output", value_name = "OUT")]
    output: PathBuf,
    #[command(flatten)]
    answers: Answers,
    #[command(flatten)]
    drawing: Drawing,
}

#[derive(Args)]
struct Drawing {
    /// Width and height in px, such as 1200x675.
    #[arg(long, value_name = "WxH", conflicts_with = "preset")]
    size: Option<String>,
    /// Pixels of an image for every px.
    #[arg(long, value_name = "N", default_value_t = 1.0)]
    scale: f32,
    /// A named size.
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// Light or dark.
    #[arg(long, value_enum, default_value_t = ThemeName::Light)]
    theme: ThemeName,
}

#[derive(Clone, Copy, ValueEnum)]
enum ThemeName {
    /// Ink on paper.
    Light,
    /// Light on dark.
    Dark,
}

/// Named sizes, px.
const PRESETS: &[(&str, (u32, u32))] =
    &[("wide", (1200, 675)), ("square", (1080, 1080)), ("portrait", (1080, 1350)), ("slide", (1920, 1080))];
/// The least and most that a page or a scale may be.
const SIDE_PX: (u32, u32) = (320, 8000);
const SCALES: (f32, f32) = (0.25, 8.0);

#[derive(Args)]
struct Input {
    /// Files to read; `-` is standard input.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// What standard input is: csv, txt, md …
    #[arg(long = "as", value_name = "TYPE")]
    input_type: Option<String>,
}

#[derive(Args)]
struct Listing {
    #[command(flatten)]
    input: Input,
    /// How rows are written.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Comma-separated, with a header.
    Csv,
    /// An array of objects.
    Json,
}

/// What the window opens on.
#[derive(Debug)]
pub struct Opening {
    /// Files; none for the built-in brief.
    pub files: Vec<PathBuf>,
    /// How they are read.
    pub how: How,
    /// What was wrong with a reader's own grammars.
    pub troubles: Vec<String>,
}

/// Opens the window.
pub type Window = fn(Opening) -> Result<(), Error>;

/// Runs the program on its arguments; `window` opens the window.
pub fn main(window: Window) -> ExitCode {
    let cli = Cli::parse();
    let folder = grammars::folder(cli.reading.grammars.as_deref());
    if let Some(error) = folder.as_ref().filter(|(_, asked)| *asked).and_then(|(folder, _)| grammars::fault(folder)) {
        return end(Err(error));
    }
    let (how, troubles) = grammars::load(folder, cli.reading.family);
    let Some(command) = cli.command else {
        // Where not one of the files is there the window would have nothing to show; a mistyped command looks so.
        if let (Some(first), false) = (cli.files.first(), cli.files.iter().any(|file| file.exists())) {
            let hint = "check the path, or the name of the command: `nisba --help` lists them";
            return end(Err(Error::read(
                first.display().to_string(),
                "there is no such file, and no such command",
                hint,
            )));
        }
        return end(window(Opening { files: cli.files, how, troubles }).map(|()| ExitCode::SUCCESS));
    };
    troubles.iter().for_each(|trouble| say(trouble));
    if let Some(file) = cli.files.first() {
        let what = format!("`{}` stands before the name of what is to be done", file.display());
        return end(Err(Error::usage(what, "name files behind it: `nisba facts FILE…`")));
    }
    end(match command {
        Command::Figures(listing) => figures::list(&listing, &how),
        Command::Facts(listing) => facts(&listing, &how),
        Command::Check(listing) => check::list(&listing, &how),
        Command::Apportion(apportioning) => apportion::run(&apportioning, &how),
        Command::Charts(gallery) => charts(&gallery, &how),
        Command::Chart(single) => chart(&single, &how),
        Command::Links(linking) => links::run(&linking, &how),
        Command::Grammar(checking) => families::run(&checking, &how.families),
    })
}

fn end(done: Result<ExitCode, Error>) -> ExitCode {
    match done {
        Ok(code) => code,
        Err(error) => {
            say(&error.to_string());
            ExitCode::from(READ_OR_USAGE)
        }
    }
}

fn say(line: &str) {
    // A closed standard error is nobody's loss.
    let _ = writeln!(io::stderr(), "nisba: {line}");
}

// ── Reading ──

/// Reads the files; what can't be read is said, and the rest goes on.
fn read(input: &Input, how: &How) -> (Vec<Loaded>, ExitCode) {
    let mut loaded = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for path in &input.files {
        let id = SourceId(u32::try_from(loaded.len()).unwrap_or(u32::MAX));
        match read_one(path, input.input_type.as_deref(), id, how) {
            Ok(one) => {
                notes(&one.source.name, &one.dataset.diagnostics).iter().for_each(|line| say(line));
                loaded.push(one);
            }
            Err(error) => {
                say(&error.to_string());
                code = ExitCode::from(READ_OR_USAGE);
            }
        }
    }
    (loaded, code)
}

fn read_one(path: &Path, input_type: Option<&str>, id: SourceId, how: &How) -> Result<Loaded, Error> {
    if path != Path::new("-") {
        return load::load_path_as(path, id, &Progress::default(), how);
    }
    let Some(extension) = input_type else {
        return Err(Error::usage("standard input has no type", "add `--as txt`, `--as md` or `--as csv`"));
    };
    let mut bytes = Vec::new();
    io::stdin()
        .take(format::MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::read("-", format!("standard input cannot be read ({error})"), "check the pipe"))?;
    load::load_bytes_as(&format!("stdin.{extension}"), &bytes, id, &Progress::default(), how)
}

/// What was odd in a source, a line each.
fn notes(name: &str, diagnostics: &[Diagnostic]) -> Vec<String> {
    let line = |diagnostic: &Diagnostic| {
        let grade = match diagnostic.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
        };
        format!("{name}: {grade}: {}; {}", diagnostic.message, diagnostic.hint)
    };
    diagnostics.iter().map(line).collect()
}

// ── Listings ──

fn facts(listing: &Listing, how: &How) -> Result<ExitCode, Error> {
    let (loaded, code) = read(&listing.input, how);
    let rows = loaded.iter().flat_map(|one| one.dataset.facts.iter().map(|fact| fact_row(one, fact)));
    write_rows(&FACT_COLUMNS, rows, listing.format)?;
    Ok(code)
}

const FACT_COLUMNS: [&str; 14] = [
    "kind",
    "subject",
    "period",
    "value",
    "value_max",
    "unit",
    "tier",
    "country",
    "edition",
    "status",
    "detail",
    "source",
    "place",
    "text",
];

fn fact_row(one: &Loaded, fact: &Fact) -> Vec<Datum> {
    vec![
        Datum::text(&fact.kind),
        Datum::text(&fact.subject),
        Datum::text(&fact.period),
        Datum::number(fact.value),
        Datum::number(fact.value_max),
        Datum::text(&fact.unit),
        Datum::text(&fact.tier),
        Datum::text(&fact.country),
        Datum::text(&fact.edition),
        Datum::text(fact.status.label()),
        Datum::text(&details(&fact.detail)),
        Datum::text(&one.source.name),
        Datum::text(&place(&one.source, fact.anchor.place)),
        Datum::text(&fact.text),
    ]
}

/// `START-END` in a text, `SHEET!R12C4` in a table, rows and columns counted from 1.
fn place(source: &Source, place: Place) -> String {
    match place {
        Place::Text(span) => format!("{}-{}", span.start, span.end),
        Place::Cell { table, row, column } => {
            let sheet = match &source.document {
                Document::Table(grids) => grids.get(table as usize).map_or("", |grid| grid.name.as_str()),
                Document::Report(_) => "",
            };
            format!("{sheet}!R{}C{}", row + 1, column + 1)
        }
    }
}

fn details(detail: &[(String, String)]) -> String {
    detail.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("; ")
}

// ── Charts ──

/// Everything that was read, as one dataset; says what editions could not be joined.
fn merged(loaded: &[Loaded]) -> (Dataset, Vec<&Source>) {
    let mut dataset = Dataset::default();
    for one in loaded {
        dataset.extend(one.dataset.clone());
    }
    for note in dataset.join_editions() {
        say(&format!("note: {}; {}", note.message, note.hint));
    }
    (dataset, loaded.iter().map(|one| &one.source).collect())
}

fn hashes(sources: &[&Source]) -> Vec<(SourceId, [u8; 32])> {
    sources.iter().map(|source| (source.id, source.sha256)).collect()
}

const SHOW_READ: &str = "`nisba figures FILE` shows what was read";

/// Why nothing can be drawn, as far as it is known.
fn why_none(loaded: &[Loaded]) -> String {
    let mut reasons = chart::obstacles(loaded.iter().map(|one| &one.dataset));
    let figures = loaded.iter().filter_map(|one| one.reading.as_ref()).flat_map(|reading| &reading.figures);
    let unknown = figures.filter(|figure| figure.status == FigureStatus::Unknown).count();
    if unknown > 0 {
        let noun = if unknown == 1 { "number is" } else { "numbers are" };
        reasons.push(format!("{unknown} {noun} read by no rule"));
    }
    format!(": {}", reasons.join("; "))
}

fn charts(gallery: &Gallery, how: &How) -> Result<ExitCode, Error> {
    let canvas = canvas(&gallery.drawing)?;
    let encoders = gallery.formats.iter().map(|format| encoder_of(format)).collect::<Result<Vec<_>, _>>()?;
    let (loaded, code) = read(&gallery.listing.input, how);
    let (dataset, sources) = merged(&loaded);
    let asked = gallery.answers.say_what_is_asked(&dataset);
    let mut drawn = chart::all(&dataset, &hashes(&sources));
    // A list names every answer; what is drawn needs one.
    if gallery.folder.is_some() || asked == 0 {
        drawn.retain(|(spec, _)| gallery.answers.is_chosen(spec));
    }
    let mut charts = Vec::new();
    for (spec, chart) in drawn {
        let using = gallery.answers.using(&dataset, spec.clone())?;
        charts.extend(if using == spec { Some(chart) } else { chart::build(&dataset, &hashes(&sources), &using) });
    }
    if charts.is_empty() && asked == 0 && !loaded.is_empty() {
        say(&format!("these files allow no chart{}; {SHOW_READ}", why_none(&loaded)));
    }
    let Some(folder) = &gallery.folder else {
        let rows = charts
            .iter()
            .map(|chart| vec![Datum::text(&chart.id), Datum::text(&chart.title), Datum::count(chart.marks.len())]);
        write_rows(&["id", "title", "marks"], rows, gallery.listing.format)?;
        return Ok(code);
    };
    let shown = folder.display().to_string();
    std::fs::create_dir_all(folder)
        .map_err(|error| Error::write(shown, format!("the folder cannot be made ({error})"), "choose another"))?;
    for encoder in encoders {
        for chart in &charts {
            write_chart(chart, &sources, encoder, &canvas, &folder.join(format!("{}.{}", chart.id, encoder.ext)))?;
        }
    }
    Ok(if asked > 0 { ExitCode::from(READ_OR_USAGE) } else { code })
}

fn chart(single: &Single, how: &How) -> Result<ExitCode, Error> {
    let canvas = canvas(&single.drawing)?;
    let extension = single.output.extension().map(|ext| ext.to_string_lossy().into_owned()).unwrap_or_default();
    let encoder = encoder_of(&extension).map_err(|error| match error {
        Error::Usage { what, hint } => Error::write(single.output.display().to_string(), what, hint),
        other => other,
    })?;
    let (loaded, code) = read(&single.input, how);
    if loaded.is_empty() {
        return Ok(code);
    }
    let (dataset, sources) = merged(&loaded);
    let spec = chart::spec_of(&single.id, &dataset).map(|spec| single.answers.apply(&dataset, spec)).transpose()?;
    let Some(chart) = spec.and_then(|spec| chart::build(&dataset, &hashes(&sources), &spec)) else {
        let ids: Vec<String> = chart::offers(&dataset)
            .iter()
            .filter_map(|spec| chart::id_of(spec, &dataset))
            .map(|id| format!("`{id}`"))
            .collect();
        let hint = if ids.is_empty() {
            format!("they allow none at all{}; {SHOW_READ}", why_none(&loaded))
        } else {
            format!("they allow {}", ids.join(", "))
        };
        return Err(Error::usage(format!("these files allow no chart `{}`", single.id), hint));
    };
    write_chart(&chart, &sources, encoder, &canvas, &single.output)?;
    Ok(code)
}

fn encoder_of(extension: &str) -> Result<&'static Encoder, Error> {
    export::encoder(extension.trim()).ok_or_else(|| {
        let known: Vec<&str> = ENCODERS.iter().map(|encoder| encoder.ext).collect();
        Error::usage(
            format!("`{extension}` is no format that charts are written in"),
            format!("use {}", known.join(", ")),
        )
    })
}

fn canvas(drawing: &Drawing) -> Result<Canvas, Error> {
    let theme = match drawing.theme {
        ThemeName::Light => Theme::Light,
        ThemeName::Dark => Theme::Dark,
    };
    let (width, height) = match (&drawing.size, &drawing.preset) {
        (Some(size), _) => parse_size(size)?,
        (None, Some(name)) => {
            PRESETS.iter().find(|(known, _)| known == name).map(|(_, size)| *size).ok_or_else(|| {
                let known: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).collect();
                Error::usage(format!("there is no preset `{name}`"), format!("use {}", known.join(", ")))
            })?
        }
        (None, None) => (Canvas::default().width, Canvas::default().height),
    };
    if !(SCALES.0..=SCALES.1).contains(&drawing.scale) {
        return Err(Error::usage(
            format!("the scale {} is out of range", drawing.scale),
            format!("use {} to {}", SCALES.0, SCALES.1),
        ));
    }
    Ok(Canvas { width, height, scale: drawing.scale, theme })
}

fn parse_size(size: &str) -> Result<(u32, u32), Error> {
    let parts =
        size.split_once(['x', 'X', '×']).and_then(|(w, h)| Some((w.trim().parse().ok()?, h.trim().parse().ok()?)));
    parts.filter(|(w, h)| [w, h].iter().all(|side| (SIDE_PX.0..=SIDE_PX.1).contains(*side))).ok_or_else(|| {
        Error::usage(
            format!("`{size}` is no size that can be drawn"),
            format!("give width and height in px, such as 1200x675, each {} to {}", SIDE_PX.0, SIDE_PX.1),
        )
    })
}

fn write_chart(
    chart: &Chart,
    sources: &[&Source],
    encoder: &Encoder,
    canvas: &Canvas,
    path: &Path,
) -> Result<(), Error> {
    let bytes = (encoder.encode)(chart, sources, canvas)?;
    std::fs::write(path, bytes).map_err(|error| {
        Error::write(path.display().to_string(), format!("it cannot be written ({error})"), "choose another place")
    })
}
