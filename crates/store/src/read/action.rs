//! Actions away from the doors, with what was counted there by every tablet.

use std::collections::BTreeMap;

use palier_domain::place::derived_id;
use palier_sync::RecordState;
use rusqlite::OptionalExtension;
use uuid::Uuid;

use crate::{Store, StoreError, record};

/// An action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionRow {
    /// Record id.
    pub id: Uuid,
    /// Its sector.
    pub sector: Uuid,
    /// Type's code.
    pub kind: String,
    /// Place's code.
    pub place: String,
    /// Status's code.
    pub status: String,
    /// When it began, UTC milliseconds.
    pub started_at: i64,
    /// When it ended; 0 while it goes on.
    pub ended_at: i64,
    /// Its record: name, partners, weather.
    pub state: RecordState,
    /// What was counted, by code; what came back to nothing is left out.
    pub counts: BTreeMap<String, i64>,
}

/// The id of the record that holds one count of an action: one for all tablets, so that their counts add up.
#[must_use]
pub fn tally_id(action: Uuid, code: &str) -> Uuid {
    derived_id("tally", action, code)
}

impl Store {
    /// Actions that go on, whenever they began, and those that began since an instant; the latest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn actions_since(&self, from_ms: i64, open: &str) -> Result<Vec<Uuid>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM action WHERE status = ?1 OR started_at >= ?2 ORDER BY started_at DESC, id LIMIT 100",
        )?;
        Ok(statement.query_map((open, from_ms), |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// One action.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn action(&self, id: Uuid) -> Result<Option<ActionRow>, StoreError> {
        let Some(loaded) = record::load(&self.connection, id)? else { return Ok(None) };
        let row = self
            .connection
            .prepare_cached("SELECT sector, kind, place, status, started_at, ended_at FROM action WHERE id = ?1")?
            .query_row([id], |row| {
                Ok(ActionRow {
                    id,
                    sector: row.get(0)?,
                    kind: row.get(1)?,
                    place: row.get(2)?,
                    status: row.get(3)?,
                    started_at: row.get(4)?,
                    ended_at: row.get(5)?,
                    state: loaded.state,
                    counts: BTreeMap::new(),
                })
            })
            .optional()?;
        let Some(row) = row else { return Ok(None) };
        let mut statement = self
            .connection
            .prepare_cached("SELECT code, count FROM tally WHERE action = ?1 AND count <> 0 ORDER BY code")?;
        let counts = statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        Ok(Some(ActionRow { counts, ..row }))
    }
}
