//! The figures of the contrat de ville on a small territory worked out by hand. Days are of 2026, in Paris.

use palier_domain::calendar::{DAY_MS, date_start_ms};
use palier_store::read::action::tally_id;
use palier_store::{Draft, StoreError};
use palier_sync::catalogue::{
    action, building, diagnosis, door, household, referral, referral_event, right_item, stair, tally, trust, visit,
};
use palier_sync::{RecordType, ScopeKey, Value};
use palier_sync_server::CentreError;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::console::{call, signed_in};
use crate::office::{Office, SECTOR, files_of, place};

fn day(date: &str) -> Value {
    Value::Int(date_start_ms(date).unwrap() + DAY_MS / 2)
}

fn text(text: &str) -> Value {
    Value::text(text)
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn link(number: u128) -> Value {
    text(&id(number).to_string())
}

/// Makes records of one type, each by its number.
fn make(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    kind: RecordType,
    records: &[(u128, &[(u16, Value)])],
) -> Result<(), StoreError> {
    for (number, fields) in records {
        draft.make(scope, id(*number), kind, fields)?;
    }
    Ok(())
}

/// Four doors; 101 opened at its second passage, 102 tried, 103 tried the year before, 104 never.
fn doors(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    make(draft, place(), RecordType::Building, &[(100, &[(building::address, text("1 allée des Essais"))])])?;
    make(draft, place(), RecordType::Stair, &[(101, &[(stair::building, link(100))])])?;
    for number in 111..115 {
        make(draft, place(), RecordType::Door, &[(number, &[(door::stair, link(101)), (door::floor, Value::Int(1))])])?;
    }
    let passage = |at: u128, what: &str, date: &str| {
        [(visit::door, link(at)), (visit::outcome, text(what)), (visit::at, day(date))]
    };
    make(
        draft,
        place(),
        RecordType::Visit,
        &[
            (121, &passage(111, "no_answer", "2026-02-02")),
            (122, &passage(111, "opened_full", "2026-02-09")),
            (123, &passage(112, "no_answer", "2026-03-02")),
            (124, &passage(113, "opened_brief", "2025-12-31")),
        ],
    )
}

/// Three files: nobody asked the third whether a structure knows it. Two diagnoses of the first: the later one counts.
fn files(draft: &mut Draft<'_>, scope: ScopeKey) -> Result<(), StoreError> {
    let file = |known: &str, needs: &[&str]| {
        let mut fields = vec![(household::door, link(111)), (household::opened_at, day("2026-02-09"))];
        fields.extend(Some(known).filter(|known| !known.is_empty()).map(|known| (household::known_by, text(known))));
        fields.extend(needs.iter().map(|need| (household::needs, text(need))));
        fields
    };
    let (none, caf, unasked) = (file("none", &["logement", "famille"]), file("caf", &["logement"]), file("", &[]));
    make(draft, scope, RecordType::Household, &[(201, &none), (202, &caf), (203, &unasked)])?;
    let told = |of: Option<u128>, closed: &str, statuses: Json| {
        vec![
            (diagnosis::household, of.map_or(Value::Null, link)),
            (diagnosis::slip, of.map_or(text("AAAA1111X"), |_| Value::Null)),
            (diagnosis::started_at, day("2026-02-09")),
            (diagnosis::closed_at, day(closed)),
            (diagnosis::statuses, text(&statuses.to_string())),
        ]
    };
    let status = |code: &str| json!({ "status": code });
    let first = told(Some(201), "2026-02-09", json!({ "rsa": status("held"), "apl": status("held") }));
    let second = told(
        Some(201),
        "2026-05-04",
        json!({ "rsa": status("claimable"), "apl": status("held"), "c2s": status("to_check") }),
    );
    let slip = told(None, "2026-06-01", json!({ "rsa": status("claimable"), "ppa": status("not_claimable") }));
    make(draft, scope, RecordType::Diagnosis, &[(211, &first), (212, &second), (213, &slip)])?;
    let item = [
        (right_item::diagnosis, link(212)),
        (right_item::right, text("rsa")),
        (right_item::non_take_up, text("non_demande")),
        (right_item::motive, text("too_complex")),
        (right_item::follow_up, text("granted")),
        (right_item::follow_up_at, day("2026-06-09")),
    ];
    make(draft, scope, RecordType::RightItem, &[(221, &item)])
}

/// Three referrals: one closed after twelve days with a first enrolment, one attended again, one never handed.
fn referrals(draft: &mut Draft<'_>, scope: ScopeKey) -> Result<(), StoreError> {
    let made = |of: u128, need: &str| {
        let opened = (referral::opened_at, day("2026-04-01"));
        [(referral::household, link(of)), (referral::service, text("s--1")), (referral::need, text(need)), opened]
    };
    let [first, second, third] = [made(201, "famille"), made(202, "famille"), made(203, "logement")];
    make(draft, scope, RecordType::Referral, &[(301, &first), (302, &second), (303, &third)])?;
    let event = |of: u128, what: &str, date: &str, more: &[(u16, &str)]| {
        let mut fields = vec![
            (referral_event::referral, link(of)),
            (referral_event::what, text(what)),
            (referral_event::at, day(date)),
            (referral_event::means, text("slip")),
            (referral_event::partner, text("s--1")),
        ];
        fields.extend(more.iter().map(|(field, value)| (*field, text(value))));
        fields
    };
    let ended = [
        (referral_event::result, "enrolled"),
        (referral_event::first_time, "yes"),
        (referral_event::source, "partner_phone"),
    ];
    let events = [
        event(301, "agreed", "2026-04-01", &[]),
        event(301, "handed", "2026-04-02", &[]),
        event(301, "accepted", "2026-04-03", &[]),
        event(301, "attended", "2026-04-10", &[(referral_event::first_time, "yes")]),
        event(301, "closed_success", "2026-04-13", &ended),
        event(302, "agreed", "2026-04-01", &[]),
        event(302, "handed", "2026-04-02", &[]),
        event(302, "accepted", "2026-04-03", &[]),
        event(302, "attended", "2026-04-20", &[(referral_event::first_time, "no")]),
        event(303, "agreed", "2026-04-01", &[]),
    ];
    for (place, fields) in events.iter().enumerate() {
        make(draft, scope, RecordType::ReferralEvent, &[(311 + place as u128, fields)])?;
    }
    Ok(())
}

/// A stand that took place, counted by its two tablets' records; one that did not.
fn outdoors(draft: &mut Draft<'_>) -> Result<(), StoreError> {
    for (number, status) in [(501, "done"), (502, "cancelled")] {
        let fields =
            [(action::kind, text("stand")), (action::status, text(status)), (action::started_at, day("2026-06-20"))];
        make(draft, place(), RecordType::Action, &[(number, &fields)])?;
        for (code, count) in [("age:over_70:f", 3), ("age:25_39:nc", 2), ("age:nc:m", 1), ("need:logement", 4)] {
            let record = tally_id(id(number), code);
            draft.make(
                place(),
                record,
                RecordType::Tally,
                &[(tally::action, link(number)), (tally::code, text(code))],
            )?;
            draft.count(place(), record, RecordType::Tally, tally::count, count)?;
        }
    }
    Ok(())
}

/// One code of before and after, one answered once.
fn said(draft: &mut Draft<'_>, scope: ScopeKey) -> Result<(), StoreError> {
    let answer = |slip: &str, level: i64, date: &str| {
        [
            (trust::slip, text(slip)),
            (trust::object, text("caf")),
            (trust::level, Value::Int(level)),
            (trust::at, day(date)),
        ]
    };
    let (before, after, alone) =
        (answer("B", 2, "2025-11-03"), answer("B", 3, "2026-05-04"), answer("C", 4, "2026-05-04"));
    make(draft, scope, RecordType::Trust, &[(401, &before), (402, &after), (403, &alone)])
}

async fn territory() -> (Office, String) {
    let office = Office::open();
    office
        .with(|centre| {
            centre
                .write(palier_sync_server::now_ms(), |draft| {
                    let scope = files_of("Samia");
                    doors(draft)?;
                    files(draft, scope)?;
                    referrals(draft, scope)?;
                    said(draft, scope)?;
                    outdoors(draft)?;
                    Ok::<_, CentreError>(())
                })
                .unwrap();
        })
        .await;
    let session = signed_in(&office).await;
    (office, session)
}

async fn read(office: &Office, session: &str, from: &str, to: &str) -> Json {
    let reply = call(office, "figures", session, json!({ "sector": "", "from": from, "to": to })).await;
    assert_eq!(reply.status, 200, "{}", reply.json());
    reply.json()
}

fn group<'a>(all: &'a Json, code: &str) -> &'a Json {
    all["groups"].as_array().unwrap().iter().find(|group| group["code"] == code).unwrap()
}

/// A figure as "count of total, aside".
fn figure(all: &Json, subject: &str, code: &str) -> Json {
    let figures = group(all, subject)["figures"].as_array().unwrap();
    let found = figures.iter().find(|one| one["code"] == code).unwrap();
    json!([found["count"], found["of"], found["aside"]])
}

fn table(all: &Json, subject: &str, code: &str) -> Json {
    let tables = group(all, subject)["tables"].as_array().unwrap();
    let found = tables.iter().find(|one| one["code"] == code).unwrap();
    let line = |line: &Json| (line["code"].as_str().unwrap().to_owned(), line["count"].clone());
    found["lines"].as_array().unwrap().iter().map(line).collect::<serde_json::Map<_, _>>().into()
}

#[tokio::test]
async fn each_figure_is_what_one_counts_by_hand() {
    let (office, session) = territory().await;
    let all = read(&office, &session, "2026-01-01", "2026-12-31").await;
    for (subject, code, expected) in [
        ("doors", "doors_tried", json!([2, 4, null])),
        ("doors", "doors_opened", json!([1, 2, null])),
        ("doors", "visits", json!([3, null, null])),
        ("met", "households", json!([3, null, null])),
        // The slip of the diagnosis and the two of trust.
        ("met", "slips", json!([3, null, null])),
        ("met", "known_by_none", json!([1, 2, 1])),
        // Of four decided items (rsa and apl of the file, rsa and ppa of the slip), two could be claimed; c2s is to be checked.
        ("rights", "diagnosed", json!([2, null, null])),
        ("rights", "non_take_up", json!([2, 4, 1])),
        ("rights", "not_claimable", json!([1, 4, 1])),
        ("rights", "held", json!([1, 4, 1])),
        ("granted", "rights_granted", json!([1, null, null])),
        ("granted", "granted_days", json!([119, null, null])),
        ("referrals", "referrals_made", json!([3, null, null])),
        ("referrals", "referrals_closed", json!([1, 2, null])),
        ("referrals", "closed_days", json!([12, null, null])),
        ("referrals", "newcomers", json!([1, null, null])),
        ("referrals", "enrolled_first", json!([1, null, null])),
        ("referrals", "france_services_first", json!([0, null, null])),
        // Of six people counted, the age of one is not known.
        ("actions", "actions_done", json!([1, null, null])),
        ("actions", "counted", json!([6, null, null])),
        ("actions", "seniors", json!([3, 5, 1])),
        ("trust", "trust_gained", json!([1, 1, 1])),
        ("trust", "trust_lost", json!([0, 1, 1])),
    ] {
        assert_eq!(figure(&all, subject, code), expected, "{code}");
    }
    for (subject, code, expected) in [
        ("doors", "outcomes", json!({ "no_answer": 2, "opened_full": 1 })),
        ("met", "needs", json!({ "logement": 2, "famille": 1 })),
        ("rights", "claimable", json!({ "rsa": 2 })),
        ("rights", "non_take_up_types", json!({ "non_demande": 1 })),
        ("rights", "motives", json!({ "too_complex": 1 })),
        ("referrals", "referral_needs", json!({ "famille": 2, "logement": 1 })),
        ("referrals", "attended", json!({ "s--1": 2 })),
        ("actions", "action_kinds", json!({ "stand": 1 })),
        ("actions", "bands", json!({ "over_70": 3, "25_39": 2, "nc": 1 })),
        ("actions", "heard", json!({ "logement": 4 })),
        ("referrals", "sources", json!({ "partner_phone": 1 })),
    ] {
        assert_eq!(table(&all, subject, code), expected, "{code}");
    }
}

#[tokio::test]
async fn a_period_holds_its_last_day_and_nothing_after_it() {
    let (office, session) = territory().await;
    let before = read(&office, &session, "2025-12-31", "2026-02-02").await;
    assert_eq!(figure(&before, "doors", "doors_tried"), json!([2, 4, null]), "the last evening and the first morning");
    let winter = read(&office, &session, "2026-02-03", "2026-02-08").await;
    assert_eq!(figure(&winter, "doors", "doors_tried"), json!([0, 4, null]));
    let first = read(&office, &session, "2026-02-09", "2026-02-09").await;
    assert_eq!(figure(&first, "rights", "held"), json!([2, 2, 0]), "that day the first diagnosis was the latest");
    let wrong = json!({ "sector": "", "from": "2026-02-09", "to": "2026-02-08" });
    let refused = call(&office, "figures", &session, wrong).await;
    assert_eq!((refused.status.as_u16(), refused.json()["detail"].as_str()), (400, Some("to")));
    let elsewhere = json!({ "sector": Uuid::from_u128(9).to_string(), "from": "2026-01-01", "to": "2026-12-31" });
    let nothing = call(&office, "figures", &session, elsewhere).await.json();
    assert_eq!(figure(&nothing, "doors", "doors_tried"), json!([0, 0, null]), "another sector");
    let here = json!({ "sector": SECTOR.to_string(), "from": "2026-01-01", "to": "2026-12-31" });
    let all = call(&office, "figures", &session, here).await.json();
    assert_eq!(figure(&all, "rights", "non_take_up"), json!([2, 4, 1]), "this one");
}
