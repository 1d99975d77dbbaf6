//! The finder on files: cases made by hand, properties, and the shared files whose truth is known.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails has to stop")]

mod by_hand;
mod command;
mod properties;
mod shared;

use std::collections::BTreeMap;

use palier_matching::{Pair, PersonRecord, pairs, read_lines};

/// The small file of a centre's first days.
pub(crate) fn centre() -> Vec<PersonRecord> {
    read_lines(include_str!("../fixtures/centre.jsonl").as_bytes()).unwrap()
}

/// Pairs found, by their two ids.
pub(crate) fn found(records: &[PersonRecord]) -> BTreeMap<(String, String), Pair> {
    pairs(records).into_iter().map(|pair| ((pair.a.clone(), pair.b.clone()), pair)).collect()
}
