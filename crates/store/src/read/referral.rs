//! Referrals with what happened to them, tasks, and what a day asks for.

use palier_domain::referral::{self, Event, Reading};
use palier_sync::RecordState;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use crate::alias::TOGETHER;
use crate::project::referral::read_event;
use crate::{Store, StoreError, record};

/// A referral, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralRow {
    /// Its id.
    pub id: Uuid,
    /// The household; none when it hangs on a slip.
    pub household: Option<Uuid>,
    /// The code of its slip.
    pub slip: String,
    /// A reminder after 48 hours instead of ten days.
    pub urgent: bool,
    /// When it was made, UTC milliseconds.
    pub opened_at: i64,
}

/// A referral with its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReferralFile {
    /// As a list shows it.
    pub row: ReferralRow,
    /// Its record.
    pub state: RecordState,
    /// What happened, by record.
    pub events: Vec<(Uuid, RecordState)>,
    /// What the events say.
    pub reading: Reading,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskRow {
    /// Its id.
    pub id: Uuid,
    /// The household; none when its subject hangs on a slip.
    pub household: Option<Uuid>,
    /// The referral or the right it is about.
    pub subject: Option<Uuid>,
    /// Code of its purpose.
    pub purpose: String,
    /// The day, `YYYY-MM-DD` in Paris.
    pub due_on: String,
    /// When it was done, UTC milliseconds; 0 while it is to be done.
    pub done_at: i64,
}

/// A right that was asked for and of which nothing came yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedRightRow {
    /// The diagnosis.
    pub diagnosis: Uuid,
    /// The record of what became of the right.
    pub item: Uuid,
    /// The household; none when the diagnosis hangs on a slip.
    pub household: Option<Uuid>,
    /// When it was asked for, UTC milliseconds.
    pub asked_at: i64,
}

const ROW: &str = "SELECT id, household, slip, urgent, opened_at FROM referral";
const TASK: &str = "SELECT id, household, subject, purpose, due_on, done_at FROM task";

fn row(row: &Row<'_>) -> rusqlite::Result<ReferralRow> {
    Ok(ReferralRow {
        id: row.get(0)?,
        household: row.get(1)?,
        slip: row.get(2)?,
        urgent: row.get(3)?,
        opened_at: row.get(4)?,
    })
}

fn task(row: &Row<'_>) -> rusqlite::Result<TaskRow> {
    Ok(TaskRow {
        id: row.get(0)?,
        household: row.get(1)?,
        subject: row.get(2)?,
        purpose: row.get(3)?,
        due_on: row.get(4)?,
        done_at: row.get(5)?,
    })
}

impl Store {
    /// Reads a referral with what happened to it.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn referral(&self, id: Uuid) -> Result<Option<ReferralFile>, StoreError> {
        let found = self.connection.prepare_cached(&format!("{ROW} WHERE id = ?1"))?.query_row([id], row).optional()?;
        let (Some(row), Some(loaded)) = (found, record::load(&self.connection, id)?) else { return Ok(None) };
        let mut statement =
            self.connection.prepare_cached("SELECT id FROM referral_event WHERE referral = ?1 ORDER BY id")?;
        let ids: Vec<Uuid> = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let mut events = Vec::new();
        for id in ids {
            if let Some(loaded) = record::load(&self.connection, id)? {
                events.push((id, loaded.state));
            }
        }
        let read: Vec<Event> = events.iter().filter_map(|(id, state)| read_event(*id, state)).collect();
        Ok(Some(ReferralFile { row, state: loaded.state, events, reading: referral::read(&read) }))
    }

    /// Referrals of a household, the latest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn referrals_of(&self, household: Uuid) -> Result<Vec<ReferralRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{ROW} WHERE household IN {TOGETHER} ORDER BY opened_at DESC, id"))?;
        Ok(statement.query_map([household], row)?.collect::<Result<_, _>>()?)
    }

    /// Referrals of a slip, the latest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn referrals_of_slip(&self, slip: &str) -> Result<Vec<ReferralRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{ROW} WHERE slip = ?1 AND slip <> '' ORDER BY opened_at DESC, id"))?;
        Ok(statement.query_map([slip], row)?.collect::<Result<_, _>>()?)
    }

    /// Referrals of which something is to be done by an instant, the longest waiting first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn referrals_due(&self, by_ms: i64, limit: u32) -> Result<Vec<Uuid>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT referral FROM referral_state WHERE due_at <= ?1 ORDER BY due_at, referral LIMIT ?2",
        )?;
        Ok(statement.query_map(params![by_ms, limit], |row| row.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Tasks to do by a day, `YYYY-MM-DD`, the oldest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn tasks_due(&self, by_day: &str, limit: u32) -> Result<Vec<TaskRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{TASK} WHERE done_at = 0 AND due_on <= ?1 ORDER BY due_on, id LIMIT ?2"))?;
        Ok(statement.query_map(params![by_day, limit], task)?.collect::<Result<_, _>>()?)
    }

    /// Tasks of a household that are to be done, the nearest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn tasks_of(&self, household: Uuid) -> Result<Vec<TaskRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{TASK} WHERE household IN {TOGETHER} AND done_at = 0 ORDER BY due_on, id"))?;
        Ok(statement.query_map([household], task)?.collect::<Result<_, _>>()?)
    }

    /// The first day that tasks about a subject leave it alone until; none when none waits.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn put_off_until(&self, subject: Uuid) -> Result<Option<String>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT max(due_on) FROM task WHERE subject = ?1 AND done_at = 0")?;
        Ok(statement.query_row([subject], |row| row.get(0))?)
    }

    /// A task with its record.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn task(&self, id: Uuid) -> Result<Option<(TaskRow, RecordState)>, StoreError> {
        let found =
            self.connection.prepare_cached(&format!("{TASK} WHERE id = ?1"))?.query_row([id], task).optional()?;
        let (Some(row), Some(loaded)) = (found, record::load(&self.connection, id)?) else { return Ok(None) };
        Ok(Some((row, loaded.state)))
    }

    /// Rights asked for by an instant of which nothing came, the longest waiting first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn rights_asked(&self, by_ms: i64, limit: u32) -> Result<Vec<AskedRightRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT d.id, i.id, d.household, i.follow_up_at FROM right_item i JOIN diagnosis d ON d.id = i.diagnosis
             WHERE i.follow_up = 'asked' AND i.follow_up_at <= ?1 ORDER BY i.follow_up_at, i.id LIMIT ?2",
        )?;
        let rows = statement.query_map(params![by_ms, limit], |row| {
            Ok(AskedRightRow {
                diagnosis: row.get(0)?,
                item: row.get(1)?,
                household: row.get(2)?,
                asked_at: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Doors where the last passage told of new residents, since an instant, the latest first: whom to welcome.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn moved_in_since(&self, since_ms: i64, limit: u32) -> Result<Vec<(Uuid, i64)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT door, last_at FROM door_state WHERE outcome = 'moved_in' AND last_at >= ?1
             ORDER BY last_at DESC, door LIMIT ?2",
        )?;
        Ok(statement
            .query_map(params![since_ms, limit], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?)
    }
}
