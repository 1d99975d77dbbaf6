//! Household files. A name has a row only while an agreement allows it.

use std::collections::{BTreeMap, BTreeSet};

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_sync::RecordType;
use palier_sync::catalogue::{agreement as a, household as h, person as p};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Fields;
use crate::apply::{agreement_id, may_name};
use crate::{Store, StoreError};

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
        let fields = Fields { id: *record, state: &loaded.state };
        if holder == a::household {
            households.extend(of_agreement(connection, &fields)?);
        } else {
            households.extend(fields.optional_uuid(holder));
        }
    }
    Ok(households)
}

/// The household of an agreement. One that was erased, or whose beginning a restored server lost, does not say whose it is:
/// it is found by its id, among the households that something is written about.
fn of_agreement(connection: &Connection, fields: &Fields<'_>) -> Result<Option<Uuid>, StoreError> {
    if let Some(household) = fields.optional_uuid(a::household) {
        return Ok(Some(household));
    }
    let mut statement = connection.prepare_cached(
        "SELECT household FROM person UNION SELECT household FROM diagnosis UNION SELECT id FROM household",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let household = row.get(0)?;
        if agreement_id(household, RECORD_NOMINATIVE) == fields.id {
            return Ok(Some(household));
        }
    }
    Ok(None)
}

impl Store {
    /// The household whose agreement to be named a record is; none when it is of another purpose and does not say whose, or is not
    /// here.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn household_of_agreement(&self, record: Uuid) -> Result<Option<Uuid>, StoreError> {
        let Some(loaded) = crate::record::load(&self.connection, record)? else { return Ok(None) };
        of_agreement(&self.connection, &Fields { id: record, state: &loaded.state })
    }
}
