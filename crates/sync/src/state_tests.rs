//! Properties of the merge: I1, I2, I3, I9, I10, I14 on arbitrary sets of changes in arbitrary order.

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{Edit, digest, resolve};

const SCOPE: ScopeKey = ScopeKey::Territory;
const KIND: u16 = 20;

fn stamp(time: u64, replica: u32) -> Stamp {
    Stamp { time, replica }
}

/// A history that could have happened: each replica writes on top of what it had seen.
fn history() -> impl Strategy<Value = Vec<Change>> {
    let step = (0u32..3, 0u16..4, 0i64..4, any::<u16>(), any::<u8>());
    prop::collection::vec(step, 1..24).prop_map(|steps| {
        let mut copies = vec![RecordState::new(SCOPE, KIND); 3];
        let mut sequences = [0u64; 3];
        let mut changes: Vec<Change> = Vec::new();
        for (replica, field, value, clock, seen) in steps {
            let copy = &mut copies[replica as usize];
            for (index, change) in changes.iter().enumerate() {
                if (u32::from(seen) >> (index % 8)) & 1 == 1 {
                    copy.apply(change);
                }
            }
            sequences[replica as usize] += 1;
            let change = Change {
                dot: Dot { replica: replica + 1, sequence: sequences[replica as usize] },
                stamp: stamp(u64::from(clock), replica + 1),
                effective: None,
                scope: SCOPE,
                record: Uuid::nil(),
                kind: KIND,
                body: Body::Set(vec![Edit { field, value: Value::Int(value), bases: copy.field(field).ids() }]),
            };
            copy.apply(&change);
            changes.push(change);
        }
        changes
    })
}

fn fold<'a>(changes: impl IntoIterator<Item = &'a Change>) -> RecordState {
    let mut state = RecordState::new(SCOPE, KIND);
    for change in changes {
        state.apply(change);
    }
    state
}

/// A state and the values replaced in it, by field.
fn fold_with_past(changes: &[Change]) -> (RecordState, Vec<(u16, Head)>) {
    let mut state = RecordState::new(SCOPE, KIND);
    let replaced = changes.iter().flat_map(|change| state.apply(change).replaced).collect();
    (state, replaced)
}

proptest! {
    /// Changes taken out leave what the others say, as far as another copy has it; what no other copy has stands still.
    #[test]
    fn what_is_taken_out_takes_nothing_else_along(history in history(), dropped: u32, elsewhere: u32) {
        let chosen = |mask: u32, index: usize| (mask >> (index % 32)) & 1 == 1;
        let (mut out, mut kept, mut theirs) = (Vec::new(), Vec::new(), RecordState::new(SCOPE, KIND));
        for (index, change) in history.iter().enumerate() {
            if chosen(dropped, index) {
                out.push(change.without_values());
                continue;
            }
            kept.push(change.clone());
            if chosen(elsewhere, index) {
                theirs.apply(change);
            }
        }
        let (mut mine, replaced) = fold_with_past(&history);
        prop_assert!(mine.take_out(&out, &replaced));
        let mut with_all = mine.clone();
        with_all.join(fold(&kept));
        prop_assert_eq!(&with_all, &fold(&kept), "who has all the others puts the state right");
        mine.join(theirs);
        for (number, field) in &fold(&kept).fields {
            for head in &field.heads {
                prop_assert!(mine.field(*number).heads.contains(head), "a value that stands is lost");
            }
        }
        for change in &out {
            for (id, edit) in change.written() {
                prop_assert!(mine.field(edit.field).heads.iter().all(|head| head.id != id), "a dropped value stands");
            }
        }
    }
}

#[test]
fn an_erasure_is_not_taken_out_of_what_it_emptied() {
    let mut state = RecordState::new(SCOPE, KIND);
    let erase = Change {
        dot: Dot { replica: 1, sequence: 1 },
        stamp: stamp(1, 1),
        effective: None,
        scope: SCOPE,
        record: Uuid::nil(),
        kind: KIND,
        body: Body::Erase,
    };
    state.apply(&erase);
    assert!(state.take_out(&[], &[]), "nothing to take out");
    assert!(!state.take_out(&[erase], &[]));
}

#[test]
fn the_servers_time_stands_whichever_way_the_change_came_first() {
    let edit = Edit { field: 2, value: Value::Int(1), bases: Vec::new() };
    let ahead = Change {
        dot: Dot { replica: 1, sequence: 1 },
        stamp: stamp(9_000, 1),
        effective: None,
        scope: SCOPE,
        record: Uuid::nil(),
        kind: KIND,
        body: Body::Set(vec![edit]),
    };
    let decided = Change { effective: Some(50), ..ahead.clone() };
    let (by_bundle_first, by_server_first) = (fold([&ahead, &decided]), fold([&decided, &ahead]));
    assert_eq!(by_bundle_first, by_server_first, "a bundle brings the author's time, the server its own");
    assert_eq!(by_bundle_first.field(2).heads[0].stamp.time, 50, "and the server's stands");
    assert!(by_bundle_first.knows(&ahead) && by_bundle_first.knows(&decided), "both ways it is the same change");
    let other = Change { dot: Dot { replica: 1, sequence: 2 }, ..ahead };
    assert!(!by_bundle_first.knows(&other), "another is not known");
    let bases = vec![HeadId { dot: other.dot, part: 0 }];
    let seen = Change { body: Body::Set(vec![Edit { field: 2, value: Value::Int(1), bases }]), ..decided };
    assert!(!by_bundle_first.knows(&seen), "nor one that names a value which is not known to be past");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn two_copies_joined_are_the_copy_of_both(changes in history(), one in any::<u32>(), erased in any::<bool>()) {
        let held = |mask: u32| changes.iter().enumerate().filter(move |(n, _)| (mask >> (n % 32)) & 1 == 1).map(|(_, change)| change);
        let (mut first, mut second) = (fold(held(one)), fold(held(!one)));
        if erased {
            second.erased = true;
            second.fields.clear();
        }
        let whole = if erased { second.clone() } else { fold(&changes) };
        let (a, b) = (first.clone(), second.clone());
        first.join(b);
        second.join(a);
        prop_assert_eq!(digest::pack(&first).unwrap(), digest::pack(&whole).unwrap(), "nothing of either is lost");
        prop_assert_eq!(digest::pack(&second).unwrap(), digest::pack(&whole).unwrap(), "whichever joins the other");
        first.join(second);
        prop_assert_eq!(digest::pack(&first).unwrap(), digest::pack(&whole).unwrap(), "joining again changes nothing");
    }

    #[test]
    fn any_order_and_any_repetition_give_the_same_bytes(changes in history(), order in any::<prop::sample::Index>(), seed in any::<u64>()) {
        let expected = digest::pack(&fold(&changes)).unwrap();
        let mut shuffled: Vec<&Change> = changes.iter().chain(&changes).collect();
        let mut state = seed | 1;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(i, usize::try_from(state >> 33).unwrap() % (i + 1));
        }
        prop_assert_eq!(digest::pack(&fold(shuffled)).unwrap(), expected.clone(), "order and repetition cannot matter (I1)");
        let cut = order.index(changes.len());
        let mut late = fold(&changes[cut..]);
        for change in &changes[..cut] { late.apply(change); }
        prop_assert_eq!(digest::pack(&late).unwrap(), expected, "what replaces may arrive before what it replaces");
    }

    #[test]
    fn a_value_is_hidden_only_by_someone_who_saw_it(changes in history()) {
        let state = fold(&changes);
        for change in &changes {
            let Body::Set(edits) = &change.body else { continue };
            let id = HeadId { dot: change.dot, part: 0 };
            for edit in edits {
                let stands = state.field(edit.field).heads.iter().any(|head| head.id == id);
                let named = changes.iter().any(|other| matches!(&other.body, Body::Set(e) if e.iter().any(|e| e.field == edit.field && e.bases.contains(&id))));
                prop_assert!(stands != named, "a value stands until a change names it (I3)");
            }
        }
    }

    #[test]
    fn erasure_absorbs_what_comes_before_beside_and_after(changes in history(), place in any::<prop::sample::Index>()) {
        let erase = Change { body: Body::Erase, dot: Dot { replica: 9, sequence: 1 }, ..changes[0].clone() };
        let mut all = changes.clone();
        all.insert(place.index(changes.len() + 1), erase);
        let state = fold(&all);
        prop_assert!(state.erased && state.fields.is_empty(), "nothing of an erased record is left (I10)");
    }
}

#[test]
fn sets_counters_claims_and_agreements_read_as_their_class_says() {
    let head = |replica, sequence, part, time, value| Head {
        id: HeadId { dot: Dot { replica, sequence }, part },
        stamp: stamp(time, replica),
        value,
    };
    let field = |heads| FieldState { heads, past: Vec::new() };
    let text = |t: &str| Value::Text(t.to_owned());

    let set =
        field(vec![head(1, 1, 0, 5, text("caf")), head(1, 1, 1, 5, text("logement")), head(2, 1, 0, 9, text("caf"))]);
    assert_eq!(resolve::elements(&set), ["caf", "logement"], "an element added twice is there once");

    let counter = field(vec![head(1, 4, 0, 5, Value::Int(7)), head(2, 2, 0, 6, Value::Int(-2))]);
    assert_eq!(resolve::total(&counter), 5, "sub-counts add up");

    let claim = field(vec![head(1, 1, 0, 9, text("a")), head(2, 1, 0, 5, text("b"))]);
    assert_eq!(resolve::claim(&claim).map(|h| h.value.as_text()), Some("b"), "the first to claim keeps it");

    let agreement = field(vec![head(1, 1, 0, 99, text("granted")), head(2, 1, 0, 5, text("withdrawn"))]);
    assert_eq!(
        resolve::agreement(&agreement).code(),
        "withdrawn",
        "the most protective of two at once, whatever the clocks"
    );

    let equal = field(vec![head(1, 1, 0, 1, text("x")), head(2, 1, 0, 2, text("x"))]);
    assert!(resolve::others(&equal).is_empty(), "the same value twice is no conflict");
    let two = field(vec![head(1, 1, 0, 1, text("x")), head(2, 1, 0, 2, text("y"))]);
    assert_eq!(resolve::others(&two).len(), 1, "two notes written at once are both kept");
}

#[test]
fn a_later_agreement_lifts_only_the_refusal_that_it_saw() {
    let write = |replica, time, status: &str, bases: Vec<HeadId>| Change {
        dot: Dot { replica, sequence: 1 },
        stamp: stamp(time, replica),
        effective: None,
        scope: SCOPE,
        record: Uuid::nil(),
        kind: 22,
        body: Body::Set(vec![Edit { field: 3, value: Value::text(status), bases }]),
    };
    let refusal = write(1, 50, "refused", Vec::new());
    let seen = HeadId { dot: refusal.dot, part: 0 };
    let later = write(2, 10, "granted", vec![seen]);
    let beside = write(3, 99, "granted", Vec::new());
    assert_eq!(
        resolve::agreement(fold([&refusal, &beside]).field(3)).code(),
        "refused",
        "a grant beside it lifts nothing (I9)"
    );
    assert_eq!(
        resolve::agreement(fold([&later, &refusal, &beside]).field(3)).code(),
        "granted",
        "a grant that saw it lifts it, whatever the clock"
    );
}

#[test]
fn a_field_of_one_value_reads_as_what_it_is() {
    let mut state = RecordState::new(SCOPE, KIND);
    let body = |field, value| Body::Set(vec![Edit { field, value, bases: Vec::new() }]);
    let change = |sequence, body| Change {
        dot: Dot { replica: 1, sequence },
        stamp: stamp(sequence, 1),
        effective: None,
        scope: SCOPE,
        record: Uuid::nil(),
        kind: KIND,
        body,
    };
    let (number, text) = (change(1, body(1, Value::Int(42))), change(2, body(2, Value::text("C"))));
    state.apply(&number);
    state.apply(&text);
    let read = |field| (resolve::int(&state, field), resolve::text(&state, field));
    assert_eq!(read(1), (Some(42), String::new()));
    assert_eq!(read(2), (None, "C".to_owned()));
    assert_eq!(read(3), (None, String::new()), "nobody wrote it");
    let erasure = change(3, Body::Erase);
    assert!(state.knows(&number) && !state.knows(&erasure));
    state.apply(&erasure);
    assert!(state.knows(&number) && state.knows(&erasure), "nothing more can be said of what is erased");
}
