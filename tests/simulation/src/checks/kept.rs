//! Nothing is lost: I3, I4, I5, I14.

use palier_sync::{HeadId, RecordState, RecordType};

use crate::tablet::{Tablet, Written};
use crate::world::World;

/// Every value that was written is accounted for.
pub fn check(world: &World) {
    for tablet in world.tablets.iter().filter(|_| !world.restored) {
        let carried = tablet.store().carried_authors().unwrap();
        assert_eq!(carried, Vec::new(), "I7: what was carried for others is with the server");
    }
    for tablet in &world.tablets {
        let replica = tablet.replica();
        let consumed = world.server.ask(move |centre| centre.consumed(replica));
        let given: u64 = tablet.store().fact("sequence").unwrap().unwrap_or(0);
        assert!(consumed == given || tablet.outlived, "I5: {consumed} of {given} changes were consumed");
        for written in &tablet.written {
            check_value(world, tablet, written);
        }
    }
    for (tablet, consumed) in &world.retired {
        let replica = tablet.replica();
        let now = world.server.ask(move |centre| centre.consumed(replica));
        // A colleague may bring what it gave before: it is consumed, and nothing of it enters.
        let late = tablet.written.iter().filter(|written| (*consumed + 1..=now).contains(&written.head.dot.sequence));
        for written in late {
            let state = on_server(world, written);
            let here = state.is_some_and(|state| is_read(&state, written));
            assert!(!here, "a tablet that is not heard any more brings nothing: {written:?}");
        }
    }
    for written in &world.newer.written {
        let state = on_server(world, written);
        let here = state.as_ref().is_some_and(|state| stands(state, written, true));
        assert!(here || world.restored || world.moved, "I14: what a newer version wrote is kept as it was written");
        for tablet in world.tablets.iter().filter(|tablet| !tablet.outlived) {
            let theirs = tablet.store().record(written.record).unwrap();
            assert!(theirs.is_none() || theirs == state, "I14: and comes through every copy");
        }
    }
}

fn on_server(world: &World, written: &Written) -> Option<RecordState> {
    let record = written.record;
    world.server.ask(move |centre| centre.store.record(record))
}

fn check_value(world: &World, tablet: &Tablet, written: &Written) {
    let HeadId { dot, .. } = written.head;
    let state = on_server(world, written);
    if state.as_ref().is_some_and(|state| state.erased) {
        return;
    }
    if let Some(reason) = tablet.refusal(dot.sequence) {
        let programme = state.as_ref().is_some_and(|state| state.kind == RecordType::Profile.number());
        let right = match reason.as_str() {
            // Of a profile that was made and never accepted the server has nothing.
            "not_allowed" => programme || state.is_none() || world.moved,
            // What erased it was lost with the server that knew of it.
            "erased" => world.restored,
            _ => false,
        };
        assert!(right, "I4: {reason} is no reason to refuse {written:?}");
        let kept = state.is_some_and(|state| is_read(&state, written));
        assert!(!kept, "what was refused is nowhere: {written:?}");
        return;
    }
    let kept = state.as_ref().is_some_and(|state| stands(state, written, true));
    if !kept && tablet.outlived {
        // Lost with the server: whoever wrote it has it still, where it holds the scope.
        if tablet.given_up.contains(&written.scope) || tablet.lost.contains(&written.record) {
            return;
        }
        let own = tablet.store().record(written.record).unwrap();
        let here = own.as_ref().is_none_or(|state| state.erased || stands(state, written, false));
        assert!(here, "I4: what the server lost stands where it was written: {written:?}");
        return;
    }
    assert!(kept, "I3: a written value stands, or someone who saw it replaced it: {written:?}");
}

/// It stands as it was written, or was replaced. An effective time may stand in the place of a stamp that was ahead.
fn stands(state: &RecordState, written: &Written, exact: bool) -> bool {
    let field = state.field(written.field);
    let head = field.heads.iter().find(|head| head.id == written.head);
    let same = head.is_some_and(|head| {
        let stamp = head.stamp == written.stamp || head.stamp.time < written.stamp.time;
        !exact || head.value == written.value && stamp && head.stamp.replica == written.stamp.replica
    });
    same || field.past.contains(&written.head)
}

/// Its value can be read there. Its name alone may stand in a field's past: a colleague who had it by a bundle replaced it.
fn is_read(state: &RecordState, written: &Written) -> bool {
    state.field(written.field).heads.iter().any(|head| head.id == written.head)
}
