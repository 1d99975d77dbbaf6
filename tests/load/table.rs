//! The table of `docs/BENCHMARKS.md`: each target of the load and what was measured.

use std::fmt::Write;

use anyhow::Context;
use serde_json::Value as Json;

/// What, where its figure is in the measure, what it may be at most (none for a figure that only belongs beside the others), its unit.
const ROWS: &[(&str, &str, Option<f64>, &str)] = &[
    ("tablets that come back", "tablets", None, ""),
    ("records made offline", "records_made", None, ""),
    ("until all hold the same", "seconds_until_all_converged", Some(120.0), "s"),
    ("a request that is answered, p50", "request_p50_ms", None, "ms"),
    ("… p95", "request_p95_ms", Some(2_000.0), "ms"),
    ("… longest", "request_max_ms", None, "ms"),
    ("requests answered", "requests", None, ""),
    ("told to come back in a moment, before they send anything", "told_to_come_back_429", None, ""),
    ("answers of 500 and above", "answers_5xx", Some(0.0), ""),
    ("records lost", "lost", Some(0.0), ""),
    ("the server's peak of memory", "server_peak_rss_mib", Some(512.0), "MiB"),
    ("the server's CPU", "server_cpu_s", None, "s"),
];

/// The table of a measure.
///
/// # Errors
/// When a figure is missing.
pub fn table(figures: &Json) -> anyhow::Result<String> {
    let mut text = "| what | target | measured | reached |\n|---|---|---|---|\n".to_owned();
    for (what, name, most, unit) in ROWS {
        let figure = figures.get(name).and_then(Json::as_f64).with_context(|| format!("{name} was not measured"))?;
        let (target, reached) = match most {
            Some(most) => (format!("≤ {most} {unit}"), if figure <= *most { "yes" } else { "**no**" }),
            None => (String::new(), ""),
        };
        writeln!(text, "| {what} | {} | {figure} {unit} | {reached} |", target.trim_end())?;
    }
    Ok(text.replace("  |", " |"))
}
