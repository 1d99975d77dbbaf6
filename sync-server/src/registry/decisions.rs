//! Decisions of coordinators, by the names of the values that they wrote and replaced: enough to undo them, and nothing
//! that an erasure would have to find.

use palier_sync::{HeadId, Replica};
use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Registry;
use crate::CentreError;

/// A value that a decision replaced, and who had written it first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replaced {
    /// Its name when it was replaced.
    pub head: HeadId,
    /// Who wrote it first: an undo writes it again in the server's name.
    pub author: Replica,
    /// When it was first written, UTC milliseconds.
    pub at: i64,
    /// Its author's sequence, for its arrival.
    pub sequence: u64,
}

/// One field that a decision wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecisionWrite {
    /// The record.
    pub record: Uuid,
    /// The field.
    pub field: u16,
    /// The value written.
    pub written: HeadId,
    /// What it replaced; empty for an element that came into a set.
    pub replaced: Vec<Replaced>,
    /// The values that an undo wrote again, in the order of `replaced`.
    #[serde(default)]
    pub restored: Vec<HeadId>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its id.
    pub id: Uuid,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Login name of the account.
    pub account: String,
    /// `point_one`, `point_all`, `one_visit`, `two_visits`.
    pub kind: String,
    /// The record of the point, or the visit that stays.
    pub record: Uuid,
    /// The field of the point, or 0.
    pub field: u16,
    /// Where.
    pub door: Option<Uuid>,
    /// What it wrote.
    pub writes: Vec<DecisionWrite>,
    /// When it was undone, UTC milliseconds, 0 for never.
    pub undone_at: i64,
}

const COLUMNS: &str = "id, at, account, kind, record, field, door, writes, undone_at";

type Stored = (DecisionRow, String);

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let decision = DecisionRow {
        id: row.get(0)?,
        at: row.get(1)?,
        account: row.get(2)?,
        kind: row.get(3)?,
        record: row.get(4)?,
        field: row.get(5)?,
        door: row.get(6)?,
        writes: Vec::new(),
        undone_at: row.get(8)?,
    };
    Ok((decision, row.get(7)?))
}

fn read((mut decision, writes): Stored) -> Result<DecisionRow, CentreError> {
    decision.writes = serde_json::from_str(&writes)?;
    Ok(decision)
}

impl Registry {
    /// Keeps a decision, or what its undo wrote.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn keep_decision(&self, decision: &DecisionRow) -> Result<(), CentreError> {
        let DecisionRow { id, at, account, kind, record, field, door, writes, undone_at } = decision;
        self.connection.execute(
            "INSERT OR REPLACE INTO decision (id, at, account, kind, record, field, door, writes, undone_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![id, at, account, kind, record, field, door, serde_json::to_string(writes)?, undone_at],
        )?;
        Ok(())
    }

    /// One decision.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn decision(&self, id: Uuid) -> Result<Option<DecisionRow>, CentreError> {
        let found = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM decision WHERE id = ?1"))?
            .query_row([id], stored)
            .optional()?;
        found.map(read).transpose()
    }

    /// Decisions, newest first.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn decisions(&self, limit: u32) -> Result<Vec<DecisionRow>, CentreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM decision ORDER BY at DESC, id DESC LIMIT ?1"))?;
        let rows = statement.query_map([limit], stored)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(read).collect()
    }

    /// Who first wrote a value that an undo wrote again; none when it is no such value.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn first_writing(&self, record: Uuid, field: u16, head: HeadId) -> Result<Option<Replaced>, CentreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT writes FROM decision WHERE record = ?1 AND undone_at > 0 ORDER BY at DESC, id DESC",
        )?;
        let rows = statement.query_map([record], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        for row in rows {
            let writes: Vec<DecisionWrite> = serde_json::from_str(&row)?;
            let of_field = writes.iter().filter(|write| write.record == record && write.field == field);
            let mut pairs = of_field.flat_map(|write| write.restored.iter().zip(&write.replaced));
            if let Some((_, first)) = pairs.find(|(restored, _)| **restored == head) {
                return Ok(Some(*first));
            }
        }
        Ok(None)
    }

    /// Login name of whoever decided a value of a record; none when no decision wrote it.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn decided_by(&self, record: Uuid, head: HeadId) -> Result<Option<String>, CentreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM decision WHERE record = ?1 ORDER BY at DESC, id DESC"))?;
        let rows = statement.query_map([record], stored)?.collect::<Result<Vec<_>, _>>()?;
        for row in rows {
            let decision = read(row)?;
            if decision.writes.iter().any(|write| write.record == record && write.written == head) {
                return Ok(Some(decision.account));
            }
        }
        Ok(None)
    }

    /// Notes that an author's changes up to a sequence have arrived.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn arrived(&self, replica: Replica, last: u64, now_ms: i64) -> Result<(), CentreError> {
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO arrival (replica, last, at) VALUES (?1, ?2, ?3)")?
            .execute(params![replica, i64::try_from(last).unwrap_or(i64::MAX), now_ms])?;
        Ok(())
    }

    /// When a change of an author arrived, UTC milliseconds; none when it is not known.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn arrival(&self, replica: Replica, sequence: u64) -> Result<Option<i64>, CentreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT at FROM arrival WHERE replica = ?1 AND last >= ?2 ORDER BY last LIMIT 1")?
            .query_row(params![replica, i64::try_from(sequence).unwrap_or(i64::MAX)], |row| row.get(0))
            .optional()?)
    }
}
