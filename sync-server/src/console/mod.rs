//! The coordinator's console: what its page may ask, answered over `POST /api/<command>`.
//!
//! What it is: the list of commands with the right each asks for ([`table`]), their wire types ([`api`]), and one file
//! per subject that answers them. What it is not: accounts, sessions, tablets' keys (the registry), the merge or the tables.
//!
//! Invariants: every write is a change of the server's replica that names what it replaces, so that it is merged, sent
//! to the tablets and undone like any other; nothing of an import is written before its dry run is accepted; no answer
//! to a page that has no session holds data. Start reading at [`table`].

pub mod api;
mod error;

pub use error::ConsoleError;

/// Routes of the console.
pub fn router() -> axum::Router<crate::Shared> {
    axum::Router::new()
}
