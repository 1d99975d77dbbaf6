//! A stand that several tablets count at: every tap durable, the sum right whatever the order.

use palier_store::Store;
use palier_store::read::action::tally_id;
use palier_sync::catalogue::tally;
use palier_sync::{Change, RecordType, ScopeKey};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::api::ErrorCode;
use crate::app::lock;
use crate::rig::{NOW, Tablet};

impl Tablet {
    fn stand(&self) -> Json {
        let sector = self.sector.to_string();
        let sheet =
            self.call("start_action", json!({ "kind": "stand", "place": "marche", "name": "", "sector": sector }));
        sheet["card"]["id"].clone()
    }

    fn tap(&self, action: &Json, code: &str, by: i8) -> Json {
        self.call("count", json!({ "action": action, "code": code, "by": by }))
    }
}

#[test]
fn a_tap_counts_one_and_is_on_disk_before_the_number_moves() {
    let tablet = Tablet::enrolled();
    let action = tablet.stand();
    for _ in 0..30 {
        tablet.tap(&action, "age:25_39:f", 1);
    }
    let sheet = tablet.tap(&action, "age:25_39:f", -1);
    assert_eq!(sheet["card"]["people"], 29);
    tablet.tap(&action, "need:logement", 1);
    let again = tablet.call("action", json!({ "action": action }));
    let counts = json!([{ "code": "age:25_39:f", "count": 29 }, { "code": "need:logement", "count": 1 }]);
    assert_eq!((again["counts"].clone(), again["card"]["people"].clone()), (counts, json!(29)), "needs are no people");
    let open = tablet.app.open().unwrap();
    assert!(lock(&open.store).pending().unwrap().changes >= 32, "each tap waits for the server");
}

#[test]
fn what_is_over_is_not_counted_and_undo_opens_it_again() {
    let tablet = Tablet::enrolled();
    let action = tablet.stand();
    tablet.tap(&action, "age:nc:nc", 1);
    let ended = tablet.call("end_action", json!({ "action": action, "cancelled": "" }));
    assert_eq!(ended["card"]["status"], "done");
    assert!(ended["card"]["ended_at"].as_str() >= ended["card"]["started_at"].as_str());
    for (name, request) in [
        ("count", json!({ "action": action, "code": "age:nc:nc", "by": 1 })),
        ("end_action", json!({ "action": action, "cancelled": "" })),
        ("end_action", json!({ "action": action, "cancelled": "weather" })),
    ] {
        let refused = tablet.ask(name, request).unwrap_err();
        assert_eq!((refused.code, refused.detail.as_deref()), (ErrorCode::InvalidField, Some("status")), "{name}");
    }
    let done = tablet.call("journal", json!({}))["actions"][0]["id"].clone();
    tablet.call("undo", json!({ "action": done }));
    assert_eq!(tablet.tap(&action, "age:nc:nc", 1)["card"]["people"], 2, "open again, and nothing was lost");
}

#[test]
fn what_cannot_be_counted_is_refused_and_says_why() {
    let tablet = Tablet::enrolled();
    let action = tablet.stand();
    for (code, by, field) in
        [("age:old:f", 1, "code"), ("Awa", 1, "code"), ("informed", 2, "by"), ("informed", -1, "by")]
    {
        let refused = tablet.ask("count", json!({ "action": action, "code": code, "by": by })).unwrap_err();
        assert_eq!((refused.code, refused.detail.as_deref()), (ErrorCode::InvalidField, Some(field)), "{code} {by}");
    }
    let sector = tablet.sector.to_string();
    for (field, wrong) in [("kind", "party"), ("place", "moon"), ("name", "\u{7}")] {
        let mut request = json!({ "kind": "stand", "place": "marche", "name": "", "sector": sector });
        request[field] = json!(wrong);
        assert_eq!(tablet.ask("start_action", request).unwrap_err().detail.as_deref(), Some(field));
    }
}

const PLACE: ScopeKey = ScopeKey::Place { sector: Uuid::from_u128(11) };
const CODE: &str = "age:60_69:f";

/// A tap of one of three tablets, and which of the other tablets' changes it had seen by then.
type Tap = (usize, bool, Vec<bool>);

/// What three tablets wrote at one stand, each with what it had received of the others.
fn three_tablets(taps: &[Tap]) -> (Vec<Change>, i64) {
    let mut stores: Vec<Store> = (1..4)
        .map(|replica| {
            let store = Store::in_memory().unwrap();
            store.set_replica(replica).unwrap();
            store
        })
        .collect();
    let (record, mut all, mut sum) = (tally_id(Uuid::from_u128(7), CODE), Vec::<Change>::new(), 0);
    for (at, more, seen) in taps {
        let store = &mut stores[*at];
        for (change, seen) in all.iter().zip(seen.iter().cycle()) {
            if *seen {
                store.apply(std::slice::from_ref(change), NOW).unwrap();
            }
        }
        let by = if *more { 1 } else { -1 };
        let written =
            store.write(NOW, |draft| draft.count(PLACE, record, RecordType::Tally, tally::count, by)).unwrap();
        all.extend(written.changes);
        sum += by;
    }
    (all, sum)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    /// Every tap counts once, whoever saw what before it and in whatever order it arrives, also twice.
    #[test]
    fn three_tablets_add_up(
        taps in prop::collection::vec((0usize..3, any::<bool>(), prop::collection::vec(any::<bool>(), 1..6)), 1..20),
        order: u64,
    ) {
        let (mut changes, sum) = three_tablets(&taps);
        let mut seed = order | 1;
        for place in (1..changes.len()).rev() {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            changes.swap(place, usize::try_from(seed % (place as u64 + 1)).unwrap());
        }
        let mut centre = Store::in_memory().unwrap();
        for change in changes.iter().chain(changes.first()) {
            centre.apply(std::slice::from_ref(change), NOW).unwrap();
        }
        let state = centre.record(tally_id(Uuid::from_u128(7), CODE)).unwrap().unwrap();
        prop_assert_eq!(palier_sync::resolve::total(state.field(tally::count)), sum);
    }
}
