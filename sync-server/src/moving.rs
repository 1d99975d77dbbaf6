//! Moving a folder's ledger to a database: all of it, compared, or none of it.
//!
//! Until the last step the folder serves as before and no server takes the territory in the database. A move that was cut
//! is run again: it begins anew.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use palier_store::StoreKey;
use palier_sync::ScopeKey;
use uuid::Uuid;

use crate::centre::digests_of;
use crate::ledger::{
    Lease, Ledger, LedgerError, Postgres, PostgresAddress, PostgresLedger, SqliteLedger, Tally, pour, tally,
};
use crate::registry::Registry;
use crate::seat::{ELSEWHERE_FILE, Keeper, holder};
use crate::{Centre, CentreError, CentreOptions, FolderLock, folder, tls};

/// Name that the ledger's file has once its content is in the database. It goes when backups of its age go.
pub const MOVED_FILE: &str = "ledger.moved.db";

/// A move that was cut holds its lease so long at most.
const LEASE_WAIT: Duration = Duration::from_secs(15);

/// Name of the ledger's file.
const LEDGER_FILE: &str = "ledger.db";

/// What was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Rows of each kind, the same on both sides.
    pub tallies: Vec<Tally>,
    /// Digest of each scope, the same in the database as it was in the folder's read model.
    pub digests: Vec<(ScopeKey, String)>,
}

/// Moves the ledger of a folder to a database. `progress` is told how many changes are there, of how many.
///
/// # Errors
/// `InUse` when a server runs, `NotFound` when the folder has no ledger, `Ledger(Occupied)` when the database holds the
/// territory, `Differs` when what came out is not what went in, `Newer`, `Disk`, or a fault of a database. Nothing is given
/// up then.
pub fn to_postgres(
    folder: &Path,
    address: &PostgresAddress,
    now_ms: i64,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Moved, CentreError> {
    let _lock = FolderLock::take(folder)?;
    if !folder.join(LEDGER_FILE).exists() {
        return Err(CentreError::NotFound);
    }
    // Opening sends what waits and brings the read model up to the ledger.
    let centre = Centre::open_files(folder, CentreOptions::default())?;
    let (territory, digests, total) = (centre.territory(), centre.digests()?, centre.change_count()?);
    centre.checkpoint()?;
    drop(centre);
    let key = folder::key_of(folder)?;
    let source = SqliteLedger::open(&folder.join(LEDGER_FILE), &StoreKey::new(key), territory)?;
    let postgres = Arc::new(Postgres::connect(address)?);
    let lease = match take(&postgres, territory) {
        // The move was cut after its last word: all is there, and was compared.
        Err(LedgerError::Occupied) if folder.join(ELSEWHERE_FILE).exists() => None,
        taken => Some(taken?),
    };
    let mut target = match &lease {
        Some(lease) => PostgresLedger::new(postgres.clone(), lease.clone(), &key),
        None => PostgresLedger::reading(postgres.clone(), territory, &key),
    };
    if lease.is_some() {
        pour(&source, &mut target, &mut |changes| progress(changes, total))?;
    }
    let moved = compare(&source, &target, digests, now_ms)?;
    source.scrub()?;
    drop(source);
    if let Some(lease) = lease {
        hand_over(folder, &key, &postgres, lease)?;
    }
    fs::rename(folder.join(LEDGER_FILE), folder.join(MOVED_FILE))?;
    Ok(moved)
}

fn take(postgres: &Postgres, territory: Uuid) -> Result<Lease, LedgerError> {
    let (begun, holder) = (Instant::now(), Uuid::now_v7());
    loop {
        match postgres.take_to_fill(territory, holder) {
            Err(LedgerError::Held { .. }) if begun.elapsed() < LEASE_WAIT => {
                std::thread::sleep(Duration::from_millis(500));
            }
            taken => return taken,
        }
    }
}

/// Every row is read back and compared; the digests of the scopes are counted from the database alone.
fn compare(
    source: &SqliteLedger,
    target: &PostgresLedger,
    mut digests: Vec<(ScopeKey, String)>,
    now_ms: i64,
) -> Result<Moved, CentreError> {
    let (before, after) = (tally(source)?, tally(target)?);
    if let Some((differing, _)) = before.iter().zip(&after).find(|(before, after)| before != after) {
        return Err(CentreError::Differs(format!("{:?}", differing.kind)));
    }
    let mut told = digests_of(target, now_ms)?;
    told.sort_unstable();
    digests.sort_unstable();
    if told != digests {
        let differing = digests.iter().find(|digest| !told.contains(digest)).or(told.first());
        return Err(CentreError::Differs(differing.map(|(scope, _)| scope.to_string()).unwrap_or_default()));
    }
    Ok(Moved { tallies: after, digests })
}

/// The registry goes with the ledger. The folder says that its ledger is elsewhere before a server may take it there, so that
/// never two of them serve.
fn hand_over(folder: &Path, key: &[u8; 32], postgres: &Arc<Postgres>, lease: Lease) -> Result<(), CentreError> {
    let path = folder.join("registry.db");
    let registry = Registry::open(&path, &StoreKey::new(*key), CentreOptions::default().passwords)?;
    tls::share_authority(folder, &registry)?;
    let mut keeper = Keeper::new(postgres.clone(), lease.clone(), path);
    keeper.keep(&registry)?;
    holder(folder)?;
    postgres.declare_whole(&lease)?;
    keeper.release()
}
