//! A batch, consumed in one transaction. Rows go by lists: a batch of two thousand changes costs as many exchanges with
//! the database as a batch of one.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use deadpool_postgres::Transaction;
use palier_sync::dot::SERVER_REPLICA;
use palier_sync::wire::Batch;
use palier_sync::{Body, Change, Replica, clock};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::super::rules::{self, BATCH_ZSTD_LEVEL, Home, RESTORED, SKIP_AFTER_RESTORE, Verdict, signed, unsigned};
use super::super::{Author, Consumption, LedgerError};
use super::lease::Lease;
use super::seal::{Seal, What};

/// A batch to consume, and under what.
pub(super) struct Given {
    pub(super) lease: Lease,
    pub(super) seal: Arc<Seal>,
    pub(super) batch: Batch,
    /// The changes of the batch, its form checked.
    pub(super) changes: Vec<Change>,
    pub(super) author: Author,
    pub(super) server_ms: i64,
}

/// What writes it in one transaction.
pub(super) struct Hand<'a> {
    pub(super) transaction: &'a Transaction<'a>,
    pub(super) given: &'a Given,
}

/// What a batch comes to, before it is written.
#[derive(Default)]
struct Decided {
    accepted: Vec<Change>,
    refused: Vec<(i64, String)>,
    erased: BTreeSet<Uuid>,
}

impl Hand<'_> {
    fn territory(&self) -> Uuid {
        self.given.lease.territory
    }

    async fn execute(&self, text: &str, values: &[&(dyn ToSql + Sync)]) -> Result<u64, LedgerError> {
        let statement = self.transaction.prepare_cached(text).await?;
        Ok(self.transaction.execute(&statement, values).await?)
    }

    async fn query(&self, text: &str, values: &[&(dyn ToSql + Sync)]) -> Result<Vec<tokio_postgres::Row>, LedgerError> {
        let statement = self.transaction.prepare_cached(text).await?;
        Ok(self.transaction.query(&statement, values).await?)
    }

    /// Consumes the batch.
    pub(super) async fn consume(&self) -> Result<Consumption, LedgerError> {
        let Given { lease, batch, changes, author, server_ms, .. } = self.given;
        lease.hold(self.transaction).await?;
        let (last, reopened) = self.author_row(author.replica).await?;
        let first = changes.first().map_or(last + 1, |change| change.dot.sequence);
        if first > last + 1 && (!reopened || author.relayed) {
            return Err(LedgerError::Gap { expected: last + 1 });
        }
        let mut fresh: Vec<Change> = changes.iter().filter(|change| change.dot.sequence > last).cloned().collect();
        for change in &mut fresh {
            change.effective = clock::effective_time(change.stamp.time, author.clock_ms, *server_ms);
        }
        let mut consumption = Consumption { last, ..Consumption::default() };
        if let Some(change) = fresh.last() {
            consumption.last = change.dot.sequence;
            let decided = self.decide(fresh, author).await?;
            self.append(&decided.accepted).await?;
            self.refuse(author.replica, &decided.refused).await?;
            self.erase(&decided.erased).await?;
            self.put_last(author, consumption.last).await?;
            self.keep_batch(batch, changes, (first.max(last + 1), consumption.last)).await?;
            consumption.accepted = decided.accepted;
        }
        self.answer_again(author.replica, first, &mut consumption).await?;
        Ok(consumption)
    }

    async fn author_row(&self, replica: Replica) -> Result<(u64, bool), LedgerError> {
        let text = "SELECT last, reopened FROM author WHERE territory = $1 AND replica = $2";
        let rows = self.query(text, &[&self.territory(), &i64::from(replica)]).await?;
        let Some(row) = rows.first() else { return Ok((0, false)) };
        Ok((unsigned(row.try_get(0)?), row.try_get(1)?))
    }

    /// Decides in the order of the batch: an erasure inside it ends what follows.
    async fn decide(&self, fresh: Vec<Change>, author: &Author) -> Result<Decided, LedgerError> {
        let mut homes = self.homes(&fresh).await?;
        let mut decided = Decided::default();
        for change in fresh {
            let verdict = rules::refusal_of(&change, author)
                .map_or_else(|| rules::verdict(&change, homes.get(&change.record)), Verdict::Refused);
            match verdict {
                Verdict::Refused(reason) => {
                    decided.refused.push((signed(change.dot.sequence), rules::code_of(reason)?));
                }
                Verdict::Absorbed => {}
                Verdict::Accepted => {
                    let home = homes.entry(change.record).or_insert_with(|| Home {
                        scope: change.scope.to_string(),
                        kind: change.kind,
                        erased: false,
                    });
                    if change.body == Body::Erase {
                        home.erased = true;
                        decided.erased.insert(change.record);
                    }
                    decided.accepted.push(change);
                }
            }
        }
        Ok(decided)
    }

    async fn homes(&self, changes: &[Change]) -> Result<HashMap<Uuid, Home>, LedgerError> {
        let records: Vec<Uuid> =
            changes.iter().map(|change| change.record).collect::<BTreeSet<_>>().into_iter().collect();
        let text = "SELECT record, scope, kind, erased FROM home WHERE territory = $1 AND record = ANY($2)";
        let mut homes = HashMap::with_capacity(records.len());
        for row in self.query(text, &[&self.territory(), &records]).await? {
            let kind: i64 = row.try_get(2)?;
            let kind = u16::try_from(kind).unwrap_or(u16::MAX);
            homes.insert(row.try_get(0)?, Home { scope: row.try_get(1)?, kind, erased: row.try_get(3)? });
        }
        Ok(homes)
    }

    /// Gives each change its place in its scope. A scope's row is locked by its own counting until the commit, so that the
    /// order of the sequence is the order of the commits: a reader never finds a smaller one later.
    async fn append(&self, accepted: &[Change]) -> Result<(), LedgerError> {
        let mut next: BTreeMap<String, i64> = BTreeMap::new();
        for change in accepted {
            *next.entry(change.scope.to_string()).or_default() += 1;
        }
        // In the order of the names: two writers never wait for each other in a ring.
        for (scope, count) in &mut next {
            let text = "INSERT INTO scope_head (territory, scope, seq)
                        SELECT $1, $2, $3 + coalesce((SELECT seq FROM scope_head WHERE territory = $1 AND scope = $4), 0)
                        ON CONFLICT (territory, scope) DO UPDATE SET seq = scope_head.seq + $3 RETURNING seq";
            let rows = self.query(text, &[&self.territory(), scope, count, &RESTORED]).await?;
            let head: i64 = rows.first().ok_or(LedgerError::Unreachable)?.try_get(0)?;
            *count = head - *count;
        }
        let mut rows = Rows::default();
        for change in accepted {
            let scope = change.scope.to_string();
            let seq = next.get_mut(&scope).ok_or(LedgerError::Unreachable)?;
            *seq += 1;
            rows.push(change, scope, *seq, &self.given.seal)?;
        }
        rows.write(self).await
    }

    async fn refuse(&self, replica: Replica, refused: &[(i64, String)]) -> Result<(), LedgerError> {
        let (sequences, reasons): (Vec<i64>, Vec<&str>) =
            refused.iter().map(|(sequence, reason)| (*sequence, reason.as_str())).unzip();
        let text = "INSERT INTO refusal (territory, replica, sequence, reason)
                    SELECT $1, $2, sequence, reason FROM unnest($3::BIGINT[], $4::TEXT[]) AS new (sequence, reason)
                    ON CONFLICT (territory, replica, sequence) DO NOTHING";
        if !refused.is_empty() {
            self.execute(text, &[&self.territory(), &i64::from(replica), &sequences, &reasons]).await?;
        }
        Ok(())
    }

    /// Blanks what the records said, but for the erasures themselves, which every tablet must receive; drops the batches
    /// that held them.
    async fn erase(&self, records: &BTreeSet<Uuid>) -> Result<(), LedgerError> {
        if records.is_empty() {
            return Ok(());
        }
        let records: Vec<Uuid> = records.iter().copied().collect();
        let territory = self.territory();
        let values: [&(dyn ToSql + Sync); 2] = [&territory, &records];
        self.execute("UPDATE home SET erased = TRUE WHERE territory = $1 AND record = ANY($2)", &values).await?;
        let text = "UPDATE change SET payload = NULL, packed = FALSE WHERE territory = $1 AND record = ANY($2) AND NOT erasure";
        self.execute(text, &values).await?;
        let text = "SELECT DISTINCT replica, first FROM batch_record WHERE territory = $1 AND record = ANY($2)";
        let (mut replicas, mut firsts): (Vec<i64>, Vec<i64>) = (Vec::new(), Vec::new());
        for row in self.query(text, &values).await? {
            replicas.push(row.try_get(0)?);
            firsts.push(row.try_get(1)?);
        }
        for table in ["batch", "batch_record"] {
            let text = format!(
                "DELETE FROM {table} WHERE territory = $1
                    AND (replica, first) IN (SELECT r, f FROM unnest($2::BIGINT[], $3::BIGINT[]) AS named (r, f))"
            );
            self.execute(&text, &[&territory, &replicas, &firsts]).await?;
        }
        Ok(())
    }

    async fn put_last(&self, author: &Author, last: u64) -> Result<(), LedgerError> {
        let text = "INSERT INTO author (territory, replica, last, reopened) VALUES ($1, $2, $3, FALSE)
                    ON CONFLICT (territory, replica) DO UPDATE SET last = excluded.last, reopened = author.reopened AND $4";
        let given = [&self.territory() as _, &i64::from(author.replica) as _, &signed(last) as _, &author.relayed as _];
        self.execute(text, &given).await?;
        Ok(())
    }

    /// Keeps a batch as it was signed, unless it speaks of an erased record.
    async fn keep_batch(
        &self,
        batch: &Batch,
        changes: &[Change],
        (first, last): (u64, u64),
    ) -> Result<(), LedgerError> {
        let records: BTreeSet<Uuid> = changes.iter().map(|change| change.record).collect();
        let records: Vec<Uuid> = records.into_iter().collect();
        let (territory, replica) = (self.territory(), i64::from(batch.replica));
        let text = "SELECT 1 FROM home WHERE territory = $1 AND record = ANY($2) AND erased LIMIT 1";
        if !self.query(text, &[&territory, &records]).await?.is_empty() {
            return Ok(());
        }
        let clear =
            zstd::bulk::compress(batch.changes.as_bytes(), BATCH_ZSTD_LEVEL).map_err(|_| LedgerError::Form("size"))?;
        let sealed = self.given.seal.close(What::Batch, (batch.replica, first), &clear)?;
        let text =
            "INSERT INTO batch (territory, replica, first, last, text, signature) VALUES ($1, $2, $3, $4, $5, $6)";
        let (first, last) = (signed(first), signed(last));
        self.execute(text, &[&territory, &replica, &first, &last, &sealed, &batch.signature]).await?;
        let text = "INSERT INTO batch_record (territory, record, replica, first)
                    SELECT $1, record, $3, $4 FROM unnest($2::UUID[]) AS named (record)";
        self.execute(text, &[&territory, &records, &replica, &first]).await?;
        Ok(())
    }

    async fn answer_again(
        &self,
        replica: Replica,
        first: u64,
        consumption: &mut Consumption,
    ) -> Result<(), LedgerError> {
        let (territory, replica, first, last) =
            (self.territory(), i64::from(replica), signed(first), signed(consumption.last));
        let range: [&(dyn ToSql + Sync); 4] = [&territory, &replica, &first, &last];
        let text = "SELECT sequence, reason FROM refusal
                    WHERE territory = $1 AND replica = $2 AND sequence BETWEEN $3 AND $4 ORDER BY sequence";
        for row in self.query(text, &range).await? {
            consumption.refused.push((unsigned(row.try_get(0)?), rules::reason_of(row.try_get(1)?)));
        }
        let text = "SELECT sequence, effective FROM change WHERE territory = $1 AND replica = $2
                    AND sequence BETWEEN $3 AND $4 AND effective IS NOT NULL ORDER BY sequence";
        for row in self.query(text, &range).await? {
            let effective: i64 = row.try_get(1)?;
            consumption.restamped.push((unsigned(row.try_get(0)?), effective.cast_unsigned()));
        }
        Ok(())
    }
}

/// Rows of changes, column by column.
#[derive(Default)]
struct Rows {
    scope: Vec<String>,
    seq: Vec<i64>,
    replica: Vec<i64>,
    sequence: Vec<i64>,
    record: Vec<Uuid>,
    payload: Vec<Vec<u8>>,
    effective: Vec<Option<i64>>,
    erasure: Vec<bool>,
    kind: Vec<i64>,
}

impl Rows {
    fn push(&mut self, change: &Change, scope: String, seq: i64, seal: &Seal) -> Result<(), LedgerError> {
        let dot = (change.dot.replica, change.dot.sequence);
        self.payload.push(seal.close(What::Change, dot, &serde_json::to_vec(change)?)?);
        self.scope.push(scope);
        self.seq.push(seq);
        self.replica.push(i64::from(change.dot.replica));
        self.sequence.push(signed(change.dot.sequence));
        self.record.push(change.record);
        self.effective.push(change.effective.map(u64::cast_signed));
        self.erasure.push(change.body == Body::Erase);
        self.kind.push(i64::from(change.kind));
        Ok(())
    }

    async fn write(&self, hand: &Hand<'_>) -> Result<(), LedgerError> {
        if self.seq.is_empty() {
            return Ok(());
        }
        let territory = hand.territory();
        let text = "INSERT INTO change (territory, scope, seq, replica, sequence, record, payload, effective, erasure)
             SELECT $1, scope, seq, replica, sequence, record, payload, effective, erasure
             FROM unnest($2::TEXT[], $3::BIGINT[], $4::BIGINT[], $5::BIGINT[], $6::UUID[], $7::BYTEA[], $8::BIGINT[],
                 $9::BOOLEAN[]) AS new (scope, seq, replica, sequence, record, payload, effective, erasure)";
        let values: [&(dyn ToSql + Sync); 9] = [
            &territory,
            &self.scope,
            &self.seq,
            &self.replica,
            &self.sequence,
            &self.record,
            &self.payload,
            &self.effective,
            &self.erasure,
        ];
        hand.execute(text, &values).await?;
        let text = "INSERT INTO home (territory, record, scope, kind, erased)
             SELECT $1, record, scope, kind, FALSE
             FROM unnest($2::UUID[], $3::TEXT[], $4::BIGINT[]) AS new (record, scope, kind)
             ON CONFLICT (territory, record) DO NOTHING";
        hand.execute(text, &[&territory, &self.record, &self.scope, &self.kind]).await?;
        Ok(())
    }
}

/// After a restore: leaves unused what may have been given since the copy, and lets each author go on once.
pub(super) async fn skip_ahead(
    transaction: &Transaction<'_>,
    lease: &Lease,
    authors: &[i64],
    now_ms: i64,
) -> Result<(), LedgerError> {
    lease.hold(transaction).await?;
    let territory = lease.territory;
    let text = "INSERT INTO scope_head (territory, scope, seq) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING";
    let text = transaction.prepare_cached(text).await?;
    transaction.execute(&text, &[&territory, &RESTORED]).await?;
    let text = "UPDATE scope_head SET seq = CASE WHEN seq < $3 THEN $3 ELSE seq + $2 END WHERE territory = $1";
    let text = transaction.prepare_cached(text).await?;
    transaction.execute(&text, &[&territory, &SKIP_AFTER_RESTORE, &now_ms]).await?;
    let text =
        "INSERT INTO author (territory, replica, last, reopened) VALUES ($1, $3, greatest($2::BIGINT, $4), FALSE)
                ON CONFLICT (territory, replica)
                DO UPDATE SET last = CASE WHEN author.last < $4 THEN $4 ELSE author.last + $2 END";
    let text = transaction.prepare_cached(text).await?;
    transaction.execute(&text, &[&territory, &SKIP_AFTER_RESTORE, &i64::from(SERVER_REPLICA), &now_ms]).await?;
    let text = "INSERT INTO author (territory, replica, last, reopened)
                SELECT $1, replica, 0, TRUE FROM unnest($2::BIGINT[]) AS named (replica)
                ON CONFLICT (territory, replica) DO UPDATE SET reopened = TRUE";
    let text = transaction.prepare_cached(text).await?;
    transaction.execute(&text, &[&territory, &authors]).await?;
    Ok(())
}
