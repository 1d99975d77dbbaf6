//! The index: what each person and each building is found by, written in the transaction that writes the record.

use std::collections::{BTreeMap, BTreeSet};

use palier_domain::{fold, place::normalise_address};
use palier_sync::RecordType;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::vocabulary;
use super::words::forms;
use crate::StoreError;

/// Writes the index of the touched records, given with their types; people are touched by their household's agreements too.
pub(crate) fn index(
    connection: &Connection,
    records: &BTreeMap<Uuid, u16>,
    households: &BTreeSet<Uuid>,
) -> Result<(), StoreError> {
    for household in households {
        let people: Vec<Uuid> = connection
            .prepare_cached("SELECT id FROM person WHERE household = ?1")?
            .query_map([household], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for person in people {
            write(connection, person, RecordType::Person, person_key(connection, person)?)?;
        }
    }
    for (record, kind) in records {
        match RecordType::from_number(*kind) {
            // A person that was erased tells no household any more: its own id is what is left to find its words by.
            Some(RecordType::Person) => {
                write(connection, *record, RecordType::Person, person_key(connection, *record)?)?;
            }
            Some(RecordType::Building) => {
                write(connection, *record, RecordType::Building, building_key(connection, *record)?)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes what a record is found by; an empty key takes it out of the index.
fn write(connection: &Connection, record: Uuid, kind: RecordType, key: String) -> Result<(), StoreError> {
    let known: Option<(i64, String)> = connection
        .prepare_cached("SELECT n, key FROM search_item WHERE record = ?1")?
        .query_row([record], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if known.as_ref().map_or("", |(_, known)| known) == key {
        return Ok(());
    }
    if let Some((n, known)) = known {
        take_out(connection, n, kind, &known)?;
    }
    if key.is_empty() {
        return Ok(());
    }
    // The record's own number: the index is the same after a rebuild.
    connection
        .prepare_cached(
            "INSERT INTO search_item (n, record, kind, key) SELECT n, id, ?2, ?3 FROM record WHERE id = ?1",
        )?
        .execute(params![record, kind.number(), key])?;
    let n = connection.last_insert_rowid();
    for form in forms(&key) {
        let word = vocabulary::add(connection, &form.text)?;
        connection
            .prepare_cached("INSERT OR IGNORE INTO search_use (kind, word, item) VALUES (?1, ?2, ?3)")?
            .execute(params![kind.number(), word, n])?;
    }
    Ok(())
}

fn take_out(connection: &Connection, n: i64, kind: RecordType, key: &str) -> Result<(), StoreError> {
    for form in forms(key) {
        let Some(word) = vocabulary::number(connection, &form.text)? else { continue };
        connection
            .prepare_cached("DELETE FROM search_use WHERE word = ?1 AND kind = ?2 AND item = ?3")?
            .execute(params![word, kind.number(), n])?;
        vocabulary::drop_unused(connection, word, &form.text)?;
    }
    connection.prepare_cached("DELETE FROM search_item WHERE n = ?1")?.execute([n])?;
    Ok(())
}

/// `given|family`, folded; empty while no agreement allows the name.
fn person_key(connection: &Connection, person: Uuid) -> Result<String, StoreError> {
    let names: Option<(String, String)> = connection
        .prepare_cached("SELECT given_name, family_name FROM person WHERE id = ?1")?
        .query_row([person], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((given, family)) = names else { return Ok(String::new()) };
    let (given, family) = (fold::spaced(&given), fold::spaced(&family));
    Ok(if given.is_empty() && family.is_empty() { String::new() } else { format!("{given}|{family}") })
}

fn building_key(connection: &Connection, building: Uuid) -> Result<String, StoreError> {
    let address: Option<String> = connection
        .prepare_cached("SELECT address FROM building WHERE id = ?1")?
        .query_row([building], |row| row.get(0))
        .optional()?;
    Ok(address.map(|address| normalise_address(&address)).unwrap_or_default())
}
