//! Prime d'activité (L841-1 s., R842-1 s., D843-1 s. CSS): 638.28 EUR, 59.85 % of work, bonus up to 37.7 % of 638.28 =
//! 240.63 EUR from 59 hours of SMIC (59 x 12.31 = 726.29) to 138 (1,698.78).

use serde_json::{Value, json};

use super::super::{child, with};
use super::{ORACLE, alone, amounts, at_home, cents, couple, homeless, with_births, with_children, with_pack};

fn ppa(inputs: &Value) -> i64 {
    cents(amounts(inputs).ppa)
}

fn of_oracle(inputs: &Value) -> i64 {
    cents(with_pack(&ORACLE, inputs).ppa)
}

/// Alone, without a home, with this wage.
fn wage(wage: impl Into<f64>) -> Value {
    homeless(alone(json!({ "activite": "emploi", "salaire_net_mensuel": wage.into() })))
}

#[test]
fn a_wage_is_topped_up_and_the_bonus_grows_with_it() {
    // D843-1 to D843-3 CSS: 638.28 + 0.5985 x wage + bonus - max(wage, 638.28).
    assert_eq!(ppa(&wage(0)), 0, "L842-1 CSS: no income of work, no prime");
    assert_eq!(ppa(&wage(600)), 35_910, "638.28 + 359.10 - 638.28: the wage is under the sum");
    assert_eq!(ppa(&wage(726)), 34_679, "638.28 + 434.511 - 726: one under the start of the bonus");
    assert_eq!(ppa(&wage(728)), 34_641, "638.28 + 435.708 + 1.71 x 240.63 / 972.49 - 728 = 345.988 + 0.423");
    assert_eq!(ppa(&wage(1_478)), 23_086, "a net SMIC: 638.28 + 884.583 + 751.71 x 240.63 / 972.49 - 1,478");
    assert_eq!(ppa(&wage(1_698)), 19_697, "638.28 + 1,016.253 + 971.71 x 240.63 / 972.49 - 1,698");
    assert_eq!(ppa(&wage(1_700)), 19_636, "638.28 + 1,017.45 + 240.63 - 1,700: the full bonus");
}

#[test]
fn it_is_paid_from_fifteen_euros() {
    // D843-4 CSS: 878.91 - 0.4015 x wage.
    assert_eq!(ppa(&wage(2_151)), 1_528, "878.91 - 863.6265");
    assert_eq!(ppa(&wage(2_151.706_102)), 1_500, "878.91 - 863.91: 15 EUR are paid");
    assert_eq!(ppa(&wage(2_152)), 0, "878.91 - 864.028 = 14.88 is not paid");
}

#[test]
fn the_sum_grows_with_the_family_and_each_worker_has_a_bonus() {
    let job = |wage: i32| json!({ "activite": "emploi", "salaire_net_mensuel": wage });
    let two_children = ["2016-05-10", "2017-05-10"];
    // 2.1 x 638.28 = 1,340.388; bonus 773.71 x 240.63 / 972.49 = 191.444; AF 153.01.
    let one_wage = with_births(homeless(couple(job(1_500), json!({}))), &two_children);
    assert_eq!(ppa(&one_wage), 77_657, "1,340.388 + 897.75 + 191.444 - 1,653.01");
    // Two bonuses: 273.71 x 240.63 / 972.49 = 67.726 and 191.444.
    let two_wages = with_births(homeless(couple(job(1_500), job(1_000))), &two_children);
    assert_eq!(ppa(&two_wages), 44_280, "1,340.388 + 1,496.25 + 259.170 - 2,653.01");
    // A parent alone with a child of two: 1.71216 x 638.28 = 1,092.838, less PAJE 199.15364 and ASF 107.586.
    let mother = with_births(homeless(alone(job(1_000))), &["2024-05-10"]);
    assert_eq!(ppa(&mother), 45_232, "1,092.838 + 598.50 + 67.726 - 1,306.740");
    // The same at three years: 1.5 x 638.28 = 957.42.
    let mother = with_births(homeless(alone(job(1_000))), &["2016-05-10"]);
    assert_eq!(ppa(&mother), 51_606, "957.42 + 598.50 + 67.726 - 1,107.586");
    // A wage of a child in charge is work too: 957.42 + 0.5985 x 1,200 + 67.726 - 1,200 - 107.586.
    let earning = with(child("2009-05-10"), json!({ "salaire_net_mensuel": 200 }));
    let mother = with_children(homeless(alone(job(1_000))), vec![earning]);
    assert_eq!(ppa(&mother), 43_576, "435.76");
}

#[test]
fn other_resources_and_the_home_are_taken_off() {
    // 638.28 + 0.5985 x 700 - 700 - 100; with five years of a permit nobody has ASI.
    let kinds = [
        "chomage_mensuel",
        "retraite_mensuelle",
        "pension_invalidite_mensuelle",
        "pension_alimentaire_percue_mensuelle",
    ];
    for kind in kinds {
        let fields =
            json!({ "salaire_net_mensuel": 700, kind: 100, "nationalite": "hors_ue", "annees_titre_sejour": 5 });
        assert_eq!(ppa(&homeless(alone(fields))), 25_723, "{kind}");
    }
    let fields = json!({ "benefice_independant_mensuel": 700 });
    assert_eq!(ppa(&homeless(alone(fields))), 35_723, "self-employment is work: 638.28 + 418.95 - 700");
    // R844-3 CSS: 12 % of 638.28 = 76.5936 for a home lent.
    let hosted = at_home(wage(700), json!({ "statut": "heberge" }));
    assert_eq!(ppa(&hosted), 28_064, "357.23 - 76.5936");
    // Resources under the sum cost nothing: 638.28 is taken off anyway.
    let fields = json!({ "salaire_net_mensuel": 300, "chomage_mensuel": 300 });
    assert_eq!(ppa(&homeless(alone(fields))), 17_955, "0.5985 x 300");
    // ASPA of the other, 1,043.595: the wage, gross under 1.5 SMIC a quarter, does not count for it. Eight children: AF
    // 1,329.28, CF 199.15364; 4.5 x 638.28 = 2,872.26.
    let births: Vec<String> = (0..8).map(|rank| format!("{}-05-10", 2010 + rank)).collect();
    let births: Vec<&str> = births.iter().map(String::as_str).collect();
    let old = couple(json!({ "salaire_net_mensuel": 600 }), json!({ "date_naissance": "1955-03-10" }));
    let old = with_births(homeless(old), &births);
    assert_eq!(ppa(&old), 5_933, "2,872.26 + 359.10 - 600 - 1,043.595 - 1,329.28 - 199.15364");
}

#[test]
fn mva_of_the_spouse_and_asi_are_other_resources() {
    // Ten children: 5.3 x 638.28 = 3,382.884; AF 1,721.38, CF 199.15364, AAH 1,041.59, MVA 104.77, home 0.297 x 638.28.
    let births: Vec<String> = (0..10).map(|rank| format!("{}-05-10", 2010 + rank)).collect();
    let births: Vec<&str> = births.iter().map(String::as_str).collect();
    let working = json!({ "salaire_net_mensuel": 200 });
    let disabled = with_births(couple(working.clone(), json!({ "taux_incapacite": 0.8 })), &births);
    assert_eq!(ppa(&disabled), 4_612, "3,382.884 - 0.4015 x 200 - 3,256.46280");
    // ASI and the invalidity pension make 1,601.0025: 3,382.884 - 80.30 - 1,721.38 - 199.15364 - 1,601.0025 is under nothing.
    let invalid = with_births(couple(working, json!({ "pension_invalidite_mensuelle": 450 })), &births);
    assert_eq!(ppa(&homeless(invalid)), 0, "under nothing");
}

#[test]
fn a_student_works_above_55_percent_of_the_smic() {
    // L842-2, 3° and L512-3, 2° CSS: 0.55 x 169 x 12.31 = 1,144.2145.
    let student =
        |wage: f64, activity: &str| ppa(&homeless(alone(json!({ "activite": activity, "salaire_net_mensuel": wage }))));
    assert_eq!(student(1_144.0, "etudiant"), 0, "just below");
    assert_eq!(student(1_144.214_5, "etudiant"), 0, "it has to be exceeded");
    assert_eq!(student(1_145.0, "etudiant"), 28_217, "638.28 + 685.2825 + 418.71 x 240.63 / 972.49 - 1,145");
    assert_eq!(
        student(1_144.0, "emploi"),
        28_232,
        "638.28 + 684.684 + 103.3567 - 1,144: not asked of who does not study"
    );
    let couple = couple(json!({ "activite": "etudiant", "salaire_net_mensuel": 700 }), json!({}));
    assert_eq!(ppa(&homeless(couple)), 0, "nobody works who is not a student");
}

#[test]
fn the_age_of_eighteen_is_that_of_the_month_of_the_right() {
    let born = |born: &str| {
        with(
            wage(600),
            json!({ "adultes": [with(wage(600)["adultes"][0].clone(), json!({ "date_naissance": born }))] }),
        )
    };
    // R842-2, I a CSS: 18 years on 1 November, though 17 in the months of reference.
    assert_eq!(ppa(&born("2008-11-01")), 35_910, "the whole of 0.5985 x 600");
    assert_eq!(ppa(&born("2008-11-02")), 0, "17 years on 1 November");
    let older = couple(json!({ "salaire_net_mensuel": 600 }), json!({ "date_naissance": "2008-11-02" }));
    assert_eq!(ppa(&homeless(older)), 35_910, "one of a couple of 18 years is enough");
    assert_eq!(of_oracle(&born("2008-11-01")), 0, "the oracle asks it of August, September and October");
    assert_eq!(of_oracle(&born("2008-10-01")), 11_970, "one month of three: 359.10 / 3");
    assert_eq!(of_oracle(&born("2008-08-01")), 35_910, "three months of three");
}

#[test]
fn five_years_of_a_permit_are_asked_of_others_than_europeans() {
    let of = |nationality: &str, years: f64| {
        homeless(alone(json!({ "salaire_net_mensuel": 600, "nationalite": nationality, "annees_titre_sejour": years })))
    };
    assert_eq!(ppa(&of("hors_ue", 4.9)), 0, "L842-2, 2° CSS: under five years");
    assert_eq!(ppa(&of("hors_ue", 5.0)), 35_910, "five years");
    // L842-2, 2° a CSS: nothing of the kind is asked of Europeans, whatever their stay.
    assert_eq!(ppa(&of("ue_eee", 0.0)), 35_910, "a European on the first day");
    assert_eq!(ppa(&of("suisse", 0.0)), 35_910, "a Swiss on the first day");
    assert_eq!(of_oracle(&of("ue_eee", 0.0)), 0, "the oracle asks three months");
    assert_eq!(of_oracle(&of("ue_eee", 0.25)), 35_910, "three months");
    let other = json!({ "nationalite": "hors_ue", "annees_titre_sejour": 4 });
    let mixed = homeless(couple(json!({ "salaire_net_mensuel": 600 }), other));
    assert_eq!(ppa(&mixed), 35_910, "one of a couple is enough: 0.5985 x 600, the sum being above the wage");
    // Defect 8 of the oracle: a child, French or not, opens nothing to its parent.
    let parent = with_births(of("hors_ue", 4.9), &["2016-05-10"]);
    assert_eq!(ppa(&parent), 0, "the parent has no five years");
    assert_eq!(of_oracle(&parent), 35_910, "for the oracle it does: 1.5 x 638.28 + 359.10 - 957.42");
    // L842-2, 2° c CSS: who has the increased sum needs a regular stay only. 1.71216 x 638.28 is above the resources.
    let mother = with_births(of("hors_ue", 1.0), &["2024-05-10"]);
    assert_eq!(ppa(&mother), 35_910, "0.5985 x 600");
}

#[test]
fn aah_counts_as_work_from_29_hours_of_smic() {
    // R844-1 CSS: 29 x 12.31 = 356.99. AAH: 1,041.59 - 20 % of the wage (D821-9 CSS).
    let disabled = |wage: f64| homeless(alone(json!({ "salaire_net_mensuel": wage, "taux_incapacite": 0.8 })));
    // 357 + 970.19 = 1,327.19 of work; bonus 600.90 x 240.63 / 972.49 = 148.684.
    assert_eq!(ppa(&disabled(357.0)), 25_410, "638.28 + 0.5985 x 1,327.19 + 148.684 - 1,327.19");
    // 356.99 + 970.192 = 1,327.182; bonus 600.892 x 240.63 / 972.49 = 148.68293.
    assert_eq!(ppa(&disabled(356.99)), 25_410, "at 29 hours: 638.28 + 148.68293 - 0.4015 x 1,327.182");
    assert_eq!(ppa(&disabled(356.0)), 0, "AAH of 970.39 is then another resource: 638.28 - 142.934 - 970.39");
    assert_eq!(ppa(&disabled(0.0)), 0, "no work");
}

#[test]
fn the_months_of_reference_are_the_fourth_to_the_second_before() {
    // R843-1 CSS, decree 2025-185: July, August and September; the child is three from September on. With a wage of 1,000:
    // 452.32382 while the sum is increased, 516.05998 after.
    let mother = with_births(wage(1_000), &["2023-09-01"]);
    assert_eq!(ppa(&mother), 47_357, "(2 x 452.32382 + 516.05998) / 3");
    assert_eq!(of_oracle(&mother), 49_481, "August, September and October: (452.32382 + 2 x 516.05998) / 3");
}
