//! One profile's key slots on one tablet: made, opened, changed, recovered.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::boot_clock::Moment;
use crate::cost::{Cost, Policy, stretch};
use crate::dek::random_bytes;
use crate::kek::{self, SecretBytes};
use crate::keyslots::{self, PinSlot, RecoverySlot, Slots, UnknownVersion, VERSION};
use crate::lockout::Tries;
use crate::pin_policy::{SecretKind, check_secret, normalise};
use crate::{Dek, DeviceSecret, OrgPrivate, OrgPublic, ProfileKey, VaultError, sealed, slot_files};

/// The two copies of the slots. Each is whole at every moment, and one of them always opens.
const COPIES: [&str; 2] = ["keyslots.bin", "keyslots.second.bin"];
/// The count of wrong tries, also kept beside the device secret.
const TRIES: &str = "tries.bin";

/// One try at a time: the count is read, raised and written as one act, and Argon2's memory is taken once.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// What a PIN gave.
#[derive(Debug)]
pub enum Unlock {
    /// It is right: the key of the store.
    Opened(Dek),
    /// It is wrong.
    Wrong {
        /// Seconds before the next try, 0 for at once.
        wait_s: u32,
        /// Wrong tries in a row, this one included.
        tries: u32,
    },
    /// It was not tried: the wait of earlier tries is not over.
    Wait {
        /// Seconds left.
        wait_s: u32,
    },
}

/// The key slots of one profile on this tablet. Cheap to make; holds no secret.
#[derive(Debug, Clone)]
pub struct Vault {
    folder: PathBuf,
    profile: ProfileKey,
    policy: Policy,
}

impl Vault {
    /// The vault of `profile` in its own folder (`<data>/profiles/<profile id>`). Touches nothing yet.
    #[must_use]
    pub const fn at(folder: PathBuf, profile: ProfileKey, policy: Policy) -> Self {
        Self { folder, profile, policy }
    }

    /// True when this profile has key slots here, sound or not.
    #[must_use]
    pub fn exists(&self) -> bool {
        COPIES.iter().any(|copy| self.folder.join(copy).exists())
    }

    /// Draws the key of a new store and wraps it twice: for `secret`, and for the organisation's recovery key.
    ///
    /// With a keystore `secret` is a PIN (a pass-phrase is taken too); without one it must be a pass-phrase. When this
    /// was cut short, the slots are either not there or open with the same secret. Blocks while Argon2 works.
    ///
    /// # Errors
    /// [`VaultError::Weak`], [`VaultError::AlreadyThere`], [`VaultError::BadOrgKey`], [`VaultError::KeystoreUnreachable`],
    /// [`VaultError::Storage`].
    pub fn create(
        &self,
        secret: &str,
        device: Option<&dyn DeviceSecret>,
        org: &OrgPublic,
        now: Moment,
    ) -> Result<Dek, VaultError> {
        let _alone = alone();
        check_new_secret(secret, device.is_some())?;
        if self.exists() {
            return Err(VaultError::AlreadyThere);
        }
        slot_files::make_folder(&self.folder)?;
        let dek = Dek::random()?;
        let tablet = random_bytes()?;
        let slots = Slots {
            pin: Some(self.pin_slot(&dek, secret, device, tablet, 1)?),
            recovery: Some(self.recovery_slot(&dek, org, tablet, 1)?),
        };
        // A count left behind by an erased profile of this id must not meet the new one.
        self.write_tries(device, Tries::none(now))?;
        self.write(&slots)?;
        Ok(dek)
    }

    /// Tries `secret`. The try is counted and made durable before it is made. Blocks while Argon2 works.
    ///
    /// # Errors
    /// [`VaultError::NotThere`], [`VaultError::Newer`], [`VaultError::Damaged`], [`VaultError::KeystoreUnreachable`],
    /// [`VaultError::KeystoreLost`], [`VaultError::Storage`] when the try could not be counted, [`VaultError::NoMemory`].
    pub fn open(&self, secret: &str, device: Option<&dyn DeviceSecret>, now: Moment) -> Result<Unlock, VaultError> {
        let _alone = alone();
        self.try_secret(secret, device, now)
    }

    /// Replaces the PIN or pass-phrase by `new`; `old` is tried and counted like any other.
    ///
    /// # Errors
    /// [`VaultError::Weak`] for `new`, before `old` is tried; those of [`Self::open`].
    pub fn change(
        &self,
        old: &str,
        new: &str,
        device: Option<&dyn DeviceSecret>,
        now: Moment,
    ) -> Result<Unlock, VaultError> {
        let _alone = alone();
        check_new_secret(new, device.is_some())?;
        let outcome = self.try_secret(old, device, now)?;
        if let Unlock::Opened(dek) = &outcome {
            self.wrap_for(dek, new, device)?;
        }
        Ok(outcome)
    }

    /// Seconds before the next try is allowed, 0 when it is now. A restart of the device begins the wait again.
    ///
    /// # Errors
    /// [`VaultError::KeystoreUnreachable`], [`VaultError::Storage`].
    pub fn wait_s(&self, device: Option<&dyn DeviceSecret>, now: Moment) -> Result<u32, VaultError> {
        let _alone = alone();
        Ok(self.tries(device, now)?.wait_s(now))
    }

    /// Opens the recovery slot with the organisation's private key: no PIN, no keystore.
    ///
    /// # Errors
    /// [`VaultError::WrongRecoveryKey`], [`VaultError::NotThere`], [`VaultError::Newer`], [`VaultError::Damaged`].
    pub fn recover(&self, private: &OrgPrivate) -> Result<Dek, VaultError> {
        let _alone = alone();
        let slot = self.read()?.recovery.ok_or(VaultError::Damaged { slot: "recovery" })?;
        let dek = sealed::unseal(&slot.sealed, private, &self.context(b"recovery", &slot.tablet))?;
        self.is_dek_of(&slot, &dek)?;
        Ok(dek)
    }

    /// Wraps the store's key for a new secret, after [`Self::recover`]; forgets the wrong tries.
    ///
    /// # Errors
    /// [`VaultError::Weak`], [`VaultError::WrongDek`] when `dek` is not this store's key, and those of [`Self::recover`].
    pub fn rewrap(
        &self,
        dek: &Dek,
        new: &str,
        device: Option<&dyn DeviceSecret>,
        now: Moment,
    ) -> Result<(), VaultError> {
        let _alone = alone();
        check_new_secret(new, device.is_some())?;
        self.wrap_for(dek, new, device)?;
        self.write_tries(device, Tries::none(now))
    }

    /// Seals the store's key to a new recovery key of the organisation; the old one opens nothing afterwards.
    ///
    /// # Errors
    /// [`VaultError::BadOrgKey`], [`VaultError::WrongDek`], [`VaultError::Storage`].
    pub fn reseal(&self, dek: &Dek, org: &OrgPublic) -> Result<(), VaultError> {
        let _alone = alone();
        let mut slots = self.read()?;
        if let Some(slot) = &slots.recovery {
            self.is_dek_of(slot, dek)?;
        }
        let tablet = slots.pin.as_ref().map(|slot| slot.tablet).ok_or(VaultError::Damaged { slot: "pin" })?;
        slots.recovery = Some(self.recovery_slot(dek, org, tablet, slots.next_generation())?);
        self.write(&slots)
    }

    /// The try itself, alone.
    fn try_secret(&self, secret: &str, device: Option<&dyn DeviceSecret>, now: Moment) -> Result<Unlock, VaultError> {
        let slots = self.read()?;
        let slot = slots.pin.as_ref().ok_or(VaultError::Damaged { slot: "pin" })?;
        let bound = bound_secret(slot, device)?;
        let before = self.tries(device, now)?;
        let wait_s = before.wait_s(now);
        if wait_s > 0 {
            return Ok(Unlock::Wait { wait_s });
        }
        let counted = before.one_more(now);
        self.write_tries(device, counted)?;
        let Some(dek) = self.unwrap_pin(slot, secret, bound.as_ref())? else {
            return Ok(Unlock::Wrong { wait_s: counted.wait_s(now), tries: counted.count });
        };
        // From here on the key is known: what fails below costs a longer wait or a second copy, never the opening.
        let _ = self.write_tries(device, Tries::none(now));
        if slot.cost.is_below(self.policy.floor) {
            let _ = self.wrap_for(&dek, secret, device);
        } else if !self.copies_agree() {
            let _ = self.write(&slots);
        }
        Ok(Unlock::Opened(dek))
    }

    /// Writes a new PIN slot; the recovery slot stays as it is.
    fn wrap_for(&self, dek: &Dek, secret: &str, device: Option<&dyn DeviceSecret>) -> Result<(), VaultError> {
        let mut slots = self.read()?;
        let recovery = slots.recovery.as_ref();
        if let Some(slot) = recovery {
            self.is_dek_of(slot, dek)?;
        }
        let tablet = recovery.map(|slot| slot.tablet).or(slots.pin.as_ref().map(|slot| slot.tablet));
        let tablet = tablet.ok_or(VaultError::Damaged { slot: "recovery" })?;
        slots.pin = Some(self.pin_slot(dek, secret, device, tablet, slots.next_generation())?);
        self.write(&slots)
    }

    fn pin_slot(
        &self,
        dek: &Dek,
        secret: &str,
        device: Option<&dyn DeviceSecret>,
        tablet: [u8; 16],
        generation: u64,
    ) -> Result<PinSlot, VaultError> {
        let device = device.map(DeviceSecret::get_or_create).transpose()?;
        let (salt, nonce, cost) = (random_bytes()?, random_bytes()?, self.policy.cost);
        let stretched = stretch(&normalise(secret), &salt, cost)?;
        let kek = kek::kek(&stretched, device.as_ref(), &salt, &self.profile)?;
        let device_mark = device.as_ref().map(|secret| kek::mark(secret, b"device")).transpose()?.unwrap_or_default();
        let aad = self.pin_aad(&tablet, device.is_some(), cost, &salt);
        let sealed = XChaCha20Poly1305::new(Key::from_slice(&*kek))
            .encrypt(XNonce::from_slice(&nonce), Payload { msg: dek.expose(), aad: &aad })
            .map_err(|_| VaultError::Internal)?;
        let sealed = sealed.try_into().map_err(|_| VaultError::Internal)?;
        Ok(PinSlot { generation, tablet, bound: device.is_some(), cost, salt, nonce, device_mark, sealed })
    }

    /// The key, or nothing when the secret is wrong.
    fn unwrap_pin(
        &self,
        slot: &PinSlot,
        secret: &str,
        device: Option<&SecretBytes>,
    ) -> Result<Option<Dek>, VaultError> {
        let stretched = stretch(&normalise(secret), &slot.salt, slot.cost)?;
        let kek = kek::kek(&stretched, device, &slot.salt, &self.profile)?;
        let aad = self.pin_aad(&slot.tablet, slot.bound, slot.cost, &slot.salt);
        let plain = XChaCha20Poly1305::new(Key::from_slice(&*kek))
            .decrypt(XNonce::from_slice(&slot.nonce), Payload { msg: &slot.sealed, aad: &aad })
            .map(Zeroizing::new);
        match plain {
            Ok(plain) => Ok(Some(Dek::from_bytes(plain.as_slice().try_into().map_err(|_| VaultError::Internal)?))),
            Err(_) => Ok(None),
        }
    }

    fn recovery_slot(
        &self,
        dek: &Dek,
        org: &OrgPublic,
        tablet: [u8; 16],
        generation: u64,
    ) -> Result<RecoverySlot, VaultError> {
        let sealed = sealed::seal(dek, org, &self.context(b"recovery", &tablet))?;
        Ok(RecoverySlot { generation, tablet, dek_mark: kek::mark(dek.expose(), b"store key")?, sealed })
    }

    fn is_dek_of(&self, slot: &RecoverySlot, dek: &Dek) -> Result<(), VaultError> {
        if kek::mark(dek.expose(), b"store key")? == slot.dek_mark { Ok(()) } else { Err(VaultError::WrongDek) }
    }

    /// What a slot is bound to: its kind, the version, the profile and the tablet.
    fn context(&self, slot: &[u8], tablet: &[u8; 16]) -> Vec<u8> {
        [b"palier/v1/slot/".as_slice(), slot, b"/", &VERSION.to_le_bytes(), &self.profile, tablet].concat()
    }

    /// The same with Argon2's parameters, so that a slot cannot be made cheaper.
    fn pin_aad(&self, tablet: &[u8; 16], bound: bool, cost: Cost, salt: &[u8]) -> Vec<u8> {
        let mut aad = self.context(b"pin", tablet);
        aad.push(u8::from(bound));
        aad.extend_from_slice(&cost.memory_kib.to_le_bytes());
        aad.extend_from_slice(&cost.passes.to_le_bytes());
        aad.extend_from_slice(salt);
        aad
    }

    /// The best of the two copies.
    fn read(&self) -> Result<Slots, VaultError> {
        let mut found = None;
        for copy in COPIES {
            let Some(bytes) = slot_files::read(&self.folder.join(copy))? else { continue };
            let slots = keyslots::decode(&bytes).map_err(|UnknownVersion(found)| VaultError::Newer { found })?;
            found = Some(found.unwrap_or_else(Slots::default).best(slots));
        }
        found.ok_or(VaultError::NotThere)
    }

    /// Writes both copies, one after the other, the first read back before the second is touched.
    ///
    /// Both hold the newest state afterwards, so that an old PIN opens neither.
    fn write(&self, slots: &Slots) -> Result<(), VaultError> {
        let bytes = keyslots::encode(slots);
        for copy in COPIES {
            let path = self.folder.join(copy);
            slot_files::replace(&path, &bytes)?;
            if slot_files::read(&path)?.as_deref() != Some(&bytes) {
                return Err(VaultError::Storage { kind: std::io::ErrorKind::InvalidData });
            }
        }
        Ok(())
    }

    fn copies_agree(&self) -> bool {
        let [first, second] = COPIES.map(|copy| slot_files::read(&self.folder.join(copy)).ok().flatten());
        first.is_some() && first == second
    }

    /// The count of wrong tries, the stricter of its two places, with the wait begun again after a restart.
    fn tries(&self, device: Option<&dyn DeviceSecret>, now: Moment) -> Result<Tries, VaultError> {
        let own = slot_files::read(&self.tries_path())?;
        let kept = device.map(|device| device.read_tries(&self.profile)).transpose()?.flatten();
        let (mut tries, mut to_write) = (Tries::none(now), false);
        for record in own.into_iter().chain(kept) {
            let read = Tries::decode(&record);
            to_write |= read.is_none();
            tries = tries.stricter(read.unwrap_or(Tries::damaged(now)), now);
        }
        if let Some(again) = tries.restarted(now) {
            (tries, to_write) = (again, true);
        }
        if to_write {
            self.write_tries(device, tries)?;
        }
        Ok(tries)
    }

    fn write_tries(&self, device: Option<&dyn DeviceSecret>, tries: Tries) -> Result<(), VaultError> {
        let record = tries.encode();
        slot_files::overwrite(&self.tries_path(), &record)?;
        if let Some(device) = device {
            device.write_tries(&self.profile, &record)?;
        }
        Ok(())
    }

    fn tries_path(&self) -> PathBuf {
        self.folder.join(TRIES)
    }

    /// Where this profile's files are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The device secret a slot was made with, or nothing for a pass-phrase's slot.
fn bound_secret(slot: &PinSlot, device: Option<&dyn DeviceSecret>) -> Result<Option<SecretBytes>, VaultError> {
    if !slot.bound {
        return Ok(None);
    }
    let secret = device.ok_or(VaultError::KeystoreUnreachable)?.get()?.ok_or(VaultError::KeystoreLost)?;
    if kek::mark(&secret, b"device")? == slot.device_mark { Ok(Some(secret)) } else { Err(VaultError::KeystoreLost) }
}

/// A PIN where a keystore strengthens it, or a pass-phrase; without a keystore, a pass-phrase.
fn check_new_secret(secret: &str, keystore: bool) -> Result<(), VaultError> {
    let phrase = check_secret(SecretKind::Passphrase, secret);
    if keystore && phrase.is_err() {
        return Ok(check_secret(SecretKind::Pin, secret)?);
    }
    Ok(phrase?)
}

/// A holder that panicked left nothing by half: every write here is whole.
fn alone() -> MutexGuard<'static, ()> {
    ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner)
}
