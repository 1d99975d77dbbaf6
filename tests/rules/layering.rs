//! Arrows between crates point one way (docs/ARCHITECTURE.md). A new arrow needs a decision record first.

use super::{root, text};

/// Every crate of ours with the crates of ours it may name.
const ARROWS: &[(&str, &str, &[&str])] = &[
    ("crates/domain", "palier-domain", &[]),
    ("crates/vault", "palier-vault", &[]),
    ("crates/territory", "palier-territory", &["palier-domain"]),
    ("crates/rights", "palier-rights", &[]),
    ("crates/directory", "palier-directory", &["palier-domain"]),
    ("crates/sync", "palier-sync", &["palier-domain"]),
    ("crates/matching", "palier-matching", &[]),
    ("crates/store", "palier-store", &["palier-domain", "palier-sync"]),
    ("crates/paper", "palier-paper", &["palier-domain"]),
    ("crates/disclosure", "palier-disclosure", &[]),
    ("crates/reports", "palier-reports", &["palier-paper"]),
    ("crates/exchange", "palier-exchange", &["palier-sync", "palier-store"]),
    (
        "crates/commands",
        "palier-commands",
        &[
            "palier-directory",
            "palier-domain",
            "palier-paper",
            "palier-rights",
            "palier-sync",
            "palier-store",
            "palier-vault",
            "palier-exchange",
        ],
    ),
    (
        "sync-server",
        "palier-sync-server",
        &[
            "palier-directory",
            "palier-disclosure",
            "palier-domain",
            "palier-matching",
            "palier-reports",
            "palier-rights",
            "palier-sync",
            "palier-store",
            "palier-territory",
            "palier-vault",
        ],
    ),
    // The shell hands the device's keystore to the core.
    ("src-tauri", "palier-app", &["palier-commands", "palier-vault"]),
    ("tests/disk", "palier-disk", &[]),
    ("tests/loopback", "palier-loopback", &["palier-commands"]),
    (
        "tests/simulation",
        "palier-simulation",
        &["palier-domain", "palier-sync", "palier-store", "palier-exchange", "palier-sync-server"],
    ),
];

fn ours(manifest: &toml::Table, section: &str) -> Vec<String> {
    let table = manifest.get(section).and_then(toml::Value::as_table);
    table.map(|table| table.keys().filter(|name| name.starts_with("palier-")).cloned().collect()).unwrap_or_default()
}

#[test]
fn arrows_point_one_way() {
    for (folder, name, allowed) in ARROWS {
        let manifest: toml::Table = text(&format!("{folder}/Cargo.toml")).unwrap().parse().unwrap();
        let package = manifest.get("package").and_then(|p| p.get("name")).and_then(toml::Value::as_str);
        assert_eq!(package, Some(*name), "{folder} holds the crate that the picture names");
        for dependency in ours(&manifest, "dependencies") {
            assert!(allowed.contains(&dependency.as_str()), "{name} may not depend on {dependency}");
        }
    }
}

#[test]
fn every_crate_is_in_the_picture() {
    let manifest: toml::Table = text("Cargo.toml").unwrap().parse().unwrap();
    let members = manifest["workspace"]["members"].as_array().unwrap();
    for member in members.iter().filter_map(toml::Value::as_str).filter(|member| *member != "tests") {
        assert!(ARROWS.iter().any(|(folder, ..)| *folder == member), "{member} has its place in the picture");
    }
}

#[test]
fn only_the_shell_names_tauri() {
    for path in super::tracked() {
        let source = path.ends_with(".rs") || path.ends_with(".ts") || path.ends_with(".svelte");
        if !source
            || path.starts_with("src-tauri/")
            || path.starts_with("ui/src/backend/")
            || path.starts_with("tests/rules/")
        {
            continue;
        }
        let Some(text) = text(&path) else { continue };
        let named = text.contains("tauri::") || text.contains("@tauri-apps/");
        assert!(!named, "{path} names Tauri: only the shell and the screens' backend do");
    }
}

#[test]
fn a_dependency_is_named_once() {
    for (folder, ..) in ARROWS {
        let manifest: toml::Table = text(&format!("{folder}/Cargo.toml")).unwrap().parse().unwrap();
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(table) = manifest.get(section).and_then(toml::Value::as_table) else { continue };
            for (name, value) in table {
                let inherited = value.get("workspace").and_then(toml::Value::as_bool).unwrap_or(false);
                assert!(inherited, "{folder} takes {name} from the workspace, where its version is set once");
            }
        }
    }
    assert!(root().join("Cargo.lock").exists(), "the lock file is committed");
}

#[test]
fn only_the_simulation_asks_for_faults() {
    let manifests = super::tracked().into_iter().filter(|path| path.ends_with("Cargo.toml"));
    for path in manifests.filter(|path| path != "tests/simulation/Cargo.toml") {
        let text = text(&path).unwrap();
        // A feature may hand faults on to the crates below; no dependency may ask for them.
        let asks = text.lines().any(|line| line.contains("features") && line.contains("\"faults\""));
        assert!(!asks, "{path} asks for faults: they are for the simulation alone");
        let default = text.lines().any(|line| line.starts_with("default") && line.contains("faults"));
        assert!(!default, "{path} puts faults in by default");
    }
}
