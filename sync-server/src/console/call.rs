//! What a command has at hand: the centre, who asks, the present, what the page's session becomes.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Semaphore;
use uuid::Uuid;

use super::ConsoleError;
use super::api::ErrorCode;
use super::likeness::Likeness;
use super::staging::Staging;
use crate::registry::{Account, LoginTrial};
use crate::{Centre, now_ms};

/// Passwords checked at once.
const PASSWORDS_AT_ONCE: usize = 2;

/// What the console keeps in memory beside the centre: staged files, who looks like whom, and since when it serves.
#[derive(Clone)]
pub(super) struct Desk {
    staging: Arc<Mutex<Staging>>,
    likeness: Arc<Mutex<Likeness>>,
    /// Passwords checked at once: each takes 64 MiB.
    pub(super) password_turns: Arc<Semaphore>,
    pub(super) started_ms: i64,
}

impl Desk {
    pub(super) fn new() -> Self {
        Self {
            staging: Arc::new(Mutex::new(Staging::default())),
            likeness: Arc::new(Mutex::new(Likeness::default())),
            password_turns: Arc::new(Semaphore::new(PASSWORDS_AT_ONCE)),
            started_ms: now_ms(),
        }
    }

    /// The staged files. Taken after the centre's lock, never before.
    pub(super) fn staging(&self) -> MutexGuard<'_, Staging> {
        self.staging.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The people compared last. Taken after the centre's lock, never before.
    pub(super) fn likeness(&self) -> MutexGuard<'_, Likeness> {
        self.likeness.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the page's session becomes with the answer.
pub(super) enum SessionTurn {
    Stays,
    Opens(String),
    Ends,
}

/// One command under way.
pub(super) struct Call<'a> {
    pub(super) centre: &'a mut Centre,
    pub(super) desk: &'a Desk,
    /// Addresses that tablets are told to try.
    pub(super) addresses: &'a [String],
    pub(super) account: Option<Account>,
    /// The session's token, to end it.
    pub(super) token: Option<String>,
    pub(super) turn: SessionTurn,
    /// A login whose password was checked before the centre was taken, and whether it fits.
    pub(super) login: Option<(LoginTrial, bool)>,
    pub(super) now_ms: i64,
}

impl Call<'_> {
    /// Login name of who asks; empty before the login.
    pub(super) fn who(&self) -> String {
        self.account.as_ref().map(|account| account.name.clone()).unwrap_or_default()
    }
}

/// An id of a request.
pub(super) fn id(text: &str) -> Result<Uuid, ConsoleError> {
    Uuid::parse_str(text).map_err(|_| ConsoleError::of(ErrorCode::NotFound))
}

/// An id of a request, or none when it is empty.
pub(super) fn optional_id(text: &str) -> Result<Option<Uuid>, ConsoleError> {
    if text.is_empty() { Ok(None) } else { id(text).map(Some) }
}

/// A text of a form: trimmed, not empty, at most `max` characters, without control characters.
pub(super) fn form_text(field: &str, text: &str, max: usize) -> Result<String, ConsoleError> {
    let text = text.trim();
    if text.is_empty() { Err(ConsoleError::field(field)) } else { optional_text(field, text, max) }
}

/// The same, but it may be empty.
pub(super) fn optional_text(field: &str, text: &str, max: usize) -> Result<String, ConsoleError> {
    let text = text.trim();
    let fits = text.chars().count() <= max && !text.chars().any(char::is_control);
    if fits { Ok(text.to_owned()) } else { Err(ConsoleError::field(field)) }
}

/// A date of a form, `YYYY-MM-DD`, or empty.
pub(super) fn form_date(field: &str, text: &str) -> Result<String, ConsoleError> {
    let text = text.trim();
    let reads = text.is_empty() || palier_domain::calendar::is_date(text);
    if reads { Ok(text.to_owned()) } else { Err(ConsoleError::field(field)) }
}
