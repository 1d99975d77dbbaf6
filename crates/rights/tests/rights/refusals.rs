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

/// Values that somebody or some program might write anywhere.
fn odd(dice: &mut super::hiding::Dice) -> Value {
    match dice.below(14) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(i64::MAX),
        4 => json!(u64::MAX),
        5 => json!(1e308),
        6 => json!(0.333_333_333_333),
        7 => json!(""),
        8 => json!("9999-99-99"),
        9 => json!("-2020-01-01é"),
        10 => json!([]),
        11 => json!({ "min": 0, "max": 1e300 }),
        12 => json!({ "min": "2020-01-01", "max": "2021-01-01" }),
        _ => json!({ "refused": true }),
    }
}

#[test]
fn no_answer_makes_the_engine_panic() {
    let packs = [palier_rights::pack::Pack::france().unwrap(), super::oracle_pack()];
    let mut dice = super::hiding::Dice(0x005E_ED0F_0DD5);
    let (mut taken, mut refused) = (0, 0);
    for round in 0..6_000 {
        let mut inputs = household(vec![adult(), adult()], vec![child("2015-02-03"), child("2024-02-29")]);
        for _ in 0..=dice.below(4) {
            super::hiding::spoil(&mut inputs, &mut dice, odd);
        }
        for completeness in [Completeness::Full, Completeness::Partial] {
            match read(&inputs, NOVEMBER, completeness) {
                Ok(household) => {
                    taken += palier_rights::partial::outcomes(&packs[round % 2], &household, NOVEMBER).len();
                }
                Err(_) => refused += 1,
            }
        }
    }
    assert!(taken > 0 && refused > 0, "both ways were taken: {taken} {refused}");
}
