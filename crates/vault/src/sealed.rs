//! The recovery slot: the store's key sealed to a public key, so that whoever writes it cannot open it.
//!
//! X25519 with a fresh key pair, HKDF-SHA256, XChaCha20-Poly1305: `ephemeral public (32) ‖ recipient public (32) ‖ box (48)`.
//! Key and nonce come from the shared secret and both public keys; a fresh pair is drawn for each box, so none is used twice.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey, StaticSecret};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::dek::{KEY_BYTES, random_bytes};
use crate::{Dek, VaultError};

/// Length of a sealed key, in bytes.
pub const SEALED_BYTES: usize = 32 + 32 + KEY_BYTES + 16;

/// The organisation's public key, given at enrolment: everything on the tablet can be sealed to it and nothing opened with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrgPublic(pub [u8; KEY_BYTES]);

/// The organisation's private key. It lives with the coordinators and never on a tablet; wiped when dropped.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct OrgPrivate([u8; KEY_BYTES]);

impl OrgPrivate {
    /// Draws a new private key.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn random() -> Result<Self, VaultError> {
        Ok(Self(random_bytes()?))
    }

    /// Takes the bytes of a key, as kept by the coordinators.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes, to be written on the coordinators' sheet and nowhere else.
    #[must_use]
    pub const fn expose(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// The public key that goes to the tablets.
    #[must_use]
    pub fn public(&self) -> OrgPublic {
        OrgPublic(PublicKey::from(&StaticSecret::from(self.0)).to_bytes())
    }
}

impl std::fmt::Debug for OrgPrivate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OrgPrivate(…)")
    }
}

impl OrgPublic {
    /// Eight characters people can compare on two screens.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest([b"palier/v1/org-key/".as_slice(), &self.0].concat());
        data_encoding::BASE32_NOPAD.encode(&digest).chars().take(8).collect()
    }
}

/// Seals `dek` to `recipient`, bound to `context` (which profile on which tablet).
pub(crate) fn seal(dek: &Dek, recipient: &OrgPublic, context: &[u8]) -> Result<[u8; SEALED_BYTES], VaultError> {
    let ephemeral = StaticSecret::from(*Zeroizing::new(random_bytes::<KEY_BYTES>()?));
    let public = PublicKey::from(&ephemeral).to_bytes();
    let (key, nonce) = keys(&ephemeral, &recipient.0, &public, &recipient.0)?;
    let body = XChaCha20Poly1305::new(Key::from_slice(&*key))
        .encrypt(XNonce::from_slice(&*nonce), Payload { msg: dek.expose(), aad: context })
        .map_err(|_| VaultError::Internal)?;
    [public.as_slice(), &recipient.0, &body].concat().try_into().map_err(|_| VaultError::Internal)
}

/// Opens what [`seal`] made, with the recipient's private key.
pub(crate) fn unseal(sealed: &[u8; SEALED_BYTES], private: &OrgPrivate, context: &[u8]) -> Result<Dek, VaultError> {
    let (public, rest) = sealed.split_first_chunk::<32>().ok_or(VaultError::Internal)?;
    let (recipient, body) = rest.split_first_chunk::<32>().ok_or(VaultError::Internal)?;
    if *recipient != private.public().0 {
        return Err(VaultError::WrongRecoveryKey);
    }
    let (key, nonce) = keys(&StaticSecret::from(private.0), public, public, recipient)?;
    let plain = XChaCha20Poly1305::new(Key::from_slice(&*key))
        .decrypt(XNonce::from_slice(&*nonce), Payload { msg: body, aad: context })
        .map(Zeroizing::new)
        .map_err(|_| VaultError::Damaged { slot: "recovery" })?;
    Ok(Dek::from_bytes(plain.as_slice().try_into().map_err(|_| VaultError::Internal)?))
}

type KeyAndNonce = (Zeroizing<[u8; 32]>, Zeroizing<[u8; 24]>);

/// The box's key and nonce, from one side's private key and the other's public key.
fn keys(
    mine: &StaticSecret,
    theirs: &[u8; 32],
    ephemeral: &[u8; 32],
    recipient: &[u8; 32],
) -> Result<KeyAndNonce, VaultError> {
    let shared = mine.diffie_hellman(&PublicKey::from(*theirs));
    // A point of small order would make the secret known to everyone.
    if !shared.was_contributory() {
        return Err(VaultError::BadOrgKey);
    }
    let mut out = Zeroizing::new([0; 56]);
    Hkdf::<Sha256>::new(Some(&[*ephemeral, *recipient].concat()), shared.as_bytes())
        .expand(b"palier/v1/recovery", &mut *out)
        .map_err(|_| VaultError::Internal)?;
    let (key, nonce) = out.split_first_chunk::<32>().ok_or(VaultError::Internal)?;
    Ok((Zeroizing::new(*key), Zeroizing::new(nonce.try_into().map_err(|_| VaultError::Internal)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_private_key_opens_and_no_other_does() {
        let (mine, other) = (OrgPrivate::random().unwrap(), OrgPrivate::random().unwrap());
        let dek = Dek::random().unwrap();
        let sealed = seal(&dek, &mine.public(), b"here").unwrap();
        assert_eq!(unseal(&sealed, &mine, b"here").unwrap().expose(), dek.expose(), "the key comes back");
        assert!(
            matches!(unseal(&sealed, &other, b"here"), Err(VaultError::WrongRecoveryKey)),
            "another organisation cannot"
        );
        assert!(
            matches!(unseal(&sealed, &mine, b"there"), Err(VaultError::Damaged { .. })),
            "a slot moved to another profile opens nothing"
        );
    }

    #[test]
    fn every_flipped_byte_is_seen() {
        let mine = OrgPrivate::random().unwrap();
        let sealed = seal(&Dek::random().unwrap(), &mine.public(), b"").unwrap();
        for offset in 0..SEALED_BYTES {
            let mut bad = sealed;
            bad[offset] ^= 0x40;
            assert!(unseal(&bad, &mine, b"").is_err(), "byte {offset}");
        }
    }

    #[test]
    fn weak_public_keys_are_refused() {
        let dek = Dek::random().unwrap();
        for weak in [[0; 32], {
            let mut one = [0; 32];
            one[0] = 1;
            one
        }] {
            assert!(matches!(seal(&dek, &OrgPublic(weak), b""), Err(VaultError::BadOrgKey)), "a key of small order");
        }
    }

    #[test]
    fn two_boxes_of_one_key_differ() {
        let mine = OrgPrivate::random().unwrap();
        let dek = Dek::random().unwrap();
        assert_ne!(
            seal(&dek, &mine.public(), b"").unwrap(),
            seal(&dek, &mine.public(), b"").unwrap(),
            "a fresh pair for each"
        );
    }
}
