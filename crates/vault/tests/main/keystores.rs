//! The keystores, through the same vault.

use std::sync::Arc;

use palier_vault::{DeviceSecret, FileSecret};

/// What every place of the device secret must do.
fn check(secret: &dyn DeviceSecret) {
    assert!(secret.get().unwrap().is_none(), "nothing at first");
    assert!(secret.read_tries(&[1; 16]).unwrap().is_none(), "no count at first");
    let made = secret.get_or_create().unwrap();
    assert_eq!(secret.get_or_create().unwrap(), made, "made once");
    for count in [b"first".as_slice(), b"second"] {
        secret.write_tries(&[1; 16], count).unwrap();
        assert_eq!(secret.read_tries(&[1; 16]).unwrap().unwrap(), count, "the last count");
    }
    assert!(secret.read_tries(&[2; 16]).unwrap().is_none(), "another profile has its own");
    assert_eq!(secret.get().unwrap().unwrap(), made, "counts do not touch the secret");
}

#[test]
fn a_file_keeps_them() {
    let folder = tempfile::tempdir().unwrap();
    check(&FileSecret::in_folder(folder.path().to_owned()));
}

#[cfg(feature = "keystore")]
#[test]
fn a_keyring_keeps_them() {
    let store = keyring_core::sample::Store::new().unwrap();
    check(&palier_vault::KeystoreSecret::in_store(store));
}

#[test]
fn a_device_secret_is_shared_between_threads() {
    let folder = tempfile::tempdir().unwrap();
    let secret: Arc<dyn DeviceSecret> = Arc::new(FileSecret::in_folder(folder.path().to_owned()));
    let made = secret.get_or_create().unwrap();
    let there = Arc::clone(&secret);
    let read = std::thread::spawn(move || there.get().unwrap().unwrap()).join().unwrap();
    assert_eq!(read, made, "the blocking thread that checks a PIN sees the same");
}
