//! The command: JSON lines in, JSON lines out, and nothing lost in silence.

use std::io::Write;
use std::process::{Command, Output};

fn run(content: &str) -> Output {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content.as_bytes()).unwrap();
    Command::new(env!("CARGO_BIN_EXE_duplicates")).arg(file.path()).output().unwrap()
}

fn refused(content: &str, expected: &str) {
    let output = run(content);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success(), "{content} is refused");
    assert!(output.stdout.is_empty(), "nothing is told of a file that is refused");
    assert!(error.contains(expected), "the error names line and cause: {error}");
}

#[test]
fn pairs_are_lines_of_json() {
    let output = run(include_str!("../fixtures/centre.jsonl"));
    assert!(output.status.success(), "the file is read");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let first = lines.iter().find(|line| line["a"] == "05" && line["b"] == "06").unwrap();
    assert_eq!(first["proposed"], true, "a sure pair is proposed");
    assert!(first["score"].as_f64().is_some_and(|score| (0.0..=1.0).contains(&score)), "the score is a probability");
    let reasons: Vec<&str> = first["reasons"].as_array().unwrap().iter().filter_map(|reason| reason.as_str()).collect();
    assert!(
        reasons.contains(&"names_swapped") && reasons.contains(&"day_month_swapped"),
        "reasons are codes: {reasons:?}"
    );
}

#[test]
fn a_bad_line_is_named() {
    let good = r#"{"id":"a","prenom":"Awa","inconnu":[1,2]}"#;
    refused(&format!("{good}\n{{\"id\":\"b\""), "line 2: not a record");
    refused(&format!("{good}\n\n[]"), "line 3: not a record");
    refused(&format!("{good}\n{{\"prenom\":\"Louis\"}}"), "line 2: not a record: missing field `id`");
    refused(&format!("{good}\n{{\"id\":\" \"}}"), "line 2: the id is empty");
    refused(&format!("{good}\n{good}"), "line 2: the id stands on line 1 already");
    refused("{\"id\":\"a\",\"prenom\":7}", "line 1: not a record");
}

#[test]
fn empty_lines_unknown_fields_and_nulls_are_no_error() {
    let output = run("\u{feff}{\"id\":\"a\",\"prenom\":null,\"inconnu\":{\"x\":1}}\r\n\r\n");
    assert!(output.status.success(), "the file is read: {}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stdout.is_empty(), "one record makes no pair");
}

#[test]
fn a_missing_file_is_told() {
    let output = Command::new(env!("CARGO_BIN_EXE_duplicates")).arg("no-such-file.jsonl").output().unwrap();
    assert!(!output.status.success(), "a missing file is an error");
    assert!(String::from_utf8(output.stderr).unwrap().contains("no-such-file.jsonl"), "and is named");
}
