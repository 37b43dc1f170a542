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
    if scale.is_nan() || scale <= 0.0 || width * height * scale * scale > MOST_PIXELS {
        return Err(too_large());
    }
    let pixels = |px: f64| (px * scale).round().max(1.0) as u32;
    let mut image = Pixmap::new(pixels(width), pixels(height)).ok_or_else(too_large)?;
    resvg::render(&tree, Transform::from_scale(canvas.scale, canvas.scale), &mut image.as_mut());
    pack(&image, canvas.scale).map_err(|error| Error::usage(error.to_string(), "choose a smaller size or scale"))
}

/// The page is opaque: red, green and blue are enough. It says how many pixels an inch has, 96 at scale 1.
fn pack(image: &Pixmap, scale: f32) -> Result<Vec<u8>, png::EncodingError> {
    let colours: Vec<u8> = image.data().chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, image.width(), image.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    // Flat areas repeat without a filter; more effort takes twice the time and saves a quarter of some 90 kB.
    encoder.set_filter(png::Filter::NoFilter);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    let per_metre = (f64::from(scale) * 96.0 / 0.0254).round() as u32;
    let density = png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter };
    encoder.set_pixel_dims(Some(density));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&colours)?;
    writer.finish()?;
    Ok(bytes)
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
