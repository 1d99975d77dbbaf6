//! The application: where its data are, which profile is open, who listens.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use palier_exchange::{Anchor, Clock, trusted_now_ms};
use palier_store::{Store, StoreError};
use palier_vault::{DeviceSecret, Policy, VaultError};
use serde_json::Value;

use crate::api::{Changed, CommandError, ErrorCode};
use crate::session::{Draft, Open};
use crate::{Network, table};

/// What a host gives the application.
pub struct AppOptions {
    /// Folder of the application's data.
    pub data: PathBuf,
    /// Version shown and sent.
    pub version: String,
    /// Invented data, a device secret in a file.
    pub demo: bool,
    /// The device's clocks.
    pub clock: Arc<dyn Clock>,
    /// Where the device secret is kept; none on a device without a keystore, which then asks for a pass-phrase.
    pub device: Option<Arc<dyn DeviceSecret>>,
    /// What a PIN costs; none calibrates on this device at enrolment.
    pub policy: Option<Policy>,
    /// The way to servers.
    pub network: Arc<dyn Network>,
    /// Name of this tablet in the coordinator's list.
    pub tablet_name: String,
    /// The folder where bundles for other tablets are written; none where the screen hands the file over itself.
    pub bundles: Option<PathBuf>,
}

type Listener = Box<dyn Fn(&Changed) + Send + Sync>;

/// The application behind every host.
pub struct App {
    pub(crate) options: AppOptions,
    state: Mutex<State>,
    listeners: Mutex<Vec<Listener>>,
    pub(crate) wake: Arc<crate::background::Wake>,
}

/// What changes while the application runs.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) open: Option<Arc<Open>>,
    pub(crate) draft: Option<Draft>,
}

impl App {
    /// An application with no profile open.
    #[must_use]
    pub fn new(options: AppOptions) -> Arc<Self> {
        Arc::new(Self {
            options,
            state: Mutex::default(),
            listeners: Mutex::default(),
            wake: Arc::new(crate::background::Wake::default()),
        })
    }

    /// Answers a command by name. Blocks on disk, and for `enrol` and `sync_now` on the network: call it off the UI thread.
    ///
    /// # Errors
    /// The command's refusal; nothing was written then.
    pub fn call(&self, name: &str, request: Value) -> Result<Value, CommandError> {
        table::dispatch(self, name, request)
    }

    /// Calls back after every change of what screens show.
    pub fn subscribe(&self, listener: impl Fn(&Changed) + Send + Sync + 'static) {
        lock(&self.listeners).push(Box::new(listener));
    }

    pub(crate) fn changed(&self, areas: &[&str]) {
        let changed = Changed { areas: areas.iter().map(|area| (*area).to_owned()).collect() };
        for listener in lock(&self.listeners).iter() {
            listener(&changed);
        }
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// The open profile, after the veil and the lock took their due.
    pub(crate) fn open(&self) -> Result<Arc<Open>, CommandError> {
        let open = self.state().open.clone().ok_or_else(|| CommandError::new(ErrorCode::Locked, ""))?;
        if open.idle_ms(self.clock()) >= crate::session::LOCK_AFTER_MS {
            self.close();
            return Err(CommandError::new(ErrorCode::Locked, ""));
        }
        open.draw_veil_if_idle(self.clock())?;
        Ok(open)
    }

    /// The open profile, for what names someone or shows a note.
    pub(crate) fn unveiled(&self) -> Result<Arc<Open>, CommandError> {
        let open = self.open()?;
        if open.veiled() { Err(CommandError::new(ErrorCode::Veiled, "")) } else { Ok(open) }
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        self.options.clock.as_ref()
    }

    /// The present, as well as this tablet can know it.
    pub(crate) fn now_ms(&self, store: &Store) -> Result<i64, CommandError> {
        let anchor: Option<Anchor> = store.fact(palier_exchange::round::ANCHOR_FACT)?;
        Ok(trusted_now_ms(anchor.as_ref(), self.clock()))
    }

    /// Closes the open profile: nothing answers any more. Its connection and its key are dropped as soon as the store, whom
    /// nobody waits for now, has given back the room that it does not need.
    pub(crate) fn close(&self) {
        let open = self.state().open.take();
        self.changed(&["session"]);
        if let Some(open) = open {
            // What could not be tidied is as it was, and is tried at the next close.
            std::thread::spawn(move || drop(lock(&open.store).tidy()));
        }
    }

    /// Records of any kind may be others now: after a sync, a bundle, an undo.
    pub(crate) fn records_changed(&self) {
        self.changed(&[
            "sync",
            "places",
            "visits",
            "households",
            "referrals",
            "actions",
            "outings",
            "journal",
            "session",
        ]);
    }

    /// A write was committed: tell the screens, and the background that something waits.
    pub(crate) fn wrote(&self, areas: &[&str]) {
        let mut all = areas.to_vec();
        all.extend(["journal", "sync"]);
        self.changed(&all);
        self.wake.now();
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A panic elsewhere must not take the tablet down: every write is one transaction, so no half state is behind the lock.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl CommandError {
    /// A fault of the disk.
    pub(crate) fn from_io(error: &std::io::Error) -> Self {
        let full = error.kind() == std::io::ErrorKind::StorageFull;
        Self::new(if full { ErrorCode::StorageFull } else { ErrorCode::Internal }, "disk")
    }

    pub(crate) fn field(name: &str) -> Self {
        Self::new(ErrorCode::InvalidField, name)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(ErrorCode::NotFound, "")
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let (code, detail) = match error {
            StoreError::Newer => (ErrorCode::NewerStore, ""),
            StoreError::Full => (ErrorCode::StorageFull, ""),
            StoreError::NotFound => (ErrorCode::NotFound, ""),
            StoreError::Erased => (ErrorCode::Erased, ""),
            StoreError::NotUndoable => (ErrorCode::NotUndoable, ""),
            StoreError::NotAgreed(purpose) => (ErrorCode::AgreementNeeded, purpose),
            StoreError::WrongKey => (ErrorCode::Internal, "key"),
            StoreError::Damaged => (ErrorCode::Internal, "damaged"),
            StoreError::NoAuthor => (ErrorCode::Internal, "author"),
            StoreError::Sqlite(_) | StoreError::Migration(_) => (ErrorCode::Internal, "sqlite"),
            StoreError::Packed(_) | StoreError::Journal(_) => (ErrorCode::Internal, "packed"),
        };
        Self::new(code, detail)
    }
}

impl From<VaultError> for CommandError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Weak(weakness) => Self::new(ErrorCode::WeakPin, weakness.code()),
            VaultError::Newer { .. } => Self::new(ErrorCode::NewerStore, ""),
            VaultError::Storage { kind: std::io::ErrorKind::StorageFull } => Self::new(ErrorCode::StorageFull, ""),
            VaultError::KeystoreUnreachable => Self::new(ErrorCode::Internal, "keystore_unreachable"),
            VaultError::KeystoreLost => Self::new(ErrorCode::Internal, "keystore_lost"),
            VaultError::NoMemory => Self::new(ErrorCode::Internal, "memory"),
            _ => Self::new(ErrorCode::Internal, "vault"),
        }
    }
}
