//! A server whose ledger was compacted, and tablets that go on from where they were: real stores, the real server.

use palier_sync_server::{Centre, CentreOptions, now_ms};
use palier_tests::{CentreSocial, Tablet, doors_of};
use serde_json::{Value, json};

fn first_door(tablet: &Tablet) -> String {
    let buildings = tablet.call("buildings", json!({})).unwrap();
    let stair = buildings["buildings"][0]["stairs"][0]["id"].as_str().unwrap().to_owned();
    doors_of(&tablet.app, &stair).unwrap()[0].id.clone()
}

fn amend(tablet: &Tablet, visit: &Value, note: &str) {
    let amend =
        json!({ "visit": visit, "outcome": null, "callback": null, "flags": null, "note": note, "needs": null });
    tablet.call("amend_visit", amend).unwrap();
}

fn as_the_server(centre: &CentreSocial, tablet: &Tablet) {
    let server = centre.digests().unwrap();
    for (scope, digest) in tablet.digests().unwrap() {
        assert!(server.contains(&(scope.clone(), digest)), "{} holds {scope} as the server does", tablet.name);
    }
}

#[test]
fn tablets_go_on_from_where_they_were_after_a_compaction() {
    let mut centre = CentreSocial::open().unwrap();
    let [samia, karim] = ["Samia", "Karim"].map(|name| Tablet::enrolled(&centre, name).unwrap());
    samia.sync().unwrap();
    let visit = samia
        .call("record_visit", json!({ "door": first_door(&samia), "outcome": "opened_brief", "callback": "" }))
        .unwrap()["visit"]
        .clone();
    amend(&samia, &visit, "Sonner deux fois.");
    samia.sync().unwrap();
    // Karim has the first note, and writes another without a network, while Samia replaces hers twice.
    karim.sync().unwrap();
    karim.link.set_down(true);
    amend(&karim, &visit, "Passer le soir.");
    for note in ["Sonner une fois.", "Frapper, la sonnette est en panne."] {
        amend(&samia, &visit, note);
        samia.sync().unwrap();
    }
    // As ninety days later, all that is there is old enough.
    let before = centre.digests().unwrap();
    centre
        .with_data(|data| {
            let mut office = Centre::open(data, CentreOptions::default())?;
            let run = office.compact(0, now_ms(), &mut |_| ())?;
            assert!(run.gone >= 2, "what was replaced is gone: {run:?}");
            assert!(run.looked > run.gone, "and what stands is packed: {run:?}");
            office.shrink()?;
            Ok(())
        })
        .unwrap();
    assert_eq!(centre.digests().unwrap(), before, "nobody's state changes by it");
    karim.link.set_down(false);
    let newcomer = Tablet::enrolled(&centre, "Karim").unwrap();
    for tablet in [&karim, &samia, &karim, &newcomer] {
        assert_eq!(tablet.sync().unwrap()["state"], "up_to_date");
    }
    for tablet in [&samia, &karim, &newcomer] {
        as_the_server(&centre, tablet);
    }
    let said = centre.compact().unwrap();
    assert!(said.contains("Les empreintes n'ont pas changé"), "the operator's command says what it did: {said}");
    assert_eq!(samia.sync().unwrap()["state"], "up_to_date");
    as_the_server(&centre, &samia);
}
