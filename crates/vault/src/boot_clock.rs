//! The clock of the waits: it runs since the device started, also while it sleeps, and nobody can set it.

/// A moment between two starts of the device. Moments of two different starts cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Names the start of the device; all zeros when the system does not say.
    pub boot: [u8; 16],
    /// Milliseconds since that start, sleep included.
    pub ms: u64,
}

impl Moment {
    /// Milliseconds from `earlier` to this, or nothing when the device started again in between.
    ///
    /// Where the system does not name its starts, a clock that went back tells of one; one that went forward cannot
    /// have run for longer than really passed, so that a wait is never shortened.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Option<u64> {
        if self.boot == earlier.boot { self.ms.checked_sub(earlier.ms) } else { None }
    }

    /// Now, on this device.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    #[must_use]
    pub fn now() -> Self {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
        let ms = time.tv_sec.unsigned_abs() * 1000 + time.tv_nsec.unsigned_abs() / 1_000_000;
        let boot =
            std::fs::read_to_string("/proc/sys/kernel/random/boot_id").ok().and_then(|text| parse_boot_id(&text));
        Self { boot: boot.unwrap_or_default(), ms }
    }

    /// Now, since the app started: on this system a start of the app counts as one of the device, which only lengthens a wait.
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    #[must_use]
    pub fn now() -> Self {
        static START: std::sync::OnceLock<(std::time::Instant, [u8; 16])> = std::sync::OnceLock::new();
        let (start, boot) =
            START.get_or_init(|| (std::time::Instant::now(), crate::dek::random_bytes().unwrap_or_default()));
        Self { boot: *boot, ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX) }
    }
}

/// The 16 bytes of a UUID in text.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn parse_boot_id(text: &str) -> Option<[u8; 16]> {
    let hex: String = text.trim().chars().filter(|c| *c != '-').collect();
    data_encoding::HEXLOWER_PERMISSIVE.decode(hex.as_bytes()).ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_runs_and_names_its_start() {
        let (a, b) = (Moment::now(), Moment::now());
        assert!(b.since(&a).is_some(), "two moments of one start compare");
        #[cfg(target_os = "linux")]
        assert_ne!(a.boot, [0; 16], "Linux names its starts");
    }

    #[test]
    fn moments_of_two_starts_do_not_compare() {
        let a = Moment { boot: [1; 16], ms: 1000 };
        assert_eq!(Moment { boot: [2; 16], ms: 5000 }.since(&a), None, "another start");
        assert_eq!(Moment { boot: [1; 16], ms: 500 }.since(&a), None, "the clock went back: another start");
        assert_eq!(Moment { boot: [1; 16], ms: 1500 }.since(&a), Some(500), "the same start");
    }
}
