//! Who may speak to this server: tablets, one-time codes, console accounts and their sessions. No resident is here.

mod accounts;
mod codes;
mod decisions;
mod grants;
mod marks;
mod packs;
mod releases;
mod tablets;
mod territory;

pub use accounts::{Account, LoginRefusal, LoginTrial, PasswordPolicy, TEXT_CHARS_MAX, WeakPassword};
pub use codes::{CodeRefusal, MadeCode};
pub use decisions::{DecisionRow, DecisionWrite, Replaced};
pub use releases::ReleaseRow;
pub use tablets::{Tablet, TabletStatus};
pub use territory::{BuildingNote, ImportRow, ImportedFile};

use std::path::Path;
use std::sync::LazyLock;

use palier_store::{StoreKey, connect};
use palier_sync::Replica;
use rusqlite::{Connection, OptionalExtension, params};
use rusqlite_migration::{M, Migrations};

use crate::CentreError;

static MIGRATIONS: LazyLock<Migrations<'static>> = LazyLock::new(|| {
    Migrations::new(vec![
        M::up(include_str!("../../migrations/registry_001.sql")),
        M::up(include_str!("../../migrations/registry_002.sql")),
        M::up(include_str!("../../migrations/registry_003.sql")),
        M::up(include_str!("../../migrations/registry_004.sql")),
        M::up(include_str!("../../migrations/registry_005.sql")),
        M::up(include_str!("../../migrations/registry_006.sql")),
        M::up(include_str!("../../migrations/registry_007.sql")),
    ])
});

/// Prepared statements kept: all of a request's.
const STATEMENTS: usize = 64;

/// Numbers of tablets left unused by a restore where the clock is behind them: more than are enrolled in the 35 days that a
/// backup may be old.
const REPLICAS_SKIPPED: u32 = 10_000;

/// The registry of one server.
pub struct Registry {
    connection: Connection,
    passwords: PasswordPolicy,
}

impl Registry {
    /// Opens or makes the registry of a file.
    ///
    /// # Errors
    /// A newer file, a wrong key, or a fault of SQLite.
    pub fn open(path: &Path, key: &StoreKey, passwords: PasswordPolicy) -> Result<Self, CentreError> {
        Self::over(connect(path, key)?, passwords)
    }

    /// A registry in memory, for simulations.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn in_memory(passwords: PasswordPolicy) -> Result<Self, CentreError> {
        Self::over(Connection::open_in_memory()?, passwords)
    }

    /// The registry of a database that is open already, for simulations.
    ///
    /// # Errors
    /// A newer database, or a fault of SQLite.
    pub fn over(mut connection: Connection, passwords: PasswordPolicy) -> Result<Self, CentreError> {
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        MIGRATIONS.to_latest(&mut connection).map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => CentreError::Newer,
            other => CentreError::Store(palier_store::StoreError::Migration(other)),
        })?;
        Ok(Self { connection, passwords })
    }

    /// Stops the database once, as a power cut does: see [`palier_store::cut_after`].
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn cut_after(&self, steps: u64) -> Result<(), CentreError> {
        Ok(palier_store::cut_after(&self.connection, steps)?)
    }

    /// A setting; made by `first` when it was never written.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn setting(
        &self,
        key: &str,
        first: impl FnOnce() -> Result<String, CentreError>,
    ) -> Result<String, CentreError> {
        if let Some(value) = self.setting_if_any(key)? {
            return Ok(value);
        }
        let value = first()?;
        self.put_setting(key, &value)?;
        Ok(value)
    }

    /// A setting, if it was ever written.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn setting_if_any(&self, key: &str) -> Result<Option<String>, CentreError> {
        Ok(self.connection.query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0)).optional()?)
    }

    /// Writes a setting.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn put_setting(&self, key: &str, value: &str) -> Result<(), CentreError> {
        self.connection.execute(
            "INSERT INTO setting (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            params![key, value],
        )?;
        Ok(())
    }

    /// Two equal answers say that nothing was written in between, neither here nor by another process.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn written(&self) -> Result<(u64, i64), CentreError> {
        let by_others = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok((self.connection.total_changes(), by_others))
    }

    /// Folds the write-ahead log into the file.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn checkpoint(&self) -> Result<(), CentreError> {
        self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Makes a restored registry safe to serve: numbers given to tablets since the copy are not given again, also when the same
    /// copy was restored before (they go on after the seconds since 1970); revoked tablets stay so, sessions and codes of then
    /// open nothing.
    ///
    /// # Errors
    /// A fault of SQLite; nothing is written then.
    pub fn settle_restored(&self, revoked: &[Replica], now_ms: i64) -> Result<(), CentreError> {
        let transaction = self.connection.unchecked_transaction()?;
        transaction.execute(
            "INSERT INTO sqlite_sequence (name, seq) SELECT 'tablet', 0
             WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'tablet')",
            [],
        )?;
        transaction.execute(
            "UPDATE sqlite_sequence SET seq = iif(seq < ?2, ?2, seq + ?1) WHERE name = 'tablet'",
            params![REPLICAS_SKIPPED, now_ms / 1_000],
        )?;
        for replica in revoked {
            transaction.execute("UPDATE tablet SET status = 'revoked' WHERE replica = ?1", [replica])?;
        }
        transaction.execute_batch("DELETE FROM session; DELETE FROM code WHERE used_at = 0;")?;
        transaction.commit()?;
        Ok(())
    }

    /// Copies the registry, consistent, to a new file under the same key.
    ///
    /// # Errors
    /// A fault of SQLite or of the disk.
    pub fn copy_to(&self, path: &Path) -> Result<(), CentreError> {
        self.connection.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
        Ok(())
    }
}

/// Random bytes of the system.
pub(crate) fn random<const N: usize>() -> Result<[u8; N], CentreError> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|_| CentreError::NoRandomness)?;
    Ok(bytes)
}
