//! Outings, the day, the hours.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The open outing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct OutingCard {
    /// Outing id.
    pub id: String,
    /// Sector id.
    pub sector: String,
    /// Sector name.
    pub sector_name: String,
    /// First names of the team.
    pub team: Vec<String>,
    /// When it began (instant).
    pub started_at: String,
    /// Planned return (instant), empty when none.
    pub planned_return: String,
    /// The planned return is past: sound the alarm.
    pub overdue: bool,
}

/// `start_outing`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct StartOuting {
    /// Sector id.
    pub sector: String,
    /// Colleagues' profile ids (oneself is always there).
    pub team: Vec<String>,
    /// Minutes until the planned return, 0 for none.
    pub return_in_minutes: u16,
}

/// `set_return`: moves the planned return of the open outing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SetReturn {
    /// Minutes from now, 0 for none.
    pub return_in_minutes: u16,
}

/// An outing with its hours.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct OutingLine {
    /// Outing id.
    pub id: String,
    /// Sector name.
    pub sector_name: String,
    /// First names of the team.
    pub team: Vec<String>,
    /// When it began (instant).
    pub started_at: String,
    /// When it ended (instant), empty when open.
    pub ended_at: String,
    /// Minutes proposed from start to end, rounded to a quarter of an hour.
    pub proposed_minutes: u16,
    /// Minutes kept: the proposal, or what was corrected by hand.
    pub minutes: u16,
    /// Doors recorded during it.
    pub doors: u32,
}

/// `correct_hours`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct CorrectHours {
    /// Outing id.
    pub outing: String,
    /// Minutes worked, 0–1440.
    pub minutes: u16,
}

/// The home screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct MyDay {
    /// Today (Europe/Paris).
    pub date: String,
    /// The open outing.
    pub outing: Option<OutingCard>,
    /// Outings of today that ended.
    pub outings: Vec<OutingLine>,
    /// Where to go on: the stair last worked on.
    pub continue_at: Option<ContinueAt>,
    /// What was promised.
    pub todo: Vec<TodoLine>,
    /// Today's figures of this profile's team.
    pub counts: DayCounts,
    /// Points that wait for a decision on records of this tablet.
    pub to_settle: u32,
    /// Things of "À faire": reminders, visits planned, rights asked for, new residents.
    pub follow_ups: u32,
    /// First door of the day not recorded yet: show the posture card.
    pub first_door: bool,
}

/// The stair last worked on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ContinueAt {
    /// Stair id.
    pub stair: String,
    /// "12 allée de Milan · Escalier C".
    pub name: String,
    /// Floor of the next door to do.
    pub floor: Option<i16>,
    /// Doors left.
    pub left: u32,
    /// Doors.
    pub doors: u32,
}

/// A promised passage.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct TodoLine {
    /// Door id.
    pub door: String,
    /// Stair id.
    pub stair: String,
    /// "12 allée de Milan · C · 402".
    pub place_name: String,
    /// Slot code or instant.
    pub slot: String,
    /// When it was promised (instant).
    pub promised_at: String,
    /// Name, empty under the veil or without agreement.
    pub name: String,
}

/// Figures of a day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct DayCounts {
    /// Doors recorded.
    pub doors: u32,
    /// Of which met.
    pub met: u32,
    /// Of which absent.
    pub absent: u32,
    /// Callbacks promised.
    pub callback: u32,
    /// Household files opened.
    pub households: u32,
}
