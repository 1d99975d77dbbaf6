//! The proofs of an enrolment: both sides show that they know the one-time code, and neither sends it.
//!
//! The server's proof covers its certification authority, so that the code itself authenticates it: no trust on first
//! use, no trust in the network (docs/PROTOCOL.md, "Enrolment").

use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::HEXLOWER;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Argon2id of the code's key: 19 MiB, 2 passes; with 40 secret bits and 15 minutes of life, no search is possible.
const KEY_MEMORY_KIB: u32 = 19 * 1024;
const KEY_PASSES: u32 = 2;

/// No key could be made: no memory, or a salt that is no hex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("No key could be made from the code")]
pub struct NoKey;

/// What both proofs cover.
pub struct Transcript<'a> {
    /// Name of the code.
    pub lookup: &'a str,
    /// The tablet's nonce, hex.
    pub tablet_nonce: &'a str,
    /// The server's nonce, hex.
    pub server_nonce: &'a str,
    /// The server's id.
    pub server: &'a str,
    /// The authority, DER, hex.
    pub ca_der: &'a str,
    /// The tablet's public key, hex.
    pub public_key: &'a str,
}

impl Transcript<'_> {
    fn bytes(&self) -> Vec<u8> {
        let parts = [
            "palier1-enrol",
            self.lookup,
            self.tablet_nonce,
            self.server_nonce,
            self.server,
            self.ca_der,
            self.public_key,
        ];
        parts.join("\n").into_bytes()
    }

    /// The tablet's proof, hex.
    #[must_use]
    pub fn tablet_proof(&self, key: &[u8; 32]) -> String {
        proof(key, &[&self.bytes(), b"\ntablet"])
    }

    /// The server's proof over its answer, hex.
    #[must_use]
    pub fn server_proof(&self, key: &[u8; 32], enrolled: &str) -> String {
        proof(key, &[&self.bytes(), b"\nserver\n", &Sha256::digest(enrolled.as_bytes())])
    }
}

fn proof(key: &[u8; 32], parts: &[&[u8]]) -> String {
    // HMAC takes a key of any length: this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    for part in parts {
        mac.update(part);
    }
    HEXLOWER.encode(&mac.finalize().into_bytes())
}

/// Two proofs compared in constant time.
#[must_use]
pub fn same_proof(a: &str, b: &str) -> bool {
    !a.is_empty() && bool::from(subtle::ConstantTimeEq::ct_eq(a.as_bytes(), b.as_bytes()))
}

/// The key that the code's secret makes with a salt.
///
/// # Errors
/// When memory is lacking or the salt is no hex.
pub fn code_key(secret: &str, salt: &str) -> Result<Zeroizing<[u8; 32]>, NoKey> {
    let salt = HEXLOWER.decode(salt.as_bytes()).map_err(|_| NoKey)?;
    let params = Params::new(KEY_MEMORY_KIB, KEY_PASSES, 1, Some(32)).map_err(|_| NoKey)?;
    let mut key = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret.as_bytes(), &salt, key.as_mut_slice())
        .map_err(|_| NoKey)?;
    Ok(key)
}
