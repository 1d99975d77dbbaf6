//! The ledger: the append-only store of accepted changes, per scope a gapless sequence, which is the cursor of a pull.
//!
//! It is a trait with one conformance suite ([`conformance`]), so that another database can stand behind the server.
//! No SQL shows in its signatures, and everything is keyed by territory, then scope.

pub mod conformance;
mod packing;
mod postgres;
mod rows;
mod rules;
mod sqlite;

pub use postgres::{Lease, Postgres, PostgresAddress, PostgresLedger, REGISTRY_PAGE_BYTES, RegistryPages};
pub use rows::{Kind, Row, Rows, Tally, pour, tally};
pub use sqlite::SqliteLedger;

use palier_sync::wire::{Batch, RefusalReason};
use palier_sync::{Change, Replica, ScopeKey};
use uuid::Uuid;

/// Why the ledger did not do it. Nothing was written by half.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The batch does not begin where the author's last one ended.
    #[error("The batch begins too late: {expected} is expected")]
    Gap {
        /// The sequence expected.
        expected: u64,
    },
    /// The batch is not of the form: not JSON, another author's changes inside, sequences that do not follow.
    #[error("The batch is not of the form: {0}")]
    Form(&'static str),
    /// The file was written by a newer version.
    #[error("The ledger was written by a newer version of the server; install that version, nothing is lost")]
    Newer,
    /// A fault of the database.
    #[error("The ledger could not be read or written")]
    Database(#[source] rusqlite::Error),
    /// The key does not open the file, or it is damaged.
    #[error("The ledger could not be opened")]
    Open(#[from] palier_store::StoreError),
    /// A fault of PostgreSQL.
    #[error("The database could not be read or written")]
    Postgres(#[source] tokio_postgres::Error),
    /// The tables could not be made.
    #[error("The tables of the database could not be made")]
    Migration(#[source] Box<refinery::Error>),
    /// The address of the database is not usable.
    #[error("The address of the database cannot be used: {0}")]
    Address(&'static str),
    /// The database does not answer.
    #[error("The database does not answer")]
    Unreachable,
    /// A commit was sent and nothing came back: it is written whole or not at all, and only a new start says which.
    #[error("The database did not say whether it wrote")]
    Unsure,
    /// Another process took the territory over: this one writes nothing more.
    #[error("Another server serves this territory now")]
    Lost,
    /// Another process serves the territory.
    #[error("Another server serves this territory, at {address}")]
    Held {
        /// Where it says that it is reached.
        address: String,
    },
    /// The database holds the territory already.
    #[error("The database holds this territory already")]
    Occupied,
    /// The territory is being moved to the database.
    #[error("The territory is being moved to the database, or its move was cut: run the move again")]
    Filling,
    /// A sealed value does not open.
    #[error("A value of the database does not open: the key file is not the one it was sealed with")]
    Sealed,
    /// A stored change does not read.
    #[error("A change of the ledger does not read")]
    Stored(#[from] serde_json::Error),
}

impl From<rusqlite::Error> for LedgerError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

impl From<tokio_postgres::Error> for LedgerError {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres(error)
    }
}

/// Who wrote a batch, as the registry knows them: what the body says of it counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The replica.
    pub replica: Replica,
    /// Scopes it may write.
    pub scopes: Vec<ScopeKey>,
    /// What its clock said when it sent, UTC milliseconds.
    pub clock_ms: i64,
    /// It may write the programme: structures, sectors, people at work, local numbers.
    pub coordinates: bool,
    /// Another tablet brings its batch: after a restore only the author itself knows what it is still to bring, so that a gap
    /// stays one, and stays open to it.
    pub relayed: bool,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Consumption {
    /// The author's last consumed sequence.
    pub last: u64,
    /// Changes accepted now (not those of a repeated batch).
    pub accepted: Vec<Change>,
    /// Changes of this batch that are refused, now or before.
    pub refused: Vec<(u64, RefusalReason)>,
    /// Changes of this batch that have an effective time, now or before.
    pub restamped: Vec<(u64, u64)>,
}

/// A page of a scope.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The changes, in the order of the sequence; holes are left out.
    pub changes: Vec<Change>,
    /// The last sequence scanned, holes and left-out changes included.
    pub scanned: u64,
    /// There is more.
    pub more: bool,
}

/// A record that was erased: which, and where its erasure is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Erasure {
    /// The record.
    pub record: Uuid,
    /// Where it lived.
    pub scope: ScopeKey,
    /// Its type's number.
    pub kind: u16,
}

/// How much a page may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageLimits {
    /// Most changes.
    pub changes: usize,
    /// Most bytes of payload, but at least one change.
    pub bytes: usize,
}

/// What a step of a compaction did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compaction {
    /// Compacted up to this sequence of the scope.
    pub reached: u64,
    /// Changes that were looked at for the first time.
    pub looked: u64,
    /// Changes that are gone: nothing of them stands.
    pub gone: u64,
}

/// The store of accepted changes of one territory: they are appended, and compacted once they are old.
pub trait Ledger: Send {
    /// Consumes a batch whose signature was checked: each change is accepted or refused, in one transaction.
    ///
    /// # Errors
    /// `Gap`, `Form`, or a fault; nothing is consumed then.
    fn consume(&mut self, batch: &Batch, author: &Author, server_ms: i64) -> Result<Consumption, LedgerError>;

    /// Changes of a scope after a sequence; those of `except` are left out and scanned over.
    ///
    /// # Errors
    /// A fault of the database.
    fn page(
        &self,
        scope: &ScopeKey,
        since: u64,
        except: Option<Replica>,
        limits: PageLimits,
    ) -> Result<Page, LedgerError>;

    /// Scopes that hold something, each with its last sequence.
    ///
    /// # Errors
    /// A fault of the database.
    fn heads(&self) -> Result<Vec<(ScopeKey, u64)>, LedgerError>;

    /// How many changes are kept, erased ones included; those that a compaction let go are not.
    ///
    /// # Errors
    /// A fault of the database.
    fn count(&self) -> Result<u64, LedgerError>;

    /// The last consumed sequence of an author, 0 for none.
    ///
    /// # Errors
    /// A fault of the database.
    fn last_of(&self, replica: Replica) -> Result<u64, LedgerError>;

    /// Records that were erased.
    ///
    /// # Errors
    /// A fault of the database.
    fn erased(&self) -> Result<Vec<Erasure>, LedgerError>;

    /// After a restore: no sequence of a scope and no name of the server's own changes that was given since the copy was
    /// made is given again, also when the same copy was restored before: both go on after `now_ms`, which no restore sees
    /// twice. Each of `authors`, whose later changes are lost with it, may go on from where it is, once.
    ///
    /// # Errors
    /// A fault of the database; nothing is written then.
    fn skip_ahead(&mut self, authors: &[Replica], now_ms: i64) -> Result<(), LedgerError>;

    /// Compacts changes of a scope after a sequence and up to another, at most so many at once, in one transaction: values
    /// that a change up to there replaced go, the rest is packed (see [`palier_sync::compact`]). Whoever goes on reading from
    /// anywhere comes to the same state (I13), the sequence stays, and a repeated batch is answered as before. Batches are
    /// no longer kept as they were signed once all their changes are packed. Doing it again changes nothing.
    ///
    /// # Errors
    /// A fault of the database; nothing is written then.
    fn compact(&mut self, scope: &ScopeKey, after: u64, up_to: u64, most: usize) -> Result<Compaction, LedgerError>;

    /// Gives the disk back what a compaction freed, where the database does not do it by itself. Needs as much room again
    /// while it lasts.
    ///
    /// # Errors
    /// A fault of the database or of the disk.
    fn shrink(&self) -> Result<(), LedgerError>;

    /// Leaves no byte of what was erased in the files of the database: on SQLite none at all; on PostgreSQL no row of it, and
    /// its sealed bytes until the database writes over them.
    ///
    /// # Errors
    /// A fault of the database.
    fn scrub(&self) -> Result<(), LedgerError>;

    /// Copies the whole ledger, consistent, to a new file under the same key.
    ///
    /// # Errors
    /// A fault of the database or of the disk.
    fn copy_to(&self, path: &std::path::Path) -> Result<(), LedgerError>;
}
