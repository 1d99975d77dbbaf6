//! The record of the `fleet` measure: what a coordinator counts of it and finds it by, in one index.

use palier_domain::fold;
use palier_sync::catalogue::fleet_visit as f;
use rusqlite::{Connection, params};

use super::Fields;
use crate::{Store, StoreError};

/// Outcome of the workload that counts as an open door.
const OPENED: &str = "ouvert";

/// Made when a store is opened, not by a migration: no released store has this table.
pub(crate) const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS fleet_visit (n INTEGER PRIMARY KEY, key TEXT NOT NULL, opened INTEGER NOT NULL) STRICT;
    CREATE INDEX IF NOT EXISTS fleet_visit_coverage ON fleet_visit (key, opened);";

pub(super) fn visit(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased {
        connection
            .prepare_cached("DELETE FROM fleet_visit WHERE n = (SELECT n FROM record WHERE id = ?1)")?
            .execute([fields.id])?;
        return Ok(());
    }
    // The building first: coverage of a building and the search of a door are both one range of the index.
    let key = format!("{} {}", fold::joined(&fields.text(f::building)), fold::joined(&fields.text(f::door)));
    connection
        .prepare_cached(
            "INSERT INTO fleet_visit (n, key, opened) SELECT n, ?2, ?3 FROM record WHERE id = ?1
             ON CONFLICT (n) DO UPDATE SET key = excluded.key, opened = excluded.opened",
        )?
        .execute(params![fields.id, key, fields.text(f::outcome) == OPENED])?;
    Ok(())
}

impl Store {
    /// Visits of a building and how many of them found an open door.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn fleet_coverage(&self, building: &str) -> Result<(u32, u32), StoreError> {
        let first = format!("{} ", fold::joined(building));
        // '!' is what follows a space.
        let end = format!("{}!", fold::joined(building));
        Ok(self
            .connection
            .prepare_cached("SELECT count(*), coalesce(sum(opened), 0) FROM fleet_visit WHERE key >= ?1 AND key < ?2")?
            .query_row([first, end], |row| Ok((row.get(0)?, row.get(1)?)))?)
    }
}
