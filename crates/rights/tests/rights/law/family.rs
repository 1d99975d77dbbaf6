//! Family benefits (L521-1 s. CSS).

use palier_rights::pack::Pack;
use serde_json::json;

use super::super::{adult, child, household, with};
use super::{FRANCE, ORACLE, amounts, with_pack};

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
fn aeeh_complements_are_paid_at_their_own_level() {
    let aeeh = |pack: &Pack, level: i32| {
        let child = with(child("2018-05-10"), json!({ "taux_incapacite": 0.8, "aeeh_complement": level }));
        with_pack(pack, &household(vec![adult(), adult()], vec![child])).aeeh.cents().0
    };
    // D541-1, D541-2 CSS: 32 % of 478.16, then 24 % and 65 % more.
    assert_eq!(aeeh(&FRANCE, 0), 15_301, "the base");
    assert_eq!(aeeh(&FRANCE, 1), 26_777, "56 %");
    assert_eq!(aeeh(&FRANCE, 2), 46_382, "97 %");
    assert_eq!(aeeh(&ORACLE, 2), 26_777, "the oracle pays level 2 as level 1");
}
