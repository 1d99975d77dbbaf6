//! A tablet of a newer version, which writes a type and fields that no one else knows (I14). It only sends.

use ed25519_dalek::SigningKey;
use palier_domain::place::derived_id;
use palier_sync::wire::{
    Batch, HEADER_CHALLENGE, HEADER_REPLICA, HEADER_SIGNATURE, PROTOCOL, SyncAnswer, SyncRequest, WireError,
};
use palier_sync::{Body, Change, Dot, Edit, HeadId, Replica, Stamp, Value, clock, sign};
use uuid::Uuid;

use crate::programme::{TERRITORY, file, profile, structure};
use crate::server::Server;
use crate::tablet::Written;

/// The type that only it knows.
pub const NEWER_TYPE: u16 = 9_100;

const PATH: &str = "/v1/sync";

/// The tablet.
pub struct Newer {
    key: SigningKey,
    replica: Replica,
    server: String,
    challenge: String,
    sequence: u64,
    waiting: Vec<Change>,
    /// What it wrote.
    pub written: Vec<Written>,
}

impl Newer {
    /// Enrols it, for the first profile of the first structure.
    pub fn enrolled(server: &Server) -> Self {
        let key = SigningKey::from_bytes(&[77; 32]);
        let hex = data_encoding::HEXLOWER.encode(key.verifying_key().as_bytes());
        let now = server.now_ms();
        let (replica, name) = server.ask(move |centre| {
            let replica = centre.registry.add_tablet(profile(0), structure(0), "newer", &hex, "9", now)?;
            Ok::<_, palier_sync_server::CentreError>((replica, centre.server().to_owned()))
        });
        Self {
            key,
            replica,
            server: name,
            challenge: String::new(),
            sequence: 0,
            waiting: Vec::new(),
            written: Vec::new(),
        }
    }

    /// Its replica.
    pub fn replica(&self) -> Replica {
        self.replica
    }

    /// Writes one value over its own last one of that record, and tries to bring all that waits.
    pub fn write(&mut self, server: &Server, record: u8, value: u8) {
        let record = Self::record(record);
        let fields = [(1, Value::Int(i64::from(value))), (700, Value::text(&format!("new {value}")))];
        let edits = fields.into_iter().map(|(field, value)| {
            let last = self.written.iter().rev().find(|known| known.record == record && known.field == field);
            Edit { field, value, bases: last.map(|known| known.head).into_iter().collect() }
        });
        let edits: Vec<Edit> = edits.collect();
        self.sequence += 1;
        let dot = Dot { replica: self.replica, sequence: self.sequence };
        let stamp = Stamp { time: clock::ntp_of(server.now_ms()) + self.sequence, replica: self.replica };
        for edit in &edits {
            let head = HeadId { dot, part: 0 };
            self.written.push(Written {
                scope: file(0, 0),
                record,
                field: edit.field,
                head,
                stamp,
                value: edit.value.clone(),
            });
        }
        let (scope, kind) = (file(0, 0), NEWER_TYPE);
        self.waiting.push(Change { dot, stamp, effective: None, scope, record, kind, body: Body::Set(edits) });
        self.send(server);
    }

    /// One of its records.
    pub fn record(number: u8) -> Uuid {
        derived_id("newer", TERRITORY, &number.to_string())
    }

    /// Brings what waits; what does not arrive waits for the next time.
    pub fn send(&mut self, server: &Server) {
        if self.waiting.is_empty() {
            return;
        }
        for _ in 0..2 {
            let Ok(reply) = server.post(PATH, &self.headers_of(server), &self.body(server)) else { return };
            if reply.status == 200 {
                let answer: SyncAnswer = serde_json::from_slice(&reply.body).unwrap();
                self.challenge.clone_from(&answer.challenge);
                let last = answer.consumed.iter().map(|consumed| consumed.sequence).max().unwrap_or(0);
                self.waiting.retain(|change| change.dot.sequence > last);
                return;
            }
            let Ok(error) = serde_json::from_slice::<WireError>(&reply.body) else { return };
            let Some(fresh) = error.challenge else { return };
            self.challenge = fresh;
        }
    }

    fn body(&self, server: &Server) -> Vec<u8> {
        let changes = serde_json::to_string(&self.waiting).unwrap();
        let signed = sign::batch_text(&TERRITORY.to_string(), self.replica, &changes);
        let signature = sign::sign(&self.key, &signed);
        let request = SyncRequest {
            protocol: PROTOCOL,
            clock_ms: server.now_ms(),
            app_version: "9".to_owned(),
            left_to_send: 0,
            batches: vec![Batch { replica: self.replica, changes, signature }],
            cursors: Vec::new(),
            columns: false,
            snapshots: false,
            records: Vec::new(),
            buckets: Vec::new(),
            roster: None,
        };
        serde_json::to_vec(&request).unwrap()
    }

    fn headers_of(&self, server: &Server) -> [(String, String); 4] {
        let body = self.body(server);
        let text = sign::request_text("POST", PATH, &body, &self.server, self.replica, &self.challenge);
        [
            ("content-type".to_owned(), "application/json".to_owned()),
            (HEADER_REPLICA.to_owned(), self.replica.to_string()),
            (HEADER_CHALLENGE.to_owned(), self.challenge.clone()),
            (HEADER_SIGNATURE.to_owned(), sign::sign(&self.key, &text)),
        ]
    }
}
