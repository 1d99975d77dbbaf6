//! What is of this device: its half of every PIN, and its name.

use std::path::Path;
use std::sync::Arc;

use palier_commands::DeviceSecret;
use palier_vault::{FileSecret, KeystoreSecret};

/// The device secret of this tablet: its keystore's; a file's with `--demo`; none where there is no keystore, and the
/// profiles of that tablet then need a pass-phrase.
pub(crate) fn secret(data: &Path, demo: bool) -> Option<Arc<dyn DeviceSecret>> {
    if demo {
        return Some(Arc::new(FileSecret::in_folder(data.join("device"))));
    }
    match KeystoreSecret::of_this_device() {
        Ok(keystore) => Some(Arc::new(keystore)),
        Err(problem) => {
            eprintln!("palier-app : {problem}; a pass-phrase replaces the PIN");
            None
        }
    }
}

/// Longest name sent to the coordinator's list, in characters.
const NAME_CHARS_MAX: usize = 40;

/// How the coordinator finds this tablet in the list of tablets, before giving it a name of its own.
pub(crate) fn name() -> String {
    let told = std::fs::read_to_string("/etc/hostname").ok().or_else(|| std::env::var("COMPUTERNAME").ok());
    name_of(told.as_deref().unwrap_or_default())
}

fn name_of(told: &str) -> String {
    let name: String = told.trim().chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
    if name.is_empty() { "tablette".into() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_always_has_a_name() {
        for (told, expected) in [("tablette-3\n", "tablette-3"), ("", "tablette"), ("\u{7}\n", "tablette")] {
            assert_eq!(name_of(told), expected, "{told:?}");
        }
        assert_eq!(name_of(&"x".repeat(300)).len(), NAME_CHARS_MAX, "a name has a limit");
    }

    #[test]
    fn the_demonstration_keeps_its_secret_in_a_file() {
        let data = tempfile::tempdir().unwrap();
        let made = secret(data.path(), true).unwrap().get_or_create().unwrap();
        let kept = std::fs::read(data.path().join("device/device-secret.bin")).unwrap();
        assert_eq!(kept, made.as_slice(), "which is why nothing real goes into it");
    }
}
