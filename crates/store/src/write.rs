//! What this replica writes: a draft of changes, then one transaction for rows, journal, projections and the act.

use std::collections::BTreeMap;

use palier_sync::{
    Body, Change, Dot, Edit, FieldClass, HeadId, Hlc, RecordState, RecordType, Replica, ScopeKey, Stamp, Value,
};
use palier_sync::{catalogue, resolve};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::acts::{Act, ActEdit};
use crate::apply::{Applied, apply_all};
use crate::{Store, StoreError, acts, agreed, meta, record};

/// A draft of one act: every write of one tap. Nothing is durable before [`Store::write`] answers.
pub struct Draft<'a> {
    connection: &'a Connection,
    replica: Replica,
    sequence: u64,
    clock: Hlc,
    now_ms: i64,
    changes: Vec<Change>,
    /// States as this draft leaves them, for a second write to the same record.
    states: BTreeMap<Uuid, RecordState>,
    act: Option<Act>,
    edits: Vec<ActEdit>,
}

/// An element that came into a set, or went out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TurnedElement {
    /// The value written for it.
    pub head: HeadId,
    /// The element.
    pub element: String,
    /// It came in.
    pub added: bool,
}

/// What a write left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// What the writer answered.
    pub answer: T,
    /// What changed.
    pub applied: Applied,
    /// The changes, as they will be sent.
    pub changes: Vec<Change>,
}

impl Store {
    /// Names the replica that writes in this store.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn set_replica(&self, replica: Replica) -> Result<(), StoreError> {
        self.keep_fact("replica", &replica)
    }

    /// Goes on after this sequence, if this store gave fewer: a read model built anew must not reuse its replica's names.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn resume_sequence(&self, last: u64) -> Result<(), StoreError> {
        let known: u64 = self.fact(meta::SEQUENCE)?.unwrap_or(0);
        if known < last { self.keep_fact(meta::SEQUENCE, &last) } else { Ok(()) }
    }

    /// Runs a draft and commits it: when this answers, the act is on disk (`synchronous = FULL`).
    ///
    /// # Errors
    /// What the draft refuses, or a fault of the store; nothing is written then.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        now_ms: i64,
        draft: impl FnOnce(&mut Draft<'_>) -> Result<T, E>,
    ) -> Result<Written<T>, E> {
        let transaction = self.begin()?;
        let mut work = Draft::start(&transaction, now_ms)?;
        let answer = draft(&mut work)?;
        let (changes, applied) = work.finish()?;
        transaction.commit().map_err(StoreError::from)?;
        self.after(&applied)?;
        Ok(Written { answer, applied, changes })
    }
}

impl<'a> Draft<'a> {
    fn start(connection: &'a Connection, now_ms: i64) -> Result<Self, StoreError> {
        Ok(Self {
            connection,
            replica: meta::get(connection, "replica")?.ok_or(StoreError::NoAuthor)?,
            sequence: meta::get(connection, meta::SEQUENCE)?.unwrap_or(0),
            clock: Hlc::resume(meta::get(connection, meta::CLOCK)?.unwrap_or(0)),
            now_ms,
            changes: Vec::new(),
            states: BTreeMap::new(),
            act: None,
            edits: Vec::new(),
        })
    }

    fn finish(mut self) -> Result<(Vec<Change>, Applied), StoreError> {
        if self.changes.is_empty() && self.act.is_none() {
            return Ok((Vec::new(), Applied::default()));
        }
        for change in &self.changes {
            self.connection
                .prepare_cached("INSERT INTO outbox (sequence, record, change) VALUES (?1, ?2, ?3)")?
                .execute(params![signed(change.dot.sequence), change.record, serde_json::to_string(change)?])?;
        }
        meta::put(self.connection, meta::SEQUENCE, &self.sequence)?;
        meta::put(self.connection, meta::CLOCK, &self.clock.last())?;
        let applied = apply_all(self.connection, &self.changes, self.now_ms)?;
        agreed::check(self.connection, &self.changes)?;
        if let Some(act) = self.act.take() {
            acts::keep(self.connection, &act, self.now_ms, self.sequence, &self.edits)?;
        }
        Ok((std::mem::take(&mut self.changes), applied))
    }

    /// The present of this draft, UTC milliseconds.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    /// The connection, to read what the decision needs.
    pub(crate) fn connection(&self) -> &Connection {
        self.connection
    }

    /// The state of a record as this draft sees it; none when it does not exist yet.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn state(&self, id: Uuid) -> Result<Option<RecordState>, StoreError> {
        if let Some(state) = self.states.get(&id) {
            return Ok(Some(state.clone()));
        }
        Ok(record::load(self.connection, id)?.map(|loaded| loaded.state))
    }

    /// Writes fields of one value; a field that already says so is left alone. Says whether anything was written.
    ///
    /// The bases are what the author saw: every standing value of a last-writer field, the shown one of a text that
    /// keeps all, so that a value waiting for a decision is not swept away by an edit of another.
    ///
    /// # Errors
    /// `Erased`, or a fault of the store.
    pub fn set(
        &mut self,
        scope: ScopeKey,
        id: Uuid,
        kind: RecordType,
        fields: &[(u16, Value)],
    ) -> Result<bool, StoreError> {
        let state = self.open(scope, id, kind)?;
        let mut edits = Vec::new();
        for (field, value) in fields {
            let known = state.field(*field);
            let class = catalogue::class(kind.number(), *field);
            let shown = resolve::latest(known);
            let says_so = shown.map_or(*value == Value::Null, |head| head.value == *value);
            if says_so && known.heads.len() <= 1 {
                continue;
            }
            let bases = match class {
                FieldClass::KeepAll => shown.map(|head| head.id).into_iter().collect(),
                _ => known.ids(),
            };
            edits.push(Edit { field: *field, value: value.clone(), bases });
        }
        self.push(scope, id, kind, state, Body::Set(edits))
    }

    /// Writes a record that this replica just made: a set receives one pair for each element. One change, whatever it
    /// holds; on a record that exists already (a place made by another tablet), it is [`Draft::set`] field by field.
    ///
    /// # Errors
    /// `Erased`, or a fault of the store.
    pub fn make(
        &mut self,
        scope: ScopeKey,
        id: Uuid,
        kind: RecordType,
        fields: &[(u16, Value)],
    ) -> Result<bool, StoreError> {
        let state = self.open(scope, id, kind)?;
        if !state.fields.is_empty() {
            let plain: Vec<_> = fields
                .iter()
                .filter(|(f, _)| catalogue::class(kind.number(), *f) != FieldClass::Set)
                .cloned()
                .collect();
            return self.set(scope, id, kind, &plain);
        }
        let written = fields.iter().filter(|(_, value)| *value != Value::Null);
        let edits =
            written.map(|(field, value)| Edit { field: *field, value: value.clone(), bases: Vec::new() }).collect();
        self.push(scope, id, kind, state, Body::Set(edits))
    }

    /// Makes a set hold exactly these elements: adds what is missing, takes out what it sees and does not want. Says
    /// what it turned; nothing when the set held just these.
    ///
    /// # Errors
    /// `Erased`, or a fault of the store.
    pub fn set_elements(
        &mut self,
        scope: ScopeKey,
        id: Uuid,
        kind: RecordType,
        field: u16,
        wanted: &[String],
    ) -> Result<Vec<TurnedElement>, StoreError> {
        let state = self.open(scope, id, kind)?;
        let known = state.field(field);
        let present = resolve::elements(known);
        let mut edits: Vec<Edit> = Vec::new();
        let mut elements: Vec<(String, bool)> = Vec::new();
        for element in wanted.iter().filter(|element| !present.contains(element)) {
            edits.push(Edit { field, value: Value::text(element), bases: Vec::new() });
            elements.push((element.clone(), true));
        }
        for head in known.heads.iter().filter(|head| head.value != Value::Null) {
            let element = head.value.as_text();
            if !wanted.iter().any(|w| w == element) {
                edits.push(Edit { field, value: Value::Null, bases: vec![head.id] });
                elements.push((element.to_owned(), false));
            }
        }
        if !self.push(scope, id, kind, state, Body::Set(edits))? {
            return Ok(Vec::new());
        }
        let dot = self.last_written().map(|head| head.dot);
        let turned = elements.into_iter().enumerate().filter_map(|(part, (element, added))| {
            let head = HeadId { dot: dot?, part: u8::try_from(part).unwrap_or(u8::MAX) };
            Some(TurnedElement { head, element, added })
        });
        Ok(turned.collect())
    }

    /// Adds to this replica's part of a counter, and gives the sum of all parts. Parts of others are left as they are, so that
    /// tablets that count at once lose nothing of each other.
    ///
    /// # Errors
    /// `Erased`, or a fault of the store.
    pub fn count(
        &mut self,
        scope: ScopeKey,
        id: Uuid,
        kind: RecordType,
        field: u16,
        delta: i64,
    ) -> Result<(), StoreError> {
        let state = self.open(scope, id, kind)?;
        let mine = || state.field(field).heads.iter().filter(|head| head.id.dot.replica == self.replica);
        let part = mine().max_by_key(|head| head.id).and_then(|head| head.value.as_int()).unwrap_or(0);
        let bases = mine().map(|head| head.id).collect();
        let edit = Edit { field, value: Value::Int(part.saturating_add(delta)), bases };
        self.push(scope, id, kind, state, Body::Set(vec![edit]))?;
        Ok(())
    }

    /// Writes values with the bases given: undo, redo, and decisions between values.
    ///
    /// # Errors
    /// `Erased`, or a fault of the store.
    pub fn replace(
        &mut self,
        scope: ScopeKey,
        id: Uuid,
        kind: RecordType,
        edits: Vec<Edit>,
    ) -> Result<bool, StoreError> {
        let state = self.open(scope, id, kind)?;
        self.push(scope, id, kind, state, Body::Set(edits))
    }

    /// Erases a record for good.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn erase(&mut self, scope: ScopeKey, id: Uuid, kind: RecordType) -> Result<bool, StoreError> {
        match self.open(scope, id, kind) {
            Ok(state) => self.push(scope, id, kind, state, Body::Erase),
            Err(StoreError::Erased) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Names the act that this draft makes, for "Journal du jour".
    pub fn act(&mut self, act: Act) {
        self.act = Some(act);
    }

    /// Adds to the act what undoing it must do: see [`ActEdit`].
    pub fn undo_with(&mut self, edit: ActEdit) {
        self.edits.push(edit);
    }

    /// The names this draft gave to the values it wrote to a field of a record.
    #[must_use]
    pub fn written(&self, id: Uuid, field: u16) -> Vec<HeadId> {
        let mut heads = Vec::new();
        for change in self.changes.iter().filter(|change| change.record == id) {
            let Body::Set(edits) = &change.body else { continue };
            let of_field = edits.iter().filter(|edit| edit.field == field);
            heads.extend(
                of_field
                    .enumerate()
                    .map(|(part, _)| HeadId { dot: change.dot, part: u8::try_from(part).unwrap_or(u8::MAX) }),
            );
        }
        heads
    }

    /// The last sequence this draft gave.
    pub(crate) fn last_sequence(&self) -> u64 {
        self.sequence
    }

    /// The name of the first value of the last change.
    pub(crate) fn last_written(&self) -> Option<HeadId> {
        self.changes.last().map(|change| HeadId { dot: change.dot, part: 0 })
    }

    fn open(&self, scope: ScopeKey, id: Uuid, kind: RecordType) -> Result<RecordState, StoreError> {
        let state = self.state(id)?.unwrap_or_else(|| RecordState::new(scope, kind.number()));
        if state.erased { Err(StoreError::Erased) } else { Ok(state) }
    }

    fn push(
        &mut self,
        scope: ScopeKey,
        id: Uuid,
        kind: RecordType,
        mut state: RecordState,
        body: Body,
    ) -> Result<bool, StoreError> {
        if matches!(&body, Body::Set(edits) if edits.is_empty()) {
            return Ok(false);
        }
        self.sequence = self.sequence.saturating_add(1);
        let change = Change {
            dot: Dot { replica: self.replica, sequence: self.sequence },
            stamp: Stamp { time: self.clock.tick(self.now_ms), replica: self.replica },
            effective: None,
            scope,
            record: id,
            kind: kind.number(),
            body,
        };
        state.apply(&change);
        self.states.insert(id, state);
        self.changes.push(change);
        Ok(true)
    }
}

/// SQLite keeps signed integers; sequences stay far below their limit.
pub(crate) fn signed(sequence: u64) -> i64 {
    i64::try_from(sequence).unwrap_or(i64::MAX)
}
