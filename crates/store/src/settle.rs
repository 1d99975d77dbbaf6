//! Rows that are not the server's are brought to it: those that hold what it refused are put back to what it has (the
//! refused change stays in the quarantine); those of a bucket that differs take in what it has (I15).

use std::str::FromStr;

use palier_sync::digest::{self, Digest};
use palier_sync::{RecordState, ScopeKey};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::{Store, StoreError, apply, erase, project, record};

impl Store {
    /// Records that hold a refused change, at most so many.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn doubtful(&self, most: usize) -> Result<Vec<(ScopeKey, Uuid)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT scope.key, record.id FROM quarantine
             JOIN record ON record.id = quarantine.record JOIN scope ON scope.n = record.scope
             WHERE quarantine.settled = 0 AND quarantine.reason <> 'erased' ORDER BY record.n LIMIT ?1",
        )?;
        let rows = statement
            .query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(rows.into_iter().filter_map(|(key, id)| Some((ScopeKey::from_str(&key).ok()?, id))).collect())
    }

    /// Puts a record back to what the server has, none when it has nothing; what waits to be sent is written on top of it.
    /// One transaction.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn settle(&mut self, id: Uuid, server: Option<RecordState>) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        let old = record::load(&transaction, id)?;
        let pending = pending(&transaction, id)?;
        let mut state = match (server, pending.first()) {
            (Some(state), _) => Some(state),
            (None, Some(first)) => Some(RecordState::new(first.scope, first.kind)),
            (None, None) => None,
        };
        let mut applied = apply::Applied::default();
        if let Some(state) = &mut state {
            for change in &pending {
                state.apply(change);
            }
            record::save(&transaction, id, state, old.map(|old| old.hash))?;
            if state.erased {
                erase::forget(&transaction, id)?;
                applied.erased.push(id);
            }
            project::record(&transaction, id, state)?;
            project::finish(&transaction, &[id])?;
        } else if let Some(old) = old {
            record::remove(&transaction, id, &old)?;
            apply::project_all(&transaction)?;
        }
        transaction.prepare_cached("UPDATE quarantine SET settled = 1 WHERE record = ?1")?.execute([id])?;
        transaction.commit()?;
        self.after(&applied)
    }
}

impl Store {
    /// Takes in what another copy has of some records; nothing that this copy has beside is lost. One transaction.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn join(&mut self, records: Vec<(Uuid, RecordState)>) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        let mut applied = apply::Applied::default();
        for (id, theirs) in records {
            let (mut state, old) = record::load_or_new(&transaction, id, theirs.scope, theirs.kind)?;
            let was_erased = state.erased;
            state.join(theirs);
            record::save(&transaction, id, &state, old)?;
            if state.erased && !was_erased {
                erase::forget(&transaction, id)?;
                applied.erased.push(id);
            }
            project::record(&transaction, id, &state)?;
            applied.records.push(id);
        }
        project::finish(&transaction, &applied.records)?;
        transaction.commit()?;
        self.after(&applied)
    }
}

/// Parts that the records of a scope are counted in, to find the few that differ: by the last byte of their id, which is
/// random in every kind of id.
pub const BUCKETS: usize = 256;

impl Store {
    /// The digest of each bucket of a scope, counted from every row.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn bucket_digests(&self, scope: &ScopeKey) -> Result<Vec<Digest>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT record.id, record.body FROM record JOIN scope ON scope.n = record.scope WHERE scope.key = ?1",
        )?;
        let mut rows = statement.query([scope.to_string()])?;
        let mut digests = vec![Digest::default(); BUCKETS];
        while let Some(row) = rows.next()? {
            let id: Uuid = row.get(0)?;
            let body: Vec<u8> = row.get(1)?;
            if let Some(digest) = digests.get_mut(usize::from(bucket_of(id))) {
                *digest = digest.with(digest::of_record(id, &body));
            }
        }
        Ok(digests)
    }

    /// Records of a bucket of a scope.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn bucket(&self, scope: &ScopeKey, bucket: u8) -> Result<Vec<Uuid>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT record.id FROM record JOIN scope ON scope.n = record.scope
             WHERE scope.key = ?1 AND substr(record.id, 16, 1) = ?2 ORDER BY record.n",
        )?;
        let rows = statement.query_map(params![scope.to_string(), [bucket].as_slice()], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn bucket_of(id: Uuid) -> u8 {
    id.as_bytes().last().copied().unwrap_or_default()
}

/// Own changes of a record that the server has not answered yet.
fn pending(connection: &Connection, id: Uuid) -> Result<Vec<palier_sync::Change>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT change FROM outbox WHERE record = ?1 ORDER BY sequence")?;
    let texts = statement.query_map(params![id], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    texts.iter().map(|text| serde_json::from_str(text).map_err(StoreError::from)).collect()
}
