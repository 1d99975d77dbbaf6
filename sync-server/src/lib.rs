//! The server of a centre social: takes what the tablets bring, merges it, tells the others, and serves the console.
//!
//! What it is: the ledger of accepted changes, the registry of who may speak, the read model (the tablet's own store),
//! HTTP over TLS. What it is not: the merge (`palier-sync`) or the tables (`palier-store`).
//!
//! Invariants: author and scopes come from the credential and never from the body; a batch is consumed in one
//! transaction; the read model is rebuilt from the ledger; no log line holds personal data. Start reading at [`Centre`].

mod answer;
pub mod authorise;
mod centre;
pub mod compaction;
pub mod console;
pub mod copy;
pub mod directory;
mod enrol;
mod error;
pub mod events;
mod folder;
pub mod http;
pub mod ledger;
pub mod moving;
pub mod registry;
mod roster;
mod seat;
mod snapshot;
pub mod territory;
mod time;
pub mod tls;

pub use centre::{Centre, CentreOptions, Parts};
pub use enrol::EnrolRefusal;
pub use error::CentreError;
pub use folder::FolderLock;
pub use http::{Shared, router};
pub use seat::{Beside, Seat, Wanted};
pub use time::{Time, now_ms};
