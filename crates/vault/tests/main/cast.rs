//! A tablet with its files, its device secret, its clock and its organisation.

use std::path::PathBuf;

use palier_vault::{Dek, DeviceSecret, FileSecret, Moment, OrgPrivate, Policy, Unlock, Vault, VaultError};

pub const PIN: &str = "493817";
pub const OTHER_PIN: &str = "870353";
pub const WRONG_PIN: &str = "605139";
pub const PHRASE: &str = "sept mots sans lien pour ouvrir chaque porte";

pub struct Tablet {
    pub data: tempfile::TempDir,
    pub device: FileSecret,
    pub org: OrgPrivate,
    pub now: Moment,
}

impl Tablet {
    pub fn new() -> Self {
        let data = tempfile::tempdir().unwrap();
        let device = FileSecret::in_folder(data.path().join("device"));
        Self { device, data, org: OrgPrivate::random().unwrap(), now: Moment { boot: [1; 16], ms: 10_000 } }
    }

    pub fn vault(&self, profile: u8) -> Vault {
        self.vault_with(profile, Policy::cheap_for_tests())
    }

    pub fn vault_with(&self, profile: u8, policy: Policy) -> Vault {
        Vault::at(self.folder(profile), [profile; 16], policy)
    }

    pub fn folder(&self, profile: u8) -> PathBuf {
        self.data.path().join(format!("profiles/{profile}"))
    }

    pub fn enrol(&self, profile: u8, pin: &str) -> Dek {
        self.vault(profile).create(pin, Some(&self.device), &self.org.public(), self.now).unwrap()
    }

    pub fn open(&self, profile: u8, pin: &str) -> Result<Unlock, VaultError> {
        self.vault(profile).open(pin, Some(&self.device), self.now)
    }

    /// Tries a wrong PIN once; what came of it.
    pub fn miss(&self, profile: u8) -> (u32, u32) {
        match self.open(profile, WRONG_PIN).unwrap() {
            Unlock::Wrong { wait_s, tries } => (tries, wait_s),
            other => panic!("a wrong PIN is wrong: {other:?}"),
        }
    }

    pub fn later_s(&mut self, seconds: u64) {
        self.now.ms += seconds * 1000;
    }

    pub fn restart(&mut self) {
        self.now = Moment { boot: [self.now.boot[0] + 1; 16], ms: 3_000 };
    }

    pub fn device(&self) -> Option<&dyn DeviceSecret> {
        Some(&self.device)
    }

    /// Both copies of a profile's slots.
    pub fn copies(&self, profile: u8) -> [PathBuf; 2] {
        ["keyslots.bin", "keyslots.second.bin"].map(|name| self.folder(profile).join(name))
    }
}

pub fn opened(unlock: Unlock) -> Dek {
    match unlock {
        Unlock::Opened(dek) => dek,
        other => panic!("the PIN is right: {other:?}"),
    }
}
