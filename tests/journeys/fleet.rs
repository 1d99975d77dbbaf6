//! The measure of the sync over a few dozen records of the workload's shape: its whole path, and what must hold whatever the size.

use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use uuid::Uuid;

/// Records of each of the five tablets.
const EACH: u32 = 12;
/// Records that two tablets edit at once in different fields, and in the same field.
const APART: u32 = 10;
const TOGETHER: u32 = 6;
/// Records that a new tablet finds.
const INITIAL: u32 = 30;

fn record(tablet: u32, number: u32) -> Value {
    let seed = tablet * 1_000 + number;
    let words = ["le", "dossier", "attend", "une", "réponse", "depuis", "trois", "semaines"];
    let notes: Vec<&str> = (0..20).map(|word| words[usize::try_from((seed * 7 + word * word) % 8).unwrap()]).collect();
    json!({
        "id": id(tablet, number), "type": "visit", "sector": format!("S{:02}", seed % 12),
        "building": format!("B{}-A", seed % 3), "address": "3 rue Jolivet, 37000 Tours", "floor": seed % 9, "door": format!("{seed:03}"),
        "visited_at": "2026-05-04T10:00:00+02:00", "mediator": format!("mediateur-{tablet}"),
        "outcome": if seed.is_multiple_of(2) { "ouvert" } else { "absent" }, "household_size": 1 + seed % 6, "consent": "oui",
        "needs": "logement, emploi, retraite", "phone": format!("06{seed:08}"), "next_action": "rappel 03/04 emploi",
        "notes": notes.join(" "),
    })
}

fn id(tablet: u32, number: u32) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{tablet} {number}").as_bytes()).to_string()
}

fn lines(path: &Path, lines: &[Value]) {
    let text: Vec<String> = lines.iter().map(Value::to_string).collect();
    std::fs::write(path, format!("{}\n", text.join("\n"))).unwrap();
}

/// Writes the files as `gen.py` does.
fn workload(folder: &Path) {
    let mut edits: Vec<Vec<Value>> = vec![Vec::new(); 5];
    let mut expect = Vec::new();
    for number in 0..APART + TOGETHER {
        let id = id(number % 5, number / 5);
        let (first, second) = (number % 5, (number + 2) % 5);
        let same = number >= APART;
        let (a, b) = (
            ("phone", json!("e0 0601")),
            if same { ("phone", json!("e1 0602")) } else { ("floor", json!(70_000 + number)) },
        );
        edits[usize::try_from(first).unwrap()].push(json!({ "id": id, "field": a.0, "value": a.1 }));
        edits[usize::try_from(second).unwrap()].push(json!({ "id": id, "field": b.0, "value": b.1 }));
        expect.push(json!({ "id": id, "kind": if same { "same" } else { "diff" }, "a": [a.0, a.1], "b": [b.0, b.1] }));
    }
    for tablet in 0..5u32 {
        let records: Vec<Value> = (0..EACH).map(|number| record(tablet, number)).collect();
        lines(&folder.join(format!("create.{tablet}.jsonl")), &records);
        lines(&folder.join(format!("edit.{tablet}.jsonl")), &edits[usize::try_from(tablet).unwrap()]);
    }
    lines(&folder.join("expect.jsonl"), &expect);
    let initial: Vec<Value> = (0..INITIAL).map(|number| record(9, number)).collect();
    lines(&folder.join("initial50k.jsonl"), &initial);
}

fn fleet(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_fleet")).args(arguments).output().unwrap()
}

#[test]
fn five_tablets_lose_nothing_and_a_sixth_finds_it_all() {
    let folder = tempfile::tempdir().unwrap();
    workload(folder.path());
    let out = folder.path().join("figures.json");
    let document = folder.path().join("BENCHMARKS.md");
    std::fs::write(&document, include_str!("../../docs/BENCHMARKS.md")).unwrap();
    let paths = [folder.path(), &out, &document].map(|path| path.to_str().unwrap());
    let run = fleet(&["--work", paths[0], "--out", paths[1], "--table", paths[2]]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let figures: Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!(figures["converged"], true, "every tablet holds the same state: {figures:#}");
    assert_eq!(figures["records_compared"], 5 * EACH, "and all of it was compared");
    let survival = json!({ "diff_field_both": APART, "diff_field_one_lost": 0, "same_field_one_wins": TOGETHER, "same_field_loser_kept": TOGETHER });
    assert_eq!(figures["survival"], survival, "no edit is lost, and who wrote the other value is known");
    for phase in ["phase1", "phase2"] {
        assert_eq!(figures[phase]["rounds"], 2, "two rounds in turn tell everyone everything");
        assert_eq!(figures[phase]["requests"], 10, "one request a sync");
        let wire = &figures[phase]["wire"];
        assert_eq!(wire["up"].as_u64().unwrap() + wire["down"].as_u64().unwrap(), wire["total"].as_u64().unwrap());
        assert_eq!(wire["conns"], 10, "on one connection each");
    }
    assert_eq!(figures["init"]["records"], INITIAL, "the new tablet has every record");
    let table = std::fs::read_to_string(&document).unwrap();
    let told =
        format!("| edits at once in one field, the other kept | ≥ 200 | {TOGETHER} | **no** | 200 (Automerge) |");
    assert!(table.contains(&told), "the table says what was measured, also when a target is missed: {table}");
    for figure in ["/client_disk_each", "/server_disk", "/init/wire/down", "/init/client_peak_rss_mb", "/init/ms"] {
        assert!(figures.pointer(figure).and_then(Value::as_f64).unwrap() > 0.0, "{figure} is measured");
    }
}

#[test]
fn the_same_holds_with_the_ledger_in_postgresql() {
    let folder = tempfile::tempdir().unwrap();
    workload(folder.path());
    let out = folder.path().join("figures.json");
    let paths = [folder.path(), &out].map(|path| path.to_str().unwrap());
    let run = fleet(&["--work", paths[0], "--out", paths[1], "--store", "postgres"]);
    let said = String::from_utf8_lossy(&run.stderr);
    if said.contains("NOT TESTED") {
        eprintln!("SKIPPED: no PostgreSQL 15 here; the same path with SQLite is tested beside");
        return;
    }
    assert!(run.status.success(), "{said}");
    let figures: Value = serde_json::from_str(&std::fs::read_to_string(&out).unwrap()).unwrap();
    assert_eq!((&figures["store"], &figures["converged"]), (&json!("postgres"), &json!(true)), "{figures:#}");
    assert_eq!(figures["survival"]["same_field_loser_kept"], TOGETHER, "and the other value is kept");
    assert_eq!(figures["init"]["records"], INITIAL, "a new tablet has every record");
}

#[test]
fn a_store_that_is_none_is_said_so() {
    let run = fleet(&["--work", ".", "--out", "figures.json", "--store", "mysql://127.0.0.1/palier"]);
    assert!(!run.status.success());
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert!(said.contains("--store is sqlite, postgres"), "the answer is clear: {said}");
}
