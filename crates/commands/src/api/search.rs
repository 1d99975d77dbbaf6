//! Finding a place or a household.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `search`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SearchRequest {
    /// What was typed; fewer than 2 characters give nothing.
    pub text: String,
    /// Stair at hand, whose results come first; may be empty.
    pub stair: String,
}

/// Results, best first, at most 30.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct SearchAnswer {
    /// The results.
    pub hits: Vec<SearchHit>,
    /// What was typed is the code of a slip with a wrong character.
    pub slip_mistyped: bool,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct SearchHit {
    /// `household`, `door`, `stair`, `building`, `diagnosis`, `referral` and `trust` (of a slip; its id is the code).
    pub kind: String,
    /// Id of that thing.
    pub id: String,
    /// First line: a name, an address, or the code of a slip.
    pub title: String,
    /// Second line: where, the day of a diagnosis, or the service of a referral.
    pub detail: String,
    /// Door to open, empty for a building.
    pub door: String,
    /// Stair to open, empty for a building with several.
    pub stair: String,
    /// In the stair at hand.
    pub here: bool,
}
