//! The wire, measured and trained on a week of the demonstration territory: `wire` prints its figures as JSON, `wire FILE`
//! writes the dictionary of `crates/sync`.
//!
//! Bodies come from the real commands of two tablets and a real server. Every identifier is replaced by another in each
//! sample: a dictionary holds what bodies have in common, and no record of anywhere.

#![allow(
    clippy::indexing_slicing,
    reason = "an absent key of a JSON answer reads as null, which the next command refuses"
)]

mod samples;
mod week;

use std::io::Write;

use anyhow::Context;
use palier_sync::wire;
use palier_tests::CentreSocial;
use samples::Samples;
use serde_json::json;

/// Size of the dictionary, in bytes: beyond it, small bodies gain little.
const DICTIONARY_BYTES: usize = 16 * 1024;

fn main() -> anyhow::Result<()> {
    let centre = CentreSocial::open()?;
    week::record(&centre)?;
    let samples = Samples::read(&centre)?;
    if let Some(file) = std::env::args().nth(1) {
        let bodies = samples.bodies()?;
        let dictionary = zstd::dict::from_samples(&bodies, DICTIONARY_BYTES).context("Train")?;
        return std::fs::write(&file, dictionary).with_context(|| format!("Write {file}"));
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

/// Bytes a change, to the tenth.
fn per(bytes: usize, changes: usize) -> f64 {
    let tenths = bytes.saturating_mul(10).checked_div(changes).unwrap_or(0);
    f64::from(u32::try_from(tenths).unwrap_or(u32::MAX)) / 10.0
}
