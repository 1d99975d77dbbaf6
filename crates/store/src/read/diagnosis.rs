//! Diagnoses of rights, with their answers and what became of each right.

use palier_sync::RecordState;
use rusqlite::{OptionalExtension, Row};
use uuid::Uuid;

use crate::alias::TOGETHER;
use crate::{Store, StoreError, record};

/// A diagnosis, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisRow {
    /// Its id.
    pub id: Uuid,
    /// The household; none when it hangs on a slip.
    pub household: Option<Uuid>,
    /// The code of its slip, empty when it is a household's.
    pub slip: String,
    /// When it began, UTC milliseconds.
    pub started_at: i64,
    /// When it was closed; 0 while it is open.
    pub closed_at: i64,
}

/// A diagnosis with its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosisFile {
    /// As a list shows it.
    pub row: DiagnosisRow,
    /// Its record.
    pub state: RecordState,
    /// Answers by record.
    pub answers: Vec<RecordState>,
    /// What became of rights, by record.
    pub items: Vec<RecordState>,
}

/// The record of the answer to a question of a diagnosis: one for all tablets, so that answers meet.
#[must_use]
pub fn answer_id(diagnosis: Uuid, question: &str) -> Uuid {
    palier_domain::place::derived_id("answer", diagnosis, question)
}

/// The record of what became of a right of a diagnosis.
#[must_use]
pub fn right_item_id(diagnosis: Uuid, right: &str) -> Uuid {
    palier_domain::place::derived_id("right_item", diagnosis, right)
}

const ROW: &str = "SELECT id, household, slip, started_at, closed_at FROM diagnosis";

fn row(row: &Row<'_>) -> rusqlite::Result<DiagnosisRow> {
    Ok(DiagnosisRow {
        id: row.get(0)?,
        household: row.get(1)?,
        slip: row.get(2)?,
        started_at: row.get(3)?,
        closed_at: row.get(4)?,
    })
}

impl Store {
    /// Reads a diagnosis with its answers.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn diagnosis(&self, id: Uuid) -> Result<Option<DiagnosisFile>, StoreError> {
        let found = self.connection.prepare_cached(&format!("{ROW} WHERE id = ?1"))?.query_row([id], row).optional()?;
        let (Some(row), Some(loaded)) = (found, record::load(&self.connection, id)?) else { return Ok(None) };
        let answers = self.records_of("SELECT id FROM answer WHERE diagnosis = ?1 ORDER BY id", id)?;
        let items = self.records_of("SELECT id FROM right_item WHERE diagnosis = ?1 ORDER BY id", id)?;
        Ok(Some(DiagnosisFile { row, state: loaded.state, answers, items }))
    }

    /// Diagnoses of a household, the latest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn diagnoses_of(&self, household: Uuid) -> Result<Vec<DiagnosisRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{ROW} WHERE household IN {TOGETHER} ORDER BY started_at DESC, id"))?;
        Ok(statement.query_map([household], row)?.collect::<Result<_, _>>()?)
    }

    /// The diagnosis of a slip.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn diagnosis_of_slip(&self, slip: &str) -> Result<Option<DiagnosisRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!("{ROW} WHERE slip = ?1 AND slip <> ''"))?;
        Ok(statement.query_row([slip], row).optional()?)
    }

    /// Ids of the answers to every diagnosis of a household: what leaves with its agreement.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn answers_of(&self, household: Uuid) -> Result<Vec<Uuid>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT answer.id FROM diagnosis JOIN answer ON answer.diagnosis = diagnosis.id
             WHERE diagnosis.household IN {TOGETHER} ORDER BY answer.id"
        ))?;
        Ok(statement.query_map([household], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    fn records_of(&self, query: &str, of: Uuid) -> Result<Vec<RecordState>, StoreError> {
        let ids: Vec<Uuid> =
            self.connection.prepare_cached(query)?.query_map([of], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let states = ids.into_iter().map(|id| Ok(record::load(&self.connection, id)?.map(|loaded| loaded.state)));
        states.filter_map(Result::transpose).collect()
    }
}
