//! The vocabulary: every word that some item holds, and the hashes by which a word that is nearly it is found.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};

use super::{sound, words};
use crate::StoreError;

/// Most words read for one beginning: a beginning of two letters may be that of hundreds of names.
const BEGINNINGS_MAX: i64 = 600;
/// Words this short have no form with a letter left out: it would be that of half the vocabulary.
const SHORT_CHARS: usize = 3;
/// A sound this long is also found by its beginning.
const SOUND_START: usize = 4;

/// A word of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) n: i64,
    pub(super) text: String,
}

/// The number of a word; it is written when new.
pub(super) fn add(connection: &Connection, text: &str) -> Result<i64, StoreError> {
    if let Some(n) = number(connection, text)? {
        return Ok(n);
    }
    connection.prepare_cached("INSERT INTO search_word (text) VALUES (?1)")?.execute([text])?;
    let n = connection.last_insert_rowid();
    for key in near_keys(text) {
        connection.prepare_cached("INSERT INTO search_near (key, word) VALUES (?1, ?2)")?.execute(params![key, n])?;
    }
    Ok(n)
}

pub(super) fn number(connection: &Connection, text: &str) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT n FROM search_word WHERE text = ?1")?
        .query_row([text], |row| row.get(0))
        .optional()?)
}

/// Takes a word out when no item holds it any more: nothing of an erased name stays (I10).
pub(super) fn drop_unused(connection: &Connection, n: i64, text: &str) -> Result<(), StoreError> {
    let used: bool = connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM search_use WHERE word = ?1)")?
        .query_row([n], |row| row.get(0))?;
    if used {
        return Ok(());
    }
    for key in near_keys(text) {
        connection.prepare_cached("DELETE FROM search_near WHERE key = ?1 AND word = ?2")?.execute(params![key, n])?;
    }
    connection.prepare_cached("DELETE FROM search_word WHERE n = ?1")?.execute([n])?;
    Ok(())
}

/// Words that begin with a text.
pub(super) fn beginning(connection: &Connection, text: &str) -> Result<Vec<Word>, StoreError> {
    // Folded words hold letters and digits only: `~` comes after all of them.
    connection
        .prepare_cached("SELECT n, text FROM search_word WHERE text >= ?1 AND text < ?1 || '~' ORDER BY text LIMIT ?2")?
        .query_map(params![text, BEGINNINGS_MAX], |row| Ok(Word { n: row.get(0)?, text: row.get(1)? }))?
        .map(|word| word.map_err(StoreError::from))
        .collect()
}

/// Words that sound like a text or are one error away from it, and some that are not: the caller compares.
pub(super) fn near(connection: &Connection, text: &str) -> Result<Vec<Word>, StoreError> {
    let mut found: Vec<Word> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut statement = connection.prepare_cached(
        "SELECT w.n, w.text FROM search_near AS near JOIN search_word AS w ON w.n = near.word WHERE near.key = ?1",
    )?;
    for key in near_keys(text) {
        let mut rows = statement.query([key])?;
        while let Some(row) = rows.next()? {
            let n: i64 = row.get(0)?;
            if seen.insert(n) {
                found.push(Word { n, text: row.get(1)? });
            }
        }
    }
    Ok(found)
}

/// Hashes of the forms by which a word is found when it is not written as typed. A number has none.
fn near_keys(text: &str) -> BTreeSet<i64> {
    let mut keys = BTreeSet::new();
    if words::is_number(text) || text.len() < 2 {
        return keys;
    }
    let heard = sound::of(text);
    keys.insert(hash('w', text));
    keys.insert(hash('s', &heard));
    for without in without_one(text) {
        keys.insert(hash('w', &without));
    }
    for without in without_one(&heard) {
        keys.insert(hash('s', &without));
    }
    let skeleton = sound::skeleton(&heard);
    if skeleton.len() >= SHORT_CHARS {
        keys.insert(hash('k', &skeleton));
    }
    if let Some(start) = heard.get(..SOUND_START) {
        keys.insert(hash('b', start));
    }
    keys
}

/// Every form of a text with one letter left out.
fn without_one(text: &str) -> Vec<String> {
    if text.len() < SHORT_CHARS {
        return Vec::new();
    }
    let omit = |place: usize| text.chars().enumerate().filter(|(at, _)| *at != place).map(|(_, c)| c).collect();
    (0..text.chars().count()).map(omit).collect()
}

/// FNV-1a, folded to 32 bits: small in the file, the same on every machine. Two forms that share one are compared anyway.
fn hash(family: char, text: &str) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in std::iter::once(family as u8).chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    i64::from((hash ^ (hash >> 32)) as u32)
}
