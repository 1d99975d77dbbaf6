//! AAH, MVA, ASI and ASPA (L815-1 s., L821-1 s. CSS).

use palier_rights::pack::Pack;
use serde_json::json;

use super::super::{adult, household, with};
use super::{FRANCE, ORACLE, alone, amounts, with_pack};

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
fn mva_asks_that_nothing_is_earned() {
    let mva = |pack: &Pack, earned: i32| {
        with_pack(pack, &alone(json!({ "taux_incapacite": 0.8, "benefice_independant_mensuel": earned }))).mva[0]
            .cents()
            .0
    };
    assert_eq!(mva(&FRANCE, 0), 10_477, "no work for twelve months");
    assert_eq!(mva(&FRANCE, 200), 0, "L821-1-2 CSS: no income of work");
    assert_eq!(mva(&ORACLE, 200), 10_477, "the oracle looks at wages alone");
}
