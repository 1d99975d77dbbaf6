//! The link to the database: its address, TLS, a few connections, transactions that are tried again when the database
//! asks for it, and the small runtime that carries them for a server whose own shape is synchronous.

use std::path::PathBuf;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime as PoolRuntime, Transaction};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres::error::SqlState;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::super::LedgerError;

/// Connections kept: the server asks one thing at a time; one more renews the lease, one more copies.
const CONNECTIONS: usize = 4;

/// A connection must open, and a commit be answered, within this time.
const ANSWER_WAIT: Duration = Duration::from_secs(10);

/// What a transaction does before its commit must end within this time.
const TRY_WAIT: Duration = Duration::from_secs(30);

/// A transaction that the database asks to run again is run so many times at most.
const TRIES_MAX: u32 = 10;

/// First wait before a transaction is run again, in ms; it doubles each time, up to [`BACKOFF_MAX_MS`], plus as much by chance.
const BACKOFF_MS: u64 = 5;

/// Longest wait before a transaction is run again, in ms, before chance.
const BACKOFF_MAX_MS: u64 = 500;

mod embedded {
    #![allow(missing_docs, clippy::all, reason = "written by a macro")]
    refinery::embed_migrations!("migrations/postgres");
}

/// Where the database is and how it is trusted.
#[derive(Clone)]
pub struct PostgresAddress {
    /// `postgres://user:password@host:port/name`; a Unix socket's folder is written as a host, percent-encoded.
    pub url: String,
    /// The authority that signs the database's certificate (PEM); TLS is then always used and checked.
    pub authority: Option<PathBuf>,
}

// The address may hold a password.
impl std::fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostgresAddress(…)")
    }
}

/// What a transaction does: a future that borrows it.
pub(super) type Step<'a, T> = Pin<Box<dyn Future<Output = Result<T, LedgerError>> + Send + 'a>>;

/// A transaction: what it does with what it is given. No closure, so that its future may borrow both.
pub(super) type Act<G, T> = for<'a> fn(&'a Transaction<'a>, &'a G) -> Step<'a, T>;

/// The pool, shared by everything that speaks to the database.
pub(super) struct Link {
    pool: Pool,
    /// Transactions run again because the database asked for it.
    retries: AtomicU64,
}

/// A link and the runtime that carries it.
pub struct Postgres {
    pub(super) link: Arc<Link>,
    runtime: Option<Runtime>,
}

impl Postgres {
    /// Connects, and brings the tables to this version.
    ///
    /// # Errors
    /// `Address` when the address does not read or would cross a network without TLS, `Newer`, `Unreachable`, or a fault
    /// of the database.
    pub fn connect(address: &PostgresAddress) -> Result<Self, LedgerError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("palier-postgres")
            .enable_all()
            .build()
            .map_err(|_| LedgerError::Unreachable)?;
        let pool = pool(address)?;
        let link = Arc::new(Link { pool, retries: AtomicU64::new(0) });
        let this = Self { link: link.clone(), runtime: Some(runtime) };
        this.run(async move { link.migrate().await })?;
        Ok(this)
    }

    /// Runs a future on the runtime of the link and waits for it, from any thread.
    pub(super) fn run<T: Send + 'static>(
        &self,
        future: impl Future<Output = Result<T, LedgerError>> + Send + 'static,
    ) -> Result<T, LedgerError> {
        let (tell, told) = std::sync::mpsc::sync_channel(1);
        self.spawn(async move {
            // Whoever waited may be gone.
            let _ = tell.send(future.await);
        });
        told.recv().map_err(|_| LedgerError::Unreachable)?
    }

    /// Lets a future run beside everything else.
    pub(super) fn spawn(&self, future: impl Future<Output = ()> + Send + 'static) {
        if let Some(runtime) = &self.runtime {
            runtime.spawn(future);
        }
    }

    /// How many transactions were run again because the database asked for it (SQLSTATE 40001 or 40P01).
    #[must_use]
    pub fn retries(&self) -> u64 {
        self.link.retries.load(Ordering::Relaxed)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A runtime may not be waited for inside another, and the server's own is around us.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Link {
    pub(super) async fn connection(&self) -> Result<deadpool_postgres::Client, LedgerError> {
        self.pool.get().await.map_err(|error| match error {
            deadpool_postgres::PoolError::Backend(error) => LedgerError::Postgres(error),
            _ => LedgerError::Unreachable,
        })
    }

    async fn migrate(&self) -> Result<(), LedgerError> {
        let mut tries = 0;
        loop {
            let mut connection = self.connection().await?;
            let error = match embedded::migrations::runner().run_async(&mut **connection).await {
                Ok(_) => return Ok(()),
                Err(error) => error,
            };
            if let refinery::error::Kind::MissingVersion(_) | refinery::error::Kind::DivergentVersion(..) = error.kind()
            {
                return Err(LedgerError::Newer);
            }
            // Two servers that start at once both make the tables: one of them finds them made.
            tries += 1;
            if tries >= TRIES_MAX {
                return Err(LedgerError::Migration(Box::new(error)));
            }
            tokio::time::sleep(backoff(tries)).await;
        }
    }

    /// Runs a transaction on what it is given, again when the database says that it met another one.
    ///
    /// # Errors
    /// What `act` answers; `Unsure` when the commit was sent and nothing came back.
    pub(super) async fn transact<G: Sync, T: Send>(&self, given: &G, act: Act<G, T>) -> Result<T, LedgerError> {
        let mut tries = 1;
        loop {
            let error = match self.try_once(given, act).await {
                Ok(value) => return Ok(value),
                Err(error) => error,
            };
            if tries >= TRIES_MAX || !asks_again(&error) {
                return Err(error);
            }
            self.retries.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(backoff(tries)).await;
            tries += 1;
        }
    }

    async fn try_once<G: Sync, T: Send>(&self, given: &G, act: Act<G, T>) -> Result<T, LedgerError> {
        let mut connection = self.connection().await?;
        let late = |_| LedgerError::Unreachable;
        let transaction = timeout(ANSWER_WAIT, connection.transaction()).await.map_err(late)??;
        let value = timeout(TRY_WAIT, act(&transaction, given)).await.map_err(late)??;
        match timeout(ANSWER_WAIT, transaction.commit()).await {
            Ok(Ok(())) => Ok(value),
            // The database said no: nothing is written.
            Ok(Err(error)) if error.code().is_some() => Err(LedgerError::Postgres(error)),
            Ok(Err(_)) | Err(_) => Err(LedgerError::Unsure),
        }
    }
}

fn asks_again(error: &LedgerError) -> bool {
    let LedgerError::Postgres(error) = error else { return false };
    matches!(error.code(), Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED))
}

/// The wait before try number `tries + 1`: twice the one before, and as much again by chance, so that two do not meet again.
fn backoff(tries: u32) -> Duration {
    let base = BACKOFF_MS.saturating_mul(1 << tries.min(16)).min(BACKOFF_MAX_MS);
    let mut byte = [0u8; 1];
    // Without randomness the wait is only less well spread.
    let _ = getrandom::fill(&mut byte);
    Duration::from_millis(base + base * u64::from(byte[0]) / 255)
}

fn pool(address: &PostgresAddress) -> Result<Pool, LedgerError> {
    let mut config =
        Config::from_str(&address.url).map_err(|_| LedgerError::Address("it is not of the form postgres://…"))?;
    config.application_name("palier-server").connect_timeout(ANSWER_WAIT).tcp_user_timeout(ANSWER_WAIT);
    let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = if let Some(authority) = &address.authority {
        config.ssl_mode(SslMode::Require);
        Manager::from_config(config, MakeRustlsConnect::new(tls(authority)?), manager)
    } else if config.get_hosts().iter().all(is_this_machine) && config.get_ssl_mode() != SslMode::Require {
        config.ssl_mode(SslMode::Disable);
        Manager::from_config(config, NoTls, manager)
    } else {
        return Err(LedgerError::Address("another machine is reached over TLS alone: give its authority"));
    };
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(PoolRuntime::Tokio1)
        .wait_timeout(Some(ANSWER_WAIT))
        .create_timeout(Some(ANSWER_WAIT))
        .recycle_timeout(Some(ANSWER_WAIT))
        .build()
        .map_err(|_| LedgerError::Unreachable)
}

fn is_this_machine(host: &Host) -> bool {
    match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
    }
}

fn tls(authority: &std::path::Path) -> Result<rustls::ClientConfig, LedgerError> {
    let unread = LedgerError::Address("the authority does not read");
    let mut roots = rustls::RootCertStore::empty();
    let certificates = CertificateDer::pem_file_iter(authority).map_err(|_| unread)?;
    for certificate in certificates {
        let certificate = certificate.map_err(|_| LedgerError::Address("the authority does not read"))?;
        roots.add(certificate).map_err(|_| LedgerError::Address("the authority is no certificate"))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|_| LedgerError::Address("TLS cannot be used"))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(url: &str) -> bool {
        let address = PostgresAddress { url: url.to_owned(), authority: None };
        matches!(pool(&address), Err(LedgerError::Address(_)))
    }

    #[test]
    fn nothing_crosses_a_network_in_clear() {
        for here in ["postgres://a@localhost/p", "postgres://a@127.0.0.1:5433/p", "postgres://a@%2Frun%2Fpg/p"] {
            assert!(!refused(here), "{here} is this machine");
        }
        for away in ["postgres://a:b@db.example/p", "postgres://a@192.0.2.1/p", "postgres://a@localhost,db.example/p"] {
            assert!(refused(away), "{away} is another machine");
        }
        assert!(refused("postgres://a@localhost/p?sslmode=require"), "TLS asked for is never left out");
        assert!(refused("sqlite:file"), "another database is none of ours");
    }

    #[test]
    fn waits_grow_and_end() {
        for tries in 1..=TRIES_MAX {
            let (wait, most) = (backoff(tries), Duration::from_millis(2 * BACKOFF_MAX_MS));
            assert!(wait >= Duration::from_millis(BACKOFF_MS) && wait <= most, "{tries}: {wait:?}");
        }
    }
}
