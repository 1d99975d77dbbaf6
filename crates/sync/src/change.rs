//! One save: what was edited, nothing else.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Dot, HeadId, ScopeKey, Stamp, Value};

/// One save of one record by one replica.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Its name.
    pub dot: Dot,
    /// When, by the author's clock.
    pub stamp: Stamp,
    /// The time the server decided when the author's clock ran ahead; it stands instead of the stamp's time, for everyone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective: Option<u64>,
    /// Where the record lives.
    pub scope: ScopeKey,
    /// The record.
    pub record: Uuid,
    /// Its type's number in the catalogue; an unknown one is kept and relayed.
    pub kind: u16,
    /// What it does.
    pub body: Body,
}

/// What a change does to its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Body {
    /// Sets fields.
    #[serde(rename = "set")]
    Set(Vec<Edit>),
    /// Erases the record for good (RGPD art. 17, withdrawal of an agreement): absorbs every other change, past and to come.
    #[serde(rename = "erase")]
    Erase,
}

/// One value written to one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The field's number in the catalogue.
    #[serde(rename = "f")]
    pub field: u16,
    /// The value.
    #[serde(rename = "v")]
    pub value: Value,
    /// The values of this field that the author saw and replaces.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub bases: Vec<HeadId>,
}

impl Change {
    /// The stamp that counts: the effective one when the server gave one.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp { time: self.effective.unwrap_or(self.stamp.time), replica: self.stamp.replica }
    }

    /// What it writes, each value with its name; nothing for an erasure.
    pub fn written(&self) -> impl Iterator<Item = (HeadId, &Edit)> {
        let edits = match &self.body {
            Body::Set(edits) => edits.as_slice(),
            Body::Erase => &[],
        };
        let mut parts: BTreeMap<u16, u8> = BTreeMap::new();
        edits.iter().map(move |edit| {
            let part = parts.entry(edit.field).and_modify(|part| *part = part.saturating_add(1)).or_insert(0);
            (HeadId { dot: self.dot, part: *part }, edit)
        })
    }

    /// The same change without its values: which fields it wrote, and what it replaced.
    #[must_use]
    pub fn without_values(&self) -> Self {
        let mut bare = self.clone();
        if let Body::Set(edits) = &mut bare.body {
            edits.iter_mut().for_each(|edit| edit.value = Value::Null);
        }
        bare
    }
}
