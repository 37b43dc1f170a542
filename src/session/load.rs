//! Files, folders and samples to loaded sources; the only place that reads them from disk.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use crate::{
    error::Error,
    facts::Dataset,
    reading::Reading,
    source::{Source, SourceId},
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

/// The files in the binary: name and bytes. The first is the built-in brief.
pub const SAMPLES: &[(&str, &[u8])] = &[];

/// Reads a file from disk. Can be cancelled; reports how far it is.
///
/// # Errors
/// Where the file is missing, a folder, empty, binary, too large, or of unknown type; and when cancelled.
pub fn load_path(path: &Path, id: SourceId, progress: &Progress) -> Result<Loaded, Error> {
    let _ = (id, progress);
    Err(Error::read(path.display().to_string(), "nothing reads this yet", "wait"))
}

/// Reads bytes under a file name.
///
/// # Errors
/// As `load_path`.
pub fn load_bytes(name: &str, bytes: &[u8], id: SourceId, progress: &Progress) -> Result<Loaded, Error> {
    let _ = (bytes, id, progress);
    Err(Error::read(name, "nothing reads this yet", "wait"))
}
