//! Prime d'activité (L841-1, L842-1 s., R842-1 s., D843-1 s. CSS).

use crate::answers::{Adult, nationality};
use crate::case::Case;
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::{Truth, all, any};

impl Case<'_> {
    /// Income of work; AAH counts as such from 29 hours of SMIC (R844-1 CSS).
    fn work_income(&self, index: usize, adult: &Adult, month: Month) -> Number {
        let income = adult.wage + adult.self_employed;
        income + self.works_enough_beside_aah(income, month).then(|| self.aah_of(index, month))
    }

    fn works_enough_beside_aah(&self, income: Number, month: Month) -> Truth {
        income.at_least(self.figure(Key::MinimaAahWorkThresholdHours, month) * self.smic_hour(month))
    }

    /// L842-1, L842-2 CSS: somebody works; a student only above 55 % of the SMIC.
    fn ppa_work(&self, month: Month) -> Truth {
        let threshold = self.self_supporting_wage(month);
        let works = |(index, adult): (usize, &Adult)| {
            let each = |test: &dyn Fn(Number) -> Truth| -> Vec<Truth> {
                self.reference_months(month).map(|month| test(self.work_income(index, adult, month))).collect()
            };
            let enough = all(each(&|income| income.above(threshold)));
            enough.or_else(|| (!Self::student(adult)).and(any(each(&|income| income.some()))))
        };
        any(self.adults().iter().enumerate().map(works))
    }

    /// D843-2 CSS: a bonus for each worker, from 59 hours of SMIC, in full at 138.
    fn ppa_bonus(&self, month: Month, income: Number) -> Number {
        let base = self.figure(Key::MinimaPpaBaseMonthly, month);
        let most = (base * self.figure(Key::MinimaPpaBonusRateMax, month)).to_cent();
        let from = self.figure(Key::MinimaPpaBonusStartHours, month) * self.smic_hour(month);
        let full = self.figure(Key::MinimaPpaBonusFullHours, month) * self.smic_hour(month);
        ((income - from) * most).ratio_to((full - from).max(Number::from_millionths(1))).or_nothing().min(most)
    }

    /// Resources other than work in a month (R844-1 s. CSS).
    fn ppa_other_resources(&self, month: Month) -> Number {
        let mut total = self.aspa(month) + self.family_benefits_counted(month);
        for (index, adult) in self.adults().iter().enumerate() {
            total += self.asi_of(index, month)
                + self.mva_of(index, month)
                + adult.unemployment
                + adult.pension
                + adult.invalidity
                + adult.alimony_received;
            let work = self.work_income(index, adult, month);
            total += (!self.works_enough_beside_aah(work, month)).then(|| self.aah_of(index, month));
        }
        total
    }

    /// The amount of one month of the three, by that month's figures (D843-1 s. CSS).
    fn ppa_of_month(&self, month: Month, increased: Truth) -> Number {
        let base = self.figure(Key::MinimaPpaBaseMonthly, month);
        let told = self.adults_told();
        let scale = increased.choose(|| self.rsa_increased_scale(month), || self.rsa_scale(month, told));
        let sum = self.note("ppa_sum", month, base * scale);
        let (mut work, mut bonus) = (Number::ZERO, Number::ZERO);
        let adults = self.adults().iter().enumerate().map(|(index, adult)| self.work_income(index, adult, month));
        for income in adults.chain(self.children().iter().map(|child| child.wage)) {
            work += income;
            bonus += self.ppa_bonus(month, income);
        }
        let share = self.figure(Key::MinimaPpaWorkShare, month);
        let bonus = self.note("ppa_bonus", month, bonus);
        let other = self.ppa_other_resources(month) + self.housing_flat(month, base, told);
        // Sum + bonus + share of work - max(resources, sum), written so that work stands once in each range.
        let topped = sum + bonus - work * (Number::ONE - share) - other;
        let amount = topped.min(bonus + work * share).or_nothing();
        self.note("ppa_of_month", month, amount)
    }

    /// L842-2, 2° CSS: five years of a permit to work, not asked of Europeans nor of who has the increased sum.
    fn ppa_residence(&self, increased: Truth) -> Truth {
        let child = self.has(Defect::PpaChildOpensResidence) && !self.children().is_empty();
        let waits = self.has(Defect::EuropeanWorkersWaitThreeMonths);
        let permit = any(self.adults().iter().map(|adult| {
            let european = || Truth::from(!waits).and(!adult.nationality.is(nationality::OTHER));
            Self::residence_for_work_minima(adult).or_else(european)
        }));
        self.require("residence_permit_under_5_years", permit.or(increased).or(child.into()))
    }

    /// L842-2, 1° CSS: 18 years.
    fn ppa_age(&self, month: Month) -> Truth {
        let adult = any(self.adults().iter().map(|adult| Self::aged(adult, month, 18)));
        let grown = || any(self.children().iter().map(|child| child.birth.age(month).at_least(Number::whole(18))));
        self.require("age_under_18", adult.or_else(grown))
    }

    /// A month: the mean of the amounts of three months. Age and residence are those of the month of the right (R842-2 CSS).
    pub(crate) fn ppa(&self, month: Month) -> Number {
        let work = self.ppa_work(month).or_else(|| self.rsa_increased(month));
        let work = self.require("no_income_of_work", work);
        let each_month = self.has(Defect::PpaAgeAskedOfEachMonth);
        let of_age = if each_month { Truth::YES } else { self.ppa_age(month) };
        let amount = work.then(|| {
            let of_month = |month: Month| {
                let increased = self.rsa_increased(month);
                let adult = if each_month { self.ppa_age(month) } else { of_age };
                adult.and(self.ppa_residence(increased)).then(|| self.ppa_of_month(month, increased))
            };
            self.reference_months(month).map(of_month).sum::<Number>().over(3)
        });
        let paid = amount.at_least(self.figure(Key::MinimaPpaPaidFrom, month)).then(|| amount);
        self.note("ppa", month, paid)
    }
}
