//! A PostgreSQL of the test's own: a temporary folder, a Unix socket, no network.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use palier_sync_server::ledger::PostgresAddress;

/// Where Debian puts the programs of PostgreSQL 15.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// Longest wait for the database to answer.
const START_WAIT: Duration = Duration::from_secs(60);

pub struct Cluster {
    folder: tempfile::TempDir,
    server: Child,
}

impl Cluster {
    /// Starts one, or says that it cannot and why.
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    pub fn start_with(settings: &[&str]) -> Option<Self> {
        if !Path::new(PROGRAMS).join("postgres").exists() {
            eprintln!("NOT TESTED: no PostgreSQL 15 in {PROGRAMS}; `.ci/setup` installs it");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("palier-pg").tempdir().unwrap();
        give_to_its_user(folder.path());
        let data = folder.path().join("data");
        let mut command = program("initdb");
        command.args(["-A", "trust", "-U", "palier", "--no-sync", "-E", "UTF8", "--locale=C", "-D"]).arg(&data);
        let made = command.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let mut command = program("postgres");
        command.arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-c", "listen_addresses="]);
        for setting in settings {
            command.args(["-c", setting]);
        }
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let server = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let cluster = Self { folder, server };
        let begun = Instant::now();
        while !cluster.answers() {
            assert!(begun.elapsed() < START_WAIT, "PostgreSQL does not start: {}", cluster.log());
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(cluster)
    }

    fn answers(&self) -> bool {
        self.psql("SELECT 1").is_ok()
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    pub fn url(&self) -> String {
        format!("postgres://palier@{}/postgres", self.folder.path().to_string_lossy().replace('/', "%2F"))
    }

    pub fn address(&self) -> PostgresAddress {
        PostgresAddress { url: self.url(), authority: None }
    }

    fn psql(&self, text: &str) -> Result<String, String> {
        let mut command = Command::new(Path::new(PROGRAMS).join("psql"));
        command.arg("-h").arg(self.folder.path()).args(["-U", "palier", "-d", "postgres", "-XAtqc", text]);
        let output = command.output().unwrap();
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
        }
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }

    /// What the database answers, by its own client.
    pub fn ask(&self, text: &str) -> String {
        self.psql(text).unwrap()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = Command::new("kill").arg("-QUIT").arg(self.server.id().to_string()).status();
        let _ = self.server.wait();
    }
}

/// PostgreSQL refuses to run as root: then it runs as the user that Debian made for it.
fn user() -> Option<u32> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().parse::<u32>().ok()
    };
    (id(&["-u"]) == Some(0)).then(|| id(&["-u", "postgres"]).expect("a user named postgres"))
}

fn give_to_its_user(folder: &Path) {
    if let Some(user) = user() {
        std::os::unix::fs::chown(folder, Some(user), None).unwrap();
    }
}

fn program(name: &str) -> Command {
    let path: PathBuf = Path::new(PROGRAMS).join(name);
    let Some(user) = user() else { return Command::new(path) };
    let mut command = Command::new("setpriv");
    command.arg(format!("--reuid={user}")).args(["--clear-groups", "--"]).arg(path);
    command
}
