//! What a passage at a door gave (model.md §3, decisions.md 20).

use serde::{Deserialize, Serialize};

/// Outcome of a passage. A code of a newer version is kept as it is and sent back untouched.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitOutcome {
    /// Nobody answered.
    NoAnswer,
    /// The door opened, a short exchange.
    OpenedBrief,
    /// The door opened, answers were recorded.
    OpenedFull,
    /// Come back, with a slot.
    Callback,
    /// Polite refusal.
    Declined,
    /// The person asked not to be visited any more (12 months, reviewable).
    DoNotContact,
    /// No shared language.
    LanguageBarrier,
    /// A minor alone: leave, note nothing else.
    MinorAlone,
    /// Hall or intercom closed.
    Inaccessible,
    /// Nobody lives here.
    Vacant,
    /// The household left.
    MovedOut,
    /// A new household.
    MovedIn,
    /// The address is wrong.
    WrongAddress,
    /// Not a dwelling.
    NotDwelling,
    /// The person died.
    Deceased,
    /// The mediator withdrew for safety.
    SafetyWithdrawal,
    /// Cancelled: counts nowhere.
    Cleared,
    /// A code of a newer version.
    #[serde(untagged)]
    Unknown(String),
}

/// Every outcome with its code.
const CODES: &[(VisitOutcome, &str)] = &[
    (VisitOutcome::NoAnswer, "no_answer"),
    (VisitOutcome::OpenedBrief, "opened_brief"),
    (VisitOutcome::OpenedFull, "opened_full"),
    (VisitOutcome::Callback, "callback"),
    (VisitOutcome::Declined, "declined"),
    (VisitOutcome::DoNotContact, "do_not_contact"),
    (VisitOutcome::LanguageBarrier, "language_barrier"),
    (VisitOutcome::MinorAlone, "minor_alone"),
    (VisitOutcome::Inaccessible, "inaccessible"),
    (VisitOutcome::Vacant, "vacant"),
    (VisitOutcome::MovedOut, "moved_out"),
    (VisitOutcome::MovedIn, "moved_in"),
    (VisitOutcome::WrongAddress, "wrong_address"),
    (VisitOutcome::NotDwelling, "not_dwelling"),
    (VisitOutcome::Deceased, "deceased"),
    (VisitOutcome::SafetyWithdrawal, "safety_withdrawal"),
    (VisitOutcome::Cleared, "cleared"),
];

impl VisitOutcome {
    /// Reads a code; an unknown one is kept.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        CODES
            .iter()
            .find(|(_, known)| *known == code)
            .map_or_else(|| Self::Unknown(code.to_owned()), |(outcome, _)| outcome.clone())
    }

    /// The code that is stored and sent.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Unknown(code) => code,
            known => CODES.iter().find(|(outcome, _)| outcome == known).map_or("", |(_, code)| code),
        }
    }

    /// True for a code this version knows.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// What the door grid shows.
    #[must_use]
    pub fn status(&self) -> DoorStatus {
        match self {
            Self::NoAnswer => DoorStatus::Absent,
            Self::OpenedBrief | Self::OpenedFull => DoorStatus::Met,
            Self::Callback => DoorStatus::Callback,
            Self::Declined => DoorStatus::Declined,
            Self::DoNotContact => DoorStatus::DoNotContact,
            Self::Vacant => DoorStatus::Vacant,
            Self::Inaccessible => DoorStatus::Inaccessible,
            Self::Cleared => DoorStatus::Todo,
            _ => DoorStatus::Other,
        }
    }

    /// The door was tried: everything but a cancelled passage (indicator R2).
    #[must_use]
    pub fn tried(&self) -> bool {
        *self != Self::Cleared
    }

    /// The door was opened by someone (indicator R2): the open rate is doors opened over doors tried.
    #[must_use]
    pub fn opened(&self) -> bool {
        matches!(
            self,
            Self::OpenedBrief
                | Self::OpenedFull
                | Self::Callback
                | Self::Declined
                | Self::DoNotContact
                | Self::LanguageBarrier
                | Self::MinorAlone
                | Self::MovedIn
        )
    }
}

/// What a door shows in the grid: one word, one icon, one pattern each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DoorStatus {
    /// Nobody came yet.
    Todo,
    /// Someone was met.
    Met,
    /// Nobody answered.
    Absent,
    /// Polite refusal.
    Declined,
    /// Come back.
    Callback,
    /// Nobody lives here.
    Vacant,
    /// Hall or intercom closed.
    Inaccessible,
    /// One of the rarer outcomes.
    Other,
    /// Not to be visited any more.
    DoNotContact,
}

impl DoorStatus {
    /// The code the screen knows.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::Met => "met",
            Self::Absent => "absent",
            Self::Declined => "declined",
            Self::Callback => "callback",
            Self::Vacant => "vacant",
            Self::Inaccessible => "inaccessible",
            Self::Other => "other",
            Self::DoNotContact => "do_not_contact",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_round_trip_and_unknown_ones_are_kept() {
        for (outcome, code) in CODES {
            assert_eq!(VisitOutcome::from_code(code), *outcome, "{code} reads back");
            assert_eq!(outcome.code(), *code, "{code} writes back");
            assert_eq!(serde_json::to_string(outcome).unwrap(), format!("\"{code}\""), "the wire uses the same code");
        }
        let newer = VisitOutcome::from_code("met_by_drone");
        assert_eq!(newer.code(), "met_by_drone", "a newer version's code is kept");
        assert_eq!(newer.status(), DoorStatus::Other, "and shown as another outcome");
    }
}
