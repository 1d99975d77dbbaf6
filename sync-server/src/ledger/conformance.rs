//! The one suite that every ledger must pass: gapless sequences, exactly once, safe cursors, refusals, erasure.
//!
//! It panics with what does not hold: it is called by the tests of each implementation.
#![allow(
    clippy::panic,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a suite of tests"
)]

use palier_sync::wire::{Batch, RefusalReason};
use palier_sync::{Body, Change, Dot, Edit, RecordType, ScopeKey, Stamp, Value, clock};
use uuid::Uuid;

use super::{Author, Ledger, LedgerError, PageLimits};

const NOW: i64 = 1_795_500_000_000;
const SECTOR: Uuid = Uuid::from_u128(77);
const ALL: PageLimits = PageLimits { changes: 1_000, bytes: 1 << 20 };

fn scope() -> ScopeKey {
    ScopeKey::Place { sector: SECTOR }
}

fn author(replica: u32) -> Author {
    Author { replica, scopes: vec![scope()], clock_ms: NOW }
}

fn change(replica: u32, sequence: u64, record: u128, text: &str) -> Change {
    Change {
        dot: Dot { replica, sequence },
        stamp: Stamp { time: clock::ntp_of(NOW) + sequence, replica },
        effective: None,
        scope: scope(),
        record: Uuid::from_u128(record),
        kind: RecordType::Building.number(),
        body: Body::Set(vec![Edit { field: 8, value: Value::text(text), bases: vec![] }]),
    }
}

fn batch(changes: &[Change]) -> Batch {
    let replica = changes.first().map_or(1, |change| change.dot.replica);
    Batch { replica, changes: serde_json::to_string(changes).expect("JSON"), signature: "s".to_owned() }
}

fn run(from: u64, count: u64) -> Vec<Change> {
    (from..from + count).map(|sequence| change(1, sequence, u128::from(sequence), "x")).collect()
}

/// Runs the whole suite; `fresh` makes an empty ledger each time it is called.
pub fn all(fresh: &mut dyn FnMut() -> Box<dyn Ledger>) {
    exactly_once(fresh().as_mut());
    pages_end_where_they_should(fresh);
    refusals_are_consumed_and_repeated(fresh().as_mut());
    erasure_leaves_a_hole(fresh().as_mut());
    a_clock_ahead_is_moved_once(fresh().as_mut());
    forged_batches_are_refused_whole(fresh().as_mut());
    a_tablet_gives_nobody_a_role(fresh().as_mut());
}

fn exactly_once(ledger: &mut dyn Ledger) {
    let first = ledger.consume(&batch(&run(1, 5)), &author(1), NOW).expect("accepted");
    assert_eq!((first.last, first.accepted.len()), (5, 5), "five changes, each once");
    let again = ledger.consume(&batch(&run(1, 5)), &author(1), NOW).expect("accepted");
    assert_eq!((again.last, again.accepted.len()), (5, 0), "a repeated batch adds nothing (I5)");
    let overlap = ledger.consume(&batch(&run(4, 4)), &author(1), NOW).expect("accepted");
    assert_eq!((overlap.last, overlap.accepted.len()), (7, 2), "what overlaps is ignored, what follows is taken");
    let gap = ledger.consume(&batch(&run(9, 1)), &author(1), NOW);
    assert!(matches!(gap, Err(LedgerError::Gap { expected: 8 })), "a gap says what is expected");
    assert_eq!(ledger.heads().expect("heads"), vec![(scope(), 7)], "the sequence of the scope has no gap (I6)");
}

fn pages_end_where_they_should(fresh: &mut dyn FnMut() -> Box<dyn Ledger>) {
    let limits = PageLimits { changes: 10, bytes: 1 << 20 };
    for count in [0, 1, 9, 10, 11, 20] {
        let mut ledger = fresh();
        if count > 0 {
            ledger.consume(&batch(&run(1, count)), &author(1), NOW).expect("accepted");
        }
        let (mut since, mut seen, mut pages) = (0, 0, 0);
        loop {
            let page = ledger.page(&scope(), since, None, limits).expect("page");
            seen += page.changes.len() as u64;
            pages += 1;
            since = page.scanned;
            if !page.more {
                break;
            }
            assert!(pages < 10, "pages end");
        }
        assert_eq!((seen, since), (count, count), "{count} changes by pages of ten are all seen, once");
    }
    let mut ledger = fresh();
    ledger.consume(&batch(&run(1, 3)), &author(1), NOW).expect("accepted");
    let page = ledger.page(&scope(), 0, Some(1), ALL).expect("page");
    assert_eq!((page.changes.len(), page.scanned), (0, 3), "one's own changes are left out and scanned over");
    let small = PageLimits { changes: 10, bytes: 1 };
    let page = ledger.page(&scope(), 0, None, small).expect("page");
    assert_eq!((page.changes.len(), page.more), (1, true), "a page holds at least one change");
}

fn refusals_are_consumed_and_repeated(ledger: &mut dyn Ledger) {
    let mut elsewhere = change(1, 2, 2, "x");
    elsewhere.scope = ScopeKey::Place { sector: Uuid::from_u128(99) };
    let mut not_home = change(1, 3, 3, "x");
    not_home.kind = RecordType::Household.number();
    let mut moved = change(1, 4, 1, "x");
    moved.kind = RecordType::Door.number();
    let long = change(1, 5, 5, &"x".repeat(10_000));
    let changes = [change(1, 1, 1, "x"), elsewhere, not_home, moved, long, change(1, 6, 6, "x")];
    let expected = vec![
        (2, RefusalReason::NotAllowed),
        (3, RefusalReason::Invalid),
        (4, RefusalReason::Invalid),
        (5, RefusalReason::Invalid),
    ];
    for turn in ["first", "repeated"] {
        let answer = ledger.consume(&batch(&changes), &author(1), NOW).expect("consumed");
        assert_eq!(answer.last, 6, "{turn}: a refused change blocks nothing (I7)");
        assert_eq!(answer.refused, expected, "{turn}: each refusal says why");
    }
    assert_eq!(ledger.page(&scope(), 0, None, ALL).expect("page").changes.len(), 2, "only what was accepted is told");
}

fn erasure_leaves_a_hole(ledger: &mut dyn Ledger) {
    ledger.consume(&batch(&[change(1, 1, 1, "secret"), change(1, 2, 2, "kept")]), &author(1), NOW).expect("accepted");
    let erase = Change { body: Body::Erase, ..change(2, 1, 1, "") };
    ledger.consume(&batch(&[erase]), &author(2), NOW).expect("accepted");
    let page = ledger.page(&scope(), 0, None, ALL).expect("page");
    assert_eq!((page.changes.len(), page.scanned), (2, 3), "the place stays, what it said does not");
    assert!(!serde_json::to_string(&page.changes).expect("JSON").contains("secret"), "nothing of it is told");
    let late = ledger.consume(&batch(&[change(3, 1, 1, "secret")]), &author(3), NOW).expect("consumed");
    assert_eq!(late.refused, vec![(1, RefusalReason::Erased)], "nothing brings it back (I10)");
    assert_eq!(ledger.erased().expect("erased"), vec![Uuid::from_u128(1)], "its id is remembered");
}

fn a_clock_ahead_is_moved_once(ledger: &mut dyn Ledger) {
    let ahead = 3 * 365 * 86_400_000;
    let mut late = change(1, 1, 1, "x");
    late.stamp.time = clock::ntp_of(NOW + ahead);
    let author = Author { clock_ms: NOW + ahead, ..author(1) };
    let first = ledger.consume(&batch(std::slice::from_ref(&late)), &author, NOW).expect("accepted");
    let effective = first.restamped.first().map(|(_, time)| *time).expect("moved");
    assert!(clock::ms_of(effective) <= NOW + 1, "nothing lands in the future (I12)");
    let again = ledger.consume(&batch(&[late]), &author, NOW + 60_000).expect("accepted");
    assert_eq!(again.restamped, vec![(1, effective)], "it is decided once");
    let told = ledger.page(&scope(), 0, None, ALL).expect("page").changes;
    assert_eq!(told[0].effective, Some(effective), "and told to everyone");
}

fn forged_batches_are_refused_whole(ledger: &mut dyn Ledger) {
    let mut forged = change(1, 1, 1, "x");
    forged.dot.replica = 2;
    let mut other = batch(&[change(1, 1, 1, "x")]);
    other.replica = 2;
    let hole = [change(1, 1, 1, "x"), change(1, 3, 3, "x")];
    let nonsense = Batch { replica: 1, changes: "{".to_owned(), signature: String::new() };
    let mut relabelled = batch(&[forged]);
    relabelled.replica = 1;
    for bad in [relabelled, other, batch(&hole), nonsense, batch(&run(0, 1))] {
        assert!(matches!(ledger.consume(&bad, &author(1), NOW), Err(LedgerError::Form(_))), "refused whole: {bad:?}");
    }
    assert_eq!(ledger.last_of(1).expect("last"), 0, "nothing of them is consumed");
}

fn a_tablet_gives_nobody_a_role(ledger: &mut dyn Ledger) {
    let team = ScopeKey::Team { structure: Uuid::from_u128(5) };
    let mut role = change(1, 1, 1, "mediator");
    (role.scope, role.kind) = (team, RecordType::Profile.number());
    let author = Author { scopes: vec![team], ..author(1) };
    let answer = ledger.consume(&batch(&[role]), &author, NOW).expect("consumed");
    assert_eq!(answer.refused, vec![(1, RefusalReason::NotAllowed)], "roles are the coordinators' to give");
}
