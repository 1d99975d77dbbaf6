//! APL, ALF and ALS (L821-1 s., D823-16 s. CCH, arrêté of 27 September 2019), zone 2, and the rent reduction (L442-2-1 CCH).
//!
//! Rent up to 293.68, 359.47 or 404.49 + 58.88 a further dependant; charges 61.29 + 13.90; own share 40.01 or 8.5 %. The rate
//! alone with the rent at its ceiling: 0.0283 + 0.0045 x 0.30 + 0.0068 x 0.25 = 0.03135, of resources above 5,235.

use palier_rights::month::Month;
use serde_json::{Value, json};

use super::super::{child, with};
use super::{FRANCE, ORACLE, alone, amounts, at_home, cents, couple, in_month, with_births, with_children, with_pack};

/// In a private home at this rent.
fn renting(inputs: Value, rent: f64) -> Value {
    at_home(inputs, json!({ "statut": "locataire_vide", "loyer_mensuel": rent }))
}

/// The aid in whole euros of a household in a private home at this rent.
fn aid(inputs: Value, rent: f64) -> i64 {
    let cents = cents(amounts(&renting(inputs, rent)).housing_aid);
    assert_eq!(cents % 100, 0, "whole euros");
    cents / 100
}

/// The aid alone at 350 EUR of rent, above the ceiling, with these answers.
fn told(fields: Value) -> i64 {
    aid(alone(fields), 350.0)
}

#[test]
fn the_aid_of_a_tenant_without_resources() {
    // Social tenant: 293.68 + 61.29 - 40.01 - 5 - 0.98 x 31.58 = 279.0116, CRDS 1.39 down to the cent: 277.62.
    assert_eq!(cents(amounts(&alone(json!({}))).housing_aid), 27_700, "social tenant, down to the euro");
    assert_eq!(aid(alone(json!({})), 350.0), 308, "293.68 + 61.29 - 40.01 - 5 = 309.96, CRDS 1.54");
    assert_eq!(aid(alone(json!({})), 250.0), 264, "250 + 61.29 - 40.01 - 5 = 266.28, CRDS 1.33");
    assert_eq!(aid(couple(json!({}), json!({})), 350.0), 364, "a couple: 350 + 61.29 - 45.01 = 366.28, CRDS 1.83");
    assert_eq!(told(json!({ "enceinte": true })), 364, "R823-4 CCH: pregnant, housed as a couple");
    let parent = |births: &[&str], rent: f64| aid(with_births(alone(json!({})), births), rent);
    assert_eq!(parent(&["2016-05-10"], 400.0), 427, "400 + 75.19 = 475.19, 8.5 % = 40.39115: 429.80, CRDS 2.14");
    let four = ["2014-05-10", "2015-05-10", "2016-05-10", "2017-05-10"];
    // 404.49 + 3 x 58.88 + 61.29 + 4 x 13.90 = 698.02; 8.5 % = 59.3317.
    assert_eq!(parent(&four, 700.0), 630, "698.02 - 59.3317 - 5 = 633.69, CRDS 3.16");
    for status in ["heberge", "proprietaire", "sans_domicile"] {
        let inputs = at_home(alone(json!({})), json!({ "statut": status }));
        assert_eq!(cents(amounts(&inputs).housing_aid), 0, "{status}: no rent");
    }
}

#[test]
fn furnished_and_shared_homes() {
    let home = |inputs: Value, fields: Value| cents(amounts(&at_home(inputs, fields)).housing_aid);
    let furnished = json!({ "statut": "locataire_meuble", "loyer_mensuel": 300 });
    assert_eq!(home(alone(json!({})), furnished), 21_500, "two thirds of 300: 200 + 61.29 - 45.01 = 216.28, CRDS 1.08");
    let shared = |rent: i32| json!({ "statut": "locataire_vide", "loyer_mensuel": rent, "colocation": true });
    // Three quarters of the ceiling: 220.26, 269.60, 303.37; charges 30.64 alone, 61.29 for a couple, 13.90 a dependant.
    assert_eq!(home(alone(json!({})), shared(350)), 20_400, "220.26 + 30.64 - 45.01 = 205.89, CRDS 1.02");
    assert_eq!(home(couple(json!({}), json!({})), shared(350)), 28_400, "269.60 + 61.29 - 45.01 = 285.88, CRDS 1.42");
    let births = ["2016-05-10"];
    let parent = with_births(alone(json!({})), &births);
    assert_eq!(home(parent, shared(400)), 30_100, "303.37 + 44.54 - 45.01 = 302.90, CRDS 1.51");
    let parents = with_births(couple(json!({}), json!({})), &births);
    assert_eq!(home(parents, shared(400)), 33_100, "303.37 + 75.19 - 45.01 = 333.55, CRDS 1.66");
}

#[test]
fn a_child_is_a_dependant_under_21_or_with_80_percent() {
    let of = |fields: Value| aid(with_children(alone(json!({})), vec![with(child("2005-11-01"), fields)]), 350.0);
    // With one dependant: 350 + 75.19 - 40.01 - 5 = 380.18, CRDS 1.90: 378.
    assert_eq!(of(json!({ "date_naissance": "2005-11-02" })), 378, "20 years on 1 November");
    assert_eq!(of(json!({})), 308, "21 years on 1 November");
    assert_eq!(of(json!({ "taux_incapacite": 0.8 })), 378, "R823-4 CCH: 80 %");
    assert_eq!(of(json!({ "taux_incapacite": 0.79 })), 308, "79 %");
    let inputs = with_children(alone(json!({})), vec![with(child("2005-11-01"), json!({ "taux_incapacite": 0.8 }))]);
    let oracle = cents(with_pack(&ORACLE, &renting(inputs, 350.0)).housing_aid);
    assert_eq!(oracle, 30_800, "the oracle asks for more than 80 %");
    let earning = json!({ "date_naissance": "2008-05-10", "salaire_net_mensuel": 1_145 });
    assert_eq!(of(earning), 308, "a living of its own");
}

#[test]
fn the_own_share_grows_with_resources_and_rent() {
    // 1,000 x 1.037 x 12 = 12,444, less 10 %: 11,200; 5,965 above the exempt sum.
    let wage = |wage: i32| alone(json!({ "salaire_net_mensuel": wage }));
    assert_eq!(aid(wage(1_000), 350.0), 122, "314.96 - 0.03135 x 5,965 = 127.96, less 5, CRDS 0.61");
    assert_eq!(aid(wage(1_000), 200.0), 41, "ratio 0.6810, rate 0.0283 + 0.00104: 221.28 - 175.0131 - 5, CRDS 0.20");
    // 600 x 12.444 = 7,466.40, less 747, up to 6,800: 1,565 above.
    assert_eq!(aid(wage(600), 120.0), 91, "ratio under 0.45: 141.28 - 0.0283 x 1,565 - 5 = 91.99, CRDS 0.45");
    assert_eq!(aid(wage(600), 350.0), 259, "314.96 - 0.03135 x 1,565 - 5 = 260.90, CRDS 1.30");
    // A couple: ratio 350 / 359.47 = 0.9737, rate 0.0315 + 0.00287; 16,800 - 7,501 = 9,299.
    let one_wage = couple(json!({ "salaire_net_mensuel": 1_500 }), json!({}));
    assert_eq!(aid(one_wage, 350.0), 46, "371.28 - 0.03437 x 9,299 - 5 = 46.67, CRDS 0.23");
    // Seven dependants: 404.49 + 6 x 58.88 = 757.77; 10,554 + 346 exempt; rate 0.0173 - 0.0006 + 0.00305.
    let births: Vec<String> = (0..7).map(|rank| format!("{}-05-10", 2010 + rank)).collect();
    let births: Vec<&str> = births.iter().map(String::as_str).collect();
    let seven = with_births(wage(1_500), &births);
    assert_eq!(aid(seven, 800.0), 713, "916.36 - 77.8906 - 0.01975 x 5,900 - 5 = 716.94, CRDS 3.58");
}

#[test]
fn a_small_aid_is_not_paid_to_private_tenants() {
    // At 200 of rent: 221.28 - 0.02934 x (resources - 5,235).
    let at = |wage: i32| alone(json!({ "salaire_net_mensuel": wage }));
    assert_eq!(aid(at(1_105), 200.0), 6, "12,400: 11.0589 is above 10; less 5, CRDS 0.03");
    assert_eq!(aid(at(1_112), 200.0), 0, "12,500: 8.1249 is under 10");
    // Under 0.45 of the ceiling, 6,800 of resources: 33.0095 + 61.29 - 40.01 - 0.0283 x 1,565 is 10 EUR.
    assert_eq!(aid(at(600), 33.009_5), 4, "10 EUR are paid: less 5, CRDS 0.02");
    assert_eq!(aid(at(600), 33.009), 0, "9.9995 is not");
    let social = at_home(at(1_112), json!({ "loyer_mensuel": 200 }));
    assert_eq!(cents(amounts(&social).housing_aid), 300, "D823-22 CCH: APL has no such minimum; 8.12 - 5, CRDS 0.01");
}

#[test]
fn a_rent_far_above_the_ceiling_shrinks_the_aid_unless_somebody_is_disabled() {
    // D823-16 CCH: from 2.5 x 293.68 = 734.20 to 3.1 x 293.68 = 910.41.
    assert_eq!(aid(alone(json!({})), 734.2), 308, "at the start");
    assert_eq!(aid(alone(json!({})), 735.0), 306, "314.96 x 175.41 / 176.21 = 313.53, less 5, CRDS 1.54");
    assert_eq!(aid(alone(json!({})), 822.0), 152, "314.96 x 88.41 / 176.21 = 158.03, less 5, CRDS 0.76");
    assert_eq!(aid(alone(json!({})), 911.0), 0, "past the end");
    assert_eq!(aid(alone(json!({ "taux_incapacite": 0.5 })), 911.0), 308, "a disability of 50 %");
    assert_eq!(aid(alone(json!({ "taux_incapacite": 0.49 })), 911.0), 0, "49 %");
    let disabled = with_children(alone(json!({})), vec![with(child("2016-05-10"), json!({ "taux_incapacite": 0.5 }))]);
    assert_eq!(aid(disabled, 1_300.0), 431, "a disabled child: 404.49 + 75.19 - 40.7728 - 5 = 433.91, CRDS 2.16");
}

#[test]
fn a_student_under_28_has_flat_resources() {
    let student = |born: &str, grant: bool| {
        told(json!({ "activite": "etudiant", "date_naissance": born, "boursier": grant, "salaire_net_mensuel": 1_000 }))
    };
    // R822-20 CCH: 8,600, and 1,700 less with a grant.
    assert_eq!(student("1998-11-02", false), 203, "27 years: 314.96 - 0.03135 x 3,365 - 5 = 204.47, CRDS 1.02");
    assert_eq!(student("1998-11-02", true), 256, "314.96 - 0.03135 x 1,665 - 5 = 257.76, CRDS 1.28");
    assert_eq!(student("1998-11-01", false), 122, "28 years: the wage counts");
}

#[test]
fn work_does_not_count_with_rsa_or_unemployed_without_benefit() {
    let neutral = |rsa: i32| {
        aid(with(alone(json!({ "salaire_net_mensuel": 1_000 })), json!({ "rsa_percu_mensuel": rsa })), 350.0)
    };
    assert_eq!(neutral(1), 308, "R822-14 CCH: RSA received");
    assert_eq!(neutral(0), 122, "no RSA");
    let unemployed = |fields: Value| told(with(json!({ "activite": "chomage", "salaire_net_mensuel": 1_000 }), fields));
    assert_eq!(unemployed(json!({ "mois_chomage": 3 })), 308, "R822-15 CCH: three months without benefit");
    let one_of_two =
        couple(json!({ "salaire_net_mensuel": 1_000 }), json!({ "activite": "chomage", "mois_chomage": 3 }));
    assert_eq!(aid(one_of_two, 350.0), 364, "one of a couple without benefit: the wage of the other counts neither");
    assert_eq!(unemployed(json!({ "mois_chomage": 2 })), 122, "two months only");
    // 12,444 + 1,200, less 1,364: 11,080 x 0.7 + 1,200 = 8,956, up to 9,000.
    assert_eq!(
        unemployed(json!({ "mois_chomage": 3, "chomage_mensuel": 100 })),
        190,
        "314.96 - 0.03135 x 3,765 - 5 = 191.93, CRDS 0.95"
    );
    assert_eq!(told(json!({ "mois_chomage": 3, "salaire_net_mensuel": 1_000 })), 122, "not told to be unemployed");
}

#[test]
fn wages_of_the_unemployed_and_what_the_retired_earned_count_by_seven_tenths() {
    let unemployed = |months: i32, wage: i32, benefit: i32| {
        told(json!({
            "activite": "chomage", "mois_chomage": months, "salaire_net_mensuel": wage, "chomage_mensuel": benefit,
        }))
    };
    // R822-13 CCH. 6,222 + 4,800, less 1,102.
    assert_eq!(unemployed(3, 500, 400), 209, "5,120 x 0.7 + 4,800 = 8,384: 314.96 - 0.03135 x 3,165 - 5, CRDS 1.05");
    assert_eq!(unemployed(2, 500, 400), 159, "9,920: 314.96 - 0.03135 x 4,765 - 5, CRDS 0.80");
    assert_eq!(unemployed(3, 0, 800), 200, "9,600 less 960: 314.96 - 0.03135 x 3,465 - 5, CRDS 1.00");
    assert_eq!(unemployed(3, 50, 800), 181, "9,600 less the 399.80 that 1,022 exceeds 622.20 by: 9,300");
    let benefit = |fields: Value| told(with(json!({ "chomage_mensuel": 800 }), fields));
    // 8,640 x 0.7 = 6,048, up to 6,100: 314.96 - 0.03135 x 865 - 5 = 282.84, CRDS 1.41.
    assert_eq!(benefit(json!({ "activite": "retraite" })), 281, "retired and out of work");
    assert_eq!(benefit(json!({ "taux_incapacite": 0.8 })), 281, "AAH and out of work");
    assert_eq!(benefit(json!({})), 200, "neither");
    let working = json!({ "activite": "retraite", "salaire_net_mensuel": 500, "chomage_mensuel": 400 });
    assert_eq!(told(working), 159, "retired and at work: 9,920");
}

#[test]
fn pensions_and_self_employment_count() {
    // 8,400 less 10 %: 7,560, up to 7,600: 314.96 - 0.03135 x 2,365 - 5 = 235.82, CRDS 1.17.
    for kind in ["retraite_mensuelle", "pension_invalidite_mensuelle", "pension_alimentaire_percue_mensuelle"] {
        let fields = json!({ kind: 700, "nationalite": "hors_ue", "annees_titre_sejour": 5 });
        assert_eq!(told(fields), 234, "{kind}");
    }
    assert_eq!(told(json!({ "benefice_independant_mensuel": 700 })), 209, "8,400 without deduction");
    // At least 454 off pensions and 509 off wages: 6,719.40 + 1,200 - 454 = 7,465.40, up to 7,500.
    let alimony = json!({ "salaire_net_mensuel": 600, "pension_alimentaire_percue_mensuelle": 100 });
    assert_eq!(told(alimony), 237, "314.96 - 0.03135 x 2,265 - 5 = 238.95, CRDS 1.19");
    let wage = json!({ "salaire_net_mensuel": 100, "retraite_mensuelle": 500 });
    assert_eq!(told(wage), 278, "1,244.40 - 509 + 5,400 = 6,135.40: 314.96 - 0.03135 x 965 - 5 = 279.71, CRDS 1.39");
}

#[test]
fn savings_above_30_000_count_unless_somebody_is_disabled() {
    let saver = |savings: i32, rate: f64| {
        told(json!({ "salaire_net_mensuel": 600, "epargne_livret_a": savings, "taux_incapacite": rate }))
    };
    assert_eq!(saver(30_000, 0.0), 259, "R822-3-1 CCH: 6,800 of wages");
    assert_eq!(saver(30_001, 0.0), 231, "6,719.40 + 900.03, up to 7,700: 314.96 - 0.03135 x 2,465 - 5, CRDS 1.16");
    assert_eq!(saver(40_000, 0.8), 259, "not for who has AAH");
    // Nor when the other has it: 11,200, ratio 0.9737.
    let saver = json!({ "salaire_net_mensuel": 1_000, "epargne_livret_a": 40_000 });
    let beside_aah = couple(saver, json!({ "taux_incapacite": 0.8 }));
    assert_eq!(aid(beside_aah, 350.0), 237, "371.28 - 0.03437 x 3,699 - 5 = 239.15, CRDS 1.19");
    let parent = |rate: f64| {
        let adult = json!({ "salaire_net_mensuel": 1_000, "epargne_livret_a": 40_000 });
        let child = with(child("2016-05-10"), json!({ "taux_incapacite": rate }));
        aid(with_children(alone(adult), vec![child]), 400.0)
    };
    // Ratio 0.9889, rate 0.027 + 0.00297; 434.79885 less 0.02997 of the resources above 8,947.
    assert_eq!(parent(0.5), 360, "AEEH: 11,200; 434.79885 - 67.52241 - 5 = 362.28, CRDS 1.81");
    assert_eq!(parent(0.0), 324, "12,400; 434.79885 - 103.48641 - 5 = 326.31, CRDS 1.63");
}

#[test]
fn two_earners_have_a_sum_off() {
    let two = |wage: i32| couple(json!({ "salaire_net_mensuel": 1_000 }), json!({ "salaire_net_mensuel": wage }));
    // Each earns 12 x 478.16 = 5,737.92 a year: 462 x 12.444 = 5,749.13, 461 x 12.444 = 5,736.68. 95 off (arrêté, art. 12).
    assert_eq!(
        aid(two(462), 350.0),
        63,
        "11,200 + 5,174.13 - 95, up to 16,300: 371.28 - 0.03437 x 8,799 - 5, CRDS 0.31"
    );
    assert_eq!(aid(two(461), 350.0), 60, "11,200 + 5,162.68, up to 16,400: 371.28 - 0.03437 x 8,899 - 5, CRDS 0.30");
    let oracle = cents(with_pack(&ORACLE, &renting(two(462), 350.0)).housing_aid);
    assert_eq!(oracle, 6_000, "the oracle compares a month's wage with the sum of a year");
    let self_employed = |benefit: f64| {
        couple(json!({ "salaire_net_mensuel": 1_000 }), json!({ "benefice_independant_mensuel": benefit }))
    };
    // 11,200 + 5,748 - 95 = 16,853, up to 16,900: 371.28 - 0.03437 x 9,399 - 5 = 43.24; with 478: 16,936, up to 17,000.
    assert_eq!(aid(self_employed(479.0), 350.0), 43, "12 x 479 = 5,748: CRDS 0.21");
    assert_eq!(aid(self_employed(478.16), 350.0), 43, "12 x 478.16, just as much: up to 16,900 too");
    assert_eq!(
        aid(self_employed(478.0), 350.0),
        39,
        "12 x 478 = 5,736: 371.28 - 0.03437 x 9,499 - 5 = 39.80, CRDS 0.19"
    );
}

#[test]
fn months_before_last_year_count_by_the_taxed_income() {
    // January 2026 looks at December 2024 to November 2025: one month of 120,000 / 12, less 10 %: 9,000. Figures of
    // October 2025: 290.34 + 60.59 - 39.56 = 311.37.
    let past = renting(alone(json!({ "salaire_imposable_2024": 120_000 })), 350.0);
    let january = Month::of(2026, 1);
    assert_eq!(cents(in_month(&FRANCE, &past, january).housing_aid), 18_700, "311.37 - 0.03135 x 3,765 - 5, CRDS 0.94");
    assert_eq!(
        cents(in_month(&FRANCE, &past, january.plus(1)).housing_aid),
        30_400,
        "February: nothing of 2024 is left"
    );
}

#[test]
fn the_least_deduction_is_that_of_the_year_before() {
    // June 2025, figures of October 2024: 287.35 + 59.97 - 39.15 = 308.17. Wages 1,244.40 less the 504 of 2024 (509 since),
    // pensions 5,514 less 551: 5,703.40, up to 5,800.
    let told = json!({ "salaire_net_mensuel": 100, "retraite_mensuelle": 459.5 });
    let june = cents(in_month(&FRANCE, &renting(alone(told), 350.0), Month::of(2025, 6)).housing_aid);
    assert_eq!(june, 28_400, "308.17 - 0.03135 x 565 - 5 = 285.46, CRDS 1.42");
}

#[test]
fn the_rent_reduction_of_a_social_tenant() {
    let reduction = |inputs: &Value| cents(amounts(inputs).rent_reduction);
    let wage = |wage: i32| alone(json!({ "salaire_net_mensuel": wage }));
    // 905 a month alone: 10,800 / 12 = 900, 10,900 / 12 = 908.33.
    assert_eq!(reduction(&wage(960)), 3_158, "10,751 up to 10,800");
    assert_eq!(reduction(&wage(970)), 0, "10,863 up to 10,900");
    assert_eq!(reduction(&renting(wage(960), 350.0)), 0, "a private tenant");
    assert_eq!(cents(amounts(&wage(960)).housing_aid), 10_400, "314.96 - 174.46275 - 5 - 30.9484 = 104.55, CRDS 0.52");
    assert_eq!(cents(amounts(&wage(970)).housing_aid), 13_100, "314.96 - 177.59775 - 5 = 132.36, CRDS 0.66");
    assert_eq!(reduction(&couple(json!({}), json!({}))), 3_856, "a couple");
    let family = |children: usize, wage: i32| {
        let births: Vec<String> = (0..children).map(|rank| format!("{}-05-10", 2010 + rank)).collect();
        let births: Vec<&str> = births.iter().map(String::as_str).collect();
        reduction(&with_births(alone(json!({ "salaire_net_mensuel": wage })), &births))
    };
    assert_eq!(family(1, 0), 4_306, "one dependant");
    // Two: 43.06 + 6.26, under 1,677 a month. Seven: 43.06 + 6 x 6.26, under 2,929 + 282 = 3,211.
    assert_eq!(family(2, 1_790), 4_932, "20,100 / 12 = 1,675");
    assert_eq!(family(2, 1_800), 0, "20,200 / 12 = 1,683.33");
    assert_eq!(family(7, 3_430), 8_062, "38,500 / 12 = 3,208.33");
    // Nine: 2,929 + 3 x 282 = 3,775 a month is 45,300 a year to the euro: resources have to be under it.
    assert_eq!(family(9, 4_030), 9_314, "45,200: 43.06 + 8 x 6.26");
    assert_eq!(family(9, 4_040), 0, "45,300");
    assert_eq!(family(7, 3_440), 0, "38,600 / 12 = 3,216.67");
}
