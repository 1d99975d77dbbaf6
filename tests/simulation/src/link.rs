//! The link of one sync: what becomes of each request, and what the server is allowed to tell.

use std::collections::BTreeSet;
use std::sync::Mutex;

use palier_exchange::{Credential, NetFault, Reply, Transport};
use palier_sync::wire::{HEADER_SIGNATURE, SyncAnswer, SyncRequest};
use palier_sync::{Body, Change, ScopeKey, sign, wire};

use crate::act::Fate;
use crate::faults::Fault;
use crate::server::Server;

/// A request on its way.
#[derive(Debug, Clone)]
pub struct Letter {
    path: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Letter {
    /// It arrives, whoever waits for an answer or not.
    pub fn arrive(&self, server: &Server) -> Result<Reply, NetFault> {
        server.post(&self.path, &self.headers, &self.body)
    }
}

/// A link.
pub struct Link<'a> {
    /// Where it leads.
    pub server: &'a Server,
    /// Who sends.
    pub credential: &'a Credential,
    /// What the sender may be told (I11).
    pub held: BTreeSet<ScopeKey>,
    /// The sender speaks as the version before.
    pub older: bool,
    /// Whole requests before `fate`.
    pub after: u8,
    /// What befalls the next.
    pub fate: Fate,
    /// What is done wrong on the way.
    pub fault: Option<Fault>,
    /// What happened.
    pub seen: Mutex<Seen>,
}

/// What a link saw.
#[derive(Debug, Default)]
pub struct Seen {
    /// Requests carried.
    pub requests: u8,
    /// The fate came.
    pub befallen: bool,
    /// Requests held up.
    pub late: Vec<Letter>,
}

impl Transport for Link<'_> {
    fn post(&self, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> Result<Reply, NetFault> {
        let mut letter = Letter {
            path: path.to_owned(),
            headers: headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
            body,
        };
        self.speak(&mut letter);
        let fate = {
            let mut seen = self.seen.lock().unwrap();
            seen.requests = seen.requests.saturating_add(1);
            let now = seen.requests == self.after.saturating_add(1);
            seen.befallen |= now && self.fate != Fate::Delivered;
            if now { self.fate } else { Fate::Delivered }
        };
        match fate {
            Fate::RequestLost => Err(NetFault::Unreachable),
            Fate::Late => {
                self.seen.lock().unwrap().late.push(letter);
                Err(NetFault::Unreachable)
            }
            Fate::RequestCut(place) => {
                letter.body.truncate(part(letter.body.len(), place));
                let reply = letter.arrive(self.server)?;
                assert_ne!(reply.status, 200, "a request that was cut is not answered");
                Err(NetFault::Unreachable)
            }
            Fate::AnswerLost => {
                letter.arrive(self.server)?;
                Err(NetFault::Unreachable)
            }
            Fate::AnswerCut(place) => {
                let reply = self.answered(&letter)?;
                let body = reply.body[..part(reply.body.len(), place)].to_vec();
                Ok(Reply { body, ..reply })
            }
            Fate::Repeated => {
                letter.arrive(self.server)?;
                self.answered(&letter)
            }
            Fate::Delivered => self.answered(&letter),
        }
    }
}

impl Link<'_> {
    /// Rewrites what the sender would not say, and signs it again.
    fn speak(&self, letter: &mut Letter) {
        let strips = self.fault == Some(Fault::LostBase);
        if !self.older && !strips {
            return;
        }
        let mut request: SyncRequest = wire::decode(&letter.body).unwrap();
        if self.older {
            (request.columns, request.snapshots) = (false, false);
            request.cursors.iter_mut().for_each(|cursor| cursor.snapshot = None);
        }
        if strips {
            for batch in request.batches.iter_mut().filter(|batch| batch.replica == self.credential.replica) {
                batch.changes = without_bases(&batch.changes);
                let text = sign::batch_text(&self.credential.territory, batch.replica, &batch.changes);
                batch.signature = sign::sign(&self.credential.key, &text);
            }
        }
        letter.body = wire::encode(&request, !self.older).unwrap();
        self.sign(letter);
    }

    fn sign(&self, letter: &mut Letter) {
        let challenge = letter.headers.iter().find(|(name, _)| name == wire::HEADER_CHALLENGE).unwrap().1.clone();
        let Credential { server, replica, key, .. } = self.credential;
        let text = sign::request_text("POST", &letter.path, &letter.body, server, *replica, &challenge);
        let place = letter.headers.iter_mut().find(|(name, _)| name == HEADER_SIGNATURE).unwrap();
        place.1 = sign::sign(key, &text);
    }

    /// The answer as it comes, once it was seen that it tells no more than it may.
    fn answered(&self, letter: &Letter) -> Result<Reply, NetFault> {
        let mut reply = letter.arrive(self.server)?;
        if reply.status != 200 {
            return Ok(reply);
        }
        let mut answer = wire::decode_answer(&reply.body).unwrap();
        for page in &answer.scopes {
            assert!(self.held.contains(&page.scope), "I11: {} was told to who may not hold it", page.scope);
            let elsewhere = page.changes.iter().any(|change| change.scope != page.scope);
            assert!(!elsewhere, "I11: a page of {} tells of another scope", page.scope);
            if page.snapshot.is_none() && page.scanned > 0 {
                self.server.note_scanned(page.scope, page.scanned);
            }
        }
        if self.alter(&mut answer, letter) {
            reply.body = wire::encode_answer(&answer, !self.older).unwrap();
        }
        Ok(reply)
    }

    /// Puts a fault into an answer; says whether it did.
    fn alter(&self, answer: &mut SyncAnswer, letter: &Letter) -> bool {
        match self.fault {
            Some(Fault::RestampForgotten) if !answer.restamped.is_empty() => answer.restamped.clear(),
            Some(Fault::OwnChangeLeftOut) if answer.scopes.iter().all(|page| page.snapshot.is_none()) => {
                let request: SyncRequest = wire::decode(&letter.body).unwrap();
                let named: BTreeSet<ScopeKey> = request.cursors.iter().map(|cursor| cursor.scope).collect();
                for page in answer.scopes.iter_mut().filter(|page| !named.contains(&page.scope)) {
                    page.changes.retain(|change| change.dot.replica != self.credential.replica);
                }
            }
            _ => return false,
        }
        true
    }
}

fn without_bases(changes: &str) -> String {
    let mut changes: Vec<Change> = serde_json::from_str(changes).unwrap();
    for change in &mut changes {
        if let Body::Set(edits) = &mut change.body {
            edits.iter_mut().for_each(|edit| edit.bases.clear());
        }
    }
    serde_json::to_string(&changes).unwrap()
}

/// A place in so many bytes, always before the last.
fn part(length: usize, place: u16) -> usize {
    length * usize::from(place) / 65_536
}
