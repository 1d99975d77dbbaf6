//! APL, ALF and ALS (L821-1, L822-2 s., D823-16 s. CCH, arrêté of 27 September 2019), zone 2, tenants.

use crate::answers::home;
use crate::case::{Case, Kept};
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::{Truth, any};

const CENT: i64 = 10_000;
const EURO: i64 = 1_000_000;
const HALF: Number = Number::from_millionths(500_000);
const FOUR_FIFTHS: Number = Number::from_millionths(800_000);

/// The rent that counts and what bounds it.
struct Rent {
    /// Paid, two thirds of it when furnished.
    paid: Number,
    ceiling: Number,
    counted: Number,
    charges: Number,
}

impl Case<'_> {
    /// L823-2, R823-4 CCH: children under 21, and older ones with a disability of at least 80 %.
    pub(crate) fn dependants(&self, month: Month) -> Number {
        let above = self.has(Defect::GrownChildDisabledAboveFourFifths);
        self.count(|child| {
            let disabled =
                if above { child.disability.above(FOUR_FIFTHS) } else { child.disability.at_least(FOUR_FIFTHS) };
            let grown = child.birth.age(month).at_least(Number::whole(21));
            self.dependent_below(child, month, 21).or(disabled.and(grown))
        })
    }

    /// A pregnant woman alone is housed as a couple (R823-4 CCH).
    pub(crate) fn housed_as_couple(&self, month: Month) -> Truth {
        Truth::from(self.couple()).or_else(|| self.pregnant(month))
    }

    /// Net of CRDS and of the rent reduction, whole euros a month.
    pub(crate) fn housing_aid(&self, month: Month) -> Number {
        let tenant = home::SOCIAL_TENANT | home::TENANT | home::FURNISHED;
        let tenant = self.require("not_a_tenant", self.household.home.is(tenant));
        if tenant.fails() {
            return Number::ZERO;
        }
        self.once(Kept::HousingAid, month, || tenant.then(|| self.housing_aid_of_tenant(month)))
    }

    fn housing_aid_of_tenant(&self, month: Month) -> Number {
        let rent = self.housing_rent(month);
        let own = self.note("own_share", month, self.own_share(month, &rent));
        let due = self.note("housing_aid_before_cuts", month, (rent.counted + rent.charges - own).or_nothing());
        // D823-22 CCH: below a sum nothing is paid.
        let least = self
            .household
            .home
            .is(home::SOCIAL_TENANT)
            .choose(|| self.figure(Key::HousingPaidFromApl, month), || self.figure(Key::HousingPaidFromOther, month));
        let due = due.at_least(least).then(|| due);
        let tapered = self.tapered(month, due, &rent);
        // D823-16 CCH: a flat sum off; L442-2-1 CCH: 98 % of the rent reduction off.
        let cut = (tapered.to_cent() - self.figure(Key::HousingFlatCut, month)).or_nothing();
        let reduction = self.rent_reduction(month) * self.figure(Key::HousingRlsShareTaken, month);
        let net = (cut - reduction).or_nothing();
        // 1600-0 J CGI: CRDS to the cent below, then the euro below.
        let levy = (net * self.figure(Key::HousingCrdsRate, month)).down(CENT);
        let paid = (net - levy).or_nothing().down(EURO);
        self.require("rent_and_resources_leave_nothing", paid.some());
        self.note("housing_aid", month, paid)
    }

    /// Ceiling of the rent for the family, without the share of a shared home (arrêté, art. 7).
    fn rent_reference(&self, month: Month) -> Number {
        self.by_family(
            month,
            [Key::HousingRentCeilingSingle, Key::HousingRentCeilingCouple],
            Key::HousingRentCeilingOneDependant,
            1,
            Key::HousingRentCeilingMore,
        )
    }

    /// Arrêté, art. 7 to 9: the rent up to its ceiling, and flat charges.
    fn housing_rent(&self, month: Month) -> Rent {
        let shared = self.household.shared_home;
        let part = shared.choose(|| self.figure(Key::HousingSharedHomeShare, month), || Number::ONE);
        let ceiling = (self.rent_reference(month) * part).to_cent();
        let furnished = self.household.home.is(home::FURNISHED);
        let share = furnished.choose(|| self.figure(Key::HousingFurnishedShare, month), || Number::ONE);
        let paid = self.household.rent * share;
        let dependants = self.dependants(month);
        let charges = |base, more| self.figure(base, month) + self.figure(more, month) * dependants;
        let charges = shared.choose(
            || {
                let of = |key| charges(key, Key::HousingSharedChargesPerDependant);
                let couple = self.housed_as_couple(month);
                couple.choose(|| of(Key::HousingSharedChargesCouple), || of(Key::HousingSharedChargesSingle))
            },
            || charges(Key::HousingCharges, Key::HousingChargesPerDependant),
        );
        let counted = self.note("rent_counted", month, paid.min(ceiling));
        Rent { paid, ceiling, counted, charges }
    }

    /// D823-17 CCH, arrêté art. 13 to 15: the least share, and a rate of the resources above R0.
    fn own_share(&self, month: Month, rent: &Rent) -> Number {
        let least = ((rent.counted + rent.charges) * self.figure(Key::HousingOwnShareRate, month))
            .max(self.figure(Key::HousingOwnShareMin, month));
        let exempt = self.by_family(
            month,
            [Key::HousingR0SingleYearly, Key::HousingR0CoupleYearly],
            Key::HousingR0DependantsYearly,
            6,
            Key::HousingR0MoreYearly,
        );
        let family = self.by_family(
            month,
            [Key::HousingTfSingle, Key::HousingTfCouple],
            Key::HousingTfDependants,
            6,
            Key::HousingTfMore,
        );
        let rate = family + self.rent_rate(month, rent);
        least + rate * (self.housing_resources(month) - exempt).or_nothing()
    }

    /// Arrêté, art. 14: the rate that grows with the rent, rent ratio to four decimals and rate to five.
    fn rent_rate(&self, month: Month, rent: &Rent) -> Number {
        let ratio = rent.counted.ratio_to(self.rent_reference(month)).nearest(100);
        let first = self.figure(Key::HousingTlFirstThreshold, month);
        let second = self.figure(Key::HousingTlSecondThreshold, month);
        let middle = (ratio.min(second) - first).or_nothing() * self.figure(Key::HousingTlSecondRate, month);
        let top = (ratio - second).or_nothing() * self.figure(Key::HousingTlThirdRate, month);
        (middle + top).nearest(10)
    }

    /// D823-16 CCH: a rent far above the ceiling shrinks the aid to nothing, unless somebody is disabled.
    fn tapered(&self, month: Month, due: Number, rent: &Rent) -> Number {
        let adults = self.adults().iter().map(|adult| adult.disability.at_least(HALF));
        let children = self.children().iter().map(|child| child.disability.at_least(HALF));
        let start = (rent.ceiling * self.figure(Key::HousingTaperStart, month)).to_cent();
        let end = (rent.ceiling * self.figure(Key::HousingTaperEnd, month)).to_cent();
        let share = || {
            // 1 up to the start, 0 from the end, a line between; past the start the line is below 1.
            let line = (end - rent.paid).or_nothing().ratio_to((end - start).max(Number::from_millionths(1)));
            rent.paid.at_most(start).choose(|| Number::ONE, || line.min(Number::ONE))
        };
        any(adults.chain(children)).choose(|| due, || (due * share()).to_cent())
    }
}
