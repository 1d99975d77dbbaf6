//! `POST /v1/sync`: a signed request; who asks is told by the signature alone.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hmac::{Hmac, Mac};
use palier_sync::wire::{
    HEADER_CHALLENGE, HEADER_REPLICA, HEADER_SIGNATURE, PROTOCOL, ScopePage, SyncAnswer, SyncRequest, WireError,
};
use palier_sync::{Replica, sign, wire};
use sha2::Sha256;

use super::{Shared, fault, refuse};
use crate::Centre;
use crate::answer::SyncRefusal;
use crate::authorise::{Action, Actor, authorise};
use crate::registry::{Tablet, TabletStatus};

/// A challenge may be used this long, in ms: a tablet that comes back once a day needs no extra round trip.
const CHALLENGE_MS: i64 = 24 * 3_600_000;

/// Path that the signature covers.
pub(super) const PATH: &str = "/v1/sync";

pub(super) async fn sync(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(signed) = Signed::read(&headers) else {
        return refuse(StatusCode::UNAUTHORIZED, "signature", "the request is not signed");
    };
    let json = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let dictionary = wire::has_dictionary(&body);
    let outcome = shared.with(move |centre| answer(centre, &signed, &body, json)).await;
    match outcome {
        // The centre is free again: what is left is arithmetic, off the network's threads.
        Ok(Ok(told)) => match tokio::task::spawn_blocking(move || written(told, json, dictionary)).await {
            Ok(response) => response,
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
        Ok(Err(refused)) => *refused,
        Err(status) => status.into_response(),
    }
}

/// An answer, and whether its asker reads pages by column.
struct Told {
    answer: SyncAnswer,
    columns: bool,
}

/// Packs the pages and compresses the answer.
fn written(told: Told, json: bool, dictionary: bool) -> Response {
    let Told { mut answer, columns } = told;
    if columns {
        answer.scopes.iter_mut().for_each(ScopePage::pack);
    }
    if json {
        return Json(answer).into_response();
    }
    match wire::encode_answer(&answer, dictionary) {
        Ok(bytes) => ([(header::CONTENT_TYPE, "application/vnd.palier.sync+zstd")], bytes).into_response(),
        Err(_) => refuse(StatusCode::INTERNAL_SERVER_ERROR, "fault", "encode"),
    }
}

/// What the headers say; believed once the signature fits.
pub(super) struct Signed {
    replica: Replica,
    challenge: String,
    signature: String,
}

impl Signed {
    pub(super) fn read(headers: &HeaderMap) -> Option<Self> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Some(Self {
            replica: text(HEADER_REPLICA)?.parse().ok()?,
            challenge: text(HEADER_CHALLENGE)?,
            signature: text(HEADER_SIGNATURE)?,
        })
    }
}

fn answer(centre: &mut Centre, signed: &Signed, body: &[u8], json: bool) -> Result<Told, Box<Response>> {
    let now = centre.now_ms();
    let tablet = heard(centre, signed, PATH, body)?;
    let mut request = read(body, json)?;
    // Snapshots follow an answer as frames: an asker of plain JSON has no place for them.
    request.snapshots &= !json;
    if request.protocol > PROTOCOL {
        return Err(Box::new(refuse(StatusCode::BAD_REQUEST, "too_new", "the server is older than the app")));
    }
    let mut answer = centre.answer(&request, &tablet, now).map_err(|refusal| Box::new(refused(refusal)))?;
    answer.challenge = challenge(centre, signed.replica, now);
    tracing::info!(
        replica = tablet.replica,
        batches = request.batches.len(),
        told = answer.scopes.iter().map(|page| page.changes.len()).sum::<usize>(),
        "sync"
    );
    Ok(Told { answer, columns: request.columns })
}

/// The tablet that asks, when its signature fits, it is active and its challenge is fresh.
pub(super) fn heard(centre: &Centre, signed: &Signed, path: &str, body: &[u8]) -> Result<Tablet, Box<Response>> {
    let now = centre.now_ms();
    let tablet = known(centre, signed, path, body)?;
    let actor = Actor::Tablet { replica: tablet.replica, status: tablet.status };
    if !authorise(actor, Action::Sync) {
        tracing::warn!(replica = tablet.replica, "a tablet that is not active was refused");
        let error = if tablet.status == TabletStatus::Suspended { "suspended" } else { "revoked" };
        return Err(Box::new(refuse(StatusCode::FORBIDDEN, error, "see the coordinator")));
    }
    if !fresh(centre, signed, now) {
        let body = WireError {
            error: "challenge".to_owned(),
            detail: "sign again with this challenge".to_owned(),
            challenge: Some(challenge(centre, signed.replica, now)),
        };
        return Err(Box::new((StatusCode::UNAUTHORIZED, Json(body)).into_response()));
    }
    Ok(tablet)
}

/// The tablet, when the signature is of its key. Whether it is heard is another question.
fn known(centre: &Centre, signed: &Signed, path: &str, body: &[u8]) -> Result<Tablet, Box<Response>> {
    let unsigned = || Box::new(refuse(StatusCode::UNAUTHORIZED, "signature", "the signature does not fit"));
    let tablet = centre
        .registry
        .tablet(signed.replica)
        .map_err(|error| Box::new(fault("registry", &error)))?
        .ok_or_else(unsigned)?;
    let key = crate::centre::verifying_key(&tablet.public_key).ok_or_else(unsigned)?;
    let text = sign::request_text("POST", path, body, centre.server(), signed.replica, &signed.challenge);
    sign::verify(&key, &text, &signed.signature).map_err(|_| unsigned())?;
    Ok(tablet)
}

fn read(body: &[u8], json: bool) -> Result<SyncRequest, Box<Response>> {
    let request = if json { serde_json::from_slice(body).map_err(wire::WireFault::from) } else { wire::decode(body) };
    request.map_err(|_| Box::new(refuse(StatusCode::BAD_REQUEST, "bad_request", "the body is not of the form")))
}

fn refused(refusal: SyncRefusal) -> Response {
    match refusal {
        SyncRefusal::Signature => refuse(StatusCode::UNAUTHORIZED, "signature", "a batch is not signed by its author"),
        SyncRefusal::Gap(expected) => refuse(StatusCode::CONFLICT, "gap", &expected.to_string()),
        SyncRefusal::Form(what) => refuse(StatusCode::BAD_REQUEST, "bad_request", what),
        SyncRefusal::Fault(error) => fault("sync", &error),
    }
}

/// A challenge without memory: the time it was given, and a MAC that ties it to the replica.
fn challenge(centre: &Centre, replica: Replica, now_ms: i64) -> String {
    format!("{now_ms}.{}", mac(centre, replica, now_ms))
}

fn mac(centre: &Centre, replica: Replica, at_ms: i64) -> String {
    // HMAC takes a key of any length: this cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(centre.challenge_key()) else { return String::new() };
    mac.update(format!("challenge {replica} {at_ms}").as_bytes());
    data_encoding::HEXLOWER.encode(&mac.finalize().into_bytes())
}

fn fresh(centre: &Centre, signed: &Signed, now_ms: i64) -> bool {
    let Some((at, given)) = signed.challenge.split_once('.') else { return false };
    let Ok(at) = at.parse::<i64>() else { return false };
    let expected = mac(centre, signed.replica, at);
    let same = !expected.is_empty() && palier_sync::enrolment::same_proof(&expected, given);
    same && (0..=CHALLENGE_MS).contains(&now_ms.saturating_sub(at))
}
