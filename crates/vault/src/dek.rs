//! The key of a profile's store, and the other 32-byte secrets: wiped when dropped, never printed, never serialised.

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::VaultError;

/// Length of every key of this crate, in bytes.
pub const KEY_BYTES: usize = 32;

/// The data encryption key: SQLCipher's raw key of one profile's store on one tablet.
///
/// It has no `Serialize`, no `Clone` and no `Display`; it is wiped from memory when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Dek([u8; KEY_BYTES]);

impl Dek {
    /// Draws a new key from the system.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`] when the system gives none.
    pub fn random() -> Result<Self, VaultError> {
        Ok(Self(random_bytes()?))
    }

    /// Takes the bytes of a key.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be handed to the store and nowhere else.
    #[must_use]
    pub const fn expose(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }
}

impl std::fmt::Debug for Dek {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dek(…)")
    }
}

/// Draws `N` bytes from the system.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N], VaultError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| VaultError::NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_never_printed() {
        let dek = Dek::from_bytes([0xAB; 32]);
        assert_eq!(format!("{dek:?}"), "Dek(…)", "a log line must not hold a key");
    }

    #[test]
    fn two_draws_differ() {
        let (a, b) = (Dek::random().unwrap(), Dek::random().unwrap());
        assert_ne!(a.expose(), b.expose(), "a key is drawn, not fixed");
    }
}
