//! Chèque énergie (L124-1, R124-1 s. C. énergie).

use crate::answers::home;
use crate::case::Case;
use crate::number::Number;
use crate::parameter::Key;

impl Case<'_> {
    /// For the year: by reference income for each consumption unit.
    pub(crate) fn cheque_energie(&self) -> Number {
        let month = self.now;
        let homeless = self.household.home.is(home::HOSTED | home::NONE);
        let housed = self.require("no_home_of_own", !homeless);
        // R124-1 C. énergie: 1, then 0.5 for the second person and 0.3 for each further, half for shared custody.
        let shared: Number = self.children().iter().map(|child| child.shared_custody.count()).sum();
        let persons = i32::try_from(self.adults().len() + self.children().len()).unwrap_or(1);
        let persons = Number::whole(persons) - shared.over(2);
        let two = Number::whole(2);
        let half = Number::ONE.over(2);
        let second = (persons.min(two) - Number::ONE).or_nothing() * half;
        let units = Number::ONE + second + (persons - two).or_nothing() * Number::from_millionths(300_000);
        let (income, _) = self.reference_incomes();
        let per_unit = self.note("income_per_unit", month, income.ratio_to(units));
        let band = |step| per_unit.below(self.step(Key::EnergyBandsYearly, step, month));
        let read = |key: Key| {
            let amount = |step| self.step(key, step, month);
            let third = || band(2).choose(|| amount(2), || band(3).then(|| amount(3)));
            band(0).choose(|| amount(0), || band(1).choose(|| amount(1), third))
        };
        let large = || units.below(two).choose(|| read(Key::EnergyAmountsMiddle), || read(Key::EnergyAmountsLarge));
        let by_units = || units.at_most(Number::ONE).choose(|| read(Key::EnergyAmountsOne), large);
        self.require("resources_above_ceiling", band(3));
        self.note("cheque_energie", month, housed.then(by_units))
    }
}
