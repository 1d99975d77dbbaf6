//! Records written in one transaction, whatever wrote them: what depends on many of them is written once, at its end.

use std::collections::{BTreeMap, BTreeSet};

use palier_sync::digest::Digest;
use palier_sync::{RecordState, ScopeKey};
use rusqlite::Connection;
use uuid::Uuid;

use crate::apply::Applied;
use crate::{StoreError, erase, project, record};

/// Records written so far in a transaction.
#[derive(Default)]
pub(crate) struct Touched {
    /// Their types, by id.
    kinds: BTreeMap<Uuid, u16>,
    erased: BTreeSet<Uuid>,
    /// Scopes: their number here, and by how much their digest moves.
    scopes: BTreeMap<ScopeKey, (i64, Digest)>,
}

impl Touched {
    /// Writes a record's row in place of the one of `old`, and what is projected from it alone.
    pub(crate) fn write(
        &mut self,
        connection: &Connection,
        id: Uuid,
        state: &RecordState,
        old: Option<Digest>,
        erased: bool,
    ) -> Result<(), StoreError> {
        let scope = self.scope(connection, state.scope)?;
        let new = record::save(connection, id, state, scope.0)?;
        scope.1 = scope.1.without(old.unwrap_or_default()).with(new);
        if erased {
            erase::forget(connection, id)?;
            self.erased.insert(id);
        }
        project::record(connection, id, state, old.is_none())?;
        self.kinds.insert(id, state.kind);
        Ok(())
    }

    /// Takes in what another copy has of a record; nothing that this copy has beside is lost.
    pub(crate) fn join(&mut self, connection: &Connection, id: Uuid, theirs: RecordState) -> Result<(), StoreError> {
        // Most of the time the record is new here: its row is written without looking for another.
        let scope = self.scope(connection, theirs.scope)?;
        if let Some(new) = record::save_new(connection, id, &theirs, scope.0)? {
            scope.1 = scope.1.with(new);
            if theirs.erased {
                erase::forget(connection, id)?;
                self.erased.insert(id);
            }
            project::record(connection, id, &theirs, true)?;
            self.kinds.insert(id, theirs.kind);
            return Ok(());
        }
        let (mut state, old) = record::load_or_new(connection, id, theirs.scope, theirs.kind)?;
        let was_erased = state.erased;
        state.join(theirs);
        let erased = state.erased && !was_erased;
        self.write(connection, id, &state, old, erased)
    }

    /// Writes what depends on several records.
    pub(crate) fn finish(self, connection: &Connection) -> Result<Applied, StoreError> {
        for (number, change) in self.scopes.into_values() {
            record::move_digest(connection, number, change)?;
        }
        project::finish(connection, &self.kinds)?;
        let (records, erased) = (self.kinds.into_keys().collect(), self.erased.into_iter().collect());
        Ok(Applied { records, erased })
    }

    fn scope(&mut self, connection: &Connection, key: ScopeKey) -> Result<&mut (i64, Digest), StoreError> {
        Ok(match self.scopes.entry(key) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => {
                new.insert((record::scope_number(connection, &key)?, Digest::default()))
            }
        })
    }
}
