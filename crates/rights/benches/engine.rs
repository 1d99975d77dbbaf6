//! What a diagnosis costs, complete and partial: `cargo bench -p palier-rights`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a measure, not a product; criterion writes an item of its own"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use palier_rights::diagnosis::Amounts;
use palier_rights::month::Month;
use palier_rights::reading::{Completeness, read};
use palier_rights::told::Engine;
use serde_json::{Value, json};

const NOVEMBER: Month = Month::of(2026, 11);

/// Households of our own, one after the other.
fn households() -> Vec<Value> {
    let text = include_str!("../tests/fixtures/households.jsonl");
    text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["inputs"].take()).collect()
}

fn engine(criterion: &mut Criterion) {
    let engine = Engine::built_in().unwrap();
    let pack = &engine.pack;
    let full: Vec<Value> = households();
    let told: Vec<_> = full.iter().map(|inputs| read(inputs, NOVEMBER, Completeness::Full).unwrap()).collect();
    let nothing = json!({ "adultes": [{}, {}], "enfants": [{}, {}] });
    let nothing = serde_json_borrow::Value::from(&nothing);
    criterion.bench_function("start", |bencher| bencher.iter(|| Engine::built_in().unwrap()));
    criterion.bench_function("households of our own, all amounts", |bencher| {
        bencher.iter(|| told.iter().map(|household| Amounts::of(pack, household, NOVEMBER).rsa).collect::<Vec<_>>());
    });
    criterion.bench_function("nothing told, with the next question", |bencher| {
        bencher.iter(|| engine.diagnose(&nothing, NOVEMBER).unwrap().next.len());
    });
}

criterion_group!(benches, engine);
criterion_main!(benches);
