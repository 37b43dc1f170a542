//! The system's file dialogs, off the window's thread; and whether there are any.

use std::{env, path::PathBuf};

use crate::{
    export::{ENCODERS, Encoder},
    session::{
        Asked, Command,
        job::{Job, Poll, Waker},
    },
};

/// A dialog that is open.
pub struct Dialog {
    asked: Asked,
    job: Job<Answer>,
}

enum Answer {
    Chosen(Vec<PathBuf>),
    Missing(String),
}

impl Dialog {
    /// Asks which files to open.
    pub fn open(waker: &Waker) -> Self {
        let job = Job::start(waker, || {
            ask(|| {
                let dialog = rfd::FileDialog::new().set_title("Open a report or data");
                dialog.pick_files().unwrap_or_default()
            })
        });
        Self { asked: Asked::Open, job }
    }

    /// Asks where to save, beginning from a name.
    pub fn save(waker: &Waker, name: String) -> Self {
        let job = Job::start(waker, || {
            ask(move || {
                let dialog = rfd::FileDialog::new().set_title("Export chart").set_file_name(&name);
                let file = name;
                // The filter that the name's ending asks for stands first: the dialog shows only files that fit it.
                let fits = |encoder: &&Encoder| file.ends_with(encoder.ext);
                let order = ENCODERS.iter().filter(fits).chain(ENCODERS.iter().filter(|encoder| !fits(encoder)));
                let dialog = order.fold(dialog, |dialog, encoder| {
                    dialog.add_filter(format!("{} (.{})", encoder.name, encoder.ext), &[encoder.ext])
                });
                dialog.save_file().into_iter().collect()
            })
        });
        Self { asked: Asked::ExportChart, job }
    }

    /// Asks where to save links, beginning from a name.
    pub fn save_links(waker: &Waker, name: String) -> Self {
        let job = Job::start(waker, || {
            ask(move || links("Export links").set_file_name(name).save_file().into_iter().collect())
        });
        Self { asked: Asked::ExportLinks, job }
    }

    /// Asks for a file of saved links.
    pub fn open_links(waker: &Waker) -> Self {
        let job = Job::start(waker, || ask(|| links("Import links").pick_file().into_iter().collect()));
        Self { asked: Asked::ImportLinks, job }
    }

    /// What came of it: `None` while it is open, otherwise the command that follows, if any.
    pub fn poll(&self) -> Option<Option<Command>> {
        match self.job.poll() {
            Poll::Working => None,
            Poll::Lost => Some(None),
            Poll::Done(Answer::Missing(reason)) => Some(Some(Command::NoDialog { asked: self.asked, reason })),
            Poll::Done(Answer::Chosen(paths)) if paths.is_empty() => Some(None),
            Poll::Done(Answer::Chosen(paths)) if self.asked == Asked::Open => Some(Some(Command::Open(paths))),
            Poll::Done(Answer::Chosen(paths)) => Some(paths.into_iter().next().map(|path| self.asked.command(path))),
        }
    }
}

/// A dialog for files of links.
fn links(title: &str) -> rfd::FileDialog {
    rfd::FileDialog::new().set_title(title).add_filter("Web Annotations (.jsonld, .json)", &["jsonld", "json"])
}

fn ask(show: impl FnOnce() -> Vec<PathBuf>) -> Answer {
    match missing() {
        Some(reason) => Answer::Missing(reason),
        None => Answer::Chosen(show()),
    }
}

/// Why no dialog can be shown, where it can't: without a desktop portal and without `zenity` the dialog's library
/// answers just as it does to Cancel, so it must be found out first.
fn missing() -> Option<String> {
    if cfg!(not(all(unix, not(target_os = "macos")))) || in_path("zenity") || portal() {
        return None;
    }
    Some(
        "this desktop offers no file dialog (no portal on the session bus, no `zenity` in the path); type the path \
         here, or drop the file on the window"
            .to_owned(),
    )
}

fn in_path(program: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// Whether a desktop portal can be reached: there is a session bus, and a service file that starts a portal on it.
fn portal() -> bool {
    let bus = env::var_os("DBUS_SESSION_BUS_ADDRESS").is_some()
        || env::var_os("XDG_RUNTIME_DIR").is_some_and(|folder| PathBuf::from(folder).join("bus").exists());
    let service = "dbus-1/services/org.freedesktop.portal.Desktop.service";
    let shared = env::var_os("XDG_DATA_DIRS").filter(|dirs| !dirs.is_empty());
    let shared = shared.unwrap_or_else(|| "/usr/local/share:/usr/share".into());
    let sandboxed = PathBuf::from("/.flatpak-info").exists();
    bus && (sandboxed || env::split_paths(&shared).any(|folder| folder.join(service).is_file()))
}
