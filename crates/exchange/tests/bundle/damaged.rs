//! Files that are not as they were made, or not for this tablet: each its clear error, and nothing changes.

use palier_exchange::bundle::BundleError;
use palier_exchange::bundle::sealed::{VERSION, seal};
use palier_sync::limits::BUNDLE_BYTES_MAX;
use palier_sync::roster::Standing;
use uuid::Uuid;

use crate::field::{KARIM, NOW, TERRITORY, Tablet, key, listed, signed};

/// A seeded draw: `xorshift64`.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit
    }
}

fn one_bundle() -> (Vec<u8>, Tablet) {
    let [mut samia, karim, _] = Tablet::team();
    samia.tell(1);
    (samia.give().unwrap().file, karim)
}

#[test]
fn a_bundle_cut_anywhere_is_an_error_and_changes_nothing() {
    let (file, mut karim) = one_bundle();
    let before = karim.state();
    for length in 0..file.len() {
        let error = karim.receive(&file[..length]).unwrap_err();
        let told = if length == 0 {
            matches!(error, BundleError::NotABundle)
        } else {
            matches!(error, BundleError::Truncated)
        };
        assert!(told, "cut after {length} bytes: {error:?}");
        assert_eq!(karim.state(), before, "cut after {length} bytes changes nothing");
    }
    karim.receive(&file).unwrap();
    assert_ne!(karim.state(), before, "whole, it is read");
}

#[test]
fn a_flipped_bit_is_an_error_and_changes_nothing() {
    let (file, mut karim) = one_bundle();
    let before = karim.state();
    let mut dice = Dice(0x5eed_cafe);
    for turn in 0..500 {
        let mut flipped = file.clone();
        let (place, bit) = (dice.below(file.len()), dice.below(8));
        flipped[place] ^= 1 << bit;
        let told = karim.receive(&flipped);
        assert!(told.is_err(), "flip {turn}, bit {bit} of byte {place}");
        assert_eq!(karim.state(), before, "flip {turn} changes nothing");
    }
}

#[test]
fn damage_that_the_hash_does_not_show_is_shown_by_the_seal() {
    use sha2::Digest;
    let (file, mut karim) = one_bundle();
    let before = karim.state();
    for place in 70..file.len() - 32 {
        let mut forged = file.clone();
        forged[place] ^= 1;
        let end = forged.len() - 32;
        let hash = sha2::Sha256::digest(&forged[..end]);
        forged[end..].copy_from_slice(&hash);
        let error = karim.receive(&forged).unwrap_err();
        let told = matches!(error, BundleError::Altered | BundleError::NotForThisTablet);
        assert!(told, "byte {place}: {error:?}");
        assert_eq!(karim.state(), before, "byte {place} changes nothing");
    }
}

#[test]
fn a_file_of_another_kind_says_so() {
    let (file, mut karim) = one_bundle();
    for other in [&b""[..], b"PK\x03\x04", b"%PDF-1.7", &[0xff; 4_096]] {
        assert!(matches!(karim.receive(other), Err(BundleError::NotABundle)), "no bundle");
    }
    let mut newer = file.clone();
    newer[14..16].copy_from_slice(&(VERSION + 1).to_le_bytes());
    assert!(
        matches!(karim.receive(&newer), Err(BundleError::Newer(version)) if version == VERSION + 1),
        "a newer form"
    );
    newer[14..16].copy_from_slice(&0u16.to_le_bytes());
    assert!(matches!(karim.receive(&newer), Err(BundleError::Older(0))), "an older one");
    let mut large = file.clone();
    large.resize(BUNDLE_BYTES_MAX + 1, 0);
    assert!(matches!(karim.receive(&large), Err(BundleError::TooLarge)), "larger than any bundle");
    let mut longer = file;
    longer.push(0);
    assert!(matches!(karim.receive(&longer), Err(BundleError::Altered)), "a byte more than was made");
}

#[test]
fn a_bundle_of_others_says_so() {
    let [mut samia, mut karim, _] = Tablet::team();
    samia.tell(1);
    let file = samia.give().unwrap().file;
    assert!(matches!(samia.receive(&file), Err(BundleError::NotForThisTablet)), "she made it for the others");
    let own = seal(b"x", TERRITORY, &[key(KARIM).verifying_key()]).unwrap();
    assert!(matches!(karim.receive(&own), Err(BundleError::Altered)), "sealed for him, and no bundle inside");
    let elsewhere = seal(b"x", Uuid::from_u128(99), &[key(KARIM).verifying_key()]).unwrap();
    assert!(matches!(karim.receive(&elsewhere), Err(BundleError::OtherTerritory)), "another territory");
    assert!(matches!(seal(b"x", TERRITORY, &[]), Err(BundleError::NoReader)), "sealed for nobody");
    let known = vec![listed(KARIM, Standing::Active)];
    let mut unknowing = Tablet::in_territory(KARIM, TERRITORY, &signed(known, NOW + 1));
    assert!(matches!(unknowing.receive(&file), Err(BundleError::GiverUnknown)), "the server does not name her there");
}
