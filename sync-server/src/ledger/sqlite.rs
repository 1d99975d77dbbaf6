//! The ledger on an embedded, encrypted SQLite: one writer, one file.

mod compact;
mod rows;

use std::collections::BTreeSet;
use std::path::Path;
use std::str::FromStr;
use std::sync::LazyLock;

use palier_store::{StoreKey, connect};
use palier_sync::dot::SERVER_REPLICA;
use palier_sync::wire::{Batch, RefusalReason};
use palier_sync::{Body, Change, Replica, ScopeKey, clock};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};
use uuid::Uuid;

use super::rules::{self, BATCH_ZSTD_LEVEL, Home, RESTORED, SKIP_AFTER_RESTORE, Verdict, read_batch, signed, unsigned};
use super::{Author, Compaction, Consumption, Erasure, Ledger, LedgerError, Page, PageLimits, packing};

/// Prepared statements kept: all of a request's.
const STATEMENTS: usize = 64;

static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(include_str!("../../migrations/ledger_001.sql")),
        M::up(include_str!("../../migrations/ledger_002.sql")),
        M::up(include_str!("../../migrations/ledger_003.sql")),
    ])
});

/// The ledger of one territory in one file.
pub struct SqliteLedger {
    connection: Connection,
    territory: Uuid,
}

impl SqliteLedger {
    /// Opens or makes the ledger of a file.
    ///
    /// # Errors
    /// `Newer`, `Open`, or a fault of SQLite.
    pub fn open(path: &Path, key: &StoreKey, territory: Uuid) -> Result<Self, LedgerError> {
        Self::over(connect(path, key)?, territory)
    }

    /// A ledger in memory, for properties.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn in_memory(territory: Uuid) -> Result<Self, LedgerError> {
        Self::over(Connection::open_in_memory()?, territory)
    }

    /// The ledger of a database that is open already, for simulations.
    ///
    /// # Errors
    /// `Newer`, or a fault of SQLite.
    pub fn over(mut connection: Connection, territory: Uuid) -> Result<Self, LedgerError> {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        MIGRATIONS.to_latest(&mut connection).map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
                LedgerError::Newer
            }
            other => LedgerError::Open(palier_store::StoreError::Migration(other)),
        })?;
        Ok(Self { connection, territory })
    }

    /// Stops the database once, as a power cut does: see [`palier_store::cut_after`].
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn cut_after(&self, steps: u64) -> Result<(), LedgerError> {
        Ok(palier_store::cut_after(&self.connection, steps)?)
    }
}

impl Ledger for SqliteLedger {
    fn consume(&mut self, batch: &Batch, author: &Author, server_ms: i64) -> Result<Consumption, LedgerError> {
        let changes = read_batch(batch, author)?;
        let territory = self.territory;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let AuthorRow { last, reopened } = author_row(&transaction, territory, author.replica)?;
        let first = changes.first().map_or(last + 1, |change| change.dot.sequence);
        if first > last + 1 && (!reopened || author.relayed) {
            return Err(LedgerError::Gap { expected: last + 1 });
        }
        let mut consumption = Consumption { last, ..Consumption::default() };
        for mut change in changes.iter().filter(|change| change.dot.sequence > last).cloned() {
            consumption.last = change.dot.sequence;
            change.effective = clock::effective_time(change.stamp.time, author.clock_ms, server_ms);
            match verdict(&transaction, territory, &change, author)? {
                Verdict::Refused(reason) => refuse(&transaction, territory, &change, reason)?,
                Verdict::Absorbed => {}
                Verdict::Accepted => {
                    append(&transaction, territory, &change)?;
                    if change.body == Body::Erase {
                        erase(&transaction, territory, change.record)?;
                    }
                    consumption.accepted.push(change);
                }
            }
        }
        if consumption.last > last {
            put_last(&transaction, territory, author, consumption.last)?;
            keep_batch(&transaction, territory, batch, &changes, (first.max(last + 1), consumption.last))?;
        }
        answer_again(&transaction, territory, author.replica, first, &mut consumption)?;
        transaction.commit()?;
        Ok(consumption)
    }

    fn page(
        &self,
        scope: &ScopeKey,
        since: u64,
        except: Option<Replica>,
        limits: PageLimits,
    ) -> Result<Page, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, replica, payload, packed FROM change WHERE territory = ?1 AND scope = ?2 AND seq > ?3 ORDER BY seq",
        )?;
        let mut rows = statement.query(params![self.territory, scope.to_string(), signed(since)])?;
        let mut page = Page { scanned: since, ..Page::default() };
        let mut bytes = 0usize;
        while let Some(row) = rows.next()? {
            let (payload, packed): (Option<String>, Option<Vec<u8>>) = (row.get(2)?, row.get(3)?);
            let length = payload.as_ref().map_or_else(|| packed.as_deref().map_or(0, packing::length), String::len);
            let full = page.changes.len() >= limits.changes || bytes.saturating_add(length) > limits.bytes;
            if full && !page.changes.is_empty() {
                page.more = true;
                break;
            }
            page.scanned = unsigned(row.get(0)?);
            let replica: Replica = row.get(1)?;
            let told = match (payload, packed) {
                (Some(payload), _) if except != Some(replica) => Some(serde_json::from_str(&payload)?),
                // One's own too: it may say what others' said that are gone.
                (None, Some(packed)) => Some(packing::unpack(&packed)?),
                _ => None,
            };
            if let Some(change) = told {
                bytes = bytes.saturating_add(length);
                page.changes.push(change);
            }
        }
        if !page.more {
            // Nothing follows: sequences that hold nothing (a restore leaves some) are scanned over as well.
            let head: Option<i64> = self
                .connection
                .prepare_cached("SELECT seq FROM scope_head WHERE territory = ?1 AND scope = ?2")?
                .query_row(params![self.territory, scope.to_string()], |row| row.get(0))
                .optional()?;
            page.scanned = page.scanned.max(head.map_or(0, unsigned));
        }
        Ok(page)
    }

    fn heads(&self) -> Result<Vec<(ScopeKey, u64)>, LedgerError> {
        let mut statement =
            self.connection.prepare_cached("SELECT scope, seq FROM scope_head WHERE territory = ?1 ORDER BY scope")?;
        let rows =
            statement.query_map([self.territory], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let mut heads = Vec::new();
        for row in rows {
            let (scope, seq) = row?;
            if let Ok(scope) = ScopeKey::from_str(&scope) {
                heads.push((scope, unsigned(seq)));
            }
        }
        Ok(heads)
    }

    fn count(&self) -> Result<u64, LedgerError> {
        let count = self
            .connection
            .prepare_cached("SELECT count(*) FROM change WHERE territory = ?1")?
            .query_row([self.territory], |row| row.get(0))?;
        Ok(unsigned(count))
    }

    fn last_of(&self, replica: Replica) -> Result<u64, LedgerError> {
        Ok(author_row(&self.connection, self.territory, replica)?.last)
    }

    fn erased(&self) -> Result<Vec<Erasure>, LedgerError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT record, scope, kind FROM home WHERE territory = ?1 AND erased = 1 ORDER BY record",
        )?;
        let rows = statement
            .query_map([self.territory], |row| Ok((row.get(0)?, row.get::<_, String>(1)?, row.get(2)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        let known = rows.into_iter().filter_map(|(record, scope, kind)| {
            Some(Erasure { record, scope: ScopeKey::from_str(&scope).ok()?, kind })
        });
        Ok(known.collect())
    }

    fn skip_ahead(&mut self, authors: &[Replica], now_ms: i64) -> Result<(), LedgerError> {
        let territory = self.territory;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute(
            "INSERT OR IGNORE INTO scope_head (territory, scope, seq) VALUES (?1, ?2, 0)",
            params![territory, RESTORED],
        )?;
        transaction.execute(
            "UPDATE scope_head SET seq = iif(seq < ?3, ?3, seq + ?2) WHERE territory = ?1",
            params![territory, SKIP_AFTER_RESTORE, now_ms],
        )?;
        transaction.execute(
            "INSERT INTO author (territory, replica, last) VALUES (?1, ?3, max(?2, ?4))
             ON CONFLICT (territory, replica) DO UPDATE SET last = iif(last < ?4, ?4, last + ?2)",
            params![territory, SKIP_AFTER_RESTORE, SERVER_REPLICA, now_ms],
        )?;
        for replica in authors {
            transaction.execute(
                "INSERT INTO author (territory, replica, last, reopened) VALUES (?1, ?2, 0, 1)
                 ON CONFLICT (territory, replica) DO UPDATE SET reopened = 1",
                params![territory, replica],
            )?;
        }
        transaction.commit()?;
        Ok(())
    }

    fn compact(&mut self, scope: &ScopeKey, after: u64, up_to: u64, most: usize) -> Result<Compaction, LedgerError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = compact::step(&transaction, self.territory, &scope.to_string(), (after, up_to), most)?;
        transaction.commit()?;
        Ok(done)
    }

    fn shrink(&self) -> Result<(), LedgerError> {
        self.connection.execute_batch("VACUUM")?;
        self.scrub()
    }

    fn scrub(&self) -> Result<(), LedgerError> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    fn copy_to(&self, path: &Path) -> Result<(), LedgerError> {
        let target = path.to_str().ok_or(LedgerError::Form("path"))?;
        // VACUUM INTO keeps the key of SQLCipher and reads one consistent state.
        self.connection.execute("VACUUM INTO ?1", [target])?;
        Ok(())
    }
}

fn verdict(connection: &Connection, territory: Uuid, change: &Change, author: &Author) -> Result<Verdict, LedgerError> {
    if let Some(reason) = rules::refusal_of(change, author) {
        return Ok(Verdict::Refused(reason));
    }
    let home = connection
        .prepare_cached("SELECT scope, kind, erased FROM home WHERE territory = ?1 AND record = ?2")?
        .query_row(params![territory, change.record], |row| {
            Ok(Home { scope: row.get(0)?, kind: row.get(1)?, erased: row.get(2)? })
        })
        .optional()?;
    Ok(rules::verdict(change, home.as_ref()))
}

fn append(connection: &Connection, territory: Uuid, change: &Change) -> Result<(), LedgerError> {
    let scope = change.scope.to_string();
    let seq: i64 = connection
        .prepare_cached(
            "INSERT INTO scope_head (territory, scope, seq)
             VALUES (?1, ?2, 1 + coalesce((SELECT seq FROM scope_head WHERE territory = ?1 AND scope = ?3), 0))
             ON CONFLICT (territory, scope) DO UPDATE SET seq = seq + 1 RETURNING seq",
        )?
        .query_row(params![territory, scope, RESTORED], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO change (territory, scope, seq, replica, sequence, record, payload, effective)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            territory,
            scope,
            seq,
            change.dot.replica,
            signed(change.dot.sequence),
            change.record,
            serde_json::to_string(change)?,
            change.effective.map(u64::cast_signed)
        ])?;
    connection
        .prepare_cached("INSERT OR IGNORE INTO home (territory, record, scope, kind) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![territory, change.record, scope, change.kind])?;
    Ok(())
}

fn refuse(connection: &Connection, territory: Uuid, change: &Change, reason: RefusalReason) -> Result<(), LedgerError> {
    let code = rules::code_of(reason)?;
    connection
        .prepare_cached("INSERT OR IGNORE INTO refusal (territory, replica, sequence, reason) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![territory, change.dot.replica, signed(change.dot.sequence), code])?;
    Ok(())
}

/// Blanks what the record said, but for the erasure itself, which every tablet must receive; drops the batches that held it.
fn erase(connection: &Connection, territory: Uuid, record: Uuid) -> Result<(), LedgerError> {
    let one = params![territory, record];
    connection.prepare_cached("UPDATE home SET erased = 1 WHERE territory = ?1 AND record = ?2")?.execute(one)?;
    let batches: Vec<i64> = connection
        .prepare_cached("SELECT batch FROM batch_record WHERE territory = ?1 AND record = ?2")?
        .query_map(one, |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for batch in batches {
        connection.prepare_cached("DELETE FROM batch WHERE n = ?1")?.execute([batch])?;
        connection.prepare_cached("DELETE FROM batch_record WHERE batch = ?1")?.execute([batch])?;
    }
    connection
        .prepare_cached(
            "UPDATE change SET payload = NULL, packed = NULL WHERE territory = ?1 AND record = ?2
             AND (packed IS NOT NULL OR payload NOT LIKE '%\"body\":\"erase\"}')",
        )?
        .execute(one)?;
    Ok(())
}

/// Keeps a batch as it was signed, unless it speaks of an erased record.
fn keep_batch(
    connection: &Connection,
    territory: Uuid,
    batch: &Batch,
    changes: &[Change],
    (first, last): (u64, u64),
) -> Result<(), LedgerError> {
    let records: BTreeSet<Uuid> = changes.iter().map(|change| change.record).collect();
    let mut erased =
        connection.prepare_cached("SELECT 1 FROM home WHERE territory = ?1 AND record = ?2 AND erased = 1")?;
    for record in &records {
        if erased.exists(params![territory, record])? {
            return Ok(());
        }
    }
    let text =
        zstd::bulk::compress(batch.changes.as_bytes(), BATCH_ZSTD_LEVEL).map_err(|_| LedgerError::Form("size"))?;
    connection
        .prepare_cached(
            "INSERT INTO batch (territory, replica, first, last, text, signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![territory, batch.replica, signed(first), signed(last), text, batch.signature])?;
    let number = connection.last_insert_rowid();
    let mut names =
        connection.prepare_cached("INSERT INTO batch_record (territory, record, batch) VALUES (?1, ?2, ?3)")?;
    for record in &records {
        names.execute(params![territory, record, number])?;
    }
    Ok(())
}

fn answer_again(
    connection: &Connection,
    territory: Uuid,
    replica: Replica,
    first: u64,
    consumption: &mut Consumption,
) -> Result<(), LedgerError> {
    let range = params![territory, replica, signed(first), signed(consumption.last)];
    let mut refusals = connection.prepare_cached(
        "SELECT sequence, reason FROM refusal WHERE territory = ?1 AND replica = ?2 AND sequence BETWEEN ?3 AND ?4 ORDER BY sequence",
    )?;
    for row in refusals.query_map(range, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))? {
        let (sequence, reason) = row?;
        consumption.refused.push((unsigned(sequence), rules::reason_of(reason)));
    }
    let mut restamped = connection.prepare_cached(
        "SELECT sequence, effective FROM change
         WHERE territory = ?1 AND replica = ?2 AND sequence BETWEEN ?3 AND ?4 AND effective IS NOT NULL ORDER BY sequence",
    )?;
    for row in restamped.query_map(range, |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))? {
        let (sequence, effective) = row?;
        consumption.restamped.push((unsigned(sequence), effective.cast_unsigned()));
    }
    Ok(())
}

/// How far an author's changes are consumed.
#[derive(Default)]
struct AuthorRow {
    last: u64,
    /// After a restore, until its next batch.
    reopened: bool,
}

fn author_row(connection: &Connection, territory: Uuid, replica: Replica) -> Result<AuthorRow, LedgerError> {
    let row = connection
        .prepare_cached("SELECT last, reopened FROM author WHERE territory = ?1 AND replica = ?2")?
        .query_row(params![territory, replica], |row| {
            Ok(AuthorRow { last: unsigned(row.get(0)?), reopened: row.get(1)? })
        })
        .optional()?;
    Ok(row.unwrap_or_default())
}

fn put_last(connection: &Connection, territory: Uuid, author: &Author, last: u64) -> Result<(), LedgerError> {
    connection
        .prepare_cached(
            "INSERT INTO author (territory, replica, last) VALUES (?1, ?2, ?3)
             ON CONFLICT (territory, replica) DO UPDATE SET last = excluded.last, reopened = reopened AND ?4",
        )?
        .execute(params![territory, author.replica, signed(last), author.relayed])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_conforms() {
        crate::ledger::conformance::all(&mut || Box::new(SqliteLedger::in_memory(Uuid::from_u128(1)).unwrap()));
    }
}
