//! Complément familial (L522-1 s., R522-1 s. CSS).

use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::parameter::Key;
use crate::truth::Truth;

impl Case<'_> {
    fn cf_children(&self, month: Month) -> Number {
        self.count(|child| self.dependent_below(child, month, 21))
    }

    /// L522-1 CSS: three children of three years and more.
    fn cf_three_children(&self, month: Month) -> Truth {
        let three = Number::whole(3);
        let older =
            self.count(|child| self.dependent_below(child, month, 21).and(child.birth.age(month).at_least(three)));
        older.at_least(three)
    }

    fn cf_ceiling(&self, month: Month) -> Number {
        let children = self.cf_children(month);
        self.ceiling_by_children(month, Key::FamilyCfCeilingYearly, Key::FamilyCfTwoIncomesYearly, children)
    }

    /// D522-1, R522-3 CSS: the plain amount, with the difference just above the ceiling. It is what RSA counts.
    pub(crate) fn large_family_base(&self, month: Month) -> Number {
        self.once(Kept::LargeFamilyBase, month, || {
            self.cf_three_children(month).then(|| {
                let (ceiling, resources) = (self.cf_ceiling(month), self.family_resources(month));
                let full = self.family_base(month) * self.figure(Key::FamilyCfBaseRate, month);
                // The difference is never more than the amount, so one expression says both cases.
                full.min((ceiling + full * 12 - resources).over(12).or_nothing())
            })
        })
    }

    /// D522-2, R522-4 CSS: the increased amount under half the ceiling; nothing beside the PAJE base.
    pub(crate) fn large_family(&self, month: Month) -> Number {
        self.once(Kept::LargeFamily, month, || {
            let three = self.require("under_three_children", self.cf_three_children(month));
            let amount = three.then(|| {
                let half = self.cf_ceiling(month) * self.figure(Key::FamilyCfIncreasedCeilingShare, month);
                let increased = self
                    .family_resources(month)
                    .at_most(half)
                    .then(|| self.family_base(month) * self.figure(Key::FamilyCfIncreasedRate, month));
                let no_paje = self.require("receives_paje", !self.child_benefit(month).some());
                no_paje.then(|| self.large_family_base(month).max(increased).to_cent())
            });
            self.note("cf", month, amount)
        })
    }
}
