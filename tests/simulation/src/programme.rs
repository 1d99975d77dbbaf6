//! Who works where, as the coordinator decided: what each tablet may hold is counted from it here, by another hand than the
//! server's.

use std::collections::BTreeSet;

use palier_domain::place::{derived_id, door_id, stair_id};
use palier_sync::ScopeKey;
use uuid::Uuid;

use crate::act::TABLETS;

/// The territory.
pub const TERRITORY: Uuid = Uuid::from_u128(1);

/// Structures, sectors.
pub const SIDES: usize = 2;

/// A structure's id.
pub fn structure(number: usize) -> Uuid {
    derived_id("structure", TERRITORY, &number.to_string())
}

/// A sector's id.
pub fn sector(number: usize) -> Uuid {
    derived_id("sector", TERRITORY, &number.to_string())
}

/// The profile of a place at work.
pub fn profile(tablet: usize) -> Uuid {
    derived_id("profile", TERRITORY, &tablet.to_string())
}

/// The structure of a place at work.
pub const fn side(tablet: usize) -> usize {
    tablet / (TABLETS / SIDES)
}

/// The stair of a sector.
pub fn stair(of: usize) -> Uuid {
    stair_id(sector(of), "A")
}

/// A door of a sector.
pub fn door(of: usize, number: u8) -> Uuid {
    door_id(stair(of), 1, &format!("10{number}"))
}

/// Where a sector's places are.
pub fn place(of: usize) -> ScopeKey {
    ScopeKey::Place { sector: sector(of) }
}

/// Where a structure's files of a sector are.
pub fn file(side: usize, of: usize) -> ScopeKey {
    ScopeKey::File { sector: sector(of), structure: structure(side) }
}

/// A household: one for each structure in each sector.
pub fn household(side: usize, of: usize) -> Uuid {
    derived_id("household", TERRITORY, &format!("{side}{of}"))
}

/// Who works where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// Structure by sector.
    pub works: [[bool; SIDES]; SIDES],
    /// Who is an ambassador, by place at work.
    pub ambassador: [bool; TABLETS],
    /// Who works there now.
    pub active: [bool; TABLETS],
}

impl Default for Programme {
    /// Both structures work in the first sector, the first also in the second.
    fn default() -> Self {
        Self { works: [[true, true], [true, false]], ambassador: [false; TABLETS], active: [true; TABLETS] }
    }
}

impl Programme {
    /// What the tablet of a place at work may hold.
    pub fn held(&self, tablet: usize) -> BTreeSet<ScopeKey> {
        let mut held = BTreeSet::new();
        if !self.active[tablet] {
            return held;
        }
        let side = side(tablet);
        held.extend([ScopeKey::Territory, ScopeKey::Team { structure: structure(side) }]);
        for of in (0..SIDES).filter(|of| self.works[side][*of]) {
            held.insert(place(of));
            if !self.ambassador[tablet] {
                held.insert(file(side, of));
            }
        }
        held
    }
}
