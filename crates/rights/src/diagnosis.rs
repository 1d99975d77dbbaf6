//! The rights with an amount of a household at a month.

use crate::answers::Household;
use crate::case::Case;
use crate::month::Month;
use crate::number::Number;
use crate::pack::Pack;
use crate::rights::css::HealthCover;
use crate::truth::Truth;

/// Every computed amount; a month unless said otherwise.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the outputs of the data README under their own names")]
pub struct Amounts {
    pub rsa: Number,
    pub ppa: Number,
    pub aspa: Number,
    pub housing_aid: Number,
    pub af: Number,
    pub cf: Number,
    pub asf: Number,
    pub paje_base: Number,
    pub aeeh: Number,
    pub aah: Vec<Number>,
    pub mva: Vec<Number>,
    pub asi: Vec<Number>,
    pub rent_reduction: Number,
    /// A year, as the three below.
    pub ars: Number,
    pub cheque_energie: Number,
    pub college_grant: Number,
    pub lycee_grant: Number,
    pub health_cover: HealthCover,
    /// Somebody is in charge: the housing aid of a private home is then ALF, else ALS.
    pub with_dependants: Truth,
}

impl Amounts {
    /// Computes them all.
    #[must_use]
    pub fn of(pack: &Pack, household: &Household, now: Month) -> Self {
        let case = Case::new(pack, household, now);
        let persons = || 0..household.adults.len();
        Self {
            rsa: case.rsa(now),
            ppa: case.ppa(now),
            aspa: case.aspa(now),
            housing_aid: case.housing_aid(now),
            af: case.family_allowance(now),
            cf: case.large_family(now),
            asf: case.asf(now),
            paje_base: case.child_benefit(now),
            aeeh: case.aeeh(now),
            aah: persons().map(|index| case.aah_of(index, now)).collect(),
            mva: persons().map(|index| case.mva_of(index, now)).collect(),
            asi: persons().map(|index| case.asi_of(index, now)).collect(),
            rent_reduction: case.rent_reduction(now),
            ars: case.ars(),
            cheque_energie: case.cheque_energie(),
            college_grant: case.college_grant(),
            lycee_grant: case.lycee_grant(),
            health_cover: case.health_cover(),
            with_dependants: case.dependants(now).some(),
        }
    }
}
