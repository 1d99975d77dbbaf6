//! Opening refuses what it must and harms nothing.

use palier_store::{Store, StoreError, StoreKey, connect};

use crate::stair;
use crate::tables::{self, Place, key};

fn with_a_stair() -> Place {
    let place = Place::new();
    let mut store = place.open();
    store.set_replica(1).unwrap();
    stair::make(&mut store, "12 allée de Milan", "C");
    place
}

#[test]
fn a_wrong_key_opens_nothing() {
    let place = with_a_stair();
    let before = tables::every(&place.path());
    let opened = Store::open(&place.path(), &StoreKey::new([8; 32]));
    assert!(matches!(opened, Err(StoreError::WrongKey)), "another key is refused");
    tables::same(&before, &tables::every(&place.path()), "a wrong key changes nothing");
}

#[test]
fn a_file_that_is_no_store_is_refused() {
    let place = Place::new();
    std::fs::write(place.path(), "SQLite format 3\0 but not really".repeat(500)).unwrap();
    assert!(matches!(Store::open(&place.path(), &key()), Err(StoreError::WrongKey)), "it is no store of ours");
    assert!(place.bytes()[0].1.starts_with(b"SQLite format 3\0 but"), "and is left as it was");
}

#[test]
fn a_store_of_a_newer_version_is_refused_and_kept() {
    let place = with_a_stair();
    let connection = connect(&place.path(), &key()).unwrap();
    connection.execute_batch("CREATE TABLE of_tomorrow (n INTEGER); PRAGMA user_version = 99;").unwrap();
    drop(connection);
    let before = tables::every(&place.path());
    assert!(matches!(Store::open(&place.path(), &key()), Err(StoreError::Newer)), "an older app does not touch it");
    tables::same(&before, &tables::every(&place.path()), "nothing is lost");
}

#[test]
fn a_damaged_page_is_noticed() {
    let place = with_a_stair();
    let store = place.open();
    store.checkpoint().unwrap();
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "a whole store has no fault");
    drop(store);
    let mut bytes = std::fs::read(place.path()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(place.path(), bytes).unwrap();
    let faults = Store::open(&place.path(), &key()).and_then(|store| store.integrity());
    assert!(!matches!(faults, Ok(faults) if faults.is_empty()), "one bit that turned is seen");
}

#[test]
fn a_log_left_by_a_stop_is_cut_when_the_store_opens() {
    let place = Place::new();
    let mut store = place.open();
    store.set_replica(1).unwrap();
    stair::make(&mut store, "12 allée de Milan", "C");
    let log = |path: std::path::PathBuf| std::fs::metadata(path).map_or(0, |file| file.len());
    // A copy of the files as they lie is what a tablet finds after a stop.
    let stopped = Place::new();
    for name in ["", "-wal"] {
        std::fs::copy(beside(&place.path(), name), beside(&stopped.path(), name)).unwrap();
    }
    assert!(log(beside(&stopped.path(), "-wal")) > 0, "the work is still in the log");
    let opened = stopped.open();
    assert_eq!(log(beside(&stopped.path(), "-wal")), 0, "no old page of what was erased outlives the next opening");
    tables::same(&tables::every(&place.path()), &tables::every(&stopped.path()), "and nothing is lost");
    drop((store, opened));
}

fn beside(path: &std::path::Path, end: &str) -> std::path::PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
