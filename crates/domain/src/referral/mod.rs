//! A referral: a person is handed on to a service, and the loop is closed (model.md, ReferralState).
//!
//! What happened is a set of [`Event`]s, written on several tablets and never changed; [`read`] puts them in the order of their
//! stamps and walks [`State::after`]. So any order of arrival and any repetition give the same reading. An event that the state
//! does not allow is kept in [`Reading::set_aside`] for a person to see. Expiry is not an event but the passing of time, told by
//! [`Reading::at`]: an answer that comes after it counts as any other.

mod code;
mod next;
mod state;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use code::{CLOSURE_SOURCES, FIRST_TIMES, REFUSAL_REASONS, RESULTS, Written};
pub use next::{Next, Step};
pub use state::{Happening, Means, Outcome, State};

/// An hour in milliseconds.
const HOUR_MS: i64 = 3_600_000;
/// Without an answer, the mediator is reminded after this long.
pub const REMINDER_MS: i64 = 10 * 24 * HOUR_MS;
/// The same, when it is urgent.
pub const URGENT_REMINDER_MS: i64 = 48 * HOUR_MS;
/// Without an answer, a referral expires after this long.
pub const EXPIRY_MS: i64 = 30 * 24 * HOUR_MS;

/// Someone who did not come, or whose partner took the referral and set no time, is called back after this long.
pub const CALL_BACK_MS: i64 = 14 * 24 * HOUR_MS;

/// What the person agreed to hand over: to whom, and which fields.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share {
    /// The partner, by its key in the directory.
    pub partner: String,
    /// The fields, by their names in the catalogue.
    pub fields: BTreeSet<String>,
}

impl Share {
    /// Everything in `given` was agreed to: this partner, and no other field.
    #[must_use]
    pub fn covers(&self, given: &Self) -> bool {
        !self.partner.is_empty() && self.partner == given.partner && given.fields.is_subset(&self.fields)
    }
}

/// One thing that happened, as a tablet wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Identifier of the event; breaks ties, and makes a repetition one.
    pub id: u128,
    /// What.
    pub what: Happening,
}

/// What a set of events says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The state, without the passing of time.
    pub state: State,
    /// When it was handed over, UTC milliseconds.
    pub handed_ms: Option<i64>,
    /// When the latest thing that counted happened, UTC milliseconds; 0 for none.
    pub since_ms: i64,
    /// The time set with the partner, UTC milliseconds; none when none is.
    pub appointment_ms: Option<i64>,
    /// What the person last agreed to share.
    pub agreed: Option<Share>,
    /// Events that changed nothing because the state did not allow them: shown, never dropped.
    pub set_aside: Vec<Event>,
    /// The partner's first answer came after the expiry.
    pub answered_late: bool,
}

/// Reads a set of events, in whatever order they came.
#[must_use]
pub fn read(events: &[Event]) -> Reading {
    let ordered: BTreeSet<&Event> = events.iter().collect();
    let mut reading = Reading::default();
    for event in ordered {
        let consents = match &event.what {
            Happening::Handed { given, .. } => reading.agreed.as_ref().is_some_and(|agreed| agreed.covers(given)),
            _ => true,
        };
        let Some(next) = reading.state.after(&event.what).filter(|_| consents) else {
            reading.set_aside.push(event.clone());
            continue;
        };
        match &event.what {
            Happening::Agreed(share) => reading.agreed = Some(share.clone()),
            Happening::Handed { .. } => reading.handed_ms = Some(event.at_ms),
            Happening::AppointmentSet(at_ms) => reading.appointment_ms = Some(*at_ms),
            _ => {}
        }
        reading.since_ms = event.at_ms;
        let late = reading.handed_ms.is_some_and(|handed| event.at_ms >= handed.saturating_add(EXPIRY_MS));
        reading.answered_late |= late && reading.state.waits_for_partner() && event.what.is_of_partner();
        reading.state = next;
    }
    reading
}

impl Reading {
    /// The state at an instant: what waits for its partner for 30 days has expired.
    #[must_use]
    pub fn at(&self, now_ms: i64) -> State {
        match self.handed_ms {
            Some(handed) if self.state.waits_for_partner() && now_ms >= handed.saturating_add(EXPIRY_MS) => {
                State::Expired
            }
            _ => self.state,
        }
    }

    /// When the mediator is to be reminded that nobody answered; none when nobody is waited for.
    #[must_use]
    pub fn reminder_ms(&self, urgent: bool) -> Option<i64> {
        let after = if urgent { URGENT_REMINDER_MS } else { REMINDER_MS };
        self.handed_ms.filter(|_| self.state.waits_for_partner()).map(|handed| handed.saturating_add(after))
    }
}
