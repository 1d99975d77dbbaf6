//! The server's own ledger, with its database in reach of a power cut, and with a fault where one is put in.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};

use palier_sync::wire::Batch;
use palier_sync::{Change, Replica, ScopeKey};
use palier_sync_server::ledger::{
    Author, Compaction, Consumption, Erasure, Ledger, LedgerError, Page, PageLimits, SqliteLedger,
};

use crate::faults::Fault;

/// A ledger that the simulation shares with the centre.
pub struct Shared {
    inner: Arc<Mutex<SqliteLedger>>,
    fault: Option<Fault>,
}

impl Shared {
    /// Hands a ledger to a centre.
    pub fn of(inner: &Arc<Mutex<SqliteLedger>>, fault: Option<Fault>) -> Self {
        Self { inner: inner.clone(), fault }
    }

    fn inner(&self) -> MutexGuard<'_, SqliteLedger> {
        self.inner.lock().unwrap()
    }

    /// Answers whether it could commit or not.
    fn consume_or_not(&self, batch: &Batch, author: &Author, server_ms: i64) -> Result<Consumption, LedgerError> {
        match self.inner().consume(batch, author, server_ms) {
            Err(LedgerError::Database(_)) => {
                let changes: Vec<Change> = serde_json::from_str(&batch.changes)?;
                let last = changes.last().map_or(0, |change| change.dot.sequence);
                Ok(Consumption { last, ..Consumption::default() })
            }
            other => other,
        }
    }

    /// Forgets that the batch was consumed: what it brings is written once more, under names that nobody gave.
    fn consume_again(&self, batch: &Batch, author: &Author, server_ms: i64) -> Result<Consumption, LedgerError> {
        let changes: Vec<Change> = serde_json::from_str(&batch.changes)?;
        let last = self.inner().last_of(author.replica)?;
        let again: Vec<Change> = changes
            .iter()
            .filter(|change| change.dot.sequence <= last)
            .zip(last + 1..)
            .map(|(change, sequence)| Change { dot: palier_sync::Dot { sequence, ..change.dot }, ..change.clone() })
            .collect();
        if again.is_empty() {
            return self.inner().consume(batch, author, server_ms);
        }
        let batch = Batch { changes: serde_json::to_string(&again)?, ..batch.clone() };
        self.inner().consume(&batch, author, server_ms)
    }
}

impl Ledger for Shared {
    fn consume(&mut self, batch: &Batch, author: &Author, server_ms: i64) -> Result<Consumption, LedgerError> {
        let own = author.coordinates;
        match self.fault {
            Some(Fault::AcknowledgedBeforeCommit) if !own => self.consume_or_not(batch, author, server_ms),
            Some(Fault::DuplicateAccepted) if !own => self.consume_again(batch, author, server_ms),
            Some(Fault::RefusedBlocks) if !own => {
                let consumption = self.inner().consume(batch, author, server_ms)?;
                if consumption.refused.is_empty() { Ok(consumption) } else { Err(LedgerError::Form("refused")) }
            }
            // What is ahead of the author's own clock alone is then moved, and nothing is.
            Some(Fault::ClockKept) => self.inner().consume(batch, author, i64::MAX / 4),
            _ => self.inner().consume(batch, author, server_ms),
        }
    }

    fn page(
        &self,
        scope: &ScopeKey,
        since: u64,
        except: Option<Replica>,
        limits: PageLimits,
    ) -> Result<Page, LedgerError> {
        let mut page = self.inner().page(scope, since, except, limits)?;
        // The server's own feed leaves nobody out: only what tablets are told is wrong.
        if self.fault == Some(Fault::CursorOffByOne) && except.is_some() && page.scanned > since {
            page.scanned += 1;
        }
        Ok(page)
    }

    fn heads(&self) -> Result<Vec<(ScopeKey, u64)>, LedgerError> {
        self.inner().heads()
    }

    fn count(&self) -> Result<u64, LedgerError> {
        self.inner().count()
    }

    fn last_of(&self, replica: Replica) -> Result<u64, LedgerError> {
        self.inner().last_of(replica)
    }

    fn erased(&self) -> Result<Vec<Erasure>, LedgerError> {
        self.inner().erased()
    }

    fn skip_ahead(&mut self, authors: &[Replica], now_ms: i64) -> Result<(), LedgerError> {
        self.inner().skip_ahead(authors, now_ms)
    }

    fn compact(&mut self, scope: &ScopeKey, after: u64, up_to: u64, most: usize) -> Result<Compaction, LedgerError> {
        self.inner().compact(scope, after, up_to, most)
    }

    fn shrink(&self) -> Result<(), LedgerError> {
        self.inner().shrink()
    }

    fn scrub(&self) -> Result<(), LedgerError> {
        self.inner().scrub()
    }

    fn copy_to(&self, path: &Path) -> Result<(), LedgerError> {
        self.inner().copy_to(path)
    }
}
