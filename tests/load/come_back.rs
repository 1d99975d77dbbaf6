//! The return: everybody at once, until every sector is the same everywhere.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use anyhow::Context;
use palier_exchange::http::Reply;
use palier_exchange::{NetFault, Transport};
use palier_sync::ScopeKey;
use palier_tests::{BareTablet, Dice, Served, process};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::{Asked, week};

/// Tablets of a sector.
const TEAM: usize = 10;
/// Syncs of one tablet before it is said not to converge.
const SYNCS_MAX: usize = 40;
/// Between two syncs of a tablet whose colleagues are not done.
const PAUSE: Duration = Duration::from_secs(2);

/// One request as its tablet waited for it.
#[derive(Debug, Clone, Copy)]
struct Asking {
    ms: f64,
    /// HTTP status; 0 when nothing came back.
    status: u16,
}

/// Times every request of a connection.
struct Timed<'a> {
    way: &'a dyn Transport,
    told: &'a Mutex<Vec<Asking>>,
}

impl Transport for Timed<'_> {
    fn post(&self, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> Result<Reply, NetFault> {
        let from = Instant::now();
        let reply = self.way.post(path, headers, body);
        let ms = from.elapsed().as_secs_f64() * 1000.0;
        let status = reply.as_ref().map_or(0, |reply| reply.status);
        self.told.lock().unwrap_or_else(PoisonError::into_inner).push(Asking { ms, status });
        reply
    }
}

/// The whole measure.
pub fn measure(asked: &Asked, store: Option<&str>) -> anyhow::Result<Json> {
    let folder = tempfile::tempdir().context("A folder for the stores")?;
    let teams = asked.tablets.div_ceil(TEAM);
    let server = Served::start(folder.path(), store, teams)?;
    let tablets = enrol_all(&server, folder.path(), asked.tablets)?;
    let mut made = Vec::with_capacity(tablets.len());
    for (seed, tablet) in (1..).zip(&tablets) {
        made.push(week::work(tablet, asked.days, Dice::new(seed))?);
    }
    yield_to_the_server()?;
    let (requests, from) = (Mutex::new(Vec::new()), Instant::now());
    let cpu = server.cpu_s()?;
    let ended = std::thread::scope(|scope| -> anyhow::Result<Vec<f64>> {
        let mut hands = Vec::new();
        let mut dice = Dice::new(200);
        for tablet in &tablets {
            let wait = Duration::from_millis(dice.below((asked.seconds * 1000).max(1)));
            let (requests, tablets) = (&requests, &tablets);
            hands.push(scope.spawn(move || -> anyhow::Result<f64> {
                std::thread::sleep(wait);
                until_alike(tablet, tablets, requests)?;
                Ok(from.elapsed().as_secs_f64())
            }));
        }
        let join = |hand: std::thread::ScopedJoinHandle<'_, anyhow::Result<f64>>| {
            hand.join().map_err(|_| anyhow::anyhow!("A tablet's thread panicked"))?
        };
        hands.into_iter().map(join).collect()
    })?;
    let requests = requests.into_inner().unwrap_or_else(PoisonError::into_inner);
    let server_cpu = server.cpu_s()? - cpu;
    let peak = process::peak_rss_mb_of(server.pid())?;
    let (alike, lost) = compare(&tablets, &made)?;
    server.stop()?;
    let mut figures = told(asked, store, &requests, &ended);
    figures.extend([
        ("records_made".to_owned(), json!(made.iter().map(Vec::len).sum::<usize>())),
        ("lost".to_owned(), json!(lost)),
        ("converged".to_owned(), json!(alike)),
        ("server_cpu_s".to_owned(), json!(tenths(server_cpu))),
        ("server_peak_rss_mib".to_owned(), json!(tenths(peak * 1e6 / 1_048_576.0))),
    ]);
    Ok(Json::Object(figures))
}

/// The tablets are other machines in life: here they take what the server leaves of the processor. Threads that begin after
/// this inherit it.
fn yield_to_the_server() -> anyhow::Result<()> {
    let pid = std::process::id().to_string();
    let done = std::process::Command::new("renice").args(["-n", "19", "-p", &pid]).output().context("renice")?;
    anyhow::ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn told(asked: &Asked, store: Option<&str>, requests: &[Asking], ended: &[f64]) -> serde_json::Map<String, Json> {
    // A tablet that is told to come back in a moment has waited for nothing yet.
    let mut waits: Vec<f64> = requests.iter().filter(|one| one.status != 429).map(|one| one.ms).collect();
    waits.sort_by(f64::total_cmp);
    let at = |share: f64| waits.get(((waits.len() as f64 * share) as usize).min(waits.len().saturating_sub(1)));
    let of = |wanted: fn(u16) -> bool| requests.iter().filter(|one| wanted(one.status)).count();
    [
        ("store", json!(if store.is_some() { "postgres" } else { "sqlite" })),
        ("tablets", json!(asked.tablets)),
        ("days", json!(asked.days)),
        ("seconds_until_all_converged", json!(tenths(ended.iter().copied().fold(0.0, f64::max)))),
        ("requests", json!(waits.len())),
        ("request_p50_ms", json!(at(0.5).copied().map(f64::round))),
        ("request_p95_ms", json!(at(0.95).copied().map(f64::round))),
        ("request_max_ms", json!(waits.last().copied().map(f64::round))),
        ("answers_5xx", json!(of(|status| status >= 500))),
        ("no_answer", json!(of(|status| status == 0))),
        ("told_to_come_back_429", json!(of(|status| status == 429))),
        ("refused_4xx", json!(of(|status| (400..500).contains(&status) && status != 429))),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into_iter()
    .collect()
}

/// Enrols every tablet, ten a team, and gives each its first sync: they were at work before they went offline.
fn enrol_all(server: &Served, folder: &Path, count: usize) -> anyhow::Result<Vec<BareTablet>> {
    let address = format!("https://{}", server.address());
    (0..count)
        .map(|n| {
            let code = server.code(n / TEAM)?;
            let file = folder.join(format!("tablet-{n}.db"));
            let mut key = [0u8; 32];
            getrandom::fill(&mut key).map_err(|_| anyhow::anyhow!("The system gave no randomness"))?;
            let tablet = BareTablet::enrolled(&address, &code, &file, key)?;
            tablet.sync(&tablet.transport()?)?;
            Ok(tablet)
        })
        .collect()
}

/// The scopes that a team shares.
fn shared(tablet: &BareTablet) -> anyhow::Result<[ScopeKey; 2]> {
    Ok([ScopeKey::Place { sector: tablet.home()?.0 }, tablet.files()?])
}

fn alike(one: &BareTablet, other: &BareTablet) -> anyhow::Result<bool> {
    for scope in shared(one)? {
        if one.with(|store| store.digest(&scope))? != other.with(|store| store.digest(&scope))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Syncs until everything is sent and the colleagues hold the same; a fault of the network is a sync to do again.
fn until_alike(tablet: &BareTablet, all: &[BareTablet], requests: &Mutex<Vec<Asking>>) -> anyhow::Result<()> {
    let sector = tablet.home()?.0;
    for _ in 0..SYNCS_MAX {
        let way = tablet.transport()?;
        let done = match tablet.sync(&Timed { way: &way, told: requests }) {
            Ok(report) => report.refused == 0,
            Err(palier_exchange::RoundError::Net(_)) => false,
            Err(error) => return Err(error.into()),
        };
        let sent = |one: &BareTablet| one.with(|store| store.pending()).is_ok_and(|pending| pending.changes == 0);
        let mut team = all.iter().filter(|one| one.home().is_ok_and(|home| home.0 == sector));
        if done && team.all(|one| sent(one) && alike(tablet, one).unwrap_or(false)) {
            return Ok(());
        }
        // Colleagues still come back: what they bring is asked for in a moment, as the app does.
        std::thread::sleep(PAUSE);
    }
    anyhow::bail!("A tablet does not come to an end")
}

/// Whether every team holds the same, and how many records that one of a team made another of it has not.
fn compare(tablets: &[BareTablet], made: &[Vec<Uuid>]) -> anyhow::Result<(bool, usize)> {
    let mut teams: BTreeMap<Uuid, Vec<(&BareTablet, &Vec<Uuid>)>> = BTreeMap::new();
    for (tablet, made) in tablets.iter().zip(made) {
        teams.entry(tablet.home()?.0).or_default().push((tablet, made));
    }
    let (mut same, mut lost) = (true, 0);
    for team in teams.values() {
        let Some(((first, _), others)) = team.split_first() else { continue };
        for (other, made) in others {
            same &= alike(first, other)?;
            for record in made.iter() {
                lost += usize::from(first.with(|store| store.record(*record))?.is_none());
            }
        }
    }
    Ok((same, lost))
}
