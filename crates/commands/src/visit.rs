//! Passages: one door, a whole floor, and what is changed afterwards.

use palier_domain::codes;
use palier_domain::outcome::VisitOutcome;
use palier_domain::{calendar, place::derived_id};
use palier_store::acts::ActEdit;
use palier_store::read::plan::DoorRow;
use palier_store::read::visits::VisitRow;
use palier_store::{Draft, Store};
use palier_sync::catalogue::{visit as v, visit_note as n};
use palier_sync::{RecordType, ScopeKey, Value, resolve};
use uuid::Uuid;

use crate::App;
use crate::act::{act, id, new_id, place};
use crate::api::*;
use crate::app::lock;
use crate::place::{next_to_do, to_do};
use crate::session::Open;

/// A second tap at the same door within this time corrects the first, in ms: 10 minutes. Later it is another passage.
const CORRECTION_MS: i64 = 10 * 60_000;
/// Longest visit note, in characters (issue: "a short visit note").
const NOTE_CHARS_MAX: usize = 280;

/// Flags that say nothing about a person: they go with an outcome that works under the veil.
const VEILED_FLAGS: &[&str] = &["flyer_left"];

/// Outcomes that work under the veil: they show and write nothing about a person (decisions.md 18).
const VEILED_OUTCOMES: &[VisitOutcome] = &[VisitOutcome::NoAnswer, VisitOutcome::Inaccessible, VisitOutcome::Vacant];

impl App {
    pub(crate) fn record_visit(&self, request: RecordVisit) -> Result<Recorded, CommandError> {
        let outcome = known_outcome(&request.outcome)?;
        check_callback(&request.callback)?;
        check_codes(&request.flags, codes::VISIT_FLAGS, "flags")?;
        let impersonal = VEILED_OUTCOMES.contains(&outcome)
            && request.flags.iter().all(|flag| VEILED_FLAGS.contains(&flag.as_str()));
        let open = if impersonal { self.open()? } else { self.unveiled()? };
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let row = store.door(id(&request.door)?)?.ok_or_else(CommandError::not_found)?;
        let passage = Passage::new(&open, &store, row.stair, now)?;
        let recent = store.visits_of_door(row.id, 1)?.into_iter().next();
        let own = recent.filter(|visit| visit.author == open.replica() && now.saturating_sub(visit.at) < CORRECTION_MS);
        let written = store.write(now, |draft| match &own {
            Some(visit) => correct(draft, &passage, visit, &outcome, &request),
            None => {
                let visit = passage.record(draft, row.id, &outcome, &request.callback, &request.flags)?;
                draft.act(act("visit", outcome.code(), Some(row.id), Some(row.stair), 1));
                Ok(visit)
            }
        })?;
        let answer = recorded(&store, written.answer, &row, 1, now)?;
        drop(store);
        self.wrote(&["visits", "places"]);
        Ok(answer)
    }

    pub(crate) fn record_floor(&self, request: RecordFloor) -> Result<Recorded, CommandError> {
        let outcome = known_outcome(&request.outcome)?;
        if !VEILED_OUTCOMES.contains(&outcome) {
            return Err(CommandError::field("outcome"));
        }
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let stair = id(&request.stair)?;
        let doors = store.doors_of(stair)?;
        let wanted: Vec<&DoorRow> = doors
            .iter()
            .filter(|door| request.floor.is_none_or(|floor| door.floor == floor) && to_do(door, now))
            .collect();
        let Some(last) = wanted.last().copied() else { return Err(CommandError::not_found()) };
        let passage = Passage::new(&open, &store, stair, now)?;
        let written = store.write(now, |draft| {
            let mut visit = Uuid::nil();
            for door in &wanted {
                visit = passage.record(draft, door.id, &outcome, "", &[])?;
            }
            draft.act(act("floor", outcome.code(), Some(last.id), Some(stair), wanted.len()));
            Ok::<_, CommandError>(visit)
        })?;
        let answer = recorded(&store, written.answer, last, wanted.len(), now)?;
        drop(store);
        self.wrote(&["visits", "places"]);
        Ok(answer)
    }

    pub(crate) fn amend_visit(&self, request: AmendVisit) -> Result<Recorded, CommandError> {
        check_amend(&request)?;
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let visit = store.visit(id(&request.visit)?)?.ok_or_else(CommandError::not_found)?;
        let row = store.door(visit.door)?.ok_or_else(CommandError::not_found)?;
        let passage = Passage::new(&open, &store, row.stair, now)?;
        store.write(now, |draft| amend(draft, &passage, &visit, &request))?;
        let answer = recorded(&store, visit.id, &row, 1, now)?;
        drop(store);
        self.wrote(&["visits", "places"]);
        Ok(answer)
    }
}

/// What every passage of this moment shares.
struct Passage {
    scope: ScopeKey,
    file: ScopeKey,
    stair: Uuid,
    structure: Uuid,
    participants: Vec<Uuid>,
    outing: Option<Uuid>,
    at: i64,
}

impl Passage {
    fn new(open: &Open, store: &Store, stair: Uuid, now_ms: i64) -> Result<Self, CommandError> {
        let sector = crate::place::sector_of(store, stair)?;
        let outing = store.open_outing(open.replica())?;
        let mut participants = vec![open.identity.enrolled.profile];
        for member in outing.iter().flat_map(|outing| &outing.team) {
            if !participants.contains(member) {
                participants.push(*member);
            }
        }
        Ok(Self {
            scope: place(sector),
            file: open.files_in(sector),
            stair,
            structure: open.structure(),
            participants,
            outing: outing.map(|outing| outing.id),
            at: now_ms,
        })
    }

    /// Writes one passage; undoing it cancels it.
    fn record(
        &self,
        draft: &mut Draft<'_>,
        door: Uuid,
        outcome: &VisitOutcome,
        callback: &str,
        flags: &[String],
    ) -> Result<Uuid, CommandError> {
        let visit = new_id();
        let text = |id: Uuid| Value::text(&id.to_string());
        let mut fields = vec![
            (v::door, text(door)),
            (v::outcome, Value::text(outcome.code())),
            (v::at, Value::Int(self.at)),
            (v::callback, Value::text(callback)),
            (v::outing, self.outing.map_or(Value::Null, text)),
            (v::structure, text(self.structure)),
        ];
        fields.extend(self.participants.iter().map(|person| (v::participants, text(*person))));
        fields.extend(flags.iter().map(|flag| (v::flags, Value::text(flag))));
        draft.make(self.scope, visit, RecordType::Visit, &fields)?;
        draft.undo_with(ActEdit {
            record: visit,
            kind: RecordType::Visit.number(),
            scope: self.scope,
            field: v::outcome,
            head: draft.written(visit, v::outcome).first().copied(),
            before: Value::text(VisitOutcome::Cleared.code()),
            after: Value::text(outcome.code()),
        });
        Ok(visit)
    }
}

/// A second tap: the first passage says something else now.
fn correct(
    draft: &mut Draft<'_>,
    passage: &Passage,
    visit: &VisitRow,
    outcome: &VisitOutcome,
    request: &RecordVisit,
) -> Result<Uuid, CommandError> {
    draft.set_undoable(passage.scope, visit.id, RecordType::Visit, v::outcome, Value::text(outcome.code()))?;
    draft.set_undoable(passage.scope, visit.id, RecordType::Visit, v::callback, Value::text(&request.callback))?;
    if !request.flags.iter().all(|flag| visit.flags.contains(flag)) {
        let mut flags = visit.flags.clone();
        flags.extend(request.flags.iter().filter(|flag| !visit.flags.contains(flag)).cloned());
        draft.set_elements_undoable(passage.scope, visit.id, RecordType::Visit, v::flags, &flags)?;
    }
    draft.act(act("amend_visit", outcome.code(), Some(visit.door), Some(passage.stair), 1));
    Ok(visit.id)
}

fn amend(draft: &mut Draft<'_>, passage: &Passage, visit: &VisitRow, request: &AmendVisit) -> Result<(), CommandError> {
    let mut kind = "amend_visit";
    let mut code = String::new();
    if let Some(outcome) = &request.outcome {
        code.clone_from(outcome);
        draft.set_undoable(passage.scope, visit.id, RecordType::Visit, v::outcome, Value::text(outcome))?;
    }
    if let Some(callback) = &request.callback {
        draft.set_undoable(passage.scope, visit.id, RecordType::Visit, v::callback, Value::text(callback))?;
    }
    if let Some(flags) = &request.flags {
        draft.set_elements_undoable(passage.scope, visit.id, RecordType::Visit, v::flags, flags)?;
    }
    // One note for one passage: two mediators of the structure write the same record, and both texts are kept.
    let note = derived_id("visit-note", visit.id, &passage.structure.to_string());
    if request.note.is_some() || request.needs.is_some() {
        let fields = [(n::visit, Value::text(&visit.id.to_string())), (n::door, Value::text(&visit.door.to_string()))];
        draft.make(passage.file, note, RecordType::VisitNote, &fields)?;
    }
    if let Some(text) = &request.note {
        kind = "note";
        draft.set_undoable(passage.file, note, RecordType::VisitNote, n::text, Value::text(text.trim()))?;
    }
    if let Some(needs) = &request.needs {
        kind = "needs";
        draft.set_elements_undoable(passage.file, note, RecordType::VisitNote, n::needs, needs)?;
    }
    draft.act(act(kind, &code, Some(visit.door), Some(passage.stair), 1));
    Ok(())
}

fn recorded(store: &Store, visit: Uuid, row: &DoorRow, count: usize, now_ms: i64) -> Result<Recorded, CommandError> {
    let doors = store.doors_of(row.stair)?;
    let action = store.last_act()?.map(|act| act.to_string()).unwrap_or_default();
    Ok(Recorded {
        action,
        visit: visit.to_string(),
        count: u32::try_from(count).unwrap_or(u32::MAX),
        next: next_to_do(&doors, row.id, now_ms).map(|door| door.id.to_string()),
    })
}

fn known_outcome(code: &str) -> Result<VisitOutcome, CommandError> {
    let outcome = VisitOutcome::from_code(code);
    let usable = outcome.is_known() && outcome != VisitOutcome::Cleared;
    if usable { Ok(outcome) } else { Err(CommandError::field("outcome")) }
}

fn check_callback(callback: &str) -> Result<(), CommandError> {
    let fits =
        callback.is_empty() || codes::CALLBACK_SLOTS.contains(&callback) || calendar::parse_rfc3339(callback).is_some();
    if fits { Ok(()) } else { Err(CommandError::field("callback")) }
}

pub(crate) fn check_codes(wanted: &[String], known: &[&str], field: &str) -> Result<(), CommandError> {
    let fits = wanted.iter().all(|code| known.contains(&code.as_str()));
    if fits { Ok(()) } else { Err(CommandError::field(field)) }
}

fn check_amend(request: &AmendVisit) -> Result<(), CommandError> {
    if let Some(outcome) = &request.outcome {
        known_outcome(outcome)?;
    }
    if let Some(callback) = &request.callback {
        check_callback(callback)?;
    }
    if let Some(flags) = &request.flags {
        check_codes(flags, codes::VISIT_FLAGS, "flags")?;
    }
    if let Some(needs) = &request.needs {
        check_codes(needs, codes::THEMES, "needs")?;
    }
    if request.note.as_ref().is_some_and(|note| note.chars().count() > NOTE_CHARS_MAX) {
        return Err(CommandError::field("note"));
    }
    Ok(())
}

/// Passages of a door as the sheet lists them, newest first.
pub(crate) fn lines(open: &Open, store: &Store, door: Uuid, limit: u32) -> Result<Vec<VisitLine>, CommandError> {
    let people = store.profiles()?;
    let mut lines = Vec::new();
    for visit in store.visits_of_door(door, limit)? {
        let name_of = |profile: &Uuid| people.iter().find(|p| p.id == *profile).map(|p| p.display_name.clone());
        let note = derived_id("visit-note", visit.id, &open.structure().to_string());
        let note = if open.veiled() { None } else { store.record(note)?.filter(|state| !state.erased) };
        let text = note.as_ref().map(|state| state.field(n::text));
        lines.push(VisitLine {
            id: visit.id.to_string(),
            outcome: visit.outcome.clone(),
            at: calendar::rfc3339(visit.at),
            who: visit.participants.iter().filter_map(name_of).collect(),
            callback: visit.callback.clone(),
            flags: visit.flags.clone(),
            note: text.and_then(resolve::latest).map(|head| head.value.as_text().to_owned()).unwrap_or_default(),
            other_notes: text
                .map(|field| resolve::others(field).iter().map(|head| head.value.as_text().to_owned()).collect())
                .unwrap_or_default(),
            needs: note.as_ref().map(|state| resolve::elements(state.field(n::needs))).unwrap_or_default(),
            mine: visit.structure == Some(open.structure()),
        });
    }
    Ok(lines)
}
