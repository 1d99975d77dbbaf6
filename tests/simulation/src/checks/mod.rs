//! What must hold when all have met: the invariants I1 to I15 of the design, each named where it is checked. Those that must
//! hold all the time are checked where they happen: I4 and I8 in `hands` and `tablet`, I6 and I13 in `server`, I11 in `link`.

mod copies;
mod erased;
mod fold;
mod kept;

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_store::agreement_id;
use palier_sync::RecordState;
use palier_sync::catalogue::agreement;

use crate::programme::{SIDES, household};
use crate::world::World;

/// Checks everything.
pub fn all(world: &mut World) {
    let folded = fold::of(world);
    fold::check(world, &folded);
    copies::check(world);
    kept::check(world);
    erased::check(world);
    agreements(world);
    copies::newcomers(world);
}

/// How protective a decision is, told by another hand than the product's.
fn protection(code: &str) -> usize {
    ["granted", "restricted", "refused", "withdrawn"].iter().position(|known| *known == code).map_or(0, |at| at + 1)
}

/// I9: on every copy the most protective of the decisions that stand counts.
fn agreements(world: &World) {
    let check = |state: Option<RecordState>, status: &str, whose: &str| {
        let standing = state.iter().flat_map(|state| &state.field(agreement::status).heads);
        let most = standing.map(|head| protection(head.value.as_text())).max().unwrap_or(0);
        assert_eq!(protection(status), most, "I9: the most protective decision counts ({whose})");
    };
    let households: Vec<_> = (0..SIDES * SIDES).map(|n| household(n / SIDES, n % SIDES)).collect();
    for household in households {
        let record = agreement_id(household, RECORD_NOMINATIVE);
        let (state, status) = world.server.ask(move |centre| {
            Ok::<_, palier_store::StoreError>((
                centre.store.record(record)?,
                centre.store.agreement(household, RECORD_NOMINATIVE)?,
            ))
        });
        check(state, status.code(), "server");
        for tablet in &world.tablets {
            let store = tablet.store();
            let status = store.agreement(household, RECORD_NOMINATIVE).unwrap();
            check(store.record(record).unwrap(), status.code(), "tablet");
            if protection(status.code()) > 2 && !tablet.outlived {
                let people = store.persons_of(household).unwrap();
                assert!(people.is_empty(), "I9: no name is left where the agreement is refused or withdrawn");
            }
        }
    }
}
