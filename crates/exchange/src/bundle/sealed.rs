//! The file of a bundle: sealed for some tablets, by the keys that they enrolled with (docs/PROTOCOL.md, "Bundles").
//!
//! One key seals the contents with ChaCha20-Poly1305; for each reader it is wrapped under X25519 between a key of this file alone
//! and the reader's Ed25519 key in its Montgomery form. No reader is named. The hash at the end tells damage from a file that
//! is for others; what is believed, the seals and the signatures inside say.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use ed25519_dalek::{SigningKey, VerifyingKey};
use hkdf::Hkdf;
use palier_sync::limits;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::Zeroizing;

use super::BundleError;

/// First bytes of every bundle.
const MAGIC: &[u8; 14] = b"palier-bundle\n";
/// Version of the form.
pub const VERSION: u16 = 1;
/// Bytes before the wrapped keys: magic, version, territory, length of the file, key of the file, number of readers.
const FIXED: usize = 14 + 2 + 16 + 4 + 32 + 2;
/// Bytes of a wrapped key.
const WRAPPED: usize = 48;
/// Bytes of the hash at the end.
const HASH: usize = 32;
/// Bytes that a seal adds.
const TAG: usize = 16;

/// Each key seals one text: the nonce need not change.
const NONCE: [u8; 12] = [0; 12];

/// Seals bytes for readers.
///
/// # Errors
/// `NoReader`, `TooLarge`, or `Device` without randomness.
pub fn seal(plain: &[u8], territory: Uuid, readers: &[VerifyingKey]) -> Result<Vec<u8>, BundleError> {
    let count = u16::try_from(readers.len()).map_err(|_| BundleError::TooLarge)?;
    if count == 0 {
        return Err(BundleError::NoReader);
    }
    let length = FIXED + readers.len() * WRAPPED + plain.len() + TAG + HASH;
    let told = u32::try_from(length).ok().filter(|_| length <= limits::BUNDLE_BYTES_MAX);
    let key = random()?;
    let secret = StaticSecret::from(*random()?);
    let public = PublicKey::from(&secret);

    let mut file = Vec::with_capacity(length);
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(territory.as_bytes());
    file.extend_from_slice(&told.ok_or(BundleError::TooLarge)?.to_le_bytes());
    file.extend_from_slice(public.as_bytes());
    file.extend_from_slice(&count.to_le_bytes());
    for reader in readers {
        let reader = PublicKey::from(reader.to_montgomery().to_bytes());
        let wrap = wrapping_key(&secret, &reader, &public, &reader)?;
        file.extend(cipher(&wrap).encrypt(&Nonce::from(NONCE), key.as_slice()).map_err(|_| BundleError::Device)?);
    }
    let payload = Payload { msg: plain, aad: &file };
    let sealed = cipher(&key).encrypt(&Nonce::from(NONCE), payload).map_err(|_| BundleError::Device)?;
    file.extend(sealed);
    let hash = Sha256::digest(&file);
    file.extend_from_slice(&hash);
    Ok(file)
}

/// Opens a bundle with the reader's key.
///
/// # Errors
/// Why it cannot be read.
pub fn open(file: &[u8], territory: Uuid, reader: &SigningKey) -> Result<Zeroizing<Vec<u8>>, BundleError> {
    let parts = parts(file)?;
    if parts.territory != territory.as_bytes() {
        return Err(BundleError::OtherTerritory);
    }
    let secret = StaticSecret::from(reader.to_scalar_bytes());
    let own = PublicKey::from(&secret);
    let file_key = PublicKey::from(parts.public);
    let wrap = wrapping_key(&secret, &file_key, &file_key, &own)?;
    let key = parts
        .wrapped
        .iter()
        .find_map(|wrapped| cipher(&wrap).decrypt(&Nonce::from(NONCE), wrapped.as_slice()).ok())
        .and_then(|key| <[u8; 32]>::try_from(key).ok())
        .map(Zeroizing::new)
        .ok_or(BundleError::NotForThisTablet)?;
    let payload = Payload { msg: parts.sealed, aad: parts.header };
    let plain = cipher(&key).decrypt(&Nonce::from(NONCE), payload).map_err(|_| BundleError::Altered)?;
    Ok(Zeroizing::new(plain))
}

/// The parts of a file that is whole.
struct Parts<'a> {
    /// All before the sealed contents.
    header: &'a [u8],
    territory: &'a [u8],
    public: [u8; 32],
    wrapped: &'a [[u8; WRAPPED]],
    sealed: &'a [u8],
}

fn parts(file: &[u8]) -> Result<Parts<'_>, BundleError> {
    if !file.starts_with(MAGIC) {
        let begun = !file.is_empty() && MAGIC.starts_with(file);
        return Err(if begun { BundleError::Truncated } else { BundleError::NotABundle });
    }
    if file.len() > limits::BUNDLE_BYTES_MAX {
        return Err(BundleError::TooLarge);
    }
    let mut rest = file.get(MAGIC.len()..).unwrap_or_default();
    match u16::from_le_bytes(take(&mut rest)?) {
        VERSION => {}
        newer if newer > VERSION => return Err(BundleError::Newer(newer)),
        older => return Err(BundleError::Older(older)),
    }
    let (territory, after) = rest.split_at_checked(16).ok_or(BundleError::Truncated)?;
    rest = after;
    let length = usize::try_from(u32::from_le_bytes(take(&mut rest)?)).map_err(|_| BundleError::TooLarge)?;
    if file.len() != length {
        return Err(if file.len() < length { BundleError::Truncated } else { BundleError::Altered });
    }
    let (body, hash) = file.split_at_checked(length.saturating_sub(HASH)).ok_or(BundleError::Truncated)?;
    if Sha256::digest(body).as_slice() != hash {
        return Err(BundleError::Altered);
    }
    let public: [u8; 32] = take(&mut rest)?;
    let count = usize::from(u16::from_le_bytes(take(&mut rest)?));
    let (header, sealed) = body.split_at_checked(FIXED + count * WRAPPED).ok_or(BundleError::Altered)?;
    let (wrapped, _) = header.get(FIXED..).unwrap_or_default().as_chunks::<WRAPPED>();
    if count > limits::BUNDLE_READERS_MAX {
        return Err(BundleError::Altered);
    }
    Ok(Parts { header, territory, public, wrapped, sealed })
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], BundleError> {
    let (first, after) = rest.split_first_chunk::<N>().ok_or(BundleError::Truncated)?;
    *rest = after;
    Ok(*first)
}

/// The key that wraps the file's key for one reader: both sides reach it from their own half.
fn wrapping_key(
    secret: &StaticSecret,
    other: &PublicKey,
    file: &PublicKey,
    reader: &PublicKey,
) -> Result<Zeroizing<[u8; 32]>, BundleError> {
    let shared = secret.diffie_hellman(other);
    if !shared.was_contributory() {
        return Err(BundleError::Altered);
    }
    let salt = [file.as_bytes().as_slice(), reader.as_bytes().as_slice()].concat();
    let mut key = Zeroizing::new([0u8; 32]);
    Hkdf::<Sha256>::new(Some(&salt), shared.as_bytes())
        .expand(b"palier1 bundle", key.as_mut_slice())
        .map_err(|_| BundleError::Device)?;
    Ok(key)
}

fn cipher(key: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(Key::from_slice(key))
}

fn random() -> Result<Zeroizing<[u8; 32]>, BundleError> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    getrandom::fill(bytes.as_mut_slice()).map_err(|_| BundleError::Device)?;
    Ok(bytes)
}
