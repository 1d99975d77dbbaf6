//! Projections: the columns that queries need, written from a record's merged state and from nothing else.

mod action;
mod alias;
mod diagnosis;
#[cfg(feature = "fleet")]
pub(crate) mod fleet;
mod heard;
pub(crate) mod household;
mod place;
mod programme;
pub(crate) mod referral;
mod visit;

pub use visit::SAME_VISIT_MS;

use std::collections::BTreeMap;

use palier_sync::{RecordState, RecordType, ScopeKey, Value, catalogue, resolve};
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::{StoreError, apply::waits_for_a_person};

/// Writes the projections of one record; one that is new here has none yet.
pub(crate) fn record(connection: &Connection, id: Uuid, state: &RecordState, new: bool) -> Result<(), StoreError> {
    points(connection, id, state, new)?;
    let fields = Fields { id, state };
    match RecordType::from_number(state.kind) {
        Some(RecordType::Structure) => programme::structure(connection, &fields),
        Some(RecordType::Sector) => programme::sector(connection, &fields),
        Some(RecordType::Profile) => programme::profile(connection, &fields),
        Some(RecordType::LocalNumber) => programme::local_number(connection, &fields),
        Some(RecordType::Outing) => programme::outing(connection, &fields),
        Some(RecordType::Building) => place::building(connection, &fields),
        Some(RecordType::Stair) => place::stair(connection, &fields),
        Some(RecordType::Door) => place::door(connection, &fields),
        Some(RecordType::Visit) => visit::visit(connection, &fields),
        Some(RecordType::VisitNote) => visit::note(connection, &fields),
        Some(RecordType::Household) => household::household(connection, &fields),
        Some(RecordType::Person) => household::person(connection, &fields),
        Some(RecordType::Agreement) => household::agreement(connection, &fields),
        Some(RecordType::Diagnosis) => diagnosis::diagnosis(connection, &fields),
        Some(RecordType::Answer) => diagnosis::answer(connection, &fields),
        Some(RecordType::RightItem) => diagnosis::right_item(connection, &fields),
        Some(RecordType::Pack) => programme::pack(connection, &fields),
        Some(RecordType::ServiceCheck) => programme::service_check(connection, &fields),
        Some(RecordType::Referral) => referral::referral(connection, &fields),
        Some(RecordType::ReferralEvent) => referral::event(connection, &fields),
        Some(RecordType::Task) => referral::task(connection, &fields),
        Some(RecordType::Trust) => heard::trust(connection, &fields),
        Some(RecordType::Verbatim) => heard::verbatim(connection, &fields),
        Some(RecordType::Action) => action::action(connection, &fields),
        Some(RecordType::Tally) => action::tally(connection, &fields),
        Some(RecordType::Alias) => alias::alias(connection, &fields),
        #[cfg(feature = "fleet")]
        Some(RecordType::FleetVisit) => fleet::visit(connection, &fields),
        // Information is read from its record; a type of a newer version is kept and has no projection here.
        Some(RecordType::Information) | None => Ok(()),
    }
}

/// What depends on several records, given with their types: written once after all of them.
pub(crate) fn finish(connection: &Connection, records: &BTreeMap<Uuid, u16>) -> Result<(), StoreError> {
    let mut households = household::touched(connection, records)?;
    if records.values().any(|kind| *kind == RecordType::Alias.number()) {
        households.extend(alias::regroup(connection)?);
    }
    // An agreement of one is an agreement of all that stand with it.
    for household in households.clone() {
        households.extend(crate::alias::together(connection, household)?);
    }
    household::finish(connection, &households)?;
    crate::search::index(connection, records, &households)
}

/// Empties every projection.
pub(crate) fn clear(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(
        "DELETE FROM structure; DELETE FROM sector; DELETE FROM profile; DELETE FROM local_number; DELETE FROM building;
         DELETE FROM stair; DELETE FROM door; DELETE FROM visit; DELETE FROM door_state; DELETE FROM household;
         DELETE FROM person; DELETE FROM agreement; DELETE FROM visit_note; DELETE FROM outing; DELETE FROM point;
         DELETE FROM diagnosis; DELETE FROM right_status; DELETE FROM answer; DELETE FROM right_item; DELETE FROM pack; DELETE FROM service_check;
         DELETE FROM referral; DELETE FROM referral_event; DELETE FROM referral_state; DELETE FROM task;
         DELETE FROM trust; DELETE FROM verbatim; DELETE FROM action; DELETE FROM tally;
         DELETE FROM alias; DELETE FROM merged;
         DELETE FROM search_item; DELETE FROM search_word; DELETE FROM search_use; DELETE FROM search_near;",
    )?;
    #[cfg(feature = "fleet")]
    connection.execute_batch("DELETE FROM fleet_visit;")?;
    Ok(())
}

/// A record's fields, read by their class.
pub(crate) struct Fields<'a> {
    pub(crate) id: Uuid,
    pub(crate) state: &'a RecordState,
}

impl Fields<'_> {
    pub(crate) fn value(&self, field: u16) -> Value {
        resolve::shown(catalogue::class(self.state.kind, field), self.state.field(field))
    }

    pub(crate) fn text(&self, field: u16) -> String {
        self.value(field).as_text().to_owned()
    }

    pub(crate) fn int(&self, field: u16) -> i64 {
        self.value(field).as_int().unwrap_or(0)
    }

    /// A moment that the author noted, UTC milliseconds. A moment later than the stamp of its own writing was read from a
    /// clock that ran ahead: the server's effective stamp says when it really was.
    pub(crate) fn moment(&self, field: u16) -> i64 {
        let Some(head) = resolve::latest(self.state.field(field)) else { return 0 };
        let noted = head.value.as_int().unwrap_or(0);
        let written = head.stamp.utc_ms();
        if noted > written.saturating_add(palier_sync::clock::AHEAD_MS_MAX) { written } else { noted }
    }

    pub(crate) fn optional_int(&self, field: u16) -> Option<i64> {
        self.value(field).as_int()
    }

    pub(crate) fn flag(&self, field: u16) -> bool {
        self.value(field).is_true()
    }

    pub(crate) fn uuid(&self, field: u16) -> Uuid {
        self.optional_uuid(field).unwrap_or_default()
    }

    pub(crate) fn optional_uuid(&self, field: u16) -> Option<Uuid> {
        Uuid::parse_str(self.value(field).as_text()).ok()
    }

    /// Elements of a set, joined by commas: codes and ids hold none.
    pub(crate) fn set(&self, field: u16) -> String {
        resolve::elements(self.state.field(field)).join(",")
    }

    /// The replica that wrote the standing value of a field; 0 when none.
    pub(crate) fn author(&self, field: u16) -> u32 {
        resolve::latest(self.state.field(field)).map_or(0, |head| head.id.dot.replica)
    }

    /// The sector of the record's scope.
    pub(crate) fn sector(&self) -> Uuid {
        match self.state.scope {
            ScopeKey::Place { sector } | ScopeKey::File { sector, .. } => sector,
            _ => Uuid::nil(),
        }
    }

    /// The structure of the record's scope.
    pub(crate) fn structure(&self) -> Uuid {
        match self.state.scope {
            ScopeKey::Team { structure } | ScopeKey::File { structure, .. } => structure,
            _ => Uuid::nil(),
        }
    }
}

/// Keeps the list of fields where two values wait for a person.
fn points(connection: &Connection, id: Uuid, state: &RecordState, new: bool) -> Result<(), StoreError> {
    let door = match RecordType::from_number(state.kind) {
        Some(RecordType::Household) => Fields { id, state }.optional_uuid(catalogue::household::door),
        Some(RecordType::VisitNote) => Fields { id, state }.optional_uuid(catalogue::visit_note::door),
        _ => None,
    };
    if !new {
        connection.prepare_cached("DELETE FROM point WHERE record = ?1")?.execute([id])?;
    }
    for (number, field) in &state.fields {
        if waits_for_a_person(state.kind, *number) && !resolve::others(field).is_empty() {
            connection
                .prepare_cached("INSERT INTO point (record, field, kind, door) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, number, state.kind, door])?;
        }
    }
    Ok(())
}
