//! The states of a referral, and which follows which.

use super::Share;

/// Where a referral stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Being written.
    #[default]
    Draft,
    /// Told to the person.
    Proposed,
    /// The person does not want it.
    DeclinedByPerson,
    /// The person agreed to what is shared, and with whom.
    Agreed,
    /// Handed over.
    Handed,
    /// The partner has it.
    Received,
    /// The partner takes it.
    Accepted,
    /// The partner does not take it.
    RefusedByPartner,
    /// Nobody answered for 30 days; an answer may still come.
    Expired,
    /// The person took the agreement back, before an answer.
    Revoked,
    /// A time is set.
    Appointment,
    /// The person was there.
    Attended,
    /// The person was not there.
    NoShow,
    /// The person said before that they would not come.
    Excused,
    /// The partner cancelled.
    CancelledByPartner,
    /// A right is opened, an enrolment done, a service given.
    ClosedSuccess,
    /// It led to nothing.
    ClosedWithoutResult,
    /// Handed on to another service.
    Reoriented,
    /// The person is not reached any more.
    LostContact,
    /// The person gave up.
    AbandonedByPerson,
}

/// How it is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Means {
    /// A paper slip with a code.
    Slip,
    /// A call.
    Phone,
    /// A message.
    Email,
    /// The mediator goes along.
    Accompanied,
}

/// How it ended once the person was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// A right opened, an enrolment, a service.
    Success,
    /// Nothing.
    WithoutResult,
    /// Another service.
    Reoriented,
}

/// What can happen to a referral.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Happening {
    /// Told to the person.
    Proposed,
    /// The person declines.
    Declined,
    /// The person agrees to share this.
    Agreed(Share),
    /// Handed over, with what was really given.
    Handed {
        /// How.
        means: Means,
        /// To whom, and which fields.
        given: Share,
    },
    /// The partner has it.
    Received,
    /// The partner takes it.
    Accepted,
    /// The partner does not.
    Refused,
    /// The person takes the agreement back.
    Revoked,
    /// A time is set, UTC milliseconds.
    AppointmentSet(i64),
    /// The person was there.
    Attended,
    /// The person was not.
    NoShow,
    /// The person excused themselves.
    Excused,
    /// The partner cancelled.
    Cancelled,
    /// How it ended.
    Closed(Outcome),
    /// The person is not reached any more.
    LostContact,
    /// The person gave up.
    Abandoned,
}

impl Happening {
    /// The partner says it, or what it says of the person implies that the partner answered.
    #[must_use]
    pub fn is_of_partner(&self) -> bool {
        use Happening as H;
        matches!(
            self,
            H::Received
                | H::Accepted
                | H::Refused
                | H::AppointmentSet(_)
                | H::Attended
                | H::NoShow
                | H::Excused
                | H::Cancelled
        )
    }
}

impl State {
    /// The partner has not answered yet.
    #[must_use]
    pub fn waits_for_partner(self) -> bool {
        matches!(self, Self::Handed | Self::Received)
    }

    /// Nothing follows.
    #[must_use]
    pub fn is_end(self) -> bool {
        use State as S;
        matches!(
            self,
            S::DeclinedByPerson
                | S::RefusedByPartner
                | S::Revoked
                | S::ClosedSuccess
                | S::ClosedWithoutResult
                | S::Reoriented
                | S::LostContact
                | S::AbandonedByPerson
        )
    }

    /// The state after something happened; none when the state does not allow it. A step that another implies may be missing:
    /// nobody writes "received" of a partner who accepts on the phone. The will of the person holds wherever it comes: taken back
    /// too late to stop the partner, it still ends the referral.
    #[must_use]
    pub fn after(self, what: &Happening) -> Option<Self> {
        use Happening as H;
        use State as S;
        if self.is_end() {
            return None;
        }
        let met = matches!(self, S::Handed | S::Received | S::Expired | S::Accepted | S::Appointment);
        let waits = matches!(self, S::Handed | S::Received | S::Expired);
        // Who could not come is given another time: the referral is not made twice for that.
        let missed = matches!(self, S::NoShow | S::Excused | S::CancelledByPartner);
        Some(match what {
            H::LostContact => S::LostContact,
            H::Abandoned => S::AbandonedByPerson,
            H::Declined if matches!(self, S::Draft | S::Proposed) => S::DeclinedByPerson,
            H::Revoked if waits => S::Revoked,
            H::Declined | H::Revoked => S::AbandonedByPerson,
            H::Proposed if self == S::Draft => S::Proposed,
            H::Agreed(_) if matches!(self, S::Draft | S::Proposed | S::Agreed) => S::Agreed,
            H::Handed { .. } if self == S::Agreed => S::Handed,
            H::Received if matches!(self, S::Handed | S::Expired) => S::Received,
            H::Accepted if waits => S::Accepted,
            H::Refused if waits => S::RefusedByPartner,
            H::AppointmentSet(_) if waits || missed || matches!(self, S::Accepted | S::Appointment) => S::Appointment,
            H::Attended if met => S::Attended,
            H::NoShow if met => S::NoShow,
            H::Excused if met => S::Excused,
            H::Cancelled if met => S::CancelledByPartner,
            H::Closed(outcome) if self == S::Attended => match outcome {
                Outcome::Success => S::ClosedSuccess,
                Outcome::WithoutResult => S::ClosedWithoutResult,
                Outcome::Reoriented => S::Reoriented,
            },
            _ => return None,
        })
    }
}
