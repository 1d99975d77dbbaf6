//! The packed form of a record: the row of the store, what a digest counts, and how a record is told whole.
//!
//! Equal states have equal bytes, on every machine and in every version that writes this form: copies compare digests of
//! it. A change is told once, whatever the number of fields it wrote, and identifiers take 16 bytes. `docs/PROTOCOL.md`,
//! "Packed state", describes it for a second client.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::columns::Told;
use crate::{Dot, FieldState, Head, HeadId, RecordState, Replica, ScopeKey, Stamp, Value};

#[derive(Serialize, Deserialize)]
struct Packed<'a> {
    scope: PackedScope,
    kind: u16,
    erased: bool,
    /// The changes that wrote the values that stand, each once, in ascending order.
    writes: Vec<Write>,
    #[serde(borrow)]
    fields: Vec<PackedField<'a>>,
}

#[derive(Serialize, Deserialize)]
enum PackedScope {
    Territory,
    Place([u8; 16]),
    File([u8; 16], [u8; 16]),
    Team([u8; 16]),
}

/// The longest packed scope, in bytes: which of the four, a sector and a structure.
const SCOPE_BYTES: usize = 33;

/// A change that wrote a value that stands: its name, its stamp as 8 bytes little endian, and the stamp's replica when that
/// is another than the author.
#[derive(PartialEq, Eq, PartialOrd, Ord, Clone, Copy, Serialize, Deserialize)]
struct Write {
    replica: Replica,
    sequence: u64,
    time: [u8; 8],
    stamped_by: Option<Replica>,
}

#[derive(Serialize, Deserialize)]
enum PackedField<'a> {
    /// One value, the first of the first change, and nothing before it: nearly all fields.
    One(u16, #[serde(borrow)] PackedValue<'a>),
    /// Number; values as (index of the change, part, value); names of what was replaced.
    Many(u16, #[serde(borrow)] Vec<(u32, u8, PackedValue<'a>)>, Vec<HeadId>),
}

#[derive(Serialize, Deserialize)]
enum PackedValue<'a> {
    Null,
    No,
    Yes,
    Int(i64),
    Text(&'a str),
    /// A text that is an identifier in its usual form.
    Id([u8; 16]),
}

/// A record's packed form: what the row of the store holds.
///
/// # Errors
/// When memory for the bytes cannot be had.
pub fn pack(state: &RecordState) -> Result<Vec<u8>, postcard::Error> {
    let mut writes: Vec<Write> = state.fields.values().flat_map(|field| &field.heads).map(Write::of).collect();
    writes.sort_unstable();
    writes.dedup();
    let fields = state.fields.iter().map(|(number, field)| PackedField::of(*number, field, &writes)).collect();
    let (scope, kind, erased) = (PackedScope::of(&state.scope), state.kind, state.erased);
    postcard::to_stdvec(&Packed { scope, kind, erased, writes, fields })
}

/// Reads a packed record.
///
/// # Errors
/// When the bytes are not a packed record.
pub fn unpack(bytes: &[u8]) -> Result<RecordState, postcard::Error> {
    let packed: Packed<'_> = postcard::from_bytes(bytes)?;
    let mut fields = BTreeMap::new();
    for field in packed.fields {
        let (number, state) = field.read(&packed.writes).ok_or(postcard::Error::DeserializeBadEncoding)?;
        fields.insert(number, state);
    }
    Ok(RecordState { scope: packed.scope.read(), kind: packed.kind, erased: packed.erased, fields })
}

/// The bytes of a packed record after its scope, for a row whose scope is told beside it.
///
/// # Errors
/// When the bytes do not begin with a scope.
pub fn without_scope(bytes: &[u8]) -> Result<&[u8], postcard::Error> {
    Ok(postcard::take_from_bytes::<PackedScope>(bytes)?.1)
}

/// The packed record of a scope and of what [`without_scope`] left of it.
///
/// # Errors
/// When memory for the bytes cannot be had.
pub fn with_scope(scope: &ScopeKey, rest: &[u8]) -> Result<Vec<u8>, postcard::Error> {
    let mut bytes = Vec::with_capacity(rest.len().saturating_add(SCOPE_BYTES));
    bytes = postcard::to_extend(&PackedScope::of(scope), bytes)?;
    bytes.extend_from_slice(rest);
    Ok(bytes)
}

/// A packed record read where it lies: one change wrote it, and nothing stood before. Nearly all records are so.
pub(crate) struct Plain<'a> {
    pub(crate) scope: ScopeKey,
    pub(crate) kind: u16,
    pub(crate) dot: Dot,
    pub(crate) stamp: Stamp,
    fields: Vec<PackedField<'a>>,
}

impl<'a> Plain<'a> {
    /// Reads a packed record; none when it is not plain.
    pub(crate) fn of(bytes: &'a [u8]) -> Result<Option<Self>, postcard::Error> {
        let packed: Packed<'a> = postcard::from_bytes(bytes)?;
        let plain = packed.fields.iter().all(|field| matches!(field, PackedField::One(..)));
        let [write] = packed.writes.as_slice() else { return Ok(None) };
        if packed.erased || !plain || packed.fields.is_empty() {
            return Ok(None);
        }
        let (scope, kind, dot, stamp) = (packed.scope.read(), packed.kind, write.dot(), write.stamp());
        Ok(Some(Self { scope, kind, dot, stamp, fields: packed.fields }))
    }

    /// Its fields, in ascending order.
    pub(crate) fn values(&self) -> impl Iterator<Item = (u16, Told<'a>)> + Clone {
        self.fields.iter().filter_map(|field| match field {
            PackedField::One(number, value) => Some((*number, value.told())),
            PackedField::Many(..) => None,
        })
    }
}

/// How many changes wrote the values of a packed record that stand.
pub(crate) fn write_count(bytes: &[u8]) -> Result<usize, postcard::Error> {
    // The fields come last: they are not read.
    let (start, _) = postcard::take_from_bytes::<(PackedScope, u16, bool, Vec<Write>)>(bytes)?;
    Ok(start.3.len())
}

impl PackedScope {
    fn of(scope: &ScopeKey) -> Self {
        match scope {
            ScopeKey::Territory => Self::Territory,
            ScopeKey::Place { sector } => Self::Place(sector.into_bytes()),
            ScopeKey::File { sector, structure } => Self::File(sector.into_bytes(), structure.into_bytes()),
            ScopeKey::Team { structure } => Self::Team(structure.into_bytes()),
        }
    }

    fn read(&self) -> ScopeKey {
        match self {
            Self::Territory => ScopeKey::Territory,
            Self::Place(sector) => ScopeKey::Place { sector: Uuid::from_bytes(*sector) },
            Self::File(sector, structure) => {
                ScopeKey::File { sector: Uuid::from_bytes(*sector), structure: Uuid::from_bytes(*structure) }
            }
            Self::Team(structure) => ScopeKey::Team { structure: Uuid::from_bytes(*structure) },
        }
    }
}

impl Write {
    fn of(head: &Head) -> Self {
        let Dot { replica, sequence } = head.id.dot;
        let stamped_by = (head.stamp.replica != replica).then_some(head.stamp.replica);
        Self { replica, sequence, time: head.stamp.time.to_le_bytes(), stamped_by }
    }

    fn dot(&self) -> Dot {
        Dot { replica: self.replica, sequence: self.sequence }
    }

    fn stamp(&self) -> Stamp {
        Stamp { time: u64::from_le_bytes(self.time), replica: self.stamped_by.unwrap_or(self.replica) }
    }

    fn head(&self, part: u8, value: Value) -> Head {
        Head { id: HeadId { dot: self.dot(), part }, stamp: self.stamp(), value }
    }
}

impl<'a> PackedField<'a> {
    fn of(number: u16, field: &'a FieldState, writes: &[Write]) -> Self {
        let index = |head: &Head| writes.binary_search(&Write::of(head)).ok().and_then(|at| u32::try_from(at).ok());
        match field.heads.as_slice() {
            [head] if field.past.is_empty() && head.id.part == 0 && index(head) == Some(0) => {
                Self::One(number, PackedValue::of(&head.value))
            }
            heads => {
                let heads = heads.iter().map(|head| {
                    // Every value's change is among the writes: they were gathered from the same values.
                    (index(head).unwrap_or(u32::MAX), head.id.part, PackedValue::of(&head.value))
                });
                Self::Many(number, heads.collect(), field.past.clone())
            }
        }
    }

    fn read(self, writes: &[Write]) -> Option<(u16, FieldState)> {
        Some(match self {
            Self::One(number, value) => {
                (number, FieldState { heads: vec![writes.first()?.head(0, value.read())], past: Vec::new() })
            }
            Self::Many(number, heads, past) => {
                let heads = heads.into_iter().map(|(index, part, value)| {
                    Some(writes.get(usize::try_from(index).ok()?)?.head(part, value.read()))
                });
                (number, FieldState { heads: heads.collect::<Option<_>>()?, past })
            }
        })
    }
}

impl<'a> PackedValue<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(false) => Self::No,
            Value::Bool(true) => Self::Yes,
            Value::Int(number) => Self::Int(*number),
            Value::Text(text) => identifier(text).map_or(Self::Text(text), |id| Self::Id(id.into_bytes())),
        }
    }

    fn told(&self) -> Told<'a> {
        match self {
            Self::Null => Told::Null,
            Self::No => Told::Bool(false),
            Self::Yes => Told::Bool(true),
            Self::Int(number) => Told::Int(*number),
            Self::Text(text) => Told::Text(text),
            Self::Id(bytes) => Told::Id(Uuid::from_bytes(*bytes)),
        }
    }

    fn read(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::No => Value::Bool(false),
            Self::Yes => Value::Bool(true),
            Self::Int(number) => Value::Int(number),
            Self::Text(text) => Value::Text(text.to_owned()),
            Self::Id(bytes) => Value::Text(Uuid::from_bytes(bytes).hyphenated().to_string()),
        }
    }
}

/// The identifier that a text is in its usual form, lower case with hyphens: 36 characters, so that most texts cost a glance.
pub(crate) fn identifier(text: &str) -> Option<Uuid> {
    const LENGTH: usize = uuid::fmt::Hyphenated::LENGTH;
    if text.len() != LENGTH || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    Uuid::parse_str(text).ok()
}

#[cfg(test)]
#[path = "packed_tests.rs"]
mod tests;
