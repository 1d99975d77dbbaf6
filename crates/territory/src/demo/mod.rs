//! The demonstration territory, used when no pack is given. True: code, name and commune of the 13 priority neighbourhoods of
//! Tours Métropole. Made up, and marked so: every contour, building, dwelling, sector and structure. The streets do not exist.
//!
//! It is the same at every call, and goes through the same plan as an imported pack.

mod buildings;
mod neighbourhoods;
mod services;
mod structures;

use std::collections::BTreeMap;

use palier_domain::place;
use uuid::Uuid;

use crate::decode::Encoding;
use crate::plan::{ImportPlan, KnownTerritory, Pack, plan};
use crate::provenance::Provenance;
use crate::reading::Reading;

pub use neighbourhoods::{QPV_OF_TOURS_METROPOLE, QpvFact};

/// The demonstration territory.
#[derive(Debug, Clone)]
pub struct Demo {
    /// Its id.
    pub territory: Uuid,
    /// Its name.
    pub name: &'static str,
    /// Its sectors.
    pub sectors: Vec<DemoSector>,
    /// What an import would bring: 13 neighbourhoods, 40 buildings with 1,200 doors, 3 structures.
    pub pack: Pack,
}

/// A sector of the demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoSector {
    /// Its id.
    pub id: Uuid,
    /// Its name, which says that it is made up.
    pub name: String,
    /// Codes of its neighbourhoods.
    pub zones: Vec<&'static str>,
}

/// Sectors and their neighbourhoods.
const SECTORS: [(&str, &[&str]); 5] = [
    ("Sanitas", &["QN03709M"]),
    ("Europe", &["QN03708M"]),
    ("Rives du Cher et Fontaines", &["QN03707I", "QN03705M"]),
    ("Rabière", &["QN03702M"]),
    ("Rabaterie", &["QN03704M"]),
];

/// The demonstration territory.
#[must_use]
pub fn territory() -> Demo {
    let territory = place::derived_id("territory", place::NAMESPACE, "démonstration");
    let sectors = SECTORS.iter().map(|(name, zones)| DemoSector {
        id: place::derived_id("sector", territory, name),
        name: format!("{name} (démonstration)"),
        zones: zones.to_vec(),
    });
    let structures = structures::structures(territory);
    let pack = Pack {
        zones: Some(reading(neighbourhoods::zones())),
        services: Some(reading(services::services(territory, &structures))),
        structures: Some(reading(structures)),
        dwellings: Some(reading(buildings::buildings(territory, &SECTORS))),
    };
    Demo { territory, name: "Territoire de démonstration", sectors: sectors.collect(), pack }
}

impl Demo {
    /// The territory before the pack is imported: its sectors, and nothing else.
    #[must_use]
    pub fn known(&self) -> KnownTerritory {
        let codes =
            self.sectors.iter().flat_map(|sector| sector.zones.iter().map(|zone| ((*zone).to_owned(), sector.id)));
        KnownTerritory {
            sector_of_zone: codes.collect::<BTreeMap<_, _>>(),
            // One building stands outside every neighbourhood, as some do.
            default_sector: self.sectors.first().map(|sector| sector.id),
            ..KnownTerritory::default()
        }
    }

    /// The plan that makes the territory.
    #[must_use]
    pub fn plan(&self) -> ImportPlan {
        plan(&self.known(), &self.pack)
    }
}

fn reading<T>(items: Vec<T>) -> Reading<T> {
    let provenance = Provenance {
        source: "Palier, territoire de démonstration inventé".to_owned(),
        licence: "EUPL-1.2".to_owned(),
        date: None,
    };
    let mut reading = Reading::new(Encoding::Utf8, &provenance);
    reading.rows = u32::try_from(items.len()).unwrap_or(u32::MAX);
    reading.items = items;
    reading
}
