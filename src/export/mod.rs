//! Charts to files.

pub mod annotation;
pub mod json;
pub mod layout;
pub mod pdf;
pub mod png;
pub mod svg;
pub mod table;

pub use table::table_csv;

use crate::{
    chart::{Chart, tokens::Theme},
    error::Error,
    source::Source,
};

/// The page a chart is drawn on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Canvas {
    /// Width, px.
    pub width: u32,
    /// Height, px.
    pub height: u32,
    /// Pixels of an image for every px of the page.
    pub scale: f32,
    /// Light or dark.
    pub theme: Theme,
}

impl Default for Canvas {
    fn default() -> Self {
        Self { width: 1200, height: 675, scale: 1.0, theme: Theme::Light }
    }
}

/// Makes a file's bytes of a chart; the sources give the words that the evidence points at.
pub type Encode = fn(&Chart, &[&Source], &Canvas) -> Result<Vec<u8>, Error>;

/// A file format charts are written in.
pub struct Encoder {
    /// The file's extension: `svg`.
    pub ext: &'static str,
    /// Its name in the dialog: `SVG drawing`.
    pub name: &'static str,
    /// The file's bytes.
    pub encode: Encode,
}

/// Every format, in the order of the dialog.
pub const ENCODERS: &[Encoder] = &[
    Encoder { ext: "svg", name: "SVG drawing", encode: svg::encode },
    Encoder { ext: "png", name: "PNG image", encode: png::encode },
    Encoder { ext: "pdf", name: "PDF page", encode: pdf::encode },
    Encoder { ext: "json", name: "JSON data", encode: json::encode },
];

/// The encoder of an extension, in any case.
pub fn encoder(ext: &str) -> Option<&'static Encoder> {
    ENCODERS.iter().find(|encoder| encoder.ext.eq_ignore_ascii_case(ext))
}
