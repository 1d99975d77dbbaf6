//! Checks the files of a pack: every mistake on a line of its own.

use std::path::Path;

use palier_rights::pack::{PackMistake, check_files};
use palier_rights::rules::RuleSet;

/// Checks a folder of figures, or a file or folder of rules; a mistake names its file, its line and what was expected.
pub fn check(path: &str) -> Result<(), String> {
    let rules = Path::new(path);
    if rules.is_file() {
        return check_rules(path, &[(name(rules), read(rules)?)], "");
    }
    let texts = texts(path)?;
    if texts.iter().any(|(name, _)| name == "manifest.json") {
        check_figures(path, &texts)
    } else {
        let rules: Vec<(String, String)> = texts.into_iter().filter(|(name, _)| name != "schema.json").collect();
        check_rules(path, &rules, path)
    }
}

fn said(folder: &str, mistakes: &[PackMistake]) -> String {
    let place = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let lines: Vec<String> = mistakes.iter().map(|mistake| format!("{place}{mistake}")).collect();
    lines.join("\n")
}

/// Files of rules, together: their facts and keys must not clash.
fn check_rules(path: &str, texts: &[(String, String)], folder: &str) -> Result<(), String> {
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let rules = RuleSet::of(&files).map_err(|mistakes| said(folder, &mistakes))?;
    eprintln!("{path} is in order: {} rights, hash {}", rules.rules().count(), rules.hash());
    Ok(())
}

fn texts(folder: &str) -> Result<Vec<(String, String)>, String> {
    let mut texts = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{folder}: {error}"))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            texts.push((name(&path), read(&path)?));
        }
    }
    texts.sort();
    Ok(texts)
}

fn check_figures(folder: &str, texts: &[(String, String)]) -> Result<(), String> {
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let pack = check_files(&files).map_err(|mistakes| said(folder, &mistakes))?;
    eprintln!("{} is in order, hash {}", pack.name(), pack.hash());
    Ok(())
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
