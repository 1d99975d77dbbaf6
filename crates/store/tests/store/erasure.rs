//! Names, notes and phones are written nowhere in clear, and after an erasure nowhere at all (I10).

use palier_store::{Store, StoreError};
use palier_sync::catalogue::{household, person, visit, visit_note};
use palier_sync::wire::{RefusalReason, Refused};
use palier_sync::{RecordType, Value};
use uuid::Uuid;

use crate::stair::{self, text};
use crate::tables::{self, Place};
use crate::territory::{self, NOW, file};

/// Canaries of each kind: names, notes and phones, 50 in all.
const EACH: usize = 10;

/// Words that nothing else holds. Letters only, so that the folded index holds them as they are.
struct Canaries {
    given: Vec<String>,
    family: Vec<String>,
    phones: Vec<String>,
    notes: Vec<String>,
    files: Vec<String>,
}

impl Canaries {
    fn new() -> Self {
        let words =
            |start: &str| (0..EACH).map(|n| format!("{start}{}", "bcdfghjklm".chars().nth(n).unwrap())).collect();
        Self {
            given: words("zqxcanaryg"),
            family: words("zqxcanaryf"),
            phones: (0..EACH).map(|n| format!("06993377{n:02}")).collect(),
            notes: words("zqxcanaryn"),
            files: words("zqxcanaryh"),
        }
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.given.iter().chain(&self.family).chain(&self.phones).chain(&self.notes).chain(&self.files)
    }
}

/// Writes the canaries as the app does, each value once replaced by another and back so that the history holds it too.
fn plant(store: &mut Store, canaries: &Canaries) -> Vec<(Uuid, RecordType)> {
    let milan = stair::make(store, "12 allée de Milan", "C");
    let mut records = Vec::new();
    for n in 0..EACH {
        let door = milan.door(1, "101");
        let (home, people) = stair::household(store, door, &[(&canaries.given[n], &canaries.family[n])]);
        let (passage, note) = (Uuid::now_v7(), Uuid::now_v7());
        records.extend([(people[0], RecordType::Person), (note, RecordType::VisitNote), (home, RecordType::Household)]);
        let fields =
            [(visit::door, text(door)), (visit::outcome, Value::text("opened_full")), (visit::at, Value::Int(NOW))];
        let file_note = format!("Repasser, {}", canaries.files[n]);
        store
            .write::<_, StoreError>(NOW, |draft| {
                draft.set(territory::place(), passage, RecordType::Visit, &fields)?;
                let fields = [(visit_note::visit, text(passage)), (visit_note::door, text(door))];
                draft.set(file(), note, RecordType::VisitNote, &fields)?;
                draft.set_undoable(
                    file(),
                    note,
                    RecordType::VisitNote,
                    visit_note::text,
                    Value::text(&canaries.notes[n]),
                )?;
                draft.set_undoable(file(), home, RecordType::Household, household::note, Value::text(&file_note))?;
                let phone = Value::text(&canaries.phones[n]);
                draft.set_undoable(file(), people[0], RecordType::Person, person::phone, phone)?;
                draft.act(act());
                Ok(())
            })
            .unwrap();
        for (record, kind, field) in [
            (people[0], RecordType::Person, person::given_name),
            (people[0], RecordType::Person, person::phone),
            (note, RecordType::VisitNote, visit_note::text),
        ] {
            replace_and_undo(store, record, kind, field);
        }
    }
    records
}

fn act() -> palier_store::acts::Act {
    palier_store::acts::Act {
        id: Uuid::now_v7(),
        kind: "note",
        code: String::new(),
        door: None,
        stair: None,
        count: 1,
        undoable: true,
    }
}

fn replace_and_undo(store: &mut Store, record: Uuid, kind: RecordType, field: u16) {
    let act = act();
    let id = act.id;
    store
        .write::<_, StoreError>(NOW, |draft| {
            draft.act(act);
            draft.set_undoable(file(), record, kind, field, Value::text("autre"))
        })
        .unwrap();
    store.turn_act(id, true, NOW).unwrap();
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

#[test]
fn nothing_is_written_in_clear() {
    let place = Place::new();
    let mut store = place.open();
    store.set_replica(1).unwrap();
    let canaries = Canaries::new();
    plant(&mut store, &canaries);
    assert_eq!(canaries.all().count(), 50, "as many as the promise names");
    let hits = store.search(&canaries.family[3], None).unwrap();
    assert!(hits[0].title.contains(&canaries.family[3]), "they are there: one is found");
    let readable = tables::every(&place.path());
    for word in canaries.all() {
        assert!(readable.values().flatten().any(|row| row.contains(word)), "{word} is in the opened store");
    }
    let scan = |why: &str| {
        let files = place.bytes();
        assert!(files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > 50_000, "there is something to scan");
        for (path, bytes) in files {
            for word in canaries.all() {
                assert!(!holds(&bytes, word), "{word} is in {} {why}", path.display());
            }
        }
    };
    scan("while open");
    assert!(place.bytes().len() >= 3, "the file, its log and its index are scanned");
    drop(store);
    scan("once closed");
}

#[test]
fn after_an_erasure_nothing_is_left() {
    let place = Place::new();
    let mut store = place.open();
    store.set_replica(1).unwrap();
    let canaries = Canaries::new();
    let records = plant(&mut store, &canaries);
    for (record, kind) in records {
        store.write::<_, StoreError>(NOW, |draft| draft.erase(file(), record, kind)).unwrap();
    }
    for word in canaries.all() {
        assert!(store.search(word, None).unwrap().is_empty(), "{word} is found no more");
    }
    drop(store);
    none_is_left(&place, &canaries);
}

#[test]
fn after_a_scope_is_given_up_nothing_of_it_is_left() {
    let place = Place::new();
    let mut store = place.open();
    store.set_replica(1).unwrap();
    let canaries = Canaries::new();
    plant(&mut store, &canaries);
    let written: Vec<_> = store.outbox(10_000, usize::MAX).unwrap();
    let refused: Vec<Refused> = written
        .iter()
        .filter(|change| change.kind == RecordType::Person.number())
        .map(|change| Refused { replica: 1, sequence: change.dot.sequence, reason: RefusalReason::NotAllowed })
        .collect();
    store.acknowledge(written.last().unwrap().dot.sequence, &refused, &[], NOW).unwrap();
    store.drop_scope(&file()).unwrap();
    let told = store.quarantined().unwrap();
    assert_eq!(told.len(), refused.len(), "that something was refused stays told");
    drop(store);
    none_is_left(&place, &canaries);
}

/// No table says any of the words, the journal and the search index included.
fn none_is_left(place: &Place, canaries: &Canaries) {
    let tables = tables::every(&place.path());
    for (table, rows) in &tables {
        for (word, row) in canaries.all().flat_map(|word| rows.iter().map(move |row| (word, row))) {
            assert!(!row.contains(word), "{word} is left in {table}: {row}");
        }
    }
    let words: Vec<_> = tables["search_word"].iter().filter(|word| word.starts_with("zqx")).collect();
    assert!(words.is_empty(), "the vocabulary forgot them too: {words:?}");
    let near = &tables["search_near"];
    assert!(near.iter().all(|row| !row.contains("zqx")), "and what sounds like them");
}
