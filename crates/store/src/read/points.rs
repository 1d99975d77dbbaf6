//! Points à trancher: fields where several people wrote different values without seeing each other's.

use palier_sync::{Head, resolve};
use rusqlite::params;
use uuid::Uuid;

use crate::{Store, StoreError, record};

/// One point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PointRow {
    /// The record.
    pub record: Uuid,
    /// Its type.
    pub kind: u16,
    /// The field.
    pub field: u16,
    /// The door it is about, if any.
    pub door: Option<Uuid>,
    /// The values that stand, the shown one first, equal ones once. Their stamps say when, their names who.
    pub heads: Vec<Head>,
}

impl Store {
    /// How many points wait.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn point_count(&self) -> Result<u32, StoreError> {
        Ok(self.connection.prepare_cached("SELECT count(*) FROM point")?.query_row([], |row| row.get(0))?)
    }

    /// Points that wait for a decision.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn points(&self, limit: u32) -> Result<Vec<PointRow>, StoreError> {
        let found: Vec<(Uuid, u16, u16, Option<Uuid>)> = self
            .connection
            .prepare_cached("SELECT record, kind, field, door FROM point ORDER BY record, field LIMIT ?1")?
            .query_map(params![limit], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<Result<_, _>>()?;
        let mut points = Vec::new();
        for (id, kind, field, door) in found {
            let Some(loaded) = record::load(&self.connection, id)? else { continue };
            let state = loaded.state.field(field);
            let Some(shown) = resolve::latest(state) else { continue };
            let mut heads = vec![shown.clone()];
            heads.extend(resolve::others(state).into_iter().cloned());
            points.push(PointRow { record: id, kind, field, door, heads });
        }
        Ok(points)
    }

    /// Values of a field that stood and were replaced, newest first, with when they were replaced here.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn history(&self, id: Uuid, field: u16) -> Result<Vec<(Head, i64)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT head, replaced_at FROM replaced
             WHERE record = (SELECT n FROM record WHERE id = ?1) AND field = ?2 ORDER BY n DESC",
        )?;
        let rows =
            statement.query_map(params![id, field], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?)))?;
        let mut history = Vec::new();
        for row in rows {
            let (head, at) = row?;
            history.push((postcard::from_bytes(&head)?, at));
        }
        Ok(history)
    }
}
