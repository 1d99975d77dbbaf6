//! Any records come back from a page of a snapshot, through JSON, to the byte.

use proptest::prelude::*;

use super::*;
use crate::{Value, digest};

const SCOPE: ScopeKey = ScopeKey::Place { sector: Uuid::from_u128(9) };

/// A record as histories leave it: changes of several authors, some on top of others, some of several values of a field.
fn record() -> impl Strategy<Value = RecordState> {
    let step = (1u32..4, 0u16..3, 0i64..3, 0usize..4, any::<bool>(), 0u32..2);
    (prop::collection::vec(step, 0..8), 0u8..12).prop_map(|(steps, erased)| {
        let mut state = RecordState::new(SCOPE, 13);
        for ((replica, field, value, seen, twice, by), sequence) in steps.into_iter().zip(1u64..) {
            let bases = state.field(field).ids().into_iter().take(seen).collect();
            let mut edits = vec![Edit { field, value: Value::Int(value), bases }];
            if twice {
                edits.push(Edit { field, value: Value::text("b"), bases: Vec::new() });
            }
            state.apply(&Change {
                dot: Dot { replica, sequence },
                stamp: Stamp { time: sequence << 31, replica: replica + by },
                effective: None,
                scope: SCOPE,
                record: Uuid::nil(),
                kind: 13,
                body: Body::Set(edits),
            });
        }
        if erased == 0 {
            state.erased = true;
            state.fields.clear();
        }
        state
    })
}

proptest! {
    #[test]
    fn records_come_back_to_the_byte(states in prop::collection::vec(record(), 0..12)) {
        let records: Vec<_> = states.into_iter().zip(1u128..).map(|(state, id)| (Uuid::from_u128(id), state)).collect();
        let json = serde_json::to_string(&pack(&SCOPE, &records).unwrap()).unwrap();
        let read = unpack(&SCOPE, serde_json::from_str(&json).unwrap()).unwrap();
        prop_assert_eq!(&read, &records);
        let rows: Vec<_> = records.iter().map(|(id, state)| (*id, digest::pack(state).unwrap())).collect();
        prop_assert_eq!(pack_rows(&SCOPE, &rows).unwrap(), pack(&SCOPE, &records), "rows are told as states are");
        for ((_, one), (_, other)) in read.iter().zip(&records) {
            prop_assert_eq!(digest::pack(one).unwrap(), digest::pack(other).unwrap());
        }
    }

    #[test]
    fn a_page_that_does_not_fit_is_refused_whole(states in prop::collection::vec(record(), 1..6), which in 0u8..2) {
        let records: Vec<_> = states.into_iter().zip(1u128..).map(|(state, id)| (Uuid::from_u128(id), state)).collect();
        let mut page = pack(&SCOPE, &records).unwrap();
        match which {
            0 => page.past.push((u32::MAX, 1, Vec::new())),
            _ => page.parts.push((u32::MAX, 0, 1)),
        }
        prop_assert!(unpack(&SCOPE, page).is_err());
    }
}

#[test]
fn a_record_of_another_scope_is_not_told() {
    let other = RecordState::new(ScopeKey::Territory, 1);
    let row = (Uuid::nil(), digest::pack(&other).unwrap());
    assert_eq!(pack_rows(&SCOPE, &[row]).unwrap(), None, "its scope would be lost");
    assert_eq!(pack(&SCOPE, &[(Uuid::nil(), other)]), None, "its scope would be lost");
}
