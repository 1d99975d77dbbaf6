//! Diagnoses of rights, and which answers and rights belong to them.

use palier_sync::catalogue::{answer as a, diagnosis as d, right_item as r};
use rusqlite::{Connection, params};

use super::Fields;
use crate::StoreError;

pub(super) fn diagnosis(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased || fields.flag(d::cancelled) {
        connection.prepare_cached("DELETE FROM diagnosis WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO diagnosis (id, household, slip, started_at, closed_at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            fields.id,
            fields.optional_uuid(d::household),
            fields.text(d::slip),
            fields.moment(d::started_at),
            fields.moment(d::closed_at)
        ])?;
    Ok(())
}

pub(super) fn answer(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased {
        connection.prepare_cached("DELETE FROM answer WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO answer (id, diagnosis) VALUES (?1, ?2)")?
        .execute(params![fields.id, fields.uuid(a::diagnosis)])?;
    Ok(())
}

pub(super) fn right_item(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased {
        connection.prepare_cached("DELETE FROM right_item WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO right_item (id, diagnosis, follow_up, follow_up_at) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            fields.id,
            fields.uuid(r::diagnosis),
            fields.text(r::follow_up),
            fields.moment(r::follow_up_at)
        ])?;
    Ok(())
}
