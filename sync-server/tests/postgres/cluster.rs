//! A PostgreSQL of the test's own: a temporary folder, a Unix socket, no network.

use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use palier_sync_server::ledger::PostgresAddress;
use palier_sync_server::tls;

/// Where Debian puts the programs of PostgreSQL 15.
const PROGRAMS: &str = "/usr/lib/postgresql/15/bin";

/// Longest wait for the database to answer.
const START_WAIT: Duration = Duration::from_secs(60);

pub struct Cluster {
    folder: tempfile::TempDir,
    pub port: u16,
    server: Child,
}

impl Cluster {
    /// Starts one, or says that it cannot and why.
    pub fn start() -> Option<Self> {
        Self::start_with(&[])
    }

    pub fn start_with(settings: &[&str]) -> Option<Self> {
        let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
        Self::begin(5432, |_| settings)
    }

    /// One that is reached at a port of this machine over TLS alone, with a password.
    pub fn start_with_tls(password: &str) -> Option<Self> {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let cluster = Self::begin(port, |folder| {
            let tls = tls::server_tls(folder, &[]).unwrap();
            let chain: String = tls.chain.iter().map(|certificate| pem("CERTIFICATE", certificate)).collect();
            std::fs::write(folder.join("chain.pem"), chain).unwrap();
            tls::write_secret(&folder.join("key.pem"), pem("PRIVATE KEY", tls.key.secret_der()).as_bytes()).unwrap();
            give_to_its_user(&folder.join("key.pem"));
            let rules = "local all all trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n";
            std::fs::write(folder.join("data/pg_hba.conf"), rules).unwrap();
            let file = |name: &str| folder.join(name).display().to_string();
            vec![
                "listen_addresses=127.0.0.1".to_owned(),
                "ssl=on".to_owned(),
                format!("ssl_cert_file={}", file("chain.pem")),
                format!("ssl_key_file={}", file("key.pem")),
            ]
        })?;
        cluster.ask(&format!("ALTER USER palier PASSWORD '{password}'"));
        Some(cluster)
    }

    fn begin(port: u16, prepare: impl FnOnce(&Path) -> Vec<String>) -> Option<Self> {
        if !Path::new(PROGRAMS).join("postgres").exists() {
            // Past the capture of the tests' output: nobody must believe that it was tried.
            let said = format!("NOT TESTED: no PostgreSQL 15 in {PROGRAMS}; `.ci/setup` installs it\n");
            std::io::stderr().write_all(said.as_bytes()).unwrap();
            return None;
        }
        let folder = tempfile::Builder::new().prefix("palier-pg").tempdir().unwrap();
        give_to_its_user(folder.path());
        let data = folder.path().join("data");
        let mut command = program("initdb");
        command.args(["-A", "trust", "-U", "palier", "--no-sync", "-E", "UTF8", "--locale=C", "-D"]).arg(&data);
        let made = command.output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let settings = prepare(folder.path());
        let mut command = program("postgres");
        command.arg("-D").arg(&data).arg("-k").arg(folder.path()).args(["-p", &port.to_string()]);
        command.args(["-c", "listen_addresses="]);
        for setting in &settings {
            command.args(["-c", setting]);
        }
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let server = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let cluster = Self { folder, port, server };
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
        command.arg("-h").arg(self.folder.path()).args([
            "-p",
            &self.port.to_string(),
            "-U",
            "palier",
            "-d",
            "postgres",
            "-XAtqc",
            text,
        ]);
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

fn pem(label: &str, der: &[u8]) -> String {
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", data_encoding::BASE64.encode(der))
}

fn program(name: &str) -> Command {
    let path: PathBuf = Path::new(PROGRAMS).join(name);
    let Some(user) = user() else { return Command::new(path) };
    let mut command = Command::new("setpriv");
    command.arg(format!("--reuid={user}")).args(["--clear-groups", "--"]).arg(path);
    command
}
