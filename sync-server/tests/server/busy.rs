//! A server with no room tells a tablet when to come back, before it reads what the tablet sends.

use std::task::Poll;

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use futures_util::stream;
use tower::ServiceExt;

use crate::office::Office;

type Piece = Option<Result<Bytes, std::io::Error>>;

#[tokio::test]
async fn a_tablet_that_finds_no_room_is_told_when_to_come_back() {
    let office = Office::open();
    let mut samia = office.enrol("Samia").await;
    // Slow senders, each of which holds its place until its body is whole.
    let slow: Vec<_> = (0..64)
        .map(|_| {
            let never = Body::from_stream(stream::poll_fn(|_| -> Poll<Piece> { Poll::Pending }));
            let request =
                Request::post("/v1/enrol/hello").header("content-type", "application/json").body(never).unwrap();
            tokio::spawn(office.router.clone().oneshot(request))
        })
        .collect();
    tokio::task::yield_now().await;
    let unread = Body::from_stream(stream::poll_fn(|_| -> Poll<Piece> { panic!("a body was read without room") }));
    let refused = office.router.clone().oneshot(Request::post("/v1/sync").body(unread).unwrap()).await.unwrap();
    assert_eq!(refused.status(), StatusCode::TOO_MANY_REQUESTS);
    let wait: u64 = refused.headers()["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=30).contains(&wait), "in a moment: {wait} s");
    slow.iter().for_each(tokio::task::JoinHandle::abort);
    for one in slow {
        let _aborted = one.await;
    }
    let change = [samia.building(1, "4 rue des Essais")];
    samia.send(&office, &change).await.unwrap();
}
