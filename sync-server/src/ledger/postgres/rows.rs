//! The rows of a ledger on PostgreSQL.

use std::collections::BTreeMap;

use deadpool_postgres::{Client, Transaction};
use futures_util::future::try_join_all;
use palier_sync::Replica;
use tokio_postgres::Row as SqlRow;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::super::LedgerError;
use super::super::rows::{Kind, Row, Rows};
use super::super::rules::unsigned;
use super::PostgresLedger;
use super::lease::Lease;
use super::seal::{Seal, What};

impl Rows for PostgresLedger {
    fn rows_after(&self, kind: Kind, last: Option<&Row>) -> Result<Vec<Row>, LedgerError> {
        let (link, seal, territory, last) =
            (self.postgres.link.clone(), self.seal.clone(), self.territory, last.cloned());
        self.postgres.run(async move {
            let asked = Asked { connection: &link.connection().await?, territory, limit: kind.at_once() };
            match kind {
                Kind::Change => asked.changes(last.as_ref(), &seal).await,
                Kind::Batch => asked.batches(last.as_ref(), &seal).await,
                Kind::Author | Kind::Refusal | Kind::Home | Kind::Head => asked.others(kind, last.as_ref()).await,
            }
        })
    }

    fn put_rows(&mut self, rows: &[Row]) -> Result<(), LedgerError> {
        let mut sealed = Vec::with_capacity(rows.len());
        for row in rows {
            sealed.push((row.clone(), seal(row, &self.seal)?));
        }
        let (link, given) = (self.postgres.link.clone(), (self.lease()?, sealed));
        let put = self.postgres.run(async move {
            link.transact(&given, |transaction, (lease, rows)| {
                Box::pin(async move {
                    lease.hold(transaction).await?;
                    let Some(((first, sealed), rest)) = rows.split_first() else { return Ok(()) };
                    // The first prepares the statement; the others are sent without waiting for one another.
                    put(transaction, lease, first, sealed.as_deref()).await?;
                    let rest = rest.iter().map(|(row, sealed)| put(transaction, lease, row, sealed.as_deref()));
                    try_join_all(rest).await?;
                    Ok(())
                })
            })
            .await
        });
        self.sure(put)
    }
}

/// What is sealed of a row.
fn seal(row: &Row, seal: &Seal) -> Result<Option<Vec<u8>>, LedgerError> {
    match row {
        Row::Change { replica, sequence, payload: Some(payload), .. } => {
            Ok(Some(seal.close(What::Change, (*replica, unsigned(*sequence)), payload.as_bytes())?))
        }
        Row::Change { replica, sequence, packed: Some(packed), .. } => {
            Ok(Some(seal.close(What::Packed, (*replica, unsigned(*sequence)), packed)?))
        }
        Row::Batch { replica, first, text, .. } => {
            Ok(Some(seal.close(What::Batch, (*replica, unsigned(*first)), text)?))
        }
        _ => Ok(None),
    }
}

async fn put(
    transaction: &Transaction<'_>,
    lease: &Lease,
    row: &Row,
    sealed: Option<&[u8]>,
) -> Result<(), LedgerError> {
    let territory = &lease.territory;
    match row {
        Row::Change { scope, seq, replica, sequence, record, packed, effective, erasure, .. } => {
            let text =
                "INSERT INTO change (territory, scope, seq, replica, sequence, record, payload, effective, erasure, packed)
                        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
            let (replica, packed) = (i64::from(*replica), packed.is_some());
            let values: [&(dyn ToSql + Sync); 10] =
                [territory, scope, seq, &replica, sequence, record, &sealed, effective, erasure, &packed];
            write(transaction, text, &values).await
        }
        Row::Author { replica, last, reopened } => {
            let text = "INSERT INTO author (territory, replica, last, reopened) VALUES ($1, $2, $3, $4)";
            write(transaction, text, &[territory, &i64::from(*replica), last, reopened]).await
        }
        Row::Refusal { replica, sequence, reason } => {
            let text = "INSERT INTO refusal (territory, replica, sequence, reason) VALUES ($1, $2, $3, $4)";
            write(transaction, text, &[territory, &i64::from(*replica), sequence, reason]).await
        }
        Row::Home { record, scope, kind, erased } => {
            let text = "INSERT INTO home (territory, record, scope, kind, erased) VALUES ($1, $2, $3, $4, $5)";
            write(transaction, text, &[territory, record, scope, &i64::from(*kind), erased]).await
        }
        Row::Head { scope, seq } => {
            let text = "INSERT INTO scope_head (territory, scope, seq) VALUES ($1, $2, $3)";
            write(transaction, text, &[territory, scope, seq]).await
        }
        Row::Batch { replica, first, last, signature, records, .. } => {
            let (replica, sealed) = (i64::from(*replica), sealed.unwrap_or_default());
            let text =
                "INSERT INTO batch (territory, replica, first, last, text, signature) VALUES ($1, $2, $3, $4, $5, $6)";
            write(transaction, text, &[territory, &replica, first, last, &sealed, signature]).await?;
            let text = "INSERT INTO batch_record (territory, record, replica, first)
                        SELECT $1, record, $3, $4 FROM unnest($2::UUID[]) AS named (record)";
            write(transaction, text, &[territory, records, &replica, first]).await
        }
    }
}

async fn write(transaction: &Transaction<'_>, text: &str, values: &[&(dyn ToSql + Sync)]) -> Result<(), LedgerError> {
    let statement = transaction.prepare_cached(text).await?;
    transaction.execute(&statement, values).await?;
    Ok(())
}

/// Who asks for rows, and how many.
struct Asked<'a> {
    connection: &'a Client,
    territory: Uuid,
    limit: i64,
}

impl Asked<'_> {
    async fn query(&self, text: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<SqlRow>, LedgerError> {
        let statement = self.connection.prepare_cached(text).await?;
        Ok(self.connection.query(&statement, values).await?)
    }

    async fn changes(&self, last: Option<&Row>, seal: &Seal) -> Result<Vec<Row>, LedgerError> {
        let (scope, seq) = match last {
            Some(Row::Change { scope, seq, .. }) => (scope.as_str(), *seq),
            _ => ("", 0),
        };
        let text = "SELECT scope, seq, replica, sequence, record, payload, effective, erasure, packed FROM change
                    WHERE territory = $1 AND (scope, seq) > ($2, $3) ORDER BY scope, seq LIMIT $4";
        let rows = self.query(text, &[&self.territory, &scope, &seq, &self.limit]).await?;
        rows.iter()
            .map(|row| {
                let (replica, sequence): (Replica, i64) = (replica(row, 2)?, row.try_get(3)?);
                let sealed: Option<&[u8]> = row.try_get(5)?;
                let is_packed: bool = row.try_get(8)?;
                let clear = sealed.map(|sealed| seal.open(What::of(is_packed), (replica, unsigned(sequence)), sealed));
                let (packed, payload) = if is_packed { (clear.transpose()?, None) } else { (None, clear.transpose()?) };
                let payload = payload.map(String::from_utf8).transpose().map_err(|_| LedgerError::Sealed)?;
                Ok(Row::Change {
                    scope: row.try_get(0)?,
                    seq: row.try_get(1)?,
                    replica,
                    sequence,
                    record: row.try_get(4)?,
                    payload,
                    packed,
                    effective: row.try_get(6)?,
                    erasure: row.try_get(7)?,
                })
            })
            .collect()
    }

    async fn others(&self, kind: Kind, last: Option<&Row>) -> Result<Vec<Row>, LedgerError> {
        let (territory, limit) = (&self.territory, &self.limit);
        let (after, beyond, scope, record) = match last {
            Some(Row::Author { replica, .. }) => (i64::from(*replica), 0, "", Uuid::nil()),
            Some(Row::Refusal { replica, sequence, .. }) => (i64::from(*replica), *sequence, "", Uuid::nil()),
            Some(Row::Head { scope, .. }) => (0, 0, scope.as_str(), Uuid::nil()),
            Some(Row::Home { record, .. }) => (0, 0, "", *record),
            _ => (-1, 0, "", Uuid::nil()),
        };
        let rows = match kind {
            Kind::Author => {
                let text = "SELECT replica, last, reopened FROM author
                            WHERE territory = $1 AND replica > $2 ORDER BY replica LIMIT $3";
                self.query(text, &[territory, &after, limit]).await?
            }
            Kind::Refusal => {
                let text = "SELECT replica, sequence, reason FROM refusal
                            WHERE territory = $1 AND (replica, sequence) > ($2, $3) ORDER BY replica, sequence LIMIT $4";
                self.query(text, &[territory, &after, &beyond, limit]).await?
            }
            Kind::Home => {
                let text = "SELECT record, scope, kind, erased FROM home
                            WHERE territory = $1 AND (record > $2 OR $3) ORDER BY record LIMIT $4";
                self.query(text, &[territory, &record, &last.is_none(), limit]).await?
            }
            _ => {
                let text = "SELECT scope, seq FROM scope_head
                            WHERE territory = $1 AND scope > $2 ORDER BY scope LIMIT $3";
                self.query(text, &[territory, &scope, limit]).await?
            }
        };
        rows.iter().map(|row| other(kind, row)).collect()
    }

    async fn batches(&self, last: Option<&Row>, seal: &Seal) -> Result<Vec<Row>, LedgerError> {
        let after = match last {
            Some(Row::Batch { replica, first, .. }) => (i64::from(*replica), *first),
            _ => (-1, 0),
        };
        let text = "SELECT replica, first, last, text, signature FROM batch
                    WHERE territory = $1 AND (replica, first) > ($2, $3) ORDER BY replica, first LIMIT $4";
        let rows = self.query(text, &[&self.territory, &after.0, &after.1, &self.limit]).await?;
        let replicas = rows.iter().map(|row| row.try_get(0)).collect::<Result<Vec<i64>, _>>()?;
        let firsts = rows.iter().map(|row| row.try_get(1)).collect::<Result<Vec<i64>, _>>()?;
        let text = "SELECT replica, first, record FROM batch_record WHERE territory = $1
                    AND (replica, first) IN (SELECT r, f FROM unnest($2::BIGINT[], $3::BIGINT[]) AS named (r, f))
                    ORDER BY record";
        let mut named: BTreeMap<(i64, i64), Vec<Uuid>> = BTreeMap::new();
        for row in self.query(text, &[&self.territory, &replicas, &firsts]).await? {
            named.entry((row.try_get(0)?, row.try_get(1)?)).or_default().push(row.try_get(2)?);
        }
        rows.iter()
            .map(|row| {
                let (replica, first): (Replica, i64) = (replica(row, 0)?, row.try_get(1)?);
                Ok(Row::Batch {
                    replica,
                    first,
                    last: row.try_get(2)?,
                    text: seal.open(What::Batch, (replica, unsigned(first)), row.try_get(3)?)?,
                    signature: row.try_get(4)?,
                    records: named.remove(&(i64::from(replica), first)).unwrap_or_default(),
                })
            })
            .collect()
    }
}

fn replica(row: &SqlRow, column: usize) -> Result<Replica, LedgerError> {
    Replica::try_from(row.try_get::<_, i64>(column)?).map_err(|_| LedgerError::Form("replica"))
}

fn other(kind: Kind, row: &SqlRow) -> Result<Row, LedgerError> {
    Ok(match kind {
        Kind::Author => Row::Author { replica: replica(row, 0)?, last: row.try_get(1)?, reopened: row.try_get(2)? },
        Kind::Refusal => Row::Refusal { replica: replica(row, 0)?, sequence: row.try_get(1)?, reason: row.try_get(2)? },
        Kind::Home => Row::Home {
            record: row.try_get(0)?,
            scope: row.try_get(1)?,
            kind: u16::try_from(row.try_get::<_, i64>(2)?).map_err(|_| LedgerError::Form("kind"))?,
            erased: row.try_get(3)?,
        },
        _ => Row::Head { scope: row.try_get(0)?, seq: row.try_get(1)? },
    })
}
