//! What a passage at a door gave.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One passage, as the sheet lists it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct VisitLine {
    /// Visit id.
    pub id: String,
    /// Outcome code.
    pub outcome: String,
    /// When (instant).
    pub at: String,
    /// Who: first names of the own structure, empty for another structure.
    pub who: Vec<String>,
    /// Slot promised for a callback, as a code (`morning`, `noon`, `afternoon`, `evening`, `weekend`) or an instant.
    pub callback: String,
    /// Flags (`flyer_left`, `interpreter`, `third_party_present`).
    pub flags: Vec<String>,
    /// Short note; empty under the veil or from another structure.
    pub note: String,
    /// Other values of the note, when several people wrote it at once.
    pub other_notes: Vec<String>,
    /// Needs by theme.
    pub needs: Vec<String>,
    /// True when this tablet's profile may change it.
    pub mine: bool,
}

/// `record_visit`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct RecordVisit {
    /// Door id.
    pub door: String,
    /// Outcome code of model.md §3.
    pub outcome: String,
    /// For `callback`: a slot code or an instant; else empty.
    pub callback: String,
    /// Flags of this passage (`flyer_left`…); those it already has stay. Absent is none.
    #[serde(default)]
    #[ts(optional, as = "Option<Vec<String>>")]
    pub flags: Vec<String>,
}

/// `record_floor`: every door of a floor that is still to do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct RecordFloor {
    /// Stair id.
    pub stair: String,
    /// Floor, or none for the whole stair (hall closed).
    pub floor: Option<i16>,
    /// Outcome code: `no_answer`, `inaccessible` or `vacant`.
    pub outcome: String,
}

/// What was recorded; the screen reads the plan again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Recorded {
    /// Action id, for "Annuler".
    pub action: String,
    /// Visit id (the last one when several).
    pub visit: String,
    /// How many doors were recorded.
    pub count: u32,
    /// The next door still to do on the stair, if any.
    pub next: Option<String>,
}

/// `amend_visit`: what is given replaces, what is absent stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct AmendVisit {
    /// Visit id.
    pub visit: String,
    /// New outcome.
    pub outcome: Option<String>,
    /// New slot.
    pub callback: Option<String>,
    /// New set of flags.
    pub flags: Option<Vec<String>>,
    /// New note, ≤ 280 characters.
    pub note: Option<String>,
    /// New set of needs by theme.
    pub needs: Option<Vec<String>>,
}
