//! Allocation supplémentaire d'invalidité (L815-24 s., D815-19-1 CSS).

use crate::answers::Adult;
use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;

impl Case<'_> {
    fn other(&self, index: usize) -> Option<&Adult> {
        if self.couple() { self.adults().get(1 - index) } else { None }
    }

    /// L815-24-1, D815-19 CSS: tops the resources up to the ceiling; two who have it share it, one beside an ASPA pensioner
    /// has half of it. For one in a couple alone to have it, D815-19, 2° b sets a most that is not applied here: it needs the
    /// least invalidity pension of L341-5, of which the pack has no figure.
    pub(crate) fn asi_of(&self, index: usize, month: Month) -> Number {
        let Some(adult) = self.adults().get(index) else { return Number::ZERO };
        if self.before_take_up(month) {
            return Number::ZERO;
        }
        let open = self.require("no_invalidity_pension", self.asi_open(adult, month));
        if open.fails() {
            return Number::ZERO;
        }
        let kept = if index == 0 { Kept::Asi0 } else { Kept::Asi1 };
        self.once(kept, month, || {
            let key = if self.couple() { Key::MinimaAsiCoupleCeilingYearly } else { Key::MinimaAsiSingleCeilingYearly };
            let topped = || (self.figure(key, month).over(12) - self.minimum_resources(month)).or_nothing();
            let amount = open.then(|| match self.other(index) {
                None => topped(),
                Some(other) => {
                    let shared = || self.asi_open(other, month).choose(|| topped().over(2), topped);
                    let beside_aspa = || {
                        if self.has(Defect::AsiNothingInMixedCouple) { Number::ZERO } else { topped().over(2) }
                    };
                    self.aspa_open(other, month).choose(beside_aspa, shared)
                }
            });
            self.note("asi", month, amount)
        })
    }
}
