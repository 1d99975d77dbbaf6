//! A one-time code: proved by both sides, spent once, short-lived.

use ed25519_dalek::SigningKey;
use palier_sync_server::now_ms;

use crate::office::{JSON, Office, profile_of};

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn wrong(code: &str) -> String {
    // Another secret under the same name; a code is never all zeros twice.
    let zeros = format!("{}-0000-0000", &code[..4]);
    if code == zeros { format!("{}-1111-1111", &code[..4]) } else { zeros }
}

#[tokio::test]
async fn a_code_is_spent_once() {
    let office = Office::open();
    let code = office.code("Samia").await;
    assert!(office.finish(&code, &key()).await.is_ok(), "the right code");
    assert_eq!(office.finish(&code, &key()).await.unwrap_err().1, "code_used", "twice is told");
    assert_eq!(office.finish("ZZZZ-ZZZZ-ZZZZ", &key()).await.unwrap_err().1, "code_unknown", "and so is a mistake");
    let tablets = office.with(|centre| centre.registry.tablets().unwrap()).await;
    assert_eq!(tablets.len(), 1, "one tablet came of it");
}

#[tokio::test]
async fn five_wrong_secrets_kill_a_code() {
    let office = Office::open();
    let code = office.code("Samia").await;
    for left in [4, 3, 2, 1] {
        let refused = office.finish(&wrong(&code), &key()).await.unwrap_err();
        assert_eq!(refused, (403, "code_wrong".to_owned(), left.to_string()), "the tries left are told");
    }
    assert_eq!(office.finish(&wrong(&code), &key()).await.unwrap_err().1, "code_dead", "the fifth is the last");
    assert_eq!(office.finish(&code, &key()).await.unwrap_err().1, "code_dead", "the right one comes too late");
}

#[tokio::test]
async fn a_code_lives_a_quarter_of_an_hour() {
    let office = Office::open();
    let made = |ago_min: i64| {
        let at = now_ms() - ago_min * 60_000;
        office.with(move |centre| centre.registry.make_code(profile_of("Samia"), at).unwrap().text)
    };
    let old = made(16).await;
    assert_eq!(office.finish(&old, &key()).await.unwrap_err().1, "code_expired", "sixteen minutes are too long");
    let recent = made(14).await;
    assert!(office.finish(&recent, &key()).await.is_ok(), "fourteen are not");
}

#[tokio::test]
async fn a_new_code_replaces_the_one_before() {
    let office = Office::open();
    let (first, second) = (office.code("Samia").await, office.code("Samia").await);
    assert_eq!(office.finish(&first, &key()).await.unwrap_err().1, "code_unknown", "the first is gone");
    assert!(office.finish(&second, &key()).await.is_ok(), "the second is good");
}

#[tokio::test]
async fn a_code_guessed_from_one_place_is_guessed_slowly() {
    let office = Office::open();
    let guess = async |n: usize| office.hello(&format!("{n:04}-0000-0000")).await.unwrap_err();
    for n in 0..30 {
        assert_eq!(guess(n).await.1, "code_unknown", "guess {n} is answered");
    }
    let refused = guess(30).await;
    assert_eq!((refused.0, refused.1.as_str()), (429, "too_many"), "then guessing waits");
    let code = office.code("Samia").await;
    let body = format!("{{\"lookup\":\"{}\",\"nonce\":\"00\"}}", &code[..4]);
    let reply = office.post("/v1/enrol/hello", JSON, body).await;
    assert!(reply.headers.contains_key("retry-after"), "and it is told how long");
}

#[tokio::test]
async fn what_is_no_request_is_told_so() {
    let office = Office::open();
    for body in ["", "{", "[]", "{\"lookup\":1}", "null"] {
        for path in ["/v1/enrol/hello", "/v1/enrol/finish"] {
            let refused = office.post(path, JSON, body).await.refusal();
            assert_eq!((refused.0, refused.1.as_str()), (400, "bad_request"), "{body:?} to {path}");
        }
    }
    let large = office.post("/v1/enrol/hello", JSON, vec![b' '; 65 * 1024]).await;
    assert_eq!(large.refusal().1, "too_large", "an enrolment is small");
}
