//! Revenu de solidarité active (L262-2 s., R262-1 s. CASF).

use crate::answers::{Adult, Child, home, nationality};
use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::{Truth, any};

impl Case<'_> {
    /// R262-7 CASF, R843-1 CSS: the fourth, third and second month before (decree 2025-185 of 26 February 2025).
    pub(crate) fn reference_months(&self, month: Month) -> impl Iterator<Item = Month> {
        let last = if self.has(Defect::ThreeMonthsJustBefore) { 1 } else { 2 };
        month.window(last + 2, last)
    }

    /// R262-3 CASF: a child under 25 who does not earn more than it adds to the sum.
    fn in_rsa_charge(&self, child: &Child, month: Month) -> Truth {
        let dependent = child
            .birth
            .age(month)
            .below(Number::whole(25))
            .and_then(|| !self.earns_own_living(child, month))
            .and_then(|| self.born(child, month));
        let earns_nothing = child.wage.at_most(Number::ZERO);
        dependent.and_then(|| earns_nothing.or_else(|| child.wage.below(self.rsa_child_worth(month))))
    }

    /// What a child adds at most.
    fn rsa_child_worth(&self, month: Month) -> Number {
        let base = self.figure(Key::MinimaRsaBaseMonthly, month);
        let dependent = self.count(|child| {
            child.birth.age(month).below(Number::whole(25)).and_then(|| !self.earns_own_living(child, month))
        });
        let first_of_newly_alone = (!Truth::from(self.couple()))
            .and(self.household.recently_alone)
            .and(dependent.at_most(Number::ONE))
            .and_then(|| !self.pregnant(month));
        let increased = || {
            self.step(Key::MinimaRsaIncreased, 0, month) - Number::ONE + self.step(Key::MinimaRsaIncreased, 1, month)
        };
        base * first_of_newly_alone.choose(increased, || self.step(Key::MinimaRsaScale, 4, month))
    }

    /// Children who count for RSA and prime d'activité.
    pub(crate) fn rsa_children(&self, month: Month) -> Number {
        self.once(Kept::RsaChildren, month, || self.count(|child| self.in_rsa_charge(child, month)))
    }

    /// One or two adults.
    pub(crate) fn adults_told(&self) -> Number {
        if self.couple() { Number::whole(2) } else { Number::ONE }
    }

    /// L262-5 CASF: a spouse counts in the sum when the condition of residence is met; the income of the spouse always counts.
    fn rsa_adults(&self) -> Number {
        if !self.couple() || self.has(Defect::RsaCountsSpouseWithoutResidence) {
            return self.adults_told();
        }
        let residents: Number = self.adults().iter().map(|adult| self.rsa_residence_of(adult).count()).sum();
        residents.max(Number::ONE)
    }

    /// R262-1 CASF: 1, then 0.5, 0.3, 0.3 or 0.4 for the third child of one adult, 0.4 for each further person.
    pub(crate) fn rsa_scale(&self, month: Month, adults: Number) -> Number {
        let step = |step| self.step(Key::MinimaRsaScale, step, month);
        let fourth = adults.at_least(Number::whole(2)).choose(|| step(3), || step(4));
        (adults + self.rsa_children(month)).read(|persons| {
            let beyond = i32::try_from((persons - 4).max(0)).unwrap_or(0);
            let from = |least: i64, part: Number| if persons >= least { part } else { Number::ZERO };
            step(0) + from(2, step(1)) + from(3, step(2)) + from(4, fourth) + step(5) * beyond
        })
    }

    /// L262-9 CASF: pregnant and alone, or alone with a child under three or recently separated.
    pub(crate) fn rsa_increased(&self, month: Month) -> Truth {
        if self.couple() {
            return Truth::NO;
        }
        let pregnant = self.pregnant(month);
        let young = any(self.children().iter().map(|child| {
            let under_three = child.birth.age(month).below(Number::whole(3));
            under_three.and(self.born(child, month)).and_then(|| !self.earns_own_living(child, month))
        }));
        let parent = pregnant.or_else(|| self.rsa_children(month).some());
        parent.and_then(|| young.or(self.household.recently_alone).or(pregnant))
    }

    /// L262-9 CASF: the increased sum by number of children.
    pub(crate) fn rsa_increased_scale(&self, month: Month) -> Number {
        let children = self.rsa_children(month);
        self.step(Key::MinimaRsaIncreased, 0, month) + self.step(Key::MinimaRsaIncreased, 1, month) * children
    }

    /// R262-9 CASF: housing aid, or a free home, counts as a flat sum by the number of persons who count.
    pub(crate) fn housing_flat(&self, month: Month, base: Number, adults: Number) -> Number {
        let scale = |persons: i64| {
            let step = usize::try_from(persons.clamp(1, 3) - 1).unwrap_or(0);
            self.step(Key::MinimaRsaHousingFlat, step, month)
        };
        let flat = base * (adults + self.rsa_children(month)).read(scale);
        let own_home = self.household.home.is(home::OWNER).and(!self.household.rent.some());
        let hosted = self.household.home.is(home::HOSTED).and(!self.household.pays_host);
        let free = own_home.or(hosted).then(|| flat);
        self.note("housing_flat", month, self.housing_aid(month).min(flat).max(free))
    }

    /// R262-10, R262-11 CASF: the family benefits that count.
    pub(crate) fn family_benefits_counted(&self, month: Month) -> Number {
        let large = self.large_family(month).some().then(|| self.large_family_base(month));
        let allowance = self.family_allowance_base(month).min(self.family_allowance(month));
        let total = self.child_benefit(month) + self.asf_counted_for_rsa(month) + large + allowance;
        self.note("family_benefits_counted", month, total)
    }

    fn income_told(&self, adult: &Adult, month: Month) -> Number {
        let savings: Number = self.reference_months(month).map(|month| self.savings_yield(adult, month)).sum();
        adult.wage
            + adult.self_employed
            + adult.unemployment
            + adult.pension
            + adult.alimony_received
            + adult.invalidity
            + savings.over(3)
    }

    /// R262-6, R262-7 CASF: all resources, a mean of three months; what the family branch itself pays counts in its month.
    pub(crate) fn rsa_resources(&self, month: Month) -> Number {
        let of_branch = |index, month| self.aah_of(index, month) + self.mva_of(index, month);
        let meant = self.has(Defect::ThreeMonthsJustBefore);
        let mut total = self.family_benefits_counted(month) + self.aspa(month);
        for (index, adult) in self.adults().iter().enumerate() {
            let asi: Number = self.reference_months(month).map(|month| self.asi_of(index, month)).sum();
            total += asi.over(3) + self.income_told(adult, month);
            total += if meant {
                self.reference_months(month).map(|month| of_branch(index, month)).sum::<Number>().over(3)
            } else {
                of_branch(index, month)
            };
        }
        total += self.children().iter().map(|child| self.in_rsa_charge(child, month).then(|| child.wage)).sum();
        self.note("rsa_resources", month, total)
    }

    /// L262-4, L262-7-1 CASF: somebody of 25 years, or with a child, or with two years of work out of three, who is not a
    /// student and who meets the condition of residence.
    fn rsa_opened(&self, month: Month, increased: Truth) -> Truth {
        let parent = self.rsa_children(month).some();
        let young_from = if self.has(Defect::YoungRsaFromNineteen) { 19 } else { 18 };
        let old_enough = |adult: &Adult| {
            let young = Self::aged(adult, month, young_from).and(adult.young_worker);
            parent.or(Self::aged(adult, month, 25)).or(young)
        };
        let not_student = |adult: &Adult| !Self::student(adult);
        let resident = |adult: &Adult| increased.or(self.rsa_residence_of(adult));
        let somebody = |test: &dyn Fn(&Adult) -> Truth| any(self.adults().iter().map(test));
        let residence = self.require("residence_permit_under_5_years", somebody(&resident));
        // A resident is asked for it, unless nobody is one: then that is the reason.
        let asked = |test: &dyn Fn(&Adult) -> Truth| {
            somebody(test).and(somebody(&|adult| test(adult).and(resident(adult))).or(!residence))
        };
        self.require("student", asked(&not_student));
        self.require("age_under_25", asked(&old_enough));
        if self.has(Defect::RsaCountsSpouseWithoutResidence) {
            return somebody(&|adult| old_enough(adult).and(not_student(adult))).and(residence);
        }
        somebody(&|adult| old_enough(adult).and(not_student(adult)).and(resident(adult)))
    }

    /// L262-4, 2° CASF; L262-6 CASF: Europeans who work here, or did and are paid for unemployment, and their spouses do not
    /// wait three months.
    fn rsa_residence_of(&self, adult: &Adult) -> Truth {
        let residence = Self::residence_for_work_minima(adult);
        if self.has(Defect::EuropeanWorkersWaitThreeMonths) {
            return residence;
        }
        let european = |adult: &Adult| adult.nationality.is(nationality::EUROPE | nationality::SWITZERLAND);
        let worker = |adult: &Adult| european(adult).and(Self::at_work(adult).or(adult.unemployment.some()));
        residence.or_else(|| european(adult).and_then(|| any(self.adults().iter().map(worker))))
    }

    /// A month, before CRDS.
    pub(crate) fn rsa(&self, month: Month) -> Number {
        self.once(Kept::Rsa, month, || self.rsa_afresh(month))
    }

    fn rsa_afresh(&self, month: Month) -> Number {
        let base = self.figure(Key::MinimaRsaBaseMonthly, month);
        let adults = self.rsa_adults();
        let increased = self.rsa_increased(month);
        let plain = self.rsa_opened(month, increased).then(|| base * self.rsa_scale(month, adults));
        let raised = increased.then(|| base * self.rsa_increased_scale(month));
        let sum = self.note("rsa_sum", month, plain.max(raised));
        let due = (sum - self.housing_flat(month, base, adults) - self.rsa_resources(month)).or_nothing();
        // R262-39 CASF: not paid below a sum.
        let paid = due.at_least(self.figure(Key::MinimaRsaPaidFrom, month)).then(|| due);
        self.note("rsa", month, paid)
    }
}
