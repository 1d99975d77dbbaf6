//! Outings, hours, and the home screen.

use palier_domain::outcome::{DoorStatus, VisitOutcome};
use palier_domain::{calendar, hours};
use palier_store::Store;
use palier_store::read::day::OutingRow;
use palier_sync::catalogue::outing as o;
use palier_sync::{RecordType, ScopeKey, Value};
use uuid::Uuid;

use crate::App;
use crate::act::{act, id, new_id};
use crate::api::*;
use crate::app::lock;
use crate::place::{door_title, stair_title, to_do};
use crate::session::Open;

/// A planned return further away than this is a typing error, in minutes.
const RETURN_MINUTES_MAX: u16 = 12 * 60;
/// Promised passages shown on the home screen.
const PROMISES_SHOWN: u32 = 20;

impl App {
    pub(crate) fn my_day(&self, _: Nothing) -> Result<MyDay, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let day = calendar::day_start_ms(now);
        let outcomes = store.outcomes_since(day, open.replica())?;
        let mut outings = Vec::new();
        for outing in store.outings_since(day)? {
            let own = outing.author == open.replica() || outing.team.contains(&open.identity.enrolled.profile);
            if own && outing.ended_at > 0 {
                outings.push(line(&store, &outing)?);
            }
        }
        Ok(MyDay {
            date: calendar::local_date(now),
            outing: open_card(&store, open.replica(), now)?,
            outings,
            continue_at: continue_at(&store, open.replica(), now)?,
            todo: todo(&open, &store)?,
            counts: counts(&outcomes, store.households_since(day)?),
            to_settle: store.point_count()?,
            follow_ups: crate::referral::todo_count(&open, &store, now)?,
            first_door: outcomes.is_empty(),
        })
    }

    pub(crate) fn start_outing(&self, request: StartOuting) -> Result<OutingCard, CommandError> {
        check_return(request.return_in_minutes)?;
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        if store.open_outing(open.replica())?.is_some() {
            return Err(CommandError::new(ErrorCode::OutingState, "open"));
        }
        let sector = id(&request.sector)?;
        if !store.sectors()?.iter().any(|known| known.id == sector) {
            return Err(CommandError::not_found());
        }
        let mut team = vec![open.identity.enrolled.profile];
        for member in &request.team {
            let member = id(member)?;
            if !team.contains(&member) {
                team.push(member);
            }
        }
        let scope = ScopeKey::Team { structure: open.structure() };
        store.write(now, |draft| {
            let outing = new_id();
            let mut fields = vec![
                (o::sector, Value::text(&sector.to_string())),
                (o::started_at, Value::Int(now)),
                (o::planned_return, planned(now, request.return_in_minutes)),
            ];
            fields.extend(team.iter().map(|member| (o::team, Value::text(&member.to_string()))));
            draft.make_undoable(scope, outing, RecordType::Outing, &fields, o::cancelled)?;
            draft.act(act("outing_start", "", None, None, 1));
            Ok::<_, CommandError>(())
        })?;
        let card = open_card(&store, open.replica(), now)?.ok_or_else(CommandError::not_found)?;
        drop(store);
        self.wrote(&["outings", "session"]);
        Ok(card)
    }

    pub(crate) fn end_outing(&self, _: Nothing) -> Result<OutingLine, CommandError> {
        self.with_outing(None, "outing_end", |now, outing| {
            let minutes = hours::proposed_minutes(outing.started_at, now);
            Ok(vec![(o::ended_at, Value::Int(now)), (o::minutes, Value::Int(i64::from(minutes)))])
        })
    }

    pub(crate) fn set_return(&self, request: SetReturn) -> Result<OutingCard, CommandError> {
        check_return(request.return_in_minutes)?;
        self.with_outing(None, "outing_return", |now, _| {
            Ok(vec![(o::planned_return, planned(now, request.return_in_minutes))])
        })?;
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        open_card(&store, open.replica(), now)?.ok_or_else(|| CommandError::new(ErrorCode::OutingState, "none"))
    }

    pub(crate) fn correct_hours(&self, request: CorrectHours) -> Result<OutingLine, CommandError> {
        if request.minutes > hours::MINUTES_MAX {
            return Err(CommandError::field("minutes"));
        }
        self.with_outing(Some(id(&request.outing)?), "hours", |_, _| {
            Ok(vec![(o::minutes, Value::Int(i64::from(request.minutes)))])
        })
    }

    fn with_outing(
        &self,
        outing: Option<Uuid>,
        kind: &'static str,
        change: impl FnOnce(i64, &OutingRow) -> Result<Vec<(u16, Value)>, CommandError>,
    ) -> Result<OutingLine, CommandError> {
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let row = match outing {
            Some(id) => store.outing(id)?.ok_or_else(CommandError::not_found)?,
            None => {
                store.open_outing(open.replica())?.ok_or_else(|| CommandError::new(ErrorCode::OutingState, "none"))?
            }
        };
        let fields = change(now, &row)?;
        let scope = ScopeKey::Team { structure: row.structure };
        store.write(now, |draft| {
            for (field, value) in fields {
                draft.set_undoable(scope, row.id, RecordType::Outing, field, value)?;
            }
            draft.act(act(kind, "", None, None, 1));
            Ok::<_, CommandError>(())
        })?;
        let after = store.outing(row.id)?.ok_or_else(CommandError::not_found)?;
        let line = line(&store, &after)?;
        drop(store);
        self.wrote(&["outings", "session"]);
        Ok(line)
    }
}

/// No door was done yet today, whatever the stair.
pub(crate) fn first_door(open: &Open, store: &Store, now_ms: i64) -> Result<bool, CommandError> {
    Ok(store.outcomes_since(calendar::day_start_ms(now_ms), open.replica())?.is_empty())
}

fn check_return(minutes: u16) -> Result<(), CommandError> {
    if minutes > RETURN_MINUTES_MAX { Err(CommandError::field("return_in_minutes")) } else { Ok(()) }
}

fn planned(now_ms: i64, minutes: u16) -> Value {
    if minutes == 0 { Value::Null } else { Value::Int(now_ms.saturating_add(i64::from(minutes) * 60_000)) }
}

/// The open outing of a replica.
pub(crate) fn open_card(store: &Store, replica: u32, now_ms: i64) -> Result<Option<OutingCard>, CommandError> {
    let Some(row) = store.open_outing(replica)? else { return Ok(None) };
    let (sector_name, team) = names(store, &row)?;
    let planned = row.planned_return;
    Ok(Some(OutingCard {
        id: row.id.to_string(),
        sector: row.sector.to_string(),
        sector_name,
        team,
        started_at: calendar::rfc3339(row.started_at),
        planned_return: if planned == 0 { String::new() } else { calendar::rfc3339(planned) },
        overdue: planned > 0 && now_ms > planned,
    }))
}

fn names(store: &Store, row: &OutingRow) -> Result<(String, Vec<String>), CommandError> {
    let sector = store.sectors()?.into_iter().find(|sector| sector.id == row.sector).map(|sector| sector.name);
    let people = store.profiles()?;
    let name_of = |id: &Uuid| people.iter().find(|person| person.id == *id).map(|person| person.display_name.clone());
    Ok((sector.unwrap_or_default(), row.team.iter().filter_map(name_of).collect()))
}

fn line(store: &Store, row: &OutingRow) -> Result<OutingLine, CommandError> {
    let (sector_name, team) = names(store, row)?;
    let ended = row.ended_at > 0;
    Ok(OutingLine {
        id: row.id.to_string(),
        sector_name,
        team,
        started_at: calendar::rfc3339(row.started_at),
        ended_at: if ended { calendar::rfc3339(row.ended_at) } else { String::new() },
        proposed_minutes: if ended { hours::proposed_minutes(row.started_at, row.ended_at) } else { 0 },
        minutes: row.minutes,
        doors: store.doors_in_outing(row.id)?,
    })
}

fn continue_at(store: &Store, replica: u32, now_ms: i64) -> Result<Option<ContinueAt>, CommandError> {
    let Some(stair) = store.last_stair(replica)? else { return Ok(None) };
    let Some(row) = store.stair(stair)? else { return Ok(None) };
    let doors = store.doors_of(stair)?;
    let left: Vec<_> = doors.iter().filter(|door| to_do(door, now_ms)).collect();
    Ok(Some(ContinueAt {
        stair: stair.to_string(),
        name: stair_title(&row),
        floor: left.first().map(|door| door.floor),
        left: u32::try_from(left.len()).unwrap_or(u32::MAX),
        doors: u32::try_from(doors.len()).unwrap_or(u32::MAX),
    }))
}

/// The sector of the outing under way; the first of the tablet's when there is none.
pub(crate) fn sector_now(open: &Open, store: &Store) -> Result<Uuid, CommandError> {
    if let Some(outing) = store.open_outing(open.replica())? {
        return Ok(outing.sector);
    }
    store.sectors()?.first().map(|sector| sector.id).ok_or_else(CommandError::not_found)
}

fn todo(open: &Open, store: &Store) -> Result<Vec<TodoLine>, CommandError> {
    let mut lines = Vec::new();
    for promise in store.promises(PROMISES_SHOWN)? {
        let Some(door) = store.door(promise.door)? else { continue };
        let name = match door.household {
            Some(household) if !open.veiled() => store.household_name(household)?,
            _ => String::new(),
        };
        lines.push(TodoLine {
            door: door.id.to_string(),
            stair: door.stair.to_string(),
            place_name: door_title(store, door.id)?,
            slot: promise.slot,
            promised_at: calendar::rfc3339(promise.at),
            name,
        });
    }
    Ok(lines)
}

fn counts(outcomes: &[String], households: u32) -> DayCounts {
    let of = |wanted: DoorStatus| {
        let count = outcomes.iter().filter(|code| VisitOutcome::from_code(code).status() == wanted).count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    DayCounts {
        doors: u32::try_from(outcomes.len()).unwrap_or(u32::MAX),
        met: of(DoorStatus::Met),
        absent: of(DoorStatus::Absent),
        callback: of(DoorStatus::Callback),
        households,
    }
}
