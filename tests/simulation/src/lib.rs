//! A seeded simulation of the sync: tablets, a server, their links and their clocks in one process, over the real stores and the
//! real routes. `docs/guides/simulate.md` says what is simulated and which check holds which invariant.
//!
//! A history is drawn whole from its seed ([`act::History::of`]), played act by act ([`world::World::play`]), healed, and
//! checked ([`checks`]). Nothing in it asks the machine for time or randomness, so that a seed replays to the byte.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::new_without_default,
    reason = "a simulation says what it expects by panicking; a run catches it"
)]

pub mod act;
pub mod checks;
mod database;
mod draw;
pub mod faults;
mod given;
mod hands;
mod ledger;
mod link;
mod newer;
mod programme;
pub mod run;
mod server;
mod tablet;
pub mod world;
