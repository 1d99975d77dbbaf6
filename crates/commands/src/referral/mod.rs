//! A person is handed on to a service: what is told, to whom, with whose agreement; then what happened, event by event.
//!
//! Without an agreement of the household a referral hangs on a slip: no record of it names a door, and the service is told
//! nothing but the need. An event is written only when the state allows it; what another tablet wrote meanwhile is merged
//! by [`palier_domain::referral::read`].

mod show;
#[cfg(test)]
mod tests;
mod todo;

use palier_domain::agreement::RECORD_NOMINATIVE;
use palier_domain::referral::{
    CLOSURE_SOURCES, FIRST_TIMES, Happening, Means, REFUSAL_REASONS, RESULTS, Share, State, Written,
};
use palier_domain::{calendar, codes};
use palier_store::read::referral::ReferralFile;
use palier_store::{Draft, Store, StoreError};
use palier_sync::catalogue::{referral as rf, referral_event as e};
use palier_sync::{RecordType, ScopeKey, Value};
use uuid::Uuid;

use crate::App;
use crate::act::{act, id, new_id};
use crate::api::*;
use crate::app::lock;
use crate::diagnosis::{agreed, new_slip};
use crate::place::sector_of;
use crate::session::Open;

pub(crate) use show::lines;
pub(crate) use todo::{count as todo_count, lines_of as task_lines, take_back};

/// What may be told to a service.
const SHARES: &[&str] = &["name", "phone", "need", "composition"];
/// What names someone: only with the agreement that lets a name be kept.
const NAMING: &[&str] = &["name", "phone"];
/// Services that a person is handed on to at once: more is not remembered.
const SERVICES_MAX: usize = 3;
/// Longest key of a service, in characters.
const KEY_CHARS_MAX: usize = 200;

/// Whose a referral is.
struct Whose {
    household: Option<Uuid>,
    slip: String,
    diagnosis: Option<Uuid>,
    door: Option<Uuid>,
    scope: ScopeKey,
}

impl App {
    pub(crate) fn refer(&self, request: Refer) -> Result<ReferralSheet, CommandError> {
        check(&request)?;
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let whose = whose(&open, &store, &request)?;
        let mut lines = Vec::new();
        for service in &request.services {
            let (line, _) = open.services.line(&store, service, None, now)?.ok_or_else(CommandError::not_found)?;
            lines.push(line);
        }
        may_tell(&store, &whose, &request.share)?;
        let means = Means::from_code(&request.means).ok_or_else(|| CommandError::field("means"))?;
        let written = store.write(now, |draft| {
            let mut first = None;
            for line in &lines {
                let referral = make(draft, &whose, &request, line, now)?;
                hand_over(draft, whose.scope, referral, means, &request.share, line, now)?;
                first.get_or_insert(referral);
            }
            draft.act(act("referral", "", whose.door, None, lines.len()));
            first.ok_or_else(|| CommandError::field("services"))
        })?;
        let sheet = ReferralSheet { action: done(&store)?, ..show::sheet(self, &open, &store, written.answer)? };
        drop(store);
        self.wrote(&["referrals", "households"]);
        Ok(sheet)
    }

    pub(crate) fn referral(&self, request: ReferralRequest) -> Result<ReferralSheet, CommandError> {
        let open = self.unveiled()?;
        let store = lock(&open.store);
        show::sheet(self, &open, &store, id(&request.referral)?)
    }

    pub(crate) fn say_of_referral(&self, request: SayOfReferral) -> Result<ReferralSheet, CommandError> {
        let what = said(&request)?;
        let open = self.unveiled()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let file = load(&store, id(&request.referral)?)?;
        say(&mut store, &file, &what, &request, now)?;
        let sheet = ReferralSheet { action: done(&store)?, ..show::sheet(self, &open, &store, file.row.id)? };
        drop(store);
        self.wrote(&["referrals", "households"]);
        Ok(sheet)
    }
}

/// What was just done, for the notice that undoes it.
fn done(store: &Store) -> Result<String, CommandError> {
    Ok(store.last_act()?.map(|act| act.to_string()).unwrap_or_default())
}

fn check(request: &Refer) -> Result<(), CommandError> {
    if !request.need.is_empty() && !codes::THEMES.contains(&request.need.as_str()) {
        return Err(CommandError::field("need"));
    }
    let well_formed = |key: &String| !key.is_empty() && key.chars().count() <= KEY_CHARS_MAX;
    let apart = request.services.iter().collect::<std::collections::BTreeSet<_>>().len() == request.services.len();
    if !(1..=SERVICES_MAX).contains(&request.services.len()) || !apart || !request.services.iter().all(well_formed) {
        return Err(CommandError::field("services"));
    }
    if request.share.iter().any(|field| !SHARES.contains(&field.as_str())) {
        return Err(CommandError::field("share"));
    }
    Ok(())
}

fn whose(open: &Open, store: &Store, request: &Refer) -> Result<Whose, CommandError> {
    let diagnosis = if request.diagnosis.is_empty() { None } else { Some(id(&request.diagnosis)?) };
    let file = match diagnosis {
        Some(diagnosis) => Some(store.diagnosis(diagnosis)?.ok_or_else(CommandError::not_found)?),
        None => None,
    };
    let of_diagnosis = file.as_ref().and_then(|file| file.row.household);
    let household = if request.household.is_empty() { of_diagnosis } else { Some(id(&request.household)?) };
    if let Some(household) = household {
        agreed(store, household)?;
        let file = store.household(household)?.ok_or_else(CommandError::not_found)?;
        let (door, scope) = (Some(file.door), file.state.scope);
        return Ok(Whose { household: Some(household), slip: new_slip(store)?, diagnosis, door, scope });
    }
    // What was answered hangs on a slip already: the same code opens the door of every service.
    if let Some(file) = file {
        let scope = file.state.scope;
        return Ok(Whose { household: None, slip: file.row.slip, diagnosis, door: None, scope });
    }
    let door = store.door(id(&request.door)?)?.ok_or_else(CommandError::not_found)?;
    let scope = open.files_in(sector_of(store, door.stair)?);
    Ok(Whose { household: None, slip: new_slip(store)?, diagnosis: None, door: Some(door.id), scope })
}

/// Nothing is told that the agreements do not cover.
fn may_tell(store: &Store, whose: &Whose, share: &[String]) -> Result<(), CommandError> {
    let names = share.iter().any(|field| NAMING.contains(&field.as_str()));
    let named = match whose.household {
        Some(household) => store.agreement(household, RECORD_NOMINATIVE)?.allows(),
        None => false,
    };
    let of_file = share.iter().any(|field| field != "need") && whose.household.is_none();
    if names && !named || of_file {
        return Err(CommandError::new(ErrorCode::AgreementNeeded, RECORD_NOMINATIVE));
    }
    Ok(())
}

fn make(
    draft: &mut Draft<'_>,
    whose: &Whose,
    request: &Refer,
    line: &ServiceLine,
    now: i64,
) -> Result<Uuid, StoreError> {
    let referral = new_id();
    let kind = RecordType::Referral;
    let named = |id: Option<Uuid>| id.map_or(Value::Null, |id| Value::text(&id.to_string()));
    let fields = [
        (rf::household, named(whose.household)),
        (rf::slip, Value::text(&whose.slip)),
        (rf::diagnosis, named(whose.diagnosis)),
        (rf::right, Value::text(&request.right)),
        (rf::need, Value::text(&request.need)),
        (rf::service, Value::text(&line.key)),
        (rf::service_name, Value::text(&line.name)),
        (rf::urgent, if request.urgent { Value::Bool(true) } else { Value::Null }),
        (rf::opened_at, Value::Int(now)),
    ];
    draft.make_undoable(whose.scope, referral, kind, &fields, rf::cancelled)?;
    Ok(referral)
}

/// Told, agreed to, handed over: one after another, for events of the same instant would be put in the order of their ids.
fn hand_over(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    referral: Uuid,
    means: Means,
    share: &[String],
    line: &ServiceLine,
    now: i64,
) -> Result<(), StoreError> {
    let share = Share { partner: line.key.clone(), fields: share.iter().cloned().collect() };
    let whats = [Happening::Proposed, Happening::Agreed(share.clone()), Happening::Handed { means, given: share }];
    for (rank, what) in (0..).zip(&whats) {
        write_event(draft, scope, referral, what, now.saturating_add(rank), &SayOfReferral::default())?;
    }
    Ok(())
}

fn write_event(
    draft: &mut Draft<'_>,
    scope: ScopeKey,
    referral: Uuid,
    what: &Happening,
    at: i64,
    said: &SayOfReferral,
) -> Result<(), StoreError> {
    let Written { what, means, partner, fields, due_ms } = Written::of(what);
    let text = |text: &str| if text.is_empty() { Value::Null } else { Value::text(text) };
    let shared = fields.into_iter().collect::<Vec<_>>().join(",");
    let values = [
        (e::referral, Value::text(&referral.to_string())),
        (e::what, Value::text(&what)),
        (e::at, Value::Int(at)),
        (e::means, text(&means)),
        (e::partner, text(&partner)),
        (e::fields, text(&shared)),
        (e::due, due_ms.map_or(Value::Null, Value::Int)),
        (e::source, text(&said.source)),
        (e::reason, text(&said.reason)),
        (e::result, text(&said.result)),
        (e::first_time, text(&said.first_time)),
    ];
    let event = new_id();
    draft.make_undoable(scope, event, RecordType::ReferralEvent, &values, e::cancelled)?;
    Ok(())
}

/// A referral whose household still agrees to be followed.
fn load(store: &Store, referral: Uuid) -> Result<ReferralFile, CommandError> {
    let file = store.referral(referral)?.ok_or_else(CommandError::not_found)?;
    if let Some(household) = file.row.household {
        agreed(store, household)?;
    }
    Ok(file)
}

/// What a request says happened.
fn said(request: &SayOfReferral) -> Result<Happening, CommandError> {
    for (field, value, known) in [
        ("source", &request.source, CLOSURE_SOURCES),
        ("reason", &request.reason, REFUSAL_REASONS),
        ("result", &request.result, RESULTS),
        ("first_time", &request.first_time, FIRST_TIMES),
    ] {
        if !value.is_empty() && !known.contains(&value.as_str()) {
            return Err(CommandError::field(field));
        }
    }
    let due_ms = match request.due.as_str() {
        "" => None,
        text => Some(calendar::parse_rfc3339(text).ok_or_else(|| CommandError::field("due"))?),
    };
    if request.what == "appointment" && due_ms.is_none() {
        return Err(CommandError::field("due"));
    }
    // Agreements and what is handed over are written by `refer` alone, with what they cover.
    let sayable = !["proposed", "agreed", "handed", "declined"].contains(&request.what.as_str());
    let written = Written { what: request.what.clone(), due_ms, ..Written::default() };
    written.read().filter(|_| sayable).ok_or_else(|| CommandError::field("what"))
}

/// Writes what happened, when the state allows it.
fn say(
    store: &mut Store,
    file: &ReferralFile,
    what: &Happening,
    request: &SayOfReferral,
    now: i64,
) -> Result<(), CommandError> {
    if file.reading.at(now).after(what).is_none() {
        return Err(CommandError::field("what"));
    }
    let scope = file.state.scope;
    store.write(now, |draft| {
        // After what is known of it: an event of the same instant would be put in the order of ids.
        let at = now.max(file.reading.since_ms.saturating_add(1));
        write_event(draft, scope, file.row.id, what, at, request)?;
        draft.act(act("referral_event", "", None, None, 1));
        Ok::<_, CommandError>(())
    })?;
    Ok(())
}

/// The household does not agree any more: what is out is called back, on this tablet for those that it knows.
pub(crate) fn revoke_all(draft: &mut Draft<'_>, open: &[(Uuid, ScopeKey, i64)], now: i64) -> Result<(), StoreError> {
    for (referral, scope, since) in open {
        let at = now.max(since.saturating_add(1));
        write_event(draft, *scope, *referral, &Happening::Revoked, at, &SayOfReferral::default())?;
    }
    Ok(())
}

/// Referrals of a household that are not over: id, scope, when the latest thing happened.
pub(crate) fn still_out(store: &Store, household: Uuid) -> Result<Vec<(Uuid, ScopeKey, i64)>, CommandError> {
    let mut out = Vec::new();
    for row in store.referrals_of(household)? {
        if let Some(file) = store.referral(row.id)?
            && !file.reading.state.is_end()
        {
            out.push((row.id, file.state.scope, file.reading.since_ms));
        }
    }
    Ok(out)
}

/// What can be said of a referral in a state, in the order that a screen offers it.
fn offered(state: State, now_what: impl Fn(&Happening) -> Option<State>) -> Vec<String> {
    use palier_domain::referral::Outcome as O;
    let all = [
        Happening::Received,
        Happening::Accepted,
        Happening::AppointmentSet(0),
        Happening::Attended,
        Happening::Closed(O::Success),
        Happening::Closed(O::WithoutResult),
        Happening::Closed(O::Reoriented),
        Happening::NoShow,
        Happening::Excused,
        Happening::Cancelled,
        Happening::Refused,
        Happening::Revoked,
        Happening::LostContact,
        Happening::Abandoned,
    ];
    // Taking an agreement back means something only before the partner answered; after it, giving up says the same.
    let doubled = |what: &Happening| *what == Happening::Revoked && now_what(what) == Some(State::AbandonedByPerson);
    let fits = all.iter().filter(|what| state.after(what).is_some() && !doubled(what));
    fits.map(|what| Written::of(what).what).collect()
}
