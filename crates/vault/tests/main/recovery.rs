//! The organisation's key opens what a forgotten PIN or a lost keystore closes.

use palier_vault::{Dek, FileSecret, OrgPrivate, OrgPublic, Unlock, VaultError, Weakness};

use crate::cast::*;

#[test]
fn a_forgotten_pin_is_replaced_without_it() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    for _ in 0..3 {
        tablet.miss(1);
    }
    let dek = tablet.vault(1).recover(&tablet.org).unwrap();
    assert_eq!(dek.expose(), made.expose(), "the recovery slot is there from the first day");
    tablet.vault(1).rewrap(&dek, OTHER_PIN, tablet.device(), tablet.now).unwrap();
    assert_eq!(
        opened(tablet.open(1, OTHER_PIN).unwrap()).expose(),
        made.expose(),
        "without waiting out the wrong tries"
    );
    assert!(matches!(tablet.open(1, PIN).unwrap(), Unlock::Wrong { .. }), "the forgotten PIN is over");
    assert_eq!(tablet.vault(1).recover(&tablet.org).unwrap().expose(), made.expose(), "recovery works again");
}

#[test]
fn a_lost_keystore_is_said_and_recovered_from() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    std::fs::remove_dir_all(tablet.data.path().join("device")).unwrap();
    assert!(matches!(tablet.open(1, PIN), Err(VaultError::KeystoreLost)), "a loss is not a wrong PIN");
    let replaced = FileSecret::in_folder(tablet.data.path().join("device"));
    palier_vault::DeviceSecret::get_or_create(&replaced).unwrap();
    assert!(matches!(tablet.open(1, PIN), Err(VaultError::KeystoreLost)), "nor is another secret in its place");
    let dek = tablet.vault(1).recover(&tablet.org).unwrap();
    tablet.vault(1).rewrap(&dek, PIN, tablet.device(), tablet.now).unwrap();
    assert_eq!(opened(tablet.open(1, PIN).unwrap()).expose(), made.expose(), "nothing was lost");
}

#[test]
fn a_copied_folder_without_the_device_opens_with_no_pin() {
    let tablet = Tablet::new();
    tablet.enrol(1, PIN);
    let thief = Tablet::new();
    std::fs::create_dir_all(thief.folder(1)).unwrap();
    for (from, to) in tablet.copies(1).iter().zip(thief.copies(1)) {
        std::fs::copy(from, to).unwrap();
    }
    palier_vault::DeviceSecret::get_or_create(&thief.device).unwrap();
    assert!(matches!(thief.open(1, PIN), Err(VaultError::KeystoreLost)), "not even the right one");
    assert!(
        matches!(thief.vault(1).open(PIN, None, thief.now), Err(VaultError::KeystoreUnreachable)),
        "nor without a device"
    );
}

#[test]
fn another_organisation_recovers_nothing() {
    let tablet = Tablet::new();
    tablet.enrol(1, PIN);
    let other = OrgPrivate::random().unwrap();
    assert!(matches!(tablet.vault(1).recover(&other), Err(VaultError::WrongRecoveryKey)), "its key is another");
    assert_ne!(other.public().fingerprint(), tablet.org.public().fingerprint(), "people can tell them apart");
    assert_eq!(format!("{other:?}"), "OrgPrivate(…)", "a private key is never printed");
}

#[test]
fn a_key_of_another_store_cannot_be_wrapped() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    let foreign = Dek::random().unwrap();
    let rewrapped = tablet.vault(1).rewrap(&foreign, OTHER_PIN, tablet.device(), tablet.now);
    assert!(matches!(rewrapped, Err(VaultError::WrongDek)), "it would close the store for ever");
    assert!(matches!(tablet.vault(1).reseal(&foreign, &tablet.org.public()), Err(VaultError::WrongDek)), "nor sealed");
    let weak = tablet.vault(1).rewrap(&made, "000000", tablet.device(), tablet.now);
    assert!(matches!(weak, Err(VaultError::Weak(Weakness::Repeated))), "recovery is no way around the policy");
    assert_eq!(opened(tablet.open(1, PIN).unwrap()).expose(), made.expose(), "and nothing was changed");
}

#[test]
fn the_organisation_changes_its_key() {
    let tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    let next = OrgPrivate::random().unwrap();
    tablet.vault(1).reseal(&made, &next.public()).unwrap();
    assert!(matches!(tablet.vault(1).recover(&tablet.org), Err(VaultError::WrongRecoveryKey)), "the old one is over");
    assert_eq!(tablet.vault(1).recover(&next).unwrap().expose(), made.expose(), "the new one opens");
    assert_eq!(opened(tablet.open(1, PIN).unwrap()).expose(), made.expose(), "the PIN is the same");
}

#[test]
fn an_unusable_public_key_stops_the_enrolment() {
    let tablet = Tablet::new();
    let made = tablet.vault(1).create(PIN, tablet.device(), &OrgPublic([0; 32]), tablet.now);
    assert!(matches!(made, Err(VaultError::BadOrgKey)), "a profile without recovery is never made");
    assert!(!tablet.vault(1).exists(), "and nothing opens");
}
