//! Real servers over one database, and a tablet that signs what it sends them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ed25519_dalek::SigningKey;
use palier_domain::place::derived_id;
use palier_sync::catalogue::{profile, sector};
use palier_sync::wire::{
    Batch, Cursor, HEADER_CHALLENGE, HEADER_REPLICA, HEADER_SIGNATURE, PROTOCOL, SyncAnswer, SyncRequest, WireError,
};
use palier_sync::{Body, Change, Dot, Edit, RecordType, Replica, ScopeKey, Stamp, Value, clock, sign};
use palier_sync_server::registry::PasswordPolicy;
use palier_sync_server::{Centre, CentreError, CentreOptions, Seat, Wanted, now_ms};
use uuid::Uuid;

use crate::cluster::Cluster;

pub const SECTOR: Uuid = Uuid::from_u128(2);
pub const OPTIONS: CentreOptions = CentreOptions { passwords: PasswordPolicy::CHEAP_FOR_TESTS, territory: None };

/// A request that takes longer is none.
const REQUEST_WAIT: Duration = Duration::from_secs(20);

pub fn place() -> ScopeKey {
    ScopeKey::Place { sector: SECTOR }
}

/// Writes a centre with one sector and one person at work, and gives that person a tablet.
pub fn furnish(centre: &mut Centre) -> Tablet {
    let territory = centre.territory();
    let structure = derived_id("structure", territory, "centre");
    let samia = derived_id("profile", territory, "Samia");
    centre
        .write(now_ms(), |draft| {
            let fields = [(sector::structures, Value::text(&structure.to_string()))];
            draft.make(ScopeKey::Territory, SECTOR, RecordType::Sector, &fields)?;
            let fields = [
                (profile::display_name, Value::text("Samia")),
                (profile::role, Value::text("mediator")),
                (profile::active, Value::Bool(true)),
            ];
            draft.make(ScopeKey::Team { structure }, samia, RecordType::Profile, &fields)?;
            Ok::<_, CentreError>(())
        })
        .unwrap();
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).unwrap();
    let key = SigningKey::from_bytes(&bytes);
    let public: String = key.verifying_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let replica = centre.registry.add_tablet(samia, structure, "essai", &public, "0", now_ms()).unwrap();
    Tablet {
        key,
        replica,
        territory,
        server: centre.server().to_owned(),
        challenge: String::new(),
        queue: Vec::new(),
        made: 0,
    }
}

/// The centre of a territory of its own in the database, made from a folder.
pub fn made_in(cluster: &Cluster, folder: &Path, territory: u128) -> Tablet {
    let wanted = Wanted::This(Uuid::from_u128(territory));
    let seat = Seat::find(folder, &cluster.address(), wanted).unwrap();
    let lease = seat.try_take("").unwrap().unwrap();
    let mut centre = seat.open(lease, OPTIONS).unwrap();
    let tablet = furnish(&mut centre);
    centre.leave().unwrap();
    tablet
}

/// A folder that knows the servers' key and nothing else.
pub fn folder_with_key_of(first: &Path, name: &str) -> PathBuf {
    let folder = first.with_file_name(name);
    std::fs::create_dir(&folder).unwrap();
    std::fs::copy(first.join("server.key"), folder.join("server.key")).unwrap();
    folder
}

/// A server in its own process.
pub struct Served {
    pub address: SocketAddr,
    child: Child,
    log: PathBuf,
}

impl Served {
    pub fn start(store: &str, folder: &Path, more: &[&str]) -> Self {
        let address = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap();
        let log = folder.with_extension("log");
        let file = std::fs::OpenOptions::new().create(true).append(true).open(&log).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_palier-server"))
            .args(["serve", "--plain-http", "--listen", &address.to_string(), "--store", store, "--data"])
            .arg(folder)
            .args(more)
            .stdout(Stdio::null())
            .stderr(file)
            .spawn()
            .unwrap();
        Self { address, child, log }
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap()
    }

    pub fn listens(&self) -> bool {
        TcpStream::connect(self.address).is_ok()
    }

    pub fn wait_until(&self, what: &str, done: impl Fn(&Self) -> bool) -> Duration {
        let begun = Instant::now();
        while !done(self) {
            assert!(begun.elapsed() < Duration::from_secs(60), "{what} never came: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        begun.elapsed()
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(name).arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success(), "the process is there");
    }

    /// Ends it as a power cut does.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// How it ended, once it has.
    pub fn ended(&mut self) -> bool {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "it never ends: {}", self.log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A tablet that keeps what no server said it has.
pub struct Tablet {
    key: SigningKey,
    pub replica: Replica,
    territory: Uuid,
    server: String,
    challenge: String,
    queue: Vec<Change>,
    /// Changes ever made.
    pub made: u64,
}

impl Tablet {
    /// Makes changes, each of a building of its own.
    pub fn make(&mut self, count: u64) {
        for _ in 0..count {
            self.made += 1;
            self.queue.push(Change {
                dot: Dot { replica: self.replica, sequence: self.made },
                stamp: Stamp { time: clock::ntp_of(now_ms()) + self.made, replica: self.replica },
                effective: None,
                scope: place(),
                record: Uuid::from_u128(u128::from(self.replica) << 64 | u128::from(self.made)),
                kind: RecordType::Building.number(),
                body: Body::Set(vec![Edit { field: 1, value: Value::text("rue des Essais"), bases: Vec::new() }]),
            });
        }
    }

    /// What no server has.
    pub fn left(&self) -> usize {
        self.queue.len()
    }

    /// Sends what is left and forgets what the server says it has.
    pub fn sync(&mut self, address: SocketAddr) -> Result<SyncAnswer, String> {
        let answer = self.ask(address, Vec::new())?;
        let consumed = answer.consumed.iter().find(|consumed| consumed.replica == self.replica);
        let last = consumed.map_or(0, |consumed| consumed.sequence);
        self.queue.retain(|change| change.dot.sequence > last);
        Ok(answer)
    }

    /// Every change of the sector, as a new tablet reads it; and the sector's digest.
    pub fn read_all(&mut self, address: SocketAddr) -> (Vec<Change>, String) {
        let (mut changes, mut cursors) = (Vec::new(), Vec::new());
        loop {
            let answer = self.ask(address, cursors).unwrap();
            let page = answer.scopes.into_iter().find(|page| page.scope == place()).unwrap();
            // A cursor leaves a tablet's own changes out: the first page, asked for without one, holds them all.
            cursors = vec![Cursor::at(place(), page.scanned)];
            changes.extend(page.changes);
            if !page.more {
                return (changes, page.digest.unwrap());
            }
        }
    }

    fn ask(&mut self, address: SocketAddr, cursors: Vec<Cursor>) -> Result<SyncAnswer, String> {
        let mut batches = Vec::new();
        if !self.queue.is_empty() {
            let changes = serde_json::to_string(&self.queue).unwrap();
            let text = sign::batch_text(&self.territory.to_string(), self.replica, &changes);
            batches.push(Batch { replica: self.replica, signature: sign::sign(&self.key, &text), changes });
        }
        let request = SyncRequest {
            protocol: PROTOCOL,
            clock_ms: now_ms(),
            app_version: "0".to_owned(),
            left_to_send: 0,
            batches,
            cursors,
            columns: false,
            snapshots: false,
            records: Vec::new(),
            buckets: Vec::new(),
            roster: None,
        };
        let body = serde_json::to_vec(&request).unwrap();
        for _ in 0..2 {
            let (status, answer) = self.post(address, &body).map_err(|error| error.to_string())?;
            if status == 200 {
                let answer: SyncAnswer = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
                self.challenge.clone_from(&answer.challenge);
                return Ok(answer);
            }
            match serde_json::from_slice::<WireError>(&answer).ok().and_then(|error| error.challenge) {
                Some(challenge) => self.challenge = challenge,
                None => return Err(format!("{status} {}", String::from_utf8_lossy(&answer))),
            }
        }
        Err("challenge".to_owned())
    }

    fn post(&self, address: SocketAddr, body: &[u8]) -> std::io::Result<(u16, Vec<u8>)> {
        let text = sign::request_text("POST", "/v1/sync", body, &self.server, self.replica, &self.challenge);
        let signature = sign::sign(&self.key, &text);
        let head = format!(
            "{HEADER_REPLICA}: {}\r\n{HEADER_CHALLENGE}: {}\r\n{HEADER_SIGNATURE}: {signature}\r\n",
            self.replica, self.challenge
        );
        post(address, "/v1/sync", &head, body)
    }
}

/// Posts JSON; an answer that was cut is none.
pub fn post(address: SocketAddr, path: &str, headers: &str, body: &[u8]) -> std::io::Result<(u16, Vec<u8>)> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: centre\r\nconnection: close\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n{headers}\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(REQUEST_WAIT))?;
    stream.write_all(&[head.as_bytes(), body].concat())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let cut = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").ok_or_else(cut)?;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(cut)?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let body = &answer[end + 4..];
    if length.and_then(|length| length.parse::<usize>().ok()) != Some(body.len()) {
        return Err(cut());
    }
    Ok((status, body.to_vec()))
}
