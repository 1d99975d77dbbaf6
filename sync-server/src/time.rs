//! The server's clock, which a simulation may be.

use std::sync::Arc;

/// Tells the time: the system's, unless a simulation brings its own.
#[derive(Clone)]
pub struct Time(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Time {
    /// A clock of one's own, in UTC milliseconds.
    #[must_use]
    pub fn told_by(tell: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// The present, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        (self.0)()
    }
}

impl Default for Time {
    fn default() -> Self {
        Self::told_by(now_ms)
    }
}

/// The system's clock, UTC milliseconds.
#[must_use]
pub fn now_ms() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
