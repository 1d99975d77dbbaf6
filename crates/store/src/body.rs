//! The body of a row: a record's packed state, compressed when that makes it smaller. Digests count the packed state, never
//! what is stored: another version of zstd may write other bytes.

use std::cell::RefCell;

use palier_sync::limits;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::get_frame_content_size;

/// First byte of a body that is stored as it is.
const PLAIN: u8 = 0;

/// First byte of a body compressed with zstd, without a dictionary.
const ZSTD: u8 = 1;

/// Packed states shorter than this, in bytes, are mostly identifiers and stamps: nothing to gain.
const SHORT: usize = 200;

/// The fastest level: a fill of 50,000 records spends a tenth of its time here, and writes a third fewer pages.
const LEVEL: i32 = 1;

/// A packed state, as it is read from a row and written to one.
pub(crate) struct Packed(pub(crate) Vec<u8>);

thread_local! {
    /// One context a thread: making one costs more than a row.
    static CONTEXTS: RefCell<Option<(Compressor<'static>, Decompressor<'static>)>> = const { RefCell::new(None) };
}

fn with_contexts<T>(
    act: impl FnOnce(&mut Compressor<'static>, &mut Decompressor<'static>) -> std::io::Result<T>,
) -> std::io::Result<T> {
    CONTEXTS.with_borrow_mut(|contexts| {
        let (zip, unzip) = match contexts {
            Some(contexts) => contexts,
            none => none.insert((Compressor::new(LEVEL)?, Decompressor::new()?)),
        };
        act(zip, unzip)
    })
}

impl ToSql for Packed {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let small = if self.0.len() < SHORT { None } else { with_contexts(|zip, _| zip.compress(&self.0)).ok() };
        let (mark, bytes) = match &small {
            Some(small) if small.len() < self.0.len() => (ZSTD, small),
            _ => (PLAIN, &self.0),
        };
        let mut stored = Vec::with_capacity(bytes.len().saturating_add(1));
        stored.push(mark);
        stored.extend_from_slice(bytes);
        Ok(stored.into())
    }
}

impl FromSql for Packed {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_blob()?.split_first() {
            Some((&PLAIN, packed)) => Ok(Self(packed.to_vec())),
            Some((&ZSTD, frame)) => unzip(frame).map(Self).ok_or(FromSqlError::InvalidType),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

fn unzip(frame: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(get_frame_content_size(frame).ok()??).ok()?;
    if size > limits::DECOMPRESSED_BYTES_MAX {
        return None;
    }
    with_contexts(|_, unzip| unzip.decompress(frame, size)).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rusqlite::Connection;

    use super::*;

    fn through_a_row(packed: &[u8]) -> rusqlite::Result<Vec<u8>> {
        let connection = Connection::open_in_memory()?;
        connection.query_row("SELECT ?1", [Packed(packed.to_vec())], |row| Ok(row.get::<_, Packed>(0)?.0))
    }

    proptest! {
        #[test]
        fn any_state_comes_back(packed in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..600), prop::collection::vec(0u8..3, 0..2_000)
        ]) {
            prop_assert_eq!(through_a_row(&packed).unwrap(), packed);
        }

        #[test]
        fn a_damaged_row_is_an_error(stored in prop::collection::vec(any::<u8>(), 0..80), mark in 1u8..4) {
            let mut row = vec![mark];
            row.extend(stored);
            let connection = Connection::open_in_memory().unwrap();
            let read = connection.query_row("SELECT ?1", [row], |row| Ok(row.get::<_, Packed>(0)?.0));
            prop_assert!(read.is_err(), "never a panic, never other bytes");
        }
    }

    #[test]
    fn text_takes_less_room() {
        let text = "Madame repassera au centre social jeudi avec son avis d'imposition et une facture. ".repeat(8);
        let stored = Packed(text.clone().into_bytes());
        let ToSqlOutput::Owned(rusqlite::types::Value::Blob(bytes)) = stored.to_sql().unwrap() else {
            panic!("a blob")
        };
        assert!(bytes.len() * 3 < text.len(), "{} of {} bytes", bytes.len(), text.len());
    }
}
