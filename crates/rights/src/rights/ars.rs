//! Allocation de rentrée scolaire (L543-1 s., R543-1 s. CSS).

use crate::answers::Child;
use crate::case::Case;
use crate::month::{Day, Month};
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::Truth;

impl Case<'_> {
    /// For the year of the month: the sum by age, less what resources exceed the ceiling by.
    pub(crate) fn ars(&self) -> Number {
        let october = Month::of(self.now.year(), 10);
        let december = Month::of(self.now.year(), 12);
        let rates: Number = self.children().iter().map(|child| self.ars_rate(child, december)).sum();
        self.require("no_child_at_school_age", rates.some());
        let children = self.family_children(october);
        let scale = Number::ONE + self.figure(Key::FamilyArsCeilingPerChild, october) * children;
        let ceiling = self.figure(Key::FamilyArsCeilingYearly, october) * scale;
        let excess = (self.family_resources(Month::of(self.now.year(), 1)) - ceiling).or_nothing();
        let due = (self.family_base(october) * rates - excess).or_nothing();
        let paid = due.at_least(self.figure(Key::FamilyArsPaidFrom, october));
        self.note("ars", october, paid.then(|| due))
    }

    /// Whole years on 31 December.
    fn ars_age(&self, child: &Child, december: Month) -> Number {
        const YEAR: i64 = 1_000_000;
        if self.has(Defect::ArsAgeOnFirstOfDecember) {
            return child.birth.age(december);
        }
        child.birth.calendar_months(december).over(12).down(YEAR)
    }

    /// L543-1, R543-2 CSS: not yet 18 on 15 September, the start of the school year.
    fn ars_young_enough(&self, child: &Child, december: Month) -> Truth {
        if self.has(Defect::ArsAgeOnFirstOfDecember) {
            const EIGHTEEN_AND_A_QUARTER: Number = Number::whole(218);
            return child.birth.months_old(december).at_most(EIGHTEEN_AND_A_QUARTER);
        }
        let from = Day { month: Month::of(december.year() - 18, 9), day: 16 };
        Truth::possible(child.birth.last >= from, child.birth.first < from, child.birth.open)
    }

    /// D543-1 CSS: 6 to 10, 11 to 14, 15 to 18 years on 31 December, in charge.
    fn ars_rate(&self, child: &Child, december: Month) -> Number {
        let age = self.ars_age(child, december);
        let rate = |step| self.step(Key::FamilyArsRates, step, december);
        let old = || self.ars_young_enough(child, december).then(|| rate(2));
        let middle = || age.at_least(Number::whole(15)).choose(old, || rate(1));
        let young = || age.at_least(Number::whole(11)).choose(middle, || rate(0));
        let in_charge = age.at_least(Number::whole(6)).and_then(|| !self.earns_own_living(child, december));
        in_charge.then(young)
    }
}
