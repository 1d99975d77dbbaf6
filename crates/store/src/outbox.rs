//! What is not acknowledged: the queue that the pill counts, and what an answer of the server does to it.

use palier_sync::wire::{RefusalReason, Refused, Restamped};
use palier_sync::{Change, Dot, Hlc, ScopeKey};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use crate::touched::Touched;
use crate::write::signed;
use crate::{Store, StoreError, acts, carried, meta, record};

/// When the server last had everything there was.
const LAST_SYNC: &str = "last_sync";

/// Replaced values are kept this long, in milliseconds: 90 days (decisions.md 9).
const HISTORY_MS: i64 = 90 * 86_400_000;

/// A change the server refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantineRow {
    /// When it was written, UTC milliseconds.
    pub written_at: i64,
    /// Its record's type.
    pub kind: u16,
    /// Why.
    pub reason: String,
}

/// What the pill is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pending {
    /// Acts not acknowledged.
    pub acts: u32,
    /// Changes not acknowledged.
    pub changes: u32,
    /// When the oldest of them was written, UTC milliseconds.
    pub oldest_at: Option<i64>,
    /// When the server last had everything, UTC milliseconds.
    pub last_sync: Option<i64>,
}

impl Store {
    /// The first changes of the queue, in order, within the limits; at least one when there is one.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn outbox(&self, changes_max: usize, bytes_max: usize) -> Result<Vec<Change>, StoreError> {
        self.outbox_after(0, changes_max, bytes_max)
    }

    /// The changes of the queue that follow a sequence, in order, within the limits; at least one when there is one.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn outbox_after(&self, sequence: u64, changes_max: usize, bytes_max: usize) -> Result<Vec<Change>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT change FROM outbox WHERE sequence > ?1 ORDER BY sequence LIMIT ?2")?;
        let mut rows = statement.query([signed(sequence), signed(changes_max as u64)])?;
        let mut changes = Vec::new();
        let mut bytes = 0usize;
        while let Some(row) = rows.next()? {
            let text: String = row.get(0)?;
            bytes = bytes.saturating_add(text.len());
            if bytes > bytes_max && !changes.is_empty() {
                break;
            }
            changes.push(serde_json::from_str(&text)?);
        }
        Ok(changes)
    }

    /// What waits for the server.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn pending(&self) -> Result<Pending, StoreError> {
        let changes = self.connection.prepare_cached("SELECT count(*) FROM outbox")?.query_row([], |row| row.get(0))?;
        let first: Option<i64> =
            self.connection.prepare_cached("SELECT min(sequence) FROM outbox")?.query_row([], |row| row.get(0))?;
        let (mut acts, mut oldest_at) = (0, None);
        if let Some(first) = first {
            (acts, oldest_at) = self
                .connection
                .prepare_cached("SELECT count(*), min(at) FROM act WHERE last_sequence >= ?1")?
                .query_row([first], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if acts == 0 {
                // What waits belongs to no act of the journal (an erasure that became the act): it still counts.
                acts = changes;
            }
        }
        Ok(Pending { acts, changes, oldest_at, last_sync: self.fact(LAST_SYNC)? })
    }

    /// The server has everything up to `sequence`. What it refused goes to the quarantine, what it restamped takes the
    /// effective time; nothing else leaves the queue. One transaction.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn acknowledge(
        &mut self,
        sequence: u64,
        refused: &[Refused],
        restamped: &[Restamped],
        now_ms: i64,
    ) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        for refusal in refused.iter().filter(|refusal| refusal.sequence <= sequence) {
            quarantine(&transaction, refusal)?;
        }
        for restamp in restamped.iter().filter(|restamp| restamp.sequence <= sequence) {
            restamp_own(&transaction, restamp)?;
        }
        transaction.prepare_cached("DELETE FROM outbox WHERE sequence <= ?1")?.execute([signed(sequence)])?;
        transaction
            .prepare_cached("DELETE FROM replaced WHERE replaced_at < ?1")?
            .execute([now_ms.saturating_sub(HISTORY_MS)])?;
        acts::forget_old(&transaction)?;
        let left: i64 = transaction.query_row("SELECT count(*) FROM outbox", [], |row| row.get(0))?;
        if left == 0 {
            meta::put(&transaction, LAST_SYNC, &now_ms)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The server showed that this tablet's clock ran ahead: the next stamps go on from its own time.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn reset_clock(&mut self, server_ms: i64) -> Result<(), StoreError> {
        let clock = Hlc::resume(palier_sync::clock::ntp_of(server_ms));
        self.keep_fact(meta::CLOCK, &clock.last())
    }

    /// Changes the server refused, newest first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn quarantined(&self) -> Result<Vec<QuarantineRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT written_at, kind, reason FROM quarantine ORDER BY sequence DESC LIMIT 200")?;
        let rows = statement.query_map([], |row| {
            Ok(QuarantineRow { written_at: row.get(0)?, kind: row.get(1)?, reason: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Drops every row of a scope that this copy may not hold any more, and what the journal and the quarantine repeat of it.
    /// What waits to be sent stays in the queue; that something was refused stays told, without what it said.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn drop_scope(&mut self, scope: &ScopeKey) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        let number: Option<i64> = transaction
            .query_row("SELECT n FROM scope WHERE key = ?1", [scope.to_string()], |row| row.get(0))
            .optional()?;
        if let Some(number) = number {
            transaction
                .execute("DELETE FROM replaced WHERE record IN (SELECT n FROM record WHERE scope = ?1)", [number])?;
            transaction.execute("DELETE FROM record WHERE scope = ?1", [number])?;
            transaction.execute("DELETE FROM scope WHERE n = ?1", [number])?;
        }
        acts::forget_scope(&transaction, scope)?;
        carried::forget_scope(&transaction, scope)?;
        blank_refused(&transaction, scope)?;
        // With its rows, or names would stay in the columns and in the index of a tablet that stops here.
        crate::apply::project_all(&transaction)?;
        transaction.commit()?;
        self.checkpoint()
    }
}

fn pending_change(connection: &Connection, sequence: u64) -> Result<Option<Change>, StoreError> {
    let text: Option<String> = connection
        .prepare_cached("SELECT change FROM outbox WHERE sequence = ?1")?
        .query_row([signed(sequence)], |row| row.get(0))
        .optional()?;
    text.map(|text| serde_json::from_str(&text).map_err(StoreError::from)).transpose()
}

fn quarantine(connection: &Connection, refusal: &Refused) -> Result<(), StoreError> {
    let Some(change) = pending_change(connection, refusal.sequence)? else { return Ok(()) };
    // What was written about an erased person is not kept anywhere, not even as a refusal.
    let text = if refusal.reason == RefusalReason::Erased { String::new() } else { serde_json::to_string(&change)? };
    let reason = serde_json::to_value(refusal.reason)?.as_str().unwrap_or("other").to_owned();
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO quarantine (sequence, record, kind, reason, written_at, change) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![signed(refusal.sequence), change.record, change.kind, reason, change.stamp.utc_ms(), text])?;
    Ok(())
}

fn blank_refused(connection: &Connection, scope: &ScopeKey) -> Result<(), StoreError> {
    let refused: Vec<(i64, String)> = connection
        .prepare_cached("SELECT sequence, change FROM quarantine WHERE change <> ''")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (sequence, text) in refused {
        if serde_json::from_str::<Change>(&text)?.scope == *scope {
            connection.prepare_cached("UPDATE quarantine SET change = '' WHERE sequence = ?1")?.execute([sequence])?;
        }
    }
    Ok(())
}

fn restamp_own(connection: &Connection, restamp: &Restamped) -> Result<(), StoreError> {
    let Some(change) = pending_change(connection, restamp.sequence)? else { return Ok(()) };
    restamp_record(connection, change.record, change.dot, restamp.effective)
}

fn restamp_record(connection: &Connection, id: Uuid, dot: Dot, effective: u64) -> Result<(), StoreError> {
    if let Some(mut loaded) = record::load(connection, id)?
        && loaded.state.restamp(dot, effective)
    {
        let mut touched = Touched::default();
        touched.write(connection, id, &loaded.state, Some(loaded.hash), false)?;
        touched.finish(connection)?;
    }
    Ok(())
}
