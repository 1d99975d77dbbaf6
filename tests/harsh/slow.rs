//! A day's work over a slow link: 100 kbit/s each way, 600 ms there and back, one segment of fifty lost. The proxy really waits.

use std::time::{Duration, Instant};

use anyhow::Context;
use palier_tests::Slowness;
use serde_json::{Value as Json, json};

use crate::ground::{Ground, number};
use crate::hands::Step;

/// Passages of a day.
const DAY: usize = 60;

/// A lost segment comes again after a time-out of 200 ms to 1 s and, since that begins when its acknowledgement is missed, a
/// way there and back.
const AGAIN_AFTER: (Duration, Duration) = (Duration::from_millis(800), Duration::from_millis(1_600));

/// The most that the median may be, in milliseconds, from the first byte after the handshake to the day acknowledged.
const MEDIAN_MS_MAX: u64 = 3_000;

/// So many days, each with a seed of its own.
pub fn measure(days: usize) -> anyhow::Result<Json> {
    let mut ground = Ground::new((days + 1) * DAY)?;
    ground.tell(DAY, false)?;
    ground.finish()?;
    let (mut times, mut bytes) = (Vec::new(), Vec::new());
    for seed in 1..=days as u64 {
        ground.tell(DAY, false)?;
        ground.proxy().set_slowness(Some(Slowness {
            rate: 100_000,
            delay: Duration::from_millis(300),
            lost_of_1000: 20,
            again_after: AGAIN_AFTER,
            seed,
        }));
        let before = ground.proxy().carried();
        let status = ground.hands.ask(&Step::Sync)?;
        let until = Instant::now();
        let sent = status.get("state") == Some(&Json::from("up_to_date")) && number(&status, "pending")? == 0;
        anyhow::ensure!(sent, "The day is sent: {status}");
        let begun = ground.proxy().begun().context("A handshake was seen")?;
        times.push(u64::try_from(until.saturating_duration_since(begun).as_millis())?);
        bytes.push(ground.proxy().carried().since(before).up);
        ground.proxy().set_slowness(None);
    }
    ground.check()?;
    let (median, most, bytes) = (middle(&mut times)?, times.last().copied(), middle(&mut bytes)?);
    anyhow::ensure!(median <= MEDIAN_MS_MAX, "A day takes {median} ms: {times:?}");
    Ok(json!({ "days": days, "median_ms": median, "longest_ms": most, "up_bytes_median": bytes }))
}

fn middle(numbers: &mut [u64]) -> anyhow::Result<u64> {
    numbers.sort_unstable();
    numbers.get(numbers.len() / 2).copied().context("At least one")
}
