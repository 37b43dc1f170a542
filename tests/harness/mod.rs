//! The window with files in it, without a display.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)] // each test takes what it needs

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use egui_kittest::Harness;
use nisba::{
    session::Command,
    ui::{App, theme},
};

pub type Window = Harness<'static, App>;

/// The window when these files are read.
pub fn window(files: &[&Path]) -> Window {
    window_sized(files, 1440.0, 900.0)
}

/// The same at a size.
pub fn window_sized(files: &[&Path], width: f32, height: f32) -> Window {
    let mut app = App::new(Arc::new(|| ()));
    app.session.apply(Command::ToggleMotion);
    app.session.start(files.iter().map(|file| file.to_path_buf()).collect());
    settle(&mut app);
    let frame = |ui: &mut egui::Ui, app: &mut App| {
        let ctx = ui.ctx().clone();
        app.poll(&ctx);
        app.frame(ui);
    };
    let builder = Harness::builder().with_size([width, height]).with_max_steps(64).with_context_setup(theme::install);
    let mut window = builder.build_ui_state(frame, app);
    window.run_steps(6);
    window
}

/// Waits for what runs beside the window.
pub fn settle(app: &mut App) {
    let start = Instant::now();
    while app.session.is_busy() {
        assert!(start.elapsed() < Duration::from_secs(120), "reading never ends");
        std::thread::sleep(Duration::from_millis(5));
        app.session.poll();
    }
}

/// Does what a menu or a key does.
pub fn apply(window: &mut Window, command: Command) {
    window.state_mut().session.apply(command);
    settle(window.state_mut());
    window.run_steps(4);
}
