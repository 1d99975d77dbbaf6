//! Bourses de collège et de lycée (L531-1, D531-4 s., D531-20 s. C. éducation).

use crate::answers::school;
use crate::case::Case;
use crate::month::Month;
use crate::number::Number;
use crate::parameter::Key;

const EURO: i64 = 1_000_000;

const COLLEGE: [Key; 3] = [Key::SchoolCollegeCeilings1, Key::SchoolCollegeCeilings2, Key::SchoolCollegeCeilings3];
const LYCEE: [Key; 6] = [
    Key::SchoolLyceeCeilings1,
    Key::SchoolLyceeCeilings2,
    Key::SchoolLyceeCeilings3,
    Key::SchoolLyceeCeilings4,
    Key::SchoolLyceeCeilings5,
    Key::SchoolLyceeCeilings6,
];

impl Case<'_> {
    /// All children in college, for the school year.
    pub(crate) fn college_grant(&self) -> Number {
        self.require("no_child_in_college", self.at_school(school::COLLEGE).some());
        let amount = self.at_school(school::COLLEGE) * self.grant_of(&COLLEGE, Key::SchoolCollegeRates);
        self.note("college_grant", self.now, amount)
    }

    /// All children in lycée, for the school year.
    pub(crate) fn lycee_grant(&self) -> Number {
        self.require("no_child_in_lycee", self.at_school(school::LYCEE).some());
        let amount = self.at_school(school::LYCEE) * self.grant_of(&LYCEE, Key::SchoolLyceeRates);
        self.note("lycee_grant", self.now, amount)
    }

    fn at_school(&self, level: u8) -> Number {
        self.children().iter().map(|child| child.school.is(level).count()).sum()
    }

    /// D531-4, D531-20 C. éducation: ceilings in hours of SMIC of July N-2, by number of children; three equal terms.
    fn grant_of(&self, ceilings: &[Key], rates: Key) -> Number {
        let (_, income) = self.reference_incomes();
        let smic = self.smic_hour(Month::of(self.now.year() - 2, 7));
        let monthly_base = self.family_base(Month::of(self.now.year(), 1));
        let children = self.children().len().clamp(1, 8) - 1;
        let mut amount = Number::ZERO;
        // From the widest ceiling to the narrowest: the last one met decides.
        for (level, ceiling) in ceilings.iter().enumerate() {
            let ceiling = (self.step(*ceiling, children, self.now) * smic).nearest(EURO);
            let term = || (self.step(rates, level, self.now) * monthly_base).over(3).nearest(EURO) * 3;
            let before = amount;
            amount = income.at_most(ceiling).choose(term, || before);
        }
        self.require("resources_above_ceiling", amount.some());
        amount
    }
}
