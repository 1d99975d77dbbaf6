//! The wire between a screen and the core: plain data, in and out, of every command.
//!
//! These types are never domain types. They generate `ui/src/backend/field.ts` (`cargo test -p palier-commands`
//! refuses a stale file). Identifiers are UUID strings; instants are UTC in RFC 3339; dates are `YYYY-MM-DD` in
//! Europe/Paris; durations are whole minutes unless the name says otherwise. Codes (outcomes, themes, languages…)
//! are the domain's text codes; their words are in the catalogue.

mod action;
mod bundle;
mod diagnosis;
mod directory;
mod heard;
mod household;
mod journal;
mod outing;
mod paper;
mod place;
mod referral;
mod search;

mod session;
mod sync;
mod visit;

pub use action::*;
pub use bundle::*;
pub use diagnosis::*;
pub use directory::*;
pub use heard::*;
pub use household::*;
pub use journal::*;
pub use outing::*;
pub use paper::*;
pub use place::*;
pub use referral::*;
pub use search::*;

pub use session::*;
pub use sync::*;
pub use visit::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request without arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// An answer that says only that the act is durable.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Done {}

/// What changed in the store, sent to the screens: a screen that shows one of these reads again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Changed {
    /// Areas touched: `places`, `visits`, `households`, `outings`, `journal`, `sync`, `session`, `directory`, `referrals`.
    pub areas: Vec<String>,
}

/// Why a command refused; a screen decides on the code, and the words come from the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// No profile is open: show the PIN.
    Locked,
    /// The veil is on: ask the PIN before names and notes.
    Veiled,
    /// The request is not of the command's form.
    BadRequest,
    /// What is asked for is not on this tablet.
    NotFound,
    /// A name, phone or household file needs an agreement first.
    AgreementNeeded,
    /// The person's data was erased: nothing can be written to it any more.
    Erased,
    /// A field is too long or malformed; `detail` names the field.
    InvalidField,
    /// An outing is already open, or none is.
    OutingState,
    /// The enrolment code is unknown to the server.
    CodeUnknown,
    /// The enrolment code was used already.
    CodeUsed,
    /// The enrolment code is too old.
    CodeExpired,
    /// The enrolment code is wrong; `detail` is how many tries are left.
    CodeWrong,
    /// Too many tries with this code: ask for another.
    CodeDead,
    /// The server cannot be reached.
    Unreachable,
    /// The server refused this tablet: revoked or suspended.
    Refused,
    /// The app is too old for the server.
    TooOld,
    /// The PIN is too weak; `detail` is the reason code (`too_short`, `sequence`, `repeated`, `common`, `not_digits`).
    WeakPin,
    /// The store was written by a newer version of the app.
    NewerStore,
    /// The tablet's storage is full: nothing was written.
    StorageFull,
    /// This action cannot be undone (erasure and withdrawal), or was changed since.
    NotUndoable,
    /// A bundle could not be made or read; `detail` says why: `not_a_bundle`, `truncated`, `altered`, `newer`, `older`,
    /// `too_large`, `other_territory`, `not_for_this_tablet`, `own`, `giver_unknown`, `giver_stopped`, `no_roster`,
    /// `old_roster`, `nothing`, `no_reader`.
    Bundle,
    /// An unexpected fault; nothing was written. `detail` holds a code for support, never personal data.
    Internal,
}

/// A refusal with its argument.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[ts(export_to = "field.ts")]
#[error("{code:?} {detail:?}")]
pub struct CommandError {
    /// What the screen acts on.
    pub code: ErrorCode,
    /// An argument of the message: a field's name, a number of tries. Never personal data.
    pub detail: Option<String>,
}

impl CommandError {
    /// A refusal with its argument.
    #[must_use]
    pub fn new(code: ErrorCode, detail: &str) -> Self {
        Self { code, detail: (!detail.is_empty()).then(|| detail.to_owned()) }
    }

    /// The request or the answer is not of its form; the reader's message is kept for support and holds no value.
    pub(crate) fn bad_request(error: serde_json::Error) -> Self {
        Self::new(ErrorCode::BadRequest, &format!("line {} column {}", error.line(), error.column()))
    }
}
