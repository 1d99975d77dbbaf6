//! What people say over a real encrypted store: who it may be tied to, what a withdrawal does, what the data layer refuses.

use palier_domain::calendar::DAY_MS;
use palier_store::StoreError;
use palier_sync::catalogue::{person, verbatim};
use palier_sync::{RecordType, ScopeKey, Value};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::api::ErrorCode;
use crate::app::lock;
use crate::rig::{Tablet, door};

impl Tablet {
    fn level(&self, slip: &Json, at: &Json, level: u8) -> Json {
        self.call(
            "say_of_trust",
            json!({ "slip": slip, "door": at, "object": "caf", "level": level, "retro": "", "mode": "handover" }),
        )
    }

    fn words(&self, household: &Json, text: &str, agreed: bool) -> Result<Json, crate::api::CommandError> {
        self.ask(
            "say_verbatim",
            json!({ "household": household, "door": "", "verbatim": "", "theme": "logement", "text": text, "agreed": agreed }),
        )
    }

    fn sheet(&self, household: &Json) -> Json {
        self.call("household", json!({ "household": household }))
    }

    /// Every record of a type, as its values are stored.
    fn values_of(&self, kind: RecordType) -> String {
        let open = self.app.open().unwrap();
        let store = lock(&open.store);
        let pending = store.outbox(10_000, usize::MAX).unwrap();
        let of_kind = pending.iter().filter(|change| change.kind == kind.number());
        of_kind.map(|change| serde_json::to_string(change).unwrap()).collect()
    }
}

fn caf(view: &Json) -> Json {
    let objects = view["objects"].as_array().unwrap();
    objects.iter().find(|one| one["object"] == "caf").unwrap().clone()
}

#[test]
fn trust_is_paired_by_the_code_and_names_neither_door_nor_household() {
    let tablet = Tablet::enrolled();
    let at = door(&tablet.plan(&tablet.stair()), "302");
    let household = tablet.household(&at)["id"].clone();
    let slip = tablet.call("trust", json!({ "slip": "" }))["slip"].clone();
    tablet.level(&slip, &at, 1);
    let corrected = tablet.level(&slip, &at, 2);
    assert_eq!((caf(&corrected)["today"].clone(), caf(&corrected)["earlier"].clone()), (json!(2), json!(0)));
    let wrote = tablet.values_of(RecordType::Trust);
    for told in [&at, &household] {
        assert!(!wrote.contains(told.as_str().unwrap()), "nothing ties it to a door or a file");
    }

    tablet.clock.pass(30 * DAY_MS);
    let profile = tablet.call("app_state", json!({}))["profiles"][0]["id"].clone();
    tablet.call("unlock", json!({ "profile": profile, "pin": crate::rig::PIN }));
    let typed = slip.as_str().unwrap().to_lowercase();
    let later = tablet.call("trust", json!({ "slip": typed }));
    assert_eq!((caf(&later)["first"].clone(), caf(&later)["today"].clone()), (json!(2), json!(0)), "found again");
    tablet.level(&slip, &json!(""), 4);
    let open = tablet.app.open().unwrap();
    let measures = lock(&open.store).trust_measures().unwrap();
    let progress = palier_domain::trust::progress(&measures, "caf");
    assert_eq!((progress.paired, progress.gained, progress.alone), (1, 1, 0), "a pair, and two levels up");
}

#[test]
fn a_mistyped_code_and_a_level_of_no_face_are_refused() {
    let tablet = Tablet::enrolled();
    let slip = tablet.call("trust", json!({ "slip": "" }))["slip"].as_str().unwrap().to_owned();
    let wrong = slip.chars().rev().collect::<String>();
    let refused = tablet.ask("trust", json!({ "slip": wrong })).unwrap_err();
    assert_eq!((refused.code, refused.detail.as_deref()), (ErrorCode::InvalidField, Some("slip")));
    for (field, value) in
        [("level", json!(5)), ("object", json!("police")), ("mode", json!("spy")), ("retro", json!("more"))]
    {
        let mut said =
            json!({ "slip": slip, "door": "", "object": "caf", "level": 2, "retro": "", "mode": "interviewer" });
        said[field] = value;
        let refused = tablet.ask("say_of_trust", said).unwrap_err();
        assert_eq!((refused.code, refused.detail.as_deref()), (ErrorCode::InvalidField, Some(field)));
    }
    assert_eq!(caf(&tablet.call("trust", json!({ "slip": slip })))["today"], 0, "nothing was kept");
}

#[test]
fn words_are_kept_with_an_agreement_and_leave_with_it() {
    let tablet = Tablet::enrolled();
    let household = tablet.household(&door(&tablet.plan(&tablet.stair()), "302"))["id"].clone();
    let refused = tablet.words(&household, "On attend depuis deux ans.", false).unwrap_err();
    assert_eq!((refused.code, refused.detail.as_deref()), (ErrorCode::AgreementNeeded, Some("verbatim_quote")));
    tablet.words(&household, "On attend depuis deux ans.", true).unwrap();
    tablet.words(&household, "Le bus est loin.", false).unwrap();
    let said = tablet.sheet(&household)["verbatims"].clone();
    assert_eq!(said.as_array().unwrap().len(), 2, "the agreement given once stands");
    let withdrawn =
        json!({ "household": household, "purpose": "verbatim_quote", "status": "withdrawn", "mode": "oral" });
    let sheet = tablet.call("set_agreement", withdrawn);
    assert_eq!(sheet["verbatims"], json!([]));
    assert!(!tablet.values_of(RecordType::Verbatim).contains("deux ans"), "nor is it sent");
    assert_eq!(tablet.words(&household, "Encore.", false).unwrap_err().code, ErrorCode::AgreementNeeded);
}

#[test]
fn words_of_nobody_need_their_own_agreement_and_name_no_door() {
    let tablet = Tablet::enrolled();
    let at = door(&tablet.plan(&tablet.stair()), "302");
    let said = |agreed: bool| {
        let theme = json!({ "household": "", "door": at, "verbatim": "", "theme": "transports", "text": "Le bus est loin.", "agreed": agreed });
        tablet.ask("say_verbatim", theme)
    };
    assert_eq!(said(false).unwrap_err().code, ErrorCode::AgreementNeeded);
    said(true).unwrap();
    let wrote = tablet.values_of(RecordType::Verbatim);
    assert!(wrote.contains("Le bus est loin.") && !wrote.contains(at.as_str().unwrap()));
}

#[test]
fn the_store_itself_refuses_a_name_and_words_without_an_agreement() {
    let tablet = Tablet::enrolled();
    let at = door(&tablet.plan(&tablet.stair()), "302");
    let opened = json!({ "door": at, "language": "fra", "mode": "oral", "by_name": false, "recontact": true });
    let household = tablet.call("open_household", opened)["id"].as_str().unwrap().to_owned();
    let open = tablet.app.open().unwrap();
    let mut store = lock(&open.store);
    let scope = ScopeKey::File { sector: tablet.sector, structure: open.structure() };
    let before = store.pending().unwrap().changes;
    for (kind, holder, field) in [
        (RecordType::Person, person::household, person::phone),
        (RecordType::Person, person::household, person::family_name),
        (RecordType::Verbatim, verbatim::household, verbatim::text),
    ] {
        let fields = [(holder, Value::text(&household)), (field, Value::text("Rahma"))];
        let refused =
            store.write::<_, StoreError>(crate::rig::NOW, |draft| draft.make(scope, Uuid::now_v7(), kind, &fields));
        assert!(matches!(refused, Err(StoreError::NotAgreed(_))), "{kind:?} {field}");
    }
    assert_eq!(store.pending().unwrap().changes, before, "nothing of it was written");
}

#[test]
fn who_lives_there_is_said_by_bands_and_never_twice() {
    let tablet = Tablet::enrolled();
    let household = tablet.household(&door(&tablet.plan(&tablet.stair()), "302"))["id"].clone();
    let ages = json!([{ "band": "under_12", "count": 2 }, { "band": "25_39", "count": 1 }]);
    tablet.call(
        "edit_household",
        json!({ "household": household, "ages": ages, "known_by": ["none"], "last_contact": "over_year" }),
    );
    let sheet =
        tablet.call("edit_household", json!({ "household": household, "ages": [{ "band": "under_12", "count": 0 }] }));
    assert_eq!(sheet["ages"], json!([{ "band": "25_39", "count": 1 }]), "the other bands stay");
    assert_eq!((sheet["known_by"].clone(), sheet["last_contact"].clone()), (json!(["none"]), json!("over_year")));
    for (field, wrong) in [
        ("ages", json!([{ "band": "old", "count": 1 }])),
        ("ages", json!([{ "band": "over_70", "count": 99 }])),
        ("known_by", json!(["none", "caf"])),
        ("last_contact", json!("yesterday")),
    ] {
        let refused = tablet.ask("edit_household", json!({ "household": household, field: wrong })).unwrap_err();
        assert_eq!((refused.code, refused.detail.as_deref()), (ErrorCode::InvalidField, Some(field)));
    }
}
