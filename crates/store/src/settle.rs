//! Rows that are not the server's are brought to it: what it refused, or will never have from here, is taken out of them (a
//! refused change stays in the quarantine); those of a bucket that differs take in what it has (I15).

use std::str::FromStr;

use palier_sync::digest::Digest;
use palier_sync::{Change, RecordState, ScopeKey};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::apply;
use crate::touched::Touched;
use crate::{Store, StoreError, carried, record};

impl Store {
    /// Records that hold a refused change, at most so many.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn doubtful(&self, most: usize) -> Result<Vec<(ScopeKey, Uuid)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT scope.key, record.id FROM record JOIN scope ON scope.n = record.scope
             WHERE record.id IN (
                 SELECT record FROM quarantine WHERE settled = 0 AND reason <> 'erased'
                 UNION SELECT record FROM doubted
             ) ORDER BY record.n LIMIT ?1",
        )?;
        let rows = statement
            .query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(rows.into_iter().filter_map(|(key, id)| Some((ScopeKey::from_str(&key).ok()?, id))).collect())
    }

    /// Takes out of records what the server refused or will never have from here, and takes in what it has of them; what waits
    /// to be sent stays on top of it, and so does what a server restored from an older copy has not any more. A record that
    /// nothing is left of goes. One transaction.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn settle(&mut self, records: Vec<(Uuid, Option<RecordState>)>) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        let mut touched = Touched::default();
        let mut removed = false;
        for (id, server) in records {
            let old = record::load(&transaction, id)?;
            match settled(&transaction, id, old.as_ref().map(|old| &old.state), server)? {
                // It is of another scope than this copy thought: its row goes from the one and comes to the other.
                Some(state) if old.as_ref().is_some_and(|old| old.state.scope != state.scope) => {
                    if let Some(old) = old {
                        record::remove(&transaction, id, &old)?;
                        removed = true;
                    }
                    touched.write(&transaction, id, &state, None, state.erased)?;
                }
                Some(state) => touched.write(&transaction, id, &state, old.map(|old| old.hash), state.erased)?,
                None => {
                    if let Some(old) = old {
                        record::remove(&transaction, id, &old)?;
                        removed = true;
                    }
                }
            }
            transaction.prepare_cached("UPDATE quarantine SET settled = 1 WHERE record = ?1")?.execute([id])?;
            transaction.prepare_cached("DELETE FROM doubted WHERE record = ?1")?.execute([id])?;
        }
        let applied = touched.finish(&transaction)?;
        if removed {
            apply::project_all(&transaction)?;
        }
        transaction.commit()?;
        self.after(&applied)
    }

    /// Takes in what another copy has of some records; nothing that this copy has beside is lost. One transaction.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn join(&mut self, records: Vec<(Uuid, RecordState)>) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        let mut touched = Touched::default();
        for (id, theirs) in records {
            touched.join(&transaction, id, theirs)?;
        }
        let applied = touched.finish(&transaction)?;
        transaction.commit()?;
        self.after(&applied)
    }

    /// Loses a record's row, as a fault of a disk would: what the digests must notice.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    #[cfg(feature = "faults")]
    pub fn lose(&mut self, id: Uuid) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        if let Some(old) = record::load(&transaction, id)? {
            record::remove(&transaction, id, &old)?;
            apply::project_all(&transaction)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// The buckets of a scope, counted from every row in one pass.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn buckets(&self, scope: &ScopeKey) -> Result<Vec<Bucket>, StoreError> {
        let mut buckets = vec![Bucket::default(); BUCKETS];
        self.each_digest(scope, |id, digest| {
            let [.., last] = *id.as_bytes();
            if let Some(bucket) = buckets.get_mut(usize::from(last)) {
                bucket.digest = bucket.digest.with(digest);
                bucket.records.push(id);
            }
        })?;
        Ok(buckets)
    }
}

/// Parts that the records of a scope are counted in, to find the few that differ: by the last byte of their id, which is
/// random in every kind of id.
pub const BUCKETS: usize = 256;

/// One of the [`BUCKETS`] of a scope.
#[derive(Debug, Clone, Default)]
pub struct Bucket {
    /// The sum of its records' digests.
    pub digest: Digest,
    /// Its records.
    pub records: Vec<Uuid>,
}

/// What a record is without what was dropped of it, with what the server has and what waits; none when nothing is left.
fn settled(
    connection: &Connection,
    id: Uuid,
    row: Option<&RecordState>,
    server: Option<RecordState>,
) -> Result<Option<RecordState>, StoreError> {
    let pending = pending(connection, id, row)?;
    let mut state = row.cloned();
    if let Some(mine) = &mut state {
        let elsewhere = server.as_ref().is_some_and(|server| (server.scope, server.kind) != (mine.scope, mine.kind));
        if elsewhere || !mine.take_out(&dropped(connection, id)?, &apply::replaced_of(connection, id)?) {
            state = None;
        }
    }
    let mut state = match (state, server) {
        (Some(mut mine), Some(server)) => {
            mine.join(server);
            Some(mine)
        }
        (Some(mine), None) => Some(mine).filter(|mine| mine.erased || !mine.fields.is_empty()),
        (None, server) => server,
    }
    .or_else(|| pending.first().map(|first| RecordState::new(first.scope, first.kind)));
    if let Some(state) = &mut state {
        for change in &pending {
            state.apply(change);
        }
    }
    Ok(state)
}

/// Changes of a record that the server refused or will never have from here, and that its row may hold.
fn dropped(connection: &Connection, id: Uuid) -> Result<Vec<Change>, StoreError> {
    changes(
        connection,
        "SELECT change FROM quarantine WHERE record = ?1 AND settled = 0 AND reason <> 'erased' AND change <> ''
         UNION ALL SELECT change FROM doubted WHERE record = ?1",
        id,
    )
}

/// Changes of a record that the server has not answered yet: own ones, and those carried for others.
fn pending(connection: &Connection, id: Uuid, row: Option<&RecordState>) -> Result<Vec<Change>, StoreError> {
    let mut pending = changes(connection, "SELECT change FROM outbox WHERE record = ?1 ORDER BY sequence", id)?;
    if let Some(row) = row {
        pending.extend(carried::held_in(connection, id, row)?);
    }
    Ok(pending)
}

fn changes(connection: &Connection, query: &str, id: Uuid) -> Result<Vec<Change>, StoreError> {
    let mut statement = connection.prepare_cached(query)?;
    let texts = statement.query_map(params![id], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    texts.iter().map(|text| Ok(serde_json::from_str(text)?)).collect()
}
