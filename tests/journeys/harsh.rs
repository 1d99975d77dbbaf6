//! The short form of `make harsh`: cuts at offsets of a dialogue, days with kills, a day over a slow link.

use std::process::Command;

use serde_json::Value;

fn short(part: &str) -> Value {
    let run = Command::new(env!("CARGO_BIN_EXE_harsh")).args(["--short", "--part", part]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    serde_json::from_slice::<Value>(&run.stdout).unwrap()[part].clone()
}

#[test]
fn a_dialogue_cut_at_many_offsets_loses_and_doubles_nothing() {
    let figures = short("offsets");
    assert_eq!(figures["cuts"], 64);
    assert!(figures["dialogue"].as_u64().unwrap() > 65_536);
}

#[test]
fn days_that_are_cut_and_killed_lose_and_double_nothing() {
    let figures = short("days");
    assert!(figures["tablet_kills"].as_u64().unwrap() > 0 && figures["server_kills"].as_u64().unwrap() > 0);
    assert!(figures["sent_again_most"].as_u64().unwrap() <= 256 * 1024);
}

#[test]
fn a_day_over_a_slow_link_is_sent_within_three_seconds() {
    assert!(short("slow")["median_ms"].as_u64().unwrap() <= 3_000);
}
