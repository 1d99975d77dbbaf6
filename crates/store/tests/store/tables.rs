//! Every row of a store, as text: what two stores are compared by, and where a name is looked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use palier_store::{Store, StoreKey, connect};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// The key of the tests' stores.
pub const KEY: [u8; 32] = [7; 32];

/// A store in a folder of its own, which goes with it.
pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("store.db")
    }

    pub fn open(&self) -> Store {
        Store::open(&self.path(), &key()).unwrap()
    }

    /// The bytes of every file the store made.
    pub fn bytes(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.map(|file| file.unwrap().path()).map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
    }
}

pub fn key() -> StoreKey {
    StoreKey::new(KEY)
}

/// Rows of each table, sorted.
pub type Tables = BTreeMap<String, Vec<String>>;

/// Every table of a store, FTS shadow tables too if there were any. A word's number is its text: it depends on who came first.
pub fn every(path: &Path) -> Tables {
    let connection = connect(path, &key()).unwrap();
    let names: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    names.into_iter().map(|name| (name.clone(), rows(&connection, &name))).collect()
}

/// The tables that are rebuilt from the records.
pub fn projections(path: &Path) -> Tables {
    let truth = [
        "meta",
        "scope",
        "record",
        "outbox",
        "replaced",
        "quarantine",
        "carried",
        "doubted",
        "act",
        "pack_piece",
        "sqlite_sequence",
    ];
    every(path).into_iter().filter(|(name, _)| !truth.contains(&name.as_str())).collect()
}

fn rows(connection: &Connection, table: &str) -> Vec<String> {
    let query = match table {
        "search_word" => "SELECT text FROM search_word".to_owned(),
        "search_use" => "SELECT kind, text, item FROM search_use JOIN search_word ON n = word".to_owned(),
        "search_near" => "SELECT key, text FROM search_near JOIN search_word ON n = word".to_owned(),
        // So is a record's number.
        "fleet_visit" => "SELECT id, key, opened FROM fleet_visit JOIN record USING (n)".to_owned(),
        other => format!("SELECT * FROM {other}"),
    };
    let mut statement = connection.prepare(&query).unwrap();
    let columns = statement.column_count();
    let mut found = statement.query([]).unwrap();
    let mut rows = Vec::new();
    while let Some(row) = found.next().unwrap() {
        let cells: Vec<String> = (0..columns).map(|column| cell(row.get_ref(column).unwrap())).collect();
        rows.push(cells.join(" | "));
    }
    rows.sort();
    rows
}

fn cell(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => "∅".to_owned(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        // Lossy: a text inside a packed row stays readable, so that a name there is seen.
        ValueRef::Blob(bytes) => match <[u8; 16]>::try_from(bytes) {
            Ok(id) => format!("{} {}", uuid::Uuid::from_bytes(id), String::from_utf8_lossy(bytes)),
            Err(_) => String::from_utf8_lossy(bytes).into_owned(),
        },
    }
}

/// Asserts that two sets of tables are the same, naming the first that is not.
pub fn same(a: &Tables, b: &Tables, why: &str) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{why}: the same tables");
    for (name, rows) in a {
        let other = &b[name];
        let gone: Vec<_> = rows.iter().filter(|row| !other.contains(row)).take(3).collect();
        let new: Vec<_> = other.iter().filter(|row| !rows.contains(row)).take(3).collect();
        assert!(rows == other, "{why}: table {name}\n  gone {gone:#?}\n  new {new:#?}");
    }
}
