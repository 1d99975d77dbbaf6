//! The screens' types are those of the commands, to the letter.

use super::{root, text};

#[test]
fn the_generated_types_are_not_stale() {
    let folder = tempfile::tempdir().unwrap();
    palier_commands::table::write_typescript(folder.path()).unwrap();
    let fresh = std::fs::read_to_string(folder.path().join("field.ts")).unwrap();
    let kept = text("ui/src/backend/field.ts").unwrap();
    assert!(root().exists() && fresh == kept, "ui/src/backend/field.ts is stale: run `make types`");
}
