//! From bytes to figures, facts and charts. `cargo bench --bench reading`; with `../shared` beside the project it reads
//! the real reports, without it the built-in brief.

use std::{hint::black_box, path::Path, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nisba::{
    analysis::consistency,
    chart::{self, ChartSpec},
    session::load::{Loaded, Progress, SAMPLES, load_bytes},
    source::SourceId,
};

const REPORT: &str = "../shared/reports/nations-in-transit-2005-kazakhstan.txt";
const REPORTS: &str = "../shared/reports";
const CHARTS: [&str; 3] = ["category-scores", "seats-votes", "ethnic-composition"];

fn read(name: &str, bytes: &[u8]) -> Option<Loaded> {
    load_bytes(name, bytes, SourceId(0), &Progress::default()).ok()
}

fn report() -> (String, Vec<u8>) {
    match std::fs::read(REPORT) {
        Ok(bytes) => ("report.txt".to_owned(), bytes),
        Err(_) => (SAMPLES[0].0.to_owned(), SAMPLES[0].1.to_vec()),
    }
}

fn reports(folder: &Path, found: &mut Vec<Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            reports(&path, found);
        } else if let Ok(bytes) = std::fs::read(&path) {
            found.push(bytes);
        }
    }
}

fn bytes_to_three_charts(c: &mut Criterion) {
    let (name, bytes) = report();
    c.bench_function("report: bytes to three charts", |b| {
        b.iter(|| {
            let loaded = read(&name, black_box(&bytes));
            loaded.map(|loaded| {
                let hashes = [(loaded.source.id, loaded.source.sha256)];
                CHARTS.map(|id| {
                    chart::build(&loaded.dataset, &hashes, &ChartSpec::new(id)).map(|chart| chart.marks.len())
                })
            })
        });
    });
}

/// All that is made of a report: its figures and facts, every chart it allows, and what it says against itself.
fn bytes_to_charts_and_findings(c: &mut Criterion) {
    let (name, bytes) = report();
    c.bench_function("report: bytes to facts, all charts and findings", |b| {
        b.iter(|| {
            let loaded = read(&name, black_box(&bytes))?;
            let hashes = [(loaded.source.id, loaded.source.sha256)];
            let charts = chart::all(&loaded.dataset, &hashes).len();
            Some((charts, consistency::check(&loaded.source, loaded.reading.as_ref(), &loaded.dataset).len()))
        });
    });
}

fn findings(c: &mut Criterion) {
    let (name, bytes) = report();
    let Some(loaded) = read(&name, &bytes) else { return };
    c.bench_function("report: findings alone", |b| {
        b.iter(|| consistency::check(black_box(&loaded.source), loaded.reading.as_ref(), &loaded.dataset).len())
    });
}

fn figures_of_all_reports(c: &mut Criterion) {
    let mut all = Vec::new();
    reports(Path::new(REPORTS), &mut all);
    if all.is_empty() {
        all.push(report().1);
    }
    let count =
        |bytes: &[u8]| read("report.txt", bytes).and_then(|one| one.reading).map_or(0, |reading| reading.figures.len());
    let figures: usize = all.iter().map(|bytes| count(bytes)).sum();
    let size: usize = all.iter().map(Vec::len).sum();
    eprintln!("{} reports, {size} bytes, {figures} figures", all.len());
    let mut group = c.benchmark_group("all reports");
    group.throughput(Throughput::Elements(figures as u64)).measurement_time(Duration::from_secs(10));
    group.bench_function("bytes to figures", |b| {
        b.iter(|| all.iter().map(|bytes| count(black_box(bytes))).sum::<usize>())
    });
    group.finish();
}

fn bytes_to_accounted_figures(c: &mut Criterion) {
    let (name, bytes) = report();
    c.bench_function("report: bytes to accounted figures", |b| {
        b.iter(|| read(&name, black_box(&bytes)).and_then(|one| one.reading).map_or(0, |reading| reading.figures.len()))
    });
}

/// The reports again and again, up to so many bytes.
fn corpus(bytes: usize) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    reports(Path::new(REPORTS), &mut all);
    if all.is_empty() {
        all.push(report().1);
    }
    let mut size = 0;
    let fits = |one: &&Vec<u8>| {
        size += one.len();
        size <= bytes
    };
    all.iter().cycle().take_while(fits).cloned().collect()
}

/// Reads a corpus on one core and on two, and scans it for numerals with the regex crate alone; prints the speeds and
/// their ratio once, since criterion's many runs over 50 MB would take minutes.
fn a_corpus_of_50_mb(_: &mut Criterion) {
    const MEGABYTE: f64 = 1_000_000.0;
    let timed = |work: &dyn Fn() -> usize| {
        let start = std::time::Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64()
    };
    let figures =
        |one: &Vec<u8>| read("report.txt", one).and_then(|one| one.reading).map_or(0, |reading| reading.figures.len());
    let Ok(numeral) = regex::bytes::Regex::new(r"[0-9]+(?:[.,][0-9]+)*") else { return };
    for megabytes in [5, 10, 25, 50] {
        let all = corpus(megabytes * 1_000_000);
        let size = all.iter().map(Vec::len).sum::<usize>() as f64 / MEGABYTE;
        let scan = timed(&|| all.iter().map(|one| numeral.find_iter(one).count()).sum());
        let one = timed(&|| all.iter().map(figures).sum());
        let (left, right) = all.split_at(all.len() / 2);
        let two = timed(&|| {
            std::thread::scope(|scope| {
                let other = scope.spawn(|| right.iter().map(figures).sum::<usize>());
                left.iter().map(figures).sum::<usize>() + other.join().unwrap_or(0)
            })
        });
        eprintln!(
            "{size:.1} MB: one core {:.1} MB/s, two cores {:.1} MB/s a core; a bare scan {:.0} MB/s, {:.0} times as fast as one core",
            size / one,
            size / two / 2.0,
            size / scan,
            one / scan
        );
    }
}

criterion_group!(
    benches,
    bytes_to_three_charts,
    bytes_to_charts_and_findings,
    findings,
    bytes_to_accounted_figures,
    figures_of_all_reports,
    a_corpus_of_50_mb
);
criterion_main!(benches);
