//! Bringing other tablets' batches to the server, after one's own: an author in a request, so that one whose batches do not fit
//! holds up nobody else's.

use std::collections::BTreeSet;

use palier_store::{Store, StoreError};
use palier_sync::wire::{Batch, SyncAnswer};
use palier_sync::{Replica, ScopeKey, limits};

/// Aim of the carried changes of a request, in bytes before compression.
const RELAY_BYTES: usize = 2 * 1024 * 1024;

/// What a sync brings for others.
#[derive(Debug, Default)]
pub(crate) struct Relay {
    /// Authors whose batches do not go on in this sync: suspended, or in need of their author.
    stopped: BTreeSet<Replica>,
    /// The author of the batches of the present request.
    asked: Option<Replica>,
}

impl Relay {
    /// The next batches to bring, once nothing of one's own is left behind: of one author, as many as fit a request.
    pub(crate) fn next(&mut self, store: &Store, free: bool) -> Result<Vec<Batch>, StoreError> {
        self.asked = None;
        let mut bytes = 0usize;
        let mut batches = Vec::new();
        if !free {
            return Ok(batches);
        }
        for carried in store.carried()? {
            let replica = carried.batch.replica;
            if self.stopped.contains(&replica) || self.asked.is_some_and(|asked| asked != replica) {
                continue;
            }
            bytes = bytes.saturating_add(carried.batch.changes.len());
            if batches.len() >= limits::REQUEST_BATCHES_MAX || bytes > RELAY_BYTES && !batches.is_empty() {
                break;
            }
            self.asked.get_or_insert(replica);
            batches.push(carried.batch);
        }
        Ok(batches)
    }

    /// Whether the present request brings something for another.
    pub(crate) fn asks(&self) -> bool {
        self.asked.is_some()
    }

    /// Whether something is still to be brought in this sync.
    pub(crate) fn has_more(&self, store: &Store) -> Result<bool, StoreError> {
        Ok(store.carried_authors()?.iter().any(|(replica, _)| !self.stopped.contains(replica)))
    }

    /// The server does not take the batches of this request: their author must come itself.
    pub(crate) fn stop(&mut self) {
        self.stopped.extend(self.asked.take());
    }

    /// Takes note of what the server has now; says how many of the carried changes.
    pub(crate) fn take(&mut self, store: &mut Store, answer: &SyncAnswer) -> Result<u64, StoreError> {
        let Some(replica) = self.asked.take() else { return Ok(0) };
        let carried = |store: &Store| -> Result<u64, StoreError> {
            Ok(store.carried_authors()?.iter().filter(|(author, _)| *author == replica).map(|(_, count)| count).sum())
        };
        let before = carried(store)?;
        if let Some(consumed) = answer.consumed.iter().rfind(|consumed| consumed.replica == replica) {
            store.acknowledge_carried(replica, consumed.sequence, &answer.refused)?;
        }
        let brought = before.saturating_sub(carried(store)?);
        if brought == 0 {
            // Its author is suspended, or must come itself: it is not asked about again in this sync.
            self.stopped.insert(replica);
        }
        Ok(brought)
    }

    /// Scopes that hold, here, what the server has not: they cannot be compared.
    pub(crate) fn waiting(store: &Store) -> Result<BTreeSet<ScopeKey>, StoreError> {
        Ok(store.carried()?.into_iter().filter(|carried| carried.taken).flat_map(|carried| carried.scopes).collect())
    }
}

/// A refusal that is of the batches, and not of who brings them.
pub(crate) fn is_of_batches(error: &str) -> bool {
    matches!(error, "gap" | "signature" | "bad_request" | "too_large")
}
