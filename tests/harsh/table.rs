//! The table of `docs/BENCHMARKS.md` for harsh links.

use std::fmt::Write;

use anyhow::Context;
use serde_json::Value as Json;

/// What was looked at, where its figure is in the measure, its unit, and what it must be at most, where there is such a limit.
const ROWS: &[(&str, &str, &str, Option<u64>)] = &[
    ("dialogue that was cut at each of its first 65,536 offsets", "/offsets/dialogue", "bytes", None),
    ("… cuts", "/offsets/cuts", "", None),
    ("… passages told, each there exactly once", "/offsets/visits", "", None),
    ("full days cut at a seeded offset", "/days/days", "", None),
    ("… `kill -9` of the tablet", "/days/tablet_kills", "", None),
    ("… `kill -9` of the server", "/days/server_kills", "", None),
    ("… passages told, each there exactly once", "/days/visits", "", None),
    ("… carried again after a cut, most", "/days/sent_again_most", "bytes", Some(256 * 1024)),
    ("backlog of several pages, up", "/backlog/up", "bytes", None),
    ("… down", "/backlog/down", "bytes", None),
    ("… carried again after a cut, up, most", "/backlog/again_up_most", "bytes", Some(256 * 1024)),
    ("… carried again after a cut, down, most", "/backlog/again_down_most", "bytes", Some(256 * 1024)),
    ("a day over the slow link, median", "/slow/median_ms", "ms", Some(3_000)),
    ("… longest", "/slow/longest_ms", "ms", None),
    ("… bytes sent, handshake included, median", "/slow/up_bytes_median", "bytes", None),
];

/// The table of a measure; what was not measured has no row.
pub fn of(figures: &Json) -> anyhow::Result<String> {
    let mut table = "| what | target | measured |\n|---|---|---|\n".to_owned();
    for (what, figure, unit, most) in ROWS {
        let Some(measured) = figures.pointer(figure) else { continue };
        let measured = measured.as_u64().with_context(|| format!("{figure} is a whole number"))?;
        let told = |number: u64| format!("{} {unit}", thousands(number)).trim_end().to_owned();
        let target = most.map(|most| format!("≤ {}", told(most))).unwrap_or_default();
        writeln!(table, "| {what} | {target} | {} |", told(measured))?;
    }
    Ok(table)
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut told = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    told
}
