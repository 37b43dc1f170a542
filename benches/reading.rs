//! From bytes to figures, facts and charts. `cargo bench --bench reading`; with `../shared` beside the project it reads
//! the real reports, without it the built-in brief.

use std::{hint::black_box, path::Path, time::Duration};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nisba::{
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

criterion_group!(benches, bytes_to_three_charts, figures_of_all_reports);
criterion_main!(benches);
