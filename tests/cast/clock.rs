//! Clocks in the hands of a test.

use std::sync::atomic::{AtomicI64, Ordering};

use palier_commands::{Boot, Clock, SystemClock};

/// The device's clocks, moved by a test.
#[derive(Debug, Default)]
pub struct Hands {
    elapsed_ms: AtomicI64,
    wrong_ms: AtomicI64,
    boots: AtomicI64,
}

impl Hands {
    /// Lets time pass on both clocks.
    pub fn pass_ms(&self, ms: i64) {
        self.elapsed_ms.fetch_add(ms, Ordering::Relaxed);
    }

    /// Sets the wall clock wrong by this much.
    pub fn set_wrong_ms(&self, ms: i64) {
        self.wrong_ms.store(ms, Ordering::Relaxed);
    }

    /// Restarts the device: its own clock begins again, and what it had elapsed is forgotten.
    pub fn restart(&self) {
        self.boots.fetch_add(1, Ordering::Relaxed);
    }
}

impl Clock for Hands {
    fn wall_ms(&self) -> i64 {
        SystemClock.wall_ms() + self.elapsed_ms.load(Ordering::Relaxed) + self.wrong_ms.load(Ordering::Relaxed)
    }

    fn boot(&self) -> Boot {
        let mut boot = SystemClock.boot();
        let [first, ..] = &mut boot.id;
        *first = first.wrapping_add(u8::try_from(self.boots.load(Ordering::Relaxed) % 251).unwrap_or(0));
        boot.ms = boot.ms.saturating_add(self.elapsed_ms.load(Ordering::Relaxed).unsigned_abs());
        boot
    }
}
