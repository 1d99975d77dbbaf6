//! Prime d'activité (L841-1 s. CSS).

use serde_json::json;

use super::{alone, amounts};

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
