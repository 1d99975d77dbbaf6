//! `POST /v1/enrol/hello` and `/v1/enrol/finish`.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use palier_sync::wire::{EnrolFinish, EnrolHello};

use super::{Shared, fault, refuse};
use crate::EnrolRefusal;
use crate::registry::CodeRefusal;

pub(super) async fn hello(State(shared): State<Shared>, body: Result<Json<EnrolHello>, JsonRejection>) -> Response {
    let Json(hello) = match body {
        Ok(hello) => hello,
        Err(rejection) => return unread(&rejection),
    };
    let ca = shared.ca_der().to_owned();
    match shared.with(move |centre| centre.enrol_hello(&hello, &ca, crate::now_ms())).await {
        Ok(Ok(answer)) => Json(answer).into_response(),
        Ok(Err(refusal)) => refused(&refusal),
        Err(status) => status.into_response(),
    }
}

pub(super) async fn finish(State(shared): State<Shared>, body: Result<Json<EnrolFinish>, JsonRejection>) -> Response {
    let Json(finish) = match body {
        Ok(finish) => finish,
        Err(rejection) => return unread(&rejection),
    };
    let (ca, addresses) = (shared.ca_der().to_owned(), shared.addresses().to_vec());
    match shared.with(move |centre| centre.enrol_finish(&finish, &ca, &addresses, crate::now_ms())).await {
        Ok(Ok(answer)) => {
            tracing::info!("a tablet was enrolled");
            Json(answer).into_response()
        }
        Ok(Err(refusal)) => refused(&refusal),
        Err(status) => status.into_response(),
    }
}

fn unread(rejection: &JsonRejection) -> Response {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "send less at once");
    }
    bad_form()
}

fn bad_form() -> Response {
    refuse(StatusCode::BAD_REQUEST, "bad_request", "the body is not of the form")
}

fn refused(refusal: &EnrolRefusal) -> Response {
    let refusal = match refusal {
        EnrolRefusal::Code(refusal) => refusal,
        EnrolRefusal::Form => return bad_form(),
        EnrolRefusal::Fault(error) => return fault("enrol", error),
    };
    let (status, error, detail) = match refusal {
        CodeRefusal::Unknown => (StatusCode::NOT_FOUND, "code_unknown", String::new()),
        CodeRefusal::Used => (StatusCode::GONE, "code_used", String::new()),
        CodeRefusal::Expired => (StatusCode::GONE, "code_expired", String::new()),
        CodeRefusal::Wrong(left) => (StatusCode::FORBIDDEN, "code_wrong", left.to_string()),
        CodeRefusal::Dead => (StatusCode::GONE, "code_dead", String::new()),
    };
    tracing::warn!(error, "an enrolment code was refused");
    refuse(status, error, &detail)
}
