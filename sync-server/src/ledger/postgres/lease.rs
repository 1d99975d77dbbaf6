//! The lease of a territory: one process serves it at a time. The row holds who, until when by the database's own clock,
//! and a number that grows at each taking. Every writing transaction locks the row and compares the number, so that a
//! process that was asleep while another took over writes nothing more, whatever it believes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use deadpool_postgres::Transaction;
use uuid::Uuid;

use super::super::LedgerError;
use super::link::{Link, Postgres};

/// A lease that is not renewed ends after this time.
const LEASE_MS: i64 = 12_000;

/// A lease is renewed this often: three renewals may fail before it ends.
const RENEW_EVERY: Duration = Duration::from_secs(3);

/// State of a territory whose ledger is whole.
pub(super) const WHOLE: &str = "whole";

/// State of a territory that is being filled.
const FILLING: &str = "filling";

/// The right to write a territory, until another takes it.
#[derive(Clone)]
pub struct Lease {
    pub(super) territory: Uuid,
    fence: i64,
    lost: Arc<AtomicBool>,
}

impl Lease {
    /// The territory.
    #[must_use]
    pub fn territory(&self) -> Uuid {
        self.territory
    }

    /// The number of this taking: each one is greater than all before it.
    #[must_use]
    pub fn fence(&self) -> i64 {
        self.fence
    }

    /// Another process serves the territory, or this one cannot say any more what it wrote: it must end.
    #[must_use]
    pub fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Acquire)
    }

    /// Gives the territory up: nothing more is written under this lease.
    pub(super) fn give_up(&self) {
        self.lost.store(true, Ordering::Release);
    }

    /// Locks the lease's row until the end of the transaction, and checks that it is still ours: writers of a territory
    /// come one after the other, and a taking waits for the one under way.
    pub(super) async fn hold(&self, transaction: &Transaction<'_>) -> Result<(), LedgerError> {
        if self.is_lost() {
            return Err(LedgerError::Lost);
        }
        let statement = transaction.prepare_cached("SELECT fence FROM lease WHERE territory = $1 FOR UPDATE").await?;
        let row = transaction.query_opt(&statement, &[&self.territory]).await?;
        let fence: Option<i64> = row.map(|row| row.try_get(0)).transpose()?;
        if fence == Some(self.fence) {
            return Ok(());
        }
        self.give_up();
        Err(LedgerError::Lost)
    }
}

/// A lease's row, locked.
struct Found {
    holder: Uuid,
    fence: i64,
    expires_ms: i64,
    now_ms: i64,
    address: String,
    state: String,
}

impl Postgres {
    /// Takes a territory for `holder`, and renews it from then on. One that the same holder had is taken at once: a data
    /// folder has one process at a time, so that the former one is dead.
    ///
    /// # Errors
    /// `Held` while another holder's lease lasts, `Filling` while it is not whole, or a fault of the database.
    pub fn take(&self, territory: Uuid, holder: Uuid, address: &str) -> Result<Lease, LedgerError> {
        self.take_as(territory, holder, address, false)
    }

    pub(super) fn take_as(
        &self,
        territory: Uuid,
        holder: Uuid,
        address: &str,
        fill: bool,
    ) -> Result<Lease, LedgerError> {
        let link = self.link.clone();
        let asker = Asker { territory, holder, address: address.to_owned(), fill };
        let fence = self.run(async move { take(&link, &asker).await })?;
        let lease = Lease { territory, fence, lost: Arc::new(AtomicBool::new(false)) };
        let (link, renewed) = (self.link.clone(), lease.clone());
        self.spawn(async move { renew(&link, &renewed).await });
        Ok(lease)
    }

    /// Who last took a territory, and where it says that it is reached.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn holder_of(&self, territory: Uuid) -> Result<Option<(Uuid, String)>, LedgerError> {
        let link = self.link.clone();
        self.run(async move {
            let text = "SELECT holder, address FROM lease WHERE territory = $1";
            let row = link.connection().await?.query_opt(text, &[&territory]).await?;
            row.map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).transpose()
        })
    }

    /// Ends a lease, so that another process need not wait.
    ///
    /// # Errors
    /// A fault of the database; the lease then ends by itself.
    pub fn release(&self, lease: &Lease) -> Result<(), LedgerError> {
        let (link, lease) = (self.link.clone(), lease.clone());
        self.run(async move {
            let ended = link
                .transact(&lease, |transaction, lease| {
                    Box::pin(async move {
                        lease.hold(transaction).await?;
                        expire_at(transaction, lease.territory, 0).await
                    })
                })
                .await;
            lease.give_up();
            ended
        })
    }
}

/// Who asks for a territory.
struct Asker {
    territory: Uuid,
    holder: Uuid,
    address: String,
    /// To fill it and not to serve it.
    fill: bool,
}

async fn take(link: &Link, asker: &Asker) -> Result<i64, LedgerError> {
    link.transact(asker, |transaction, Asker { territory, holder, address, fill }| {
        Box::pin(async move {
            let made = "INSERT INTO lease (territory, holder, fence, expires_ms, address, state)
                        VALUES ($1, $2, 0, 0, '', $3) ON CONFLICT (territory) DO NOTHING";
            let made = transaction.prepare_cached(made).await?;
            transaction.execute(&made, &[territory, holder, &WHOLE]).await?;
            let found = found(transaction, *territory).await?;
            if found.holder != *holder && found.expires_ms > found.now_ms {
                return Err(LedgerError::Held { address: found.address });
            }
            let filling = found.state == FILLING;
            if *fill && !filling && found.fence > 0 {
                return Err(LedgerError::Occupied);
            }
            if !*fill && filling {
                return Err(LedgerError::Filling);
            }
            let fence = found.fence.saturating_add(1);
            let state = if *fill { FILLING } else { WHOLE };
            let taken = "UPDATE lease SET holder = $2, fence = $3, expires_ms = $4, address = $5, state = $6
                         WHERE territory = $1";
            let taken = transaction.prepare_cached(taken).await?;
            let until = found.now_ms.saturating_add(LEASE_MS);
            transaction.execute(&taken, &[territory, holder, &fence, &until, address, &state]).await?;
            Ok(fence)
        })
    })
    .await
}

async fn found(transaction: &Transaction<'_>, territory: Uuid) -> Result<Found, LedgerError> {
    let statement = transaction
        .prepare_cached(
            "SELECT holder, fence, expires_ms, CAST(extract(epoch FROM now()) * 1000 AS BIGINT), address, state
             FROM lease WHERE territory = $1 FOR UPDATE",
        )
        .await?;
    let row = transaction.query_one(&statement, &[&territory]).await?;
    Ok(Found {
        holder: row.try_get(0)?,
        fence: row.try_get(1)?,
        expires_ms: row.try_get(2)?,
        now_ms: row.try_get(3)?,
        address: row.try_get(4)?,
        state: row.try_get(5)?,
    })
}

async fn expire_at(transaction: &Transaction<'_>, territory: Uuid, at_ms: i64) -> Result<(), LedgerError> {
    let statement = transaction.prepare_cached("UPDATE lease SET expires_ms = $2 WHERE territory = $1").await?;
    transaction.execute(&statement, &[&territory, &at_ms]).await?;
    Ok(())
}

/// Renews a lease until it is lost. A database that does not answer is asked again: nobody else can take it meanwhile.
async fn renew(link: &Link, lease: &Lease) {
    while !lease.is_lost() {
        tokio::time::sleep(RENEW_EVERY).await;
        if lease.is_lost() {
            return;
        }
        let renewed = link
            .transact(lease, |transaction, lease| {
                Box::pin(async move {
                    lease.hold(transaction).await?;
                    let now_ms = found(transaction, lease.territory).await?.now_ms;
                    expire_at(transaction, lease.territory, now_ms.saturating_add(LEASE_MS)).await
                })
            })
            .await;
        match renewed {
            Ok(()) => {}
            Err(LedgerError::Lost) => tracing::error!("another server serves the territory now"),
            Err(error) => tracing::warn!(%error, "the lease could not be renewed; it is tried again"),
        }
    }
}
