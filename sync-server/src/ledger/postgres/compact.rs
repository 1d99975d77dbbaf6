//! A step of a compaction on PostgreSQL: rows go by lists, as a batch's do.

use std::collections::BTreeMap;
use std::sync::Arc;

use deadpool_postgres::Transaction;
use palier_sync::Replica;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::super::packing::{self, Left, Old};
use super::super::rules::{signed, unsigned};
use super::super::{Compaction, LedgerError};
use super::lease::Lease;
use super::seal::{Seal, What};

/// What to compact, and under what.
pub(super) struct Asked {
    pub(super) lease: Lease,
    pub(super) seal: Arc<Seal>,
    pub(super) scope: String,
    pub(super) after: u64,
    pub(super) up_to: u64,
    pub(super) most: usize,
}

/// The changes that are looked at, column by column.
#[derive(Default)]
struct Found {
    replica: Vec<i64>,
    sequence: Vec<i64>,
    record: Vec<Uuid>,
}

impl Asked {
    /// Compacts at most so many changes of a scope.
    pub(super) async fn step(&self, transaction: &Transaction<'_>) -> Result<Compaction, LedgerError> {
        self.lease.hold(transaction).await?;
        let mut done = Compaction { reached: self.up_to, ..Compaction::default() };
        let text = "SELECT seq, replica, sequence, record FROM change
                    WHERE territory = $1 AND scope = $2 AND seq > $3 AND seq <= $4
                        AND payload IS NOT NULL AND NOT packed AND NOT erasure ORDER BY seq LIMIT $5";
        let most = i64::try_from(self.most).unwrap_or(i64::MAX);
        let (after, up_to) = (signed(self.after), signed(self.up_to));
        let rows = query(transaction, text, &[&self.lease.territory, &self.scope, &after, &up_to, &most]).await?;
        let mut found = Found::default();
        for row in &rows {
            found.replica.push(row.try_get(1)?);
            found.sequence.push(row.try_get(2)?);
            found.record.push(row.try_get(3)?);
        }
        done.looked = rows.len() as u64;
        if let Some(row) = rows.last().filter(|_| rows.len() >= self.most) {
            done.reached = unsigned(row.try_get(0)?);
        }
        let left = packing::compacted(self.records(transaction, &found.record).await?)?;
        done.gone = self.write(transaction, left).await?;
        self.drop_batches(transaction, &found).await?;
        Ok(done)
    }

    async fn records(
        &self,
        transaction: &Transaction<'_>,
        records: &[Uuid],
    ) -> Result<BTreeMap<Uuid, Vec<Old>>, LedgerError> {
        let text = "SELECT record, seq, replica, sequence, payload, packed FROM change
                    WHERE territory = $1 AND record = ANY($2) AND seq <= $3 AND payload IS NOT NULL AND NOT erasure
                    ORDER BY seq";
        let mut all: BTreeMap<Uuid, Vec<Old>> = BTreeMap::new();
        for row in query(transaction, text, &[&self.lease.territory, &records, &signed(self.up_to)]).await? {
            let (replica, sequence): (i64, i64) = (row.try_get(2)?, row.try_get(3)?);
            let name = (Replica::try_from(replica).unwrap_or(Replica::MAX), unsigned(sequence));
            let (sealed, packed): (&[u8], bool) = (row.try_get(4)?, row.try_get(5)?);
            let clear = self.seal.open(What::of(packed), name, sealed)?;
            let change = if packed { packing::unpack(&clear)? } else { serde_json::from_slice(&clear)? };
            let old = Old { seq: row.try_get(1)?, change, packed: packed.then_some(clear) };
            all.entry(row.try_get(0)?).or_default().push(old);
        }
        Ok(all)
    }

    /// Says how many changes are gone.
    async fn write(&self, transaction: &Transaction<'_>, left: Vec<Left>) -> Result<u64, LedgerError> {
        let (mut places, mut bodies): (Vec<i64>, Vec<Option<Vec<u8>>>) = (Vec::new(), Vec::new());
        let mut gone: Vec<i64> = Vec::new();
        for left in left {
            match left {
                Left::Packed(seq, change, packed) => {
                    let name = (change.dot.replica, change.dot.sequence);
                    places.push(seq);
                    bodies.push(Some(self.seal.close(What::Packed, name, &packed)?));
                }
                Left::Time(seq) => {
                    places.push(seq);
                    bodies.push(None);
                }
                Left::Nothing(seq) => gone.push(seq),
            }
        }
        let text = "UPDATE change SET payload = new.body, packed = new.body IS NOT NULL
                    FROM unnest($3::BIGINT[], $4::BYTEA[]) AS new (place, body)
                    WHERE change.territory = $1 AND change.scope = $2 AND change.seq = new.place";
        execute(transaction, text, &[&self.lease.territory, &self.scope, &places, &bodies]).await?;
        let text = "DELETE FROM change WHERE territory = $1 AND scope = $2 AND seq = ANY($3)";
        execute(transaction, text, &[&self.lease.territory, &self.scope, &gone]).await?;
        Ok(gone.len() as u64)
    }

    /// Drops the batches that changes came with once nothing of them is as it was signed any more.
    async fn drop_batches(&self, transaction: &Transaction<'_>, found: &Found) -> Result<(), LedgerError> {
        let text = "SELECT DISTINCT batch.replica, batch.first FROM batch
                    JOIN unnest($2::BIGINT[], $3::BIGINT[]) AS named (r, s)
                        ON batch.replica = named.r AND batch.first <= named.s AND batch.last >= named.s
                    WHERE batch.territory = $1 AND NOT EXISTS (
                        SELECT 1 FROM change WHERE change.territory = $1 AND change.replica = batch.replica
                            AND change.sequence BETWEEN batch.first AND batch.last
                            AND change.payload IS NOT NULL AND NOT change.packed)";
        let territory = self.lease.territory;
        let (mut replicas, mut firsts): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
        for row in query(transaction, text, &[&territory, &found.replica, &found.sequence]).await? {
            replicas.push(row.try_get(0)?);
            firsts.push(row.try_get(1)?);
        }
        for table in ["batch", "batch_record"] {
            let text = format!(
                "DELETE FROM {table} WHERE territory = $1
                    AND (replica, first) IN (SELECT r, f FROM unnest($2::BIGINT[], $3::BIGINT[]) AS named (r, f))"
            );
            execute(transaction, &text, &[&territory, &replicas, &firsts]).await?;
        }
        Ok(())
    }
}

async fn query(
    transaction: &Transaction<'_>,
    text: &str,
    values: &[&(dyn ToSql + Sync)],
) -> Result<Vec<tokio_postgres::Row>, LedgerError> {
    let statement = transaction.prepare_cached(text).await?;
    Ok(transaction.query(&statement, values).await?)
}

async fn execute(transaction: &Transaction<'_>, text: &str, values: &[&(dyn ToSql + Sync)]) -> Result<(), LedgerError> {
    let statement = transaction.prepare_cached(text).await?;
    transaction.execute(&statement, values).await?;
    Ok(())
}
