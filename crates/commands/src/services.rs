//! The directory on the tablet: read from its pack once, searched in memory, completed by what the structure found.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use palier_directory::{
    Advice, Closure, Directory, Found, Line, Order, Place, Query, Reminder, Schedule, State, Status, advise, needs,
    read_pack,
};
use palier_domain::calendar::{self, DAY_MS};
use palier_domain::codes;
use palier_domain::place::derived_id;
use palier_exchange::pack;
use palier_store::Store;
use palier_store::read::pack::ServiceCheckRow;
use palier_sync::catalogue::service_check as c;
use palier_sync::{RecordType, ScopeKey, Value};

use crate::App;
use crate::act::{act, id};
use crate::api::*;
use crate::app::lock;
use crate::session::Open;

/// What the pack of services is called.
const CONTENT: &str = "directory";
/// Services of an answer.
const SERVICES_MAX: usize = 50;
/// A line that nobody verified for so long is to be verified before someone is sent.
const STALE_MS: i64 = 90 * DAY_MS;
/// Days of a sheet.
const WEEK_DAYS: i64 = 7;
/// Length of an event in a calendar, in minutes.
const EVENT_MINUTES: u16 = 60;
/// Longest search, in characters.
const WORDS_CHARS_MAX: usize = 100;

/// The directory, as it is in memory while a profile is open.
#[derive(Default)]
pub(crate) struct Services {
    loaded: Mutex<Option<Loaded>>,
}

struct Loaded {
    hash: String,
    checks: Vec<ServiceCheckRow>,
    lines: HashMap<String, Line>,
    directory: Directory,
}

/// What is known of a service beside its line.
struct Shown<'a> {
    line: &'a Line,
    checks: &'a [ServiceCheckRow],
    now: i64,
}

impl Services {
    /// The directory as the store has it, read again when another came; none while there is none.
    fn read(&self, store: &Store) -> Result<MutexGuard<'_, Option<Loaded>>, CommandError> {
        let mut held = lock(&self.loaded);
        let hash = pack::whole_hash(store, CONTENT)?;
        let checks = store.service_checks()?;
        let fresh = held.as_ref().is_some_and(|held| Some(&held.hash) == hash.as_ref() && held.checks == checks);
        if fresh {
            return Ok(held);
        }
        // A pack that does not read is as one that is not there: the next one will.
        let lines = match pack::whole(store, CONTENT)? {
            Some((_, bytes)) => read_pack(&bytes).ok(),
            None => None,
        };
        *held = lines.zip(hash).map(|(lines, hash)| {
            let entries = lines.iter().map(|line| line.entry(closures(&line.key, &checks))).collect();
            let lines = lines.into_iter().map(|line| (line.key.clone(), line)).collect();
            Loaded { hash, checks, lines, directory: Directory::new(entries) }
        });
        Ok(held)
    }

    /// Reads the directory before anyone asks: its hours take a second on an old tablet.
    pub(crate) fn warm(&self, store: &Store) {
        // A fault shows when someone asks.
        let _read = self.read(store).map(|_| ());
    }

    /// A service by its key, as a list shows it, with its phone.
    pub(crate) fn line(
        &self,
        store: &Store,
        key: &str,
        from: Option<Place>,
        now: i64,
    ) -> Result<Option<(ServiceLine, String)>, CommandError> {
        let held = self.read(store)?;
        let Some(loaded) = held.as_ref() else { return Ok(None) };
        let Some(line) = loaded.lines.get(key) else { return Ok(None) };
        let shown = Shown { line, checks: &loaded.checks, now };
        let status = shown.schedule().status(now);
        Ok(Some((shown.of_list(from, &status), line.phone.clone())))
    }
}

impl App {
    pub(crate) fn services(&self, request: ServicesRequest) -> Result<ServicesView, CommandError> {
        if !request.need.is_empty() && !codes::THEMES.contains(&request.need.as_str()) {
            return Err(CommandError::field("need"));
        }
        if request.words.chars().count() > WORDS_CHARS_MAX {
            return Err(CommandError::field("words"));
        }
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let from = place_of(&store, &request.door)?;
        let coming_percent = coming(&store)?;
        let mut held = open.services.read(&store)?;
        let Some(loaded) = held.as_mut() else {
            return Ok(ServicesView { services: Vec::new(), total: 0, made_on: String::new(), coming_percent });
        };
        let query = Query {
            needs: needs::families(&request.need).iter().map(|family| (*family).to_owned()).collect(),
            words: request.words,
            from,
            at_ms: now,
            order: if request.open_first { Order::OpenFirst } else { Order::Nearest },
            limit: SERVICES_MAX,
        };
        let Loaded { lines, checks, directory, .. } = loaded;
        let line = |found: &Found<'_>| {
            let line = lines.get(&found.entry.key)?;
            Some(Shown { line, checks, now }.of_list(from, &found.status))
        };
        let services = directory.search(&query).iter().filter_map(line).collect();
        let made = store.packs()?.into_iter().find(|pack| pack.content == CONTENT).map(|pack| pack.made_at);
        Ok(ServicesView {
            services,
            total: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            made_on: made.map(calendar::local_date).unwrap_or_default(),
            coming_percent,
        })
    }

    pub(crate) fn service(&self, request: ServiceRequest) -> Result<ServiceSheet, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        self.sheet_of_service(&open, &store, &request)
    }

    fn sheet_of_service(
        &self,
        open: &Open,
        store: &Store,
        request: &ServiceRequest,
    ) -> Result<ServiceSheet, CommandError> {
        let now = self.now_ms(store)?;
        let from = place_of(store, &request.door)?;
        let held = open.services.read(store)?;
        let loaded = held.as_ref().ok_or_else(CommandError::not_found)?;
        let line = loaded.lines.get(&request.service).ok_or_else(CommandError::not_found)?;
        Ok(Shown { line, checks: &loaded.checks, now }.sheet(from))
    }

    pub(crate) fn say_of_service(&self, request: SayOfService) -> Result<ServiceSheet, CommandError> {
        let (from, to) = closure_said(&request)?;
        let open = self.open()?;
        open.touch(self.clock());
        let mut store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let asked = ServiceRequest { service: request.service.clone(), door: String::new() };
        self.sheet_of_service(&open, &store, &asked)?;
        let structure = open.structure();
        let scope = ScopeKey::Team { structure };
        let record = derived_id("service_check", structure, &request.service);
        let kind = RecordType::ServiceCheck;
        store.write(now, |draft| {
            draft.make(scope, record, kind, &[(c::service, Value::text(&request.service))])?;
            if request.verified {
                draft.set_undoable(scope, record, kind, c::checked_at, Value::Int(now))?;
            }
            if let (Some(from), Some(to)) = (&from, &to) {
                draft.set_undoable(scope, record, kind, c::closed_from, Value::text(from))?;
                draft.set_undoable(scope, record, kind, c::closed_to, Value::text(to))?;
            }
            draft.act(act("service", "", None, None, 1));
            Ok::<_, CommandError>(())
        })?;
        let sheet = self.sheet_of_service(&open, &store, &asked)?;
        drop(store);
        self.wrote(&["directory"]);
        Ok(sheet)
    }

    pub(crate) fn service_calendar(&self, request: CalendarRequest) -> Result<CalendarFile, CommandError> {
        let at = calendar::parse_rfc3339(&request.at).ok_or_else(|| CommandError::field("at"))?;
        let open = self.open()?;
        let store = lock(&open.store);
        let now = self.now_ms(&store)?;
        let held = open.services.read(&store)?;
        let line = held.as_ref().and_then(|loaded| loaded.lines.get(&request.service));
        let line = line.ok_or_else(CommandError::not_found)?;
        let reminder = Reminder {
            uid: derived_id("event", open.structure(), &format!("{} {at}", request.service)).to_string(),
            service: line.name.clone(),
            address: joined(&[&line.address, &line.commune], ", "),
            note: joined(&[&line.phone, &request.bring], " · "),
            written_ms: now,
            start_ms: at,
            minutes: EVENT_MINUTES,
        };
        let text = reminder.file().ok_or_else(|| CommandError::field("at"))?;
        Ok(CalendarFile { name: format!("rendez-vous-{}.ics", calendar::local_date(at)), text })
    }
}

/// The days of a closure, both or none; none lifts it.
fn closure_said(request: &SayOfService) -> Result<(Option<String>, Option<String>), CommandError> {
    let (Some(from), Some(to)) = (&request.closed_from, &request.closed_to) else {
        return match (&request.closed_from, &request.closed_to) {
            (None, None) => Ok((None, None)),
            _ => Err(CommandError::field("closed_to")),
        };
    };
    if from.is_empty() && to.is_empty() {
        return Ok((Some(String::new()), Some(String::new())));
    }
    if !calendar::is_date(from) {
        return Err(CommandError::field("closed_from"));
    }
    if !calendar::is_date(to) || to < from {
        return Err(CommandError::field("closed_to"));
    }
    Ok((Some(from.clone()), Some(to.clone())))
}

/// Where a door is: its building's place.
fn place_of(store: &Store, door: &str) -> Result<Option<Place>, CommandError> {
    if door.is_empty() {
        return Ok(None);
    }
    let Some(door) = store.door(id(door)?)? else { return Ok(None) };
    let Some(stair) = store.stair(door.stair)? else { return Ok(None) };
    let building = store.buildings()?.into_iter().find(|building| building.id == stair.building);
    let degrees = |value: Option<i64>| value.and_then(|value| i32::try_from(value).ok());
    Ok(building.and_then(|row| {
        let (latitude_e6, longitude_e6) = degrees(row.latitude).zip(degrees(row.longitude))?;
        Some(Place { latitude_e6, longitude_e6 })
    }))
}

/// How much of the territory's directory came, while it is not whole.
fn coming(store: &Store) -> Result<Option<u8>, CommandError> {
    let Some(pack) = store.packs()?.into_iter().find(|pack| pack.content == CONTENT) else { return Ok(None) };
    if pack::whole_hash(store, CONTENT)?.as_ref() == Some(&pack.hash) {
        return Ok(None);
    }
    let percent = store.pack_reached(&pack.hash)?.saturating_mul(100) / pack.bytes.max(1);
    Ok(Some(u8::try_from(percent.min(99)).unwrap_or(99)))
}

/// The closures that were found for a service.
fn closures(key: &str, checks: &[ServiceCheckRow]) -> Vec<Closure> {
    let of = checks.iter().filter(|check| check.service == key);
    of.filter_map(|check| Closure::read(&check.closed_from, &check.closed_to)).collect()
}

pub(crate) fn joined(parts: &[&str], with: &str) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(with)
}

impl Shown<'_> {
    fn schedule(&self) -> Schedule {
        self.line.schedule(closures(&self.line.key, self.checks))
    }

    fn of_list(&self, from: Option<Place>, status: &Status) -> ServiceLine {
        let checked = self.checks.iter().filter(|check| check.service == self.line.key).map(|check| check.checked_at);
        let checked = checked.max().filter(|at| *at > 0);
        let verified_on = checked.map_or_else(|| self.line.updated_on.clone(), calendar::local_date);
        let walk = from.zip(self.line.place()).map(|(from, to)| from.walk_m(to));
        ServiceLine {
            key: self.line.key.clone(),
            name: self.line.name.clone(),
            structure: self.line.structure.clone(),
            address: self.line.address.clone(),
            commune: self.line.commune.clone(),
            walk_minutes: walk.map(palier_directory::distance::walk_minutes),
            state: match status.state {
                State::Open => "open",
                State::Closed => "closed",
                State::Unknown => "unknown",
            }
            .to_owned(),
            until: status.until_ms.map(calendar::rfc3339),
            opens: status.opens_ms.map(calendar::rfc3339),
            closed_to: status.closure.map(|closure| closure.to.to_string()).unwrap_or_default(),
            bridge_day: status.bridge_day,
            access: self.line.access.clone(),
            languages: self.line.languages.clone(),
            stale: verified_on < calendar::local_date(self.now.saturating_sub(STALE_MS)),
            verified_on,
            invented: self.line.invented,
        }
    }

    fn sheet(&self, from: Option<Place>) -> ServiceSheet {
        let schedule = self.schedule();
        let advice = match advise(&schedule, self.now) {
            Advice::Go { .. } => "go",
            Advice::ClosedThen { .. } => "closed_then",
            Advice::CallFirst { .. } => "call_first",
        };
        let day = |ahead: i64| {
            let date = calendar::local_date(self.now.saturating_add(ahead * DAY_MS));
            let openings = schedule.openings(&date)?;
            Some(ServiceDay { date, open: openings.open, unknown: openings.unknown })
        };
        ServiceSheet {
            line: self.of_list(from, &schedule.status(self.now)),
            advice: advice.to_owned(),
            week: (0..WEEK_DAYS).filter_map(day).collect(),
            hours_published: self.line.hours_published.clone(),
            description: self.line.description.clone(),
            phone: self.line.phone.clone(),
            email: self.line.email.clone(),
            website: self.line.website.clone(),
            fees: self.line.fees.clone(),
            source: self.line.source.clone(),
            licence: self.line.licence.clone(),
            updated_on: self.line.updated_on.clone(),
        }
    }
}
