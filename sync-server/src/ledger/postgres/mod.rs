//! The ledger on PostgreSQL, or on an engine that speaks its language: one database for many territories, each written
//! by the process that holds its lease.
//!
//! What it is: the same ledger as on SQLite, by the same rules and the same suite. What it is not: the read model and the
//! registry, which stay files beside each process. Everything is keyed by territory first; texts are sealed.

mod compact;
mod consume;
mod filling;
mod lease;
mod link;
mod pages;
mod read;
mod rows;
mod seal;

use std::path::Path;
use std::sync::Arc;

use palier_store::StoreKey;
use palier_sync::wire::Batch;
use palier_sync::{Replica, ScopeKey};
use uuid::Uuid;

use self::consume::Given;
use self::seal::Seal;
use super::rules::read_batch;
use super::{Author, Compaction, Consumption, Erasure, Ledger, LedgerError, Page, PageLimits, SqliteLedger, pour};

pub use lease::Lease;
pub use link::{Postgres, PostgresAddress};
pub use pages::{REGISTRY_PAGE_BYTES, RegistryPages};

/// The ledger of one territory in a database.
pub struct PostgresLedger {
    postgres: Arc<Postgres>,
    territory: Uuid,
    /// None for one that only reads.
    lease: Option<Lease>,
    seal: Arc<Seal>,
    server_key: [u8; 32],
}

impl PostgresLedger {
    /// The ledger of the territory of a lease; texts are sealed with the server's key.
    #[must_use]
    pub fn new(postgres: Arc<Postgres>, lease: Lease, server_key: &[u8; 32]) -> Self {
        let territory = lease.territory();
        Self { lease: Some(lease), ..Self::reading(postgres, territory, server_key) }
    }

    /// The ledger of a territory that another process serves: it is read, never written.
    #[must_use]
    pub fn reading(postgres: Arc<Postgres>, territory: Uuid, server_key: &[u8; 32]) -> Self {
        Self {
            postgres,
            territory,
            lease: None,
            seal: Arc::new(Seal::new(server_key, territory)),
            server_key: *server_key,
        }
    }

    fn lease(&self) -> Result<Lease, LedgerError> {
        self.lease.clone().ok_or(LedgerError::Lost)
    }

    /// After a commit of which nothing came back, only a new start says what is written and does what follows from it.
    fn sure<T>(&self, answer: Result<T, LedgerError>) -> Result<T, LedgerError> {
        if matches!(answer, Err(LedgerError::Unsure)) {
            self.lease.iter().for_each(Lease::give_up);
        }
        answer
    }
}

impl Ledger for PostgresLedger {
    fn consume(&mut self, batch: &Batch, author: &Author, server_ms: i64) -> Result<Consumption, LedgerError> {
        let changes = read_batch(batch, author)?;
        let link = self.postgres.link.clone();
        let given = Given {
            lease: self.lease()?,
            seal: self.seal.clone(),
            batch: batch.clone(),
            changes,
            author: author.clone(),
            server_ms,
        };
        let consumed = self.postgres.run(async move {
            link.transact(&given, |transaction, given| {
                Box::pin(async move { consume::Hand { transaction, given }.consume().await })
            })
            .await
        });
        self.sure(consumed)
    }

    fn page(
        &self,
        scope: &ScopeKey,
        since: u64,
        except: Option<Replica>,
        limits: PageLimits,
    ) -> Result<Page, LedgerError> {
        let (link, seal, scope, territory) =
            (self.postgres.link.clone(), self.seal.clone(), scope.to_string(), self.territory);
        self.postgres.run(async move {
            let connection = link.connection().await?;
            read::page(&connection, &seal, (territory, &scope), since, except, limits).await
        })
    }

    fn heads(&self) -> Result<Vec<(ScopeKey, u64)>, LedgerError> {
        let (link, territory) = (self.postgres.link.clone(), self.territory);
        self.postgres.run(async move { read::heads(&link.connection().await?, territory).await })
    }

    fn count(&self) -> Result<u64, LedgerError> {
        let (link, territory) = (self.postgres.link.clone(), self.territory);
        self.postgres.run(async move { read::count(&link.connection().await?, territory).await })
    }

    fn last_of(&self, replica: Replica) -> Result<u64, LedgerError> {
        let (link, territory) = (self.postgres.link.clone(), self.territory);
        self.postgres.run(async move { read::last_of(&link.connection().await?, territory, replica).await })
    }

    fn erased(&self) -> Result<Vec<Erasure>, LedgerError> {
        let (link, territory) = (self.postgres.link.clone(), self.territory);
        self.postgres.run(async move { read::erased(&link.connection().await?, territory).await })
    }

    fn skip_ahead(&mut self, authors: &[Replica], now_ms: i64) -> Result<(), LedgerError> {
        let link = self.postgres.link.clone();
        let authors: Vec<i64> = authors.iter().copied().map(i64::from).collect();
        let given = (self.lease()?, authors, now_ms);
        let skipped = self.postgres.run(async move {
            link.transact(&given, |transaction, (lease, authors, now_ms)| {
                Box::pin(async move { consume::skip_ahead(transaction, lease, authors, *now_ms).await })
            })
            .await
        });
        self.sure(skipped)
    }

    fn compact(&mut self, scope: &ScopeKey, after: u64, up_to: u64, most: usize) -> Result<Compaction, LedgerError> {
        let (link, scope) = (self.postgres.link.clone(), scope.to_string());
        let asked = compact::Asked { lease: self.lease()?, seal: self.seal.clone(), scope, after, up_to, most };
        let done = self.postgres.run(async move {
            link.transact(&asked, |transaction, asked| Box::pin(async move { asked.step(transaction).await })).await
        });
        self.sure(done)
    }

    fn shrink(&self) -> Result<(), LedgerError> {
        self.scrub()
    }

    fn scrub(&self) -> Result<(), LedgerError> {
        let link = self.postgres.link.clone();
        self.postgres.run(async move { read::scrub(&link.connection().await?).await })
    }

    fn copy_to(&self, path: &Path) -> Result<(), LedgerError> {
        let mut copy = SqliteLedger::open(path, &StoreKey::new(self.server_key), self.territory)?;
        pour(self, &mut copy, &mut |_| {})?;
        copy.scrub()
    }
}
