//! Energy voucher and school grants (R124-1 s. C. énergie; D531-4 s., D531-20 s. C. éducation), and the reference income they
//! rest on (83, 157 bis and 158 CGI): wages of 2024 less 10 % to the euro, at least 504 and at most 14,426; pensions less
//! 10 %, at least 450.

use serde_json::{Value, json};

use super::super::{child, with};
use super::{ORACLE, alone, amounts, at_home, cents, couple, with_births, with_children, with_pack};

fn voucher(inputs: &Value) -> i64 {
    let cents = cents(amounts(inputs).cheque_energie);
    assert_eq!(cents % 100, 0, "whole euros");
    cents / 100
}

fn of_wage(wage: i32) -> Value {
    alone(json!({ "salaire_imposable_2024": wage }))
}

/// Old enough for the cut of 157 bis CGI, with this pension in 2024.
fn old(pension: i32) -> Value {
    json!({ "date_naissance": "1955-03-10", "retraite_imposable_2024": pension })
}

/// Some children, the first of them in shared custody.
fn with_one_shared(inputs: Value, children: usize) -> Value {
    let of = |rank: usize| with(child("2014-05-10"), json!({ "garde_alternee": rank == 0 }));
    with_children(inputs, (0..children).map(of).collect())
}

#[test]
fn the_voucher_of_one_person_by_band() {
    // R124-3 C. énergie: below 5,700, 6,800, 7,850 and 11,000 a unit.
    assert_eq!(voucher(&of_wage(0)), 194, "no income");
    assert_eq!((voucher(&of_wage(6_332)), voucher(&of_wage(6_333))), (194, 146), "5,699 and 5,700");
    assert_eq!((voucher(&of_wage(7_554)), voucher(&of_wage(7_556))), (146, 98), "6,799 and 6,800");
    assert_eq!((voucher(&of_wage(8_721)), voucher(&of_wage(8_722))), (98, 48), "7,849 and 7,850");
    assert_eq!((voucher(&of_wage(12_221)), voucher(&of_wage(12_222))), (48, 0), "10,999 and 11,000");
    let of_oracle = |wage: i32| cents(with_pack(&ORACLE, &of_wage(wage)).cheque_energie);
    assert_eq!((of_oracle(11_999), of_oracle(12_000)), (4_800, 0), "10,799 and 10,800: the oracle's last band");
}

#[test]
fn the_voucher_counts_consumption_units() {
    let births = ["2014-05-10", "2015-05-10", "2016-05-10"];
    let parent = |wage: i32, children: usize| voucher(&with_births(of_wage(wage), &births[..children]));
    assert_eq!((parent(9_499, 1), parent(9_500, 1)), (240, 176), "1.5 units: 8,549 and 8,550");
    assert_eq!((parent(18_332, 1), parent(18_333, 1)), (63, 0), "1.5 units: 16,499 and 16,500");
    assert_eq!((parent(11_399, 2), parent(11_400, 2)), (240, 176), "1.8 units: 10,259 and 10,260");
    assert_eq!((parent(13_299, 3), parent(13_300, 3)), (277, 202), "2.1 units: 11,969 and 11,970");
    assert_eq!(parent(15_000, 3), 202, "13,500 / 2.1 = 6,428.57");
    assert_eq!(parent(16_500, 3), 126, "14,850 / 2.1 = 7,071.43");
    assert_eq!(parent(25_000, 3), 76, "22,500 / 2.1 = 10,714.29");
    let shared = |wage: i32, children: usize| voucher(&with_one_shared(of_wage(wage), children));
    assert_eq!((shared(7_916, 1), shared(7_917, 1)), (240, 176), "1.25 units: 7,124 and 7,125");
    assert_eq!((shared(12_349, 3), shared(12_350, 3)), (240, 176), "1.95 units: 11,114 and 11,115");
    let home = |status: &str| voucher(&at_home(of_wage(0), json!({ "statut": status, "loyer_mensuel": 0 })));
    assert_eq!((home("heberge"), home("sans_domicile")), (0, 0), "no home of one's own");
    assert_eq!(home("proprietaire"), 194, "an owner has one");
}

#[test]
fn the_reference_income_counts_every_kind() {
    let told = |fields: Value| voucher(&alone(fields));
    let self_employed = |benefit: i32| told(json!({ "benefice_independant_mensuel": benefit }));
    assert_eq!((self_employed(474), self_employed(475)), (194, 146), "5,688 and 5,700, without deduction");
    for kind in ["pension_alimentaire_percue_mensuelle", "pension_invalidite_mensuelle"] {
        let monthly = |amount: i32| told(json!({ kind: amount }));
        assert_eq!((monthly(527), monthly(528)), (194, 146), "{kind}: 6,324 - 632 and 6,336 - 634");
    }
    let unemployment = |taxed: i32| told(json!({ "chomage_imposable_2024": taxed }));
    assert_eq!((unemployment(6_332), unemployment(6_333)), (194, 146), "unemployment as a wage");
    let pension = |taxed: i32| told(json!({ "retraite_imposable_2024": taxed, "salaire_imposable_2024": 6_000 }));
    assert_eq!((pension(749), pension(750)), (194, 146), "5,400 + 749 - 450 and + 750 - 450");
    assert_eq!(pension(400), 194, "the deduction takes no more than the pension");
    let small = |wage: i32| told(json!({ "retraite_imposable_2024": 6_000, "salaire_imposable_2024": wage }));
    assert_eq!((small(803), small(804)), (194, 146), "5,400 + 803 - 504 and + 804 - 504");
    assert_eq!(small(400), 194, "nor more than the wage");
    // 83, 3° CGI: at most 14,426. 150,000 - 14,426 = 135,574, 2,314 above 93,276 + 6 x 6,664 = 133,260: AF of six children,
    // 937.19, by a quarter and the difference: 234.2975 + 234.2975 - 2,314 / 12.
    let six = ["2013-05-10", "2014-05-10", "2015-05-10", "2016-05-10", "2017-05-10", "2018-05-10"];
    assert_eq!(cents(amounts(&with_births(of_wage(150_000), &six)).af), 27_576, "275.76");
}

#[test]
fn the_old_have_a_cut_each() {
    // 157 bis CGI: 2,796 off up to 17,510, 1,398 up to 28,170.
    assert_eq!(voucher(&alone(old(15_000))), 48, "13,500 - 2,796 = 10,704");
    let young = alone(json!({ "retraite_imposable_2024": 15_000 }));
    assert_eq!(voucher(&young), 0, "13,500: no cut at 40 years");
    // 1.95 units.
    let three = |pension: i32| voucher(&with_one_shared(alone(old(pension)), 3));
    assert_eq!((three(19_456), three(19_457)), (113, 63), "17,510 - 2,796 = 14,714 and 17,511 - 1,398 = 16,113");
    // 2.55 units.
    let five = |pension: i32| voucher(&with_one_shared(alone(old(pension)), 5));
    assert_eq!((five(31_300), five(31_301)), (76, 0), "28,170 - 1,398 = 26,772 and 28,171");
    // Defect 4 of the oracle: two over 65 have two cuts. 9,000 each: 18,000 - 2 x 1,398 = 15,204, by 1.5: 10,136.
    let two = couple(old(10_000), old(10_000));
    assert_eq!(voucher(&two), 63, "both cuts");
    assert_eq!(cents(with_pack(&ORACLE, &two).cheque_energie), 0, "one cut: 16,602 / 1.5 = 11,068");
    assert_eq!(
        voucher(&couple(old(10_000), json!({ "retraite_imposable_2024": 10_000 }))),
        0,
        "one is over 65: 11,068"
    );
    // Each tax household of an unmarried couple has its own: 2 x (9,000 - 2,796) = 12,408, by 1.5: 8,272.
    let apart = with(two, json!({ "situation_couple": "concubinage" }));
    assert_eq!(voucher(&apart), 63, "8,272");
    let apart = with(couple(old(9_000), old(9_000)), json!({ "situation_couple": "concubinage" }));
    assert_eq!(voucher(&apart), 113, "2 x (8,100 - 2,796) / 1.5 = 7,072 is in the third band");
}

fn pupils(inputs: Value, school: &str, pupils: usize, others: usize) -> Value {
    let of = |rank: usize| {
        let school = if rank < pupils { json!(school) } else { Value::Null };
        with(child("2012-05-10"), json!({ "scolarite": school }))
    };
    with_children(inputs, (0..pupils + others).map(of).collect())
}

#[test]
fn the_college_grant_by_level() {
    // SMIC of July 2024: 11.65. One child: 1,556.2 x 11.65 = 18,130; 841.2: 9,800; 296.8: 3,458. A third of 25.6, 70.91 and
    // 110.75 % of 474.37, to the euro, three times: 120, 336, 525.
    let grant = |wage: i32| cents(amounts(&pupils(of_wage(wage), "college", 1, 0)).college_grant) / 100;
    assert_eq!((grant(20_144), grant(20_146)), (120, 0), "18,130 and 18,131");
    assert_eq!((grant(10_889), grant(10_890)), (336, 120), "9,800 and 9,801");
    assert_eq!((grant(3_962), grant(3_963)), (525, 336), "3,458 and 3,459");
    // Two children: 1,915.3 x 11.65 = 22,313; nine count as eight: 4,070 x 11.65 = 47,416 (47,415.50 up).
    let of_two = |wage: i32| cents(amounts(&pupils(of_wage(wage), "college", 1, 1)).college_grant) / 100;
    assert_eq!((of_two(24_792), of_two(24_793)), (120, 0), "22,313 and 22,314");
    let of_nine = |wage: i32| cents(amounts(&pupils(of_wage(wage), "college", 1, 8)).college_grant) / 100;
    assert_eq!((of_nine(52_684), of_nine(52_686)), (120, 0), "47,416 and 47,417");
    assert_eq!(cents(amounts(&pupils(of_wage(0), "college", 2, 0)).college_grant), 105_000, "two pupils: 2 x 525");
    assert_eq!(cents(amounts(&pupils(of_wage(0), "elementaire", 1, 0)).college_grant), 0, "nobody in college");
}

#[test]
fn the_lycee_grant_by_level() {
    // One child: 21,611, 17,107, 14,529, 11,718, 7,282, 2,846. A third of 106.42, 130.79, 154.35, 177.91, 201.47 and 225.84 %
    // of 474.37, to the euro, three times.
    let grant = |wage: i32| cents(amounts(&pupils(of_wage(wage), "lycee", 1, 0)).lycee_grant) / 100;
    assert_eq!((grant(24_012), grant(24_013)), (504, 0), "21,611 and 21,612");
    assert_eq!((grant(19_008), grant(19_009)), (621, 504), "17,107 and 17,108");
    assert_eq!((grant(16_143), grant(16_144)), (732, 621), "14,529 and 14,530");
    assert_eq!((grant(13_020), grant(13_021)), (843, 732), "11,718 and 11,719");
    assert_eq!((grant(8_091), grant(8_092)), (957, 843), "7,282 and 7,283");
    assert_eq!((grant(3_350), grant(3_351)), (1_071, 957), "2,846 and 2,847");
    assert_eq!(cents(amounts(&pupils(of_wage(0), "lycee", 2, 1)).lycee_grant), 214_200, "two pupils");
    assert_eq!(cents(amounts(&pupils(of_wage(0), "lycee", 2, 1)).college_grant), 0, "nobody in college");
}

#[test]
fn the_grant_looks_at_the_tax_household_of_the_child() {
    let two = |situation: &str, second: i32| {
        let inputs = couple(json!({}), json!({ "salaire_imposable_2024": second }));
        let inputs = with(inputs, json!({ "situation_couple": situation }));
        cents(amounts(&pupils(inputs, "college", 1, 0)).college_grant) / 100
    };
    assert_eq!(two("marie", 30_000), 0, "27,000 together");
    assert_eq!(two("pacse", 30_000), 0, "taxed together too");
    assert_eq!(two("concubinage", 30_000), 525, "the child belongs to the first, who has nothing");
}
