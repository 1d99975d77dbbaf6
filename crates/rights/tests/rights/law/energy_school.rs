//! Energy voucher and school grants (L124-1 C. énergie, L531-1 C. éducation).

use palier_rights::pack::Pack;
use serde_json::json;

use super::{FRANCE, ORACLE, alone, with_pack};

#[test]
fn the_top_band_of_the_energy_voucher_goes_to_11_000() {
    // One unit: 12,100 of taxable wages less 10 % is 10,890.
    let voucher = |pack: &Pack, wage: i32| {
        with_pack(pack, &alone(json!({ "salaire_imposable_2024": wage }))).cheque_energie.cents().0
    };
    assert_eq!(voucher(&FRANCE, 12_100), 4_800, "10,890 is under 11,000");
    assert_eq!(voucher(&FRANCE, 12_223), 0, "12,223 less 1,222 is 11,001");
    assert_eq!(voucher(&ORACLE, 12_100), 0, "the oracle stops at 10,800");
}
