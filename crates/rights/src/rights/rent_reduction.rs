//! Réduction de loyer de solidarité (L442-2-1 CCH), which the social landlord takes off the rent.

use crate::answers::home;
use crate::case::Case;
use crate::month::Month;
use crate::number::Number;
use crate::parameter::Key;

impl Case<'_> {
    /// A figure by family: alone, couple, then by number of dependants with a sum for each beyond the scale.
    pub(crate) fn by_family(&self, month: Month, alone_couple: [Key; 2], scale: Key, last: i64, more: Key) -> Number {
        let [alone, couple] = alone_couple;
        self.dependants(month).read(|count| {
            if count <= 0 {
                return self
                    .housed_as_couple(month)
                    .choose(|| self.figure(couple, month), || self.figure(alone, month));
            }
            let step = usize::try_from(count.min(last) - 1).unwrap_or(0);
            let beyond = i32::try_from((count - last).max(0)).unwrap_or(0);
            self.step(scale, step, month) + self.figure(more, month) * beyond
        })
    }

    /// A month.
    pub(crate) fn rent_reduction(&self, month: Month) -> Number {
        let social = self.require("not_social_tenant", self.household.home.is(home::SOCIAL_TENANT));
        let amount = social.then(|| {
            let ceiling = self.by_family(
                month,
                [Key::HousingRlsCeilingSingle, Key::HousingRlsCeilingCouple],
                Key::HousingRlsCeilingDependants,
                6,
                Key::HousingRlsCeilingMore,
            );
            let resources = self.housing_resources(month).over(12);
            let below = self.require("resources_above_ceiling", resources.below(ceiling));
            below.then(|| {
                self.by_family(
                    month,
                    [Key::HousingRlsAmountSingle, Key::HousingRlsAmountCouple],
                    Key::HousingRlsAmountOneDependant,
                    1,
                    Key::HousingRlsAmountMore,
                )
            })
        });
        self.note("rent_reduction", month, amount)
    }
}
