//! Files that are one are read as one; taking it back is as if it had never been said.

use palier_domain::agreement::{AgreementStatus, RECORD_NOMINATIVE};
use palier_store::alias::alias_id;
use palier_store::read::figures::Period;
use palier_store::{Store, StoreError};
use palier_sync::catalogue::{alias, household, person, task, verbatim};
use palier_sync::{RecordType, Value, resolve};
use uuid::Uuid;

use crate::stair::{self, text};
use crate::tables::{self, Place};
use crate::territory::{NOW, file};

fn say(store: &mut Store, one: Uuid, other: Uuid, same: bool) {
    let fields = [(alias::one, text(one)), (alias::other, text(other))];
    store
        .write::<_, StoreError>(NOW, |draft| {
            draft.set(file(), alias_id(&file(), one, other), RecordType::Alias, &fields)?;
            draft.set(file(), alias_id(&file(), one, other), RecordType::Alias, &[(alias::same, Value::Bool(same))])
        })
        .unwrap();
}

fn hang(store: &mut Store, home: Uuid) {
    store
        .write::<_, StoreError>(NOW, |draft| {
            let fields = [(task::household, text(home)), (task::purpose, Value::text("courtesy"))];
            draft.set(file(), Uuid::now_v7(), RecordType::Task, &fields)?;
            let fields = [(verbatim::household, text(home)), (verbatim::at, Value::Int(NOW))];
            draft.set(file(), Uuid::now_v7(), RecordType::Verbatim, &fields)?;
            let fields = [(household::opened_at, Value::Int(NOW)), (household::last_contact, Value::text("over_year"))];
            draft.set(file(), home, RecordType::Household, &fields)?;
            draft.set_elements_undoable(file(), home, RecordType::Household, household::needs, &["housing".to_owned()])
        })
        .unwrap();
}

/// Two files at two doors, of which someone is in both, and a third that is someone else's.
fn twice(store: &mut Store) -> ([Uuid; 3], [Uuid; 2]) {
    store.set_replica(1).unwrap();
    let stair = stair::make(store, "12 allée de Milan", "C");
    let (one, of_one) = stair::household(store, stair.door(1, "101"), &[("Fatima", "Benali")]);
    let (two, of_two) = stair::household(store, stair.door(1, "102"), &[("Fatma", "Ben Ali"), ("Nour", "Ben Ali")]);
    let (three, _) = stair::household(store, stair.door(2, "201"), &[("Awa", "Diallo")]);
    for home in [one, two, three] {
        hang(store, home);
    }
    ([one, two, three], [of_one[0], of_two[0]])
}

fn households(store: &Store) -> (u32, Option<u32>, Option<u32>) {
    let period = Period { from_ms: 0, to_ms: NOW + 1, sector: None, qpv: None };
    let met = store.met_figures(&period).unwrap();
    (met.households, met.last_contact.get("over_year").copied(), met.needs.get("housing").copied())
}

#[test]
fn files_that_are_one_are_read_as_one() {
    let mut store = Store::in_memory().unwrap();
    let ([one, two, three], people) = twice(&mut store);
    assert_eq!(households(&store), (3, Some(3), Some(3)));
    say(&mut store, two, one, true);
    say(&mut store, people[0], people[1], true);
    for asked in [one, two] {
        let file = store.household(asked).unwrap().unwrap();
        assert_eq!(file.id, two, "the one opened last");
        assert_eq!((file.members.len(), file.people.len()), (2, 2));
        let fatima = file.people.iter().find(|one| one.members.len() == 2).unwrap();
        assert_eq!(resolve::others(fatima.state.field(person::given_name)).len(), 1, "both names wait side by side");
        assert_eq!(store.tasks_of(asked).unwrap().len(), 2);
        assert_eq!(store.verbatims_of(asked).unwrap().len(), 2);
    }
    assert_eq!(store.household_name(one).unwrap(), "Fatima Benali, Nour Ben Ali");
    let hits = store.search("fatma", None).unwrap();
    assert_eq!(hits.iter().filter(|hit| hit.title.contains("Fatima")).count(), 1, "found once: {hits:?}");
    assert_eq!(households(&store), (2, Some(2), Some(2)), "and counted once");
    assert_eq!(store.household(three).unwrap().unwrap().members.len(), 1, "a neighbour is nobody else");
}

#[test]
fn the_most_protective_agreement_stands() {
    let mut store = Store::in_memory().unwrap();
    let ([one, two, _], _) = twice(&mut store);
    stair::agree(&mut store, one, "refused");
    assert!(store.agreement(two, RECORD_NOMINATIVE).unwrap().allows());
    say(&mut store, one, two, true);
    assert_eq!(store.agreement(two, RECORD_NOMINATIVE).unwrap(), AgreementStatus::Refused);
    assert!(store.household(two).unwrap().unwrap().people.is_empty());
    assert_eq!(store.household_name(two).unwrap(), "");
    assert!(store.search("ben ali", None).unwrap().is_empty(), "nor is a name found");
    say(&mut store, one, two, false);
    assert_eq!(store.household_name(two).unwrap(), "Fatma Ben Ali, Nour Ben Ali", "taken back, names come back");
}

#[test]
fn taken_back_it_is_as_if_it_had_never_been_said() {
    let place = Place::new();
    let mut store = place.open();
    let ([one, two, three], people) = twice(&mut store);
    let shown = |mut of: tables::Tables| {
        of.remove("alias");
        of
    };
    let before = shown(tables::projections(&place.path()));
    // A chain: the third stands with the first through the second.
    for (a, b) in [(one, two), (two, three), (people[0], people[1])] {
        say(&mut store, a, b, true);
    }
    assert_eq!(store.together(one).unwrap().len(), 3);
    assert_ne!(shown(tables::projections(&place.path())), before, "something is read otherwise");
    for (a, b) in [(two, one), (three, two), (people[1], people[0])] {
        say(&mut store, a, b, false);
    }
    tables::same(&before, &shown(tables::projections(&place.path())), "after the undo");
    assert_eq!(
        store.aliases().unwrap().iter().filter(|row| !row.same).count(),
        3,
        "and it stays known that they are not"
    );
}
