//! Checks the files of a pack: every mistake on a line of its own.

use std::path::Path;

use palier_rights::pack::check_files;

/// Checks a folder; a mistake names its file, its line and what was expected.
pub fn check(folder: &str) -> Result<(), String> {
    let mut texts = Vec::new();
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{folder}: {error}"))?;
    for entry in entries {
        let path = entry.map_err(|error| format!("{folder}: {error}"))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            texts.push((name(&path), read(&path)?));
        }
    }
    texts.sort();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    match check_files(&files) {
        Ok(pack) => {
            eprintln!("{} is in order, hash {}", pack.name(), pack.hash());
            Ok(())
        }
        Err(mistakes) => {
            let lines: Vec<String> = mistakes.iter().map(|mistake| format!("{folder}/{mistake}")).collect();
            Err(lines.join("\n"))
        }
    }
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
