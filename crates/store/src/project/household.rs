//! Household files. A name has a row only while an agreement allows it.

use std::collections::{BTreeMap, BTreeSet};

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_sync::RecordType;
use palier_sync::catalogue::{agreement as a, household as h, person as p};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Fields;
use crate::StoreError;
use crate::apply::{agreement_id, may_name};

pub(super) fn household(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased || fields.flag(h::cancelled) {
        connection.prepare_cached("DELETE FROM household WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO household (id, door, opened_at, sector, known_by, last_contact, needs)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            fields.id,
            fields.uuid(h::door),
            fields.moment(h::opened_at),
            fields.sector(),
            fields.set(h::known_by),
            fields.text(h::last_contact),
            fields.set(h::needs)
        ])?;
    Ok(())
}

pub(super) fn person(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased || fields.flag(p::cancelled) {
        connection.prepare_cached("DELETE FROM person WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO person (id, household, given_name, family_name) VALUES (?1, ?2, '', '')",
        )?
        .execute(params![fields.id, fields.uuid(p::household)])?;
    Ok(())
}

pub(super) fn agreement(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased {
        connection.prepare_cached("DELETE FROM agreement WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO agreement (id, household, purpose, status, at) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            fields.id,
            fields.uuid(a::household),
            fields.text(a::purpose),
            fields.text(a::status),
            fields.moment(a::at)
        ])?;
    Ok(())
}

/// Names of the touched households: written while an agreement allows them, emptied as soon as none does.
pub(super) fn finish(connection: &Connection, households: &BTreeSet<Uuid>) -> Result<(), StoreError> {
    for household in households {
        let people: Vec<Uuid> = connection
            .prepare_cached("SELECT id FROM person WHERE household = ?1")?
            .query_map([household], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let allowed = !people.is_empty() && may_name(connection, *household)?;
        for person in people {
            let (mut given, mut family) = (String::new(), String::new());
            if allowed && let Some(loaded) = crate::record::load(connection, person)? {
                let fields = Fields { id: person, state: &loaded.state };
                given = fields.text(p::given_name);
                family = fields.text(p::family_name);
            }
            connection
                .prepare_cached("UPDATE person SET given_name = ?2, family_name = ?3 WHERE id = ?1")?
                .execute(params![person, given, family])?;
        }
    }
    Ok(())
}

/// Households whose names may have changed: they, their people or their agreements are among the records.
pub(super) fn touched(connection: &Connection, records: &BTreeMap<Uuid, u16>) -> Result<BTreeSet<Uuid>, StoreError> {
    let mut households = BTreeSet::new();
    for (record, kind) in records {
        let holder = match RecordType::from_number(*kind) {
            Some(RecordType::Household) => {
                households.insert(*record);
                continue;
            }
            Some(RecordType::Person) => p::household,
            Some(RecordType::Agreement) => a::household,
            _ => continue,
        };
        let Some(loaded) = crate::record::load(connection, *record)? else { continue };
        if loaded.state.erased && holder == a::household {
            // It does not say any more whose it was; who was named by it is named no more.
            households
                .extend(named(connection)?.into_iter().filter(|of| agreement_id(*of, RECORD_NOMINATIVE) == *record));
        } else {
            households.extend(Fields { id: *record, state: &loaded.state }.optional_uuid(holder));
        }
    }
    Ok(households)
}

/// Households of which someone is named.
fn named(connection: &Connection) -> Result<Vec<Uuid>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT household FROM person WHERE given_name <> '' OR family_name <> ''")?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}
