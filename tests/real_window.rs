//! The real window on a real (virtual) screen, through the system's own dialogs.
#![cfg(all(feature = "gui", target_os = "linux"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a helper of a test may fail as loudly as the test

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Ends what the test started, whatever happens.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A virtual screen of 1440 × 900 with the window on it.
struct Screen {
    display: String,
    _window: Started,
    _server: Started,
}

impl Screen {
    fn open() -> Self {
        // The server takes a free number and says which, once it is ready.
        let mut server = Command::new("Xvfb");
        server.args(["-displayfd", "1", "-screen", "0", "1440x900x24"]);
        let mut server =
            server.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("Xvfb");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        let (server, display) = (Started(server), format!(":{}", number.trim()));
        let mut program = Command::new(env!("CARGO_BIN_EXE_nisba"));
        program.env("DISPLAY", &display).env("LIBGL_ALWAYS_SOFTWARE", "1");
        // No portal: the dialog is zenity's.
        program.env_remove("DBUS_SESSION_BUS_ADDRESS").env_remove("WAYLAND_DISPLAY").env_remove("XDG_RUNTIME_DIR");
        let window = quiet(&mut program);
        let screen = Self { display, _window: window, _server: server };
        let id = screen.wait_for("Nisba");
        screen.xdotool(&["windowsize", &id, "1440", "900"]);
        screen.xdotool(&["windowmove", &id, "0", "0"]);
        screen.xdotool(&["windowfocus", &id]);
        thread::sleep(Duration::from_secs(2));
        screen
    }

    fn run(&self, program: &str, args: &[&str]) -> Output {
        Command::new(program).args(args).env("DISPLAY", &self.display).output().expect(program)
    }

    fn xdotool(&self, args: &[&str]) -> String {
        String::from_utf8_lossy(&self.run("xdotool", args).stdout).trim().to_owned()
    }

    /// The window with these words in its title, when it is there.
    fn wait_for(&self, title: &str) -> String {
        let start = Instant::now();
        loop {
            let found = self.xdotool(&["search", "--onlyvisible", "--name", title]);
            if let Some(id) = found.lines().next() {
                return id.to_owned();
            }
            assert!(start.elapsed() < Duration::from_secs(30), "no window `{title}`");
            thread::sleep(Duration::from_millis(200));
        }
    }

    fn wait_gone(&self, title: &str) {
        let start = Instant::now();
        while !self.xdotool(&["search", "--onlyvisible", "--name", title]).is_empty() {
            assert!(start.elapsed() < Duration::from_secs(30), "`{title}` stays open");
            thread::sleep(Duration::from_millis(200));
        }
    }

    fn keys(&self, keys: &str) {
        self.xdotool(&["key", "--clearmodifiers", keys]);
        thread::sleep(Duration::from_millis(700));
    }

    fn click(&self, x: u32, y: u32) {
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
        thread::sleep(Duration::from_millis(300));
        self.xdotool(&["click", "1"]);
        thread::sleep(Duration::from_millis(700));
    }

    /// Presses keys until they open the dialog: a window that is still being drawn may miss them.
    fn ask(&self, keys: &str) {
        for _ in 0..6 {
            self.xdotool(&["windowfocus", &self.wait_for("Nisba")]);
            self.keys(keys);
            let start = Instant::now();
            while start.elapsed() < Duration::from_secs(8) {
                if !self.xdotool(&["search", "--onlyvisible", "--name", "^zenity$"]).is_empty() {
                    return;
                }
                thread::sleep(Duration::from_millis(200));
            }
        }
    }

    /// Answers the dialog with a path. zenity is given no title: its windows are called after it.
    fn answer(&self, saving: bool, path: &Path) {
        let id = self.wait_for("^zenity$");
        thread::sleep(Duration::from_millis(1200));
        self.xdotool(&["windowfocus", &id]);
        // When saving, the field for the name is there; when opening, it appears when it is asked for.
        self.keys(if saving { "ctrl+a" } else { "ctrl+l" });
        self.xdotool(&["type", "--delay", "20", &path.display().to_string()]);
        thread::sleep(Duration::from_millis(700));
        self.keys("Return");
        self.wait_gone("^zenity$");
        self.xdotool(&["windowfocus", &self.wait_for("Nisba")]);
    }

    fn picture(&self, path: &Path) {
        let out = self.run("import", &["-window", "root", &path.display().to_string()]);
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }

    /// How many pixels of a picture are nearly this colour, in a part of it.
    fn count(&self, picture: &Path, colour: &str, part: &str) -> u64 {
        let picture = picture.display().to_string();
        let args = [
            &picture,
            "-crop",
            part,
            "+repage",
            "-fuzz",
            "6%",
            "-fill",
            "black",
            "+opaque",
            colour,
            "-fill",
            "white",
            "-opaque",
            colour,
            "-format",
            "%[fx:int(mean*w*h)]",
            "info:",
        ];
        let out = self.run("convert", &args.map(|arg: &str| arg));
        String::from_utf8_lossy(&out.stdout).trim().parse().unwrap_or(0)
    }
}

fn quiet(command: &mut Command) -> Started {
    Started(command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts"))
}

/// The report of 2005 where it lies beside the project, or else the brief that restates it.
fn report() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let near = [
        root.join("../shared/reports/nations-in-transit-2005-kazakhstan.txt"),
        root.join("../../shared/reports/nations-in-transit-2005-kazakhstan.txt"),
    ];
    let found = near.into_iter().find(|path| path.is_file());
    found.unwrap_or_else(|| root.join("data/kazakhstan-2005.md")).canonicalize().unwrap()
}

#[test]
#[ignore = "needs Xvfb, xdotool, imagemagick and zenity"]
fn a_report_is_opened_pointed_at_and_exported_through_the_dialogs() {
    let folder = tempfile::tempdir().unwrap();
    let report = report();
    let screen = Screen::open();

    screen.ask("ctrl+o");
    screen.answer(false, &report);
    thread::sleep(Duration::from_secs(3));
    let before = folder.path().join("before.png");
    screen.picture(&before);

    // Any dot of the chart: in the middle of the card the seven rows of ratings have theirs at the right.
    let plot = "760x340+256+200";
    let dots = screen.count(&before, "#0072B2", plot);
    assert!(dots > 200, "a chart with dots is drawn: {dots}");
    let (x, y) = first_dot(&screen, &before, plot);
    screen.click(256 + x, 200 + y);
    let after = folder.path().join("after.png");
    screen.picture(&after);
    // The ring on the chart, and the words on the panel.
    let thread_on = |part: &str| screen.count(&after, "#F5B83D", part);
    assert!(thread_on(plot) > 40, "the mark is lit");
    assert!(thread_on("420x600+1015+40") > 150, "its words are lit");

    let saved = folder.path().join("from-window.png");
    screen.ask("ctrl+e");
    screen.answer(true, &saved);
    let start = Instant::now();
    while !saved.is_file() {
        assert!(start.elapsed() < Duration::from_secs(20), "nothing is saved");
        thread::sleep(Duration::from_millis(200));
    }
    let drawn = folder.path().join("from-command-line.png");
    let out = Command::new(env!("CARGO_BIN_EXE_nisba"))
        .args(["chart", "category-scores"])
        .arg(&report)
        .arg("-o")
        .arg(&drawn)
        .output()
        .unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(std::fs::read(&saved).unwrap(), std::fs::read(&drawn).unwrap(), "window and command line draw alike");
}

/// Where the first pixel of a dot is in a part of a picture, a little inside it.
fn first_dot(screen: &Screen, picture: &Path, part: &str) -> (u32, u32) {
    let picture = picture.display().to_string();
    let args = [&picture, "-crop", part, "+repage", "-fuzz", "4%", "-fill", "white", "+opaque", "#0072B2", "txt:-"];
    let out = screen.run("convert", &args.map(|arg: &str| arg));
    let text = String::from_utf8_lossy(&out.stdout).into_owned();
    let line = text.lines().skip(1).find(|line| !line.contains("#FFFFFF")).expect("a dot");
    let (x, y) = line.split(':').next().and_then(|at| at.split_once(',')).unwrap();
    (x.parse::<u32>().unwrap(), y.parse::<u32>().unwrap() + 5)
}
