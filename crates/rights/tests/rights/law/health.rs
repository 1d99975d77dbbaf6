//! Complémentaire santé solidaire (L861-1 s., R861-2 s. CSS): 10,339 EUR a year for one, half for the second person, 30 % for
//! the next two, 40 % beyond; with a participation up to 135 %.

use palier_rights::pack::Pack;
use serde_json::{Value, json};

use super::super::{child, with};
use super::{FRANCE, ORACLE, alone, at_home, cents, couple, homeless, with_births, with_children, with_pack};

#[derive(Debug, PartialEq)]
enum Cover {
    Free,
    Paid,
    None,
}

fn cover_in(pack: &Pack, inputs: &Value) -> Cover {
    let cover = with_pack(pack, inputs).health_cover;
    match (cover.free.holds(), cover.with_participation.holds()) {
        (true, false) => Cover::Free,
        (false, true) => Cover::Paid,
        (false, false) => Cover::None,
        (true, true) => panic!("free and paid exclude each other"),
    }
}

fn cover(inputs: &Value) -> Cover {
    cover_in(&FRANCE, inputs)
}

fn participation(inputs: &Value) -> i64 {
    cents(with_pack(&FRANCE, inputs).health_cover.participation)
}

/// A retirement pension of so much a month.
fn pension(pension: i32) -> Value {
    json!({ "activite": "retraite", "retraite_mensuelle": pension })
}

/// Children over 20 bring no family benefit.
const GROWN: [&str; 4] = ["2002-05-10", "2003-05-10", "2004-05-10", "2004-08-10"];

#[test]
fn the_ceiling_of_2025_and_not_the_oracles() {
    let at = |pack: &Pack, amount: i32| cover_in(pack, &homeless(alone(pension(amount))));
    assert_eq!(at(&FRANCE, 861), Cover::Free, "861 x 12 = 10,332 is under 10,339");
    assert_eq!(at(&FRANCE, 862), Cover::Paid, "862 x 12 = 10,344 is above");
    assert_eq!(at(&FRANCE, 1_163), Cover::Paid, "1,163 x 12 = 13,956 is under 13,957.65");
    assert_eq!(at(&FRANCE, 1_164), Cover::None, "1,164 x 12 = 13,968 is above");
    let upper = homeless(alone(json!({ "retraite_mensuelle": 1_163.137_5 })));
    assert_eq!(cover(&upper), Cover::Paid, "12 x 1,163.1375 = 13,957.65: at the ceiling");
    assert_eq!(at(&ORACLE, 847), Cover::Free, "847 x 12 = 10,164 is under the 10,166 of 2024");
    assert_eq!(at(&ORACLE, 848), Cover::Paid, "848 x 12 = 10,176");
}

#[test]
fn the_ceiling_grows_by_person() {
    let parent =
        |children: usize, amount: i32| cover(&with_births(homeless(alone(pension(amount))), &GROWN[..children]));
    // R861-3 CSS: 15,509; 18,610; 21,712; 25,848.
    assert_eq!((parent(1, 1_292), parent(1, 1_293)), (Cover::Free, Cover::Paid), "15,504 and 15,516");
    assert_eq!((parent(2, 1_550), parent(2, 1_551)), (Cover::Free, Cover::Paid), "18,600 and 18,612");
    assert_eq!((parent(3, 1_809), parent(3, 1_810)), (Cover::Free, Cover::Paid), "21,708 and 21,720");
    assert_eq!((parent(4, 2_154), parent(4, 2_155)), (Cover::Free, Cover::Paid), "25,848 and 25,860");
    let parents = |children: usize, amount: i32| {
        cover(&with_births(homeless(couple(pension(amount), json!({}))), &GROWN[..children]))
    };
    assert_eq!((parents(0, 1_292), parents(0, 1_293)), (Cover::Free, Cover::Paid), "a couple: 15,509");
    assert_eq!((parents(1, 1_550), parents(1, 1_551)), (Cover::Free, Cover::Paid), "and one child: 18,610");
    assert_eq!((parents(2, 1_809), parents(2, 1_810)), (Cover::Free, Cover::Paid), "and two: 21,712");
    assert_eq!((parents(3, 2_154), parents(3, 2_155)), (Cover::Free, Cover::Paid), "and three: 25,848");
}

#[test]
fn children_count_under_25_and_by_half_in_shared_custody() {
    let parent = |fields: Value, amount: i32| {
        with_children(homeless(alone(pension(amount))), vec![with(child("2004-05-10"), fields)])
    };
    let at_24 = parent(json!({ "date_naissance": "2001-11-02" }), 1_292);
    assert_eq!(cover(&at_24), Cover::Free, "R861-2 CSS: 24 years on 1 November, 15,504 under 15,509");
    let at_25 = parent(json!({ "date_naissance": "2001-11-01" }), 1_292);
    assert_eq!(cover(&at_25), Cover::None, "25 years: alone, 13,957.65 at most");
    assert_eq!(cover_in(&ORACLE, &parent(json!({ "date_naissance": "2001-11-01" }), 1_270)), Cover::Free, "the oracle");
    assert_eq!(cover_in(&ORACLE, &parent(json!({ "date_naissance": "1999-11-01" }), 1_270)), Cover::Free, "of any age");
    let baby = |amount: i32| cover(&with_births(homeless(couple(pension(amount), json!({}))), &["2026-05-10"]));
    assert_eq!((baby(1_550), baby(1_551)), (Cover::Free, Cover::Paid), "a child of the year: 18,610");
    // The elder, of 26, takes no place: the younger is the second person and adds half.
    let both = with_births(homeless(alone(pension(1_292))), &["2000-05-10", "2004-05-10"]);
    assert_eq!(cover(&both), Cover::Free, "15,504 under 15,509");
    let both = with_births(homeless(alone(pension(1_293))), &["2000-05-10", "2004-05-10"]);
    assert_eq!(cover(&both), Cover::Paid, "15,516");
    // Half of a half: 10,339 x 1.25 = 12,923.75, to the euro 12,924.
    let shared = |amount: i32| cover(&parent(json!({ "garde_alternee": true }), amount));
    assert_eq!((shared(1_077), shared(1_078)), (Cover::Free, Cover::Paid), "12,924 and 12,936");
    // The wage of a child counts: 10,339 x 1.5 = 15,509; 1,000 x 12 + 292 x 12 = 15,504.
    let earning = |wage: i32| cover(&parent(json!({ "salaire_net_mensuel": wage }), 1_000));
    assert_eq!((earning(292), earning(293)), (Cover::Free, Cover::Paid), "15,504 and 15,516");
    let outside = parent(json!({ "date_naissance": "2001-11-01", "salaire_net_mensuel": 900 }), 861);
    assert_eq!(cover(&outside), Cover::Free, "the wage of a child of 25 does not");
}

#[test]
fn a_home_of_ones_own_counts_as_a_flat_sum() {
    let own = |inputs: Value, home: &str| cover(&at_home(inputs, json!({ "statut": home, "loyer_mensuel": 0 })));
    for home in ["proprietaire", "heberge"] {
        // R861-5 CSS: 12 % of 651.69 x 12 = 938.43 alone.
        assert_eq!(own(alone(pension(783)), home), Cover::Free, "{home}: 9,396 + 938.43");
        assert_eq!(own(alone(pension(784)), home), Cover::Paid, "{home}: 9,408 + 938.43");
    }
    // 14 % of 651.69 x 12 x 1.5 = 1,642.26 for two, of 651.69 x 12 x 1.8 = 1,970.71 for three and more.
    let two = |amount: i32| own(couple(pension(amount), json!({})), "heberge");
    assert_eq!((two(1_155), two(1_156)), (Cover::Free, Cover::Paid), "13,860 and 13,872 + 1,642.26, under 15,509");
    let parent = |children: usize, amount: i32| own(with_births(alone(pension(amount)), &GROWN[..children]), "heberge");
    assert_eq!((parent(2, 1_386), parent(2, 1_387)), (Cover::Free, Cover::Paid), "16,632 and 16,644 + 1,970.71");
    assert_eq!((parent(3, 1_645), parent(3, 1_646)), (Cover::Free, Cover::Paid), "19,740 and 19,752, under 21,712");
    // R861-7 CSS, beside housing aid: 12 %, 16 % of 1.5 and 16.5 % of 1.8 of the same.
    assert_eq!(cover(&alone(pension(783))), Cover::Free, "9,396 + 938.43");
    assert_eq!(cover(&alone(pension(784))), Cover::Paid, "9,408 + 938.43");
    let tenants = |amount: i32| cover(&couple(pension(amount), json!({})));
    assert_eq!((tenants(1_136), tenants(1_137)), (Cover::Free, Cover::Paid), "13,632 and 13,644 + 1,876.87");
    // Two grown children disabled by 80 % are dependants for housing aid, without family benefit: 2,322.62.
    let disabled = |amount: i32| {
        let child = with(child("2004-05-10"), json!({ "taux_incapacite": 0.8 }));
        let home = at_home(alone(pension(amount)), json!({ "loyer_mensuel": 400 }));
        cover(&with_children(home, vec![child.clone(), child]))
    };
    assert_eq!((disabled(1_357), disabled(1_358)), (Cover::Free, Cover::Paid), "16,284 and 16,296, under 18,610");
    // An aid of 6 a month counts for 72, less than the flat sum: 1,105 x 12 = 13,260 + 72, under 13,957.65.
    let small = |amount: i32| {
        let wage = json!({ "activite": "emploi", "salaire_net_mensuel": amount });
        cover(&at_home(alone(wage), json!({ "statut": "locataire_vide", "loyer_mensuel": 200 })))
    };
    assert_eq!(small(1_105), Cover::Paid, "13,332");
}

#[test]
fn incomes_count_over_twelve_months() {
    let told = |fields: Value| cover(&homeless(alone(fields)));
    let kinds = [
        "salaire_net_mensuel",
        "benefice_independant_mensuel",
        "chomage_mensuel",
        "retraite_mensuelle",
        "pension_alimentaire_percue_mensuelle",
    ];
    for kind in kinds {
        assert_eq!(told(json!({ kind: 861 })), Cover::Free, "{kind}: 10,332");
        assert_eq!(told(json!({ kind: 862 })), Cover::Paid, "{kind}: 10,344");
    }
    let invalid = |amount: i32| {
        told(json!({ "pension_invalidite_mensuelle": amount, "nationalite": "hors_ue", "annees_titre_sejour": 5 }))
    };
    assert_eq!((invalid(861), invalid(862)), (Cover::Free, Cover::Paid), "an invalidity pension without ASI");
    let paying = |paid: i32| told(json!({ "retraite_mensuelle": 900, "pension_alimentaire_versee_mensuelle": paid }));
    assert_eq!((paying(39), paying(38)), (Cover::Free, Cover::Paid), "alimony paid is taken off");
    // Twelve months of interest: three at 1.7 %, six at 1.5 %, three at 1.7 %: 1.6 % of the savings.
    let saver = |savings: i32| told(json!({ "retraite_mensuelle": 861, "epargne_livret_a": savings }));
    assert_eq!((saver(430), saver(450)), (Cover::Free, Cover::Paid), "10,332 + 6.88 and 10,332 + 7.20");
    // R861-8 CSS: wages of the unemployed with benefit less 30 %.
    let unemployed = |activity: &str, wage: i32| {
        told(json!({ "activite": activity, "chomage_mensuel": 100, "salaire_net_mensuel": wage }))
    };
    assert_eq!(unemployed("chomage", 1_087), Cover::Free, "(0.7 x 1,087 + 100) x 12 = 10,330.80");
    assert_eq!(unemployed("chomage", 1_088), Cover::Paid, "(0.7 x 1,088 + 100) x 12 = 10,339.20");
    assert_eq!(unemployed("emploi", 761), Cover::Free, "(761 + 100) x 12 = 10,332");
    assert_eq!(unemployed("emploi", 762), Cover::Paid, "(762 + 100) x 12 = 10,344");
    let without = json!({ "activite": "chomage", "salaire_net_mensuel": 862 });
    assert_eq!(told(without), Cover::Paid, "unemployed without benefit: the whole wage");
}

#[test]
fn family_benefits_of_twelve_months_count() {
    // November 2025 to March 2026 by 474.37, then 478.16. AF 5 x 151.80 + 7 x 153.01 = 1,830.07; ASF 5 x 400.36828 +
    // 7 x 403.56704 = 4,826.81068: together 6,656.88, under 18,610.
    let two = |amount: i32| cover(&with_births(homeless(alone(pension(amount))), &["2014-05-10", "2016-05-10"]));
    assert_eq!((two(996), two(997)), (Cover::Free, Cover::Paid), "11,952 and 11,964 + 6,656.88");
    // Three: AF 5 x 346.29 + 7 x 349.06, ASF 7,240.22, CF 5 x 296.39 + 7 x 298.75: 14,988.29, under 21,712.
    let three = |amount: i32| {
        cover(&with_births(homeless(alone(pension(amount))), &["2014-05-10", "2015-05-10", "2016-05-10"]))
    };
    assert_eq!((three(560), three(561)), (Cover::Free, Cover::Paid), "6,720 and 6,732 + 14,988.29");
}

#[test]
fn minima_count_less_what_the_law_leaves_out() {
    // R861-10 CSS. AAH less 68: 5 x 965.32 + 7 x 973.59 = 11,641.73 a year. The other of the couple has a pension.
    let disabled = json!({ "taux_incapacite": 0.8 });
    let beside_aah = |amount: i32| cover(&homeless(couple(disabled.clone(), pension(amount))));
    assert_eq!((beside_aah(322), beside_aah(323)), (Cover::Free, Cover::Paid), "3,864 and 3,876, under 15,509");
    // With a home: MVA 12 x 104.77 and 1,876.87 of housing aid.
    let housed = |taxed: i32, amount: i32| {
        let disabled = with(disabled.clone(), json!({ "salaire_imposable_2024": taxed }));
        cover(&couple(disabled, pension(amount)))
    };
    assert_eq!((housed(0, 61), housed(0, 62)), (Cover::Free, Cover::Paid), "732 and 744 + 14,775.84");
    // A wage in 2024 takes MVA off for November and December 2025, whose twelve months reach into it: 209.54 less.
    assert_eq!((housed(1, 78), housed(1, 79)), (Cover::Free, Cover::Paid), "936 and 948 + 14,566.30");
    let grown = |inputs: Value, wage: i32, births: &[&str]| {
        let earn = |(rank, born): (usize, &&str)| {
            with(child(born), json!({ "salaire_net_mensuel": if rank == 0 { wage } else { 0 } }))
        };
        cover(&with_children(homeless(inputs), births.iter().enumerate().map(earn).collect()))
    };
    let invalid = || json!({ "pension_invalidite_mensuelle": 450 });
    // Two who have ASI: 86 for both. (1,601.0025 - 86) x 12 = 18,180.03, under 18,610 with a child.
    let both = |wage: i32| grown(couple(invalid(), invalid()), wage, &GROWN[..1]);
    assert_eq!((both(35), both(36)), (Cover::Free, Cover::Paid), "420 and 432");
    // One of a couple: 49. (1,601.0025 - 49) x 12 = 18,624.03, under 21,712 with two children.
    let one = |wage: i32| grown(couple(invalid(), json!({})), wage, &GROWN[..2]);
    assert_eq!((one(257), one(258)), (Cover::Free, Cover::Paid), "3,084 and 3,096");
    // Beside AAH nothing is left out of ASI: 5 x (450 + 464.85833 + 50.46167) + 7 x (914.85833 + 58.73167) = 11,641.73.
    let with_aah = |wage: i32| {
        let both = json!({ "pension_invalidite_mensuelle": 450, "taux_incapacite": 0.8 });
        grown(alone(both), wage, &GROWN[..1])
    };
    assert_eq!((with_aah(322), with_aah(323)), (Cover::Free, Cover::Paid), "3,864 and 3,876, under 15,509");
    // ASPA less 71 alone: 2 x 963.28667 + 10 x 972.595 = 11,652.52; less 110 for two: 2 x 1,495.73333 + 10 x 1,510.18417.
    let old = || json!({ "date_naissance": "1955-03-10" });
    let alone_old = |wage: i32| grown(alone(old()), wage, &GROWN[..1]);
    assert_eq!((alone_old(321), alone_old(322)), (Cover::Free, Cover::Paid), "3,852 and 3,864, under 15,509");
    let two_old = |wage: i32| grown(couple(old(), old()), wage, &GROWN[..1]);
    assert_eq!((two_old(43), two_old(44)), (Cover::Free, Cover::Paid), "516 and 528 + 18,093.31, under 18,610");
}

#[test]
fn rsa_opens_it_free_and_a_young_adult_with_alimony_belongs_to_the_parents() {
    assert_eq!(cover(&homeless(alone(json!({})))), Cover::Free, "L861-2 CSS: RSA");
    let young = |born: &str, alimony: i32| {
        let fields = json!({ "date_naissance": born, "pension_alimentaire_percue_mensuelle": alimony });
        homeless(alone(fields))
    };
    assert_eq!(cover(&young("2001-11-02", 100)), Cover::None, "24 years with alimony");
    assert_eq!(cover(&young("2001-11-02", 0)), Cover::Free, "24 years without");
    assert_eq!(cover(&young("2001-11-01", 100)), Cover::Free, "25 years");
    let two = |second: &str| {
        let first = json!({ "date_naissance": "2001-11-02", "pension_alimentaire_percue_mensuelle": 100 });
        cover(&homeless(couple(first, json!({ "date_naissance": second }))))
    };
    assert_eq!(two("2001-11-02"), Cover::None, "a couple of 24 years, one with alimony");
    assert_eq!(two("2001-11-01"), Cover::Free, "the other is 25");
    let parent = with_births(young("2001-11-02", 100), &["2022-05-10"]);
    assert_eq!(cover(&parent), Cover::Free, "24 years and a child");
}

#[test]
fn the_participation_goes_by_age() {
    let at = |born: &str| participation(&homeless(alone(json!({ "date_naissance": born }))));
    // D861-8 CSS, on both sides of each birthday.
    assert_eq!((at("1996-11-02"), at("1996-11-01")), (800, 1_400), "29 and 30 years");
    assert_eq!((at("1976-11-02"), at("1976-11-01")), (1_400, 2_100), "49 and 50 years");
    assert_eq!((at("1966-11-02"), at("1966-11-01")), (2_100, 2_500), "59 and 60 years");
    assert_eq!((at("1956-11-02"), at("1956-11-01")), (2_500, 3_000), "69 and 70 years");
    let family = with_births(homeless(couple(json!({}), json!({}))), &["2001-11-02", "2016-05-10"]);
    assert_eq!(participation(&family), 4_400, "14 + 14 + 8 + 8");
    let family = with_births(homeless(couple(json!({}), json!({}))), &["2001-11-01", "2016-05-10"]);
    assert_eq!(participation(&family), 3_600, "the child of 25 pays for itself");
}
