//! Before someone is sent to a service: the warning when it is closed, the next opening, and the calendar file to take along.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike};

use crate::schedule::{Schedule, State};

/// Longest text written in a calendar file, in characters; the rest is left out.
const TEXT_CHARS_MAX: usize = 300;

/// What to tell someone who would go at an instant. Instants are UTC milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advice {
    /// Go; it is open until then, when that is known.
    Go {
        /// End of the opening.
        until_ms: Option<i64>,
    },
    /// It is closed then: go at the next opening, when one is known.
    ClosedThen {
        /// Start of the next sure opening.
        opens_ms: Option<i64>,
    },
    /// Nothing sure is known: call first. The next sure opening, when one is known.
    CallFirst {
        /// Start of the next sure opening.
        opens_ms: Option<i64>,
    },
}

/// What to tell someone who would be there at `at_ms`.
#[must_use]
pub fn advise(schedule: &Schedule, at_ms: i64) -> Advice {
    let status = schedule.status(at_ms);
    match status.state {
        State::Open => Advice::Go { until_ms: status.until_ms },
        State::Closed => Advice::ClosedThen { opens_ms: status.opens_ms },
        State::Unknown => Advice::CallFirst { opens_ms: status.opens_ms },
    }
}

/// A time to be at a service, as a calendar file. It names the service, never the person: the file leaves the tablet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// Identifier of the event: the same one read twice by a calendar is one.
    pub uid: String,
    /// Name of the service.
    pub service: String,
    /// Where it is.
    pub address: String,
    /// What to bring, how to get in.
    pub note: String,
    /// When the file is written, UTC milliseconds.
    pub written_ms: i64,
    /// Start, UTC milliseconds.
    pub start_ms: i64,
    /// Length, in minutes.
    pub minutes: u16,
}

impl Reminder {
    /// The file, RFC 5545; none when an instant is impossible.
    #[must_use]
    pub fn file(&self) -> Option<String> {
        let written = DateTime::<Utc>::from_timestamp_millis(self.written_ms)?;
        let start = DateTime::<Utc>::from_timestamp_millis(self.start_ms)?;
        let end = start.checked_add_signed(chrono::TimeDelta::minutes(i64::from(self.minutes)))?;
        let event = Event::new()
            .uid(&plain(&self.uid))
            .timestamp(written)
            .starts(start)
            .ends(end)
            .summary(&plain(&self.service))
            .location(&plain(&self.address))
            .description(&plain(&self.note))
            .done();
        Some(Calendar::new().push(event).done().to_string())
    }
}

/// One line, of a bounded length, without characters that are not seen.
fn plain(text: &str) -> String {
    let seen = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    seen.take(TEXT_CHARS_MAX).collect::<String>().trim().to_owned()
}
