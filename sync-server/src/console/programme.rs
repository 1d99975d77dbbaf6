//! Structures, people at work, sectors, local emergency numbers: records of the territory and of teams.

use std::collections::HashMap;

use palier_domain::codes;
use palier_sync::catalogue::{local_number as n, profile as p, sector as s, structure as t};
use palier_sync::{RecordType, ScopeKey, Value};
use palier_territory::Structure;
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, form_text, id, optional_id, optional_text};
use crate::CentreError;
use crate::registry::TabletStatus;

/// Longest name of a structure or a sector, in characters.
const NAME_CHARS_MAX: usize = 120;
/// Longest first name, in characters.
const FIRST_NAME_CHARS_MAX: usize = 60;
/// Longest label of a local number, in characters: it stands on one line of a tablet.
const LABEL_CHARS_MAX: usize = 60;
/// Longest phone number, in characters, spaces included.
const NUMBER_CHARS_MAX: usize = 30;

pub(super) fn programme(call: &mut Call<'_>, _: Nothing) -> Result<Programme, ConsoleError> {
    read(call)
}

fn read(call: &Call<'_>) -> Result<Programme, ConsoleError> {
    let store = &call.centre.store;
    let (sectors, profiles) = (store.sectors()?, store.profiles()?);
    let texts = |ids: &[Uuid]| ids.iter().map(Uuid::to_string).collect::<Vec<_>>();
    let structures = store.structures()?.into_iter().map(|structure| StructureCard {
        sectors: sectors
            .iter()
            .filter(|sector| sector.structures.contains(&structure.id))
            .map(|sector| sector.id.to_string())
            .collect(),
        people: count(profiles.iter().filter(|profile| profile.structure == structure.id && profile.active).count()),
        id: structure.id.to_string(),
        name: structure.name,
        kind: structure.kind,
    });
    let places = places(call)?;
    let sector_cards = sectors.iter().map(|sector| {
        let (buildings, doors) = places.get(&sector.id).copied().unwrap_or_default();
        SectorCard {
            id: sector.id.to_string(),
            name: sector.name.clone(),
            qpv: sector.qpv.clone(),
            insee: sector.insee.clone(),
            structures: texts(&sector.structures),
            buildings,
            doors,
        }
    });
    let numbers = store.local_number_rows()?.into_iter().filter(|row| !row.number.is_empty());
    let mut zones: Vec<Named> =
        call.centre.registry.zone_names()?.into_iter().map(|(id, name)| Named { id, name }).collect();
    zones.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
    Ok(Programme {
        structures: structures.collect(),
        people: people(call, &profiles)?,
        sectors: sector_cards.collect(),
        numbers: numbers
            .map(|row| NumberCard { id: row.id.to_string(), label: row.label, number: row.number })
            .collect(),
        directory: directory(call)?,
        zones,
    })
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Buildings and doors of each sector.
fn places(call: &Call<'_>) -> Result<HashMap<Uuid, (u32, u32)>, ConsoleError> {
    let ground = super::coverage::Ground::read(call, None)?;
    let mut places: HashMap<Uuid, (u32, u32)> = HashMap::new();
    for building in &ground.buildings {
        let place = places.entry(building.sector).or_default();
        place.0 += 1;
        place.1 += ground.tally(building.id).doors;
    }
    Ok(places)
}

fn people(
    call: &Call<'_>,
    profiles: &[palier_store::read::programme::ProfileRow],
) -> Result<Vec<PersonCard>, ConsoleError> {
    let tablets = call.centre.registry.tablets()?;
    let in_use = |profile: Uuid| {
        count(
            tablets.iter().filter(|tablet| tablet.profile == profile && tablet.status == TabletStatus::Active).count(),
        )
    };
    let cards = profiles.iter().map(|profile| PersonCard {
        id: profile.id.to_string(),
        name: profile.display_name.clone(),
        role: profile.role.clone(),
        structure: profile.structure.to_string(),
        active: profile.active,
        tablets: in_use(profile.id),
    });
    Ok(cards.collect())
}

fn directory(call: &Call<'_>) -> Result<Vec<DirectoryEntry>, ConsoleError> {
    let mut directory = call.centre.registry.directory()?;
    directory.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    Ok(directory.into_iter().map(entry).collect())
}

fn entry(structure: Structure) -> DirectoryEntry {
    let address = [structure.address, structure.postcode, structure.commune];
    let address: Vec<String> = address.into_iter().filter(|part| !part.is_empty()).collect();
    let hours = structure.hours;
    DirectoryEntry {
        id: structure.id.to_string(),
        name: structure.name,
        address: address.join(" "),
        phone: structure.phone,
        hours: if hours.published.is_empty() { hours.osm } else { hours.published },
        hours_to_check: hours.to_check,
        source: structure.source,
        licence: structure.licence,
        updated_on: structure.updated_on,
    }
}

pub(super) fn save_structure(call: &mut Call<'_>, request: SaveStructure) -> Result<Programme, ConsoleError> {
    let structure = match optional_id(&request.id)? {
        Some(id) if is_structure(call, id)? => id,
        Some(_) => return Err(ConsoleError::of(ErrorCode::NotFound)),
        None => Uuid::now_v7(),
    };
    let name = form_text("name", &request.name, NAME_CHARS_MAX)?;
    let kind = form_text("kind", &request.kind, NAME_CHARS_MAX)?;
    let fields = [(t::name, Value::text(&name)), (t::kind, Value::text(&kind))];
    set(call, ScopeKey::Territory, structure, RecordType::Structure, &fields)?;
    read(call)
}

/// Known already, or of the directory: a structure made from an entry keeps its id.
fn is_structure(call: &Call<'_>, id: Uuid) -> Result<bool, ConsoleError> {
    let known = call.centre.store.structures()?.iter().any(|structure| structure.id == id);
    Ok(known || call.centre.registry.directory()?.iter().any(|entry| entry.id == id))
}

pub(super) fn save_sector(call: &mut Call<'_>, request: SaveSector) -> Result<Programme, ConsoleError> {
    let known = call.centre.store.sectors()?;
    let sector = match optional_id(&request.id)? {
        Some(id) if known.iter().any(|sector| sector.id == id) => id,
        Some(_) => return Err(ConsoleError::of(ErrorCode::NotFound)),
        None => Uuid::now_v7(),
    };
    let name = form_text("name", &request.name, NAME_CHARS_MAX)?;
    if known.iter().any(|other| other.id != sector && other.name == name) {
        return Err(ConsoleError::field("name"));
    }
    let qpv = optional_text("qpv", &request.qpv, palier_territory::limits::CODE_CHARS_MAX)?;
    let structures = call.centre.store.structures()?;
    let mut working = Vec::new();
    for text in &request.structures {
        let structure = id(text)?;
        if !structures.iter().any(|known| known.id == structure) {
            return Err(ConsoleError::field("structures"));
        }
        working.push(structure.to_string());
    }
    let zone = call.centre.registry.zones()?.into_iter().find(|zone| zone.code == qpv);
    let insee = zone.and_then(|zone| zone.communes.first().cloned());
    let mut fields = vec![(s::name, Value::text(&name)), (s::qpv, Value::text(&qpv))];
    fields.extend(insee.map(|insee| (s::insee, Value::text(&insee))));
    let scope = ScopeKey::Territory;
    call.centre.write(call.now_ms, |draft| -> Result<(), CentreError> {
        draft.set(scope, sector, RecordType::Sector, &fields)?;
        draft.set_elements(scope, sector, RecordType::Sector, s::structures, &working)?;
        Ok(())
    })?;
    read(call)
}

pub(super) fn save_person(call: &mut Call<'_>, request: SavePerson) -> Result<Programme, ConsoleError> {
    let structure = id(&request.structure).map_err(|_| ConsoleError::field("structure"))?;
    let profiles = call.centre.store.profiles()?;
    let person = match optional_id(&request.id)? {
        // Files of a structure stay with it: who moves to another gets another profile.
        Some(id) if profiles.iter().any(|profile| profile.id == id && profile.structure == structure) => id,
        Some(_) => return Err(ConsoleError::of(ErrorCode::NotFound)),
        None => Uuid::now_v7(),
    };
    if !call.centre.store.structures()?.iter().any(|known| known.id == structure) {
        return Err(ConsoleError::field("structure"));
    }
    let name = form_text("name", &request.name, FIRST_NAME_CHARS_MAX)?;
    if !codes::ROLES.contains(&request.role.as_str()) {
        return Err(ConsoleError::field("role"));
    }
    let fields = [
        (p::display_name, Value::text(&name)),
        (p::role, Value::text(&request.role)),
        (p::active, Value::Bool(request.active)),
    ];
    set(call, ScopeKey::Team { structure }, person, RecordType::Profile, &fields)?;
    read(call)
}

pub(super) fn save_number(call: &mut Call<'_>, request: SaveNumber) -> Result<Programme, ConsoleError> {
    let rows = call.centre.store.local_number_rows()?;
    let number = optional_id(&request.id)?;
    let known = rows.iter().find(|row| Some(row.id) == number);
    if number.is_some() && known.is_none() {
        return Err(ConsoleError::of(ErrorCode::NotFound));
    }
    let label = form_text("label", &request.label, LABEL_CHARS_MAX)?;
    let digits = optional_text("number", &request.number, NUMBER_CHARS_MAX)?;
    let reads = digits.chars().all(|c| c.is_ascii_digit() || " +.-()".contains(c));
    let enough = digits.chars().filter(char::is_ascii_digit).count() >= 2;
    // Empty takes a known number away; a new one must say something.
    if !(reads && (enough || (digits.is_empty() && known.is_some()))) {
        return Err(ConsoleError::field("number"));
    }
    let next = rows.iter().map(|row| row.rank).max().unwrap_or(0).saturating_add(1);
    let fields = [
        (n::label, Value::text(&label)),
        (n::number, Value::text(&digits)),
        (n::rank, Value::Int(known.map_or(next, |row| row.rank))),
    ];
    let id = number.unwrap_or_else(Uuid::now_v7);
    set(call, ScopeKey::Territory, id, RecordType::LocalNumber, &fields)?;
    read(call)
}

fn set(
    call: &mut Call<'_>,
    scope: ScopeKey,
    id: Uuid,
    kind: RecordType,
    fields: &[(u16, Value)],
) -> Result<(), ConsoleError> {
    call.centre.write(call.now_ms, |draft| -> Result<(), CentreError> {
        draft.set(scope, id, kind, fields)?;
        Ok(())
    })?;
    Ok(())
}
