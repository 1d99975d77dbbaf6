//! AAH, MVA, ASI and ASPA (L815-1 s., L821-1 s. CSS). AAH 1,041.59; MVA 104.77; ASPA 12,523.14 / 12 = 1,043.595 and
//! 19,442.21 / 12 = 1,620.18417; ASI 10,978.30 / 12 = 914.85833 and 19,212.03 / 12 = 1,601.0025.

use serde_json::{Value, json};

use super::super::{child, with};
use super::{ORACLE, alone, amounts, at_home, cents, couple, homeless, with_births, with_children, with_pack};

fn aah(fields: Value) -> i64 {
    cents(amounts(&homeless(alone(fields))).aah[0])
}

fn aah_of_oracle(fields: Value) -> i64 {
    cents(with_pack(&ORACLE, &homeless(alone(fields))).aah[0])
}

/// With a disability of 80 %.
fn disabled(fields: Value) -> Value {
    with(json!({ "taux_incapacite": 0.8 }), fields)
}

fn aspa(inputs: &Value) -> i64 {
    cents(amounts(inputs).aspa)
}

fn asi(inputs: &Value) -> i64 {
    cents(amounts(inputs).asi[0])
}

/// A pension of 400 at an age, alone.
fn pensioner(born: &str, fields: Value) -> Value {
    let told = json!({ "date_naissance": born, "activite": "retraite", "retraite_mensuelle": 400 });
    homeless(alone(with(told, fields)))
}

#[test]
fn aah_asks_80_percent_or_50_with_a_restriction_of_access_to_work() {
    assert_eq!(aah(json!({ "taux_incapacite": 0.8 })), 104_159, "L821-1 CSS: 80 %");
    assert_eq!(aah(json!({ "taux_incapacite": 0.79 })), 0, "79 % without restriction");
    assert_eq!(aah(json!({ "taux_incapacite": 0.79, "rsdae": true })), 104_159, "L821-2 CSS: 79 % with it");
    assert_eq!(aah(json!({ "taux_incapacite": 0.5, "rsdae": true })), 104_159, "50 % with it");
    assert_eq!(aah(json!({ "taux_incapacite": 0.49, "rsdae": true })), 0, "49 % with it");
    // The restriction does not open AAH from 65; who has no ten years of a permit has no ASPA either.
    let aged = |born: &str, rate: f64| {
        let other = json!({ "nationalite": "hors_ue", "annees_titre_sejour": 9 });
        let rate = json!({ "date_naissance": born, "taux_incapacite": rate, "rsdae": true });
        aah(with(other, rate))
    };
    assert_eq!(aged("1961-11-02", 0.5), 104_159, "64 years on 1 November");
    assert_eq!(aged("1961-11-01", 0.5), 0, "65 years on 1 November");
    assert_eq!(aged("1961-11-01", 0.8), 104_159, "80 % at 65 years");
    assert_eq!(aged("2010-11-01", 0.8), 104_159, "16 years on 1 November");
    assert_eq!(aged("2010-11-02", 0.8), 0, "15 years on 1 November");
    // Defect 6 of the oracle: a grown child has no AAH of its own here, it asks for itself.
    let grown = with(child("2004-05-10"), json!({ "taux_incapacite": 0.8 }));
    let parent = amounts(&with_children(homeless(alone(json!({}))), vec![grown]));
    assert_eq!(parent.aah.len(), 1, "adults only");
    assert_eq!(cents(parent.aah[0]), 0, "the parent is not disabled");
    let second = homeless(couple(json!({}), disabled(json!({}))));
    let amounts = amounts(&second);
    assert_eq!(cents(amounts.aah[1]), 104_159, "each of a couple has its own");
    assert_eq!(cents(amounts.aah[0]), 0, "and only its own");
}

#[test]
fn aah_keeps_a_fifth_of_work_up_to_a_slice_and_three_fifths_above() {
    // D821-9 CSS: slice 0.3 x 12.31 x 151.67 = 560.11731.
    let wage = |wage: i32| aah(disabled(json!({ "salaire_net_mensuel": wage })));
    assert_eq!(wage(500), 94_159, "1,041.59 - 100");
    assert_eq!(wage(600), 90_564, "1,041.59 - 112.02346 - 0.6 x 39.88269");
    assert_eq!(wage(2_000), 6_564, "1,041.59 - 112.02346 - 0.6 x 1,439.88269");
    assert_eq!(wage(2_200), 0, "112.02346 + 0.6 x 1,639.88269 = 1,095.95308");
    let self_employed = aah(disabled(json!({ "benefice_independant_mensuel": 500 })));
    assert_eq!(self_employed, 94_159, "self-employment as a wage");
    // D821-2 CSS: the ceiling grows by half for each child, the amount stays under the full sum.
    let parent = |births: &[&str]| {
        let inputs = homeless(alone(disabled(json!({ "salaire_net_mensuel": 2_000 }))));
        cents(amounts(&with_births(inputs, births)).aah[0])
    };
    assert_eq!(parent(&["2016-05-10"]), 58_643, "1,562.385 - 975.95308");
    assert_eq!(parent(&["2016-05-10", "2017-05-10"]), 104_159, "2,083.18 - 975.95308 is above the full sum");
}

#[test]
fn other_resources_count_in_full_beside_work() {
    // 1,041.59 - 20 of the wage of 100, less the other resources; five years of a permit give no ASI.
    let beside = |fields: Value| {
        let told = json!({ "salaire_net_mensuel": 100, "nationalite": "hors_ue", "annees_titre_sejour": 5 });
        disabled(with(told, fields))
    };
    assert_eq!(aah(beside(json!({ "pension_alimentaire_percue_mensuelle": 100 }))), 92_159, "100 of alimony received");
    let both = json!({ "pension_alimentaire_percue_mensuelle": 100, "pension_alimentaire_versee_mensuelle": 50 });
    assert_eq!(aah(beside(both)), 97_159, "50 of alimony paid");
    assert_eq!(aah(beside(json!({ "retraite_mensuelle": 100 }))), 92_159, "100 of pension");
    assert_eq!(aah(beside(json!({ "epargne_livret_a": 1_200 }))), 101_989, "a twelfth of 1.7 % of 1,200 is 1.70");
    // Defect 4: R532-5 CSS cuts work that has stopped; a pension beside a wage cuts nothing.
    let invalid = || beside(json!({ "pension_invalidite_mensuelle": 100 }));
    assert_eq!(aah(invalid()), 92_159, "1,041.59 - 20 - 100");
    assert_eq!(aah_of_oracle(invalid()), 92_759, "the oracle: 1,041.59 - 0.7 x 20 - 100");
    let unemployed = || beside(json!({ "chomage_mensuel": 100 }));
    assert_eq!(aah(unemployed()), 100_159, "1,041.59 - 0.2 x 200");
    assert_eq!(aah_of_oracle(unemployed()), 101_359, "the oracle: 1,041.59 - 0.7 x 40");
    assert_eq!(aah(beside(json!({ "activite": "etudiant" }))), 102_159, "a student who works: 1,041.59 - 20");
}

#[test]
fn work_that_ended_counts_only_when_something_replaces_it() {
    // 6,000 in the year N-2, nothing today: R821-4-4 CSS leaves it out.
    let ended = || disabled(json!({ "salaire_imposable_2024": 6_000 }));
    assert_eq!(aah(ended()), 104_159, "nothing replaces the work");
    assert_eq!(aah_of_oracle(ended()), 97_159, "the oracle: 1,041.59 - 0.7 x 0.2 x 500");
    let student = || with(ended(), json!({ "activite": "etudiant" }));
    assert_eq!(aah(student()), 104_159, "a student who does not work any more either");
    assert_eq!(aah_of_oracle(student()), 94_159, "the oracle takes studies for work: 1,041.59 - 0.2 x 500");
    // R532-5, R532-7 CSS: once 30 % less, whatever the number of reasons (defect 4 counts one too).
    let replaced = |kind: &str| aah(disabled(json!({ "salaire_imposable_2024": 6_000, kind: 100 })));
    assert_eq!(replaced("chomage_mensuel"), 97_159, "a benefit replaces it: 1,041.59 - 70");
    let both = json!({ "salaire_imposable_2024": 6_000, "retraite_mensuelle": 60, "chomage_mensuel": 60 });
    let both = with(both, json!({ "nationalite": "hors_ue", "annees_titre_sejour": 9 }));
    assert_eq!(aah(disabled(both)), 97_159, "a pension and a benefit: one cut, not two");
    let high = disabled(json!({ "chomage_imposable_2024": 10_000, "chomage_mensuel": 100 }));
    assert_eq!(aah(high), 84_842, "slice 6,721.40772: (1,344.28154 + 0.6 x 3,278.59228) x 0.7 / 12 = 193.16715");
    assert_eq!(
        aah(disabled(json!({ "retraite_imposable_2024": 1_200 }))),
        94_159,
        "a pension of the year N-2 counts whole"
    );
    let alimony = disabled(json!({ "pension_alimentaire_percue_mensuelle": 100 }));
    assert_eq!(aah(alimony), 94_159, "alimony is told by the month");
}

#[test]
fn aah_only_completes_a_pension_asi_and_aspa() {
    // L821-1 CSS: the total with the pension does not exceed AAH.
    let pension = || disabled(json!({ "retraite_mensuelle": 300, "nationalite": "hors_ue", "annees_titre_sejour": 9 }));
    assert_eq!(aah(pension()), 74_159, "1,041.59 - 300");
    assert_eq!(aah_of_oracle(pension()), 104_159, "the oracle looks at the pension of the year N-2 only");
    let invalid = disabled(json!({ "pension_invalidite_mensuelle": 450 }));
    assert_eq!(aah(invalid), 12_673, "1,041.59 - 450 - ASI of 464.85833");
    // In October she is 61 and has ASI; she is 62 in December.
    let nearly_62 = disabled(json!({ "pension_invalidite_mensuelle": 450, "date_naissance": "1964-12-01" }));
    assert_eq!(aah(nearly_62), 12_673, "the ASI of the month before");
    let old = || disabled(json!({ "date_naissance": "1955-03-10" }));
    assert_eq!(aah(old()), 0, "ASPA of 1,043.595 is more than AAH");
    assert_eq!(aah_of_oracle(old()), 104_159, "the oracle pays both");
    let two = amounts(&homeless(couple(old(), old())));
    assert_eq!(cents(two.aah[0]), 23_150, "1,041.59 - 1,620.18417 / 2");
    assert_eq!(cents(two.aah[1]), 23_150, "the same for the other");
    let one = amounts(&homeless(couple(old(), json!({}))));
    assert_eq!(cents(one.aah[0]), 0, "the one who has ASPA has all of its 1,043.595");
    let other = amounts(&homeless(couple(json!({ "date_naissance": "1955-03-10" }), disabled(json!({})))));
    assert_eq!(cents(other.aah[1]), 104_159, "the ASPA of the spouse takes nothing off");
    assert_eq!(cents(other.aspa), 57_859, "but AAH counts for ASPA: 1,620.18417 - 1,041.59");
}

#[test]
fn mva_asks_80_percent_no_work_and_a_home_with_aid() {
    let mva = |inputs: &Value| cents(amounts(inputs).mva[0]);
    assert_eq!(mva(&alone(disabled(json!({})))), 10_477, "L821-1-2 CSS: in a home with housing aid");
    assert_eq!(mva(&homeless(alone(disabled(json!({}))))), 0, "without a home of its own");
    assert_eq!(mva(&alone(json!({ "taux_incapacite": 0.79, "rsdae": true }))), 0, "79 %");
    assert_eq!(mva(&alone(disabled(json!({ "salaire_net_mensuel": 10 })))), 0, "a wage in the twelve months");
    assert_eq!(mva(&alone(disabled(json!({ "salaire_imposable_2024": 6_000 })))), 10_477, "work of 2024 is past");
    let self_employed = alone(disabled(json!({ "benefice_independant_mensuel": 200 })));
    assert_eq!(mva(&self_employed), 0, "no income of work of any kind");
    assert_eq!(cents(with_pack(&ORACLE, &self_employed).mva[0]), 10_477, "the oracle looks at wages alone");
    // A pension of 20,000 in the year N-2 leaves no AAH; ASI is due on what comes in today.
    let past = disabled(json!({ "pension_invalidite_mensuelle": 450, "retraite_imposable_2024": 20_000 }));
    let past = amounts(&alone(past));
    assert_eq!(cents(past.aah[0]), 0, "450 + 20,000 / 12 is above AAH");
    assert_eq!(cents(past.asi[0]), 46_486, "914.85833 - 450");
    assert_eq!(cents(past.mva[0]), 10_477, "beside ASI");
    let second = amounts(&couple(json!({}), disabled(json!({}))));
    assert_eq!((cents(second.mva[0]), cents(second.mva[1])), (0, 10_477), "the one who has AAH");
}

#[test]
fn asi_tops_an_invalidity_pension_up_to_its_ceiling() {
    let invalid = |pension: i32| asi(&homeless(alone(json!({ "pension_invalidite_mensuelle": pension }))));
    assert_eq!(invalid(0), 0, "L815-24 CSS: an invalidity pension is asked");
    assert_eq!(invalid(450), 46_486, "914.85833 - 450");
    assert_eq!(invalid(914), 86, "914.85833 - 914");
    assert_eq!(invalid(915), 0, "above the ceiling");
    let retired = |rate: f64| asi(&homeless(alone(json!({ "retraite_mensuelle": 450, "taux_incapacite": rate }))));
    assert_eq!(retired(0.5), 46_486, "an early pension with a disability of 50 %");
    assert_eq!(retired(0.49), 0, "49 %");
    let years = |years: f64| {
        let fields =
            json!({ "pension_invalidite_mensuelle": 450, "nationalite": "hors_ue", "annees_titre_sejour": years });
        asi(&homeless(alone(fields)))
    };
    assert_eq!(years(9.9), 0, "L816-1 CSS: under ten years");
    assert_eq!(years(10.0), 46_486, "ten years");
}

#[test]
fn asi_of_a_couple_depends_on_what_the_other_has() {
    let both = |first: Value, second: Value| amounts(&homeless(couple(first, second)));
    let invalid = json!({ "pension_invalidite_mensuelle": 450 });
    let pension = both(invalid.clone(), json!({ "retraite_mensuelle": 600 }));
    assert_eq!(cents(pension.asi[0]), 55_100, "D815-19, 2° CSS: 1,601.0025 - 1,050, the most of 2° b not applied");
    assert_eq!(cents(pension.asi[1]), 0, "the other has no invalidity pension");
    let two = both(invalid.clone(), invalid.clone());
    assert_eq!((cents(two.asi[0]), cents(two.asi[1])), (35_050, 35_050), "2° a: (1,601.0025 - 900) / 2 each");
    // 2° c, beside ASPA: half the ceiling less half the resources of the couple; ASPA the same from its own ceiling.
    let old = json!({ "date_naissance": "1955-03-10", "retraite_mensuelle": 500 });
    let mixed = both(invalid.clone(), old.clone());
    assert_eq!(cents(mixed.asi[0]), 32_550, "(1,601.0025 - 950) / 2");
    assert_eq!(cents(mixed.aspa), 33_509, "(1,620.18417 - 950) / 2");
    let oracle = with_pack(&ORACLE, &homeless(couple(invalid, old)));
    assert_eq!(cents(oracle.asi[0]), 0, "defect 9 of the oracle");
    assert_eq!(cents(oracle.aspa), 74_014, "the oracle: (1.5 x 1,620.18417 - 950) / 2, as if there were no ASI");
}

#[test]
fn aspa_begins_at_65_or_at_62_for_who_is_unfit() {
    let of = |born: &str, fields: Value| aspa(&pensioner(born, fields));
    // 1,043.595 - 400.
    assert_eq!(of("1961-11-01", json!({})), 64_360, "65 years on 1 November");
    assert_eq!(of("1961-11-02", json!({})), 0, "64 years on 1 November");
    let unfit = || json!({ "inapte_travail": true });
    assert_eq!(of("1964-11-01", unfit()), 64_360, "R815-1 CSS: unfit for work, 62 years on 1 November");
    assert_eq!(of("1964-11-02", unfit()), 0, "61 years on 1 November");
    assert_eq!(of("1964-11-01", json!({ "taux_incapacite": 0.5 })), 64_360, "disabled by half");
    assert_eq!(of("1964-11-01", json!({ "taux_incapacite": 0.49 })), 0, "by less");
    let of_oracle = |born: &str, fields: Value| cents(with_pack(&ORACLE, &pensioner(born, fields)).aspa);
    assert_eq!(of_oracle("1962-11-02", unfit()), 0, "the oracle waits for 64 years");
    assert_eq!(of_oracle("1962-11-01", unfit()), 64_360, "64 years");
    assert_eq!(of_oracle("1962-11-01", json!({ "taux_incapacite": 0.5 })), 0, "and for more than half");
    assert_eq!(of_oracle("1962-11-01", json!({ "taux_incapacite": 0.51 })), 64_360, "51 %");
    // An invalidity pension presumes it: ASI ends where ASPA begins.
    let invalid = |born: &str| {
        let fields = json!({ "date_naissance": born, "pension_invalidite_mensuelle": 450 });
        let amounts = amounts(&homeless(alone(fields)));
        (cents(amounts.asi[0]), cents(amounts.aspa))
    };
    assert_eq!(invalid("1964-11-02"), (46_486, 0), "61 years: 914.85833 - 450");
    assert_eq!(invalid("1964-11-01"), (0, 59_360), "62 years: 1,043.595 - 450");
}

#[test]
fn aspa_asks_ten_years_of_a_permit_from_others_than_europeans() {
    // L816-1 CSS; defect 1 of the oracle, which never pays it to them, is not in its households.
    let of = |nationality: &str, years: f64| {
        aspa(&pensioner("1955-03-10", json!({ "nationalite": nationality, "annees_titre_sejour": years })))
    };
    assert_eq!(of("hors_ue", 9.9), 0, "under ten years");
    assert_eq!(of("hors_ue", 10.0), 64_360, "ten years");
    assert_eq!(of("hors_ue", 20.0), 64_360, "twenty years");
    assert_eq!(of("ue_eee", 0.0), 64_360, "a European");
    assert_eq!(of("suisse", 0.0), 64_360, "a Swiss");
}

#[test]
fn aspa_tops_up_to_the_ceiling_of_one_or_two() {
    let alone_with = |pension: i32| aspa(&pensioner("1955-03-10", json!({ "retraite_mensuelle": pension })));
    assert_eq!(alone_with(1_043), 60, "L815-9 CSS: 1,043.595 - 1,043");
    assert_eq!(alone_with(1_044), 0, "above the ceiling");
    let old = |pension: i32| json!({ "date_naissance": "1955-03-10", "retraite_mensuelle": pension });
    assert_eq!(aspa(&homeless(couple(old(450), old(450)))), 72_018, "both: 1,620.18417 - 900");
    assert_eq!(aspa(&homeless(couple(old(450), json!({})))), 104_360, "one: never more than 1,043.595");
    assert_eq!(aspa(&homeless(couple(old(600), json!({})))), 102_018, "one: 1,620.18417 - 600");
}

#[test]
fn wages_count_gross_above_a_share_of_the_smic_for_aspa() {
    // R815-29 CSS: a quarter of gross wages less 0.9 (one) or 1.5 (a couple) of the SMIC of January, 12.02 x 151.67.
    let old = |fields: Value| with(json!({ "date_naissance": "1955-03-10" }), fields);
    let wage = |wage: i32| aspa(&homeless(alone(old(json!({ "salaire_net_mensuel": wage })))));
    assert_eq!(wage(400), 104_360, "3 x 400 / 0.78 = 1,538.46 is under 1,640.76606");
    assert_eq!(wage(500), 94_949, "1,043.595 - (1,923.07692 - 1,640.76606) / 3");
    let working = couple(old(json!({ "salaire_net_mensuel": 800 })), old(json!({})));
    assert_eq!(aspa(&homeless(working)), 150_608, "1,620.18417 - (3,076.92308 - 2,734.6101) / 3");
    // Every other kind counts in full: 1,620.18417 - 100.
    let kinds = [
        "chomage_mensuel",
        "retraite_mensuelle",
        "pension_invalidite_mensuelle",
        "pension_alimentaire_percue_mensuelle",
        "benefice_independant_mensuel",
    ];
    for kind in kinds {
        assert_eq!(aspa(&homeless(couple(old(json!({ kind: 100 })), old(json!({}))))), 152_018, "{kind}");
    }
    let paid = old(json!({ "retraite_mensuelle": 100, "pension_alimentaire_versee_mensuelle": 50 }));
    assert_eq!(aspa(&homeless(couple(paid, old(json!({}))))), 157_018, "alimony paid is taken off");
    let saver = old(json!({ "epargne_livret_a": 1_200 }));
    assert_eq!(aspa(&homeless(couple(saver, old(json!({}))))), 161_848, "a twelfth of 1.7 % of 1,200 is 1.70");
    // A home of one's own does not count.
    let owner = at_home(alone(old(json!({}))), json!({ "statut": "proprietaire", "loyer_mensuel": 0 }));
    assert_eq!(aspa(&owner), 104_360, "1,043.595");
}
