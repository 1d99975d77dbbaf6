//! `harsh`: harsh links and kills, on the real binaries. A tablet in a process of its own syncs with `palier-server` through a
//! proxy that cuts after any number of bytes and is as slow as asked; both are killed.
//!
//! `harsh [--short] [--days N] [--part offsets|days|backlog|slow|none] [--out FILE.json] [--table FILE.md]`: without a part, all of them; a
//! part alone rewrites its own figures of FILE.json. What does not hold ends the run with an error; what is measured is printed
//! as JSON. `--short` is what `make test` has time for.

mod backlog;
mod days;
mod ground;
mod hands;
mod offsets;
mod slow;
mod table;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde_json::{Map, Value as Json};

/// Parts in the order in which they run.
const PARTS: [&str; 4] = ["offsets", "days", "backlog", "slow"];

/// What the command line asks.
#[derive(Default)]
struct Asked {
    short: bool,
    days: Option<usize>,
    part: Option<String>,
    out: Option<PathBuf>,
    document: Option<PathBuf>,
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == "tablet").is_some() {
        return hands::serve(arguments);
    }
    let asked = read(arguments)?;
    let mut figures = known(asked.out.as_deref())?;
    for part in PARTS.into_iter().filter(|part| asked.part.as_deref().is_none_or(|asked| asked == *part)) {
        figures.insert(part.to_owned(), run(part, &asked).with_context(|| format!("Part {part}"))?);
    }
    let figures = Json::Object(figures);
    let text = format!("{figures:#}\n");
    match &asked.out {
        Some(out) => std::fs::write(out, text).with_context(|| format!("Write {}", out.display()))?,
        None => write!(std::io::stdout(), "{text}")?,
    }
    if let Some(document) = &asked.document {
        let table = table::of(&figures)?;
        palier_tests::rewrite_section(document, "harsh", &table)?;
        write!(std::io::stdout(), "{table}")?;
    }
    Ok(())
}

/// What an earlier run wrote: a part alone rewrites its own figures.
fn known(out: Option<&Path>) -> anyhow::Result<Map<String, Json>> {
    match out.filter(|out| out.exists()) {
        Some(out) => Ok(serde_json::from_slice(&std::fs::read(out)?)?),
        None => Ok(Map::new()),
    }
}

fn run(part: &str, asked: &Asked) -> anyhow::Result<Json> {
    let short = asked.short;
    match part {
        "offsets" => offsets::measure(if short { 1_024 } else { 1 }),
        "days" => days::measure(asked.days.unwrap_or(if short { 12 } else { 1_000 })),
        "backlog" => backlog::measure(if short { 3 } else { 40 }),
        _ => slow::measure(if short { 1 } else { 20 }),
    }
}

fn read(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Asked> {
    let mut asked = Asked::default();
    while let Some(name) = arguments.next() {
        if name == "--short" {
            asked.short = true;
            continue;
        }
        let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--part" if value == "none" || PARTS.contains(&value.as_str()) => asked.part = Some(value),
            "--days" => asked.days = Some(value.parse().context("--days is a number")?),
            "--out" => asked.out = Some(PathBuf::from(value)),
            "--table" => asked.document = Some(PathBuf::from(value)),
            other => {
                bail!("{other} {value} is unknown: harsh [--short] [--part …] [--out FILE.json] [--table FILE.md]")
            }
        }
    }
    Ok(asked)
}
