//! The server: its own process on a folder of its own, with one structure, one sector and one mediator.

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

/// A server with one mediator, whose profile every tablet of the measure is enrolled for.
pub struct Server {
    data: PathBuf,
    profile: Uuid,
    address: SocketAddr,
    process: Child,
}

impl Server {
    /// Makes the centre of a folder and serves it.
    pub fn start(folder: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let data = folder.join("server");
        let profile = found(&data)?;
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let log = std::fs::File::create(folder.join("server.log"))?;
        let process = Command::new(binary()?)
            .args(["serve", "--data"])
            .arg(&data)
            .args(["--listen", &address.to_string(), "--address", &format!("https://{address}")])
            .env("RUST_LOG", "warn")
            .stderr(log)
            .stdout(Stdio::null())
            .spawn()
            .context("Start the server")?;
        let mut server = Self { data, profile, address, process };
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
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A one-time code of the mediator.
    pub fn code(&self) -> anyhow::Result<String> {
        let output =
            Command::new(binary()?).args(["code", "--data"]).arg(&self.data).arg(self.profile.to_string()).output()?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// CPU seconds of its process so far.
    pub fn cpu_s(&self) -> anyhow::Result<f64> {
        process::cpu_s(self.process.id())
    }

    /// Ends it as an operator does; answers the bytes of its data.
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

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Writes the programme of a new centre; answers the mediator's profile.
fn found(data: &Path) -> anyhow::Result<Uuid> {
    let mut centre = Centre::open(data, CentreOptions::default())?;
    let (structure, sector, profile) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    centre.write(now_ms(), |draft| {
        let fields = [(t::name, Value::text("Structure")), (t::kind, Value::text("centre_social"))];
        draft.make(ScopeKey::Territory, structure, RecordType::Structure, &fields)?;
        let fields = [(s::name, Value::text("Secteur")), (s::structures, Value::text(&structure.to_string()))];
        draft.make(ScopeKey::Territory, sector, RecordType::Sector, &fields)?;
        let fields = [
            (p::display_name, Value::text("Samia")),
            (p::role, Value::text("mediator")),
            (p::active, Value::Bool(true)),
        ];
        draft.make(ScopeKey::Team { structure }, profile, RecordType::Profile, &fields)?;
        Ok::<_, CentreError>(())
    })?;
    Ok(profile)
}

/// The server's binary, beside this one.
fn binary() -> anyhow::Result<PathBuf> {
    let server = std::env::current_exe()?.with_file_name("palier-server");
    if server.exists() { Ok(server) } else { bail!("{} is not built", server.display()) }
}

/// Builds the server as it is released, when cargo runs this measure; otherwise the one that is there is measured.
pub fn build() -> anyhow::Result<()> {
    let Some(cargo) = std::env::var_os("CARGO").filter(|_| !cfg!(debug_assertions)) else { return Ok(()) };
    let built = Command::new(cargo).args(["build", "--release", "--quiet", "-p", "palier-sync-server"]).status()?;
    anyhow::ensure!(built.success(), "The server does not build");
    Ok(())
}
