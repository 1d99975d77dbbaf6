//! A program that never outlives the test that started it.

use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};

/// A running program, ended when dropped.
pub struct Process(Child);

impl Process {
    /// Starts `command`; what it complains of is thrown away unless `PALIER_WINDOW_LOG` is set.
    pub fn start(mut command: Command, package: &str) -> Result<Self> {
        if std::env::var_os("PALIER_WINDOW_LOG").is_none() {
            command.stderr(Stdio::null());
        }
        let child = command.stdin(Stdio::null()).spawn();
        child.map(Self).with_context(|| format!("The test of the window needs the Debian package {package}"))
    }

    /// What the program prints, once.
    pub fn output(&mut self) -> Option<ChildStdout> {
        self.0.stdout.take()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // One that already ended is what was wanted.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
