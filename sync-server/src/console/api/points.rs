//! Points à trancher: values written at once, and visits that two mediators may have made together.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Answer of `points` and of every decision.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Points {
    /// Fields where two values wait.
    pub points: Vec<Point>,
    /// Visits that may be one.
    pub same_visits: Vec<SameVisit>,
    /// How many points and visits wait in all, those beyond these lists included.
    pub total: u32,
    /// What was decided, newest first.
    pub decided: Vec<Decision>,
}

/// A field where people wrote different values without seeing each other's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Point {
    /// Record id.
    pub record: String,
    /// `household`, `person`, `visit_note`.
    pub kind: String,
    /// Number of the field.
    pub field: u16,
    /// Name of the field: `note`, `family_name`, `phone`…
    pub name: String,
    /// Where: "402 · 12 allée de Milan · C".
    pub place: String,
    /// Who it is about, when an agreement lets the name be shown.
    pub household: String,
    /// The structure whose file it is.
    pub structure: String,
    /// The values, oldest first.
    pub writings: Vec<Writing>,
}

/// One value, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Writing {
    /// Its name: `replica.sequence.part`.
    pub head: String,
    /// The value; empty when the writer emptied the field.
    pub value: String,
    /// First name of the writer, or the account that decided it; empty when not known.
    pub author: String,
    /// When it was written (instant).
    pub at: String,
    /// Minutes between the writing and its arrival here; none when it is not known.
    pub offline_minutes: Option<u32>,
}

/// `settle_point`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SettlePoint {
    /// Record id.
    pub record: String,
    /// Number of the field.
    pub field: u16,
    /// The value to keep; empty keeps all, joined by a line break.
    pub keep: String,
    /// The values that the page showed: when another came since, nothing is written and the error is `changed`.
    pub seen: Vec<String>,
}

/// Two visits at one door that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct SameVisit {
    /// Where.
    pub place: String,
    /// Minutes between them.
    pub minutes_apart: u32,
    /// They belong to one outing.
    pub same_outing: bool,
    /// The first.
    pub first: VisitSide,
    /// The second.
    pub second: VisitSide,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct VisitSide {
    /// Visit id.
    pub id: String,
    /// When (instant).
    pub at: String,
    /// Outcome code.
    pub outcome: String,
    /// Slot promised.
    pub callback: String,
    /// Flags.
    pub flags: Vec<String>,
    /// First names of those who took part.
    pub people: Vec<String>,
    /// Structure.
    pub structure: String,
    /// A note hangs on it.
    pub has_note: bool,
}

/// `settle_visits`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SettleVisits {
    /// Visit that stays.
    pub keep: String,
    /// The other.
    pub other: String,
    /// One visit with the participants of both, or two visits.
    pub same: bool,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Decision {
    /// Its id.
    pub id: String,
    /// When (instant).
    pub at: String,
    /// Account that decided.
    pub account: String,
    /// `point_one`, `point_all`, `one_visit`, `two_visits`, `one_household`, `two_households`, `one_person`, `two_people`.
    pub kind: String,
    /// Name of the field, of a point.
    pub name: String,
    /// Where.
    pub place: String,
    /// What stands there now; empty when the person was erased since.
    pub value: String,
    /// It can still be undone.
    pub can_undo: bool,
    /// When it was undone (instant).
    pub undone_at: Option<String>,
}

/// `undo_decision`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct UndoDecision {
    /// Decision id.
    pub id: String,
}
