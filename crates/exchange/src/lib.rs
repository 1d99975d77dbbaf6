//! When and how a tablet talks to the server: trusted time, enrolment, one round of sync, packs; and to another tablet by a bundle.
//!
//! What it is: the HTTP client over `sync` and `store`. What it is not: the merge (`palier-sync`), the tables
//! (`palier-store`), or the decision to sync now (`palier-commands`).
//!
//! Invariants: nothing leaves the queue before the server said it is durable (I4, I5); a cut at any byte costs one
//! repeated page and nothing else (I7); no lock of the store is held while the network is waited for, so a tap is never
//! blocked. Start reading at [`round`], then [`enrol`] and [`bundle`].

pub mod bundle;
mod compare;
pub mod enrol;
pub mod http;
pub mod pack;
mod relay;
pub mod roster;
pub mod round;
pub mod time;

pub use http::{HttpTransport, NetFault, Reply, Transport};
pub use round::{Credential, Progress, Report, RoundError};
pub use time::{Anchor, Boot, Clock, Present, certain_now_ms, trusted_now_ms};
