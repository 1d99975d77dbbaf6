//! What a batch may hold and a change may do, whoever takes it in: the same rules on the server and on a tablet that another
//! tablet brings a batch to.

use crate::wire::{self, Batch};
use crate::{Body, Change, RecordType, Replica, ScopeKey, catalogue, limits};

/// The changes of a batch, when all are its author's and their sequences follow.
///
/// # Errors
/// What is not of the form, in a word.
pub fn read_batch(batch: &Batch) -> Result<Vec<Change>, &'static str> {
    let changes: Vec<Change> = serde_json::from_str(&batch.changes).map_err(|_| "changes")?;
    if changes.len() > limits::BATCH_CHANGES_MAX {
        return Err("number of changes");
    }
    let own = |replica: Replica| replica == batch.replica;
    if !changes.iter().all(|change| own(change.dot.replica) && own(change.stamp.replica)) {
        return Err("author");
    }
    let follows =
        changes.iter().zip(changes.iter().skip(1)).all(|(a, b)| a.dot.sequence.checked_add(1) == Some(b.dot.sequence));
    let positive = changes.first().is_none_or(|change| change.dot.sequence > 0);
    if follows && positive { Ok(changes) } else { Err("sequence") }
}

/// What coordinators alone write: a tablet that could would give its holder a role, or make two households one.
#[must_use]
pub const fn is_programme(kind: RecordType) -> bool {
    matches!(
        kind,
        RecordType::Structure
            | RecordType::Sector
            | RecordType::Profile
            | RecordType::LocalNumber
            | RecordType::Pack
            | RecordType::Alias
    )
}

/// A change whose limits are kept, that is where its type lives, and that erases nothing that is never erased.
#[must_use]
pub fn is_sound(change: &Change) -> bool {
    wire::check_change(change).is_ok() && at_home(change) && may_be_erased(change)
}

/// People and files are erased, places and the programme never (decisions.md 11).
fn may_be_erased(change: &Change) -> bool {
    let home = RecordType::from_number(change.kind).map(RecordType::home);
    change.body != Body::Erase || matches!(home, None | Some(catalogue::Home::File))
}

/// A known type lives in its own kind of scope; an unknown one is a newer version's affair and is relayed.
fn at_home(change: &Change) -> bool {
    let home = RecordType::from_number(change.kind).map(RecordType::home);
    matches!(
        (home, change.scope),
        (None, _)
            | (Some(catalogue::Home::Territory), ScopeKey::Territory)
            | (Some(catalogue::Home::Place), ScopeKey::Place { .. })
            | (Some(catalogue::Home::File), ScopeKey::File { .. })
            | (Some(catalogue::Home::Team), ScopeKey::Team { .. })
    )
}
