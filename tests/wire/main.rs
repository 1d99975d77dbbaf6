//! The wire, measured and trained on a week of the demonstration territory: `wire` prints its figures as JSON, `wire FILE`
//! writes the dictionary of `crates/sync`, `wire --rows FILE` the one of the rows of `crates/store`.
//!
//! Bodies come from the real commands of two tablets and a real server. Every identifier is replaced by another in each
//! sample: a dictionary holds what bodies have in common, and no record of anywhere.

#![allow(
    clippy::indexing_slicing,
    reason = "an absent key of a JSON answer reads as null, which the next command refuses"
)]

mod french;
mod samples;
mod week;

use std::io::Write;

use anyhow::Context;
use palier_sync::wire;
use palier_tests::CentreSocial;
use samples::Samples;
use serde_json::json;

/// Size of a dictionary, in bytes: beyond it, small bodies and rows gain little.
const DICTIONARY_BYTES: usize = 16 * 1024;

/// Sentences for one row among the samples of the rows' dictionary: rows are many and alike, and notes take most of the room.
const SENTENCES_A_ROW: usize = 3;

fn main() -> anyhow::Result<()> {
    let centre = CentreSocial::open()?;
    week::record(&centre)?;
    let samples = Samples::read(&centre)?;
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == "--rows").is_some() {
        return train(&rows(&samples)?, arguments.next());
    }
    if let Some(file) = arguments.next() {
        return train(&samples.bodies()?, Some(file));
    }
    let (visit, plain_visit) = samples.one_visit()?;
    let (page, plain_page, records) = samples.first_page()?;
    let figures = json!({
        "one_visit_request_bytes": { "with_dictionary": visit, "without": plain_visit },
        "first_sync": {
            "changes": records,
            "bytes_a_change": { "columns": per(page, records), "rows": per(plain_page, records) },
        },
        "dictionary_in_use": wire::has_dictionary(&wire::encode(&json!({}), true)?),
    });
    writeln!(std::io::stdout(), "{figures:#}")?;
    Ok(())
}

/// Rows, taken evenly from all there are, and sentences.
fn rows(samples: &Samples) -> anyhow::Result<Vec<Vec<u8>>> {
    let (mut rows, sentences) = (samples.rows()?, french::sentences()?);
    let step = rows.len().saturating_mul(SENTENCES_A_ROW).div_ceil(sentences.len().max(1)).max(1);
    rows = rows.into_iter().step_by(step).collect();
    rows.extend(sentences);
    Ok(rows)
}

fn train(samples: &[Vec<u8>], file: Option<String>) -> anyhow::Result<()> {
    let file = file.context("Say which file to write")?;
    let dictionary = zstd::dict::from_samples(samples, DICTIONARY_BYTES).context("Train")?;
    std::fs::write(&file, dictionary).with_context(|| format!("Write {file}"))
}

/// Bytes a change, to the tenth.
fn per(bytes: usize, changes: usize) -> f64 {
    let tenths = bytes.saturating_mul(10).checked_div(changes).unwrap_or(0);
    f64::from(u32::try_from(tenths).unwrap_or(u32::MAX)) / 10.0
}
