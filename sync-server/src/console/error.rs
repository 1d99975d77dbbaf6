//! A command that refused: a code for the page, and the argument of its message. Never personal data.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use palier_store::StoreError;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::api::ErrorCode;
use crate::CentreError;

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[ts(export_to = "console.ts")]
#[error("{code:?} {detail}")]
pub struct ConsoleError {
    /// What the page acts on.
    pub code: ErrorCode,
    /// The argument of the message: a field, a limit; empty when none.
    pub detail: String,
}

impl ConsoleError {
    pub(super) fn new(code: ErrorCode, detail: impl ToString) -> Self {
        Self { code, detail: detail.to_string() }
    }

    pub(super) fn of(code: ErrorCode) -> Self {
        Self { code, detail: String::new() }
    }

    /// A field is empty, too long or not of its form.
    pub(super) fn field(name: &str) -> Self {
        Self::new(ErrorCode::Field, name)
    }

    /// The request does not read; what serde says names fields, not values, but stays here all the same.
    pub(super) fn bad_request(error: serde_json::Error) -> Self {
        tracing::info!(category = ?error.classify(), "console request not of its form");
        Self::of(ErrorCode::BadRequest)
    }

    /// Too many wrong tries: wait so many minutes.
    pub(crate) fn too_many_tries(minutes: i64) -> Self {
        Self::new(ErrorCode::TooManyTries, minutes)
    }

    /// The status that goes with the code.
    pub(super) fn status(&self) -> StatusCode {
        match self.code {
            ErrorCode::SignedOut | ErrorCode::WrongLogin => StatusCode::UNAUTHORIZED,
            ErrorCode::NotAllowed => StatusCode::FORBIDDEN,
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::NameTaken | ErrorCode::AlreadySet | ErrorCode::Changed | ErrorCode::NotUndoable => {
                StatusCode::CONFLICT
            }
            ErrorCode::FileTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::FileGone => StatusCode::GONE,
            ErrorCode::TooManyTries | ErrorCode::Busy => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::Full => StatusCode::INSUFFICIENT_STORAGE,
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            ErrorCode::WeakPassword | ErrorCode::BadRequest | ErrorCode::Field => StatusCode::BAD_REQUEST,
        }
    }
}

impl IntoResponse for ConsoleError {
    fn into_response(self) -> Response {
        (self.status(), Json(self)).into_response()
    }
}

impl From<CentreError> for ConsoleError {
    fn from(error: CentreError) -> Self {
        match error {
            CentreError::NotFound => Self::of(ErrorCode::NotFound),
            CentreError::Exists => Self::of(ErrorCode::NameTaken),
            CentreError::Store(StoreError::Full) => Self::of(ErrorCode::Full),
            CentreError::Store(StoreError::NotUndoable | StoreError::Erased) => Self::of(ErrorCode::NotUndoable),
            other => {
                // The chain names tables and codes, never values.
                tracing::error!(error = %other, source = ?std::error::Error::source(&other).map(ToString::to_string));
                Self::of(ErrorCode::Internal)
            }
        }
    }
}

impl From<StoreError> for ConsoleError {
    fn from(error: StoreError) -> Self {
        CentreError::from(error).into()
    }
}
