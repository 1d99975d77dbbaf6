//! What goes over the wire: JSON, compressed with zstd and a dictionary. `docs/PROTOCOL.md` describes it for a second client.
//!
//! These forms must not change for what has been released: add fields with a default, never rename one.

use std::sync::{Arc, LazyLock};

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::{CParameter, Strategy, find_frame_compressed_size, get_dict_id_from_frame};

use crate::columns::{self, Columns, Misfit};
use crate::digest::{self, Digest};
use crate::roster::SignedRoster;
use crate::snapshot::{self, SnapshotPage, States};
use crate::{Change, RecordState, Replica, ScopeKey, limits};

/// Version of the protocol that this code speaks.
pub const PROTOCOL: u16 = 1;

/// Header with the replica number of a signed request.
pub const HEADER_REPLICA: &str = "palier-replica";
/// Header with the server's challenge, as the server gave it.
pub const HEADER_CHALLENGE: &str = "palier-challenge";
/// Header with the signature of [`crate::sign::request_text`].
pub const HEADER_SIGNATURE: &str = "palier-signature";

/// Changes of one author, signed. The text is kept as it was signed, so that whoever relays it relays its author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The author.
    pub replica: Replica,
    /// JSON of `Vec<Change>`, ascending sequences without a gap.
    pub changes: String,
    /// Signature over [`crate::sign::batch_text`].
    pub signature: String,
}

/// `POST /v1/sync`: sends and asks in one round trip.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRequest {
    /// Version of the protocol.
    pub protocol: u16,
    /// What the sender's clock says, UTC milliseconds; it refuses nothing, it only tells how wrong the clock is.
    pub clock_ms: i64,
    /// Version of the app, for the coordinator's list of tablets.
    pub app_version: String,
    /// Changes still on the tablet after this request, for the coordinator's list of tablets.
    pub left_to_send: u64,
    /// Batches of the sender, and of others that it relays.
    #[serde(default)]
    pub batches: Vec<Batch>,
    /// How far each scope was read.
    #[serde(default)]
    pub cursors: Vec<Cursor>,
    /// The asker reads pages by column.
    #[serde(default)]
    pub columns: bool,
    /// The asker reads snapshots: records as they stand, behind the answer, of scopes of which it has nothing yet.
    #[serde(default)]
    pub snapshots: bool,
    /// Records asked for whole: their rows hold changes that were refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<AskedRecord>,
    /// Scopes that differ although everything was told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buckets: Vec<AskedBuckets>,
    /// The mark of the roster that the sender has, empty for none; left out by who reads no roster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<String>,
}

/// What the asker's rows of a scope count to, by bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedBuckets {
    /// The scope.
    pub scope: ScopeKey,
    /// The digest of each bucket, 16 bytes little endian, one after the other, base64url without padding.
    pub digests: String,
}

impl AskedBuckets {
    /// Asks about a scope.
    #[must_use]
    pub fn of(scope: ScopeKey, digests: &[Digest]) -> Self {
        let bytes: Vec<u8> = digests.iter().flat_map(|digest| digest.0.to_le_bytes()).collect();
        Self { scope, digests: BASE64URL_NOPAD.encode(&bytes) }
    }

    /// The digests; none when the text is of another form.
    #[must_use]
    pub fn read(&self) -> Option<Vec<Digest>> {
        let bytes = BASE64URL_NOPAD.decode(self.digests.as_bytes()).ok()?;
        let (digests, rest) = bytes.as_chunks::<16>();
        rest.is_empty().then(|| digests.iter().map(|bytes| Digest(u128::from_le_bytes(*bytes))).collect())
    }
}

/// A record asked for whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedRecord {
    /// Where it lives.
    pub scope: ScopeKey,
    /// Its id.
    pub record: uuid::Uuid,
}

/// A record told whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldRecord {
    /// Its id.
    pub record: uuid::Uuid,
    /// Its packed state ([`crate::digest::pack`]), base64url without padding; none when there is no such record for the asker.
    pub state: Option<String>,
}

impl ToldRecord {
    /// Tells a state.
    ///
    /// # Errors
    /// When memory for the bytes cannot be had.
    pub fn of(record: uuid::Uuid, state: Option<&RecordState>) -> Result<Self, postcard::Error> {
        let packed = state.map(digest::pack).transpose()?;
        Ok(Self { record, state: packed.map(|bytes| BASE64URL_NOPAD.encode(&bytes)) })
    }

    /// Reads the state; none when there is no such record.
    ///
    /// # Errors
    /// When the text is not a packed state.
    pub fn read(&self) -> Result<Option<RecordState>, postcard::Error> {
        let Some(text) = &self.state else { return Ok(None) };
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| postcard::Error::DeserializeBadEncoding)?;
        digest::unpack(&bytes).map(Some)
    }
}

/// How far a scope was read: the last sequence scanned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The scope.
    pub scope: ScopeKey,
    /// Last sequence scanned, 0 for none.
    pub scanned: u64,
    /// Where the snapshot of the scope goes on, as its last page said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<String>,
}

impl Cursor {
    /// A scope read up to a sequence, by its changes.
    #[must_use]
    pub fn at(scope: ScopeKey, scanned: u64) -> Self {
        Self { scope, scanned, snapshot: None }
    }
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncAnswer {
    /// What the server's clock says, UTC milliseconds.
    pub server_ms: i64,
    /// Challenge of the next request.
    pub challenge: String,
    /// Last sequence consumed of each author whose batches were sent: all up to it are durable on the server.
    pub consumed: Vec<Consumed>,
    /// Changes consumed and refused, with the reason: the tablet keeps them in its quarantine.
    #[serde(default)]
    pub refused: Vec<Refused>,
    /// Changes of the sender whose clock ran ahead, with the time the server decided.
    #[serde(default)]
    pub restamped: Vec<Restamped>,
    /// One page of each scope that has news; scopes the sender may hold and did not name are added at 0.
    pub scopes: Vec<ScopePage>,
    /// Scopes the sender may not hold any more: it sends what is pending, then drops them.
    #[serde(default)]
    pub lost_scopes: Vec<ScopeKey>,
    /// The records that were asked for whole, as they stand after the batches of this request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<ToldRecord>,
    /// Records of the first buckets that differ, of the scopes asked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buckets: Vec<ToldRecord>,
    /// The tablets of the asker's structure, when its mark is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roster: Option<SignedRoster>,
    /// The pages of snapshots that follow the answer, in the order of the scopes that have one, each as [`encode`] made it.
    #[serde(skip)]
    pub attached: Vec<Arc<[u8]>>,
}

/// How far an author's changes are durable on the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consumed {
    /// The author.
    pub replica: Replica,
    /// Last sequence consumed, contiguous from 1.
    pub sequence: u64,
}

/// A change that was consumed and refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// The author.
    pub replica: Replica,
    /// Its sequence.
    pub sequence: u64,
    /// Why.
    pub reason: RefusalReason,
}

/// Why a change is refused. It is consumed all the same: nothing blocks the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// The record was erased.
    Erased,
    /// The author may not write there.
    NotAllowed,
    /// A value, a reference or a limit is not respected.
    Invalid,
    /// Reasons of a newer server.
    #[serde(other)]
    Other,
}

/// A change whose stamp the server replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restamped {
    /// Its sequence.
    pub sequence: u64,
    /// The time that stands.
    pub effective: u64,
}

/// A page of a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopePage {
    /// The scope.
    pub scope: ScopeKey,
    /// The changes, in the order of the server's sequence; the asker's own are left out when it has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// The changes by column, for an asker that reads them; `changes` is empty then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Columns>,
    /// The scope's records as they stand, instead of changes: the cursor stays until the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snapshot: Option<SnapshotPage>,
    /// Last sequence scanned: the next cursor, also when the changes were filtered out.
    pub scanned: u64,
    /// Another page follows.
    pub more: bool,
    /// Digest of the scope at the head, in hexadecimal; given when `more` is false.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

impl ScopePage {
    /// A page that says nothing of a scope.
    #[must_use]
    pub fn empty(scope: ScopeKey) -> Self {
        Self { scope, changes: Vec::new(), columns: None, snapshot: None, scanned: 0, more: false, digest: None }
    }

    /// Puts the changes into columns, where they fit.
    pub fn pack(&mut self) {
        if let Some(columns) = columns::pack(&self.scope, &self.changes).filter(|_| !self.changes.is_empty()) {
            self.columns = Some(columns);
            self.changes.clear();
        }
    }

    /// Brings the changes back from their columns.
    ///
    /// # Errors
    /// [`Misfit`] when the columns do not fit one another.
    pub fn unpack(&mut self) -> Result<(), Misfit> {
        if let Some(columns) = self.columns.take() {
            self.changes = columns::unpack(&self.scope, columns)?;
        }
        Ok(())
    }
}

/// `POST /v1/pack`: asks for a piece of a pack, as JSON. The answer is the bytes from there on, at most
/// [`limits::PACK_PIECE_BYTES`]; fewer than that end the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedPiece {
    /// BLAKE3 of the pack, hexadecimal, as its record says.
    pub hash: String,
    /// Where the piece begins, in bytes.
    pub offset: u64,
}

/// An error body of every route: `{"error": code, "detail": …}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WireError {
    /// Code: `challenge` (401: sign again with `challenge`), `revoked`, `signature`, `too_large`, `too_old`, `gap`, `bad_request`, …
    pub error: String,
    /// What to do or what was wrong, never personal data.
    #[serde(default)]
    pub detail: String,
    /// A fresh challenge, with 401.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<String>,
}

/// The bytes are not of the form.
#[derive(Debug, thiserror::Error)]
pub enum WireFault {
    /// Not zstd, or larger than [`limits::DECOMPRESSED_BYTES_MAX`] once decompressed.
    #[error("The body is not zstd or too large once decompressed")]
    Compression(#[source] std::io::Error),
    /// Compressed with a dictionary that this version does not have.
    #[error("The body needs the dictionary {0}, which this version does not have")]
    Dictionary(u32),
    /// Not the JSON expected.
    #[error("The body is not of the form")]
    Form(#[from] serde_json::Error),
    /// Columns that do not fit one another.
    #[error(transparent)]
    Misfit(#[from] Misfit),
}

/// The dictionary, trained on bodies of the demonstration territory (`make dictionary`). One that was released stays readable
/// for ever: a new one gets a file of its own.
static DICTIONARY: &[u8] = include_bytes!("../wire.dict");

/// Level of zstd: what a tablet of 2018 compresses in a few milliseconds.
const LEVEL: i32 = 9;

/// Level of zstd of a body of [`LARGE_BYTES`]: a full page of 2,000 visits takes 8 % less than at [`LEVEL`].
const LEVEL_LARGE: i32 = 12;

/// Level of zstd of a page of a snapshot, made while the first new tablet waits.
const LEVEL_PAGE: i32 = 10;

/// Shortest repetition looked for in a page of a snapshot, in bytes: its columns repeat words and runs, and looking for shorter
/// ones takes a quarter more time and as many more bytes as it saves.
const PAGE_MATCH: u32 = 6;

/// A body of this size before compression, in bytes, is worth the time of [`LEVEL_LARGE`].
const LARGE_BYTES: usize = 256 * 1024;

static ENCODER: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static ENCODER_LARGE: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL_LARGE));
static DECODER: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

/// JSON, then zstd, with the dictionary when the reader has it.
///
/// # Errors
/// When the value is not JSON or memory is lacking.
pub fn encode<T: Serialize>(value: &T, dictionary: bool) -> Result<Vec<u8>, WireFault> {
    let json = serde_json::to_vec(value)?;
    let large = json.len() >= LARGE_BYTES;
    let compressed = if dictionary {
        let encoder = if large { &ENCODER_LARGE } else { &ENCODER };
        zstd::bulk::Compressor::with_prepared_dictionary(encoder).and_then(|mut zstd| zstd.compress(&json))
    } else {
        zstd::bulk::compress(&json, if large { LEVEL_LARGE } else { LEVEL })
    };
    compressed.map_err(WireFault::Compression)
}

/// A page of a snapshot: JSON, then zstd. A page of this size gains nothing by the dictionary and takes twice the time.
///
/// # Errors
/// When memory is lacking.
pub fn encode_page(states: &States) -> Result<Vec<u8>, WireFault> {
    let json = serde_json::to_vec(states)?;
    page_compressor().and_then(|mut zstd| zstd.compress(&json)).map_err(WireFault::Compression)
}

fn page_compressor() -> std::io::Result<zstd::bulk::Compressor<'static>> {
    let mut zstd = zstd::bulk::Compressor::new(LEVEL_PAGE)?;
    zstd.set_parameter(CParameter::MinMatch(PAGE_MATCH))?;
    zstd.set_parameter(CParameter::Strategy(Strategy::ZSTD_lazy))?;
    Ok(zstd)
}

/// Whether a body was compressed with a dictionary: whoever sent it reads one in the answer.
#[must_use]
pub fn has_dictionary(bytes: &[u8]) -> bool {
    get_dict_id_from_frame(bytes).is_some()
}

/// Reads [`encode`], within the limits.
///
/// # Errors
/// When the bytes are not of the form or past a limit.
pub fn decode<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, WireFault> {
    let plain = |bytes| zstd::bulk::decompress(bytes, limits::DECOMPRESSED_BYTES_MAX);
    let json = match get_dict_id_from_frame(bytes) {
        None => plain(bytes),
        Some(id) if zstd::zstd_safe::get_dict_id_from_dict(DICTIONARY) == Some(id) => {
            zstd::bulk::Decompressor::with_prepared_dictionary(&DECODER)
                .and_then(|mut zstd| zstd.decompress(bytes, limits::DECOMPRESSED_BYTES_MAX))
        }
        Some(id) => return Err(WireFault::Dictionary(id.get())),
    };
    Ok(serde_json::from_slice(&json.map_err(WireFault::Compression)?)?)
}

/// An answer's body: the answer, then the pages of snapshots that it brings, a frame each.
///
/// # Errors
/// When the answer is not JSON or memory is lacking.
pub fn encode_answer(answer: &SyncAnswer, dictionary: bool) -> Result<Vec<u8>, WireFault> {
    let mut body = encode(answer, dictionary)?;
    answer.attached.iter().for_each(|page| body.extend_from_slice(page));
    Ok(body)
}

/// Reads [`encode_answer`] with everything in it: changes out of their columns, snapshots out of their frames.
///
/// # Errors
/// When the bytes are not of the form or past a limit.
pub fn decode_answer(body: &[u8]) -> Result<SyncAnswer, WireFault> {
    let (first, mut rest) = frame(body)?;
    let mut answer: SyncAnswer = decode(first)?;
    for page in &mut answer.scopes {
        page.unpack()?;
        if let Some(told) = &mut page.snapshot {
            let (states, after) = frame(rest)?;
            told.records = snapshot::unpack(&page.scope, decode::<States>(states)?)?;
            rest = after;
        }
    }
    if rest.is_empty() { Ok(answer) } else { Err(Misfit("frames").into()) }
}

/// The first frame of a body, and what follows it.
fn frame(body: &[u8]) -> Result<(&[u8], &[u8]), WireFault> {
    let cut = || WireFault::Compression(std::io::ErrorKind::UnexpectedEof.into());
    let length = find_frame_compressed_size(body).map_err(|_| cut())?;
    body.split_at_checked(length).ok_or_else(cut)
}

/// Checks the limits of a change; says what is past.
///
/// # Errors
/// A short reason, without personal data.
pub fn check_change(change: &Change) -> Result<(), &'static str> {
    let crate::Body::Set(edits) = &change.body else { return Ok(()) };
    if edits.is_empty() || edits.len() > limits::EDITS_MAX {
        return Err("number of edits");
    }
    for edit in edits {
        if edit.bases.len() > limits::BASES_MAX {
            return Err("number of bases");
        }
        if edit.value.as_text().len() > limits::TEXT_BYTES_MAX {
            return Err("length of a text");
        }
    }
    Ok(())
}

// ---- enrolment (docs/PROTOCOL.md, "Enrolment") ----

/// `POST /v1/enrol/hello`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolHello {
    /// First four characters of the code.
    pub lookup: String,
    /// 16 random bytes, hex.
    pub nonce: String,
}

/// Its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolHelloAnswer {
    /// Salt of the code's key, 16 bytes, hex.
    pub salt: String,
    /// 16 random bytes of the server, hex.
    pub nonce: String,
    /// The server's certification authority, DER, hex.
    pub ca_der: String,
    /// The server's id.
    pub server: String,
    /// The server's clock: floor of the tablet's trusted time.
    pub server_ms: i64,
}

/// `POST /v1/enrol/finish`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolFinish {
    /// First four characters of the code.
    pub lookup: String,
    /// The tablet's nonce of the hello, hex.
    pub nonce: String,
    /// The tablet's new Ed25519 public key, hex.
    pub public_key: String,
    /// What the coordinator sees in the list of tablets.
    pub tablet_name: String,
    /// Version of the app.
    pub app_version: String,
    /// HMAC-SHA256(K, transcript ‖ "tablet"), hex.
    pub proof: String,
}

/// Its answer: what the tablet keeps, and the server's proof that it knows the code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EnrolFinishAnswer {
    /// JSON text of [`Enrolled`]: the proof covers these very bytes.
    pub enrolled: String,
    /// HMAC-SHA256(K, transcript ‖ "server" ‖ sha256(enrolled)), hex.
    pub proof: String,
}

/// What a tablet learns at enrolment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolled {
    /// The server's id.
    pub server: String,
    /// Base address the tablet reached it at, and others to try, in order.
    pub addresses: Vec<String>,
    /// The territory's id (UUID).
    pub territory: uuid::Uuid,
    /// Replica number of this profile on this tablet; never given twice.
    pub replica: Replica,
    /// Profile id.
    pub profile: uuid::Uuid,
    /// First name.
    pub display_name: String,
    /// Role code.
    pub role: String,
    /// Structure id.
    pub structure: uuid::Uuid,
    /// Structure name.
    pub structure_name: String,
    /// Sectors: id and name.
    pub sectors: Vec<EnrolledSector>,
    /// X25519 public key of the organisation's recovery, 32 bytes, hex.
    pub recovery_key: String,
    /// The server's certification authority, DER, hex.
    pub ca_der: String,
    /// The server's clock.
    pub server_ms: i64,
    /// First challenge.
    pub challenge: String,
}

/// A sector of an enrolled profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnrolledSector {
    /// Sector id.
    pub id: uuid::Uuid,
    /// Name.
    pub name: String,
}

#[cfg(test)]
#[path = "wire_tests.rs"]
mod tests;
