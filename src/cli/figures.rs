//! `nisba figures`: every numeral of reports and of folders of reports, read on all cores, a row each in file order.

use std::{
    collections::BTreeMap,
    io::{self, IsTerminal, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    Listing, READ_OR_USAGE, details, notes, read_one,
    rows::{Datum, write_rows},
};
use crate::{
    error::Error,
    facts::Dataset,
    format,
    reading::{Figure, Form},
    session::load::{How, Loaded},
    source::SourceId,
};

/// So many files a core may be read before the first of them is written: what is held stays bounded, however many
/// there are.
const AHEAD: usize = 2;

/// Lists the figures of files and folders.
///
/// # Errors
/// Where the rows cannot be written. A file that cannot be read is said in a line; the rest goes on.
pub fn list(listing: &Listing, how: &How) -> Result<ExitCode, Error> {
    let mut trouble = Vec::new();
    let mut files = Vec::new();
    for path in &listing.input.files {
        if !path.is_dir() {
            files.push(Found::new(path.clone()));
            continue;
        }
        let before = files.len() + trouble.len();
        walk(path, &mut files, &mut trouble);
        if files.len() + trouble.len() == before {
            let known = format::report_extensions().join(", ");
            super::say(&format!("{}: there is no report in this folder; Nisba looks for {known}", path.display()));
        }
    }
    trouble.iter().for_each(|line| super::say(line));
    let mut failed = !trouble.is_empty();
    let mut bar = Bar::new(&files);
    let input_type = listing.input.input_type.as_deref();
    let written = in_order(
        &files,
        |found| read(found, input_type, how),
        |results| {
            let rows = results.flat_map(|(found, result)| {
                bar.advance(found.bytes);
                let read = result.unwrap_or_else(|| Read::failed(&found.shown(), "its reading broke off"));
                read.said.iter().for_each(|line| bar.say(line));
                failed |= read.loaded.is_none();
                rows_of(read.loaded, found.shown())
            });
            write_rows(&COLUMNS, rows, listing.format)
        },
    );
    drop(bar);
    written?;
    Ok(if failed { ExitCode::from(READ_OR_USAGE) } else { ExitCode::SUCCESS })
}

/// A file to be read, and its length where it is known.
struct Found {
    path: PathBuf,
    bytes: u64,
}

impl Found {
    fn new(path: PathBuf) -> Self {
        let bytes = std::fs::metadata(&path).map_or(0, |meta| meta.len());
        Self { path, bytes }
    }

    fn shown(&self) -> String {
        self.path.display().to_string()
    }
}

/// What came of a file: its figures, and what is to be said about it.
struct Read {
    loaded: Option<Box<Loaded>>,
    said: Vec<String>,
}

impl Read {
    fn failed(path: &str, what: &str) -> Self {
        Self {
            loaded: None,
            said: vec![format!("{path}: {what}; the file would be a welcome sample for a fault report")],
        }
    }
}

fn read(found: &Found, input_type: Option<&str>, how: &How) -> Read {
    match read_one(&found.path, input_type, SourceId(0), how) {
        Err(error) => Read { loaded: None, said: vec![error.to_string()] },
        Ok(mut one) => {
            let mut said = notes(&found.shown(), &one.dataset.diagnostics);
            if one.reading.is_none() {
                said.push(format!("{}: this is a table; `nisba facts` lists what it states", found.shown()));
            }
            // The facts are not asked for here and would be held until the row is written.
            one.dataset = Dataset::default();
            Read { loaded: Some(Box::new(one)), said }
        }
    }
}

/// The reports of a folder and its subfolders, in the order of their paths. What is hidden is left out, as are links
/// to folders: they may lead back.
fn walk(folder: &Path, files: &mut Vec<Found>, trouble: &mut Vec<String>) {
    let mut failed = |error: io::Error| {
        let what = format!("the folder cannot be read ({error})");
        trouble.push(Error::read(folder.display().to_string(), what, "check the path").to_string());
    };
    let mut paths = Vec::new();
    match std::fs::read_dir(folder) {
        Err(error) => failed(error),
        Ok(entries) => {
            for entry in entries {
                match entry {
                    Ok(entry) => paths.push(entry.path()),
                    Err(error) => failed(error),
                }
            }
        }
    }
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() && !path.is_symlink() {
            walk(&path, files, trouble);
        } else if path.is_file() && format::is_report_name(&name) {
            files.push(Found::new(path));
        }
    }
}

// ── On all cores, in order ──

/// Works on all cores and hands over the results in the order of the items, while no more than a few are held: a
/// core takes the next item only when one has been handed over. A result is nothing where the work panicked.
fn in_order<T: Sync, R: Send, O>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    take: impl FnOnce(InOrder<'_, T, R>) -> O,
) -> O {
    let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get).min(items.len().max(1));
    let (ask, asked) = mpsc::channel::<usize>();
    let (answer, answers) = mpsc::channel();
    let asked = Mutex::new(asked);
    let next = || asked.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    thread::scope(|scope| {
        for _ in 0..cores {
            let answer = answer.clone();
            let (next, work) = (&next, &work);
            scope.spawn(move || {
                while let Some(at) = next() {
                    let result = items.get(at).map(|item| catch_unwind(AssertUnwindSafe(|| work(item))).ok());
                    if answer.send((at, result.flatten())).is_err() {
                        return;
                    }
                }
            });
        }
        drop(answer);
        let mut results = InOrder { items, ask, answers, early: BTreeMap::new(), asked: 0, handed: 0 };
        (0..cores * AHEAD).for_each(|_| results.ask_one());
        take(results)
    })
}

/// The results, in the order of the items. Dropping it lets the workers go.
struct InOrder<'a, T, R> {
    items: &'a [T],
    ask: Sender<usize>,
    answers: Receiver<(usize, Option<R>)>,
    /// What came before its turn.
    early: BTreeMap<usize, Option<R>>,
    asked: usize,
    handed: usize,
}

impl<T, R> InOrder<'_, T, R> {
    fn ask_one(&mut self) {
        // Nobody left to ask is seen when the answer is waited for.
        if self.asked < self.items.len() && self.ask.send(self.asked).is_ok() {
            self.asked += 1;
        }
    }
}

impl<'a, T, R> Iterator for InOrder<'a, T, R> {
    type Item = (&'a T, Option<R>);

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.items.get(self.handed)?;
        while !self.early.contains_key(&self.handed) {
            let (at, result) = self.answers.recv().ok()?;
            self.early.insert(at, result);
        }
        let result = self.early.remove(&self.handed)?;
        self.handed += 1;
        self.ask_one();
        Some((item, result))
    }
}

// ── How far it is ──

/// A line on standard error that says how far it is; only on a terminal, and only where no rows run over the same one.
struct Bar {
    on: bool,
    files: (usize, usize),
    bytes: (u64, u64),
    drawn: Instant,
    shown: bool,
}

impl Bar {
    /// So often it is drawn.
    const PACE: Duration = Duration::from_millis(100);

    fn new(files: &[Found]) -> Self {
        let on = files.len() > 1 && io::stderr().is_terminal() && !io::stdout().is_terminal();
        let bytes = files.iter().map(|found| found.bytes).sum();
        Self { on, files: (0, files.len()), bytes: (0, bytes), drawn: Instant::now(), shown: false }
    }

    fn advance(&mut self, bytes: u64) {
        self.files.0 += 1;
        self.bytes.0 += bytes;
        if self.on && self.drawn.elapsed() >= Self::PACE {
            self.drawn = Instant::now();
            self.shown = true;
            let _ = write!(io::stderr(), "\r{}\x1b[K", line(self.files, self.bytes));
        }
    }

    /// Says something above it.
    fn say(&mut self, words: &str) {
        self.clear();
        super::say(words);
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.clear();
    }
}

/// `[========            ] 12 of 30 files, 1.2 of 3.0 MB`.
fn line((file, files): (usize, usize), (done, all): (u64, u64)) -> String {
    const WIDTH: usize = 20;
    let part = if all == 0 { file as f64 / files.max(1) as f64 } else { done as f64 / all as f64 };
    let full = ((part * WIDTH as f64) as usize).min(WIDTH);
    let mega = |bytes: u64| bytes as f64 / 1e6;
    let bar = format!("{}{}", "=".repeat(full), " ".repeat(WIDTH - full));
    format!("[{bar}] {file} of {files} files, {:.1} of {:.1} MB", mega(done), mega(all))
}

// ── Rows ──

/// The rows of a report, made as they are asked for.
fn rows_of(loaded: Option<Box<Loaded>>, path: String) -> impl Iterator<Item = Vec<Datum>> {
    let count = loaded.as_ref().and_then(|one| one.reading.as_ref()).map_or(0, |reading| reading.figures.len());
    (0..count).filter_map(move |n| {
        let one = loaded.as_ref()?;
        Some(row(one, one.reading.as_ref()?.figures.get(n)?, &path))
    })
}

const COLUMNS: [&str; 16] = [
    "source",
    "section",
    "paragraph",
    "start",
    "end",
    "text",
    "value",
    "value_max",
    "unit",
    "status",
    "kind",
    "subject",
    "period",
    "detail",
    "form",
    "path",
];

fn row(one: &Loaded, figure: &Figure, path: &str) -> Vec<Datum> {
    let paragraph = one.reading.as_ref().and_then(|reading| reading.paragraphs.get(figure.paragraph));
    let section = paragraph.and_then(|p| one.reading.as_ref()?.sections.get(p.section));
    vec![
        Datum::text(&one.source.name),
        Datum::text(section.map_or("", |section| &section.heading)),
        Datum::count(paragraph.map_or(0, |p| p.number as usize)),
        Datum::count(figure.span.start),
        Datum::count(figure.span.end),
        Datum::text(figure.span.of(&one.source.text).unwrap_or_default()),
        Datum::number(figure.value),
        Datum::number(figure.value_max),
        Datum::text(&figure.unit),
        Datum::text(figure.status.label()),
        Datum::text(&figure.kind),
        Datum::text(&figure.subject),
        Datum::text(&figure.period),
        Datum::text(&details(&figure.detail)),
        Datum::text(match figure.form {
            Form::Digits => "digits",
            Form::Words => "words",
        }),
        Datum::text(path),
    ]
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::{in_order, line};

    #[test]
    fn results_come_in_order_and_few_are_held() {
        let items: Vec<usize> = (0..500).collect();
        let (begun, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let most = AtomicUsize::new(0);
        let work = |n: &usize| {
            let held = begun.fetch_add(1, Ordering::SeqCst) + 1 - taken.load(Ordering::SeqCst);
            most.fetch_max(held, Ordering::SeqCst);
            // The first of each ten is the slowest.
            std::thread::sleep(std::time::Duration::from_micros(if n.is_multiple_of(10) { 900 } else { 20 }));
            n * 2
        };
        let results: Vec<Option<usize>> = in_order(&items, work, |results| {
            let count = |(_, result)| {
                taken.fetch_add(1, Ordering::SeqCst);
                result
            };
            results.map(count).collect()
        });
        assert_eq!(results, items.iter().map(|n| Some(n * 2)).collect::<Vec<_>>());
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let bound = cores * super::AHEAD + 1;
        assert!(most.load(Ordering::SeqCst) <= bound, "{} of {bound} held", most.load(Ordering::SeqCst));
    }

    #[test]
    fn who_has_seen_enough_is_not_waited_for_and_a_panic_is_one_missing_result() {
        let items: Vec<usize> = (0..10_000).collect();
        let begun = AtomicUsize::new(0);
        let work = |n: &usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            assert!(*n != 1, "the one that fails");
            *n
        };
        let results: Vec<Option<usize>> = in_order(&items, work, |results| results.map(|(_, n)| n).take(3).collect());
        assert_eq!(results, [Some(0), None, Some(2)]);
        assert!(begun.load(Ordering::SeqCst) < 1000);
        let none: Vec<usize> = Vec::new();
        assert_eq!(in_order(&none, work, |results| results.count()), 0);
    }

    #[test]
    fn the_bar_says_how_far_it_is() {
        assert_eq!(line((12, 30), (1_200_000, 3_000_000)), "[========            ] 12 of 30 files, 1.2 of 3.0 MB");
        assert!(line((1, 2), (0, 0)).starts_with("[==========          ]"));
        assert!(line((2, 2), (9, 5)).starts_with("[====================]"));
    }
}
