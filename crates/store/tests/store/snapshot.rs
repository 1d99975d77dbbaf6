//! A new copy takes the records of a scope as they stand, page by page, while the scope goes on.

use palier_store::Store;
use palier_store::snapshot::{Place, RecordPage};
use palier_sync::catalogue::{visit, visit_note};
use palier_sync::{Body, Change, Dot, Edit, RecordState, RecordType, Stamp, Value, clock, digest, limits};
use uuid::Uuid;

use crate::territory::{NOW, file};

/// A save of one field of a record, by replica 1.
fn change(sequence: u64, record: u128, kind: RecordType, field: u16, text: &str) -> Change {
    Change {
        dot: Dot { replica: 1, sequence },
        stamp: Stamp { time: clock::ntp_of(NOW) + sequence, replica: 1 },
        effective: None,
        scope: file(),
        record: Uuid::from_u128(record),
        kind: kind.number(),
        body: Body::Set(vec![Edit { field, value: Value::text(text), bases: Vec::new() }]),
    }
}

/// The records of a page.
fn states(page: &RecordPage) -> Vec<(Uuid, RecordState)> {
    page.rows.iter().map(|(id, body)| (*id, digest::unpack(body).unwrap())).collect()
}

/// Two full pages of notes to the record, and one of visits that is not full.
fn full() -> (Store, u64) {
    let mut store = Store::in_memory().unwrap();
    let notes = 2 * limits::SNAPSHOT_CHANGES_MAX as u64;
    let all = notes + 50;
    let changes: Vec<Change> = (1..=all)
        .map(|n| match n <= notes {
            true => change(n, u128::from(n), RecordType::VisitNote, visit_note::text, "Repasser jeudi"),
            false => change(n, u128::from(n), RecordType::Visit, visit::outcome, "no_answer"),
        })
        .collect();
    store.apply_page(&file(), &changes, all, NOW).unwrap();
    (store, all)
}

#[test]
fn every_record_is_in_one_page_whatever_comes_meanwhile() {
    let (mut source, mut head) = full();
    let mut copy = Store::in_memory().unwrap();
    copy.set_replica(2).unwrap();
    let (mut after, mut pages, mut taken, mut late) = (None::<Place>, 0, 0, Vec::new());
    loop {
        let page = source.record_page(&file(), after, limits::SNAPSHOT_CHANGES_MAX).unwrap();
        assert!(!page.rows.is_empty() && page.rows.len() <= limits::SNAPSHOT_CHANGES_MAX, "{}", page.rows.len());
        (pages, taken) = (pages + 1, taken + page.rows.len());
        let next = page.last.map(|place| format!("{place:?}"));
        assert_eq!(next.is_none(), page.last.is_none());
        copy.take_snapshot(&file(), states(&page), head, next.clone()).unwrap();
        let reached = copy.snapshot_reached(&file()).unwrap();
        assert_eq!(reached.as_ref().map(|reached| &reached.next), next.as_ref(), "it goes on from there after a stop");
        assert!(
            reached.is_none_or(|reached| reached.sequence <= head - late.len() as u64),
            "only what every page holds"
        );
        // The same page again, as after an answer that was lost, changes nothing.
        if pages == 1 {
            let before = copy.digest(&file()).unwrap();
            copy.take_snapshot(&file(), states(&page), head, next).unwrap();
            assert_eq!(copy.digest(&file()).unwrap(), before);
        }
        // Meanwhile a record that was told changes, and another comes.
        for (record, text) in [(1, "Repassé"), (u128::from(head) + 50_000, "Nouveau")] {
            head += 1;
            late.push(change(head, record, RecordType::VisitNote, visit_note::text, text));
        }
        let last_two = &late[late.len() - 2..];
        source.apply_page(&file(), last_two, head, NOW).unwrap();
        match page.last {
            Some(place) => after = Some(place),
            None => break,
        }
    }
    assert_eq!(pages, 3, "{taken} records");
    let (_, scanned) = copy.scopes().unwrap().into_iter().find(|(scope, _)| *scope == file()).unwrap();
    assert_eq!(scanned, head - late.len() as u64, "what came during the snapshot is still to be read");
    copy.apply_page(&file(), &late, head, NOW).unwrap();
    assert_eq!(copy.digest(&file()).unwrap(), source.digest(&file()).unwrap());
    assert_eq!(copy.digest(&file()).unwrap(), copy.digest_from_rows(&file()).unwrap(), "counted in the transaction");
}

#[test]
fn what_was_written_here_stands_beside_what_the_snapshot_tells() {
    let (source, head) = full();
    let mut copy = Store::in_memory().unwrap();
    copy.set_replica(2).unwrap();
    copy.write::<_, palier_store::StoreError>(NOW, |draft| {
        draft.set(file(), Uuid::from_u128(1), RecordType::VisitNote, &[(visit_note::text, Value::text("À moi"))])
    })
    .unwrap();
    let page = source.record_page(&file(), None, limits::SNAPSHOT_CHANGES_MAX).unwrap();
    copy.take_snapshot(&file(), states(&page), head, Some("next".to_owned())).unwrap();
    let state = copy.record(Uuid::from_u128(1)).unwrap().unwrap();
    assert_eq!(state.field(visit_note::text).heads.len(), 2, "both stand");
    assert_eq!(copy.pending().unwrap().changes, 1, "it still waits to be sent");
    assert_eq!(copy.digest(&file()).unwrap(), copy.digest_from_rows(&file()).unwrap());
}

#[test]
fn an_erased_record_is_told_as_erased() {
    let (mut source, head) = full();
    let erase = Change { body: Body::Erase, ..change(head + 1, 1, RecordType::VisitNote, 1, "") };
    source.apply_page(&file(), &[erase], head + 1, NOW).unwrap();
    let mut copy = Store::in_memory().unwrap();
    copy.apply(&[change(1, 1, RecordType::VisitNote, visit_note::text, "Repasser jeudi")], NOW).unwrap();
    let page = source.record_page(&file(), None, limits::SNAPSHOT_CHANGES_MAX).unwrap();
    let applied = copy.take_snapshot(&file(), states(&page), head + 1, None).unwrap();
    assert_eq!(applied.erased, [Uuid::from_u128(1)]);
    assert!(copy.record(Uuid::from_u128(1)).unwrap().unwrap().fields.is_empty());
}
