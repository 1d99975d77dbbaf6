//! What the values of a field mean, class by class.

use palier_sync::resolve::{agreement, claim, elements, latest, others, shown, total};
use palier_sync::{FieldClass, FieldState, Head, Value};

use super::{head, id};

fn field(heads: Vec<Head>) -> FieldState {
    FieldState { heads, past: Vec::new() }
}

#[test]
fn the_latest_is_shown_and_the_others_wait() {
    let two = field(vec![
        head(id(1, 1, 0), 30, Value::text("b")),
        head(id(2, 1, 0), 50, Value::text("a")),
        head(id(3, 1, 0), 40, Value::text("c")),
        head(id(4, 1, 0), 20, Value::text("b")),
        head(id(5, 1, 0), 10, Value::text("a")),
    ]);
    assert_eq!(latest(&two).unwrap().id, id(2, 1, 0), "the greatest stamp");
    assert_eq!(latest(&field(Vec::new())), None, "nothing was written");
    let waiting: Vec<_> = others(&two).iter().map(|head| head.value.as_text().to_owned()).collect();
    assert_eq!(waiting, ["c", "b"], "newest first, each once, the shown one left out");
    assert!(others(&field(Vec::new())).is_empty(), "nothing waits where nothing was written");
    let same = [head(id(1, 1, 0), 5, Value::Int(1)), head(id(1, 1, 1), 5, Value::Int(2))];
    assert_eq!(latest(&field(same.to_vec())).unwrap().id.part, 1, "of one stamp, the greatest name");
    for class in [FieldClass::Lww, FieldClass::KeepAll, FieldClass::Append] {
        assert_eq!(shown(class, &two), Value::text("a"), "{class:?}");
        assert_eq!(shown(class, &field(Vec::new())), Value::Null, "{class:?}, unwritten");
    }
}

#[test]
fn a_set_is_what_nobody_took_out() {
    let set = field(vec![
        head(id(1, 1, 0), 1, Value::text("housing")),
        head(id(2, 1, 0), 2, Value::text("health")),
        head(id(3, 1, 0), 3, Value::text("housing")),
        head(id(4, 1, 0), 4, Value::Null),
    ]);
    assert_eq!(elements(&set), ["health", "housing"], "sorted, each once");
    assert_eq!(shown(FieldClass::Set, &set), Value::text("health,housing"), "as a screen reads it");
}

#[test]
fn a_counter_is_the_newest_of_each() {
    let count = |replica, sequence, count| head(id(replica, sequence, 0), 1, Value::Int(count));
    for heads in
        [vec![count(1, 1, 3), count(1, 2, 5), count(2, 1, 10)], vec![count(2, 1, 10), count(1, 2, 5), count(1, 1, 3)]]
    {
        assert_eq!(total(&field(heads)), 15, "the newest of each replica, in whatever order");
    }
    assert_eq!(shown(FieldClass::Counter, &field(vec![count(1, 1, 3)])), Value::Int(3), "as a screen reads it");
}

#[test]
fn a_claim_is_the_first_that_stands() {
    let claimed = field(vec![
        head(id(1, 1, 0), 1, Value::Null),
        head(id(2, 1, 0), 3, Value::text("late")),
        head(id(3, 1, 0), 2, Value::text("first")),
    ]);
    assert_eq!(claim(&claimed).unwrap().id, id(3, 1, 0), "what was given up claims nothing");
    assert_eq!(shown(FieldClass::Claim, &claimed), Value::text("first"), "as a screen reads it");
    assert_eq!(shown(FieldClass::Claim, &field(Vec::new())), Value::Null, "nobody claims it");
}

#[test]
fn an_agreement_is_the_most_protective() {
    let of = |codes: &[&str]| {
        let heads = codes.iter().zip(1..).map(|(code, n)| head(id(n, 1, 0), u64::from(n), Value::text(code)));
        field(heads.collect())
    };
    assert_eq!(agreement(&of(&["refused", "granted"])).code(), "refused", "whatever the clocks");
    assert_eq!(agreement(&of(&["granted", "restricted"])).code(), "restricted", "the most protective");
    assert_eq!(agreement(&of(&[])).code(), "unknown", "nobody was asked");
    assert_eq!(shown(FieldClass::Agreement, &of(&["granted", "withdrawn"])), Value::text("withdrawn"), "and is shown");
}
