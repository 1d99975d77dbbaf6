//! The data folder: who may open it, its key, and one server at a time.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use crate::registry::random;
use crate::{CentreError, tls};

/// Name of the file with the key of the server's databases.
pub(crate) const KEY_FILE: &str = "server.key";

/// Name of the file that a running server holds locked. It is empty.
const LOCK_FILE: &str = "server.lock";

/// The folder is ours alone until this is dropped: no other server, no restore, no rebuild.
#[derive(Debug)]
pub struct FolderLock(#[expect(dead_code, reason = "dropping the file is what unlocks")] File);

impl FolderLock {
    /// Takes the folder, which is made when it is not there.
    ///
    /// # Errors
    /// `InUse` when a server has it, or `Disk`.
    pub fn take(folder: &Path) -> Result<Self, CentreError> {
        make_private(folder)?;
        let file = File::create(folder.join(LOCK_FILE))?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(CentreError::InUse),
            Err(TryLockError::Error(error)) => Err(CentreError::Disk(error)),
        }
    }
}

/// Makes the folder if it is not there; what is made is its owner's alone.
pub(crate) fn make_private(folder: &Path) -> Result<(), CentreError> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

/// The key of the databases, drawn when the folder is new.
pub(crate) fn key_of(folder: &Path) -> Result<[u8; 32], CentreError> {
    let path = folder.join(KEY_FILE);
    if path.exists() {
        let bytes = data_encoding::HEXLOWER.decode(fs::read(&path)?.trim_ascii()).map_err(|_| CentreError::KeyFile)?;
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
