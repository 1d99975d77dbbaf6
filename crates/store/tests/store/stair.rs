//! A small stair with people in it, made as the app makes it.

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_domain::place::{building_id, door_id, stair_id};
use palier_store::{Store, StoreError, agreement_id};
use palier_sync::catalogue::{agreement, building, door, household, person, stair};
use palier_sync::{RecordType, Value};
use uuid::Uuid;

use crate::territory::{NOW, file, place};

/// A building, its stair, its doors.
pub struct Stair {
    pub building: Uuid,
    pub id: Uuid,
}

impl Stair {
    /// The door of a floor and a label.
    pub fn door(&self, floor: i16, label: &str) -> Uuid {
        door_id(self.id, floor, label)
    }
}

/// Makes a stair with two floors of two doors: 101, 102, 201, 202.
pub fn make(store: &mut Store, address: &str, name: &str) -> Stair {
    let building = building_id(Uuid::nil(), address, "37261");
    let id = stair_id(building, name);
    store
        .write::<_, StoreError>(NOW, |draft| {
            let fields = [(building::address, Value::text(address)), (building::insee, Value::text("37261"))];
            draft.set(place(), building, RecordType::Building, &fields)?;
            let fields = [(stair::building, text(building)), (stair::name, Value::text(name))];
            draft.set(place(), id, RecordType::Stair, &fields)?;
            for (floor, label) in [(1, "101"), (1, "102"), (2, "201"), (2, "202")] {
                let fields = [
                    (door::stair, text(id)),
                    (door::floor, Value::Int(i64::from(floor))),
                    (door::label, Value::text(label)),
                ];
                draft.set(place(), door_id(id, floor, label), RecordType::Door, &fields)?;
            }
            Ok(())
        })
        .unwrap();
    Stair { building, id }
}

/// A household at a door, with an agreement, and its people by given and family name.
pub fn household(store: &mut Store, door: Uuid, people: &[(&str, &str)]) -> (Uuid, Vec<Uuid>) {
    let home = Uuid::now_v7();
    let ids: Vec<Uuid> = people.iter().map(|_| Uuid::now_v7()).collect();
    let file_of = [(household::door, text(door))];
    store.write::<_, StoreError>(NOW, |draft| draft.set(file(), home, RecordType::Household, &file_of)).unwrap();
    agree(store, home, "granted");
    store
        .write::<_, StoreError>(NOW, |draft| {
            for (id, (given, family)) in ids.iter().zip(people) {
                let fields = [
                    (person::household, text(home)),
                    (person::given_name, Value::text(given)),
                    (person::family_name, Value::text(family)),
                ];
                draft.set(file(), *id, RecordType::Person, &fields)?;
            }
            Ok(())
        })
        .unwrap();
    (home, ids)
}

/// Writes the agreement that lets a household be named.
pub fn agree(store: &mut Store, home: Uuid, status: &str) {
    store
        .write::<_, StoreError>(NOW, |draft| {
            let fields = [
                (agreement::household, text(home)),
                (agreement::purpose, Value::text(RECORD_NOMINATIVE)),
                (agreement::status, Value::text(status)),
                (agreement::at, Value::Int(NOW)),
            ];
            draft.set(file(), agreement_id(home, RECORD_NOMINATIVE), RecordType::Agreement, &fields)
        })
        .unwrap();
}

/// An id as a field holds it.
pub fn text(id: Uuid) -> Value {
    Value::text(&id.to_string())
}
