//! The screens' types are those of the commands and of the console, to the letter.

use super::text;

#[test]
fn the_generated_types_are_not_stale() {
    let folder = tempfile::tempdir().unwrap();
    palier_commands::table::write_typescript(folder.path()).unwrap();
    palier_sync_server::console::table::write_typescript(folder.path()).unwrap();
    for file in ["field.ts", "console.ts"] {
        let fresh = std::fs::read_to_string(folder.path().join(file)).unwrap();
        let kept = text(&format!("ui/src/backend/{file}")).unwrap();
        assert!(fresh == kept, "ui/src/backend/{file} is stale: run `make types`");
    }
}
