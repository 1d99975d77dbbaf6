//! Less of a record's history, and the same state from wherever one goes on reading it (I13).
//!
//! What is left are changes again, in their places: those whose values stand, without the values that were replaced. What a
//! change that goes named as replaced is named by the last change of that field: it comes after it, so that a copy which has
//! read up to any place between the two is told it all the same. A value that was replaced before it arrived may be that last one:
//! it stays as null that names itself as replaced, and stands nowhere.

use std::collections::{BTreeMap, BTreeSet};

#[cfg(feature = "faults")]
use crate::faults::{self, Fault};
use crate::{Body, Change, Edit, HeadId, Value};

/// What is left of changes of one record, in the order in which they are told: one for each, none where nothing is.
///
/// For every `c`, the changes up to `c` as they were and what is left of those after it make the state that all of them make.
/// Changes that come after them stay as they are; what is left may be compacted again together with these.
#[must_use]
pub fn compact(changes: &[Change]) -> Vec<Option<Change>> {
    let fields = Fields::of(changes);
    let mut gathered = fields.gathered(changes);
    #[cfg(feature = "faults")]
    if faults::is_in(Fault::BasesNotGathered) {
        gathered.clear();
    }
    let left = changes.iter().enumerate().map(|(place, change)| {
        let Body::Set(edits) = &change.body else { return Some(change.clone()) };
        let kept = fields.kept(place, change);
        let last = kept.iter().rposition(|kept| *kept != Kept::No);
        if edits.is_empty() {
            return Some(change.clone());
        }
        last?;
        let written = change.written().zip(&kept).filter(|(_, kept)| **kept != Kept::No);
        let edits = written.map(|((id, edit), kept)| {
            let mut edit = edit.clone();
            if *kept == Kept::Name {
                edit.value = Value::Null;
                add(&mut edit, [id]);
            }
            if fields.last.get(&edit.field) == Some(&(place, id)) {
                let names = gathered.remove(&edit.field).unwrap_or_default();
                add(&mut edit, names);
            }
            edit
        });
        Some(Change { body: Body::Set(edits.collect()), ..change.clone() })
    });
    left.collect()
}

fn add(edit: &mut Edit, names: impl IntoIterator<Item = HeadId>) {
    for name in names {
        if !edit.bases.contains(&name) {
            edit.bases.push(name);
        }
    }
}

/// What stays of a value that was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    No,
    /// Its place, and that it is replaced.
    Name,
    Value,
}

/// What the changes of a record come to, field by field.
struct Fields {
    /// Names of replaced values.
    past: BTreeSet<(u16, HeadId)>,
    /// The last value written: which change, and its name.
    last: BTreeMap<u16, (usize, HeadId)>,
}

impl Fields {
    fn of(changes: &[Change]) -> Self {
        let mut fields = Self { past: BTreeSet::new(), last: BTreeMap::new() };
        for (place, change) in changes.iter().enumerate() {
            for (id, edit) in change.written() {
                fields.past.extend(edit.bases.iter().map(|base| (edit.field, *base)));
                fields.last.insert(edit.field, (place, id));
            }
        }
        fields
    }

    /// What stays of each value of a change. One that goes leaves its place to those of the same field behind it, whose names
    /// count their places.
    fn kept(&self, place: usize, change: &Change) -> Vec<Kept> {
        let mut kept = Vec::new();
        for (id, edit) in change.written() {
            kept.push((
                edit.field,
                match (edit.field, id) {
                    standing if !self.past.contains(&standing) => Kept::Value,
                    _ if self.last.get(&edit.field) == Some(&(place, id)) => Kept::Name,
                    _ => Kept::No,
                },
            ));
        }
        let mut behind = BTreeSet::new();
        for (field, kept) in kept.iter_mut().rev() {
            if *kept != Kept::No {
                behind.insert(*field);
            } else if behind.contains(field) {
                *kept = Kept::Name;
            }
        }
        kept.into_iter().map(|(_, kept)| kept).collect()
    }

    /// What the values that go named as replaced, by field.
    fn gathered(&self, changes: &[Change]) -> BTreeMap<u16, BTreeSet<HeadId>> {
        let mut gathered: BTreeMap<u16, BTreeSet<HeadId>> = BTreeMap::new();
        for (place, change) in changes.iter().enumerate() {
            let kept = self.kept(place, change);
            for ((_, edit), _) in change.written().zip(kept).filter(|(_, kept)| *kept == Kept::No) {
                gathered.entry(edit.field).or_default().extend(&edit.bases);
            }
        }
        gathered
    }
}

#[cfg(test)]
#[path = "compact_tests.rs"]
mod tests;
