//! Aide & état: what the server says of itself.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Answer of `server_state`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct ServerState {
    /// Version of the server.
    pub version: String,
    /// Addresses that tablets reach it at.
    pub addresses: Vec<String>,
    /// When it was started (instant).
    pub started_at: String,
    /// The server's clock (instant).
    pub now: String,
    /// Last backup (instant); none when there is none.
    pub backup_at: Option<String>,
    /// Space taken by its files, in KiB.
    pub kib: u32,
    /// Changes received and written since the beginning.
    pub changes: u32,
    /// What the integrity check of the database found; empty when all is well.
    pub faults: Vec<String>,
    /// Login names of the accounts.
    pub accounts: Vec<String>,
}
