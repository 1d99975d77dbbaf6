//! `GET /health`: is the server alive, and can it read its data, is its territory still its own.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::Shared;

pub(super) async fn health(State(shared): State<Shared>) -> Result<Json<Value>, StatusCode> {
    let readable = shared
        .with(|centre| {
            let ours = centre.lease().is_none_or(|lease| !lease.is_lost());
            ours && centre.store.point_count().is_ok()
        })
        .await?;
    if !readable {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    Ok(Json(json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION"), "server_ms": crate::now_ms() })))
}
