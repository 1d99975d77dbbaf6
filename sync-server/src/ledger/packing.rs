//! What a compaction leaves of a change, the same bytes whatever database is behind the ledger.

use std::collections::BTreeMap;

use palier_sync::{Body, Change, compact, wire};
use uuid::Uuid;

use super::LedgerError;

/// Packs a change: its JSON, compressed with the dictionary of the wire.
pub(super) fn pack(change: &Change) -> Result<Vec<u8>, LedgerError> {
    wire::encode(change, true).map_err(|_| LedgerError::Form("packed"))
}

/// Reads a packed change.
pub(super) fn unpack(bytes: &[u8]) -> Result<Change, LedgerError> {
    wire::decode(bytes).map_err(|_| LedgerError::Form("packed"))
}

/// Bytes of the JSON of a packed change.
pub(super) fn length(bytes: &[u8]) -> usize {
    let told = zstd::zstd_safe::get_frame_content_size(bytes).ok().flatten();
    told.and_then(|length| usize::try_from(length).ok()).unwrap_or(bytes.len())
}

/// A change of a record that is compacted: its place in the scope, what it says now, and how that lies there when packed already.
pub(super) struct Old {
    pub(super) seq: i64,
    pub(super) change: Change,
    pub(super) packed: Option<Vec<u8>>,
}

/// What becomes of a place in the sequence.
pub(super) enum Left {
    /// The change, packed.
    Packed(i64, Change, Vec<u8>),
    /// Nothing; its author was told a time for it, which a repeated batch asks for again.
    Time(i64),
    /// Nothing.
    Nothing(i64),
}

/// What becomes of the changes of some records, told record by record in the order of the sequence. Places where nothing changes
/// are left out, and so are erasures.
pub(super) fn compacted(records: BTreeMap<Uuid, Vec<Old>>) -> Result<Vec<Left>, LedgerError> {
    let mut all = Vec::new();
    for old in records.into_values() {
        let old: Vec<Old> = old.into_iter().filter(|old| old.change.body != Body::Erase).collect();
        let changes: Vec<Change> = old.iter().map(|old| old.change.clone()).collect();
        for (old, left) in old.into_iter().zip(compact::compact(&changes)) {
            match left {
                Some(change) if change == old.change && old.packed.is_some() => {}
                Some(change) => {
                    let packed = pack(&change)?;
                    all.push(Left::Packed(old.seq, change, packed));
                }
                None if old.change.effective.is_some() => all.push(Left::Time(old.seq)),
                None => all.push(Left::Nothing(old.seq)),
            }
        }
    }
    Ok(all)
}
