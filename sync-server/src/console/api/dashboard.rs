//! The first screen: figures with what they are out of, coverage, what waits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `dashboard`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct DashboardRequest {
    /// Only this sector; empty for all.
    pub sector: String,
}

/// Its answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Dashboard {
    /// Today's local date.
    pub today: String,
    /// ISO week of today.
    pub week: u32,
    /// Sectors, to choose one.
    pub sectors: Vec<super::Named>,
    /// Doors known.
    pub doors: u32,
    /// Doors tried at least once.
    pub tried: u32,
    /// Doors opened at least once.
    pub opened: u32,
    /// Visits, two mediators in one visit counted once.
    pub visits: u32,
    /// Of these, since Monday.
    pub visits_this_week: u32,
    /// Points to settle, proposed same visits included.
    pub points: u32,
    /// Tablets in use.
    pub tablets: u32,
    /// Of these, not heard from for three days or never.
    pub tablets_silent: u32,
    /// Coverage by sector.
    pub by_sector: Vec<CoverageLine>,
    /// Coverage by QPV; buildings outside and not known come last.
    pub by_qpv: Vec<CoverageLine>,
    /// What waits for the coordinator, the most pressing first.
    pub todo: Vec<TodoLine>,
}

/// Doors of a sector or a neighbourhood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct CoverageLine {
    /// Sector id or QPV code; `outside`, `unknown`.
    pub id: String,
    /// Name; empty for `outside` and `unknown`, whose words are in the catalogue.
    pub name: String,
    /// Doors.
    pub doors: u32,
    /// Tried at least once.
    pub tried: u32,
    /// Opened at least once.
    pub opened: u32,
}

/// Something that waits for the coordinator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct TodoLine {
    /// `points`, `same_visits`, `tablet_silent`, `tablet_never`, `tablet_unsent`, `tablet_clock`, `qpv_to_confirm`, `no_territory`,
    /// `no_sector`, `no_structure`, `no_mediator`, `no_tablet`, `no_backup`.
    pub kind: String,
    /// How many: points, buildings, changes not sent, minutes of clock error.
    pub count: u32,
    /// Whose, or where: a first name, a place.
    pub name: String,
    /// Since how many whole days.
    pub days: u32,
}
