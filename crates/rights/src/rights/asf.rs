//! Allocation de soutien familial (L523-1 s. CSS).

use crate::case::Case;
use crate::month::Month;
use crate::number::Number;
use crate::parameter::Key;

impl Case<'_> {
    pub(crate) fn asf_children(&self, month: Month) -> Number {
        self.count(|child| self.dependent_below(child, month, 20))
    }

    /// D523-1, D523-2 CSS: a sum for each child of a lone parent, less the alimony received, paid from a minimum.
    pub(crate) fn asf(&self, month: Month) -> Number {
        if self.couple() {
            self.require("lives_in_couple", false.into());
            return Number::ZERO;
        }
        let children = self.asf_children(month);
        self.require("no_child", children.some());
        let alimony = self.adults().iter().map(|adult| adult.alimony_received).sum();
        let due = children * self.family_base(month) * self.figure(Key::FamilyAsfRate, month) - alimony;
        let paid = self.require("alimony_above_amount", due.above(self.figure(Key::FamilyAsfPaidFrom, month)));
        // Below the minimum nothing is paid: a negative difference is never shown.
        self.note("asf", month, paid.then(|| due.or_nothing()))
    }

    /// R262-10-1 CASF: RSA counts no more than 22.5 % of the base for each child.
    pub(crate) fn asf_counted_for_rsa(&self, month: Month) -> Number {
        let kept =
            self.asf_children(month) * self.family_base(month) * self.figure(Key::FamilyAsfKeptFromRsaRate, month);
        self.asf(month).min(kept)
    }
}
