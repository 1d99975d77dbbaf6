//! Same door, same outing or at most 30 minutes apart, two mediators: proposed as one visit with two participants,
//! counted once until someone says otherwise (decisions.md 12).

use palier_domain::outcome::VisitOutcome;
use palier_domain::place::derived_id;
use palier_store::read::visits::VisitRow;
use palier_sync::catalogue::{visit as v, visit_note as n};
use palier_sync::{Head, RecordState, RecordType, ScopeKey, Value, resolve};
use uuid::Uuid;

use super::ConsoleError;
use super::api::*;
use super::call::{Call, id};
use super::decision::{self, About, Ruling};
use super::names::{Names, optional_instant, place};
use super::points::{self, COMPARED_MS};

/// Pairs read at once.
const PAIRS_MAX: u32 = 100;

/// Pairs that wait, newest first.
pub(super) fn candidates(call: &Call<'_>) -> Result<Vec<(Uuid, Uuid)>, ConsoleError> {
    Ok(call.centre.store.same_visit_candidates(call.now_ms.saturating_sub(COMPARED_MS), PAIRS_MAX)?)
}

/// The same, as the page shows them.
pub(super) fn pairs(call: &Call<'_>, names: &Names) -> Result<Vec<SameVisit>, ConsoleError> {
    let store = &call.centre.store;
    let mut pairs = Vec::new();
    for (first, second) in candidates(call)? {
        let (Some(first), Some(second)) = (store.visit(first)?, store.visit(second)?) else { continue };
        pairs.push(SameVisit {
            place: place(store, first.door)?.0,
            minutes_apart: u32::try_from(second.at.saturating_sub(first.at) / 60_000).unwrap_or(u32::MAX),
            same_outing: first.outing.is_some() && first.outing == second.outing,
            first: side(call, names, &first)?,
            second: side(call, names, &second)?,
        });
    }
    Ok(pairs)
}

fn side(call: &Call<'_>, names: &Names, visit: &VisitRow) -> Result<VisitSide, ConsoleError> {
    Ok(VisitSide {
        id: visit.id.to_string(),
        at: optional_instant(visit.at).unwrap_or_default(),
        outcome: visit.outcome.clone(),
        callback: visit.callback.clone(),
        flags: visit.flags.clone(),
        people: names.people(&visit.participants, visit.author),
        structure: names.structure(visit.structure),
        has_note: notes(call, visit.id)?.iter().any(|(_, state)| !text(state).is_empty()),
    })
}

pub(super) fn settle_visits(call: &mut Call<'_>, request: SettleVisits) -> Result<Points, ConsoleError> {
    let (keep, other) = (id(&request.keep)?, id(&request.other)?);
    if !candidates(call)?.iter().any(|pair| [*pair, (pair.1, pair.0)].contains(&(keep, other))) {
        return Err(ConsoleError::of(ErrorCode::Changed));
    }
    let gone = || ConsoleError::of(ErrorCode::Changed);
    let kept = call.centre.store.visit(keep)?.ok_or_else(gone)?;
    let left = call.centre.store.visit(other)?.ok_or_else(gone)?;
    let (kind, rulings) =
        if request.same { ("one_visit", join(call, &kept, &left)?) } else { ("two_visits", part(call, &kept, &left)?) };
    let about = About { kind, record: keep, field: 0, door: Some(kept.door) };
    decision::decide(call, &about, &rulings)?;
    points::read(call)
}

/// Two visits: said on the one that stays first, so that every copy counts them twice.
fn part(call: &Call<'_>, kept: &VisitRow, left: &VisitRow) -> Result<Vec<Ruling>, ConsoleError> {
    let state = record(call, kept.id)?;
    Ok(vec![added(&state, kept.id, RecordType::Visit, v::apart, &left.id.to_string())])
}

/// One visit: participants and flags of both, the notes of the one that goes on the one that stays.
fn join(call: &Call<'_>, kept: &VisitRow, left: &VisitRow) -> Result<Vec<Ruling>, ConsoleError> {
    let (state, other) = (record(call, kept.id)?, record(call, left.id)?);
    let mut rulings = Vec::new();
    for field in [v::participants, v::flags] {
        rulings.extend(missing(&state, kept.id, RecordType::Visit, field, &resolve::elements(other.field(field))));
    }
    for (_, note) in notes(call, left.id)? {
        rulings.extend(carry(call, kept, &note)?);
    }
    rulings.push(Ruling {
        scope: other.scope,
        record: left.id,
        kind: RecordType::Visit,
        field: v::outcome,
        value: Value::text(VisitOutcome::Cleared.code()),
        bases: other.field(v::outcome).heads.clone(),
    });
    Ok(rulings)
}

/// What a note says, written to the note that the same structure has on the visit that stays.
fn carry(call: &Call<'_>, kept: &VisitRow, note: &RecordState) -> Result<Vec<Ruling>, ConsoleError> {
    let ScopeKey::File { structure, .. } = note.scope else { return Ok(Vec::new()) };
    let id = derived_id("visit-note", kept.id, &structure.to_string());
    let target = call.centre.store.record(id)?;
    if target.as_ref().is_some_and(|target| target.erased) {
        return Ok(Vec::new());
    }
    let kind = RecordType::VisitNote;
    let target = target.unwrap_or_else(|| RecordState::new(note.scope, kind.number()));
    let mut rulings = Vec::new();
    let mut write = |field: u16, value: Value, bases: Vec<Head>| {
        rulings.push(Ruling { scope: target.scope, record: id, kind, field, value, bases });
    };
    for (field, id) in [(n::visit, kept.id), (n::door, kept.door)] {
        if resolve::latest(target.field(field)).is_none_or(|head| head.value == Value::Null) {
            write(field, Value::text(&id.to_string()), target.field(field).heads.clone());
        }
    }
    let carried = text(note);
    if !carried.is_empty() {
        let own = text(&target);
        let both = if own.is_empty() { carried } else { format!("{own}\n{carried}") };
        write(n::text, Value::text(&both), target.field(n::text).heads.clone());
    }
    rulings.extend(missing(&target, id, kind, n::needs, &resolve::elements(note.field(n::needs))));
    Ok(rulings)
}

/// Notes that hang on a visit, erased ones left out.
fn notes(call: &Call<'_>, visit: Uuid) -> Result<Vec<(Uuid, RecordState)>, ConsoleError> {
    let store = &call.centre.store;
    let mut notes = Vec::new();
    for id in store.notes_of_visit(visit)? {
        notes.extend(store.record(id)?.filter(|state| !state.erased).map(|state| (id, state)));
    }
    Ok(notes)
}

/// All that a note says, also where two values wait.
fn text(note: &RecordState) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for head in &note.field(n::text).heads {
        let text = head.value.as_text();
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.join("\n")
}

fn record(call: &Call<'_>, id: Uuid) -> Result<RecordState, ConsoleError> {
    let state = call.centre.store.record(id)?.filter(|state| !state.erased);
    state.ok_or_else(|| ConsoleError::of(ErrorCode::Changed))
}

/// An element that comes into a set.
fn added(state: &RecordState, record: Uuid, kind: RecordType, field: u16, element: &str) -> Ruling {
    Ruling { scope: state.scope, record, kind, field, value: Value::text(element), bases: Vec::new() }
}

/// The elements that a set does not hold yet.
fn missing(state: &RecordState, record: Uuid, kind: RecordType, field: u16, wanted: &[String]) -> Vec<Ruling> {
    let present = resolve::elements(state.field(field));
    let absent = wanted.iter().filter(|element| !present.contains(element));
    absent.map(|element| added(state, record, kind, field, element)).collect()
}
