//! Packs as tablets fetch them.

use rusqlite::{OptionalExtension, params};

use super::Registry;
use crate::CentreError;

/// Packs of one content that are kept: the latest, and the one that a tablet may be in the middle of.
const PACKS_KEPT: u32 = 2;

impl Registry {
    /// Keeps a pack; the oldest of its content goes.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn put_pack(&self, content: &str, hash: &str, body: &[u8], now_ms: i64) -> Result<(), CentreError> {
        self.connection.execute(
            "INSERT INTO pack (hash, content, made_at, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (hash) DO UPDATE SET made_at = excluded.made_at",
            params![hash, content, now_ms, body],
        )?;
        self.connection.execute(
            "DELETE FROM pack WHERE content = ?1 AND hash NOT IN
             (SELECT hash FROM pack WHERE content = ?1 ORDER BY made_at DESC, hash LIMIT ?2)",
            params![content, PACKS_KEPT],
        )?;
        Ok(())
    }

    /// A piece of a pack, from `offset` on and at most `length` bytes; none when there is no such pack.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn pack_piece(&self, hash: &str, offset: u64, length: u32) -> Result<Option<Vec<u8>>, CentreError> {
        let from = i64::try_from(offset).unwrap_or(i64::MAX).saturating_add(1);
        let mut statement = self.connection.prepare_cached("SELECT substr(body, ?2, ?3) FROM pack WHERE hash = ?1")?;
        Ok(statement.query_row(params![hash, from, length], |row| row.get(0)).optional()?)
    }
}
