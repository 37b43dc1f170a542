//! Work beside the window: a thread that answers once, and one that watches open files.

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, Weak,
        mpsc::{self, Receiver, TryRecvError},
    },
    thread,
    time::{Duration, SystemTime},
};

use crate::source::SourceId;

/// Wakes the window when a thread has something to say.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// One piece of work on a thread of its own.
#[derive(Debug)]
pub struct Job<T> {
    answer: Receiver<T>,
}

/// How a job stands.
#[derive(Debug, PartialEq, Eq)]
pub enum Poll<T> {
    /// Still at it.
    Working,
    /// Its answer.
    Done(T),
    /// It ended without an answer.
    Lost,
}

impl<T: Send + 'static> Job<T> {
    /// Starts it.
    pub fn start(waker: &Waker, work: impl FnOnce() -> T + Send + 'static) -> Self {
        let (sender, answer) = mpsc::channel();
        let waker = Arc::clone(waker);
        thread::spawn(move || {
            // Wakes also when the work panics: the window then says so instead of waiting for ever.
            let _wake = WakeOnDrop(waker);
            let _ = sender.send(work());
        });
        Self { answer }
    }

    /// Asks without waiting.
    pub fn poll(&self) -> Poll<T> {
        match self.answer.try_recv() {
            Ok(answer) => Poll::Done(answer),
            Err(TryRecvError::Empty) => Poll::Working,
            Err(TryRecvError::Disconnected) => Poll::Lost,
        }
    }
}

struct WakeOnDrop(Waker);

impl Drop for WakeOnDrop {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// When a file was last changed, and its length; `None` when it is not there.
pub type Stamp = Option<(SystemTime, u64)>;

/// The stamp of a file as it lies now.
pub fn stamp(path: &std::path::Path) -> Stamp {
    let meta = std::fs::metadata(path).ok()?;
    Some((meta.modified().ok()?, meta.len()))
}

/// A file that is watched, and how it was when it was read.
#[derive(Clone, Debug)]
pub struct Watched {
    /// The source made of it.
    pub id: SourceId,
    /// Where it lies.
    pub path: PathBuf,
    /// How it was when last looked at.
    pub stamp: Stamp,
}

/// Looks at the open files every two seconds, on its own thread, for disks can be slow.
#[derive(Debug)]
pub struct Watch {
    files: Arc<Mutex<Vec<Watched>>>,
    changes: Receiver<(SourceId, Stamp)>,
}

impl Watch {
    /// Starts watching nothing.
    pub fn start(waker: &Waker) -> Self {
        let files = Arc::new(Mutex::new(Vec::new()));
        let (sender, changes) = mpsc::channel();
        let shared = Arc::downgrade(&files);
        let waker = Arc::clone(waker);
        thread::spawn(move || {
            while let Some(changed) = look(&shared) {
                for change in changed {
                    if sender.send(change).is_err() {
                        return;
                    }
                    waker();
                }
                thread::sleep(Duration::from_secs(2));
            }
        });
        Self { files, changes }
    }

    /// Watches these from now on.
    pub fn set(&self, watched: Vec<Watched>) {
        if let Ok(mut files) = self.files.lock() {
            *files = watched;
        }
    }

    /// Sources whose file changed since the last call.
    pub fn changes(&self) -> Vec<(SourceId, Stamp)> {
        self.changes.try_iter().collect()
    }
}

/// The files that changed since the last look; `None` when nobody watches any more.
fn look(shared: &Weak<Mutex<Vec<Watched>>>) -> Option<Vec<(SourceId, Stamp)>> {
    let watched = shared.upgrade()?.lock().map(|files| files.clone()).unwrap_or_default();
    let now: Vec<(SourceId, Stamp)> = watched
        .iter()
        .map(|file| (file, stamp(&file.path)))
        .filter(|(file, now)| file.stamp != *now)
        .map(|(file, now)| (file.id, now))
        .collect();
    let files = shared.upgrade()?;
    if let Ok(mut files) = files.lock() {
        for (id, stamp) in &now {
            files.iter_mut().filter(|file| file.id == *id).for_each(|file| file.stamp = *stamp);
        }
    }
    Some(now)
}
