//! The printed pages that a mediator leaves behind, as tagged PDF (PDF/UA-1): the notice of a visit and the slip of a file; and the
//! reports of a coordinator.
//!
//! Plain data comes in and bytes go out: no clock, no disk, no network, and the same bytes for the same input. The sentences are those of
//! `ui/catalogue/resident/paper`, one file a language; what nobody proof-read stands beside the French. No type here has a field for a person.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod column;
mod error;
mod face;
mod field;
mod ink;
mod notice;
mod paragraph;
mod pictogram;
mod report;
mod sheet;
mod slip;
mod slot;
mod square;
mod words;

pub use error::PaperError;
pub use notice::{Format, Notice, notice};
pub use report::{Report, ReportPart, ReportTable, report};
pub use slip::{Service, Slip, Spoken, slip};
pub use slot::{Slot, When};
pub use words::{LANGUAGES, languages};
