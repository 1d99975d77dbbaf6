//! Decisions of coordinators: written as the server's changes, remembered by the names of what they wrote, undone by
//! other changes. Values are read from the store alone, so that an erasure takes them from here too.

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_store::Draft;
use palier_sync::catalogue::person;
use palier_sync::{Edit, FieldState, Head, HeadId, RecordState, RecordType, ScopeKey, Value, catalogue, resolve};
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, id};
use super::names::{Names, instant, optional_instant, place};
use super::points;
use crate::CentreError;
use crate::registry::{DecisionRow, DecisionWrite, Replaced};

/// Decisions of the list.
const SHOWN: u32 = 40;

/// One field to write: the value stands instead of `bases`.
pub(super) struct Ruling {
    pub(super) scope: ScopeKey,
    pub(super) record: Uuid,
    pub(super) kind: RecordType,
    pub(super) field: u16,
    pub(super) value: Value,
    pub(super) bases: Vec<Head>,
}

/// What a decision is about.
pub(super) struct About {
    pub(super) kind: &'static str,
    pub(super) record: Uuid,
    pub(super) field: u16,
    pub(super) door: Option<Uuid>,
}

/// Writes a decision in one transaction, and remembers it.
pub(super) fn decide(call: &mut Call<'_>, about: &About, rulings: &[Ruling]) -> Result<(), ConsoleError> {
    let mut replaced = Vec::new();
    for ruling in rulings {
        let of_ruling: Result<Vec<Replaced>, ConsoleError> =
            ruling.bases.iter().map(|head| first_writing(call, ruling.record, ruling.field, head)).collect();
        replaced.push(of_ruling?);
    }
    let written = call.centre.write(call.now_ms, |draft| -> Result<Vec<HeadId>, CentreError> {
        rulings.iter().map(|ruling| rule(draft, ruling)).collect()
    })?;
    let writes = rulings.iter().zip(written).zip(replaced).map(|((ruling, written), replaced)| DecisionWrite {
        record: ruling.record,
        field: ruling.field,
        written,
        replaced,
        restored: Vec::new(),
    });
    let decision = DecisionRow {
        id: Uuid::now_v7(),
        at: call.now_ms,
        account: call.who(),
        kind: about.kind.to_owned(),
        record: about.record,
        field: about.field,
        door: about.door,
        writes: writes.collect(),
        undone_at: 0,
    };
    Ok(call.centre.registry.keep_decision(&decision)?)
}

fn rule(draft: &mut Draft<'_>, ruling: &Ruling) -> Result<HeadId, CentreError> {
    let bases = ruling.bases.iter().map(|head| head.id).collect();
    let edit = Edit { field: ruling.field, value: ruling.value.clone(), bases };
    draft.replace(ruling.scope, ruling.record, ruling.kind, vec![edit])?;
    draft.written(ruling.record, ruling.field).pop().ok_or(CentreError::NotFound)
}

/// Who first wrote a standing value: a value that an undo wrote again keeps its author.
pub(super) fn first_writing(call: &Call<'_>, record: Uuid, field: u16, head: &Head) -> Result<Replaced, ConsoleError> {
    let own = Replaced {
        head: head.id,
        author: head.id.dot.replica,
        at: head.stamp.utc_ms(),
        sequence: head.id.dot.sequence,
    };
    if own.author != palier_sync::dot::SERVER_REPLICA {
        return Ok(own);
    }
    let first = call.centre.registry.first_writing(record, field, head.id)?;
    Ok(first.map_or(own, |first| Replaced { head: head.id, ..first }))
}

pub(super) fn undo_decision(call: &mut Call<'_>, request: UndoDecision) -> Result<Points, ConsoleError> {
    let decision = call.centre.registry.decision(id(&request.id)?)?;
    let mut decision = decision.ok_or_else(|| ConsoleError::of(ErrorCode::NotFound))?;
    let Some(reversals) = reversals(call, &decision)? else {
        return Err(ConsoleError::of(ErrorCode::NotUndoable));
    };
    let restored = call.centre.write(call.now_ms, |draft| -> Result<Vec<Vec<HeadId>>, CentreError> {
        reversals.iter().map(|reversal| reversal.write(draft)).collect()
    })?;
    for (write, restored) in decision.writes.iter_mut().zip(restored) {
        write.restored = restored;
    }
    decision.undone_at = call.now_ms;
    call.centre.registry.keep_decision(&decision)?;
    points::read(call)
}

/// One field put back as it stood before.
struct Reversal {
    scope: ScopeKey,
    kind: RecordType,
    record: Uuid,
    field: u16,
    written: HeadId,
    values: Vec<Value>,
}

impl Reversal {
    /// Writes the former values in one change, so that they stand side by side again.
    fn write(&self, draft: &mut Draft<'_>) -> Result<Vec<HeadId>, CentreError> {
        let mut edits: Vec<Edit> = Vec::new();
        for value in &self.values {
            // The first names what it replaces; the others stand beside it.
            let bases = if edits.is_empty() { vec![self.written] } else { Vec::new() };
            edits.push(Edit { field: self.field, value: value.clone(), bases });
        }
        if edits.is_empty() {
            edits.push(Edit { field: self.field, value: Value::Null, bases: vec![self.written] });
        }
        let count = self.values.len();
        draft.replace(self.scope, self.record, self.kind, edits)?;
        let mut written = draft.written(self.record, self.field);
        Ok(written.split_off(written.len().saturating_sub(count)))
    }
}

/// What undoing a decision writes; none when someone wrote there since, or the values are gone.
fn reversals(call: &Call<'_>, decision: &DecisionRow) -> Result<Option<Vec<Reversal>>, ConsoleError> {
    if decision.undone_at > 0 {
        return Ok(None);
    }
    let store = &call.centre.store;
    let mut reversals = Vec::new();
    for write in &decision.writes {
        let Some(state) = store.record(write.record)?.filter(|state| !state.erased) else { return Ok(None) };
        let Some(kind) = RecordType::from_number(state.kind) else { return Ok(None) };
        if !state.field(write.field).heads.iter().any(|head| head.id == write.written) {
            return Ok(None);
        }
        let history = store.history(write.record, write.field)?;
        let value = |replaced: &Replaced| {
            history.iter().find(|(head, _)| head.id == replaced.head).map(|(head, _)| head.value.clone())
        };
        let Some(values) = write.replaced.iter().map(value).collect::<Option<Vec<_>>>() else { return Ok(None) };
        let (record, field, written) = (write.record, write.field, write.written);
        reversals.push(Reversal { scope: state.scope, kind, record, field, written, values });
    }
    Ok(Some(reversals))
}

/// The latest decisions of some kinds, newest first.
pub(super) fn decided(
    call: &Call<'_>,
    names: &Names,
    of: impl Fn(&str) -> bool,
) -> Result<Vec<Decision>, ConsoleError> {
    let rows = call.centre.registry.decisions(SHOWN)?;
    rows.iter().filter(|row| of(&row.kind)).map(|row| line(call, names, row)).collect()
}

fn line(call: &Call<'_>, names: &Names, row: &DecisionRow) -> Result<Decision, ConsoleError> {
    let store = &call.centre.store;
    let state = store.record(row.record)?.filter(|state| !state.erased);
    let is_point = row.field != 0;
    let value = match &state {
        Some(state) if is_point && may_show(call, state)? => shown(state.field(row.field)),
        Some(_) if row.kind == "one_visit" => {
            let visit = store.visit(row.record)?;
            visit.map(|visit| names.people(&visit.participants, visit.author).join(", ")).unwrap_or_default()
        }
        _ => String::new(),
    };
    let name = state.as_ref().and_then(|state| catalogue::field(state.kind, row.field)).map(|spec| spec.name);
    Ok(Decision {
        id: row.id.to_string(),
        at: instant(row.at),
        account: row.account.clone(),
        kind: row.kind.clone(),
        name: name.filter(|_| is_point).unwrap_or_default().to_owned(),
        place: row.door.map_or(Ok(String::new()), |door| place(store, door).map(|(place, _)| place))?,
        value,
        can_undo: reversals(call, row)?.is_some(),
        undone_at: optional_instant(row.undone_at),
    })
}

fn shown(field: &FieldState) -> String {
    resolve::latest(field).map(|head| head.value.as_text().to_owned()).unwrap_or_default()
}

/// What a person's record says is shown only while an agreement lets it be; the rest always.
pub(super) fn may_show(call: &Call<'_>, state: &RecordState) -> Result<bool, ConsoleError> {
    if RecordType::from_number(state.kind) != Some(RecordType::Person) {
        return Ok(true);
    }
    let household = Uuid::parse_str(&shown(state.field(person::household))).unwrap_or_default();
    Ok(call.centre.store.agreement(household, RECORD_NOMINATIVE)?.allows())
}

#[cfg(test)]
#[path = "decision_tests.rs"]
mod tests;
