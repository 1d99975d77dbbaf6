//! The table of `docs/BENCHMARKS.md`: each target, what was measured, and the best figure of a peer on the same workload.

use std::fmt::Write;

use anyhow::Context;
use serde_json::Value as Json;

/// One line of the table.
struct Row {
    what: &'static str,
    /// Where the figure is in the measure.
    figure: &'static str,
    /// What one unit of the table is in the measure's.
    unit: f64,
    target: Target,
    unit_name: &'static str,
    peer: &'static str,
}

/// What a figure must be, in the table's unit.
enum Target {
    AtMost(f64),
    AtLeast(f64),
}

/// Targets, and the best peer measured: `docs/BENCHMARKS.md` says on what.
const ROWS: &[Row] = &[
    row("phase 1, both ways", "/phase1/wire/total", 1e6, Target::AtMost(5.5), "MB", "7.07 MB (Anki)"),
    row("phase 2, both ways", "/phase2/wire/total", 1e6, Target::AtMost(0.50), "MB", "0.59 MB (Loro)"),
    row(
        "new tablet, 50,000 records, both ways",
        "/init/wire/total",
        1e6,
        Target::AtMost(4.2),
        "MB",
        "5.37 MB (Automerge)",
    ),
    row("new tablet, its CPU", "/init/client_cpu_s", 1.0, Target::AtMost(1.5), "s", "0.66 s (Anki, copies a file)"),
    row("new tablet, server CPU, first one", "/init/cold/server_cpu_s", 1.0, Target::AtMost(1.0), "s", "0.57 s (Anki)"),
    row("new tablet, server CPU, second one", "/init/server_cpu_s", 1.0, Target::AtMost(0.15), "s", "0.57 s (Anki)"),
    row("new tablet, peak of memory", "/init/client_peak_rss_mb", 1.0, Target::AtMost(40.0), "MB", "160 MB (PouchDB)"),
    row("phase 1, CPU of the five tablets", "/phase1/client_cpu_s", 1.0, Target::AtMost(2.0), "s", "4.0 s (Anki)"),
    row(
        "requests of the ten syncs of phase 2",
        "/phase2/requests",
        1.0,
        Target::AtMost(10.0),
        "",
        "1,734 connections (PouchDB)",
    ),
    row(
        "disk of a tablet, 10,000 records",
        "/client_disk_each",
        1e6,
        Target::AtMost(5.0),
        "MB",
        "1.14 MB (Automerge, one blob)",
    ),
    row(
        "edits at once in different fields, both kept",
        "/survival/diff_field_both",
        1.0,
        Target::AtLeast(1_000.0),
        "",
        "1,000 (Loro and others)",
    ),
    row(
        "edits at once in one field, the other kept",
        "/survival/same_field_loser_kept",
        1.0,
        Target::AtLeast(200.0),
        "",
        "200 (Automerge)",
    ),
];

const fn row(
    what: &'static str,
    figure: &'static str,
    unit: f64,
    target: Target,
    unit_name: &'static str,
    peer: &'static str,
) -> Row {
    Row { what, figure, unit, target, unit_name, peer }
}

/// The table of a measure.
pub fn of(figures: &Json) -> anyhow::Result<String> {
    let mut table = "| what | target | measured | reached | best peer |\n|---|---|---|---|---|\n".to_owned();
    for Row { what, figure, unit, target, unit_name, peer } in ROWS {
        let measured =
            figures.pointer(figure).and_then(Json::as_f64).with_context(|| format!("{figure} is measured"))? / unit;
        let (sign, wanted, reached) = match target {
            Target::AtMost(most) => ("≤", most, measured <= *most),
            Target::AtLeast(least) => ("≥", least, measured >= *least),
        };
        let reached = if reached { "yes" } else { "**no**" };
        let places = usize::from(!unit_name.is_empty()) * 2;
        writeln!(
            table,
            "| {what} | {sign} {} | {} | {reached} | {peer} |",
            format!("{wanted} {unit_name}").trim_end(),
            format!("{measured:.places$} {unit_name}").trim_end(),
        )?;
    }
    Ok(table)
}
