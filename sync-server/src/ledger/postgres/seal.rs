//! What the database keeps of what people wrote is sealed with the server's key: whoever runs the database, keeps its
//! backups or finds its disks reads ids and numbers, no text.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use palier_sync::Replica;
use uuid::Uuid;

use super::super::LedgerError;

/// Length of the nonce that stands before each sealed value, in bytes.
const NONCE_BYTES: usize = 24;

/// Tells this use of the server's key from every other.
const PURPOSE: &str = "palier1 ledger on PostgreSQL 2026-11";

/// What a sealed value is, so that none can be put in the place of another.
#[derive(Clone, Copy)]
pub(super) enum What {
    /// A change.
    Change,
    /// A kept batch, by its first sequence.
    Batch,
    /// What a compaction left of a change.
    Packed,
}

impl What {
    /// A change, packed or as it came.
    pub(super) const fn of(packed: bool) -> Self {
        if packed { Self::Packed } else { Self::Change }
    }
}

/// Seals and opens the values of one territory.
pub(super) struct Seal {
    cipher: XChaCha20Poly1305,
    territory: Uuid,
}

impl Seal {
    pub(super) fn new(server_key: &[u8; 32], territory: Uuid) -> Self {
        let key = blake3::derive_key(PURPOSE, server_key);
        Self { cipher: XChaCha20Poly1305::new(Key::from_slice(&key)), territory }
    }

    fn place(&self, what: What, replica: Replica, sequence: u64) -> String {
        let what = match what {
            What::Change => "change",
            What::Batch => "batch",
            What::Packed => "packed",
        };
        format!("{what} {} {replica} {sequence}", self.territory)
    }

    /// Seals a value of an author at a sequence.
    pub(super) fn close(
        &self,
        what: What,
        (replica, sequence): (Replica, u64),
        clear: &[u8],
    ) -> Result<Vec<u8>, LedgerError> {
        let mut nonce = [0u8; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| LedgerError::Sealed)?;
        let place = self.place(what, replica, sequence);
        let payload = Payload { msg: clear, aad: place.as_bytes() };
        let boxed = self.cipher.encrypt(XNonce::from_slice(&nonce), payload).map_err(|_| LedgerError::Sealed)?;
        Ok([nonce.as_slice(), &boxed].concat())
    }

    /// Opens a value; fails for another key, another place, or a byte that changed.
    pub(super) fn open(
        &self,
        what: What,
        (replica, sequence): (Replica, u64),
        sealed: &[u8],
    ) -> Result<Vec<u8>, LedgerError> {
        let (nonce, boxed) = sealed.split_at_checked(NONCE_BYTES).ok_or(LedgerError::Sealed)?;
        let place = self.place(what, replica, sequence);
        let payload = Payload { msg: boxed, aad: place.as_bytes() };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| LedgerError::Sealed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_in_its_place_alone() {
        let seal = Seal::new(&[7; 32], Uuid::from_u128(1));
        let sealed = seal.close(What::Change, (3, 4), b"note").unwrap();
        assert_eq!(seal.open(What::Change, (3, 4), &sealed).unwrap(), b"note", "it opens");
        assert!(!sealed.windows(4).any(|window| window == b"note"), "and does not show");
        let mut bent = sealed.clone();
        *bent.last_mut().unwrap() ^= 1;
        let other_key = Seal::new(&[8; 32], Uuid::from_u128(1));
        let elsewhere = Seal::new(&[7; 32], Uuid::from_u128(2));
        for refused in [
            seal.open(What::Change, (3, 5), &sealed),
            seal.open(What::Batch, (3, 4), &sealed),
            seal.open(What::Change, (3, 4), &bent),
            seal.open(What::Change, (3, 4), b"short"),
            other_key.open(What::Change, (3, 4), &sealed),
            elsewhere.open(What::Change, (3, 4), &sealed),
        ] {
            assert!(matches!(refused, Err(LedgerError::Sealed)), "nowhere else, by no other key, unchanged");
        }
    }
}
