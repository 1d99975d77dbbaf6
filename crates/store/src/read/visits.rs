//! Passages: of a door, of a span of time, and those that two mediators may have made together.

use rusqlite::{Row, params};
use uuid::Uuid;

use crate::project::SAME_VISIT_MS;
use crate::{Store, StoreError};

/// One passage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// Visit id.
    pub id: Uuid,
    /// Door id.
    pub door: Uuid,
    /// Outcome code.
    pub outcome: String,
    /// When, UTC milliseconds.
    pub at: i64,
    /// The replica that recorded it.
    pub author: u32,
    /// The structure that made it.
    pub structure: Option<Uuid>,
    /// Its outing.
    pub outing: Option<Uuid>,
    /// Slot promised.
    pub callback: String,
    /// Flags.
    pub flags: Vec<String>,
    /// Profiles that took part.
    pub participants: Vec<Uuid>,
}

pub(super) const COLUMNS: &str =
    "visit.id, visit.door, visit.outcome, visit.at, visit.author, visit.structure, visit.outing,
    visit.callback, visit.flags, visit.participants";

pub(super) fn visit_row(row: &Row<'_>) -> rusqlite::Result<VisitRow> {
    Ok(VisitRow {
        id: row.get(0)?,
        door: row.get(1)?,
        outcome: row.get(2)?,
        at: row.get(3)?,
        author: row.get(4)?,
        structure: row.get(5)?,
        outing: row.get(6)?,
        callback: row.get(7)?,
        flags: split(&row.get::<_, String>(8)?),
        participants: split(&row.get::<_, String>(9)?).iter().filter_map(|id| Uuid::parse_str(id).ok()).collect(),
    })
}

pub(crate) fn split(joined: &str) -> Vec<String> {
    joined.split(',').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

impl Store {
    /// Passages of a door, newest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn visits_of_door(&self, door: Uuid, limit: u32) -> Result<Vec<VisitRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM visit WHERE door = ?1 ORDER BY at DESC, id DESC LIMIT ?2"
        ))?;
        let rows = statement.query_map(params![door, limit], visit_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// One passage; none when it is cancelled or not here.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn visit(&self, id: Uuid) -> Result<Option<VisitRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM visit WHERE id = ?1"))?;
        let mut rows = statement.query_map([id], visit_row)?;
        Ok(rows.next().transpose()?)
    }

    /// Passages from one instant to before another, newest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn visits_between(
        &self,
        from_ms: i64,
        to_ms: i64,
        limit: u32,
        offset: u32,
    ) -> Result<Vec<VisitRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM visit WHERE at >= ?1 AND at < ?2 ORDER BY at DESC, id DESC LIMIT ?3 OFFSET ?4"
        ))?;
        let rows = statement.query_map(params![from_ms, to_ms, limit, offset], visit_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Pairs of passages at one door, by two authors, in one outing or at most 30 minutes apart, the second since an
    /// instant: proposed as one visit with two participants (decisions.md 12) until someone says that they are two.
    /// Newest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn same_visit_candidates(&self, since_ms: i64, limit: u32) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, b.id FROM visit AS b CROSS JOIN visit AS a
               ON a.door = b.door AND a.author <> b.author AND (a.at, a.id) < (b.at, b.id)
              AND (b.at - a.at <= ?1 OR (a.outing IS NOT NULL AND a.outing = b.outing))
              AND instr(a.apart, hex(b.id)) = 0 AND instr(b.apart, hex(a.id)) = 0
             WHERE b.at >= ?2 ORDER BY b.at DESC, b.id DESC LIMIT ?3",
        )?;
        let rows =
            statement.query_map(params![SAME_VISIT_MS, since_ms, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
