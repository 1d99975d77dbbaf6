//! The French that screens and guides are written in: the nearest thing to a mediator's notes that nobody wrote about a person.

use std::path::{Path, PathBuf};

use anyhow::Context;

/// Where it is: folders whose files are all French, and files among others.
const TOLD: [&str; 5] = [
    "ui/catalogue/fr",
    "docs/guides/mediateur.md",
    "docs/guides/coordonner.md",
    "crates/rights/rules/national-2026-11.json",
    "crates/rights/rules/tours-2026-11.json",
];

/// Sentences of the catalogue, of the guides and of the rights, one a sample.
pub fn sentences() -> anyhow::Result<Vec<Vec<u8>>> {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("The project")?;
    let mut sentences = Vec::new();
    for told in TOLD {
        for file in files(&project.join(told))? {
            let text = std::fs::read_to_string(&file).with_context(|| format!("Read {}", file.display()))?;
            sentences.extend(text.lines().filter_map(said));
        }
    }
    Ok(sentences)
}

fn files(told: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if told.is_file() {
        return Ok(vec![told.to_owned()]);
    }
    let entries = std::fs::read_dir(told).with_context(|| format!("Read {}", told.display()))?;
    let mut files = entries.map(|entry| Ok(entry?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// What a line says to a reader: without the name of a message or of a key, and without variables.
fn said(line: &str) -> Option<Vec<u8>> {
    let words = line.split_once(" = ").or_else(|| line.split_once("\": \"")).map_or(line, |(_, words)| words);
    let words = words.trim().trim_end_matches([',', '"']);
    let prose = words.contains(' ') && !words.contains(['{', '}', '#', '`', '|', '"']);
    (prose && words.chars().next().is_some_and(char::is_alphabetic)).then(|| words.as_bytes().to_vec())
}
