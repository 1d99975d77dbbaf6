//! Complémentaire santé solidaire (L861-1 s. CSS).

use palier_rights::pack::Pack;
use serde_json::json;

use super::{FRANCE, ORACLE, alone, with_pack};

#[test]
fn health_cover_follows_the_ceiling_of_2025_and_not_the_oracles() {
    // 10,339 a year for one person, with a flat sum of 12 % of RSA for housing aid: the oracle still has 10,166.
    let cover = |pack: &Pack, pension: f64| {
        let mut inputs = alone(json!({ "retraite_mensuelle": pension, "activite": "retraite" }));
        inputs["logement"]["statut"] = json!("sans_domicile");
        with_pack(pack, &inputs).health_cover.free.holds()
    };
    assert!(cover(&FRANCE, 861.0), "861 x 12 = 10,332 is under the ceiling of 2025");
    assert!(!cover(&FRANCE, 862.0), "862 x 12 = 10,344 is above");
    assert!(!cover(&ORACLE, 861.0), "the oracle's ceiling is that of 2024");
}
