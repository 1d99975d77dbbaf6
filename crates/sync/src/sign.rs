//! Signatures: on batches, kept with the changes, and on requests, with a challenge of the server. No timestamps.

use data_encoding::HEXLOWER;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use crate::{Replica, wire::Batch};

/// A signature does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The signature does not fit its content and its author")]
pub struct BadSignature;

/// What a batch's signature covers.
#[must_use]
pub fn batch_text(territory: &str, replica: Replica, changes: &str) -> Vec<u8> {
    format!("palier1\nbatch\n{territory}\n{replica}\n{changes}").into_bytes()
}

/// What a request's signature covers; `body_hash` is the hex BLAKE3 of the body as sent.
#[must_use]
pub fn request_text(method: &str, path: &str, body: &[u8], server: &str, replica: Replica, challenge: &str) -> Vec<u8> {
    let hash = blake3::hash(body).to_hex();
    format!("palier1\n{method}\n{path}\n{hash}\n{server}\n{replica}\n{challenge}").into_bytes()
}

/// Signs; the answer is 128 hexadecimal digits.
#[must_use]
pub fn sign(key: &SigningKey, text: &[u8]) -> String {
    HEXLOWER.encode(&key.sign(text).to_bytes())
}

/// Checks a signature made by [`sign`], strictly.
///
/// # Errors
/// When it does not fit.
pub fn verify(key: &VerifyingKey, text: &[u8], signature: &str) -> Result<(), BadSignature> {
    let bytes = HEXLOWER.decode(signature.as_bytes()).map_err(|_| BadSignature)?;
    let signature = Signature::from_slice(&bytes).map_err(|_| BadSignature)?;
    key.verify_strict(text, &signature).map_err(|_| BadSignature)
}

/// Checks a batch against its author's key.
///
/// # Errors
/// When the signature does not fit.
pub fn verify_batch(key: &VerifyingKey, territory: &str, batch: &Batch) -> Result<(), BadSignature> {
    verify(key, &batch_text(territory, batch.replica, &batch.changes), &batch.signature)
}
