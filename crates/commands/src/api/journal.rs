//! The day's actions, each undone and redone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One action of the journal, newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ActionLine {
    /// Action id.
    pub id: String,
    /// When (instant).
    pub at: String,
    /// Kind: `visit`, `floor`, `amend_visit`, `note`, `needs`, `stair`, `door`, `building`, `household`, `person`, `agreement`, `outing_start`, `outing_end`, `hours`.
    pub kind: String,
    /// Outcome or other code of the kind, empty when none.
    pub code: String,
    /// Where: "402 · 12 allée de Milan · C".
    pub place_name: String,
    /// Door to open, empty when none.
    pub door: String,
    /// Stair to open, empty when none.
    pub stair: String,
    /// How many doors (a floor).
    pub count: u32,
    /// It is undone now.
    pub undone: bool,
    /// It may be undone or redone (false for a withdrawal, and past the last 50).
    pub can_undo: bool,
    /// The server has it.
    pub sent: bool,
}

/// `journal`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct JournalAnswer {
    /// The last 50 actions, newest first.
    pub actions: Vec<ActionLine>,
}

/// `undo` and `redo`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct ActionRequest {
    /// Action id.
    pub action: String,
}
