//! What no draft may write without an agreement: names, phones, words. The last door before the disk (decisions.md 3).
//!
//! It is asked of what this copy writes, after the draft: an agreement given in the same tap counts. What other copies wrote is
//! merged whatever it says, and shown only while an agreement allows it.

use palier_domain::agreement::{RECORD_NOMINATIVE, VERBATIM_QUOTE};
use palier_sync::catalogue::{person as p, verbatim as v};
use palier_sync::{Body, Change, RecordState, RecordType, Value, resolve};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{StoreError, apply, record};

/// Refuses a draft that writes what nobody agreed to.
pub(crate) fn check(connection: &Connection, changes: &[Change]) -> Result<(), StoreError> {
    for change in changes {
        let Some((purpose, fields)) = guarded(change.kind) else { continue };
        let Body::Set(edits) = &change.body else { continue };
        if !edits.iter().any(|edit| fields.contains(&edit.field) && edit.value != Value::Null) {
            continue;
        }
        let allowed = match record::load(connection, change.record)? {
            Some(loaded) => allows(connection, &loaded.state, purpose)?,
            None => false,
        };
        if !allowed {
            return Err(StoreError::NotAgreed(purpose));
        }
    }
    Ok(())
}

/// The purpose that a type's fields need an agreement to.
fn guarded(kind: u16) -> Option<(&'static str, &'static [u16])> {
    match RecordType::from_number(kind)? {
        RecordType::Person => Some((RECORD_NOMINATIVE, &[p::given_name, p::family_name, p::phone, p::birth_year])),
        RecordType::Verbatim => Some((VERBATIM_QUOTE, &[v::text])),
        _ => None,
    }
}

fn allows(connection: &Connection, state: &RecordState, purpose: &str) -> Result<bool, StoreError> {
    let household =
        |field: u16| resolve::latest(state.field(field)).and_then(|head| Uuid::parse_str(head.value.as_text()).ok());
    let of = if purpose == VERBATIM_QUOTE { household(v::household) } else { household(p::household) };
    match of {
        Some(household) => Ok(apply::agreement(connection, household, purpose)?.allows()),
        // Words of nobody by name carry their own agreement; a name is always someone's.
        None => Ok(purpose == VERBATIM_QUOTE && resolve::latest(state.field(v::agreed_at)).is_some()),
    }
}
