//! The rows of a ledger on SQLite.

use rusqlite::{Connection, Params, Row as SqlRow, TransactionBehavior, params};
use uuid::Uuid;

use super::SqliteLedger;
use crate::ledger::LedgerError;
use crate::ledger::rows::{Kind, Row, Rows};

/// What tells an erasure from what it erased, in a payload.
const ERASURE: &str = "%\"body\":\"erase\"}";

impl Rows for SqliteLedger {
    fn rows_after(&self, kind: Kind, last: Option<&Row>) -> Result<Vec<Row>, LedgerError> {
        let (connection, territory, limit) = (&self.connection, self.territory, kind.at_once());
        match kind {
            Kind::Change => {
                let (scope, seq) = match last {
                    Some(Row::Change { scope, seq, .. }) => (scope.as_str(), *seq),
                    _ => ("", 0),
                };
                let text =
                    "SELECT scope, seq, replica, sequence, record, payload, packed, effective, payload LIKE ?5 FROM change
                            WHERE territory = ?1 AND (scope, seq) > (?2, ?3) ORDER BY scope, seq LIMIT ?4";
                read(connection, text, params![territory, scope, seq, limit, ERASURE], change)
            }
            Kind::Author => {
                let after = match last {
                    Some(Row::Author { replica, .. }) => i64::from(*replica),
                    _ => -1,
                };
                let text = "SELECT replica, last, reopened FROM author
                            WHERE territory = ?1 AND replica > ?2 ORDER BY replica LIMIT ?3";
                read(connection, text, params![territory, after, limit], |row| {
                    Ok(Row::Author { replica: row.get(0)?, last: row.get(1)?, reopened: row.get(2)? })
                })
            }
            Kind::Refusal => {
                let after = match last {
                    Some(Row::Refusal { replica, sequence, .. }) => (i64::from(*replica), *sequence),
                    _ => (-1, 0),
                };
                let text = "SELECT replica, sequence, reason FROM refusal
                            WHERE territory = ?1 AND (replica, sequence) > (?2, ?3) ORDER BY replica, sequence LIMIT ?4";
                read(connection, text, params![territory, after.0, after.1, limit], |row| {
                    Ok(Row::Refusal { replica: row.get(0)?, sequence: row.get(1)?, reason: row.get(2)? })
                })
            }
            Kind::Home => {
                let after = match last {
                    Some(Row::Home { record, .. }) => record.as_bytes().to_vec(),
                    _ => Vec::new(),
                };
                let text = "SELECT record, scope, kind, erased FROM home
                            WHERE territory = ?1 AND record > ?2 ORDER BY record LIMIT ?3";
                read(connection, text, params![territory, after, limit], |row| {
                    Ok(Row::Home { record: row.get(0)?, scope: row.get(1)?, kind: row.get(2)?, erased: row.get(3)? })
                })
            }
            Kind::Batch => batches(connection, territory, last, limit),
            Kind::Head => {
                let after = match last {
                    Some(Row::Head { scope, .. }) => scope.as_str(),
                    _ => "",
                };
                let text = "SELECT scope, seq FROM scope_head
                            WHERE territory = ?1 AND scope > ?2 ORDER BY scope LIMIT ?3";
                read(connection, text, params![territory, after, limit], |row| {
                    Ok(Row::Head { scope: row.get(0)?, seq: row.get(1)? })
                })
            }
        }
    }

    fn put_rows(&mut self, rows: &[Row]) -> Result<(), LedgerError> {
        let territory = self.territory;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for row in rows {
            put(&transaction, territory, row)?;
        }
        transaction.commit()?;
        Ok(())
    }
}

fn read(
    connection: &Connection,
    text: &str,
    values: impl Params,
    row: impl FnMut(&SqlRow<'_>) -> rusqlite::Result<Row>,
) -> Result<Vec<Row>, LedgerError> {
    Ok(connection.prepare_cached(text)?.query_map(values, row)?.collect::<Result<_, _>>()?)
}

fn change(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row::Change {
        scope: row.get(0)?,
        seq: row.get(1)?,
        replica: row.get(2)?,
        sequence: row.get(3)?,
        record: row.get(4)?,
        payload: row.get(5)?,
        packed: row.get(6)?,
        effective: row.get(7)?,
        erasure: row.get::<_, Option<bool>>(8)?.unwrap_or(false),
    })
}

fn batches(connection: &Connection, territory: Uuid, last: Option<&Row>, limit: i64) -> Result<Vec<Row>, LedgerError> {
    let after = match last {
        Some(Row::Batch { replica, first, .. }) => (i64::from(*replica), *first),
        _ => (-1, 0),
    };
    let mut statement = connection.prepare_cached(
        "SELECT n, replica, first, last, text, signature FROM batch
         WHERE territory = ?1 AND (replica, first) > (?2, ?3) ORDER BY replica, first LIMIT ?4",
    )?;
    let mut named = connection.prepare_cached("SELECT record FROM batch_record WHERE batch = ?1 ORDER BY record")?;
    let mut rows = statement.query(params![territory, after.0, after.1, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let records = named.query_map([row.get::<_, i64>(0)?], |row| row.get(0))?.collect::<Result<_, _>>()?;
        found.push(Row::Batch {
            replica: row.get(1)?,
            first: row.get(2)?,
            last: row.get(3)?,
            text: row.get(4)?,
            signature: row.get(5)?,
            records,
        });
    }
    Ok(found)
}

fn put(connection: &Connection, territory: Uuid, row: &Row) -> Result<(), LedgerError> {
    let write = |text: &str, values: &[&dyn rusqlite::ToSql]| connection.prepare_cached(text)?.execute(values);
    match row {
        Row::Change { scope, seq, replica, sequence, record, payload, packed, effective, .. } => write(
            "INSERT INTO change (territory, scope, seq, replica, sequence, record, payload, packed, effective)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![territory, scope, seq, replica, sequence, record, payload, packed, effective],
        )?,
        Row::Author { replica, last, reopened } => write(
            "INSERT INTO author (territory, replica, last, reopened) VALUES (?1, ?2, ?3, ?4)",
            params![territory, replica, last, reopened],
        )?,
        Row::Refusal { replica, sequence, reason } => write(
            "INSERT INTO refusal (territory, replica, sequence, reason) VALUES (?1, ?2, ?3, ?4)",
            params![territory, replica, sequence, reason],
        )?,
        Row::Home { record, scope, kind, erased } => write(
            "INSERT INTO home (territory, record, scope, kind, erased) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![territory, record, scope, kind, erased],
        )?,
        Row::Head { scope, seq } => {
            write("INSERT INTO scope_head (territory, scope, seq) VALUES (?1, ?2, ?3)", params![territory, scope, seq])?
        }
        Row::Batch { replica, first, last, text, signature, records } => {
            write(
                "INSERT INTO batch (territory, replica, first, last, text, signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![territory, replica, first, last, text, signature],
            )?;
            let number = connection.last_insert_rowid();
            for record in records {
                let text = "INSERT INTO batch_record (territory, record, batch) VALUES (?1, ?2, ?3)";
                write(text, params![territory, record, number])?;
            }
            1
        }
    };
    Ok(())
}
