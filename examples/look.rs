#[path = "../tests/common/mod.rs"]
mod common;
use nisba::{reading::*, session::load::Loaded, source::*, ui::App};
fn loaded() -> Loaded {
    let (dataset, source) = common::kazakhstan();
    let mut reading = Reading {
        country: "Kazakhstan".into(),
        series: "Nations in Transit".into(),
        edition: "2005".into(),
        ..Default::default()
    };
    for (a, b, section, n) in &dataset.locators[0].paragraphs {
        if reading.sections.last().map(|s: &Section| s.heading.as_str()) != Some(section) {
            reading.sections.push(Section { heading: section.clone(), span: None, inferred: false, level: 1 });
        }
        reading.paragraphs.push(Paragraph {
            span: Span::new(*a, *b),
            section: reading.sections.len() - 1,
            number: *n,
            kind: BlockKind::Paragraph,
            run_in: None,
        });
    }
    Loaded { source, reading: Some(reading), dataset }
}
fn main() {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default().with_inner_size([1440.0, 900.0]),
        ..Default::default()
    };
    eframe::run_native(
        "look",
        options,
        Box::new(|cc| {
            nisba::ui::theme::install(&cc.egui_ctx);
            let ctx = cc.egui_ctx.clone();
            let mut app = App::new(std::sync::Arc::new(move || ctx.request_repaint()));
            app.session.take_in(loaded());
            Ok(Box::new(app))
        }),
    )
    .unwrap();
}
