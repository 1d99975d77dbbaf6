//! The few things every journey needs.

use std::path::PathBuf;

use palier_territory::{Context, Provenance, Reading, RefusalCode};
use uuid::Uuid;

/// The territory of the tests.
pub const TERRITORY: Uuid = Uuid::from_u128(0x37);

/// A context that keeps every commune.
pub fn anywhere() -> Context {
    let provenance = Provenance {
        source: "Bailleur".to_owned(),
        licence: "Licence Ouverte 2.0".to_owned(),
        date: Some("2024-08-01".to_owned()),
    };
    Context { territory: TERRITORY, communes: [].into(), provenance }
}

/// A context that keeps only these communes.
pub fn only(communes: &[&str]) -> Context {
    Context { communes: communes.iter().map(|code| (*code).to_owned()).collect(), ..anywhere() }
}

/// The refusals of a reading: line or element, column, code.
pub fn refusals<T>(reading: &Reading<T>) -> Vec<(u32, &str, RefusalCode)> {
    let places = reading.refused.list.shown.iter();
    places.map(|one| (one.line.or(one.element).unwrap_or(0), one.column.as_deref().unwrap_or(""), one.code)).collect()
}

/// The codes of the remarks of a reading.
pub fn remarks<T>(reading: &Reading<T>) -> Vec<RefusalCode> {
    reading.remarks.list.shown.iter().map(|one| one.code).collect()
}

/// A file of the shared data, or none with a clear word when the folder is not there.
pub fn shared(path: &str) -> Option<Vec<u8>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared");
    let folder = std::env::var_os("PALIER_SHARED").map_or_else(|| PathBuf::from(default), PathBuf::from);
    let file = folder.join("data/territory").join(path);
    match std::fs::read(&file) {
        Ok(bytes) => Some(bytes),
        Err(_) => {
            println!("SKIPPED: {path} is not below PALIER_SHARED; a fixture of our own covers the same path");
            None
        }
    }
}
