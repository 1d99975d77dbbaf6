//! Allocation aux adultes handicapés (L821-1 s., D821-1 s. CSS).

use crate::answers::Adult;
use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::Truth;

const HALF: Number = Number::from_millionths(500_000);
const FOUR_FIFTHS: Number = Number::from_millionths(800_000);
/// Share of the net wage that is taxed (non-deductible CSG and CRDS).
pub(crate) const TAXED_OF_NET: Number = Number::from_millionths(1_037_000);

impl Case<'_> {
    /// L821-1, L821-2 CSS: 80 %, or 50 % with a lasting restriction of access to work before the legal age.
    fn aah_open(&self, adult: &Adult, month: Month) -> Truth {
        let restricted = || {
            let hard_to_employ = self.require("disability_without_work_restriction", adult.hard_to_employ);
            hard_to_employ.and(adult.birth.age(month).at_most(Number::whole(64)))
        };
        let rate = self
            .require("disability_below_50", adult.disability.at_least(HALF))
            .and_then(|| adult.disability.at_least(FOUR_FIFTHS).or_else(restricted));
        rate.and(Self::aged(adult, month, 16))
    }

    /// A month; the spouse's income has not counted since October 2023.
    pub(crate) fn aah_of(&self, index: usize, month: Month) -> Number {
        let Some(adult) = self.adults().get(index) else { return Number::ZERO };
        if self.before_take_up(month) {
            return Number::ZERO;
        }
        let open = self.aah_open(adult, month);
        if open.fails() {
            return Number::ZERO;
        }
        let kept = if index == 0 { Kept::Aah0 } else { Kept::Aah1 };
        self.once(kept, month, || {
            let amount = open.then(|| self.aah_due(index, adult, month));
            self.note("aah", month, amount)
        })
    }

    /// D821-2 CSS: the full sum less the resources kept; never more than the sum less invalidity pension and ASI, nor less
    /// retirement pension and ASPA (L821-1 CSS: the total of the two does not exceed AAH).
    fn aah_due(&self, index: usize, adult: &Adult, month: Month) -> Number {
        let most = self.figure(Key::MinimaAahMonthly, month);
        let children = self.family_children(month);
        let ceiling = most * (Number::ONE + self.figure(Key::MinimaAahChildShare, month) * children);
        let resources = self.note("aah_resources", month, self.aah_resources(index, adult, month));
        let old_age = if self.has(Defect::AahBesideOldAge) {
            Number::ZERO
        } else {
            adult.pension + self.aspa_share(adult, month)
        };
        let room = (most - adult.invalidity - self.asi_of(index, month.plus(-1)) - old_age).or_nothing();
        (ceiling - resources).or_nothing().min(most).min(room)
    }

    /// R821-4, D821-9 CSS: work counts by a fifth up to a slice and by three fifths above, the rest in full, a month.
    fn aah_resources(&self, index: usize, adult: &Adult, month: Month) -> Number {
        let at_work = Self::at_work(adult);
        let work =
            at_work.choose(|| (adult.unemployment + adult.wage + adult.self_employed) * 12, || Self::work_taxed(adult));
        let others = || {
            let monthly = adult.alimony_received + adult.invalidity + adult.pension - adult.alimony_paid;
            let lately = |month| self.asi_of(index, month) + self.savings_yield(adult, month);
            month.window(3, 1).map(lately).sum::<Number>() * 4 + monthly * 12
        };
        let other = at_work.choose(others, || Self::pensions_taxed(adult));
        let slice = self.smic_month(month) * 12 * self.figure(Key::MinimaAahSliceSmicShare, month);
        let counted = work.min(slice) * self.step(Key::MinimaAahWorkCuts, 0, month)
            + (work - slice).or_nothing() * self.step(Key::MinimaAahWorkCuts, 1, month);
        (counted * self.aah_work_kept(adult, month) + other).or_nothing().over(12)
    }

    /// Share of the work that counts: all of it while it goes on; 30 % less when it ended and a benefit or a pension
    /// replaces it (R532-5, R532-7 CSS); nothing when it ended and nothing replaces it (R821-4-4 CSS).
    fn aah_work_kept(&self, adult: &Adult, month: Month) -> Number {
        let at_work = Self::at_work(adult);
        let replaced = (adult.unemployment + adult.pension + adult.invalidity).some();
        let cut = || Number::ONE - self.figure(Key::MinimaStoppedWorkCut, month);
        if self.has(Defect::AahCountsEndedWork) {
            let stopped = (!at_work.or(Self::student(adult))).or(replaced);
            return stopped.choose(cut, || Number::ONE);
        }
        at_work.choose(|| Number::ONE, || replaced.then(cut))
    }
}
