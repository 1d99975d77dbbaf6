//! What the merge and the wire say exactly, where a property alone would let a small slip pass (`crates/sync/MUTANTS.md`).

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    missing_docs,
    reason = "a test says what it expects by panicking"
)]

mod exact {
    mod merge;
    mod read;
    mod wire;

    use palier_sync::{Body, Change, Dot, Edit, Head, HeadId, ScopeKey, Stamp, Value};
    use uuid::Uuid;

    pub const SCOPE: ScopeKey = ScopeKey::Place { sector: Uuid::from_u128(9) };

    /// A change of one record.
    pub fn change(replica: u32, sequence: u64, edits: Vec<Edit>) -> Change {
        Change {
            dot: Dot { replica, sequence },
            stamp: Stamp { time: 1_000 * sequence, replica },
            effective: None,
            scope: SCOPE,
            record: Uuid::from_u128(1),
            kind: 12,
            body: Body::Set(edits),
        }
    }

    pub fn edit(field: u16, value: i64, bases: &[HeadId]) -> Edit {
        Edit { field, value: Value::Int(value), bases: bases.to_vec() }
    }

    pub fn id(replica: u32, sequence: u64, part: u8) -> HeadId {
        HeadId { dot: Dot { replica, sequence }, part }
    }

    pub fn head(id: HeadId, time: u64, value: Value) -> Head {
        Head { id, stamp: Stamp { time, replica: id.dot.replica }, value }
    }
}
