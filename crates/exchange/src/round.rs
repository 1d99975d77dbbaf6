//! One round of sync: sends what waits, takes what is new, until both sides have everything.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ed25519_dalek::SigningKey;
use palier_store::{Store, StoreError};
use palier_sync::snapshot::SnapshotPage;
use palier_sync::wire::{
    AskedBuckets, AskedRecord, Batch, Cursor, HEADER_CHALLENGE, HEADER_REPLICA, HEADER_SIGNATURE, PROTOCOL,
};
use palier_sync::wire::{ScopePage, SyncAnswer, SyncRequest, WireError};
use palier_sync::{Change, Replica, ScopeKey, limits, sign, wire};

use crate::compare::Compare;
use crate::http::{NetFault, Transport};
use crate::relay::{self, Relay};
use crate::roster;
use crate::time::{Anchor, Clock};

/// Path of the sync route; it is signed.
pub const SYNC_PATH: &str = "/v1/sync";

/// Aim of a request, in bytes as sent: about a page over a slow link, re-sent whole after a cut.
const PUSH_BYTES: usize = 256 * 1024;

/// Changes of one request at first, in bytes before compression: what usually comes to [`PUSH_BYTES`].
const PUSH_PLAIN_BYTES: usize = 2 * 1024 * 1024;

/// Changes taken into the store in one transaction: a tap waits for no more than this many.
const APPLY_CHANGES: usize = 500;

/// Rounds of one sync before it gives up and says so: a page each, so ten million changes.
const TURNS_MAX: u32 = 10_000;

/// Name of the fact that ties the server's time to this tablet's clocks.
pub const ANCHOR_FACT: &str = "anchor";

/// Who this tablet is to the server.
pub struct Credential {
    /// The server's id.
    pub server: String,
    /// The territory's id, as the server writes it.
    pub territory: String,
    /// The replica.
    pub replica: Replica,
    /// Its key.
    pub key: SigningKey,
    /// Version of the app, for the coordinator's list.
    pub app_version: String,
}

/// How far a sync is, for the pill.
#[derive(Debug, Default)]
pub struct Progress {
    /// Changes acknowledged in this sync.
    pub sent: std::sync::atomic::AtomicU32,
    /// Changes to send at its start.
    pub total: std::sync::atomic::AtomicU32,
}

/// What a sync did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Changes the server acknowledged.
    pub sent: u32,
    /// Changes taken in.
    pub received: u32,
    /// Changes of other tablets that this one carried and the server has now.
    pub relayed: u64,
    /// Changes the server refused: they are in the quarantine.
    pub refused: u32,
    /// Requests made.
    pub requests: u32,
    /// The tablet's clock minus the server's, in milliseconds.
    pub clock_off_ms: i64,
    /// Scopes that had lost something: it was asked for, and they have it again.
    pub repaired: Vec<String>,
    /// Scopes that differ from the server's though nothing waits: this copy has something that the server has not.
    pub differing: Vec<String>,
}

/// Why a sync stopped. What was acknowledged and taken in before stays so; the rest waits for the next sync.
#[derive(Debug, thiserror::Error)]
pub enum RoundError {
    /// The network.
    #[error(transparent)]
    Net(#[from] NetFault),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server refuses this tablet: `revoked`, `suspended`, `lost`, `too_old`, …
    #[error("The server refuses this tablet: {0}")]
    Refused(String),
    /// The answer is not of the form.
    #[error("The server's answer is not of the form")]
    Form,
}

/// Runs a whole sync. The store's lock is never held while the network is waited for.
///
/// # Errors
/// See [`RoundError`].
pub fn run(
    store: &Arc<Mutex<Store>>,
    credential: &Credential,
    transport: &dyn Transport,
    clock: &dyn Clock,
    progress: &Progress,
) -> Result<Report, RoundError> {
    use std::sync::atomic::Ordering::Relaxed;
    let mut report = Report::default();
    let mut challenge = lock(store).fact::<String>("challenge")?.unwrap_or_default();
    progress.sent.store(0, Relaxed);
    progress.total.store(lock(store).pending()?.changes, Relaxed);
    let mut compare = Compare::default();
    let mut wrong = Vec::new();
    let mut relay = Relay::default();
    for _ in 0..TURNS_MAX {
        let (question, body) = fitting(store, credential, clock, std::mem::take(&mut wrong), &mut relay)?;
        let pushed = question.batches.len();
        let answer = match ask(credential, transport, &body, &mut challenge, &mut report) {
            Err(RoundError::Refused(why)) if relay.asks() && relay::is_of_batches(&why) => {
                relay.stop();
                continue;
            }
            other => other?,
        };
        report.clock_off_ms = question.clock_ms.saturating_sub(answer.server_ms);
        let (more, digests) = (answer.scopes.iter().any(|page| page.more), digests_of(&answer.scopes));
        report.relayed = report.relayed.saturating_add(relay.take(&mut lock(store), &answer)?);
        let may_drop = !relay.has_more(&lock(store))?;
        if !answer.buckets.is_empty() {
            compare.take(&mut lock(store), &answer.buckets, &mut report)?;
        }
        take(store, credential, clock, answer, may_drop, &mut report)?;
        progress.sent.store(report.sent, Relaxed);
        // What is in doubt is asked for once; an older server, which tells no record, is not asked for ever.
        let doubtful = in_doubt(&lock(store))?;
        let doubtful = !doubtful.is_empty() && doubtful != question.records;
        let left = lock(store).pending()?.changes;
        if pushed > 0 && left > 0 || more || doubtful || relay.has_more(&lock(store))? {
            continue;
        }
        // What waits to be sent is in our rows and not yet in the server's: the next sync compares.
        wrong = if left == 0 { compare.next(&lock(store), &digests, &mut report)? } else { Vec::new() };
        if wrong.is_empty() {
            return Ok(report);
        }
    }
    Ok(report)
}

fn lock(store: &Mutex<Store>) -> MutexGuard<'_, Store> {
    // A panic while the lock was held cannot leave a half write: every write is one transaction.
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The question and its body, with as much of the queue as fits one request.
fn fitting(
    store: &Mutex<Store>,
    credential: &Credential,
    clock: &dyn Clock,
    buckets: Vec<AskedBuckets>,
    relay: &mut Relay,
) -> Result<(SyncRequest, Vec<u8>), RoundError> {
    let mut room = PUSH_PLAIN_BYTES;
    loop {
        let mut question = question(&lock(store), credential, clock, room)?;
        question.buckets.clone_from(&buckets);
        // One's own first: what others wrote waits in their tablets as well.
        question.batches.extend(relay.next(&lock(store), question.left_to_send == 0)?);
        let body = wire::encode(&question, true).map_err(|_| RoundError::Form)?;
        // As many bytes before compression as may be sent fit in any case, or nearly so: signed text does not grow.
        if body.len() <= PUSH_BYTES || room <= PUSH_BYTES {
            return Ok((question, body));
        }
        room /= 2;
    }
}

fn question(store: &Store, credential: &Credential, clock: &dyn Clock, room: usize) -> Result<SyncRequest, RoundError> {
    let changes = store.outbox(limits::BATCH_CHANGES_MAX, room)?;
    let left = u64::from(store.pending()?.changes).saturating_sub(changes.len() as u64);
    let mut batches = Vec::new();
    if !changes.is_empty() {
        let text = serde_json::to_string(&changes).map_err(|_| RoundError::Form)?;
        let signed = sign::batch_text(&credential.territory, credential.replica, &text);
        let signature = sign::sign(&credential.key, &signed);
        batches.push(Batch { replica: credential.replica, changes: text, signature });
    }
    let cursors = store.scopes()?.into_iter().map(|(scope, scanned)| {
        let snapshot = store.snapshot_reached(&scope)?.map(|reached| reached.next);
        Ok(Cursor { scope, scanned, snapshot })
    });
    let cursors = cursors.collect::<Result<_, StoreError>>()?;
    Ok(SyncRequest {
        protocol: PROTOCOL,
        clock_ms: clock.wall_ms(),
        app_version: credential.app_version.clone(),
        left_to_send: left,
        batches,
        cursors,
        columns: true,
        snapshots: true,
        records: in_doubt(store)?,
        buckets: Vec::new(),
        roster: Some(roster::mark(store, &credential.territory)?),
    })
}

/// Records to be asked for whole, as many as a request may.
fn in_doubt(store: &Store) -> Result<Vec<AskedRecord>, StoreError> {
    let doubtful = store.doubtful(limits::REQUEST_RECORDS_MAX)?.into_iter();
    Ok(doubtful.map(|(scope, record)| AskedRecord { scope, record }).collect())
}

/// A server that is busy is asked again this often before the tablet says that it cannot be reached.
const BUSY_TRIES: u32 = 20;
/// Longest wait that a busy server may ask for, in seconds.
const BUSY_SECONDS_MAX: u64 = 30;

/// Waits as a busy server asks, and up to twice that: tablets that were sent away together do not come back together.
fn wait_for_room(error: &WireError, replica: Replica, tries: u32) {
    let seconds = error.detail.parse().unwrap_or(1u64).clamp(1, BUSY_SECONDS_MAX);
    let spread = u64::from(replica.wrapping_mul(2_654_435_761).wrapping_add(tries.wrapping_mul(40_503)) % 1_000);
    std::thread::sleep(std::time::Duration::from_millis(seconds * 1_000 + seconds * spread));
}

/// Asks; a challenge that is too old is renewed once, a server that is busy is waited for.
fn ask(
    credential: &Credential,
    transport: &dyn Transport,
    body: &[u8],
    challenge: &mut String,
    report: &mut Report,
) -> Result<SyncAnswer, RoundError> {
    let route = (SYNC_PATH, "application/vnd.palier.sync+zstd");
    let reply = post_signed(credential, transport, route, body, challenge, &mut report.requests)?;
    let answer = wire::decode_answer(&reply).map_err(|_| RoundError::Form)?;
    challenge.clone_from(&answer.challenge);
    Ok(answer)
}

/// Posts a signed body to a path, with its type, and gives the body of the answer; counts the requests.
pub(crate) fn post_signed(
    credential: &Credential,
    transport: &dyn Transport,
    (path, content_type): (&str, &str),
    body: &[u8],
    challenge: &mut String,
    requests: &mut u32,
) -> Result<Vec<u8>, RoundError> {
    let (mut renewed, mut busy) = (false, 0);
    loop {
        let text = sign::request_text("POST", path, body, &credential.server, credential.replica, challenge);
        let headers = [
            ("content-type", content_type.to_owned()),
            (HEADER_REPLICA, credential.replica.to_string()),
            (HEADER_CHALLENGE, challenge.clone()),
            (HEADER_SIGNATURE, sign::sign(&credential.key, &text)),
        ];
        *requests = requests.saturating_add(1);
        let reply = transport.post(path, &headers, body.to_vec())?;
        if reply.status == 200 {
            return Ok(reply.body);
        }
        if reply.status >= 500 {
            // The server is there and cannot now: its disk is full, or another takes over. That is no refusal of this tablet.
            return Err(NetFault::Unreachable.into());
        }
        let error: WireError = serde_json::from_slice(&reply.body).map_err(|_| RoundError::Form)?;
        if reply.status == 429 && error.error == "busy" {
            busy += 1;
            if busy > BUSY_TRIES {
                return Err(NetFault::Unreachable.into());
            }
            wait_for_room(&error, credential.replica, busy);
            continue;
        }
        match error.challenge {
            Some(fresh) if reply.status == 401 && !renewed => *challenge = fresh,
            Some(_) if reply.status == 401 => return Err(RoundError::Refused("challenge".to_owned())),
            _ => return Err(RoundError::Refused(error.error)),
        }
        renewed = true;
    }
}

/// Takes an answer in: first what is acknowledged, then the pages, a few changes at a time. A scope that was lost is dropped
/// once all that is for it was sent, one's own and what `may_drop` says of others'.
fn take(
    store: &Arc<Mutex<Store>>,
    credential: &Credential,
    clock: &dyn Clock,
    answer: SyncAnswer,
    may_drop: bool,
    report: &mut Report,
) -> Result<(), RoundError> {
    let anchor = Anchor::now(answer.server_ms, clock);
    let own = answer.consumed.iter().find(|consumed| consumed.replica == credential.replica);
    {
        let mut store = lock(store);
        store.keep_fact("challenge", &answer.challenge)?;
        store.keep_fact(ANCHOR_FACT, &anchor)?;
        if let Some(told) = &answer.roster {
            roster::keep(&store, told)?;
        }
        if let Some(own) = own {
            let before = store.pending()?.changes;
            let refused: Vec<_> =
                answer.refused.iter().filter(|refused| refused.replica == credential.replica).cloned().collect();
            store.acknowledge(own.sequence, &refused, &answer.restamped, answer.server_ms)?;
            if !answer.restamped.is_empty() {
                store.reset_clock(answer.server_ms)?;
            }
            report.sent = report.sent.saturating_add(before.saturating_sub(store.pending()?.changes));
            report.refused = report.refused.saturating_add(u32::try_from(refused.len()).unwrap_or(u32::MAX));
        } else if store.pending()?.changes == 0 {
            // Nothing was sent because nothing waits: the server has everything, and the pill may say so.
            store.acknowledge(0, &[], &[], answer.server_ms)?;
        }
    }
    take_records(store, &answer)?;
    for page in answer.scopes {
        let received = match page.snapshot {
            Some(snapshot) => take_snapshot(store, &page.scope, snapshot)?,
            // Its snapshot comes with a later answer: a scope that was not begun is not named.
            None if page.more && page.scanned == 0 => 0,
            None => take_page(store, &page, answer.server_ms)?,
        };
        report.received = report.received.saturating_add(u32::try_from(received).unwrap_or(u32::MAX));
    }
    for scope in &answer.lost_scopes {
        let mut store = lock(store);
        if may_drop && store.pending()?.changes == 0 {
            store.drop_scope(scope)?;
        }
    }
    Ok(())
}

/// Takes in the records that were told whole.
fn take_records(store: &Arc<Mutex<Store>>, answer: &SyncAnswer) -> Result<(), RoundError> {
    if !answer.records.is_empty() {
        let told = answer.records.iter();
        let states = told.map(|told| Ok((told.record, told.read().map_err(|_| RoundError::Form)?)));
        lock(store).settle(states.collect::<Result<_, RoundError>>()?)?;
    }
    Ok(())
}

/// Takes in records as they stand, in one transaction: who has nothing of a scope yet has nothing there to tap on.
fn take_snapshot(store: &Arc<Mutex<Store>>, scope: &ScopeKey, snapshot: SnapshotPage) -> Result<usize, RoundError> {
    let count = snapshot.records.len();
    let mut store = lock(store);
    store.set_filling(snapshot.next.is_some())?;
    store.take_snapshot(scope, snapshot.records, snapshot.sequence, snapshot.next)?;
    Ok(count)
}

fn take_page(store: &Arc<Mutex<Store>>, page: &ScopePage, now_ms: i64) -> Result<usize, RoundError> {
    let mut rest: &[Change] = &page.changes;
    while rest.len() > APPLY_CHANGES {
        let (these, others) = rest.split_at(APPLY_CHANGES);
        lock(store).apply(these, now_ms)?;
        rest = others;
    }
    // The cursor moves with the last changes of the page, in one transaction: a kill before costs only a repetition.
    lock(store).apply_page(&page.scope, rest, page.scanned, now_ms)?;
    Ok(page.changes.len())
}

/// The digest of each scope that was told to its end.
fn digests_of(pages: &[ScopePage]) -> Vec<(ScopeKey, String)> {
    pages.iter().filter_map(|page| Some((page.scope, page.digest.clone()?))).collect()
}
