//! Agreement with the oracle, by the pack that reproduces it. Each output has its own count.

use std::collections::BTreeMap;

use palier_rights::diagnosis::Amounts;
use palier_rights::oracle_shape::Outputs;
use palier_rights::reading::{Completeness, read};
use serde_json::Value;

use super::{NOVEMBER, oracle_pack, own, shared};

/// Every leaf of the outputs under its path.
fn leaves(path: &str, value: &Value, found: &mut BTreeMap<String, Vec<Value>>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                leaves(&format!("{path}/{key}"), value, found);
            }
        }
        Value::Array(values) => values.iter().for_each(|value| leaves(path, value, found)),
        leaf => found.entry(path.to_owned()).or_default().push(leaf.clone()),
    }
}

fn close(path: &str, ours: &Value, theirs: &Value) -> bool {
    let tolerance = if path.ends_with("aide_logement") { 1.0 } else { 0.5 };
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(ours), Some(theirs)) => (ours - theirs).abs() <= tolerance,
        _ => ours == theirs,
    }
}

/// Share of the households that agree, for each output; a refused household agrees on nothing.
fn agreement(records: &[Value]) -> BTreeMap<String, f64> {
    let pack = oracle_pack();
    let mut agreed: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        let mut theirs = BTreeMap::new();
        leaves("", &record["outputs"], &mut theirs);
        let mut ours = BTreeMap::new();
        if let Ok(household) = read(&record["inputs"], NOVEMBER, Completeness::Full) {
            let amounts = Amounts::of(&pack, &household, NOVEMBER);
            leaves("", &serde_json::to_value(Outputs::of(&amounts, &household, NOVEMBER)).unwrap(), &mut ours);
        }
        for (path, theirs) in theirs {
            let ours = ours.get(&path).map_or(&[][..], Vec::as_slice);
            let same =
                ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(ours, theirs)| close(&path, ours, theirs));
            *agreed.entry(path).or_default() += usize::from(same);
        }
    }
    agreed.into_iter().map(|(path, count)| (path, count as f64 / records.len() as f64)).collect()
}

fn check(records: &[Value], least: f64) {
    let agreement = agreement(records);
    assert!(agreement.len() >= 35, "every output of the oracle is compared: {}", agreement.len());
    for (path, share) in agreement {
        let least = if path.ends_with("/ppa") { 0.997 } else { least };
        assert!(
            share >= least,
            "{path}: {:.3} % agree with the oracle, {:.2} % are asked",
            share * 100.0,
            least * 100.0
        );
    }
}

#[test]
fn agrees_with_the_oracle_on_realistic_households() {
    if let Some(records) = shared("dev.jsonl") {
        check(&records, 0.9995);
    }
}

#[test]
fn agrees_with_the_oracle_at_the_thresholds() {
    if let Some(records) = shared("limites_dev.jsonl") {
        check(&records, 0.999);
    }
}

#[test]
fn our_own_households_give_the_amounts_worked_by_hand() {
    let pack = oracle_pack();
    for record in own() {
        let household = read(&record["inputs"], NOVEMBER, Completeness::Full).unwrap();
        let mut ours = BTreeMap::new();
        let amounts = Amounts::of(&pack, &household, NOVEMBER);
        leaves("", &serde_json::to_value(Outputs::of(&amounts, &household, NOVEMBER)).unwrap(), &mut ours);
        let mut expected = BTreeMap::new();
        leaves("", &record["outputs"], &mut expected);
        for (path, expected) in expected {
            let found = &ours[&path];
            let same = found.iter().zip(&expected).all(|(found, expected)| match (found.as_f64(), expected.as_f64()) {
                (Some(found), Some(expected)) => (found - expected).abs() < 0.006,
                _ => found == expected,
            });
            assert!(same, "{}: {path} is {found:?}, worked by hand {expected:?}", record["id"]);
        }
    }
}
