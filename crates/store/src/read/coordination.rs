//! What coordinators read beside the screens' questions: visits by filter, figures, what an import compares with.

use std::collections::HashSet;

use palier_sync::RecordType;
use rusqlite::params;
use uuid::Uuid;

use super::visits::{COLUMNS, VisitRow, visit_row};
use crate::project::SAME_VISIT_MS;
use crate::{Store, StoreError};

/// Which passages are asked for; an absent value asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitFilter {
    /// Sector of the door.
    pub sector: Option<Uuid>,
    /// Outcome code.
    pub outcome: Option<String>,
    /// From this instant, UTC milliseconds.
    pub from_ms: Option<i64>,
    /// Before this instant, UTC milliseconds.
    pub to_ms: Option<i64>,
}

/// A local emergency number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalNumberRow {
    /// Record id.
    pub id: Uuid,
    /// What it is.
    pub label: String,
    /// The number.
    pub number: String,
    /// Its place in the list.
    pub rank: i64,
}

/// The door's sector, and the rest of the filter.
const FILTERED: &str = "FROM visit JOIN door ON door.id = visit.door JOIN stair ON stair.id = door.stair
    JOIN building ON building.id = stair.building
    WHERE (?1 IS NULL OR building.sector = ?1) AND (?2 IS NULL OR visit.outcome = ?2)
      AND visit.at >= coalesce(?3, -9223372036854775808) AND visit.at < coalesce(?4, 9223372036854775807)";

impl Store {
    /// How many passages a filter finds; each counts, also those that may be one visit.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn visit_count(&self, filter: &VisitFilter) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(&format!("SELECT count(*) {FILTERED}"))?
            .query_row(params![filter.sector, filter.outcome, filter.from_ms, filter.to_ms], |row| row.get(0))?)
    }

    /// A page of passages that a filter finds, newest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn visits_page(&self, filter: &VisitFilter, limit: u32, offset: u32) -> Result<Vec<VisitRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} {FILTERED} ORDER BY visit.at DESC, visit.id DESC LIMIT ?5 OFFSET ?6"
        ))?;
        let VisitFilter { sector, outcome, from_ms, to_ms } = filter;
        let rows = statement.query_map(params![sector, outcome, from_ms, to_ms, limit, offset], visit_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Visits, two mediators in one counted once (decisions.md 12), of one sector or of all.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn visits_counted(&self, sector: Option<Uuid>) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT coalesce(sum(s.passages), 0) FROM door_state AS s JOIN door ON door.id = s.door
                 JOIN stair ON stair.id = door.stair JOIN building ON building.id = stair.building
                 WHERE ?1 IS NULL OR building.sector = ?1",
            )?
            .query_row(params![sector], |row| row.get(0))?)
    }

    /// The same since an instant: a visit that began before it, with another mediator, is not counted again.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn visits_counted_since(&self, sector: Option<Uuid>, since_ms: i64) -> Result<u32, StoreError> {
        Ok(self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM visit AS b JOIN door ON door.id = b.door JOIN stair ON stair.id = door.stair
                 JOIN building ON building.id = stair.building
                 WHERE b.at >= ?2 AND (?1 IS NULL OR building.sector = ?1) AND NOT EXISTS (
                   SELECT 1 FROM visit AS a WHERE a.door = b.door AND a.author <> b.author AND (a.at, a.id) < (b.at, b.id)
                     AND (b.at - a.at <= ?3 OR (a.outing IS NOT NULL AND a.outing = b.outing))
                     AND instr(a.apart, hex(b.id)) = 0 AND instr(b.apart, hex(a.id)) = 0)",
            )?
            .query_row(params![sector, since_ms, SAME_VISIT_MS], |row| row.get(0))?)
    }

    /// Records of notes that hang on a passage, one a structure.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn notes_of_visit(&self, visit: Uuid) -> Result<Vec<Uuid>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM visit_note WHERE visit = ?1 ORDER BY id")?;
        let rows = statement.query_map([visit], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Local emergency numbers with their records, in the coordinators' order; those taken away have no number.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn local_number_rows(&self) -> Result<Vec<LocalNumberRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, label, number, rank FROM local_number ORDER BY rank, label, id")?;
        let rows = statement.query_map([], |row| {
            Ok(LocalNumberRow { id: row.get(0)?, label: row.get(1)?, number: row.get(2)?, rank: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Ids of every record of a type, cancelled ones included: an import must not make again what someone took away.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn ids_of(&self, kind: RecordType) -> Result<HashSet<Uuid>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM record WHERE kind = ?1")?;
        let rows = statement.query_map([kind.number()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Something of the territory is made up for a demonstration.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn has_invented(&self) -> Result<bool, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM building WHERE invented = 1)")?
            .query_row([], |row| row.get(0))?)
    }
}
