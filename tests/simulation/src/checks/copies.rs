//! All copies are one: I1, I7, I11, I12, I13, I15.

use std::collections::BTreeMap;

use palier_store::Store;
use palier_sync::{RecordState, ScopeKey};
use uuid::Uuid;

use crate::act::Fate;
use crate::tablet::Tablet;
use crate::world::World;

/// Each tablet holds what it may, byte for byte what the server holds.
pub fn check(world: &World) {
    for tablet in &world.tablets {
        check_one(world, tablet);
    }
}

fn check_one(world: &World, tablet: &Tablet) {
    let n = tablet.at;
    assert_eq!(tablet.store().pending().unwrap().changes, 0, "I7: everything was sent (tablet {n})");
    let held = world.programme.held(n);
    let scopes = tablet.scopes();
    assert!(scopes.is_subset(&held), "I11: tablet {n} holds no more than it may: {scopes:?}");
    assert!(held.is_subset(&scopes), "I7: tablet {n} holds all it may: {scopes:?}");
    for scope in held {
        let own = tablet.store().digest_from_rows(&scope).unwrap();
        assert_eq!(own, tablet.store().digest(&scope).unwrap(), "I15: the kept digest is the counted one ({scope})");
        let server = world.server.ask(move |centre| centre.store.digest_from_rows(&scope));
        let (ours, theirs) = (records(&tablet.store(), &scope), of_server(world, scope));
        assert_eq!(
            own == server,
            ours == theirs,
            "I15: digests are equal when the records are, and only then ({scope})"
        );
        if tablet.outlived {
            check_covers(&ours, &theirs, scope);
        } else {
            assert_eq!(own, server, "I1: tablet {n} and the server hold the same bytes ({scope})");
        }
        let limit = world.server.now_ms() + palier_sync::clock::AHEAD_MS_MAX;
        let heads = ours.values().flat_map(|state| state.fields.values()).flat_map(|field| &field.heads);
        let ahead = heads.filter(|head| !tablet.outlived && head.stamp.utc_ms() > limit).count();
        assert_eq!(ahead, 0, "I12: no stamp of tablet {n} is in the server's future");
    }
}

/// After a restore a tablet may hold what the server lost; it lacks nothing that the server has.
fn check_covers(ours: &BTreeMap<Uuid, RecordState>, theirs: &BTreeMap<Uuid, RecordState>, scope: ScopeKey) {
    for (record, theirs) in theirs {
        let Some(ours) = ours.get(record) else { panic!("I1: {record} of {scope} is lacking after a restore") };
        let mut joined = ours.clone();
        joined.join(theirs.clone());
        assert_eq!(&joined, ours, "I1: what the server has of {record} is here after a restore");
    }
}

fn records(store: &Store, scope: &ScopeKey) -> BTreeMap<Uuid, RecordState> {
    let ids: Vec<Uuid> = store.buckets(scope).unwrap().into_iter().flat_map(|bucket| bucket.records).collect();
    ids.into_iter().map(|id| (id, store.record(id).unwrap().unwrap())).collect()
}

fn of_server(world: &World, scope: ScopeKey) -> BTreeMap<Uuid, RecordState> {
    world.server.ask(move |centre| Ok::<_, ()>(records(&centre.store, &scope)))
}

/// I13: a newcomer who is told records as they stand, and one who is told every change, end with the same bytes.
pub fn newcomers(world: &mut World) {
    for older in [false, true] {
        let n = 0;
        let mut newcomer = world.enrol(n);
        newcomer.older = older;
        let old = std::mem::replace(&mut world.tablets[n], newcomer);
        for _ in 0..2 {
            world.sync(n, 0, Fate::Delivered);
        }
        check_one(world, &world.tablets[n]);
        world.tablets[n] = old;
    }
}
