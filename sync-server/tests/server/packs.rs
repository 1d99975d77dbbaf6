//! The directory as a pack: published by an import, fetched by pieces by whoever may sync, and by nobody else.

use axum::http::StatusCode;
use palier_sync::limits::PACK_PIECE_BYTES;
use palier_sync::wire::{AskedPiece, HEADER_CHALLENGE, HEADER_REPLICA, HEADER_SIGNATURE};
use palier_sync::{RecordType, ScopeKey, sign};
use palier_sync_server::directory::publish;
use palier_sync_server::now_ms;
use palier_sync_server::registry::TabletStatus;
use palier_territory::RecordEdit;
use uuid::Uuid;

use crate::office::{Office, RawTablet, Reply};

/// Structures enough for several pieces: texts that do not compress.
const STRUCTURES: u128 = 1_500;

fn structures(seed: u128) -> Vec<RecordEdit> {
    let demo = palier_territory::demo::territory().plan();
    let model = demo.edits.into_iter().find_map(|edit| match edit {
        RecordEdit::Structure(structure) => Some(structure),
        _ => None,
    });
    let model = model.unwrap();
    let one = |rank: u128| {
        let mut structure = model.clone();
        structure.id = Uuid::from_u128(rank + 1);
        structure.key = format!("essai--{rank}");
        structure.description =
            (0..6).map(|part| Uuid::new_v5(&Uuid::from_u128(seed + rank), &[part]).to_string()).collect();
        RecordEdit::Structure(structure)
    };
    (0..STRUCTURES).map(one).collect()
}

async fn import(office: &Office, seed: u128) {
    office
        .with(move |centre| {
            centre.registry.keep_pack(&structures(seed)).unwrap();
            publish(centre, now_ms()).unwrap();
        })
        .await;
}

async fn piece(office: &Office, tablet: &RawTablet, hash: &str, offset: u64) -> Reply {
    let body = serde_json::to_vec(&AskedPiece { hash: hash.to_owned(), offset }).unwrap();
    let text = sign::request_text("POST", "/v1/pack", &body, &tablet.server, tablet.replica, &tablet.challenge);
    let (replica, signature) = (tablet.replica.to_string(), sign::sign(&tablet.key, &text));
    let headers = [
        ("content-type", "application/json"),
        (HEADER_REPLICA, replica.as_str()),
        (HEADER_CHALLENGE, tablet.challenge.as_str()),
        (HEADER_SIGNATURE, signature.as_str()),
    ];
    office.post("/v1/pack", &headers, body).await
}

/// The hash that the record tells, as the server's own read model has it.
async fn published(office: &Office) -> (String, u64) {
    office.with(|centre| centre.store.packs().unwrap().pop().map(|pack| (pack.hash, pack.bytes)).unwrap()).await
}

#[tokio::test]
async fn a_pack_is_fetched_by_pieces_and_is_what_its_name_says() {
    let office = Office::open();
    import(&office, 0).await;
    let mut samia = office.enrol("Samia").await;
    samia.send(&office, &[]).await.unwrap();
    let (hash, bytes) = published(&office).await;
    assert!(bytes > 2 * u64::from(PACK_PIECE_BYTES), "several pieces: {bytes}");
    let mut whole = Vec::new();
    while (whole.len() as u64) < bytes {
        let reply = piece(&office, &samia, &hash, whole.len() as u64).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert!(!reply.body.is_empty() && reply.body.len() <= PACK_PIECE_BYTES as usize, "a piece of its size");
        whole.extend_from_slice(&reply.body);
    }
    assert_eq!(blake3::hash(&whole).to_hex().as_str(), hash);
    assert_eq!(palier_directory::read_pack(&whole).unwrap().len() as u128, STRUCTURES);
    assert!(piece(&office, &samia, &hash, bytes + 9).await.body.is_empty(), "nothing after the end");

    import(&office, 7_000_000).await;
    let (newer, _) = published(&office).await;
    assert_ne!(newer, hash, "another import, another pack");
    assert_eq!(piece(&office, &samia, &hash, 0).await.status, StatusCode::OK, "one that is being fetched goes on");
    import(&office, 9_000_000).await;
    let gone = piece(&office, &samia, &hash, 0).await;
    assert_eq!(gone.refusal().1, "no_pack", "the one before the last is gone, and it is said what to do");
    let before = office.with(|centre| centre.change_count().unwrap()).await;
    office.with(|centre| publish(centre, now_ms()).unwrap()).await;
    assert_eq!(
        office.with(|centre| centre.change_count().unwrap()).await,
        before,
        "the same directory is published once"
    );
}

#[tokio::test]
async fn who_may_not_sync_fetches_nothing() {
    let office = Office::open();
    import(&office, 0).await;
    let mut samia = office.enrol("Samia").await;
    samia.send(&office, &[]).await.unwrap();
    let (hash, _) = published(&office).await;
    let unsigned = office.post("/v1/pack", &[("content-type", "application/json")], b"{}".to_vec()).await;
    assert_eq!(unsigned.refusal().1, "signature", "nobody");
    let mut awa = office.enrol("Awa").await;
    awa.challenge.clone_from(&samia.challenge);
    awa.replica = samia.replica;
    assert_eq!(piece(&office, &awa, &hash, 0).await.refusal().1, "signature", "another's number");
    let replica = samia.replica;
    office.with(move |centre| centre.registry.set_tablet_status(replica, TabletStatus::Revoked).unwrap()).await;
    assert_eq!(piece(&office, &samia, &hash, 0).await.refusal().1, "revoked");
}

#[tokio::test]
async fn no_tablet_publishes() {
    let office = Office::open();
    let mut samia = office.enrol("Samia").await;
    let forged = samia.change(ScopeKey::Territory, RecordType::Pack, Uuid::from_u128(9), &[(2, "00")]);
    let answer = samia.send(&office, &[forged]).await.unwrap();
    assert_eq!(answer.refused.len(), 1, "the programme is the coordinators'");
}
