//! Resources as the tax office and the family branch count them.

use crate::answers::{Adult, situation};
use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::{Truth, all};

/// One euro, to round to.
const EURO: i64 = 1_000_000;

impl Case<'_> {
    /// 83, 3° CGI: 10 % of wages for costs of work, with a floor and a ceiling, to the euro.
    pub(crate) fn after_work_deduction(&self, income: Number, month: Month) -> Number {
        // Income minus its share, then minus the floor, then minus the ceiling: written so that the range stays tight.
        let rate = self.figure(Key::TaxWorkDeductionRate, month);
        let cut = (income * rate)
            .max(self.figure(Key::TaxWorkDeductionMinYearly, month))
            .min(self.figure(Key::TaxWorkDeductionMaxYearly, month))
            .nearest(EURO);
        (income - cut).or_nothing()
    }

    /// 158, 5 a CGI: 10 % of pensions, with a floor, to the euro.
    pub(crate) fn after_pension_deduction(&self, income: Number, month: Month) -> Number {
        let rate = self.figure(Key::TaxPensionDeductionRate, month);
        let cut = (income * rate).max(self.figure(Key::TaxPensionDeductionMinYearly, month)).nearest(EURO);
        (income - cut).or_nothing()
    }

    /// Wages and unemployment of the year N-2.
    pub(crate) fn work_taxed(adult: &Adult) -> Number {
        adult.wage_taxed + adult.unemployment_taxed
    }

    /// Pensions of the year N-2, alimony and invalidity being constant.
    pub(crate) fn pensions_taxed(adult: &Adult) -> Number {
        adult.pension_taxed + (adult.invalidity + adult.alimony_received) * 12
    }

    fn net_taxed(&self, adult: &Adult, january: Month) -> Number {
        self.after_work_deduction(Self::work_taxed(adult), january)
            + self.after_pension_deduction(Self::pensions_taxed(adult), january)
            + adult.self_employed * 12
    }

    /// R532-3 CSS: resources of family benefits, those of the year N-2.
    pub(crate) fn family_resources(&self, month: Month) -> Number {
        let january = Month::of(month.year() - 2, 1);
        self.once(Kept::FamilyResources, january, || {
            let total = self.adults().iter().map(|adult| self.net_taxed(adult, january)).sum();
            self.note("family_resources", month, total)
        })
    }

    /// Both of a couple earned at least twelve times the monthly base in the year N-2 (R522-2, R531-1 CSS).
    pub(crate) fn two_incomes(&self, month: Month) -> Truth {
        if !self.couple() {
            return Truth::NO;
        }
        let january = Month::of(month.year() - 2, 1);
        let threshold = self.family_base(january) * 12;
        let earned =
            |adult: &Adult| self.after_work_deduction(Self::work_taxed(adult), january) + adult.self_employed * 12;
        let both = || all(self.adults().iter().map(|adult| earned(adult).at_least(threshold))).count();
        self.once(Kept::TwoIncomes, january, both).some()
    }

    /// Reference income of a tax household for the year N-2, with the age cut of 157 bis CGI.
    fn reference_income_of(&self, adults: &[Adult]) -> Number {
        let january = Month::of(self.now.year() - 2, 1);
        let income: Number = adults.iter().map(|adult| self.net_taxed(adult, january)).sum();
        let old: Number = adults.iter().map(|adult| Self::aged(adult, january, 65).count()).sum();
        let old = if self.has(Defect::OneOldAgeCutForTwo) { old.min(Number::ONE) } else { old };
        let step = |key, step| self.step(key, step, self.now);
        let cut = income.at_most(step(Key::TaxOldAgeCutCeilingsYearly, 0)).choose(
            || step(Key::TaxOldAgeCutYearly, 0),
            || {
                let half = income.at_most(step(Key::TaxOldAgeCutCeilingsYearly, 1));
                half.then(|| step(Key::TaxOldAgeCutYearly, 1))
            },
        );
        (income - cut * old).or_nothing()
    }

    /// Reference income of the household, and of the tax household the children belong to.
    pub(crate) fn reference_incomes(&self) -> (Number, Number) {
        let adults = self.adults();
        let together = self.reference_income_of(adults);
        let first = adults.get(..1).map_or(Number::ZERO, |adult| self.reference_income_of(adult));
        let second = adults.get(1..).map_or(Number::ZERO, |adults| {
            if adults.is_empty() { Number::ZERO } else { self.reference_income_of(adults) }
        });
        let apart = self.household.situation.is(situation::UNMARRIED);
        (apart.choose(|| first + second, || together), apart.choose(|| first, || together))
    }
}
