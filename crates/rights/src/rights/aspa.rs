//! Allocation de solidarité aux personnes âgées (L815-1, L816-1, D815-1 CSS).

use crate::answers::Adult;
use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::{Truth, all, any};

/// Share of a gross wage left net: the answers are net, the resources of ASPA and ASI gross.
const NET_OF_GROSS: Number = Number::from_millionths(780_000);
const HALF: Number = Number::from_millionths(500_000);

impl Case<'_> {
    /// Age from which who is unfit for work has ASPA (R815-1, L351-1-5, D351-1-14 CSS).
    fn aspa_unfit_from(&self) -> i32 {
        if self.has(Defect::AspaOfUnfitFromSixtyFour) { 64 } else { 62 }
    }

    /// L815-1, R815-1 CSS: 65 years, or 62 when unfit for work or disabled by half; an invalidity pension presumes it.
    pub(crate) fn aspa_open(&self, adult: &Adult, month: Month) -> Truth {
        let unfit = if self.has(Defect::AspaOfUnfitFromSixtyFour) {
            adult.unfit.or(adult.disability.above(HALF))
        } else {
            adult.unfit.or(adult.disability.at_least(HALF)).or(adult.invalidity.some())
        };
        let early = || Self::aged(adult, month, self.aspa_unfit_from()).and(unfit);
        let old = Self::aged(adult, month, 65).or_else(early);
        old.and(Self::residence_for_old_age(adult))
    }

    /// L815-24 CSS: an invalidity pension, or a pension with a disability, before ASPA.
    pub(crate) fn asi_open(&self, adult: &Adult, month: Month) -> Truth {
        let pension = adult.invalidity.some().or(adult.disability.at_least(HALF).and(adult.pension.some()));
        pension.and(Self::residence_for_old_age(adult)).and_then(|| !self.aspa_open(adult, month))
    }

    /// R815-22 s. CSS: mean of three months, gross wages less a share of the SMIC.
    pub(crate) fn minimum_resources(&self, month: Month) -> Number {
        self.once(Kept::MinimumResources, month, || {
            let adults = self.adults().iter().enumerate();
            let total = adults.map(|(index, adult)| self.minimum_resources_of(index, adult, month)).sum();
            self.note("minimum_resources", month, total)
        })
    }

    fn minimum_resources_of(&self, index: usize, adult: &Adult, month: Month) -> Number {
        let january = Month::of(month.year(), 1);
        let share = self.step(Key::MinimaGrossWageCutSmic, usize::from(self.couple()), month);
        let cut = self.smic_month(january) * share;
        let gross = (adult.wage * 3).ratio_to(NET_OF_GROSS);
        let monthly =
            adult.unemployment + adult.alimony_received + adult.invalidity + adult.pension + adult.self_employed
                - adult.alimony_paid;
        let savings: Number = month.window(3, 1).map(|month| self.savings_yield(adult, month)).sum();
        let pensioned = self.aspa_open(adult, month).or(self.asi_open(adult, month)).or(adult.invalidity.some());
        let aah = (!pensioned).then(|| month.window(3, 1).map(|month| self.aah_of(index, month)).sum());
        (monthly * 3 + savings + (gross - cut).or_nothing() + aah).over(3)
    }

    /// What of ASPA is one adult's: half when both have it.
    pub(crate) fn aspa_share(&self, adult: &Adult, month: Month) -> Number {
        self.aspa_open(adult, month).then(|| {
            let both = all(self.adults().iter().map(|adult| self.aspa_open(adult, month)));
            let shared = both.and(self.couple().into());
            shared.choose(|| self.aspa(month).over(2), || self.aspa(month))
        })
    }

    /// L815-4, L815-9 CSS: tops the resources up to the ceiling of one or two.
    pub(crate) fn aspa(&self, month: Month) -> Number {
        if self.before_take_up(month) {
            return Number::ZERO;
        }
        self.once(Kept::Aspa, month, || {
            let open: Number = self.adults().iter().map(|adult| self.aspa_open(adult, month).count()).sum();
            let youngest = self.aspa_unfit_from();
            self.require("age_below_65", any(self.adults().iter().map(|adult| Self::aged(adult, month, youngest))));
            self.require("residence_under_10_years", any(self.adults().iter().map(Self::residence_for_old_age)));
            let one = self.figure(Key::MinimaAspaSingleYearly, month).over(12);
            let two = self.figure(Key::MinimaAspaCoupleYearly, month).over(12);
            let ceiling = if self.couple() { two } else { one };
            let topped = |most: Number| {
                // The same as the most less what resources exceed by, never more than the most.
                most.min((ceiling - self.minimum_resources(month)).or_nothing())
            };
            let mixed = || {
                let other_asi = any(self.adults().iter().map(|adult| self.asi_open(adult, month)));
                // Half of what is left under the ceiling, as for ASI beside ASPA (D815-19, 2° c CSS): with the two halves the
                // couple stays under it (L815-9 CSS). The oracle takes the ASI beside it for nothing.
                let ceiling = if self.has(Defect::AsiNothingInMixedCouple) { two.over(2) * 3 } else { two };
                let shared = || two.over(2).min((ceiling - self.minimum_resources(month)).or_nothing().over(2));
                if self.couple() { other_asi.choose(shared, || topped(one)) } else { topped(one) }
            };
            let amount = open.some().then(|| open.at_least(Number::whole(2)).choose(|| topped(two), mixed));
            self.note("aspa", month, amount)
        })
    }
}
