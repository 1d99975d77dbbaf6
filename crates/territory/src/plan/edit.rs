//! What an accepted import writes, record by record: only the fields that it sets.

use uuid::Uuid;

use crate::offer::Service;
use crate::point::Point;
use crate::structure::Structure;
use crate::zone::{QpvStatus, Zone};

/// One record to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordEdit {
    /// A neighbourhood, whole: new, or in place of the one with its code.
    Zone(Box<Zone>),
    /// A building, new or changed.
    Building(Box<BuildingEdit>),
    /// A new stair.
    Stair(StairEdit),
    /// A new door.
    Door(DoorEdit),
    /// A service, new or changed, whole.
    Service(Box<Service>),
    /// A structure, new or changed, whole: `changed` of the plan says what differs.
    Structure(Box<Structure>),
}

/// Fields of a building to set; none leaves a field alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildingEdit {
    /// Its id.
    pub id: Uuid,
    /// It does not exist yet.
    pub new: bool,
    /// Sector of a new building, if the known territory tells one.
    pub sector: Option<Uuid>,
    /// Address, of a new building only.
    pub address: Option<String>,
    /// INSEE code of the commune, of a new building only.
    pub commune_insee: Option<String>,
    /// Commune.
    pub commune: Option<String>,
    /// Postcode.
    pub postcode: Option<String>,
    /// Where it is.
    pub point: Option<Point>,
    /// Code of the neighbourhood (empty for none) and what is known of it.
    pub qpv: Option<(String, QpvStatus)>,
    /// Made up for the demonstration; of a new building only.
    pub invented: bool,
}

/// A new stair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StairEdit {
    /// Its id.
    pub id: Uuid,
    /// Its building.
    pub building: Uuid,
    /// Its name; empty for the only stair.
    pub name: String,
}

/// A new door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorEdit {
    /// Its id.
    pub id: Uuid,
    /// Its stair.
    pub stair: Uuid,
    /// 0 is the ground floor.
    pub floor: i16,
    /// Number or label.
    pub label: String,
    /// Rank on its stair in the file, from 0: the order of the landing when the file keeps it.
    pub rank: u32,
}
