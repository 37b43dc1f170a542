//! The SVG as a PDF page: fonts embedded, words that can be selected, no date and no chance in it.

use krilla::{Document, SerializeSettings, geom::Size, metadata::Metadata, page::PageSettings};
use krilla_svg::{SurfaceExt, SvgSettings};

use super::{Canvas, png, svg};
use crate::{chart::Chart, error::Error, source::Source};

/// Points to a px: a page of 1200 px is 900 pt wide.
const POINTS: f32 = 0.75;

/// The bytes of a PDF file.
///
/// # Errors
/// Where the page has no size or the file cannot be put together.
pub fn encode(chart: &Chart, _sources: &[&Source], canvas: &Canvas) -> Result<Vec<u8>, Error> {
    let tree = png::tree(&svg::svg(chart, canvas))?;
    let (width, height) = (canvas.width as f32 * POINTS, canvas.height as f32 * POINTS);
    let fault = |what: String| Error::usage(format!("the page cannot be written: {what}"), "choose another size");
    let size = Size::from_wh(width, height).ok_or_else(|| fault(format!("{width} × {height} pt is no size")))?;
    let settings =
        PageSettings::from_wh(width, height).ok_or_else(|| fault(format!("{width} × {height} pt is no size")))?;
    let mut document = Document::new_with(SerializeSettings { xmp_metadata: false, ..SerializeSettings::default() });
    document.set_metadata(Metadata::new().title(chart.title.clone()).description(chart.alt.clone()));
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let drawn = surface.draw_svg(&tree, size, SvgSettings::default());
    surface.finish();
    page.finish();
    drawn.ok_or_else(|| fault("it cannot be drawn".to_owned()))?;
    document.finish().map_err(|error| fault(format!("{error:?}")))
}
