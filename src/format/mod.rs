//! Bytes to documents: which reader takes a file, and what is refused before any does.

mod decode;
mod layout;
mod table;

pub(crate) use layout::{is_absent, trailing_values};

use crate::{
    error::{Diagnostic, Error},
    source::{Document, Source, SourceId},
};

/// A file format Nisba reads.
pub struct Reader {
    /// Its name in the file dialog: `Reports`.
    pub name: &'static str,
    /// File extensions, lower case.
    pub extensions: &'static [&'static str],
    /// Whether what it reads is prose: `nisba figures` looks for such files in a folder.
    pub is_prose: bool,
    /// Text and extension to a document, with what was odd.
    read: fn(&Request) -> Read,
}

/// A document and what was odd in it.
type Read = Result<(Document, Vec<Diagnostic>), Error>;

/// What a reader is given.
struct Request<'a> {
    name: &'a str,
    extension: &'a str,
    id: SourceId,
    text: &'a str,
    /// Hears how far the reading is, from 0 to 1, and answers whether to go on.
    tell: &'a dyn Fn(f32) -> bool,
}

/// Every format, in the order of the dialog's filter.
pub const READERS: &[Reader] = &[
    Reader { name: "Reports", extensions: &["txt", "text", "md", "markdown"], is_prose: true, read: layout::read },
    Reader { name: "Tables", extensions: &["csv", "tsv"], is_prose: false, read: table::read },
];

/// The largest file that is read, in bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// Every extension that is read, for messages and dialogs.
pub fn extensions() -> Vec<&'static str> {
    READERS.iter().flat_map(|reader| reader.extensions.iter().copied()).collect()
}

/// Every extension of a report.
pub fn report_extensions() -> Vec<&'static str> {
    READERS.iter().filter(|reader| reader.is_prose).flat_map(|reader| reader.extensions.iter().copied()).collect()
}

/// Whether a file of this name would be read as a report.
pub fn is_report_name(name: &str) -> bool {
    extension(name).is_some_and(|extension| report_extensions().contains(&extension.as_str()))
}

/// Reads a file's bytes under its name, whose extension chooses the reader. `tell` hears how far it is, from 0 to 1, and
/// answers whether to go on; where it answers no, what is returned is not whole.
///
/// # Errors
/// Where the bytes are empty or binary, or the extension is unknown.
pub fn read(
    name: &str,
    bytes: &[u8],
    id: SourceId,
    tell: &dyn Fn(f32) -> bool,
) -> Result<(Source, Vec<Diagnostic>), Error> {
    let readable = || format!("Nisba reads {}", extensions().join(", "));
    if bytes.is_empty() {
        return Err(Error::read(name, "the file is empty", "choose a file with text or a table in it"));
    }
    if bytes.len() as u64 > MAX_BYTES {
        let what = format!("there are {} MB; the most that is read is {} MB", bytes.len() >> 20, MAX_BYTES >> 20);
        return Err(Error::read(name, what, "split it"));
    }
    if let Some(what) = decode::binary(bytes) {
        return Err(Error::read(
            name,
            format!("this is {what}, not text"),
            format!("export it as text; {}", readable()),
        ));
    }
    let extension = extension(name).unwrap_or_default();
    let Some(reader) = READERS.iter().find(|reader| reader.extensions.contains(&extension.as_str())) else {
        let what = if extension.is_empty() {
            "the file name has no extension".to_owned()
        } else {
            format!("files of type `.{extension}` are not read")
        };
        return Err(Error::read(name, what, readable()));
    };
    let (text, encoding, offsets_on_disk, mut diagnostics) = decode::decode(bytes);
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(Error::read(name, "the file holds only blank space", "choose a file with text or a table in it"));
    }
    let (document, odd) = (reader.read)(&Request { name, extension: &extension, id, text: &text, tell })?;
    diagnostics.extend(odd);
    let source =
        Source { id, name: name.to_owned(), text, encoding, offsets_on_disk, sha256: Source::hash(bytes), document };
    Ok((source, diagnostics))
}

fn extension(name: &str) -> Option<String> {
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.contains(['/', '\\'])).then(|| extension.to_lowercase())
}
