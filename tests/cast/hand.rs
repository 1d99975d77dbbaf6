//! A hand that taps until it is killed: records one door after the other and says each once the command has answered.
//!
//! `hand FOLDER SERVER tap STAIR FROM` taps; `hand FOLDER SERVER sync STAIR FROM` taps five doors, syncs, and so on.

#![allow(clippy::indexing_slicing, reason = "an absent key of a JSON answer reads as null")]

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, server, mode, stair, from] = arguments.as_slice() else {
        anyhow::bail!("hand FOLDER SERVER tap|sync STAIR FROM");
    };
    let app = palier_tests::in_this_process(Path::new(folder), server)?;
    let plan = app.call("stair_plan", json!({ "stair": stair }))?;
    let floors = plan["floors"].as_array().context("floors")?;
    let doors: Vec<&Value> = floors.iter().flat_map(|floor| floor["doors"].as_array().into_iter().flatten()).collect();
    let mut out = std::io::stdout().lock();
    for (place, door) in doors.iter().enumerate().skip(from.parse()?) {
        app.call("record_visit", json!({ "door": door["id"], "outcome": "no_answer", "callback": "" }))?;
        writeln!(out, "{place}")?;
        out.flush()?;
        if mode == "sync" && place % 5 == 4 {
            writeln!(out, "sync")?;
            out.flush()?;
            app.call("sync_now", json!({}))?;
        }
    }
    Ok(())
}
