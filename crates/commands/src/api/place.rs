//! Buildings, stairs, doors.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::VisitLine;

/// A building of the tablet's sectors.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct BuildingCard {
    /// Building id.
    pub id: String,
    /// "12 allée de Milan", "12 allée de Milan · Bât. C".
    pub name: String,
    /// Sector id.
    pub sector: String,
    /// Sector name.
    pub sector_name: String,
    /// Code of the QPV, empty when outside.
    pub qpv: String,
    /// `inside`, `outside`, `to_confirm`, `unknown`.
    pub qpv_status: String,
    /// Access: door code, keeper, lift. Free text without names.
    pub access: String,
    /// Stairs, in order.
    pub stairs: Vec<StairCard>,
    /// Doors in the building.
    pub doors: u32,
    /// Doors tried at least once.
    pub tried: u32,
    /// Doors opened at least once.
    pub opened: u32,
}

/// A stair of a building.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct StairCard {
    /// Stair id.
    pub id: String,
    /// "Escalier C", "Entrée 2".
    pub name: String,
    /// Doors.
    pub doors: u32,
    /// Doors tried at least once.
    pub tried: u32,
    /// Doors opened at least once.
    pub opened: u32,
    /// Last visit, if any (instant).
    pub last_visit: Option<String>,
}

/// `stair_plan`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct StairRequest {
    /// Stair id.
    pub stair: String,
}

/// The door grid of a stair.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct StairPlan {
    /// Stair id.
    pub stair: String,
    /// Stair name.
    pub stair_name: String,
    /// Building id.
    pub building: String,
    /// Building name.
    pub building_name: String,
    /// Access line of the building.
    pub access: String,
    /// Floors, highest first.
    pub floors: Vec<Floor>,
    /// Doors by status, for the bar.
    pub tally: Tally,
    /// Who takes it today; none when nobody said so.
    pub taken_by: Option<Taken>,
    /// Another structure knocked here some days before.
    pub knocked: Option<Knocked>,
    /// No door was done yet today: the posture card.
    pub first_door: bool,
}

/// Who takes a stair today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Taken {
    /// First name; empty for another structure's.
    pub who: String,
    /// It is who holds this tablet.
    pub mine: bool,
    /// Since when (instant).
    pub at: String,
}

/// Another structure that knocked at a stair within the last fourteen days: a door is not asked twice in a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Knocked {
    /// Its name; empty when it is not known here.
    pub who: String,
    /// Doors it knocked at. Which ones, and what was said, is on the grid for who holds the sector.
    pub doors: u32,
    /// Its last passage (instant).
    pub at: String,
}

/// `take_stair`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct TakeStair {
    /// Stair id.
    pub stair: String,
    /// Takes it, or gives it back.
    pub taken: bool,
}

/// One floor of the grid.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Floor {
    /// 0 is the ground floor, negative is below.
    pub floor: i16,
    /// Doors from left to right.
    pub doors: Vec<DoorCell>,
}

/// What a door shows in the grid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct DoorCell {
    /// Door id.
    pub id: String,
    /// Number or label ("402", "3e gauche").
    pub label: String,
    /// Status to show: `todo`, `met`, `absent`, `declined`, `callback`, `vacant`, `inaccessible`, `other`, `do_not_contact`.
    pub status: String,
    /// The last outcome's code, empty when never tried.
    pub outcome: String,
    /// Passages so far.
    pub passages: u32,
    /// Last passage (instant).
    pub last_at: Option<String>,
    /// Passage recorded today by this tablet's team.
    pub today: bool,
    /// A household file is open here and held on this tablet.
    pub household: bool,
    /// Someone must decide between two values here.
    pub to_settle: bool,
}

/// Doors by shown status.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Tally {
    /// All doors.
    pub doors: u32,
    /// Doors tried at least once.
    pub tried: u32,
    /// `met`.
    pub met: u32,
    /// `absent`.
    pub absent: u32,
    /// `declined` and `do_not_contact`.
    pub declined: u32,
    /// `callback`.
    pub callback: u32,
    /// `vacant`.
    pub vacant: u32,
    /// `inaccessible`.
    pub inaccessible: u32,
    /// Any other outcome.
    pub other: u32,
}

/// `door`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct DoorRequest {
    /// Door id.
    pub door: String,
}

/// The sheet of one door.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct DoorSheet {
    /// The cell of the grid.
    pub cell: DoorCell,
    /// Floor.
    pub floor: i16,
    /// Stair id.
    pub stair: String,
    /// "12 allée de Milan · Escalier C".
    pub place_name: String,
    /// The next door of the series on this stair that is still to do, if any.
    pub next: Option<String>,
    /// Label of that door.
    pub next_label: Option<String>,
    /// Passages, newest first, at most 20.
    pub visits: Vec<VisitLine>,
    /// Household file held here, if any.
    pub household: Option<String>,
    /// Name to show for it: hidden (empty) under the veil or without agreement.
    pub household_name: String,
    /// A diagnosis without an agreement that is under way at this door on this tablet, if any.
    pub diagnosis: Option<String>,
}

/// `create_stair`: a stair that is in no list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct CreateStair {
    /// An existing building, or empty to make one from `address`.
    pub building: String,
    /// "12 allée de Milan" when the building is new.
    pub address: String,
    /// Sector of a new building.
    pub sector: String,
    /// "C", "Escalier C"; may be empty for a building with one stair.
    pub stair_name: String,
    /// Number of floors above the ground floor.
    pub floors: u8,
    /// Doors on the ground floor too.
    pub ground_floor: bool,
    /// Doors on each floor.
    pub doors_per_floor: u8,
    /// `floor_number` (101, 102 … 201), `running` (1, 2, 3 …), `side` (gauche, face, droite…).
    pub numbering: String,
}

/// `create_door`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct CreateDoor {
    /// Stair id.
    pub stair: String,
    /// Floor.
    pub floor: i16,
    /// Label as read on the door.
    pub label: String,
}

/// `edit_building`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct EditBuilding {
    /// Building id.
    pub building: String,
    /// Access line: code, keeper, lift.
    pub access: String,
}

/// Answer of `buildings`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Buildings {
    /// The buildings, by sector then by name.
    pub buildings: Vec<BuildingCard>,
}
