//! Draws every chart in many sizes and both themes, to be looked at: `NISBA_LOOKS=dir cargo test --test looks`.

mod common;

use nisba::{
    chart,
    chart::tokens::Theme,
    export::{self, Canvas},
    facts::{Best, Dataset},
    source::Source,
};

#[test]
fn draws_all_where_asked() {
    let Some(dir) = std::env::var_os("NISBA_LOOKS").map(std::path::PathBuf::from) else { return };
    let sets: Vec<(&str, (Dataset, Source))> = vec![
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
    let only = std::env::var("NISBA_ONLY").unwrap_or_default();
    for (name, (dataset, source)) in &sets {
        for spec in chart::offers(dataset) {
            let chart = chart::build(dataset, &[source.sha256], &spec).unwrap();
            for (width, height) in [(1200, 675), (800, 800), (1080, 1350), (640, 400)] {
                for theme in [Theme::Light, Theme::Dark] {
                    let file = format!("{name}-{}-{width}x{height}-{theme:?}.png", chart.id).to_lowercase();
                    if !file.contains(&only) || theme == Theme::Dark && width != 1200 {
                        continue;
                    }
                    let canvas = Canvas { width, height, scale: 1.0, theme };
                    let png = (export::encoder("png").unwrap().encode)(&chart, &[source], &canvas).unwrap();
                    std::fs::write(dir.join(file), png).unwrap();
                }
            }
        }
    }
}
