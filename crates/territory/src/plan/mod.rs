//! The dry run: what an import would make new, change, leave and refuse. Nothing is written before the plan is accepted.
//!
//! An import never takes away: a value that the file leaves empty stays as it is, a place that the file does not hold stays,
//! and labels are left as people have corrected them. Importing the same file twice plans nothing the second time.

mod dwellings;
mod edit;
mod known;
mod offers;
mod structures;
mod zones;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::dwelling::Building;
use crate::offer::Service;
use crate::reading::Reading;
use crate::refusal::{Findings, Listed, RefusalCode};
use crate::structure::Structure;
use crate::zone::Zone;

pub use edit::{BuildingEdit, DoorEdit, RecordEdit, StairEdit};
pub use known::{KnownBuilding, KnownTerritory};

/// The files of a territory, each read or absent.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// Contours of neighbourhoods.
    pub zones: Option<Reading<Zone>>,
    /// Structures.
    pub structures: Option<Reading<Structure>>,
    /// Services.
    pub services: Option<Reading<Service>>,
    /// Dwellings.
    pub dwellings: Option<Reading<Building>>,
}

/// A dry run.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ImportPlan {
    /// Neighbourhoods.
    pub zones: KindPlan,
    /// Buildings; those that only get another neighbourhood from new contours count here too.
    pub buildings: KindPlan,
    /// Stairs.
    pub stairs: KindPlan,
    /// Doors.
    pub doors: KindPlan,
    /// Structures.
    pub structures: KindPlan,
    /// Services.
    pub services: KindPlan,
    /// What each file would not give, by file.
    pub files: Vec<FilePlan>,
    /// New and changed buildings by what is known of their neighbourhood.
    pub qpv: BTreeMap<&'static str, u32>,
    /// New buildings that have no sector yet: a coordinator must give one before tablets see them.
    pub without_sector: u32,
    /// What is written when the plan is accepted, parents before children.
    #[serde(skip)]
    pub edits: Vec<RecordEdit>,
}

/// What would happen to the records of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct KindPlan {
    /// New ones, by name.
    pub new: Listed<String>,
    /// Changed ones, with what changes.
    pub changed: Listed<Change>,
    /// Already there and the same.
    pub unchanged: u32,
}

/// A record that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its name for people.
    pub name: String,
    /// What changes.
    pub fields: Vec<FieldChange>,
}

/// A field that would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// Name of the field.
    pub field: &'static str,
    /// What is there; empty for nothing.
    pub old: String,
    /// What the file holds.
    pub new: String,
}

/// What one file would not give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FilePlan {
    /// `zones`, `structures`, `services`, `dwellings`.
    pub kind: &'static str,
    /// Lines or elements seen.
    pub rows: u32,
    /// Lines or elements of communes outside the territory.
    pub outside: u32,
    /// Lines or elements not taken, with the reason of each.
    pub refused: Findings,
    /// Taken with a remark.
    pub remarks: Findings,
}

impl FilePlan {
    fn of<T>(kind: &'static str, reading: &Reading<T>) -> Self {
        Self {
            kind,
            rows: reading.rows,
            outside: reading.outside,
            refused: reading.refused.clone(),
            remarks: reading.remarks.clone(),
        }
    }
}

impl ImportPlan {
    /// Records that would be new.
    #[must_use]
    pub fn new_total(&self) -> u32 {
        self.kinds().iter().map(|kind| kind.new.total).sum()
    }

    /// Records that would change.
    #[must_use]
    pub fn changed_total(&self) -> u32 {
        self.kinds().iter().map(|kind| kind.changed.total).sum()
    }

    /// Records that are there already and the same.
    #[must_use]
    pub fn unchanged_total(&self) -> u32 {
        self.kinds().iter().map(|kind| kind.unchanged).sum()
    }

    /// Lines and elements that are not taken.
    #[must_use]
    pub fn refused_total(&self) -> u32 {
        self.files.iter().map(|file| file.refused.total()).sum()
    }

    /// Refusals by their code, over all the files.
    #[must_use]
    pub fn refused_by_code(&self) -> BTreeMap<RefusalCode, u32> {
        let mut counts = BTreeMap::new();
        for (code, count) in self.files.iter().flat_map(|file| &file.refused.by_code) {
            *counts.entry(*code).or_default() += count;
        }
        counts
    }

    const fn kinds(&self) -> [&KindPlan; 6] {
        [&self.zones, &self.buildings, &self.stairs, &self.doors, &self.structures, &self.services]
    }
}

/// Compares what was read with what is known. Buildings get their neighbourhood from the contours of the pack, or else from
/// those already known.
#[must_use]
pub fn plan(known: &KnownTerritory, pack: &Pack) -> ImportPlan {
    let mut plan = ImportPlan::default();
    let all_zones = zones::plan_zones(known, pack.zones.as_ref(), &mut plan);
    dwellings::plan_dwellings(known, pack, &all_zones, &mut plan);
    structures::plan_structures(known, pack.structures.as_ref(), &mut plan);
    offers::plan_services(known, pack.services.as_ref(), &mut plan);
    plan
}

/// The change of a field when the file says something else than what is there.
fn differs(field: &'static str, old: &str, new: &str) -> Option<FieldChange> {
    (!new.is_empty() && new != old).then(|| FieldChange { field, old: old.to_owned(), new: new.to_owned() })
}
