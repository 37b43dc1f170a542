//! Charts to files on disk.

use std::path::Path;

use crate::{chart::Chart, error::Error};

/// Draws a chart in the format that the path's extension names, and writes it.
///
/// # Errors
/// Where the extension names no format, or the file can't be written.
pub fn save_chart(chart: &Chart, path: &Path) -> Result<(), Error> {
    let _ = chart;
    Err(Error::write(path.display().to_string(), "nothing writes this yet", "wait"))
}
