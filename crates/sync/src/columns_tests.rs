//! Columns bring back what they were given, and refuse what does not fit.

use proptest::prelude::*;

use super::*;

const SCOPE: ScopeKey = ScopeKey::Place { sector: Uuid::from_u128(9) };

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        ".{0,12}".prop_map(Value::Text),
        (0u128..4).prop_map(|id| Value::Text(Uuid::from_u128(id).to_string())),
        (0u128..4).prop_map(|id| Value::Text(Uuid::from_u128(id).simple().to_string())),
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let base = (any::<u32>(), any::<u64>(), any::<u8>())
        .prop_map(|(replica, sequence, part)| HeadId { dot: Dot { replica, sequence }, part });
    // The same field twice in one change is allowed: a set receives several elements.
    (0u16..5, value(), prop::collection::vec(base, 0..3)).prop_map(|(field, value, bases)| Edit { field, value, bases })
}

fn change() -> impl Strategy<Value = Change> {
    let body = prop_oneof![4 => prop::collection::vec(edit(), 0..5).prop_map(Body::Set), 1 => Just(Body::Erase)];
    let time = prop_oneof![any::<u64>(), (1_700_000_000_000i64..1_800_000_000_000).prop_map(clock::ntp_of)];
    (0u32..4, any::<u64>(), time, 0u32..4, any::<Option<u64>>(), 0u128..6, 0u16..3, body).prop_map(
        |(replica, sequence, time, by, effective, record, kind, body)| Change {
            dot: Dot { replica, sequence },
            stamp: Stamp { time, replica: by },
            effective,
            scope: SCOPE,
            record: Uuid::from_u128(record),
            kind,
            body,
        },
    )
}

proptest! {
    #[test]
    fn what_is_packed_comes_back_through_json(changes in prop::collection::vec(change(), 0..40)) {
        let columns = pack(&SCOPE, &changes).unwrap();
        let json = serde_json::to_string(&columns).unwrap();
        let read: Columns = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(unpack(&SCOPE, read).unwrap(), changes);
    }

    #[test]
    fn columns_that_do_not_fit_are_refused(changes in prop::collection::vec(change(), 1..12), which in 0usize..8) {
        let mut columns = pack(&SCOPE, &changes).unwrap();
        match which {
            0 => columns.ids.clear(),
            1 => { columns.replica.pop(); }
            2 => columns.sequence.push(1),
            3 => { columns.ms.pop(); }
            4 => columns.record.push(i64::MAX),
            5 => columns.form.iter_mut().for_each(|form| *form = u32::MAX),
            6 => columns.values.push(vec![Cell::Null]),
            _ => columns.bases.push((u32::MAX, 0, Vec::new())),
        }
        prop_assert!(unpack(&SCOPE, columns).is_err(), "nothing is read by half");
    }
}

#[test]
fn a_change_of_another_scope_is_not_packed() {
    let other = Change {
        dot: Dot { replica: 1, sequence: 1 },
        stamp: Stamp { time: 0, replica: 1 },
        effective: None,
        scope: ScopeKey::Territory,
        record: Uuid::from_u128(1),
        kind: 1,
        body: Body::Erase,
    };
    assert_eq!(pack(&SCOPE, &[other]), None, "its scope would be lost");
}
