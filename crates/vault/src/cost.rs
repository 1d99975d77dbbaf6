//! What one try at a PIN costs: Argon2id's memory and passes, calibrated on the device.

use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use crate::{VaultError, dek::KEY_BYTES};

/// Length of an Argon2 salt, in bytes.
pub(crate) const SALT_BYTES: usize = 16;

/// Most memory a slot may ask for, in KiB: a tablet of 2 GiB still has it, and a forged file cannot ask for all of it.
const MEMORY_KIB_MAX: u32 = 256 * 1024;
/// Most passes a slot may ask for, so that a forged file cannot hold the app for hours.
const PASSES_MAX: u32 = 16;

/// Argon2id's parameters (version 0x13, one lane).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

/// How hard a try is made, and within which bounds. It is passed in and never a global, so that tests can be cheap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// What a new slot is made with.
    pub cost: Cost,
    /// A slot below this is made again at the next opening.
    pub floor: Cost,
}

impl Policy {
    /// The floor, from OWASP's minimum for Argon2id: 19 MiB, 2 passes.
    pub const FLOOR: Cost = Cost { memory_kib: 19 * 1024, passes: 2 };

    /// A try is never made to last longer than this on the device that calibrates.
    pub const TRY_MS_MAX: u64 = 900;

    /// The policy of the app: one try lasts at most [`Self::TRY_MS_MAX`] on this device, and 300 ms or more where the
    /// largest parameters reach it. Takes one to three seconds; meant for enrolment, outside of any lock.
    ///
    /// # Errors
    /// [`VaultError::NoMemory`] when not even the floor's memory can be had.
    pub fn calibrated() -> Result<Self, VaultError> {
        let cost = calibrate(|cost| {
            let start = std::time::Instant::now();
            stretch("calibrate", &[0; SALT_BYTES], cost)?;
            Ok(start.elapsed())
        })?;
        Ok(Self { cost, floor: Self::FLOOR })
    }

    /// For tests alone: 64 KiB and one pass, a millisecond a try. Protects nothing.
    #[must_use]
    pub const fn cheap_for_tests() -> Self {
        let cost = Cost { memory_kib: 64, passes: 1 };
        Self { cost, floor: cost }
    }
}

impl Cost {
    /// What a try costs, to be compared: memory times passes.
    const fn work(self) -> u64 {
        self.memory_kib as u64 * self.passes as u64
    }

    /// True when this is weaker than `other` in memory or in work.
    pub(crate) const fn is_below(self, other: Self) -> bool {
        self.memory_kib < other.memory_kib || self.work() < other.work()
    }

    /// The parameters, refused outside of the limits: they may come from a damaged or forged file.
    fn params(self) -> Result<Params, VaultError> {
        if self.memory_kib > MEMORY_KIB_MAX || self.passes > PASSES_MAX {
            return Err(VaultError::Damaged { slot: "pin" });
        }
        Params::new(self.memory_kib, self.passes, 1, Some(KEY_BYTES)).map_err(|_| VaultError::Damaged { slot: "pin" })
    }

    /// True when a file may ask for it.
    pub(crate) fn is_allowed(self) -> bool {
        self.params().is_ok()
    }
}

/// The candidates, from the dearest, of the design's grid.
const CANDIDATES: &[(u32, u32)] =
    &[(96, 4), (96, 3), (64, 4), (64, 3), (96, 2), (48, 3), (64, 2), (48, 2), (32, 3), (32, 2), (19, 2)];

/// The dearest candidate whose try stays within [`Policy::TRY_MS_MAX`], by one measure of the cheap one and one of the choice.
fn calibrate(mut measure: impl FnMut(Cost) -> Result<Duration, VaultError>) -> Result<Cost, VaultError> {
    let cheap = Cost { memory_kib: 32 * 1024, passes: 2 };
    // The first run also pays for the pages the system has never given yet.
    measure(cheap).or_else(|_| measure(Policy::FLOOR))?;
    let Ok(unit) = measure(cheap) else { return Ok(Policy::FLOOR) };
    let limit = Duration::from_millis(Policy::TRY_MS_MAX);
    for &(memory_mib, passes) in CANDIDATES {
        let cost = Cost { memory_kib: memory_mib * 1024, passes };
        let predicted = unit.as_micros() * u128::from(cost.work()) / u128::from(cheap.work());
        if predicted > limit.as_micros() {
            continue;
        }
        if measure(cost).is_ok_and(|taken| taken <= limit) {
            return Ok(cost);
        }
    }
    Ok(Policy::FLOOR)
}

/// Argon2id of a normalised secret. Blocks for hundreds of milliseconds.
pub(crate) fn stretch(
    secret: &str,
    salt: &[u8; SALT_BYTES],
    cost: Cost,
) -> Result<Zeroizing<[u8; KEY_BYTES]>, VaultError> {
    let params = cost.params()?;
    let blocks = usize::try_from(cost.memory_kib).map_err(|_| VaultError::NoMemory)?;
    // Asked for beforehand: Argon2 itself would abort the process where memory is short.
    let mut memory: Vec<argon2::Block> = Vec::new();
    memory.try_reserve_exact(blocks).map_err(|_| VaultError::NoMemory)?;
    memory.resize(blocks, argon2::Block::default());
    let mut out = Zeroizing::new([0; KEY_BYTES]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let done = argon.hash_password_into_with_memory(secret.as_bytes(), salt, &mut *out, memory.as_mut_slice());
    memory.fill(argon2::Block::default());
    done.map_err(|_| VaultError::Internal)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A device that takes this long for 1 MiB and one pass.
    #[track_caller]
    fn check(micros_per_mib: u64, expected: (u32, u32)) {
        let cost = calibrate(|cost| Ok(Duration::from_micros(cost.work() / 1024 * micros_per_mib))).unwrap();
        assert_eq!((cost.memory_kib / 1024, cost.passes), expected, "{micros_per_mib} µs a MiB");
    }

    #[test]
    fn the_slower_the_device_the_cheaper_the_try() {
        check(500, (96, 4));
        check(2_500, (96, 3));
        check(4_600, (64, 3));
        check(14_000, (32, 2));
        check(100_000, (19, 2));
    }

    #[test]
    fn this_device_gets_a_cost_that_is_allowed_and_not_below_the_floor() {
        let policy = Policy::calibrated().unwrap();
        assert!(policy.cost.is_allowed(), "what is written is read again");
        assert!(!policy.cost.is_below(policy.floor), "or every opening would make the slot again");
    }

    #[test]
    fn a_device_short_of_memory_gets_the_floor() {
        let cost =
            calibrate(
                |cost| if cost == Policy::FLOOR { Ok(Duration::from_millis(50)) } else { Err(VaultError::NoMemory) },
            );
        assert_eq!(cost.unwrap(), Policy::FLOOR, "the app still works on the smallest tablet");
    }

    #[test]
    fn a_forged_cost_is_refused_before_any_work() {
        assert!(!Cost { memory_kib: u32::MAX, passes: 1 }.is_allowed(), "memory has a limit");
        assert!(!Cost { memory_kib: 64, passes: u32::MAX }.is_allowed(), "passes have a limit");
        assert!(!Cost { memory_kib: 0, passes: 0 }.is_allowed(), "nothing is no cost");
        assert!(Policy::FLOOR.is_allowed(), "the floor is a cost");
    }

    #[test]
    fn every_input_of_a_try_counts() {
        let base = stretch("493817", &[1; 16], Cost { memory_kib: 64, passes: 1 }).unwrap();
        for (secret, salt, memory_kib, passes) in
            [("493818", 1, 64, 1), ("493817", 2, 64, 1), ("493817", 1, 128, 1), ("493817", 1, 64, 2)]
        {
            let other = stretch(secret, &[salt; 16], Cost { memory_kib, passes }).unwrap();
            assert_ne!(*base, *other, "the secret, the salt, the memory and the passes all enter");
        }
    }
}
