//! Limits, pages, frames and columns.

use palier_sync::columns;
use palier_sync::digest::Digest;
use palier_sync::snapshot::{self, SnapshotPage};
use palier_sync::wire::{
    AskedBuckets, Cursor, ScopePage, SyncAnswer, ToldRecord, check_change, decode, decode_answer, encode,
    encode_answer, encode_page, has_dictionary,
};
use palier_sync::{Change, Edit, RecordState, Value, limits};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{SCOPE, change, edit, id};

#[test]
fn a_change_within_the_limits_passes_and_none_beyond() {
    let edits = |count: usize| change(1, 1, (0..count).map(|_| edit(1, 1, &[])).collect());
    assert_eq!(check_change(&edits(0)), Err("number of edits"), "a change sets something");
    assert_eq!((check_change(&edits(1)), check_change(&edits(limits::EDITS_MAX))), (Ok(()), Ok(())), "up to the limit");
    assert_eq!(check_change(&edits(limits::EDITS_MAX + 1)), Err("number of edits"), "and no more");
    let bases = |count: u64| change(1, 1, vec![edit(1, 1, &(0..count).map(|n| id(2, n, 0)).collect::<Vec<_>>())]);
    let most = limits::BASES_MAX as u64;
    assert_eq!((check_change(&bases(1)), check_change(&bases(most))), (Ok(()), Ok(())), "up to the limit");
    assert_eq!(check_change(&bases(most + 1)), Err("number of bases"), "and no more");
    let text = |length: usize| {
        change(1, 1, vec![Edit { field: 1, value: Value::text(&"x".repeat(length)), bases: Vec::new() }])
    };
    assert_eq!(
        (check_change(&text(1)), check_change(&text(limits::TEXT_BYTES_MAX))),
        (Ok(()), Ok(())),
        "up to the limit"
    );
    assert_eq!(check_change(&text(limits::TEXT_BYTES_MAX + 1)), Err("length of a text"), "and no more");
}

#[test]
fn what_is_asked_and_told_reads() {
    let digests = [Digest(1), Digest(u128::MAX), Digest(0)];
    let asked = AskedBuckets::of(SCOPE, &digests);
    assert_eq!((asked.scope, asked.read().unwrap()), (SCOPE, digests.to_vec()), "digests come back");
    assert_eq!(AskedBuckets { digests: "AAAA".to_owned(), ..asked }.read(), None, "three bytes are no digest");
    let mut state = RecordState::new(SCOPE, 12);
    state.apply(&change(1, 1, vec![edit(1, 10, &[])]));
    let record = Uuid::from_u128(7);
    let told = ToldRecord::of(record, Some(&state)).unwrap();
    assert_eq!((told.record, told.read().unwrap()), (record, Some(state)), "a state comes back");
    assert_eq!(ToldRecord::of(record, None).unwrap().read().unwrap(), None, "nothing comes back as nothing");
    let cursor = Cursor::at(SCOPE, 41);
    assert_eq!((cursor.scope, cursor.scanned, cursor.snapshot), (SCOPE, 41, None), "by its changes");
}

#[test]
fn a_page_goes_into_columns_and_comes_back() {
    let changes = vec![change(1, 1, vec![edit(1, 10, &[])]), change(2, 1, vec![edit(1, 20, &[id(1, 1, 0)])])];
    let plain = ScopePage { changes, scanned: 2, ..ScopePage::empty(SCOPE) };
    let mut page = plain.clone();
    page.pack();
    assert!(page.columns.is_some() && page.changes.is_empty(), "the changes are in the columns");
    page.unpack().unwrap();
    assert_eq!(page, plain, "and come back");
    let mut empty = ScopePage::empty(SCOPE);
    empty.pack();
    assert_eq!(empty, ScopePage::empty(SCOPE), "nothing needs no columns");
    assert_eq!((empty.scope, empty.scanned, empty.more), (SCOPE, 0, false), "and says nothing of its scope");
}

fn answer() -> SyncAnswer {
    SyncAnswer {
        server_ms: 5,
        challenge: "c".to_owned(),
        consumed: Vec::new(),
        refused: Vec::new(),
        restamped: Vec::new(),
        scopes: Vec::new(),
        lost_scopes: Vec::new(),
        records: Vec::new(),
        buckets: Vec::new(),
        roster: None,
        attached: Vec::new(),
    }
}

#[test]
fn an_answer_brings_its_snapshots_or_nothing() {
    let mut state = RecordState::new(SCOPE, 12);
    state.apply(&change(1, 1, vec![edit(1, 10, &[])]));
    let records = vec![(Uuid::from_u128(1), state)];
    let frame = encode_page(&snapshot::pack(&SCOPE, &records).unwrap()).unwrap();
    let page = SnapshotPage { sequence: 3, next: None, records: Vec::new() };
    let told = ScopePage { more: true, snapshot: Some(page), ..ScopePage::empty(SCOPE) };
    let whole = SyncAnswer { scopes: vec![told], attached: vec![frame.into()], ..answer() };
    for dictionary in [false, true] {
        let body = encode_answer(&whole, dictionary).unwrap();
        assert_eq!(has_dictionary(&body), dictionary, "as it was asked");
        let read = decode_answer(&body).unwrap();
        assert_eq!(read.scopes[0].snapshot.as_ref().unwrap().records, records, "the records are in it");
        assert_eq!((read.server_ms, read.challenge.as_str()), (5, "c"), "and all the rest");
        for length in 0..body.len() {
            assert!(decode_answer(&body[..length]).is_err(), "cut after {length} bytes, nothing is read by half");
        }
        let longer = [body, encode(&answer(), dictionary).unwrap()].concat();
        assert!(decode_answer(&longer).is_err(), "a frame that nobody named is refused");
    }
}

/// A body of this many bytes of JSON, in which a better level finds more.
fn body(bytes: usize) -> String {
    let mut state = 1u64;
    let words = std::iter::repeat_with(move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("{} ", (state >> 33) % 4_096)
    });
    let mut text = String::new();
    words
        .take_while(|word| {
            text.push_str(word);
            text.len() < bytes
        })
        .for_each(drop);
    text.truncate(bytes - 2);
    text
}

#[test]
fn a_large_body_is_compressed_better() {
    let at = |text: &str, level| zstd::bulk::compress(&serde_json::to_vec(text).unwrap(), level).unwrap();
    let (small, large) = (body(256 * 1_024 - 1), body(256 * 1_024));
    assert!(at(&small, 9) != at(&small, 12) && at(&large, 9) != at(&large, 12), "the levels differ on these");
    assert!(encode(&small, false).unwrap() == at(&small, 9), "below 256 KiB, the level of a tablet");
    assert!(encode(&large, false).unwrap() == at(&large, 12), "from there on, the level of a page");
    assert_eq!(decode::<String>(&encode(&large, true).unwrap()).unwrap(), large, "both read");
}

fn page() -> Json {
    let changes = [
        change(1, 1, vec![edit(1, 10, &[]), edit(2, -20, &[id(3, 1, 0)])]),
        Change { effective: Some(9), ..change(2, 1, vec![edit(1, 30, &[])]) },
    ];
    serde_json::to_value(columns::pack(&SCOPE, &changes).unwrap()).unwrap()
}

fn read(page: Json) -> Result<Vec<Change>, String> {
    let columns = serde_json::from_value(page).map_err(|error| error.to_string())?;
    columns::unpack(&SCOPE, columns).map_err(|error| error.to_string())
}

#[test]
fn nothing_is_left_over_in_columns() {
    assert_eq!(read(page()).unwrap().len(), 2, "the page itself reads");
    for (list, more) in [
        ("replica", json!(1)),
        ("sequence", json!(1)),
        ("ms", json!(1)),
        ("beyond", json!(1)),
        ("form", json!(0)),
        ("effective", json!([7, 1])),
        ("stamped_by", json!([7, 1])),
        ("bases", json!([7, 0, []])),
    ] {
        let mut page = page();
        match page.get_mut(list) {
            Some(known) => known.as_array_mut().unwrap().push(more),
            None => page[list] = json!([more]),
        }
        assert!(read(page).is_err(), "{list} has one too many");
    }
    let mut with_a_value = page();
    with_a_value["values"][0].as_array_mut().unwrap().push(json!(null));
    assert!(read(with_a_value).is_err(), "a value belongs to a change");
}

#[test]
fn a_cell_is_one_of_five() {
    let with = |cell: Json| {
        let mut page = page();
        page["values"][1][0] = cell;
        read(page).map(|changes| match &changes[0].body {
            palier_sync::Body::Set(edits) => edits[1].value.clone(),
            palier_sync::Body::Erase => panic!("it sets"),
        })
    };
    assert_eq!(with(json!(null)), Ok(Value::Null), "nothing");
    assert_eq!(with(json!(true)), Ok(Value::Bool(true)), "a boolean");
    assert_eq!(with(json!(-3)), Ok(Value::Int(-3)), "an integer");
    assert_eq!(with(json!("x")), Ok(Value::text("x")), "a text");
    assert_eq!(with(json!([0])), Ok(Value::text(&Uuid::from_u128(1).to_string())), "an identifier");
    for wrong in [json!({}), json!([]), json!([0, 0]), json!([1]), json!(u64::MAX), json!(1.5)] {
        assert!(with(wrong.clone()).is_err(), "{wrong} is none");
    }
    let told = with(json!({})).unwrap_err();
    assert!(told.contains("an integer, a text or [index]"), "who writes another client reads what is expected: {told}");
}

#[test]
fn a_page_of_the_most_changes_reads_and_none_larger() {
    let page = |count: usize| {
        let changes: Vec<Change> =
            (1..=count as u64).map(|sequence| change(1, sequence, vec![edit(1, 1, &[])])).collect();
        columns::unpack(&SCOPE, columns::pack(&SCOPE, &changes).unwrap()).map(|changes| changes.len())
    };
    assert_eq!(page(limits::PAGE_CHANGES_MAX).unwrap(), limits::PAGE_CHANGES_MAX, "a full page");
    assert_eq!(page(1).unwrap(), 1, "a short one");
    assert!(page(limits::PAGE_CHANGES_MAX + 1).is_err(), "and none larger");
}
