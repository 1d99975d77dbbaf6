//! Records as they stand, many at once: a page of what a new tablet takes in instead of the whole history.
//!
//! The states of one scope are told as the changes that wrote the values that stand, column by column ([`columns`]), and
//! beside them what a change cannot say: names of replaced values, and places that replaced values left empty.
//! `docs/PROTOCOL.md`, "Snapshot", describes the form.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::columns::{self, Columns, Misfit};
use crate::{Body, Change, Dot, Edit, FieldState, Head, HeadId, RecordState, ScopeKey, Stamp, limits, packed};

/// Changes of one page that are read: a record may stand on several.
const CHANGES_MAX: usize = 8 * limits::SNAPSHOT_CHANGES_MAX;

/// Where the snapshot of a scope goes on, in a page of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotPage {
    /// Every change up to this sequence of the scope is in the page's records, later ones may be.
    pub sequence: u64,
    /// What to ask for next; none after the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The records: a frame of their own behind the answer's, the same bytes for every tablet.
    #[serde(skip)]
    pub records: Vec<(Uuid, RecordState)>,
}

/// Records of one scope as they stand.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct States {
    /// The changes that wrote the values that stand, those of a record together; bases are left out. A record on which
    /// nothing stands has one change that sets nothing, an erased one an erasure of the server's sequence 0.
    changes: Columns,
    /// Places among the change's values of the same field that are not those of the list: change, edit, place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<(u32, u32, u8)>,
    /// Names of replaced values: the record's first change, the field, the names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    past: Vec<(u32, u16, Vec<HeadId>)>,
}

/// Puts records of one scope into columns; none when one of them is of another scope.
#[must_use]
pub fn pack(scope: &ScopeKey, records: &[(Uuid, RecordState)]) -> Option<States> {
    let mut writer = Writer::default();
    for (id, state) in records {
        writer.put(scope, *id, state)?;
    }
    Some(writer.states())
}

/// [`pack`] of packed records: most are put into columns as they lie, without being read into a state.
///
/// # Errors
/// When the bytes of one are not a packed record.
pub fn pack_rows(scope: &ScopeKey, rows: &[(Uuid, Vec<u8>)]) -> Result<Option<States>, postcard::Error> {
    let mut writer = Writer::default();
    for (id, body) in rows {
        let put = match packed::Plain::of(body)? {
            Some(plain) => writer.put_plain(scope, *id, &plain),
            None => writer.put(scope, *id, &packed::unpack(body)?),
        };
        if put.is_none() {
            return Ok(None);
        }
    }
    Ok(Some(writer.states()))
}

#[derive(Default)]
struct Writer {
    changes: columns::Writer,
    parts: Vec<(u32, u32, u8)>,
    past: Vec<(u32, u16, Vec<HeadId>)>,
}

impl Writer {
    fn put(&mut self, scope: &ScopeKey, id: Uuid, state: &RecordState) -> Option<()> {
        if state.scope != *scope {
            return None;
        }
        let first = u32::try_from(self.changes.count()).ok()?;
        for (number, field) in state.fields.iter().filter(|(_, field)| !field.past.is_empty()) {
            self.past.push((first, *number, field.past.clone()));
        }
        let mut changes = Vec::new();
        changes_of(id, state, first, &mut changes, &mut self.parts)?;
        changes.iter().try_for_each(|change| self.changes.put(change))
    }

    /// A record that one change wrote, with nothing before it.
    fn put_plain(&mut self, scope: &ScopeKey, id: Uuid, plain: &packed::Plain<'_>) -> Option<()> {
        if plain.scope != *scope {
            return None;
        }
        self.changes.set(plain.dot, plain.stamp, id, plain.kind, plain.values())
    }

    fn states(self) -> States {
        States { changes: self.changes.columns(), parts: self.parts, past: self.past }
    }
}

/// How many changes wrote the standing values of a packed record: what it takes of a page.
///
/// # Errors
/// When the bytes are not a packed record.
pub fn weight(body: &[u8]) -> Result<usize, postcard::Error> {
    Ok(packed::write_count(body)?.max(1))
}

/// The changes of a record, the first of which is the page's change `first`.
fn changes_of(
    id: Uuid,
    state: &RecordState,
    first: u32,
    changes: &mut Vec<Change>,
    parts: &mut Vec<(u32, u32, u8)>,
) -> Option<()> {
    let mut written: Vec<((Dot, Stamp), u16, &Head)> = Vec::with_capacity(state.fields.len());
    for (number, field) in &state.fields {
        written.extend(field.heads.iter().map(|head| ((head.id.dot, head.stamp), *number, head)));
    }
    // Stable: the fields of a change stay in their order. One change wrote it all, most of the time.
    written.sort_by_key(|(write, _, _)| *write);
    let change = |dot, stamp, body| Change {
        dot,
        stamp,
        effective: None,
        scope: state.scope,
        record: id,
        kind: state.kind,
        body,
    };
    if written.is_empty() {
        let body = if state.erased { Body::Erase } else { Body::Set(Vec::new()) };
        changes.push(change(Dot { replica: 0, sequence: 0 }, Stamp { time: 0, replica: 0 }, body));
    }
    for values in written.chunk_by(|(one, _, _), (other, _, _)| one == other) {
        let ((dot, stamp), _, _) = *values.first()?;
        let index = first.checked_add(u32::try_from(changes.len()).ok()?)?;
        let mut edits: Vec<Edit> = Vec::with_capacity(values.len());
        for (_, number, head) in values {
            let before = edits.iter().rev().take_while(|edit| edit.field == *number).count();
            if usize::from(head.id.part) != before {
                parts.push((index, u32::try_from(edits.len()).ok()?, head.id.part));
            }
            edits.push(Edit { field: *number, value: head.value.clone(), bases: Vec::new() });
        }
        changes.push(change(dot, stamp, Body::Set(edits)));
    }
    Some(())
}

/// Brings [`pack`] back, record for record.
///
/// # Errors
/// [`Misfit`] when a list is too short or too long, or an index is past its list.
pub fn unpack(scope: &ScopeKey, states: States) -> Result<Vec<(Uuid, RecordState)>, Misfit> {
    let mut parts: BTreeMap<(u32, u32), u8> =
        states.parts.iter().map(|(change, edit, part)| ((*change, *edit), *part)).collect();
    let mut records: Vec<(Uuid, RecordState)> = Vec::new();
    let mut past = states.past.iter().peekable();
    for (change, index) in columns::read(scope, states.changes, CHANGES_MAX)?.into_iter().zip(0u32..) {
        if records.last().is_none_or(|(id, _)| *id != change.record) {
            let mut state = RecordState::new(change.scope, change.kind);
            state.erased = change.body == Body::Erase;
            while let Some((_, number, names)) = past.next_if(|(first, _, _)| *first == index) {
                state.fields.entry(*number).or_default().past.clone_from(names);
            }
            records.push((change.record, state));
        }
        let (_, state) = records.last_mut().ok_or(Misfit("records"))?;
        put(state, change, index, &mut parts)?;
    }
    if past.next().is_some() || !parts.is_empty() {
        return Err(Misfit("length"));
    }
    for field in records.iter_mut().flat_map(|(_, state)| state.fields.values_mut()) {
        settle(field);
    }
    Ok(records)
}

/// The values of a change stand in the record.
fn put(
    state: &mut RecordState,
    change: Change,
    index: u32,
    parts: &mut BTreeMap<(u32, u32), u8>,
) -> Result<(), Misfit> {
    let stamp = change.stamp();
    let Body::Set(edits) = change.body else { return Ok(()) };
    if state.erased {
        return Err(Misfit("a value of an erased record"));
    }
    let (mut before, mut implied) = (None, 0usize);
    for (edit, place) in edits.into_iter().zip(0u32..) {
        // Values of one field follow one another: fields are in ascending order.
        implied = if before == Some(edit.field) { implied.saturating_add(1) } else { 0 };
        before = Some(edit.field);
        let part = match parts.remove(&(index, place)) {
            Some(part) => part,
            None => u8::try_from(implied).map_err(|_| Misfit("parts"))?,
        };
        let id = HeadId { dot: change.dot, part };
        let heads = &mut state.fields.entry(edit.field).or_default().heads;
        // Nearly every field has one value: room for it and no more, or a page takes four times its size in memory.
        heads.reserve_exact(1);
        heads.push(Head { id, stamp, value: edit.value });
    }
    Ok(())
}

/// The order that a state keeps, whatever the page had.
fn settle(field: &mut FieldState) {
    field.past.sort_unstable();
    field.past.dedup();
    field.heads.sort_unstable_by_key(|head| head.id);
    field.heads.dedup_by_key(|head| head.id);
    let past = &field.past;
    field.heads.retain(|head| past.binary_search(&head.id).is_err());
}

#[cfg(test)]
#[path = "snapshot_tests.rs"]
mod tests;
