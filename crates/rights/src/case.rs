//! A household at a month, with the figures of a pack: what every right asks of it, each result computed once.

use std::cell::{OnceCell, RefCell};

use crate::answers::{Adult, Child, Household, activity, nationality};
use crate::month::Month;
use crate::number::Number;
use crate::pack::{Defect, Pack};
use crate::parameter::Key;
use crate::rights::css::HealthCover;
use crate::truth::{Truth, any};

/// Months around the month of the case for which a result may be kept.
const SPAN: usize = 44;
/// Months back for which AAH, ASI, ASPA and MVA are taken up. Each looks at the others over the three months before: the
/// chain has to begin somewhere, and the steady state is reached well within these months.
const TAKEN_UP: i32 = 16;

/// Results kept by month.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "each is the result of the function of that name")]
pub(crate) enum Kept {
    FamilyResources,
    FamilyAllowance,
    FamilyAllowanceBase,
    ChildBenefit,
    LargeFamily,
    LargeFamilyBase,
    Aah0,
    Aah1,
    Asi0,
    Asi1,
    Aspa,
    MinimumResources,
    HousingAid,
    HousingResources,
    Mva0,
    Mva1,
    Rsa,
    RsaChildren,
    TwoIncomes,
    End,
}

struct Memory {
    places: Vec<u16>,
    results: Vec<Number>,
}

/// One step of the explanation of a right.
#[derive(Debug, Clone)]
pub struct Step {
    /// Code of the sentence.
    pub code: &'static str,
    /// Month it was computed for.
    pub month: Month,
    /// Intermediate result.
    pub value: Number,
    /// Figures of the law read for it: key, step of the scale, month, value.
    pub figures: Vec<(Key, usize, Month, Number)>,
}

#[derive(Default)]
struct Trace {
    figures: Vec<(Key, usize, Month, Number)>,
    steps: Vec<Step>,
    reasons: Vec<&'static str>,
}

/// A household at a month.
pub struct Case<'a> {
    /// The figures.
    pub pack: &'a Pack,
    /// The answers.
    pub household: &'a Household,
    /// The month of the diagnosis.
    pub now: Month,
    memory: RefCell<Memory>,
    pub(crate) cover: OnceCell<HealthCover>,
    trace: Option<RefCell<Trace>>,
}

impl<'a> Case<'a> {
    /// A case without a trace.
    #[must_use]
    pub fn new(pack: &'a Pack, household: &'a Household, now: Month) -> Self {
        let memory = Memory { places: vec![0; Kept::End as usize * SPAN], results: Vec::with_capacity(64) };
        Self { pack, household, now, memory: RefCell::new(memory), cover: OnceCell::new(), trace: None }
    }

    /// A case that remembers its steps and reasons.
    #[must_use]
    pub fn traced(pack: &'a Pack, household: &'a Household, now: Month) -> Self {
        Self { trace: Some(RefCell::default()), ..Self::new(pack, household, now) }
    }

    /// The steps so far, in order, and the conditions that are certainly not met.
    #[must_use]
    pub fn into_trace(self) -> (Vec<Step>, Vec<&'static str>) {
        self.trace.map(RefCell::into_inner).map_or_else(Default::default, |trace| (trace.steps, trace.reasons))
    }

    /// Computes a result once for each month.
    pub(crate) fn once(&self, what: Kept, month: Month, compute: impl FnOnce() -> Number) -> Number {
        let back = usize::try_from(self.now.0 + 2 - month.0).unwrap_or(SPAN);
        if back >= SPAN {
            return compute();
        }
        let index = what as usize * SPAN + back;
        let place = self.memory.borrow().places.get(index).copied().unwrap_or(0);
        if place > 0
            && let Some(result) = self.memory.borrow().results.get(usize::from(place) - 1)
        {
            return *result;
        }
        let result = compute();
        let mut memory = self.memory.borrow_mut();
        memory.results.push(result);
        let place = u16::try_from(memory.results.len()).unwrap_or(0);
        if let Some(slot) = memory.places.get_mut(index) {
            *slot = place;
        }
        result
    }

    /// A figure of the law.
    pub(crate) fn figure(&self, key: Key, month: Month) -> Number {
        self.step(key, 0, month)
    }

    /// One step of a scale of the law, counted from 0.
    pub(crate) fn step(&self, key: Key, step: usize, month: Month) -> Number {
        let value = self.pack.step(key, step, month);
        if let Some(trace) = &self.trace {
            trace.borrow_mut().figures.push((key, step, month, value));
        }
        value
    }

    /// Keeps an intermediate result for the explanation, and hands it back.
    pub(crate) fn note(&self, code: &'static str, month: Month, value: Number) -> Number {
        if let Some(trace) = &self.trace {
            let mut trace = trace.borrow_mut();
            let mut figures = std::mem::take(&mut trace.figures);
            let mut seen: Vec<(Key, usize, Month)> = Vec::new();
            figures.retain(|(key, step, month, _)| {
                let new = !seen.contains(&(*key, *step, *month));
                seen.push((*key, *step, *month));
                new
            });
            trace.steps.push(Step { code, month, value, figures });
        }
        value
    }

    /// Keeps the condition as a reason when it is certainly not met.
    pub(crate) fn require(&self, reason: &'static str, condition: Truth) -> Truth {
        if let Some(trace) = &self.trace
            && condition.fails()
        {
            let mut trace = trace.borrow_mut();
            if !trace.reasons.contains(&reason) {
                trace.reasons.push(reason);
            }
        }
        condition
    }

    pub(crate) fn has(&self, defect: Defect) -> bool {
        self.pack.has(defect)
    }

    pub(crate) fn adults(&self) -> &'a [Adult] {
        &self.household.adults
    }

    pub(crate) fn children(&self) -> &'a [Child] {
        &self.household.children
    }

    pub(crate) fn couple(&self) -> bool {
        self.household.adults.len() == 2
    }

    /// Before this month AAH, ASI, ASPA and MVA count for nothing ([`TAKEN_UP`]).
    pub(crate) fn before_take_up(&self, month: Month) -> bool {
        month < self.now.plus(-TAKEN_UP)
    }

    /// From January of last year the incomes told today are taken as constant; before, those of the year N-2.
    pub(crate) fn incomes_of_today_since(&self) -> Month {
        Month::of(self.now.year() - 1, 1)
    }

    pub(crate) fn family_base(&self, month: Month) -> Number {
        self.figure(Key::FamilyBaseMonthly, month)
    }

    pub(crate) fn smic_hour(&self, month: Month) -> Number {
        self.figure(Key::WagesSmicHourly, month)
    }

    pub(crate) fn smic_month(&self, month: Month) -> Number {
        self.smic_hour(month) * self.figure(Key::WagesSmicHoursMonthly, month)
    }

    /// L512-3, R512-2 CSS: a child who earns more than 55 % of the SMIC of 169 hours is no longer in charge.
    pub(crate) fn earns_own_living(&self, child: &Child, month: Month) -> Truth {
        child.wage.at_least(self.self_supporting_wage(month))
    }

    /// 55 % of the SMIC of 169 hours.
    pub(crate) fn self_supporting_wage(&self, month: Month) -> Number {
        self.figure(Key::FamilyWorkingChildSmicShare, month) * 169 * self.smic_hour(month)
    }

    /// Born; the oracle counts children before that.
    pub(crate) fn born(&self, child: &Child, month: Month) -> Truth {
        if self.has(Defect::ChildCountedBeforeBirth) {
            return Truth::YES;
        }
        child.birth.months_old(month).at_least(Number::ZERO)
    }

    fn age_between(child: &Child, month: Month, from: i32, below: i32) -> Truth {
        let age = child.birth.age(month);
        age.at_least(Number::whole(from)).and(age.below(Number::whole(below)))
    }

    /// In charge for family benefits: under 16, then under 20 without a living of its own (L512-3, R512-2 CSS).
    pub(crate) fn in_family_charge(&self, child: &Child, month: Month) -> Truth {
        Self::age_between(child, month, 0, 16)
            .or_else(|| Self::age_between(child, month, 16, 20).and(!self.earns_own_living(child, month)))
    }

    /// Under an age and without a living of its own.
    pub(crate) fn dependent_below(&self, child: &Child, month: Month, below: i32) -> Truth {
        Self::age_between(child, month, 0, below).and_then(|| !self.earns_own_living(child, month))
    }

    /// How many children meet a condition.
    pub(crate) fn count(&self, condition: impl Fn(&Child) -> Truth) -> Number {
        self.children().iter().map(|child| condition(child).count()).sum()
    }

    /// Children in charge for family benefits.
    pub(crate) fn family_children(&self, month: Month) -> Number {
        self.count(|child| self.in_family_charge(child, month))
    }

    /// Somebody expects a child: said today, or known from a birth in the months after.
    pub(crate) fn pregnant(&self, month: Month) -> Truth {
        let said = any(self.adults().iter().map(|adult| adult.pregnant));
        said.or_else(|| {
            let births = self.children().iter().map(|child| child.birth.calendar_months(month));
            births
                .reduce(Number::min)
                .map_or(Truth::NO, |youngest| youngest.below(Number::ZERO).and(youngest.above(Number::whole(-6))))
        })
    }

    /// Interest of the savings book, a month.
    pub(crate) fn savings_yield(&self, adult: &Adult, month: Month) -> Number {
        adult.savings * self.figure(Key::WagesSavingsRateYearly, month).over(12)
    }

    /// A wage, or a self-employed income.
    pub(crate) fn at_work(adult: &Adult) -> Truth {
        adult.wage.some().or(adult.self_employed.some())
    }

    /// Older than so many whole years, or just that old.
    pub(crate) fn aged(adult: &Adult, month: Month, years: i32) -> Truth {
        adult.birth.age(month).at_least(Number::whole(years))
    }

    /// L262-4 CASF, L842-2 CSS: European citizens three months of residence, others five years of a permit to work.
    pub(crate) fn residence_for_work_minima(adult: &Adult) -> Truth {
        const QUARTER: Number = Number::from_millionths(250_000);
        let european = adult.nationality.is(nationality::EUROPE | nationality::SWITZERLAND);
        let of_other = adult.permit_years.at_least(Number::whole(5));
        adult
            .nationality
            .is(nationality::FRANCE)
            .or(adult.resident_card.into())
            .or(of_other)
            .or_else(|| european.and(adult.permit_years.at_least(QUARTER)))
    }

    /// L816-1 CSS: Europeans, or ten years of a permit to work.
    pub(crate) fn residence_for_old_age(adult: &Adult) -> Truth {
        (!adult.nationality.is(nationality::OTHER)).or(adult.permit_years.at_least(Number::whole(10)))
    }

    pub(crate) fn student(adult: &Adult) -> Truth {
        adult.activity.is(activity::STUDENT)
    }
}
