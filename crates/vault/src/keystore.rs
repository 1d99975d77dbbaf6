//! The device secret in the operating system's keystore, through `keyring-core`.
//!
//! Linux: the Secret Service on the session's D-Bus (GNOME Keyring, KWallet). Android: SharedPreferences sealed by a key
//! of the Android Keystore; the shell's runtime gives it the application's context. Other systems have none yet and use a
//! pass-phrase.

use std::sync::Arc;

use data_encoding::HEXLOWER;
use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use crate::kek::SecretBytes;
use crate::{DeviceSecret, DeviceSecretError, ProfileKey};

/// Under which name the keystore shows the app's items.
const SERVICE: &str = "fr.palier.tablette";
/// The item that holds the device secret.
const SECRET_ITEM: &str = "device-secret";

/// The device secret in a keystore.
pub struct KeystoreSecret {
    store: Arc<CredentialStore>,
}

impl std::fmt::Debug for KeystoreSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeystoreSecret(…)")
    }
}

impl KeystoreSecret {
    /// The keystore of this device's session.
    ///
    /// # Errors
    /// When there is none or it cannot be reached: a profile then needs a pass-phrase.
    #[cfg(target_os = "linux")]
    pub fn of_this_device() -> Result<Self, DeviceSecretError> {
        let store = zbus_secret_service_keyring_store::Store::new().map_err(refusal)?;
        Self::probed(Self { store })
    }

    /// The keystore of this device.
    ///
    /// # Errors
    /// When it cannot be reached: a profile then needs a pass-phrase.
    #[cfg(target_os = "android")]
    pub fn of_this_device() -> Result<Self, DeviceSecretError> {
        let store = android_native_keyring_store::Store::new().map_err(refusal)?;
        Self::probed(Self { store })
    }

    /// This system has no keystore that Palier knows.
    ///
    /// # Errors
    /// Always.
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    pub fn of_this_device() -> Result<Self, DeviceSecretError> {
        Err(DeviceSecretError("this system has none that Palier knows".into()))
    }

    /// Any store of the keyring family.
    #[must_use]
    pub const fn in_store(store: Arc<CredentialStore>) -> Self {
        Self { store }
    }

    /// A keystore counts as one only when it answers: a bus without a keyring behind it connects as well.
    fn probed(self) -> Result<Self, DeviceSecretError> {
        self.get().map(|_| self)
    }

    fn entry(&self, item: &str) -> Result<Entry, DeviceSecretError> {
        self.store.build(SERVICE, item, None).map_err(refusal)
    }

    fn read(&self, item: &str) -> Result<Option<Zeroizing<Vec<u8>>>, DeviceSecretError> {
        match self.entry(item)?.get_secret() {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(refusal(error)),
        }
    }
}

/// What the keystore said, by kind alone: its texts may hold item names and paths.
fn refusal(error: Error) -> DeviceSecretError {
    DeviceSecretError(match error {
        Error::NoStorageAccess(_) => "it is locked or not running".into(),
        Error::PlatformFailure(_) => "the system reports a failure".into(),
        Error::Ambiguous(_) => "it holds two items of one name".into(),
        _ => "it refused".into(),
    })
}

impl DeviceSecret for KeystoreSecret {
    fn get(&self) -> Result<Option<SecretBytes>, DeviceSecretError> {
        let Some(bytes) = self.read(SECRET_ITEM)? else { return Ok(None) };
        let secret = bytes.as_slice().try_into().map_err(|_| DeviceSecretError("its item is damaged".into()))?;
        Ok(Some(SecretBytes::new(secret)))
    }

    fn put(&self, secret: &SecretBytes) -> Result<(), DeviceSecretError> {
        self.entry(SECRET_ITEM)?.set_secret(&**secret).map_err(refusal)
    }

    fn read_tries(&self, profile: &ProfileKey) -> Result<Option<Vec<u8>>, DeviceSecretError> {
        Ok(self.read(&tries_item(profile))?.map(|bytes| bytes.to_vec()))
    }

    fn write_tries(&self, profile: &ProfileKey, record: &[u8]) -> Result<(), DeviceSecretError> {
        self.entry(&tries_item(profile))?.set_secret(record).map_err(refusal)
    }
}

fn tries_item(profile: &ProfileKey) -> String {
    format!("tries-{}", HEXLOWER.encode(profile))
}
