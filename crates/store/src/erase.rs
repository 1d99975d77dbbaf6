//! Erasure: nothing of the record's values is left in this copy (I10).

use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::{StoreError, acts, carried};

/// Forgets every value of a record: history, journal, quarantine, carried batches, acts. The packed row is already empty.
pub(crate) fn forget(connection: &Connection, id: Uuid) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM replaced WHERE record = (SELECT n FROM record WHERE id = ?1)")?
        .execute([id])?;
    connection.prepare_cached("DELETE FROM quarantine WHERE record = ?1")?.execute([id])?;
    carried::forget_record(connection, id)?;
    blank_pending(connection, id)?;
    acts::forget_record(connection, id)?;
    Ok(())
}

/// Pending changes of the record keep their place in the sequence and lose what they said: they become the erasure itself.
fn blank_pending(connection: &Connection, id: Uuid) -> Result<(), StoreError> {
    let pending: Vec<(i64, String)> = connection
        .prepare_cached("SELECT sequence, change FROM outbox WHERE record = ?1")?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (sequence, text) in pending {
        let mut change: palier_sync::Change = serde_json::from_str(&text)?;
        change.body = palier_sync::Body::Erase;
        connection
            .prepare_cached("UPDATE outbox SET change = ?2 WHERE sequence = ?1")?
            .execute(params![sequence, serde_json::to_string(&change)?])?;
    }
    Ok(())
}
