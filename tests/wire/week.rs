//! A week of two mediators on the demonstration territory, by the commands that the screens call.

use anyhow::Context;
use palier_tests::{CentreSocial, Tablet};
use serde_json::{Value, json};

/// Stairs that each of the two visits.
const STAIRS: usize = 16;

/// Outcomes in the order of a round, with the slot of those that have one.
const OUTCOMES: [(&str, &str); 8] = [
    ("no_answer", ""),
    ("no_answer", ""),
    ("opened_brief", ""),
    ("no_answer", ""),
    ("callback", "evening"),
    ("declined", ""),
    ("opened_full", ""),
    ("vacant", ""),
];

/// Records the week and syncs it.
pub fn record(centre: &CentreSocial) -> anyhow::Result<()> {
    for (turn, name) in ["Samia", "Karim"].into_iter().enumerate() {
        let tablet = Tablet::enrolled(centre, name)?;
        tablet.sync()?;
        let buildings = tablet.call("buildings", json!({}))?;
        let stairs: Vec<Value> = list(&buildings["buildings"])
            .flat_map(|building| list(&building["stairs"]).map(|stair| stair["id"].clone()))
            .collect();
        for stair in stairs.iter().skip(turn).step_by(2).take(STAIRS) {
            round(&tablet, stair)?;
            tablet.sync()?;
        }
    }
    Ok(())
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn round(tablet: &Tablet, stair: &Value) -> anyhow::Result<()> {
    let plan = tablet.call("stair_plan", json!({ "stair": stair }))?;
    let doors = list(&plan["floors"]).flat_map(|floor| list(&floor["doors"]));
    for (door, (outcome, callback)) in doors.zip(OUTCOMES.iter().cycle()) {
        let recorded =
            tablet.call("record_visit", json!({ "door": door["id"], "outcome": outcome, "callback": callback }))?;
        if *outcome == "opened_brief" {
            let note = json!({ "visit": recorded["visit"], "outcome": null, "callback": null, "flags": ["interpreter"],
                "note": "Sonner deux fois.", "needs": ["social_sante", "logement"] });
            tablet.call("amend_visit", note).context("amend")?;
        }
        if *outcome == "opened_full" {
            let file = tablet.call(
                "open_household",
                json!({ "door": door["id"], "language": "fra", "mode": "oral", "by_name": false, "recontact": true }),
            )?;
            let edit = json!({ "household": file["id"], "ages": [{ "band": "25_39", "count": 2 }, { "band": "under_12", "count": 1 }], "languages": ["fra", "ara"],
                "access_needs": [], "needs": ["logement"], "note": null });
            tablet.call("edit_household", edit)?;
        }
    }
    Ok(())
}
