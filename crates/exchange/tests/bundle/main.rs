//! Bundles between tablets with real encrypted stores, and no server.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test says what it expects by panicking"
)]

mod damaged;
mod field;
mod given;
mod rights;
