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

mod compaction;

use palier_sync::wire::{Batch, RefusalReason};
use palier_sync::{Body, Change, Dot, Edit, RecordType, ScopeKey, Stamp, Value, clock};
use uuid::Uuid;

use super::{Author, Erasure, Ledger, LedgerError, PageLimits};

const NOW: i64 = 1_795_500_000_000;
const SECTOR: Uuid = Uuid::from_u128(77);
const ALL: PageLimits = PageLimits { changes: 1_000, bytes: 1 << 20 };

fn scope() -> ScopeKey {
    ScopeKey::Place { sector: SECTOR }
}

fn files() -> ScopeKey {
    ScopeKey::File { sector: SECTOR, structure: Uuid::from_u128(78) }
}

fn author(replica: u32) -> Author {
    Author { replica, scopes: vec![scope(), files(), team()], clock_ms: NOW, coordinates: false, relayed: false }
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

fn team() -> ScopeKey {
    ScopeKey::Team { structure: Uuid::from_u128(78) }
}

/// A change to a person: what may be erased.
fn named(replica: u32, sequence: u64, record: u128, text: &str) -> Change {
    let kind = RecordType::Person.number();
    Change { scope: files(), kind, ..change(replica, sequence, record, text) }
}

fn erasing(replica: u32, sequence: u64, record: u128) -> Change {
    Change { body: Body::Erase, ..named(replica, sequence, record, "") }
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
    places_are_never_erased(fresh().as_mut());
    a_tablet_writes_no_profile(fresh().as_mut());
    an_erasure_inside_a_batch_ends_it(fresh().as_mut());
    nothing_is_given_twice_after_a_restore(fresh().as_mut());
    who_relays_after_a_restore_closes_nothing(fresh().as_mut());
    compaction::all(fresh);
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
    ledger.consume(&batch(&[named(1, 1, 1, "secret"), named(1, 2, 2, "kept")]), &author(1), NOW).expect("accepted");
    ledger.consume(&batch(&[erasing(2, 1, 1)]), &author(2), NOW).expect("accepted");
    let page = ledger.page(&files(), 0, None, ALL).expect("page");
    assert_eq!((page.changes.len(), page.scanned), (2, 3), "the place stays, what it said does not");
    assert!(!serde_json::to_string(&page.changes).expect("JSON").contains("secret"), "nothing of it is told");
    let late = ledger.consume(&batch(&[named(3, 1, 1, "secret")]), &author(3), NOW).expect("consumed");
    assert_eq!(late.refused, vec![(1, RefusalReason::Erased)], "nothing brings it back (I10)");
    let again = ledger.consume(&batch(&[erasing(3, 2, 1)]), &author(3), NOW).expect("consumed");
    assert_eq!(
        (again.last, again.refused.len(), again.accepted.len()),
        (2, 0, 0),
        "two may erase the same: both are right"
    );
    let after = ledger.consume(&batch(&[named(1, 3, 2, "kept")]), &author(1), NOW).expect("consumed");
    assert_eq!(after.accepted.len(), 1, "what was beside the erased one goes on");
    let erasure = Erasure { record: Uuid::from_u128(1), scope: files(), kind: RecordType::Person.number() };
    assert_eq!(ledger.erased().expect("erased"), vec![erasure], "its id is remembered");
}

fn places_are_never_erased(ledger: &mut dyn Ledger) {
    ledger.consume(&batch(&run(1, 1)), &author(1), NOW).expect("accepted");
    let erase = Change { body: Body::Erase, ..change(2, 1, 1, "") };
    let answer = ledger.consume(&batch(&[erase]), &author(2), NOW).expect("consumed");
    assert_eq!(answer.refused, vec![(1, RefusalReason::Invalid)], "a building is nobody's to erase");
    assert_eq!(ledger.page(&scope(), 0, None, ALL).expect("page").changes.len(), 1, "it is told as before");
}

fn a_tablet_writes_no_profile(ledger: &mut dyn Ledger) {
    let role =
        |replica| Change { scope: team(), kind: RecordType::Profile.number(), ..change(replica, 1, 1, "mediator") };
    let answer = ledger.consume(&batch(&[role(1)]), &author(1), NOW).expect("consumed");
    assert_eq!(answer.refused, vec![(1, RefusalReason::NotAllowed)], "nobody gives themselves a role");
    let centre = Author { coordinates: true, ..author(0) };
    let answer = ledger.consume(&batch(&[role(0)]), &centre, NOW).expect("consumed");
    assert_eq!(answer.accepted.len(), 1, "the centre does");
}

fn an_erasure_inside_a_batch_ends_it(ledger: &mut dyn Ledger) {
    let changes = [named(1, 1, 1, "secret"), erasing(1, 2, 1), named(1, 3, 1, "secret"), named(1, 4, 2, "kept")];
    for turn in ["first", "repeated"] {
        let answer = ledger.consume(&batch(&changes), &author(1), NOW).expect("consumed");
        assert_eq!(answer.last, 4, "{turn}: all of it is consumed");
        assert_eq!(answer.refused, vec![(3, RefusalReason::Erased)], "{turn}: what follows the erasure is refused");
    }
    let told = serde_json::to_string(&ledger.page(&files(), 0, None, ALL).expect("page").changes).expect("JSON");
    assert!(!told.contains("secret") && told.contains("kept"), "only what was not erased is told");
}

fn nothing_is_given_twice_after_a_restore(ledger: &mut dyn Ledger) {
    ledger.consume(&batch(&run(1, 5)), &author(1), NOW).expect("accepted");
    ledger.consume(&batch(&[change(0, 1, 50, "x")]), &author(0), NOW).expect("accepted");
    ledger.skip_ahead(&[1, 2], NOW).expect("skipped");
    let (head, page) = (ledger.heads().expect("heads")[0].1, ledger.page(&scope(), 0, None, ALL).expect("page"));
    assert_eq!((page.changes.len(), page.scanned, page.more), (6, head, false), "a page ends at the head, not before");
    let own = ledger.last_of(0).expect("last");
    assert!(own > 1, "names that the server may have given since the copy are left unused");
    // The copy knows 5 of the 9 changes that this tablet was told are durable; another was never heard before the copy.
    let next = ledger.consume(&batch(&run(10, 2)), &author(1), NOW).expect("accepted");
    assert_eq!((next.last, next.accepted.len()), (11, 2), "the tablet goes on from where it is");
    let other = ledger.consume(&batch(&[change(2, 4, 60, "x")]), &author(2), NOW).expect("accepted");
    assert_eq!(other.last, 4, "and so does one that the copy never heard");
    let gap = ledger.consume(&batch(&run(13, 1)), &author(1), NOW);
    assert!(matches!(gap, Err(LedgerError::Gap { expected: 12 })), "once: a later gap is a gap");
    let (head, seen) = (ledger.heads().expect("heads")[0].1, ledger.page(&scope(), 6, None, ALL).expect("page"));
    assert!(head > 1_000, "a cursor of before the restore stays behind what comes");
    assert_eq!((seen.changes.len(), seen.scanned), (3, head), "so that it is told");
    assert!(head > NOW.unsigned_abs(), "and so does one that another restore of the same copy gave");
    // A scope that this copy never heard of may have begun since.
    let begun = Change { scope: files(), kind: 20, ..change(1, 12, 70, "x") };
    ledger.consume(&batch(&[begun]), &author(1), NOW).expect("accepted");
    let heads = ledger.heads().expect("heads");
    assert!(heads.iter().all(|(_, head)| *head > NOW.unsigned_abs()), "a scope begins after what it may have given");
}

fn who_relays_after_a_restore_closes_nothing(ledger: &mut dyn Ledger) {
    ledger.consume(&batch(&run(1, 2)), &author(1), NOW).expect("accepted");
    ledger.skip_ahead(&[1], NOW).expect("skipped");
    let relayed = Author { relayed: true, ..author(1) };
    let gap = ledger.consume(&batch(&run(5, 1)), &relayed, NOW);
    assert!(
        matches!(gap, Err(LedgerError::Gap { expected: 3 })),
        "only the author knows what it does not bring any more"
    );
    let brought = ledger.consume(&batch(&run(3, 1)), &relayed, NOW).expect("accepted");
    assert_eq!(brought.last, 3, "what follows is taken from anyone");
    let own = ledger.consume(&batch(&run(9, 2)), &author(1), NOW).expect("accepted");
    assert_eq!(own.last, 10, "and the author still goes on from where it is");
    let gap = ledger.consume(&batch(&run(12, 1)), &author(1), NOW);
    assert!(matches!(gap, Err(LedgerError::Gap { expected: 11 })), "once");
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
