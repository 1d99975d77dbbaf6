//! The centre: ledger, registry and read model, kept together. What a tablet's request does to it is in `answer`, what
//! leaves and comes back as a copy in `copy`.

use std::path::{Path, PathBuf};

use palier_store::{Draft, Store, StoreError, StoreKey};
use palier_sync::catalogue::{answer, diagnosis, person as p};
use palier_sync::wire::{Batch, Refused};
use palier_sync::{Body, Change, RecordType, Replica, ScopeKey, limits, resolve};
use uuid::Uuid;

use crate::ledger::{Author, Consumption, Lease, Ledger, PageLimits, SqliteLedger};
use crate::registry::{PasswordPolicy, Registry, random};
use crate::seat::{ELSEWHERE_FILE, Keeper};
use crate::time::Time;
use crate::{CentreError, folder, roster, snapshot, tls};

/// The replica of what the server writes itself.
pub(crate) const SERVER: Replica = palier_sync::dot::SERVER_REPLICA;

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
    roster_key: ed25519_dalek::SigningKey,
    recovery_public: String,
    ledger: Box<dyn Ledger>,
    /// Keeps the registry where the ledger is, when that is no file of the folder.
    keeper: Option<Keeper>,
    /// Changes were taken, and what follows from them may not be done: a fault came between.
    owes: bool,
    /// The read model: the tablet's own store, fed from the ledger.
    pub store: Store,
    /// Who may speak.
    pub registry: Registry,
    /// What new tablets are told, made once for all of them.
    pub(crate) snapshots: snapshot::Pages,
    /// How much an answer tells of the scopes' changes.
    pub(crate) page: PageLimits,
    time: Time,
}

/// The databases of a centre, open already, and its clock: what a simulation brings.
pub struct Parts {
    /// The ledger.
    pub ledger: Box<dyn Ledger>,
    /// The read model.
    pub store: Store,
    /// Who may speak.
    pub registry: Registry,
    /// The server's clock.
    pub time: Time,
}

impl Centre {
    /// Opens or makes the centre of a folder, and brings the read model up to the ledger.
    ///
    /// # Errors
    /// `Newer`, `KeyFile`, `Elsewhere` when the ledger is in a database, `Disk`, or a fault of a database.
    pub fn open(folder: &Path, options: CentreOptions) -> Result<Self, CentreError> {
        folder::make_private(folder)?;
        if folder.join(ELSEWHERE_FILE).exists() {
            return Err(CentreError::Elsewhere);
        }
        Self::open_files(folder, options)
    }

    /// Opens the files of a folder, whatever is said of its ledger.
    pub(crate) fn open_files(folder: &Path, options: CentreOptions) -> Result<Self, CentreError> {
        let key = folder::key_of(folder)?;
        let store_key = || StoreKey::new(key);
        let registry = Registry::open(&folder.join("registry.db"), &store_key(), options.passwords)?;
        let territory =
            registry.setting("territory", || Ok(options.territory.unwrap_or_else(Uuid::now_v7).to_string()))?;
        let territory = Uuid::parse_str(&territory).map_err(|_| CentreError::KeyFile)?;
        tls::recovery_key(folder, &registry)?;
        let ledger = SqliteLedger::open(&folder.join("ledger.db"), &store_key(), territory)?;
        let store = Store::open(&folder.join("read-model.db"), &store_key())?;
        let parts = Parts { ledger: Box::new(ledger), store, registry, time: Time::default() };
        Self::assemble(folder, territory, parts, None)
    }

    /// A centre whose databases live in memory, for simulations: the same code over real SQLite.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn in_memory(territory: Uuid, passwords: PasswordPolicy) -> Result<Self, CentreError> {
        let registry = Registry::in_memory(passwords)?;
        registry.put_setting("recovery_public", "")?;
        let ledger = SqliteLedger::in_memory(territory)?;
        Self::of(
            territory,
            Parts { ledger: Box::new(ledger), store: Store::in_memory()?, registry, time: Time::default() },
        )
    }

    /// A centre over databases that are open already and without a folder, for simulations. It starts as one that was killed:
    /// the read model is brought up to the ledger, and what a fault left undone is done.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn of(territory: Uuid, parts: Parts) -> Result<Self, CentreError> {
        Self::assemble(Path::new(""), territory, parts, None)
    }

    pub(crate) fn assemble(
        folder: &Path,
        territory: Uuid,
        parts: Parts,
        keeper: Option<Keeper>,
    ) -> Result<Self, CentreError> {
        let Parts { ledger, store, registry, time } = parts;
        let server = registry.setting("server", || Ok(Uuid::now_v7().to_string()))?;
        let challenge = registry.setting("challenge_key", || Ok(data_encoding::HEXLOWER.encode(&random::<32>()?)))?;
        let challenge_key = data_encoding::HEXLOWER
            .decode(challenge.as_bytes())
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(CentreError::KeyFile)?;
        let roster_key = roster::signing_key(&registry)?;
        let recovery_public = registry.setting("recovery_public", || Err(CentreError::KeyFile))?;
        store.set_replica(SERVER)?;
        store.resume_sequence(ledger.last_of(SERVER)?)?;
        let folder = folder.to_owned();
        let snapshots = snapshot::Pages::default();
        let mut centre = Self {
            folder,
            territory,
            server,
            challenge_key,
            roster_key,
            recovery_public,
            ledger,
            keeper,
            owes: false,
            store,
            registry,
            snapshots,
            page: PAGE,
            time,
        };
        // A server that was killed between a withdrawal and what follows from it finishes here.
        centre.catch_up(centre.now_ms())?;
        centre.keep_registry()?;
        Ok(centre)
    }

    /// Tells a scope as a snapshot from so many changes on, for simulations, whose histories are short.
    pub fn set_snapshot_from(&mut self, changes: u64) {
        self.snapshots.from = changes;
    }

    /// Tells so many changes at most in a page, for simulations, whose histories are short.
    pub fn set_page_changes(&mut self, changes: usize) {
        (self.page.changes, self.snapshots.most) = (changes, changes);
    }

    /// What the server's clock says, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.time.now_ms()
    }

    /// Makes what the registry says durable where another server would look for it. On a folder's own files it is already.
    ///
    /// # Errors
    /// `Ledger(Lost)` when another server serves the territory, `Disk`, or a fault of a database.
    pub fn keep_registry(&mut self) -> Result<(), CentreError> {
        self.keeper.as_mut().map_or(Ok(()), |keeper| keeper.keep(&self.registry))
    }

    /// The lease under which a shared database is written; none for a folder's own files.
    #[must_use]
    pub fn lease(&self) -> Option<&Lease> {
        self.keeper.as_ref().map(Keeper::lease)
    }

    /// Keeps everything and lets another server have the territory at once.
    ///
    /// # Errors
    /// `Ledger(Lost)`, or a fault of a database.
    pub fn leave(&mut self) -> Result<(), CentreError> {
        self.keep_registry()?;
        self.keeper.as_ref().map_or(Ok(()), Keeper::release)
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

    /// Key that signs rosters.
    pub(crate) fn roster_key(&self) -> &ed25519_dalek::SigningKey {
        &self.roster_key
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
        self.pay_what_is_owed(now_ms)?;
        let written = self.store.write(now_ms, draft)?;
        self.owes = true;
        self.flush_own(now_ms)?;
        self.follow(&written.changes, now_ms)?;
        self.owes = false;
        Ok(written.answer)
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
            let author = Author { replica: SERVER, scopes, clock_ms: now_ms, coordinates: true, relayed: false };
            let text = serde_json::to_string(&changes)?;
            let batch = Batch { replica: SERVER, changes: text, signature: String::new() };
            let consumption = self.ledger.consume(&batch, &author, now_ms)?;
            let refused: Vec<Refused> = refusals(SERVER, &consumption.refused);
            self.store.acknowledge(consumption.last, &refused, &[], now_ms)?;
        }
    }

    /// Brings the read model up to the ledger.
    fn feed(&mut self, now_ms: i64) -> Result<(), CentreError> {
        feed(&mut self.store, self.ledger.as_ref(), now_ms)
    }

    /// Consumes a batch whose signature was checked, and all that follows from it.
    pub(crate) fn consume(&mut self, batch: &Batch, author: &Author, now_ms: i64) -> Result<Consumption, CentreError> {
        let consumption = self.ledger.consume(batch, author, now_ms)?;
        self.owes = true;
        self.feed(now_ms)?;
        self.follow(&consumption.accepted, now_ms)?;
        self.owes = false;
        Ok(consumption)
    }

    /// Does what a fault left undone after changes that are in the ledger (a full disk, say): whoever brings them again finds
    /// them consumed, so nobody else would. It stays owed until it is done.
    ///
    /// # Errors
    /// A fault of a database.
    pub(crate) fn pay_what_is_owed(&mut self, now_ms: i64) -> Result<(), CentreError> {
        if !self.owes {
            return Ok(());
        }
        self.catch_up(now_ms)?;
        self.ledger.scrub()?;
        self.snapshots.forget();
        self.owes = false;
        Ok(())
    }

    /// Brings the ledger up to what the server wrote, the read model up to the ledger, and lets names leave with their agreement.
    fn catch_up(&mut self, now_ms: i64) -> Result<(), CentreError> {
        self.flush_own(now_ms)?;
        self.feed(now_ms)?;
        let named = self.store.named_without_agreement()?;
        self.guard_agreements(&named, now_ms)?;
        self.keep_list()
    }

    /// What follows from accepted changes: names that leave with an agreement, files without a byte of what was erased.
    fn follow(&mut self, changes: &[Change], now_ms: i64) -> Result<(), CentreError> {
        let households = households(&self.store, changes)?;
        let erased = self.guard_agreements(&households, now_ms)?;
        if erased || changes.iter().any(|change| change.body == Body::Erase) {
            self.ledger.scrub()?;
            self.snapshots.forget();
            self.keep_list()?;
        }
        Ok(())
    }

    /// Names, and what was answered about rights, leave with their agreement (decisions.md 3): in a household that refused
    /// or withdrew they are erased, also when a tablet that had not seen the withdrawal brings them later. Says whether
    /// anything was.
    fn guard_agreements(&mut self, households: &[Uuid], now_ms: i64) -> Result<bool, CentreError> {
        let mut leaving = Vec::new();
        for household in households {
            let status = self.store.agreement(*household, palier_domain::agreement::RECORD_NOMINATIVE)?;
            if status > palier_domain::agreement::AgreementStatus::Restricted {
                let people = self.store.persons_of(*household)?;
                leaving.extend(people.into_iter().map(|person| (person, RecordType::Person)));
                let answers = self.store.answers_of(*household)?;
                leaving.extend(answers.into_iter().map(|answer| (answer, RecordType::Answer)));
            }
        }
        if leaving.is_empty() {
            return Ok(false);
        }
        self.store.write(now_ms, |draft| -> Result<(), StoreError> {
            for (record, kind) in &leaving {
                if let Some(state) = draft.state(*record)? {
                    draft.erase(state.scope, *record, *kind)?;
                }
            }
            Ok(())
        })?;
        self.flush_own(now_ms)?;
        Ok(true)
    }

    /// Digest of each scope, from the rows of the read model.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn digests(&self) -> Result<Vec<(ScopeKey, String)>, CentreError> {
        digests(&self.store)
    }

    /// Folds every write-ahead log into its file: what a stop leaves is three files.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn checkpoint(&self) -> Result<(), CentreError> {
        self.store.checkpoint()?;
        self.ledger.scrub()?;
        self.registry.checkpoint()
    }

    pub(crate) fn ledger(&self) -> &dyn Ledger {
        self.ledger.as_ref()
    }

    pub(crate) fn ledger_mut(&mut self) -> &mut dyn Ledger {
        self.ledger.as_mut()
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
        Ok(self.ledger.count()?)
    }
}

/// Brings a read model up to a ledger, scope by scope.
pub(crate) fn feed(store: &mut Store, ledger: &dyn Ledger, now_ms: i64) -> Result<(), CentreError> {
    let known = store.scopes()?;
    for (scope, head) in ledger.heads()? {
        let mut scanned = known.iter().find(|(held, _)| *held == scope).map_or(0, |(_, scanned)| *scanned);
        while scanned < head {
            let page = ledger.page(&scope, scanned, None, PAGE)?;
            store.apply_page(&scope, &page.changes, page.scanned, now_ms)?;
            if page.scanned <= scanned {
                break;
            }
            scanned = page.scanned;
        }
    }
    Ok(())
}

fn digests(store: &Store) -> Result<Vec<(ScopeKey, String)>, CentreError> {
    let scopes = store.scopes()?.into_iter();
    scopes.map(|(scope, _)| Ok((scope, store.digest_from_rows(&scope)?.hex()))).collect()
}

/// Digest of each scope as a ledger alone tells it, in an empty read model.
pub(crate) fn digests_of(ledger: &dyn Ledger, now_ms: i64) -> Result<Vec<(ScopeKey, String)>, CentreError> {
    let mut store = Store::in_memory()?;
    feed(&mut store, ledger, now_ms)?;
    digests(&store)
}

/// A page's limits for the wire and for the feed.
pub(crate) const PAGE: PageLimits = PageLimits { changes: limits::PAGE_CHANGES_MAX, bytes: limits::PAGE_BYTES };

pub(crate) fn verifying_key(hex: &str) -> Option<ed25519_dalek::VerifyingKey> {
    let bytes: [u8; 32] = data_encoding::HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()?;
    ed25519_dalek::VerifyingKey::from_bytes(&bytes).ok()
}

pub(crate) fn refusals(replica: Replica, refused: &[(u64, palier_sync::wire::RefusalReason)]) -> Vec<Refused> {
    refused.iter().map(|(sequence, reason)| Refused { replica, sequence: *sequence, reason: *reason }).collect()
}

/// Households whose people, agreements, diagnoses or answers are among the changes.
fn households(store: &Store, changes: &[Change]) -> Result<Vec<Uuid>, CentreError> {
    let mut found = Vec::new();
    for change in changes {
        let household = match RecordType::from_number(change.kind) {
            Some(RecordType::Person) => named(store, change.record, p::household)?,
            Some(RecordType::Agreement) => store.household_of_agreement(change.record)?,
            Some(RecordType::Diagnosis) => named(store, change.record, diagnosis::household)?,
            Some(RecordType::Answer) => match named(store, change.record, answer::diagnosis)? {
                Some(of) => named(store, of, diagnosis::household)?,
                None => None,
            },
            _ => continue,
        };
        found.extend(household.filter(|household| !found.contains(household)));
    }
    Ok(found)
}

/// The record that a field of another names.
fn named(store: &Store, record: Uuid, field: u16) -> Result<Option<Uuid>, CentreError> {
    let Some(state) = store.record(record)? else { return Ok(None) };
    Ok(resolve::latest(state.field(field)).and_then(|head| Uuid::parse_str(head.value.as_text()).ok()))
}
