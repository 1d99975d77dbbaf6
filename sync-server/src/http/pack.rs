//! `POST /v1/pack`: a piece of a pack, to a tablet that signs its request as it signs a sync.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use palier_sync::limits::PACK_PIECE_BYTES;
use palier_sync::wire::AskedPiece;

use super::sync::{Signed, heard};
use super::{Shared, fault, refuse};
use crate::Centre;

/// Path that the signature covers.
pub(super) const PATH: &str = "/v1/pack";

pub(super) async fn pack(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(signed) = Signed::read(&headers) else {
        return refuse(StatusCode::UNAUTHORIZED, "signature", "the request is not signed");
    };
    match shared.with(move |centre| piece(centre, &signed, &body)).await {
        Ok(Ok(bytes)) => ([(header::CONTENT_TYPE, "application/octet-stream")], bytes).into_response(),
        Ok(Err(refused)) => *refused,
        Err(status) => status.into_response(),
    }
}

fn piece(centre: &mut Centre, signed: &Signed, body: &[u8]) -> Result<Vec<u8>, Box<Response>> {
    heard(centre, signed, PATH, body)?;
    let asked: AskedPiece = serde_json::from_slice(body)
        .map_err(|_| Box::new(refuse(StatusCode::BAD_REQUEST, "bad_request", "the body is not of the form")))?;
    let found = centre.registry.pack_piece(&asked.hash, asked.offset, PACK_PIECE_BYTES);
    found.map_err(|error| Box::new(fault("pack", &error)))?.ok_or_else(|| {
        Box::new(refuse(StatusCode::NOT_FOUND, "no_pack", "sync first: another pack stands in its place"))
    })
}
