//! Charts to files on disk.

use std::{fs, path::Path};

use crate::{
    chart::Chart,
    error::Error,
    export::{Canvas, ENCODERS, encoder},
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
    // Through a temporary file beside it: a full disk must not leave half a picture under the name.
    let part = path.with_extension(format!("{ext}.part"));
    let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&part);
        Error::write(shown, error.to_string(), "choose another folder or name")
    })
}
