//! I13 on arbitrary sets of changes, in arbitrary order, compacted any number of times, read on from anywhere.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{Dot, RecordState, ScopeKey, Stamp};

const SCOPE: ScopeKey = ScopeKey::Territory;

fn change(replica: u32, sequence: u64, edits: Vec<Edit>) -> Change {
    Change {
        dot: Dot { replica, sequence },
        stamp: Stamp { time: sequence, replica },
        effective: None,
        scope: SCOPE,
        record: Uuid::nil(),
        kind: 20,
        body: Body::Set(edits),
    }
}

fn name(replica: u32, sequence: u64, part: u8) -> HeadId {
    HeadId { dot: Dot { replica, sequence }, part }
}

/// Changes that name whatever they like as replaced: what comes later, what never comes, themselves, each other.
fn changes() -> impl Strategy<Value = Vec<Change>> {
    let base = (1u32..4, 1u64..7, 0u8..2).prop_map(|(replica, sequence, part)| name(replica, sequence, part));
    let edit = (0u16..2, 0i64..5, prop::collection::vec(base, 0..3));
    let edit = edit.prop_map(|(field, value, bases)| Edit { field, value: Value::Int(value), bases });
    let step = (1u32..4, prop::collection::vec(edit, 0..4), prop::option::of(0u64..9));
    prop::collection::vec(step, 1..12).prop_map(|steps| {
        let mut sequences = [0u64; 4];
        let made = steps.into_iter().map(|(replica, edits, effective)| {
            sequences[replica as usize] += 1;
            Change { effective, ..change(replica, sequences[replica as usize], edits) }
        });
        made.collect()
    })
}

fn fold<'a>(changes: impl IntoIterator<Item = &'a Change>) -> RecordState {
    let mut state = RecordState::new(SCOPE, 20);
    changes.into_iter().for_each(|change| {
        state.apply(change);
    });
    state
}

/// Compacts the first ones of what is left; those behind stay as they are.
fn compacted(mut told: Vec<Option<Change>>, up_to: usize) -> Vec<Option<Change>> {
    let here: Vec<usize> = (0..up_to).filter(|place| told[*place].is_some()).collect();
    let changes: Vec<Change> = here.iter().filter_map(|place| told[*place].clone()).collect();
    for (place, left) in here.into_iter().zip(compact(&changes)) {
        told[place] = left;
    }
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn whoever_goes_on_from_anywhere_ends_with_the_same_state(
        changes in changes(), first: prop::sample::Index, second: prop::sample::Index
    ) {
        let whole = fold(&changes);
        let (first, second) = (first.index(changes.len() + 1), second.index(changes.len() + 1));
        let once = compacted(changes.iter().cloned().map(Some).collect(), first.min(second));
        let twice = compacted(once.clone(), first.max(second));
        for told in [&once, &twice] {
            for c in 0..=changes.len() {
                let read = changes[..c].iter().chain(told[c..].iter().flatten());
                prop_assert_eq!(&fold(read), &whole, "read up to {}", c);
            }
            // Who read a part of it before the second compaction.
            for c in 0..=changes.len() {
                let read = once[..c].iter().flatten().chain(told[c..].iter().flatten());
                prop_assert_eq!(&fold(read), &whole, "read up to {} of what was left", c);
            }
        }
    }

    #[test]
    fn what_was_replaced_goes_and_what_stands_stays(changes in changes()) {
        let whole = fold(&changes);
        let left = compact(&changes);
        let values: usize = left.iter().flatten().flat_map(Change::written).filter(|(_, edit)| edit.value != Value::Null).count();
        let stand: usize = whole.fields.values().map(|field| field.heads.len()).sum();
        prop_assert_eq!(values, stand, "a value for each that stands, and no other");
        let again: Vec<Change> = left.into_iter().flatten().collect();
        prop_assert_eq!(compact(&again), again.into_iter().map(Some).collect::<Vec<_>>(), "nothing is left to do");
    }
}

fn set(value: i64, bases: Vec<HeadId>) -> Edit {
    Edit { field: 1, value: Value::Int(value), bases }
}

#[test]
fn a_number_that_was_changed_ten_times_is_one_change() {
    let changes: Vec<Change> = (1..=10)
        .map(|sequence| {
            change(1, sequence, vec![set(7, (1..sequence).last().map(|one| name(1, one, 0)).into_iter().collect())])
        })
        .collect();
    let left: Vec<Change> = compact(&changes).into_iter().flatten().collect();
    assert_eq!(left.len(), 1, "the last one");
    assert_eq!(left[0].dot, changes[9].dot, "in its own name");
}

#[test]
fn what_is_replaced_before_it_arrives_stands_nowhere() {
    // The second change came by another tablet before the one that it replaces, which itself replaced a third.
    let changes = [
        change(1, 1, vec![set(1, vec![])]),
        change(2, 1, vec![set(3, vec![name(1, 2, 0)])]),
        change(1, 2, vec![set(2, vec![name(1, 1, 0)])]),
    ];
    let left = compact(&changes);
    assert!(left[0].is_none(), "replaced, and named so by the last");
    let Some(Body::Set(edits)) = left[2].as_ref().map(|change| &change.body) else { panic!("the last stays") };
    assert_eq!((&edits[0].value, edits[0].bases.as_slice()), (&Value::Null, [name(1, 1, 0), name(1, 2, 0)].as_slice()));
    let mut between = fold(&changes[..2]);
    assert_eq!(between.field(1).heads.len(), 2, "who has read so far sees two");
    let applied = between.apply(left[2].as_ref().unwrap());
    assert_eq!(between, fold(&changes), "and then one");
    assert_eq!(applied.replaced.len(), 1, "the history is told what stood, and no null");
}
