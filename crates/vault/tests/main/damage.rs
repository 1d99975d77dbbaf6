//! Any byte of `keyslots.bin` may be wrong: a copy or the other slot opens, and nothing panics.

use palier_vault::{Unlock, VaultError};

use crate::cast::*;

#[test]
fn a_flipped_byte_anywhere_in_one_copy_changes_nothing() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    for copy in tablet.copies(1) {
        let sound = std::fs::read(&copy).unwrap();
        for offset in 0..sound.len() {
            let mut bad = sound.clone();
            bad[offset] ^= 1 << (offset % 8);
            std::fs::write(&copy, &bad).unwrap();
            assert_eq!(opened(tablet.open(1, PIN).unwrap()).expose(), made.expose(), "byte {offset}");
            assert_eq!(std::fs::read(&copy).unwrap(), sound, "and the opening repairs the copy, byte {offset}");
        }
    }
}

#[test]
fn a_flipped_byte_anywhere_in_both_copies_leaves_one_slot() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    let sound = std::fs::read(&tablet.copies(1)[0]).unwrap();
    for offset in 0..sound.len() {
        let mut bad = sound.clone();
        bad[offset] ^= 0x80;
        for copy in tablet.copies(1) {
            std::fs::write(copy, &bad).unwrap();
        }
        let by_pin = match tablet.open(1, PIN) {
            Ok(Unlock::Opened(dek)) => Some(dek),
            Ok(other) => panic!("damage is never taken for a wrong PIN, byte {offset}: {other:?}"),
            Err(VaultError::Damaged { slot: "pin" }) => None,
            Err(other) => panic!("byte {offset}: {other}"),
        };
        let by_org = tablet.vault(1).recover(&tablet.org).ok();
        assert!(by_pin.is_some() || by_org.is_some(), "byte {offset} closes both slots");
        for dek in by_pin.into_iter().chain(by_org) {
            assert_eq!(dek.expose(), made.expose(), "byte {offset}");
        }
    }
}

#[test]
fn a_change_cut_at_any_moment_leaves_one_pin() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    let [first, second] = tablet.copies(1);
    let old = std::fs::read(&first).unwrap();
    opened(tablet.vault(1).change(PIN, OTHER_PIN, tablet.device(), tablet.now).unwrap());
    let new = std::fs::read(&first).unwrap();
    // Before the first rename, between the two, after both; and with a temporary file cut anywhere.
    for (one, two, pin) in
        [(&old, &old, PIN), (&new, &old, OTHER_PIN), (&old, &new, OTHER_PIN), (&new, &new, OTHER_PIN)]
    {
        for cut in [0, 1, new.len() / 2, new.len()] {
            std::fs::write(&first, one).unwrap();
            std::fs::write(&second, two).unwrap();
            std::fs::write(first.with_extension("new"), &new[..cut]).unwrap();
            assert_eq!(opened(tablet.open(1, pin).unwrap()).expose(), made.expose(), "the newest whole copy opens");
        }
    }
    // Enrolment cut after its first copy.
    std::fs::write(&first, &new).unwrap();
    std::fs::remove_file(&second).unwrap();
    assert_eq!(opened(tablet.open(1, OTHER_PIN).unwrap()).expose(), made.expose(), "one copy is enough");
    assert_eq!(std::fs::read(&second).unwrap(), new, "and the second is made again");
}

#[test]
fn a_newer_form_is_refused_and_left_alone() {
    use sha2::{Digest, Sha256};
    let tablet = Tablet::new();
    let dek = tablet.enrol(1, PIN);
    for copy in tablet.copies(1) {
        let sound = std::fs::read(&copy).unwrap();
        let mut newer = [b"PALIERKS".as_slice(), &2_u16.to_le_bytes()].concat();
        let digest = Sha256::digest([b"palier/v1/check/preamble".as_slice(), &newer].concat());
        newer.extend_from_slice(&digest[..8]);
        newer.extend_from_slice(b"whatever a newer app wrote");
        std::fs::write(&copy, &newer).unwrap();
        assert!(matches!(tablet.open(1, PIN), Err(VaultError::Newer { found: 2 })), "opening");
        assert!(matches!(tablet.vault(1).recover(&tablet.org), Err(VaultError::Newer { found: 2 })), "recovering");
        let rewrapped = tablet.vault(1).rewrap(&dek, OTHER_PIN, tablet.device(), tablet.now);
        assert!(matches!(rewrapped, Err(VaultError::Newer { found: 2 })), "rewrapping");
        let created = tablet.vault(1).create(PIN, tablet.device(), &tablet.org.public(), tablet.now);
        assert!(matches!(created, Err(VaultError::AlreadyThere)), "creating");
        assert_eq!(std::fs::read(&copy).unwrap(), newer, "none of them touched it");
        std::fs::write(&copy, sound).unwrap();
    }
    opened(tablet.open(1, PIN).unwrap());
}

#[test]
fn files_of_any_content_are_an_answer_and_no_panic() {
    let tablet = Tablet::new();
    tablet.enrol(1, PIN);
    for content in [b"".as_slice(), b"PALIERKS", &[0xFF; 307], &[0; 100_000]] {
        for copy in tablet.copies(1) {
            std::fs::write(copy, content).unwrap();
        }
        assert!(matches!(tablet.open(1, PIN), Err(VaultError::Damaged { slot: "pin" })), "the PIN's slot is gone");
        assert!(
            matches!(tablet.vault(1).recover(&tablet.org), Err(VaultError::Damaged { slot: "recovery" })),
            "and the other"
        );
    }
}
