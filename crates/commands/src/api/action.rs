//! Actions away from the doors, and what is counted there.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `actions`: those that go on and those of the last 30 days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ActionsView {
    /// The latest first.
    pub actions: Vec<ActionCard>,
}

/// An action in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ActionCard {
    /// Action id.
    pub id: String,
    /// Type's code: `pied_immeuble`, `stand`, …
    pub kind: String,
    /// Place's code.
    pub place: String,
    /// Its name, or empty.
    pub name: String,
    /// Name of its sector.
    pub sector_name: String,
    /// `confirmed` while it goes on, `done`, `cancelled`.
    pub status: String,
    /// When it began (instant).
    pub started_at: String,
    /// When it ended (instant), none while it goes on.
    pub ended_at: Option<String>,
    /// People counted, by all tablets together.
    pub people: u32,
}

/// `action`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct ActionSheetRequest {
    /// Action id.
    pub action: String,
}

/// An action with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ActionSheet {
    /// What the list shows.
    pub card: ActionCard,
    /// Why it was cancelled, code; empty otherwise.
    pub reason: String,
    /// What was counted, by code: `age:<band>:<gender>`, `need:<theme>`, `informed`, `see_again`.
    pub counts: Vec<CountLine>,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct CountLine {
    /// What is counted.
    pub code: String,
    /// How many, by all tablets together.
    pub count: u32,
}

/// `start_action`: it goes on from now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct StartAction {
    /// Type's code.
    pub kind: String,
    /// Place's code.
    pub place: String,
    /// Its name, at most 80 characters, or empty.
    pub name: String,
    /// Sector id.
    pub sector: String,
}

/// `count`: one more or one less.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct CountRequest {
    /// Action id.
    pub action: String,
    /// What is counted.
    pub code: String,
    /// 1 or -1.
    pub by: i8,
}

/// `end_action`: it is over, or it did not take place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct EndAction {
    /// Action id.
    pub action: String,
    /// Why it was cancelled: `weather`, `partner`, `other`; empty when it took place.
    pub cancelled: String,
}
