//! New ids and the acts of the journal.

use palier_store::acts::Act;
use palier_sync::ScopeKey;
use uuid::Uuid;

use crate::api::CommandError;

/// A new id, ordered by time (UUIDv7).
pub(crate) fn new_id() -> Uuid {
    Uuid::now_v7()
}

/// An act at a door or in a stair.
pub(crate) fn act(kind: &'static str, code: &str, door: Option<Uuid>, stair: Option<Uuid>, count: usize) -> Act {
    Act {
        id: new_id(),
        kind,
        code: code.to_owned(),
        door,
        stair,
        count: u32::try_from(count).unwrap_or(u32::MAX),
        undoable: true,
    }
}

/// Reads an id of a request.
pub(crate) fn id(text: &str) -> Result<Uuid, CommandError> {
    Uuid::parse_str(text).map_err(|_| CommandError::not_found())
}

/// The shared scope of a sector.
pub(crate) fn place(sector: Uuid) -> ScopeKey {
    ScopeKey::Place { sector }
}
