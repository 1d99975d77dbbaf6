//! Absurd answers are refused by the name of their field.

use palier_rights::reading::{Completeness, read};
use serde_json::{Value, json};

use super::{NOVEMBER, adult, child, household, with};

fn check(inputs: Value, field: &str) {
    let refused = read(&inputs, NOVEMBER, Completeness::Full).unwrap_err();
    assert_eq!(refused.field, field, "the refusal names the field: {refused}");
}

#[test]
fn what_is_absurd_is_refused_by_name() {
    let with_adult = |fields| household(vec![with(adult(), fields)], vec![]);
    check(with_adult(json!({ "date_naissance": "1826-01-01" })), "adultes[0].date_naissance");
    check(with_adult(json!({ "date_naissance": "2026-02-30" })), "adultes[0].date_naissance");
    check(with_adult(json!({ "salaire_net_mensuel": -1 })), "adultes[0].salaire_net_mensuel");
    check(with_adult(json!({ "activite": "astronaute" })), "adultes[0].activite");
    check(with_adult(json!({ "taux_incapacite": 1.5 })), "adultes[0].taux_incapacite");
    check(with_adult(json!({ "enceinte": "oui" })), "adultes[0].enceinte");
    check(household(vec![adult()], vec![child("1970-01-10")]), "enfants[0].date_naissance");
    check(household(vec![adult()], vec![child("2027-01-10")]), "enfants[0].date_naissance");
    check(household(vec![], vec![]), "adultes");
    check(household(vec![adult()], vec![child("2020-01-10"); 13]), "enfants");
    check(with(household(vec![adult()], vec![]), json!({ "situation_couple": "marie" })), "situation_couple");
    let mut rent = household(vec![adult()], vec![]);
    rent["logement"]["loyer_mensuel"] = json!(-5);
    check(rent, "logement.loyer_mensuel");
    let mut missing = household(vec![adult()], vec![]);
    missing["adultes"][0].as_object_mut().unwrap().remove("rsdae");
    check(missing, "adultes[0].rsdae");
}

#[test]
fn a_range_the_wrong_way_round_is_refused() {
    let inputs = household(vec![with(adult(), json!({ "salaire_net_mensuel": { "min": 900, "max": 800 } }))], vec![]);
    let refused = read(&inputs, NOVEMBER, Completeness::Partial).unwrap_err();
    assert_eq!(refused.to_string(), "adultes[0].salaire_net_mensuel: min not above max", "said once, by name");
}

#[test]
fn a_range_counts_for_its_possible_part() {
    let wage = |range: Value| {
        let inputs = household(vec![with(adult(), json!({ "salaire_net_mensuel": range }))], vec![]);
        read(&inputs, NOVEMBER, Completeness::Partial).map(|household| household.adults[0].wage.cents())
    };
    assert_eq!(wage(json!({ "min": 800, "max": 9_000_000 })).unwrap(), (80_000, 5_000_000), "cut at the bound");
    assert!(wage(json!({ "min": -20, "max": -10 })).is_err(), "nothing of it is possible");
}
