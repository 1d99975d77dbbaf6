//! The cast: a centre on real files behind its real router, and a client that signs what it likes.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use ed25519_dalek::SigningKey;
use palier_domain::place::derived_id;
use palier_store::{StoreKey, agreement_id, connect};
use palier_sync::catalogue::{agreement, household, person, profile, sector};
use palier_sync::enrolment::{Transcript, code_key};
use palier_sync::wire::{
    Batch, Cursor, EnrolFinish, EnrolFinishAnswer, EnrolHello, EnrolHelloAnswer, Enrolled, HEADER_CHALLENGE,
    HEADER_REPLICA, HEADER_SIGNATURE, PROTOCOL, SyncAnswer, SyncRequest, WireError,
};
use palier_sync::{Body as Act, Change, Dot, Edit, RecordType, Replica, ScopeKey, Stamp, Value, clock, sign, wire};
use palier_sync_server::ledger::{Author, Ledger, SqliteLedger};
use palier_sync_server::registry::PasswordPolicy;
use palier_sync_server::{Centre, CentreError, CentreOptions, Shared, now_ms, router};
use serde::de::DeserializeOwned;
use tower::ServiceExt;
use uuid::Uuid;

pub const TERRITORY: Uuid = Uuid::from_u128(1);
pub const SECTOR: Uuid = Uuid::from_u128(2);
pub const OPTIONS: CentreOptions =
    CentreOptions { passwords: PasswordPolicy::CHEAP_FOR_TESTS, territory: Some(TERRITORY) };

pub fn structure(name: &str) -> Uuid {
    derived_id("structure", TERRITORY, if name == "Awa" { "régie" } else { "centre" })
}

pub fn profile_of(name: &str) -> Uuid {
    derived_id("profile", TERRITORY, name)
}

pub fn place() -> ScopeKey {
    ScopeKey::Place { sector: SECTOR }
}

pub fn files_of(name: &str) -> ScopeKey {
    ScopeKey::File { sector: SECTOR, structure: structure(name) }
}

/// A centre with one sector, worked by two structures: Samia and Karim in one, Awa in the other.
pub struct Office {
    pub shared: Shared,
    pub router: Router,
    folder: PathBuf,
    _temporary: tempfile::TempDir,
}

impl Office {
    pub fn open() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("data");
        let mut centre = Centre::open(&folder, OPTIONS).unwrap();
        centre
            .write(now_ms(), |draft| {
                let fields =
                    ["Samia", "Awa"].map(|name| (sector::structures, Value::text(&structure(name).to_string())));
                draft.make(ScopeKey::Territory, SECTOR, RecordType::Sector, &fields)?;
                for name in ["Samia", "Karim", "Awa"] {
                    let fields = [
                        (profile::display_name, Value::text(name)),
                        (profile::role, Value::text("mediator")),
                        (profile::active, Value::Bool(true)),
                    ];
                    let scope = ScopeKey::Team { structure: structure(name) };
                    draft.make(scope, profile_of(name), RecordType::Profile, &fields)?;
                }
                Ok::<_, CentreError>(())
            })
            .unwrap();
        Self::around(centre, folder, temporary)
    }

    fn around(centre: Centre, folder: PathBuf, temporary: tempfile::TempDir) -> Self {
        let shared = Shared::new(centre, b"authority", vec!["https://centre:8443".to_owned()], true);
        Self { router: router(shared.clone()), shared, folder, _temporary: temporary }
    }

    /// Lets the data go, as a server that is killed does.
    pub fn stop(&mut self) {
        let nobody = Centre::in_memory(TERRITORY, OPTIONS.passwords).unwrap();
        self.serve(nobody);
    }

    /// Opens the data again, as a start of the server does.
    pub fn start(&mut self) {
        self.stop();
        self.serve(Centre::open(&self.folder, OPTIONS).unwrap());
    }

    /// Serves another data folder.
    pub fn move_to(&mut self, folder: &Path) {
        folder.clone_into(&mut self.folder);
        self.start();
    }

    fn serve(&mut self, centre: Centre) {
        self.shared = Shared::new(centre, b"authority", vec!["https://centre:8443".to_owned()], true);
        self.router = router(self.shared.clone());
    }

    pub async fn write_sector(&self, name: &'static str, id: Uuid) {
        self.with(move |centre| {
            centre
                .write(now_ms(), |draft| {
                    draft.make(ScopeKey::Territory, id, RecordType::Sector, &[(sector::name, Value::text(name))])?;
                    Ok::<_, CentreError>(())
                })
                .unwrap();
        })
        .await;
    }

    /// A file of the data, opened with the server's key.
    pub fn connect(&self, file: &str) -> rusqlite::Connection {
        connect(&self.folder.join(file), &self.key()).unwrap()
    }

    /// Consumes into the ledger alone, as a server does that is killed before it does what follows.
    pub async fn consume_and_die(&self, tablet: &RawTablet, changes: &[Change]) {
        let author = Author {
            replica: tablet.replica,
            scopes: vec![tablet.files],
            clock_ms: now_ms(),
            coordinates: false,
            relayed: false,
        };
        let mut ledger = SqliteLedger::open(&self.folder.join("ledger.db"), &self.key(), TERRITORY).unwrap();
        let consumption = ledger.consume(&tablet.batch(changes), &author, now_ms()).unwrap();
        assert_eq!(consumption.accepted.len(), changes.len(), "it is consumed");
    }

    fn key(&self) -> StoreKey {
        let text = std::fs::read_to_string(self.folder.join("server.key")).unwrap();
        let bytes: Vec<u8> = (0..32).map(|n| u8::from_str_radix(&text.trim()[2 * n..2 * n + 2], 16).unwrap()).collect();
        StoreKey::new(bytes.try_into().unwrap())
    }

    /// Every text that the ledger keeps, payloads and batches, decrypted and decompressed.
    pub fn ledger_texts(&self) -> Vec<String> {
        let connection = self.connect("ledger.db");
        let mut statement = connection.prepare("SELECT payload FROM change WHERE payload IS NOT NULL").unwrap();
        let mut texts: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let mut statement = connection.prepare("SELECT text FROM batch").unwrap();
        let batches: Vec<Vec<u8>> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        texts.extend(
            batches.iter().map(|batch| String::from_utf8(zstd::bulk::decompress(batch, 1 << 24).unwrap()).unwrap()),
        );
        texts
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub async fn with<T: Send + 'static>(&self, act: impl FnOnce(&mut Centre) -> T + Send + 'static) -> T {
        self.shared.with(act).await.unwrap()
    }

    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Reply {
        let mut request = Request::post(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(body.into()).unwrap()).await
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 32 * 1024 * 1024).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub async fn code(&self, name: &str) -> String {
        let profile = profile_of(name);
        self.with(move |centre| centre.registry.make_code(profile, now_ms()).unwrap().text).await
    }

    /// Enrols as a tablet does.
    pub async fn enrol(&self, name: &str) -> RawTablet {
        let code = self.code(name).await;
        let key = SigningKey::from_bytes(&rand_key());
        let answer = self.finish(&code, &key).await.unwrap();
        let enrolled: Enrolled = serde_json::from_str(&answer.enrolled).unwrap();
        RawTablet {
            key,
            replica: enrolled.replica,
            server: enrolled.server,
            challenge: String::new(),
            files: files_of(name),
            sequence: 0,
            cursors: Vec::new(),
        }
    }

    pub async fn hello(&self, code: &str) -> Result<EnrolHelloAnswer, Refusal> {
        let hello = EnrolHello { lookup: code[..4].to_owned(), nonce: "00".repeat(16) };
        self.post("/v1/enrol/hello", JSON, serde_json::to_vec(&hello).unwrap()).await.read()
    }

    /// Both messages of an enrolment.
    pub async fn finish(&self, code: &str, key: &SigningKey) -> Result<EnrolFinishAnswer, Refusal> {
        let hello = self.hello(code).await?;
        let public_key = hex(key.verifying_key().as_bytes());
        let secret = code[4..].replace('-', "");
        let transcript = Transcript {
            lookup: &code[..4],
            tablet_nonce: &"00".repeat(16),
            server_nonce: &hello.nonce,
            server: &hello.server,
            ca_der: &hello.ca_der,
            public_key: &public_key,
        };
        let key = code_key(&secret, &hello.salt).unwrap();
        let finish = EnrolFinish {
            lookup: code[..4].to_owned(),
            nonce: "00".repeat(16),
            public_key: public_key.clone(),
            tablet_name: "essai".to_owned(),
            app_version: "0".to_owned(),
            proof: transcript.tablet_proof(&key),
        };
        let reply = self.post("/v1/enrol/finish", JSON, serde_json::to_vec(&finish).unwrap()).await;
        let answer: EnrolFinishAnswer = reply.read()?;
        assert_eq!(answer.proof, transcript.server_proof(&key, &answer.enrolled), "the server knows the code too");
        Ok(answer)
    }
}

pub const JSON: &[(&str, &str)] = &[("content-type", "application/json")];

/// Status, error code, detail.
pub type Refusal = (u16, String, String);

pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Refusal> {
        if self.status == StatusCode::OK {
            Ok(serde_json::from_slice(&self.body).unwrap())
        } else {
            Err(self.refusal())
        }
    }

    pub fn refusal(&self) -> Refusal {
        let error: WireError = serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{}: {}", self.status, String::from_utf8_lossy(&self.body)));
        (self.status.as_u16(), error.error, error.detail)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// A client that can sign, and says what it is told to say.
pub struct RawTablet {
    pub key: SigningKey,
    pub replica: Replica,
    pub server: String,
    pub challenge: String,
    pub files: ScopeKey,
    pub sequence: u64,
    pub cursors: Vec<Cursor>,
}

impl RawTablet {
    /// A change of a field, with the next sequence.
    pub fn change(&mut self, scope: ScopeKey, kind: RecordType, record: Uuid, fields: &[(u16, &str)]) -> Change {
        self.sequence += 1;
        let edits =
            fields.iter().map(|(field, text)| Edit { field: *field, value: Value::text(text), bases: Vec::new() });
        Change {
            dot: Dot { replica: self.replica, sequence: self.sequence },
            stamp: Stamp { time: clock::ntp_of(now_ms()) + self.sequence, replica: self.replica },
            effective: None,
            scope,
            record,
            kind: kind.number(),
            body: Act::Set(edits.collect()),
        }
    }

    pub fn building(&mut self, record: u128, address: &str) -> Change {
        self.change(place(), RecordType::Building, Uuid::from_u128(record), &[(1, address)])
    }

    pub fn person(&mut self, record: u128, of: Uuid, name: &str) -> Change {
        let fields = [(person::household, of.to_string()), (person::family_name, name.to_owned())];
        let fields: Vec<(u16, &str)> = fields.iter().map(|(field, text)| (*field, text.as_str())).collect();
        self.change(self.files, RecordType::Person, Uuid::from_u128(record), &fields)
    }

    pub fn agreement(&mut self, of: Uuid, status: &str) -> Change {
        let purpose = palier_domain::agreement::RECORD_NOMINATIVE;
        let fields = [
            (agreement::household, of.to_string()),
            (agreement::purpose, purpose.to_owned()),
            (agreement::status, status.to_owned()),
        ];
        let fields: Vec<(u16, &str)> = fields.iter().map(|(field, text)| (*field, text.as_str())).collect();
        self.change(self.files, RecordType::Agreement, agreement_id(of, purpose), &fields)
    }

    pub fn household(&mut self, record: Uuid) -> Change {
        self.change(self.files, RecordType::Household, record, &[(household::opened_at, "2026-11-23")])
    }

    /// Signs changes as one batch.
    pub fn batch(&self, changes: &[Change]) -> Batch {
        self.signed(serde_json::to_string(changes).unwrap())
    }

    pub fn signed(&self, changes: String) -> Batch {
        let text = sign::batch_text(&TERRITORY.to_string(), self.replica, &changes);
        Batch { replica: self.replica, signature: sign::sign(&self.key, &text), changes }
    }

    pub fn request(&self, batches: Vec<Batch>) -> SyncRequest {
        SyncRequest {
            protocol: PROTOCOL,
            clock_ms: now_ms(),
            app_version: "0".to_owned(),
            left_to_send: 0,
            batches,
            cursors: self.cursors.clone(),
            columns: true,
            snapshots: false,
            records: Vec::new(),
            buckets: Vec::new(),
            roster: None,
        }
    }

    /// Sends changes; a challenge that is asked for is taken once.
    pub async fn send(&mut self, office: &Office, changes: &[Change]) -> Result<SyncAnswer, Refusal> {
        let batches = if changes.is_empty() { Vec::new() } else { vec![self.batch(changes)] };
        let request = self.request(batches);
        self.ask(office, &request).await
    }

    pub async fn ask(&mut self, office: &Office, request: &SyncRequest) -> Result<SyncAnswer, Refusal> {
        let body = wire::encode(request, true).unwrap();
        for _ in 0..2 {
            let reply = self.post(office, body.clone()).await;
            if reply.status == StatusCode::OK {
                let answer = wire::decode_answer(&reply.body).unwrap();
                self.challenge.clone_from(&answer.challenge);
                return Ok(answer);
            }
            match serde_json::from_slice::<WireError>(&reply.body).ok().and_then(|error| error.challenge) {
                Some(challenge) => self.challenge = challenge,
                None => return Err(reply.refusal()),
            }
        }
        Err((401, "challenge".to_owned(), String::new()))
    }

    /// Posts bytes as they are, signed.
    pub async fn post(&self, office: &Office, body: Vec<u8>) -> Reply {
        let text = sign::request_text("POST", "/v1/sync", &body, &self.server, self.replica, &self.challenge);
        let (replica, signature) = (self.replica.to_string(), sign::sign(&self.key, &text));
        let headers = [
            ("content-type", "application/vnd.palier.sync+zstd"),
            (HEADER_REPLICA, &replica),
            (HEADER_CHALLENGE, &self.challenge),
            (HEADER_SIGNATURE, &signature),
        ];
        office.post("/v1/sync", &headers, body).await
    }

    /// Takes the cursors of an answer, as a tablet that kept its pages.
    pub fn keep(&mut self, answer: &SyncAnswer) {
        self.cursors = answer.scopes.iter().map(|page| Cursor::at(page.scope, page.scanned)).collect();
    }
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn rand_key() -> [u8; 32] {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).unwrap();
    bytes
}

/// Whether any file below a folder holds these bytes.
pub fn on_disk(folder: &Path, needle: &str) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return on_disk(&path, needle);
        }
        std::fs::read(&path).unwrap().windows(needle.len()).any(|window| window == needle.as_bytes())
    })
}
