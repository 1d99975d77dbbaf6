//! How the key of a profile's store is kept on a tablet.
//!
//! It is: two slots that each wrap the key ([`Dek`]) — one for the PIN together with a secret of the device, one for the
//! organisation's recovery key —, the policy of PINs, and the waits after wrong tries. It is not: the store, the
//! enrolment, or anything that knows of a screen. It depends on nothing of ours.
//!
//! # Invariants
//! - The key is in no file in the clear, in no log, in no `Debug`.
//! - A copy of the files without the device secret opens with no PIN at all.
//! - There is a recovery slot from the first day; nothing here ever destroys a slot.
//! - A try is counted, durably, before it is made; a wait is measured by the device's own clock and restarts with it.
//! - A file of a newer form is refused and left as it is; no damaged byte makes anything panic.
//!
//! # Where to start
//! [`Vault`], then `keyslots.rs` for the form of the file and `kek.rs` for the formula of the key.
//!
//! ```
//! use palier_vault::{FileSecret, Moment, OrgPrivate, Policy, Unlock, Vault};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let data = tempfile::tempdir()?;
//! let device = FileSecret::in_folder(data.path().join("device"));
//! let org = OrgPrivate::random()?;
//! let vault = Vault::at(data.path().join("profiles/p1"), [7; 16], Policy::cheap_for_tests());
//! let made = vault.create("493817", Some(&device), &org.public(), Moment::now())?;
//! match vault.open("493817", Some(&device), Moment::now())? {
//!     Unlock::Opened(dek) => assert_eq!(dek.expose(), made.expose()),
//!     Unlock::Wrong { wait_s, .. } | Unlock::Wait { wait_s } => unreachable!("{wait_s} s"),
//! }
//! let dek = vault.recover(&org)?;
//! vault.rewrap(&dek, "870353", Some(&device), Moment::now())?;
//! # Ok(())
//! # }
//! ```

mod boot_clock;
mod cost;
mod dek;
mod device_secret;
mod error;
mod kek;
mod keyslots;
#[cfg(feature = "keystore")]
mod keystore;
mod lockout;
mod pin_policy;
mod sealed;
mod slot_files;
mod vault;

pub use boot_clock::Moment;
pub use cost::{Cost, Policy};
pub use dek::{Dek, KEY_BYTES};
pub use device_secret::{DeviceSecret, DeviceSecretError, FileSecret};
pub use error::VaultError;
pub use kek::SecretBytes;
#[cfg(feature = "keystore")]
pub use keystore::KeystoreSecret;
pub use lockout::wait_after;
pub use pin_policy::{
    PHRASE_CHARS_MIN, PHRASE_WORDS_MIN, PIN_DIGITS_MAX, PIN_DIGITS_MIN, SECRET_CHARS_MAX, SecretKind, Weakness,
    check_secret,
};
pub use sealed::{OrgPrivate, OrgPublic, SEALED_BYTES};
pub use vault::{Unlock, Vault};

/// A profile's id, as bytes.
pub type ProfileKey = [u8; 16];
