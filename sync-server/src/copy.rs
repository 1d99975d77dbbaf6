//! Copies of the data: backup, restore, a read model built again, and the list of what a restore must not bring back.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use palier_sync::{RecordType, Replica, ScopeKey};
use uuid::Uuid;

use crate::centre::SERVER;
use crate::folder::{self, KEY_FILE};
use crate::ledger::Erasure;
use crate::registry::TabletStatus;
use crate::{Centre, CentreError, CentreOptions, FolderLock, tls};

/// Name of the list, in the data folder and in each backup. It holds ids and numbers, no value.
pub const LIST_FILE: &str = "erased.log";

/// Files without which a folder is no backup.
const NEEDED: [&str; 3] = ["ledger.db", "registry.db", KEY_FILE];

/// Files that a server that never served does not have yet.
const PERHAPS: [&str; 2] = [tls::CA_FILE, tls::CA_KEY_FILE];

/// Files of the read model.
const READ_MODEL: [&str; 3] = ["read-model.db", "read-model.db-wal", "read-model.db-shm"];

/// What stays so whatever copy is restored: who was erased, which tablets are not heard any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lasting {
    /// Erased records.
    pub erased: Vec<Erasure>,
    /// Revoked tablets.
    pub revoked: Vec<Replica>,
}

impl Lasting {
    /// Reads a list.
    ///
    /// # Errors
    /// `List` with the number of the first line that does not read: half a list would bring people back.
    pub fn read(text: &str) -> Result<Self, CentreError> {
        let mut lasting = Self::default();
        for (number, line) in text.lines().enumerate() {
            let parts: Vec<&str> = line.split_whitespace().collect();
            let read = match parts.as_slice() {
                [] => Some(()),
                ["record", record, scope, kind] => {
                    erasure(record, scope, kind).map(|erasure| lasting.erased.push(erasure))
                }
                ["tablet", replica] => replica.parse().ok().map(|replica| lasting.revoked.push(replica)),
                _ => None,
            };
            read.ok_or(CentreError::List(number.saturating_add(1)))?;
        }
        Ok(lasting)
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        let records = self.erased.iter().map(|erasure| {
            let Erasure { record, scope, kind } = erasure;
            format!("record {record} {scope} {kind}")
        });
        records.chain(self.revoked.iter().map(|replica| format!("tablet {replica}")))
    }
}

fn erasure(record: &str, scope: &str, kind: &str) -> Option<Erasure> {
    let (record, scope) = (Uuid::parse_str(record).ok()?, ScopeKey::from_str(scope).ok()?);
    Some(Erasure { record, scope, kind: kind.parse().ok()? })
}

impl Centre {
    /// Who was erased and which tablets are revoked, as the databases say.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn lasting(&self) -> Result<Lasting, CentreError> {
        let tablets = self.registry.tablets()?.into_iter();
        let revoked = tablets.filter(|tablet| tablet.status == TabletStatus::Revoked).map(|tablet| tablet.replica);
        Ok(Lasting { erased: self.ledger().erased()?, revoked: revoked.collect() })
    }

    /// Records that were erased.
    ///
    /// # Errors
    /// A fault of the ledger.
    pub fn erased(&self) -> Result<Vec<Erasure>, CentreError> {
        Ok(self.ledger().erased()?)
    }

    /// Adds to the list of the data folder what it does not say yet. Lines are only ever added.
    pub(crate) fn keep_list(&self) -> Result<(), CentreError> {
        if self.folder().as_os_str().is_empty() {
            return Ok(());
        }
        let path = self.folder().join(LIST_FILE);
        let text = if path.exists() { fs::read_to_string(&path)? } else { String::new() };
        let known: BTreeSet<&str> = text.lines().collect();
        let missing: Vec<String> = self.lasting()?.lines().filter(|line| !known.contains(line.as_str())).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mut options = fs::OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path)?;
        file.write_all((missing.join("\n") + "\n").as_bytes())?;
        Ok(file.sync_all()?)
    }

    /// Changes whether a tablet is heard; a revoked one stays so, also after a restore.
    ///
    /// # Errors
    /// `NotFound`, `Disk`, or a fault of a database.
    pub fn set_tablet_status(&self, replica: Replica, status: TabletStatus) -> Result<(), CentreError> {
        self.registry.set_tablet_status(replica, status)?;
        self.keep_list()
    }

    /// Copies everything but the read model, consistent, to a new folder. The key goes with it: keep the copy where the
    /// server itself could stand.
    ///
    /// # Errors
    /// `Disk`, or a fault of a database.
    pub fn backup(&self, target: &Path, now_ms: i64) -> Result<(), CentreError> {
        folder::make_private(target)?;
        // The ledger first: a tablet enrolled meanwhile is then known, and has only nothing yet.
        self.ledger().copy_to(&target.join("ledger.db"))?;
        self.registry.put_setting("last_backup", &now_ms.to_string())?;
        self.registry.copy_to(&target.join("registry.db"))?;
        self.keep_list()?;
        for file in [KEY_FILE, tls::CA_FILE, tls::CA_KEY_FILE, LIST_FILE] {
            let source = self.folder().join(file);
            if source.exists() {
                fs::copy(source, target.join(file))?;
            }
        }
        Ok(())
    }

    /// Makes a restored centre safe to serve: nothing that was given since the copy is given again, nobody who was erased
    /// and no tablet that was revoked comes back, no session or code of then opens anything.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn settle(&mut self, lasting: &Lasting, now_ms: i64) -> Result<(), CentreError> {
        let tablets: Vec<Replica> = self.registry.tablets()?.iter().map(|tablet| tablet.replica).collect();
        self.ledger_mut().skip_ahead(&tablets, now_ms)?;
        self.store.resume_sequence(self.ledger().last_of(SERVER)?)?;
        self.registry.settle_restored(&lasting.revoked, now_ms)?;
        self.write(now_ms, |draft| {
            for erasure in &lasting.erased {
                if let Some(kind) = RecordType::from_number(erasure.kind) {
                    // Also what this copy never held: a tablet that was offline may bring it.
                    draft.erase(erasure.scope, erasure.record, kind)?;
                }
            }
            Ok::<_, CentreError>(())
        })?;
        self.keep_list()?;
        self.ledger().scrub()?;
        Ok(())
    }
}

/// Brings a backup back into a folder that does not exist yet, and lets `lasting` stand. The folder appears when all is done.
///
/// # Errors
/// `Exists`, `NotFound` when `source` is no backup, `Newer`, `Disk`, or a fault of a database.
pub fn restore(source: &Path, target: &Path, lasting: &Lasting, now_ms: i64) -> Result<(), CentreError> {
    if target.exists() {
        return Err(CentreError::Exists);
    }
    if !NEEDED.iter().all(|file| source.join(file).is_file()) {
        return Err(CentreError::NotFound);
    }
    let mut name = target.file_name().unwrap_or_default().to_owned();
    name.push(".restoring");
    let work = target.with_file_name(name);
    // What a restore that was cut left behind is only a copy.
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    folder::make_private(&work)?;
    for file in NEEDED.into_iter().chain(PERHAPS).filter(|file| source.join(file).is_file()) {
        fs::copy(source.join(file), work.join(file))?;
    }
    let mut centre = Centre::open(&work, CentreOptions::default())?;
    centre.settle(lasting, now_ms)?;
    centre.checkpoint()?;
    drop(centre);
    Ok(fs::rename(work, target)?)
}

/// What a read model built again says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Changes read.
    pub changes: u64,
    /// Scopes whose digest is not what it was; empty when the old read model was right.
    pub differing: Vec<ScopeKey>,
}

impl Rebuilt {
    /// Compares a centre whose read model was built again with the digests of the old one.
    ///
    /// # Errors
    /// A fault of a database.
    pub fn since(before: &[(ScopeKey, String)], centre: &Centre) -> Result<Self, CentreError> {
        let after = centre.digests()?;
        let differing = before.iter().filter(|known| !after.contains(known)).map(|(scope, _)| *scope).collect();
        Ok(Self { changes: centre.change_count()?, differing })
    }
}

/// Builds the read model again from the ledger, whatever became of the old one.
///
/// # Errors
/// `InUse` when a server runs, `Newer`, `Disk`, or a fault of a database.
pub fn rebuild(folder: &Path) -> Result<Rebuilt, CentreError> {
    let _lock = FolderLock::take(folder)?;
    // A damaged read model does not open: there is nothing to compare with then.
    let before = Centre::open(folder, CentreOptions::default()).and_then(|centre| centre.digests()).unwrap_or_default();
    remove_read_model(folder)?;
    let centre = Centre::open(folder, CentreOptions::default())?;
    let rebuilt = Rebuilt::since(&before, &centre)?;
    centre.checkpoint()?;
    Ok(rebuilt)
}

/// Removes the read model of a folder: the next start makes it again from the ledger.
///
/// # Errors
/// `Disk`.
pub fn remove_read_model(folder: &Path) -> Result<(), CentreError> {
    let files: Vec<PathBuf> = READ_MODEL.iter().map(|name| folder.join(name)).filter(|path| path.exists()).collect();
    for file in files {
        fs::remove_file(file)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_reads_whole_or_not_at_all() {
        let erasure = Erasure { record: Uuid::from_u128(7), scope: ScopeKey::Territory, kind: 21 };
        let lasting = Lasting { erased: vec![erasure], revoked: vec![4] };
        let text: String = lasting.lines().map(|line| line + "\n").collect();
        assert_eq!(Lasting::read(&text).unwrap(), lasting, "what is written reads");
        assert_eq!(Lasting::read("").unwrap(), Lasting::default(), "nobody was erased yet");
        for (bad, line) in [("tablet x", 1), ("\nrecord 7", 2), ("tablet 1\nPK\u{3}\u{4}", 2)] {
            assert!(
                matches!(Lasting::read(bad), Err(CentreError::List(number)) if number == line),
                "{bad:?} says where it is wrong"
            );
        }
    }
}
