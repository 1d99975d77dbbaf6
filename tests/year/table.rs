//! The curve, as a table of `docs/BENCHMARKS.md`: one line a month looked at.

use std::fmt::Write;

use anyhow::Context;
use serde_json::Value as Json;

/// Columns: what, where its figure is, what one unit of the table is in the measure's, decimals, its unit.
const COLUMNS: &[(&str, &str, f64, usize, &str)] = &[
    ("months", "month", 1.0, 0, ""),
    ("passages on the server", "passages", 1.0, 0, ""),
    ("records of the sector", "received", 1.0, 0, ""),
    ("new tablet, both ways", "second_bytes", 1e6, 2, " MB"),
    ("its CPU", "second_client_cpu_s", 1.0, 2, " s"),
    ("server CPU, first one", "first_server_cpu_s", 1.0, 2, " s"),
    ("second one", "second_server_cpu_s", 1.0, 2, " s"),
    ("an ordinary day, both ways", "day_bytes", 1e3, 1, " kB"),
    ("tablet CPU", "day_client_cpu_s", 1e-3, 0, " ms"),
    ("server CPU", "day_server_cpu_s", 1e-3, 0, " ms"),
    ("server's disk", "server_disk", 1e6, 0, " MB"),
    ("its memory, peak", "server_peak_rss_mb", 1.0, 0, " MB"),
];

/// The table of a measure.
///
/// # Errors
/// When a figure is missing.
pub fn table(figures: &Json) -> anyhow::Result<String> {
    let names: Vec<&str> = COLUMNS.iter().map(|(what, ..)| *what).collect();
    let mut text = format!("| {} |\n|{}\n", names.join(" | "), "---|".repeat(names.len()));
    let months = figures.get("months").and_then(Json::as_array).context("The months")?;
    for month in months {
        write!(text, "|")?;
        for (_, name, unit, decimals, sign) in COLUMNS {
            let figure = month.get(name).and_then(Json::as_f64).with_context(|| format!("{name} was not measured"))?;
            write!(text, " {:.decimals$}{sign} |", figure / unit)?;
        }
        writeln!(text)?;
    }
    Ok(text)
}
