//! `year`: a year of a metropolis as the server's history, and what it changes for a sync.
//!
//! Three hundred mediators in sectors of five, forty passages a day each, a note at every seventh, eighteen working days a month. The server is
//! the released binary in its own process, TLS over loopback passes a proxy that counts. At the end of some months, one sector is
//! looked at: what a new tablet takes, and what an ordinary day costs a tablet that has all of it.
//!
//! Each sector's five are written by one tablet, a month a sync: who wrote a passage changes no figure here.
//!
//! `year --out FILE.json [--mediators 300] [--months 12] [--table docs/BENCHMARKS.md]`

mod measure;
mod sector;
mod table;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};

/// What the command line asks.
pub struct Asked {
    out: PathBuf,
    /// The document whose table is rewritten.
    document: Option<PathBuf>,
    /// Mediators of the metropolis.
    pub mediators: usize,
    /// Months of history.
    pub months: u64,
}

fn main() -> anyhow::Result<()> {
    let asked = read(std::env::args().skip(1))?;
    palier_tests::build_released()?;
    let figures = measure::year(&asked)?;
    let text = format!("{figures:#}\n");
    std::fs::write(&asked.out, &text).with_context(|| format!("Write {}", asked.out.display()))?;
    write!(std::io::stdout(), "{text}")?;
    if let Some(document) = &asked.document {
        palier_tests::rewrite_section(document, "year", &table::table(&figures)?)?;
    }
    Ok(())
}

fn read(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Asked> {
    let mut out = None;
    let mut asked = Asked { out: PathBuf::new(), document: None, mediators: 300, months: 12 };
    while let Some(name) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--out" => out = Some(PathBuf::from(value)),
            "--table" => asked.document = Some(PathBuf::from(value)),
            "--mediators" => asked.mediators = value.parse()?,
            "--months" => asked.months = value.parse()?,
            other => {
                bail!("{other} is unknown: year --out FILE.json [--mediators N] [--months N] [--table FILE.md]")
            }
        }
    }
    asked.out = out.context("--out FILE.json is needed")?;
    Ok(asked)
}
