//! What is to be done next with a referral, and when: nothing is left to a person's memory.

use super::{CALL_BACK_MS, EXPIRY_MS, Reading, State};

/// What a mediator is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// The person agreed and nothing was handed over.
    HandOver,
    /// Ask the partner whether it has it.
    AskPartner,
    /// Nobody answered for 30 days: a rupture. Ask the person, or hand on to another service.
    Silent,
    /// The partner takes it and no time is set: ask where it stands.
    AskWhere,
    /// The time has come: ask the person how it went.
    AskPerson,
    /// The person was there: ask what came of it.
    AskResult,
    /// The person was not there, or the partner cancelled: take up contact again.
    ResumeContact,
}

impl Step {
    /// The code that screens and exports name it by.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::HandOver => "hand_over",
            Self::AskPartner => "ask_partner",
            Self::Silent => "silent",
            Self::AskWhere => "ask_where",
            Self::AskPerson => "ask_person",
            Self::AskResult => "ask_result",
            Self::ResumeContact => "resume_contact",
        }
    }
}

/// What is next, and from when on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Next {
    /// What.
    pub what: Step,
    /// From when on, UTC milliseconds.
    pub at_ms: i64,
}

impl Reading {
    /// What is next at an instant; none when the referral is over or was only spoken of.
    #[must_use]
    pub fn next(&self, urgent: bool, now_ms: i64) -> Option<Next> {
        let after = |what, wait_ms: i64| Some(Next { what, at_ms: self.since_ms.saturating_add(wait_ms) });
        match self.at(now_ms) {
            State::Agreed => after(Step::HandOver, 0),
            State::Handed | State::Received => {
                let at_ms = self.reminder_ms(urgent)?;
                Some(Next { what: Step::AskPartner, at_ms })
            }
            State::Expired => {
                let at_ms = self.handed_ms.unwrap_or(self.since_ms).saturating_add(EXPIRY_MS);
                Some(Next { what: Step::Silent, at_ms })
            }
            State::Accepted => after(Step::AskWhere, CALL_BACK_MS),
            State::Appointment => {
                Some(Next { what: Step::AskPerson, at_ms: self.appointment_ms.unwrap_or(self.since_ms) })
            }
            State::Attended => after(Step::AskResult, CALL_BACK_MS),
            State::NoShow | State::Excused | State::CancelledByPartner => after(Step::ResumeContact, CALL_BACK_MS),
            _ => None,
        }
    }

    /// When what is next may change by itself: the end of the wait for a partner. None when time alone changes nothing.
    #[must_use]
    pub fn expires_ms(&self) -> Option<i64> {
        self.handed_ms.filter(|_| self.state.waits_for_partner()).map(|handed| handed.saturating_add(EXPIRY_MS))
    }
}
