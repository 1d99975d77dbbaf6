//! Sync by itself: soon after a write, regularly otherwise, further and further apart while the server is not reached.

use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::time::Duration;

use crate::App;
use crate::app::lock;

/// After a write, in seconds: long enough to send a run of doors at once, short enough to be felt as at once.
const AFTER_WRITE_SECONDS: u64 = 3;
/// With nothing to send, in seconds: what others wrote is fetched this often.
const IDLE_SECONDS: u64 = 120;
/// The server is not reached: first wait and longest wait, in seconds.
const RETRY_SECONDS: (u64, u64) = (10, 300);

/// Rings when something waits to be sent.
#[derive(Debug, Default)]
pub(crate) struct Wake {
    rung: Mutex<bool>,
    bell: Condvar,
}

impl Wake {
    pub(crate) fn now(&self) {
        *lock(&self.rung) = true;
        self.bell.notify_all();
    }

    /// Waits for a ring or for the time to pass; true when it rang.
    fn wait(&self, seconds: u64) -> bool {
        let rung = lock(&self.rung);
        let waited = self.bell.wait_timeout_while(rung, Duration::from_secs(seconds), |rung| !*rung);
        let (mut rung, _) = waited.unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *rung)
    }
}

impl App {
    /// Starts the background sync. It stops when the application is dropped, and never holds the store while it waits.
    pub fn start_background(self: &Arc<Self>) {
        let wake = self.wake.clone();
        let app = Arc::downgrade(self);
        std::thread::spawn(move || run(&app, &wake));
    }
}

fn run(app: &Weak<App>, wake: &Wake) {
    let (first, longest) = RETRY_SECONDS;
    let mut retry = first;
    let mut pause = AFTER_WRITE_SECONDS;
    loop {
        let rang = wake.wait(pause);
        let Some(app) = app.upgrade() else { return };
        if rang && pause != retry {
            // A run of doors: one request for all of it.
            std::thread::sleep(Duration::from_secs(AFTER_WRITE_SECONDS));
        }
        let open = app.state().open.clone();
        let Some(open) = open else {
            pause = IDLE_SECONDS;
            continue;
        };
        open.services.warm(&lock(&open.store));
        // A fault of the store shows in the next command; a background thread has nobody to tell.
        let synced = app.sync(&open).is_ok();
        let reached = synced && !open.offline.load(std::sync::atomic::Ordering::Relaxed);
        retry = if reached { first } else { (retry * 2).min(longest) };
        pause = if reached { IDLE_SECONDS } else { retry };
    }
}
