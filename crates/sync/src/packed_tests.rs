//! Any state comes back from its packed form, and equal states have equal bytes.

use proptest::prelude::*;

use super::*;

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::Int),
        ".{0,12}".prop_map(Value::Text),
        any::<u128>().prop_map(|id| Value::Text(Uuid::from_u128(id).to_string())),
        any::<u128>().prop_map(|id| Value::Text(Uuid::from_u128(id).to_string().to_uppercase())),
        any::<u128>().prop_map(|id| Value::Text(Uuid::from_u128(id).simple().to_string())),
    ]
}

fn head() -> impl Strategy<Value = Head> {
    let id = (0u32..3, 1u64..4, 0u8..3)
        .prop_map(|(replica, sequence, part)| HeadId { dot: Dot { replica, sequence }, part });
    (id, prop_oneof![Just(7u64), any::<u64>()], 0u32..3, value()).prop_map(|(id, time, by, value)| Head {
        id,
        stamp: Stamp { time, replica: by },
        value,
    })
}

fn field() -> impl Strategy<Value = FieldState> {
    (prop::collection::vec(head(), 0..4), prop::collection::vec((0u32..3, 1u64..400, any::<u8>()), 0..4)).prop_map(
        |(mut heads, past)| {
            heads.sort();
            heads.dedup_by_key(|head| head.id);
            let name = |(replica, sequence, part)| HeadId { dot: Dot { replica, sequence }, part };
            let mut past: Vec<HeadId> = past.into_iter().map(name).collect();
            past.sort();
            past.dedup();
            FieldState { heads, past }
        },
    )
}

fn scope() -> impl Strategy<Value = ScopeKey> {
    (0u8..4, any::<u128>(), any::<u128>()).prop_map(|(which, one, two)| {
        let (sector, structure) = (Uuid::from_u128(one), Uuid::from_u128(two));
        match which {
            0 => ScopeKey::Territory,
            1 => ScopeKey::Place { sector },
            2 => ScopeKey::File { sector, structure },
            _ => ScopeKey::Team { structure },
        }
    })
}

proptest! {
    #[test]
    fn any_state_comes_back(scope in scope(), kind in any::<u16>(), erased in any::<bool>(),
                            fields in prop::collection::btree_map(0u16..9, field(), 0..5)) {
        let state = RecordState { scope, kind, erased, fields };
        let packed = pack(&state).unwrap();
        prop_assert_eq!(unpack(&packed).unwrap(), state.clone());
        prop_assert_eq!(pack(&unpack(&packed).unwrap()).unwrap(), packed.clone(), "equal states are equal bytes");
        let rest = without_scope(&packed).unwrap();
        prop_assert_eq!(rest.len() + postcard::to_stdvec(&PackedScope::of(&scope)).unwrap().len(), packed.len());
        prop_assert_eq!(with_scope(&scope, rest).unwrap(), packed.clone(), "a scope told beside gives the same bytes");
        for cut in 0..packed.len() {
            prop_assert!(unpack(&packed[..cut]).is_err(), "half a record is no record");
        }
    }
}

#[test]
fn a_save_of_fifteen_fields_is_named_once() {
    let mut state = RecordState::new(ScopeKey::Territory, 13);
    for field in 1..=15 {
        let id = HeadId { dot: Dot { replica: 7, sequence: 1_000 }, part: 0 };
        let head = Head { id, stamp: Stamp { time: u64::MAX / 2, replica: 7 }, value: Value::Int(1) };
        state.fields.insert(field, FieldState { heads: vec![head], past: Vec::new() });
    }
    assert!(pack(&state).unwrap().len() < 80, "{} bytes", pack(&state).unwrap().len());
}

#[test]
fn an_identifier_takes_its_sixteen_bytes_and_changes_are_counted() {
    let written = |value: &str, by: [u64; 2]| {
        let mut state = RecordState::new(ScopeKey::Territory, 13);
        for (field, sequence) in (1..).zip(by) {
            let id = HeadId { dot: Dot { replica: 7, sequence }, part: 0 };
            let head = Head { id, stamp: Stamp { time: 5, replica: 7 }, value: Value::text(value) };
            state.fields.insert(field, FieldState { heads: vec![head], past: Vec::new() });
        }
        pack(&state).unwrap()
    };
    let id = Uuid::from_u128(9).to_string();
    assert_eq!(written("", [1, 1]).len() + 2 * 16, written(&id, [1, 1]).len(), "two identifiers, beside nothing");
    for (by, count) in [([1, 1], 1), ([1, 2], 2)] {
        assert_eq!(write_count(&written("a", by)).unwrap(), count);
    }
    assert!(Plain::of(&written("a", [1, 1])).unwrap().is_some(), "one save is told as it lies");
    assert!(Plain::of(&written("a", [1, 2])).unwrap().is_none());
}
