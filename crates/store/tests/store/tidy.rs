//! A store gives back the room that it does not need, and loses nothing by it.

use palier_store::{Store, StoreError};
use palier_sync::catalogue::visit_note;
use palier_sync::{RecordType, Value};
use uuid::Uuid;

use crate::stair;
use crate::tables::{self, Place};
use crate::territory::{NOW, file};

/// Notes written, and what each says.
const NOTES: u128 = 2_000;

/// Text of so many words, which none shares with another: a row keeps its length.
fn note(n: u128, words: u8) -> Value {
    let words: Vec<String> = (0..words).map(|word| Uuid::new_v5(&Uuid::from_u128(n), &[word]).to_string()).collect();
    Value::text(&words.join(" "))
}

fn write(store: &mut Store, each: impl Fn(u128) -> Option<Value>) {
    store
        .write::<_, StoreError>(NOW, |draft| {
            for n in 0..NOTES {
                if let Some(value) = each(n) {
                    draft.set(file(), Uuid::from_u128(n), RecordType::VisitNote, &[(visit_note::text, value)])?;
                }
            }
            Ok(())
        })
        .unwrap();
}

fn bytes(place: &Place) -> usize {
    place.bytes().iter().map(|(_, bytes)| bytes.len()).sum()
}

#[test]
fn room_that_is_not_needed_is_given_back() {
    let place = Place::new();
    let mut store = place.open();
    store.set_replica(1).unwrap();
    stair::make(&mut store, "12 allée de Milan", "C");
    write(&mut store, |n| Some(note(n, 10)));
    assert!(!store.tidy().unwrap(), "a store that was filled in order has no room to give");
    write(&mut store, |n| (n % 3 == 0).then(|| note(n + NOTES, 16)));
    store.acknowledge(u64::MAX, &[], &[], NOW).unwrap();
    store.checkpoint().unwrap();
    let (before, full) = (tables::every(&place.path()), bytes(&place));
    assert!(store.tidy().unwrap(), "rows that grew left pages half full");
    assert!(bytes(&place) * 10 < full * 9, "{} of {full} bytes", bytes(&place));
    let mut after = tables::every(&place.path());
    let mut expected = before;
    for tables in [&mut expected, &mut after] {
        tables.remove("meta");
    }
    tables::same(&expected, &after, "every row is there as it was");
    assert!(!store.tidy().unwrap(), "once is enough");
    let full = bytes(&place);
    store.drop_scope(&file()).unwrap();
    assert!(store.tidy().unwrap(), "what goes with a scope leaves its room");
    assert!(bytes(&place) * 2 < full, "{} of {full} bytes", bytes(&place));
}
