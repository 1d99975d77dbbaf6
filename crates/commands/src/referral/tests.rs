//! Handing on over a real encrypted store: what is told, what the day asks for, what a withdrawal does.

use palier_directory::{Line, write_pack};
use palier_domain::calendar::DAY_MS;
use palier_sync::catalogue::pack as p;
use palier_sync::{Body, Change, Dot, Edit, RecordType, ScopeKey, Stamp, Value};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::api::ErrorCode;
use crate::app::lock;
use crate::rig::{NOW, Tablet, door};

/// Tuesday 24 November 2026, 07:40 in Paris: the counter opens at nine.
fn lines() -> Vec<Line> {
    let line = |key: &str, name: &str, hours: &str| Line {
        key: key.to_owned(),
        name: name.to_owned(),
        themes: vec!["famille".to_owned()],
        phone: "02 00 00 00 00".to_owned(),
        hours: hours.to_owned(),
        updated_on: "2026-10-01".to_owned(),
        ..Line::default()
    };
    vec![
        line("demo--caf", "Accueil CAF", "Mo-Fr 09:00-12:00; PH off"),
        line("demo--ouvert", "Permanence du matin", "Mo-Fr 07:00-12:00"),
        line("demo--inconnu", "Association", ""),
    ]
}

impl Tablet {
    /// What a sync brings: the record of the pack, then its pieces.
    fn with_directory(self) -> Self {
        let bytes = write_pack(&lines()).unwrap();
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let edit = |field, value| Edit { field, value, bases: vec![] };
        let change = Change {
            dot: Dot { replica: 0, sequence: 2 },
            stamp: Stamp { time: 2, replica: 0 },
            effective: None,
            scope: ScopeKey::Territory,
            record: Uuid::from_u128(77),
            kind: RecordType::Pack.number(),
            body: Body::Set(vec![
                edit(p::content, Value::text("directory")),
                edit(p::hash, Value::text(&hash)),
                edit(p::bytes, Value::Int(i64::try_from(bytes.len()).unwrap())),
                edit(p::count, Value::Int(3)),
                edit(p::made_at, Value::Int(NOW)),
            ]),
        };
        let open = self.app.open().unwrap();
        let mut store = lock(&open.store);
        store.apply(&[change], NOW).unwrap();
        store.keep_piece(&hash, 0, &bytes).unwrap();
        store.keep_fact("pack:directory", &hash).unwrap();
        drop(store);
        self
    }

    fn met(&self) -> (Json, Json) {
        let stair = self.stair();
        let door = door(&self.plan(&stair), "302");
        let household = self.household(&door)["id"].clone();
        (door, household)
    }

    fn refer(&self, door: &Json, household: &str, share: &[&str]) -> Json {
        self.call(
            "refer",
            json!({ "household": household, "door": door, "diagnosis": "", "right": "rsa", "need": "famille",
                "services": ["demo--caf"], "urgent": false, "means": "slip", "share": share }),
        )
    }

    fn say(&self, referral: &Json, what: &str) -> Json {
        let due = if what == "appointment" { "2026-12-02T09:00:00Z" } else { "" };
        self.call(
            "say_of_referral",
            json!({ "referral": referral["id"], "what": what, "due": due, "source": "",
            "reason": "", "result": "", "first_time": "" }),
        )
    }

    fn todo(&self) -> Vec<Json> {
        self.call("todo", json!({}))["items"].as_array().unwrap().clone()
    }

    fn settle(&self, item: &Json, outcome: &str) -> Vec<Json> {
        let request = json!({ "kind": item["kind"], "id": item["id"], "outcome": outcome });
        self.call("settle_todo", request)["items"].as_array().unwrap().clone()
    }

    /// The days pass; the profile is opened again each time.
    fn days(&self, days: i64) {
        self.clock.pass(days * DAY_MS);
        let profile = &self.call("app_state", json!({}))["profiles"][0]["id"];
        self.call("unlock", json!({ "profile": profile, "pin": crate::rig::PIN }));
    }
}

#[test]
fn services_tell_whether_they_are_open_and_what_was_found() {
    let tablet = Tablet::enrolled();
    let view = tablet.call("services", json!({ "need": "famille", "words": "", "open_first": true, "door": "" }));
    assert_eq!(view["total"], 0, "no directory yet");
    let tablet = tablet.with_directory();
    let view = tablet.call("services", json!({ "need": "famille", "words": "", "open_first": true, "door": "" }));
    let services = view["services"].as_array().unwrap();
    let states: Vec<&str> = services.iter().map(|line| line["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["open", "unknown", "closed"], "open first; without hours never open");
    assert_eq!(services[2]["opens"], "2026-11-24T08:00:00Z", "nine o'clock in Paris");
    let none = tablet.call("services", json!({ "need": "transports", "words": "", "open_first": false, "door": "" }));
    assert_eq!(none["services"], json!([]), "nothing answers this need");

    let closed =
        json!({ "service": "demo--ouvert", "verified": true, "closed_from": "2026-11-23", "closed_to": "2026-11-27" });
    let sheet = tablet.call("say_of_service", closed);
    assert_eq!(
        (sheet["line"]["state"].as_str(), sheet["line"]["closed_to"].as_str()),
        (Some("closed"), Some("2026-11-27"))
    );
    assert_eq!(sheet["line"]["opens"], "2026-11-30T06:00:00Z", "the Monday after");
    assert_eq!(sheet["advice"], "closed_then");
    assert_eq!(
        (sheet["line"]["verified_on"].as_str(), sheet["line"]["stale"].as_bool()),
        (Some("2026-11-24"), Some(false))
    );
    let refused = tablet.ask(
        "say_of_service",
        json!({ "service": "demo--ouvert", "verified": false, "closed_from": "2026-11-27", "closed_to": "2026-11-23" }),
    );
    assert_eq!(refused.unwrap_err().code, ErrorCode::InvalidField, "it ends before it begins");

    let file = tablet.call(
        "service_calendar",
        json!({ "service": "demo--caf", "at": "2026-11-25T08:00:00Z", "bring": "avis d’impôt" }),
    );
    assert!(file["text"].as_str().unwrap().contains("SUMMARY:Accueil CAF"), "{file}");
}

#[test]
fn a_referral_goes_from_the_door_to_a_right_opened() {
    let tablet = Tablet::enrolled().with_directory();
    let (door, household) = tablet.met();
    let sheet = tablet.refer(&door, household.as_str().unwrap(), &["name", "need"]);
    assert_eq!((sheet["state"].as_str(), sheet["next"].as_str()), (Some("handed"), Some("ask_partner")));
    assert_eq!(sheet["shared"], json!(["name", "need"]), "what the person agreed to, and nothing else");
    assert_eq!(sheet["slip"].as_str().unwrap().len(), 11, "a code to quote");
    assert_eq!(tablet.todo(), Vec::<Json>::new(), "nothing to do on the day");

    tablet.days(10);
    let todo = tablet.todo();
    assert_eq!((todo.len(), todo[0]["what"].as_str()), (1, Some("ask_partner")), "the reminder of the tenth day");
    assert_eq!(tablet.settle(&todo[0], "put_off"), Vec::<Json>::new(), "put off for a week");
    tablet.days(7);
    let todo = tablet.todo();
    assert_eq!(todo.len(), 1, "it comes back");
    assert_eq!(tablet.settle(&todo[0], "accepted"), Vec::<Json>::new(), "a fortnight to hear more");
    let sheet = tablet.say(&sheet, "appointment");
    assert_eq!(
        (sheet["state"].as_str(), sheet["appointment"].as_str()),
        (Some("appointment"), Some("2026-12-02T09:00:00Z"))
    );
    let todo = tablet.todo();
    assert_eq!(todo[0]["what"], "ask_person", "the time has come already: how did it go?");
    tablet.settle(&todo[0], "attended");
    tablet.days(14);
    let todo = tablet.todo();
    assert_eq!(
        (todo[0]["what"].as_str(), todo[0]["outcomes"][0].as_str()),
        (Some("ask_result"), Some("closed_success"))
    );
    let closed = tablet.call(
        "say_of_referral",
        json!({ "referral": sheet["id"], "what": "closed_success", "due": "",
        "source": "partner_phone", "reason": "", "result": "right_opened", "first_time": "yes" }),
    );
    assert_eq!(
        (closed["state"].as_str(), closed["next"].as_str(), &closed["offered"]),
        (Some("closed_success"), Some(""), &json!([]))
    );
    assert_eq!(closed["events"].as_array().unwrap().len(), 7, "all that happened is kept");
    let again = tablet.ask(
        "say_of_referral",
        json!({ "referral": sheet["id"], "what": "closed_success", "due": "",
        "source": "", "reason": "", "result": "", "first_time": "" }),
    );
    assert_eq!(again.unwrap_err().code, ErrorCode::InvalidField, "the loop is closed once");
    let undone = tablet.call("journal", json!({}))["actions"][0]["id"].clone();
    tablet.call("undo", json!({ "action": undone }));
    assert_eq!(tablet.call("referral", json!({ "referral": sheet["id"] }))["state"], "attended", "undone: open again");
}

#[test]
fn one_slip_opens_several_services() {
    let tablet = Tablet::enrolled().with_directory();
    let (door, household) = tablet.met();
    let request = |services: Json| {
        json!({ "household": household, "door": door, "diagnosis": "", "right": "", "need": "famille",
        "services": services, "urgent": false, "means": "slip", "share": ["need"] })
    };
    let sheet = tablet.call("refer", request(json!(["demo--caf", "demo--inconnu"])));
    let other = &sheet["others"][0];
    assert_eq!(
        (sheet["service_name"].as_str(), other["service_name"].as_str()),
        (Some("Accueil CAF"), Some("Association"))
    );
    assert_eq!(tablet.call("referral", json!({ "referral": other["id"] }))["slip"], sheet["slip"], "one code");
    for services in [json!([]), json!(["demo--caf", "demo--caf"]), json!(["a", "b", "c", "d"])] {
        assert_eq!(tablet.ask("refer", request(services)).unwrap_err().code, ErrorCode::InvalidField);
    }
    let missing = tablet.ask("refer", request(json!(["demo--nulle-part"]))).unwrap_err();
    assert_eq!(missing.code, ErrorCode::NotFound, "a service that is not in the directory");
}

#[test]
fn silence_is_a_rupture_after_thirty_days_and_a_late_answer_still_counts() {
    let tablet = Tablet::enrolled().with_directory();
    let (door, household) = tablet.met();
    let sheet = tablet.refer(&door, household.as_str().unwrap(), &[]);
    tablet.days(31);
    let todo = tablet.todo();
    assert_eq!((todo[0]["what"].as_str(), todo[0]["days"].as_u64()), (Some("silent"), Some(1)));
    assert_eq!(tablet.call("referral", json!({ "referral": sheet["id"] }))["state"], "expired");
    let late = tablet.say(&sheet, "accepted");
    assert_eq!((late["state"].as_str(), late["answered_late"].as_bool()), (Some("accepted"), Some(true)));
}

#[test]
fn without_an_agreement_a_slip_and_no_door() {
    let tablet = Tablet::enrolled().with_directory();
    let stair = tablet.stair();
    let door = door(&tablet.plan(&stair), "302");
    let request = |share: Json| {
        json!({ "household": "", "door": door, "diagnosis": "", "right": "", "need": "famille",
        "services": ["demo--caf"], "urgent": true, "means": "slip", "share": share })
    };
    let refused = tablet.ask("refer", request(json!(["name"]))).unwrap_err();
    assert_eq!(refused.code, ErrorCode::AgreementNeeded, "no name without an agreement");
    let sheet = tablet.call("refer", request(json!(["need"])));
    assert_eq!((sheet["household"].as_str(), sheet["place_name"].as_str()), (Some(""), Some("")));
    let open = tablet.app.open().unwrap();
    let pending = lock(&open.store).outbox(usize::MAX, usize::MAX).unwrap();
    let written = pending.iter().filter(|change| [42, 43].contains(&change.kind));
    for change in written {
        let text = serde_json::to_string(change).unwrap();
        assert!(!text.contains(door.as_str().unwrap()), "no record of it names the door: {text}");
    }
    let hits = tablet.call("search", json!({ "text": sheet["slip"], "stair": "" }));
    assert_eq!(hits["hits"][0]["kind"], "referral", "the partner calls and quotes the code");
    tablet.days(2);
    assert_eq!(tablet.todo()[0]["urgent"], true, "48 hours");
}

#[test]
fn a_withdrawal_calls_back_what_is_out() {
    let tablet = Tablet::enrolled().with_directory();
    let (door, household) = tablet.met();
    let sheet = tablet.refer(&door, household.as_str().unwrap(), &["name", "phone"]);
    tablet.call(
        "plan_task",
        json!({ "household": household, "purpose": "courtesy_visit", "due_on": "2026-11-24", "every_days": 30 }),
    );
    assert_eq!(tablet.todo()[0]["what"], "courtesy_visit");
    let mut items = tablet.todo();
    let left = tablet.settle(&items.remove(0), "done");
    assert_eq!(left, Vec::<Json>::new(), "it comes back in thirty days");
    tablet.days(30);
    assert!(tablet.todo().iter().any(|item| item["what"] == "courtesy_visit"), "it recurs");
    for purpose in ["record_nominative", "recontact"] {
        let withdrawn = json!({ "household": household, "purpose": purpose, "status": "withdrawn", "mode": "oral" });
        tablet.call("set_agreement", withdrawn);
    }
    assert_eq!(tablet.todo(), Vec::<Json>::new(), "nobody calls on who does not agree");
    let refused = tablet.ask("referral", json!({ "referral": sheet["id"] })).unwrap_err();
    assert_eq!(refused.code, ErrorCode::AgreementNeeded);
    let open = tablet.app.open().unwrap();
    let id = Uuid::parse_str(sheet["id"].as_str().unwrap()).unwrap();
    let file = lock(&open.store).referral(id).unwrap().unwrap();
    assert_eq!(file.reading.state.code(), "revoked", "called back");
}

#[test]
fn new_residents_and_rights_asked_for_are_not_forgotten() {
    let tablet = Tablet::enrolled();
    let stair = tablet.stair();
    let new = door(&tablet.plan(&stair), "402");
    tablet.visit(&new, "moved_in");
    let todo = tablet.todo();
    assert_eq!((todo[0]["kind"].as_str(), todo[0]["door"].as_str()), (Some("welcome"), new.as_str()));
    assert_eq!(tablet.settle(&todo[0], "done"), Vec::<Json>::new(), "welcomed");

    let household = tablet.household(&door(&tablet.plan(&stair), "302"))["id"].clone();
    let view = tablet.call(
        "start_diagnosis",
        json!({ "door": door(&tablet.plan(&stair), "302"), "household": household, "quick": false }),
    );
    let right = view["rights"][0]["right"].clone();
    tablet.call("say_of_right", json!({ "diagnosis": view["id"], "right": right, "follow_up": "asked" }));
    tablet.days(30);
    let todo = tablet.todo();
    assert_eq!((todo[0]["kind"].as_str(), &todo[0]["right"]), (Some("right"), &right), "asked a month ago");
    assert_eq!(tablet.settle(&todo[0], "granted"), Vec::<Json>::new());
    let sheet = tablet.call("right", json!({ "diagnosis": view["id"], "right": right }));
    assert_eq!(sheet["line"]["follow_up"], "granted", "on the sheet of the right too");
}
