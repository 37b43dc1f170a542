//! The SVG as pixels, with no fonts but our own.

use std::sync::{Arc, OnceLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{self, Options, Tree, fontdb::Database},
};

use super::{Canvas, svg};
use crate::{chart::Chart, error::Error, source::Source};

/// The most pixels of an image, so that a slip of the hand does not take all memory.
const MOST_PIXELS: f64 = 200e6;

/// The bytes of a PNG file.
///
/// # Errors
/// Where the image would be empty or has more than 200 million pixels.
pub fn encode(chart: &Chart, _sources: &[&Source], canvas: &Canvas) -> Result<Vec<u8>, Error> {
    let tree = tree(&svg::svg(chart, canvas))?;
    let (width, height) = (f64::from(canvas.width), f64::from(canvas.height));
    let scale = f64::from(canvas.scale);
    let too_large = || {
        let what = format!("an image of {width} × {height} px at scale {scale} cannot be drawn");
        Error::usage(what, "choose a smaller size or scale")
    };
    if !(scale > 0.0) || width * height * scale * scale > MOST_PIXELS {
        return Err(too_large());
    }
    let pixels = |px: f64| (px * scale).round().max(1.0) as u32;
    let mut image = Pixmap::new(pixels(width), pixels(height)).ok_or_else(too_large)?;
    resvg::render(&tree, Transform::from_scale(canvas.scale, canvas.scale), &mut image.as_mut());
    let png = image.encode_png().map_err(|error| Error::usage(error.to_string(), "choose a smaller size or scale"))?;
    Ok(with_density(png, canvas.scale))
}

/// The drawing that an SVG's text gives.
///
/// # Errors
/// Where the SVG cannot be read, which would be a fault of ours.
pub fn tree(svg: &str) -> Result<Tree, Error> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| Arc::new(fonts()));
    let options = Options { fontdb: Arc::clone(fonts), font_family: "Noto Sans".to_owned(), ..Options::default() };
    Tree::from_str(svg, &options).map_err(|error: usvg::Error| {
        Error::usage(format!("the drawing cannot be read: {error}"), "report this as a fault")
    })
}

fn fonts() -> Database {
    let mut fonts = Database::new();
    for data in [
        notosans::REGULAR_TTF,
        notosans::BOLD_TTF,
        notosans::ITALIC_TTF,
        dejavu::sans::regular(),
        dejavu::sans::bold(),
        dejavu::sans::oblique(),
    ] {
        fonts.load_font_source(usvg::fontdb::Source::Binary(Arc::new(data)));
    }
    fonts.set_sans_serif_family("Noto Sans");
    fonts
}

/// Says how many pixels an inch has (96 at scale 1), behind the header, which is 33 bytes long.
fn with_density(mut png: Vec<u8>, scale: f32) -> Vec<u8> {
    let per_metre = (f64::from(scale) * 96.0 / 0.0254).round() as u32;
    let mut data = per_metre.to_be_bytes().to_vec();
    data.extend(per_metre.to_be_bytes());
    data.push(1);
    let at = 33.min(png.len());
    png.splice(at..at, chunk(b"pHYs", &data));
    png
}

/// A chunk of a PNG file: length, type, data, CRC.
pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut out = (data.len() as u32).to_be_bytes().to_vec();
    out.extend(kind);
    out.extend(data);
    let crc = crc32(out.get(4..).unwrap_or_default());
    out.extend(crc.to_be_bytes());
    out
}

/// CRC-32 as PNG wants it (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _: u32| if crc & 1 == 1 { 0xEDB8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::{chunk, crc32};

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
        assert_eq!(chunk(b"IEND", b"")[8..], [0xAE, 0x42, 0x60, 0x82]);
    }
}
