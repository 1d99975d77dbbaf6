//! What the heads of a field mean: the merge classes of decisions.md 10, each a pure function of the field's state.

use std::collections::BTreeMap;

use palier_domain::agreement::AgreementStatus;

#[cfg(feature = "faults")]
use crate::faults::{self, Fault};
use crate::{FieldClass, FieldState, Head, RecordState, Value};

/// The head a screen shows for a field of one value: the greatest stamp, then the greatest name. None when unwritten.
#[must_use]
pub fn latest(field: &FieldState) -> Option<&Head> {
    #[cfg(feature = "faults")]
    if faults::is_in(Fault::TieBreak) {
        return field.heads.iter().min_by_key(|head| (head.stamp, head.id));
    }
    field.heads.iter().max_by_key(|head| (head.stamp, head.id))
}

/// The text that a screen shows for a field of one value; empty when unwritten or of another kind.
#[must_use]
pub fn text(state: &RecordState, field: u16) -> String {
    latest(state.field(field)).map(|head| head.value.as_text().to_owned()).unwrap_or_default()
}

/// The number that a screen shows for a field of one value. None when unwritten or of another kind.
#[must_use]
pub fn int(state: &RecordState, field: u16) -> Option<i64> {
    latest(state.field(field)).and_then(|head| head.value.as_int())
}

/// The value a screen shows, by the field's class.
#[must_use]
pub fn shown(class: FieldClass, field: &FieldState) -> Value {
    match class {
        FieldClass::Lww | FieldClass::KeepAll | FieldClass::Append => {
            latest(field).map_or(Value::Null, |head| head.value.clone())
        }
        FieldClass::Agreement => Value::text(agreement(field).code()),
        FieldClass::Counter => Value::Int(total(field)),
        FieldClass::Claim => claim(field).map_or(Value::Null, |head| head.value.clone()),
        FieldClass::Set => Value::text(&elements(field).join(",")),
    }
}

/// The heads beside the shown one that say something else, newest first: what a person must decide on (keep-all).
///
/// Equal values written by two people at once are one head, not a conflict (decisions.md 7).
#[must_use]
pub fn others(field: &FieldState) -> Vec<&Head> {
    let Some(shown) = latest(field) else { return Vec::new() };
    let mut heads: Vec<&Head> = field.heads.iter().filter(|head| head.value != shown.value).collect();
    heads.sort_by_key(|head| std::cmp::Reverse((head.stamp, head.id)));
    let mut seen: Vec<&Value> = Vec::new();
    heads.retain(|head| {
        let new = !seen.contains(&&head.value);
        seen.push(&head.value);
        new
    });
    heads
}

/// The most protective of concurrent decisions; only a later decision that saw a refusal lifts it (I9).
#[must_use]
pub fn agreement(field: &FieldState) -> AgreementStatus {
    #[cfg(feature = "faults")]
    if faults::is_in(Fault::AgreementByStamp) {
        return AgreementStatus::from_code(latest(field).map_or("", |head| head.value.as_text()));
    }
    field
        .heads
        .iter()
        .map(|head| AgreementStatus::from_code(head.value.as_text()))
        .max()
        .unwrap_or(AgreementStatus::Unknown)
}

/// Elements of a set, sorted, each once: what someone added and nobody who saw it took out. Adding wins over taking out at once.
#[must_use]
pub fn elements(field: &FieldState) -> Vec<String> {
    let mut elements: Vec<String> = field
        .heads
        .iter()
        .filter(|head| head.value != Value::Null)
        .map(|head| head.value.as_text().to_owned())
        .collect();
    elements.sort();
    elements.dedup();
    elements
}

/// The sum of the sub-counts, one of each replica. A reset names the sub-counts that it saw.
#[must_use]
pub fn total(field: &FieldState) -> i64 {
    let mut counts: BTreeMap<u32, (&Head, i64)> = BTreeMap::new();
    for head in &field.heads {
        let count = head.value.as_int().unwrap_or(0);
        let newest = counts.get(&head.id.dot.replica).is_none_or(|(known, _)| known.id < head.id);
        if newest {
            counts.insert(head.id.dot.replica, (head, count));
        }
    }
    counts.values().map(|(_, count)| *count).sum()
}

/// The first to claim keeps it: the smallest stamp, then the smallest name.
#[must_use]
pub fn claim(field: &FieldState) -> Option<&Head> {
    field.heads.iter().filter(|head| head.value != Value::Null).min_by_key(|head| (head.stamp, head.id))
}
