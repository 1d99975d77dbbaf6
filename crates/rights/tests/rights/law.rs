//! Cases worked by hand from the article, on both sides of a threshold, with the pack that people get.

use palier_rights::catalogue::RIGHTS;
use palier_rights::diagnosis::Amounts;
use palier_rights::explain::stale_figures;
use palier_rights::pack::Pack;
use palier_rights::reading::{Completeness, read};
use serde_json::{Value, json};

use super::{NOVEMBER, adult, child, household, oracle_pack, with};

fn with_pack(pack: &Pack, inputs: &Value) -> Amounts {
    let household = read(inputs, NOVEMBER, Completeness::Full).unwrap();
    Amounts::of(pack, &household, NOVEMBER)
}

fn amounts(inputs: &Value) -> Amounts {
    with_pack(&Pack::france().unwrap(), inputs)
}

fn alone(fields: Value) -> Value {
    household(vec![with(adult(), fields)], vec![])
}

#[test]
fn rsa_of_a_person_alone_is_the_base_less_the_housing_sum() {
    // L262-2, R262-9 CASF: 651.69 - 12 % of 651.69 = 573.49.
    assert_eq!(amounts(&alone(json!({}))).rsa.cents(), (57_349, 57_349), "no income, housing aid above the flat sum");
    // L262-4 CASF: 25 years, on the first day of the month.
    let young = |born: &str| amounts(&alone(json!({ "date_naissance": born }))).rsa.cents().0;
    assert_eq!(young("2001-11-02"), 0, "24 years on 1 November");
    assert_eq!(young("2001-11-01"), 57_349, "25 years on 1 November");
    let student = amounts(&alone(json!({ "activite": "etudiant" })));
    assert_eq!(student.rsa.cents().0, 0, "a student has no RSA");
}

#[test]
fn rsa_asks_five_years_of_a_permit_from_others_than_europeans() {
    let years = |years: f64, nationality: &str| {
        let fields = json!({ "nationalite": nationality, "annees_titre_sejour": years });
        amounts(&alone(fields)).rsa.cents().0
    };
    assert_eq!(years(4.9, "hors_ue"), 0, "under five years");
    assert_eq!(years(5.0, "hors_ue"), 57_349, "five years");
    assert_eq!(years(0.0, "ue_eee"), 0, "a European on the first day");
    assert_eq!(years(0.25, "ue_eee"), 57_349, "a European after three months");
}

#[test]
fn rsa_is_not_paid_under_six_euros() {
    // 573.49 - 567.49 = 6.00 is paid; one cent more of pension and nothing is.
    let pension = |pension: f64| amounts(&alone(json!({ "retraite_mensuelle": pension }))).rsa.cents().0;
    assert_eq!(pension(567.48), 601, "just above the minimum");
    assert_eq!(pension(567.50), 0, "just below");
}

#[test]
fn housing_aid_of_a_social_tenant_alone() {
    // 293.68 + 61.29 - 40.01 - 5 - 0.98 x 31.58 = 279.0116, less CRDS of 1.39 = 277.62, down to 277.
    assert_eq!(amounts(&alone(json!({}))).housing_aid.cents(), (27_700, 27_700), "without resources");
    let mut free = alone(json!({}));
    free["logement"]["statut"] = json!("heberge");
    assert_eq!(amounts(&free).housing_aid.cents().0, 0, "a hosted person pays no rent");
}

#[test]
fn aspa_tops_up_to_the_ceiling_from_65() {
    // L815-9 CSS: 1,043.595 - 400 = 643.595.
    let old = |born: &str| {
        let fields = json!({ "date_naissance": born, "activite": "retraite", "retraite_mensuelle": 400 });
        amounts(&alone(fields)).aspa.cents().0
    };
    assert_eq!(old("1961-11-01"), 64_360, "65 years on 1 November");
    assert_eq!(old("1961-11-02"), 0, "64 years on 1 November");
    let couple =
        with(adult(), json!({ "date_naissance": "1955-03-10", "activite": "retraite", "retraite_mensuelle": 450 }));
    let couple = household(vec![couple.clone(), couple], vec![]);
    assert_eq!(amounts(&couple).aspa.cents().0, 72_018, "1,620.184 - 900");
}

#[test]
fn aah_and_asi_in_full() {
    let disabled = |rate: f64| amounts(&alone(json!({ "taux_incapacite": rate }))).aah[0].cents().0;
    assert_eq!(disabled(0.8), 104_159, "80 % is enough");
    assert_eq!(disabled(0.79), 0, "79 % asks for a restriction of access to work");
    let invalid = amounts(&alone(json!({ "pension_invalidite_mensuelle": 450 })));
    assert_eq!(invalid.asi[0].cents().0, 46_486, "10,978.30 / 12 - 450");
}

#[test]
fn family_allowance_begins_with_two_children() {
    let family = |born: &[&str]| amounts(&household(vec![adult()], born.iter().map(|born| child(born)).collect()));
    assert_eq!(family(&["2018-05-10"]).af.cents().0, 0, "one child");
    assert_eq!(family(&["2018-05-10", "2020-05-10"]).af.cents().0, 15_301, "32 % of 478.16");
    assert_eq!(family(&["2018-05-10", "2020-05-10", "2021-05-10"]).af.cents().0, 34_906, "73 % of 478.16");
    // R521-1 CSS: 14 for children born before March 2012, 18 for those born since.
    let three = |eldest: &str| family(&[eldest, "2018-05-10", "2020-05-10"]).af.cents().0;
    assert_eq!(three("2012-02-20"), 34_906 + 7_651, "16 % more at 14 years, born before the reform");
    assert_eq!(three("2012-03-20"), 34_906, "nothing more at 14 years, born since the reform");
}

#[test]
fn prime_d_activite_of_a_wage() {
    // D843-1 s. CSS: 638.28 + 0.5985 x 1,478 + bonus - 1,478 for each month; the worked example of the design.
    let wage = |wage: i32| {
        let fields = json!({ "activite": "emploi", "salaire_net_mensuel": wage, "salaire_imposable_2024": wage * 12 });
        amounts(&alone(fields)).ppa.cents().0
    };
    assert_eq!(wage(1_478), 23_086, "a net SMIC");
    assert_eq!(wage(0), 0, "no income of work, no prime");
    assert_eq!(wage(2_200), 0, "too much");
}

#[test]
fn health_cover_follows_the_ceiling_of_2025_and_not_the_oracles() {
    // 10,339 a year for one person, with a flat sum of 12 % of RSA for housing aid: the oracle still has 10,166.
    let cover = |pack: &Pack, pension: f64| {
        let mut inputs = alone(json!({ "retraite_mensuelle": pension, "activite": "retraite" }));
        inputs["logement"]["statut"] = json!("sans_domicile");
        with_pack(pack, &inputs).health_cover.free.holds()
    };
    let (france, oracle) = (Pack::france().unwrap(), oracle_pack());
    assert!(cover(&france, 861.0), "861 x 12 = 10,332 is under the ceiling of 2025");
    assert!(!cover(&france, 862.0), "862 x 12 = 10,344 is above");
    assert!(!cover(&oracle, 861.0), "the oracle's ceiling is that of 2024");
}

#[test]
fn the_top_band_of_the_energy_voucher_goes_to_11_000() {
    // One unit: 12,100 of taxable wages less 10 % is 10,890.
    let voucher = |pack: &Pack, wage: i32| {
        with_pack(pack, &alone(json!({ "salaire_imposable_2024": wage }))).cheque_energie.cents().0
    };
    assert_eq!(voucher(&Pack::france().unwrap(), 12_100), 4_800, "10,890 is under 11,000");
    assert_eq!(voucher(&Pack::france().unwrap(), 12_223), 0, "12,223 less 1,222 is 11,001");
    assert_eq!(voucher(&oracle_pack(), 12_100), 0, "the oracle stops at 10,800");
}

#[test]
fn aeeh_complements_are_paid_at_their_own_level() {
    let aeeh = |pack: &Pack, level: i32| {
        let child = with(child("2018-05-10"), json!({ "taux_incapacite": 0.8, "aeeh_complement": level }));
        with_pack(pack, &household(vec![adult(), adult()], vec![child])).aeeh.cents().0
    };
    // D541-1, D541-2 CSS: 32 % of 478.16, then 24 % and 65 % more.
    assert_eq!(aeeh(&Pack::france().unwrap(), 0), 15_301, "the base");
    assert_eq!(aeeh(&Pack::france().unwrap(), 1), 26_777, "56 %");
    assert_eq!(aeeh(&Pack::france().unwrap(), 2), 46_382, "97 %");
    assert_eq!(aeeh(&oracle_pack(), 2), 26_777, "the oracle pays level 2 as level 1");
}

#[test]
fn mva_asks_that_nothing_is_earned() {
    let mva = |pack: &Pack, earned: i32| {
        with_pack(pack, &alone(json!({ "taux_incapacite": 0.8, "benefice_independant_mensuel": earned }))).mva[0]
            .cents()
            .0
    };
    assert_eq!(mva(&Pack::france().unwrap(), 0), 10_477, "no work for twelve months");
    assert_eq!(mva(&Pack::france().unwrap(), 200), 0, "L821-1-2 CSS: no income of work");
    assert_eq!(mva(&oracle_pack(), 200), 10_477, "the oracle looks at wages alone");
}

#[test]
fn a_right_that_rests_on_an_old_figure_says_so() {
    let pack = Pack::france().unwrap();
    let inputs = alone(json!({ "pension_invalidite_mensuelle": 450 }));
    let household = read(&inputs, NOVEMBER, Completeness::Full).unwrap();
    let stale = |key: &str| {
        let right = RIGHTS.iter().find(|right| right.key == key).unwrap();
        stale_figures(&pack, &household, NOVEMBER, right)
    };
    assert!(stale("asi").contains(&"minima.asi_single_ceiling_yearly"), "ASI missed its revaluation of April 2026");
    assert!(!stale("rsa").contains(&"minima.rsa_base_monthly"), "RSA did not");
}
