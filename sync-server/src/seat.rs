//! A server's seat at a database that several servers share: which territory it serves, its wait for its turn, and what
//! it finds there when the turn comes.
//!
//! Files of the folder are its own: the read model, fed from the ledger, and the registry's working file. What another
//! server needs to go on is in the database before an answer leaves: the ledger, and the registry's pages.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use palier_store::{Store, StoreKey};
use palier_sync::ScopeKey;
use uuid::Uuid;

use crate::centre::Parts;
use crate::folder::{self, KEY_FILE};
use crate::ledger::{
    Lease, LedgerError, Postgres, PostgresAddress, PostgresLedger, REGISTRY_PAGE_BYTES, RegistryPages,
};
use crate::registry::Registry;
use crate::time::Time;
use crate::{Centre, CentreError, CentreOptions, copy, tls};

/// Name of the file that says that this folder's ledger is in a database. It holds the folder's name among the servers.
pub(crate) const ELSEWHERE_FILE: &str = "ledger.elsewhere";

/// A server's place at a database, before it serves.
pub struct Seat {
    folder: PathBuf,
    key: [u8; 32],
    postgres: Arc<Postgres>,
    holder: Uuid,
    /// None for a spare, which serves whichever territory is left alone.
    territory: Option<Uuid>,
}

/// Which territory a server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The folder's, else the only one of the database, else a new one.
    Own,
    /// This one.
    This(Uuid),
    /// Whichever is left alone.
    Any,
}

impl Seat {
    /// Connects, and finds which territory this folder serves.
    ///
    /// # Errors
    /// `NotMoved` when the folder holds a ledger of its own, `KeyNeeded`, `Several`, `Disk`, or a fault of the database.
    pub fn find(folder: &Path, address: &PostgresAddress, wanted: Wanted) -> Result<Self, CentreError> {
        folder::make_private(folder)?;
        if folder.join("ledger.db").exists() {
            return Err(CentreError::NotMoved);
        }
        let postgres = Arc::new(Postgres::connect(address)?);
        let territories = postgres.territories()?;
        if !territories.is_empty() && !folder.join(KEY_FILE).exists() {
            return Err(CentreError::KeyNeeded);
        }
        let key = folder::key_of(folder)?;
        let known = known_territory(folder, &key)?;
        let territory = match (wanted, known, territories.as_slice()) {
            (Wanted::Any, ..) => None,
            (Wanted::Own, Some(known), _) => Some(known),
            (Wanted::This(asked), None, _) => Some(asked),
            (Wanted::This(asked), Some(known), _) if known == asked => Some(known),
            (Wanted::This(_), Some(_), _) => return Err(CentreError::Exists),
            (Wanted::Own, None, [only]) => Some(*only),
            (Wanted::Own, None, []) => Some(Uuid::now_v7()),
            (Wanted::Own, None, _) => return Err(CentreError::Several),
        };
        Ok(Self { folder: folder.to_owned(), key, postgres, holder: holder(folder)?, territory })
    }

    /// The database.
    #[must_use]
    pub fn postgres(&self) -> &Arc<Postgres> {
        &self.postgres
    }

    /// Takes the territory if nobody serves it. `reached_at` is what others are told of this server.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn try_take(&self, reached_at: &str) -> Result<Option<Lease>, CentreError> {
        let wanted = match self.territory {
            Some(territory) => vec![territory],
            None => self.postgres.left_alone()?,
        };
        for territory in wanted {
            match self.postgres.take(territory, self.holder, reached_at) {
                Ok(lease) => return Ok(Some(lease)),
                Err(LedgerError::Held { .. } | LedgerError::Filling) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(None)
    }

    /// Keeps the read model close to the ledger while another server serves, so that taking over takes no time.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn follow(&self, now_ms: i64) -> Result<(), CentreError> {
        let Some(territory) = self.territory else { return Ok(()) };
        let ledger = PostgresLedger::reading(self.postgres.clone(), territory, &self.key);
        let mut store = self.read_model(&self.folder)?;
        crate::centre::feed(&mut store, &ledger, now_ms)
    }

    /// Digest of each scope, from the ledger alone: every change is read again into an empty read model. No lease is needed.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn digests(&self, now_ms: i64) -> Result<Vec<(ScopeKey, String)>, CentreError> {
        let territory = self.territory.ok_or(CentreError::Several)?;
        let ledger = PostgresLedger::reading(self.postgres.clone(), territory, &self.key);
        crate::centre::digests_of(&ledger, now_ms)
    }

    /// Opens the centre of a lease: the registry as the database keeps it, the read model up to the ledger.
    ///
    /// # Errors
    /// `Newer`, `KeyFile`, `Disk`, or a fault of a database.
    pub fn open(&self, lease: Lease, options: CentreOptions) -> Result<Centre, CentreError> {
        let folder = self.folder_of(&lease)?;
        let path = folder.join("registry.db");
        let mut pages = Vec::new();
        if let Some(file) = self.postgres.registry(lease.territory())? {
            pages = hashes(&file);
            // The database is right: what this file alone says was never answered to anyone.
            for log in ["registry.db-wal", "registry.db-shm"].map(|name| folder.join(name)) {
                if log.exists() {
                    fs::remove_file(log)?;
                }
            }
            tls::write_secret(&path, &file)?;
        }
        let registry = Registry::open(&path, &StoreKey::new(self.key), options.passwords)?;
        let territory = lease.territory();
        let named = registry.setting("territory", || Ok(territory.to_string()))?;
        if named != territory.to_string() {
            return Err(CentreError::KeyFile);
        }
        tls::recovery_key(&folder, &registry)?;
        tls::share_authority(&folder, &registry)?;
        let ledger = PostgresLedger::new(self.postgres.clone(), lease.clone(), &self.key);
        let store = self.read_model(&folder)?;
        let keeper = Keeper { pages, ..Keeper::new(self.postgres.clone(), lease, path) };
        let parts = Parts { ledger: Box::new(ledger), store, registry, time: Time::default() };
        Centre::assemble(&folder, territory, parts, Some(keeper))
    }

    /// The read model of a folder. What it wrote and the ledger never had was answered to nobody, and another server may
    /// have given its names to something else since: then it is made again.
    fn read_model(&self, folder: &Path) -> Result<Store, CentreError> {
        let path = folder.join("read-model.db");
        let store = Store::open(&path, &StoreKey::new(self.key))?;
        if store.outbox(1, 1)?.is_empty() {
            return Ok(store);
        }
        drop(store);
        copy::remove_read_model(folder)?;
        Ok(Store::open(&path, &StoreKey::new(self.key))?)
    }

    /// A spare has one folder for each territory that it ever served.
    fn folder_of(&self, lease: &Lease) -> Result<PathBuf, CentreError> {
        if self.territory.is_some() {
            return Ok(self.folder.clone());
        }
        let folder = self.folder.join(lease.territory().to_string());
        folder::make_private(&folder)?;
        tls::write_secret(&folder.join(KEY_FILE), data_encoding::HEXLOWER.encode(&self.key).as_bytes())?;
        Ok(folder)
    }
}

/// The territory that a folder served before.
fn known_territory(folder: &Path, key: &[u8; 32]) -> Result<Option<Uuid>, CentreError> {
    let path = folder.join("registry.db");
    if !path.exists() {
        return Ok(None);
    }
    let registry = Registry::open(&path, &StoreKey::new(*key), CentreOptions::default().passwords)?;
    let named = registry.setting_if_any("territory")?;
    named.map(|named| Uuid::parse_str(&named).map_err(|_| CentreError::KeyFile)).transpose()
}

/// The folder's name among the servers, drawn once; from then on its ledger is in the database.
pub(crate) fn holder(folder: &Path) -> Result<Uuid, CentreError> {
    let path = folder.join(ELSEWHERE_FILE);
    if path.exists() {
        return Uuid::parse_str(fs::read_to_string(&path)?.trim()).map_err(|_| CentreError::KeyFile);
    }
    let holder = Uuid::now_v7();
    tls::write_secret(&path, holder.to_string().as_bytes())?;
    Ok(holder)
}

/// The registry's file and the read model of a server that runs on this folder, for an operator's command beside it. What is
/// written goes where the territory goes with the server's next request.
pub struct Beside {
    /// Who may speak.
    pub registry: Registry,
    /// The read model.
    pub store: Store,
    #[expect(dead_code, reason = "dropping the file is what unlocks")]
    lock: fs::File,
}

impl Seat {
    /// Opens the files of the server that runs on this folder.
    ///
    /// # Errors
    /// `Ledger(Held)` when the territory is served from another folder, or a fault of a database.
    pub fn beside(&self, options: CentreOptions) -> Result<Beside, CentreError> {
        let territory = self.territory.ok_or(CentreError::Several)?;
        if let Some((holder, address)) = self.postgres.holder_of(territory)?
            && holder != self.holder
        {
            return Err(LedgerError::Held { address }.into());
        }
        let path = self.folder.join("registry.db");
        let lock = lock_registry(&path)?;
        let registry = Registry::open(&path, &StoreKey::new(self.key), options.passwords)?;
        let store = Store::open(&self.folder.join("read-model.db"), &StoreKey::new(self.key))?;
        Ok(Beside { registry, store, lock })
    }
}

/// Held while the registry's file is written by a command or read to be kept, until it is dropped.
fn lock_registry(path: &Path) -> Result<fs::File, CentreError> {
    let file = fs::File::create(path.with_extension("lock"))?;
    file.lock()?;
    Ok(file)
}

fn hashes(file: &[u8]) -> Vec<blake3::Hash> {
    file.chunks(REGISTRY_PAGE_BYTES).map(blake3::hash).collect()
}

/// Keeps the registry in the database: what a request wrote there is durable before its answer leaves.
pub(crate) struct Keeper {
    postgres: Arc<Postgres>,
    lease: Lease,
    path: PathBuf,
    /// Hash of each page as the database has it.
    pages: Vec<blake3::Hash>,
    /// What the registry said of its writings when it was last kept.
    written: Option<(u64, i64)>,
}

impl Keeper {
    pub(crate) fn new(postgres: Arc<Postgres>, lease: Lease, path: PathBuf) -> Self {
        Self { postgres, lease, path, pages: Vec::new(), written: None }
    }

    pub(crate) fn lease(&self) -> &Lease {
        &self.lease
    }

    /// Ends the lease: the next server need not wait.
    pub(crate) fn release(&self) -> Result<(), CentreError> {
        Ok(self.postgres.release(&self.lease)?)
    }

    /// Keeps the pages that changed since the last time. A registry that nobody wrote costs one comparison.
    pub(crate) fn keep(&mut self, registry: &Registry) -> Result<(), CentreError> {
        if self.written == Some(registry.written()?) {
            return Ok(());
        }
        // No operator's command writes while the file is read.
        let lock = lock_registry(&self.path)?;
        let written = registry.written()?;
        registry.checkpoint()?;
        let file = fs::read(&self.path)?;
        drop(lock);
        let hashes = hashes(&file);
        let pages = (0i64..).zip(file.chunks(REGISTRY_PAGE_BYTES)).zip(&hashes).enumerate();
        let changed = pages.filter(|(place, (_, hash))| self.pages.get(*place) != Some(hash));
        let changed = changed.map(|(_, ((number, body), _))| (number, body.to_vec())).collect();
        let count = i64::try_from(hashes.len()).unwrap_or(i64::MAX);
        self.postgres.keep_registry(&self.lease, RegistryPages { changed, count })?;
        self.pages = hashes;
        self.written = Some(written);
        Ok(())
    }
}
