//! The diagnosis of incomplete answers: what is certain, what is not, and what to ask next.
//!
//! The ranges are those of the rules evaluated once over ranges ([`crate::number`]): a definite status holds for every
//! completion of the answers. They may be wider than they could be, never narrower.

use crate::answers::Household;
use crate::case::{Case, Step};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Pack;
use crate::truth::{Questions, Truth};

/// Over what time an amount is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// A month.
    Month,
    /// A year.
    Year,
    /// No amount in money.
    Nothing,
}

/// Where a household stands with a right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
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

/// Computes the amount of a right, nothing for a right without one, and the condition on which it can be had.
type Compute = fn(&Case<'_>) -> (Number, Truth);

/// One computed right: its key, its time, the conditions of its own that may be told as reasons.
#[derive(Debug, Clone, Copy)]
pub struct Right {
    /// The key on the wire.
    pub key: &'static str,
    /// What its amount counts.
    pub per: Per,
    /// Codes of the conditions told when they are not met.
    pub reasons: &'static [&'static str],
    compute: Compute,
}

const fn right(key: &'static str, per: Per, reasons: &'static [&'static str], compute: Compute) -> Right {
    Right { key, per, reasons, compute }
}

/// A right in money can be had when there is some.
fn paid(amount: Number) -> (Number, Truth) {
    (amount, amount.some())
}

/// What each adult can have, together.
fn paid_to_adults(case: &Case<'_>, of: impl Fn(usize) -> Number) -> (Number, Truth) {
    paid((0..case.household.adults.len()).map(of).sum())
}

const TOO_MUCH: &str = "resources_above_ceiling";

/// The computed rights.
pub const RIGHTS: [Right; 18] = [
    right("rsa", Per::Month, &["student", "age_under_25", "residence_permit_under_5_years"], |case| {
        paid(case.rsa(case.now))
    }),
    right("ppa", Per::Month, &["no_income_of_work", "age_under_18", "residence_permit_under_5_years"], |case| {
        paid(case.ppa(case.now))
    }),
    right("aspa", Per::Month, &["age_below_65", "residence_under_10_years"], |case| paid(case.aspa(case.now))),
    right("aide_logement", Per::Month, &["not_a_tenant", "rent_and_resources_leave_nothing"], |case| {
        paid(case.housing_aid(case.now))
    }),
    right("af", Per::Month, &["under_two_children"], |case| paid(case.family_allowance(case.now))),
    right("cf", Per::Month, &["under_three_children", "receives_paje"], |case| paid(case.large_family(case.now))),
    right("asf", Per::Month, &["lives_in_couple", "no_child", "alimony_above_amount"], |case| paid(case.asf(case.now))),
    right("paje_base", Per::Month, &["no_child_under_three", TOO_MUCH], |case| paid(case.child_benefit(case.now))),
    right("aeeh", Per::Month, &["no_child", "child_not_disabled_enough", "child_over_twenty"], |case| {
        paid(case.aeeh(case.now))
    }),
    right("aah", Per::Month, &["disability_below_50", "disability_without_work_restriction"], |case| {
        paid_to_adults(case, |adult| case.aah_of(adult, case.now))
    }),
    right("asi", Per::Month, &["no_invalidity_pension"], |case| {
        paid_to_adults(case, |adult| case.asi_of(adult, case.now))
    }),
    right("reduction_loyer_solidarite", Per::Month, &["not_social_tenant", TOO_MUCH], |case| {
        paid(case.rent_reduction(case.now))
    }),
    right("ars", Per::Year, &["no_child_at_school_age"], |case| paid(case.ars())),
    right("cheque_energie", Per::Year, &["no_home_of_own", TOO_MUCH], |case| paid(case.cheque_energie())),
    right("bourse_college", Per::Year, &["no_child_in_college", TOO_MUCH], |case| paid(case.college_grant())),
    right("bourse_lycee", Per::Year, &["no_child_in_lycee", TOO_MUCH], |case| paid(case.lycee_grant())),
    right("css_gratuite", Per::Nothing, &["young_adult_with_alimony"], |case| (Number::ZERO, case.health_cover().free)),
    right("css_participation", Per::Nothing, &["young_adult_with_alimony"], |case| {
        (Number::ZERO, case.health_cover().with_participation)
    }),
];

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
    /// Questions that would decide, never empty while undecided.
    pub missing: Questions,
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

/// Computes one right again with its steps and the conditions that are certainly not met.
#[must_use]
pub fn trace(pack: &Pack, household: &Household, now: Month, right: &Right) -> (Vec<Step>, Vec<&'static str>) {
    let case = Case::traced(pack, household, now);
    (right.compute)(&case);
    case.into_trace()
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

/// Every computed right of a household, in the order of [`RIGHTS`].
#[must_use]
pub fn outcomes(pack: &Pack, household: &Household, now: Month) -> Vec<Outcome> {
    let case = Case::new(pack, household, now);
    let of = |right: &'static Right| {
        let (amount, condition) = (right.compute)(&case);
        let status = status(household, condition);
        let refused = status == Status::NotClaimable;
        Outcome {
            right,
            status,
            amount,
            reasons: if refused { reasons(pack, household, now, right) } else { Vec::new() },
            missing: condition.open,
        }
    };
    RIGHTS.iter().map(of).collect()
}
