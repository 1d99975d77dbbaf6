//! Accounts and sessions of the console.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the page shows before anything else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct ConsoleState {
    /// Version of the server.
    pub version: String,
    /// No account exists: the page makes the first.
    pub first_account: bool,
    /// Login name of the session's account; empty without a session.
    pub account: String,
    /// The territory is the demonstration: everything in it is invented.
    pub demo: bool,
    /// Points to settle, for the side bar; 0 without a session.
    pub points: u32,
    /// Tablets that wait for attention, for the side bar; 0 without a session.
    pub tablets: u32,
}

/// `create_first_account`, `create_account`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct NewAccount {
    /// Login name.
    pub name: String,
    /// Password, 12 characters or more.
    pub password: String,
}

/// `sign_in`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// Login name.
    pub name: String,
    /// Password.
    pub password: String,
}

/// `change_password`: every other session of the account ends.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// Present password.
    pub old_password: String,
    /// New password, 12 characters or more.
    pub new_password: String,
}
