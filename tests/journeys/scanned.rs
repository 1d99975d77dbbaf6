//! A byte scan of everything a tablet wrote finds no name, no note, no phone (SEC1, T1).

use std::path::Path;

use palier_tests::{CentreSocial, Tablet};
use serde_json::{Value, json};

/// Canaries planted.
const CANARIES: usize = 50;

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            files(&entry.path(), found);
        } else {
            found.push(entry.path());
        }
    }
}

fn hits(folder: &Path, canaries: &[String]) -> Vec<String> {
    let mut paths = Vec::new();
    files(folder, &mut paths);
    assert!(paths.len() >= 4, "slots, store, log and card are on disk");
    let mut hits = Vec::new();
    for path in paths {
        let bytes = std::fs::read(&path).unwrap();
        for canary in canaries {
            if bytes.windows(canary.len()).any(|window| window == canary.as_bytes()) {
                hits.push(format!("{canary} in {}", path.file_name().unwrap().to_string_lossy()));
            }
        }
    }
    hits
}

#[test]
fn nothing_that_was_noted_is_readable_on_the_disk() {
    let centre = CentreSocial::open().unwrap();
    let tablet = Tablet::enrolled(&centre, "Samia").unwrap();
    tablet.sync().unwrap();
    let buildings = tablet.call("buildings", json!({})).unwrap();
    let stair = buildings["buildings"][0]["stairs"][0]["id"].clone();
    let plan = tablet.call("stair_plan", json!({ "stair": stair })).unwrap();
    let doors: Vec<Value> =
        plan["floors"].as_array().unwrap().iter().flat_map(|f| f["doors"].as_array().unwrap().clone()).collect();
    let mut canaries = Vec::new();
    let mut canary = |kind: &str| {
        let text = format!("Canari{kind}{:04}zq", canaries.len());
        canaries.push(text.clone());
        text
    };
    for turn in 0..10 {
        let door = &doors[turn % doors.len()]["id"];
        let file = tablet
            .call(
                "open_household",
                json!({ "door": door, "language": "fra", "mode": "oral", "by_name": true, "recontact": true }),
            )
            .unwrap();
        let person = json!({ "household": file["id"], "person": "", "given_name": canary("prenom"), "family_name": canary("nom"),
            "phone": null, "birth_year": null });
        tablet.call("edit_person", person).unwrap();
        tablet.call("edit_household", json!({ "household": file["id"], "note": canary("foyer") })).unwrap();
        let visit =
            tablet.call("record_visit", json!({ "door": door, "outcome": "opened_brief", "callback": "" })).unwrap();
        let note = json!({ "visit": visit["visit"], "outcome": null, "callback": null, "flags": null, "note": canary("note"), "needs": null });
        tablet.call("amend_visit", note).unwrap();
        tablet.call("edit_building", json!({ "building": plan["building"], "access": canary("acces") })).unwrap();
    }
    assert_eq!(canaries.len(), CANARIES, "fifty canaries are planted");
    assert_eq!(hits(tablet.folder(), &canaries), Vec::<String>::new(), "none is readable while the app runs");
    tablet.sync().unwrap();
    let found = tablet.call("search", json!({ "text": canaries[1], "stair": "" })).unwrap();
    assert!(
        !found["hits"].as_array().unwrap().is_empty(),
        "the app itself finds them: the scan looked for the right thing"
    );
    let folder = centre.folder().to_owned();
    let idle = tablet.let_go();
    assert_eq!(hits(idle.folder(), &canaries), Vec::<String>::new(), "none is readable after");
    assert_eq!(hits(&folder.join("server"), &canaries), Vec::<String>::new(), "nor on the server's disk");
    let log = std::fs::read_to_string(folder.join("server.log")).unwrap();
    assert!(canaries.iter().all(|canary| !log.contains(canary)), "nor in the server's log");
}
