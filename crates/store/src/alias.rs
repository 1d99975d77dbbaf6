//! Files and people that were written down twice and are one: nothing is moved, they are read together. Taking it back is as
//! if it had never been said.
//!
//! Each record stays what its tablet made it. What hangs on any of them is read for all of them, so that what a tablet adds
//! to one while another copy hears of the merge is not lost.

use palier_domain::place::derived_id;
use palier_sync::ScopeKey;
use rusqlite::Connection;
use uuid::Uuid;

use crate::{Store, StoreError};

/// The ids that stand with `?1`, itself among them: for `IN`.
pub(crate) const TOGETHER: &str =
    "(SELECT ?1 UNION ALL SELECT id FROM merged WHERE holder = (SELECT holder FROM merged WHERE id = ?1))";

/// The id of the record that says in a scope of two whether they are one: the same whichever is named first.
#[must_use]
pub fn alias_id(scope: &ScopeKey, one: Uuid, other: Uuid) -> Uuid {
    derived_id("alias", one.min(other), &format!("{} {scope}", one.max(other)))
}

/// A pair that someone decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AliasRow {
    /// The record that says it.
    pub id: Uuid,
    /// One of the two.
    pub one: Uuid,
    /// The other.
    pub other: Uuid,
    /// True when they are one, false when they are not.
    pub same: bool,
}

impl Store {
    /// Every pair that someone decided on.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn aliases(&self) -> Result<Vec<AliasRow>, StoreError> {
        rows(&self.connection)
    }

    /// The ids that stand with one, itself among them, in their order.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn together(&self, id: Uuid) -> Result<Vec<Uuid>, StoreError> {
        together(&self.connection, id)
    }
}

pub(crate) fn together(connection: &Connection, id: Uuid) -> Result<Vec<Uuid>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT * FROM {TOGETHER} GROUP BY 1 ORDER BY 1"))?;
    Ok(statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// Every pair that someone decided on.
pub(crate) fn rows(connection: &Connection) -> Result<Vec<AliasRow>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id, one, other, same FROM alias ORDER BY id")?;
    let rows = statement.query_map([], |row| {
        Ok(AliasRow { id: row.get(0)?, one: row.get(1)?, other: row.get(2)?, same: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
