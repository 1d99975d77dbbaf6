//! Buildings, the door grid, stairs and doors made in the field.

use palier_domain::calendar;
use palier_domain::outcome::{DoorStatus, VisitOutcome};
use palier_domain::place::{LABEL_CHARS_MAX, building_id, door_id, stair_id};
use palier_store::acts::ActEdit;
use palier_store::read::plan::{DoorRow, StairRow};
use palier_store::{Draft, Store};
use palier_sync::catalogue::{building as b, door as d, stair as s};
use palier_sync::{RecordType, ScopeKey, Value};
use uuid::Uuid;

use crate::App;
use crate::act::{act, id, place};
use crate::api::*;
use crate::app::lock;
use crate::session::Open;

/// "Ne plus solliciter" holds this long, in ms: 12 months, then it is reviewed (model.md).
const DO_NOT_CONTACT_MS: i64 = 365 * calendar::DAY_MS;
/// A stair of more floors than this is a typing error.
const FLOORS_MAX: u8 = 40;
/// More doors on a landing than this is a typing error.
const DOORS_PER_FLOOR_MAX: u8 = 40;
/// Another structure's passages are told at a stair for this long, in ms: fourteen days, about one round of a sector.
const KNOCKED_MS: i64 = 14 * calendar::DAY_MS;
/// Passages shown on a door's sheet.
const VISITS_SHOWN: u32 = 20;

impl App {
    pub(crate) fn buildings(&self, _: Nothing) -> Result<Buildings, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let sectors = store.sectors()?;
        let coverage = store.stair_coverage()?;
        let mut buildings = Vec::new();
        for row in store.buildings()? {
            let of_building = coverage.iter().filter(|stair| stair.building == row.id);
            let stairs: Vec<StairCard> = of_building
                .map(|stair| StairCard {
                    id: stair.stair.to_string(),
                    name: stair.name.clone(),
                    doors: stair.doors,
                    tried: stair.tried,
                    opened: stair.opened,
                    last_visit: stair.last_at.map(calendar::rfc3339),
                })
                .collect();
            let sector = sectors.iter().find(|sector| sector.id == row.sector);
            buildings.push(BuildingCard {
                id: row.id.to_string(),
                name: row.address,
                sector: row.sector.to_string(),
                sector_name: sector.map(|sector| sector.name.clone()).unwrap_or_default(),
                qpv: row.qpv,
                qpv_status: if row.qpv_status.is_empty() { "unknown".to_owned() } else { row.qpv_status },
                access: row.access,
                doors: stairs.iter().map(|stair| stair.doors).sum(),
                tried: stairs.iter().map(|stair| stair.tried).sum(),
                opened: stairs.iter().map(|stair| stair.opened).sum(),
                stairs,
            });
        }
        Ok(Buildings { buildings })
    }

    pub(crate) fn stair_plan(&self, request: StairRequest) -> Result<StairPlan, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        plan(&open, &store, id(&request.stair)?, now)
    }

    pub(crate) fn door(&self, request: DoorRequest) -> Result<DoorSheet, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let row = store.door(id(&request.door)?)?.ok_or_else(CommandError::not_found)?;
        let doors = store.doors_of(row.stair)?;
        let next = next_to_do(&doors, row.id, now);
        let household = row.household;
        let household_name = match household {
            Some(household) if !open.veiled() => store.household_name(household)?,
            _ => String::new(),
        };
        let visits = crate::visit::lines(&open, &store, row.id, VISITS_SHOWN)?;
        Ok(DoorSheet {
            floor: row.floor,
            stair: row.stair.to_string(),
            place_name: store.stair(row.stair)?.map(|stair| stair_title(&stair)).unwrap_or_default(),
            next: next.map(|door| door.id.to_string()),
            next_label: next.map(|door| door.label.clone()),
            visits,
            household: household.map(|household| household.to_string()),
            household_name,
            diagnosis: crate::diagnosis::at_door(&store, row.id, now)?.map(|diagnosis| diagnosis.to_string()),
            cell: cell(&row, now),
        })
    }

    pub(crate) fn create_stair(&self, request: CreateStair) -> Result<StairPlan, CommandError> {
        check_stair(&request)?;
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let (building, sector) = building_of(&store, &open.identity.enrolled.territory, &request)?;
        let written = store.write(now, |draft| make_stair(draft, building, sector, &request))?;
        let plan = plan(&open, &store, written.answer, now)?;
        drop(store);
        self.wrote(&["places"]);
        Ok(plan)
    }

    pub(crate) fn create_door(&self, request: CreateDoor) -> Result<DoorCell, CommandError> {
        check_label(&request.label, "label")?;
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let stair = store.stair(id(&request.stair)?)?.ok_or_else(CommandError::not_found)?;
        let scope = place(stair.sector);
        let written = store.write(now, |draft| {
            let door = make_door(draft, scope, stair.id, request.floor, &request.label)?;
            draft.act(act("door", "", Some(door), Some(stair.id), 1));
            Ok::<_, CommandError>(door)
        })?;
        let row = store.door(written.answer)?.ok_or_else(CommandError::not_found)?;
        drop(store);
        self.wrote(&["places"]);
        Ok(cell(&row, now))
    }

    pub(crate) fn edit_building(&self, request: EditBuilding) -> Result<Done, CommandError> {
        if request.access.chars().count() > LABEL_CHARS_MAX {
            return Err(CommandError::field("access"));
        }
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let building = id(&request.building)?;
        let state = store.record(building)?.ok_or_else(CommandError::not_found)?;
        store.write(now, |draft| {
            let value = Value::text(request.access.trim());
            if draft.set_undoable(state.scope, building, RecordType::Building, b::access, value)? {
                draft.act(act("building", "", None, None, 1));
            }
            Ok::<_, CommandError>(())
        })?;
        drop(store);
        self.wrote(&["places"]);
        Ok(Done {})
    }
}

fn check_label(label: &str, field: &str) -> Result<(), CommandError> {
    let length = label.trim().chars().count();
    if length == 0 || length > LABEL_CHARS_MAX { Err(CommandError::field(field)) } else { Ok(()) }
}

fn check_stair(request: &CreateStair) -> Result<(), CommandError> {
    if request.building.is_empty() {
        check_label(&request.address, "address")?;
    }
    if request.stair_name.chars().count() > LABEL_CHARS_MAX {
        return Err(CommandError::field("stair_name"));
    }
    let floors = u16::from(request.floors) + u16::from(request.ground_floor);
    if floors == 0 || request.floors > FLOORS_MAX {
        return Err(CommandError::field("floors"));
    }
    if request.doors_per_floor == 0 || request.doors_per_floor > DOORS_PER_FLOOR_MAX {
        return Err(CommandError::field("doors_per_floor"));
    }
    if !["floor_number", "running", "side"].contains(&request.numbering.as_str()) {
        return Err(CommandError::field("numbering"));
    }
    Ok(())
}

/// The building to make the stair in, and its sector.
fn building_of(store: &Store, territory: &Uuid, request: &CreateStair) -> Result<(Uuid, Uuid), CommandError> {
    if !request.building.is_empty() {
        let building = id(&request.building)?;
        let state = store.record(building)?.ok_or_else(CommandError::not_found)?;
        let ScopeKey::Place { sector } = state.scope else { return Err(CommandError::not_found()) };
        return Ok((building, sector));
    }
    let sector = id(&request.sector)?;
    let known = store.sectors()?.into_iter().find(|known| known.id == sector).ok_or_else(CommandError::not_found)?;
    Ok((building_id(*territory, &request.address, &known.insee), sector))
}

fn make_stair(
    draft: &mut Draft<'_>,
    building: Uuid,
    sector: Uuid,
    request: &CreateStair,
) -> Result<Uuid, CommandError> {
    let scope = place(sector);
    if request.building.is_empty() {
        let fresh = draft.state(building)?.is_none();
        let address = Value::text(request.address.trim());
        draft.make(scope, building, RecordType::Building, &[(b::address, address)])?;
        revive(draft, scope, building, RecordType::Building, b::cancelled, fresh)?;
    }
    let stair = stair_id(building, &request.stair_name);
    let fresh = draft.state(stair)?.is_none();
    let fields = [(s::building, Value::text(&building.to_string())), (s::name, Value::text(request.stair_name.trim()))];
    draft.make(scope, stair, RecordType::Stair, &fields)?;
    revive(draft, scope, stair, RecordType::Stair, s::cancelled, fresh)?;
    let mut count = 0;
    let first = i16::from(!request.ground_floor);
    for floor in first..=i16::from(request.floors) {
        for place in 1..=u16::from(request.doors_per_floor) {
            count += 1;
            let label = numbered(&request.numbering, floor, place, count, request.doors_per_floor);
            make_door(draft, scope, stair, floor, &label)?;
        }
    }
    draft.act(act("stair", "", None, Some(stair), usize::from(count)));
    Ok(stair)
}

/// The label of a door by the way the stair numbers them.
fn numbered(numbering: &str, floor: i16, place: u16, running: u16, doors: u8) -> String {
    match (numbering, doors, place) {
        ("running", _, _) => running.to_string(),
        ("side", 1, _) => "face".to_owned(),
        ("side", _, 1) => "gauche".to_owned(),
        ("side", 2, 2) | ("side", 3, 3) => "droite".to_owned(),
        ("side", 3, 2) => "face".to_owned(),
        ("side", _, place) => format!("porte {place}"),
        _ => (i32::from(floor) * 100 + i32::from(place)).to_string(),
    }
}

fn make_door(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    stair: Uuid,
    floor: i16,
    label: &str,
) -> Result<Uuid, CommandError> {
    let door = door_id(stair, floor, label);
    let fresh = draft.state(door)?.is_none();
    let fields = [
        (d::stair, Value::text(&stair.to_string())),
        (d::floor, Value::Int(i64::from(floor))),
        (d::label, Value::text(label.trim())),
    ];
    if fresh {
        draft.make(scope, door, RecordType::Door, &fields)?;
    }
    revive(draft, scope, door, RecordType::Door, d::cancelled, fresh)?;
    Ok(door)
}

/// A place made again after its making was undone comes back; undoing this act takes away what it made or brought back.
fn revive(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    record: Uuid,
    kind: RecordType,
    cancelled: u16,
    fresh: bool,
) -> Result<(), CommandError> {
    let back = draft.set(scope, record, kind, &[(cancelled, Value::Null)])?;
    if fresh || back {
        let head = draft.written(record, cancelled).first().copied();
        draft.undo_with(ActEdit {
            record,
            kind: kind.number(),
            scope,
            field: cancelled,
            head,
            before: Value::Bool(true),
            after: Value::Null,
        });
    }
    Ok(())
}

/// The sector of a stair.
pub(crate) fn sector_of(store: &Store, stair: Uuid) -> Result<Uuid, CommandError> {
    Ok(store.stair(stair)?.ok_or_else(CommandError::not_found)?.sector)
}

/// "12 allée de Milan · Escalier C".
pub(crate) fn stair_title(stair: &StairRow) -> String {
    if stair.name.is_empty() { stair.address.clone() } else { format!("{} · {}", stair.address, stair.name) }
}

/// "12 allée de Milan · Escalier C · 402"; empty when the door is not here.
pub(crate) fn door_title(store: &Store, door: Uuid) -> Result<String, CommandError> {
    let Some(row) = store.door(door)? else { return Ok(String::new()) };
    let stair = store.stair(row.stair)?.map(|stair| stair_title(&stair)).unwrap_or_default();
    Ok(format!("{stair} · {}", row.label))
}

/// What a door shows.
pub(crate) fn cell(row: &DoorRow, now_ms: i64) -> DoorCell {
    DoorCell {
        id: row.id.to_string(),
        label: row.label.clone(),
        status: status(row, now_ms).code().to_owned(),
        outcome: row.outcome.clone(),
        passages: row.passages,
        last_at: row.last_at.map(calendar::rfc3339),
        today: today(row, now_ms),
        household: row.household.is_some(),
        to_settle: row.to_settle,
    }
}

fn status(row: &DoorRow, now_ms: i64) -> DoorStatus {
    if row.do_not_contact_at > 0 && now_ms.saturating_sub(row.do_not_contact_at) < DO_NOT_CONTACT_MS {
        return DoorStatus::DoNotContact;
    }
    if row.outcome.is_empty() { DoorStatus::Todo } else { VisitOutcome::from_code(&row.outcome).status() }
}

fn today(row: &DoorRow, now_ms: i64) -> bool {
    row.last_at.is_some_and(|at| at >= calendar::day_start_ms(now_ms))
}

/// Still to do: not recorded today, and not closed by what it said before.
pub(crate) fn to_do(row: &DoorRow, now_ms: i64) -> bool {
    let open = matches!(
        status(row, now_ms),
        DoorStatus::Todo | DoorStatus::Absent | DoorStatus::Callback | DoorStatus::Inaccessible
    );
    open && !today(row, now_ms)
}

/// The next door of the series: on the same landing, then on the floors above, then from the bottom again.
pub(crate) fn next_to_do(doors: &[DoorRow], after: Uuid, now_ms: i64) -> Option<&DoorRow> {
    let here = doors.iter().position(|door| door.id == after)?;
    let (before, from) = doors.split_at(here);
    from.iter().skip(1).chain(before).find(|door| to_do(door, now_ms))
}

pub(crate) fn plan(open: &Open, store: &Store, stair: Uuid, now_ms: i64) -> Result<StairPlan, CommandError> {
    let row = store.stair(stair)?.ok_or_else(CommandError::not_found)?;
    let mut tally = Tally::default();
    let mut floors: Vec<Floor> = Vec::new();
    for door in store.doors_of(stair)? {
        let cell = cell(&door, now_ms);
        count(&mut tally, &cell);
        match floors.last_mut().filter(|floor| floor.floor == door.floor) {
            Some(floor) => floor.doors.push(cell),
            None => floors.push(Floor { floor: door.floor, doors: vec![cell] }),
        }
    }
    floors.reverse();
    let taken_by = crate::claim::taken(open, store, row.id, now_ms)?;
    Ok(StairPlan {
        stair: row.id.to_string(),
        building: row.building.to_string(),
        stair_name: row.name,
        building_name: row.address,
        access: row.access,
        floors,
        tally,
        taken_by,
        knocked: knocked(open, store, row.id, now_ms)?,
        first_door: crate::outing::first_door(open, store, now_ms)?,
    })
}

fn knocked(open: &Open, store: &Store, stair: Uuid, now_ms: i64) -> Result<Option<Knocked>, CommandError> {
    let row = store.knocked_by_another(stair, open.structure(), now_ms.saturating_sub(KNOCKED_MS))?;
    Ok(row.map(|row| Knocked { who: row.name, doors: row.doors, at: calendar::rfc3339(row.last_at) }))
}

fn count(tally: &mut Tally, cell: &DoorCell) {
    tally.doors += 1;
    tally.tried += u32::from(!cell.outcome.is_empty());
    let slot = match cell.status.as_str() {
        "met" => &mut tally.met,
        "absent" => &mut tally.absent,
        "declined" | "do_not_contact" => &mut tally.declined,
        "callback" => &mut tally.callback,
        "vacant" => &mut tally.vacant,
        "inaccessible" => &mut tally.inaccessible,
        "other" => &mut tally.other,
        _ => return,
    };
    *slot += 1;
}

#[cfg(test)]
#[path = "place_tests.rs"]
mod tests;
