//! Diagnoses of rights, and which answers and rights belong to them.

use std::collections::BTreeMap;

use palier_sync::catalogue::{answer as a, diagnosis as d, right_item as r};
use rusqlite::{Connection, params};

use super::Fields;
use crate::StoreError;

pub(super) fn diagnosis(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM right_status WHERE diagnosis = ?1")?.execute([fields.id])?;
    if fields.state.erased || fields.flag(d::cancelled) {
        connection.prepare_cached("DELETE FROM diagnosis WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO diagnosis (id, household, slip, started_at, closed_at, sector)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            fields.id,
            fields.optional_uuid(d::household),
            fields.text(d::slip),
            fields.moment(d::started_at),
            fields.moment(d::closed_at),
            fields.sector()
        ])?;
    statuses(connection, fields)
}

/// What a closed diagnosis told of each right. A status that a newer version wrote otherwise is not counted here.
fn statuses(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.moment(d::closed_at) == 0 {
        return Ok(());
    }
    let told: BTreeMap<String, serde_json::Value> = serde_json::from_str(&fields.text(d::statuses)).unwrap_or_default();
    let mut note = connection
        .prepare_cached("INSERT OR REPLACE INTO right_status (diagnosis, right_key, status) VALUES (?1, ?2, ?3)")?;
    for (right, told) in &told {
        if let Some(status) = told.get("status").and_then(serde_json::Value::as_str) {
            note.execute(params![fields.id, right, status])?;
        }
    }
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
            "INSERT OR REPLACE INTO right_item
             (id, diagnosis, follow_up, follow_up_at, right_key, non_take_up, motive)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            fields.id,
            fields.uuid(r::diagnosis),
            fields.text(r::follow_up),
            fields.moment(r::follow_up_at),
            fields.text(r::right),
            fields.text(r::non_take_up),
            fields.text(r::motive)
        ])?;
    Ok(())
}
