//! What people say. Trust hangs on a slip: no record ties it to a name, a door or a file. Words are kept with an agreement to it,
//! and leave every copy when it is withdrawn.

use palier_domain::agreement::VERBATIM_QUOTE;
use palier_domain::{calendar, codes, slip, trust};
use palier_store::read::heard::TrustRow;
use palier_store::{Draft, Store};
use palier_sync::catalogue::{trust as t, verbatim as v};
use palier_sync::{RecordType, ScopeKey, Value, resolve};
use uuid::Uuid;

use crate::App;
use crate::act::{act, id, new_id};
use crate::api::*;
use crate::app::lock;
use crate::diagnosis::new_slip;
use crate::session::Open;
use crate::visit::check_codes;

/// Shortest and longest verbatim, in characters.
const WORDS_MIN: usize = 2;
const WORDS_MAX: usize = 1_000;
/// Who held the tablet.
const MODES: &[&str] = &["interviewer", "handover"];

impl App {
    pub(crate) fn trust(&self, request: TrustRequest) -> Result<TrustView, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let code = if request.slip.is_empty() { new_slip(&store)? } else { read_slip(&request.slip)? };
        view(&store, &code, now)
    }

    pub(crate) fn say_of_trust(&self, request: SayOfTrust) -> Result<TrustView, CommandError> {
        check_codes(std::slice::from_ref(&request.object), trust::OBJECTS, "object")?;
        check_codes(std::slice::from_ref(&request.mode), MODES, "mode")?;
        if request.level != 0 && !trust::LEVELS.contains(&i64::from(request.level)) {
            return Err(CommandError::field("level"));
        }
        if !request.retro.is_empty() {
            check_codes(std::slice::from_ref(&request.retro), trust::RETROS, "retro")?;
        }
        let code = read_slip(&request.slip)?;
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let rows: Vec<_> =
            store.trust_of_slip(&code)?.into_iter().filter(|row| row.measure.object == request.object).collect();
        let today = rows.iter().find(|row| same_day(row, now)).map(|row| row.id);
        let earlier = rows.iter().any(|row| !same_day(row, now));
        if !request.retro.is_empty() && !earlier {
            return Err(CommandError::field("retro"));
        }
        if today.is_none() && request.level == 0 {
            return view(&store, &code, now);
        }
        let scope = scope_of(&open, &store, &rows, &request.door)?;
        store.write(now, |draft| say(draft, scope, today, &code, &request))?;
        let view = view(&store, &code, now)?;
        drop(store);
        self.wrote(&["households"]);
        Ok(view)
    }

    pub(crate) fn say_verbatim(&self, request: SayVerbatim) -> Result<VerbatimKept, CommandError> {
        check_codes(std::slice::from_ref(&request.theme), codes::THEMES, "theme")?;
        let length = request.text.trim().chars().count();
        if !(WORDS_MIN..=WORDS_MAX).contains(&length) {
            return Err(CommandError::field("text"));
        }
        if request.household.is_empty() {
            return self.say_words_of_nobody(&request);
        }
        let mut kept = Uuid::nil();
        self.with_file(&request.household, |draft, file| {
            if request.agreed {
                crate::household::agree_to_words(draft, file)?;
            }
            kept = keep_words(draft, file.state.scope, Some(file.id), &request)?;
            draft.act(act("verbatim", "", Some(file.door), None, 1));
            Ok(())
        })?;
        Ok(VerbatimKept { verbatim: kept.to_string() })
    }

    /// Words of someone who opened no file: they carry their own agreement, and name no door.
    fn say_words_of_nobody(&self, request: &SayVerbatim) -> Result<VerbatimKept, CommandError> {
        if !request.agreed {
            return Err(CommandError::new(ErrorCode::AgreementNeeded, VERBATIM_QUOTE));
        }
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let scope = scope_of(&open, &store, &[], &request.door)?;
        let written = store.write(now, |draft| {
            draft.act(act("verbatim", "", None, None, 1));
            keep_words(draft, scope, None, request)
        })?;
        drop(store);
        self.wrote(&["households"]);
        Ok(VerbatimKept { verbatim: written.answer.to_string() })
    }
}

/// What a household said, latest first.
pub(crate) fn lines(
    store: &Store,
    household: Uuid,
    who: &impl Fn(u32) -> String,
) -> Result<Vec<VerbatimLine>, CommandError> {
    let rows = store.verbatims_of(household)?;
    let line = |row: palier_store::read::heard::VerbatimRow| VerbatimLine {
        id: row.id.to_string(),
        theme: row.theme,
        text: crate::household::kept(row.state.field(v::text), who),
        at: calendar::rfc3339(row.at),
    };
    Ok(rows.into_iter().map(line).collect())
}

fn say(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    today: Option<Uuid>,
    code: &str,
    request: &SayOfTrust,
) -> Result<(), CommandError> {
    let kind = RecordType::Trust;
    let level = if request.level == 0 { Value::Null } else { Value::Int(i64::from(request.level)) };
    let retro = if request.retro.is_empty() { Value::Null } else { Value::text(&request.retro) };
    if let Some(record) = today {
        draft.set_undoable(scope, record, kind, t::level, level)?;
        draft.set_undoable(scope, record, kind, t::retro, retro)?;
    } else {
        let record = new_id();
        let fields = [
            (t::slip, Value::text(code)),
            (t::object, Value::text(&request.object)),
            (t::level, level),
            (t::retro, retro),
            (t::mode, Value::text(&request.mode)),
            (t::at, Value::Int(draft.now_ms())),
        ];
        draft.make_undoable(scope, record, kind, &fields, t::cancelled)?;
    }
    draft.act(act("trust", "", None, None, 1));
    Ok(())
}

fn keep_words(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    household: Option<Uuid>,
    request: &SayVerbatim,
) -> Result<Uuid, CommandError> {
    let kind = RecordType::Verbatim;
    let text = Value::text(request.text.trim());
    if !request.verbatim.is_empty() {
        let record = id(&request.verbatim)?;
        let known = draft.state(record)?.filter(|state| state.kind == kind.number() && state.scope == scope);
        let of = known.ok_or_else(CommandError::not_found)?;
        if resolve::text(&of, v::household) != household.map(|household| household.to_string()).unwrap_or_default() {
            return Err(CommandError::not_found());
        }
        draft.set_undoable(scope, record, kind, v::text, text)?;
        draft.set_undoable(scope, record, kind, v::theme, Value::text(&request.theme))?;
        return Ok(record);
    }
    let record = new_id();
    let now = Value::Int(draft.now_ms());
    let fields = [
        (v::household, household.map_or(Value::Null, |household| Value::text(&household.to_string()))),
        (v::theme, Value::text(&request.theme)),
        (v::text, text),
        (v::agreed_at, if request.agreed { now.clone() } else { Value::Null }),
        (v::at, now),
    ];
    draft.make_undoable(scope, record, kind, &fields, v::cancelled)?;
    Ok(record)
}

fn view(store: &Store, code: &str, now: i64) -> Result<TrustView, CommandError> {
    let rows = store.trust_of_slip(code)?;
    let shown = slip::shown(code);
    let object = |object: &&str| {
        let of: Vec<&TrustRow> = rows.iter().filter(|row| row.measure.object == **object).collect();
        let level = |row: Option<&&TrustRow>| row.and_then(|row| u8::try_from(row.measure.level).ok()).unwrap_or(0);
        let today = of.iter().rev().find(|row| same_day(row, now));
        let earlier: Vec<_> = of.iter().filter(|row| !same_day(row, now)).collect();
        let first = earlier.first().copied();
        let retro = match today {
            Some(row) => store.record(row.id)?,
            None => None,
        };
        Ok(TrustObject {
            object: (*object).to_owned(),
            today: level(today),
            retro: retro.map(|state| resolve::text(&state, t::retro)).unwrap_or_default(),
            first: level(first),
            first_at: first.map(|row| calendar::rfc3339(row.measure.at_ms)),
            earlier: u32::try_from(earlier.len()).unwrap_or(u32::MAX),
        })
    };
    let objects = trust::OBJECTS.iter().map(object).collect::<Result<Vec<_>, CommandError>>()?;
    Ok(TrustView { slip_qr: crate::qr::of_slip(&shown), slip: shown, objects })
}

fn same_day(row: &TrustRow, now: i64) -> bool {
    calendar::local_date(row.measure.at_ms) == calendar::local_date(now)
}

fn read_slip(text: &str) -> Result<String, CommandError> {
    slip::read(text).map_err(|_| CommandError::field("slip"))
}

/// Where it is kept: with the slip's earlier answers, in the door's sector, or in the one of the outing under way.
fn scope_of(open: &Open, store: &Store, rows: &[TrustRow], door: &str) -> Result<ScopeKey, CommandError> {
    if let Some(row) = rows.first()
        && let Some(state) = store.record(row.id)?
    {
        return Ok(state.scope);
    }
    let sector = if door.is_empty() {
        crate::outing::sector_now(open, store)?
    } else {
        let row = store.door(id(door)?)?.ok_or_else(CommandError::not_found)?;
        crate::place::sector_of(store, row.stair)?
    };
    Ok(open.files_in(sector))
}

#[cfg(test)]
#[path = "heard_tests.rs"]
mod tests;
