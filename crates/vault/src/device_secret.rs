//! The second half of a PIN: 32 bytes the device keeps and the files do not hold.

use std::path::PathBuf;

use crate::kek::SecretBytes;
use crate::{ProfileKey, dek, slot_files};

/// The keystore could not be reached, or refused. Says nothing of what it holds.
#[derive(Debug, thiserror::Error)]
#[error("the keystore cannot be reached: {0}")]
pub struct DeviceSecretError(pub String);

/// Where a device keeps its secret and the count of wrong tries.
pub trait DeviceSecret: Send + Sync {
    /// The secret, or nothing when there is none (never made, or lost by the keystore).
    ///
    /// # Errors
    /// When the keystore cannot be reached; the secret may still be there.
    fn get(&self) -> Result<Option<SecretBytes>, DeviceSecretError>;

    /// Keeps a secret.
    ///
    /// # Errors
    /// When the keystore cannot be reached or refuses.
    fn put(&self, secret: &SecretBytes) -> Result<(), DeviceSecretError>;

    /// The record of wrong tries of a profile, as written by [`Self::write_tries`].
    ///
    /// # Errors
    /// When the keystore cannot be reached.
    fn read_tries(&self, profile: &ProfileKey) -> Result<Option<Vec<u8>>, DeviceSecretError>;

    /// Writes the record of wrong tries through to where it survives a pulled battery.
    ///
    /// # Errors
    /// When the keystore cannot be reached or refuses.
    fn write_tries(&self, profile: &ProfileKey, record: &[u8]) -> Result<(), DeviceSecretError>;

    /// The secret, made if there is none yet and read back before it is relied upon.
    ///
    /// # Errors
    /// When the keystore cannot be reached, refuses, or does not give back what it took.
    fn get_or_create(&self) -> Result<SecretBytes, DeviceSecretError> {
        if let Some(secret) = self.get()? {
            return Ok(secret);
        }
        let fresh = SecretBytes::new(dek::random_bytes().map_err(|error| DeviceSecretError(error.to_string()))?);
        self.put(&fresh)?;
        match self.get()? {
            Some(kept) if kept == fresh => Ok(kept),
            _ => Err(DeviceSecretError("it does not keep what it is given".into())),
        }
    }
}

/// The secret in a file: **no protection against a copied disk**, for the demonstration and tests alone.
#[derive(Debug, Clone)]
pub struct FileSecret {
    folder: PathBuf,
}

impl FileSecret {
    /// Keeps the secret below `folder`, which is made when needed.
    #[must_use]
    pub const fn in_folder(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn tries_path(&self, profile: &ProfileKey) -> PathBuf {
        self.folder.join(format!("tries-{}.bin", data_encoding::HEXLOWER.encode(profile)))
    }

    fn secret_path(&self) -> PathBuf {
        self.folder.join("device-secret.bin")
    }
}

impl From<std::io::Error> for DeviceSecretError {
    fn from(error: std::io::Error) -> Self {
        Self(error.kind().to_string())
    }
}

impl DeviceSecret for FileSecret {
    fn get(&self) -> Result<Option<SecretBytes>, DeviceSecretError> {
        let Some(bytes) = slot_files::read(&self.secret_path())?.map(zeroize::Zeroizing::new) else { return Ok(None) };
        let secret = bytes.as_slice().try_into().map_err(|_| DeviceSecretError("its file is damaged".into()))?;
        Ok(Some(SecretBytes::new(secret)))
    }

    fn put(&self, secret: &SecretBytes) -> Result<(), DeviceSecretError> {
        slot_files::make_folder(&self.folder)?;
        Ok(slot_files::replace(&self.secret_path(), &**secret)?)
    }

    fn read_tries(&self, profile: &ProfileKey) -> Result<Option<Vec<u8>>, DeviceSecretError> {
        Ok(slot_files::read(&self.tries_path(profile))?)
    }

    fn write_tries(&self, profile: &ProfileKey, record: &[u8]) -> Result<(), DeviceSecretError> {
        Ok(slot_files::overwrite(&self.tries_path(profile), record)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let secret = FileSecret::in_folder(folder.path().join("device"));
        assert!(secret.get().unwrap().is_none(), "nothing at first");
        let first = secret.get_or_create().unwrap();
        assert_eq!(first, secret.get_or_create().unwrap(), "the same ever after");
    }

    #[test]
    fn tries_are_kept_by_profile() {
        let folder = tempfile::tempdir().unwrap();
        let secret = FileSecret::in_folder(folder.path().to_owned());
        secret.write_tries(&[1; 16], b"one").unwrap();
        assert_eq!(secret.read_tries(&[1; 16]).unwrap().unwrap(), b"one", "kept");
        assert_eq!(secret.read_tries(&[2; 16]).unwrap(), None, "another profile has none");
    }

    #[test]
    fn a_damaged_file_is_no_new_secret() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("device-secret.bin"), b"short").unwrap();
        assert!(
            FileSecret::in_folder(folder.path().to_owned()).get_or_create().is_err(),
            "a new one would lock every profile out"
        );
    }
}
