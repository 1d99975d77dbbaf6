//! The codes that records and exports name the states, the means and the happenings of a referral by (model.md, ReferralState).

use std::collections::BTreeSet;

use super::{Happening, Means, Outcome, Share, State};

/// Who said how it ended, the surest first (model.md, ClosureSource).
pub const CLOSURE_SOURCES: &[&str] = &["partner_link", "partner_slip", "partner_phone", "mediator_saw", "person_said"];

/// Why a partner does not take a referral (model.md, RefusalReason).
pub const REFUSAL_REASONS: &[&str] = &[
    "not_eligible",
    "out_of_zone",
    "saturated",
    "wrong_service",
    "missing_documents",
    "person_unreachable",
    "service_closed",
    "other",
];

/// What came of a referral that led to something.
pub const RESULTS: &[&str] = &["right_opened", "enrolled", "service_delivered"];

/// Whether the person came there for the first time (fiche S55, S56, S59).
pub const FIRST_TIMES: &[&str] = &["yes", "no"];

impl State {
    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Proposed => "proposed",
            Self::DeclinedByPerson => "declined_by_person",
            Self::Agreed => "agreed",
            Self::Handed => "handed",
            Self::Received => "received",
            Self::Accepted => "accepted",
            Self::RefusedByPartner => "refused_by_partner",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::Appointment => "appointment",
            Self::Attended => "attended",
            Self::NoShow => "no_show",
            Self::Excused => "excused",
            Self::CancelledByPartner => "cancelled_by_partner",
            Self::ClosedSuccess => "closed_success",
            Self::ClosedWithoutResult => "closed_without_result",
            Self::Reoriented => "reoriented",
            Self::LostContact => "lost_contact",
            Self::AbandonedByPerson => "abandoned_by_person",
        }
    }
}

impl Means {
    /// Every means.
    pub const ALL: [Self; 4] = [Self::Slip, Self::Phone, Self::Email, Self::Accompanied];

    /// Its code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Slip => "slip",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Accompanied => "accompanied",
        }
    }

    /// The means of a code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|means| means.code() == code)
    }
}

/// A happening as a record keeps it: a code, and the parts that some codes need.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// What happened.
    pub what: String,
    /// How it was handed over, for `handed`.
    pub means: String,
    /// The partner, by its key in the directory, for `agreed` and `handed`.
    pub partner: String,
    /// The fields shared, for `agreed` and `handed`.
    pub fields: BTreeSet<String>,
    /// The time set, UTC milliseconds, for `appointment`.
    pub due_ms: Option<i64>,
}

impl Written {
    /// How a happening is written.
    #[must_use]
    pub fn of(what: &Happening) -> Self {
        use Happening as H;
        let plain = |code: &str| Self { what: code.to_owned(), ..Self::default() };
        let shared = |code: &str, share: &Share| Self {
            partner: share.partner.clone(),
            fields: share.fields.clone(),
            ..plain(code)
        };
        match what {
            H::Proposed => plain("proposed"),
            H::Declined => plain("declined"),
            H::Agreed(share) => shared("agreed", share),
            H::Handed { means, given } => Self { means: means.code().to_owned(), ..shared("handed", given) },
            H::Received => plain("received"),
            H::Accepted => plain("accepted"),
            H::Refused => plain("refused"),
            H::Revoked => plain("revoked"),
            H::AppointmentSet(at_ms) => Self { due_ms: Some(*at_ms), ..plain("appointment") },
            H::Attended => plain("attended"),
            H::NoShow => plain("no_show"),
            H::Excused => plain("excused"),
            H::Cancelled => plain("cancelled"),
            H::Closed(Outcome::Success) => plain("closed_success"),
            H::Closed(Outcome::WithoutResult) => plain("closed_without_result"),
            H::Closed(Outcome::Reoriented) => plain("reoriented"),
            H::LostContact => plain("lost_contact"),
            H::Abandoned => plain("abandoned"),
        }
    }

    /// The happening; none for a code of a newer version, or one whose parts are missing: it is kept and shown to nobody yet.
    #[must_use]
    pub fn read(&self) -> Option<Happening> {
        use Happening as H;
        let share = || Share { partner: self.partner.clone(), fields: self.fields.clone() };
        Some(match self.what.as_str() {
            "proposed" => H::Proposed,
            "declined" => H::Declined,
            "agreed" => H::Agreed(share()),
            "handed" => H::Handed { means: Means::from_code(&self.means)?, given: share() },
            "received" => H::Received,
            "accepted" => H::Accepted,
            "refused" => H::Refused,
            "revoked" => H::Revoked,
            "appointment" => H::AppointmentSet(self.due_ms?),
            "attended" => H::Attended,
            "no_show" => H::NoShow,
            "excused" => H::Excused,
            "cancelled" => H::Cancelled,
            "closed_success" => H::Closed(Outcome::Success),
            "closed_without_result" => H::Closed(Outcome::WithoutResult),
            "reoriented" => H::Closed(Outcome::Reoriented),
            "lost_contact" => H::LostContact,
            "abandoned" => H::Abandoned,
            _ => return None,
        })
    }
}
