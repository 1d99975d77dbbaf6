//! Dwellings: buildings, their stairs and their doors, from a list of one line per dwelling.

mod address;
mod read;

use serde::Serialize;
use uuid::Uuid;

use crate::point::Point;

pub use read::read_dwellings;

/// A building: an address of a commune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Building {
    /// Derives from the territory, the commune and the address.
    pub id: Uuid,
    /// "12 bis allée de Milan".
    pub address: String,
    /// INSEE code of the commune.
    pub commune_insee: String,
    /// Commune; empty when the file does not say.
    pub commune: String,
    /// Five digits; empty when the file does not say.
    pub postcode: String,
    /// Where it is, if the file says.
    pub point: Option<Point>,
    /// Its first line in the file; 0 when it comes from no file.
    pub line: u32,
    /// Its stairs, in the order of the file.
    pub stairs: Vec<Stair>,
    /// Made up for the demonstration.
    pub invented: bool,
}

/// A stair of a building.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stair {
    /// Derives from the building and the name.
    pub id: Uuid,
    /// "Bât. C · Escalier 2"; empty for the only stair of a building.
    pub name: String,
    /// Its doors, in the order of the file.
    pub doors: Vec<Door>,
}

/// A door of a stair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Door {
    /// Derives from the stair, the floor and the label.
    pub id: Uuid,
    /// 0 is the ground floor, negative is below.
    pub floor: i16,
    /// Number or label as the file writes it: "402", "3e gauche".
    pub label: String,
}

impl Building {
    /// Doors of all its stairs.
    #[must_use]
    pub fn door_count(&self) -> usize {
        self.stairs.iter().map(|stair| stair.doors.len()).sum()
    }
}
