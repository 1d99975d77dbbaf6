//! Tablet to tablet without a server, and then the server: real tablets, real encrypted stores, the real server.

use palier_commands::api::CommandError;
use palier_sync_server::registry::TabletStatus;
use palier_sync_server::{Centre, CentreOptions};
use palier_tests::{CentreSocial, Tablet, doors_of};
use serde_json::{Value, json};

/// Doors of the first stair that both tablets know, and their passages.
fn doors(tablet: &Tablet) -> Vec<palier_tests::SeenDoor> {
    let buildings = tablet.call("buildings", json!({})).unwrap();
    doors_of(&tablet.app, buildings["buildings"][0]["stairs"][0]["id"].as_str().unwrap()).unwrap()
}

fn passages(tablet: &Tablet) -> Vec<u64> {
    doors(tablet).iter().map(|door| door.passages).collect()
}

fn visit(tablet: &Tablet, place: usize, outcome: &str) {
    let door = doors(tablet)[place].id.clone();
    tablet.call("record_visit", json!({ "door": door, "outcome": outcome, "callback": "" })).unwrap();
}

/// A household file with a name: what no other structure may read.
fn household(tablet: &Tablet, place: usize) {
    let door = doors(tablet)[place].id.clone();
    let open = json!({ "door": door, "language": "fra", "mode": "oral", "by_name": true, "recontact": false });
    let file = tablet.call("open_household", open).unwrap();
    let person = json!({ "household": file["id"], "person": "", "given_name": "Mona", "family_name": "Canaripaquet",
        "phone": null, "birth_year": null });
    tablet.call("edit_person", person).unwrap();
}

fn give(tablet: &Tablet) -> Value {
    tablet.call("give_bundle", json!({})).unwrap()
}

fn receive(tablet: &Tablet, given: &Value) -> Value {
    tablet.call("receive_bundle", json!({ "file": given["file"] })).unwrap()
}

fn refusal(tablet: &Tablet, given: &Value) -> String {
    let error = tablet.call("receive_bundle", json!({ "file": given["file"] })).unwrap_err();
    let error = serde_json::to_value(error.downcast_ref::<CommandError>().unwrap()).unwrap();
    assert_eq!(error["code"], "bundle", "a bundle is refused as such: {error}");
    error["detail"].as_str().unwrap().to_owned()
}

/// Samia and Karim, of one structure, who both synced and then lost the network.
fn two_without_a_network(centre: &CentreSocial) -> [Tablet; 2] {
    let tablets = ["Samia", "Karim"].map(|name| Tablet::enrolled(centre, name).unwrap());
    for tablet in tablets.iter().chain(&tablets) {
        assert_eq!(tablet.sync().unwrap()["state"], "up_to_date", "{} syncs", tablet.name);
    }
    tablets.iter().for_each(|tablet| tablet.link.set_down(true));
    tablets
}

fn standing(centre: &CentreSocial, of: &str, status: TabletStatus) {
    let office = Centre::open(&centre.data(), CentreOptions::default()).unwrap();
    let name = format!("Tablette de {of}");
    let tablet = office.registry.tablets().unwrap().into_iter().find(|tablet| tablet.name == name).unwrap();
    office.registry.set_tablet_status(tablet.replica, status).unwrap();
}

/// What the server has of the scopes that a tablet holds is what the tablet has.
fn same_as_the_server(centre: &CentreSocial, tablet: &Tablet) {
    let server = centre.digests().unwrap();
    for scope in tablet.digests().unwrap() {
        assert!(server.contains(&scope), "{} and the server hold the same: {}", tablet.name, scope.0);
    }
}

#[test]
fn two_tablets_meet_without_a_server_and_one_brings_the_others_work() {
    let centre = CentreSocial::open().unwrap();
    let [samia, karim] = two_without_a_network(&centre);
    visit(&samia, 0, "no_answer");
    household(&samia, 1);
    visit(&karim, 2, "callback");
    visit(&karim, 0, "declined");
    let from_samia = give(&samia);
    assert_eq!(from_samia["readers"], json!(["Karim"]), "she sees who can read it");
    let received = receive(&karim, &from_samia);
    assert_eq!((&received["giver"], &received["authors"][0]["name"]), (&json!("Samia"), &json!("Samia")), "{received}");
    assert_eq!(received["authors"][0]["new"], from_samia["own"], "all of hers is new to him");
    receive(&samia, &give(&karim));
    assert_eq!(samia.digests().unwrap(), karim.digests().unwrap(), "both have the same on every scope");
    assert!(samia.sync().unwrap()["offline"].as_bool().unwrap(), "and no server was reached");

    // Karim comes back first, and brings what Samia wrote.
    karim.link.set_down(false);
    let waited = karim.call("sync_status", json!({})).unwrap();
    assert_eq!(waited["carried"], from_samia["own"], "he sees what he carries for her");
    let status = karim.sync().unwrap();
    assert_eq!((&status["state"], &status["carried"]), (&json!("up_to_date"), &json!(0)), "{status}");
    same_as_the_server(&centre, &karim);
    let brought = centre.digests().unwrap();

    // Samia comes back: the server has it all already, nothing doubles and nothing is asked again.
    let before = passages(&samia);
    samia.link.set_down(false);
    let status = samia.sync().unwrap();
    assert_eq!((&status["state"], &status["pending"]), (&json!("up_to_date"), &json!(0)), "{status}");
    assert_eq!(status["carried"], 0, "what she carried for him was there as well");
    assert_eq!(passages(&samia), before, "no passage is counted twice");
    assert_eq!(centre.digests().unwrap(), brought, "the server learned nothing new of her");
    same_as_the_server(&centre, &samia);
    let again = receive(&karim, &from_samia);
    assert_eq!(again["authors"][0]["new"], 0, "the same file a week later brings nothing");
    assert_eq!(karim.call("sync_status", json!({})).unwrap()["carried"], 0, "and is not carried again");
}

#[test]
fn a_clock_that_runs_ahead_is_set_right_whoever_brings_it() {
    let centre = CentreSocial::open().unwrap();
    let [samia, karim] = two_without_a_network(&centre);
    // A restart and a clock that someone set to another year.
    samia.clock.restart();
    samia.clock.set_wrong_ms(3 * 365 * 86_400_000);
    visit(&samia, 0, "no_answer");
    receive(&karim, &give(&samia));
    karim.link.set_down(false);
    assert_eq!(karim.sync().unwrap()["state"], "up_to_date");
    same_as_the_server(&centre, &karim);
    samia.link.set_down(false);
    assert_eq!(samia.sync().unwrap()["state"], "up_to_date");
    same_as_the_server(&centre, &samia);
}

#[test]
fn another_structure_reads_nothing() {
    let centre = CentreSocial::open().unwrap();
    let [samia, _karim] = two_without_a_network(&centre);
    let awa = Tablet::enrolled(&centre, "Awa").unwrap();
    awa.sync().unwrap();
    household(&samia, 1);
    let given = give(&samia);
    let before = awa.digests().unwrap();
    assert_eq!(refusal(&awa, &given), "not_for_this_tablet", "whatever her structure shares with hers");
    assert_eq!(awa.digests().unwrap(), before, "and nothing of it is there");
    assert_eq!(refusal(&samia, &given), "not_for_this_tablet", "nor is it for her who made it");
    let bytes = data_encoding::BASE64.decode(given["file"].as_str().unwrap().as_bytes()).unwrap();
    assert!(!bytes.windows(12).any(|window| window == b"Canaripaquet"), "no name is in the file in clear");
}

#[test]
fn what_a_revoked_tablet_wrote_is_refused_and_leaves_who_carried_it() {
    let centre = CentreSocial::open().unwrap();
    let [samia, karim] = two_without_a_network(&centre);
    visit(&samia, 0, "no_answer");
    let before = passages(&karim);
    receive(&karim, &give(&samia));
    visit(&karim, 0, "declined");
    assert_ne!(passages(&karim), before, "he saw her passage");
    standing(&centre, "Samia", TabletStatus::Revoked);
    karim.link.set_down(false);
    let status = karim.sync().unwrap();
    assert_eq!((&status["state"], &status["carried"]), (&json!("up_to_date"), &json!(0)), "{status}");
    same_as_the_server(&centre, &karim);
    let own: u64 = passages(&karim).iter().sum();
    assert_eq!(own, before.iter().sum::<u64>() + 1, "hers is gone, his own stays");
}

#[test]
fn what_a_suspended_tablet_wrote_waits_with_who_carries_it() {
    let centre = CentreSocial::open().unwrap();
    let [samia, karim] = two_without_a_network(&centre);
    visit(&samia, 0, "no_answer");
    visit(&karim, 1, "no_answer");
    receive(&karim, &give(&samia));
    standing(&centre, "Samia", TabletStatus::Suspended);
    karim.link.set_down(false);
    let status = karim.sync().unwrap();
    assert_eq!((&status["state"], &status["pending"]), (&json!("up_to_date"), &json!(0)), "his own goes: {status}");
    assert_ne!(status["carried"], 0, "hers waits with him");
    let told = karim.call("give_bundle", json!({})).unwrap_err();
    let told = serde_json::to_value(told.downcast_ref::<CommandError>().unwrap()).unwrap();
    assert_eq!(told["detail"], "no_reader", "nor is a suspended tablet given anything");
    standing(&centre, "Samia", TabletStatus::Active);
    assert_eq!(karim.sync().unwrap()["carried"], 0, "heard again, it goes");
    same_as_the_server(&centre, &karim);
}
