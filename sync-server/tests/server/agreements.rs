//! Names leave with their agreement, whoever brings what, in whatever order (decisions.md 3).

use palier_sync::RecordType;
use palier_sync::catalogue::{answer as a, diagnosis as d};
use uuid::Uuid;

use crate::office::Office;

const HOUSEHOLD: Uuid = Uuid::from_u128(100);

#[tokio::test]
async fn a_name_that_comes_after_a_withdrawal_is_erased() {
    for status in ["refused", "withdrawn"] {
        let office = Office::open();
        let (mut samia, mut karim) = (office.enrol("Samia").await, office.enrol("Karim").await);
        let opened = [samia.household(HOUSEHOLD), samia.agreement(HOUSEHOLD, "granted")];
        samia.send(&office, &opened).await.unwrap();
        let withdrawal = [samia.agreement(HOUSEHOLD, status)];
        samia.send(&office, &withdrawal).await.unwrap();
        // Karim had not seen it.
        let late = [karim.person(200, HOUSEHOLD, "Canari")];
        let answer = karim.send(&office, &late).await.unwrap();
        assert_eq!((answer.consumed[0].sequence, answer.refused.len()), (1, 0), "{status}: it is consumed");
        let told = serde_json::to_string(&answer.scopes).unwrap();
        assert!(told.contains("\"erase\"") && !told.contains("Canari"), "{status}: and erased in the same answer");
        let people = office.with(|centre| centre.store.persons_of(HOUSEHOLD).unwrap()).await;
        assert!(people.is_empty(), "{status}: nobody is named");
    }
}

#[tokio::test]
async fn what_was_answered_about_rights_leaves_too_in_whatever_order_it_comes() {
    let office = Office::open();
    let (mut samia, mut karim) = (office.enrol("Samia").await, office.enrol("Karim").await);
    let (diagnosis, answer) = (Uuid::from_u128(300), Uuid::from_u128(301));
    let opened = [
        samia.household(HOUSEHOLD),
        samia.agreement(HOUSEHOLD, "granted"),
        samia.change(samia.files, RecordType::Diagnosis, diagnosis, &[(d::household, &HOUSEHOLD.to_string())]),
    ];
    samia.send(&office, &opened).await.unwrap();
    let withdrawal = [samia.agreement(HOUSEHOLD, "withdrawn")];
    samia.send(&office, &withdrawal).await.unwrap();
    // Karim, who had not seen it, brings an answer to it, and another to a diagnosis that only he has yet.
    let (other, its_answer) = (Uuid::from_u128(302), Uuid::from_u128(303));
    let late = [
        karim.change(
            karim.files,
            RecordType::Answer,
            answer,
            &[(a::diagnosis, &diagnosis.to_string()), (a::value, "Canari")],
        ),
        karim.change(
            karim.files,
            RecordType::Answer,
            its_answer,
            &[(a::diagnosis, &other.to_string()), (a::value, "Canari")],
        ),
    ];
    karim.send(&office, &late).await.unwrap();
    let named = [karim.change(karim.files, RecordType::Diagnosis, other, &[(d::household, &HOUSEHOLD.to_string())])];
    karim.send(&office, &named).await.unwrap();
    let left = office.with(|centre| centre.store.answers_of(HOUSEHOLD).unwrap()).await;
    assert!(left.is_empty(), "no answer is left");
    assert!(office.ledger_texts().iter().all(|text| !text.contains("Canari")), "nor in any text that is kept");
}

#[tokio::test]
async fn a_withdrawal_that_was_cut_is_finished_at_the_next_start() {
    let mut office = Office::open();
    let mut samia = office.enrol("Samia").await;
    let opened =
        [samia.household(HOUSEHOLD), samia.agreement(HOUSEHOLD, "granted"), samia.person(200, HOUSEHOLD, "Canari")];
    samia.send(&office, &opened).await.unwrap();
    let withdrawal = samia.agreement(HOUSEHOLD, "withdrawn");
    // What the ledger holds when the server dies right after it consumed: the withdrawal, and nothing that follows from it.
    office.consume_and_die(&samia, &[withdrawal]).await;
    office.start();
    let people = office.with(|centre| centre.store.persons_of(HOUSEHOLD).unwrap()).await;
    assert!(people.is_empty(), "nobody is named once it serves again");
}

#[tokio::test]
async fn nothing_of_an_erased_person_is_left_in_the_ledger() {
    let office = Office::open();
    let (mut samia, mut karim) = (office.enrol("Samia").await, office.enrol("Karim").await);
    let opened =
        [samia.household(HOUSEHOLD), samia.agreement(HOUSEHOLD, "granted"), samia.person(200, HOUSEHOLD, "Canari")];
    samia.send(&office, &opened).await.unwrap();
    let erase = palier_sync::Change { body: palier_sync::Body::Erase, ..samia.person(200, HOUSEHOLD, "") };
    samia.send(&office, &[erase]).await.unwrap();
    // Karim's tablet was offline: it names the person beside a record that stays.
    let late = [karim.person(200, HOUSEHOLD, "Canari"), karim.building(201, "4 rue des Essais")];
    let answer = karim.send(&office, &late).await.unwrap();
    assert_eq!(answer.refused.len(), 1, "the person does not come back");
    let texts = office.ledger_texts();
    assert!(texts.iter().all(|text| !text.contains("Canari")), "no kept text names them, accepted or refused");
    assert!(texts.iter().any(|text| text.contains("rue des Essais")), "what was beside them is here");
}
