//! The figures once more, by a computation in another language over the exported events: `tests/independent/figures.py`.

use std::process::Command;

use palier_sync_server::events;
use serde_json::{Value as Json, json};

use crate::console::{call, signed_in};
use crate::generated;
use crate::office::Office;

#[tokio::test]
async fn another_computation_over_the_events_agrees() {
    if Command::new("python3").arg("--version").output().is_err() {
        println!("NOT RUN: python3 is missing, so the figures were not computed a second time");
        return;
    }
    let office = Office::open();
    generated::fill(&office, 41, [24, 12, 6]).await;
    let session = signed_in(&office).await;
    let folder = tempfile::tempdir().unwrap();
    let exported = office
        .with(|centre| {
            let mut lines = Vec::new();
            events::write(&centre.store, &mut lines).unwrap();
            lines
        })
        .await;
    let lines = String::from_utf8_lossy(&exported).into_owned();
    assert!(lines.lines().count() > 1_000 && !lines.contains("allée des Essais"), "coded fields alone");
    std::fs::write(folder.path().join("events.jsonl"), &exported).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/independent/figures.py");
    for (from, to) in [("2024-01-01", "2024-12-31"), ("2024-03-31", "2024-10-27"), ("2025-02-01", "2025-02-01")] {
        let request = json!({ "sector": "", "from": from, "to": to, "beside": "qpv" });
        let said = call(&office, "figures", &session, request).await.json();
        let mut areas = said["columns"].as_array().unwrap().clone();
        assert_eq!(areas.len(), 3, "two QPV and what is outside of them");
        areas.push(json!({ "code": "*", "groups": said["groups"] }));
        let expected: Json = json!({ "from": from, "to": to, "france_services": [], "areas": areas });
        let file = folder.path().join("expected.json");
        std::fs::write(&file, expected.to_string()).unwrap();
        let run =
            Command::new("python3").arg(script).arg(folder.path().join("events.jsonl")).arg(&file).output().unwrap();
        let told = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
        assert!(run.status.success(), "{from} to {to}:\n{told}");
        println!("{from} to {to}: {told}");
        // It can tell a difference.
        let mut wrong = expected;
        let count = wrong["areas"][0]["groups"][1]["figures"][0]["count"].as_u64().unwrap();
        wrong["areas"][0]["groups"][1]["figures"][0]["count"] = json!(count + 1);
        std::fs::write(&file, wrong.to_string()).unwrap();
        let run =
            Command::new("python3").arg(script).arg(folder.path().join("events.jsonl")).arg(&file).output().unwrap();
        assert!(
            !run.status.success() && String::from_utf8_lossy(&run.stdout).contains("households"),
            "one more is found"
        );
    }
}
