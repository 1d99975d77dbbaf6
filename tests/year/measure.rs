//! The measure: months written and sent, and one sector looked at in between.

use std::path::Path;

use anyhow::Context;
use palier_tests::{BareTablet, Carried, Proxy, Served, process};
use serde_json::{Value as Json, json};

use crate::Asked;
use crate::sector::{DAYS, MEDIATORS, Sector};

/// Months after which the sector is looked at; the last one as well.
const LOOKED_AT: [u64; 4] = [1, 3, 6, 9];
/// Syncs until a tablet that writes a month has sent it.
const SYNCS_MAX: usize = 60;
/// Ordinary days of which the median is told.
const ORDINARY_DAYS: usize = 5;

/// The whole measure.
pub fn year(asked: &Asked) -> anyhow::Result<Json> {
    let folder = tempfile::tempdir().context("A folder for the stores")?;
    let sectors = asked.mediators.div_ceil(MEDIATORS);
    let server = Served::start(folder.path(), None, sectors)?;
    let proxy = Proxy::to(server.address())?;
    let mut teams = Vec::with_capacity(sectors);
    for number in 0..sectors {
        let tablet = enrol(&server, &proxy, number, folder.path(), &format!("team-{number}"))?;
        let sector = Sector::make(&tablet, 1 + number as u64)?;
        teams.push((tablet, sector));
    }
    let mut told = Vec::new();
    for month in 1..=asked.months {
        for (tablet, sector) in &mut teams {
            for day in 0..DAYS {
                sector.work(tablet, (asked.months - month) * 30 + DAYS - day, MEDIATORS)?;
            }
            send(tablet)?;
        }
        if LOOKED_AT.contains(&month) || month == asked.months {
            let Some((colleague, sector)) = teams.first_mut() else { continue };
            let (mut figures, newcomer) = newcomer(&server, &proxy, folder.path(), month)?;
            figures.extend(ordinary_days(&server, &proxy, colleague, sector, &newcomer)?);
            figures.insert("month".to_owned(), json!(month));
            figures.insert("passages".to_owned(), json!(month * DAYS * 40 * (sectors * MEDIATORS) as u64));
            figures.insert("server_disk".to_owned(), json!(process::disk(&folder.path().join("server"))?));
            figures.insert("server_peak_rss_mb".to_owned(), json!(process::peak_rss_mb_of(server.pid())?.round()));
            told.push(Json::Object(figures));
        }
    }
    let disk = server.stop()?;
    Ok(json!({ "mediators": sectors * MEDIATORS, "months": told, "server_disk": disk }))
}

fn enrol(server: &Served, proxy: &Proxy, team: usize, folder: &Path, name: &str) -> anyhow::Result<BareTablet> {
    let mut key = [0u8; 32];
    getrandom::fill(&mut key).map_err(|_| anyhow::anyhow!("The system gave no randomness"))?;
    BareTablet::enrolled(&proxy.address(), &server.code(team)?, &folder.join(format!("{name}.db")), key)
}

/// Syncs until nothing waits; a sync sends a page at most and asks to be continued.
fn send(tablet: &BareTablet) -> anyhow::Result<()> {
    for _ in 0..SYNCS_MAX {
        tablet.sync(&tablet.transport()?)?;
        if tablet.with(|store| store.pending())?.changes == 0 {
            return Ok(());
        }
    }
    anyhow::bail!("A month is not sent in {SYNCS_MAX} syncs")
}

/// What one stretch cost: bytes both ways, CPU of the tablet and of the server.
struct Cost {
    carried: Carried,
    client: f64,
    server: f64,
}

fn cost(server: &Served, proxy: &Proxy) -> anyhow::Result<Cost> {
    let client = process::cpu_s(std::process::id())?;
    Ok(Cost { carried: proxy.carried(), client, server: server.cpu_s()? })
}

impl Cost {
    fn since(&self, before: &Self) -> (u64, f64, f64) {
        let carried = self.carried.since(before.carried);
        (carried.total(), self.client - before.client, self.server - before.server)
    }
}

fn newcomer(
    server: &Served,
    proxy: &Proxy,
    folder: &Path,
    month: u64,
) -> anyhow::Result<(serde_json::Map<String, Json>, BareTablet)> {
    // The first finds pages that nobody asked for yet, the second those that the server kept.
    let mut figures = serde_json::Map::new();
    let mut last = None;
    for (name, order) in [("first", 1), ("second", 2)] {
        let tablet = enrol(server, proxy, 0, folder, &format!("new-{month}-{order}"))?;
        let before = cost(server, proxy)?;
        let report = tablet.sync(&tablet.transport()?)?;
        let (bytes, client, of_server) = cost(server, proxy)?.since(&before);
        figures.insert(format!("{name}_bytes"), json!(bytes));
        figures.insert(format!("{name}_client_cpu_s"), json!(hundredths(client)));
        figures.insert(format!("{name}_server_cpu_s"), json!(hundredths(of_server)));
        figures.insert("received".to_owned(), json!(report.received));
        last = Some(tablet);
    }
    Ok((figures, last.context("A newcomer")?))
}

/// Days on which four colleagues sent their work before, and the tablet sends its own and takes theirs.
fn ordinary_days(
    server: &Served,
    proxy: &Proxy,
    colleague: &BareTablet,
    sector: &mut Sector,
    tablet: &BareTablet,
) -> anyhow::Result<serde_json::Map<String, Json>> {
    let (mut bytes, mut client, mut of_server) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ORDINARY_DAYS {
        sector.work(colleague, 0, MEDIATORS - 1)?;
        send(colleague)?;
        sector.work(tablet, 0, 1)?;
        let before = cost(server, proxy)?;
        tablet.sync(&tablet.transport()?)?;
        let (carried, tablet_cpu, server_cpu) = cost(server, proxy)?.since(&before);
        bytes.push(carried as f64);
        client.push(tablet_cpu);
        of_server.push(server_cpu);
    }
    let figures = [("day_bytes", bytes), ("day_client_cpu_s", client), ("day_server_cpu_s", of_server)];
    Ok(figures.map(|(name, figures)| (name.to_owned(), json!(hundredths(median(figures))))).into_iter().collect())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
