//! A whole ledger, row by row, the same whatever database is behind it: poured from one into another, and counted so that
//! both can be compared.

use palier_sync::Replica;
use serde::Serialize;
use uuid::Uuid;

use super::LedgerError;

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A change, or the hole that an erasure left.
    Change,
    /// How far an author is consumed.
    Author,
    /// A change that was refused.
    Refusal,
    /// Where a record lives.
    Home,
    /// A kept batch and the records it speaks of.
    Batch,
    /// The last sequence of a scope.
    Head,
}

impl Kind {
    /// All, in the order in which a ledger is filled: heads last, so that a ledger filled by half tells nothing.
    pub const ALL: [Self; 6] = [Self::Change, Self::Author, Self::Refusal, Self::Home, Self::Batch, Self::Head];

    /// Most rows read or written at once: batches are thousands of times longer than the others.
    pub(super) const fn at_once(self) -> i64 {
        match self {
            Self::Batch => 50,
            _ => 500,
        }
    }
}

/// A row, in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the columns are described by the migrations")]
pub enum Row {
    /// See [`Kind::Change`].
    Change {
        scope: String,
        seq: i64,
        replica: Replica,
        sequence: i64,
        record: Uuid,
        payload: Option<String>,
        packed: Option<Vec<u8>>,
        effective: Option<i64>,
        erasure: bool,
    },
    /// See [`Kind::Author`].
    Author { replica: Replica, last: i64, reopened: bool },
    /// See [`Kind::Refusal`].
    Refusal { replica: Replica, sequence: i64, reason: String },
    /// See [`Kind::Home`].
    Home { record: Uuid, scope: String, kind: u16, erased: bool },
    /// See [`Kind::Batch`]; `text` is compressed, `records` ascend.
    Batch { replica: Replica, first: i64, last: i64, text: Vec<u8>, signature: String, records: Vec<Uuid> },
    /// See [`Kind::Head`].
    Head { scope: String, seq: i64 },
}

/// A ledger that tells and takes rows.
pub trait Rows {
    /// The next rows of a kind after one of them, or the first; none after the last.
    ///
    /// # Errors
    /// A fault of the database.
    fn rows_after(&self, kind: Kind, last: Option<&Row>) -> Result<Vec<Row>, LedgerError>;

    /// Writes rows of one kind, in one transaction.
    ///
    /// # Errors
    /// A fault of the database, also for a row that is there already.
    fn put_rows(&mut self, rows: &[Row]) -> Result<(), LedgerError>;
}

/// How many rows of a kind, and the sum of their digests modulo 2¹²⁸: the order in which a database tells them is its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub count: u64,
    /// Sum of the first 16 bytes of BLAKE3 of each row as JSON.
    pub digest: u128,
}

/// Counts every row.
///
/// # Errors
/// A fault of the database.
pub fn tally(of: &dyn Rows) -> Result<Vec<Tally>, LedgerError> {
    let mut tallies = Vec::new();
    for kind in Kind::ALL {
        let mut tally = Tally { kind, count: 0, digest: 0 };
        each(of, kind, &mut |rows| {
            for row in rows {
                let hash = blake3::hash(&serde_json::to_vec(row)?);
                let (start, _) = hash.as_bytes().split_first_chunk::<16>().ok_or(LedgerError::Form("digest"))?;
                tally.count += 1;
                tally.digest = tally.digest.wrapping_add(u128::from_le_bytes(*start));
            }
            Ok(())
        })?;
        tallies.push(tally);
    }
    Ok(tallies)
}

/// Pours a ledger into an empty one. `progress` is told how many changes are there so far.
///
/// # Errors
/// A fault of a database; what was poured so far stays.
pub fn pour(from: &dyn Rows, into: &mut dyn Rows, progress: &mut dyn FnMut(u64)) -> Result<(), LedgerError> {
    let mut changes = 0;
    for kind in Kind::ALL {
        each(from, kind, &mut |rows| {
            into.put_rows(rows)?;
            if kind == Kind::Change {
                changes += rows.len() as u64;
                progress(changes);
            }
            Ok(())
        })?;
    }
    Ok(())
}

fn each(of: &dyn Rows, kind: Kind, act: &mut dyn FnMut(&[Row]) -> Result<(), LedgerError>) -> Result<(), LedgerError> {
    let mut last = None;
    loop {
        let rows = of.rows_after(kind, last.as_ref())?;
        let Some(end) = rows.last() else { return Ok(()) };
        act(&rows)?;
        last = Some(end.clone());
    }
}
