//! Changes of one scope, column by column: what a page of the wire holds when the asker reads columns (decisions.md 13).
//!
//! Each identifier is told once, each kind of save once, times and sequences as differences: zstd then has little left.
//! The order of the changes stays. `docs/PROTOCOL.md`, "Columns", describes the form.

use std::collections::BTreeMap;

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Body, Change, Dot, Edit, HeadId, Replica, ScopeKey, Stamp, Value, clock, limits};

/// Changes of one scope by column. Every list that has no index in its description has one element a change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// Every identifier of the page, 16 bytes each, base64url without padding.
    ids: String,
    /// Authors.
    replica: Vec<Replica>,
    /// Sequences, as the difference from the same author's one before in the page, at first from 0.
    sequence: Vec<i64>,
    /// Stamp times in UTC milliseconds, as the difference from the change before, at first from 0.
    ms: Vec<i64>,
    /// What the stamp time has beyond its millisecond, as the difference from the change before, at first from 0.
    beyond: Vec<i64>,
    /// Effective times, where there are: the change's index, NTP64.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    effective: Vec<(u32, u64)>,
    /// Stamps whose replica is not the author's: the change's index, the replica.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    stamped_by: Vec<(u32, Replica)>,
    /// Records, as indices of identifiers, each as the difference from the change before, at first from 0: new records in
    /// a row cost nothing.
    record: Vec<i64>,
    /// Forms, as indices of `forms`.
    form: Vec<u32>,
    /// Each form a change has: its record type, and the fields it sets; none for an erasure.
    forms: Vec<(u16, Option<Vec<u16>>)>,
    /// Values by (record type, field), in the order in which the forms first name them; in each, in the order of the changes.
    values: Vec<Vec<Cell>>,
    /// Values that were seen and replaced, where there are: the change's index, the edit's index in it, the values' names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    bases: Vec<(u32, u32, Vec<HeadId>)>,
}

/// A value in its column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Cell {
    Null,
    Bool(bool),
    /// The difference from the number before in the column, at first from 0.
    Int(i64),
    Text(String),
    /// A text that is an identifier: its index.
    Id([u32; 1]),
}

/// Reads a cell by what it looks like. Serde's own way for untagged forms tries each in turn and makes an error of every miss,
/// which was a third of a new tablet's work.
impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> serde::de::Visitor<'de> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("null, a boolean, an integer, a text or [index]")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_bool<E>(self, yes: bool) -> Result<Cell, E> {
        Ok(Cell::Bool(yes))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Int(number))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Cell, E> {
        i64::try_from(number)
            .map(Cell::Int)
            .map_err(|_| E::invalid_value(serde::de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Cell, E> {
        Ok(Cell::Text(text))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Cell, A::Error> {
        let index = list.next_element()?.ok_or_else(|| serde::de::Error::invalid_length(0, &self))?;
        match list.next_element::<u32>()? {
            None => Ok(Cell::Id([index])),
            Some(_) => Err(serde::de::Error::invalid_length(2, &self)),
        }
    }
}

/// The columns do not fit one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("The columns of a page do not fit one another: {0}")]
pub struct Misfit(pub(crate) &'static str);

/// Puts changes of one scope into columns; none when one of them is of another scope.
#[must_use]
pub fn pack(scope: &ScopeKey, changes: &[Change]) -> Option<Columns> {
    let mut writer = Writer::default();
    for change in changes {
        if change.scope != *scope {
            return None;
        }
        writer.put(change)?;
    }
    Some(writer.columns())
}

/// Brings [`pack`] back, change for change.
///
/// # Errors
/// [`Misfit`] when a list is too short or too long, or an index is past its list.
pub fn unpack(scope: &ScopeKey, columns: Columns) -> Result<Vec<Change>, Misfit> {
    read(scope, columns, limits::PAGE_CHANGES_MAX)
}

/// [`unpack`], of at most so many changes.
pub(crate) fn read(scope: &ScopeKey, mut columns: Columns, most: usize) -> Result<Vec<Change>, Misfit> {
    let values = std::mem::take(&mut columns.values);
    let mut reader = Reader::new(&columns, values)?;
    let count = columns.record.len();
    if count > most {
        return Err(Misfit("number of changes"));
    }
    let changes = (0..count).map(|index| reader.take(index, scope)).collect::<Result<Vec<_>, _>>()?;
    reader.end(count)?;
    Ok(changes)
}

/// Time of a stamp, apart: its millisecond, and what it has beyond. The first is rounded to the nearest, so that the second
/// may be short of it: it wraps.
fn split(time: u64) -> (i64, u64) {
    let ms = clock::ms_of(time);
    (ms, time.wrapping_sub(clock::ntp_of(ms)))
}

/// A value on its way into its column.
pub(crate) enum Told<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Text(&'a str),
    Id(Uuid),
}

impl<'a> Told<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(yes) => Self::Bool(*yes),
            Value::Int(number) => Self::Int(*number),
            Value::Text(text) => crate::packed::identifier(text).map_or(Self::Text(text), Self::Id),
        }
    }
}

/// Puts changes into columns one after the other.
#[derive(Default)]
pub(crate) struct Writer {
    columns: Columns,
    id_bytes: Vec<u8>,
    ids: BTreeMap<Uuid, u32>,
    forms: BTreeMap<(u16, Option<Vec<u16>>), u32>,
    /// The columns of each form's fields, in their order.
    form_places: Vec<Vec<usize>>,
    places: BTreeMap<(u16, u16), usize>,
    sequences: BTreeMap<Replica, u64>,
    numbers: Vec<i64>,
    ms: i64,
    beyond: u64,
    record: u32,
}

impl Writer {
    /// How many changes were put in.
    pub(crate) fn count(&self) -> usize {
        self.columns.record.len()
    }

    /// The columns of all that was put in.
    pub(crate) fn columns(mut self) -> Columns {
        self.columns.ids = BASE64URL_NOPAD.encode(&self.id_bytes);
        self.columns
    }

    /// Puts a change in; none when there are more than an index can count.
    pub(crate) fn put(&mut self, change: &Change) -> Option<()> {
        let index = u32::try_from(self.count()).ok()?;
        if let Some(effective) = change.effective {
            self.columns.effective.push((index, effective));
        }
        let Body::Set(edits) = &change.body else {
            self.begin(change.dot, change.stamp, change.record)?;
            let form = self.form(change.kind, None)?;
            self.columns.form.push(form);
            return Some(());
        };
        let values = edits.iter().map(|edit| (edit.field, Told::of(&edit.value)));
        self.set(change.dot, change.stamp, change.record, change.kind, values)?;
        for (edit, place) in edits.iter().zip(0u32..).filter(|(edit, _)| !edit.bases.is_empty()) {
            self.columns.bases.push((index, place, edit.bases.clone()));
        }
        Some(())
    }

    /// Puts in a change that sets these fields and names no base; none when there are more than an index can count.
    pub(crate) fn set<'a>(
        &mut self,
        dot: Dot,
        stamp: Stamp,
        record: Uuid,
        kind: u16,
        values: impl Iterator<Item = (u16, Told<'a>)> + Clone,
    ) -> Option<()> {
        self.begin(dot, stamp, record)?;
        let form = self.form_of(kind, values.clone().map(|(field, _)| field))?;
        self.columns.form.push(form);
        let form = index_of(form);
        for (at, (_, value)) in values.enumerate() {
            let place = *self.form_places.get(form)?.get(at)?;
            self.value(place, value)?;
        }
        Some(())
    }

    /// What every change has.
    fn begin(&mut self, dot: Dot, stamp: Stamp, record: Uuid) -> Option<()> {
        let index = u32::try_from(self.count()).ok()?;
        let Dot { replica, sequence } = dot;
        self.columns.replica.push(replica);
        let before = self.sequences.insert(replica, sequence).unwrap_or(0);
        self.columns.sequence.push(sequence.wrapping_sub(before).cast_signed());
        let (ms, beyond) = split(stamp.time);
        self.columns.ms.push(ms.wrapping_sub(self.ms));
        self.columns.beyond.push(beyond.wrapping_sub(self.beyond).cast_signed());
        (self.ms, self.beyond) = (ms, beyond);
        if stamp.replica != replica {
            self.columns.stamped_by.push((index, stamp.replica));
        }
        let record = self.id(record)?;
        self.columns.record.push(i64::from(record).wrapping_sub(i64::from(self.record)));
        self.record = record;
        Some(())
    }

    fn id(&mut self, id: Uuid) -> Option<u32> {
        let next = u32::try_from(self.ids.len()).ok()?;
        Some(*self.ids.entry(id).or_insert_with(|| {
            self.id_bytes.extend_from_slice(id.as_bytes());
            next
        }))
    }

    /// The form of these fields: most of the time that of the change before, which costs a glance.
    fn form_of(&mut self, kind: u16, fields: impl Iterator<Item = u16> + Clone) -> Option<u32> {
        if let Some(last) = self.columns.form.last()
            && let Some((known, Some(same))) = self.columns.forms.get(index_of(*last))
            && *known == kind
            && same.iter().copied().eq(fields.clone())
        {
            return Some(*last);
        }
        self.form(kind, Some(fields.collect()))
    }

    fn form(&mut self, kind: u16, fields: Option<Vec<u16>>) -> Option<u32> {
        let form = (kind, fields);
        if let Some(known) = self.forms.get(&form) {
            return Some(*known);
        }
        let mut places = Vec::new();
        for field in form.1.iter().flatten() {
            let next = self.places.len();
            let place = *self.places.entry((kind, *field)).or_insert(next);
            if place == next {
                self.columns.values.push(Vec::new());
                self.numbers.push(0);
            }
            places.push(place);
        }
        self.form_places.push(places);
        let next = u32::try_from(self.forms.len()).ok()?;
        self.columns.forms.push(form.clone());
        self.forms.insert(form, next);
        Some(next)
    }

    fn value(&mut self, place: usize, value: Told<'_>) -> Option<()> {
        let cell = match value {
            Told::Null => Cell::Null,
            Told::Bool(yes) => Cell::Bool(yes),
            Told::Int(number) => {
                let before = self.numbers.get_mut(place)?;
                let difference = number.wrapping_sub(*before);
                *before = number;
                Cell::Int(difference)
            }
            Told::Text(text) => Cell::Text(text.to_owned()),
            Told::Id(id) => Cell::Id([self.id(id)?]),
        };
        self.columns.values.get_mut(place)?.push(cell);
        Some(())
    }
}

struct Reader<'a> {
    columns: &'a Columns,
    ids: Vec<Uuid>,
    places: BTreeMap<(u16, u16), usize>,
    /// Values by column, each taken out once.
    values: Vec<std::vec::IntoIter<Cell>>,
    numbers: Vec<i64>,
    sequences: BTreeMap<Replica, u64>,
    ms: i64,
    beyond: u64,
    record: i64,
    effective: BTreeMap<u32, u64>,
    stamped_by: BTreeMap<u32, Replica>,
    bases: BTreeMap<(u32, u32), &'a [HeadId]>,
}

fn at<'a, T>(list: &'a [T], index: usize, what: &'static str) -> Result<&'a T, Misfit> {
    list.get(index).ok_or(Misfit(what))
}

/// An index of the wire; one that this machine cannot count is past every list.
fn index_of(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

impl<'a> Reader<'a> {
    fn new(columns: &'a Columns, values: Vec<Vec<Cell>>) -> Result<Self, Misfit> {
        let bytes = BASE64URL_NOPAD.decode(columns.ids.as_bytes()).map_err(|_| Misfit("identifiers"))?;
        let (whole, rest) = bytes.as_chunks::<16>();
        if !rest.is_empty() {
            return Err(Misfit("identifiers"));
        }
        let mut places = BTreeMap::new();
        for (kind, fields) in &columns.forms {
            for field in fields.iter().flatten() {
                let next = places.len();
                places.entry((*kind, *field)).or_insert(next);
            }
        }
        if values.len() != places.len() {
            return Err(Misfit("values"));
        }
        Ok(Self {
            columns,
            values: values.into_iter().map(Vec::into_iter).collect(),
            ids: whole.iter().map(|bytes| Uuid::from_bytes(*bytes)).collect(),
            numbers: vec![0; places.len()],
            places,
            sequences: BTreeMap::new(),
            ms: 0,
            beyond: 0,
            record: 0,
            effective: columns.effective.iter().copied().collect(),
            stamped_by: columns.stamped_by.iter().copied().collect(),
            bases: columns.bases.iter().map(|(change, edit, bases)| ((*change, *edit), bases.as_slice())).collect(),
        })
    }

    fn take(&mut self, index: usize, scope: &ScopeKey) -> Result<Change, Misfit> {
        let columns = self.columns;
        let number = u32::try_from(index).map_err(|_| Misfit("number of changes"))?;
        let replica = *at(&columns.replica, index, "replica")?;
        let sequence = self.sequences.entry(replica).or_insert(0);
        *sequence = sequence.wrapping_add(at(&columns.sequence, index, "sequence")?.cast_unsigned());
        let dot = Dot { replica, sequence: *sequence };
        self.ms = self.ms.wrapping_add(*at(&columns.ms, index, "ms")?);
        self.beyond = self.beyond.wrapping_add(at(&columns.beyond, index, "beyond")?.cast_unsigned());
        let time = clock::ntp_of(self.ms).wrapping_add(self.beyond);
        let stamp = Stamp { time, replica: self.stamped_by.remove(&number).unwrap_or(replica) };
        self.record = self.record.wrapping_add(*at(&columns.record, index, "record")?);
        // A negative index is past every list.
        let record = *at(&self.ids, usize::try_from(self.record).unwrap_or(usize::MAX), "identifier")?;
        let (kind, fields) = at(&columns.forms, index_of(*at(&columns.form, index, "form")?), "forms")?;
        let body = match fields {
            None => Body::Erase,
            Some(fields) => {
                let edits = fields.iter().zip(0u32..).map(|(field, place)| {
                    let bases = self.bases.remove(&(number, place)).unwrap_or_default().to_vec();
                    Ok(Edit { field: *field, value: self.value(*kind, *field)?, bases })
                });
                Body::Set(edits.collect::<Result<_, Misfit>>()?)
            }
        };
        let effective = self.effective.remove(&number);
        Ok(Change { dot, stamp, effective, scope: *scope, record, kind: *kind, body })
    }

    fn value(&mut self, kind: u16, field: u16) -> Result<Value, Misfit> {
        let place = *self.places.get(&(kind, field)).ok_or(Misfit("forms"))?;
        let cell = self.values.get_mut(place).and_then(Iterator::next).ok_or(Misfit("values"))?;
        Ok(match cell {
            Cell::Null => Value::Null,
            Cell::Bool(yes) => Value::Bool(yes),
            Cell::Int(difference) => {
                let before = self.numbers.get_mut(place).ok_or(Misfit("values"))?;
                *before = before.wrapping_add(difference);
                Value::Int(*before)
            }
            Cell::Text(text) => Value::Text(text),
            Cell::Id([index]) => Value::Text(at(&self.ids, index_of(index), "identifier")?.to_string()),
        })
    }

    /// Nothing may be left over: a page that does not fit is refused whole rather than read by half.
    fn end(self, count: usize) -> Result<(), Misfit> {
        let columns = self.columns;
        let lengths =
            [columns.replica.len(), columns.sequence.len(), columns.ms.len(), columns.beyond.len(), columns.form.len()];
        let values_end = self.values.iter().all(|column| column.len() == 0);
        let sparse_end = self.effective.is_empty() && self.stamped_by.is_empty() && self.bases.is_empty();
        if lengths.iter().any(|length| *length != count) || !values_end || !sparse_end {
            return Err(Misfit("length"));
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
