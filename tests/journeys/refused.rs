//! Bad input to the real server: each a clear message, nothing written by half.

use palier_exchange::http::TlsTime;
use palier_exchange::{HttpTransport, Transport};
use palier_sync::wire::{HEADER_CHALLENGE, HEADER_REPLICA, HEADER_SIGNATURE, WireError};
use palier_tests::{CentreSocial, Tablet};
use serde_json::{Value, json};

fn post(centre: &CentreSocial, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> (u16, String) {
    let transport = HttpTransport::unverified(&format!("https://{}", centre.address()), TlsTime::at(0)).unwrap();
    let reply = transport.post(path, headers, body).unwrap();
    let error = serde_json::from_slice::<WireError>(&reply.body).map(|error| error.error).unwrap_or_default();
    (reply.status, error)
}

fn json_type() -> Vec<(&'static str, String)> {
    vec![("content-type", "application/json".to_owned())]
}

#[test]
fn the_server_says_what_is_wrong_and_goes_on() {
    let centre = CentreSocial::open().unwrap();
    let unsigned = post(&centre, "/v1/sync", &json_type(), b"{}".to_vec());
    assert_eq!(unsigned, (401, "signature".to_owned()), "an unsigned request is not read");
    let mut headers = json_type();
    headers.extend([
        (HEADER_REPLICA, "1".to_owned()),
        (HEADER_CHALLENGE, "x".to_owned()),
        (HEADER_SIGNATURE, "00".to_owned()),
    ]);
    let forged = post(&centre, "/v1/sync", &headers, b"{}".to_vec());
    assert_eq!(
        forged,
        (401, "signature".to_owned()),
        "a forged signature neither, nor does it tell whether the tablet exists"
    );
    let large = post(&centre, "/v1/sync", &headers, vec![b' '; 3 * 1024 * 1024]);
    assert_eq!(large, (413, "too_large".to_owned()), "a body over the limit is told so");
    for body in [&b"{"[..], b"[]", b"null", b"{\"lookup\":1}", &[b'['; 20_000], &[0xff, 0xfe]] {
        let answer = post(&centre, "/v1/enrol/hello", &json_type(), body.to_vec());
        assert_eq!(answer, (400, "bad_request".to_owned()), "nonsense is a bad request");
    }
    let unknown = json!({ "lookup": "ZZZZ", "nonce": "00" }).to_string().into_bytes();
    assert_eq!(
        post(&centre, "/v1/enrol/hello", &json_type(), unknown),
        (404, "code_unknown".to_owned()),
        "an unknown code"
    );
    let alive = Tablet::enrolled(&centre, "Samia");
    assert!(alive.is_ok(), "after all that the server serves: {:?}", alive.err());
}

fn refusal(tablet: &Tablet, code: &str) -> Value {
    let error = tablet.app.call("enrol", json!({ "address": tablet.link.address(), "code": code })).unwrap_err();
    serde_json::to_value(error).unwrap()
}

#[test]
fn a_code_is_spent_once_and_dies_after_five_wrong_tries() {
    let centre = CentreSocial::open().unwrap();
    let code = centre.code_for("Karim").unwrap();
    let tablet = Tablet::enrolled(&centre, "Samia").unwrap();
    for left in [4, 3, 2, 1] {
        let wrong = format!("{}0000-0000", &code[..5]);
        let refused = refusal(&tablet, &wrong);
        assert_eq!(
            (refused["code"].as_str(), refused["detail"].as_str()),
            (Some("code_wrong"), Some(left.to_string().as_str())),
            "so many tries are left"
        );
    }
    assert_eq!(refusal(&tablet, &format!("{}0000-0000", &code[..5]))["code"], "code_dead", "the fifth kills it");
    assert_eq!(refusal(&tablet, &code)["code"], "code_dead", "and the right secret does not revive it");

    let code = centre.code_for("Karim").unwrap();
    let request = json!({ "address": tablet.link.address(), "code": code });
    tablet.call("enrol", request).unwrap();
    assert_eq!(refusal(&tablet, &code)["code"], "code_used", "a code is spent once");
    assert_eq!(refusal(&tablet, "K7F2")["code"], "invalid_field", "what is no code is told before any request");
    tablet.link.set_down(true);
    assert_eq!(refusal(&tablet, &code)["code"], "unreachable", "no network is told as such");
}
