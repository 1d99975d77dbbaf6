//! Bodies on the wire: compressed, refused when they are not of the form.

use super::*;

fn request() -> SyncRequest {
    let changes = concat!(
        r#"[{"dot":{"replica":5,"sequence":41},"stamp":{"time":7710918234112345000,"replica":5},"#,
        r#""scope":"place:0b9f2f6c-7d0f-5d0a-9a4e-0f4a5a3c2b1d","record":"01939f00-1111-7222-8333-444455556666","#,
        r#""kind":13,"body":{"set":[{"f":1,"v":{"t":"3a9b1338-a726-58f4-8b5a-84ff8ca403b4"}},{"f":2,"v":{"t":"no_answer"}}]}}]"#
    );
    let batch = Batch { replica: 5, changes: changes.to_owned(), signature: "7e8be2ad".repeat(16) };
    SyncRequest {
        protocol: PROTOCOL,
        clock_ms: 1_795_410_744_568,
        app_version: "0.1.0".to_owned(),
        left_to_send: 0,
        batches: vec![batch],
        cursors: Vec::new(),
        columns: true,
        snapshots: true,
        records: Vec::new(),
        buckets: Vec::new(),
        roster: None,
    }
}

#[test]
fn the_dictionary_halves_a_small_request() {
    let (with, without) = (encode(&request(), true).unwrap(), encode(&request(), false).unwrap());
    assert!(has_dictionary(&with) && !has_dictionary(&without), "a body says what it was compressed with");
    assert!(with.len() * 2 < without.len(), "{} bytes with, {} without", with.len(), without.len());
    for bytes in [with, without] {
        assert_eq!(decode::<SyncRequest>(&bytes).unwrap(), request(), "both read");
    }
}

#[test]
fn a_body_with_the_dictionary_of_another_version_says_so() {
    let mut bytes = encode(&request(), true).unwrap();
    // Magic number, frame descriptor, then the dictionary's number where the content size says "unknown or one segment".
    let own = get_dict_id_from_frame(&bytes).unwrap().get().to_le_bytes();
    let place = bytes.windows(4).position(|window| window == own).unwrap();
    bytes[place] ^= 0xff;
    assert!(matches!(decode::<SyncRequest>(&bytes), Err(WireFault::Dictionary(_))), "not taken for a damaged body");
}

#[test]
fn an_asker_that_reads_rows_is_told_rows() {
    let old: SyncRequest =
        serde_json::from_str(r#"{"protocol":1,"clock_ms":0,"app_version":"0","left_to_send":0}"#).unwrap();
    assert!(!old.columns, "columns are asked for, never assumed");
}
