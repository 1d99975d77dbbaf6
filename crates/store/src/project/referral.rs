//! Referrals, what happened to them, and tasks. The state of a referral is written again from its events at each of them.

use std::collections::BTreeSet;

use palier_domain::referral::{self, Event, Written};
use palier_sync::RecordState;
use palier_sync::catalogue::{referral as rf, referral_event as e, task as t};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::Fields;
use crate::{StoreError, record};

pub(super) fn referral(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased || fields.flag(rf::cancelled) {
        connection.prepare_cached("DELETE FROM referral WHERE id = ?1")?.execute([fields.id])?;
    } else {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO referral (id, household, slip, urgent, opened_at, sector, service, need)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                fields.id,
                fields.optional_uuid(rf::household),
                fields.text(rf::slip),
                fields.flag(rf::urgent),
                fields.moment(rf::opened_at),
                fields.sector(),
                fields.text(rf::service),
                fields.text(rf::need)
            ])?;
    }
    settle(connection, fields.id)
}

pub(super) fn event(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    let referral = fields.uuid(e::referral);
    if fields.state.erased || fields.flag(e::cancelled) {
        let known: Option<Uuid> = connection
            .prepare_cached("DELETE FROM referral_event WHERE id = ?1 RETURNING referral")?
            .query_row([fields.id], |row| row.get(0))
            .optional()?;
        // An erased record does not say any more which referral it was of.
        return settle(connection, known.unwrap_or(referral));
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO referral_event (id, referral, what, at, result, first_time, source)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            fields.id,
            referral,
            fields.text(e::what),
            fields.moment(e::at),
            fields.text(e::result),
            fields.text(e::first_time),
            fields.text(e::source)
        ])?;
    settle(connection, referral)
}

pub(super) fn task(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased || fields.flag(t::cancelled) {
        connection.prepare_cached("DELETE FROM task WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO task (id, household, subject, purpose, due_on, done_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            fields.id,
            fields.optional_uuid(t::household),
            fields.optional_uuid(t::subject),
            fields.text(t::purpose),
            fields.text(t::due_on),
            fields.int(t::done_at)
        ])?;
    Ok(())
}

/// What the events of a referral add up to; nothing while the referral itself is not here.
fn settle(connection: &Connection, referral: Uuid) -> Result<(), StoreError> {
    let urgent: Option<bool> = connection
        .prepare_cached("SELECT urgent FROM referral WHERE id = ?1")?
        .query_row([referral], |row| row.get(0))
        .optional()?;
    let Some(urgent) = urgent else {
        connection.prepare_cached("DELETE FROM referral_state WHERE referral = ?1")?.execute([referral])?;
        return Ok(());
    };
    let reading = referral::read(&events(connection, referral)?);
    // Before any deadline: the first moment at which something is to be done. Time only makes it more pressing.
    let due = reading.next(urgent, i64::MIN).map(|next| next.at_ms);
    connection
        .prepare_cached("INSERT OR REPLACE INTO referral_state (referral, state, due_at) VALUES (?1, ?2, ?3)")?
        .execute(params![referral, reading.state.code(), due])?;
    Ok(())
}

/// The events of a referral that this version understands.
pub(crate) fn events(connection: &Connection, referral: Uuid) -> Result<Vec<Event>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM referral_event WHERE referral = ?1 ORDER BY id")?;
    let ids: Vec<Uuid> = statement.query_map([referral], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let states = ids.into_iter().map(|id| Ok(record::load(connection, id)?.map(|loaded| (id, loaded.state))));
    let read = |(id, state): (Uuid, RecordState)| read_event(id, &state);
    states.filter_map(|one: Result<_, StoreError>| one.map(|found| found.and_then(read)).transpose()).collect()
}

/// An event as its record tells it; none for one of a newer version.
pub(crate) fn read_event(id: Uuid, state: &RecordState) -> Option<Event> {
    let fields = Fields { id, state };
    let shared: BTreeSet<String> =
        fields.text(e::fields).split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let written = Written {
        what: fields.text(e::what),
        means: fields.text(e::means),
        partner: fields.text(e::partner),
        fields: shared,
        due_ms: fields.optional_int(e::due),
    };
    Some(Event { at_ms: fields.moment(e::at), id: id.as_u128(), what: written.read()? })
}
