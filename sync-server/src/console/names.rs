//! Names of places and people, as lines of the console show them.

use std::collections::HashMap;

use palier_domain::calendar;
use palier_store::Store;
use palier_sync::Replica;
use uuid::Uuid;

use super::ConsoleError;
use super::api::Named;
use crate::Centre;

/// Names read once for a page of lines.
pub(super) struct Names {
    people: HashMap<Uuid, String>,
    structures: HashMap<Uuid, String>,
    sectors: Vec<(Uuid, String)>,
    holders: HashMap<Replica, Uuid>,
}

impl Names {
    pub(super) fn read(centre: &Centre) -> Result<Self, ConsoleError> {
        let store = &centre.store;
        Ok(Self {
            people: store.profiles()?.into_iter().map(|profile| (profile.id, profile.display_name)).collect(),
            structures: store.structures()?.into_iter().map(|structure| (structure.id, structure.name)).collect(),
            sectors: store.sectors()?.into_iter().map(|sector| (sector.id, sector.name)).collect(),
            holders: centre.registry.tablets()?.into_iter().map(|tablet| (tablet.replica, tablet.profile)).collect(),
        })
    }

    pub(super) fn person(&self, profile: Uuid) -> String {
        self.people.get(&profile).cloned().unwrap_or_default()
    }

    /// First name of whoever holds the tablet that wrote.
    pub(super) fn author(&self, replica: Replica) -> String {
        self.holders.get(&replica).map(|profile| self.person(*profile)).unwrap_or_default()
    }

    pub(super) fn people(&self, profiles: &[Uuid], author: Replica) -> Vec<String> {
        let mut names: Vec<String> =
            profiles.iter().map(|profile| self.person(*profile)).filter(|name| !name.is_empty()).collect();
        if names.is_empty() {
            names.extend(Some(self.author(author)).filter(|name| !name.is_empty()));
        }
        names
    }

    pub(super) fn structure(&self, structure: Option<Uuid>) -> String {
        structure.and_then(|structure| self.structures.get(&structure).cloned()).unwrap_or_default()
    }

    pub(super) fn sector(&self, sector: Uuid) -> String {
        let found = self.sectors.iter().find(|(known, _)| *known == sector);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// Sectors, to choose one.
    pub(super) fn sectors(&self) -> Vec<Named> {
        self.sectors.iter().map(|(id, name)| Named { id: id.to_string(), name: name.clone() }).collect()
    }
}

/// "402 · 12 allée de Milan · C", and the sector of the door. Empty when the door is not here yet.
pub(super) fn place(store: &Store, door: Uuid) -> Result<(String, Uuid), ConsoleError> {
    let Some(row) = store.door(door)? else { return Ok((String::new(), Uuid::nil())) };
    let stair = store.stair(row.stair)?;
    let (address, name, sector) = stair.map(|stair| (stair.address, stair.name, stair.sector)).unwrap_or((
        String::new(),
        String::new(),
        Uuid::nil(),
    ));
    let parts: Vec<String> = [row.label, address, name].into_iter().filter(|part| !part.is_empty()).collect();
    Ok((parts.join(" · "), sector))
}

/// An instant for the page.
pub(super) fn instant(ms: i64) -> String {
    calendar::rfc3339(ms)
}

/// An instant for the page, none for never.
pub(super) fn optional_instant(ms: i64) -> Option<String> {
    (ms > 0).then(|| calendar::rfc3339(ms))
}
