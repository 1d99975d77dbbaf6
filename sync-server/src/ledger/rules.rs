//! What every ledger decides of a batch, whatever database is behind it: is it of the form, may its author write it, is
//! its record where it says.

#[cfg(feature = "faults")]
use palier_sync::faults::{self, Fault};
use palier_sync::wire::{Batch, RefusalReason};
use palier_sync::{Body, Change, RecordType, rules};

use super::{Author, LedgerError};

/// How far a restored ledger skips ahead where its clock is behind its sequences: more than a territory writes in the 35 days that a backup may be old.
pub(super) const SKIP_AFTER_RESTORE: i64 = 10_000_000;

/// What stands for scopes that a restored ledger does not know: they may have begun since the copy, and go on after it.
pub(super) const RESTORED: &str = "restored";

/// Level of the compression of kept batches: they are read only as proof.
pub(super) const BATCH_ZSTD_LEVEL: i32 = 9;

/// The changes of a batch of this author.
pub(super) fn read_batch(batch: &Batch, author: &Author) -> Result<Vec<Change>, LedgerError> {
    if batch.replica != author.replica {
        return Err(LedgerError::Form("author"));
    }
    rules::read_batch(batch).map_err(LedgerError::Form)
}

/// What becomes of a change.
pub(super) enum Verdict {
    Accepted,
    /// It erases what is erased: there is nothing to write and nothing to tell.
    Absorbed,
    Refused(RefusalReason),
}

/// Where a record lives, what it is, and whether it was erased.
pub(super) struct Home {
    pub(super) scope: String,
    pub(super) kind: u16,
    pub(super) erased: bool,
}

/// Why a change is refused whatever the ledger holds.
pub(super) fn refusal_of(change: &Change, author: &Author) -> Option<RefusalReason> {
    let programme = RecordType::from_number(change.kind).is_some_and(rules::is_programme);
    if !author.scopes.contains(&change.scope) || programme && !author.coordinates {
        return Some(RefusalReason::NotAllowed);
    }
    (!rules::is_sound(change)).then_some(RefusalReason::Invalid)
}

/// What becomes of a change of a record that the ledger knows, or not.
pub(super) fn verdict(change: &Change, home: Option<&Home>) -> Verdict {
    match home {
        #[cfg(feature = "faults")]
        Some(home) if home.erased && faults::is_in(Fault::EraseNotAbsorbing) => Verdict::Accepted,
        Some(home) if home.erased && change.body == Body::Erase => Verdict::Absorbed,
        Some(home) if home.erased => Verdict::Refused(RefusalReason::Erased),
        Some(home) if home.scope != change.scope.to_string() || home.kind != change.kind => {
            Verdict::Refused(RefusalReason::Invalid)
        }
        _ => Verdict::Accepted,
    }
}

/// The word that a refusal is kept by.
pub(super) fn code_of(reason: RefusalReason) -> Result<String, LedgerError> {
    Ok(serde_json::to_value(reason)?.as_str().unwrap_or("other").to_owned())
}

/// The refusal that a kept word names.
pub(super) fn reason_of(code: String) -> RefusalReason {
    serde_json::from_value(serde_json::Value::String(code)).unwrap_or(RefusalReason::Other)
}

/// A number as databases keep it.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as databases gave it back.
pub(super) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
