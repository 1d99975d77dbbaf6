//! The partner's page: a code and no account, five wrong ones, nothing of the person, an answer that reaches the tablets.

use palier_sync::catalogue::{referral as rf, referral_event as e};
use palier_sync::{RecordType, Value};
use palier_sync_server::now_ms;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::office::{Office, Reply, files_of};

async fn call(office: &Office, command: &str, body: Json) -> Reply {
    let headers = [("content-type", "application/json"), ("sec-fetch-site", "same-origin")];
    office.post(&format!("/api/{command}"), &headers, body.to_string()).await
}

fn code(random: [u8; 5]) -> String {
    palier_domain::slip::make(random).unwrap()
}

/// A referral that was handed over, on the server as a tablet sent it.
async fn handed(office: &Office, slip: &str, household: Option<Uuid>) -> String {
    let (slip, referral) = (slip.to_owned(), Uuid::now_v7());
    office
        .with(move |centre| {
            let now = now_ms();
            let scope = files_of("Samia");
            let whose = household.map_or(Value::Null, |id| Value::text(&id.to_string()));
            centre
                .write(now, |draft| {
                    let fields = [
                        (rf::household, whose),
                        (rf::slip, Value::text(&slip)),
                        (rf::service_name, Value::text("Accueil")),
                        (rf::opened_at, Value::Int(now)),
                    ];
                    draft.make(scope, referral, RecordType::Referral, &fields)?;
                    for (rank, what) in (0..).zip(["agreed", "handed"]) {
                        let fields = [
                            (e::referral, Value::text(&referral.to_string())),
                            (e::what, Value::text(what)),
                            (e::at, Value::Int(now + rank)),
                            (e::means, Value::text("slip")),
                            (e::partner, Value::text("demo--1")),
                        ];
                        draft.make(scope, Uuid::now_v7(), RecordType::ReferralEvent, &fields)?;
                    }
                    Ok::<_, palier_sync_server::CentreError>(())
                })
                .unwrap();
        })
        .await;
    referral.to_string()
}

fn answer(code: &str, referral: &str, what: &str, result: &str) -> Json {
    json!({ "code": code, "referral": referral, "what": what, "reason": "", "result": result, "first_time": "" })
}

#[tokio::test]
async fn a_partner_closes_the_loop_and_the_tablet_hears_of_it() {
    let office = Office::open();
    let mut samia = office.enrol("Samia").await;
    let code = code([1, 2, 3, 4, 5]);
    let referral = handed(&office, &code, None).await;
    let typed = format!("{}-{} {}", &code[..4], &code[4..8].to_lowercase(), &code[8..]);
    let view = call(&office, "slip", json!({ "code": typed })).await;
    assert_eq!(view.status, 200, "as it was typed: {}", view.json());
    let view = view.json();
    assert_eq!(
        (view["referrals"][0]["state"].as_str(), view["referrals"][0]["service_name"].as_str()),
        (Some("handed"), Some("Accueil"))
    );
    assert!(!view.to_string().contains("household"), "nothing of the person");
    let attended = call(&office, "answer_slip", answer(&code, &referral, "attended", "")).await.json();
    assert_eq!(attended["referrals"][0]["state"], "attended");
    let closed = call(&office, "answer_slip", answer(&code, &referral, "closed_success", "enrolled")).await.json();
    assert_eq!(closed["referrals"][0]["state"], "closed_success");
    let twice = call(&office, "answer_slip", answer(&code, &referral, "closed_success", "enrolled")).await;
    assert_eq!(twice.json()["detail"], "what", "used twice: it is closed already, and says so");
    let revoked = call(&office, "answer_slip", answer(&code, &referral, "revoked", "")).await;
    assert_eq!(revoked.json()["detail"], "what", "the person's own will is not for a partner to say");
    let told = samia.send(&office, &[]).await.unwrap();
    let events = told.scopes.iter().flat_map(|page| &page.changes);
    assert_eq!(
        events.filter(|change| change.kind == RecordType::ReferralEvent.number()).count(),
        4,
        "the tablet has all"
    );
}

#[tokio::test]
async fn a_code_is_not_guessed() {
    let office = Office::open();
    let known = code([1, 2, 3, 4, 5]);
    let referral = handed(&office, &known, None).await;
    let mut mistyped = known.clone().into_bytes();
    for place in 0..mistyped.len() {
        let before = mistyped[place];
        mistyped[place] = if before == b'7' { b'8' } else { b'7' };
        let text = String::from_utf8(mistyped.clone()).unwrap();
        let reply = call(&office, "slip", json!({ "code": text })).await;
        assert_eq!(reply.json()["detail"], "code_mistyped", "place {place}: told, and no wrong try");
        mistyped[place] = before;
    }
    let other = handed(&office, &code([9, 9, 9, 9, 9]), None).await;
    let foreign = call(&office, "answer_slip", answer(&known, &other, "accepted", "")).await;
    assert_eq!(foreign.status, 404, "a code opens its own referrals alone");
    for n in 0..4 {
        let reply = call(&office, "slip", json!({ "code": code([7, 7, 7, 7, n]) })).await;
        assert_eq!(reply.status, 404, "try {n}");
    }
    let locked = call(&office, "slip", json!({ "code": known })).await;
    assert_eq!(locked.status, 429, "five are enough, also for a right one");
    assert_ne!(referral, other);
}

#[tokio::test]
async fn who_does_not_agree_any_more_is_not_there() {
    let office = Office::open();
    let household = Uuid::from_u128(40);
    let code = code([5, 4, 3, 2, 1]);
    handed(&office, &code, Some(household)).await;
    assert_eq!(call(&office, "slip", json!({ "code": code })).await.status, 404, "no agreement stands");
    let mut samia = office.enrol("Samia").await;
    let agreed = samia.agreement(household, "granted");
    samia.send(&office, &[agreed]).await.unwrap();
    assert_eq!(call(&office, "slip", json!({ "code": code })).await.status, 200, "one does");
}
