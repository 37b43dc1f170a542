//! CPU time of one frame of the window on the built-in brief: still, with something lit, and while the report scrolls;
//! and with a report of 100,000 figures and their list.

use std::{fmt::Write as _, path::PathBuf, sync::Arc, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use nisba::{
    session::{Command, Selection},
    ui::{App, theme},
};

fn app(ctx: &egui::Context, files: Vec<PathBuf>) -> App {
    theme::install(ctx);
    let mut app = App::new(Arc::new(|| ()));
    app.session.start(files);
    while app.session.is_busy() {
        std::thread::sleep(Duration::from_millis(5));
        app.session.poll();
    }
    app
}

fn input(time: f64, events: Vec<Event>) -> RawInput {
    let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(1440.0, 900.0)));
    RawInput { screen_rect, time: Some(time), events, ..RawInput::default() }
}

fn frame(ctx: &egui::Context, app: &mut App, time: &mut f64, events: Vec<Event>) {
    *time += 1.0 / 60.0;
    let output = ctx.run_ui(input(*time, events), |ui| {
        let ctx = ui.ctx().clone();
        app.poll(&ctx);
        app.frame(ui);
    });
    let shapes = ctx.tessellate(output.shapes, output.pixels_per_point);
    std::hint::black_box(shapes);
}

fn frames(criterion: &mut Criterion) {
    let ctx = egui::Context::default();
    let mut app = app(&ctx, Vec::new());
    let mut time = 0.0;
    for _ in 0..30 {
        frame(&ctx, &mut app, &mut time, Vec::new());
    }
    criterion.bench_function("frame, nothing moves", |bencher| {
        bencher.iter(|| frame(&ctx, &mut app, &mut time, Vec::new()));
    });
    let mark = app.session.chart().map(|chart| chart.marks[0].id.clone());
    app.session.apply(Command::Select(mark.map_or(Selection::Nothing, Selection::mark)));
    criterion.bench_function("frame, a mark selected", |bencher| {
        bencher.iter(|| frame(&ctx, &mut app, &mut time, Vec::new()));
    });
    let mut wheel = Wheel::default();
    criterion.bench_function("frame, the report scrolls", |bencher| {
        bencher.iter(|| frame(&ctx, &mut app, &mut time, wheel.turn()));
    });
}

fn many_figures(criterion: &mut Criterion) {
    let path = std::env::temp_dir().join(format!("nisba-frame-{}.txt", std::process::id()));
    let mut text = "Nations in Transit 2007: Veldoria\n\nElectoral Process\n".to_owned();
    for n in 0..20_000 {
        let _ = write!(
            text,
            "\nThere stood {n} mills and {n}.5 ovens, {n} of brick and {n} of clay, in {}.\n",
            1900 + n % 100
        );
    }
    if std::fs::write(&path, text).is_err() {
        return;
    }
    let ctx = egui::Context::default();
    let mut app = app(&ctx, vec![path.clone()]);
    app.session.apply(Command::ToggleFigures);
    let (mut time, mut wheel) = (0.0, Wheel::default());
    criterion.bench_function("frame, 100,000 figures and their list, the report scrolls", |bencher| {
        bencher.iter(|| frame(&ctx, &mut app, &mut time, wheel.turn()));
    });
    let _ = std::fs::remove_file(path);
}

/// A wheel that is turned down for a while, and up again.
#[derive(Default)]
struct Wheel {
    turns: usize,
}

impl Wheel {
    fn turn(&mut self) -> Vec<Event> {
        self.turns += 1;
        let down = (self.turns / 200).is_multiple_of(2);
        let wheel = Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, if down { -40.0 } else { 40.0 }),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        };
        vec![Event::PointerMoved(Pos2::new(1250.0, 550.0)), wheel]
    }
}

criterion_group!(benches, frames, many_figures);
criterion_main!(benches);
