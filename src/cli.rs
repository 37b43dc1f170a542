//! The command line: the same calls as the window, without it.

use std::{
    io::{self, Read, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};
use serde_json::{Map, Number, Value};

use crate::{
    chart::{self, Chart, ChartSpec, tokens::Theme},
    error::{Diagnostic, Error, Severity},
    export::{self, Canvas, ENCODERS, Encoder},
    facts::{Dataset, Fact},
    format,
    reading::Figure,
    session::load::{self, Loaded, Progress},
    source::{Decimal, Document, Place, Source, SourceId},
};

const READ_OR_USAGE: u8 = 2;

/// Charts the figures of country reports, each mark tied to the words that state it.
#[derive(Parser)]
#[command(name = "nisba", version, about, args_conflicts_with_subcommands = true)]
struct Cli {
    /// Files to open in the window; none opens the built-in brief.
    files: Vec<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Every numeral in each document, one row each, and how it was read.
    Figures(Listing),
    /// The typed facts, from prose and from tables, one row each.
    Facts(Listing),
    /// The charts these files allow; with `-d`, draw them all.
    Charts(Gallery),
    /// Draw one chart; the extension of OUT names the format.
    Chart(Single),
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

/// Opens the window on files.
pub type Window = fn(Vec<PathBuf>) -> Result<(), Error>;

/// Runs the program on its arguments; `window` opens the window.
pub fn main(window: Window) -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None => window(cli.files).map(|()| ExitCode::SUCCESS),
        Some(Command::Figures(listing)) => figures(&listing),
        Some(Command::Facts(listing)) => facts(&listing),
        Some(Command::Charts(gallery)) => charts(&gallery),
        Some(Command::Chart(single)) => chart(&single),
    };
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
fn read(input: &Input, folders: bool) -> (Vec<Loaded>, ExitCode) {
    let mut loaded = Vec::new();
    let mut code = ExitCode::SUCCESS;
    for path in &input.files {
        let paths = if folders && path.is_dir() { walk(path) } else { Ok(vec![path.clone()]) };
        let paths = paths.unwrap_or_else(|error| {
            say(&error.to_string());
            code = ExitCode::from(READ_OR_USAGE);
            Vec::new()
        });
        for path in paths {
            let id = SourceId(u32::try_from(loaded.len()).unwrap_or(u32::MAX));
            match read_one(&path, input.input_type.as_deref(), id) {
                Ok(one) => {
                    report(&one.source.name, &one.dataset.diagnostics);
                    loaded.push(one);
                }
                Err(error) => {
                    say(&error.to_string());
                    code = ExitCode::from(READ_OR_USAGE);
                }
            }
        }
    }
    (loaded, code)
}

fn read_one(path: &Path, input_type: Option<&str>, id: SourceId) -> Result<Loaded, Error> {
    if path != Path::new("-") {
        return load::load_path(path, id, &Progress::default());
    }
    let Some(extension) = input_type else {
        return Err(Error::usage("standard input has no type", "add `--as txt`, `--as md` or `--as csv`"));
    };
    let mut bytes = Vec::new();
    io::stdin()
        .take(format::MAX_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::read("-", format!("standard input cannot be read ({error})"), "check the pipe"))?;
    load::load_bytes(&format!("stdin.{extension}"), &bytes, id, &Progress::default())
}

/// The readable files of a folder and its subfolders, in the order of their paths.
fn walk(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let failed = |error: io::Error| {
        Error::read(folder.display().to_string(), format!("the folder cannot be read ({error})"), "check the path")
    };
    let mut files = Vec::new();
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).map_err(failed)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    entries.sort();
    for path in entries {
        // Links are not followed: they may lead back.
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            files.extend(walk(&path)?);
        } else if path.file_name().is_some_and(|name| format::is_readable_name(&name.to_string_lossy())) {
            files.push(path);
        }
    }
    Ok(files)
}

fn report(name: &str, diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        let grade = match diagnostic.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
        };
        say(&format!("{name}: {grade}: {}; {}", diagnostic.message, diagnostic.hint));
    }
}

// ── Listings ──

fn figures(listing: &Listing) -> Result<ExitCode, Error> {
    let (loaded, code) = read(&listing.input, true);
    for one in loaded.iter().filter(|one| one.reading.is_none()) {
        say(&format!("{}: this is a table; `nisba facts` lists what it states", one.source.name));
    }
    let rows = loaded.iter().flat_map(|one| {
        let figures = one.reading.iter().flat_map(|reading| &reading.figures);
        figures.map(|figure| figure_row(one, figure))
    });
    write_rows(&FIGURE_COLUMNS, rows, listing.format)?;
    Ok(code)
}

const FIGURE_COLUMNS: [&str; 15] = [
    "source",
    "section",
    "paragraph",
    "start",
    "end",
    "text",
    "value",
    "value_max",
    "unit",
    "status",
    "kind",
    "subject",
    "period",
    "detail",
    "form",
];

fn figure_row(one: &Loaded, figure: &Figure) -> Vec<Datum> {
    let paragraph = one.reading.as_ref().and_then(|reading| reading.paragraphs.get(figure.paragraph));
    let section = paragraph.and_then(|p| one.reading.as_ref()?.sections.get(p.section));
    vec![
        Datum::text(&one.source.name),
        Datum::text(section.map_or("", |section| &section.heading)),
        Datum::count(paragraph.map_or(0, |p| p.number as usize)),
        Datum::count(figure.span.start),
        Datum::count(figure.span.end),
        Datum::text(figure.span.of(&one.source.text).unwrap_or_default()),
        Datum::number(figure.value),
        Datum::number(figure.value_max),
        Datum::text(&figure.unit),
        Datum::text(figure.status.label()),
        Datum::text(&figure.kind),
        Datum::text(&figure.subject),
        Datum::text(&figure.period),
        Datum::text(&details(&figure.detail)),
        Datum::text(match figure.form {
            crate::reading::Form::Digits => "digits",
            crate::reading::Form::Words => "words",
        }),
    ]
}

fn facts(listing: &Listing) -> Result<ExitCode, Error> {
    let (loaded, code) = read(&listing.input, false);
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

fn draw(dataset: &Dataset, sources: &[&Source], spec: &ChartSpec) -> Option<Chart> {
    let hashes: Vec<(SourceId, [u8; 32])> = sources.iter().map(|source| (source.id, source.sha256)).collect();
    chart::build(dataset, &hashes, spec)
}

fn charts(gallery: &Gallery) -> Result<ExitCode, Error> {
    let canvas = canvas(&gallery.drawing)?;
    let encoders = gallery.formats.iter().map(|format| encoder_of(format)).collect::<Result<Vec<_>, _>>()?;
    let (loaded, code) = read(&gallery.listing.input, false);
    let (dataset, sources) = merged(&loaded);
    let charts: Vec<Chart> = chart::offers(&dataset).iter().filter_map(|spec| draw(&dataset, &sources, spec)).collect();
    if charts.is_empty() && !loaded.is_empty() {
        say("these files allow no chart; `nisba figures FILE` shows what was read");
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
    Ok(code)
}

fn chart(single: &Single) -> Result<ExitCode, Error> {
    let canvas = canvas(&single.drawing)?;
    let extension = single.output.extension().map(|ext| ext.to_string_lossy().into_owned()).unwrap_or_default();
    let encoder = encoder_of(&extension).map_err(|error| match error {
        Error::Usage { what, hint } => Error::write(single.output.display().to_string(), what, hint),
        other => other,
    })?;
    let (loaded, code) = read(&single.input, false);
    if loaded.is_empty() {
        return Ok(code);
    }
    let (dataset, sources) = merged(&loaded);
    let drawn = chart::spec_of(&single.id, &dataset).and_then(|spec| draw(&dataset, &sources, &spec));
    let Some(chart) = drawn else {
        let ids: Vec<String> = chart::offers(&dataset)
            .iter()
            .filter_map(|spec| chart::id_of(spec, &dataset))
            .map(|id| format!("`{id}`"))
            .collect();
        let hint = if ids.is_empty() {
            "these files allow no chart; `nisba figures FILE` shows what was read".to_owned()
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

/// A cell of a listing.
enum Datum {
    Text(String),
    Number(Option<Decimal>),
}

impl Datum {
    fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn number(value: Option<Decimal>) -> Self {
        Self::Number(value)
    }

    fn count(n: usize) -> Self {
        Self::Number(Some(Decimal::from(n)))
    }

    fn plain(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(value) => value.map(|value| value.to_string()).unwrap_or_default(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Self::Text(text) => Value::String(text.clone()),
            Self::Number(value) => {
                value.and_then(|value| value.to_string().parse::<Number>().ok()).map_or(Value::Null, Value::Number)
            }
        }
    }
}

fn write_rows(columns: &[&str], rows: impl Iterator<Item = Vec<Datum>>, format: Format) -> Result<(), Error> {
    let written = match format {
        Format::Csv => write_csv(columns, rows),
        Format::Json => write_json(columns, rows),
    };
    match written {
        // Whoever reads has seen enough (`| head`).
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            Err(Error::write("standard output", format!("it cannot be written ({error})"), "check where it leads"))
        }
        Ok(()) => Ok(()),
    }
}

fn write_csv(columns: &[&str], rows: impl Iterator<Item = Vec<Datum>>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(io::stdout().lock());
    writer.write_record(columns).map_err(as_io)?;
    for row in rows {
        writer.write_record(row.iter().map(Datum::plain)).map_err(as_io)?;
    }
    writer.flush()
}

fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn write_json(columns: &[&str], rows: impl Iterator<Item = Vec<Datum>>) -> io::Result<()> {
    let object = |row: Vec<Datum>| {
        let pairs = columns.iter().zip(row).map(|(column, datum)| ((*column).to_owned(), datum.json()));
        Value::Object(pairs.collect::<Map<_, _>>())
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &Value::Array(rows.map(object).collect()))?;
    writeln!(out)
}
