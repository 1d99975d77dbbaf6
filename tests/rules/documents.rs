//! What the documents name exists.

use super::{root, text, tracked};

#[test]
fn paths_named_by_the_documents_exist() {
    for path in tracked().iter().filter(|path| path.ends_with(".md")) {
        let Some(text) = text(path) else { continue };
        for code in text.split('`').skip(1).step_by(2) {
            let first = code.split('/').next().unwrap_or("");
            let ours =
                ["crates", "docs", "src-tauri", "sync-server", "tests", "ui"].contains(&first) && code.contains('/');
            let plain = !code.contains([' ', '*', '<', '{', '…', '=', '(']);
            if !ours || !plain || code.contains("node_modules") || code.contains("/dist") {
                continue;
            }
            let named = code.split(':').next().unwrap_or(code).trim_end_matches('/');
            assert!(root().join(named).exists(), "{path} names `{code}`, which does not exist");
        }
    }
}

#[test]
fn the_architecture_stays_readable() {
    let lines = text("docs/ARCHITECTURE.md").unwrap().lines().count();
    assert!(lines <= 200, "docs/ARCHITECTURE.md has {lines} lines; 200 is what a newcomer reads");
}
