//! The packed rows: reading and writing the truth. Each scope's digest moves in the same transaction, once: see
//! [`crate::touched::Touched`].

use std::str::FromStr;

use palier_sync::{RecordState, ScopeKey, digest, digest::Digest};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use crate::{Store, StoreError, body};

/// A record as read, with the hash of the bytes it was read from.
pub(crate) struct Loaded {
    pub(crate) state: RecordState,
    pub(crate) hash: Digest,
}

/// The local number of a scope; made when new.
pub(crate) fn scope_number(connection: &Connection, scope: &ScopeKey) -> Result<i64, StoreError> {
    let key = scope.to_string();
    let known = connection
        .prepare_cached("SELECT n FROM scope WHERE key = ?1")?
        .query_row([&key], |row| row.get(0))
        .optional()?;
    if let Some(number) = known {
        return Ok(number);
    }
    connection.execute(
        "INSERT INTO scope (key, digest) VALUES (?1, ?2)",
        params![key, Digest::default().0.to_le_bytes().to_vec()],
    )?;
    Ok(connection.last_insert_rowid())
}

pub(crate) fn load(connection: &Connection, id: Uuid) -> Result<Option<Loaded>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT record.body, scope.key FROM record JOIN scope ON scope.n = record.scope WHERE record.id = ?1",
    )?;
    let mut rows = statement.query([id])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let body = packed(row, 0, &scope_of(row, 1)?)?;
    Ok(Some(Loaded { state: digest::unpack(&body)?, hash: digest::of_record(id, &body) }))
}

/// The scope that a column of a row names.
pub(crate) fn scope_of(row: &Row<'_>, column: usize) -> Result<ScopeKey, StoreError> {
    let key = row.get_ref(column)?.as_str().map_err(rusqlite::Error::from)?;
    key.parse().map_err(|_| StoreError::Damaged)
}

/// The packed state that a column of a row of a scope holds.
pub(crate) fn packed(row: &Row<'_>, column: usize, scope: &ScopeKey) -> Result<Vec<u8>, StoreError> {
    body::packed(row.get_ref(column)?.as_blob().map_err(rusqlite::Error::from)?, scope)
}

/// The state of a record, or an empty one of that scope and kind.
pub(crate) fn load_or_new(
    connection: &Connection,
    id: Uuid,
    scope: ScopeKey,
    kind: u16,
) -> Result<(RecordState, Option<Digest>), StoreError> {
    Ok(match load(connection, id)? {
        Some(loaded) => (loaded.state, Some(loaded.hash)),
        None => (RecordState::new(scope, kind), None),
    })
}

/// Writes a record's row in its scope's number; answers the hash of what was written.
pub(crate) fn save(connection: &Connection, id: Uuid, state: &RecordState, scope: i64) -> Result<Digest, StoreError> {
    let packed = digest::pack(state)?;
    connection
        .prepare_cached(
            "INSERT INTO record (id, kind, scope, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        )?
        .execute(params![id, state.kind, scope, body::stored(&packed)?])?;
    Ok(digest::of_record(id, &packed))
}

/// Writes the row of a record that is not here yet; none when it is: nothing is written then.
pub(crate) fn save_new(
    connection: &Connection,
    id: Uuid,
    state: &RecordState,
    scope: i64,
) -> Result<Option<Digest>, StoreError> {
    let packed = digest::pack(state)?;
    let written = connection
        .prepare_cached(
            "INSERT INTO record (id, kind, scope, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![id, state.kind, scope, body::stored(&packed)?])?;
    Ok((written > 0).then(|| digest::of_record(id, &packed)))
}

/// Adds to the digest of a scope what the rows of a transaction changed in it.
pub(crate) fn move_digest(connection: &Connection, scope: i64, change: Digest) -> Result<(), StoreError> {
    #[cfg(feature = "faults")]
    if palier_sync::faults::is_in(palier_sync::faults::Fault::DigestNotMoved) {
        return Ok(());
    }
    let total = scope_digest(connection, scope)?.with(change);
    connection
        .prepare_cached("UPDATE scope SET digest = ?2 WHERE n = ?1")?
        .execute(params![scope, total.0.to_le_bytes().to_vec()])?;
    Ok(())
}

/// Takes a record's row and its history away, and its part of the scope's digest.
pub(crate) fn remove(connection: &Connection, id: Uuid, old: &Loaded) -> Result<(), StoreError> {
    let scope = scope_number(connection, &old.state.scope)?;
    connection
        .prepare_cached("DELETE FROM replaced WHERE record = (SELECT n FROM record WHERE id = ?1)")?
        .execute([id])?;
    connection.prepare_cached("DELETE FROM record WHERE id = ?1")?.execute([id])?;
    move_digest(connection, scope, Digest::default().without(old.hash))
}

fn scope_digest(connection: &Connection, scope: i64) -> Result<Digest, StoreError> {
    let bytes: Vec<u8> =
        connection.prepare_cached("SELECT digest FROM scope WHERE n = ?1")?.query_row([scope], |row| row.get(0))?;
    Ok(Digest(bytes.try_into().map(u128::from_le_bytes).unwrap_or_default()))
}

impl Store {
    /// The merged state of a record.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn record(&self, id: Uuid) -> Result<Option<RecordState>, StoreError> {
        Ok(load(&self.connection, id)?.map(|loaded| loaded.state))
    }

    /// The digest of a scope, from this copy's own rows; zero when the scope is not held.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn digest(&self, scope: &ScopeKey) -> Result<Digest, StoreError> {
        let number = self
            .connection
            .prepare_cached("SELECT n FROM scope WHERE key = ?1")?
            .query_row([scope.to_string()], |row| row.get::<_, i64>(0))
            .optional()?;
        number.map_or(Ok(Digest::default()), |number| scope_digest(&self.connection, number))
    }

    /// The digest of a scope counted again from every row: what [`Store::digest`] must equal.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn digest_from_rows(&self, scope: &ScopeKey) -> Result<Digest, StoreError> {
        let mut total = Digest::default();
        self.each_digest(scope, |_, digest| total = total.with(digest))?;
        Ok(total)
    }

    /// Counts every row of a scope: the record and its digest.
    pub(crate) fn each_digest(&self, scope: &ScopeKey, mut count: impl FnMut(Uuid, Digest)) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT record.id, record.body FROM record JOIN scope ON scope.n = record.scope WHERE scope.key = ?1",
        )?;
        let mut rows = statement.query([scope.to_string()])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            count(id, digest::of_record(id, &packed(row, 1, scope)?));
        }
        Ok(())
    }

    /// Scopes held, each with the last sequence scanned.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn scopes(&self) -> Result<Vec<(ScopeKey, u64)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT key, scanned FROM scope ORDER BY key")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let mut scopes = Vec::new();
        for row in rows {
            let (key, scanned) = row?;
            if let Ok(scope) = ScopeKey::from_str(&key) {
                scopes.push((scope, u64::try_from(scanned).unwrap_or(0)));
            }
        }
        Ok(scopes)
    }
}
