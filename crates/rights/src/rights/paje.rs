//! Allocation de base of the PAJE (L531-1 s., R531-1 s. CSS).

use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::parameter::Key;
use crate::truth::any;

impl Case<'_> {
    /// R531-1, R522-2 CSS: 25 % for each of the first two children, 30 % from the third, more for two incomes or one parent.
    pub(crate) fn ceiling_by_children(&self, month: Month, base: Key, two_incomes: Key, children: Number) -> Number {
        let two = Number::whole(2);
        let scale = Number::ONE
            + self.step(Key::FamilyPajeCeilingSteps, 0, month) * children.min(two)
            + self.step(Key::FamilyPajeCeilingSteps, 1, month) * (children - two).or_nothing();
        let more = || self.figure(two_incomes, month);
        let increase = if self.couple() { self.two_incomes(month).then(more) } else { more() };
        self.figure(base, month) * scale + increase
    }

    /// L531-3 CSS: for a child under three, full or half by resources, a month.
    pub(crate) fn child_benefit(&self, month: Month) -> Number {
        self.once(Kept::ChildBenefit, month, || {
            let three = Number::whole(3);
            let young = any(self
                .children()
                .iter()
                .map(|child| child.birth.age(month).below(three).and(self.born(child, month))));
            let young = self.require("no_child_under_three", young);
            let amount = young.then(|| {
                let children = self.family_children(month);
                let resources = self.family_resources(month);
                let full = self.family_base(month) * self.figure(Key::FamilyPajeFullRate, month);
                let ceiling = |base, two| self.ceiling_by_children(month, base, two, children);
                let below_full =
                    resources.at_most(ceiling(Key::FamilyPajeFullCeilingYearly, Key::FamilyPajeFullTwoIncomesYearly));
                let half = || {
                    let ceiling = ceiling(Key::FamilyPajeHalfCeilingYearly, Key::FamilyPajeHalfTwoIncomesYearly);
                    self.require("resources_above_ceiling", resources.at_most(ceiling)).then(|| full.over(2))
                };
                below_full.choose(|| full, half)
            });
            self.note("paje", month, amount)
        })
    }
}
