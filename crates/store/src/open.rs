//! Opening the encrypted file (security.md §3.1): raw key, page cache, WAL, full durability, migrations.

use std::path::Path;
use std::sync::LazyLock;

use rusqlite::Connection;
use rusqlite_migration::{M, MigrationDefinitionError, Migrations};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{Store, StoreError};

/// Page cache in KiB: with 48 MiB the cipher costs nothing on reads (security.md §13, measured).
const CACHE_KIB: i64 = 48_000;

/// Page cache in KiB while a new tablet is filled: rows come once and nothing is read, so that more would only take memory.
const FILLING_CACHE_KIB: i64 = 8_000;

/// Prepared statements kept.
const STATEMENTS: usize = 256;

static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(include_str!("../migrations/001_first.sql")),
        M::up(include_str!("../migrations/002_settled.sql")),
        M::up(include_str!("../migrations/003_snapshot.sql")),
        M::up(include_str!("../migrations/004_diagnosis.sql")),
        M::up(include_str!("../migrations/005_handover.sql")),
        M::up(include_str!("../migrations/006_carried.sql")),
        M::up(include_str!("../migrations/007_heard.sql")),
        M::up(include_str!("../migrations/008_figures.sql")),
        M::up(include_str!("../migrations/009_actions.sql")),
        M::up(include_str!("../migrations/010_alias.sql")),
        M::up(include_str!("../migrations/011_rows.sql")),
    ])
});

/// The raw SQLCipher key of a store: 32 bytes, wiped from memory when dropped, never printed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct StoreKey([u8; 32]);

impl StoreKey {
    /// Takes the key's bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    fn pragma(&self) -> String {
        let mut text = String::with_capacity(80);
        text.push_str("PRAGMA key = \"x'");
        for byte in self.0 {
            text.push_str(&format!("{byte:02x}"));
        }
        text.push_str("'\"");
        text
    }
}

impl std::fmt::Debug for StoreKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoreKey(…)")
    }
}

impl Store {
    /// Opens or makes the store of a file.
    ///
    /// # Errors
    /// `WrongKey`, `Newer`, `Damaged`, `Full`, or a fault of SQLite.
    pub fn open(path: &Path, key: &StoreKey) -> Result<Self, StoreError> {
        let store = Self::over(connect(path, key)?)?;
        // A tablet that stopped before its log was cut opens with old pages of what was erased: only such a log is there.
        match store.checkpoint() {
            // Work that is there can be read on a full disk too; the next opening cuts the log.
            Err(StoreError::Full) | Ok(()) => Ok(store),
            Err(other) => Err(other),
        }
    }

    /// A store that lives in memory: the same code over a real SQLite, for properties and simulations.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::over(Connection::open_in_memory()?)
    }

    /// The store of a database that is open already: for simulations, which keep one in memory while it is opened again.
    ///
    /// # Errors
    /// `Newer`, or a fault of SQLite.
    pub fn over(mut connection: Connection) -> Result<Self, StoreError> {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        MIGRATIONS.to_latest(&mut connection).map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(MigrationDefinitionError::DatabaseTooFarAhead) => {
                StoreError::Newer
            }
            other => StoreError::Migration(other),
        })?;
        #[cfg(feature = "fleet")]
        connection.execute_batch(crate::project::fleet::TABLE)?;
        let mut store = Self { connection };
        store.project_what_a_migration_asks()?;
        Ok(store)
    }

    /// A migration that makes types known asks for a rebuild: it is done once, whole, also when the app was killed in between.
    fn project_what_a_migration_asks(&mut self) -> Result<(), StoreError> {
        let asked = "SELECT EXISTS (SELECT 1 FROM meta WHERE key = 'to_project')";
        if !self.connection.query_row(asked, [], |row| row.get::<_, bool>(0))? {
            return Ok(());
        }
        let transaction = self.begin()?;
        crate::apply::project_all(&transaction)?;
        transaction.execute("DELETE FROM meta WHERE key = 'to_project'", [])?;
        transaction.commit()?;
        Ok(())
    }

    /// Checks every page: what SQLite and SQLCipher find wrong, empty when all is well.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        // SQLCipher checks the file and not its log: a page that a cut fold left torn there is whole in the log.
        self.checkpoint()?;
        let mut faults = Vec::new();
        for pragma in ["PRAGMA quick_check", "PRAGMA cipher_integrity_check"] {
            let mut statement = self.connection.prepare(pragma)?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            for row in rows {
                let text = row?;
                if text != "ok" {
                    faults.push(text);
                }
            }
        }
        Ok(faults)
    }

    /// Stops SQLite once, as a power cut does, after so many steps of its virtual machine: for simulations, which must find
    /// every write whole or not there at all (I8). Zero starts again: nothing is cut, and a transaction that was open is gone.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn cut_after(&self, steps: u64) -> Result<(), StoreError> {
        cut_after(&self.connection, steps)
    }

    /// Says that the store is being filled and nobody reads it, or that this is over: the page cache is small meanwhile.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn set_filling(&self, filling: bool) -> Result<(), StoreError> {
        let kib = if filling { FILLING_CACHE_KIB } else { CACHE_KIB };
        Ok(self.connection.execute_batch(&format!("PRAGMA cache_size = -{kib}"))?)
    }

    /// Folds the write-ahead log into the file and cuts it: after an erasure no old page is left behind.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }
}

/// Stops any database once: see [`Store::cut_after`].
///
/// # Errors
/// A fault of SQLite.
pub fn cut_after(connection: &Connection, steps: u64) -> Result<(), StoreError> {
    let mut left = steps;
    let handler = move || {
        // It wraps: the cut comes once, and what rolls back after it must run.
        left = left.wrapping_sub(1);
        left == 0
    };
    connection.progress_handler(1, (steps > 0).then_some(handler))?;
    if steps == 0 && !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    Ok(())
}

/// Opens a SQLCipher file with the settings that every connection of Palier uses.
///
/// # Errors
/// `WrongKey` when the key does not fit, or a fault of SQLite.
pub fn connect(path: &Path, key: &StoreKey) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    let mut pragma = key.pragma();
    let keyed = connection.execute_batch(&pragma);
    pragma.zeroize();
    keyed?;
    // SQLCipher writes to stderr by default when a page does not verify; errors come back as values here.
    connection.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = OFF;")?;
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get::<_, i64>(0))?;
    connection.execute_batch(&format!(
        "PRAGMA cache_size = -{CACHE_KIB}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
         PRAGMA busy_timeout = 5000;"
    ))?;
    Ok(connection)
}
