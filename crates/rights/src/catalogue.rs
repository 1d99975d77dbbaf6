//! The computed rights: their keys, the conditions told as reasons, the function that computes each.

use crate::case::Case;
use crate::number::Number;
use crate::truth::Truth;

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

/// Computes the amount of a right, nothing for a right without one, and the condition on which it can be had.
type Compute = fn(&Case<'_>) -> (Number, Truth);

/// One computed right.
#[derive(Debug, Clone, Copy)]
pub struct Right {
    /// The key on the wire.
    pub key: &'static str,
    /// Its theme, a code of `RightTheme` (service-public.fr families).
    pub theme: &'static str,
    /// What its amount counts.
    pub per: Per,
    /// Codes of the conditions of its own told when they are not met.
    pub reasons: &'static [&'static str],
    /// Fields whose answer most often closes it alone, whatever the others say: no invalidity pension, no ASI.
    pub gates: &'static [&'static str],
    /// What else it looks at.
    pub looks_at: LooksAt,
    pub(crate) compute: Compute,
}

/// What a right looks at beyond its own conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LooksAt {
    /// What comes in today: an income that no rule covers yet leaves it to be checked.
    pub todays_income: bool,
    /// A right to stay in France (of an adult of the household).
    pub permit: bool,
}

/// Minima and aids of the month.
const TODAY: LooksAt = LooksAt { todays_income: true, permit: true };
/// Family benefits: incomes of the year N-2, and a right to stay (L512-2 CSS).
const FAMILY: LooksAt = LooksAt { todays_income: false, permit: true };
/// Incomes of the year N-2, whoever holds which permit.
const TAX: LooksAt = LooksAt { todays_income: false, permit: false };

/// A right in money can be had when there is some.
fn paid(amount: Number) -> (Number, Truth) {
    (amount, amount.some())
}

/// What each adult with a right to stay can have, together.
fn paid_to_adults(case: &Case<'_>, of: impl Fn(usize) -> Number) -> (Number, Truth) {
    let staying = case.household.adults.iter().enumerate().filter(|(_, adult)| !adult.without_permit);
    paid(staying.map(|(index, _)| of(index)).sum())
}

/// The reason that is left when every condition is met and yet no completion gives an amount.
pub(crate) const TOO_MUCH: &str = "resources_above_ceiling";
/// Nobody of the household has a right to stay.
pub(crate) const NO_PERMIT: &str = "no_residence_permit";

/// The computed rights, in the order in which they are told.
pub const RIGHTS: [Right; 18] = [
    Right {
        key: "rsa",
        theme: "social_sante",
        per: Per::Month,
        reasons: &["student", "age_under_25", "residence_permit_under_5_years"],
        gates: &["salaire_net_mensuel", "date_naissance"],
        looks_at: TODAY,
        compute: |case| paid(case.rsa(case.now)),
    },
    Right {
        key: "ppa",
        theme: "social_sante",
        per: Per::Month,
        reasons: &["no_income_of_work", "age_under_18", "residence_permit_under_5_years"],
        gates: &["salaire_net_mensuel"],
        looks_at: TODAY,
        compute: |case| paid(case.ppa(case.now)),
    },
    Right {
        key: "aspa",
        theme: "social_sante",
        per: Per::Month,
        reasons: &["age_below_65", "residence_under_10_years"],
        gates: &["date_naissance"],
        looks_at: TODAY,
        compute: |case| paid(case.aspa(case.now)),
    },
    Right {
        key: "aide_logement",
        theme: "logement",
        per: Per::Month,
        reasons: &["not_a_tenant", "rent_and_resources_leave_nothing"],
        gates: &["logement.statut"],
        looks_at: TODAY,
        compute: |case| paid(case.housing_aid(case.now)),
    },
    Right {
        key: "af",
        theme: "famille",
        per: Per::Month,
        reasons: &["under_two_children"],
        gates: &["date_naissance"],
        looks_at: FAMILY,
        compute: |case| paid(case.family_allowance(case.now)),
    },
    Right {
        key: "cf",
        theme: "famille",
        per: Per::Month,
        reasons: &["under_three_children", "receives_paje"],
        gates: &["date_naissance"],
        looks_at: FAMILY,
        compute: |case| paid(case.large_family(case.now)),
    },
    Right {
        key: "asf",
        theme: "famille",
        per: Per::Month,
        reasons: &["lives_in_couple", "no_child", "alimony_above_amount"],
        gates: &["date_naissance"],
        looks_at: FAMILY,
        compute: |case| paid(case.asf(case.now)),
    },
    Right {
        key: "paje_base",
        theme: "famille",
        per: Per::Month,
        reasons: &["no_child_under_three", TOO_MUCH],
        gates: &["date_naissance"],
        looks_at: FAMILY,
        compute: |case| paid(case.child_benefit(case.now)),
    },
    Right {
        key: "aeeh",
        theme: "famille",
        per: Per::Month,
        reasons: &["no_child", "child_not_disabled_enough", "child_over_twenty"],
        gates: &["taux_incapacite"],
        looks_at: FAMILY,
        compute: |case| paid(case.aeeh(case.now)),
    },
    Right {
        key: "aah",
        theme: "social_sante",
        per: Per::Month,
        reasons: &["disability_below_50", "disability_without_work_restriction"],
        gates: &["taux_incapacite"],
        looks_at: TODAY,
        compute: |case| paid_to_adults(case, |adult| case.aah_of(adult, case.now)),
    },
    Right {
        key: "asi",
        theme: "social_sante",
        per: Per::Month,
        reasons: &["no_invalidity_pension"],
        gates: &["pension_invalidite_mensuelle"],
        looks_at: TODAY,
        compute: |case| paid_to_adults(case, |adult| case.asi_of(adult, case.now)),
    },
    Right {
        key: "reduction_loyer_solidarite",
        theme: "logement",
        per: Per::Month,
        reasons: &["not_social_tenant", TOO_MUCH],
        gates: &["logement.statut"],
        looks_at: TODAY,
        compute: |case| paid(case.rent_reduction(case.now)),
    },
    Right {
        key: "ars",
        theme: "famille",
        per: Per::Year,
        reasons: &["no_child_at_school_age"],
        gates: &["date_naissance"],
        looks_at: FAMILY,
        compute: |case| paid(case.ars()),
    },
    Right {
        key: "cheque_energie",
        theme: "logement",
        per: Per::Year,
        reasons: &["no_home_of_own", TOO_MUCH],
        gates: &["logement.statut"],
        looks_at: TAX,
        compute: |case| paid(case.cheque_energie()),
    },
    Right {
        key: "bourse_college",
        theme: "famille",
        per: Per::Year,
        reasons: &["no_child_in_college", TOO_MUCH],
        gates: &["scolarite"],
        looks_at: TAX,
        compute: |case| paid(case.college_grant()),
    },
    Right {
        key: "bourse_lycee",
        theme: "famille",
        per: Per::Year,
        reasons: &["no_child_in_lycee", TOO_MUCH],
        gates: &["scolarite"],
        looks_at: TAX,
        compute: |case| paid(case.lycee_grant()),
    },
    Right {
        key: "css_gratuite",
        theme: "social_sante",
        per: Per::Nothing,
        reasons: &["young_adult_with_alimony"],
        gates: &["salaire_net_mensuel"],
        looks_at: TODAY,
        compute: |case| (Number::ZERO, case.health_cover().free),
    },
    Right {
        key: "css_participation",
        theme: "social_sante",
        per: Per::Nothing,
        reasons: &["young_adult_with_alimony"],
        gates: &["salaire_net_mensuel"],
        looks_at: TODAY,
        compute: |case| (Number::ZERO, case.health_cover().with_participation),
    },
];
