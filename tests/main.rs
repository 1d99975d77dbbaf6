//! One binary: the rules of the project, the journeys of mediators and coordinators.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::too_many_lines,
    missing_docs,
    reason = "a test says what it expects by panicking, and a journey is as long as its story"
)]

mod journeys;
mod rules;
