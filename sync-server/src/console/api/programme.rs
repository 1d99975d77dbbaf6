//! Structures, people at work, sectors, local emergency numbers.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;

/// Answer of `programme` and of everything that changes it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Programme {
    /// Structures that employ mediators.
    pub structures: Vec<StructureCard>,
    /// Sectors.
    pub sectors: Vec<SectorCard>,
    /// People at work.
    pub people: Vec<PersonCard>,
    /// Local emergency numbers.
    pub numbers: Vec<NumberCard>,
    /// Structures of the imported directory, to start a new one from.
    pub directory: Vec<DirectoryEntry>,
    /// Neighbourhoods whose contours were imported.
    pub zones: Vec<Named>,
}

/// A structure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct StructureCard {
    /// Structure id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind code (`centre_social`, `association_quartier`…).
    pub kind: String,
    /// Sectors where it works.
    pub sectors: Vec<String>,
    /// People at work.
    pub people: u32,
}

/// A sector.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct SectorCard {
    /// Sector id.
    pub id: String,
    /// Name.
    pub name: String,
    /// QPV code; empty for none.
    pub qpv: String,
    /// INSEE code of the commune.
    pub insee: String,
    /// Structures that work here.
    pub structures: Vec<String>,
    /// Buildings.
    pub buildings: u32,
    /// Doors.
    pub doors: u32,
}

/// A person at work: a first name, nothing more.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct PersonCard {
    /// Profile id.
    pub id: String,
    /// First name.
    pub name: String,
    /// Role code.
    pub role: String,
    /// Structure id.
    pub structure: String,
    /// At work now.
    pub active: bool,
    /// Tablets in use.
    pub tablets: u32,
}

/// A local emergency number.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct NumberCard {
    /// Its id.
    pub id: String,
    /// What it is: "Permanence du centre social".
    pub label: String,
    /// The number.
    pub number: String,
}

/// A structure of the imported directory.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct DirectoryEntry {
    /// Its id: a structure made from it keeps it.
    pub id: String,
    /// Name.
    pub name: String,
    /// Address and commune.
    pub address: String,
    /// Phone, as published.
    pub phone: String,
    /// Opening hours, as published.
    pub hours: String,
    /// The hours could not be read with certainty.
    pub hours_to_check: bool,
    /// Publisher.
    pub source: String,
    /// Licence.
    pub licence: String,
    /// Date of the line; empty when not known.
    pub updated_on: String,
}

/// `save_structure`: new when `id` is empty or is one of the directory.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SaveStructure {
    /// Structure id, or empty.
    pub id: String,
    /// Name.
    pub name: String,
    /// Kind code.
    pub kind: String,
}

/// `save_sector`: new when `id` is empty.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SaveSector {
    /// Sector id, or empty.
    pub id: String,
    /// Name.
    pub name: String,
    /// QPV code, or empty.
    pub qpv: String,
    /// Structures that work here.
    pub structures: Vec<String>,
}

/// `save_person`: new when `id` is empty.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SavePerson {
    /// Profile id, or empty.
    pub id: String,
    /// First name.
    pub name: String,
    /// Role code.
    pub role: String,
    /// Structure id; it does not change once made.
    pub structure: String,
    /// At work now.
    pub active: bool,
}

/// `save_number`: new when `id` is empty.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SaveNumber {
    /// Its id, or empty.
    pub id: String,
    /// What it is.
    pub label: String,
    /// The number; empty takes it off the tablets.
    pub number: String,
}
