//! The day of a mediator: outings, figures, promises, where to go on.

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::visits::split;
use crate::{Store, StoreError};

/// An outing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutingRow {
    /// Outing id.
    pub id: Uuid,
    /// Sector.
    pub sector: Uuid,
    /// Structure.
    pub structure: Uuid,
    /// The replica that started it.
    pub author: u32,
    /// Profiles of the team.
    pub team: Vec<Uuid>,
    /// UTC milliseconds.
    pub started_at: i64,
    /// UTC milliseconds, 0 for none.
    pub planned_return: i64,
    /// UTC milliseconds, 0 while open.
    pub ended_at: i64,
    /// Minutes kept, 0 while open.
    pub minutes: u16,
}

/// A promised passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromiseRow {
    /// Door id.
    pub door: Uuid,
    /// Slot code or instant.
    pub slot: String,
    /// When it was promised, UTC milliseconds.
    pub at: i64,
}

const OUTING_COLUMNS: &str = "id, sector, structure, author, team, started_at, planned_return, ended_at, minutes";

fn outing_row(row: &Row<'_>) -> rusqlite::Result<OutingRow> {
    Ok(OutingRow {
        id: row.get(0)?,
        sector: row.get(1)?,
        structure: row.get(2)?,
        author: row.get(3)?,
        team: split(&row.get::<_, String>(4)?).iter().filter_map(|id| Uuid::parse_str(id).ok()).collect(),
        started_at: row.get(5)?,
        planned_return: row.get(6)?,
        ended_at: row.get(7)?,
        minutes: row.get(8)?,
    })
}

impl Store {
    /// The outing that this replica started and has not ended; the newest when several.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn open_outing(&self, author: u32) -> Result<Option<OutingRow>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!(
                "SELECT {OUTING_COLUMNS} FROM outing WHERE author = ?1 AND ended_at = 0 ORDER BY started_at DESC LIMIT 1"
            ))?
            .query_row([author], outing_row)
            .optional()?)
    }

    /// One outing.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn outing(&self, id: Uuid) -> Result<Option<OutingRow>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!("SELECT {OUTING_COLUMNS} FROM outing WHERE id = ?1"))?
            .query_row([id], outing_row)
            .optional()?)
    }

    /// Outings started since an instant, newest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn outings_since(&self, from_ms: i64) -> Result<Vec<OutingRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {OUTING_COLUMNS} FROM outing WHERE started_at >= ?1 ORDER BY started_at DESC LIMIT 500"
        ))?;
        let rows = statement.query_map([from_ms], outing_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Doors recorded in an outing, each once.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn doors_in_outing(&self, outing: Uuid) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT count(DISTINCT door) FROM visit WHERE outing = ?1")?
            .query_row([outing], |row| row.get(0))?)
    }

    /// Last outcome of each door that this author visited since an instant.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn outcomes_since(&self, from_ms: i64, author: u32) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT outcome FROM (SELECT outcome, row_number() OVER (PARTITION BY door ORDER BY at DESC, id DESC) AS place
             FROM visit WHERE at >= ?1 AND author = ?2) WHERE place = 1",
        )?;
        let rows = statement.query_map(params![from_ms, author], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The stair of the last passage that this author recorded.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn last_stair(&self, author: u32) -> Result<Option<Uuid>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT door.stair FROM visit JOIN door ON door.id = visit.door WHERE visit.author = ?1
                 ORDER BY visit.at DESC, visit.id DESC LIMIT 1",
            )?
            .query_row([author], |row| row.get(0))
            .optional()?)
    }

    /// Doors whose last passage promised another, oldest promise first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn promises(&self, limit: u32) -> Result<Vec<PromiseRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.door, s.callback, s.last_at FROM door_state AS s JOIN door ON door.id = s.door
             WHERE s.outcome = 'callback' ORDER BY s.last_at LIMIT ?1",
        )?;
        let rows = statement
            .query_map([limit], |row| Ok(PromiseRow { door: row.get(0)?, slot: row.get(1)?, at: row.get(2)? }))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Household files opened since an instant.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn households_since(&self, from_ms: i64) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT count(*) FROM household WHERE opened_at >= ?1")?
            .query_row([from_ms], |row| row.get(0))?)
    }
}
