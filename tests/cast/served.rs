//! The released server in its own process, on a folder of its own or on a database, with teams: a structure, its sector and one mediator each.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use palier_sync::catalogue::{profile as p, sector as s, structure as t};
use palier_sync::{RecordType, ScopeKey, Value};
use palier_sync_server::{Centre, CentreError, CentreOptions, now_ms};
use uuid::Uuid;

use crate::process;

/// Longest wait for the server to listen or to end, in seconds.
const WAIT_SECONDS: u64 = 60;

/// A server whose teams have one mediator each, for whose profile tablets are enrolled.
pub struct Served {
    data: PathBuf,
    profiles: Vec<Uuid>,
    address: SocketAddr,
    store: Option<String>,
    process: Child,
}

/// The server's program, on a ledger in its folder or in a database.
fn program(store: Option<&str>) -> anyhow::Result<Command> {
    let mut command = Command::new(binary()?);
    command.env_remove("PALIER_STORE");
    if let Some(store) = store {
        command.env("PALIER_STORE", store);
    }
    Ok(command)
}

impl Served {
    /// Makes the centre of a folder, moves its ledger to the database when one is given, and serves it.
    ///
    /// # Errors
    /// When the server is not built or does not start.
    pub fn start(folder: &Path, store: Option<&str>, teams: usize) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let data = folder.join("server");
        let profiles = found(&data, teams)?;
        if store.is_some() {
            let moved = program(store)?.args(["move", "--data"]).arg(&data).output()?;
            anyhow::ensure!(moved.status.success(), "{}", String::from_utf8_lossy(&moved.stderr));
        }
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let log = std::fs::File::create(folder.join("server.log"))?;
        let process = program(store)?
            .args(["serve", "--data"])
            .arg(&data)
            .args(["--listen", &address.to_string(), "--address", &format!("https://{address}")])
            .env("RUST_LOG", "warn")
            .stderr(log)
            .stdout(Stdio::null())
            .spawn()
            .context("Start the server")?;
        let mut server = Self { data, profiles, address, store: store.map(str::to_owned), process };
        let until = Instant::now() + Duration::from_secs(WAIT_SECONDS);
        while TcpStream::connect(address).is_err() {
            if let Some(status) = server.process.try_wait()? {
                bail!("The server ended with {status}: {}", std::fs::read_to_string(folder.join("server.log"))?);
            }
            anyhow::ensure!(Instant::now() < until, "The server does not listen");
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A one-time code of the mediator of a team.
    ///
    /// # Errors
    /// When the server's command fails.
    pub fn code(&self, team: usize) -> anyhow::Result<String> {
        let profile = self.profiles.get(team).context("A team of the server")?;
        let mut command = program(self.store.as_deref())?;
        let output = command.args(["code", "--data"]).arg(&self.data).arg(profile.to_string()).output()?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.process.id()
    }

    /// CPU seconds of its process so far.
    ///
    /// # Errors
    /// When it ended.
    pub fn cpu_s(&self) -> anyhow::Result<f64> {
        process::cpu_s(self.process.id())
    }

    /// Ends it as an operator does; answers the bytes of its folder (a ledger in a database is not in it).
    ///
    /// # Errors
    /// When it does not end.
    pub fn stop(mut self) -> anyhow::Result<u64> {
        Command::new("kill").arg(self.process.id().to_string()).status().context("Stop the server")?;
        let until = Instant::now() + Duration::from_secs(WAIT_SECONDS);
        while self.process.try_wait()?.is_none() {
            anyhow::ensure!(Instant::now() < until, "The server does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
        process::disk(&self.data)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Writes the programme of a new centre; answers the mediators' profiles.
fn found(data: &Path, teams: usize) -> anyhow::Result<Vec<Uuid>> {
    let mut centre = Centre::open(data, CentreOptions::default())?;
    let mut profiles = Vec::new();
    centre.write(now_ms(), |draft| {
        for team in 0..teams {
            let (structure, sector, profile) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
            let fields =
                [(t::name, Value::text(&format!("Structure {team}"))), (t::kind, Value::text("centre_social"))];
            draft.make(ScopeKey::Territory, structure, RecordType::Structure, &fields)?;
            let name = Value::text(&format!("Secteur {team}"));
            let fields = [(s::name, name), (s::structures, Value::text(&structure.to_string()))];
            draft.make(ScopeKey::Territory, sector, RecordType::Sector, &fields)?;
            let fields = [
                (p::display_name, Value::text("Samia")),
                (p::role, Value::text("mediator")),
                (p::active, Value::Bool(true)),
            ];
            draft.make(ScopeKey::Team { structure }, profile, RecordType::Profile, &fields)?;
            profiles.push(profile);
        }
        Ok::<_, CentreError>(())
    })?;
    Ok(profiles)
}

/// The server's binary, beside this one.
fn binary() -> anyhow::Result<PathBuf> {
    let server = std::env::current_exe()?.with_file_name("palier-server");
    if server.exists() { Ok(server) } else { bail!("{} is not built", server.display()) }
}

/// Builds the server as it is released, when cargo runs this measure; otherwise the one that is there is measured.
///
/// # Errors
/// When it does not build.
pub fn build_released() -> anyhow::Result<()> {
    let Some(cargo) = std::env::var_os("CARGO").filter(|_| !cfg!(debug_assertions)) else { return Ok(()) };
    let built = Command::new(cargo).args(["build", "--release", "--quiet", "-p", "palier-sync-server"]).status()?;
    anyhow::ensure!(built.success(), "The server does not build");
    Ok(())
}
