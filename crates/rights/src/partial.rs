//! The diagnosis of incomplete answers: what is certain, what is not, and what to ask next.
//!
//! The ranges are those of the rules evaluated once over ranges ([`crate::number`]): a definite status holds for every
//! completion of the answers. They may be wider than they could be, never narrower.

use crate::answers::Household;
use crate::case::Case;
use crate::diagnosis::Amounts;
use crate::month::Month;
use crate::number::Number;
use crate::pack::Pack;
use crate::question::Question;
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

/// One computed right: its key, its time, the conditions of its own that may be told as reasons.
#[derive(Debug, Clone, Copy)]
pub struct Right {
    /// The key on the wire.
    pub key: &'static str,
    /// What its amount counts.
    pub per: Per,
    /// Codes of the conditions told when they are not met.
    pub reasons: &'static [&'static str],
}

const fn right(key: &'static str, per: Per, reasons: &'static [&'static str]) -> Right {
    Right { key, per, reasons }
}

const TOO_MUCH: &str = "resources_above_ceiling";

/// The computed rights.
pub const RIGHTS: [Right; 18] = [
    right("rsa", Per::Month, &["student", "age_under_25", "residence_permit_under_5_years"]),
    right("ppa", Per::Month, &["no_income_of_work", "age_under_18", "residence_permit_under_5_years"]),
    right("aspa", Per::Month, &["age_below_65", "residence_under_10_years"]),
    right("aide_logement", Per::Month, &["not_a_tenant", "rent_and_resources_leave_nothing"]),
    right("af", Per::Month, &["under_two_children"]),
    right("cf", Per::Month, &["under_three_children", "receives_paje"]),
    right("asf", Per::Month, &["lives_in_couple", "no_child", "alimony_above_amount"]),
    right("paje_base", Per::Month, &["no_child_under_three", TOO_MUCH]),
    right("aeeh", Per::Month, &["no_child", "child_not_disabled_enough", "child_over_twenty"]),
    right("aah", Per::Month, &["disability_below_50", "disability_without_work_restriction"]),
    right("asi", Per::Month, &["no_invalidity_pension"]),
    right("reduction_loyer_solidarite", Per::Month, &["not_social_tenant", TOO_MUCH]),
    right("ars", Per::Year, &["no_child_at_school_age"]),
    right("cheque_energie", Per::Year, &["no_home_of_own", TOO_MUCH]),
    right("bourse_college", Per::Year, &["no_child_in_college", TOO_MUCH]),
    right("bourse_lycee", Per::Year, &["no_child_in_lycee", TOO_MUCH]),
    right("css_gratuite", Per::Nothing, &["young_adult_with_alimony"]),
    right("css_participation", Per::Nothing, &["young_adult_with_alimony"]),
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

/// A question to ask, and what it is worth.
#[derive(Debug, Clone)]
pub struct NextQuestion {
    /// Which question.
    pub question: Question,
    /// Keys of the undecided rights it bears on.
    pub why: Vec<&'static str>,
    /// Undecided rights and euros a year for each second and degree of intrusion.
    pub score: f64,
}

/// Amount and condition of each right, in the order of [`RIGHTS`].
fn values(amounts: &Amounts) -> [(Number, Truth); 18] {
    let sum = |amounts: &[Number]| amounts.iter().copied().sum::<Number>();
    let paid = |amount: Number| (amount, amount.some());
    let cover = &amounts.health_cover;
    [
        paid(amounts.rsa),
        paid(amounts.ppa),
        paid(amounts.aspa),
        paid(amounts.housing_aid),
        paid(amounts.af),
        paid(amounts.cf),
        paid(amounts.asf),
        paid(amounts.paje_base),
        paid(amounts.aeeh),
        paid(sum(&amounts.aah)),
        paid(sum(&amounts.asi)),
        paid(amounts.rent_reduction),
        paid(amounts.ars),
        paid(amounts.cheque_energie),
        paid(amounts.college_grant),
        paid(amounts.lycee_grant),
        (Number::ZERO, cover.free),
        (Number::ZERO, cover.with_participation),
    ]
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

/// Computes one right again with a trace, and hands back its amount with the case.
#[must_use]
pub fn traced<'a>(pack: &'a Pack, household: &'a Household, now: Month, right: &Right) -> (Number, Case<'a>) {
    let case = Case::traced(pack, household, now);
    let persons = || 0..household.adults.len();
    let amount = match right.key {
        "rsa" => case.rsa(now),
        "ppa" => case.ppa(now),
        "aspa" => case.aspa(now),
        "aide_logement" => case.housing_aid(now),
        "af" => case.family_allowance(now),
        "cf" => case.large_family(now),
        "asf" => case.asf(now),
        "paje_base" => case.child_benefit(now),
        "aeeh" => case.aeeh(now),
        "aah" => persons().map(|index| case.aah_of(index, now)).sum(),
        "asi" => persons().map(|index| case.asi_of(index, now)).sum(),
        "reduction_loyer_solidarite" => case.rent_reduction(now),
        "ars" => case.ars(),
        "cheque_energie" => case.cheque_energie(),
        "bourse_college" => case.college_grant(),
        "bourse_lycee" => case.lycee_grant(),
        _ => case.health_cover(case.rsa(now)).participation,
    };
    (amount, case)
}

fn reasons(pack: &Pack, household: &Household, now: Month, right: &Right) -> Vec<&'static str> {
    let (_, case) = traced(pack, household, now, right);
    let (_, mut reasons) = case.into_trace();
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
    let amounts = Amounts::of(pack, household, now);
    let of = |(right, (amount, condition)): (&'static Right, (Number, Truth))| {
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
    RIGHTS.iter().zip(values(&amounts)).map(of).collect()
}

/// What an undecided right weighs: one, and one more for each thousand euros a year between its bounds.
fn weight(outcome: &Outcome) -> f64 {
    let (lo, hi) = outcome.amount.cents();
    let yearly = match outcome.right.per {
        Per::Month => 12.0,
        Per::Year => 1.0,
        Per::Nothing => 0.0,
    };
    1.0 + (hi - lo) as f64 / 100.0 * yearly / 1000.0
}

/// How fast the worth of a question falls with the number of questions a right still hangs on. Of 1, 2, 3, 4, 6, 8 and 12,
/// this one finds most euros in eight questions (examples/efficiency.rs).
const NEARNESS_POWER: i32 = 6;

/// What one more answer is worth to an undecided right: little while it hangs on many others, so that asking finishes one
/// right before it turns to the next.
fn nearness(outcome: &Outcome) -> f64 {
    weight(outcome) / f64::from(outcome.missing.count_ones()).powi(NEARNESS_POWER)
}

/// The questions that may still change a status, best first; none when nothing more would.
#[must_use]
pub fn next_questions(household: &Household, outcomes: &[Outcome]) -> Vec<NextQuestion> {
    let undecided: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.status.is_open()).collect();
    let open = undecided.iter().fold(0, |open, outcome| open | outcome.missing) & !household.refused;
    let worth = |question: Question| {
        let hanging = || undecided.iter().filter(move |outcome| outcome.missing & question.bit() != 0);
        let gain: f64 = hanging().map(|outcome| nearness(outcome)).sum();
        let asking = question.asking();
        NextQuestion {
            question,
            why: hanging().map(|outcome| outcome.right.key).collect(),
            score: gain / f64::from(asking.seconds * asking.intrusion),
        }
    };
    let mut questions: Vec<NextQuestion> = Question::of(open).map(worth).collect();
    questions.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.question.cmp(&other.question)));
    questions
}
