//! One-time codes: 15 minutes, one use, five tries (security.md §4).

use palier_sync::code::ALPHABET;
use palier_sync::enrolment;
use rusqlite::{OptionalExtension, params};
use uuid::Uuid;

use super::{Registry, random};
use crate::CentreError;

/// Life of a code, in milliseconds.
pub const CODE_LIFE_MS: i64 = 15 * 60_000;
/// Wrong proofs before a code is dead.
pub const CODE_TRIES_MAX: u32 = 5;

/// A code just made; shown once, kept nowhere.
pub struct MadeCode {
    /// Twelve characters in three groups.
    pub text: String,
    /// UTC milliseconds.
    pub expires_at: i64,
}

/// Why a code is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeRefusal {
    /// No such code.
    Unknown,
    /// Spent already.
    Used,
    /// Older than 15 minutes.
    Expired,
    /// The proof is wrong; so many tries are left.
    Wrong(u32),
    /// Too many wrong proofs.
    Dead,
}

/// What the server keeps of a live code.
pub(crate) struct LiveCode {
    pub(crate) profile: Uuid,
    pub(crate) salt: String,
    pub(crate) key: [u8; 32],
    pub(crate) server_nonce: String,
}

impl Registry {
    /// Makes a code for a profile; earlier live codes of the same profile die.
    ///
    /// # Errors
    /// No randomness, or a fault of SQLite.
    pub fn make_code(&self, profile: Uuid, now_ms: i64) -> Result<MadeCode, CentreError> {
        self.connection.execute("DELETE FROM code WHERE profile = ?1 AND used_at = 0", [profile])?;
        let characters: String = random::<12>()?
            .iter()
            .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).map(|c| char::from(*c)))
            .collect();
        let (lookup, secret) = characters.split_at(4);
        let salt = data_encoding::HEXLOWER.encode(&random::<16>()?);
        let key = enrolment::code_key(secret, &salt).map_err(|_| CentreError::NoRandomness)?;
        let expires_at = now_ms.saturating_add(CODE_LIFE_MS);
        self.connection.execute(
            "INSERT OR REPLACE INTO code (lookup, profile, salt, key, made_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![lookup, profile, salt, key.as_slice(), now_ms, expires_at],
        )?;
        let (first, second) = secret.split_at(4);
        Ok(MadeCode { text: format!("{lookup}-{first}-{second}"), expires_at })
    }

    /// The salt of a live code and a fresh nonce of the server for it.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub(crate) fn hello_code(&self, lookup: &str, now_ms: i64) -> Result<Result<LiveCode, CodeRefusal>, CentreError> {
        let mut live = match self.live_code(lookup, now_ms)? {
            Ok(live) => live,
            Err(refusal) => return Ok(Err(refusal)),
        };
        live.server_nonce = data_encoding::HEXLOWER.encode(&random::<16>()?);
        self.connection
            .execute("UPDATE code SET server_nonce = ?2 WHERE lookup = ?1", params![lookup, live.server_nonce])?;
        Ok(Ok(live))
    }

    /// The code, when it may still be spent.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub(crate) fn live_code(&self, lookup: &str, now_ms: i64) -> Result<Result<LiveCode, CodeRefusal>, CentreError> {
        type CodeRow = (Uuid, String, Option<Vec<u8>>, i64, u32, i64, String);
        let found: Option<CodeRow> = self
            .connection
            .query_row(
                "SELECT profile, salt, key, expires_at, tries, used_at, server_nonce FROM code WHERE lookup = ?1",
                [lookup],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?)),
            )
            .optional()?;
        let Some((profile, salt, key, expires_at, tries, used_at, server_nonce)) = found else {
            return Ok(Err(CodeRefusal::Unknown));
        };
        if used_at > 0 {
            return Ok(Err(CodeRefusal::Used));
        }
        if tries >= CODE_TRIES_MAX {
            return Ok(Err(CodeRefusal::Dead));
        }
        if now_ms > expires_at {
            return Ok(Err(CodeRefusal::Expired));
        }
        let key = key.and_then(|key| <[u8; 32]>::try_from(key).ok());
        Ok(key.map_or(Err(CodeRefusal::Dead), |key| Ok(LiveCode { profile, salt, key, server_nonce })))
    }

    /// A wrong proof: one try less; the key is dropped with the last.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub(crate) fn wrong_proof(&self, lookup: &str) -> Result<CodeRefusal, CentreError> {
        let tries: u32 = self.connection.query_row(
            "UPDATE code SET tries = tries + 1 WHERE lookup = ?1 RETURNING tries",
            [lookup],
            |row| row.get(0),
        )?;
        let left = CODE_TRIES_MAX.saturating_sub(tries);
        if left == 0 {
            self.connection.execute("UPDATE code SET key = NULL WHERE lookup = ?1", [lookup])?;
            return Ok(CodeRefusal::Dead);
        }
        Ok(CodeRefusal::Wrong(left))
    }

    /// Spends a code; false when someone else just did.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub(crate) fn spend_code(&self, lookup: &str, now_ms: i64) -> Result<bool, CentreError> {
        let spent = self.connection.execute(
            "UPDATE code SET used_at = ?2, key = NULL WHERE lookup = ?1 AND used_at = 0",
            params![lookup, now_ms],
        )?;
        Ok(spent == 1)
    }
}
