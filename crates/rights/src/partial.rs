//! The diagnosis of incomplete answers: what is certain, what is not, and what to ask next.
//!
//! The ranges are those of the rules evaluated once over ranges ([`crate::number`]): a definite status holds for every
//! completion of the answers. They may be wider than they could be, never narrower.

use crate::answers::{Household, Standing};
use crate::case::Case;
use crate::catalogue::{NO_PERMIT, RIGHTS, Right, TOO_MUCH};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Pack;
use crate::trace::trace;
use crate::truth::{Questions, Truth};

/// Where a household stands with a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It is received: told, not computed.
    Held,
    /// It was asked for.
    InProgress,
    /// Every completion of the answers gives it.
    Claimable,
    /// No completion of the answers gives it.
    NotClaimable,
    /// Some do, some do not.
    ToCheck,
    /// The same, and all that would tell was refused.
    DeclinedToSay,
    /// Nothing was asked yet.
    NotAsked,
}

impl Status {
    /// The code on the wire.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::InProgress => "in_progress",
            Self::Claimable => "claimable",
            Self::NotClaimable => "not_claimable",
            Self::ToCheck => "to_check",
            Self::DeclinedToSay => "declined_to_say",
            Self::NotAsked => "not_asked",
        }
    }

    /// One more answer can still change it.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::ToCheck | Self::NotAsked)
    }
}

/// A right of a household.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Which right.
    pub right: &'static Right,
    /// Where the household stands.
    pub status: Status,
    /// The amount, nothing for a right without one.
    pub amount: Number,
    /// Codes of the conditions certainly not met, never empty when it cannot be had.
    pub reasons: Vec<&'static str>,
    /// Questions that would decide.
    pub missing: Questions,
    /// Answers that no rule covers yet ([`Household::uncovered`]) leave it to be checked by a person.
    pub uncovered: bool,
}

fn status(household: &Household, condition: Truth) -> Status {
    if condition.holds() {
        return Status::Claimable;
    }
    if condition.fails() {
        return Status::NotClaimable;
    }
    if condition.open & !household.refused == 0 {
        return Status::DeclinedToSay;
    }
    if household.nothing_told { Status::NotAsked } else { Status::ToCheck }
}

fn reasons(pack: &Pack, household: &Household, now: Month, right: &Right) -> Vec<&'static str> {
    let (_, mut reasons) = trace(pack, household, now, right);
    reasons.retain(|reason| right.reasons.contains(reason));
    if reasons.is_empty() {
        // Every condition may be met and yet no completion gives an amount: the resources are what is left.
        reasons.push(TOO_MUCH);
    }
    reasons
}

/// Reasons that another income could undo: more of it closes a right, income of work opens one.
const REASONS_OF_INCOME: [&str; 5] = [
    TOO_MUCH,
    "no_income_of_work",
    "rent_and_resources_leave_nothing",
    "alimony_above_amount",
    "young_adult_with_alimony",
];

/// Every computed right of a household, in the order of [`RIGHTS`].
#[must_use]
pub fn outcomes(pack: &Pack, household: &Household, now: Month) -> Vec<Outcome> {
    let case = Case::new(pack, household, now);
    let nobody_may_stay = household.adults.iter().all(|adult| adult.without_permit);
    let of = |right: &'static Right| {
        let mut outcome = if nobody_may_stay && right.looks_at.permit {
            let reasons = vec![NO_PERMIT];
            Outcome { right, status: Status::NotClaimable, amount: Number::ZERO, reasons, missing: 0, uncovered: false }
        } else {
            computed(&case, right)
        };
        let told = household.standing.iter().find(|(key, _)| key == right.key);
        match told {
            Some((_, Standing::Held)) => outcome.status = Status::Held,
            Some((_, Standing::InProgress)) => outcome.status = Status::InProgress,
            None => {}
        }
        outcome
    };
    RIGHTS.iter().map(of).collect()
}

fn computed(case: &Case<'_>, right: &'static Right) -> Outcome {
    let household = case.household;
    let (amount, condition) = (right.compute)(case);
    let mut status = status(household, condition);
    let mut reasons =
        if status == Status::NotClaimable { reasons(case.pack, household, case.now, right) } else { Vec::new() };
    let settled = status == Status::NotClaimable && reasons.iter().any(|reason| !REASONS_OF_INCOME.contains(reason));
    let uncovered = right.looks_at.todays_income && !household.uncovered.is_empty() && !settled;
    if uncovered && matches!(status, Status::Claimable | Status::NotClaimable) {
        status = Status::ToCheck;
        reasons.clear();
    }
    Outcome { right, status, amount, reasons, missing: condition.open, uncovered }
}
