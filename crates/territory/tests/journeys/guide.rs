//! The coordinator's guide says what each refusal means.

use palier_territory::RefusalCode;

#[test]
fn every_refusal_is_explained_in_the_guide() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/guides/importer.md");
    let guide = std::fs::read_to_string(path).expect("the guide of imports");
    for code in RefusalCode::ALL {
        assert!(guide.contains(&format!("`{}`", code.as_str())), "the guide explains {}", code.as_str());
    }
    let known: Vec<&str> = RefusalCode::ALL.iter().map(|code| code.as_str()).collect();
    // Rows of the other tables begin with a column's name, which has capitals or no underscore.
    let is_code = |name: &&str| {
        name.contains('_') && name.chars().all(|c| c == '_' || c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let rows = guide.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    for code in rows.filter(is_code) {
        assert!(known.contains(&code), "the guide explains {code}, which no reader says");
    }
}
