//! What people said: trust by slip, verbatims.

use palier_sync::catalogue::{trust as t, verbatim as v};
use rusqlite::{Connection, params};

use super::Fields;
use crate::StoreError;

pub(super) fn trust(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    let level = fields.int(t::level);
    if fields.state.erased || fields.flag(t::cancelled) || level == 0 {
        connection.prepare_cached("DELETE FROM trust WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO trust (id, slip, object, level, at, sector) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            fields.id,
            fields.text(t::slip),
            fields.text(t::object),
            level,
            fields.moment(t::at),
            fields.sector()
        ])?;
    Ok(())
}

pub(super) fn verbatim(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased || fields.flag(v::cancelled) {
        connection.prepare_cached("DELETE FROM verbatim WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO verbatim (id, household, theme, at) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![fields.id, fields.optional_uuid(v::household), fields.text(v::theme), fields.moment(v::at)])?;
    Ok(())
}
