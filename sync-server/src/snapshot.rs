//! Pages of snapshots, made once for all tablets: a new tablet takes the records of a scope as they stand, not its history.

use std::collections::BTreeMap;
use std::sync::Arc;

use palier_store::snapshot::Place;
use palier_store::{Store, StoreError};
use palier_sync::snapshot::{self, SnapshotPage};
use palier_sync::{ScopeKey, limits, wire};
use uuid::Uuid;

use crate::CentreError;

/// Bytes of pages kept, in all scopes: a metropolis's sector is about 2 MiB.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// Changes that a page may be behind its scope: the tablet takes them in as changes, a page of the wire at most.
const BEHIND_MAX: u64 = 2_000;

/// Changes of a scope that are told as they are: fewer than a page's are nothing to make a snapshot for.
const CHANGES_MIN: u64 = 2_000;

/// Name of the fact that tells this read model from another: the places of its rows mean nothing elsewhere.
const BORN: &str = "born";

/// A page as it is told.
#[derive(Clone)]
pub(crate) struct Made {
    /// What the answer says of it.
    pub(crate) page: SnapshotPage,
    /// The records, as they are attached to an answer.
    pub(crate) frame: Arc<[u8]>,
}

/// The pages kept. They hold what the read model holds: an erasure empties them.
pub(crate) struct Pages {
    kept: BTreeMap<(ScopeKey, Option<Place>), Made>,
    bytes: usize,
    /// Changes of a scope from which on it is told as a snapshot.
    pub(crate) from: u64,
    /// Most changes that the records of a page stand on.
    pub(crate) most: usize,
}

impl Default for Pages {
    fn default() -> Self {
        Self { kept: BTreeMap::new(), bytes: 0, from: CHANGES_MIN, most: limits::SNAPSHOT_CHANGES_MAX }
    }
}

impl Pages {
    /// Forgets every page: a record was erased.
    pub(crate) fn forget(&mut self) {
        self.kept.clear();
        self.bytes = 0;
    }

    /// The page of a scope after the place that a tablet names; the first one when the name is another read model's.
    pub(crate) fn page(
        &mut self,
        store: &Store,
        scope: &ScopeKey,
        scanned: u64,
        named: Option<&str>,
    ) -> Result<Made, CentreError> {
        let born = born(store)?;
        let after = named.and_then(|name| read(&born, name));
        let known = self.kept.get(&(*scope, after));
        if let Some(made) = known.filter(|made| scanned.saturating_sub(made.page.sequence) <= BEHIND_MAX) {
            return Ok(made.clone());
        }
        let told = store.record_page(scope, after, self.most)?;
        let states =
            snapshot::pack_rows(scope, &told.rows).map_err(StoreError::from)?.ok_or(CentreError::NoRandomness)?;
        let frame: Arc<[u8]> = wire::encode_page(&states).map_err(|_| CentreError::NoRandomness)?.into();
        let next = told.last.map(|place| name(&born, place));
        let made = Made { page: SnapshotPage { sequence: scanned, next, records: Vec::new() }, frame };
        self.keep((*scope, after), made.clone());
        Ok(made)
    }

    fn keep(&mut self, place: (ScopeKey, Option<Place>), made: Made) {
        if self.bytes.saturating_add(made.frame.len()) > KEPT_BYTES {
            self.forget();
        }
        self.bytes = self.bytes.saturating_add(made.frame.len());
        if let Some(old) = self.kept.insert(place, made) {
            self.bytes = self.bytes.saturating_sub(old.frame.len());
        }
    }
}

fn born(store: &Store) -> Result<String, CentreError> {
    if let Some(known) = store.fact::<String>(BORN)? {
        return Ok(known);
    }
    let new = Uuid::now_v7().simple().to_string();
    store.keep_fact(BORN, &new)?;
    Ok(new)
}

fn name(born: &str, place: Place) -> String {
    format!("{born}.{}.{}", place.kind, place.row)
}

fn read(born: &str, name: &str) -> Option<Place> {
    let (kind, row) = name.strip_prefix(born)?.strip_prefix('.')?.split_once('.')?;
    Some(Place { kind: kind.parse().ok()?, row: row.parse().ok()? })
}
