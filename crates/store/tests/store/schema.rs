//! `schema.sql` is the picture of the tables: the same tables, indexes and columns, and every one explained.

use std::collections::BTreeMap;

use palier_store::connect;
use rusqlite::Connection;

use crate::tables::{Place, key};

const PICTURE: &str = include_str!("../../schema.sql");

/// Tables of the `fleet` measure are left out: no released store has them.
fn shape(connection: &Connection) -> BTreeMap<String, String> {
    connection
        .prepare(
            "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
             AND name NOT LIKE 'fleet_%'",
        )
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, plain(&row.get::<_, String>(1)?))))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap()
}

/// The statement without comments, spaces counted once.
fn plain(sql: &str) -> String {
    let uncommented = sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
    let spaced = uncommented.replace('(', " ( ").replace(')', " ) ").replace(',', " , ");
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_picture_is_the_schema() {
    let place = Place::new();
    drop(place.open());
    let real = shape(&connect(&place.path(), &key()).unwrap());
    let drawn = Connection::open_in_memory().unwrap();
    drawn.execute_batch(PICTURE).unwrap();
    let drawn = shape(&drawn);
    assert_eq!(
        real.keys().collect::<Vec<_>>(),
        drawn.keys().collect::<Vec<_>>(),
        "the same tables and indexes: draw a new one in schema.sql"
    );
    for (name, sql) in &real {
        assert_eq!(sql, &drawn[name], "{name} is drawn as it is");
    }
}

#[test]
fn every_table_and_column_is_explained() {
    let mut before = "";
    let mut in_table = false;
    for line in PICTURE.lines() {
        let text = line.trim();
        if text.starts_with("CREATE TABLE") {
            assert!(before.starts_with("--"), "a comment stands above {text}");
            in_table = true;
        } else if text.starts_with(')') {
            in_table = false;
        } else if in_table && !text.is_empty() && !text.starts_with("--") && !text.starts_with("PRIMARY KEY") {
            assert!(text.contains("-- "), "the column says what it holds: {text}");
        }
        before = text;
    }
}
