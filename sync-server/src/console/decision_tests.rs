//! Decisions and what they leave: an erasure takes the values with it, a name is shown only while an agreement lets it be.

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_store::agreement_id;
use palier_sync::catalogue::{agreement as a, household as h};
use palier_sync::{Body, Change, Dot, Stamp};

use super::*;
use crate::Centre;
use crate::console::call::{Desk, SessionTurn};
use crate::registry::{Account, PasswordPolicy};

const NOW: i64 = 1_795_000_000_000;
const SECTOR: Uuid = Uuid::from_u128(1);
const STRUCTURE: Uuid = Uuid::from_u128(2);
const HOUSEHOLD: Uuid = Uuid::from_u128(3);
const PERSON: Uuid = Uuid::from_u128(4);
const SCOPE: ScopeKey = ScopeKey::File { sector: SECTOR, structure: STRUCTURE };

/// A centre where two tablets wrote without seeing each other.
struct Scene {
    centre: Centre,
    desk: Desk,
}

impl Scene {
    fn new() -> Self {
        let centre = Centre::in_memory(Uuid::nil(), PasswordPolicy::CHEAP_FOR_TESTS).unwrap();
        Self { centre, desk: Desk::new() }
    }

    /// A tablet wrote one field, without having seen any value of it.
    fn brings(&mut self, replica: u32, sequence: u64, record: Uuid, kind: RecordType, field: u16, value: &str) {
        let time = palier_sync::clock::ntp_of(NOW - i64::from(replica) * 60_000);
        let edit = Edit { field, value: Value::text(value), bases: Vec::new() };
        let (dot, stamp) = (Dot { replica, sequence }, Stamp { time, replica });
        let body = Body::Set(vec![edit]);
        let change = Change { dot, stamp, effective: None, scope: SCOPE, record, kind: kind.number(), body };
        self.centre.store.apply(&[change], NOW).unwrap();
    }

    fn agreed(&mut self, status: &str) {
        let record = agreement_id(HOUSEHOLD, RECORD_NOMINATIVE);
        self.brings(1, 90, record, RecordType::Agreement, a::household, &HOUSEHOLD.to_string());
        self.brings(1, 91, record, RecordType::Agreement, a::purpose, RECORD_NOMINATIVE);
        self.brings(1, 92, record, RecordType::Agreement, a::status, status);
    }

    fn two_names(&mut self) {
        self.brings(1, 1, HOUSEHOLD, RecordType::Household, h::opened_at, "");
        self.brings(1, 2, PERSON, RecordType::Person, person::household, &HOUSEHOLD.to_string());
        self.brings(1, 3, PERSON, RecordType::Person, person::family_name, "Canari-un");
        self.brings(2, 1, PERSON, RecordType::Person, person::family_name, "Canari-deux");
    }

    fn call<T>(&mut self, run: impl FnOnce(&mut Call<'_>) -> T) -> T {
        let account = Account { id: Uuid::nil(), name: "accueil".to_owned(), role: "coordinator".to_owned() };
        let mut call = Call {
            centre: &mut self.centre,
            desk: &self.desk,
            addresses: &[],
            account: Some(account),
            token: None,
            turn: SessionTurn::Stays,
            login: None,
            now_ms: NOW,
        };
        run(&mut call)
    }

    fn points(&mut self) -> Points {
        self.call(|call| points::read(call)).unwrap()
    }

    /// Keeps the first value of the first point.
    fn keeps_the_first(&mut self) -> Points {
        let point = self.points().points.into_iter().next().unwrap();
        let seen: Vec<String> = point.writings.iter().map(|writing| writing.head.clone()).collect();
        let keep = seen.first().cloned().unwrap();
        let request = SettlePoint { record: point.record, field: point.field, keep, seen };
        self.call(|call| points::settle_point(call, request)).unwrap()
    }
}

#[test]
fn a_name_is_shown_only_while_an_agreement_lets_it_be() {
    for (status, shown) in [("granted", 1), ("restricted", 1), ("refused", 0), ("withdrawn", 0), ("", 0)] {
        let mut scene = Scene::new();
        scene.two_names();
        scene.agreed(status);
        assert_eq!(scene.points().points.len(), shown, "an agreement {status:?} decides what the console shows");
    }
}

#[test]
fn a_point_says_how_long_each_writing_stayed_offline() {
    let mut scene = Scene::new();
    scene.two_names();
    scene.agreed("granted");
    // Replica 2 wrote two minutes before NOW, and synced three days after; replica 1 never said when.
    scene.centre.registry.arrived(2, 5, NOW + 3 * 86_400_000).unwrap();
    let point = scene.points().points.remove(0);
    let offline: Vec<Option<u32>> = point.writings.iter().map(|writing| writing.offline_minutes).collect();
    assert_eq!(offline, [Some(3 * 24 * 60 + 2), None], "three days and two minutes; what is not known is not said");
}

#[test]
fn a_value_that_was_decided_has_its_author_too() {
    let mut scene = Scene::new();
    scene.two_names();
    scene.agreed("granted");
    scene.keeps_the_first();
    scene.brings(3, 1, PERSON, RecordType::Person, person::family_name, "Canari-trois");
    let point = scene.points().points.remove(0);
    let authors: Vec<&str> = point.writings.iter().map(|writing| writing.author.as_str()).collect();
    assert!(authors.contains(&"accueil"), "the account that decided is named in {authors:?}");
}

#[test]
fn an_erasure_takes_the_decided_value_and_its_undo_with_it() {
    let mut scene = Scene::new();
    scene.two_names();
    scene.agreed("granted");
    let decided = scene.keeps_the_first().decided;
    assert_eq!(
        (decided[0].value.as_str(), decided[0].can_undo),
        ("Canari-deux", true),
        "the older of the two is first"
    );
    scene
        .centre
        .write(NOW, |draft| -> Result<bool, CentreError> { Ok(draft.erase(SCOPE, PERSON, RecordType::Person)?) })
        .unwrap();
    let after = scene.points();
    assert_eq!(
        (after.decided[0].value.as_str(), after.decided[0].can_undo),
        ("", false),
        "nothing is left of the person"
    );
    let request = UndoDecision { id: after.decided[0].id.clone() };
    let refused = scene.call(|call| undo_decision(call, request)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotUndoable, "an erasure is final");
    let kept = scene.centre.registry.decisions(10).unwrap();
    assert!(!format!("{kept:?}").contains("Canari"), "the list of decisions never held a value");
}

#[test]
fn a_decision_that_someone_wrote_over_is_not_undone() {
    let mut scene = Scene::new();
    scene.two_names();
    scene.agreed("granted");
    let decided = scene.keeps_the_first().decided;
    let fields = [(person::family_name, Value::text("Corrigé"))];
    scene
        .centre
        .write(NOW, |draft| -> Result<bool, CentreError> { Ok(draft.set(SCOPE, PERSON, RecordType::Person, &fields)?) })
        .unwrap();
    let request = UndoDecision { id: decided[0].id.clone() };
    let refused = scene.call(|call| undo_decision(call, request)).unwrap_err();
    assert_eq!(refused.code, ErrorCode::NotUndoable, "an undo never sweeps away another's work");
}

#[test]
fn a_decision_undone_and_taken_again_keeps_the_first_authors() {
    let mut scene = Scene::new();
    scene.two_names();
    scene.agreed("granted");
    let before = scene.points().points;
    for _ in 0..3 {
        let decided = scene.keeps_the_first().decided;
        let request = UndoDecision { id: decided[0].id.clone() };
        scene.call(|call| undo_decision(call, request)).unwrap();
    }
    let after = scene.points().points;
    let said = |points: &[Point]| -> Vec<(String, String)> {
        points.iter().flat_map(|point| &point.writings).map(|w| (w.value.clone(), w.at.clone())).collect()
    };
    assert_eq!(said(&after), said(&before), "three times decided and undone, who wrote what and when is as it was");
}
