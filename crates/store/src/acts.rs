//! The journal of acts: any of the last 50 is undone and redone as a whole, also after a sync.
//!
//! Undoing is a new change that names what the act wrote. A value that someone changed since is left alone: an undo never
//! sweeps away another person's work.

use palier_sync::{Edit, HeadId, RecordType, ScopeKey, Value, resolve};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::write::{Draft, Written, signed};
use crate::{Store, StoreError, record};

/// How many acts of the journal may be undone or redone.
pub const UNDO_ACTS_MAX: usize = 50;

/// What a person did, in words that the catalogue knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Its id (UUIDv7, given by the caller).
    pub id: Uuid,
    /// Kind code (`visit`, `floor`, `note`…).
    pub kind: &'static str,
    /// Outcome or other code, empty when none.
    pub code: String,
    /// Where, when at a door.
    pub door: Option<Uuid>,
    /// Where, when in a stair.
    pub stair: Option<Uuid>,
    /// How many doors.
    pub count: u32,
    /// False for what is final by nature: a withdrawal, an erasure.
    pub undoable: bool,
}

/// One field of the act: what stands for it now, what stood before, what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActEdit {
    /// The record.
    pub record: Uuid,
    /// Its type.
    pub kind: u16,
    /// Where it lives.
    pub scope: ScopeKey,
    /// The field.
    pub field: u16,
    /// The value written by the act (or by its last undo or redo) that stands for it; none before the first undo of a
    /// field that the act left unwritten.
    pub head: Option<HeadId>,
    /// The value when the act is undone.
    pub before: Value,
    /// The value when the act is done.
    pub after: Value,
}

/// An act as the journal lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActRow {
    /// Its id.
    pub id: Uuid,
    /// When, UTC milliseconds.
    pub at: i64,
    /// Kind code.
    pub kind: String,
    /// Outcome or other code.
    pub code: String,
    /// Where, when at a door.
    pub door: Option<Uuid>,
    /// Where, when in a stair.
    pub stair: Option<Uuid>,
    /// How many doors.
    pub count: u32,
    /// It is undone now.
    pub undone: bool,
    /// It may be undone or redone.
    pub undoable: bool,
    /// The server has all of it.
    pub sent: bool,
}

pub(crate) fn keep(
    connection: &Connection,
    act: &Act,
    at: i64,
    last_sequence: u64,
    edits: &[ActEdit],
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO act (id, at, kind, code, door, stair, count, undoable, last_sequence, edits)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            act.id,
            at,
            act.kind,
            act.code,
            act.door,
            act.stair,
            act.count,
            act.undoable,
            signed(last_sequence),
            serde_json::to_vec(edits)?
        ])?;
    Ok(())
}

/// Acts that the server has and that nobody can undo any more leave: they repeat values that stand elsewhere.
pub(crate) fn forget_old(connection: &Connection) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "DELETE FROM act WHERE n <= (SELECT n FROM act ORDER BY n DESC LIMIT 1 OFFSET ?1)
             AND last_sequence < (SELECT coalesce(min(sequence), 9223372036854775807) FROM outbox)",
        )?
        .execute([signed(UNDO_ACTS_MAX as u64)])?;
    Ok(())
}

/// An erased record leaves the journal: acts that held its values lose them.
pub(crate) fn forget_record(connection: &Connection, id: Uuid) -> Result<(), StoreError> {
    forget(connection, |edit| edit.record == id)
}

/// A scope that this copy may not hold any more leaves the journal as its rows do: acts lose the values that were of it.
pub(crate) fn forget_scope(connection: &Connection, scope: &ScopeKey) -> Result<(), StoreError> {
    forget(connection, |edit| edit.scope == *scope)
}

fn forget(connection: &Connection, leaves: impl Fn(&ActEdit) -> bool) -> Result<(), StoreError> {
    let acts: Vec<(i64, Vec<u8>)> = connection
        .prepare_cached("SELECT n, edits FROM act ORDER BY n DESC")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (n, bytes) in acts {
        let mut edits: Vec<ActEdit> = serde_json::from_slice(&bytes)?;
        if edits.iter().any(&leaves) {
            edits.retain(|edit| !leaves(edit));
            connection
                .prepare_cached("UPDATE act SET edits = ?2, undoable = min(undoable, ?3) WHERE n = ?1")?
                .execute(params![n, serde_json::to_vec(&edits)?, !edits.is_empty()])?;
        }
    }
    Ok(())
}

impl Draft<'_> {
    /// Makes a record, and lets the act take it back: undone, it is cancelled by that field.
    ///
    /// # Errors
    /// `Erased`, or a fault of the store.
    pub fn make_undoable(
        &mut self,
        scope: ScopeKey,
        record: Uuid,
        kind: RecordType,
        fields: &[(u16, Value)],
        cancelled: u16,
    ) -> Result<(), StoreError> {
        self.make(scope, record, kind, fields)?;
        let (before, after) = (Value::Bool(true), Value::Null);
        self.undo_with(ActEdit { record, kind: kind.number(), scope, field: cancelled, head: None, before, after });
        Ok(())
    }

    /// Writes one field and lets the act give back what stood before.
    ///
    /// # Errors
    /// `Erased`, or a fault of the store.
    pub fn set_undoable(
        &mut self,
        scope: ScopeKey,
        record: Uuid,
        kind: RecordType,
        field: u16,
        value: Value,
    ) -> Result<bool, StoreError> {
        let before = self.state(record)?.and_then(|state| resolve::latest(state.field(field)).cloned());
        let written = self.set(scope, record, kind, &[(field, value.clone())])?;
        if written {
            self.undo_with(ActEdit {
                record,
                kind: kind.number(),
                scope,
                field,
                head: self.written(record, field).pop(),
                before: before.map_or(Value::Null, |head| head.value),
                after: value,
            });
        }
        Ok(written)
    }

    /// Makes a set hold these elements; undoing takes out what came in and puts back what went out.
    ///
    /// # Errors
    /// `Erased`, or a fault of the store.
    pub fn set_elements_undoable(
        &mut self,
        scope: ScopeKey,
        record: Uuid,
        kind: RecordType,
        field: u16,
        wanted: &[String],
    ) -> Result<bool, StoreError> {
        let turned = self.set_elements(scope, record, kind, field, wanted)?;
        for turn in &turned {
            let element = Value::text(&turn.element);
            let (before, after) = if turn.added { (Value::Null, element) } else { (element, Value::Null) };
            let head = Some(turn.head);
            self.undo_with(ActEdit { record, kind: kind.number(), scope, field, head, before, after });
        }
        Ok(!turned.is_empty())
    }
}

impl Store {
    /// The last acts, newest first, at most [`UNDO_ACTS_MAX`].
    ///
    /// # Errors
    /// A fault of the store.
    pub fn acts(&self) -> Result<Vec<ActRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id, at, kind, code, door, stair, count, undone, undoable,
                    NOT EXISTS (SELECT 1 FROM outbox WHERE sequence <= act.last_sequence)
             FROM act ORDER BY n DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([signed(UNDO_ACTS_MAX as u64)], |row| {
            Ok(ActRow {
                id: row.get(0)?,
                at: row.get(1)?,
                kind: row.get(2)?,
                code: row.get(3)?,
                door: row.get(4)?,
                stair: row.get(5)?,
                count: row.get(6)?,
                undone: row.get(7)?,
                undoable: row.get(8)?,
                sent: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The id of the newest act.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn last_act(&self) -> Result<Option<Uuid>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM act ORDER BY n DESC LIMIT 1")?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?)
    }

    /// Undoes an act (`undo` true) or does it again.
    ///
    /// # Errors
    /// `NotFound`; `NotUndoable` when it is final, past the last 50, already so, or when all it wrote was changed since.
    pub fn turn_act(&mut self, id: Uuid, undo: bool, now_ms: i64) -> Result<Written<()>, StoreError> {
        if !self.acts()?.iter().any(|act| act.id == id && act.undoable && act.undone != undo) {
            return Err(StoreError::NotUndoable);
        }
        self.write(now_ms, |draft| turn(draft, id, undo))
    }
}

fn turn(draft: &mut Draft<'_>, id: Uuid, undo: bool) -> Result<(), StoreError> {
    let bytes: Option<Vec<u8>> = draft
        .connection()
        .prepare_cached("SELECT edits FROM act WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let mut edits: Vec<ActEdit> = serde_json::from_slice(&bytes.ok_or(StoreError::NotFound)?)?;
    let mut turned = false;
    for edit in &mut edits {
        turned |= turn_edit(draft, edit, undo)?;
    }
    if !turned {
        return Err(StoreError::NotUndoable);
    }
    let sequence = draft.last_sequence();
    draft
        .connection()
        .prepare_cached("UPDATE act SET undone = ?2, edits = ?3, last_sequence = ?4 WHERE id = ?1")?
        .execute(params![id, undo, serde_json::to_vec(&edits)?, signed(sequence)])?;
    Ok(())
}

/// Turns one field, if what the act wrote there still stands.
fn turn_edit(draft: &mut Draft<'_>, edit: &mut ActEdit, undo: bool) -> Result<bool, StoreError> {
    let Some(kind) = RecordType::from_number(edit.kind) else { return Ok(false) };
    let Some(loaded) = record::load(draft.connection(), edit.record)? else { return Ok(false) };
    if loaded.state.erased {
        return Ok(false);
    }
    let field = loaded.state.field(edit.field);
    let bases = match edit.head {
        Some(head) if field.heads.iter().any(|known| known.id == head) => vec![head],
        Some(_) => return Ok(false),
        None if resolve::latest(field).is_none() => Vec::new(),
        None => return Ok(false),
    };
    let value = if undo { edit.before.clone() } else { edit.after.clone() };
    draft.replace(edit.scope, edit.record, kind, vec![Edit { field: edit.field, value, bases }])?;
    edit.head = draft.last_written();
    Ok(true)
}
