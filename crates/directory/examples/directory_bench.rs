//! Five thousand services searched and sorted, timed by the processor: `cargo run --release -p palier-directory --example directory_bench`.
//!
//! Every schedule differs from the others, so nothing is gained by repetition. The process fails when a search passes 20 ms.

#![allow(clippy::print_stdout, reason = "the figures are its product")]

use std::process::ExitCode;

use palier_directory::{Directory, Entry, Order, Place, Query, Schedule, Unreadable};
use rustix::time::{ClockId, clock_gettime};

/// Services of the measured directory: more than the department has.
const SERVICES: i32 = 5_000;
/// Processor milliseconds that a search may take.
const LIMIT_MS: f64 = 20.0;
/// Monday 23 November 2026, 10:00 in Paris.
const AT_MS: i64 = 1_795_424_400_000;
const DAY_MS: i64 = 86_400_000;
const THEMES: [&str; 4] = [
    "numerique--acceder-a-du-materiel",
    "sante--acces-aux-soins",
    "famille--garde-denfants",
    "difficultes-financieres--acceder-a-une-aide",
];

fn cpu_ms() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    #[allow(clippy::cast_precision_loss, reason = "a time of seconds")]
    let ms = time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6;
    ms
}

fn entry(number: i32) -> Result<Entry, Unreadable> {
    let mut entry =
        Entry::new(&format!("bench--{number}"), &format!("Service {number} du quartier, permanence et accueil"));
    let rank = usize::try_from(number).unwrap_or(0);
    entry.themes = THEMES.iter().cycle().skip(rank % THEMES.len()).take(2).map(|theme| (*theme).to_owned()).collect();
    let (east, north) = (number * 7_919 % 60_000, number * 104_729 % 60_000);
    entry.place = Some(Place { latitude_e6: 47_360_000 + north, longitude_e6: 660_000 + east });
    let (opens, closes) = (number % 60, number / 60 % 60);
    let hours = format!(
        "Mo-Th 08:{opens:02}-12:{closes:02},13:30-17:00; Fr 09:{opens:02}-12:00; Sa 10:00-11:{closes:02}; PH off"
    );
    entry.schedule = Schedule::read(&hours, Vec::new())?;
    Ok(entry)
}

fn main() -> ExitCode {
    let started = cpu_ms();
    let entries: Result<Vec<Entry>, Unreadable> = (0..SERVICES).map(entry).collect();
    let Ok(entries) = entries else { return ExitCode::FAILURE };
    let mut directory = Directory::new(entries);
    println!("{SERVICES} schedules read: {:.1} ms of processor, once", cpu_ms() - started);
    let home = Place { latitude_e6: 47_390_000, longitude_e6: 690_000 };
    let mut met = true;
    for (name, needs, words, order) in [
        ("every service, open first", &[][..], "", Order::OpenFirst),
        ("every service, nearest", &[][..], "", Order::Nearest),
        ("a need, open first", &["numerique"][..], "", Order::OpenFirst),
        ("a need and words, nearest", &["numerique"][..], "accueil quartier", Order::Nearest),
    ] {
        let mut times = Vec::new();
        let mut first_of_day: f64 = 0.0;
        for turn in 0..100_i64 {
            let at_ms = AT_MS + turn / 10 * DAY_MS + turn % 10 * 60_000;
            let needs = needs.iter().map(|need| (*need).to_owned()).collect();
            let query = Query { needs, words: words.to_owned(), from: Some(home), at_ms, order, limit: 50 };
            let before = cpu_ms();
            let found = directory.search(&query).len();
            let spent = cpu_ms() - before;
            met &= found == 50;
            if turn % 10 == 0 { first_of_day = first_of_day.max(spent) } else { times.push(spent) }
        }
        times.sort_by(f64::total_cmp);
        let p95 = times.get(times.len() * 95 / 100).copied().unwrap_or(f64::INFINITY);
        met &= p95 <= LIMIT_MS;
        println!(
            "{name}: p95 {p95:.2} ms of processor (limit {LIMIT_MS}), first of a day at most {first_of_day:.1} ms"
        );
    }
    if met { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
