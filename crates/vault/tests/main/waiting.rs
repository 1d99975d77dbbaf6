//! Wrong tries wait, never destroy, and no clock or kill gives a free one.

use std::panic::{AssertUnwindSafe, catch_unwind};

use palier_vault::{
    DeviceSecret, DeviceSecretError, FileSecret, Moment, ProfileKey, SecretBytes, Unlock, VaultError, wait_after,
};

use crate::cast::*;

#[track_caller]
fn waits(tablet: &Tablet, seconds: u32) {
    match tablet.open(1, PIN).unwrap() {
        Unlock::Wait { wait_s } => assert_eq!(wait_s, seconds, "the wait left"),
        other => panic!("a wait is on: {other:?}"),
    }
}

#[test]
fn the_waits_grow_and_nothing_is_destroyed() {
    let mut tablet = Tablet::new();
    let made = tablet.enrol(1, PIN);
    for wrong in 1..=20 {
        assert_eq!(tablet.miss(1), (wrong, wait_after(wrong)), "the {wrong}th wrong try");
        if wait_after(wrong) > 0 {
            waits(&tablet, wait_after(wrong));
            tablet.later_s(u64::from(wait_after(wrong)) - 1);
            waits(&tablet, 1);
            tablet.later_s(1);
        }
    }
    assert_eq!(opened(tablet.open(1, PIN).unwrap()).expose(), made.expose(), "after twenty the right PIN still opens");
    assert_eq!(tablet.miss(1), (1, 0), "and the count begins again");
}

#[test]
fn a_try_during_a_wait_is_not_made_and_costs_nothing() {
    let mut tablet = Tablet::new();
    tablet.enrol(1, PIN);
    for _ in 0..3 {
        tablet.miss(1);
    }
    for _ in 0..50 {
        waits(&tablet, 60);
    }
    tablet.later_s(60);
    opened(tablet.open(1, PIN).unwrap());
}

#[test]
fn a_restart_begins_the_wait_again_and_it_then_runs_down() {
    let mut tablet = Tablet::new();
    tablet.enrol(1, PIN);
    for _ in 0..3 {
        tablet.miss(1);
    }
    tablet.later_s(59);
    waits(&tablet, 1);
    tablet.restart();
    waits(&tablet, 60);
    tablet.later_s(30);
    assert_eq!(tablet.vault(1).wait_s(tablet.device(), tablet.now).unwrap(), 30, "it runs down from the restart");
    tablet.later_s(30);
    opened(tablet.open(1, PIN).unwrap());
}

#[test]
fn asking_for_the_wait_also_sees_the_restart() {
    let mut tablet = Tablet::new();
    tablet.enrol(1, PIN);
    for _ in 0..3 {
        tablet.miss(1);
    }
    tablet.restart();
    assert_eq!(tablet.vault(1).wait_s(tablet.device(), tablet.now).unwrap(), 60, "whole again");
    tablet.later_s(20);
    waits(&tablet, 40);
}

#[test]
fn a_clock_that_goes_back_without_a_new_start_is_a_restart() {
    let mut tablet = Tablet::new();
    tablet.enrol(1, PIN);
    for _ in 0..3 {
        tablet.miss(1);
    }
    tablet.now.ms = 5;
    waits(&tablet, 60);
}

#[test]
fn putting_back_old_files_gives_no_try() {
    let mut tablet = Tablet::new();
    tablet.enrol(1, PIN);
    let record = tablet.folder(1).join("tries.bin");
    let fresh = std::fs::read(&record).unwrap();
    for _ in 0..3 {
        tablet.miss(1);
    }
    std::fs::write(&record, &fresh).unwrap();
    waits(&tablet, 60);
    std::fs::remove_file(&record).unwrap();
    waits(&tablet, 60);
    std::fs::write(&record, b"").unwrap();
    waits(&tablet, 60);
    tablet.later_s(60);
    assert_eq!(tablet.miss(1), (4, 300), "the count beside the device secret went on");
}

#[test]
fn a_damaged_count_is_no_way_around() {
    let tablet = Tablet::new();
    let phrase_only = tablet.vault(1);
    phrase_only.create(PHRASE, None, &tablet.org.public(), tablet.now).unwrap();
    std::fs::write(tablet.folder(1).join("tries.bin"), b"garbage").unwrap();
    assert_eq!(phrase_only.wait_s(None, tablet.now).unwrap(), 60, "what cannot be read counts as three tries");
}

/// A device whose app is killed at a given moment of a try.
struct Killed {
    inner: FileSecret,
    after_the_write: bool,
}

impl DeviceSecret for Killed {
    fn get(&self) -> Result<Option<SecretBytes>, DeviceSecretError> {
        self.inner.get()
    }

    fn put(&self, secret: &SecretBytes) -> Result<(), DeviceSecretError> {
        self.inner.put(secret)
    }

    fn read_tries(&self, profile: &ProfileKey) -> Result<Option<Vec<u8>>, DeviceSecretError> {
        self.inner.read_tries(profile)
    }

    fn write_tries(&self, profile: &ProfileKey, record: &[u8]) -> Result<(), DeviceSecretError> {
        if self.after_the_write {
            self.inner.write_tries(profile, record)?;
        }
        panic!("killed");
    }
}

#[test]
fn killed_between_the_count_and_the_try_the_try_is_counted() {
    for after_the_write in [false, true] {
        let mut tablet = Tablet::new();
        tablet.enrol(1, PIN);
        let killed = Killed { inner: tablet.device.clone(), after_the_write };
        for _ in 0..3 {
            let died = catch_unwind(AssertUnwindSafe(|| tablet.vault(1).open(WRONG_PIN, Some(&killed), tablet.now)));
            assert!(died.is_err(), "the app died during the try");
        }
        waits(&tablet, 60);
        tablet.later_s(60);
        assert_eq!(tablet.miss(1), (4, 300), "three killed tries count as three");
    }
}

#[test]
fn a_count_that_cannot_be_kept_forbids_the_try() {
    let tablet = Tablet::new();
    tablet.enrol(1, PIN);
    let unwritable = Unreachable { reads: true, inner: tablet.device.clone() };
    let tried = tablet.vault(1).open(PIN, Some(&unwritable), tablet.now);
    assert!(matches!(tried, Err(VaultError::KeystoreUnreachable)), "no count, no try");
}

#[test]
fn a_keystore_that_does_not_answer_costs_no_try() {
    let tablet = Tablet::new();
    tablet.enrol(1, PIN);
    let gone = Unreachable { reads: false, inner: tablet.device.clone() };
    for device in [None, Some(&gone as &dyn DeviceSecret)] {
        for _ in 0..5 {
            assert!(
                matches!(tablet.vault(1).open(PIN, device, tablet.now), Err(VaultError::KeystoreUnreachable)),
                "it is said"
            );
        }
    }
    assert_eq!(tablet.miss(1), (1, 0), "and nothing was counted");
}

/// A keystore that cannot be written to, or not even read.
struct Unreachable {
    reads: bool,
    inner: FileSecret,
}

impl DeviceSecret for Unreachable {
    fn get(&self) -> Result<Option<SecretBytes>, DeviceSecretError> {
        if self.reads { self.inner.get() } else { Err(DeviceSecretError("locked".into())) }
    }

    fn put(&self, _: &SecretBytes) -> Result<(), DeviceSecretError> {
        Err(DeviceSecretError("locked".into()))
    }

    fn read_tries(&self, profile: &ProfileKey) -> Result<Option<Vec<u8>>, DeviceSecretError> {
        if self.reads { self.inner.read_tries(profile) } else { Err(DeviceSecretError("locked".into())) }
    }

    fn write_tries(&self, _: &ProfileKey, _: &[u8]) -> Result<(), DeviceSecretError> {
        Err(DeviceSecretError("locked".into()))
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(48))]

    /// Whatever the order of tries, waits and restarts: between two tries that were made, the device ran at least the
    /// wait of the first, in one stretch without a restart.
    #[test]
    fn no_order_of_events_shortens_a_wait(events in proptest::collection::vec((0_u8..4, 0_u64..5_000), 1..40)) {
        let mut tablet = Tablet::new();
        tablet.enrol(1, PIN);
        let (mut tries, mut ran_ms, mut model_wait_ms) = (0, 0_u64, 0_u64);
        for (kind, amount) in events {
            match kind {
                0 => {
                    tablet.later_s(amount);
                    ran_ms += amount * 1000;
                }
                1 => {
                    tablet.restart();
                    ran_ms = 0;
                    // The restart is seen by whoever asks first.
                    tablet.vault(1).wait_s(tablet.device(), tablet.now).unwrap();
                }
                _ => match tablet.open(1, WRONG_PIN).unwrap() {
                    Unlock::Wrong { .. } => {
                        proptest::prop_assert!(ran_ms >= model_wait_ms, "made too early");
                        tries += 1;
                        model_wait_ms = u64::from(wait_after(tries)) * 1000;
                        ran_ms = 0;
                    }
                    Unlock::Wait { wait_s } => proptest::prop_assert_eq!(u64::from(wait_s) * 1000, model_wait_ms - ran_ms),
                    Unlock::Opened(_) => proptest::prop_assert!(false, "a wrong PIN never opens"),
                },
            }
        }
    }
}

#[test]
fn moments_come_from_the_device() {
    let (a, b) = (Moment::now(), Moment::now());
    assert!(b.since(&a).is_some_and(|ms| ms < 60_000), "the real clock runs, in milliseconds");
}
