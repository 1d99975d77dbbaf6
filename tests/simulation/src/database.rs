//! Databases in memory that outlive who opens them: a kill drops every connection and opens the same database again.
//!
//! SQLite's own `memdb` holds them, with its locks and its rollback: what was committed is there, what was not is gone. No
//! byte goes to a disk; what a disk does is proved by `tests/storage` and `tests/harsh`, on files.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use palier_store::Store;
use palier_sync_server::ledger::SqliteLedger;
use palier_sync_server::registry::{PasswordPolicy, Registry};
use rusqlite::backup::Backup;
use rusqlite::{Connection, OpenFlags};

use crate::programme::TERRITORY;

static NAMES: AtomicU64 = AtomicU64::new(0);

/// What a database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A store: a tablet's, or the server's read model.
    Store,
    /// The ledger.
    Ledger,
    /// The registry.
    Registry,
}

thread_local! {
    /// An empty database of each kind, its tables made by the product's own migrations: a history copies them.
    static EMPTY: RefCell<BTreeMap<Kind, Database>> = const { RefCell::new(BTreeMap::new()) };
}

/// A database, kept by a connection that does nothing else.
pub struct Database {
    name: String,
    anchor: Connection,
}

impl Database {
    /// One without a table.
    fn new() -> Self {
        let name = format!("file:/palier-{}?vfs=memdb", NAMES.fetch_add(1, Ordering::Relaxed));
        let anchor = connect(&name);
        Self { name, anchor }
    }

    /// One whose tables are made, and nothing in them.
    pub fn like(kind: Kind) -> Self {
        EMPTY.with_borrow_mut(|empty| empty.entry(kind).or_insert_with(|| Self::made(kind)).copy())
    }

    fn made(kind: Kind) -> Self {
        let database = Self::new();
        match kind {
            Kind::Store => drop(Store::over(database.open()).unwrap()),
            Kind::Ledger => drop(SqliteLedger::over(database.open(), TERRITORY).unwrap()),
            Kind::Registry => drop(Registry::over(database.open(), PasswordPolicy::CHEAP_FOR_TESTS).unwrap()),
        }
        database
    }

    /// A connection with the settings that matter in memory: what is deleted is written over (I10).
    pub fn open(&self) -> Connection {
        connect(&self.name)
    }

    /// The same content, of its own.
    pub fn copy(&self) -> Self {
        let mut copy = Self::new();
        copy.fill(&self.anchor);
        copy
    }

    fn fill(&mut self, from: &Connection) {
        Backup::new(from, &mut self.anchor).unwrap().step(-1).unwrap();
    }

    /// A connection to look with, which never writes.
    pub fn look(&self) -> &Connection {
        &self.anchor
    }

    /// Every page, free ones included.
    pub fn bytes(&self) -> Vec<u8> {
        self.anchor.serialize("main").unwrap().to_vec()
    }
}

fn connect(name: &str) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(name, flags).unwrap();
    connection.execute_batch("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;").unwrap();
    connection
}
