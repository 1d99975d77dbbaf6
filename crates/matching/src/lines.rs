//! A file of records, one JSON object a line.

use std::collections::HashMap;
use std::io::BufRead;

use crate::record::PersonRecord;

/// A longer line is no record of a person; reading on would only fill the memory.
const LINE_BYTES_MAX: usize = 1 << 20;

/// Why a file was refused. Lines are counted from one.
#[derive(Debug, thiserror::Error)]
pub enum LineError {
    /// The file could not be read on.
    #[error("line {line}: cannot be read: {source}")]
    Unreadable {
        /// The line that was being read.
        line: usize,
        /// What the system says.
        source: std::io::Error,
    },
    /// The line is longer than a record can be.
    #[error("line {line}: longer than {LINE_BYTES_MAX} bytes")]
    TooLong {
        /// The line.
        line: usize,
    },
    /// The line is no record.
    #[error("line {line}: not a record: {source}")]
    NotARecord {
        /// The line.
        line: usize,
        /// What is wrong with it.
        source: serde_json::Error,
    },
    /// The record has an empty id.
    #[error("line {line}: the id is empty")]
    EmptyId {
        /// The line.
        line: usize,
    },
    /// Two records have the same id.
    #[error("line {line}: the id stands on line {first} already")]
    SameId {
        /// The later line.
        line: usize,
        /// The earlier line.
        first: usize,
    },
}

/// Reads records, one JSON object a line; empty lines are passed over, fields that are not known too.
///
/// # Errors
/// The first line that is no record, has no id, or has the id of another line.
pub fn read_lines(input: impl BufRead) -> Result<Vec<PersonRecord>, LineError> {
    let mut records = Vec::new();
    let mut lines_by_id: HashMap<String, usize> = HashMap::new();
    for (at, text) in input.lines().enumerate() {
        let line = at + 1;
        let text = text.map_err(|source| LineError::Unreadable { line, source })?;
        // Some editors begin a file with a byte order mark.
        let text = if line == 1 { text.trim_start_matches('\u{feff}') } else { &text };
        if text.trim().is_empty() {
            continue;
        }
        if text.len() > LINE_BYTES_MAX {
            return Err(LineError::TooLong { line });
        }
        let record: PersonRecord =
            serde_json::from_str(text).map_err(|source| LineError::NotARecord { line, source })?;
        if record.id.trim().is_empty() {
            return Err(LineError::EmptyId { line });
        }
        if let Some(first) = lines_by_id.insert(record.id.clone(), line) {
            return Err(LineError::SameId { line, first });
        }
        records.push(record);
    }
    Ok(records)
}
