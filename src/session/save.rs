//! Charts and links to files on disk.

use std::{fs, path::Path};

use super::load::Loaded;
use crate::{
    chart::Chart,
    error::Error,
    export::{Canvas, ENCODERS, annotation, encoder},
    source::Source,
};

/// Draws a chart in the format that the path's extension names, on the same page as the command line's, and writes it.
///
/// # Errors
/// Where the extension names no format, or the file can't be written.
pub fn save_chart(chart: &Chart, sources: &[&Source], path: &Path) -> Result<(), Error> {
    let shown = path.display().to_string();
    let ext = path.extension().map(|ext| ext.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(encoder) = encoder(&ext) else {
        let known = ENCODERS.iter().map(|encoder| format!("`.{}`", encoder.ext)).collect::<Vec<_>>().join(", ");
        let what = if ext.is_empty() { "no format in its name".to_owned() } else { format!("no format `.{ext}`") };
        return Err(Error::write(shown, what, format!("end the name in one of {known}")));
    };
    let bytes = (encoder.encode)(chart, sources, &Canvas::default())?;
    write(path, &bytes)
}

/// Writes the links of a source as Web Annotations.
///
/// # Errors
/// Where the file can't be written.
pub fn save_links(loaded: &Loaded, path: &Path) -> Result<(), Error> {
    let links = annotation::links(&loaded.source, &loaded.dataset.facts);
    write(path, &annotation::encode(&[&loaded.source], &links)?)
}

/// Through a temporary file beside it: a full disk must not leave half a file under the name.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let ext = path.extension().map(|ext| ext.to_string_lossy().into_owned()).unwrap_or_default();
    let part = path.with_extension(format!("{ext}.part"));
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        Error::write(path.display().to_string(), error.to_string(), "choose another folder or name")
    })
}
