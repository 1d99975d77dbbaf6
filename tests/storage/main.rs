//! A disk that is full, and one that fails, at each step that writes: what was there stays, nothing is there by half, and the
//! same thing is done once there is space again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test says what it expects by panicking"
)]

mod centre;
mod store;
mod tablet;

/// A folder for files that are copied and opened thousands of times: in memory where there is one. Faults are put in by
/// hand, so what the files are on does not matter.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}
