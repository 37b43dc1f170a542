//! CPU time of one frame of the window on the built-in brief: still, with something lit, and while the report scrolls.

use std::{sync::Arc, time::Duration};

use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, vec2};
use nisba::{
    session::{Command, Selection},
    ui::{App, theme},
};

fn app(ctx: &egui::Context) -> App {
    theme::install(ctx);
    let mut app = App::new(Arc::new(|| ()));
    app.session.start(Vec::new());
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
    let mut app = app(&ctx);
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
    let mut down = true;
    let mut n = 0;
    criterion.bench_function("frame, the report scrolls", |bencher| {
        bencher.iter(|| {
            n += 1;
            down ^= n % 200 == 0;
            let delta = vec2(0.0, if down { -40.0 } else { 40.0 });
            let wheel = Event::MouseWheel {
                unit: MouseWheelUnit::Point,
                delta,
                phase: TouchPhase::Move,
                source: MouseWheelSource::Wheel,
                modifiers: Modifiers::NONE,
                source: MouseWheelSource::Wheel,
            };
            let events = vec![Event::PointerMoved(Pos2::new(1250.0, 300.0)), wheel];
            frame(&ctx, &mut app, &mut time, events);
        });
    });
}

criterion_group!(benches, frames);
criterion_main!(benches);
