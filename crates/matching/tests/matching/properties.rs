//! What holds for every file.

use palier_matching::{PersonRecord, pairs};
use proptest::prelude::*;

use crate::centre;

fn text() -> impl Strategy<Value = Option<String>> {
    let written = proptest::sample::select(vec![
        "Samia",
        "Benali",
        "ben ali",
        "Ousmane",
        "1984-03-12",
        "12/03/1984",
        "1984",
        "14 rue des Acacias",
        "apt 3",
        "Tours",
        "37000",
        "0612345678",
        "06 12 34 56 87",
        "",
        "-",
        "é",
        "'",
    ]);
    proptest::option::of(prop_oneof![4 => written.prop_map(ToOwned::to_owned), 1 => any::<String>()])
}

prop_compose! {
    fn record()(fields in proptest::array::uniform8(text())) -> PersonRecord {
        let [given_name, family_name, birth_date, address, address_complement, commune, postal_code, phone] = fields;
        PersonRecord {
            id: String::new(), given_name, family_name, birth_date, address, address_complement, commune, postal_code, phone,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_records_changes_nothing(records in proptest::collection::vec(record(), 0..14), seed in any::<u64>()) {
        let mut records = records;
        for (at, record) in records.iter_mut().enumerate() {
            record.id = format!("{at:03}");
        }
        let first = pairs(&records);
        let mut mixed = records;
        let length = mixed.len().max(1);
        mixed.rotate_left((seed as usize) % length);
        mixed.reverse();
        prop_assert_eq!(&first, &pairs(&mixed));
        for pair in &first {
            prop_assert!(pair.a < pair.b, "each pair is told once, in the order of ids");
            prop_assert!((0.0..=1.0).contains(&pair.score), "a score is a probability");
            prop_assert!(pair.reasons.is_sorted(), "reasons come in one order");
        }
    }
}

#[test]
fn what_one_record_is_called_changes_no_score() {
    let records = centre();
    let mut renamed = records.clone();
    // The order of ids is turned round: each pair is seen from its other end.
    for record in &mut renamed {
        record.id = format!("{:02}", 99 - record.id.parse::<u32>().unwrap());
    }
    let back = |id: &str| format!("{:02}", 99 - id.parse::<u32>().unwrap());
    let mut turned: Vec<_> =
        pairs(&renamed).into_iter().map(|pair| (back(&pair.b), back(&pair.a), pair.proposed, pair.reasons)).collect();
    turned.sort();
    let straight: Vec<_> =
        pairs(&records).into_iter().map(|pair| (pair.a, pair.b, pair.proposed, pair.reasons)).collect();
    assert_eq!(straight, turned, "a pair is the same from both ends");
}
