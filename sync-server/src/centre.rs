//! The centre: ledger, registry and read model behind one lock, and what a tablet's request does to them.

use std::path::{Path, PathBuf};

use palier_store::{Draft, Store, StoreError, StoreKey};
use palier_sync::catalogue::{agreement as a, person as p};
use palier_sync::wire::{Batch, Consumed, Refused, Restamped, ScopePage, SyncAnswer, SyncRequest};
use palier_sync::{Change, RecordType, Replica, ScopeKey, limits, resolve, sign};
use uuid::Uuid;

use crate::authorise::{Worker, held_scopes, written_scopes};
use crate::ledger::{Author, Ledger, LedgerError, PageLimits, SqliteLedger};
use crate::registry::{PasswordPolicy, Registry, Tablet, random};
use crate::{CentreError, tls};

/// The replica of what the server writes itself.
const SERVER: Replica = palier_sync::dot::SERVER_REPLICA;

/// How the centre is opened.
#[derive(Debug, Clone, Copy)]
pub struct CentreOptions {
    /// What a password costs.
    pub passwords: PasswordPolicy,
    /// The territory of a new folder; drawn when none is given.
    pub territory: Option<Uuid>,
}

impl Default for CentreOptions {
    fn default() -> Self {
        Self { passwords: PasswordPolicy::STANDARD, territory: None }
    }
}

/// Everything a server holds of its territory.
pub struct Centre {
    folder: PathBuf,
    territory: Uuid,
    server: String,
    challenge_key: [u8; 32],
    recovery_public: String,
    ledger: Box<dyn Ledger>,
    /// The read model: the tablet's own store, fed from the ledger.
    pub store: Store,
    /// Who may speak.
    pub registry: Registry,
}

/// A request refused before anything was consumed.
#[derive(Debug)]
pub enum SyncRefusal {
    /// A batch's signature does not fit its author.
    Signature,
    /// A batch begins too late.
    Gap(u64),
    /// A batch is not of the form.
    Form(&'static str),
    /// The centre could not.
    Fault(CentreError),
}

impl<E: Into<CentreError>> From<E> for SyncRefusal {
    fn from(error: E) -> Self {
        match error.into() {
            CentreError::Ledger(LedgerError::Gap { expected }) => Self::Gap(expected),
            CentreError::Ledger(LedgerError::Form(what)) => Self::Form(what),
            other => Self::Fault(other),
        }
    }
}

impl Centre {
    /// Opens or makes the centre of a folder, and brings the read model up to the ledger.
    ///
    /// # Errors
    /// `Newer`, `KeyFile`, `Disk`, or a fault of a database.
    pub fn open(folder: &Path, options: CentreOptions) -> Result<Self, CentreError> {
        std::fs::create_dir_all(folder)?;
        let key = key_of(folder)?;
        let store_key = || StoreKey::new(key);
        let registry = Registry::open(&folder.join("registry.db"), &store_key(), options.passwords)?;
        let territory =
            registry.setting("territory", || Ok(options.territory.unwrap_or_else(Uuid::now_v7).to_string()))?;
        let territory = Uuid::parse_str(&territory).map_err(|_| CentreError::KeyFile)?;
        tls::recovery_key(folder, &registry)?;
        let ledger = SqliteLedger::open(&folder.join("ledger.db"), &store_key(), territory)?;
        let store = Store::open(&folder.join("read-model.db"), &store_key())?;
        Self::assemble(folder, territory, Box::new(ledger), store, registry)
    }

    /// A centre whose databases live in memory, for simulations: the same code over real SQLite.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn in_memory(territory: Uuid, passwords: PasswordPolicy) -> Result<Self, CentreError> {
        let registry = Registry::in_memory(passwords)?;
        registry.put_setting("recovery_public", "")?;
        let ledger = SqliteLedger::in_memory(territory)?;
        Self::assemble(Path::new(""), territory, Box::new(ledger), Store::in_memory()?, registry)
    }

    fn assemble(
        folder: &Path,
        territory: Uuid,
        ledger: Box<dyn Ledger>,
        store: Store,
        registry: Registry,
    ) -> Result<Self, CentreError> {
        let server = registry.setting("server", || Ok(Uuid::now_v7().to_string()))?;
        let challenge = registry.setting("challenge_key", || Ok(data_encoding::HEXLOWER.encode(&random::<32>()?)))?;
        let challenge_key = data_encoding::HEXLOWER
            .decode(challenge.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(CentreError::KeyFile)?;
        let recovery_public = registry.setting("recovery_public", || Err(CentreError::KeyFile))?;
        store.set_replica(SERVER)?;
        store.resume_sequence(ledger.last_of(SERVER)?)?;
        let folder = folder.to_owned();
        let mut centre = Self { folder, territory, server, challenge_key, recovery_public, ledger, store, registry };
        centre.flush_own(now_ms())?;
        centre.feed(now_ms())?;
        Ok(centre)
    }

    /// The data folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The territory's id.
    #[must_use]
    pub fn territory(&self) -> Uuid {
        self.territory
    }

    /// The server's id.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// Key of the stateless challenges.
    pub(crate) fn challenge_key(&self) -> &[u8; 32] {
        &self.challenge_key
    }

    /// The organisation's public recovery key, hex.
    #[must_use]
    pub fn recovery_public(&self) -> &str {
        &self.recovery_public
    }

    /// What a coordinator or the server itself writes: into the read model, then into the ledger, as replica 0.
    ///
    /// A crash between the two leaves the changes in the store's queue; the next start sends them.
    ///
    /// # Errors
    /// What the draft refuses, or a fault of a database.
    pub fn write<T, E: From<StoreError> + From<CentreError>>(
        &mut self,
        now_ms: i64,
        draft: impl FnOnce(&mut Draft<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let written = self.store.write(now_ms, draft)?;
        self.flush_own(now_ms)?;
        self.guard_agreements(&written.changes, now_ms)?;
        Ok(written.answer)
    }

    /// Undoes or redoes a decision of a coordinator.
    ///
    /// # Errors
    /// `NotUndoable` in a store error, or a fault of a database.
    pub fn turn_act(&mut self, act: Uuid, undo: bool, now_ms: i64) -> Result<(), CentreError> {
        self.store.turn_act(act, undo, now_ms)?;
        self.flush_own(now_ms)
    }

    /// Sends the server's own changes to the ledger.
    fn flush_own(&mut self, now_ms: i64) -> Result<(), CentreError> {
        loop {
            let changes = self.store.outbox(limits::BATCH_CHANGES_MAX, limits::PAGE_BYTES)?;
            if changes.is_empty() {
                return Ok(());
            }
            let mut scopes: Vec<ScopeKey> = changes.iter().map(|change| change.scope).collect();
            scopes.sort_unstable();
            scopes.dedup();
            let author = Author { replica: SERVER, scopes, clock_ms: now_ms };
            let text = serde_json::to_string(&changes)?;
            let batch = Batch { replica: SERVER, changes: text, signature: String::new() };
            let consumption = self.ledger.consume(&batch, &author, now_ms)?;
            let refused: Vec<Refused> = refusals(SERVER, &consumption.refused);
            self.store.acknowledge(consumption.last, &refused, &[], now_ms)?;
        }
    }

    /// Brings the read model up to the ledger, scope by scope.
    fn feed(&mut self, now_ms: i64) -> Result<(), CentreError> {
        let known = self.store.scopes()?;
        for (scope, head) in self.ledger.heads()? {
            let mut scanned = known.iter().find(|(held, _)| *held == scope).map_or(0, |(_, scanned)| *scanned);
            while scanned < head {
                let page = self.ledger.page(&scope, scanned, None, PAGE)?;
                self.store.apply_page(&scope, &page.changes, page.scanned, now_ms)?;
                scanned = page.scanned;
            }
        }
        Ok(())
    }

    /// Answers a tablet whose request signature was checked.
    ///
    /// # Errors
    /// See `SyncRefusal`; nothing is consumed then.
    pub fn answer(&mut self, request: &SyncRequest, tablet: &Tablet, now_ms: i64) -> Result<SyncAnswer, SyncRefusal> {
        let worker = self.worker(tablet)?;
        let mut consumed = Vec::new();
        let mut refused = Vec::new();
        let mut restamped = Vec::new();
        for batch in &request.batches {
            let author = self.author_of(batch, request.clock_ms)?;
            let consumption = self.ledger.consume(batch, &author, now_ms)?;
            consumed.push(Consumed { replica: batch.replica, sequence: consumption.last });
            if !consumption.accepted.is_empty() {
                self.registry.arrived(batch.replica, consumption.last, now_ms)?;
            }
            refused.extend(refusals(batch.replica, &consumption.refused));
            if batch.replica == tablet.replica {
                let moved = consumption.restamped.iter();
                restamped.extend(
                    moved.map(|(sequence, effective)| Restamped { sequence: *sequence, effective: *effective }),
                );
            }
            self.feed(now_ms)?;
            self.guard_agreements(&consumption.accepted, now_ms)?;
        }
        if request.batches.iter().any(|batch| batch.changes.contains("\"body\":\"erase\"")) {
            self.ledger.scrub()?;
        }
        let held = held_scopes(&worker);
        let scopes = self.pages(&held, request, tablet.replica)?;
        let clock_off_ms = request.clock_ms.saturating_sub(now_ms);
        self.registry.heard(tablet.replica, &request.app_version, request.left_to_send, clock_off_ms, now_ms)?;
        let lost = request.cursors.iter().map(|cursor| cursor.scope).filter(|scope| !held.contains(scope));
        Ok(SyncAnswer {
            server_ms: now_ms,
            challenge: String::new(),
            consumed,
            refused,
            restamped,
            scopes,
            lost_scopes: lost.collect(),
        })
    }

    /// The author of a batch, as the registry knows them; its signature must fit their key.
    fn author_of(&self, batch: &Batch, clock_ms: i64) -> Result<Author, SyncRefusal> {
        let tablet = self.registry.tablet(batch.replica)?.ok_or(SyncRefusal::Signature)?;
        let key = verifying_key(&tablet.public_key).ok_or(SyncRefusal::Signature)?;
        sign::verify_batch(&key, &self.territory.to_string(), batch).map_err(|_| SyncRefusal::Signature)?;
        let worker = self.worker(&tablet)?;
        Ok(Author { replica: batch.replica, scopes: written_scopes(&worker), clock_ms })
    }

    /// The person behind a tablet.
    ///
    /// # Errors
    /// A fault of the read model.
    pub fn worker(&self, tablet: &Tablet) -> Result<Worker, CentreError> {
        let profile = self.store.profiles()?.into_iter().find(|profile| profile.id == tablet.profile);
        let sectors = self.store.sectors()?.into_iter().filter(|sector| sector.structures.contains(&tablet.structure));
        Ok(Worker {
            role: profile.as_ref().map(|profile| profile.role.clone()).unwrap_or_default(),
            structure: tablet.structure,
            sectors: sectors.map(|sector| sector.id).collect(),
            active: profile.is_some_and(|profile| profile.active),
        })
    }

    fn pages(&self, held: &[ScopeKey], request: &SyncRequest, replica: Replica) -> Result<Vec<ScopePage>, CentreError> {
        let mut pages = Vec::new();
        let mut room = PAGE;
        for scope in held {
            let since = request.cursors.iter().find(|cursor| cursor.scope == *scope).map_or(0, |cursor| cursor.scanned);
            // What a tablet wrote itself it has, unless it reads the scope from its start.
            let except = (since > 0).then_some(replica);
            let page = self.ledger.page(scope, since, except, room)?;
            room.changes = room.changes.saturating_sub(page.changes.len()).max(1);
            let digest = if page.more { None } else { Some(self.store.digest(scope)?.hex()) };
            pages.push(ScopePage {
                scope: *scope,
                changes: page.changes,
                scanned: page.scanned,
                more: page.more,
                digest,
            });
        }
        Ok(pages)
    }

    /// Names leave with their agreement (decisions.md 3): who is named in a household that refused or withdrew is erased,
    /// also when a tablet that had not seen the withdrawal brings the name later.
    fn guard_agreements(&mut self, changes: &[Change], now_ms: i64) -> Result<(), CentreError> {
        for household in households(&self.store, changes)? {
            let status = self.store.agreement(household, palier_domain::agreement::RECORD_NOMINATIVE)?;
            let protected = status > palier_domain::agreement::AgreementStatus::Restricted;
            let people = if protected { self.store.persons_of(household)? } else { Vec::new() };
            if people.is_empty() {
                continue;
            }
            self.store.write(now_ms, |draft| -> Result<(), StoreError> {
                for person in &people {
                    if let Some(state) = draft.state(*person)? {
                        draft.erase(state.scope, *person, RecordType::Person)?;
                    }
                }
                Ok(())
            })?;
            self.flush_own(now_ms)?;
            self.ledger.scrub()?;
        }
        Ok(())
    }

    /// Copies everything, consistent, to a new folder.
    ///
    /// # Errors
    /// `Disk`, or a fault of a database.
    pub fn backup(&self, target: &Path) -> Result<(), CentreError> {
        std::fs::create_dir_all(target)?;
        self.ledger.copy_to(&target.join("ledger.db"))?;
        self.registry.copy_to(&target.join("registry.db"))?;
        for file in [KEY_FILE, tls::CA_FILE, tls::CA_KEY_FILE] {
            std::fs::copy(self.folder.join(file), target.join(file))?;
        }
        Ok(())
    }

    /// The last consumed sequence of a replica.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn consumed(&self, replica: Replica) -> Result<u64, CentreError> {
        Ok(self.ledger.last_of(replica)?)
    }

    /// Changes accepted since the beginning.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn change_count(&self) -> Result<u64, CentreError> {
        Ok(self.ledger.heads()?.iter().map(|(_, head)| head).sum())
    }

    /// Records that were erased, for the list that a restore replays.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn erased(&self) -> Result<Vec<Uuid>, CentreError> {
        Ok(self.ledger.erased()?)
    }

    /// Erases again what an older backup still held.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn erase_again(&mut self, records: &[Uuid], now_ms: i64) -> Result<(), CentreError> {
        self.write(now_ms, |draft| {
            for record in records {
                let Some(state) = draft.state(*record)? else { continue };
                if let Some(kind) = RecordType::from_number(state.kind) {
                    draft.erase(state.scope, *record, kind)?;
                }
            }
            Ok::<_, CentreError>(())
        })?;
        Ok(self.ledger.scrub()?)
    }
}

/// A page's limits for the wire and for the feed.
const PAGE: PageLimits = PageLimits { changes: limits::PAGE_CHANGES_MAX, bytes: limits::PAGE_BYTES };

/// Name of the file with the key of the server's databases.
const KEY_FILE: &str = "server.key";

fn key_of(folder: &Path) -> Result<[u8; 32], CentreError> {
    let path = folder.join(KEY_FILE);
    if path.exists() {
        let bytes =
            data_encoding::HEXLOWER.decode(std::fs::read(&path)?.trim_ascii()).map_err(|_| CentreError::KeyFile)?;
        return bytes.try_into().map_err(|_| CentreError::KeyFile);
    }
    // Databases without their key were moved or restored by half: a new key would only hide that.
    if folder.join("ledger.db").exists() {
        return Err(CentreError::KeyFile);
    }
    let key = random::<32>()?;
    tls::write_secret(&path, data_encoding::HEXLOWER.encode(&key).as_bytes())?;
    Ok(key)
}

pub(crate) fn verifying_key(hex: &str) -> Option<ed25519_dalek::VerifyingKey> {
    let bytes: [u8; 32] = data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()?;
    ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok()
}

fn refusals(replica: Replica, refused: &[(u64, palier_sync::wire::RefusalReason)]) -> Vec<Refused> {
    refused.iter().map(|(sequence, reason)| Refused { replica, sequence: *sequence, reason: *reason }).collect()
}

/// Households whose people or agreements are among the changes.
fn households(store: &Store, changes: &[Change]) -> Result<Vec<Uuid>, CentreError> {
    let mut found = Vec::new();
    for change in changes {
        let holder = match RecordType::from_number(change.kind) {
            Some(RecordType::Person) => p::household,
            Some(RecordType::Agreement) => a::household,
            _ => continue,
        };
        let Some(state) = store.record(change.record)? else { continue };
        let household =
            resolve::latest(state.field(holder)).and_then(|head| Uuid::parse_str(head.value.as_text()).ok());
        found.extend(household.filter(|household| !found.contains(household)));
    }
    Ok(found)
}

/// The server's clock, UTC milliseconds.
#[must_use]
pub fn now_ms() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
