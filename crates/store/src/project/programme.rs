//! Structures, sectors, people at work, outings, packs, what was found of services.

use palier_sync::catalogue::{
    local_number as n, outing as o, pack as k, profile as p, sector as s, service_check as c, structure as t,
};
use rusqlite::{Connection, params};

use super::Fields;
use crate::StoreError;

pub(super) fn structure(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO structure (id, name, kind) VALUES (?1, ?2, ?3)")?
        .execute(params![fields.id, fields.text(t::name), fields.text(t::kind)])?;
    Ok(())
}

pub(super) fn sector(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO sector (id, name, qpv, insee, structures) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![
            fields.id,
            fields.text(s::name),
            fields.text(s::qpv),
            fields.text(s::insee),
            fields.set(s::structures)
        ])?;
    Ok(())
}

pub(super) fn profile(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO profile (id, display_name, role, structure, active, replicas) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            fields.id,
            fields.text(p::display_name),
            fields.text(p::role),
            fields.structure(),
            fields.flag(p::active),
            fields.set(p::replicas)
        ])?;
    Ok(())
}

pub(super) fn local_number(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO local_number (id, label, number, rank) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![fields.id, fields.text(n::label), fields.text(n::number), fields.int(n::rank)])?;
    Ok(())
}

pub(super) fn outing(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased || fields.flag(o::cancelled) {
        connection.prepare_cached("DELETE FROM outing WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO outing (id, sector, structure, author, team, started_at, planned_return, ended_at, minutes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            fields.id,
            fields.uuid(o::sector),
            fields.structure(),
            fields.author(o::started_at),
            fields.set(o::team),
            fields.moment(o::started_at),
            fields.int(o::planned_return),
            fields.moment(o::ended_at),
            fields.int(o::minutes)
        ])?;
    Ok(())
}

pub(super) fn pack(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO pack (id, content, hash, bytes, count, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            fields.id,
            fields.text(k::content),
            fields.text(k::hash),
            fields.int(k::bytes),
            fields.int(k::count),
            fields.moment(k::made_at)
        ])?;
    Ok(())
}

pub(super) fn service_check(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO service_check (id, service, checked_at, closed_from, closed_to)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            fields.id,
            fields.text(c::service),
            fields.moment(c::checked_at),
            fields.text(c::closed_from),
            fields.text(c::closed_to)
        ])?;
    Ok(())
}
