//! What the server holds of a territory already, as far as an import must compare with it.

use std::collections::{BTreeMap, HashMap, HashSet};

use uuid::Uuid;

use crate::offer::Service;
use crate::point::Point;
use crate::structure::Structure;
use crate::zone::{QpvStatus, Zone};

/// A territory as it stands before an import.
#[derive(Debug, Clone, Default)]
pub struct KnownTerritory {
    /// Its neighbourhoods.
    pub zones: Vec<Zone>,
    /// Its buildings, by id.
    pub buildings: HashMap<Uuid, KnownBuilding>,
    /// Its stairs.
    pub stairs: HashSet<Uuid>,
    /// Its doors.
    pub doors: HashSet<Uuid>,
    /// Its structures, by id.
    pub structures: HashMap<Uuid, Structure>,
    /// Its services, by id.
    pub services: HashMap<Uuid, Service>,
    /// Places that were joined to another as the same place: from the one given up to the one kept.
    pub aliases: HashMap<Uuid, Uuid>,
    /// Sector of new buildings, by the code of their neighbourhood.
    pub sector_of_zone: BTreeMap<String, Uuid>,
    /// Sector of new buildings whose neighbourhood has none.
    pub default_sector: Option<Uuid>,
}

/// What an import compares of a building. Its address is not compared: a person may have corrected it since.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KnownBuilding {
    /// Address, for the screen.
    pub address: String,
    /// Commune.
    pub commune: String,
    /// Postcode.
    pub postcode: String,
    /// Where it is.
    pub point: Option<Point>,
    /// Code of the neighbourhood, empty for none.
    pub qpv: String,
    /// What is known of it.
    pub qpv_status: Option<QpvStatus>,
    /// A person said which neighbourhood it is: an import leaves that alone.
    pub qpv_settled: bool,
}

impl KnownTerritory {
    /// The place that stands for this one after joins.
    #[must_use]
    pub fn kept(&self, place: Uuid) -> Uuid {
        let mut kept = place;
        // Joins are chains of one or two; the bound keeps a loop in the data from holding the server.
        for _ in 0..8 {
            match self.aliases.get(&kept) {
                Some(next) if *next != kept => kept = *next,
                _ => break,
            }
        }
        kept
    }
}
