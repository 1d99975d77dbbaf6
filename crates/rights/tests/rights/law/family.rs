//! Family benefits (L521-1 s. CSS): monthly base 478.16. Resources are those of 2024: wages less 10 % to the euro, at least
//! 504 and at most 14,426.

use serde_json::{Value, json};

use super::super::{adult, child, household, with};
use super::{ORACLE, alone, amounts, cents, couple, with_births, with_children, with_pack};

/// A parent alone with children born on these days.
fn parent(births: &[&str]) -> Value {
    with_births(alone(json!({})), births)
}

/// The same with this taxable wage in 2024.
fn with_wage(wage: i32, births: &[&str]) -> Value {
    with_births(alone(json!({ "salaire_imposable_2024": wage })), births)
}

const TWO: [&str; 2] = ["2016-05-10", "2018-05-10"];
const THREE: [&str; 3] = ["2016-05-10", "2017-05-10", "2018-05-10"];

fn af(inputs: &Value) -> i64 {
    cents(amounts(inputs).af)
}

#[test]
fn family_allowance_begins_with_two_children() {
    // D521-1 CSS: 32 % of 478.16 = 153.0112, 41 % more for each further child.
    assert_eq!(af(&parent(&TWO[..1])), 0, "one child");
    assert_eq!(af(&parent(&TWO)), 15_301, "32 %");
    assert_eq!(af(&parent(&THREE)), 34_906, "73 %");
    assert_eq!(
        af(&with_births(parent(&[]), &["2014-05-10", "2015-05-10", "2016-05-10", "2017-05-10"])),
        54_510,
        "114 %"
    );
}

#[test]
fn a_child_counts_under_twenty_and_without_a_living_of_its_own() {
    assert_eq!(af(&parent(&["2006-11-02", "2018-05-10"])), 15_301, "L512-3, R512-2 CSS: 19 years on 1 November");
    assert_eq!(af(&parent(&["2006-11-01", "2018-05-10"])), 0, "20 years on 1 November");
    let earning = |born: &str, wage: i32| {
        let earner = with(child(born), json!({ "salaire_net_mensuel": wage }));
        af(&with_children(parent(&[]), vec![earner, child("2018-05-10")]))
    };
    // 55 % of 169 hours of 12.31 = 1,144.2145.
    assert_eq!(earning("2009-05-10", 1_144), 15_301, "17 years, under 55 % of the SMIC");
    assert_eq!(earning("2009-05-10", 1_145), 0, "17 years, above");
    assert_eq!(earning("2010-11-02", 1_145), 15_301, "15 years: the wage does not matter");
    assert_eq!(earning("2010-11-01", 1_145), 0, "16 years on 1 November");
    assert_eq!(af(&parent(&["2026-10-20", "2018-05-10"])), 15_301, "born last month");
    assert_eq!(af(&parent(&["2026-11-20", "2018-05-10"])), 0, "not yet born");
}

#[test]
fn shared_custody_counts_for_half() {
    let shared = |births: &[&str], shared: usize| {
        let child = |(rank, born): (usize, &&str)| with(child(born), json!({ "garde_alternee": rank < shared }));
        af(&with_children(parent(&[]), births.iter().enumerate().map(child).collect()))
    };
    // L521-2, R521-2 CSS: the base of the whole family, by the share of the children, half for shared custody.
    assert_eq!(shared(&TWO, 1), 11_476, "153.01 x 1.5 / 2");
    assert_eq!(shared(&TWO, 2), 7_651, "153.01 / 2");
    assert_eq!(shared(&THREE, 1), 29_088, "349.06 x 2.5 / 3");
    assert_eq!(shared(&TWO[..1], 1), 0, "one child alone opens nothing");
    // The increase is halved too: 349.06 x 2.5 / 3 + 76.5056 / 2.
    assert_eq!(shared(&["2012-02-20", "2017-05-10", "2018-05-10"], 1), 32_914, "290.88333 + 38.2528");
}

#[test]
fn the_increase_comes_at_14_or_at_18_for_those_born_since_march_2012() {
    // R521-1 CSS, 16 % of 478.16 = 76.5056.
    let three = |eldest: &str| af(&parent(&[eldest, "2017-05-10", "2018-05-10"]));
    assert_eq!(three("2012-02-29"), 34_906 + 7_651, "14 years, born the day before the reform");
    assert_eq!(three("2012-03-01"), 34_906, "14 years, born on the day of the reform");
    let in_month = |month: i32, born: &str| {
        let month = palier_rights::month::Month::of(2026, month);
        cents(super::in_month(&super::FRANCE, &parent(&[born, "2017-05-10", "2018-05-10"]), month).af)
    };
    let in_february = |born: &str| in_month(2, born);
    assert_eq!(in_month(3, "2012-03-01"), 34_629, "14 years on the day of the reform, born since March 2012");
    assert_eq!(in_month(3, "2012-02-29"), 34_629 + 7_590, "14 years, born the day before");
    // February 2026: 73 % of 474.37 = 346.29, 16 % = 75.8992.
    assert_eq!(in_february("2012-02-01"), 34_629 + 7_590, "14 years on 1 February, before the reform");
    assert_eq!(in_february("2012-02-02"), 34_629, "13 years on 1 February");
    // L521-3 CSS: of two children the elder opens none.
    assert_eq!(af(&parent(&["2010-05-10", "2018-05-10"])), 15_301, "the elder of two is 16");
    assert_eq!(af(&parent(&["2010-05-10", "2011-05-10"])), 22_952, "153.01 + 76.5056: the younger is 15");
    assert_eq!(af(&parent(&["2011-05-10", "2010-05-10"])), 22_952, "in whatever order they are told");
}

#[test]
fn one_of_two_children_of_the_same_age_is_the_elder() {
    // Born ten months apart, both 15 on 1 November: the younger opens the increase.
    let same_age = parent(&["2010-12-10", "2011-10-10"]);
    assert_eq!(af(&same_age), 22_952, "153.01 + 76.5056");
    assert_eq!(af(&parent(&["2011-10-10", "2010-12-10"])), 22_952, "in whatever order they are told");
    assert_eq!(cents(with_pack(&ORACLE, &same_age).af), 15_301, "for the oracle both are the elder");
    assert_eq!(af(&parent(&["2011-05-10", "2011-05-10"])), 22_952, "of twins one is the elder");
    // A child of 20 is not in charge: of the two others the elder is the one of 16.
    assert_eq!(af(&parent(&["2006-05-10", "2010-05-10", "2011-05-10"])), 22_952 + 9_675, "and 96.75 for the one of 20");
}

#[test]
fn a_child_of_twenty_gives_a_flat_sum_in_a_family_of_three() {
    // D521-2 CSS: 20.234 % of 478.16 = 96.75.
    let twenty = |born: &str| af(&parent(&[born, "2016-05-10", "2018-05-10"]));
    assert_eq!(twenty("2006-11-01"), 15_301 + 9_675, "20 years on 1 November");
    assert_eq!(twenty("2005-11-02"), 15_301 + 9_675, "the day before 21 years");
    assert_eq!(twenty("2005-11-01"), 15_301, "21 years on 1 November");
    assert_eq!(af(&parent(&["2006-11-01", "2018-05-10"])), 0, "a family of two");
    assert_eq!(af(&parent(&["2006-11-01", "2006-11-01", "2018-05-10"])), 19_350, "two of twenty and one child");
    let earning = with(child("2006-11-01"), json!({ "salaire_net_mensuel": 1_145 }));
    let family = with_children(parent(&[]), vec![earning, child("2016-05-10"), child("2018-05-10")]);
    assert_eq!(af(&family), 15_301, "a living of its own");
}

#[test]
fn family_allowance_is_halved_and_quartered_by_resources() {
    // D521-3 CSS: 66,652 + 2 x 6,664 = 79,980, and 93,276 + 13,328 = 106,604.
    assert_eq!(af(&with_wage(88_867, &TWO)), 15_301, "79,980: at the first ceiling");
    assert_eq!(af(&with_wage(88_868, &TWO)), 15_293, "79,981: 76.505 and the difference 76.505 - 1 / 12");
    assert_eq!(af(&with_wage(89_778, &TWO)), 8_468, "80,800: 76.505 + 76.505 - 820 / 12");
    assert_eq!(af(&with_wage(89_888, &TWO)), 7_651, "80,899: 919 / 12 is more than 76.505");
    assert_eq!(af(&with_wage(118_449, &TWO)), 7_651, "106,604: at the second ceiling");
    assert_eq!(af(&with_wage(118_451, &TWO)), 7_634, "106,606: 38.2525 + 38.2525 - 2 / 12");
    assert_eq!(af(&with_wage(133_333, &TWO)), 3_825, "120,000: a quarter");
    // Three children: 66,652 + 3 x 6,664 = 86,644; the increase follows the share.
    let older = ["2012-02-20", "2017-05-10", "2018-05-10"];
    assert_eq!(af(&with_wage(96_271, &older)), 42_557, "86,644: 349.06 + 76.5056");
    assert_eq!(af(&with_wage(96_272, &older)), 42_548, "86,645: 2 x (174.53 + 38.2528) - 1 / 12");
    // The flat sum at twenty is halved as well: (153.01 + 96.75) / 2.
    let twenty = ["2006-11-01", "2016-05-10", "2018-05-10"];
    assert_eq!(af(&with_wage(100_000, &twenty)), 12_488, "90,000 is far above 79,980");
}

#[test]
fn the_large_family_supplement_asks_three_children_from_three_to_twenty() {
    let cf = |inputs: &Value| cents(amounts(inputs).cf);
    // D522-2 CSS: 62.48 % of 478.16 = 298.754 under half the ceiling.
    assert_eq!(cf(&parent(&THREE)), 29_875, "three children");
    assert_eq!(cf(&parent(&TWO)), 0, "two children");
    assert_eq!(cf(&parent(&["2023-11-01", "2016-05-10", "2018-05-10"])), 29_875, "three years on 1 November");
    assert_eq!(cf(&parent(&["2023-11-02", "2016-05-10", "2018-05-10"])), 0, "two years on 1 November");
    assert_eq!(cf(&parent(&["2005-11-02", "2016-05-10", "2018-05-10"])), 29_875, "20 years on 1 November");
    assert_eq!(cf(&parent(&["2005-11-01", "2016-05-10", "2018-05-10"])), 0, "21 years on 1 November");
    let young = ["2024-05-10", "2016-05-10", "2017-05-10", "2018-05-10"];
    assert_eq!(cf(&parent(&young)), 0, "L532-2 CSS: not beside the PAJE base");
    // The ceilings are the same: 24,853 x 2.1 + 9,989 = 62,180.30; PAJE goes on to 29,694 x 2.1 + 11,936 = 74,293.40.
    assert_eq!(cf(&with_wage(69_089, &young)), 0, "62,180 of resources: PAJE is still paid");
    let earning = with(child("2009-05-10"), json!({ "salaire_net_mensuel": 1_145 }));
    let family = with_children(parent(&[]), vec![earning, child("2016-05-10"), child("2018-05-10")]);
    assert_eq!(cf(&family), 0, "one of the three has a living of its own");
}

#[test]
fn the_large_family_supplement_follows_resources() {
    let alone = |wage: i32| cents(amounts(&with_wage(wage, &THREE)).cf);
    // R522-2 CSS: 24,853 x 1.8 + 9,989 for a parent alone = 54,724.40; half 27,362.20. Plain: 41.65 % of 478.16 = 199.15364.
    assert_eq!(alone(30_402), 29_875, "27,362: under half");
    assert_eq!(alone(30_404), 19_915, "27,364: above half");
    assert_eq!(alone(60_804), 19_915, "54,724: under the ceiling");
    assert_eq!(alone(61_111), 17_619, "55,000: (54,724.40 + 2,389.84368 - 55,000) / 12");
    assert_eq!(alone(63_459), 10, "57,113: 1.24368 / 12");
    assert_eq!(alone(63_461), 0, "57,115");
    let two = |first: i32, second: i32| {
        let adults = [first, second].map(|wage| with(adult(), json!({ "salaire_imposable_2024": wage })));
        cents(amounts(&with_births(household(adults.to_vec(), vec![]), &THREE)).cf)
    };
    assert_eq!(two(24_852, 0), 29_875, "a couple of one income: 22,367, under 44,735.40 / 2 = 22,367.70");
    assert_eq!(two(24_853, 0), 19_915, "22,368");
    let at_half = couple(json!({ "benefice_independant_mensuel": 1_863.975 }), json!({}));
    assert_eq!(cents(amounts(&with_births(at_half, &THREE)).cf), 29_875, "22,367.70: at the half");
    // Two incomes: each at least 12 x 445.93 = 5,351.16, by the base of January 2024.
    assert_eq!(two(20_000, 5_946), 19_915, "18,000 + 5,351: the second is not enough");
    assert_eq!(two(20_000, 5_947), 29_875, "18,000 + 5,352, under 27,362.20");
    let self_employed = |benefit: f64| {
        let first = json!({ "salaire_imposable_2024": 20_000 });
        let second = json!({ "benefice_independant_mensuel": benefit });
        cents(amounts(&with_births(couple(first, second), &THREE)).cf)
    };
    assert_eq!(self_employed(445.0), 19_915, "12 x 445 = 5,340 of self-employment");
    assert_eq!(self_employed(446.0), 29_875, "12 x 446 = 5,352");
    assert_eq!(self_employed(445.93), 29_875, "12 x 445.93, just as much");
}

#[test]
fn family_support_is_for_a_parent_alone() {
    let asf = |inputs: &Value| cents(amounts(inputs).asf);
    // D523-1 CSS: 42.2 % of 478.16 = 201.78352 a child.
    assert_eq!(asf(&parent(&TWO[..1])), 20_178, "one child");
    assert_eq!(asf(&parent(&TWO)), 40_357, "two children");
    assert_eq!(asf(&parent(&[])), 0, "no child");
    assert_eq!(asf(&with_births(couple(json!({}), json!({})), &TWO)), 0, "a couple");
    assert_eq!(asf(&parent(&["2006-11-02"])), 20_178, "19 years on 1 November");
    assert_eq!(asf(&parent(&["2006-11-01"])), 0, "20 years on 1 November");
    let earning = with(child("2009-05-10"), json!({ "salaire_net_mensuel": 1_145 }));
    assert_eq!(asf(&with_children(parent(&[]), vec![earning])), 0, "a living of its own");
    let alimony = |alimony: f64| {
        let fields = json!({ "pension_alimentaire_percue_mensuelle": alimony });
        asf(&with_births(alone(fields), &TWO[..1]))
    };
    assert_eq!(alimony(100.0), 10_178, "L581-2 CSS: the difference, 201.78352 - 100");
    assert_eq!(alimony(186.78), 1_500, "D523-2 CSS: paid from 15 EUR");
    assert_eq!(alimony(186.79), 0, "14.99");
    assert_eq!(alimony(500.0), 0, "never below nothing");
}

#[test]
fn the_paje_base_is_whole_halved_or_nothing_by_resources() {
    let paje = |inputs: &Value| cents(amounts(inputs).paje_base);
    assert_eq!(paje(&parent(&["2023-11-02"])), 19_915, "D531-3 CSS: 41.65 % of 478.16, two years on 1 November");
    assert_eq!(paje(&parent(&["2023-11-01"])), 0, "three years on 1 November");
    assert_eq!(paje(&parent(&["2026-10-20"])), 19_915, "born last month");
    let unborn = parent(&["2026-11-20"]);
    assert_eq!(paje(&unborn), 0, "born after the first of the month");
    assert_eq!(cents(with_pack(&ORACLE, &unborn).paje_base), 19_915, "defect 5 of the oracle");
    // R531-1 CSS, one child, a parent alone: 24,853 x 1.25 + 9,989 = 41,055.25; 29,694 x 1.25 + 11,936 = 49,053.50.
    let alone = |wage: i32| paje(&with_wage(wage, &["2024-05-10"]));
    assert_eq!(alone(45_617), 19_915, "41,055");
    assert_eq!(alone(45_618), 9_958, "41,056: half, 99.57682");
    assert_eq!(alone(54_503), 9_958, "49,053");
    assert_eq!(alone(54_504), 0, "49,054");
    // A couple of one income: 31,066.25 and 37,117.50.
    let one_income =
        |wage: i32| paje(&with_births(couple(json!({ "salaire_imposable_2024": wage }), json!({})), &["2024-05-10"]));
    assert_eq!(one_income(34_518), 19_915, "31,066");
    assert_eq!(one_income(34_519), 9_958, "31,067");
    assert_eq!(one_income(41_241), 9_958, "37,117");
    assert_eq!(one_income(41_242), 0, "37,118");
    // Three children: 24,853 x (1 + 2 x 0.25 + 0.3) = 44,735.40.
    let three = |wage: i32| {
        let couple = couple(json!({ "salaire_imposable_2024": wage }), json!({}));
        paje(&with_births(couple, &["2024-05-10", "2016-05-10", "2018-05-10"]))
    };
    let at = |benefit: f64| {
        let couple = couple(json!({ "benefice_independant_mensuel": benefit }), json!({}));
        paje(&with_births(couple, &["2024-05-10", "2016-05-10", "2018-05-10"]))
    };
    assert_eq!((at(3_727.95), at(3_727.96)), (19_915, 9_958), "12 x 3,727.95 = 44,735.40: at the ceiling");
    assert_eq!((at(4_454.1), at(4_454.11)), (9_958, 0), "12 x 4,454.10 = 29,694 x 1.8: at the ceiling of the half");
    assert_eq!(three(49_706), 19_915, "44,735");
    assert_eq!(three(49_707), 9_958, "44,736");
}

#[test]
fn the_back_to_school_allowance_goes_by_the_age_on_31_december() {
    let ars = |births: &[&str]| cents(amounts(&parent(births)).ars);
    // D543-1 CSS: 89.72 %, 94.67 % and 97.95 % of 478.16.
    assert_eq!(ars(&["2021-01-01"]), 0, "five years on 31 December");
    assert_eq!(ars(&["2020-12-31"]), 42_901, "six years on 31 December");
    assert_eq!(ars(&["2016-01-01"]), 42_901, "ten years on 31 December");
    assert_eq!(ars(&["2015-12-31"]), 45_267, "eleven years on 31 December");
    assert_eq!(ars(&["2012-01-01"]), 45_267, "fourteen years on 31 December");
    assert_eq!(ars(&["2011-12-31"]), 46_836, "fifteen years on 31 December");
    assert_eq!(ars(&["2008-09-16"]), 46_836, "R543-2 CSS: not yet 18 on 15 September");
    assert_eq!(ars(&["2008-09-15"]), 0, "18 years on 15 September");
    assert_eq!(ars(&["2016-05-10", "2012-05-10"]), 88_168, "429.005 + 452.674");
    let of_oracle = |births: &[&str]| cents(with_pack(&ORACLE, &parent(births)).ars);
    assert_eq!(of_oracle(&["2020-12-31"]), 0, "the oracle looks at 1 December");
    assert_eq!(of_oracle(&["2008-09-15"]), 46_836, "and at months");
    assert_eq!(of_oracle(&["2008-09-01"]), 0, "219 months on 1 December");
    let earning = with(child("2009-05-10"), json!({ "salaire_net_mensuel": 1_145 }));
    assert_eq!(cents(amounts(&with_children(parent(&[]), vec![earning])).ars), 0, "a living of its own");
}

#[test]
fn the_back_to_school_allowance_shrinks_above_its_ceiling() {
    // R543-5, R543-6 CSS: 22,274 x 1.3 = 28,956.20 for one child, and the difference above, paid from 15 EUR.
    let ars = |wage: i32, births: &[&str]| cents(amounts(&with_wage(wage, births)).ars);
    assert_eq!(ars(32_173, &["2016-05-10"]), 42_901, "28,956");
    assert_eq!(ars(32_174, &["2016-05-10"]), 42_821, "28,957: 429.00515 - 0.80");
    assert_eq!(ars(32_633, &["2016-05-10"]), 1_521, "29,370: 429.00515 - 413.80");
    assert_eq!(ars(32_634, &["2016-05-10"]), 0, "29,371: 14.21 is not paid");
    // 12 x 2,447.517096 = 29,370.205152: 429.005152 - 414.005152 is 15 EUR to the millionth.
    let at_fifteen = alone(json!({ "benefice_independant_mensuel": 2_447.517_096 }));
    assert_eq!(cents(amounts(&with_births(at_fifteen, &["2016-05-10"])).ars), 1_500, "15 EUR are paid");
    // A second child in charge, of four years, raises the ceiling to 22,274 x 1.6 = 35,638.40.
    assert_eq!(ars(39_598, &["2016-05-10", "2022-05-10"]), 42_901, "35,638");
    assert_eq!(ars(39_599, &["2016-05-10", "2022-05-10"]), 42_841, "35,639: 429.00515 - 0.60");
}

#[test]
fn aeeh_goes_by_the_disability_the_age_and_the_level() {
    let aeeh = |pack: &palier_rights::pack::Pack, adults: usize, fields: Value| {
        let child = with(with(child("2018-05-10"), json!({ "taux_incapacite": 0.8 })), fields);
        cents(with_pack(pack, &household(vec![adult(); adults], vec![child])).aeeh)
    };
    let of_couple = |fields: Value| aeeh(&super::FRANCE, 2, fields);
    assert_eq!(of_couple(json!({ "taux_incapacite": 0.49 })), 0, "L541-1 CSS: under 50 %");
    assert_eq!(of_couple(json!({ "taux_incapacite": 0.5 })), 15_301, "50 %: 32 % of 478.16");
    assert_eq!(of_couple(json!({ "date_naissance": "2006-11-02" })), 15_301, "19 years on 1 November");
    assert_eq!(of_couple(json!({ "date_naissance": "2006-11-01" })), 0, "20 years on 1 November");
    // D541-2 CSS: 24, 65, 92, 142.57 and 182.21 % of 478.16, or 1,288.13, above 153.0112. Defect 2: one level below.
    let couples = [15_301, 26_777, 46_382, 59_292, 83_472, 102_427, 144_114];
    // D541-4 CSS: 13, 18, 57, 73 and 107 % more for a parent alone, from the second level.
    let parents = [15_301, 26_777, 52_598, 67_899, 110_728, 137_332, 195_277];
    let oracle = [15_301, 26_777, 26_777, 46_382, 59_292, 83_472, 144_114];
    for level in 0..7 {
        let fields = || json!({ "aeeh_complement": level });
        assert_eq!(of_couple(fields()), couples[level], "level {level}, a couple");
        assert_eq!(aeeh(&super::FRANCE, 1, fields()), parents[level], "level {level}, a parent alone");
        assert_eq!(aeeh(&ORACLE, 2, fields()), oracle[level], "level {level} of the oracle");
    }
    let two = with_children(parent(&[]), vec![with(child("2018-05-10"), json!({ "taux_incapacite": 0.8 })); 2]);
    assert_eq!(cents(amounts(&two).aeeh), 30_602, "two children");
}
