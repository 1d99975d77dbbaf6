//! The coordinator's console: what its page may ask, answered over `POST /api/<command>`.
//!
//! What it is: the list of commands with what each asks for ([`table`]), their wire types ([`api`]), and one file
//! per subject that answers them. What it is not: accounts, sessions, tablets' keys (the registry), the merge or the tables.
//!
//! Invariants: every write is a change of the server's replica that names what it replaces, so that it is merged, sent
//! to the tablets and undone like any other; nothing of an import is written before its dry run is accepted; no answer
//! to a page that has no session holds data. Start reading at [`table`].

mod accounts;
pub mod api;
mod call;
mod coverage;
mod dashboard;
mod decision;
mod doorway;
mod duplicates;
mod error;
mod figures;
mod import;
mod likeness;
mod names;
mod points;
mod programme;
mod releases;
mod same_visit;
mod server_state;
mod slips;
mod staging;
pub mod table;
mod tablets;

pub use error::ConsoleError;

use axum::extract::DefaultBodyLimit;
use axum::routing::post;
use axum::{Extension, Router};

use crate::Shared;

/// Largest body of a command, in bytes: forms and lists of ids.
const COMMAND_BYTES_MAX: usize = 64 * 1024;

/// Routes of the console.
pub fn router() -> Router<Shared> {
    Router::new()
        .route("/api/import_file", post(doorway::import_file))
        .route("/api/{command}", post(doorway::command).layer(DefaultBodyLimit::max(COMMAND_BYTES_MAX)))
        .layer(Extension(call::Desk::new()))
}
