//! The door grid of a stair, and the sheet of a door.

use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::{Store, StoreError};

/// A stair with what its header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StairRow {
    /// Stair id.
    pub id: Uuid,
    /// Its name, may be empty.
    pub name: String,
    /// Building id.
    pub building: Uuid,
    /// The building's address.
    pub address: String,
    /// The building's access line.
    pub access: String,
    /// The building's sector.
    pub sector: Uuid,
}

/// A door with what its visits add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorRow {
    /// Door id.
    pub id: Uuid,
    /// Stair id.
    pub stair: Uuid,
    /// Floor, 0 for the ground floor.
    pub floor: i16,
    /// Label.
    pub label: String,
    /// Last outcome code, empty when never tried.
    pub outcome: String,
    /// Last passage, UTC milliseconds.
    pub last_at: Option<i64>,
    /// Passages, two mediators in one visit counted once.
    pub passages: u32,
    /// Slot promised at the last passage.
    pub callback: String,
    /// When "ne plus solliciter" was last asked, UTC milliseconds, 0 for never.
    pub do_not_contact_at: i64,
    /// The household file held here, if any.
    pub household: Option<Uuid>,
    /// A value here waits for a person.
    pub to_settle: bool,
}

/// What another structure did at a stair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnockedRow {
    /// The structure; its name is empty when it is not known here.
    pub name: String,
    /// Doors it knocked at.
    pub doors: u32,
    /// Its last passage, UTC milliseconds.
    pub last_at: i64,
}

const DOOR_COLUMNS: &str = "door.id, door.stair, door.floor, door.label, coalesce(s.outcome, ''), s.last_at,
    coalesce(s.passages, 0), coalesce(s.callback, ''), coalesce(s.do_not_contact_at, 0),
    (SELECT id FROM household WHERE household.door = door.id ORDER BY opened_at DESC LIMIT 1),
    EXISTS (SELECT 1 FROM point WHERE point.door = door.id)";

fn door_row(row: &Row<'_>) -> rusqlite::Result<DoorRow> {
    Ok(DoorRow {
        id: row.get(0)?,
        stair: row.get(1)?,
        floor: row.get(2)?,
        label: row.get(3)?,
        outcome: row.get(4)?,
        last_at: row.get(5)?,
        passages: row.get(6)?,
        callback: row.get(7)?,
        do_not_contact_at: row.get(8)?,
        household: row.get(9)?,
        to_settle: row.get(10)?,
    })
}

impl Store {
    /// A stair's header.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn stair(&self, id: Uuid) -> Result<Option<StairRow>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT stair.id, stair.name, stair.building, coalesce(b.address, ''), coalesce(b.access, ''), b.sector
                 FROM stair LEFT JOIN building AS b ON b.id = stair.building WHERE stair.id = ?1",
            )?
            .query_row([id], |row| {
                Ok(StairRow {
                    id: row.get(0)?,
                    name: row.get(1)?,
                    building: row.get(2)?,
                    address: row.get(3)?,
                    access: row.get(4)?,
                    sector: row.get::<_, Option<Uuid>>(5)?.unwrap_or_default(),
                })
            })
            .optional()?)
    }

    /// Doors of a stair, lowest floor first, from left to right.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn doors_of(&self, stair: Uuid) -> Result<Vec<DoorRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {DOOR_COLUMNS} FROM door LEFT JOIN door_state AS s ON s.door = door.id
             WHERE door.stair = ?1 ORDER BY door.floor, door.rank, door.label"
        ))?;
        let rows = statement.query_map([stair], door_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The structure other than this one that knocked last at doors of a stair, since a moment; a door that nobody could reach was
    /// not knocked at.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn knocked_by_another(&self, stair: Uuid, than: Uuid, since_ms: i64) -> Result<Option<KnockedRow>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT coalesce(structure.name, ''), count(DISTINCT visit.door), max(visit.at) AS last_at
                 FROM door JOIN visit ON visit.door = door.id LEFT JOIN structure ON structure.id = visit.structure
                 WHERE door.stair = ?1 AND visit.structure <> ?2 AND visit.at >= ?3 AND visit.outcome <> 'inaccessible'
                 GROUP BY visit.structure ORDER BY last_at DESC, visit.structure LIMIT 1",
            )?
            .query_row(params![stair, than, since_ms], |row| {
                Ok(KnockedRow { name: row.get(0)?, doors: row.get(1)?, last_at: row.get(2)? })
            })
            .optional()?)
    }

    /// One door.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn door(&self, id: Uuid) -> Result<Option<DoorRow>, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!(
                "SELECT {DOOR_COLUMNS} FROM door LEFT JOIN door_state AS s ON s.door = door.id WHERE door.id = ?1"
            ))?
            .query_row([id], door_row)
            .optional()?)
    }
}
