//! The Android project in the tree keeps its hardening: a generated file put back would lose it silently.
//!
//! It reads the sources; what a built application does on a device is checked on a machine that has the SDK.

#![allow(missing_docs, reason = "tests name themselves")]
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::path::PathBuf;

const ANDROID: &str = "http://schemas.android.com/apk/res/android";

fn sources() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("gen/android/app/src/main")
}

fn text(path: &str) -> String {
    std::fs::read_to_string(sources().join(path)).unwrap()
}

/// Calls `check` with the parsed file.
fn xml(path: &str, check: impl Fn(&roxmltree::Document<'_>)) {
    let text = text(path);
    check(&roxmltree::Document::parse(&text).unwrap());
}

fn all<'a>(document: &'a roxmltree::Document<'a>, tag: &'static str) -> Vec<roxmltree::Node<'a, 'a>> {
    document.descendants().filter(|node| node.has_tag_name(tag)).collect()
}

#[test]
fn nothing_is_backed_up_and_nothing_goes_in_clear() {
    xml("AndroidManifest.xml", |manifest| {
        let application = all(manifest, "application");
        let [application] = application.as_slice() else { unreachable!("one application") };
        for (name, value, why) in [
            ("allowBackup", "false", "a backup would carry the store to someone's cloud"),
            ("fullBackupContent", "false", "the same on Android 11 and before"),
            ("dataExtractionRules", "@xml/data_extraction_rules", "the same on Android 12 and later"),
            ("usesCleartextTraffic", "false", "nothing of a resident travels unencrypted"),
        ] {
            assert_eq!(application.attribute((ANDROID, name)), Some(value), "{why}");
        }
        assert_eq!(application.attribute((ANDROID, "debuggable")), None, "only a debug build may be debugged");
    });
}

#[test]
fn the_extraction_rules_exclude_every_domain_both_ways() {
    let domains = ["root", "file", "database", "sharedpref", "external"];
    let device = ["device_root", "device_file", "device_database", "device_sharedpref"];
    xml("res/xml/data_extraction_rules.xml", |rules| {
        for way in ["cloud-backup", "device-transfer"] {
            let sections = all(rules, way);
            let [section] = sections.as_slice() else { unreachable!("one section {way}") };
            let excluded: Vec<_> = section
                .children()
                .filter(|node| node.has_tag_name("exclude"))
                .filter_map(|node| node.attribute("domain"))
                .collect();
            for domain in domains.iter().chain(&device) {
                assert!(excluded.contains(domain), "{way} leaves out {domain}");
            }
            assert!(!section.children().any(|node| node.has_tag_name("include")), "{way} includes nothing");
        }
    });
}

#[test]
fn the_launcher_is_the_only_door() {
    xml("AndroidManifest.xml", |manifest| {
        let exported: Vec<_> =
            manifest.descendants().filter(|node| node.attribute((ANDROID, "exported")) == Some("true")).collect();
        let names: Vec<_> = exported.iter().filter_map(|node| node.attribute((ANDROID, "name"))).collect();
        assert_eq!(names, [".MainActivity"], "no other component can be called from outside");
        for kind in ["provider", "service", "receiver", "activity-alias"] {
            assert!(all(manifest, kind).is_empty(), "no {kind}: the app needs none");
        }
        let actions: Vec<_> =
            all(manifest, "action").iter().filter_map(|node| node.attribute((ANDROID, "name"))).collect();
        assert_eq!(actions, ["android.intent.action.MAIN"], "no link and no share opens it");
        assert!(all(manifest, "data").is_empty(), "no address scheme either");
    });
}

#[test]
fn the_network_is_the_only_permission() {
    xml("AndroidManifest.xml", |manifest| {
        let asked: Vec<_> =
            all(manifest, "uses-permission").iter().filter_map(|node| node.attribute((ANDROID, "name"))).collect();
        assert_eq!(asked, ["android.permission.INTERNET"], "no position, no contacts, no storage");
    });
}

#[test]
fn the_screen_is_secure_before_it_is_drawn() {
    let activity = text("java/fr/palier/tablette/MainActivity.kt");
    let flag = activity.find("setFlags(WindowManager.LayoutParams.FLAG_SECURE").unwrap();
    let drawn = activity.find("super.onCreate").unwrap();
    assert!(flag < drawn, "no frame is shown before the flag is set");
    for closed in ["domStorageEnabled = false", "allowFileAccess = false", "setGeolocationEnabled(false)"] {
        assert!(activity.contains(closed), "the web view keeps nothing and asks nothing: {closed}");
    }
}

#[test]
fn no_build_opens_clear_traffic_again() {
    let gradle = std::fs::read_to_string(sources().join("../../build.gradle.kts")).unwrap();
    assert!(!gradle.contains("usesCleartextTraffic"), "the manifest alone decides");
}
