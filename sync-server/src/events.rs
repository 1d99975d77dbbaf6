//! What figures are counted from, as JSON, one record a line: for a computation that shares nothing with ours. Coded fields alone:
//! no name, no note, no answer to a question leaves here. For the operator: it is exact, and tied to dwellings.

use std::io::Write;

use palier_store::Store;
use palier_sync::catalogue::{
    FieldClass, action, alias, diagnosis, door, household, referral, referral_event, right_item, sector, stair, tally,
    trust, visit,
};
use palier_sync::{RecordState, RecordType, ScopeKey, Value, resolve};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use crate::CentreError;

/// Changes behind the records of one page.
const PAGE_CHANGES: usize = 20_000;

/// Fields that figures count, by type of record.
const COUNTED: &[(RecordType, &[u16])] = &[
    (RecordType::Sector, &[sector::qpv]),
    (RecordType::Alias, &[alias::one, alias::other, alias::same]),
    (RecordType::Building, &[]),
    (RecordType::Stair, &[stair::building]),
    (RecordType::Door, &[door::stair]),
    (RecordType::Visit, &[visit::door, visit::outcome, visit::at]),
    (
        RecordType::Household,
        &[household::opened_at, household::known_by, household::last_contact, household::needs, household::cancelled],
    ),
    (
        RecordType::Diagnosis,
        &[
            diagnosis::household,
            diagnosis::slip,
            diagnosis::started_at,
            diagnosis::closed_at,
            diagnosis::statuses,
            diagnosis::cancelled,
        ],
    ),
    (
        RecordType::RightItem,
        &[
            right_item::diagnosis,
            right_item::right,
            right_item::non_take_up,
            right_item::motive,
            right_item::follow_up,
            right_item::follow_up_at,
        ],
    ),
    (
        RecordType::Referral,
        &[
            referral::household,
            referral::slip,
            referral::opened_at,
            referral::service,
            referral::need,
            referral::cancelled,
        ],
    ),
    (
        RecordType::ReferralEvent,
        &[
            referral_event::referral,
            referral_event::what,
            referral_event::at,
            referral_event::result,
            referral_event::first_time,
            referral_event::source,
            referral_event::cancelled,
        ],
    ),
    (RecordType::Trust, &[trust::slip, trust::object, trust::level, trust::at, trust::cancelled]),
    (RecordType::Action, &[action::kind, action::status, action::started_at, action::withdrawn]),
    (RecordType::Tally, &[tally::action, tally::code, tally::count]),
];

/// Writes every record that figures count.
///
/// # Errors
/// A fault of the store, or of the writer.
pub fn write(store: &Store, out: &mut impl Write) -> Result<(), CentreError> {
    for (scope, _) in store.scopes()? {
        let mut after = None;
        loop {
            let page = store.record_page(&scope, after, PAGE_CHANGES)?;
            for (id, _) in &page.rows {
                let Some(state) = store.record(*id)? else { continue };
                if let Some(line) = line(*id, &scope, &state) {
                    writeln!(out, "{line}")?;
                }
            }
            let Some(last) = page.last else { break };
            after = Some(last);
        }
    }
    Ok(())
}

/// One record; none for a type that is not counted, or for one that was erased.
fn line(id: Uuid, scope: &ScopeKey, state: &RecordState) -> Option<Json> {
    let kind = RecordType::from_number(state.kind).filter(|_| !state.erased)?;
    let (_, counted) = COUNTED.iter().find(|(counted, _)| *counted == kind)?;
    let sector = match scope {
        ScopeKey::Place { sector } | ScopeKey::File { sector, .. } => Some(*sector),
        _ => None,
    };
    let mut fields = Map::new();
    for spec in kind.fields().iter().filter(|spec| counted.contains(&spec.number)) {
        let field = state.field(spec.number);
        let value = match spec.class {
            FieldClass::Set => json!(resolve::elements(field)),
            FieldClass::Counter => json!(resolve::total(field)),
            class => plain(resolve::shown(class, field)),
        };
        fields.insert(spec.name.to_owned(), value);
    }
    Some(json!({ "type": kind.name(), "id": id, "sector": sector, "fields": fields }))
}

fn plain(value: Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Text(value) => json!(value),
    }
}
