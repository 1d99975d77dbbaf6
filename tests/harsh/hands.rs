//! The process of the tablet: the app on its encrypted folder, told what to do by the lines of its input. It is killed at any
//! moment, and started again on the same folder.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use palier_commands::App;
use palier_tests::{Dice, doors_of, tell_noise, tell_visit};
use serde_json::{Value as Json, json};

/// What one line asks.
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Records passages at these doors, in order, one by one: with files full of noise, or as a mediator does.
    Visits { from: usize, count: usize, noise: bool },
    /// Records that nobody opened, a whole staircase a command.
    Stairs { count: usize },
    /// Syncs once.
    Sync,
    /// Tells what the tablet holds.
    Held,
}

/// Serves `tablet FOLDER ADDRESS STAIR…` until its input ends.
pub fn serve(arguments: impl Iterator<Item = String>) -> anyhow::Result<()> {
    let arguments: Vec<String> = arguments.collect();
    let [folder, address, stairs @ ..] = arguments.as_slice() else { anyhow::bail!("tablet FOLDER ADDRESS STAIR…") };
    let app = palier_tests::in_this_process(Path::new(folder), address)?;
    let mut tablet = Hands { app, stairs: stairs.to_vec(), doors: BTreeMap::new() };
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let answer = tablet.take(&serde_json::from_str(&line?)?)?;
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}

struct Hands {
    app: Arc<App>,
    stairs: Vec<String>,
    /// Doors of the stairs that were read.
    doors: BTreeMap<usize, Vec<String>>,
}

impl Hands {
    fn take(&mut self, step: &Step) -> anyhow::Result<Json> {
        match step {
            Step::Visits { from, count, noise } => {
                for place in *from..from + count {
                    let door = self.door(place)?;
                    if *noise {
                        tell_noise(&self.app, &door, Dice::new(place as u64 + 1))?;
                    } else {
                        tell_visit(&self.app, &door, place)?;
                    }
                }
            }
            Step::Stairs { count } => {
                for stair in self.stairs.iter().take(*count) {
                    let whole = json!({ "stair": stair, "floor": null, "outcome": "no_answer" });
                    self.app.call("record_floor", whole)?;
                }
            }
            Step::Sync => return Ok(self.app.call("sync_now", json!({}))?),
            Step::Held => return self.held(),
        }
        Ok(self.app.call("sync_status", json!({}))?)
    }

    fn door(&mut self, place: usize) -> anyhow::Result<String> {
        let mut place = place;
        for number in 0..self.stairs.len() {
            let doors = self.doors_of(number)?;
            match doors.get(place) {
                Some(door) => return Ok(door.clone()),
                None => place -= doors.len(),
            }
        }
        anyhow::bail!("There are not that many doors")
    }

    fn doors_of(&mut self, number: usize) -> anyhow::Result<&[String]> {
        let stair = self.stairs.get(number).context("A staircase")?;
        if !self.doors.contains_key(&number) {
            let doors = doors_of(&self.app, stair)?.into_iter().map(|door| door.id).collect();
            self.doors.insert(number, doors);
        }
        self.doors.get(&number).map(Vec::as_slice).context("Its doors")
    }

    /// Digests, what a check of every page says, and the passages of each door: how many have one, and how many there are.
    fn held(&self) -> anyhow::Result<Json> {
        let (mut once, mut total) = (0u64, 0u64);
        for stair in &self.stairs {
            for door in doors_of(&self.app, stair)? {
                once += u64::from(door.passages == 1);
                total += door.passages;
            }
        }
        let empty = "0".repeat(32);
        let digests: BTreeMap<String, String> =
            self.app.digests()?.into_iter().filter(|(_, digest)| *digest != empty).collect();
        Ok(json!({ "digests": digests, "integrity": self.app.integrity()?, "once": once, "total": total }))
    }
}
