//! The measure itself: which steps, in which order, and what is counted between them.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

use anyhow::Context;
use palier_tests::{Carried, Proxy, Served, process};
use serde_json::{Value as Json, json};

use crate::hands::Step;
use crate::workload::TABLETS;

/// Rounds of a phase before it is said not to converge.
const ROUNDS_MAX: u32 = 10;

/// The process that holds tablets.
struct Tablets {
    process: Child,
    steps: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Tablets {
    fn start() -> anyhow::Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("tablets")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("Start the tablets")?;
        let steps = process.stdin.take().context("Its input")?;
        let answers = BufReader::new(process.stdout.take().context("Its output")?);
        Ok(Self { process, steps, answers })
    }

    fn ask(&mut self, step: &Step) -> anyhow::Result<Json> {
        writeln!(self.steps, "{}", serde_json::to_string(step)?)?;
        self.steps.flush()?;
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        anyhow::ensure!(!line.is_empty(), "The process of the tablets ended");
        Ok(serde_json::from_str(&line)?)
    }

    fn cpu_s(&self) -> anyhow::Result<f64> {
        process::cpu_s(self.process.id())
    }
}

impl Drop for Tablets {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What a stretch of work cost, measured from its start.
struct Stretch<'a> {
    server: &'a Served,
    proxy: &'a Proxy,
    carried: Carried,
    server_cpu_s: f64,
    client_cpu_s: f64,
    from: Instant,
}

impl<'a> Stretch<'a> {
    fn start(server: &'a Served, proxy: &'a Proxy, tablets: &Tablets) -> anyhow::Result<Self> {
        Ok(Self {
            server,
            proxy,
            carried: proxy.carried(),
            server_cpu_s: server.cpu_s()?,
            client_cpu_s: tablets.cpu_s()?,
            from: Instant::now(),
        })
    }

    fn end(self, tablets: &Tablets) -> anyhow::Result<Json> {
        let ms = self.from.elapsed().as_millis();
        let carried = self.proxy.carried().since(self.carried);
        Ok(json!({
            "ms": ms,
            "wire": { "up": carried.up, "down": carried.down, "total": carried.total(), "conns": carried.conns },
            "client_cpu_s": hundredths(tablets.cpu_s()? - self.client_cpu_s),
            "server_cpu_s": hundredths(self.server.cpu_s()? - self.server_cpu_s),
        }))
    }
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// The whole measure over the files of a folder; `store` is the database of the server's ledger, if any.
pub fn whole(work: &Path, store: Option<&str>) -> anyhow::Result<Json> {
    palier_tests::build_released()?;
    let folder = tempfile::tempdir().context("A folder for the stores")?;
    let mut figures = phases(work, &folder.path().join("phases"), store)?;
    let init = initial(work, &folder.path().join("initial"), store)?;
    let told = figures.as_object_mut().context("Figures")?;
    told.insert("init".to_owned(), init);
    told.insert("store".to_owned(), json!(if store.is_some() { "postgres" } else { "sqlite" }));
    Ok(figures)
}

fn files(work: &Path, name: &str) -> Vec<PathBuf> {
    (0..TABLETS).map(|tablet| work.join(format!("{name}.{tablet}.jsonl"))).collect()
}

fn enrol(server: &Served, proxy: &Proxy, tablets: &mut Tablets, file: PathBuf) -> anyhow::Result<()> {
    tablets.ask(&Step::Enrol { address: proxy.address(), code: server.code(0)?, file })?;
    Ok(())
}

/// Five tablets: records, then edits made at once.
fn phases(work: &Path, folder: &Path, store: Option<&str>) -> anyhow::Result<Json> {
    let server = Served::start(folder, store, 1)?;
    let proxy = Proxy::to(server.address())?;
    let mut tablets = Tablets::start()?;
    for tablet in 0..TABLETS {
        enrol(&server, &proxy, &mut tablets, folder.join(format!("tablet-{tablet}.db")))?;
        tablets.ask(&Step::Sync { tablet })?;
    }
    let (created, edited) = (files(work, "create"), files(work, "edit"));
    let mut phases = Vec::new();
    for edits in [false, true] {
        let mut write = (0.0, 0.0);
        for tablet in 0..TABLETS {
            let file = if edits { &edited } else { &created }.get(tablet).context("A file a tablet")?.clone();
            let step = if edits { Step::Edit { tablet, file } } else { Step::Create { tablet, file } };
            let answer = tablets.ask(&step)?;
            write.0 += number(&answer, "ms");
            write.1 += number(&answer, "cpu_s");
        }
        let mut phase = converge(&server, &proxy, &mut tablets)?;
        let cost = json!({ "ms": write.0.round(), "client_cpu_s": hundredths(write.1) });
        phase.as_object_mut().context("A phase")?.insert("write".to_owned(), cost);
        phases.push(phase);
    }
    let compared = tablets.ask(&Step::Compare { files: created })?;
    let mut survival = tablets.ask(&Step::Survive { expect: work.join("expect.jsonl"), edits: edited })?;
    if let Some(survival) = survival.as_object_mut() {
        survival.retain(|name, _| name.contains("_field_"));
    }
    let alike = phases.iter().all(|phase| phase.get("converged") == Some(&json!(true)));
    let peak = number(&compared, "peak_rss_mb");
    let disk = tablets.ask(&Step::Close)?;
    let sizes: Vec<u64> =
        disk.get("disk").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_u64).collect();
    let mut phases = phases.into_iter();
    Ok(json!({
        "phase1": phases.next(),
        "phase2": phases.next(),
        "converged": alike && number(&compared, "differing") == 0.0,
        "records_compared": compared.get("records"),
        "survival": survival,
        "client_disk_each": sizes.iter().max(),
        "client_disk_tables": disk.get("tables"),
        "client_peak_rss_mb": hundredths(peak),
        "server_disk": server.stop()?,
    }))
}

fn number(answer: &Json, name: &str) -> f64 {
    answer.get(name).and_then(Json::as_f64).unwrap_or(f64::NAN)
}

/// Syncs every tablet in turn until all hold the same.
fn converge(server: &Served, proxy: &Proxy, tablets: &mut Tablets) -> anyhow::Result<Json> {
    let stretch = Stretch::start(server, proxy, tablets)?;
    let (mut rounds, mut requests, mut alike) = (0u32, 0u64, false);
    while !alike && rounds < ROUNDS_MAX {
        for tablet in 0..TABLETS {
            requests += tablets.ask(&Step::Sync { tablet })?.get("requests").and_then(Json::as_u64).unwrap_or_default();
        }
        rounds += 1;
        alike = tablets.ask(&Step::Alike)?.get("alike") == Some(&json!(true));
    }
    let mut phase = stretch.end(tablets)?;
    if let Some(phase) = phase.as_object_mut() {
        phase.insert("rounds".to_owned(), json!(rounds));
        phase.insert("requests".to_owned(), json!(requests));
        phase.insert("converged".to_owned(), json!(alike));
    }
    Ok(phase)
}

/// A new tablet, in a process of its own, takes what another wrote.
fn initial(work: &Path, folder: &Path, store: Option<&str>) -> anyhow::Result<Json> {
    let server = Served::start(folder, store, 1)?;
    let proxy = Proxy::to(server.address())?;
    let mut author = Tablets::start()?;
    let file = work.join("initial50k.jsonl");
    enrol(&server, &proxy, &mut author, folder.join("author.db"))?;
    author.ask(&Step::Load { tablet: 0, file: file.clone() })?;
    author.ask(&Step::Sync { tablet: 0 })?;
    drop(author);
    // The first new tablet finds a server that has just been filled, the second one that has answered another.
    let cold = newcomer(&server, &proxy, &folder.join("cold.db"), None)?;
    let mut init = newcomer(&server, &proxy, &folder.join("new.db"), Some(&file))?;
    if let Some(init) = init.as_object_mut() {
        init.insert("cold".to_owned(), cold);
        init.insert("server_disk".to_owned(), json!(server.stop()?));
    }
    Ok(init)
}

fn newcomer(server: &Served, proxy: &Proxy, store: &Path, file: Option<&PathBuf>) -> anyhow::Result<Json> {
    let mut tablets = Tablets::start()?;
    enrol(server, proxy, &mut tablets, store.to_owned())?;
    tablets.ask(&Step::ForgetPeak)?;
    let stretch = Stretch::start(server, proxy, &tablets)?;
    let answer = tablets.ask(&Step::Sync { tablet: 0 })?;
    let mut init = stretch.end(&tablets)?;
    let peak = number(&answer, "peak_rss_mb");
    let compared = file.map(|file| tablets.ask(&Step::Compare { files: vec![file.clone()] })).transpose()?;
    let disk = tablets.ask(&Step::Close)?;
    if let Some(init) = init.as_object_mut() {
        init.insert("client_peak_rss_mb".to_owned(), json!(hundredths(peak)));
        init.insert("requests".to_owned(), answer.get("requests").cloned().unwrap_or_default());
        init.insert("received".to_owned(), answer.get("received").cloned().unwrap_or_default());
        init.insert("records".to_owned(), compared.and_then(|told| told.get("records").cloned()).unwrap_or_default());
        init.insert("client_disk".to_owned(), disk.pointer("/disk/0").cloned().unwrap_or_default());
        init.insert("client_disk_tables".to_owned(), disk.get("tables").cloned().unwrap_or_default());
    }
    Ok(init)
}
