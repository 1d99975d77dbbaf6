//! The index: one folded key for each household and each stair or building.

use palier_domain::fold;
use palier_sync::RecordType;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::{StoreError, project};

/// What a record is found by.
struct Item {
    kind: &'static str,
    title: String,
    key: String,
    door: Option<Uuid>,
    stair: Option<Uuid>,
}

/// Writes the index of the touched records; a household is touched by its people and agreements too.
pub(crate) fn index(connection: &Connection, records: &[Uuid]) -> Result<(), StoreError> {
    for household in project::touched_households(connection, records)? {
        write(connection, household, household_item(connection, household)?)?;
    }
    for record in records {
        let kind: Option<u16> = connection
            .prepare_cached("SELECT kind FROM record WHERE id = ?1")?
            .query_row([record], |row| row.get(0))
            .optional()?;
        match kind.and_then(RecordType::from_number) {
            Some(RecordType::Building) => write(connection, *record, building_item(connection, *record)?)?,
            Some(RecordType::Stair) => write(connection, *record, stair_item(connection, *record)?)?,
            _ => {}
        }
    }
    Ok(())
}

fn write(connection: &Connection, record: Uuid, item: Option<Item>) -> Result<(), StoreError> {
    let known: Option<i64> = connection
        .prepare_cached("SELECT n FROM search_item WHERE record = ?1")?
        .query_row([record], |row| row.get(0))
        .optional()?;
    if let Some(n) = known {
        connection.prepare_cached("DELETE FROM search_key WHERE rowid = ?1")?.execute([n])?;
        connection.prepare_cached("DELETE FROM search_item WHERE n = ?1")?.execute([n])?;
    }
    let Some(item) = item else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO search_item (record, kind, title, key, door, stair) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![record, item.kind, item.title, item.key, item.door, item.stair])?;
    let n = connection.last_insert_rowid();
    connection.prepare_cached("INSERT INTO search_key (rowid, key) VALUES (?1, ?2)")?.execute(params![n, item.key])?;
    Ok(())
}

fn household_item(connection: &Connection, household: Uuid) -> Result<Option<Item>, StoreError> {
    let door: Option<Uuid> = connection
        .prepare_cached("SELECT door FROM household WHERE id = ?1")?
        .query_row([household], |row| row.get(0))
        .optional()?;
    let Some(door) = door else { return Ok(None) };
    let names: Vec<String> = connection
        .prepare_cached("SELECT trim(given_name || ' ' || family_name) FROM person WHERE household = ?1 ORDER BY id")?
        .query_map([household], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    if names.is_empty() {
        return Ok(None);
    }
    let stair: Option<Uuid> = connection
        .prepare_cached("SELECT stair FROM door WHERE id = ?1")?
        .query_row([door], |row| row.get(0))
        .optional()?;
    let key = names.iter().map(|name| fold::search_key(name)).collect::<Vec<_>>().join(" ");
    Ok(Some(Item { kind: "household", title: names.join(", "), key, door: Some(door), stair }))
}

fn building_item(connection: &Connection, building: Uuid) -> Result<Option<Item>, StoreError> {
    let address: Option<String> = connection
        .prepare_cached("SELECT address FROM building WHERE id = ?1")?
        .query_row([building], |row| row.get(0))
        .optional()?;
    Ok(address.map(|address| Item {
        kind: "building",
        key: fold::search_key(&address),
        title: address,
        door: None,
        stair: None,
    }))
}

fn stair_item(connection: &Connection, stair: Uuid) -> Result<Option<Item>, StoreError> {
    let found: Option<(String, String)> = connection
        .prepare_cached(
            "SELECT building.address, stair.name FROM stair JOIN building ON building.id = stair.building WHERE stair.id = ?1",
        )?
        .query_row([stair], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found.map(|(address, name)| {
        let title = if name.is_empty() { address.clone() } else { format!("{address} · {name}") };
        Item { kind: "stair", key: fold::search_key(&title), title, door: None, stair: Some(stair) }
    }))
}
