//! The server as a client meets it: the real router over real files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test says what it expects by panicking"
)]

mod agreements;
mod busy;
mod console;
mod copies;
mod enrolment;
mod figures;
mod generated;
mod independent;
mod leaving;
mod malicious;
mod office;
mod packs;
mod releases;
mod roster;
mod slips;
