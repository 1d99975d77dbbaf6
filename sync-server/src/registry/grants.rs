//! Scopes that tablets were given, and those they lost while they still hold work for them.

use std::str::FromStr;

use palier_sync::{Replica, ScopeKey};
use rusqlite::{OptionalExtension, params};

use super::Registry;
use crate::CentreError;

/// How long a lost scope stays writable once the tablet was told, in ms: the soft lease of an offline tablet, 14 days.
const LOST_GRACE_MS: i64 = 14 * 86_400_000;

impl Registry {
    /// Notes the scopes that a tablet may hold now; those it held before and may not any more begin to be lost.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn grant(&self, replica: Replica, held: &[ScopeKey], now_ms: i64) -> Result<(), CentreError> {
        let known = self.granted(replica)?;
        for scope in held.iter().filter(|scope| !known.contains(&(**scope, 0))) {
            self.connection
                .prepare_cached(
                    "INSERT INTO granted (replica, scope) VALUES (?1, ?2) ON CONFLICT (replica, scope) DO UPDATE SET lost_at = 0",
                )?
                .execute(params![replica, scope.to_string()])?;
        }
        for (scope, _) in known.iter().filter(|(scope, lost_at)| *lost_at == 0 && !held.contains(scope)) {
            self.connection
                .prepare_cached("UPDATE granted SET lost_at = ?3 WHERE replica = ?1 AND scope = ?2")?
                .execute(params![replica, scope.to_string(), now_ms])?;
        }
        if known.iter().any(|(_, lost_at)| *lost_at > 0) {
            self.connection
                .prepare_cached("DELETE FROM granted WHERE replica = ?1 AND lost_at > 0 AND lost_at < ?2")?
                .execute(params![replica, now_ms.saturating_sub(LOST_GRACE_MS)])?;
        }
        Ok(())
    }

    /// Scopes that a tablet lost and may still bring work for. Never the territory, which no tablet writes.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn lost_scopes(&self, replica: Replica) -> Result<Vec<ScopeKey>, CentreError> {
        let granted = self.granted(replica)?.into_iter();
        let lost = granted.filter(|(scope, lost_at)| *lost_at > 0 && *scope != ScopeKey::Territory);
        Ok(lost.map(|(scope, _)| scope).collect())
    }

    /// Scopes that a tablet was given and that it may bring work for by another tablet: it may not have heard yet that it lost
    /// one, and the time it then has begins when it hears. Never the territory, which no tablet writes.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn given_scopes(&self, replica: Replica, now_ms: i64) -> Result<Vec<ScopeKey>, CentreError> {
        let since = now_ms.saturating_sub(LOST_GRACE_MS);
        let granted = self.granted(replica)?.into_iter();
        let given =
            granted.filter(|(scope, lost_at)| (*lost_at == 0 || *lost_at >= since) && *scope != ScopeKey::Territory);
        Ok(given.map(|(scope, _)| scope).collect())
    }

    /// A lost scope that the tablet does not name any more was dropped there: nothing can come for it.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn let_go(&self, replica: Replica, named: &[ScopeKey]) -> Result<(), CentreError> {
        for scope in self.lost_scopes(replica)?.iter().filter(|scope| !named.contains(scope)) {
            self.connection
                .prepare_cached("DELETE FROM granted WHERE replica = ?1 AND scope = ?2")?
                .execute(params![replica, scope.to_string()])?;
        }
        Ok(())
    }

    /// Notes that a tablet begins to read a scope whose last sequence is `head`.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn begin(&self, replica: Replica, scope: &ScopeKey, head: u64) -> Result<(), CentreError> {
        self.connection
            .prepare_cached("UPDATE granted SET begun = ?3 WHERE replica = ?1 AND scope = ?2")?
            .execute(params![replica, scope.to_string(), i64::try_from(head).unwrap_or(i64::MAX)])?;
        Ok(())
    }

    /// Up to which sequence of a scope a tablet may lack what it wrote itself; 0 when it lacks nothing.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn begun(&self, replica: Replica, scope: &ScopeKey) -> Result<u64, CentreError> {
        let begun: Option<i64> = self
            .connection
            .prepare_cached("SELECT begun FROM granted WHERE replica = ?1 AND scope = ?2")?
            .query_row(params![replica, scope.to_string()], |row| row.get(0))
            .optional()?;
        Ok(begun.and_then(|begun| u64::try_from(begun).ok()).unwrap_or(0))
    }

    fn granted(&self, replica: Replica) -> Result<Vec<(ScopeKey, i64)>, CentreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT scope, lost_at FROM granted WHERE replica = ?1 ORDER BY scope")?;
        let rows = statement
            .query_map([replica], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        let known = rows.into_iter().filter_map(|(scope, lost_at)| Some((ScopeKey::from_str(&scope).ok()?, lost_at)));
        Ok(known.collect())
    }
}
