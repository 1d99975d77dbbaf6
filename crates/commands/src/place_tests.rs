//! What the plan of a stair says of others.

use palier_sync::catalogue::{structure, visit as v};
use palier_sync::{Body, Change, Dot, Edit, Stamp, clock};
use serde_json::{Value as Json, json};

use super::*;
use crate::rig::{NOW, Tablet};

const OTHERS: Uuid = Uuid::from_u128(77);

/// A change of a tablet of another structure.
fn theirs(sequence: u64, scope: ScopeKey, record: Uuid, kind: RecordType, fields: &[(u16, Value)]) -> Change {
    let edits = fields.iter().map(|(field, value)| Edit { field: *field, value: value.clone(), bases: vec![] });
    Change {
        dot: Dot { replica: 6, sequence },
        stamp: Stamp { time: clock::ntp_of(NOW) + sequence, replica: 6 },
        effective: None,
        scope,
        record,
        kind: kind.number(),
        body: Body::Set(edits.collect()),
    }
}

/// They pass at a door, so many days before now.
fn pass(tablet: &Tablet, sequence: u64, door: &Json, outcome: &str, days: i64, structure: Uuid) {
    let fields = [
        (v::door, Value::text(door["id"].as_str().unwrap())),
        (v::outcome, Value::text(outcome)),
        (v::at, Value::Int(NOW - days * calendar::DAY_MS)),
        (v::structure, Value::text(&structure.to_string())),
    ];
    let visit = Uuid::from_u128(1_000 + u128::from(sequence));
    let change = theirs(sequence, place(tablet.sector), visit, RecordType::Visit, &fields);
    lock(&tablet.app.open().unwrap().store).apply(&[change], NOW).unwrap();
}

fn doors(plan: &Json) -> Vec<Json> {
    let floors = plan["floors"].as_array().unwrap().iter();
    floors.flat_map(|floor| floor["doors"].as_array().unwrap().clone()).collect()
}

#[test]
fn another_structure_that_knocked_some_days_before_is_told() {
    let tablet = Tablet::enrolled();
    let stair = tablet.stair();
    let doors = doors(&stair);
    let knocked = || tablet.plan(&stair)["knocked"].clone();
    let own = tablet.app.open().unwrap().structure();
    pass(&tablet, 1, &doors[0], "no_answer", 1, own);
    pass(&tablet, 2, &doors[0], "opened_brief", 15, OTHERS);
    pass(&tablet, 3, &doors[0], "inaccessible", 2, OTHERS);
    assert_eq!(knocked(), Json::Null, "neither one's own, nor what is long past, nor a door that nobody reached");
    pass(&tablet, 4, &doors[0], "no_answer", 5, OTHERS);
    pass(&tablet, 5, &doors[0], "opened_full", 3, OTHERS);
    pass(&tablet, 6, &doors[1], "declined", 4, OTHERS);
    assert_eq!(knocked()["who"], "", "a structure whose name is not here yet");
    assert_eq!(knocked()["doors"], 2, "a door counts once");
    let name = theirs(7, ScopeKey::Territory, OTHERS, RecordType::Structure, &[(structure::name, Value::text("CCAS"))]);
    lock(&tablet.app.open().unwrap().store).apply(&[name], NOW).unwrap();
    assert_eq!(knocked()["who"], "CCAS");
    assert_eq!(knocked()["at"], json!(calendar::rfc3339(NOW - 3 * calendar::DAY_MS)), "their last passage");
}
