//! A tablet that has no space left, with its app and the real server: it says so, loses nothing, and goes on once there is space.

use std::sync::{Arc, Mutex};

use ed25519_dalek::SigningKey;
use palier_commands::SystemClock;
use palier_commands::api::CommandError;
use palier_disk::{Disk, Fault};
use palier_exchange::round::{self, RoundError};
use palier_exchange::{Credential, NetFault, Progress, Reply, Transport};
use palier_store::Store;
use palier_tests::{CentreSocial, Tablet, doors_of, new_stair, tell_visit};
use serde_json::json;

fn code(error: &anyhow::Error) -> String {
    let error = error.downcast_ref::<CommandError>().expect("a refusal of the app");
    serde_json::to_value(error).unwrap()["code"].as_str().unwrap().to_owned()
}

#[test]
fn a_full_tablet_says_so_and_loses_nothing() {
    let centre = CentreSocial::open().unwrap();
    let disk = Disk::of(centre.folder()).unwrap();
    let tablet = Tablet::enrolled(&centre, "Samia").unwrap();
    tablet.sync().unwrap();
    let stair = new_stair(&tablet.app, "1 allée des Essais").unwrap();
    tablet.sync().unwrap();
    let doors = doors_of(&tablet.app, &stair).unwrap();
    let passages = || doors_of(&tablet.app, &stair).unwrap().iter().map(|door| door.passages).sum::<u64>();
    for (place, door) in doors.iter().take(3).enumerate() {
        tell_visit(&tablet.app, &door.id, place).unwrap();
    }

    disk.fail_after(0, Fault::Full);
    let full = tell_visit(&tablet.app, &doors[3].id, 3).unwrap_err();
    assert_eq!(code(&full), "storage_full");
    assert_eq!(passages(), 3, "what was told before is there, what was refused is not");
    // The server takes what waits; that it did cannot be written down, so it waits still.
    assert_eq!(code(&tablet.sync().unwrap_err()), "storage_full");
    assert_eq!(tablet.call("sync_status", json!({})).unwrap()["state"], "pending");
    assert!(disk.mend() > 0);

    tell_visit(&tablet.app, &doors[3].id, 3).unwrap();
    assert_eq!(tablet.sync().unwrap()["state"], "up_to_date");
    assert_eq!(passages(), 4);
    let server = centre.digests().unwrap();
    for scope in tablet.digests().unwrap() {
        assert!(server.contains(&scope), "the server holds the same: {}", scope.0);
    }
    assert_eq!(tablet.app.integrity().unwrap(), Vec::<String>::new());
}

/// A server that is there and cannot.
struct Cannot(u16);

impl Transport for Cannot {
    fn post(&self, _: &str, _: &[(&str, String)], _: Vec<u8>) -> Result<Reply, NetFault> {
        Ok(Reply { status: self.0, body: br#"{"error":"fault","detail":"sync"}"#.to_vec() })
    }
}

#[test]
fn a_server_that_cannot_now_refuses_nobody() {
    let asked = |status| {
        let store = Store::in_memory().unwrap();
        store.set_replica(5).unwrap();
        let credential = Credential {
            server: "server".to_owned(),
            territory: "territory".to_owned(),
            replica: 5,
            key: SigningKey::from_bytes(&[5; 32]),
            app_version: "0".to_owned(),
        };
        let store = Arc::new(Mutex::new(store));
        round::run(&store, &credential, &Cannot(status), &SystemClock, &Progress::default()).unwrap_err()
    };
    for status in [500, 503, 507] {
        assert!(matches!(asked(status), RoundError::Net(NetFault::Unreachable)), "{status}: it comes again");
    }
    assert!(matches!(asked(403), RoundError::Refused(_)), "a refusal stays one");
}
