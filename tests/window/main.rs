//! The real window under Xvfb, driven by WebKitWebDriver: the Tauri shell, its IPC, its CSP, the core and SQLCipher.
//!
//! A few journeys only; the many are in the browser over the loopback host, which answers the same commands.

#![allow(missing_docs, reason = "tests name themselves")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod closed;
mod day;
mod rig;
