//! The ledger on a real PostgreSQL, started by the tests in a folder of their own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    reason = "a test says what it expects by panicking"
)]

mod cluster;
mod cut;
mod ledger;
mod moved;
mod served;
mod takeover;
