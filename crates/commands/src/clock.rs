//! The device's own clocks.

use palier_exchange::{Boot, Clock};
use palier_vault::Moment;

/// The clocks of this device.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn wall_ms(&self) -> i64 {
        std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn boot(&self) -> Boot {
        let now = Moment::now();
        Boot { id: now.boot, ms: now.ms }
    }
}

/// The same moment, as the vault counts waits.
pub(crate) fn moment(clock: &dyn Clock) -> Moment {
    let boot = clock.boot();
    Moment { boot: boot.id, ms: boot.ms }
}
