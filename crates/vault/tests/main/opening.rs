//! Enrol, open, change, two people on one tablet.

use palier_vault::{Cost, Policy, Unlock, VaultError, Weakness};

use crate::cast::*;

#[test]
fn the_pin_gives_the_key_back() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    assert_eq!(opened(tablet.open(1, PIN).unwrap()).expose(), made.expose(), "the same key every morning");
    assert!(
        matches!(tablet.open(1, WRONG_PIN).unwrap(), Unlock::Wrong { wait_s: 0, tries: 1 }),
        "another PIN does not"
    );
}

#[test]
fn enrolling_twice_overwrites_nothing() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    let again = tablet.vault(1).create(OTHER_PIN, tablet.device(), &tablet.org.public(), tablet.now);
    assert!(matches!(again, Err(VaultError::AlreadyThere)), "a second enrolment is refused");
    assert_eq!(opened(tablet.open(1, PIN).unwrap()).expose(), made.expose(), "and the first still opens");
}

#[test]
fn a_profile_never_enrolled_says_so() {
    let tablet = Tablet::new();
    assert!(!tablet.vault(1).exists(), "nothing there");
    assert!(matches!(tablet.open(1, PIN), Err(VaultError::NotThere)), "and nothing to open");
    assert!(matches!(tablet.vault(1).recover(&tablet.org), Err(VaultError::NotThere)), "nor to recover");
}

#[test]
fn a_weak_pin_writes_nothing() {
    let tablet = Tablet::new();
    let made = tablet.vault(1).create("123456", tablet.device(), &tablet.org.public(), tablet.now);
    assert!(matches!(made, Err(VaultError::Weak(Weakness::Sequence))), "refused with its reason");
    assert!(!tablet.folder(1).exists(), "before anything is written");
}

#[test]
fn changing_the_pin_closes_the_old_one_in_both_copies() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    let changed = tablet.vault(1).change(PIN, OTHER_PIN, tablet.device(), tablet.now).unwrap();
    assert_eq!(opened(changed).expose(), made.expose(), "the key stays");
    for copy in tablet.copies(1) {
        let kept = std::fs::read(&copy).unwrap();
        std::fs::remove_file(&copy).unwrap();
        assert!(matches!(tablet.open(1, PIN).unwrap(), Unlock::Wrong { .. }), "the old PIN opens no copy");
        assert_eq!(opened(tablet.open(1, OTHER_PIN).unwrap()).expose(), made.expose(), "the new PIN opens each");
        std::fs::write(&copy, kept).unwrap();
    }
    assert_eq!(tablet.vault(1).recover(&tablet.org).unwrap().expose(), made.expose(), "and recovery is untouched");
}

#[test]
fn changing_needs_the_present_pin_and_counts_it() {
    let tablet = Tablet::new();
    tablet.enrol(1, PIN);
    let changed = tablet.vault(1).change(WRONG_PIN, OTHER_PIN, tablet.device(), tablet.now).unwrap();
    assert!(matches!(changed, Unlock::Wrong { tries: 1, .. }), "a wrong present PIN is a try");
    let weak = tablet.vault(1).change(PIN, "111111", tablet.device(), tablet.now);
    assert!(matches!(weak, Err(VaultError::Weak(Weakness::Repeated))), "a weak new PIN is refused");
    assert_eq!(tablet.miss(1), (2, 0), "and was no try");
    opened(tablet.open(1, PIN).unwrap());
}

#[test]
fn two_people_on_one_tablet_open_their_own_only() {
    let tablet = Tablet::new();
    let (samia, karim) = (tablet.enrol(1, PIN), tablet.enrol(2, OTHER_PIN));
    assert_ne!(samia.expose(), karim.expose(), "two stores, two keys");
    assert!(matches!(tablet.open(1, OTHER_PIN).unwrap(), Unlock::Wrong { .. }), "Karim's PIN does not open Samia's");
    assert!(matches!(tablet.open(2, PIN).unwrap(), Unlock::Wrong { .. }), "nor the other way");
    for (from, to) in tablet.copies(1).iter().zip(tablet.copies(2)) {
        std::fs::copy(from, to).unwrap();
    }
    assert!(
        matches!(tablet.open(2, PIN).unwrap(), Unlock::Wrong { .. }),
        "slots carried to another profile open nothing"
    );
    assert!(tablet.vault(2).recover(&tablet.org).is_err(), "not even by the recovery key");
}

#[test]
fn the_same_pin_of_two_people_gives_nothing_alike() {
    let tablet = Tablet::new();
    tablet.enrol(1, PIN);
    tablet.enrol(2, PIN);
    let [a, b] = [1, 2].map(|profile| std::fs::read(&tablet.copies(profile)[0]).unwrap());
    assert_ne!(a[18..], b[18..], "salts, nonces and boxes are drawn");
}

#[test]
fn without_a_keystore_a_pass_phrase_is_required() {
    let tablet = Tablet::new();
    let pin = tablet.vault(1).create(PIN, None, &tablet.org.public(), tablet.now);
    assert!(matches!(pin, Err(VaultError::Weak(Weakness::PhraseTooWeak))), "a PIN alone protects nothing");
    let made = tablet.vault(1).create(PHRASE, None, &tablet.org.public(), tablet.now).unwrap();
    let composed = PHRASE.replace('e', "\u{FF45}");
    let opened_with = opened(tablet.vault(1).open(&composed, None, tablet.now).unwrap());
    assert_eq!(opened_with.expose(), made.expose(), "the pass-phrase opens, from any keyboard");
}

#[test]
fn a_pass_phrase_is_taken_with_a_keystore_too() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PHRASE);
    assert_eq!(opened(tablet.open(1, PHRASE).unwrap()).expose(), made.expose(), "who prefers one may");
}

#[test]
fn a_slot_below_the_floor_is_made_again_at_the_opening() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    let before = std::fs::read(&tablet.copies(1)[0]).unwrap();
    let dearer = Cost { memory_kib: 128, passes: 2 };
    let raised = tablet.vault_with(1, Policy { cost: dearer, floor: dearer });
    assert_eq!(
        opened(raised.open(PIN, tablet.device(), tablet.now).unwrap()).expose(),
        made.expose(),
        "the old slot opens"
    );
    let after = std::fs::read(&tablet.copies(1)[0]).unwrap();
    assert_ne!(before, after, "and is replaced");
    assert_eq!(after[43..51], [128_u32.to_le_bytes(), 2_u32.to_le_bytes()].concat(), "by one of the new cost");
    assert_eq!(opened(raised.open(PIN, tablet.device(), tablet.now).unwrap()).expose(), made.expose(), "which opens");
    assert_eq!(std::fs::read(&tablet.copies(1)[0]).unwrap(), after, "and stays");
}

#[test]
fn the_key_is_in_no_file() {
    let tablet = Tablet::new();
    let dek = tablet.enrol(1, PIN);
    opened(tablet.open(1, PIN).unwrap());
    let hex = data_encoding::HEXLOWER.encode(dek.expose());
    let mut files = 0;
    for folder in [tablet.folder(1), tablet.data.path().join("device")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            assert!(!bytes.windows(32).any(|window| window == dek.expose()), "not as bytes");
            assert!(!String::from_utf8_lossy(&bytes).contains(&hex), "not as text");
            assert!(!bytes.windows(PIN.len()).any(|window| window == PIN.as_bytes()), "nor the PIN");
            files += 1;
        }
    }
    assert_eq!(files, 5, "two copies, two counts, one device secret");
}
