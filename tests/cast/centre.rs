//! The centre social: the real server, in its own process, on a folder of its own.

use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

/// Longest wait for the server to listen, in seconds.
const START_SECONDS: u64 = 30;

/// A server with the demonstration territory.
pub struct CentreSocial {
    folder: PathBuf,
    address: SocketAddr,
    server: Child,
    _temporary: Option<tempfile::TempDir>,
}

impl CentreSocial {
    /// Starts the server on a temporary folder.
    ///
    /// # Errors
    /// When the binary is not built or does not listen.
    pub fn open() -> anyhow::Result<Self> {
        let temporary = tempfile::tempdir()?;
        let folder = temporary.path().to_owned();
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let server = start(&folder, address)?;
        Ok(Self { folder, address, server, _temporary: Some(temporary) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The folder that holds the server's data and the tablets'.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The server's data folder.
    #[must_use]
    pub fn data(&self) -> PathBuf {
        self.folder.join("server")
    }

    /// A one-time code for someone the centre knows.
    ///
    /// # Errors
    /// When nobody of that name is known.
    pub fn code_for(&self, name: &str) -> anyhow::Result<String> {
        let output = Command::new(binary()?)
            .args(["code", "--data"])
            .arg(self.data())
            .arg(name)
            .stderr(Stdio::piped())
            .output()?;
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// Digest of each scope, from the server's own rows.
    ///
    /// # Errors
    /// When the server's data do not read.
    pub fn digests(&self) -> anyhow::Result<Vec<(String, String)>> {
        let output = Command::new(binary()?).args(["digests", "--data"]).arg(self.data()).output()?;
        let text = String::from_utf8(output.stdout)?;
        Ok(text.lines().filter_map(|line| line.split_once(' ')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect())
    }

    /// Stops the server as a power cut does, and starts it again.
    ///
    /// # Errors
    /// When it does not come back.
    pub fn kill_and_start(&mut self) -> anyhow::Result<()> {
        self.server.kill().context("Kill the server")?;
        self.server.wait()?;
        self.server = start(&self.folder, self.address)?;
        Ok(())
    }

    /// Stops the server, does something with its data folder, and starts it again.
    ///
    /// # Errors
    /// What is done, or when the server does not come back.
    pub fn with_data(&mut self, act: impl FnOnce(&Path) -> anyhow::Result<()>) -> anyhow::Result<()> {
        self.stop()?;
        act(&self.data())?;
        self.server = start(&self.folder, self.address)?;
        Ok(())
    }

    /// Stops the server, compacts its ledger by the operator's command, and starts it again; answers what the command said.
    ///
    /// # Errors
    /// When the command fails, or when the server does not come back.
    pub fn compact(&mut self) -> anyhow::Result<String> {
        let mut said = String::new();
        self.with_data(|data| {
            let output = Command::new(binary()?).args(["compact", "--data"]).arg(data).output()?;
            anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            said = String::from_utf8(output.stdout)? + &String::from_utf8(output.stderr)?;
            Ok(())
        })?;
        Ok(said)
    }

    /// Stops the server.
    ///
    /// # Errors
    /// When the process cannot be ended.
    pub fn stop(&mut self) -> anyhow::Result<()> {
        self.server.kill().context("Stop the server")?;
        self.server.wait()?;
        Ok(())
    }
}

impl Drop for CentreSocial {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The server's binary, beside the test's own.
fn binary() -> anyhow::Result<PathBuf> {
    let me = std::env::current_exe()?;
    for folder in me.ancestors().skip(1).take(3) {
        let server = folder.join("palier-server");
        if server.exists() {
            return Ok(server);
        }
    }
    bail!("palier-server is not built: run `cargo build -p palier-sync-server` first")
}

fn start(folder: &Path, address: SocketAddr) -> anyhow::Result<Child> {
    let log = std::fs::OpenOptions::new().create(true).append(true).open(folder.join("server.log"))?;
    let mut server = Command::new(binary()?)
        .args(["serve", "--demo", "--data"])
        .arg(folder.join("server"))
        .args(["--listen", &address.to_string(), "--address", &format!("https://{address}")])
        .stderr(log)
        .stdout(Stdio::null())
        .spawn()
        .context("Start the server")?;
    let until = Instant::now() + Duration::from_secs(START_SECONDS);
    while TcpStream::connect(address).is_err() {
        if let Some(status) = server.try_wait()? {
            let log = std::fs::read_to_string(folder.join("server.log")).unwrap_or_default();
            bail!("The server ended with {status}: {log}");
        }
        anyhow::ensure!(Instant::now() < until, "The server does not listen");
        std::thread::yield_now();
    }
    Ok(server)
}
