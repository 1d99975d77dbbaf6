//! A tablet without an app: an encrypted store and its credential, driven by the functions that the app's commands call.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use palier_commands::SystemClock;
use palier_exchange::enrol::{Routes, enrol};
use palier_exchange::http::TlsTime;
use palier_exchange::{Clock, Credential, HttpTransport, NetFault, Progress, Report, RoundError, Transport, round};
use palier_store::{Store, StoreKey};
use palier_sync::wire::Enrolled;
use palier_sync::{ScopeKey, code};
use uuid::Uuid;

/// An enrolled store.
pub struct BareTablet {
    store: Arc<Mutex<Store>>,
    credential: Credential,
    address: String,
    enrolled: Enrolled,
}

struct Loopback(String);

impl Routes for Loopback {
    fn hello(&self) -> Result<Box<dyn Transport>, NetFault> {
        Ok(Box::new(HttpTransport::unverified(&self.0, TlsTime::at(SystemClock.wall_ms()))?))
    }

    fn pinned(&self, ca_der: &[u8], server_ms: i64) -> Result<Box<dyn Transport>, NetFault> {
        Ok(Box::new(HttpTransport::pinned(&self.0, ca_der, TlsTime::at(server_ms))?))
    }
}

impl BareTablet {
    /// Enrols a new tablet; its store is a new encrypted file, opened with this key.
    ///
    /// # Errors
    /// When the server refuses, or the store cannot be made.
    pub fn enrolled(address: &str, code: &str, file: &Path, key: [u8; 32]) -> anyhow::Result<Self> {
        let code = code::read(address, code)?;
        let enrolment = enrol(&Loopback(address.to_owned()), &code, "fleet", env!("CARGO_PKG_VERSION"))?;
        let store = Store::open(file, &StoreKey::new(key))?;
        store.set_replica(enrolment.enrolled.replica)?;
        store.keep_fact("challenge", &enrolment.enrolled.challenge)?;
        let credential = Credential {
            server: enrolment.enrolled.server.clone(),
            territory: enrolment.enrolled.territory.to_string(),
            replica: enrolment.enrolled.replica,
            key: enrolment.key,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let store = Arc::new(Mutex::new(store));
        Ok(Self { store, credential, address: address.to_owned(), enrolled: enrolment.enrolled })
    }

    /// Its replica.
    #[must_use]
    pub fn replica(&self) -> u32 {
        self.credential.replica
    }

    /// The mediator's profile.
    #[must_use]
    pub fn profile(&self) -> Uuid {
        self.enrolled.profile
    }

    /// The sector and the structure of its mediator.
    ///
    /// # Errors
    /// When the mediator works in none.
    pub fn home(&self) -> anyhow::Result<(Uuid, Uuid)> {
        Ok((self.enrolled.sectors.first().context("The mediator works in a sector")?.id, self.enrolled.structure))
    }

    /// The files of the mediator's structure in its sector.
    ///
    /// # Errors
    /// When the mediator works in no sector.
    pub fn files(&self) -> anyhow::Result<ScopeKey> {
        let (sector, structure) = self.home()?;
        Ok(ScopeKey::File { sector, structure })
    }

    /// Does something with the store.
    pub fn with<T>(&self, act: impl FnOnce(&mut Store) -> T) -> T {
        act(&mut self.store.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// A connection of its own to the server, as the app makes one for each sync.
    ///
    /// # Errors
    /// When the address or the certificate is none.
    pub fn transport(&self) -> anyhow::Result<HttpTransport> {
        let pairs = self.enrolled.ca_der.as_bytes().chunks(2);
        let ca = pairs.map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?));
        let ca = ca.collect::<anyhow::Result<Vec<u8>>>()?;
        Ok(HttpTransport::pinned(&self.address, &ca, TlsTime::at(SystemClock.wall_ms()))?)
    }

    /// One sync over this connection.
    ///
    /// # Errors
    /// Why it stopped.
    pub fn sync(&self, transport: &dyn Transport) -> Result<Report, RoundError> {
        round::run(&self.store, &self.credential, transport, &SystemClock, &Progress::default())
    }
}
