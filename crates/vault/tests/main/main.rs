//! A profile's key, from enrolment to recovery, through the public API and real files.

#![allow(missing_docs, reason = "tests name themselves")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may stop")]

mod cast;
mod damage;
mod keystores;
mod opening;
mod recovery;
mod waiting;
