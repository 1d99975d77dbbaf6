//! The merge. The state of a record is a function of the *set* of its changes.
//!
//! For each field, `past` is the union of all bases that any change names, and `heads` are the written values whose
//! name is not in `past`. Unions do not know order, repetition or batching, so two copies that received the same
//! changes are byte-equal (I1), and a value is hidden only by someone who saw it (I3). A change that arrives before the
//! value it replaces needs no waiting room: the name of that value is already in `past` when it comes.
//!
//! An erased record keeps nothing but the fact: it absorbs whatever comes before, beside or after (I10).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "faults")]
use crate::faults::{self, Fault};
use crate::{Body, Change, Dot, HeadId, ScopeKey, Stamp, Value};

/// A written value that nobody replaced yet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Head {
    /// Its name.
    pub id: HeadId,
    /// When it was written.
    pub stamp: Stamp,
    /// What was written.
    pub value: Value,
}

/// One field: what stands, and the names of all that was replaced. Both are sorted, so that equal sets are equal bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldState {
    /// Values that stand, by name.
    pub heads: Vec<Head>,
    /// Names of replaced values, whether they arrived here or not.
    pub past: Vec<HeadId>,
}

/// One record: its packed form (postcard) is the row of the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordState {
    /// Where it lives.
    pub scope: ScopeKey,
    /// Its type in the catalogue.
    pub kind: u16,
    /// It was erased: no field is left and none will come.
    pub erased: bool,
    /// Its fields by number.
    pub fields: BTreeMap<u16, FieldState>,
}

/// What a change did to a record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Applied {
    /// Fields whose heads are others than before.
    pub fields: Vec<u16>,
    /// Values that stood before and do not any more, for the history.
    pub replaced: Vec<(u16, Head)>,
    /// The record was erased by this change.
    pub erased: bool,
}

impl RecordState {
    /// A record without a field.
    #[must_use]
    pub fn new(scope: ScopeKey, kind: u16) -> Self {
        Self { scope, kind, erased: false, fields: BTreeMap::new() }
    }

    /// Takes a change in; the same change twice changes nothing.
    pub fn apply(&mut self, change: &Change) -> Applied {
        let mut applied = Applied::default();
        #[cfg(feature = "faults")]
        if faults::is_in(Fault::EraseNotAbsorbing) && change.body != Body::Erase {
            self.erased = false;
        }
        if self.erased {
            return applied;
        }
        if change.body == Body::Erase {
            self.erased = true;
            self.fields.clear();
            applied.erased = true;
            return applied;
        }
        for (id, edit) in change.written() {
            let head = Head { id, stamp: change.stamp(), value: edit.value.clone() };
            let field = self.fields.entry(edit.field).or_default();
            let (changed, replaced) = field.apply(head, change.effective.is_some(), &edit.bases);
            if changed && !applied.fields.contains(&edit.field) {
                applied.fields.push(edit.field);
            }
            applied.replaced.extend(replaced.into_iter().map(|head| (edit.field, head)));
        }
        applied
    }

    /// Whether this state holds all that a change says, so that taking it in would change nothing.
    #[must_use]
    pub fn knows(&self, change: &Change) -> bool {
        if self.erased || change.body == Body::Erase {
            return self.erased;
        }
        change.written().all(|(id, edit)| {
            let field = self.field(edit.field);
            let known = field.heads.iter().any(|head| head.id == id) || field.past.binary_search(&id).is_ok();
            known && edit.bases.iter().all(|base| field.past.binary_search(base).is_ok())
        })
    }

    /// Takes in all that another copy has: the state of both sets of changes together. A value that stands in both is the
    /// other copy's, which may know its effective time.
    pub fn join(&mut self, other: Self) {
        if self.erased {
            return;
        }
        if other.erased {
            self.erased = true;
            self.fields.clear();
            return;
        }
        for (number, theirs) in other.fields {
            self.fields.entry(number).or_default().join(theirs);
        }
    }

    /// The server gave a change of ours an effective time: its standing values take it.
    pub fn restamp(&mut self, dot: Dot, effective: u64) -> bool {
        let mut changed = false;
        for head in self.fields.values_mut().flat_map(|field| field.heads.iter_mut()).filter(|head| head.id.dot == dot)
        {
            head.stamp.time = effective;
            changed = true;
        }
        changed
    }

    /// The state of a field; an unwritten field is empty.
    #[must_use]
    pub fn field(&self, number: u16) -> &FieldState {
        static EMPTY: FieldState = FieldState { heads: Vec::new(), past: Vec::new() };
        self.fields.get(&number).unwrap_or(&EMPTY)
    }
}

impl FieldState {
    /// Takes a written value and its bases in; says whether the heads changed and which were replaced. `decided` says that the
    /// stamp is the server's own: it stands also where the value came before, by another way, with its author's.
    fn apply(&mut self, head: Head, decided: bool, bases: &[HeadId]) -> (bool, Vec<Head>) {
        let mut replaced = Vec::new();
        for base in bases {
            if let Err(place) = self.past.binary_search(base) {
                self.past.insert(place, *base);
            }
            if let Ok(place) = self.heads.binary_search_by(|known| known.id.cmp(base)) {
                replaced.push(self.heads.remove(place));
            }
        }
        let mut changed = !replaced.is_empty();
        if self.past.binary_search(&head.id).is_err() {
            match self.heads.binary_search_by(|known| known.id.cmp(&head.id)) {
                Err(place) => {
                    // Nearly every field has one value: room for it and no more.
                    self.heads.reserve_exact(1);
                    self.heads.insert(place, head);
                    changed = true;
                }
                Ok(place) => {
                    if let Some(known) = self.heads.get_mut(place).filter(|known| decided && known.stamp != head.stamp)
                    {
                        known.stamp = head.stamp;
                        changed = true;
                    }
                }
            }
        } else if !bases.contains(&head.id) && replaced.iter().all(|known| known.id != head.id) {
            // It arrives already replaced: it never stood here, but the history keeps it. What names itself is no value any
            // more: see [`crate::compact`].
            replaced.push(head);
        }
        (changed, replaced)
    }

    fn join(&mut self, other: Self) {
        #[cfg(feature = "faults")]
        let other = Self { past: if faults::is_in(Fault::PastNotJoined) { Vec::new() } else { other.past }, ..other };
        self.past.extend(other.past);
        self.past.sort_unstable();
        self.past.dedup();
        for head in other.heads {
            match self.heads.binary_search_by(|known| known.id.cmp(&head.id)) {
                Ok(place) => {
                    if let Some(known) = self.heads.get_mut(place) {
                        *known = head;
                    }
                }
                Err(place) => self.heads.insert(place, head),
            }
        }
        let past = &self.past;
        self.heads.retain(|head| past.binary_search(&head.id).is_err());
    }

    /// Names of the values that stand: the bases of whoever replaces them all.
    #[must_use]
    pub fn ids(&self) -> Vec<HeadId> {
        self.heads.iter().map(|head| head.id).collect()
    }
}

#[cfg(test)]
#[path = "state_tests.rs"]
mod tests;
