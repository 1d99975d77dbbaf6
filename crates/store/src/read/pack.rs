//! Packs: what the territory has, and the pieces that this copy has of them; and what was found of services.

use rusqlite::{OptionalExtension, params};

use crate::{Store, StoreError};

/// A pack of the territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackRow {
    /// Code of what it holds.
    pub content: String,
    /// BLAKE3 of its bytes, hexadecimal.
    pub hash: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// How many things it holds.
    pub count: u32,
    /// When it was made, UTC milliseconds.
    pub made_at: i64,
}

/// What a structure's people found of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceCheckRow {
    /// The service's key in the directory.
    pub service: String,
    /// When its line was last checked, UTC milliseconds; 0 for never.
    pub checked_at: i64,
    /// First day of a closure, `YYYY-MM-DD`; empty for none.
    pub closed_from: String,
    /// Its last day.
    pub closed_to: String,
}

impl Store {
    /// Packs of the territory, by content; the latest of each.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn packs(&self) -> Result<Vec<PackRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT content, hash, bytes, count, made_at FROM pack WHERE hash <> '' ORDER BY content, made_at DESC",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(PackRow {
                content: row.get(0)?,
                hash: row.get(1)?,
                bytes: row.get::<_, i64>(2)?.max(0).unsigned_abs(),
                count: row.get(3)?,
                made_at: row.get(4)?,
            })
        })?;
        let mut packs: Vec<PackRow> = rows.collect::<Result<_, _>>()?;
        packs.dedup_by(|later, first| later.content == first.content);
        Ok(packs)
    }

    /// How many bytes of a pack are here, from its beginning without a gap.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn pack_reached(&self, hash: &str) -> Result<u64, StoreError> {
        let end: Option<i64> = self
            .connection
            .prepare_cached(
                "SELECT offset + length(body) FROM pack_piece WHERE hash = ?1 ORDER BY offset DESC LIMIT 1",
            )?
            .query_row([hash], |row| row.get(0))
            .optional()?;
        Ok(end.unwrap_or(0).max(0).unsigned_abs())
    }

    /// Keeps the next piece of a pack; one that does not begin where the last one ended is left out.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn keep_piece(&self, hash: &str, offset: u64, body: &[u8]) -> Result<(), StoreError> {
        if offset == self.pack_reached(hash)? && !body.is_empty() {
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO pack_piece (hash, offset, body) VALUES (?1, ?2, ?3)")?
                .execute(params![hash, i64::try_from(offset).unwrap_or(i64::MAX), body])?;
        }
        Ok(())
    }

    /// The bytes of a pack that are here, in order.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn pack_bytes(&self, hash: &str) -> Result<Vec<u8>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT body FROM pack_piece WHERE hash = ?1 ORDER BY offset")?;
        let mut bytes = Vec::new();
        for body in statement.query_map([hash], |row| row.get::<_, Vec<u8>>(0))? {
            bytes.extend(body?);
        }
        Ok(bytes)
    }

    /// Forgets the pieces of a pack: they are not what they should be, or another stands in its place.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn drop_pieces(&self, hash: &str) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM pack_piece WHERE hash = ?1")?.execute([hash])?;
        Ok(())
    }

    /// Packs of which pieces are here, by hash.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn pack_hashes(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT DISTINCT hash FROM pack_piece ORDER BY hash")?;
        Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// What was found of services.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn service_checks(&self) -> Result<Vec<ServiceCheckRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT service, checked_at, closed_from, closed_to FROM service_check ORDER BY service, id",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(ServiceCheckRow {
                service: row.get(0)?,
                checked_at: row.get(1)?,
                closed_from: row.get(2)?,
                closed_to: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
