//! The key that wraps the store's key: from the PIN and the device secret together.
//!
//! `KEK = HKDF-SHA256(salt, Argon2id(secret) ‖ device secret, "palier/v1/kek-pin/" ‖ profile)`. The device secret is an
//! input like the PIN is, so that a copy of the files alone opens nothing, whatever the number of guesses.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::cost::SALT_BYTES;
use crate::dek::KEY_BYTES;
use crate::{ProfileKey, VaultError};

/// 32 bytes kept by the device's keystore, wiped when dropped.
pub type SecretBytes = Zeroizing<[u8; KEY_BYTES]>;

/// Length of the marks by which a slot recognises a secret without holding it, in bytes.
pub(crate) const MARK_BYTES: usize = 8;

/// The key that wraps, of a stretched secret, with the device secret where the slot is a PIN's.
pub(crate) fn kek(
    stretched: &[u8; KEY_BYTES],
    device: Option<&SecretBytes>,
    salt: &[u8; SALT_BYTES],
    profile: &ProfileKey,
) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
    let mut input = Zeroizing::new(Vec::with_capacity(2 * KEY_BYTES));
    input.extend_from_slice(stretched);
    let label: &[u8] = match device {
        Some(device) => {
            input.extend_from_slice(&**device);
            b"palier/v1/kek-pin/"
        }
        None => b"palier/v1/kek-phrase/",
    };
    let mut out = Zeroizing::new([0; KEY_BYTES]);
    Hkdf::<Sha256>::new(Some(salt), &input)
        .expand_multi_info(&[label, profile], &mut *out)
        .map_err(|_| VaultError::Internal)?;
    Ok(out)
}

/// A mark of a random 32-byte secret: recognises it, says nothing of it.
pub(crate) fn mark(secret: &[u8; KEY_BYTES], label: &[u8]) -> Result<[u8; MARK_BYTES], VaultError> {
    let mut out = [0; MARK_BYTES];
    Hkdf::<Sha256>::new(Some(b"palier/v1/mark/"), secret).expand(label, &mut out).map_err(|_| VaultError::Internal)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_device_secret_enters_the_key() {
        let (pin, salt, profile) = ([1; 32], [2; 16], [3; 16]);
        let base = kek(&pin, Some(&SecretBytes::new([4; 32])), &salt, &profile).unwrap();
        for byte in 0..KEY_BYTES {
            let mut device = SecretBytes::new([4; 32]);
            device[byte] ^= 1;
            assert_ne!(
                *base,
                *kek(&pin, Some(&device), &salt, &profile).unwrap(),
                "every byte of the device secret counts"
            );
        }
        assert_ne!(*base, *kek(&pin, None, &salt, &profile).unwrap(), "without the device secret the key is another");
        assert_ne!(*base, *kek(&[0; 32], Some(&SecretBytes::new([4; 32])), &salt, &profile).unwrap(), "the PIN counts");
        assert_ne!(*base, *kek(&pin, Some(&SecretBytes::new([4; 32])), &salt, &[0; 16]).unwrap(), "the profile counts");
    }

    #[test]
    fn it_is_hkdf_over_the_two_secrets_in_order() {
        let (pin, device, salt, profile) = ([1_u8; 32], [4_u8; 32], [2_u8; 16], [3_u8; 16]);
        let mut expected = [0; 32];
        let input = [pin, device].concat();
        let info = [b"palier/v1/kek-pin/".as_slice(), &profile].concat();
        Hkdf::<Sha256>::new(Some(&salt), &input).expand(&info, &mut expected).unwrap();
        assert_eq!(
            *kek(&pin, Some(&SecretBytes::new(device)), &salt, &profile).unwrap(),
            expected,
            "the formula of the design"
        );
    }
}
