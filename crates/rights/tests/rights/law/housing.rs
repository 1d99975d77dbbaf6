//! APL, ALF, ALS and the rent reduction (L821-1 s., L442-2-1 CCH).

use serde_json::json;

use super::{alone, amounts};

#[test]
fn housing_aid_of_a_social_tenant_alone() {
    // 293.68 + 61.29 - 40.01 - 5 - 0.98 x 31.58 = 279.0116, less CRDS of 1.39 = 277.62, down to 277.
    assert_eq!(amounts(&alone(json!({}))).housing_aid.cents(), (27_700, 27_700), "without resources");
    let mut free = alone(json!({}));
    free["logement"]["statut"] = json!("heberge");
    assert_eq!(amounts(&free).housing_aid.cents().0, 0, "a hosted person pays no rent");
}
