//! Compaction: the same state from anywhere (I13), the same answers, and nothing left of what was replaced or erased.

use std::collections::BTreeMap;

use palier_sync::{HeadId, RecordState};

use super::*;

pub(super) fn all(fresh: &mut dyn FnMut() -> Box<dyn Ledger>) {
    for most in [1, 3, 1_000] {
        whoever_goes_on_from_anywhere_has_the_same(fresh().as_mut(), most);
    }
    what_was_replaced_is_gone(fresh().as_mut());
    what_came_before_is_answered_again(fresh().as_mut());
    what_was_compacted_is_erased(fresh().as_mut());
    its_author_is_told_what_it_gathered(fresh().as_mut());
}

/// Compacts to the end, in steps; says how many changes are gone.
fn compact(ledger: &mut dyn Ledger, of: &ScopeKey, up_to: u64, most: usize) -> u64 {
    let (mut after, mut gone) = (0, 0);
    while after < up_to {
        let done = ledger.compact(of, after, up_to, most).expect("compacted");
        assert!(done.reached > after, "each step comes further");
        (after, gone) = (done.reached, gone + done.gone);
    }
    gone
}

/// A note of a person that replaces others; in a scope whose records may be erased.
fn note(replica: u32, sequence: u64, record: u128, text: &str, bases: &[(u32, u64)]) -> Change {
    let bases =
        bases.iter().map(|(replica, sequence)| HeadId { dot: Dot { replica: *replica, sequence: *sequence }, part: 0 });
    let body = Body::Set(vec![Edit { field: 8, value: Value::text(text), bases: bases.collect() }]);
    Change { body, ..named(replica, sequence, record, "") }
}

fn take(ledger: &mut dyn Ledger, changes: &[Change]) {
    let replica = changes[0].dot.replica;
    let taken = ledger.consume(&batch(changes), &author(replica), NOW).expect("consumed");
    assert_eq!(taken.refused, vec![], "all are accepted");
}

fn read(ledger: &dyn Ledger, since: u64) -> Vec<Change> {
    let (mut since, mut changes) = (since, Vec::new());
    loop {
        let page = ledger.page(&files(), since, None, PageLimits { changes: 2, bytes: 1 << 20 }).expect("page");
        changes.extend(page.changes);
        since = page.scanned;
        if !page.more {
            return changes;
        }
    }
}

fn fold<'a>(changes: impl IntoIterator<Item = &'a Change>) -> BTreeMap<Uuid, RecordState> {
    let mut records: BTreeMap<Uuid, RecordState> = BTreeMap::new();
    for change in changes {
        records.entry(change.record).or_insert_with(|| RecordState::new(change.scope, change.kind)).apply(change);
    }
    records
}

/// Two people's notes: written one after another, at the same time, by way of another tablet before what they replace.
fn history(ledger: &mut dyn Ledger) {
    take(ledger, &[note(1, 1, 1, "one", &[]), note(1, 2, 2, "other", &[])]);
    take(ledger, &[note(2, 1, 1, "two", &[(1, 1)]), note(2, 2, 1, "came before three", &[(3, 1)])]);
    take(ledger, &[note(3, 1, 1, "three", &[(2, 1)]), note(3, 2, 2, "beside", &[])]);
    take(ledger, &[note(1, 3, 2, "both", &[(1, 2), (3, 2)])]);
}

fn whoever_goes_on_from_anywhere_has_the_same(ledger: &mut dyn Ledger, most: usize) {
    history(ledger);
    let before = read(ledger, 0);
    let (whole, head) = (fold(&before), before.len() as u64);
    for up_to in 1..=head {
        compact(ledger, &files(), up_to, most);
        for c in 0..=before.len() {
            let rest = read(ledger, c as u64);
            assert_eq!(fold(before[..c].iter().chain(&rest)), whole, "compacted up to {up_to}, read up to {c} (I13)");
        }
        assert_eq!(ledger.heads().expect("heads"), vec![(files(), head)], "the sequence stays");
    }
    let rest = read(ledger, 0);
    assert!(rest.len() < before.len(), "and less is left: {} of {}", rest.len(), before.len());
    assert_eq!(ledger.count().expect("count"), rest.len() as u64, "which is what is counted");
    compact(ledger, &files(), head, most);
    assert_eq!(read(ledger, 0), rest, "doing it again changes nothing");
}

fn what_was_replaced_is_gone(ledger: &mut dyn Ledger) {
    take(ledger, &[note(1, 1, 1, "replaced", &[])]);
    take(ledger, &[note(2, 1, 1, "stands", &[(1, 1)])]);
    take(ledger, &[note(2, 2, 1, "newer", &[(2, 1)])]);
    assert_eq!(compact(ledger, &files(), 2, 10), 1, "what was replaced up to there");
    let told = serde_json::to_string(&read(ledger, 0)).expect("JSON");
    assert!(!told.contains("replaced") && told.contains("stands") && told.contains("newer"), "and nothing else");
}

fn what_came_before_is_answered_again(ledger: &mut dyn Ledger) {
    let ahead = 3 * 365 * 86_400_000;
    let mut changes = [note(1, 1, 1, "x", &[]), note(1, 2, 1, "y", &[(1, 1)])];
    changes[0].stamp.time = clock::ntp_of(NOW + ahead);
    let moved = Author { clock_ms: NOW + ahead, ..author(1) };
    let first = ledger.consume(&batch(&changes), &moved, NOW).expect("consumed");
    assert!(!first.restamped.is_empty(), "its clock runs ahead");
    compact(ledger, &files(), 2, 10);
    let again = ledger.consume(&batch(&changes), &moved, NOW).expect("consumed");
    let answer = (again.last, again.accepted.len(), again.restamped);
    assert_eq!(answer, (2, 0, first.restamped), "a repeated batch is answered as before (I5)");
    let gap = ledger.consume(&batch(&[note(1, 4, 1, "z", &[])]), &author(1), NOW);
    assert!(matches!(gap, Err(LedgerError::Gap { expected: 3 })), "and a gap is a gap");
}

fn what_was_compacted_is_erased(ledger: &mut dyn Ledger) {
    take(ledger, &[note(1, 1, 1, "secret", &[]), note(1, 2, 2, "kept", &[])]);
    compact(ledger, &files(), 2, 10);
    take(ledger, &[erasing(2, 1, 1)]);
    let told = serde_json::to_string(&read(ledger, 0)).expect("JSON");
    assert!(!told.contains("secret") && told.contains("kept"), "nothing of it is told (I10)");
    compact(ledger, &files(), 3, 10);
    let erasures = read(ledger, 0).iter().filter(|change| change.body == Body::Erase).count();
    assert_eq!(erasures, 1, "the erasure stays, for whoever was away");
    let late = ledger.consume(&batch(&[note(3, 1, 1, "secret", &[])]), &author(3), NOW).expect("consumed");
    assert_eq!(late.refused, vec![(1, RefusalReason::Erased)], "nothing brings it back");
}

fn its_author_is_told_what_it_gathered(ledger: &mut dyn Ledger) {
    take(ledger, &[note(1, 1, 1, "first", &[])]);
    take(ledger, &[note(2, 1, 1, "second", &[(1, 1)])]);
    take(ledger, &[note(3, 1, 1, "third", &[(2, 1)])]);
    take(ledger, &[note(1, 2, 1, "beside", &[])]);
    compact(ledger, &files(), 4, 10);
    // The first tablet never heard of the second's: what that one replaced is said by its own last change now.
    let page = ledger.page(&files(), 1, Some(1), ALL).expect("page");
    let own = [note(1, 1, 1, "first", &[]), note(1, 2, 1, "beside", &[])];
    let heads = fold(own.iter().chain(&page.changes))[&Uuid::from_u128(1)].field(8).ids();
    assert_eq!(heads.iter().map(|head| head.dot.replica).collect::<Vec<_>>(), vec![1, 3], "the first stands no more");
}
