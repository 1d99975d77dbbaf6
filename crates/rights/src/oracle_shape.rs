//! A diagnosis of complete answers in the shape of the `outputs` of the data README.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::answers::{Household, home};
use crate::diagnosis::Amounts;
use crate::month::Month;
use crate::number::Number;

/// The `outputs` of a household, to be written. The yearly amounts carry the year in their keys.
#[derive(Debug)]
pub struct Outputs<'a> {
    amounts: &'a Amounts,
    household: &'a Household,
    now: Month,
}

/// Pairs written as an object, in their order.
struct Fields<'a, T>(&'a [(&'a str, T)]);

impl<T: Serialize> Serialize for Fields<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// An amount in euros, or one for each adult.
enum Euros<'a> {
    One(Number),
    Each(&'a [Number]),
}

fn euros(amount: Number) -> f64 {
    amount.cents().0 as f64 / 100.0
}

impl Serialize for Euros<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(amount) => serializer.serialize_f64(euros(*amount)),
            Self::Each(amounts) => serializer.collect_seq(amounts.iter().copied().map(euros)),
        }
    }
}

impl<'a> Outputs<'a> {
    /// Of the amounts of a household.
    #[must_use]
    pub fn of(amounts: &'a Amounts, household: &'a Household, now: Month) -> Self {
        Self { amounts, household, now }
    }

    /// `apl`, `alf`, `als`, or null without housing aid.
    fn kind_of_housing_aid(&self) -> Option<&'static str> {
        if !self.amounts.housing_aid.some().holds() {
            return None;
        }
        if self.household.home.is(home::SOCIAL_TENANT).holds() {
            return Some("apl");
        }
        Some(if self.amounts.with_dependants.holds() { "alf" } else { "als" })
    }

    fn monthly(&self) -> [(&'static str, Number); 12] {
        let sum = |amounts: &[Number]| amounts.iter().copied().sum::<Number>();
        let amounts = self.amounts;
        [
            ("rsa", amounts.rsa),
            ("ppa", amounts.ppa),
            ("aspa", amounts.aspa),
            ("aide_logement", amounts.housing_aid),
            ("af", amounts.af),
            ("cf", amounts.cf),
            ("asf", amounts.asf),
            ("paje_base", amounts.paje_base),
            ("aeeh", amounts.aeeh),
            ("aah", sum(&amounts.aah)),
            ("asi", sum(&amounts.asi)),
            ("reduction_loyer_solidarite", amounts.rent_reduction),
        ]
    }
}

impl Serialize for Outputs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let amounts = self.amounts;
        let monthly = self.monthly();
        let yearly = [
            ("ars", amounts.ars),
            ("cheque_energie", amounts.cheque_energie),
            ("bourse_college", amounts.college_grant),
            ("bourse_lycee", amounts.lycee_grant),
        ];
        let (free, paid) = (amounts.health_cover.free.holds(), amounts.health_cover.with_participation.holds());
        let money = monthly.iter().chain(&yearly).map(|(key, amount)| (*key, amount.some().holds()));
        let eligible: Vec<_> = money.chain([("css_gratuite", free), ("css_participation", paid)]).collect();
        let persons = [
            ("aah_par_adulte", Euros::Each(&amounts.aah)),
            ("complement_aah_mva_par_adulte", Euros::Each(&amounts.mva)),
            ("asi_par_adulte", Euros::Each(&amounts.asi)),
        ];
        let one = |(key, amount): (&'static str, Number)| (key, Euros::One(amount));
        let by_month: Vec<_> = monthly.into_iter().map(one).chain(persons).collect();
        let [(_, ars), (_, voucher), college, lycee] = yearly;
        let year = self.now.year();
        let (ars_key, voucher_key) = (format!("ars_{year}"), format!("cheque_energie_{year}"));
        let by_year = [
            (ars_key.as_str(), Euros::One(ars)),
            (voucher_key.as_str(), Euros::One(voucher)),
            one(college),
            one(lycee),
        ];
        let css = match (free, paid) {
            (true, _) => "gratuite",
            (false, true) => "participation",
            (false, false) => "non",
        };
        let participation = if css == "participation" { amounts.health_cover.participation } else { Number::ZERO };
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("eligible", &Fields(&eligible))?;
        map.serialize_entry("mensuel", &Fields(&by_month))?;
        map.serialize_entry("annuel", &Fields(&by_year))?;
        map.serialize_entry("css", css)?;
        map.serialize_entry("css_participation_mensuelle", &euros(participation))?;
        map.serialize_entry("type_aide_logement", &self.kind_of_housing_aid())?;
        map.end()
    }
}
