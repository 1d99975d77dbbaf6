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
        let Some(Guard { purpose, household, fields }) = guard(change.kind) else { continue };
        let Body::Set(edits) = &change.body else { continue };
        if !edits.iter().any(|edit| fields.contains(&edit.field) && edit.value != Value::Null) {
            continue;
        }
        let allowed = match record::load(connection, change.record)? {
            Some(loaded) => allows(connection, &loaded.state, purpose, household)?,
            None => false,
        };
        if !allowed {
            return Err(StoreError::NotAgreed(purpose));
        }
    }
    Ok(())
}

/// What some fields of a type need.
struct Guard {
    /// The purpose that must be agreed to.
    purpose: &'static str,
    /// The field that names whose agreement it is.
    household: u16,
    /// The fields that need it.
    fields: &'static [u16],
}

fn guard(kind: u16) -> Option<Guard> {
    match RecordType::from_number(kind)? {
        RecordType::Person => Some(Guard {
            purpose: RECORD_NOMINATIVE,
            household: p::household,
            fields: &[p::given_name, p::family_name, p::phone, p::birth_year],
        }),
        RecordType::Verbatim => Some(Guard { purpose: VERBATIM_QUOTE, household: v::household, fields: &[v::text] }),
        _ => None,
    }
}

fn allows(connection: &Connection, state: &RecordState, purpose: &str, household: u16) -> Result<bool, StoreError> {
    match Uuid::parse_str(&resolve::text(state, household)) {
        Ok(household) => Ok(apply::agreement(connection, household, purpose)?.allows()),
        // Words of nobody by name carry their own agreement; a name is always someone's.
        Err(_) => Ok(purpose == VERBATIM_QUOTE && resolve::int(state, v::agreed_at).is_some()),
    }
}
