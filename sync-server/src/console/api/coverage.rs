//! Coverage per building and stair, and the list of visits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;

/// `coverage`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct CoverageRequest {
    /// Only this sector; empty for all.
    pub sector: String,
}

/// Its answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Coverage {
    /// Sectors, to choose one.
    pub sectors: Vec<Named>,
    /// Buildings, by sector then address.
    pub buildings: Vec<BuildingCoverage>,
}

/// A building.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct BuildingCoverage {
    /// Building id.
    pub id: String,
    /// Address.
    pub address: String,
    /// Commune.
    pub commune: String,
    /// Sector id.
    pub sector: String,
    /// QPV code; empty outside.
    pub qpv: String,
    /// Name of the QPV, or its code when the contours are not here.
    pub qpv_name: String,
    /// `inside`, `outside`, `to_confirm`, `unknown`.
    pub qpv_status: String,
    /// Made up for the demonstration.
    pub invented: bool,
    /// Doors.
    pub doors: u32,
    /// Tried at least once.
    pub tried: u32,
    /// Opened at least once.
    pub opened: u32,
    /// Last visit (instant).
    pub last_at: Option<String>,
    /// Its stairs.
    pub stairs: Vec<StairCoverage>,
}

/// A stair.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct StairCoverage {
    /// Stair id.
    pub id: String,
    /// Its name; empty for the only one.
    pub name: String,
    /// Doors.
    pub doors: u32,
    /// Tried at least once.
    pub tried: u32,
    /// Opened at least once.
    pub opened: u32,
    /// Last visit (instant).
    pub last_at: Option<String>,
}

/// `settle_qpv`: a person says whether a building is in the neighbourhood that was to be confirmed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SettleQpv {
    /// Building id.
    pub building: String,
    /// In it, or outside.
    pub inside: bool,
}

/// `visits`: a page, newest first.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct VisitsRequest {
    /// Only this sector; empty for all.
    pub sector: String,
    /// Only this outcome; empty for all.
    pub outcome: String,
    /// From this date.
    pub from: Option<String>,
    /// To this date, included.
    pub to: Option<String>,
    /// How many to pass over.
    pub offset: u32,
}

/// Its answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct VisitPage {
    /// Sectors, to choose one.
    pub sectors: Vec<Named>,
    /// How many visits there are.
    pub total: u32,
    /// Visits of a page.
    pub page: u32,
    /// The page.
    pub visits: Vec<VisitLine>,
}

/// A visit.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct VisitLine {
    /// Visit id.
    pub id: String,
    /// When (instant).
    pub at: String,
    /// Outcome code.
    pub outcome: String,
    /// Slot promised, a code or an instant; empty for none.
    pub callback: String,
    /// Flags.
    pub flags: Vec<String>,
    /// Where: "402 · 12 allée de Milan · C".
    pub place: String,
    /// Sector name.
    pub sector: String,
    /// First names of those who took part.
    pub people: Vec<String>,
    /// Structure.
    pub structure: String,
}
