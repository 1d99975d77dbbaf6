//! RSA (L262-2 s., R262-1 s. CASF): base 651.69 EUR, RSA increased 128.412 % and 42.804 % a child.

use palier_rights::month::Month;
use serde_json::{Value, json};

use super::super::{child, with};
use super::{
    FRANCE, ORACLE, alone, amounts, at_home, cents, couple, homeless, in_month, with_births, with_children, with_pack,
};

fn rsa(inputs: &Value) -> i64 {
    cents(amounts(inputs).rsa)
}

#[test]
fn the_base_of_a_person_alone_less_the_housing_sum() {
    // L262-2, R262-9 CASF: 651.69 - 12 % of 651.69 = 651.69 - 78.2028.
    assert_eq!(rsa(&alone(json!({}))), 57_349, "no income, housing aid above the flat sum");
    // 50 of rent + 61.29 of charges - 40.01 - 5 = 66.28, CRDS 0.33, whole euros: 65, less than 78.20.
    let low_rent = at_home(alone(json!({})), json!({ "statut": "locataire_vide", "loyer_mensuel": 50 }));
    assert_eq!(rsa(&low_rent), 58_669, "651.69 - 65: the aid itself when it is under the flat sum");
    assert_eq!(rsa(&homeless(alone(json!({})))), 65_169, "nothing taken off without a home");
}

#[test]
fn a_free_home_counts_as_the_flat_sum() {
    let home = |fields: Value| rsa(&at_home(alone(json!({})), fields));
    let hosted = |pays: bool| json!({ "statut": "heberge", "loyer_mensuel": 0, "participation_frais": pays });
    assert_eq!(home(hosted(false)), 57_349, "hosted for nothing: 651.69 - 78.2028");
    assert_eq!(home(hosted(true)), 65_169, "who pays a share of the costs is not housed for nothing");
    assert_eq!(home(json!({ "statut": "proprietaire", "loyer_mensuel": 0 })), 57_349, "a home without a loan");
    assert_eq!(home(json!({ "statut": "proprietaire", "loyer_mensuel": 300 })), 65_169, "a loan is being paid");
    // Two persons: 651.69 x 1.5 - 24 % of 651.69 = 977.535 - 156.4056.
    let hosted_couple = at_home(couple(json!({}), json!({})), hosted(false));
    assert_eq!(rsa(&hosted_couple), 82_113, "two persons");
    // Three: 1,173.042 - 29.7 % of 651.69 = 1,173.042 - 193.55193. Four: 1,368.549 - 153.01 - 193.55193.
    assert_eq!(rsa(&with_births(hosted_couple.clone(), &["2016-05-10"])), 97_949, "three persons");
    assert_eq!(rsa(&with_births(hosted_couple, &["2016-05-10", "2017-05-10"])), 102_199, "four are as three");
}

#[test]
fn the_scale_grows_by_person_and_family_benefits_count() {
    // R262-1 CASF. AF count by their base: 153.01, 349.06, 545.10; CF by its plain amount, 41.65 % of 478.16 = 199.15364;
    // ASF by 22.5 % of 478.16 = 107.586 a child.
    const BIRTHS: [&str; 4] = ["2014-05-10", "2015-05-10", "2016-05-10", "2017-05-10"];
    let of_couple = |children: usize| rsa(&with_births(homeless(couple(json!({}), json!({}))), &BIRTHS[..children]));
    assert_eq!(of_couple(0), 97_754, "1.5 x 651.69");
    assert_eq!(of_couple(1), 117_304, "1.8 x 651.69");
    assert_eq!(of_couple(2), 121_554, "2.1 x 651.69 - 153.01: 30 % for the second child of a couple");
    assert_eq!(of_couple(3), 108_101, "2.5 x 651.69 - 349.06 - 199.15364: 40 % from the third child");
    assert_eq!(of_couple(4), 114_565, "2.9 x 651.69 - 545.10 - 199.15364");
    let of_parent = |children: usize| rsa(&with_births(homeless(alone(json!({}))), &BIRTHS[..children]));
    assert_eq!(of_parent(1), 86_995, "1.5 x 651.69 - 107.586");
    assert_eq!(of_parent(2), 80_486, "1.8 x 651.69 - 215.172 - 153.01");
    assert_eq!(of_parent(3), 56_275, "2.2 x 651.69 - 322.758 - 349.06 - 199.15364: 40 % for the third child");
    assert_eq!(of_parent(4), 51_980, "2.6 x 651.69 - 430.344 - 545.10 - 199.15364");
}

#[test]
fn a_child_counts_until_25_and_while_it_earns_less_than_it_adds() {
    let parent_of =
        |fields: Value| rsa(&with_children(homeless(alone(json!({}))), vec![with(child("2009-05-10"), fields)]));
    // R262-3 CASF: 40 % of 651.69 = 260.676. ASF is due for the child of 17 either way.
    assert_eq!(parent_of(json!({ "salaire_net_mensuel": 260 })), 60_995, "977.535 - 107.586 - 260");
    assert_eq!(parent_of(json!({ "salaire_net_mensuel": 260.676 })), 54_410, "as much as it adds: not counted");
    assert_eq!(parent_of(json!({ "salaire_net_mensuel": 261 })), 54_410, "not counted, nor its wage: 651.69 - 107.586");
    assert_eq!(parent_of(json!({ "date_naissance": "2001-11-02" })), 97_754, "24 years on 1 November");
    assert_eq!(parent_of(json!({ "date_naissance": "2001-11-01" })), 65_169, "25 years on 1 November");
}

#[test]
fn the_first_child_of_a_parent_newly_alone_adds_more() {
    let newly_alone = |fields: Value, children: Vec<Value>| {
        let inputs = with(homeless(alone(fields)), json!({ "isolement_recent": true }));
        rsa(&with_children(inputs, children))
    };
    let earning = |wage: i32| with(child("2009-05-10"), json!({ "salaire_net_mensuel": wage }));
    // It adds 128.412 % - 100 % + 42.804 % = 71.216 % of 651.69 = 464.10755 to the sum.
    assert_eq!(newly_alone(json!({}), vec![earning(464)]), 54_421, "1.71216 x 651.69 - 107.586 - 464");
    assert_eq!(newly_alone(json!({}), vec![earning(465)]), 54_410, "not counted: 651.69 - 107.586");
    // With a second child, or a pregnancy, the sum is increased anyway: the child adds 40 %, 260.676.
    let younger = child("2016-05-10");
    let two = newly_alone(json!({}), vec![earning(300), younger]);
    assert_eq!(two, 74_762, "the child who works is not counted: 1.71216 x 651.69 - 215.172 - 153.01");
    let pregnant = newly_alone(json!({ "enceinte": true }), vec![earning(300)]);
    assert_eq!(pregnant, 72_926, "1.28412 x 651.69 - 107.586");
    let grown = newly_alone(json!({}), vec![earning(300), child("2001-11-01")]);
    assert_eq!(grown, 70_821, "a child of 25 is no second one: 1.71216 x 651.69 - 107.586 - 300");
    let couple = with_children(homeless(couple(json!({}), json!({}))), vec![earning(300)]);
    let couple = with(couple, json!({ "isolement_recent": true }));
    assert_eq!(rsa(&couple), 97_754, "a couple is not alone: 1.5 x 651.69, the child is not counted");
}

#[test]
fn rsa_is_increased_for_a_parent_alone_with_a_young_child_or_newly_alone() {
    let parent = |born: &[&str], recent: bool, fields: Value| {
        rsa(&with(with_births(homeless(alone(fields)), born), json!({ "isolement_recent": recent })))
    };
    // L262-9 CASF: 1.71216 x 651.69 = 1,115.79755, less ASF 107.586 and the PAJE base 199.15364.
    assert_eq!(parent(&["2023-11-02"], false, json!({})), 80_906, "2 years on 1 November");
    assert_eq!(parent(&["2023-11-01"], false, json!({})), 86_995, "3 years on 1 November: 977.535 - 107.586");
    assert_eq!(parent(&["2016-05-10"], true, json!({})), 100_821, "newly alone with a child: 1,115.79755 - 107.586");
    assert_eq!(parent(&[], true, json!({})), 65_169, "newly alone without a child: the base");
    assert_eq!(parent(&[], false, json!({ "enceinte": true })), 83_685, "pregnant: 1.28412 x 651.69");
    let young = json!({ "enceinte": true, "date_naissance": "2006-05-10" });
    assert_eq!(parent(&[], false, young), 83_685, "pregnant at 20: no condition of age");
    let couple = couple(json!({ "enceinte": true }), json!({}));
    assert_eq!(rsa(&homeless(couple)), 97_754, "a pregnant woman in a couple: 1.5 x 651.69");
}

#[test]
fn age_a_child_or_two_years_of_work_open_rsa_and_studies_close_it() {
    let born = |born: &str| rsa(&homeless(alone(json!({ "date_naissance": born }))));
    assert_eq!(born("2001-11-02"), 0, "24 years on 1 November");
    assert_eq!(born("2001-11-01"), 65_169, "L262-4 CASF: 25 years on 1 November");
    let parent = homeless(alone(json!({ "date_naissance": "2004-05-10" })));
    assert_eq!(rsa(&with_births(parent, &["2023-10-10"])), 86_995, "22 years with a child of 3");
    // L262-7-1, D262-25-1 CASF: 18 to 24 with two years of full-time work in the three years before.
    let worker = |born: &str| homeless(alone(json!({ "date_naissance": born, "rsa_jeune_2ans_travail": true })));
    assert_eq!(rsa(&worker("2008-11-01")), 65_169, "18 years on 1 November");
    assert_eq!(rsa(&worker("2008-11-02")), 0, "17 years on 1 November");
    assert_eq!(cents(with_pack(&ORACLE, &worker("2008-11-01")).rsa), 0, "the oracle asks for more than 18");
    assert_eq!(cents(with_pack(&ORACLE, &worker("2007-11-01")).rsa), 65_169, "19 years on 1 November");
    let student = json!({ "activite": "etudiant" });
    assert_eq!(rsa(&homeless(alone(student.clone()))), 0, "a student has no RSA");
    assert_eq!(rsa(&homeless(couple(student.clone(), json!({})))), 97_754, "the other of the couple opens it");
    let young = json!({ "date_naissance": "2004-05-10" });
    assert_eq!(rsa(&homeless(couple(student, young))), 0, "neither the student of 40 nor the other of 22");
}

#[test]
fn rsa_asks_five_years_of_a_permit_from_others_than_europeans() {
    let years = |years: f64, nationality: &str| {
        rsa(&homeless(alone(json!({ "nationalite": nationality, "annees_titre_sejour": years }))))
    };
    assert_eq!(years(4.9, "hors_ue"), 0, "L262-4, 2° CASF: under five years");
    assert_eq!(years(5.0, "hors_ue"), 65_169, "five years");
    assert_eq!(years(0.24, "ue_eee"), 0, "L262-6 CASF: a European without work before three months");
    assert_eq!(years(0.25, "ue_eee"), 65_169, "a European after three months");
    assert_eq!(years(0.24, "suisse"), 0, "a Swiss before three months");
    assert_eq!(years(0.25, "suisse"), 65_169, "a Swiss after three months");
    // L262-4, 2° b CASF: who has the increased RSA needs a regular stay, not five years.
    let fields = json!({ "nationalite": "hors_ue", "annees_titre_sejour": 1 });
    let mother = with_births(homeless(alone(fields.clone())), &["2024-05-10"]);
    assert_eq!(rsa(&mother), 80_906, "a child of 2: 1,115.79755 - 107.586 - 199.15364");
    let mother = with_births(homeless(alone(fields)), &["2016-05-10"]);
    assert_eq!(rsa(&mother), 0, "a child of 10 and not newly alone: five years are asked");
}

#[test]
fn every_kind_of_income_counts_in_full() {
    // L262-3, R262-6 CASF: 651.69 - 100, whatever the kind; nobody with five years of a permit has ASI (ten are asked).
    let kinds = [
        "salaire_net_mensuel",
        "benefice_independant_mensuel",
        "chomage_mensuel",
        "retraite_mensuelle",
        "pension_invalidite_mensuelle",
        "pension_alimentaire_percue_mensuelle",
    ];
    for kind in kinds {
        let inputs = alone(json!({ kind: 100, "nationalite": "hors_ue", "annees_titre_sejour": 5 }));
        assert_eq!(rsa(&homeless(inputs)), 55_169, "{kind}");
    }
}

#[test]
fn the_minima_of_both_adults_count() {
    let births: Vec<String> = (0..12).map(|rank| format!("{}-05-10", 2010 + rank)).collect();
    let births: Vec<&str> = births.iter().map(String::as_str).collect();
    let with_eight = |inputs: Value| with_births(inputs, &births[..8]);
    // 4.5 x 651.69 = 2,932.605; AF of eight 278 % of 478.16 = 1,329.28, CF 199.15364, AAH 1,041.59.
    let disabled = couple(json!({}), json!({ "taux_incapacite": 0.8 }));
    assert_eq!(rsa(&with_eight(homeless(disabled.clone()))), 36_258, "without a home, no MVA");
    // With housing aid the flat sum 193.55193 and MVA 104.77 count too.
    assert_eq!(rsa(&with_eight(disabled)), 6_426, "362.58136 - 193.55193 - 104.77");
    // L815-1 CSS: one of two over 65 has ASPA of 1,043.595; five children: 3.3 x 651.69 - 741.15 - 199.15364.
    let old = homeless(couple(json!({}), json!({ "date_naissance": "1955-03-10" })));
    assert_eq!(rsa(&with_births(old, &births[..5])), 16_668, "2,150.577 - 741.15 - 199.15364 - 1,043.595");
}

#[test]
fn rsa_is_not_paid_under_six_euros() {
    // R262-39 CASF: 573.4872 - 567.48 = 6.0072; two cents more of pension and 5.99 is not paid.
    let pension = |pension: f64| rsa(&alone(json!({ "retraite_mensuelle": pension })));
    assert_eq!(pension(567.48), 601, "just above the minimum");
    assert_eq!(pension(567.50), 0, "just below");
    assert_eq!(rsa(&homeless(alone(json!({ "retraite_mensuelle": 645.69 })))), 600, "six euros are paid");
    assert_eq!(rsa(&homeless(alone(json!({ "retraite_mensuelle": 645.70 })))), 0, "5.99 is not");
}

#[test]
fn a_child_not_yet_born_does_not_count() {
    // Defect 5 of the oracle: born on 20 November, it is not in the household on 1 November.
    let inputs = with_births(homeless(alone(json!({}))), &["2026-11-20"]);
    assert_eq!(rsa(&inputs), 65_169, "the base");
    // The oracle: 1.71216 x 651.69 - 199.15364, as if the child were there, without ASF.
    assert_eq!(cents(with_pack(&ORACLE, &inputs).rsa), 91_664, "the oracle counts it");
}

#[test]
fn a_european_who_works_does_not_wait() {
    // L262-6, 1° and 2° CASF: 651.69 - 100.
    let european = |fields: Value| {
        let inputs = with(json!({ "nationalite": "ue_eee", "annees_titre_sejour": 0 }), fields);
        homeless(alone(inputs))
    };
    for kind in ["salaire_net_mensuel", "benefice_independant_mensuel", "chomage_mensuel"] {
        let worker = european(json!({ kind: 100 }));
        assert_eq!(rsa(&worker), 55_169, "{kind}: the stay of three months is not asked");
        assert_eq!(cents(with_pack(&ORACLE, &worker).rsa), 0, "{kind}: the oracle asks it");
    }
    assert_eq!(rsa(&european(json!({ "retraite_mensuelle": 100 }))), 0, "a pension is no work");
    let other = homeless(alone(json!({ "nationalite": "hors_ue", "salaire_net_mensuel": 100 })));
    assert_eq!(rsa(&other), 0, "others wait five years though they work");
}

#[test]
fn the_months_of_reference_are_the_fourth_to_the_second_before() {
    // R262-7 CASF, decree 2025-185: July at 1.5 %, August and September at 1.7 % of 1,200, a twelfth each: 1.50, 1.70 and 1.70.
    let saver = homeless(alone(json!({ "epargne_livret_a": 1_200 })));
    assert_eq!(rsa(&saver), 65_006, "651.69 - 4.90 / 3");
    assert_eq!(cents(with_pack(&ORACLE, &saver).rsa), 64_999, "August, September and October: 651.69 - 1.70");
    // R262-7, II, 3° CASF: what the family branch pays counts in its month. In April 2026 AAH goes from 1,033.32 to
    // 1,041.59; 4.5 x 651.69 - 1,329.28 - 199.15364 = 1,404.17136.
    let births: Vec<String> = (0..8).map(|rank| format!("{}-05-10", 2010 + rank)).collect();
    let births: Vec<&str> = births.iter().map(String::as_str).collect();
    let disabled = with_births(homeless(couple(json!({}), json!({ "taux_incapacite": 0.8 }))), &births);
    let in_april = |pack| cents(in_month(pack, &disabled, Month::of(2026, 4)).rsa);
    assert_eq!(in_april(&FRANCE), 36_258, "1,404.17136 - 1,041.59");
    assert_eq!(in_april(&ORACLE), 37_085, "1,404.17136 - 1,033.32");
}

#[test]
fn a_spouse_without_five_years_counts_by_its_resources_only() {
    // L262-5 CASF: the sum is that of the others, the income of the spouse counts.
    let with_spouse = |years: i32, wage: i32| {
        let other = json!({ "nationalite": "hors_ue", "annees_titre_sejour": years, "salaire_net_mensuel": wage });
        homeless(couple(json!({}), other))
    };
    assert_eq!(rsa(&with_spouse(5, 100)), 87_754, "five years: 977.535 - 100");
    assert_eq!(rsa(&with_spouse(4, 100)), 55_169, "four years: 651.69 - 100");
    assert_eq!(cents(with_pack(&ORACLE, &with_spouse(4, 100)).rsa), 87_754, "the oracle counts everybody");
    let births = ["2014-05-10", "2015-05-10", "2016-05-10"];
    assert_eq!(rsa(&with_births(with_spouse(4, 0), &births[..2])), 102_003, "1.8 x 651.69 - 153.01");
    assert_eq!(rsa(&with_births(with_spouse(4, 0), &births)), 88_550, "2.2 x 651.69 - 349.06 - 199.15364");
    let hosted = at_home(with_spouse(4, 0), json!({ "statut": "heberge" }));
    assert_eq!(rsa(&hosted), 57_349, "the home of one person: 651.69 - 78.2028");
    let two = |first: Value, second: Value| rsa(&homeless(couple(first, second)));
    let other = || json!({ "nationalite": "hors_ue", "annees_titre_sejour": 4 });
    assert_eq!(two(other(), other()), 0, "neither has five years");
    // L262-6, 3° CASF: the spouse of a European who works does not wait either.
    let european =
        |wage: i32| json!({ "nationalite": "ue_eee", "annees_titre_sejour": 0, "salaire_net_mensuel": wage });
    assert_eq!(two(european(100), european(0)), 87_754, "977.535 - 100");
    assert_eq!(two(json!({ "salaire_net_mensuel": 100 }), european(0)), 55_169, "that of a French worker does");
    assert_eq!(two(european(100), other()), 55_169, "and one from elsewhere waits five years");
    // L262-4 CASF: one and the same meets both conditions, age and residence.
    let young = json!({ "date_naissance": "2004-05-10" });
    assert_eq!(two(other(), young.clone()), 0, "one of 40 with four years of a permit, one of 22");
    let both = homeless(couple(other(), young));
    assert_eq!(
        cents(with_pack(&ORACLE, &both).rsa),
        97_754,
        "the oracle takes the age of one and the stay of the other"
    );
}
