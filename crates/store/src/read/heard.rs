//! What people said: trust by slip, verbatims.

use palier_domain::trust::Measure;
use palier_sync::RecordState;
use rusqlite::Row;
use uuid::Uuid;

use crate::alias::TOGETHER;
use crate::{Store, StoreError, record};

/// An answer about trust, with its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustRow {
    /// The record.
    pub id: Uuid,
    /// What it says.
    pub measure: Measure,
}

/// What someone said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbatimRow {
    /// The record.
    pub id: Uuid,
    /// Its theme's code.
    pub theme: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Its record: the words.
    pub state: RecordState,
}

impl Store {
    /// What who holds a slip said of their trust, oldest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn trust_of_slip(&self, slip: &str) -> Result<Vec<TrustRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, slip, object, level, at FROM trust WHERE slip = ?1 ORDER BY at, id")?;
        Ok(statement.query_map([slip], trust_row)?.collect::<Result<_, _>>()?)
    }

    /// All that was said of trust, for the figures.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn trust_measures(&self) -> Result<Vec<Measure>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, slip, object, level, at FROM trust ORDER BY slip, object, at")?;
        Ok(statement.query_map([], |row| Ok(trust_row(row)?.measure))?.collect::<Result<_, _>>()?)
    }

    /// What a household said, latest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn verbatims_of(&self, household: Uuid) -> Result<Vec<VerbatimRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, theme, at FROM verbatim WHERE household IN {TOGETHER} ORDER BY at DESC, id"
        ))?;
        let rows: Vec<(Uuid, String, i64)> = statement
            .query_map([household], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?;
        let mut verbatims = Vec::new();
        for (id, theme, at) in rows {
            if let Some(loaded) = record::load(&self.connection, id)? {
                verbatims.push(VerbatimRow { id, theme, at, state: loaded.state });
            }
        }
        Ok(verbatims)
    }
}

pub(super) fn trust_row(row: &Row<'_>) -> rusqlite::Result<TrustRow> {
    let measure = Measure { slip: row.get(1)?, object: row.get(2)?, level: row.get(3)?, at_ms: row.get(4)? };
    Ok(TrustRow { id: row.get(0)?, measure })
}
