//! Small facts of this copy, by name.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Store, StoreError};

/// Last sequence this replica gave.
pub(crate) const SEQUENCE: &str = "sequence";
/// Last time of this replica's clock.
pub(crate) const CLOCK: &str = "clock";

pub(crate) fn get<T: DeserializeOwned>(connection: &Connection, key: &str) -> Result<Option<T>, StoreError> {
    let bytes: Option<Vec<u8>> = connection
        .prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()?;
    bytes.map(|bytes| serde_json::from_slice(&bytes).map_err(StoreError::from)).transpose()
}

pub(crate) fn put<T: Serialize>(connection: &Connection, key: &str, value: &T) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        )?
        .execute(params![key, serde_json::to_vec(value)?])?;
    Ok(())
}

impl Store {
    /// Reads a fact kept by name (settings, anchors of time); none when it was never written.
    ///
    /// # Errors
    /// A fault of the store, or a value of another form.
    pub fn fact<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StoreError> {
        get(&self.connection, key)
    }

    /// Keeps a fact by name. Facts stay on this copy: they are not synced.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn keep_fact<T: Serialize>(&self, key: &str, value: &T) -> Result<(), StoreError> {
        put(&self.connection, key, value)
    }
}
