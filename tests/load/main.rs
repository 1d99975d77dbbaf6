//! `load`: two hundred tablets that were offline for a week come back within ten seconds to one server.
//!
//! The server is the released binary in its own process, the tablets are encrypted stores of the app's own sync, TLS over
//! loopback, all on this machine. Twenty sectors of ten tablets; each wrote sixty passages a day for seven days, and a note
//! at every seventh. They come at moments drawn within ten seconds, and each syncs again until its sector is the same
//! everywhere. What is counted: time until then, each request as its tablet waited for it, the server's memory and CPU,
//! answers of 500 and above, and at the end each tablet's digests against the others of its sector.
//!
//! `load --out FILE.json [--store sqlite|postgres|postgres://…] [--tablets 200] [--days 7] [--seconds 10] [--table docs/BENCHMARKS.md]`

mod come_back;
mod table;
mod week;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use palier_tests::Cluster;

/// What the command line asks.
pub struct Asked {
    out: PathBuf,
    store: String,
    /// The document whose table is rewritten.
    document: Option<PathBuf>,
    /// Tablets in all.
    pub tablets: usize,
    /// Days offline.
    pub days: u64,
    /// All come back within this time, in seconds.
    pub seconds: u64,
}

fn main() -> anyhow::Result<()> {
    let asked = read(std::env::args().skip(1))?;
    palier_tests::build_released()?;
    let cluster = match asked.store.as_str() {
        "postgres" => Some(Cluster::start().context("No PostgreSQL 15 here")?),
        _ => None,
    };
    let store = match (asked.store.as_str(), &cluster) {
        ("sqlite", _) => None,
        (_, Some(cluster)) => Some(cluster.url()),
        (url, None) if url.starts_with("postgres://") => Some(url.to_owned()),
        (other, None) => bail!("--store is sqlite, postgres (one of its own) or postgres://…, not {other}"),
    };
    let figures = come_back::measure(&asked, store.as_deref())?;
    let text = format!("{figures:#}\n");
    std::fs::write(&asked.out, &text).with_context(|| format!("Write {}", asked.out.display()))?;
    write!(std::io::stdout(), "{text}")?;
    if let Some(document) = &asked.document {
        let name = if store.is_some() { "load STORE=postgres" } else { "load" };
        palier_tests::rewrite_section(document, name, &table::table(&figures)?)?;
    }
    anyhow::ensure!(figures.get("lost") == Some(&serde_json::json!(0)), "Something is lost");
    anyhow::ensure!(figures.get("converged") == Some(&serde_json::json!(true)), "They do not converge");
    Ok(())
}

fn read(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Asked> {
    let mut out = None;
    let mut asked =
        Asked { out: PathBuf::new(), document: None, store: "sqlite".to_owned(), tablets: 200, days: 7, seconds: 10 };
    while let Some(name) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--out" => out = Some(PathBuf::from(value)),
            "--store" => asked.store = value,
            "--table" => asked.document = Some(PathBuf::from(value)),
            "--tablets" => asked.tablets = value.parse()?,
            "--days" => asked.days = value.parse()?,
            "--seconds" => asked.seconds = value.parse()?,
            other => {
                bail!(
                    "{other} is unknown: load --out FILE.json [--store …] [--tablets N] [--days N] [--seconds N] [--table FILE.md]"
                )
            }
        }
    }
    asked.out = out.context("--out FILE.json is needed")?;
    Ok(asked)
}
