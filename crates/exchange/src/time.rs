//! Trusted time: what the server said last, plus the time elapsed on a clock that nobody sets (decisions.md 14).

use serde::{Deserialize, Serialize};

/// The moment this version was built is a floor of time: 22 November 2026, UTC milliseconds.
pub const BUILD_FLOOR_MS: i64 = 1_795_305_600_000;

/// A clock that no one can set: milliseconds since the device started, and which start that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// Names the start of the device; all zeros when the system does not say.
    pub id: [u8; 16],
    /// Milliseconds since, sleep included.
    pub ms: u64,
}

/// The clocks of a device.
pub trait Clock: Send + Sync {
    /// What the wall clock says, UTC milliseconds; anyone may have set it.
    fn wall_ms(&self) -> i64;
    /// The clock that no one sets.
    fn boot(&self) -> Boot;
}

/// What both clocks said when the server last told the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The server's time, UTC milliseconds.
    pub server_ms: i64,
    /// The wall clock then.
    pub wall_ms: i64,
    /// The device's own clock then.
    pub boot: Boot,
}

impl Anchor {
    /// Ties the server's time to this device's clocks.
    #[must_use]
    pub fn now(server_ms: i64, clock: &dyn Clock) -> Self {
        Self { server_ms, wall_ms: clock.wall_ms(), boot: clock.boot() }
    }
}

/// The present, UTC milliseconds, as well as this device can know it.
///
/// In the same start of the device the wall clock counts for nothing. After a restart the wall clock is corrected by
/// what it was wrong by at the last sync, and never goes before that sync nor before this version was built.
#[must_use]
pub fn trusted_now_ms(anchor: Option<&Anchor>, clock: &dyn Clock) -> i64 {
    let wall = clock.wall_ms();
    let Some(anchor) = anchor else { return wall };
    let boot = clock.boot();
    if boot.id != [0; 16] && boot.id == anchor.boot.id && boot.ms >= anchor.boot.ms {
        let elapsed = i64::try_from(boot.ms - anchor.boot.ms).unwrap_or(i64::MAX);
        return anchor.server_ms.saturating_add(elapsed);
    }
    wall.saturating_add(anchor.server_ms.saturating_sub(anchor.wall_ms)).max(anchor.server_ms).max(BUILD_FLOOR_MS)
}

/// A time that is certainly past, UTC milliseconds: what TLS checks certificates by. A wall clock that may be years ahead
/// must not make the server's certificate look expired, so after a restart only what the server once said counts.
#[must_use]
pub fn certain_now_ms(anchor: Option<&Anchor>, clock: &dyn Clock) -> i64 {
    let Some(anchor) = anchor else { return BUILD_FLOOR_MS };
    let boot = clock.boot();
    let same_start = boot.id != [0; 16] && boot.id == anchor.boot.id;
    let elapsed = if same_start { boot.ms.saturating_sub(anchor.boot.ms) } else { 0 };
    anchor.server_ms.saturating_add(i64::try_from(elapsed).unwrap_or(0)).max(BUILD_FLOOR_MS)
}

/// What this device knows of the present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// The present as well as it can know it: see [`trusted_now_ms`].
    pub now_ms: i64,
    /// What is certainly past: see [`certain_now_ms`].
    pub certain_ms: i64,
}

impl Present {
    /// Reads the device's clocks.
    #[must_use]
    pub fn of(anchor: Option<&Anchor>, clock: &dyn Clock) -> Self {
        Self { now_ms: trusted_now_ms(anchor, clock), certain_ms: certain_now_ms(anchor, clock) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fixed(i64, Boot);
    impl Clock for Fixed {
        fn wall_ms(&self) -> i64 {
            self.0
        }
        fn boot(&self) -> Boot {
            self.1
        }
    }

    const NOW: i64 = BUILD_FLOOR_MS + 86_400_000;
    const YEAR: i64 = 365 * 86_400_000;

    #[test]
    fn a_wall_clock_moved_by_three_years_moves_nothing() {
        let boot = |ms| Boot { id: [1; 16], ms };
        let anchor = Anchor { server_ms: NOW, wall_ms: NOW + 5_000, boot: boot(1_000) };
        for wrong in [NOW + 3 * YEAR, NOW - 3 * YEAR, 0] {
            assert_eq!(
                trusted_now_ms(Some(&anchor), &Fixed(wrong, boot(61_000))),
                NOW + 60_000,
                "elapsed time decides"
            );
        }
        let restarted = Boot { id: [2; 16], ms: 10 };
        assert_eq!(
            trusted_now_ms(Some(&anchor), &Fixed(NOW + 65_000, restarted)),
            NOW + 60_000,
            "the known error is corrected"
        );
        assert_eq!(
            trusted_now_ms(Some(&anchor), &Fixed(0, restarted)),
            NOW,
            "a dead battery does not go back before the last sync"
        );
    }
}
