//! A diagnosis of complete answers in the shape of the `outputs` of the data README.

use serde_json::{Map, Value, json};

use crate::answers::{Household, home};
use crate::diagnosis::Amounts;
use crate::month::Month;
use crate::number::Number;

fn euros(amount: Number) -> Value {
    json!(amount.cents().0 as f64 / 100.0)
}

fn all_euros(amounts: &[Number]) -> Value {
    amounts.iter().copied().map(euros).collect()
}

/// `apl`, `alf`, `als`, or null without housing aid.
fn kind_of_housing_aid(amounts: &Amounts, household: &Household) -> Value {
    if !amounts.housing_aid.some().holds() {
        return Value::Null;
    }
    if household.home.is(home::SOCIAL_TENANT).holds() {
        return json!("apl");
    }
    json!(if amounts.with_dependants.holds() { "alf" } else { "als" })
}

/// The `outputs` of a household. The yearly amounts carry the year in their keys.
#[must_use]
pub fn outputs(amounts: &Amounts, household: &Household, now: Month) -> Value {
    let sum = |amounts: &[Number]| amounts.iter().copied().sum::<Number>();
    let (aah, asi) = (sum(&amounts.aah), sum(&amounts.asi));
    let monthly = [
        ("rsa", amounts.rsa),
        ("ppa", amounts.ppa),
        ("aspa", amounts.aspa),
        ("aide_logement", amounts.housing_aid),
        ("af", amounts.af),
        ("cf", amounts.cf),
        ("asf", amounts.asf),
        ("paje_base", amounts.paje_base),
        ("aeeh", amounts.aeeh),
        ("aah", aah),
        ("asi", asi),
        ("reduction_loyer_solidarite", amounts.rent_reduction),
    ];
    let yearly = [
        ("ars", amounts.ars, true),
        ("cheque_energie", amounts.cheque_energie, true),
        ("bourse_college", amounts.college_grant, false),
        ("bourse_lycee", amounts.lycee_grant, false),
    ];
    let (mut eligible, mut by_month, mut by_year) = (Map::new(), Map::new(), Map::new());
    for (key, amount) in monthly {
        eligible.insert(key.to_owned(), json!(amount.some().holds()));
        by_month.insert(key.to_owned(), euros(amount));
    }
    by_month.insert("aah_par_adulte".to_owned(), all_euros(&amounts.aah));
    by_month.insert("complement_aah_mva_par_adulte".to_owned(), all_euros(&amounts.mva));
    by_month.insert("asi_par_adulte".to_owned(), all_euros(&amounts.asi));
    for (key, amount, of_civil_year) in yearly {
        eligible.insert(key.to_owned(), json!(amount.some().holds()));
        let named = if of_civil_year { format!("{key}_{}", now.year()) } else { key.to_owned() };
        by_year.insert(named, euros(amount));
    }
    let cover = &amounts.health_cover;
    let (free, paid) = (cover.free.holds(), cover.with_participation.holds());
    eligible.insert("css_gratuite".to_owned(), json!(free));
    eligible.insert("css_participation".to_owned(), json!(paid));
    let css = if free {
        "gratuite"
    } else if paid {
        "participation"
    } else {
        "non"
    };
    let participation = if paid { cover.participation } else { Number::ZERO };
    json!({
        "eligible": eligible,
        "mensuel": by_month,
        "annuel": by_year,
        "css": css,
        "css_participation_mensuelle": euros(participation),
        "type_aide_logement": kind_of_housing_aid(amounts, household),
    })
}
