//! Undo and redo: an act undone leaves what is shown as it was, and done again as it made it.

use palier_store::acts::Act;
use palier_store::{Draft, Store, StoreError};
use palier_sync::catalogue::{self, household, person, visit, visit_note};
use palier_sync::{FieldClass, RecordType, ScopeKey, Value};
use uuid::Uuid;

use crate::stair::{self, Stair, text};
use crate::tables::{self, Place};
use crate::territory::{self, NOW, file};

struct Work {
    place: Place,
    store: Store,
    stair: Stair,
    home: Uuid,
    person: Uuid,
    visit: Uuid,
    note: Uuid,
}

fn work() -> Work {
    let place = Place::new();
    let mut store = place.open();
    store.set_replica(1).unwrap();
    let stair = stair::make(&mut store, "12 allée de Milan", "C");
    let door = stair.door(1, "101");
    let (home, people) = stair::household(&mut store, door, &[("Samia", "Benali")]);
    let (passage, note) = (Uuid::now_v7(), Uuid::now_v7());
    store
        .write::<_, StoreError>(NOW, |draft| {
            let fields =
                [(visit::door, text(door)), (visit::outcome, Value::text("no_answer")), (visit::at, Value::Int(NOW))];
            draft.set(territory::place(), passage, RecordType::Visit, &fields)?;
            let fields = [
                (visit_note::visit, text(passage)),
                (visit_note::door, text(door)),
                (visit_note::text, Value::text("Repasser")),
            ];
            draft.set(file(), note, RecordType::VisitNote, &fields)
        })
        .unwrap();
    Work { place, store, stair, home, person: people[0], visit: passage, note }
}

fn act(store: &mut Store, kind: &'static str, write: impl FnOnce(&mut Draft<'_>) -> Result<(), StoreError>) -> Uuid {
    let id = Uuid::now_v7();
    store
        .write::<_, StoreError>(NOW + 60_000, |draft| {
            write(draft)?;
            draft.act(Act { id, kind, code: String::new(), door: None, stair: None, count: 1, undoable: true });
            Ok(())
        })
        .unwrap();
    id
}

/// Does an act, undoes it, does it again, twice over, and compares every projection each time.
fn check(work: &mut Work, kind: &'static str, write: impl FnOnce(&mut Draft<'_>) -> Result<(), StoreError>) {
    let before = tables::projections(&work.place.path());
    let id = act(&mut work.store, kind, write);
    let after = tables::projections(&work.place.path());
    for round in 0..2 {
        work.store.turn_act(id, true, NOW + 120_000).unwrap();
        tables::same(&before, &tables::projections(&work.place.path()), &format!("{kind} undone, round {round}"));
        let again = work.store.turn_act(id, true, NOW + 120_000);
        assert!(matches!(again, Err(StoreError::NotUndoable)), "{kind} is not undone twice");
        work.store.turn_act(id, false, NOW + 180_000).unwrap();
        tables::same(&after, &tables::projections(&work.place.path()), &format!("{kind} done again, round {round}"));
    }
    work.store.turn_act(id, true, NOW + 240_000).unwrap();
    work.store.rebuild().unwrap();
    tables::same(&before, &tables::projections(&work.place.path()), &format!("{kind} undone and rebuilt"));
}

#[test]
fn a_passage_is_undone_and_redone() {
    let mut work = work();
    let (door, id) = (work.stair.door(2, "201"), Uuid::now_v7());
    check(&mut work, "visit", |draft| new_visit(draft, door, id, "callback"));
    let id = work.visit;
    check(&mut work, "visit", |draft| {
        let outcome = Value::text("opened_full");
        draft.set_undoable(territory::place(), id, RecordType::Visit, visit::outcome, outcome).map(|_| ())
    });
}

fn new_visit(draft: &mut Draft<'_>, door: Uuid, id: Uuid, outcome: &str) -> Result<(), StoreError> {
    let scope = territory::place();
    draft.set(scope, id, RecordType::Visit, &[(visit::door, text(door)), (visit::at, Value::Int(NOW))])?;
    draft.set_undoable(scope, id, RecordType::Visit, visit::outcome, Value::text(outcome))?;
    draft.set_undoable(scope, id, RecordType::Visit, visit::callback, Value::text("evening"))?;
    draft.set_elements_undoable(scope, id, RecordType::Visit, visit::flags, &["flyer_left".to_owned()])?;
    Ok(())
}

#[test]
fn a_whole_floor_is_undone_and_redone() {
    let mut work = work();
    let doors = [work.stair.door(1, "101"), work.stair.door(1, "102"), work.stair.door(2, "201")];
    check(&mut work, "floor", |draft| {
        doors.iter().try_for_each(|door| new_visit(draft, *door, Uuid::now_v7(), "no_answer"))
    });
}

/// Every field that a screen edits, of every kind of record.
#[test]
fn each_field_is_undone_and_redone() {
    let mut work = work();
    let place = territory::place();
    let records: [(RecordType, ScopeKey, Uuid); 7] = [
        (RecordType::Building, place, work.stair.building),
        (RecordType::Stair, place, work.stair.id),
        (RecordType::Door, place, work.stair.door(1, "102")),
        (RecordType::Visit, place, work.visit),
        (RecordType::Household, file(), work.home),
        (RecordType::Person, file(), work.person),
        (RecordType::VisitNote, file(), work.note),
    ];
    for (kind, scope, id) in records {
        for spec in kind.fields() {
            let (field, value) = (spec.number, edited(kind, spec));
            match spec.class {
                FieldClass::Set => check(&mut work, "field", |draft| {
                    draft
                        .set_elements_undoable(scope, id, kind, field, &["arabe".to_owned(), "turc".to_owned()])
                        .map(|_| ())
                }),
                FieldClass::Lww | FieldClass::KeepAll => {
                    check(&mut work, "field", |draft| draft.set_undoable(scope, id, kind, field, value).map(|_| ()))
                }
                // What happened once is never edited; agreements and counts have acts of their own.
                FieldClass::Append | FieldClass::Agreement | FieldClass::Counter | FieldClass::Claim => {}
            }
        }
    }
}

fn edited(kind: RecordType, spec: &catalogue::FieldSpec) -> Value {
    match (kind, spec.name) {
        (_, "cancelled" | "invented") => Value::Bool(true),
        (_, "floor" | "latitude" | "longitude" | "adults" | "children" | "birth_year") => Value::Int(3),
        (_, "alias_of" | "building" | "stair") => text(Uuid::from_u128(99)),
        _ => Value::text("Ben Salah"),
    }
}

#[test]
fn an_undo_never_sweeps_away_what_came_after() {
    let mut work = work();
    let (person, home) = (work.person, work.home);
    let given = |value: &'static str| {
        move |draft: &mut Draft<'_>| {
            draft.set_undoable(file(), person, RecordType::Person, person::given_name, Value::text(value)).map(|_| ())
        }
    };
    let first = act(&mut work.store, "name", given("Samiya"));
    act(&mut work.store, "name", given("Soumia"));
    assert!(
        matches!(work.store.turn_act(first, true, NOW), Err(StoreError::NotUndoable)),
        "what someone wrote since stays"
    );
    assert_eq!(work.store.household_name(home).unwrap(), "Soumia Benali", "and is still shown");
    let note = act(&mut work.store, "note", |draft| {
        draft.set_undoable(file(), home, RecordType::Household, household::note, Value::text("Chien")).map(|_| ())
    });
    work.store.write::<_, StoreError>(NOW, |draft| draft.erase(file(), home, RecordType::Household)).unwrap();
    assert!(
        matches!(work.store.turn_act(note, true, NOW), Err(StoreError::NotUndoable)),
        "an erasure is not undone by undoing what came before"
    );
}

#[test]
fn an_act_leaves_once_it_is_sent_and_past_undoing() {
    let mut work = work();
    let before: u64 = work.store.outbox(1_000, usize::MAX).unwrap().last().unwrap().dot.sequence;
    let visit = work.visit;
    for number in 0..60u64 {
        act(&mut work.store, "visit", |draft| {
            let outcome = if number.is_multiple_of(2) { "callback" } else { "declined" };
            draft.set_undoable(territory::place(), visit, RecordType::Visit, visit::outcome, Value::text(outcome))?;
            Ok(())
        });
    }
    let kept = |work: &Work| -> u32 {
        let connection = palier_store::connect(&work.place.path(), &tables::key()).unwrap();
        connection.query_row("SELECT count(*) FROM act", [], |row| row.get(0)).unwrap()
    };
    work.store.acknowledge(before + 5, &[], &[], NOW).unwrap();
    assert_eq!(kept(&work), 55, "what was not sent is counted by the pill: it stays");
    work.store.acknowledge(before + 60, &[], &[], NOW).unwrap();
    assert_eq!(kept(&work), 50, "what can be undone stays");
    let newest = work.store.last_act().unwrap().unwrap();
    work.store.turn_act(newest, true, NOW).unwrap();
}
