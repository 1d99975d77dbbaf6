//! What every part stands on: the server's process, a tablet in its own, the proxy between them, a second tablet that reads.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context;
use palier_tests::{CentreSocial, Idle, Proxy, STAIR_DOORS, Tablet, new_stair};
use serde_json::Value as Json;

use crate::hands::Step;

/// Longest wait for bytes of a dialogue under way.
const BYTES_WAIT: Duration = Duration::from_secs(2);

/// A look at the bytes carried this often while a kill waits for its moment.
const LOOK: Duration = Duration::from_micros(100);

/// The tablet's process.
pub struct Hands {
    process: Child,
    steps: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Hands {
    /// Starts it on a tablet's folder.
    pub fn start(folder: &Path, address: &str, stairs: &[String]) -> anyhow::Result<Self> {
        let mut process = Command::new(std::env::current_exe()?)
            .arg("tablet")
            .arg(folder)
            .arg(address)
            .args(stairs)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("Start the tablet")?;
        let steps = process.stdin.take().context("Its input")?;
        let answers = BufReader::new(process.stdout.take().context("Its output")?);
        Ok(Self { process, steps, answers })
    }

    /// Asks, and waits for the answer.
    pub fn ask(&mut self, step: &Step) -> anyhow::Result<Json> {
        self.begin(step)?;
        self.answer()?.context("The tablet's process ended")
    }

    /// Asks without waiting.
    pub fn begin(&mut self, step: &Step) -> anyhow::Result<()> {
        writeln!(self.steps, "{}", serde_json::to_string(step)?)?;
        Ok(self.steps.flush()?)
    }

    /// The answer, none when the process ended before it gave one.
    pub fn answer(&mut self) -> anyhow::Result<Option<Json>> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(if line.ends_with('\n') { Some(serde_json::from_str(&line)?) } else { None })
    }

    /// Ends it as `kill -9` does.
    pub fn kill(&mut self) -> anyhow::Result<()> {
        self.process.kill()?;
        self.process.wait()?;
        Ok(())
    }
}

impl Drop for Hands {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.kill();
    }
}

/// The whole: Samia's tablet is the process, Karim's reads what the server has.
pub struct Ground {
    pub centre: CentreSocial,
    pub karim: Tablet,
    pub hands: Hands,
    pub stairs: Vec<String>,
    idle: Idle,
    /// Doors that Samia told so far, the first ones of her staircases.
    pub told: usize,
}

impl Ground {
    /// A server with the demonstration territory, and staircases enough for so many doors.
    pub fn new(doors: usize) -> anyhow::Result<Self> {
        let centre = CentreSocial::open()?;
        let samia = Tablet::enrolled(&centre, "Samia")?;
        samia.sync()?;
        let stairs = (0..doors.div_ceil(STAIR_DOORS))
            .map(|number| new_stair(&samia.app, &format!("{} allée des Essais", number + 1)))
            .collect::<anyhow::Result<Vec<_>>>()?;
        samia.sync()?;
        let karim = Tablet::enrolled(&centre, "Karim")?;
        karim.sync()?;
        let idle = samia.let_go();
        let hands = Hands::start(idle.folder(), &idle.link.address(), &stairs)?;
        Ok(Self { centre, karim, hands, stairs, idle, told: 0 })
    }

    /// The proxy of Samia's tablet.
    pub fn proxy(&self) -> &Proxy {
        self.idle.link.proxy()
    }

    /// The folder of Samia's tablet.
    pub fn folder(&self) -> &Path {
        self.idle.folder()
    }

    /// Starts the tablet's process again after a kill.
    pub fn start_hands(&mut self) -> anyhow::Result<()> {
        self.hands = Hands::start(self.idle.folder(), &self.idle.link.address(), &self.stairs)?;
        Ok(())
    }

    /// Samia tells the next doors; answers how many acts wait.
    pub fn tell(&mut self, count: usize, noise: bool) -> anyhow::Result<u64> {
        let status = self.hands.ask(&Step::Visits { from: self.told, count, noise })?;
        self.told += count;
        number(&status, "pending")
    }

    /// Waits until the link carried so many bytes more than before, or nothing more comes.
    pub fn wait_for(&self, bytes: u64) {
        let until = Instant::now() + BYTES_WAIT;
        while self.proxy().carried().total() < bytes && Instant::now() < until {
            std::thread::sleep(LOOK);
        }
    }

    /// One sync on a whole link: the server has everything after it.
    pub fn finish(&mut self) -> anyhow::Result<()> {
        self.proxy().cut_after(-1);
        let status = self.hands.ask(&Step::Sync)?;
        let whole = status.get("state") == Some(&Json::from("up_to_date")) && number(&status, "pending")? == 0;
        anyhow::ensure!(whole, "On a whole link everything is sent: {status}");
        Ok(())
    }

    /// Nothing is lost and nothing is there twice: each door told has one passage, no other has any, on Samia's tablet, in the
    /// server's rows and on Karim's tablet; every page of the store verifies.
    pub fn check(&mut self) -> anyhow::Result<()> {
        self.finish()?;
        let held = self.hands.ask(&Step::Held)?;
        let told = self.told as u64;
        let (once, total) = (number(&held, "once")?, number(&held, "total")?);
        anyhow::ensure!(
            once == told && total == told,
            "{told} doors were told; {once} have one passage, {total} in all"
        );
        anyhow::ensure!(held.get("integrity").and_then(Json::as_array).is_some_and(Vec::is_empty), "{held}");
        // Nobody touched it for long: it may have locked itself.
        self.karim.unlock()?;
        self.karim.sync()?;
        let server: BTreeMap<String, String> = self.centre.digests()?.into_iter().collect();
        let samia: BTreeMap<String, String> = serde_json::from_value(held.get("digests").cloned().context("Digests")?)?;
        let karim: BTreeMap<String, String> = self.karim.digests()?.into_iter().collect();
        anyhow::ensure!(samia.len() > 1 && karim.len() > 1, "Both tablets hold scopes");
        for (scope, digest) in samia.iter().chain(&karim) {
            anyhow::ensure!(server.get(scope) == Some(digest), "{scope} is not the same on a tablet and on the server");
        }
        Ok(())
    }
}

/// A number of an answer.
pub fn number(answer: &Json, name: &str) -> anyhow::Result<u64> {
    answer.get(name).and_then(Json::as_u64).with_context(|| format!("{name} in {answer}"))
}
