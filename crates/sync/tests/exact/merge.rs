//! What a change did, and what is told of it.

use palier_sync::digest::{self, Digest};
use palier_sync::state::Applied;
use palier_sync::{Body, Change, Dot, RecordState, Value};
use uuid::Uuid;

use super::{SCOPE, change, edit, head, id};

#[test]
fn a_change_says_what_it_did() {
    let (first, second) = (change(1, 1, vec![edit(1, 10, &[])]), change(2, 1, vec![edit(1, 20, &[id(1, 1, 0)])]));
    let written = head(id(1, 1, 0), 1_000, Value::Int(10));
    let mut state = RecordState::new(SCOPE, 12);
    assert_eq!(state.apply(&first), Applied { fields: vec![1], ..Applied::default() }, "a new value");
    assert_eq!(state.apply(&first), Applied::default(), "the same change again does nothing");
    let replaced = vec![(1, written.clone())];
    assert_eq!(state.apply(&second), Applied { fields: vec![1], replaced, ..Applied::default() }, "the history hears");
    let erasure = Change { body: Body::Erase, ..change(3, 1, Vec::new()) };
    assert_eq!(state.apply(&erasure), Applied { erased: true, ..Applied::default() }, "an erasure says so");
    assert_eq!(state.apply(&erasure), Applied::default(), "once");

    let mut late = RecordState::new(SCOPE, 12);
    late.apply(&second);
    let replaced = vec![(1, written)];
    let expected = Applied { replaced, ..Applied::default() };
    assert_eq!(late.apply(&first), expected, "what arrives already replaced never stood, but the history keeps it");
}

#[test]
fn a_change_between_two_leaves_both_to_the_history() {
    let first = change(1, 1, vec![edit(1, 10, &[])]);
    let second = change(2, 1, vec![edit(1, 20, &[id(1, 1, 0)])]);
    let third = change(3, 1, vec![edit(1, 30, &[id(2, 1, 0)])]);
    let mut state = RecordState::new(SCOPE, 12);
    state.apply(&first);
    state.apply(&third);
    let applied = state.apply(&second);
    assert_eq!(applied.fields, [1], "the first stands no more");
    let names: Vec<_> = applied.replaced.iter().map(|(_, head)| head.id).collect();
    assert_eq!(names, [id(1, 1, 0), id(2, 1, 0)], "the first, and the second itself");
    assert_eq!(state.field(1).ids(), [id(3, 1, 0)], "the third stands");
}

#[test]
fn two_elements_of_one_field_are_one_field_changed() {
    let both = change(1, 1, vec![edit(6, 1, &[]), edit(6, 2, &[]), edit(2, 3, &[])]);
    let mut state = RecordState::new(SCOPE, 12);
    assert_eq!(state.apply(&both).fields, [6, 2], "each field once");
    assert_eq!(state.field(6).ids(), [id(1, 1, 0), id(1, 1, 1)], "each element has its name");
    assert!(state.field(99).ids().is_empty(), "an unwritten field is empty");
}

#[test]
fn an_effective_time_is_taken_by_the_values_of_its_change() {
    let mut state = RecordState::new(SCOPE, 12);
    state.apply(&change(1, 1, vec![edit(1, 10, &[])]));
    state.apply(&change(1, 2, vec![edit(2, 20, &[])]));
    assert!(state.restamp(Dot { replica: 1, sequence: 2 }, 7), "a value took it");
    assert_eq!(state.field(2).heads[0].stamp.time, 7, "that of the change");
    assert_eq!(state.field(1).heads[0].stamp.time, 1_000, "and no other");
    assert!(!state.restamp(Dot { replica: 1, sequence: 3 }, 7), "nothing stands of another change");
}

#[test]
fn a_digest_is_a_sum() {
    let (one, two) = (Digest(u128::MAX), Digest(5));
    assert_eq!(one.with(two), Digest(4), "modulo 2^128");
    assert_eq!(one.with(two).without(two), one, "what is added is taken away");
    assert_eq!(Digest(0x0abc).hex(), "00000000000000000000000000000abc", "32 digits");
    assert_eq!(Digest::from_hex(&one.hex()), Some(one), "hexadecimal comes back");
    assert_eq!(Digest::from_hex("no digest"), None, "and nothing else");
    let of = |record, bytes: &[u8]| digest::of_record(Uuid::from_u128(record), bytes);
    assert_eq!(of(1, b"a"), of(1, b"a"), "the same record");
    assert!(of(1, b"a") != of(2, b"a") && of(1, b"a") != of(1, b"b"), "another one, or in another state");
}
