//! A right that rests on an old figure says so.

use palier_rights::catalogue::RIGHTS;
use palier_rights::explain::stale_figures;
use palier_rights::reading::{Completeness, read};
use serde_json::json;

use super::super::NOVEMBER;
use super::{FRANCE, alone};

#[test]
fn a_right_that_rests_on_an_old_figure_says_so() {
    let inputs = alone(json!({ "pension_invalidite_mensuelle": 450 }));
    let household = read(&inputs, NOVEMBER, Completeness::Full).unwrap();
    let stale = |key: &str| {
        let right = RIGHTS.iter().find(|right| right.key == key).unwrap();
        stale_figures(&FRANCE, &household, NOVEMBER, right)
    };
    assert!(stale("asi").contains(&"minima.asi_single_ceiling_yearly"), "ASI missed its revaluation of April 2026");
    assert!(!stale("rsa").contains(&"minima.rsa_base_monthly"), "RSA did not");
}
