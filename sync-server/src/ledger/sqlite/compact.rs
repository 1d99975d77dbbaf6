//! A step of a compaction on SQLite.

use std::collections::{BTreeMap, BTreeSet};

use palier_sync::Replica;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::ledger::packing::{self, Left, Old};
use crate::ledger::rules::{signed, unsigned};
use crate::ledger::{Compaction, LedgerError};

/// Compacts at most so many changes of a scope.
pub(super) fn step(
    connection: &Connection,
    territory: Uuid,
    scope: &str,
    (after, up_to): (u64, u64),
    most: usize,
) -> Result<Compaction, LedgerError> {
    let mut done = Compaction { reached: up_to, ..Compaction::default() };
    let mut text = connection.prepare_cached(
        "SELECT seq, replica, sequence, record FROM change
         WHERE territory = ?1 AND scope = ?2 AND seq > ?3 AND seq <= ?4 AND payload IS NOT NULL ORDER BY seq LIMIT ?5",
    )?;
    let range = params![territory, scope, signed(after), signed(up_to), i64::try_from(most).unwrap_or(i64::MAX)];
    let found: Vec<(i64, Replica, i64, Uuid)> = text
        .query_map(range, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<Result<_, _>>()?;
    done.looked = found.len() as u64;
    if let Some((seq, ..)) = found.last().filter(|_| found.len() >= most) {
        done.reached = unsigned(*seq);
    }
    let mut records = BTreeMap::new();
    for record in found.iter().map(|(_, _, _, record)| *record).collect::<BTreeSet<_>>() {
        records.insert(record, changes_of(connection, territory, record, up_to)?);
    }
    for left in packing::compacted(records)? {
        match left {
            Left::Packed(seq, _, packed) => connection
                .prepare_cached(
                    "UPDATE change SET payload = NULL, packed = ?4 WHERE territory = ?1 AND scope = ?2 AND seq = ?3",
                )?
                .execute(params![territory, scope, seq, packed])?,
            Left::Time(seq) => connection
                .prepare_cached(
                    "UPDATE change SET payload = NULL, packed = NULL WHERE territory = ?1 AND scope = ?2 AND seq = ?3",
                )?
                .execute(params![territory, scope, seq])?,
            Left::Nothing(seq) => {
                done.gone += 1;
                connection
                    .prepare_cached("DELETE FROM change WHERE territory = ?1 AND scope = ?2 AND seq = ?3")?
                    .execute(params![territory, scope, seq])?
            }
        };
    }
    for (_, replica, sequence, _) in &found {
        drop_batch(connection, territory, *replica, *sequence)?;
    }
    Ok(done)
}

fn changes_of(connection: &Connection, territory: Uuid, record: Uuid, up_to: u64) -> Result<Vec<Old>, LedgerError> {
    let mut text = connection.prepare_cached(
        "SELECT seq, payload, packed FROM change
         WHERE territory = ?1 AND record = ?2 AND seq <= ?3 AND (payload IS NOT NULL OR packed IS NOT NULL) ORDER BY seq",
    )?;
    let mut rows = text.query(params![territory, record, signed(up_to)])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let (seq, payload, packed): (i64, Option<String>, Option<Vec<u8>>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let change = match (&payload, &packed) {
            (Some(payload), _) => serde_json::from_str(payload)?,
            (None, Some(packed)) => packing::unpack(packed)?,
            (None, None) => continue,
        };
        changes.push(Old { seq, change, packed });
    }
    Ok(changes)
}

/// Drops the batch that a change came with once nothing of it is as it was signed any more.
fn drop_batch(connection: &Connection, territory: Uuid, replica: Replica, sequence: i64) -> Result<(), LedgerError> {
    let mut text = connection.prepare_cached(
        "SELECT n, first, last FROM batch WHERE territory = ?1 AND replica = ?2 AND first <= ?3 ORDER BY first DESC LIMIT 1",
    )?;
    let Some(row) = text
        .query_map(params![territory, replica, sequence], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        })?
        .next()
    else {
        return Ok(());
    };
    let (n, first, last) = row?;
    let mut whole = connection.prepare_cached(
        "SELECT payload FROM change WHERE territory = ?1 AND replica = ?2 AND sequence BETWEEN ?3 AND ?4
         AND payload IS NOT NULL LIMIT 1",
    )?;
    if last < sequence || whole.exists(params![territory, replica, first, last])? {
        return Ok(());
    }
    connection.prepare_cached("DELETE FROM batch WHERE n = ?1")?.execute([n])?;
    connection.prepare_cached("DELETE FROM batch_record WHERE batch = ?1")?.execute([n])?;
    Ok(())
}
