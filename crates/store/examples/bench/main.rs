//! The figures of a full store: 100,000 doors, 20,000 households, 200,000 passages, encrypted, on disk.
//!
//! `cargo run --release -p palier-store --example bench` builds it in a temporary folder, by a process of its own so that
//! the memory measured is that of reading, prints JSON and ends with 1 when a target is missed.
#![allow(clippy::print_stdout, reason = "the figures are the answer")]

mod cast;
mod figures;
mod queries;
mod territory;

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use figures::{Times, peak_mib};
use palier_store::acts::Act;
use palier_store::{Store, StoreError, StoreKey};
use palier_sync::catalogue::visit;
use palier_sync::{RecordType, Value};
use serde_json::json;
use territory::{NOW, Size, Territory};

/// A busy city, ten times what one tablet holds.
const SIZE: Size = Size { buildings: 1_000, stairs: 2, doors: 50, households: 20_000, visits: 200_000 };
/// A key for figures only: the store is made of invented people and thrown away.
const KEY: [u8; 32] = [42; 32];
/// How often each reading is timed.
const READS: usize = 500;
/// Only builds the store, in the file named next.
const BUILD: &str = "--build";
/// Only measures a store that was built, in the file named next.
const MEASURE: &str = "--measure";

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [BUILD, path] => {
            territory::fill(&mut Store::open(Path::new(path), &StoreKey::new(KEY))?, SIZE)?.homes.len();
            return Ok(ExitCode::SUCCESS);
        }
        [MEASURE, path] => return told(measure(Path::new(path), 0.0)?),
        [] => {}
        _ => return Err("Usage: bench [--build FILE | --measure FILE]".into()),
    }
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("store.db");
    let built = Instant::now();
    if !Command::new(std::env::current_exe()?).arg(BUILD).arg(&path).status()?.success() {
        return Err("The store could not be built".into());
    }
    let build_s = built.elapsed().as_secs_f64();
    told(measure(&path, build_s)?)
}

fn told((figures, met): (serde_json::Value, bool)) -> Result<ExitCode, Box<dyn std::error::Error>> {
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(if met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn measure(path: &Path, build_s: f64) -> Result<(serde_json::Value, bool), Box<dyn std::error::Error>> {
    let territory = territory::draw(SIZE);
    let drawn_mib = peak_mib();
    let start = opened(path, &territory)?;
    let mut store = Store::open(path, &StoreKey::new(KEY))?;
    let stair = stairs(&store, &territory)?;
    let buildings = coverage(&store)?;
    let (search, recall, missed) = searches(&store, &territory)?;
    let addresses = addresses(&store, &territory)?;
    let commit = commits(&mut store, &territory)?;
    let floor = figures::disk_floor(path.parent().ok_or("The store has no folder")?)?;
    // On a busy machine a bare write waits as long: then what the store adds to it is what counts.
    let busy = floor.wall(50) > 1.0;
    let committed = commit.wall(50) - if busy { floor.wall(50) } else { 0.0 } <= 2.0;
    let (apart, people) = queries::named_apart(&territory);
    let found = recall >= 0.98;
    let met = start.wall(95) <= 300.0
        && stair.wall(95) <= 50.0
        && search.wall(95) <= 50.0
        && addresses.wall(95) <= 50.0
        && buildings.wall(95) <= 100.0
        && committed
        && found;
    let figures = json!({
        "store": {
            "doors": territory.doors.len(), "households": territory.homes.len(), "people": people,
            "visits": SIZE.visits, "build_s": build_s.round(), "file_mib": mib(path)?,
        },
        "open_to_grid": start.json(95, 300.0),
        "open_stair": stair.json(95, 50.0),
        "buildings_with_coverage": buildings.json(95, 100.0),
        "search_households": search.json(95, 50.0),
        "search_places": addresses.json(95, 50.0),
        "search_recall": {
            "queries": 500, "in_first_three": recall, "target": ">= 0.98", "met": found, "missed_by_kind": missed,
            "people_named_apart": apart as f64 / people as f64,
        },
        "commit_one_visit": commit.json(50, 2.0),
        "commit_floor_of_this_machine": {
            "same_bytes_without_a_database": floor.plain(), "too_busy_to_judge_by_wall": busy, "commit_met": committed,
        },
        "memory": { "peak_mib": peak_mib(), "of_which_the_bench_mib": drawn_mib },
        "met": met,
    });
    Ok((figures, met))
}

fn mib(path: &Path) -> std::io::Result<f64> {
    Ok((std::fs::metadata(path)?.len() as f64 / 104_857.6).round() / 10.0)
}

/// From the closed file to a grid that can be shown.
fn opened(path: &Path, territory: &Territory) -> Result<Times, StoreError> {
    let mut times = Times::default();
    for stair in territory.stairs.iter().step_by(territory.stairs.len() / 20) {
        times.measure(|| {
            let store = Store::open(path, &StoreKey::new(KEY))?;
            store.stair(*stair)?;
            store.doors_of(*stair)
        })?;
    }
    Ok(times)
}

fn stairs(store: &Store, territory: &Territory) -> Result<Times, StoreError> {
    let mut times = Times::default();
    let mut dice = cast::Dice::new(3);
    for _ in 0..READS {
        let Some(stair) = dice.any(&territory.stairs) else { break };
        times.measure(|| {
            store.stair(*stair)?;
            store.doors_of(*stair)
        })?;
    }
    Ok(times)
}

fn coverage(store: &Store) -> Result<Times, StoreError> {
    let mut times = Times::default();
    for _ in 0..40 {
        times.measure(|| {
            store.buildings()?;
            store.stair_coverage()
        })?;
    }
    Ok(times)
}

type Searched = (Times, f64, serde_json::Value);

fn searches(store: &Store, territory: &Territory) -> Result<Searched, StoreError> {
    let mut times = Times::default();
    let queries = queries::draw(territory, 500, 2027);
    let mut missed: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    let mut dice = cast::Dice::new(4);
    for (n, query) in queries.iter().enumerate() {
        // Half of them are typed in some other stair, whose people come first when they fit as well.
        let hand = dice.any(&territory.stairs).copied().filter(|_| n % 2 == 0);
        let hits = times.measure(|| store.search(&query.text, hand))?;
        if !hits.iter().take(3).any(|hit| hit.id == query.home) {
            *missed.entry(query.kind).or_default() += 1;
            if std::env::var_os("BENCH_MISSED").is_some() {
                let home = territory.homes.iter().find(|home| home.id == query.home);
                eprintln!("{}: {:?} meant {:?}", query.kind, query.text, home.map(|home| &home.people));
                for hit in hits.iter().take(4) {
                    eprintln!("    {}", hit.title);
                }
            }
        }
    }
    let recall = 1.0 - missed.values().sum::<usize>() as f64 / queries.len() as f64;
    Ok((times, recall, json!(missed)))
}

/// Addresses with a door, half of them in the stair at hand.
fn addresses(store: &Store, territory: &Territory) -> Result<Times, StoreError> {
    let mut times = Times::default();
    let mut dice = cast::Dice::new(5);
    for n in 0..READS {
        let Some((_, address)) = dice.any(&territory.buildings) else { break };
        let stair = dice.any(&territory.stairs).copied();
        let text = format!("{address} {}", 101 + 100 * (n % 5));
        times.measure(|| if n % 2 == 0 { store.search(&text, stair) } else { store.search("402", stair) })?;
    }
    Ok(times)
}

/// One tap: a visit, its act in the journal, on disk before the answer.
fn commits(store: &mut Store, territory: &Territory) -> Result<Times, StoreError> {
    let mut times = Times::default();
    // A store measured before holds the visits of that time.
    let mut dice = cast::Dice::new(9 + u64::from(store.pending()?.changes));
    store.set_replica(1)?;
    for n in 0..READS {
        let Some(door) = dice.any(&territory.doors).copied() else { break };
        let now = NOW + 60_000 * i64::try_from(n).unwrap_or(0);
        let (id, act) = (territory::timed(&mut dice, now), territory::timed(&mut dice, now));
        times.measure(|| {
            store.write::<_, StoreError>(now, |draft| {
                let fields = [(visit::door, Value::text(&door.to_string())), (visit::at, Value::Int(now))];
                draft.set(territory::place(), id, RecordType::Visit, &fields)?;
                let outcome = Value::text("no_answer");
                draft.set_undoable(territory::place(), id, RecordType::Visit, visit::outcome, outcome)?;
                draft.act(Act {
                    id: act,
                    kind: "visit",
                    code: "no_answer".to_owned(),
                    door: Some(door),
                    stair: None,
                    count: 1,
                    undoable: true,
                });
                Ok(())
            })
        })?;
    }
    Ok(times)
}
