//! A tablet: the real store and the real round of sync, a clock that may be wrong, and what was written with it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use ed25519_dalek::SigningKey;
use palier_exchange::{Boot, Clock, Credential};
use palier_store::{Store, StoreError};
use palier_sync::{Body, Change, HeadId, Replica, ScopeKey, Stamp, Value};
use uuid::Uuid;

use crate::database::{self, Database};
use crate::programme::{TERRITORY, structure};
use crate::server::Server;

/// A value that someone wrote: what the end of the history must account for.
#[derive(Debug, Clone)]
pub struct Written {
    /// Where.
    pub scope: ScopeKey,
    /// The record.
    pub record: Uuid,
    /// The field.
    pub field: u16,
    /// Its name.
    pub head: HeadId,
    /// When, by its author's clock.
    pub stamp: Stamp,
    /// What.
    pub value: Value,
}

/// What its clock says.
#[derive(Debug, Clone, Copy)]
pub enum Hand {
    /// Wrong by so many milliseconds.
    Wrong(i64),
    /// It stands still.
    Frozen(i64),
}

/// A tablet at work, or one that is not heard any more.
pub struct Tablet {
    /// What it writes on.
    pub database: Database,
    /// Its store.
    pub store: Arc<Mutex<Store>>,
    /// Who it is to the server.
    pub credential: Credential,
    /// Where it is used: its place at work.
    pub at: usize,
    /// Its clock.
    pub hand: Hand,
    /// Steps to a power cut; none when 0.
    pub cut: u64,
    /// A row was lost: the next whole sync may have to repair.
    pub damaged: bool,
    /// It speaks as the version before.
    pub older: bool,
    /// The coordinator said that it is not heard for a while.
    pub suspended: bool,
    /// Changes that the server acknowledged.
    pub acknowledged: u64,
    /// The server was put back to an older copy while this tablet was in use: it may hold what the server lost.
    pub outlived: bool,
    /// Scopes that it had to give up, and records that it lost without a trace: what the server lost as well is nowhere then.
    pub given_up: BTreeSet<ScopeKey>,
    /// See `given_up`.
    pub lost: BTreeSet<Uuid>,
    /// What it wrote.
    pub written: Vec<Written>,
}

impl Tablet {
    /// Enrols a new tablet at a place at work. `number` is of the history: none has another's key.
    pub fn enrolled(server: &Server, at: usize, side: usize, number: u32) -> Self {
        let mut seed = [9; 32];
        seed[..4].copy_from_slice(&number.to_le_bytes());
        let key = SigningKey::from_bytes(&seed);
        let hex = data_encoding::HEXLOWER.encode(key.verifying_key().as_bytes());
        let now = server.now_ms();
        let (replica, name) = server.ask(move |centre| {
            let profile = crate::programme::profile(at);
            let replica = centre.registry.add_tablet(profile, structure(side), "essai", &hex, "0", now)?;
            Ok::<_, palier_sync_server::CentreError>((replica, centre.server().to_owned()))
        });
        let database = Database::like(database::Kind::Store);
        let store = Store::over(database.open()).unwrap();
        store.set_replica(replica).unwrap();
        Self {
            database,
            store: Arc::new(Mutex::new(store)),
            credential: Credential {
                server: name,
                territory: TERRITORY.to_string(),
                replica,
                key,
                app_version: "0".to_owned(),
            },
            at,
            hand: Hand::Wrong(0),
            cut: 0,
            damaged: false,
            older: false,
            suspended: false,
            acknowledged: 0,
            outlived: false,
            given_up: BTreeSet::new(),
            lost: BTreeSet::new(),
            written: Vec::new(),
        }
    }

    /// Its replica.
    pub fn replica(&self) -> Replica {
        self.credential.replica
    }

    /// Its store.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap()
    }

    /// What its clock says when the true time is this, UTC milliseconds.
    pub fn clock_ms(&self, true_ms: i64) -> i64 {
        match self.hand {
            Hand::Wrong(by) => true_ms.saturating_add(by),
            Hand::Frozen(at) => at,
        }
    }

    /// The power comes back: every connection is a new one.
    pub fn reopen(&mut self) {
        *self.store.lock().unwrap() = Store::over(self.database.open()).unwrap();
    }

    /// Notes what a write left.
    pub fn note(&mut self, changes: &[Change]) {
        for change in changes {
            let Body::Set(edits) = &change.body else { continue };
            let mut parts = std::collections::BTreeMap::new();
            for edit in edits {
                let part = parts.entry(edit.field).and_modify(|part| *part += 1).or_insert(0u8);
                let head = HeadId { dot: change.dot, part: *part };
                let (scope, record, field, stamp) = (change.scope, change.record, edit.field, change.stamp);
                self.written.push(Written { scope, record, field, head, stamp, value: edit.value.clone() });
            }
        }
    }

    /// Scopes that it holds.
    pub fn scopes(&self) -> BTreeSet<ScopeKey> {
        self.store().scopes().unwrap().into_iter().map(|(scope, _)| scope).collect()
    }

    /// Sequences up to which the server said that it has everything.
    pub fn let_go(&self) -> u64 {
        let store = self.store();
        let first = store.outbox(1, 1).unwrap().first().map(|change| change.dot.sequence);
        first.map_or_else(|| store.fact("sequence").unwrap().unwrap_or(0), |first| first - 1)
    }

    /// Why a change of its own was refused; none when it was not.
    pub fn refusal(&self, sequence: u64) -> Option<String> {
        let sequence = i64::try_from(sequence).unwrap();
        let mut statement =
            self.database.look().prepare_cached("SELECT reason FROM quarantine WHERE sequence = ?1").unwrap();
        statement.query_row([sequence], |row| row.get(0)).ok()
    }
}

/// What a store says of its own journal before a write that may be cut.
pub struct Standing {
    pending: u32,
    sequence: u64,
    clock: u64,
}

impl Standing {
    /// As it is.
    pub fn of(store: &Store) -> Self {
        Self {
            pending: store.pending().unwrap().changes,
            sequence: store.fact("sequence").unwrap().unwrap_or(0),
            clock: store.fact("clock").unwrap().unwrap_or(0),
        }
    }

    /// I8: the write is there whole or not at all, and time does not go back.
    pub fn check_whole(&self, store: &Store) {
        let after = Self::of(store);
        let given = after.sequence.wrapping_sub(self.sequence);
        let queued = u64::from(after.pending).wrapping_sub(u64::from(self.pending));
        assert_eq!(queued, given, "I8: each number given has its change in the queue");
        assert!(after.clock >= self.clock, "I8: the clock never goes back");
    }

    /// I8: rows and what is kept about them are of the same moment.
    pub fn check_counted(store: &Store) {
        for (scope, _) in store.scopes().unwrap() {
            let counted = store.digest_from_rows(&scope).unwrap();
            assert_eq!(counted, store.digest(&scope).unwrap(), "I8: no write stands by half ({scope})");
        }
    }
}

/// The clocks of a tablet during a sync: its own clock starts again each time, so that only its wall clock tells.
pub struct Wall(pub i64);

impl Clock for Wall {
    fn wall_ms(&self) -> i64 {
        self.0
    }
    fn boot(&self) -> Boot {
        Boot { id: [0; 16], ms: 0 }
    }
}

/// A write that may be refused or cut: what was written, or nothing.
pub fn done<T>(result: Result<T, StoreError>, cut: u64) -> Option<T> {
    match result {
        Ok(done) => Some(done),
        Err(StoreError::Erased | StoreError::NotUndoable | StoreError::NotAgreed(_)) => None,
        Err(StoreError::Sqlite(_)) if cut > 0 => None,
        Err(error) => panic!("a write failed: {error:?}"),
    }
}
