//! The store of a tablet: each of its writes, with a fault at each step.

use std::path::{Path, PathBuf};

use palier_disk::{Disk, Fault};
use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_store::acts::Act;
use palier_store::carried::Incoming;
use palier_store::{Store, StoreError, StoreKey, agreement_id, connect};
use palier_sync::catalogue::{agreement as a, fleet_visit as f, person as p};
use palier_sync::wire::{Batch, RefusalReason, Refused};
use palier_sync::{Change, RecordType, ScopeKey, Value};
use rusqlite::types::Value as Cell;
use uuid::Uuid;

const NOW: i64 = 1_795_000_000_000;
const SCOPE: ScopeKey = ScopeKey::File { sector: Uuid::from_u128(2), structure: Uuid::from_u128(3) };
const PERSON: Uuid = Uuid::from_u128(4);
const HOUSEHOLD: Uuid = Uuid::from_u128(5);

/// One write of the store.
type Write = dyn Fn(&mut Store) -> Result<(), StoreError>;

fn key() -> StoreKey {
    StoreKey::new([7; 32])
}

fn visit(number: u128) -> Uuid {
    Uuid::from_u128(1_000 + number)
}

fn fields(number: u128) -> Vec<(u16, Value)> {
    vec![(f::outcome, Value::text("no_answer")), (f::notes, Value::text(&format!("repasser le soir, essai {number}")))]
}

fn tell(store: &mut Store, from: u128, count: u128) -> Result<Vec<Change>, StoreError> {
    let written = store.write(NOW, |draft| -> Result<(), StoreError> {
        for number in from..from + count {
            draft.make(SCOPE, visit(number), RecordType::FleetVisit, &fields(number))?;
        }
        let id = Uuid::from_u128(500 + from);
        draft.act(Act { id, kind: "visit", code: String::new(), door: None, stair: None, count: 1, undoable: true });
        Ok(())
    })?;
    Ok(written.changes)
}

/// A store with some history, closed.
fn prepared(file: &Path) {
    let mut store = Store::open(file, &key()).unwrap();
    store.set_replica(5).unwrap();
    tell(&mut store, 0, 40).unwrap();
    carry(&mut store, &told_by(7, 100, 3)).unwrap();
    store
        .write(NOW, |draft| -> Result<(), StoreError> {
            let of = Value::text(&HOUSEHOLD.to_string());
            let agreed = [(a::household, of.clone()), (a::status, Value::text("granted"))];
            draft.make(SCOPE, agreement_id(HOUSEHOLD, RECORD_NOMINATIVE), RecordType::Agreement, &agreed)?;
            draft.make(
                SCOPE,
                PERSON,
                RecordType::Person,
                &[(p::household, of), (p::given_name, Value::text("Mona"))],
            )?;
            Ok(())
        })
        .unwrap();
}

/// What another tablet told.
fn told_by(replica: u32, from: u128, count: u128) -> Vec<Change> {
    let mut other = Store::in_memory().unwrap();
    other.set_replica(replica).unwrap();
    tell(&mut other, from, count).unwrap()
}

/// Takes in what another tablet told, and carries it.
fn carry(store: &mut Store, changes: &[Change]) -> Result<(), StoreError> {
    let replica = changes[0].dot.replica;
    let batch = Batch { replica, changes: serde_json::to_string(changes).unwrap(), signature: "00".repeat(64) };
    let allowed = vec![true; changes.len()];
    store.take_carried(Incoming { batch: &batch, changes, allowed: &allowed, waits: false }, NOW).map(|_| ())
}

/// Every row of every table, whatever keeps it.
fn rows(file: &Path) -> Vec<(String, Vec<Vec<Cell>>)> {
    let connection = connect(file, &key()).unwrap();
    let mut tables = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name")
        .unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let table = |name: &String| {
        let mut all = connection.prepare(&format!("SELECT * FROM \"{name}\"")).unwrap();
        let columns = all.column_count();
        let rows = all.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
        (name.clone(), rows.collect::<Result<_, _>>().unwrap())
    };
    names.iter().map(table).collect()
}

/// The write fails at each step in turn, until there is no step left to fail; answers how many there were.
fn at_each_step(name: &str, write: &Write, fault: Fault) -> u64 {
    let folder = crate::folder();
    let file = |name: &str| -> PathBuf { folder.path().join(name) };
    let disk = Disk::of(folder.path()).unwrap();
    prepared(&file("before"));
    std::fs::copy(file("before"), file("after")).unwrap();
    write(&mut Store::open(&file("after"), &key()).unwrap()).unwrap();
    let (before, after) = (rows(&file("before")), rows(&file("after")));
    for step in 0.. {
        let case = format!("{name}, {fault:?} at step {step}");
        // The app goes on: the same connection does it again.
        let going = file("going");
        std::fs::copy(file("before"), &going).unwrap();
        let mut store = Store::open(&going, &key()).unwrap();
        disk.fail_after(step, fault);
        let told = write(&mut store);
        let hit = disk.mend() > 0;
        match &told {
            Err(StoreError::Full) => assert_eq!(fault, Fault::Full, "{case}"),
            Err(StoreError::Sqlite(_)) => {}
            Err(error) => panic!("{case}: {error:?}"),
            Ok(()) => {}
        }
        write(&mut store).unwrap_or_else(|error| panic!("{case}, again: {error:?}"));
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "{case}");
        drop(store);
        assert!(rows(&going) == after, "{case}: done again, it is what it is without a fault");
        // The app is gone before there is space: it is opened again.
        let gone = file("gone");
        std::fs::copy(file("before"), &gone).unwrap();
        let mut store = Store::open(&gone, &key()).unwrap();
        disk.fail_after(step, fault);
        let told = write(&mut store);
        drop(store);
        disk.mend();
        let found = rows(&gone);
        let whole = if told.is_ok() { found == after } else { found == before || found == after };
        assert!(whole, "{case}: {told:?}, and it is neither what was there nor what was to be");
        let mut store = Store::open(&gone, &key()).unwrap();
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "{case}");
        write(&mut store).unwrap_or_else(|error| panic!("{case}, opened again: {error:?}"));
        drop(store);
        assert!(rows(&gone) == after, "{case}: opened again and done, it is what it is without a fault");
        if !hit {
            told.unwrap();
            return step;
        }
    }
    unreachable!("a write has an end")
}

fn both(name: &str, least: u64, write: &Write) {
    for fault in [Fault::Full, Fault::Device] {
        let steps = at_each_step(name, write, fault);
        assert!(steps >= least, "{name} has {least} steps that write at least, and {steps} were failed");
    }
}

#[test]
fn a_passage_is_there_or_not() {
    both("a passage", 10, &|store| match store.record(visit(90))? {
        Some(_) => Ok(()),
        None => tell(store, 90, 1).map(|_| ()),
    });
}

#[test]
fn a_page_is_taken_in_or_not() {
    let changes = told_by(6, 200, 60);
    both("a page", 20, &move |store| store.apply_page(&SCOPE, &changes, 60, NOW).map(|_| ()));
}

#[test]
fn a_carried_batch_is_taken_in_or_not() {
    let changes = told_by(6, 200, 60);
    both("a carried batch", 20, &move |store| carry(store, &changes));
}

#[test]
fn a_carried_batch_that_the_server_has_leaves_or_not() {
    let refused = [Refused { replica: 7, sequence: 2, reason: RefusalReason::NotAllowed }];
    both("a carried batch that leaves", 5, &move |store| store.acknowledge_carried(7, 3, &refused));
}

#[test]
fn what_is_acknowledged_leaves_the_queue_or_not() {
    both("an acknowledgement", 10, &|store| store.acknowledge(30, &[], &[], NOW));
}

#[test]
fn a_person_is_erased_or_not() {
    both("an erasure", 10, &|store| {
        store.write(NOW, |draft| draft.erase(SCOPE, PERSON, RecordType::Person).map(|_| ()))?;
        // An erasure that was written and whose log could not be cut is told as a fault: again, it is cut.
        store.checkpoint()
    });
}

#[test]
fn projections_are_built_again_or_stay() {
    both("a rebuild", 10, &|store| store.rebuild());
}

#[test]
fn a_new_store_is_made_or_made_the_next_time() {
    for fault in [Fault::Full, Fault::Device] {
        for step in 0.. {
            let folder = crate::folder();
            let disk = Disk::of(folder.path()).unwrap();
            let file = folder.path().join("new");
            disk.fail_after(step, fault);
            let made = Store::open(&file, &key()).and_then(|store| store.set_replica(5));
            let hit = disk.mend() > 0;
            if let Err(error) = &made {
                assert!(!matches!(error, StoreError::WrongKey | StoreError::Damaged | StoreError::Newer), "{error:?}");
            }
            let mut store = Store::open(&file, &key()).unwrap();
            store.set_replica(5).unwrap();
            tell(&mut store, 0, 1).unwrap();
            assert_eq!(store.integrity().unwrap(), Vec::<String>::new());
            if !hit {
                assert!(step > 20, "making a store has {step} steps that write");
                break;
            }
        }
    }
}
