//! The window: panels that read the session and hand back commands.

mod account;
pub mod actions;
mod bar;
mod beside;
mod card;
mod dialog;
mod document;
mod family;
mod figure;
mod find;
mod findings;
mod followed;
mod grid;
mod inspector;
mod navigator;
mod overlay;
mod paragraph;
mod plot;
mod question;
mod scroll;
pub mod theme;
mod thread;
mod values;
mod walk;
mod widgets;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use egui::{CentralPanel, Frame, Margin, Panel as Side, Pos2, Rect, Stroke, Ui};

use crate::{
    chart::tokens::{Paint, size},
    error::Error,
    session::{Command, Effect, NoticeKind, Panel, Session, job::Waker, load::How},
    source::Document,
};
use card::CardPanel;
use dialog::Dialog;
use document::DocumentPanel;
use grid::GridPanel;
use theme::{paint, space};

/// How long a line that only says that something was done stays, seconds.
const NOTICE_SECONDS: f64 = 8.0;

/// Opens the window on these files, or on the built-in brief; returns when it is closed.
///
/// # Errors
/// Where there is no display, or none that can draw.
pub fn run(files: Vec<PathBuf>, how: How, troubles: Vec<String>) -> Result<(), Error> {
    let viewport = egui::ViewportBuilder::default()
        .with_title("Nisba")
        .with_app_id("nisba")
        .with_inner_size([1440.0, 900.0])
        .with_min_inner_size([800.0, 560.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, system_font_fallback: false, ..Default::default() };
    let create: eframe::AppCreator<'_> = Box::new(move |creation| {
        theme::install(&creation.egui_ctx);
        let ctx = creation.egui_ctx.clone();
        let mut app = App::new(Arc::new(move || ctx.request_repaint()));
        app.session.read_how(how, troubles);
        app.session.start(files);
        Ok(Box::new(app))
    });
    eframe::run_native("nisba", options, create).map_err(|error| {
        let (what, hint) = match error {
            // Its text names files of a library; what it means is this.
            eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
                ("no window can be opened, for there is no display".to_owned(), "set DISPLAY or WAYLAND_DISPLAY")
            }
            error => {
                (format!("no window can be opened ({})", one_line(&error.to_string())), "look to the graphics driver")
            }
        };
        Error::usage(what, format!("{hint}, or work without a window: `nisba charts FILE -d FOLDER`"))
    })
}

/// The first line of a message, without a point at its end.
fn one_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim_end_matches('.').to_owned()
}

/// The window's own state: caches of what was laid out and dialogs that are open. All else is the session's.
pub struct App {
    /// What is open and done.
    pub session: Session,
    waker: Waker,
    card: CardPanel,
    document: DocumentPanel,
    grid: GridPanel,
    dialogs: Vec<Dialog>,
    notices_since: BTreeMap<u64, f64>,
    title: String,
    copied: Option<String>,
}

impl App {
    /// A window with nothing open. `waker` asks for a frame from other threads.
    pub fn new(waker: Waker) -> Self {
        Self {
            session: Session::new(Arc::clone(&waker)),
            waker,
            card: CardPanel::default(),
            document: DocumentPanel::default(),
            grid: GridPanel::default(),
            dialogs: Vec::new(),
            notices_since: BTreeMap::new(),
            title: String::new(),
            copied: None,
        }
    }

    /// What was last put on the clipboard.
    pub fn copied(&self) -> Option<&str> {
        self.copied.as_deref()
    }

    /// Takes up what threads and dialogs have to say; draws nothing.
    pub fn poll(&mut self, ctx: &egui::Context) {
        self.session.poll();
        let mut commands = Vec::new();
        self.dialogs.retain(|dialog| match dialog.poll() {
            None => true,
            Some(command) => {
                commands.extend(command);
                false
            }
        });
        let dropped =
            ctx.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect::<Vec<_>>());
        if !dropped.is_empty() {
            commands.push(Command::Open(dropped));
        }
        self.fade_notices(ctx, &mut commands);
        self.carry_out(ctx, commands);
        if self.session.is_busy() {
            // The bar of a reading moves.
            ctx.request_repaint_after(std::time::Duration::from_millis(60));
        }
        let title = self.session.title();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Takes lines away that only say that something was done.
    fn fade_notices(&mut self, ctx: &egui::Context, commands: &mut Vec<Command>) {
        let now = ctx.input(|input| input.time);
        for notice in self.session.notices().iter().filter(|notice| notice.kind == NoticeKind::Done) {
            let age = now - *self.notices_since.entry(notice.number).or_insert(now);
            if age >= NOTICE_SECONDS {
                commands.push(Command::Dismiss(notice.number));
            } else {
                ctx.request_repaint_after(std::time::Duration::from_secs_f64(NOTICE_SECONDS - age + 0.01));
            }
        }
        let numbers: Vec<u64> = self.session.notices().iter().map(|notice| notice.number).collect();
        self.notices_since.retain(|number, _| numbers.contains(number));
    }

    /// Draws a frame and carries out what the reader did in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        theme::follow(ui.ctx(), self.session.workspace());
        let mut commands = Vec::new();
        actions::pressed(ui.ctx(), &self.session, &mut commands);
        self.panels(ui, &mut commands);
        overlay::ui(ui.ctx(), &self.session, &mut commands);
        drop_hint(ui);
        settle_hover(&self.session, &mut commands);
        let ctx = ui.ctx().clone();
        self.carry_out(&ctx, commands);
    }

    fn panels(&mut self, ui: &mut Ui, commands: &mut Vec<Command>) {
        let session = &self.session;
        let panel = paint(ui, Paint::Panel);
        let bar = Frame::new().fill(panel).inner_margin(Margin::symmetric(space(2) as i8, 0));
        Side::top("bar").exact_size(40.0).frame(bar).show(ui, |ui| bar::ui(ui, session, commands));
        if !session.notices().is_empty() || !session.loads().is_empty() {
            let frame = Frame::new().fill(panel);
            Side::top("notices").frame(frame).show(ui, |ui| bar::notices(ui, session, commands));
        }
        let width = ui.available_width();
        if session.workspace().shows(Panel::Navigator) {
            let frame = Frame::new().fill(panel).inner_margin(Margin::symmetric(space(3) as i8, 0));
            let side = Side::left("navigator").frame(frame).default_size(size::NAVIGATOR as f32);
            let most = if width < 1200.0 { width * 0.185 } else { width * 0.3 };
            side.size_range(150.0..=most.max(151.0)).show(ui, |ui| navigator::ui(ui, session, commands));
        }
        let mut words = None;
        if session.workspace().shows(Panel::Document) {
            let side = Side::right("document").frame(Frame::new().fill(panel)).default_size(size::SOURCE as f32);
            // The chart comes first where there is little room.
            let range = 260.0..=(ui.available_width() - 480.0).max(261.0);
            words = side
                .size_range(range)
                .show(ui, |ui| source(ui, session, &mut self.document, &mut self.grid, commands))
                .inner;
        }
        let ground =
            Frame::new().fill(paint(ui, Paint::Ground)).inner_margin(Margin::same(if ui.available_width() < 640.0 {
                space(2)
            } else {
                space(3)
            } as i8));
        let mark = CentralPanel::no_frame().frame(ground).show(ui, |ui| self.card.ui(ui, session, commands)).inner;
        thread(ui, session, mark, words);
    }

    fn carry_out(&mut self, ctx: &egui::Context, commands: Vec<Command>) {
        for command in commands {
            self.session.apply(command);
        }
        for effect in self.session.take_effects() {
            match effect {
                Effect::PickFiles => self.dialogs.push(Dialog::open(&self.waker)),
                Effect::PickTarget(name) => self.dialogs.push(Dialog::save(&self.waker, name)),
                Effect::PickLinksTarget(name) => self.dialogs.push(Dialog::save_links(&self.waker, name)),
                Effect::PickLinks => self.dialogs.push(Dialog::open_links(&self.waker)),
                Effect::Copy(text) => {
                    self.copied = Some(text.clone());
                    ctx.copy_text(text);
                }
                Effect::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            }
            ctx.request_repaint();
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.poll(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}

/// The right side: the source, and under it the inspector. Where the lit words stand, when they are in sight,
/// and across where the thread to them ends.
fn source(
    ui: &mut Ui,
    session: &Session,
    document: &mut DocumentPanel,
    grid: &mut GridPanel,
    commands: &mut Vec<Command>,
) -> Option<(f32, Rect)> {
    // Also while there is nothing to show: a panel that is not filled would be narrow when there is.
    ui.take_available_width();
    let open = session.shown()?;
    let left = ui.max_rect().left();
    let height = ui.available_height();
    let margin = Margin { left: space(3) as i8, right: space(3) as i8, top: space(2) as i8, bottom: space(1) as i8 };
    let card = Frame::new().fill(paint(ui, Paint::Card)).inner_margin(margin);
    let inspector = Side::bottom("inspector").frame(card).resizable(true).default_size((height * 0.29).max(168.0));
    inspector.size_range(110.0..=height * 0.6).show(ui, |ui| inspector::ui(ui, session, commands));
    if session.followed().is_some() {
        let fill = Frame::new().fill(paint(ui, Paint::Card)).inner_margin(margin);
        let list = Side::bottom("followed").frame(fill).resizable(true).default_size((height * 0.3).max(160.0));
        list.size_range(110.0..=height * 0.5).show(ui, |ui| followed::ui(ui, session, commands));
    }
    if session.beside().is_some() {
        let fill = Frame::new().fill(paint(ui, Paint::Card)).inner_margin(margin);
        let original = Side::bottom("original").frame(fill).resizable(true).default_size((height * 0.26).max(150.0));
        original.size_range(90.0..=height * 0.5).show(ui, |ui| beside::ui(ui, session, commands));
    }
    let margin = Margin { left: space(2) as i8, right: space(1) as i8, top: 0, bottom: 0 };
    let frame = Frame::new().inner_margin(margin);
    CentralPanel::no_frame()
        .frame(frame)
        .show(ui, |ui| match (&open.loaded.source.document, &open.loaded.reading) {
            (Document::Table(grids), _) => grid.ui(ui, session, open, grids, commands),
            (Document::Report(_), Some(reading)) => document.ui(ui, session, open, reading, commands),
            (Document::Report(_), None) => None,
        })
        .inner
        .map(|words| (left + space(2) + 1.5, words))
}

/// The curve between the lit mark and its words, while both are in sight and nothing lies over them.
fn thread(ui: &Ui, session: &Session, mark: Option<Pos2>, words: Option<(f32, Rect)>) {
    let ctx = ui.ctx();
    let shown = mark.is_some() && words.is_some() && session.overlay().is_none();
    let id = egui::Id::unique("thread").with(format!("{:?}", session.pointed()));
    let drawn = if session.workspace().still { f32::from(shown) } else { ctx.animate_bool_responsive(id, shown) };
    if let (Some(mark), Some(words), true) = (mark, words, shown) {
        // To the edge of the panel, where the bar of the lit paragraph stands: never through its words.
        let edge = egui::pos2(words.0, words.1.center().y);
        thread::paint(ctx, mark, edge, paint(ui, Paint::Thread), drawn);
    }
}

/// Only the last thing pointed at counts; when nothing is, what was hovered is let go.
fn settle_hover(session: &Session, commands: &mut Vec<Command>) {
    let last = commands.iter().rposition(|command| matches!(command, Command::Hover(_)));
    match last {
        Some(last) => {
            let mut at = 0;
            commands.retain(|command| {
                at += 1;
                at == last + 1 || !matches!(command, Command::Hover(_))
            });
        }
        None if session.is_hovering() => commands.push(Command::Hover(crate::session::Selection::Nothing)),
        None => {}
    }
}

/// While files are dragged over the window.
fn drop_hint(ui: &Ui) {
    let ctx = ui.ctx();
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Foreground, egui::Id::unique("drop")));
    let rect = ctx.content_rect().shrink(space(1));
    let accent = paint(ui, Paint::Accent);
    let fill = paint(ui, Paint::Ground).gamma_multiply(0.85);
    painter.rect(rect, size::CORNER_CARD as f32, fill, Stroke::new(2.0, accent), egui::StrokeKind::Inside);
    let face = theme::font(crate::chart::text::Face::Bold, size::TITLE);
    painter.text(rect.center(), egui::Align2::CENTER_CENTER, "Drop to open", face, paint(ui, Paint::Ink));
}
