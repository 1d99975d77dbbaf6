//! The wire between the console's page and the server: plain data, in and out, of every command.
//!
//! These types are never domain types. They generate `ui/src/backend/console.ts` (a test refuses a stale file).
//! Identifiers are UUID strings; instants are UTC in RFC 3339; dates are `YYYY-MM-DD` in Europe/Paris. Codes are the
//! domain's text codes; their words are in the catalogue.

mod coverage;
mod dashboard;
mod duplicates;
mod figures;
mod import;
mod points;
mod programme;
mod releases;
mod server_state;
mod session;
mod slips;
mod tablets;

pub use coverage::*;
pub use dashboard::*;
pub use duplicates::*;
pub use figures::*;
pub use import::*;
pub use points::*;
pub use programme::*;
pub use releases::*;
pub use server_state::*;
pub use session::*;
pub use slips::*;
pub use tablets::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request without arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// An answer that says only that it is done and durable.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Done {}

/// A thing and its name, for lists to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Named {
    /// Id, or code.
    pub id: String,
    /// Name.
    pub name: String,
}

/// Why a command refused; the page decides on the code, and the words come from the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// No session: show the login.
    SignedOut,
    /// Name or password is wrong.
    WrongLogin,
    /// Too many tries; `detail` is the minutes to wait.
    TooManyTries,
    /// The password is too short or too common.
    WeakPassword,
    /// The name is taken by another account.
    NameTaken,
    /// An account exists already: the first page is closed.
    AlreadySet,
    /// The account may not do this.
    NotAllowed,
    /// The request is not of the command's form; `detail` names the field.
    BadRequest,
    /// A field is empty or too long; `detail` names it.
    Field,
    /// What is asked for is not here.
    NotFound,
    /// It changed since the page showed it: look again.
    Changed,
    /// It cannot be undone: someone wrote there since, or the person was erased.
    NotUndoable,
    /// The file is larger than what is taken; `detail` is the limit in MiB.
    FileTooLarge,
    /// The staged files are gone (30 minutes): choose them again.
    FileGone,
    /// Several imports wait already: accept or leave one.
    Busy,
    /// The disk of the server is full; nothing was written.
    Full,
    /// Any other fault; it is in the server's log.
    Internal,
}
