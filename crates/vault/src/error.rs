//! What the vault refuses, each refusal with what a person can do about it.

/// Why a vault could not be created, opened or changed. No variant holds a secret, a path or a name.
///
/// A wrong PIN and a wait are expected outcomes and not errors: see [`crate::Unlock`].
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The PIN or pass-phrase is too weak; the reason has a code for the screen.
    #[error("the PIN is too weak ({}): choose another", .0.code())]
    Weak(#[from] crate::Weakness),
    /// This profile has key slots already; they are never overwritten.
    #[error("this profile has key slots already: open it, or choose another folder")]
    AlreadyThere,
    /// This profile has no key slots: it was never enrolled here.
    #[error("this profile has no key slots here: enrol it first")]
    NotThere,
    /// The key slots were written by a newer version of the app; they are left untouched.
    #[error("the key slots have form {found}, newer than this app knows: update the app")]
    Newer {
        /// Version found in the file.
        found: u16,
    },
    /// Both copies of a slot are damaged; the other slot may still open.
    #[error("both copies of the {slot} slot are damaged: use the other slot")]
    Damaged {
        /// `pin` or `recovery`.
        slot: &'static str,
    },
    /// The slots need a device secret and the keystore cannot be reached now. No try was counted.
    #[error("the keystore of this device cannot be reached: unlock the session of the device and start the app again")]
    KeystoreUnreachable,
    /// The keystore lost the secret of these slots, or holds another: only the recovery key opens them. No try was counted.
    #[error("the keystore of this device lost its secret: recover the profile with the organisation's key")]
    KeystoreLost,
    /// The organisation's private key is not the one this profile was sealed to.
    #[error("this recovery key does not open this profile: use the key of the organisation that enrolled it")]
    WrongRecoveryKey,
    /// The key given is not the key of this profile's store.
    #[error("this key is not the key of this profile's store")]
    WrongDek,
    /// A public key that is no point of the curve, or a weak one.
    #[error("the organisation's public key is not usable: ask for a new enrolment code")]
    BadOrgKey,
    /// Argon2 could not have the memory it asked for.
    #[error("not enough free memory to check the PIN: close other apps and try again")]
    NoMemory,
    /// The storage refused to read or write; nothing was written by half.
    #[error("the storage refused: {kind}")]
    Storage {
        /// What the system said, without a path.
        kind: std::io::ErrorKind,
    },
    /// The system gave no randomness.
    #[error("the system gave no randomness: restart the device")]
    NoRandomness,
    /// The processor could not do what never fails on sound input.
    #[error("the cryptography refused sound input: report this")]
    Internal,
}

impl From<std::io::Error> for VaultError {
    /// Keeps the kind alone: the text of an input error may hold a path.
    fn from(error: std::io::Error) -> Self {
        Self::Storage { kind: error.kind() }
    }
}

impl From<crate::DeviceSecretError> for VaultError {
    fn from(_: crate::DeviceSecretError) -> Self {
        Self::KeystoreUnreachable
    }
}
