//! `make simulate SEEDS=1000 [SEED=n]`: plays so many histories, or tells one.

#![allow(clippy::print_stdout, reason = "a command answers on the standard output")]

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use palier_simulation::act::History;
use palier_simulation::faults::ALL;
use palier_simulation::run::{Ending, first_noticed, play, shrink};
use palier_simulation::world::World;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().filter(|text| !text.is_empty()).and_then(|text| text.parse().ok())
}

fn main() -> ExitCode {
    match number("SEED") {
        _ if number("FAULTS").is_some() => faults(),
        Some(seed) => tell(seed),
        None => many(number("FIRST").unwrap_or(0), number("SEEDS").unwrap_or(1_000)),
    }
}

/// Puts each fault in, and tells the first seed that notices it.
fn faults() -> ExitCode {
    let mut all = true;
    for fault in ALL {
        match first_noticed(fault, 0..100) {
            Some((seed, why)) => {
                println!("{fault:?}: noticed by seed {seed}: {}", why.lines().next().unwrap_or_default())
            }
            None => {
                println!("{fault:?}: not noticed");
                all = false;
            }
        }
    }
    if all { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Plays one seed and tells each act.
fn tell(seed: u64) -> ExitCode {
    let history = History::of(seed);
    println!("seed {seed}: {} acts, {:?}", history.acts.len(), history.sizes);
    match play(&history, None, &mut |number, act| println!("{number:4} {act:?}")) {
        Ending::Held(trace) => {
            println!("all held: {trace:?}");
            ExitCode::SUCCESS
        }
        Ending::Broke(why) => broke(&history, &why),
    }
}

fn broke(history: &History, why: &str) -> ExitCode {
    println!("seed {} broke: {why}", history.seed);
    let (least, why) = shrink(history, None);
    println!("the shortest history that breaks has {} acts, {:?}:", least.acts.len(), least.sizes);
    for act in &least.acts {
        println!("    {act:?}");
    }
    println!("{why}");
    ExitCode::FAILURE
}

/// What the histories of a run came to.
#[derive(Default)]
struct Sum {
    steps: usize,
    acts: BTreeMap<&'static str, u64>,
    broke: Option<(History, String)>,
}

/// Plays so many seeds, as many at once as `JOBS` says (1), and tells figures.
fn many(first: u64, seeds: u64) -> ExitCode {
    let begun = Instant::now();
    let (next, sum) = (AtomicU64::new(0), Mutex::new(Sum::default()));
    std::thread::scope(|scope| {
        for _ in 0..number("JOBS").unwrap_or(1) {
            scope.spawn(|| {
                while sum.lock().unwrap_or_else(PoisonError::into_inner).broke.is_none() {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    if nth >= seeds {
                        break;
                    }
                    one(first + nth, &sum);
                    if (nth + 1).is_multiple_of(1_000) {
                        println!("{} histories, {:.0} s", nth + 1, begun.elapsed().as_secs_f64());
                    }
                }
            });
        }
    });
    let Sum { steps, acts, broke: found } = sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some((history, why)) = found {
        return broke(&history, &why);
    }
    let (last, seconds) = (first + seeds.saturating_sub(1), begun.elapsed().as_secs_f64());
    println!("{seeds} histories (seeds {first} to {last}), {steps} acts, {seconds:.1} s: everything held");
    for (name, count) in acts {
        println!("{count:10}  {name}");
    }
    ExitCode::SUCCESS
}

fn one(seed: u64, sum: &Mutex<Sum>) {
    let history = History::of(seed);
    let ending = play(&history, None, &mut |_, _| ());
    let mut sum = sum.lock().unwrap_or_else(PoisonError::into_inner);
    sum.steps += history.acts.len();
    for (name, count) in World::tally(&history.acts) {
        *sum.acts.entry(name).or_insert(0) += count;
    }
    if let Ending::Broke(why) = ending {
        sum.broke.get_or_insert((history, why));
    }
}
