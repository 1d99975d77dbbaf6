//! A clock that browser tests move, to see the veil, the lock and the alarm without waiting for them.

use std::sync::atomic::{AtomicI64, Ordering};

use palier_commands::{Boot, Clock, SystemClock};

/// The device's clocks, moved forward by what a test asked for.
#[derive(Debug, Default)]
pub struct MovedClock {
    /// Milliseconds added to both clocks.
    elapsed_ms: AtomicI64,
    /// Milliseconds added to the wall clock alone: a clock set wrong.
    wall_ms: AtomicI64,
}

impl MovedClock {
    /// Lets time pass.
    pub fn pass(&self, ms: i64) {
        self.elapsed_ms.fetch_add(ms.max(0), Ordering::Relaxed);
    }

    /// Sets the wall clock wrong by this much.
    pub fn set_wrong(&self, ms: i64) {
        self.wall_ms.store(ms, Ordering::Relaxed);
    }
}

impl Clock for MovedClock {
    fn wall_ms(&self) -> i64 {
        SystemClock.wall_ms() + self.elapsed_ms.load(Ordering::Relaxed) + self.wall_ms.load(Ordering::Relaxed)
    }

    fn boot(&self) -> Boot {
        let boot = SystemClock.boot();
        Boot { id: boot.id, ms: boot.ms + self.elapsed_ms.load(Ordering::Relaxed).unsigned_abs() }
    }
}
