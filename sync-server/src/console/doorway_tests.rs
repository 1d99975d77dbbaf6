//! The doorway over the real router: nothing is answered without a session, whatever is asked.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use palier_sync::limits;
use tower::ServiceExt;
use uuid::Uuid;

use super::*;
use crate::registry::PasswordPolicy;
use crate::router;

const PASSWORD: &str = "une phrase facile à retenir";

struct Site {
    router: axum::Router,
    cookie: String,
}

impl Site {
    fn new() -> Self {
        let centre = Centre::in_memory(Uuid::nil(), PasswordPolicy::CHEAP_FOR_TESTS).unwrap();
        let shared = Shared::new(centre, b"authority", vec!["https://centre:8443".to_owned()], true);
        Self { router: router(shared), cookie: String::new() }
    }

    async fn send(&self, path: &str, kind: &str, site: &str, body: Body) -> Response<Body> {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", site)
            .header(header::COOKIE, &self.cookie)
            .body(body)
            .unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn post(&self, name: &str, body: &str) -> (StatusCode, serde_json::Value) {
        let path = format!("/api/{name}");
        let response = self.send(&path, "application/json", "same-origin", Body::from(body.to_owned())).await;
        (response.status(), json(response).await)
    }

    /// Makes the first account and keeps its session.
    async fn open(&mut self) {
        let body = format!(r#"{{"name":"accueil","password":"{PASSWORD}"}}"#);
        let path = "/api/create_first_account";
        let response = self.send(path, "application/json", "same-origin", Body::from(body)).await;
        assert_eq!(response.status(), StatusCode::OK, "the first page makes an account");
        let set = response.headers().get(header::SET_COOKIE).unwrap().to_str().unwrap();
        self.cookie = set.split(';').next().unwrap().to_owned();
    }
}

async fn json(response: Response<Body>) -> serde_json::Value {
    let bytes = axum::body::to_bytes(response.into_body(), limits::REQUEST_BYTES_MAX).await.unwrap();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

#[tokio::test]
async fn every_command_but_those_of_the_login_asks_for_a_session() {
    let site = Site::new();
    for (name, action) in table::COMMANDS {
        let (status, body) = site.post(name, "{}").await;
        let signed_out = status == StatusCode::UNAUTHORIZED && body["code"] == "signed_out";
        assert_eq!(signed_out, *action == Action::Console, "{name} answers {status} {body}");
    }
    let staged =
        site.send("/api/import_file?kind=zones&name=a", "application/octet-stream", "same-origin", Body::from("{}"));
    assert_eq!(staged.await.status(), StatusCode::UNAUTHORIZED, "no file is kept for a stranger");
}

#[tokio::test]
async fn a_session_opens_reads_and_ends() {
    let mut site = Site::new();
    site.open().await;
    assert!(site.cookie.starts_with("__Host-sid="), "the cookie is bound to this host and to TLS");
    let (status, body) = site.post("programme", "{}").await;
    assert_eq!((status, body["sectors"].as_array().map(Vec::len)), (StatusCode::OK, Some(0)), "an empty territory");
    let (status, body) = site.post("create_first_account", r#"{"name":"b","password":"une autre phrase 123"}"#).await;
    assert_eq!(
        (status, body["code"].as_str()),
        (StatusCode::CONFLICT, Some("already_set")),
        "there is one first account"
    );
    let change = format!(r#"{{"old_password":"{PASSWORD}","new_password":"encore une phrase 456"}}"#);
    let (status, _) = site.post("change_password", &change).await;
    assert_eq!(status, StatusCode::OK, "the password is changed");
    assert_eq!(site.post("programme", "{}").await.0, StatusCode::UNAUTHORIZED, "every former session is over");
}

#[tokio::test]
async fn what_is_not_of_the_form_is_refused_by_name() {
    let mut site = Site::new();
    site.open().await;
    for (name, body, status, code) in [
        ("nothing_like_it", "{}", StatusCode::NOT_FOUND, "not_found"),
        ("dashboard", "{", StatusCode::BAD_REQUEST, "bad_request"),
        ("dashboard", r#"{"sector":"","more":1}"#, StatusCode::BAD_REQUEST, "bad_request"),
        ("dashboard", r#"{"sector":"x"}"#, StatusCode::NOT_FOUND, "not_found"),
        ("save_structure", r#"{"id":"","name":" ","kind":"ville"}"#, StatusCode::BAD_REQUEST, "field"),
        ("save_structure", r#"{"id":"","name":"a\u0000b","kind":"ville"}"#, StatusCode::BAD_REQUEST, "field"),
        ("import_plan", r#"{"files":[],"sector":"","communes":[]}"#, StatusCode::BAD_REQUEST, "field"),
        ("import_accept", r#"{"plan":"gone"}"#, StatusCode::GONE, "file_gone"),
    ] {
        let (got, answer) = site.post(name, body).await;
        assert_eq!((got, answer["code"].as_str()), (status, Some(code)), "{name} {body} answers {answer}");
    }
    let large = Body::from(vec![b' '; super::super::COMMAND_BYTES_MAX + 1]);
    let response = site.send("/api/dashboard", "application/json", "same-origin", large).await;
    assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE, "a command is short");
    for (kind, origin) in [("application/json", "cross-site"), ("text/plain", "same-origin")] {
        let response = site.send("/api/dashboard", kind, origin, Body::from(r#"{"sector":""}"#)).await;
        assert!(response.status().is_client_error(), "{kind} from {origin} does nothing");
    }
}
