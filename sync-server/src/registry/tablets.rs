//! Tablets: each a replica, with its key and what it last said.

use palier_sync::Replica;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::Registry;
use crate::CentreError;

/// Whether a tablet is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TabletStatus {
    /// Heard.
    Active,
    /// Not heard for now.
    Suspended,
    /// Revoked for good: lost, stolen, or its holder left.
    Revoked,
}

impl TabletStatus {
    /// The stored code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Revoked => "revoked",
        }
    }

    /// Reads a code; what is not known is not heard.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        match code {
            "active" => Self::Active,
            "suspended" => Self::Suspended,
            _ => Self::Revoked,
        }
    }
}

/// A profile on a tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tablet {
    /// Its number, never given twice.
    pub replica: Replica,
    /// The profile.
    pub profile: Uuid,
    /// The profile's structure.
    pub structure: Uuid,
    /// Name of the tablet.
    pub name: String,
    /// Ed25519 public key, hex.
    pub public_key: String,
    /// Whether it is heard.
    pub status: TabletStatus,
    /// Version of the app at its last contact.
    pub app_version: String,
    /// UTC milliseconds.
    pub enrolled_at: i64,
    /// UTC milliseconds, 0 for never.
    pub last_contact: i64,
    /// Changes it said it had not sent.
    pub left_to_send: u64,
    /// Its clock minus the server's, in milliseconds, at its last contact.
    pub clock_off_ms: i64,
}

const COLUMNS: &str = "replica, profile, structure, name, public_key, status, app_version, enrolled_at, last_contact, left_to_send, clock_off_ms";

fn tablet(row: &Row<'_>) -> rusqlite::Result<Tablet> {
    Ok(Tablet {
        replica: row.get(0)?,
        profile: row.get(1)?,
        structure: row.get(2)?,
        name: row.get(3)?,
        public_key: row.get(4)?,
        status: TabletStatus::from_code(&row.get::<_, String>(5)?),
        app_version: row.get(6)?,
        enrolled_at: row.get(7)?,
        last_contact: row.get(8)?,
        left_to_send: row.get::<_, i64>(9)?.unsigned_abs(),
        clock_off_ms: row.get(10)?,
    })
}

/// Longest tablet name or version kept, in characters.
const NAME_CHARS_MAX: usize = 80;

fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect()
}

impl Registry {
    /// Adds a tablet; answers its replica.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn add_tablet(
        &self,
        profile: Uuid,
        structure: Uuid,
        name: &str,
        public_key: &str,
        app_version: &str,
        now_ms: i64,
    ) -> Result<Replica, CentreError> {
        self.connection.execute(
            "INSERT INTO tablet (profile, structure, name, public_key, app_version, enrolled_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![profile, structure, short(name), public_key, short(app_version), now_ms],
        )?;
        Replica::try_from(self.connection.last_insert_rowid()).map_err(|_| CentreError::Full)
    }

    /// One tablet.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn tablet(&self, replica: Replica) -> Result<Option<Tablet>, CentreError> {
        Ok(self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM tablet WHERE replica = ?1"))?
            .query_row([replica], tablet)
            .optional()?)
    }

    /// All tablets, the newest first.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn tablets(&self) -> Result<Vec<Tablet>, CentreError> {
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM tablet ORDER BY replica DESC"))?;
        let rows = statement.query_map([], tablet)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Changes whether a tablet is heard. A revoked one stays so.
    ///
    /// # Errors
    /// `NotFound`, or a fault of SQLite.
    pub fn set_tablet_status(&self, replica: Replica, status: TabletStatus) -> Result<(), CentreError> {
        let changed = self.connection.execute(
            "UPDATE tablet SET status = ?2 WHERE replica = ?1 AND status <> 'revoked'",
            params![replica, status.code()],
        )?;
        if changed == 0 { Err(CentreError::NotFound) } else { Ok(()) }
    }

    /// Notes what a tablet said at its contact.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn heard(
        &self,
        replica: Replica,
        app_version: &str,
        left_to_send: u64,
        clock_off_ms: i64,
        now_ms: i64,
    ) -> Result<(), CentreError> {
        self.connection
            .prepare_cached(
                "UPDATE tablet SET app_version = ?2, left_to_send = ?3, clock_off_ms = ?4, last_contact = ?5 WHERE replica = ?1",
            )?
            .execute(params![replica, short(app_version), i64::try_from(left_to_send).unwrap_or(i64::MAX), clock_off_ms, now_ms])?;
        Ok(())
    }
}
