//! Whatever is hidden, what is certain is true, the amount lies in the range, and asking ends.

use palier_rights::diagnosis::Amounts;
use palier_rights::next::next_questions;
use palier_rights::pack::Pack;
use palier_rights::partial::{Status, outcomes};
use palier_rights::reading::{Completeness, read};
use serde_json::Value;

use super::hiding::{Dice, answer, hide, hide_all};
use super::{NOVEMBER, oracle_pack, own, shared};

/// Checks one household with some of its answers hidden.
fn check(pack: &Pack, id: &Value, full: &Value, hidden: &Value) {
    let Ok(truth) = read(full, NOVEMBER, Completeness::Full) else { return };
    let partial = read(hidden, NOVEMBER, Completeness::Partial).unwrap_or_else(|refused| panic!("{id}: {refused}"));
    let exact = outcomes(pack, &truth, NOVEMBER);
    let ranges = outcomes(pack, &partial, NOVEMBER);
    for (exact, range) in exact.iter().zip(&ranges) {
        let key = range.right.key;
        let (lo, hi) = range.amount.cents();
        let (amount, _) = exact.amount.cents();
        assert!(lo <= amount && amount <= hi, "{id} {key}: {amount} lies outside {lo}..{hi}\n{hidden}");
        match range.status {
            Status::Claimable | Status::NotClaimable => {
                assert_eq!(range.status, exact.status, "{id} {key}: a definite status is never wrong\n{hidden}");
            }
            _ => assert_ne!(range.missing, 0, "{id} {key}: an undecided right names what would decide\n{hidden}"),
        }
        let told = range.status != Status::NotClaimable || !range.reasons.is_empty();
        assert!(told, "{id} {key}: what cannot be had says why");
    }
}

fn check_all(records: &[Value]) {
    let packs = [Pack::france().unwrap(), oracle_pack()];
    for (index, record) in records.iter().enumerate() {
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (index as u64 + 1));
        let odds = 1 + dice.below(100);
        let hidden = hide(&record["inputs"], odds, &mut dice);
        check(&packs[index % 2], &record["id"], &record["inputs"], &hidden);
        // A few answers missing is where a definite status is most often given.
        let hidden = hide(&record["inputs"], 6, &mut dice);
        check(&packs[(index + 1) % 2], &record["id"], &record["inputs"], &hidden);
    }
}

#[test]
fn whatever_is_hidden_nothing_certain_is_wrong() {
    check_all(&own());
    for file in ["dev.jsonl", "limites_dev.jsonl"] {
        if let Some(records) = shared(file) {
            check_all(&records);
        }
    }
}

#[test]
fn answering_what_is_asked_ends_with_every_status_decided() {
    let pack = Pack::france().unwrap();
    let records = shared("dev.jsonl").unwrap_or_else(own);
    for record in records.iter().step_by(40) {
        let mut hidden = hide_all(&record["inputs"]);
        for round in 0.. {
            assert!(round < 128, "{}: asking ends", record["id"]);
            let household = read(&hidden, NOVEMBER, Completeness::Partial).unwrap();
            let found = outcomes(&pack, &household, NOVEMBER);
            let next = next_questions(&household, &found);
            let Some(best) = next.first() else {
                let open = found.iter().filter(|outcome| outcome.status.is_open()).count();
                assert_eq!(open, 0, "{}: with nothing left to ask everything is decided", record["id"]);
                break;
            };
            answer(&mut hidden, &record["inputs"], best.question);
        }
    }
}

#[test]
fn the_exact_amounts_are_those_of_complete_answers() {
    for record in own() {
        let full = read(&record["inputs"], NOVEMBER, Completeness::Full).unwrap();
        let amounts = Amounts::of(&Pack::france().unwrap(), &full, NOVEMBER);
        assert!(amounts.rsa.is_exact() && amounts.ppa.is_exact(), "complete answers leave nothing open");
    }
}
