//! Files stay small, honest and about the product.

use super::{text, tracked};

/// Longest source file, in lines; tables and tests may be longer.
const LINES_MAX: usize = 600;
/// Longest component, in lines.
const COMPONENT_LINES_MAX: usize = 400;

/// Names that say a technique and not a thing.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "manager", "service", "common", "misc"];

fn generated(path: &str) -> bool {
    path.contains("/gen/") || path == "ui/src/backend/field.ts" || path == "ui/src/backend/console.ts"
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.contains("/tests/") || path.ends_with("_tests.rs") || path.ends_with("tests.rs")
}

#[test]
fn files_are_short() {
    for path in tracked() {
        let limit = match path.rsplit('.').next() {
            Some("rs" | "ts" | "mjs") => LINES_MAX,
            Some("svelte") => COMPONENT_LINES_MAX,
            _ => continue,
        };
        if generated(&path) || is_test(&path) {
            continue;
        }
        let lines = text(&path).map_or(0, |text| text.lines().count());
        assert!(lines <= limit, "{path} has {lines} lines: split it by subject (at most {limit})");
    }
}

#[test]
fn files_are_named_for_a_thing() {
    for path in
        tracked().iter().filter(|path| path.ends_with(".rs") || path.ends_with(".ts") || path.ends_with(".svelte"))
    {
        if generated(path) {
            continue;
        }
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap_or(part).to_lowercase();
            assert!(
                !EMPTY_NAMES.contains(&stem.as_str()),
                "{path} is named for a technique: name the thing it is about"
            );
        }
    }
}

#[test]
fn nothing_is_left_open() {
    // Written in two parts so that this file does not find itself.
    let marks: Vec<String> = [
        ("TO", "DO"),
        ("FIX", "ME"),
        ("unimplemented", "!("),
        ("todo", "!("),
        ("#[ig", "nore"),
        (".ski", "p("),
        ("it.on", "ly"),
        ("test.on", "ly("),
    ]
    .iter()
    .map(|(a, b)| format!("{a}{b}"))
    .collect();
    for path in tracked() {
        let source = [".rs", ".ts", ".svelte", ".mjs"].iter().any(|end| path.ends_with(end));
        if !source || generated(&path) {
            continue;
        }
        let Some(text) = text(&path) else { continue };
        for (number, line) in text.lines().enumerate() {
            // Skipping elements of an iterator or bytes is no skipped test.
            let iterator = line.contains(".skip(1)") || path.ends_with(".rs") && line.contains(".skip(");
            let alone = |mark: &str| {
                let found = line.find(mark).map(|at| line[..at].chars().next_back());
                found.is_some_and(|before| !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '"'))
            };
            for mark in marks.iter().filter(|mark| alone(mark)) {
                assert!(iterator && mark.starts_with(".ski"), "{path}:{} leaves {mark} open", number + 1);
            }
        }
    }
}

#[test]
fn the_tree_speaks_of_the_product_alone() {
    let marks: Vec<String> = [("/wo", "rk/"), ("/fa", "rm/"), (".lib", "rary/"), ("/tmp/bash", "_jobs")]
        .iter()
        .map(|(a, b)| format!("{a}{b}"))
        .collect();
    for path in tracked() {
        let Some(text) = text(&path) else { continue };
        for mark in &marks {
            assert!(!text.contains(mark.as_str()), "{path} names a path of one machine: {mark}");
        }
    }
}

#[test]
fn screens_hold_no_words() {
    // A French word with an accent between tags or in an attribute is a word that belongs to the catalogue.
    for path in tracked().iter().filter(|path| path.ends_with(".svelte")) {
        let Some(text) = text(path) else { continue };
        let markup = text.split("</script>").last().unwrap_or("").split("<style").next().unwrap_or("").to_owned();
        let mut rest = markup.as_str();
        let mut visible = String::new();
        // Comments are for developers.
        while let Some((before, after)) = rest.split_once("<!--") {
            visible.push_str(before);
            rest = after.split_once("-->").map_or("", |(_, after)| after);
        }
        visible.push_str(rest);
        let word = visible.chars().find(|c| "éèêàçùôîâûœÉÈÀÇ".contains(*c));
        assert!(word.is_none(), "{path} writes French in its markup: every word is in the catalogue");
    }
}
