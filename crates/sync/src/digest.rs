//! A number that two copies share when their records are the same, and only then (I15).
//!
//! The digest of a scope is the sum, modulo 2^128, of a 128-bit hash of each record. Each side computes it from its own
//! rows; a sum can be kept up to date in the transaction that writes a record: take the old hash away, add the new one.

use uuid::Uuid;

pub use crate::packed::{pack, unpack, with_scope, without_scope};

/// Digest of a scope.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Digest(pub u128);

impl Digest {
    /// Adds a record.
    #[must_use]
    pub fn with(self, record: Digest) -> Self {
        Self(self.0.wrapping_add(record.0))
    }

    /// Takes a record away.
    #[must_use]
    pub fn without(self, record: Digest) -> Self {
        Self(self.0.wrapping_sub(record.0))
    }

    /// 32 hexadecimal digits, as on the wire.
    #[must_use]
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }

    /// Reads [`Digest::hex`].
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        u128::from_str_radix(text, 16).ok().map(Self)
    }
}

/// The hash of one record's packed form.
#[must_use]
pub fn of_record(record: Uuid, packed: &[u8]) -> Digest {
    let mut hasher = blake3::Hasher::new();
    hasher.update(record.as_bytes());
    hasher.update(packed);
    let mut bytes = [0u8; 16];
    hasher.finalize_xof().fill(&mut bytes);
    Digest(u128::from_le_bytes(bytes))
}
