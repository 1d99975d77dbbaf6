//! A server with no room tells a tablet when to come back, before it reads what the tablet sends.

use std::task::Poll;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{Request, StatusCode};
use futures_util::stream;
use palier_sync::wire::{HEADER_CHALLENGE, HEADER_REPLICA, HEADER_SIGNATURE};
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

#[tokio::test(flavor = "multi_thread")]
async fn behind_many_that_wait_a_tablet_is_told_to_come_back() {
    let office = Office::open();
    let (begun, ready) = tokio::sync::oneshot::channel();
    let (let_go, held) = std::sync::mpsc::channel::<()>();
    let shared = office.shared.clone();
    // Someone has the centre, and keeps it.
    let busy = tokio::spawn(async move {
        shared
            .with(move |_| {
                begun.send(()).unwrap();
                let _until_let_go = held.recv();
            })
            .await
    });
    ready.await.unwrap();
    let sync = || {
        Request::post("/v1/sync")
            .header(HEADER_REPLICA, "1")
            .header(HEADER_CHALLENGE, "none")
            .header(HEADER_SIGNATURE, "none")
            .body(Body::empty())
            .unwrap()
    };
    let mut asking: Vec<_> = (0..24).map(|_| tokio::spawn(office.router.clone().oneshot(sync()))).collect();
    // Eight or so have read their bodies and wait. Who comes behind them is told to come back, while the centre is still held.
    let mut sent_away = 0;
    while sent_away == 0 {
        tokio::time::sleep(Duration::from_millis(20)).await;
        let (ended, still): (Vec<_>, Vec<_>) = asking.into_iter().partition(tokio::task::JoinHandle::is_finished);
        for one in ended {
            assert_eq!(
                one.await.unwrap().unwrap().status(),
                StatusCode::TOO_MANY_REQUESTS,
                "nobody else is answered yet"
            );
            sent_away += 1;
        }
        asking = still;
    }
    let_go.send(()).unwrap();
    busy.await.unwrap().unwrap();
    let mut heard = 0;
    for one in asking {
        let status = one.await.unwrap().unwrap().status();
        assert!([StatusCode::UNAUTHORIZED, StatusCode::TOO_MANY_REQUESTS].contains(&status), "{status}");
        heard += usize::from(status == StatusCode::UNAUTHORIZED);
    }
    assert!(heard >= 8, "who waited is heard in turn: {heard}");
}
