//! The centre social: the server's own program, with the demonstration territory.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::process::Process;
use super::{free_port, listening};

/// A server of the demonstration, gone when dropped.
pub struct Office {
    _server: Process,
    data: tempfile::TempDir,
    /// Where tablets reach it.
    pub address: String,
}

impl Office {
    /// Starts the server on a free port of the loopback, with TLS by its own authority.
    pub fn open() -> Result<Self> {
        let program = program()?;
        let data = tempfile::tempdir()?;
        let port = free_port()?;
        let address = format!("https://127.0.0.1:{port}");
        let mut command = Command::new(program);
        command.args(["serve", "--demo", "--address", &address]);
        command.arg("--listen").arg(format!("127.0.0.1:{port}")).arg("--data").arg(data.path());
        command.stdout(std::process::Stdio::null());
        let server = Process::start(command, "none: the server is built by `cargo build -p palier-sync-server`")?;
        listening(port, "The server")?;
        Ok(Self { _server: server, data, address })
    }

    /// A code for a mediator, as the coordinator gives it.
    pub fn code(&self, first_name: &str) -> Result<String> {
        let made = Command::new(program()?).args(["code", "--data"]).arg(self.data.path()).arg(first_name).output()?;
        ensure!(made.status.success(), "No code for {first_name}: {}", String::from_utf8_lossy(&made.stderr));
        Ok(String::from_utf8(made.stdout)?.trim().to_owned())
    }
}

/// The server is built beside the application.
fn program() -> Result<PathBuf> {
    let app = Path::new(env!("CARGO_BIN_EXE_palier-app"));
    let program = app.with_file_name("palier-server");
    ensure!(program.exists(), "The server is not built: run `cargo build -p palier-sync-server`");
    app.parent().context("The application is in no folder")?;
    Ok(program)
}
