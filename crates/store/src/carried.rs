//! Batches of other tablets that this copy carries to the server: they came by a bundle, and go as they were signed.
//!
//! What a batch says is merged in the transaction that keeps it, or not at all. A batch leaves when the server has it, when
//! what it says must leave (an erasure, a scope given up), never for its age: its author has it too, until the server does.

use std::str::FromStr;

use palier_sync::wire::{Batch, RefusalReason, Refused};
use palier_sync::{Body, Change, RecordState, Replica, ScopeKey, limits};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::apply::{Applied, apply_all};
use crate::write::signed;
use crate::{Store, StoreError, record};

/// A batch that is carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// As it was signed.
    pub batch: Batch,
    /// Its first and its last sequence.
    pub sequences: (u64, u64),
    /// Scopes that its changes name.
    pub scopes: Vec<ScopeKey>,
    /// The rows hold its changes.
    pub taken: bool,
}

/// A batch whose signature and author were checked, to be taken in.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// As it was signed.
    pub batch: &'a Batch,
    /// All its changes.
    pub changes: &'a [Change],
    /// For each change, whether its author may make it.
    pub allowed: &'a [bool],
    /// Its author is suspended: it is carried, and its changes are not taken in.
    pub waits: bool,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brought {
    /// Changes that are new here.
    pub new: u32,
    /// Changes that were here already.
    pub known: u32,
    /// Changes that were left out: their author may not make them, or their record is another's here.
    pub refused: u32,
    /// There is no room to carry it: nothing of it was taken in.
    pub no_room: bool,
    /// What the new changes touched.
    pub applied: Applied,
}

impl Store {
    /// Takes a batch of another tablet in, and carries it while the server may lack it. The same batch twice changes nothing.
    /// One transaction.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn take_carried(&mut self, incoming: Incoming<'_>, now_ms: i64) -> Result<Brought, StoreError> {
        let transaction = self.begin()?;
        let mut brought = Brought::default();
        let mut new = Vec::new();
        for (change, allowed) in incoming.changes.iter().zip(incoming.allowed) {
            // The server alone decides of a time other than the author's.
            let change = Change { effective: None, ..change.clone() };
            match record::load(&transaction, change.record)? {
                Some(known) if known.state.scope != change.scope || known.state.kind != change.kind => {
                    brought.refused += 1;
                }
                _ if !allowed => brought.refused += 1,
                Some(known) if known.state.knows(&change) => brought.known += 1,
                _ => new.push(change),
            }
        }
        let carries = !new.is_empty() && !is_carried(&transaction, &incoming)?;
        if carries && !has_room(&transaction, incoming.batch)? {
            return Ok(Brought { no_room: true, ..Brought::default() });
        }
        if !incoming.waits {
            brought.new = u32::try_from(new.len()).unwrap_or(u32::MAX);
            brought.applied = apply_all(&transaction, &new, now_ms)?;
            note_taken(&transaction, &incoming)?;
        }
        if carries && names_erased(&transaction, incoming.changes)? {
            // What is shown of it is put back with the next sync: nobody brings it to the server from here.
            doubt(&transaction, new.iter())?;
        } else if carries {
            keep(&transaction, &incoming)?;
        }
        transaction.commit()?;
        self.after(&brought.applied)?;
        Ok(brought)
    }

    /// Batches that are carried, by author and sequence.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn carried(&self) -> Result<Vec<Carried>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT replica, first, last, scopes, taken, changes, signature FROM carried ORDER BY replica, first",
        )?;
        let rows = statement.query_map([], |row| {
            let scopes: String = row.get(3)?;
            Ok(Carried {
                batch: Batch { replica: row.get(0)?, changes: row.get(5)?, signature: row.get(6)? },
                sequences: (unsigned(row.get(1)?), unsigned(row.get(2)?)),
                scopes: scopes.split(' ').filter_map(|key| ScopeKey::from_str(key).ok()).collect(),
                taken: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Authors whose batches are carried, each with how many changes.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn carried_authors(&self) -> Result<Vec<(Replica, u64)>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT replica, sum(last - first + 1) FROM carried GROUP BY replica ORDER BY replica")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, unsigned(row.get(1)?))))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The server has an author's changes up to `sequence`: the batches that hold no other leave, and records that hold what it
    /// refused of them are to be put back. One transaction.
    ///
    /// # Errors
    /// A fault of the store; nothing is written then.
    pub fn acknowledge_carried(
        &mut self,
        replica: Replica,
        sequence: u64,
        refused: &[Refused],
    ) -> Result<(), StoreError> {
        let transaction = self.begin()?;
        let lost: Vec<u64> = refused
            .iter()
            .filter(|refusal| refusal.replica == replica && refusal.reason != RefusalReason::Erased)
            .map(|refusal| refusal.sequence)
            .collect();
        if !lost.is_empty() {
            let carried = changes_where(&transaction, "replica = ?1", params![replica])?;
            doubt(&transaction, carried.iter().filter(|change| lost.contains(&change.dot.sequence)))?;
        }
        transaction
            .prepare_cached("DELETE FROM carried WHERE replica = ?1 AND last <= ?2")?
            .execute(params![replica, signed(sequence)])?;
        transaction.commit()?;
        Ok(())
    }
}

/// Carried changes of a record that its row holds: those that were left out stay out.
pub(crate) fn held_in(connection: &Connection, id: Uuid, row: &RecordState) -> Result<Vec<Change>, StoreError> {
    let mut changes = changes_where(connection, "instr(changes, ?1) > 0", params![id.to_string()])?;
    changes.retain(|change| change.record == id && row.knows(change));
    for change in &mut changes {
        change.effective = None;
    }
    Ok(changes)
}

/// Batches that say something of an erased record leave: their signed text cannot be blanked in part, and their author still
/// has it, blanked.
pub(crate) fn forget_record(connection: &Connection, id: Uuid) -> Result<(), StoreError> {
    let of_record: Vec<(Replica, i64, String)> = connection
        .prepare_cached("SELECT replica, first, changes FROM carried WHERE instr(changes, ?1) > 0")?
        .query_map([id.to_string()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    for (replica, first, text) in of_record {
        let changes: Vec<Change> = serde_json::from_str(&text)?;
        if changes.iter().any(|change| change.record == id && change.body != Body::Erase) {
            doubt(connection, changes.iter().filter(|change| change.record != id))?;
            connection
                .prepare_cached("DELETE FROM carried WHERE replica = ?1 AND first = ?2")?
                .execute(params![replica, first])?;
        }
    }
    Ok(())
}

/// Batches that name a scope which this copy may not hold any more leave with it.
pub(crate) fn forget_scope(connection: &Connection, scope: &ScopeKey) -> Result<(), StoreError> {
    const NAMES: &str = "instr(' ' || scopes || ' ', ?1) > 0";
    let named = format!(" {scope} ");
    doubt(connection, changes_where(connection, NAMES, params![named])?.iter())?;
    connection.prepare_cached(&format!("DELETE FROM carried WHERE {NAMES}"))?.execute([named])?;
    Ok(())
}

/// Notes changes that nobody brings to the server from here any more, without their values.
fn doubt<'a>(connection: &Connection, changes: impl Iterator<Item = &'a Change>) -> Result<(), StoreError> {
    let mut note = connection
        .prepare_cached("INSERT OR IGNORE INTO doubted (record, replica, sequence, change) VALUES (?1, ?2, ?3, ?4)")?;
    for change in changes {
        let bare = serde_json::to_string(&change.without_values())?;
        note.execute(params![change.record, change.dot.replica, signed(change.dot.sequence), bare])?;
    }
    Ok(())
}

fn changes_where(
    connection: &Connection,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<Change>, StoreError> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT changes FROM carried WHERE {condition} ORDER BY replica, first"))?;
    let texts = statement.query_map(parameters, |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut changes = Vec::new();
    for text in texts {
        changes.extend(serde_json::from_str::<Vec<Change>>(&text)?);
    }
    Ok(changes)
}

/// Whether one batch that is carried holds all sequences of this one.
fn is_carried(connection: &Connection, incoming: &Incoming<'_>) -> Result<bool, StoreError> {
    let Some((first, last)) = span(incoming.changes) else { return Ok(true) };
    let mut statement =
        connection.prepare_cached("SELECT 1 FROM carried WHERE replica = ?1 AND first <= ?2 AND last >= ?3")?;
    Ok(statement.exists(params![incoming.batch.replica, signed(first), signed(last)])?)
}

/// What waited for a suspended author is taken in now: the rows hold it.
fn note_taken(connection: &Connection, incoming: &Incoming<'_>) -> Result<(), StoreError> {
    let Some((first, last)) = span(incoming.changes) else { return Ok(()) };
    connection
        .prepare_cached("UPDATE carried SET taken = 1 WHERE replica = ?1 AND first <= ?2 AND last >= ?3")?
        .execute(params![incoming.batch.replica, signed(first), signed(last)])?;
    Ok(())
}

fn has_room(connection: &Connection, batch: &Batch) -> Result<bool, StoreError> {
    let held: i64 =
        connection.query_row("SELECT coalesce(sum(length(changes)), 0) FROM carried", [], |row| row.get(0))?;
    let with = unsigned(held).saturating_add(batch.changes.len() as u64);
    Ok(with <= limits::CARRIED_BYTES_MAX)
}

/// Whether some change says something of a record that is erased here: its text may not be kept.
fn names_erased(connection: &Connection, changes: &[Change]) -> Result<bool, StoreError> {
    for change in changes.iter().filter(|change| change.body != Body::Erase) {
        if record::load(connection, change.record)?.is_some_and(|known| known.state.erased) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn keep(connection: &Connection, incoming: &Incoming<'_>) -> Result<(), StoreError> {
    let Some((first, last)) = span(incoming.changes) else { return Ok(()) };
    let Batch { replica, changes, signature } = incoming.batch;
    let mut scopes: Vec<String> = incoming.changes.iter().map(|change| change.scope.to_string()).collect();
    scopes.sort_unstable();
    scopes.dedup();
    connection
        .prepare_cached("DELETE FROM carried WHERE replica = ?1 AND first >= ?2 AND last <= ?3")?
        .execute(params![replica, signed(first), signed(last)])?;
    // One that begins alike and ends later holds all of this one: `is_carried` said that there is none.
    connection
        .prepare_cached(
            "INSERT INTO carried (replica, first, last, scopes, taken, changes, signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![replica, signed(first), signed(last), scopes.join(" "), !incoming.waits, changes, signature])?;
    Ok(())
}

fn span(changes: &[Change]) -> Option<(u64, u64)> {
    Some((changes.first()?.dot.sequence, changes.last()?.dot.sequence))
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
