//! Buildings, stairs, doors. An undone creation leaves the grid; its record stays.

use palier_domain::place::normalise_door;
use palier_sync::catalogue::{building as b, door as d, stair as s};
use rusqlite::{Connection, params};

use super::Fields;
use crate::StoreError;

pub(super) fn building(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if gone(fields, b::cancelled, b::alias_of) {
        connection.prepare_cached("DELETE FROM building WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO building
             (id, sector, address, insee, commune, latitude, longitude, qpv, qpv_status, access, invented)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            fields.id,
            fields.sector(),
            fields.text(b::address),
            fields.text(b::insee),
            fields.text(b::commune),
            fields.optional_int(b::latitude),
            fields.optional_int(b::longitude),
            fields.text(b::qpv),
            fields.text(b::qpv_status),
            fields.text(b::access),
            fields.flag(b::invented)
        ])?;
    Ok(())
}

pub(super) fn stair(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if gone(fields, s::cancelled, s::alias_of) {
        connection.prepare_cached("DELETE FROM stair WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO stair (id, building, name) VALUES (?1, ?2, ?3)")?
        .execute(params![fields.id, fields.uuid(s::building), fields.text(s::name)])?;
    Ok(())
}

pub(super) fn door(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if gone(fields, d::cancelled, d::alias_of) {
        connection.prepare_cached("DELETE FROM door WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    let label = fields.text(d::label);
    let floor = fields.int(d::floor);
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO door (id, stair, floor, label, rank, tried, opened, last_at)
             SELECT ?1, ?2, ?3, ?4, ?5, coalesce(max(tried), 0), coalesce(max(opened), 0), max(last_at)
             FROM door_state WHERE door = ?1",
        )?
        .execute(params![fields.id, fields.uuid(d::stair), floor, label, rank(floor, &label)])?;
    Ok(())
}

fn gone(fields: &Fields<'_>, cancelled: u16, alias: u16) -> bool {
    fields.state.erased || fields.flag(cancelled) || fields.optional_uuid(alias).is_some()
}

/// Where a door stands on its landing, from left to right: sides first, then numbers.
fn rank(floor: i64, label: &str) -> i64 {
    let normal = normalise_door(i16::try_from(floor).unwrap_or(0), label);
    match normal.as_str() {
        "g" => -3,
        "f" => -2,
        "d" => -1,
        other => {
            let digits: String = other.chars().filter(char::is_ascii_digit).take(9).collect();
            digits.parse().unwrap_or(i64::from(i32::MAX))
        }
    }
}
