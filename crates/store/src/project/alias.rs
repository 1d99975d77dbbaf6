//! Who stands with whom, from the pairs that coordinators decided on.

use std::collections::{BTreeMap, BTreeSet};

use palier_sync::Value;
use palier_sync::catalogue::alias as a;
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Fields;
use crate::{StoreError, alias};

/// Writes the columns of a pair.
pub(super) fn alias(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    let pair = (fields.optional_uuid(a::one), fields.optional_uuid(a::other));
    let said = fields.value(a::same) != Value::Null;
    let ((Some(one), Some(other)), true, false) = (pair, said, fields.state.erased) else {
        connection.prepare_cached("DELETE FROM alias WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    };
    connection
        .prepare_cached("INSERT OR REPLACE INTO alias (id, one, other, same) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![fields.id, one, other, fields.flag(a::same)])?;
    Ok(())
}

/// Writes who stands with whom, from all pairs; gives the ids of which that is said, before or after.
pub(super) fn regroup(connection: &Connection) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut ids: BTreeSet<Uuid> = connection
        .prepare_cached("SELECT id FROM merged")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    connection.prepare_cached("DELETE FROM merged")?.execute([])?;
    let mut holders: BTreeMap<Uuid, Uuid> = BTreeMap::new();
    for row in alias::rows(connection)?.into_iter().filter(|row| row.same && row.one != row.other) {
        let (one, other) = (holder(&holders, row.one), holder(&holders, row.other));
        // The smallest id holds: the same on every copy, in whatever order the pairs came.
        let smallest = one.min(other);
        for id in [row.one, row.other, one, other] {
            holders.entry(id).or_insert(id);
        }
        for held in holders.values_mut().filter(|held| **held == one || **held == other) {
            *held = smallest;
        }
    }
    let mut insert = connection.prepare_cached("INSERT INTO merged (id, holder) VALUES (?1, ?2)")?;
    for (id, holder) in holders {
        insert.execute(params![id, holder])?;
        ids.insert(id);
    }
    Ok(ids)
}

fn holder(holders: &BTreeMap<Uuid, Uuid>, id: Uuid) -> Uuid {
    holders.get(&id).copied().unwrap_or(id)
}
