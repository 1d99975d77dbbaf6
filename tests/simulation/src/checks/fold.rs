//! The state that the accepted changes make, folded by another hand than the product's: values written, less those that some
//! change names as seen.

use std::collections::{BTreeMap, BTreeSet};

use palier_sync::{Body, Change, FieldClass, HeadId, RecordState, Stamp, Value, catalogue, resolve};
use uuid::Uuid;

use crate::world::World;

/// A field: values written and values seen.
#[derive(Default)]
struct Field {
    written: BTreeMap<HeadId, (Stamp, Value)>,
    seen: BTreeSet<HeadId>,
}

/// Records, by id; none of an erased one.
pub type Folded = BTreeMap<Uuid, Option<BTreeMap<u16, Standing>>>;

/// What stands in a field, and what was replaced.
pub struct Standing {
    heads: BTreeMap<HeadId, (Stamp, Value)>,
    past: BTreeSet<HeadId>,
}

/// Folds the ledger of a world.
pub fn of(world: &World) -> Folded {
    let erased = world.server.erased();
    world.server.look(|ledger, _| {
        let mut fields: BTreeMap<Uuid, BTreeMap<u16, Field>> = BTreeMap::new();
        let mut dots = BTreeSet::new();
        let text = "SELECT payload, packed FROM change WHERE payload IS NOT NULL OR packed IS NOT NULL";
        let mut statement = ledger.look().prepare(text).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get::<_, Option<String>>(0)?, row.get(1)?))).unwrap();
        for row in rows {
            let (payload, packed): (Option<String>, Option<Vec<u8>>) = row.unwrap();
            let change: Change = match payload {
                Some(payload) => serde_json::from_str(&payload).unwrap(),
                None => palier_sync::wire::decode(&packed.unwrap()).unwrap(),
            };
            assert!(dots.insert(change.dot), "I5: a change is in the ledger twice");
            write(fields.entry(change.record).or_default(), &change);
        }
        let mut folded: Folded = fields
            .into_iter()
            .map(|(record, fields)| (record, Some(fields.into_iter().map(stand).collect())))
            .collect();
        folded.extend(erased.into_iter().map(|record| (record, None)));
        folded
    })
}

fn write(fields: &mut BTreeMap<u16, Field>, change: &Change) {
    let Body::Set(edits) = &change.body else { return };
    let mut parts: BTreeMap<u16, u8> = BTreeMap::new();
    for edit in edits {
        let part = parts.entry(edit.field).or_default();
        let field = fields.entry(edit.field).or_default();
        let time = change.effective.unwrap_or(change.stamp.time);
        let stamp = Stamp { time, replica: change.stamp.replica };
        field.written.insert(HeadId { dot: change.dot, part: *part }, (stamp, edit.value.clone()));
        field.seen.extend(&edit.bases);
        *part += 1;
    }
}

fn stand((number, field): (u16, Field)) -> (u16, Standing) {
    let Field { written, seen } = field;
    let heads = written.into_iter().filter(|(name, _)| !seen.contains(name)).collect();
    (number, Standing { heads, past: seen })
}

/// I1, I2, I3, I10, I12: the server's rows are what its ledger makes, in whatever order and however often it came.
pub fn check(world: &World, folded: &Folded) {
    let back = world.erased.iter().find(|record| folded.get(*record).is_none_or(Option::is_some));
    assert!(back.is_none(), "I10: {back:?} was erased, and is not after a restore");
    let records: Vec<Uuid> = folded.keys().copied().collect();
    let states: Vec<Option<RecordState>> = world
        .server
        .ask(move |centre| records.iter().map(|record| centre.store.record(*record)).collect::<Result<_, _>>());
    let latest = world.server.now_ms() + palier_sync::clock::AHEAD_MS_MAX;
    for ((record, expected), state) in folded.iter().zip(states) {
        let state = state.unwrap_or_else(|| panic!("I1: the read model lacks {record}"));
        let Some(expected) = expected else {
            assert!(state.erased && state.fields.is_empty(), "I10: what was erased stays so ({record})");
            continue;
        };
        assert!(!state.erased, "I10: {record} was not erased");
        for (number, standing) in expected {
            let field = state.field(*number);
            let heads: BTreeMap<_, _> =
                field.heads.iter().map(|head| (head.id, (head.stamp, head.value.clone()))).collect();
            assert_eq!(heads, standing.heads, "I3: field {number} of {record} is what its changes make");
            assert_eq!(field.past.iter().copied().collect::<BTreeSet<_>>(), standing.past, "I2: pasts are joined");
            let ahead = field.heads.iter().find(|head| head.stamp.utc_ms() > latest);
            assert!(ahead.is_none(), "I12: no stamp is in the server's future: {ahead:?}");
            check_shown(state.kind, *number, standing, &resolve::shown(catalogue::class(state.kind, *number), field));
        }
    }
}

/// I2: what a screen shows of a field of one value is the greatest stamp, then the greatest name.
fn check_shown(kind: u16, number: u16, standing: &Standing, shown: &Value) {
    if matches!(catalogue::class(kind, number), FieldClass::Lww | FieldClass::KeepAll) {
        let greatest = standing.heads.iter().max_by_key(|(name, (stamp, _))| (*stamp, **name));
        let expected = greatest.map_or(Value::Null, |(_, (_, value))| value.clone());
        assert_eq!(*shown, expected, "I2: the latest of the values that stand is shown (field {number})");
    }
}
