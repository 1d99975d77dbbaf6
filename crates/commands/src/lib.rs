//! What a screen may ask of Palier: one request, one answer, the same for every host (the Tauri window, the loopback).
//!
//! What it is: the table of commands ([`table`]), their wire types ([`api`]) and [`App`], which holds the open profile.
//! A command reads the request into domain types, calls the store once, and converts the answer. What it is not: the merge, the tables, the keys, the words.
//!
//! Invariants: a command that writes answers after the commit, never before; every command but a few asks for an open
//! profile; under the veil no name and no note leaves this crate. Start reading at [`App`], then [`table`].

mod act;
mod action;
pub mod api;
mod app;
mod background;
mod bundle;
mod claim;
mod clock;
mod diagnosis;
mod heard;
mod household;
mod journal;
mod network;
mod outing;
mod paper;
mod place;
mod profile;
mod qr;
mod referral;
#[cfg(test)]
mod rig;
mod search;
mod services;
mod session;
mod sync;
pub mod table;
mod visit;

pub use app::{App, AppOptions};
pub use clock::SystemClock;
pub use network::{Network, TlsNetwork};
// Hosts choose where the device secret is kept and how much a PIN costs.
pub use palier_exchange::{Boot, Clock};
pub use palier_vault::{DeviceSecret, FileSecret, Policy};
