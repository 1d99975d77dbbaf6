//! `fleet`: the sync on the workload on which its peers were measured. Five tablets write 10,000 records and sync (phase 1),
//! write 2,400 edits at once and sync (phase 2); a new tablet takes 50,000 records.
//!
//! The server is `palier-server` in its own process, the tablets are encrypted stores in another, TLS over loopback goes
//! through a proxy that counts bytes. The record is `FleetVisit` of the catalogue, which no released app or server knows:
//! the server relays and merges it as what a newer tablet wrote, the tablets project and index it.
//!
//! `fleet --work DIR --out FILE.json [--store sqlite|postgres|postgres://…] [--table FILE.md]`; with `postgres` a PostgreSQL of its own
//! is started. DIR holds what `gen.py` wrote; the table of
//! FILE.md is rewritten and printed. CPU and wall time of
//! local writes are told apart from those of the sync (`write`), as they were for the peers.

mod hands;
mod run;
mod table;
mod tablet;
mod workload;

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};

/// What the command line asks.
struct Asked {
    work: PathBuf,
    out: PathBuf,
    document: Option<PathBuf>,
    ledger: Ledger,
}

/// Where the server keeps its ledger.
enum Ledger {
    /// In its folder.
    Folder,
    /// In a PostgreSQL that the measure starts and ends.
    OwnPostgres,
    /// In the database of an address.
    Postgres(String),
}

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == "tablets").is_some() {
        return hands::serve();
    }
    let asked = read(arguments)?;
    let cluster = match asked.ledger {
        Ledger::OwnPostgres => Some(palier_tests::Cluster::start().context("No PostgreSQL 15 here")?),
        _ => None,
    };
    let store = match &asked.ledger {
        Ledger::Folder => None,
        Ledger::OwnPostgres => cluster.as_ref().map(palier_tests::Cluster::url),
        Ledger::Postgres(url) => Some(url.clone()),
    };
    let figures = run::whole(&asked.work, store.as_deref())?;
    let text = format!("{figures:#}\n");
    std::fs::write(&asked.out, text).with_context(|| format!("Write {}", asked.out.display()))?;
    if let Some(document) = &asked.document {
        let table = table::of(&figures)?;
        palier_tests::rewrite_section(document, "fleet", &table)?;
        write!(std::io::stdout(), "{table}")?;
    }
    Ok(())
}

fn read(mut arguments: impl Iterator<Item = String>) -> anyhow::Result<Asked> {
    let (mut work, mut out, mut document, mut store) = (None, None, None, "sqlite".to_owned());
    while let Some(name) = arguments.next() {
        let value = arguments.next().with_context(|| format!("{name} needs a value"))?;
        match name.as_str() {
            "--work" => work = Some(PathBuf::from(value)),
            "--out" => out = Some(PathBuf::from(value)),
            "--store" => store = value,
            "--table" => document = Some(PathBuf::from(value)),
            other => {
                bail!("{other} is unknown: fleet --work DIR --out FILE.json [--store sqlite|postgres|postgres://…]")
            }
        }
    }
    let ledger = match store.as_str() {
        "sqlite" => Ledger::Folder,
        "postgres" => Ledger::OwnPostgres,
        url if url.starts_with("postgres://") => Ledger::Postgres(store),
        other => bail!("--store is sqlite, postgres (one of its own) or postgres://…, not {other}"),
    };
    let (work, out) = (work.context("--work DIR is needed")?, out.context("--out FILE.json is needed")?);
    Ok(Asked { work, out, document, ledger })
}
