//! The project's own rules, each a test: who may depend on whom, how large a file may be, which paths the docs name.

mod documents;
mod fiche;
mod files;
mod layering;
mod types;

use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_path_buf()
}

/// Files that git tracks, as paths from the root.
pub fn tracked() -> Vec<String> {
    let output = std::process::Command::new("git").arg("ls-files").current_dir(root()).output().unwrap();
    assert!(output.status.success(), "git lists the tracked files");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The text of a tracked file; none when it is not text or was removed.
pub fn text(path: &str) -> Option<String> {
    std::fs::read(root().join(path)).ok().and_then(|bytes| String::from_utf8(bytes).ok())
}
