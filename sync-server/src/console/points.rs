//! Points à trancher: fields where people wrote different values without seeing each other's (decisions.md 7, 10).

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_domain::calendar;
use palier_store::read::points::PointRow;
use palier_sync::catalogue::{person, visit_note};
use palier_sync::{FieldClass, Head, HeadId, RecordState, RecordType, ScopeKey, Value, catalogue, limits, resolve};
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, id};
use super::decision::{self, About, Ruling};
use super::names::{Names, instant, place};
use super::{duplicates, same_visit};

/// Points read at once: a person settles them one by one.
const POINTS_MAX: u32 = 100;

/// How many points and proposed same visits wait.
pub(super) fn waiting(call: &Call<'_>) -> Result<u32, ConsoleError> {
    let (fields, visits) = waiting_parts(call)?;
    Ok(fields.saturating_add(visits))
}

/// The same, apart.
pub(super) fn waiting_parts(call: &Call<'_>) -> Result<(u32, u32), ConsoleError> {
    let visits = same_visit::candidates(call)?.len();
    Ok((call.centre.store.point_count()?, u32::try_from(visits).unwrap_or(u32::MAX)))
}

pub(super) fn points(call: &mut Call<'_>, _: Nothing) -> Result<Points, ConsoleError> {
    read(call)
}

pub(super) fn read(call: &Call<'_>) -> Result<Points, ConsoleError> {
    let names = Names::read(call.centre)?;
    let mut points = Vec::new();
    for row in call.centre.store.points(POINTS_MAX)? {
        points.extend(point(call, &names, &row)?);
    }
    Ok(Points {
        points,
        same_visits: same_visit::pairs(call, &names)?,
        total: waiting(call)?,
        decided: decision::decided(call, &names, |kind| !duplicates::KINDS.contains(&kind))?,
    })
}

fn point(call: &Call<'_>, names: &Names, row: &PointRow) -> Result<Option<Point>, ConsoleError> {
    let store = &call.centre.store;
    let Some(state) = store.record(row.record)? else { return Ok(None) };
    let (Some(kind), Some(spec)) = (RecordType::from_number(row.kind), catalogue::field(row.kind, row.field)) else {
        return Ok(None);
    };
    if !decision::may_show(call, &state)? {
        return Ok(None);
    }
    let (door, household) = whereabouts(call, row.record, &state)?;
    let structure = match state.scope {
        ScopeKey::File { structure, .. } => names.structure(Some(structure)),
        _ => String::new(),
    };
    Ok(Some(Point {
        record: row.record.to_string(),
        kind: kind.name().to_owned(),
        field: row.field,
        name: spec.name.to_owned(),
        place: door.map_or(Ok(String::new()), |door| place(store, door).map(|(place, _)| place))?,
        household,
        structure,
        writings: writings(call, names, row)?,
    }))
}

/// The door of a point, and the name of its household when an agreement lets it be shown.
fn whereabouts(call: &Call<'_>, record: Uuid, state: &RecordState) -> Result<(Option<Uuid>, String), ConsoleError> {
    let store = &call.centre.store;
    let linked = |field: u16| {
        let head = resolve::latest(state.field(field));
        head.and_then(|head| Uuid::parse_str(head.value.as_text()).ok())
    };
    let household = match RecordType::from_number(state.kind) {
        Some(RecordType::Household) => Some(record),
        Some(RecordType::Person) => linked(person::household),
        Some(RecordType::VisitNote) => return Ok((linked(visit_note::door), String::new())),
        _ => None,
    };
    let Some(household) = household else { return Ok((None, String::new())) };
    let door = store.household(household)?.map(|file| file.door);
    let named = store.agreement(household, RECORD_NOMINATIVE)?.allows();
    Ok((door, if named { store.household_name(household)? } else { String::new() }))
}

fn writings(call: &Call<'_>, names: &Names, row: &PointRow) -> Result<Vec<Writing>, ConsoleError> {
    let mut writings = Vec::new();
    for head in &row.heads {
        let first = decision::first_writing(call, row.record, row.field, head)?;
        let arrival = call.centre.registry.arrival(first.author, first.sequence)?;
        let offline_ms = arrival.map(|arrival| arrival.saturating_sub(first.at).max(0));
        writings.push((
            first.at,
            Writing {
                head: head_text(head.id),
                value: head.value.as_text().to_owned(),
                author: match call.centre.registry.decided_by(row.record, head.id)? {
                    Some(account) => account,
                    None => names.author(first.author),
                },
                at: instant(first.at),
                offline_minutes: offline_ms.map(|ms| u32::try_from(ms / 60_000).unwrap_or(u32::MAX)),
            },
        ));
    }
    writings.sort_by(|(a, one), (b, other)| (a, &one.head).cmp(&(b, &other.head)));
    Ok(writings.into_iter().map(|(_, writing)| writing).collect())
}

/// `replica.sequence.part`.
fn head_text(head: HeadId) -> String {
    format!("{}.{}.{}", head.dot.replica, head.dot.sequence, head.part)
}

pub(super) fn settle_point(call: &mut Call<'_>, request: SettlePoint) -> Result<Points, ConsoleError> {
    let record = id(&request.record)?;
    let state = call.centre.store.record(record)?.filter(|state| !state.erased);
    let state = state.ok_or_else(|| ConsoleError::of(ErrorCode::NotFound))?;
    let known = catalogue::field(state.kind, request.field).filter(|spec| spec.class == FieldClass::KeepAll);
    let (Some(_), Some(kind)) = (known, RecordType::from_number(state.kind)) else {
        return Err(ConsoleError::field("field"));
    };
    let field = state.field(request.field);
    let different: Vec<&Head> = resolve::latest(field).into_iter().chain(resolve::others(field)).collect();
    let mut standing: Vec<String> = different.iter().map(|head| head_text(head.id)).collect();
    let mut seen = request.seen.clone();
    standing.sort();
    seen.sort();
    if standing.len() < 2 || standing != seen {
        return Err(ConsoleError::of(ErrorCode::Changed));
    }
    let (kind_of_decision, value) = chosen(call, record, &request, &different)?;
    let (door, _) = whereabouts(call, record, &state)?;
    let about = About { kind: kind_of_decision, record, field: request.field, door };
    let bases = field.heads.clone();
    let ruling = Ruling { scope: state.scope, record, kind, field: request.field, value, bases };
    decision::decide(call, &about, &[ruling])?;
    read(call)
}

/// The value that a request keeps: one of those that stand, or all of them, oldest first, one a line.
fn chosen(
    call: &Call<'_>,
    record: Uuid,
    request: &SettlePoint,
    different: &[&Head],
) -> Result<(&'static str, Value), ConsoleError> {
    if !request.keep.is_empty() {
        let kept = different.iter().find(|head| head_text(head.id) == request.keep);
        let kept = kept.ok_or_else(|| ConsoleError::of(ErrorCode::Changed))?;
        return Ok(("point_one", kept.value.clone()));
    }
    let mut by_age = Vec::new();
    for head in different {
        by_age.push((decision::first_writing(call, record, request.field, head)?.at, head_text(head.id), *head));
    }
    by_age.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let texts: Vec<&str> =
        by_age.iter().map(|(_, _, head)| head.value.as_text()).filter(|text| !text.is_empty()).collect();
    let joined = texts.join("\n");
    if joined.len() > limits::TEXT_BYTES_MAX {
        return Err(ConsoleError::field("value"));
    }
    Ok(("point_all", Value::text(&joined)))
}

/// Since when visits are compared: what is older was seen, and its values leave the history.
pub(super) const COMPARED_MS: i64 = 90 * calendar::DAY_MS;
