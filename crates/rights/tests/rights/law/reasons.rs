//! Why a right cannot be had: the condition that is not met, and no other.

use palier_rights::catalogue::RIGHTS;
use palier_rights::reading::{Completeness, read};
use palier_rights::trace::trace;
use serde_json::{Value, json};

use super::super::{NOVEMBER, child, with};
use super::{FRANCE, alone, at_home, couple, homeless, with_births, with_children};

/// The conditions of the right that are certainly not met.
fn reasons(key: &str, inputs: &Value) -> Vec<&'static str> {
    let household = read(inputs, NOVEMBER, Completeness::Full).unwrap();
    let right = RIGHTS.iter().find(|right| right.key == key).unwrap();
    let (_, reasons) = trace(&FRANCE, &household, NOVEMBER, right);
    reasons.into_iter().filter(|reason| right.reasons.contains(reason)).collect()
}

#[test]
fn rsa_and_prime_d_activite_say_why() {
    let student = json!({ "activite": "etudiant" });
    assert_eq!(reasons("rsa", &alone(student.clone())), ["student"], "a student of 40");
    assert!(reasons("rsa", &couple(student, json!({}))).is_empty(), "the other is not a student");
    assert_eq!(reasons("rsa", &alone(json!({ "date_naissance": "2001-11-02" }))), ["age_under_25"], "24 years");
    let other = json!({ "nationalite": "hors_ue", "annees_titre_sejour": 4, "salaire_net_mensuel": 600 });
    assert_eq!(reasons("rsa", &alone(other.clone())), ["residence_permit_under_5_years"], "four years of a permit");
    let young = json!({ "date_naissance": "2004-05-10" });
    assert_eq!(reasons("rsa", &couple(other.clone(), young)), ["age_under_25"], "the one who may stay is 22");
    let student = json!({ "activite": "etudiant" });
    assert_eq!(reasons("rsa", &couple(other.clone(), student)), ["student"], "the one who may stay is a student");
    let both = json!({ "nationalite": "hors_ue", "annees_titre_sejour": 4, "date_naissance": "2004-05-10" });
    assert_eq!(reasons("rsa", &alone(both)), ["residence_permit_under_5_years", "age_under_25"], "22 and four years");
    assert_eq!(reasons("ppa", &alone(other)), ["residence_permit_under_5_years"], "four years of a permit");
    assert_eq!(reasons("ppa", &alone(json!({}))), ["no_income_of_work"], "no work");
    let young = json!({ "date_naissance": "2008-11-02", "salaire_net_mensuel": 600 });
    assert_eq!(reasons("ppa", &alone(young)), ["age_under_18"], "17 years");
    assert!(reasons("ppa", &alone(json!({ "salaire_net_mensuel": 600 }))).is_empty(), "a wage");
}

#[test]
fn the_rights_of_the_old_and_the_disabled_say_why() {
    assert_eq!(reasons("aspa", &alone(json!({ "date_naissance": "1964-11-02" }))), ["age_below_65"], "61 years");
    assert!(reasons("aspa", &alone(json!({ "date_naissance": "1964-11-01" }))).is_empty(), "62 years may be enough");
    let other = json!({ "date_naissance": "1955-03-10", "nationalite": "hors_ue", "annees_titre_sejour": 9 });
    assert_eq!(reasons("aspa", &alone(other)), ["residence_under_10_years"], "nine years of a permit");
    let rich = json!({ "date_naissance": "1955-03-10", "retraite_mensuelle": 3_000 });
    assert!(reasons("aspa", &couple(rich.clone(), json!({}))).is_empty(), "one of the two is old enough");
    let newcomer = json!({ "nationalite": "hors_ue", "date_naissance": "1955-03-10" });
    assert!(reasons("aspa", &couple(rich, newcomer)).is_empty(), "one of the two has been here long enough");
    assert_eq!(reasons("aah", &alone(json!({ "taux_incapacite": 0.49 }))), ["disability_below_50"], "49 %");
    let half = json!({ "taux_incapacite": 0.5 });
    assert_eq!(reasons("aah", &alone(half)), ["disability_without_work_restriction"], "50 % without restriction");
    assert_eq!(reasons("asi", &alone(json!({}))), ["no_invalidity_pension"], "no pension");
}

#[test]
fn the_rights_of_families_say_why() {
    let parent = |births: &[&str]| with_births(alone(json!({})), births);
    assert_eq!(reasons("af", &parent(&["2018-05-10"])), ["under_two_children"], "one child");
    assert_eq!(reasons("cf", &parent(&["2018-05-10"])), ["under_three_children"], "one child");
    let young = ["2024-05-10", "2016-05-10", "2017-05-10", "2018-05-10"];
    assert_eq!(reasons("cf", &parent(&young)), ["receives_paje"], "the PAJE base is paid");
    assert_eq!(reasons("paje_base", &parent(&["2018-05-10"])), ["no_child_under_three"], "eight years");
    let rich = alone(json!({ "salaire_imposable_2024": 90_000 }));
    assert_eq!(reasons("paje_base", &with_births(rich, &["2024-05-10"])), ["resources_above_ceiling"], "81,000");
    assert_eq!(reasons("asf", &couple(json!({}), json!({}))), ["lives_in_couple"], "a couple");
    let alimony = with_births(alone(json!({ "pension_alimentaire_percue_mensuelle": 300 })), &["2018-05-10"]);
    assert_eq!(reasons("asf", &alimony), ["alimony_above_amount"], "300 of alimony");
    assert_eq!(reasons("asf", &parent(&[])), ["no_child", "alimony_above_amount"], "no child");
    assert_eq!(reasons("aeeh", &parent(&[])), ["no_child"], "no child");
    assert_eq!(reasons("aeeh", &parent(&["2018-05-10"])), ["child_not_disabled_enough"], "no disability");
    let grown = with(child("2004-05-10"), json!({ "taux_incapacite": 0.8 }));
    assert_eq!(reasons("aeeh", &with_children(alone(json!({})), vec![grown])), ["child_over_twenty"], "22 years");
    assert_eq!(reasons("ars", &parent(&["2023-05-10"])), ["no_child_at_school_age"], "three years");
}

#[test]
fn the_rights_of_the_home_school_and_health_say_why() {
    let hosted = at_home(alone(json!({})), json!({ "statut": "heberge" }));
    assert_eq!(reasons("aide_logement", &hosted), ["not_a_tenant"], "hosted");
    assert_eq!(reasons("cheque_energie", &hosted), ["no_home_of_own"], "hosted");
    assert_eq!(reasons("reduction_loyer_solidarite", &hosted), ["not_social_tenant"], "hosted");
    let earner = alone(json!({ "salaire_net_mensuel": 3_000, "salaire_imposable_2024": 36_000 }));
    assert_eq!(reasons("aide_logement", &earner), ["rent_and_resources_leave_nothing"], "3,000 a month");
    assert_eq!(reasons("reduction_loyer_solidarite", &earner), ["resources_above_ceiling"], "3,000 a month");
    assert_eq!(reasons("cheque_energie", &earner), ["resources_above_ceiling"], "32,400 in 2024");
    let pupil =
        |school: &str| with_children(earner.clone(), vec![with(child("2012-05-10"), json!({ "scolarite": school }))]);
    assert_eq!(reasons("bourse_college", &pupil("college")), ["resources_above_ceiling"], "32,400 in 2024");
    assert_eq!(reasons("bourse_lycee", &pupil("lycee")), ["resources_above_ceiling"], "32,400 in 2024");
    let poor =
        |school: &str| with_children(alone(json!({})), vec![with(child("2012-05-10"), json!({ "scolarite": school }))]);
    assert_eq!(reasons("bourse_college", &poor("lycee")), ["no_child_in_college"], "in lycée");
    assert_eq!(reasons("bourse_lycee", &poor("college")), ["no_child_in_lycee"], "in college");
    let young = json!({ "date_naissance": "2001-11-02", "pension_alimentaire_percue_mensuelle": 100 });
    assert_eq!(reasons("css_gratuite", &homeless(alone(young))), ["young_adult_with_alimony"], "24 years with alimony");
}
