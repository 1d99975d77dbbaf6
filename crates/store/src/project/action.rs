//! Actions away from the doors, and what is counted there.

use palier_sync::catalogue::{action as a, tally as t};
use rusqlite::{Connection, params};

use super::Fields;
use crate::StoreError;

pub(super) fn action(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased || fields.flag(a::withdrawn) {
        connection.prepare_cached("DELETE FROM action WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO action (id, sector, kind, place, status, started_at, ended_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            fields.id,
            fields.sector(),
            fields.text(a::kind),
            fields.text(a::place),
            fields.text(a::status),
            fields.moment(a::started_at),
            fields.moment(a::ended_at)
        ])?;
    Ok(())
}

pub(super) fn tally(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased {
        connection.prepare_cached("DELETE FROM tally WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO tally (id, action, code, count) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![fields.id, fields.uuid(t::action), fields.text(t::code), fields.int(t::count)])?;
    Ok(())
}
