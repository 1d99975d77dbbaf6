//! Majoration pour la vie autonome (L821-1-2, D821-3 CSS).

use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;

const FOUR_FIFTHS: Number = Number::from_millionths(800_000);

impl Case<'_> {
    /// With AAH or ASI, 80 %, no work for twelve months, in a home with housing aid.
    pub(crate) fn mva_of(&self, index: usize, month: Month) -> Number {
        let Some(adult) = self.adults().get(index) else { return Number::ZERO };
        if self.before_take_up(month) || adult.disability.at_least(FOUR_FIFTHS).fails() {
            return Number::ZERO;
        }
        let kept = if index == 0 { Kept::Mva0 } else { Kept::Mva1 };
        self.once(kept, month, || {
            let since = self.incomes_of_today_since();
            let earlier = month.window(12, 1).any(|month| month < since);
            let today = month.window(12, 1).any(|month| month >= since);
            let zero = Number::ZERO;
            let worked = (if today { adult.wage } else { zero })
                + (if earlier { adult.wage_taxed } else { zero })
                + (if self.has(Defect::MvaDespiteSelfEmployment) { zero } else { adult.self_employed });
            let pensioned = || self.aah_of(index, month).some().or_else(|| self.asi_of(index, month).some());
            let open = adult
                .disability
                .at_least(FOUR_FIFTHS)
                .and(!worked.some())
                .and_then(pensioned)
                .and_then(|| self.housing_aid(month).some());
            let amount = open.then(|| self.figure(Key::MinimaMvaMonthly, month));
            self.note("mva", month, amount)
        })
    }
}
