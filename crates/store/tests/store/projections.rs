//! Projections written change by change are those that a rebuild writes, and the digest kept is the digest counted.

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_store::{Store, agreement_id, connect};
use palier_sync::catalogue::{
    self, agreement, alias, answer, building, diagnosis, door, household, person, referral, referral_event, right_item,
    stair, tally, task, trust, verbatim, visit, visit_note,
};
use palier_sync::{
    Body, Change, Dot, Edit, FieldClass, HeadId, RecordState, RecordType, ScopeKey, Stamp, Value, clock,
};
use uuid::Uuid;

use crate::cast::Dice;
use crate::tables::{self, Place, Tables};
use crate::territory::{NOW, file, place};

/// Records of each type in the random histories: few, so that they meet.
const POOL: u128 = 5;

fn id(kind: RecordType, n: u128) -> Uuid {
    if kind == RecordType::Agreement {
        return agreement_id(id(RecordType::Household, n), RECORD_NOMINATIVE);
    }
    Uuid::from_u128((u128::from(kind.number()) << 64) | n)
}

fn scope(kind: RecordType) -> ScopeKey {
    match kind.home() {
        catalogue::Home::Territory => ScopeKey::Territory,
        catalogue::Home::Place => place(),
        catalogue::Home::File => file(),
        catalogue::Home::Team => ScopeKey::Team { structure: Uuid::from_u128(2) },
    }
}

/// Which record a field names.
fn reference(kind: RecordType, field: u16) -> Option<RecordType> {
    Some(match (kind, field) {
        (RecordType::Stair, stair::building) | (RecordType::Building, building::alias_of) => RecordType::Building,
        (RecordType::Door, door::stair) | (RecordType::Stair, stair::alias_of) => RecordType::Stair,
        (RecordType::Visit, visit::door)
        | (RecordType::Door, door::alias_of)
        | (RecordType::Household, household::door)
        | (RecordType::VisitNote, visit_note::door) => RecordType::Door,
        (RecordType::VisitNote, visit_note::visit) => RecordType::Visit,
        (RecordType::Person, person::household)
        | (RecordType::Agreement, agreement::household)
        | (RecordType::Diagnosis, diagnosis::household)
        | (RecordType::Referral, referral::household)
        | (RecordType::Task, task::household)
        | (RecordType::Alias, alias::one)
        | (RecordType::Verbatim, verbatim::household) => RecordType::Household,
        (RecordType::ReferralEvent, referral_event::referral) => RecordType::Referral,
        (RecordType::Answer, answer::diagnosis) | (RecordType::RightItem, right_item::diagnosis) => {
            RecordType::Diagnosis
        }
        _ => return None,
    })
}

fn value(dice: &mut Dice, kind: RecordType, n: u128, field: u16, class: FieldClass) -> Value {
    if let Some(to) = reference(kind, field) {
        // What happened once is written once: the same door whoever says so.
        let other = if class == FieldClass::Append { n } else { dice.next().into() };
        return Value::text(&id(to, other % POOL).to_string());
    }
    match (kind, field) {
        (RecordType::Agreement, agreement::purpose) => Value::text(RECORD_NOMINATIVE),
        (RecordType::Agreement, agreement::status) => any(dice, &["granted", "refused", "withdrawn", "restricted"]),
        (RecordType::Visit, visit::outcome) => {
            any(dice, &["no_answer", "opened_brief", "callback", "cleared", "do_not_contact", "met_by_drone"])
        }
        (RecordType::Visit, visit::at) => Value::Int(NOW + (n as i64) * 600_000),
        (RecordType::Visit, visit::outing | visit::structure) => Value::text(&Uuid::from_u128(n % 2).to_string()),
        (
            RecordType::Person
            | RecordType::Building
            | RecordType::Door
            | RecordType::Stair
            | RecordType::Diagnosis
            | RecordType::Referral
            | RecordType::ReferralEvent
            | RecordType::Task
            | RecordType::Trust
            | RecordType::Verbatim
            | RecordType::Action,
            _,
        ) if is_flag(kind, field) => Value::Bool(dice.below(3) == 0),
        (RecordType::Household, household::cancelled) => Value::Bool(dice.below(3) == 0),
        // What happened is written once, like all of an event: the same whoever says so.
        (RecordType::ReferralEvent, referral_event::what) => {
            Value::text(["agreed", "handed", "appointment", "attended", "teleported"][(n % 5) as usize])
        }
        (RecordType::ReferralEvent, referral_event::means) => Value::text("slip"),
        (RecordType::ReferralEvent, referral_event::partner) => Value::text("demo--1"),
        (RecordType::Diagnosis, diagnosis::closed_at) => Value::Int(NOW),
        (RecordType::Diagnosis, diagnosis::statuses) => Value::text(r#"{"rsa":{"status":"claimable"},"apl":{}}"#),
        (RecordType::Trust, trust::level) => Value::Int(1 + dice.below(4) as i64),
        (RecordType::Alias, alias::other) => Value::text(&id(RecordType::Household, (n + 2) % POOL).to_string()),
        (RecordType::Alias, alias::same) => Value::Bool(dice.below(3) > 0),
        (RecordType::Tally, tally::count) => Value::Int(dice.below(9) as i64 - 2),
        (RecordType::Door, door::floor) => Value::Int(dice.below(4) as i64),
        (_, _) if class == FieldClass::Append => Value::Int(NOW + n as i64),
        _ => any(dice, &["Samia", "Ben Ali", "N’Diaye", "12 allée de Milan", "C", "301", ""]),
    }
}

fn is_flag(kind: RecordType, field: u16) -> bool {
    catalogue::field(kind.number(), field).is_some_and(|spec| ["cancelled", "withdrawn"].contains(&spec.name))
}

fn any(dice: &mut Dice, values: &[&str]) -> Value {
    Value::text(dice.any(values).unwrap())
}

/// What three tablets wrote without waiting for each other.
fn history(seed: u64) -> Vec<Change> {
    let mut dice = Dice::new(seed);
    let mut sequence = [0u64; 3];
    let mut changes: Vec<Change> = Vec::new();
    for _ in 0..220 {
        let kind = *dice.any(RecordType::ALL).unwrap();
        let n = u128::from(dice.next()) % if kind == RecordType::Visit { 4 * POOL } else { POOL };
        let replica = dice.below(3);
        sequence[replica] += 1;
        let dot = Dot { replica: 1 + replica as u32, sequence: sequence[replica] };
        let record = id(kind, n);
        let erases = matches!(
            kind,
            RecordType::Person
                | RecordType::VisitNote
                | RecordType::Agreement
                | RecordType::Answer
                | RecordType::ReferralEvent
                | RecordType::Verbatim
        );
        let body = if erases && dice.below(10) == 0 {
            Body::Erase
        } else {
            let edits = kind.fields().iter().filter(|spec| spec.class == FieldClass::Append || dice.below(2) == 0);
            let edits: Vec<_> = edits.collect();
            let mut dice = Dice::new(dice.next());
            let edit = |spec: &&catalogue::FieldSpec| Edit {
                field: spec.number,
                value: value(&mut dice, kind, n, spec.number, spec.class),
                bases: seen(&changes, record, spec.number, dice.below(3)),
            };
            Body::Set(edits.iter().map(edit).collect())
        };
        let stamp = Stamp { time: clock::ntp_of(NOW + dice.below(100_000) as i64), replica: dot.replica };
        changes.push(Change { dot, stamp, effective: None, scope: scope(kind), record, kind: kind.number(), body });
    }
    changes
}

/// The last values of a field that an author saw, at most so many.
fn seen(changes: &[Change], record: Uuid, field: u16, most: usize) -> Vec<HeadId> {
    let wrote = |change: &&Change| {
        matches!(&change.body, Body::Set(edits) if edits.iter().any(|edit| edit.field == field))
            && change.record == record
    };
    changes.iter().rev().filter(wrote).take(most).map(|change| HeadId { dot: change.dot, part: 0 }).collect()
}

fn shuffled(mut changes: Vec<Change>, seed: u64) -> Vec<Change> {
    let mut dice = Dice::new(seed);
    for place in (1..changes.len()).rev() {
        changes.swap(place, dice.below(place + 1));
    }
    changes
}

fn arrive(store: &mut Store, changes: &[Change], seed: u64) {
    let mut dice = Dice::new(seed);
    let mut rest = changes;
    while !rest.is_empty() {
        let (page, others) = rest.split_at(rest.len().min(1 + dice.below(30)));
        store.apply(page, NOW).unwrap();
        if dice.below(4) == 0 {
            store.apply(page, NOW).unwrap();
        }
        rest = others;
    }
}

fn digests_hold(store: &Store, why: &str) {
    let scopes = store.scopes().unwrap();
    assert!(scopes.len() >= 4, "every kind of scope is held");
    for (scope, _) in scopes {
        assert_eq!(store.digest(&scope).unwrap(), store.digest_from_rows(&scope).unwrap(), "{why}: {scope}");
    }
}

#[test]
fn a_rebuild_writes_what_was_written() {
    let mut untried: Option<Vec<String>> = None;
    for seed in 0..12 {
        let place = Place::new();
        let mut store = place.open();
        arrive(&mut store, &shuffled(history(seed), seed), seed);
        digests_hold(&store, "after random writes");
        let written = tables::projections(&place.path());
        store.rebuild().unwrap();
        tables::same(&written, &tables::projections(&place.path()), &format!("rebuilt, seed {seed}"));
        digests_hold(&store, "after a rebuild");
        let empty = written.into_iter().filter(|(_, rows)| rows.is_empty()).map(|(name, _)| name);
        untried = Some(empty.filter(|name| untried.as_ref().is_none_or(|known| known.contains(name))).collect());
    }
    assert_eq!(untried, Some(Vec::new()), "every projection held rows in some history");
}

/// The file as the version before referrals and packs left it: it kept the records and knew no table for them.
const BEFORE_REFERRALS: &str = "DROP TABLE pack; DROP TABLE pack_piece; DROP TABLE service_check; DROP TABLE referral;
    DROP TABLE referral_event; DROP TABLE referral_state; DROP TABLE task; DROP INDEX door_state_moved_in;
    DROP INDEX right_item_asked; DROP INDEX right_item_followed; ALTER TABLE right_item DROP COLUMN follow_up;
    ALTER TABLE right_item DROP COLUMN follow_up_at; DROP TABLE carried; DROP TABLE doubted;
    DROP TABLE trust; DROP TABLE verbatim; DROP TABLE action; DROP TABLE tally;
    DROP TABLE alias; DROP TABLE merged;
    ALTER TABLE right_item DROP COLUMN right_key; ALTER TABLE right_item DROP COLUMN non_take_up;
    ALTER TABLE right_item DROP COLUMN motive; DROP INDEX household_opened; ALTER TABLE household DROP COLUMN sector;
    ALTER TABLE household DROP COLUMN known_by; ALTER TABLE household DROP COLUMN last_contact;
    ALTER TABLE household DROP COLUMN needs; DROP INDEX diagnosis_closed; ALTER TABLE diagnosis DROP COLUMN sector;
    DROP TABLE right_status; PRAGMA user_version = 4;";

#[test]
fn an_update_shows_what_newer_tablets_had_written() {
    let place = Place::new();
    let mut store = place.open();
    arrive(&mut store, &shuffled(history(5), 5), 5);
    let written = tables::projections(&place.path());
    assert!(!written["referral"].is_empty() && !written["task"].is_empty(), "there is something to show");
    drop(store);
    connect(&place.path(), &tables::key()).unwrap().execute_batch(BEFORE_REFERRALS).unwrap();
    drop(place.open());
    tables::same(&written, &tables::projections(&place.path()), "after the update");
    drop(place.open());
    tables::same(&written, &tables::projections(&place.path()), "and at the next opening");
}

#[test]
fn any_order_of_arrival_shows_the_same() {
    for seed in 100..108 {
        let mut shown: Option<Tables> = None;
        for order in 0..3 {
            let place = Place::new();
            let mut store = place.open();
            arrive(&mut store, &shuffled(history(seed), order), order);
            let mut tables = tables::projections(&place.path());
            // The index numbers items by arrival.
            tables.retain(|name, _| name != "search_item" && name != "search_use");
            if let Some(shown) = &shown {
                tables::same(shown, &tables, &format!("order {order}, seed {seed}"));
            }
            shown = Some(tables);
        }
    }
}

#[test]
fn a_scope_dropped_leaves_no_projection_behind() {
    let place_of_store = Place::new();
    let mut store = place_of_store.open();
    arrive(&mut store, &history(5), 5);
    store.drop_scope(&file()).unwrap();
    digests_hold_but(&store, &file());
    let tables = tables::projections(&place_of_store.path());
    for table in ["household", "person", "agreement", "visit_note"] {
        assert!(tables[table].is_empty(), "no row of {table} is left");
    }
    let person = RecordType::Person.number().to_string();
    assert!(!tables["search_use"].iter().any(|row| row.starts_with(&format!("{person} |"))), "nor a name in the index");
}

#[test]
fn a_record_that_the_server_has_elsewhere_goes_there() {
    let place_of_store = Place::new();
    let mut store = place_of_store.open();
    arrive(&mut store, &history(5), 5);
    let id = id(RecordType::VisitNote, 0);
    let mine = store.record(id).unwrap().unwrap();
    let elsewhere = ScopeKey::Team { structure: Uuid::from_u128(5) };
    let theirs = RecordState { scope: elsewhere, ..mine.clone() };
    assert_ne!(mine.scope, elsewhere);
    store.settle(vec![(id, Some(theirs.clone()))]).unwrap();
    assert_eq!(store.record(id).unwrap(), Some(theirs), "it is read as the server has it");
    digests_hold(&store, "of both scopes");
    let page = store.record_page(&elsewhere, None, 10).unwrap();
    assert_eq!(page.rows.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [id], "and told with its new scope");
}

fn digests_hold_but(store: &Store, dropped: &ScopeKey) {
    for (scope, _) in store.scopes().unwrap() {
        assert_ne!(&scope, dropped, "the scope is held no more");
        assert_eq!(store.digest(&scope).unwrap(), store.digest_from_rows(&scope).unwrap(), "{scope} is untouched");
    }
}
