//! How long a chart takes from facts to a file.

#[path = "../tests/common/mod.rs"]
mod common;

use criterion::{Criterion, criterion_group, criterion_main};
use nisba::{
    chart::{self, ChartSpec},
    export::{self, Canvas},
};

fn export(criterion: &mut Criterion) {
    let (dataset, source) = common::kazakhstan();
    let spec = ChartSpec::new("seats-votes");
    let canvas = Canvas::default();
    criterion.bench_function("build", |b| b.iter(|| chart::build(&dataset, &[(source.id, source.sha256)], &spec)));
    let Some(chart) = chart::build(&dataset, &[(source.id, source.sha256)], &spec) else { return };
    for encoder in export::ENCODERS {
        let name = format!("seats-votes to {}, 1200 × 675", encoder.ext);
        criterion.bench_function(&name, |b| b.iter(|| (encoder.encode)(&chart, &[&source], &canvas)));
    }
}

criterion_group!(benches, export);
criterion_main!(benches);
