//! An accepted import, written as the server's changes; and the demonstration territory.

use palier_domain::place::derived_id;
use palier_store::Draft;
use palier_sync::catalogue::{
    building as b, door as d, local_number as n, profile as p, sector as s, stair as st, structure as t,
};
use palier_sync::{RecordType, ScopeKey, Value};
use palier_territory::{RecordEdit, demo};
use uuid::Uuid;

use crate::{Centre, CentreError};

/// Changes of one transaction of an import: enough to be quick, few enough that a tablet's request waits little.
const EDITS_AT_ONCE: usize = 2_000;

/// Writes what an accepted plan says, parents first. New buildings without a sector of their own go to `sector`.
///
/// # Errors
/// `NotFound` when a building has no sector at all, or a fault of a database; what was written before stays, and
/// writing the same plan again finishes it.
pub fn write_edits(
    centre: &mut Centre,
    edits: &[RecordEdit],
    sector: Option<Uuid>,
    now_ms: i64,
) -> Result<(), CentreError> {
    for edits in edits.chunks(EDITS_AT_ONCE) {
        centre.write(now_ms, |draft| edits.iter().try_for_each(|edit| write_edit(draft, edit, sector)))?;
    }
    Ok(())
}

fn write_edit(draft: &mut Draft<'_>, edit: &RecordEdit, sector: Option<Uuid>) -> Result<(), CentreError> {
    match edit {
        RecordEdit::Building(building) => {
            let known = draft.state(building.id)?.map(|state| state.scope);
            let new = building.sector.or(sector).map(|sector| ScopeKey::Place { sector });
            let scope = known.or(new).ok_or(CentreError::NotFound)?;
            let text = |text: &Option<String>| text.as_deref().map(Value::text);
            let fields = [
                (b::address, text(&building.address)),
                (b::insee, text(&building.commune_insee)),
                (b::commune, text(&building.commune)),
                (b::latitude, building.point.map(|point| Value::Int(i64::from(point.latitude_e6)))),
                (b::longitude, building.point.map(|point| Value::Int(i64::from(point.longitude_e6)))),
                (b::qpv, building.qpv.as_ref().map(|(code, _)| Value::text(code))),
                (b::qpv_status, building.qpv.as_ref().map(|(_, status)| Value::text(status.as_str()))),
                (b::invented, building.invented.then_some(Value::Bool(true))),
            ];
            let fields: Vec<_> = fields.into_iter().filter_map(|(field, value)| Some((field, value?))).collect();
            draft.make(scope, building.id, RecordType::Building, &fields)?;
        }
        RecordEdit::Stair(stair) => {
            let scope = draft.state(stair.building)?.ok_or(CentreError::NotFound)?.scope;
            let fields =
                [(st::building, Value::text(&stair.building.to_string())), (st::name, Value::text(&stair.name))];
            draft.make(scope, stair.id, RecordType::Stair, &fields)?;
        }
        RecordEdit::Door(door) => {
            let scope = draft.state(door.stair)?.ok_or(CentreError::NotFound)?.scope;
            let fields = [
                (d::stair, Value::text(&door.stair.to_string())),
                (d::floor, Value::Int(i64::from(door.floor))),
                (d::label, Value::text(&door.label)),
            ];
            draft.make(scope, door.id, RecordType::Door, &fields)?;
        }
        // Contours and the directory are packs, not records: their owner keeps them.
        RecordEdit::Zone(_) | RecordEdit::Structure(_) | RecordEdit::Service(_) => {}
    }
    Ok(())
}

/// The territory of a demonstration: fixed, so that its places are the same on every machine.
#[must_use]
pub fn demo_territory() -> Uuid {
    demo::territory().territory
}

/// People of the demonstration: first name, role, structure by number.
const DEMO_PEOPLE: [(&str, &str, usize); 4] = [
    ("Samia", "mediator", 0),
    ("Karim", "adulte_relais", 0),
    ("Louis", "resident_ambassador", 0),
    ("Awa", "mediator", 1),
];

/// Employers of the demonstration.
const DEMO_EMPLOYERS: [&str; 2] = ["Centre social Les Paliers (démonstration)", "Régie de quartier (démonstration)"];

/// Local numbers of the demonstration: they ring nowhere.
const DEMO_NUMBERS: [(&str, &str); 2] = [
    ("Accueil de jour (démonstration)", "02 00 00 00 01"),
    ("Astreinte de la structure (démonstration)", "02 00 00 00 02"),
];

/// Fills an empty centre with the demonstration territory; does nothing when it holds a sector already.
///
/// # Errors
/// A fault of a database.
pub fn fill_demo(centre: &mut Centre, now_ms: i64) -> Result<(), CentreError> {
    if !centre.store.sectors()?.is_empty() {
        return Ok(());
    }
    let demo = demo::territory();
    let territory = demo.territory;
    let employer = |place: usize| derived_id("structure", territory, &format!("employer {place}"));
    centre.write(now_ms, |draft| {
        for (place, name) in DEMO_EMPLOYERS.iter().enumerate() {
            let fields = [(t::name, Value::text(name)), (t::kind, Value::text("centre_social"))];
            draft.make(ScopeKey::Territory, employer(place), RecordType::Structure, &fields)?;
        }
        for sector in &demo.sectors {
            let qpv = sector.zones.first().copied().unwrap_or_default();
            let insee =
                demo::QPV_OF_TOURS_METROPOLE.iter().find(|fact| fact.code == qpv).map(|fact| fact.commune_insee);
            let mut fields = vec![
                (s::name, Value::text(&sector.name)),
                (s::qpv, Value::text(qpv)),
                (s::insee, Value::text(insee.unwrap_or_default())),
            ];
            fields.extend(
                (0..DEMO_EMPLOYERS.len()).map(|place| (s::structures, Value::text(&employer(place).to_string()))),
            );
            draft.make(ScopeKey::Territory, sector.id, RecordType::Sector, &fields)?;
        }
        for (rank, (label, number)) in (0i64..).zip(DEMO_NUMBERS) {
            let fields =
                [(n::label, Value::text(label)), (n::number, Value::text(number)), (n::rank, Value::Int(rank))];
            draft.make(
                ScopeKey::Territory,
                derived_id("number", territory, label),
                RecordType::LocalNumber,
                &fields,
            )?;
        }
        for (name, role, place) in DEMO_PEOPLE {
            let scope = ScopeKey::Team { structure: employer(place) };
            let fields =
                [(p::display_name, Value::text(name)), (p::role, Value::text(role)), (p::active, Value::Bool(true))];
            draft.make(scope, derived_id("profile", territory, name), RecordType::Profile, &fields)?;
        }
        Ok::<_, CentreError>(())
    })?;
    let plan = demo.plan();
    centre.registry.keep_pack(&plan.edits)?;
    write_edits(centre, &plan.edits, None, now_ms)
}
