//! A client that has a key and lies: each case is refused or contained, and the next honest request is heard.

use palier_sync::catalogue::profile;
use palier_sync::wire::{Batch, RefusalReason};
use palier_sync::{Body, Change, RecordType, ScopeKey, clock, limits, wire};
use palier_sync_server::now_ms;
use palier_sync_server::registry::TabletStatus;
use uuid::Uuid;

use crate::office::{Office, files_of, place, profile_of, structure};

const YEAR_MS: i64 = 365 * 86_400_000;

fn reasons(answer: &palier_sync::wire::SyncAnswer) -> Vec<(u64, RefusalReason)> {
    answer.refused.iter().map(|refused| (refused.sequence, refused.reason)).collect()
}

#[tokio::test]
async fn nobody_writes_in_anothers_name() {
    let office = Office::open();
    let (mut samia, mut awa) = (office.enrol("Samia").await, office.enrol("Awa").await);
    let honest = samia.building(10, "1 rue des Essais");
    // Awa's key, Samia's number: on the batch, on the change, on both, on the request.
    let mut relabelled = awa.batch(std::slice::from_ref(&honest));
    relabelled.replica = samia.replica;
    let refused = awa.ask(&office, &awa.request(vec![relabelled])).await.unwrap_err();
    assert_eq!((refused.0, refused.1.as_str()), (401, "signature"), "a batch is its author's alone");
    let refused = awa.send(&office, std::slice::from_ref(&honest)).await.unwrap_err();
    assert_eq!((refused.0, refused.1.as_str()), (400, "bad_request"), "one's own batch holds one's own changes");
    let mut stamped = awa.building(11, "2 rue des Essais");
    stamped.stamp.replica = samia.replica;
    let refused = awa.send(&office, &[stamped]).await.unwrap_err();
    assert_eq!((refused.0, refused.1.as_str()), (400, "bad_request"), "and one's own stamps");
    awa.sequence -= 1;
    let own = awa.replica;
    awa.replica = samia.replica;
    let refused = awa.send(&office, &[]).await.unwrap_err();
    assert_eq!((refused.0, refused.1.as_str()), (401, "signature"), "a request is signed by its own key");
    awa.replica = 0;
    let refused = awa.send(&office, &[]).await.unwrap_err();
    assert_eq!((refused.0, refused.1.as_str()), (401, "signature"), "nobody is the server");
    awa.replica = own;
    assert_eq!(samia.send(&office, &[honest]).await.unwrap().consumed[0].sequence, 1, "Samia's own first is her first");
}

#[tokio::test]
async fn nobody_writes_or_reads_where_they_may_not() {
    let office = Office::open();
    let (mut samia, mut awa) = (office.enrol("Samia").await, office.enrol("Awa").await);
    let household = Uuid::from_u128(20);
    let open = samia.household(household);
    samia.send(&office, &[open]).await.unwrap();
    let foreign = [
        awa.change(files_of("Samia"), RecordType::Household, household, &[(7, "note")]),
        awa.change(ScopeKey::Territory, RecordType::Sector, Uuid::from_u128(21), &[(1, "le mien")]),
        awa.change(
            ScopeKey::Place { sector: Uuid::from_u128(99) },
            RecordType::Building,
            Uuid::from_u128(22),
            &[(1, "x")],
        ),
        awa.change(
            ScopeKey::Team { structure: structure("Samia") },
            RecordType::Outing,
            Uuid::from_u128(23),
            &[(1, "x")],
        ),
        awa.change(
            ScopeKey::Team { structure: structure("Awa") },
            RecordType::Profile,
            profile_of("Awa"),
            &[(profile::role, "coordinator")],
        ),
    ];
    let mut request = awa.request(vec![awa.batch(&foreign)]);
    // A cursor is no key: what is named is not what is told.
    request.cursors = vec![palier_sync::wire::Cursor::at(files_of("Samia"), 0)];
    let answer = awa.ask(&office, &request).await.unwrap();
    let all: Vec<_> = (1..=5).map(|sequence| (sequence, RefusalReason::NotAllowed)).collect();
    assert_eq!(reasons(&answer), all, "each is consumed and refused");
    assert!(answer.scopes.iter().all(|page| page.scope != files_of("Samia")), "another's files are never told (I11)");
    assert_eq!(answer.lost_scopes, vec![files_of("Samia")], "and whoever holds them is told to drop them");
}

#[tokio::test]
async fn a_repeated_batch_says_the_same_and_adds_nothing() {
    let office = Office::open();
    let mut samia = office.enrol("Samia").await;
    let mut late = samia.building(30, "3 rue des Essais");
    late.stamp.time = clock::ntp_of(now_ms() + 10 * YEAR_MS);
    let wrong = samia.change(place(), RecordType::Household, Uuid::from_u128(31), &[(7, "pas ici")]);
    let batch = samia.batch(&[late, wrong]);
    let mut answers = Vec::new();
    let mut counts = Vec::new();
    for _ in 0..3 {
        let answer = samia.ask(&office, &samia.request(vec![batch.clone()])).await.unwrap();
        answers.push((answer.consumed, answer.refused, answer.restamped));
        counts.push(office.with(|centre| centre.change_count().unwrap()).await);
    }
    assert_eq!(answers[0], answers[1], "the second says what the first said");
    assert_eq!(answers[0], answers[2], "and so does the third");
    let effective = answers[0].2[0].effective;
    assert!(clock::ms_of(effective) <= now_ms() + 1, "ten years ahead land in the present (I12)");
    assert_eq!(counts, vec![counts[0]; 3], "nothing is added by a repetition");
    let refused = samia.ask(&office, &samia.request(vec![samia.signed("[]".to_owned())])).await;
    assert!(refused.is_ok(), "an empty batch is nothing: {refused:?}");
}

#[tokio::test]
async fn a_gap_is_told_and_consumes_nothing() {
    let office = Office::open();
    let mut samia = office.enrol("Samia").await;
    let changes: Vec<Change> = (0..5).map(|n| samia.building(40 + n, "x")).collect();
    assert_eq!(samia.send(&office, &changes[..2]).await.unwrap().consumed[0].sequence, 2, "the first two");
    let refused = samia.send(&office, &changes[3..]).await.unwrap_err();
    assert_eq!(refused, (409, "gap".to_owned(), "3".to_owned()), "what is expected is said");
    assert_eq!(samia.send(&office, &changes).await.unwrap().consumed[0].sequence, 5, "all of it fits again");
}

#[tokio::test]
async fn what_is_past_a_limit_is_told_and_nothing_is_consumed() {
    let office = Office::open();
    let mut samia = office.enrol("Samia").await;
    let large = samia.post(&office, vec![b' '; limits::REQUEST_BYTES_MAX + 1]).await;
    assert_eq!(large.refusal().1, "too_large", "a body over the limit");
    samia.send(&office, &[]).await.unwrap();
    let bomb = wire::encode(&" ".repeat(limits::DECOMPRESSED_BYTES_MAX + 1), false).unwrap();
    assert!(bomb.len() < 100_000, "small on the wire");
    let mut bad: Vec<Vec<u8>> =
        vec![bomb, b"not zstd".to_vec(), Vec::new(), wire::encode(&serde_json::json!({}), false).unwrap()];
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    bad.push(zstd::bulk::compress(deep.as_bytes(), 3).unwrap());
    for body in bad {
        let refused = samia.post(&office, body).await.refusal();
        assert_eq!((refused.0, refused.1.as_str()), (400, "bad_request"), "nonsense is told so");
    }
    let many: Vec<Batch> = (0..=limits::REQUEST_BATCHES_MAX).map(|_| samia.signed("[]".to_owned())).collect();
    let refused = samia.ask(&office, &samia.request(many)).await.unwrap_err();
    assert_eq!((refused.0, refused.1.as_str()), (400, "bad_request"), "more batches than anyone relays");
    let long: Vec<Change> = (0..=limits::BATCH_CHANGES_MAX).map(|_| samia.building(50, "x")).collect();
    let refused = samia.send(&office, &long).await.unwrap_err();
    assert_eq!((refused.0, refused.1.as_str()), (400, "bad_request"), "a batch of too many changes");
    for changes in [deep, "[1]".to_owned(), "{}".to_owned()] {
        let refused = samia.ask(&office, &samia.request(vec![samia.signed(changes)])).await.unwrap_err();
        assert_eq!((refused.0, refused.1.as_str()), (400, "bad_request"), "a batch that does not read");
    }
    samia.sequence = 0;
    let wide = samia.building(51, &"x".repeat(limits::TEXT_BYTES_MAX + 1));
    let mut busy = samia.building(52, "x");
    let Body::Set(edits) = &mut busy.body else { unreachable!("it sets a field") };
    edits.extend(vec![edits[0].clone(); limits::EDITS_MAX]);
    let fits = samia.building(53, &"x".repeat(limits::TEXT_BYTES_MAX));
    let answer = samia.send(&office, &[wide, busy, fits]).await.unwrap();
    let expected = vec![(1, RefusalReason::Invalid), (2, RefusalReason::Invalid)];
    assert_eq!(reasons(&answer), expected, "a change past a limit blocks nothing, one at the limit enters");
}

#[tokio::test]
async fn a_challenge_is_the_servers_and_the_tablets_own() {
    let office = Office::open();
    let (mut samia, mut karim) = (office.enrol("Samia").await, office.enrol("Karim").await);
    let body = wire::encode(&samia.request(Vec::new()), true).unwrap();
    for forged in ["", "x", "1.2", "9999999999999.00"] {
        samia.challenge = forged.to_owned();
        let refused = samia.post(&office, body.clone()).await.refusal();
        assert_eq!((refused.0, refused.1.as_str()), (401, "challenge"), "{forged:?} is none of the server's");
    }
    karim.send(&office, &[]).await.unwrap();
    samia.challenge.clone_from(&karim.challenge);
    let refused = samia.post(&office, body.clone()).await.refusal();
    assert_eq!(refused.1, "challenge", "another tablet's is not one's own");
    samia.send(&office, &[]).await.unwrap();
    let kept = samia.post(&office, body.clone()).await;
    assert_eq!(kept.status, 200, "one's own is good");
    let (at, mac) = samia.challenge.split_once('.').unwrap();
    samia.challenge = format!("{}.{mac}", at.parse::<i64>().unwrap() - 1);
    assert_eq!(samia.post(&office, body).await.refusal().1, "challenge", "and its time cannot be changed");
}

#[tokio::test]
async fn a_tablet_that_is_not_active_is_not_heard_whoever_relays_it() {
    let office = Office::open();
    let (mut samia, mut karim) = (office.enrol("Samia").await, office.enrol("Karim").await);
    let (lost, relayed) = (samia.building(60, "x"), samia.replica);
    let batch = samia.batch(std::slice::from_ref(&lost));
    let set = async |status| office.with(move |centre| centre.set_tablet_status(relayed, status)).await;
    set(TabletStatus::Suspended).await.unwrap();
    assert_eq!(samia.send(&office, &[]).await.unwrap_err().1, "suspended", "a suspended one waits");
    let answer = karim.ask(&office, &karim.request(vec![batch.clone()])).await.unwrap();
    assert_eq!(answer.consumed[0].sequence, 0, "what it wrote waits with who relays it");
    set(TabletStatus::Active).await.unwrap();
    let answer = karim.ask(&office, &karim.request(vec![batch])).await.unwrap();
    assert_eq!((answer.consumed[0].sequence, answer.refused.len()), (1, 0), "and enters once it is heard again");
    set(TabletStatus::Revoked).await.unwrap();
    assert_eq!(samia.send(&office, &[]).await.unwrap_err().1, "revoked", "a revoked one is refused");
    let stolen = [samia.building(61, "x")];
    let answer = karim.ask(&office, &karim.request(vec![samia.batch(&stolen)])).await.unwrap();
    assert_eq!(reasons(&answer), vec![(2, RefusalReason::NotAllowed)], "a stolen key writes nothing by a detour");
    assert!(set(TabletStatus::Active).await.is_err(), "for good");
}

#[tokio::test]
async fn the_clock_of_who_relays_moves_nobodys_acts() {
    let office = Office::open();
    let (mut samia, mut karim) = (office.enrol("Samia").await, office.enrol("Karim").await);
    const DAY: i64 = 86_400_000;
    let mut act = samia.building(70, "x");
    act.stamp.time = clock::ntp_of(now_ms() + DAY);
    // Karim's clock runs ahead as well, by a year: that says nothing of hers.
    let mut request = karim.request(vec![samia.batch(std::slice::from_ref(&act))]);
    request.clock_ms += 365 * DAY;
    let before = now_ms();
    let answer = karim.ask(&office, &request).await.unwrap();
    assert!(answer.restamped.is_empty(), "he is told of his own acts alone");
    let told = samia.ask(&office, &samia.request(vec![samia.batch(&[act])])).await.unwrap();
    let effective = clock::ms_of(told.restamped[0].effective);
    assert!((before..=now_ms() + 1).contains(&effective), "her act is of when it came, not of a year before");
}

#[tokio::test]
async fn an_unknown_kind_is_kept_and_relayed() {
    let office = Office::open();
    let (mut samia, mut karim) = (office.enrol("Samia").await, office.enrol("Karim").await);
    let mut newer = samia.building(70, "d'une version plus récente");
    newer.kind = 9_999;
    samia.send(&office, std::slice::from_ref(&newer)).await.unwrap();
    let told = karim.send(&office, &[]).await.unwrap();
    assert!(told.scopes.iter().any(|page| page.changes.contains(&newer)), "an older server loses nothing (I14)");
}
