//! Console accounts and their sessions (security.md §6).

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Registry, random};
use crate::CentreError;

/// A session ends after this idle time, in ms.
pub const SESSION_IDLE_MS: i64 = 20 * 60_000;
/// A session ends after this time, in ms.
pub const SESSION_LIFE_MS: i64 = 10 * 3_600_000;
/// Tries to log in with one name, in [`LOGIN_SPAN_MS`].
pub const LOGIN_TRIES_MAX: u32 = 10;
/// The span of [`LOGIN_TRIES_MAX`], in ms.
pub const LOGIN_SPAN_MS: i64 = 15 * 60_000;
/// Fewest characters of a password.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Most characters of a password or a name.
pub const TEXT_CHARS_MAX: usize = 128;

/// Most bytes of a password that is worth a check: [`TEXT_CHARS_MAX`] characters in any script.
const PASSWORD_BYTES_MAX: usize = 4 * TEXT_CHARS_MAX;

/// What a password hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// Memory of Argon2id, KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
}

impl PasswordPolicy {
    /// 64 MiB, 3 passes (security.md §6).
    pub const STANDARD: Self = Self { memory_kib: 64 * 1024, passes: 3 };
    /// For tests alone.
    pub const CHEAP_FOR_TESTS: Self = Self { memory_kib: 64, passes: 1 };

    /// A hash that no password has, at the price of one that has.
    fn hash_of_nobody(self) -> String {
        let (memory, passes) = (self.memory_kib, self.passes);
        format!("$argon2id$v=19$m={memory},t={passes},p=1$cGVyc29ubmUgaWNpICAgIA${}", "A".repeat(43))
    }

    fn argon2(self) -> Result<Argon2<'static>, CentreError> {
        let params = Params::new(self.memory_kib, self.passes, 1, None).map_err(|_| CentreError::NoRandomness)?;
        Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
    }
}

/// A coordinator's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: Uuid,
    /// Login name.
    pub name: String,
    /// Role code (`coordinator`).
    pub role: String,
}

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeakPassword {
    /// Fewer than 12 characters.
    TooShort,
    /// Fewer than 5 different characters, or it holds the name.
    TooSimple,
}

/// A login under way.
pub struct LoginTrial {
    /// Nobody's when the name is not known.
    account: Option<Account>,
    stored: String,
    hashed: Vec<u8>,
}

impl LoginTrial {
    /// Whether the password is the account's. Takes the time and memory of [`PasswordPolicy`], also when the name is not
    /// known: an answer's delay does not tell which names exist.
    #[must_use]
    pub fn fits(&self, password: &str) -> bool {
        let password = if password.len() > PASSWORD_BYTES_MAX { "" } else { password };
        PasswordHash::new(&self.stored)
            .is_ok_and(|stored| Argon2::default().verify_password(password.as_bytes(), &stored).is_ok())
    }
}

/// Why a login is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginRefusal {
    /// The name or the password is wrong; which of them is not said.
    Wrong,
    /// Too many tries; wait.
    TooMany,
}

impl Registry {
    /// True while no account exists: the first page makes one.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn needs_first_account(&self) -> Result<bool, CentreError> {
        let count: i64 = self.connection.query_row("SELECT count(*) FROM account", [], |row| row.get(0))?;
        Ok(count == 0)
    }

    /// Login names of the accounts.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn account_names(&self) -> Result<Vec<String>, CentreError> {
        let mut statement = self.connection.prepare_cached("SELECT name FROM account ORDER BY name")?;
        let rows = statement.query_map([], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Makes an account.
    ///
    /// # Errors
    /// `Exists`, no randomness, or a fault of SQLite.
    pub fn add_account(
        &self,
        name: &str,
        password: &str,
        now_ms: i64,
    ) -> Result<Result<Account, WeakPassword>, CentreError> {
        if let Some(weak) = weakness(name, password) {
            return Ok(Err(weak));
        }
        let account = Account { id: Uuid::now_v7(), name: name.trim().to_owned(), role: "coordinator".to_owned() };
        let hash = self.hash(password)?;
        let added = self.connection.execute(
            "INSERT OR IGNORE INTO account (id, name, role, password, made_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![account.id, account.name, account.role, hash, now_ms],
        )?;
        if added == 0 { Err(CentreError::Exists) } else { Ok(Ok(account)) }
    }

    /// Changes an account's password and ends all its sessions.
    ///
    /// # Errors
    /// `NotFound`, no randomness, or a fault of SQLite.
    pub fn set_password(&self, name: &str, password: &str) -> Result<Result<(), WeakPassword>, CentreError> {
        if let Some(weak) = weakness(name, password) {
            return Ok(Err(weak));
        }
        let hash = self.hash(password)?;
        let changed =
            self.connection.execute("UPDATE account SET password = ?2 WHERE name = ?1", params![name.trim(), hash])?;
        if changed == 0 {
            return Err(CentreError::NotFound);
        }
        self.connection
            .execute("DELETE FROM session WHERE account = (SELECT id FROM account WHERE name = ?1)", [name.trim()])?;
        Ok(Ok(()))
    }

    fn hash(&self, password: &str) -> Result<String, CentreError> {
        let salt = SaltString::encode_b64(&random::<16>()?).map_err(|_| CentreError::NoRandomness)?;
        let hash = self.passwords.argon2()?.hash_password(password.as_bytes(), &salt);
        Ok(hash.map_err(|_| CentreError::NoRandomness)?.to_string())
    }

    /// Checks a name and a password in one go: for who has a session already.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn log_in(
        &self,
        name: &str,
        password: &str,
        now_ms: i64,
    ) -> Result<Result<Account, LoginRefusal>, CentreError> {
        match self.begin_login(name, now_ms)? {
            Ok(trial) => {
                let fits = trial.fits(password);
                self.end_login(trial, fits)
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    /// Counts a try to log in, and gives what the password is held against: slow work, for which the centre need not wait.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn begin_login(&self, name: &str, now_ms: i64) -> Result<Result<LoginTrial, LoginRefusal>, CentreError> {
        let name = name.trim();
        let hashed = Sha256::digest(name.as_bytes()).to_vec();
        self.connection.execute("DELETE FROM login_try WHERE at < ?1", [now_ms.saturating_sub(LOGIN_SPAN_MS)])?;
        let tries: u32 =
            self.connection.query_row("SELECT count(*) FROM login_try WHERE name = ?1", [&hashed], |row| row.get(0))?;
        if tries >= LOGIN_TRIES_MAX {
            return Ok(Err(LoginRefusal::TooMany));
        }
        self.connection.execute("INSERT INTO login_try (name, at) VALUES (?1, ?2)", params![hashed, now_ms])?;
        let found: Option<(Uuid, String, String)> = self
            .connection
            .query_row("SELECT id, role, password FROM account WHERE name = ?1", [name], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?;
        let (account, stored) = match found {
            Some((id, role, stored)) => (Some(Account { id, name: name.to_owned(), role }), stored),
            None => (None, self.passwords.hash_of_nobody()),
        };
        Ok(Ok(LoginTrial { account, stored, hashed }))
    }

    /// Ends a login that was begun: forgets the tries when it succeeded.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn end_login(&self, trial: LoginTrial, fits: bool) -> Result<Result<Account, LoginRefusal>, CentreError> {
        let Some(account) = trial.account.filter(|_| fits) else { return Ok(Err(LoginRefusal::Wrong)) };
        self.connection.execute("DELETE FROM login_try WHERE name = ?1", [trial.hashed])?;
        Ok(Ok(account))
    }

    /// Opens a session; answers its token, which is kept only as a hash.
    ///
    /// # Errors
    /// No randomness, or a fault of SQLite.
    pub fn open_session(&self, account: &Account, now_ms: i64) -> Result<String, CentreError> {
        let token = data_encoding::BASE64URL_NOPAD.encode(&random::<32>()?);
        self.connection.execute(
            "INSERT INTO session (token, account, made_at, seen_at) VALUES (?1, ?2, ?3, ?3)",
            params![Sha256::digest(token.as_bytes()).to_vec(), account.id, now_ms],
        )?;
        Ok(token)
    }

    /// Whose session a token is, if it still lives; using it pushes back its idle end.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn session(&self, token: &str, now_ms: i64) -> Result<Option<Account>, CentreError> {
        self.connection.execute(
            "DELETE FROM session WHERE seen_at < ?1 OR made_at < ?2",
            params![now_ms.saturating_sub(SESSION_IDLE_MS), now_ms.saturating_sub(SESSION_LIFE_MS)],
        )?;
        let hash = Sha256::digest(token.as_bytes()).to_vec();
        let account = self
            .connection
            .query_row(
                "SELECT account.id, account.name, account.role FROM session JOIN account ON account.id = session.account
                 WHERE session.token = ?1",
                [&hash],
                |row| Ok(Account { id: row.get(0)?, name: row.get(1)?, role: row.get(2)? }),
            )
            .optional()?;
        if account.is_some() {
            self.connection.execute("UPDATE session SET seen_at = ?2 WHERE token = ?1", params![hash, now_ms])?;
        }
        Ok(account)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// A fault of SQLite.
    pub fn close_session(&self, token: &str) -> Result<(), CentreError> {
        self.connection.execute("DELETE FROM session WHERE token = ?1", [Sha256::digest(token.as_bytes()).to_vec()])?;
        Ok(())
    }
}

fn weakness(name: &str, password: &str) -> Option<WeakPassword> {
    let length = password.chars().count();
    if !(PASSWORD_CHARS_MIN..=TEXT_CHARS_MAX).contains(&length) {
        return Some(WeakPassword::TooShort);
    }
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    let name = name.trim().to_lowercase();
    let holds_name = !name.is_empty() && password.to_lowercase().contains(&name);
    (different.len() < 5 || holds_name || name.is_empty()).then_some(WeakPassword::TooSimple)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_500_000_000;
    const PASSWORD: &str = "quatre petits paliers";

    fn registry() -> Registry {
        let registry = Registry::in_memory(PasswordPolicy::CHEAP_FOR_TESTS).unwrap();
        registry.add_account("coordination", PASSWORD, NOW).unwrap().unwrap();
        registry
    }

    #[test]
    fn a_name_that_does_not_exist_costs_as_much() {
        let nobody = PasswordPolicy::STANDARD.hash_of_nobody();
        let parsed = PasswordHash::new(&nobody).unwrap();
        let params = Params::try_from(&parsed).unwrap();
        assert_eq!((params.m_cost(), params.t_cost()), (64 * 1024, 3), "the same memory and passes");
        assert_eq!(parsed.hash.unwrap().len(), 32, "the same length");
        assert!(
            !registry().begin_login("personne", NOW).unwrap().unwrap_or_else(|_| panic!("heard")).fits(""),
            "and fits nothing"
        );
    }

    #[test]
    fn tries_are_counted_for_a_quarter_of_an_hour() {
        let registry = registry();
        for _ in 0..LOGIN_TRIES_MAX {
            assert_eq!(registry.log_in("coordination", "non", NOW).unwrap(), Err(LoginRefusal::Wrong), "a wrong one");
        }
        let locked = registry.log_in("coordination", PASSWORD, NOW).unwrap();
        assert_eq!(locked, Err(LoginRefusal::TooMany), "after ten, the right one waits as well");
        let later = NOW + LOGIN_SPAN_MS + 1;
        assert!(registry.log_in("coordination", PASSWORD, later).unwrap().is_ok(), "then it is heard");
        assert!(registry.log_in("coordination", PASSWORD, later).unwrap().is_ok(), "and success forgets the tries");
    }

    #[test]
    fn sessions_end() {
        let registry = registry();
        let account = registry.log_in("coordination", PASSWORD, NOW).unwrap().unwrap();
        let open = |at| registry.open_session(&account, at).unwrap();
        let heard = |token: &str, at| registry.session(token, at).unwrap().is_some();
        let token = open(NOW);
        assert!(heard(&token, NOW + SESSION_IDLE_MS), "within twenty minutes");
        assert!(!heard(&token, NOW + 2 * SESSION_IDLE_MS + 1), "not after an idle time");
        let token = open(NOW);
        let mut at = NOW;
        while at + SESSION_IDLE_MS <= NOW + SESSION_LIFE_MS {
            at += SESSION_IDLE_MS;
            assert!(heard(&token, at), "used all along");
        }
        assert!(!heard(&token, NOW + SESSION_LIFE_MS + 1), "ten hours are the end");
        let (one, other) = (open(NOW), open(NOW));
        registry.set_password("coordination", "cinq petits paliers").unwrap().unwrap();
        assert!(!heard(&one, NOW) && !heard(&other, NOW), "a new password ends every session");
        let token = open(NOW);
        registry.close_session(&token).unwrap();
        assert!(!heard(&token, NOW), "and so does signing out");
    }
}
