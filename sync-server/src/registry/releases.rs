//! What left the structure, as it left: numbered, never written again.

use rusqlite::{Row, params};

use super::Registry;
use crate::CentreError;

/// A release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseRow {
    /// 1, 2, 3…
    pub number: u32,
    /// `2026-T1` or `2026`.
    pub period: String,
    /// When, UTC milliseconds.
    pub made_at: i64,
    /// Login name of the account.
    pub account: String,
    /// Its figures, as JSON.
    pub body: String,
}

fn read(row: &Row<'_>) -> rusqlite::Result<ReleaseRow> {
    Ok(ReleaseRow {
        number: row.get(0)?,
        period: row.get(1)?,
        made_at: row.get(2)?,
        account: row.get(3)?,
        body: row.get(4)?,
    })
}

impl Registry {
    /// Keeps a release; its number, or none when the period was told already.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn keep_release(
        &self,
        period: &str,
        body: &str,
        account: &str,
        made_at: i64,
    ) -> Result<Option<u32>, CentreError> {
        let kept = self.connection.execute(
            "INSERT OR IGNORE INTO release (period, made_at, account, body) VALUES (?1, ?2, ?3, ?4)",
            params![period, made_at, account, body],
        )?;
        let number = u32::try_from(self.connection.last_insert_rowid()).ok();
        Ok(number.filter(|_| kept == 1))
    }

    /// Releases, the first one first.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn releases(&self) -> Result<Vec<ReleaseRow>, CentreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number, period, made_at, account, body FROM release ORDER BY number")?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }
}
