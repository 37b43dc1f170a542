//! Files, folders and samples to loaded sources; the only place that reads them from disk.

use std::{
    io::{ErrorKind, Read},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
};

use crate::{
    analysis::consistency,
    error::Error,
    export::annotation::{self, Link},
    facts::{self, Dataset},
    format,
    reading::{self, Families, Reading},
    source::{Document, Source, SourceId},
};

/// Shared with the thread that reads: how far it is, and whether to stop.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    done: Arc<AtomicU64>,
    total: Arc<AtomicU64>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Asks the reader to stop; it answers `Error::Cancelled`.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// A stage of the work that follows the fetching, from one part of it to another: what hears how far the stage is,
    /// and answers whether to go on.
    pub(super) fn stage(&self, from: f32, to: f32) -> impl Fn(f32) -> bool {
        move |part| {
            let part = FETCHED + (1.0 - FETCHED) * (from + (to - from) * part);
            let total = self.total.load(Ordering::Relaxed) as f32;
            self.done.store((total * part) as u64, Ordering::Relaxed);
            !self.is_cancelled()
        }
    }

    /// From 0 to 1; 0 while the size is not known.
    pub fn fraction(&self) -> f32 {
        let total = self.total.load(Ordering::Relaxed);
        if total == 0 { 0.0 } else { self.done.load(Ordering::Relaxed) as f32 / total as f32 }
    }
}

/// A source that was read, with all that was found in it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The source.
    pub source: Source,
    /// How its prose was read; `None` for a table.
    pub reading: Option<Reading>,
    /// Its facts.
    pub dataset: Dataset,
}

/// How documents are read.
#[derive(Clone, Debug)]
pub struct How {
    /// The report families that are known.
    pub families: Arc<Families>,
    /// The family that is asked for; `None`: the one that a document is recognised to be of.
    pub family: Option<String>,
}

impl Default for How {
    fn default() -> Self {
        Self { families: Families::built_in(), family: None }
    }
}

/// The files in the binary: name and bytes. The first is the built-in brief.
pub const SAMPLES: &[(&str, &[u8])] = &[
    ("kazakhstan-2005.md", include_bytes!("../../data/kazakhstan-2005.md")),
    ("party-list-2004.csv", include_bytes!("../../data/party-list-2004.csv")),
    ("census-1959-2009.csv", include_bytes!("../../data/census-1959-2009.csv")),
    ("ratings-1997-2015.csv", include_bytes!("../../data/ratings-1997-2015.csv")),
];

/// The part of the work that fetching the bytes is.
const FETCHED: f32 = 0.1;
/// Of the rest: up to where the text is taken apart, and up to where its facts are found; then charts are drawn of them.
const PARSED: f32 = 0.25;
pub(super) const UNDERSTOOD: f32 = 0.7;
/// How many bytes are read between two looks at whether to stop.
const CHUNK: usize = 1 << 20;

/// Reads a file from disk, its family recognised. Can be cancelled; reports how far it is.
///
/// # Errors
/// Where the file is missing, a folder, empty, binary, too large, or of unknown type; and when cancelled.
pub fn load_path(path: &Path, id: SourceId, progress: &Progress) -> Result<Loaded, Error> {
    load_path_as(path, id, progress, &How::default())
}

/// Reads a file from disk in the way asked for.
///
/// # Errors
/// As `load_path`; and where there is no such family.
pub fn load_path_as(path: &Path, id: SourceId, progress: &Progress, how: &How) -> Result<Loaded, Error> {
    let shown = path.display().to_string();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_else(|| shown.clone());
    let bytes = read_bytes(path, &shown, progress)?;
    load(&shown, &name, &bytes, id, progress, how)
}

/// Reads bytes under a file name, their family recognised.
///
/// # Errors
/// As `load_path`.
pub fn load_bytes(name: &str, bytes: &[u8], id: SourceId, progress: &Progress) -> Result<Loaded, Error> {
    load_bytes_as(name, bytes, id, progress, &How::default())
}

/// Reads bytes under a file name in the way asked for.
///
/// # Errors
/// As `load_path_as`.
pub fn load_bytes_as(name: &str, bytes: &[u8], id: SourceId, progress: &Progress, how: &How) -> Result<Loaded, Error> {
    load(name, name, bytes, id, progress, how)
}

fn load(shown: &str, name: &str, bytes: &[u8], id: SourceId, progress: &Progress, how: &How) -> Result<Loaded, Error> {
    if let Some(id) = how.family.as_deref().filter(|id| how.families.by_id(id).is_none()) {
        return Err(Error::usage(format!("there is no report family `{id}`"), "`nisba grammar` lists them"));
    }
    let stopped = || progress.is_cancelled().then(|| Error::Cancelled { path: shown.to_owned() });
    // A file that looks broken where it was left off is not: it was left.
    let read = format::read(name, bytes, id, &progress.stage(0.0, PARSED));
    if let Some(cancelled) = stopped() {
        discard(read);
        return Err(cancelled);
    }
    let (source, mut diagnostics) = read.map_err(|error| error.at(shown))?;
    let understood = progress.stage(PARSED, UNDERSTOOD);
    let (reading, mut dataset) = match &source.document {
        Document::Report(blocks) => {
            let reading = reading::read(&source, blocks, &how.families, how.family.as_deref(), &understood);
            if let Some(cancelled) = stopped() {
                discard((source, reading));
                return Err(cancelled);
            }
            let mut dataset = facts::from_report(&source, &reading);
            dataset.alternatives = consistency::alternatives(&source, Some(&reading), &dataset);
            (Some(reading), dataset)
        }
        Document::Table(grids) => (None, facts::from_table(&source, grids, &how.families, &understood)),
    };
    if let Some(cancelled) = stopped() {
        discard((source, reading, dataset));
        return Err(cancelled);
    }
    diagnostics.append(&mut dataset.diagnostics);
    dataset.diagnostics = diagnostics;
    Ok(Loaded { source, reading, dataset })
}

/// Gives back the memory of what nobody waits for any more: of millions of pieces that takes longer than a reader should
/// wait for the answer to Cancel.
pub(super) fn discard<T: Send + 'static>(unwanted: T) {
    thread::spawn(move || drop(unwanted));
}

/// Reads a file of saved links.
///
/// # Errors
/// Where the file is missing, a folder or too large, is no JSON, or holds no link.
pub fn read_links(path: &Path) -> Result<Vec<Link>, Error> {
    let shown = path.display().to_string();
    annotation::decode(&shown, &read_bytes(path, &shown, &Progress::default())?)
}

fn read_bytes(path: &Path, shown: &str, progress: &Progress) -> Result<Vec<u8>, Error> {
    let failed = |error: &std::io::Error| match error.kind() {
        ErrorKind::NotFound => Error::read(shown, "there is no such file", "check the path"),
        ErrorKind::PermissionDenied => Error::read(shown, "it may not be read", "ask for the right to read it"),
        _ => Error::read(shown, format!("it cannot be read ({error})"), "check the disk and the path"),
    };
    let meta = std::fs::metadata(path).map_err(|error| failed(&error))?;
    if meta.is_dir() {
        return Err(Error::read(shown, "this is a folder", "choose a file in it"));
    }
    if meta.len() > format::MAX_BYTES {
        let what =
            format!("the file has {} MB; the most that is read is {} MB", meta.len() >> 20, format::MAX_BYTES >> 20);
        return Err(Error::read(shown, what, "split it"));
    }
    progress.total.store(meta.len(), Ordering::Relaxed);
    let mut file = std::fs::File::open(path).map_err(|error| failed(&error))?;
    let mut bytes = Vec::new();
    loop {
        if progress.is_cancelled() {
            return Err(Error::Cancelled { path: shown.to_owned() });
        }
        let read =
            Read::by_ref(&mut file).take(CHUNK as u64).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
        progress.done.fetch_add((read as f32 * FETCHED) as u64, Ordering::Relaxed);
        if read == 0 {
            return Ok(bytes);
        }
        if bytes.len() as u64 > format::MAX_BYTES {
            return Err(Error::read(shown, "the file grew past what is read", "split it"));
        }
    }
}
