//! The encrypted SQLite of a tablet, and the read model of the server: one code.
//!
//! What it is: packed records (the truth), the queue of what is not acknowledged, the journal of acts, the history of
//! replaced values, and projections that are written in the same transaction and can be rebuilt from the records. What it is not: network, keys, words.
//!
//! Invariants: a write is one transaction with `synchronous = FULL`, durable when the function answers (I8); the digest
//! of a scope is kept from this copy's own rows (I15); after an erasure no byte of the record's values is left in the
//! file (I10). `schema.sql` is the commented picture of the tables; a test compares it with the real ones.
//!
//! Start reading at [`mod@write`], then [`apply`](Store::apply), then `read/`.

pub mod acts;
mod agreed;
pub mod alias;
mod apply;
mod body;
pub mod carried;
mod erase;
mod error;
mod meta;
mod open;
pub mod outbox;
mod project;
pub mod read;
mod record;
pub mod search;
pub mod settle;
pub mod snapshot;
mod tidy;
mod touched;
pub mod write;

pub use apply::{Applied, agreement_id};
pub use error::StoreError;
pub use open::{StoreKey, connect, cut_after};
pub use project::SAME_VISIT_MS;
pub use write::{Draft, Written};

/// One store: one file, one profile.
pub struct Store {
    pub(crate) connection: rusqlite::Connection,
}
