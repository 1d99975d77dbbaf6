//! How far the scopes' changes had come when, and how far they are compacted.

use palier_sync::ScopeKey;
use rusqlite::{OptionalExtension, params};

use super::Registry;
use crate::CentreError;

impl Registry {
    /// Notes how far a scope's changes have come.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn mark(&self, scope: &ScopeKey, seq: u64, now_ms: i64) -> Result<(), CentreError> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO mark (scope, at, seq) VALUES (?1, ?2, ?3)")?
            .execute(params![scope.to_string(), now_ms, i64::try_from(seq).unwrap_or(i64::MAX)])?;
        Ok(())
    }

    /// When a scope's changes were last noted, UTC milliseconds; none when they never were.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn marked_at(&self, scope: &ScopeKey) -> Result<Option<i64>, CentreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT max(at) FROM mark WHERE scope = ?1")?
            .query_row([scope.to_string()], |row| row.get(0))?)
    }

    /// The last sequence of a scope that is known to have been there at a time; 0 when none is.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn marked(&self, scope: &ScopeKey, at_ms: i64) -> Result<u64, CentreError> {
        let seq: Option<i64> = self
            .connection
            .prepare_cached("SELECT max(seq) FROM mark WHERE scope = ?1 AND at <= ?2")?
            .query_row(params![scope.to_string(), at_ms], |row| row.get(0))?;
        Ok(seq.and_then(|seq| u64::try_from(seq).ok()).unwrap_or(0))
    }

    /// Up to which sequence a scope is compacted; 0 when nothing of it is.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn compacted(&self, scope: &ScopeKey) -> Result<u64, CentreError> {
        let seq: Option<i64> = self
            .connection
            .prepare_cached("SELECT seq FROM compacted WHERE scope = ?1")?
            .query_row([scope.to_string()], |row| row.get(0))
            .optional()?;
        Ok(seq.and_then(|seq| u64::try_from(seq).ok()).unwrap_or(0))
    }

    /// Notes up to where a scope is compacted; what was noted of before that is not needed any more.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn set_compacted(&self, scope: &ScopeKey, seq: u64) -> Result<(), CentreError> {
        let (scope, seq) = (scope.to_string(), i64::try_from(seq).unwrap_or(i64::MAX));
        self.connection
            .prepare_cached(
                "INSERT INTO compacted (scope, seq) VALUES (?1, ?2) ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq",
            )?
            .execute(params![scope, seq])?;
        self.connection
            .prepare_cached("DELETE FROM mark WHERE scope = ?1 AND seq < ?2")?
            .execute(params![scope, seq])?;
        Ok(())
    }
}
