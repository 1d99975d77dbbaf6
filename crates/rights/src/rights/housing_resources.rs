//! Resources of the housing aids (R822-2 s. CCH): twelve months, from the 13th to the 2nd before.

use crate::answers::{Adult, activity};
use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::rights::aah::TAXED_OF_NET;
use crate::truth::{Truth, all, any};

const HUNDRED_EUROS: i64 = 100_000_000;

impl Case<'_> {
    /// A year, rounded up to 100 EUR.
    pub(crate) fn housing_resources(&self, month: Month) -> Number {
        self.once(Kept::HousingResources, month, || {
            let student = self
                .adults()
                .first()
                .map_or(Truth::NO, |adult| Self::student(adult).and(adult.birth.age(month).below(Number::whole(28))));
            let total = student.choose(|| self.student_resources(month), || self.housing_resources_told(month));
            self.note("housing_resources", month, total)
        })
    }

    /// R822-20 CCH: a flat sum, less for the holder of a grant.
    fn student_resources(&self, month: Month) -> Number {
        let flat = self.figure(Key::HousingStudentResourcesYearly, month);
        let grant = self.adults().first().map_or(Truth::NO, |adult| adult.grant);
        (flat - grant.then(|| self.figure(Key::HousingStudentGrantCutYearly, month))).or_nothing()
    }

    fn housing_resources_told(&self, month: Month) -> Number {
        // R822-14, R822-15 CCH: work and unemployment of RSA holders and of the unemployed without benefit do not count.
        let without_benefit = any(self.adults().iter().map(|adult| {
            (!adult.unemployment.some())
                .and(adult.activity.is(activity::UNEMPLOYED))
                .and(self.unemployed_for_two_months(adult, month))
        }));
        let neutral = self.household.rsa_received.some().or(without_benefit);
        let adults = self.adults().iter().enumerate();
        let told: Number = adults.map(|(index, adult)| self.housing_income(index, adult, month, neutral)).sum();
        let total = told + self.savings_income(month) - self.two_earners_cut(month);
        total.or_nothing().to_cent().up(HUNDRED_EUROS)
    }

    /// Unemployed since before the second month before.
    fn unemployed_for_two_months(&self, adult: &Adult, month: Month) -> Truth {
        adult.months_unemployed.above(Number::whole(self.now.0 - month.0 + 2))
    }

    fn housing_income(&self, index: usize, adult: &Adult, month: Month, neutral: Truth) -> Number {
        let since = self.incomes_of_today_since();
        let recent = i32::try_from(month.window(13, 2).filter(|month| *month >= since).count()).unwrap_or(0);
        let over_year = |today: Number, taxed: Number| today * recent + taxed.over(12) * (12 - recent);
        let wages = over_year(adult.wage * TAXED_OF_NET, adult.wage_taxed);
        let unemployment = over_year(adult.unemployment, adult.unemployment_taxed);
        let retirement = over_year(adult.pension, adult.pension_taxed);
        let work = (!neutral).then(|| self.housing_work_income(index, adult, month, wages, unemployment));
        let pensions = (adult.alimony_received + adult.invalidity) * 12 + retirement;
        let rate = self.figure(Key::TaxPensionDeductionRate, month);
        let floor = self.figure(Key::TaxPensionDeductionMinYearly, month);
        let kept = (pensions - (pensions * rate).max(floor).nearest(1_000_000)).or_nothing();
        work + kept
    }

    /// R822-13 CCH: 30 % less for the unemployed with benefit, the retired and the holders of AAH who do not work.
    fn housing_work_income(
        &self,
        index: usize,
        adult: &Adult,
        month: Month,
        wages: Number,
        unemployment: Number,
    ) -> Number {
        let year_before = Month::of(month.year() - 1, 1);
        let rate = self.figure(Key::TaxWorkDeductionRate, year_before);
        let deduction = ((wages + unemployment) * rate)
            .max(self.figure(Key::TaxWorkDeductionMinYearly, year_before))
            .min(self.figure(Key::TaxWorkDeductionMaxYearly, year_before))
            .nearest(1_000_000);
        let out_of_work = !Self::at_work(adult);
        let stopped =
            out_of_work.and_then(|| adult.activity.is(activity::RETIRED).or_else(|| self.aah_of(index, month).some()));
        let unemployed = adult.activity.is(activity::UNEMPLOYED).and(self.unemployed_for_two_months(adult, month));
        let kept = |cut: Truth| {
            let share = self.figure(Key::MinimaStoppedWorkCut, month);
            cut.choose(|| Number::ONE - share, || Number::ONE)
        };
        let own = (wages - deduction).or_nothing() + adult.self_employed * 12;
        // What the deduction exceeds wages by is taken from unemployment.
        let rest = (wages + unemployment).some().then(|| (wages - deduction).min(Number::ZERO));
        own * kept(stopped.or(unemployed)) + (unemployment + rest) * kept(stopped)
    }

    /// R822-3-1 CCH: 3 % of savings above 30,000 EUR, not for who has AAH or AEEH.
    fn savings_income(&self, month: Month) -> Number {
        let savings: Number = self.adults().iter().map(|adult| adult.savings).sum();
        let large = savings.above(self.figure(Key::HousingSavingsThreshold, month));
        let counted = large
            .and_then(|| {
                let mut aah = (0..self.adults().len()).map(|index| self.aah_of(index, month).some());
                !any(aah.by_ref())
            })
            .and_then(|| !self.aeeh(month).some());
        counted.then(|| savings * self.figure(Key::HousingSavingsYield, month))
    }

    /// Arrêté of 27 September 2019, art. 12: a sum off when both of a couple work.
    fn two_earners_cut(&self, month: Month) -> Number {
        if !self.couple() {
            return Number::ZERO;
        }
        let months = if self.has(Defect::TwoEarnersCutAsksAYearInAMonth) { 1 } else { 12 };
        let threshold = self.family_base(month) * 12;
        let earned = |adult: &Adult| adult.wage * TAXED_OF_NET * months + adult.self_employed * 12;
        let both = all(self.adults().iter().map(|adult| earned(adult).at_least(threshold)));
        both.then(|| self.figure(Key::HousingTwoEarnersCutYearly, month))
    }
}
