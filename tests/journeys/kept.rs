//! What the centre keeps and what it does not: a revoked tablet, a backup and its erasures, data of a newer version.

use std::process::Command;

use palier_sync_server::registry::TabletStatus;
use palier_sync_server::{Centre, CentreOptions};
use palier_tests::{CentreSocial, Tablet};
use serde_json::{Value, json};

fn first_door(tablet: &Tablet) -> Value {
    let buildings = tablet.call("buildings", json!({})).unwrap();
    let stair = buildings["buildings"][0]["stairs"][0]["id"].clone();
    tablet.call("stair_plan", json!({ "stair": stair })).unwrap()["floors"][0]["doors"][0]["id"].clone()
}

fn household(tablet: &Tablet) -> Value {
    let open =
        json!({ "door": first_door(tablet), "language": "fra", "mode": "oral", "by_name": true, "recontact": false });
    let file = tablet.call("open_household", open).unwrap();
    let person = json!({ "household": file["id"], "person": "", "given_name": "Awa", "family_name": "Canarisauvegarde",
        "phone": null, "birth_year": null });
    tablet.call("edit_person", person).unwrap();
    file["id"].clone()
}

#[test]
fn a_revoked_tablet_is_not_heard_and_loses_nothing() {
    let centre = CentreSocial::open().unwrap();
    let tablet = Tablet::enrolled(&centre, "Samia").unwrap();
    tablet.sync().unwrap();
    let office = Centre::open(&centre.data(), CentreOptions::default()).unwrap();
    let replica = office.registry.tablets().unwrap()[0].replica;
    office.registry.set_tablet_status(replica, TabletStatus::Suspended).unwrap();
    tablet
        .call("record_visit", json!({ "door": first_door(&tablet), "outcome": "no_answer", "callback": "" }))
        .unwrap();
    let status = tablet.sync().unwrap();
    assert_eq!(
        (status["state"].as_str(), status["pending"].as_u64()),
        (Some("refused"), Some(1)),
        "it is told, and keeps what it has"
    );
    office.registry.set_tablet_status(replica, TabletStatus::Active).unwrap();
    assert_eq!(tablet.sync().unwrap()["state"], "up_to_date", "a suspended one comes back with all it had");
    office.registry.set_tablet_status(replica, TabletStatus::Revoked).unwrap();
    assert_eq!(tablet.sync().unwrap()["state"], "refused", "a revoked one is refused");
    assert!(office.registry.set_tablet_status(replica, TabletStatus::Active).is_err(), "for good");
}

#[test]
fn a_restored_backup_holds_nothing_of_who_was_erased_since() {
    let mut centre = CentreSocial::open().unwrap();
    let tablet = Tablet::enrolled(&centre, "Samia").unwrap();
    tablet.sync().unwrap();
    let household = household(&tablet);
    tablet.sync().unwrap();
    let server = |arguments: &[&std::ffi::OsStr]| {
        let me = std::env::current_exe().unwrap();
        let binary = me.ancestors().skip(1).take(3).map(|f| f.join("palier-server")).find(|p| p.exists()).unwrap();
        let output = Command::new(binary).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let (early, late) = (centre.folder().join("early"), centre.folder().join("late"));
    server(&["backup".as_ref(), "--data".as_ref(), centre.data().as_ref(), early.as_ref()]);
    let withdraw =
        json!({ "household": household, "purpose": "record_nominative", "status": "withdrawn", "mode": "oral" });
    tablet.call("set_agreement", withdraw).unwrap();
    assert_eq!(tablet.sync().unwrap()["state"], "up_to_date", "the withdrawal reached the server");
    server(&["backup".as_ref(), "--data".as_ref(), centre.data().as_ref(), late.as_ref()]);
    centre.stop().unwrap();

    let restored = centre.folder().join("restored");
    let list = late.join("erased.log");
    server(&[
        "restore".as_ref(),
        "--data".as_ref(),
        restored.as_ref(),
        early.as_ref(),
        "--erased".as_ref(),
        list.as_ref(),
    ]);
    let office = Centre::open(&restored, CentreOptions::default()).unwrap();
    let household = uuid::Uuid::parse_str(household.as_str().unwrap()).unwrap();
    assert_eq!(office.store.persons_of(household).unwrap(), Vec::<uuid::Uuid>::new(), "nobody is named any more");
    assert!(office.store.search("canarisauvegarde", None).unwrap().is_empty(), "and nothing finds the name");
    assert_eq!(office.erased().unwrap().len(), 1, "the erasure is remembered");
}

#[test]
fn data_of_a_newer_version_are_refused_and_left_alone() {
    let centre = CentreSocial::open().unwrap();
    let folder = centre.folder().join("newer");
    drop(Centre::open(&folder, CentreOptions::default()).unwrap());
    let key = std::fs::read_to_string(folder.join("server.key")).unwrap();
    let bytes: Vec<u8> = (0..32).map(|n| u8::from_str_radix(&key.trim()[2 * n..2 * n + 2], 16).unwrap()).collect();
    let key = palier_store::StoreKey::new(bytes.try_into().unwrap());
    palier_store::connect(&folder.join("ledger.db"), &key).unwrap().pragma_update(None, "user_version", 999).unwrap();
    let refused = Centre::open(&folder, CentreOptions::default()).err().map(|error| error.to_string());
    assert!(refused.is_some_and(|text| text.contains("newer version")), "the message says what to do");
    std::fs::remove_file(folder.join("server.key")).unwrap();
    let refused = Centre::open(&folder, CentreOptions::default()).err().map(|error| error.to_string());
    assert!(refused.is_some_and(|text| text.contains("key file")), "databases without their key are not begun anew");
}
