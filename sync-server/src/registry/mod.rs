//! Who may speak to this server: tablets, one-time codes, console accounts and their sessions. No resident is here.

mod accounts;
mod codes;
mod tablets;

pub use accounts::{Account, LoginRefusal, PasswordPolicy, WeakPassword};
pub use codes::{CodeRefusal, MadeCode};
pub use tablets::{Tablet, TabletStatus};

use std::path::Path;
use std::sync::LazyLock;

use palier_store::{StoreKey, connect};
use rusqlite::{Connection, OptionalExtension, params};
use rusqlite_migration::{M, Migrations};

use crate::CentreError;

static MIGRATIONS: LazyLock<Migrations<'static>> =
    LazyLock::new(|| Migrations::new(vec![M::up(include_str!("../../migrations/registry_001.sql"))]));

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
        let mut connection = connect(path, key)?;
        MIGRATIONS.to_latest(&mut connection).map_err(|error| match error {
            rusqlite_migration::Error::MigrationDefinition(
                rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
            ) => CentreError::Newer,
            other => CentreError::Store(palier_store::StoreError::Migration(other)),
        })?;
        Ok(Self { connection, passwords })
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
        let known = self
            .connection
            .query_row("SELECT value FROM setting WHERE key = ?1", [key], |row| row.get(0))
            .optional()?;
        if let Some(value) = known {
            return Ok(value);
        }
        let value = first()?;
        self.put_setting(key, &value)?;
        Ok(value)
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
