//! Snapshots of a scope: read page by page where it is held, taken in page by page where it is not held yet.
//!
//! Pages go by (type, row): rows never change place, so that one that comes meanwhile is in a later page or in the changes
//! after the snapshot's sequence. A record is as it stands when its page is read: taking in again a change that it holds
//! already changes nothing.

use palier_sync::{RecordState, ScopeKey, limits, snapshot};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::apply::Applied;
use crate::touched::Touched;
use crate::{Store, StoreError, record};

/// The last row of a page: what the next one follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its type.
    pub kind: u16,
    /// Its number here.
    pub row: i64,
}

/// Records of a scope as they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordPage {
    /// The records, packed, in the order of their places.
    pub rows: Vec<(Uuid, Vec<u8>)>,
    /// The last of them; none when no record follows.
    pub last: Option<Place>,
}

/// How far a snapshot was taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// Where it goes on, as the server said.
    pub next: String,
    /// Every change up to this sequence of the scope is in what was taken in.
    pub sequence: u64,
}

impl Store {
    /// The records of a scope after a place: those that stand on so many changes at most and fit a page of the wire, one at
    /// least.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn record_page(&self, scope: &ScopeKey, after: Option<Place>, most: usize) -> Result<RecordPage, StoreError> {
        let mut page = RecordPage::default();
        let Some(number) = scope_number(&self.connection, scope)? else { return Ok(page) };
        let (mut room, mut bytes) = (most, limits::PAGE_BYTES);
        let mut from = after.unwrap_or(Place { kind: 0, row: i64::MIN });
        let mut last = None;
        loop {
            let mut statement = self.connection.prepare_cached(
                "SELECT n, id, body FROM record WHERE scope = ?1 AND kind = ?2 AND n > ?3 ORDER BY n LIMIT ?4",
            )?;
            // One more than fits: a page is full when a record is left over, never when the rows that were read end.
            let most = i64::try_from(most.saturating_add(1)).unwrap_or(i64::MAX);
            let mut rows = statement.query(params![number, from.kind, from.row, most])?;
            while let Some(row) = rows.next()? {
                let (n, id): (i64, Uuid) = (row.get(0)?, row.get(1)?);
                let body = record::packed(row, 2, scope)?;
                let weight = snapshot::weight(&body)?;
                if !page.rows.is_empty() && (weight > room || body.len() > bytes) {
                    page.last = last;
                    return Ok(page);
                }
                (room, bytes) = (room.saturating_sub(weight), bytes.saturating_sub(body.len()));
                last = Some(Place { kind: from.kind, row: n });
                page.rows.push((id, body));
            }
            let next = self
                .connection
                .prepare_cached("SELECT min(kind) FROM record WHERE scope = ?1 AND kind > ?2")?
                .query_row(params![number, from.kind], |row| row.get::<_, Option<u16>>(0))?;
            match next {
                Some(kind) => from = Place { kind, row: i64::MIN },
                None => return Ok(page),
            }
        }
    }

    /// Where the snapshot of a scope goes on; none when none is under way.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn snapshot_reached(&self, scope: &ScopeKey) -> Result<Option<Reached>, StoreError> {
        let text: Option<String> = self
            .connection
            .prepare_cached("SELECT snapshot FROM scope WHERE key = ?1")?
            .query_row([scope.to_string()], |row| row.get(0))
            .optional()?;
        let text = text.filter(|text| !text.is_empty());
        text.map(|text| serde_json::from_str(&text).map_err(StoreError::from)).transpose()
    }

    /// Takes a page of a snapshot in: records that are here already are joined, nothing is lost. In the same transaction
    /// notes how far it reached; with the last page the scope is read up to the snapshot's first sequence.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn take_snapshot(
        &mut self,
        scope: &ScopeKey,
        records: Vec<(Uuid, RecordState)>,
        sequence: u64,
        next: Option<String>,
    ) -> Result<Applied, StoreError> {
        let before = self.snapshot_reached(scope)?;
        // Pages are read while the scope goes on: only what every one of them holds is sure.
        let sequence = before.map_or(sequence, |before| before.sequence.min(sequence));
        let transaction = self.begin()?;
        let mut touched = Touched::default();
        for (id, theirs) in records {
            touched.join(&transaction, id, theirs)?;
        }
        let applied = touched.finish(&transaction)?;
        let number = record::scope_number(&transaction, scope)?;
        match next {
            Some(next) => {
                let reached = serde_json::to_string(&Reached { next, sequence })?;
                transaction
                    .prepare_cached("UPDATE scope SET snapshot = ?2 WHERE n = ?1")?
                    .execute(params![number, reached])?;
            }
            None => {
                transaction
                    .prepare_cached("UPDATE scope SET snapshot = '', scanned = max(scanned, ?2) WHERE n = ?1")?
                    .execute(params![number, i64::try_from(sequence).unwrap_or(i64::MAX)])?;
            }
        }
        transaction.commit()?;
        self.after(&applied)?;
        Ok(applied)
    }
}

fn scope_number(connection: &Connection, scope: &ScopeKey) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT n FROM scope WHERE key = ?1")?
        .query_row([scope.to_string()], |row| row.get(0))
        .optional()?)
}
