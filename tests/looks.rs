//! Draws every chart in many sizes and both themes, to be looked at: `NISBA_LOOKS=dir cargo test --test looks`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may fail as loudly as it likes

mod common;

use nisba::{
    chart,
    chart::tokens::Theme,
    export::{self, Canvas},
    facts::{Best, Dataset},
    session::load,
    source::{Source, SourceId},
};

#[test]
#[ignore = "draws files to look at; set NISBA_LOOKS to a folder"]
fn draws_all_where_asked() {
    let Some(dir) = std::env::var_os("NISBA_LOOKS").map(std::path::PathBuf::from) else { return };
    let mut sets: Vec<(String, (Dataset, Source))> = Vec::new();
    for (n, path) in
        std::env::var("NISBA_FILES").unwrap_or_default().split(':').filter(|path| !path.is_empty()).enumerate()
    {
        let loaded = load::load_path(path.as_ref(), SourceId(0), &load::Progress::default()).unwrap();
        sets.push((format!("file{n}"), (loaded.dataset, loaded.source)));
    }
    if sets.is_empty() {
        let made_up = [
            ("kz", common::kazakhstan()),
            ("r1", common::random_ratings(1, 1, 1, Some(Best::High))),
            ("r25", common::random_ratings(4, 25, 1, None)),
            ("rt", common::random_ratings(5, 7, 18, Some(Best::Low))),
            ("e1", common::random_election(1, 1)),
            ("e11", common::random_election(7, 11)),
            ("e25", common::random_election(3, 25)),
            ("c9", common::random_composition(2, 9, 12)),
            ("c3", common::random_composition(3, 3, 3)),
        ];
        sets = made_up.map(|(name, set)| (name.to_owned(), set)).into();
    }
    let only = std::env::var("NISBA_ONLY").unwrap_or_default();
    let mut sheets: Vec<Sheet> = Vec::new();
    for (name, (dataset, source)) in &sets {
        for spec in chart::offers(dataset) {
            let chart = chart::build(dataset, &[(source.id, source.sha256)], &spec).unwrap();
            for (width, height) in [(1200, 675), (800, 800), (1080, 1350), (640, 400)] {
                for theme in [Theme::Light, Theme::Dark] {
                    let file = format!("{name}-{}-{width}x{height}-{theme:?}.png", chart.id).to_lowercase();
                    if !file.contains(&only) || theme == Theme::Dark && width != 1200 {
                        continue;
                    }
                    let canvas = Canvas { width, height, scale: 1.0, theme };
                    let svg = (export::encoder("svg").unwrap().encode)(&chart, &[source], &canvas).unwrap();
                    let key = format!("{width}x{height}-{theme:?}").to_lowercase();
                    let at = sheets.iter().position(|sheet| sheet.0 == key).unwrap_or_else(|| {
                        sheets.push((key, (width, height), Vec::new()));
                        sheets.len() - 1
                    });
                    sheets[at].2.push(String::from_utf8(svg).unwrap());
                }
            }
        }
    }
    for (key, (width, height), pages) in sheets {
        for (number, pages) in pages.chunks(if width < 700 { 6 } else { 4 }).enumerate() {
            let across = if height > width { 4 } else { 2 };
            let (w, h) = ((width + 8) * across, (height + 8) * (pages.len() as u32).div_ceil(across));
            let mut sheet = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\"><rect width=\"{w}\" height=\"{h}\" fill=\"#888\"/>"
            );
            for (n, page) in pages.iter().enumerate() {
                let (x, y) = (n as u32 % across * (width + 8), n as u32 / across * (height + 8));
                sheet.push_str(&page.replacen("<svg ", &format!("<svg x=\"{x}\" y=\"{y}\" "), 1));
            }
            sheet.push_str("</svg>");
            let tree = export::png::tree(&sheet).unwrap();
            let mut image = resvg::tiny_skia::Pixmap::new(w, h).unwrap();
            resvg::render(&tree, resvg::tiny_skia::Transform::default(), &mut image.as_mut());
            std::fs::write(dir.join(format!("sheet-{key}-{number}.png")), image.encode_png().unwrap()).unwrap();
        }
    }
}

type Sheet = (String, (u32, u32), Vec<String>);
