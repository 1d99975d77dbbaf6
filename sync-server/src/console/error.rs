//! A command that refused: a code for the page, and the argument of its message. Never personal data.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::api::ErrorCode;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[ts(export_to = "console.ts")]
#[error("{code:?} {detail}")]
pub struct ConsoleError {
    /// What the page acts on.
    pub code: ErrorCode,
    /// The argument of the message: a field, a limit; empty when none.
    pub detail: String,
}
