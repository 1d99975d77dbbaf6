//! The doorway of the console: sessions, other sites, bodies of strangers, headers.

use std::task::Poll;

use axum::body::{Body, Bytes};
use axum::http::Request;
use futures_util::stream;
use palier_sync_server::now_ms;
use serde_json::{Value, json};

use crate::office::{Office, Reply};

const PASSWORD: &str = "quatre petits paliers";

pub async fn call(office: &Office, command: &str, cookie: &str, body: Value) -> Reply {
    let headers = [("content-type", "application/json"), ("sec-fetch-site", "same-origin"), ("cookie", cookie)];
    office.post(&format!("/api/{command}"), &headers, body.to_string()).await
}

fn cookie(reply: &Reply) -> String {
    let set = reply.headers.get("set-cookie").unwrap().to_str().unwrap();
    set.split(';').next().unwrap().to_owned()
}

pub async fn signed_in(office: &Office) -> String {
    office.with(|centre| centre.registry.add_account("coordination", PASSWORD, now_ms()).unwrap().unwrap()).await;
    cookie(&call(office, "sign_in", "", json!({ "name": "coordination", "password": PASSWORD })).await)
}

#[tokio::test]
async fn a_session_opens_with_the_password_and_ends_when_told() {
    let office = Office::open();
    let session = signed_in(&office).await;
    assert!(session.starts_with("__Host-sid="), "the cookie is bound to this address and to TLS");
    assert_eq!(call(&office, "dashboard", "", json!({})).await.status, 401, "without a session there is no data");
    assert_eq!(call(&office, "dashboard", "__Host-sid=guessed", json!({})).await.status, 401, "nor with a guessed one");
    assert_eq!(call(&office, "server_state", &session, json!({})).await.status, 200, "with one there is");
    let again = call(&office, "sign_in", &session, json!({ "name": "coordination", "password": PASSWORD })).await;
    assert_eq!(call(&office, "server_state", &session, json!({})).await.status, 401, "a login renews the token");
    let fresh = cookie(&again);
    call(&office, "sign_out", &fresh, json!({})).await;
    assert_eq!(call(&office, "server_state", &fresh, json!({})).await.status, 401, "signed out is out");
}

#[tokio::test]
async fn a_wrong_password_says_nothing_more() {
    let office = Office::open();
    signed_in(&office).await;
    let known = call(&office, "sign_in", "", json!({ "name": "coordination", "password": "non" })).await;
    let unknown = call(&office, "sign_in", "", json!({ "name": "personne", "password": "non" })).await;
    assert_eq!((known.status.as_u16(), known.json()), (401, unknown.json()), "which of both is wrong is not told");
    for _ in 1..10 {
        call(&office, "sign_in", "", json!({ "name": "coordination", "password": "non" })).await;
    }
    let locked = call(&office, "sign_in", "", json!({ "name": "coordination", "password": PASSWORD })).await;
    assert_eq!(
        (locked.status.as_u16(), locked.json()["code"].as_str()),
        (429, Some("too_many_tries")),
        "ten are enough"
    );
    for n in 0..30 {
        call(&office, "sign_in", "", json!({ "name": format!("autre {n}"), "password": "non" })).await;
    }
    let other = call(&office, "sign_in", "", json!({ "name": "encore", "password": "non" })).await;
    assert_eq!(other.status, 429, "and many names are no way around");
    assert!(other.headers.contains_key("retry-after"), "it is told how long");
}

#[tokio::test]
async fn the_first_account_is_made_once() {
    let office = Office::open();
    let weak = call(&office, "create_first_account", "", json!({ "name": "coordination", "password": "court" })).await;
    assert_eq!(weak.json()["code"], "weak_password", "a weak password is refused");
    let first = json!({ "name": "coordination", "password": PASSWORD });
    assert_eq!(call(&office, "create_first_account", "", first.clone()).await.status, 200, "nobody is here yet");
    let second = call(&office, "create_first_account", "", json!({ "name": "autre", "password": PASSWORD })).await;
    assert_eq!(second.json()["code"], "already_set", "then somebody is");
}

#[tokio::test]
async fn another_site_does_nothing_here() {
    let office = Office::open();
    let session = signed_in(&office).await;
    for (site, kind) in
        [("cross-site", "application/json"), ("same-site", "application/json"), ("same-origin", "text/plain")]
    {
        let headers = [("content-type", kind), ("sec-fetch-site", site), ("cookie", session.as_str())];
        let reply = office.post("/api/sign_out", &headers, "{}").await;
        assert!(reply.status.is_client_error(), "{site} {kind} is refused");
    }
    assert_eq!(call(&office, "server_state", &session, json!({})).await.status, 200, "the session goes on");
    let get = Request::get("/api/sign_out").header("cookie", &session).body(Body::empty()).unwrap();
    assert_eq!(office.send(get).await.status, 405, "a link does nothing");
}

#[tokio::test]
async fn a_strangers_file_is_not_even_read() {
    let office = Office::open();
    let session = signed_in(&office).await;
    let path = "/api/import_file?kind=zones&name=qpv.geojson";
    let headers =
        |cookie| [("content-type", "application/octet-stream"), ("sec-fetch-site", "same-origin"), ("cookie", cookie)];
    // A body that would fail the test when it is read.
    let unread = Body::from_stream(stream::poll_fn(|_| -> Poll<Option<Result<Bytes, std::io::Error>>> {
        panic!("a stranger's body was read")
    }));
    assert_eq!(office.post(path, &headers(""), unread).await.status, 401, "who is not known is told before");
    let large = office.post(path, &headers(session.as_str()), vec![b' '; 64 * 1024 * 1024 + 1]).await;
    assert_eq!((large.status.as_u16(), large.json()["code"].as_str()), (413, Some("file_too_large")), "over the limit");
    let staged = office.post(path, &headers(session.as_str()), "{}").await;
    assert_eq!(staged.status, 200, "who is known stages a file");
}

#[tokio::test]
async fn every_answer_carries_its_headers() {
    let office = Office::open();
    for path in ["/health", "/coordination/", "/nowhere", "/api/points"] {
        let reply = office.send(Request::get(path).body(Body::empty()).unwrap()).await;
        let header = |name: &str| reply.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        let csp = header("content-security-policy").unwrap();
        for rule in ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"] {
            assert!(csp.contains(rule), "{path}: {rule}");
        }
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"), "{path}");
        assert_eq!(header("referrer-policy").as_deref(), Some("same-origin"), "{path}");
        assert!(header("cache-control").is_some(), "{path} says whether it is kept");
    }
    let reply = office.send(Request::get("/health").body(Body::empty()).unwrap()).await;
    assert_eq!(reply.json()["status"], "ok", "it is alive");
    assert_eq!(reply.headers["cache-control"], "no-store", "and its data is not kept");
}
