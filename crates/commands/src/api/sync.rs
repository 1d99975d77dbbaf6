//! What is sent, what is not.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the pill says, computed from the journal and never from the last request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct SyncStatus {
    /// `up_to_date`, `pending`, `sending`, `stale` (3 days or more without sending while something waits), `refused`.
    pub state: String,
    /// Acts not acknowledged by the server.
    pub pending: u32,
    /// While sending: done.
    pub done: u32,
    /// While sending: total.
    pub total: u32,
    /// Last time the server acknowledged everything there was (instant), if ever.
    pub last_sync: Option<String>,
    /// Days since something waits, 0 when nothing does.
    pub days_waiting: u32,
    /// The last try failed to reach the server.
    pub offline: bool,
    /// Changes of colleagues that came by a bundle and that the server has not yet.
    pub carried: u32,
    /// Changes the server refused, kept here with the reason.
    pub quarantined: Vec<Quarantined>,
    /// The tablet's clock is wrong by more than two minutes: by how many seconds (positive = ahead).
    #[ts(type = "number")]
    pub clock_off_seconds: i64,
}

/// A change the server refused; it is kept and shown, and blocks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Quarantined {
    /// When it was written (instant).
    pub at: String,
    /// What kind of record.
    pub kind: String,
    /// Reason code (`erased`, `not_allowed`, `invalid`, …).
    pub reason: String,
}
